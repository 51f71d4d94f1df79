"""Records behave as frozen, slotted dataclasses do."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal.record import field, record, replace


@record
class Point:
    """Two numbers."""

    x: int
    y: int = 0

    @property
    def total(self) -> int:
        """Their sum."""
        return self.x + self.y


@dataclasses.dataclass(frozen=True, slots=True)
class PlainPoint:
    """The same as a dataclass."""

    x: int
    y: int = 0


@record
class Wide:
    """More fields than are written out, with defaults of every kind."""

    a: int
    b: int
    c: int = 3
    d: int = 4
    memory: dict[str, int] = field(default_factory=dict, compare=False, repr=False)


@record
class Positive:
    """A number that is checked."""

    value: int

    def __post_init__(self) -> None:
        if self.value <= 0:
            raise ValueError("not positive")


@record
class Other:
    """The fields of a point, and a hash of its own."""

    x: int
    y: int = 0

    def __hash__(self) -> int:
        return 7


class Wider(Wide):
    """A class with the fields of another."""

    __slots__ = ()


@record
class Nothing:
    """No field."""


NUMBERS = st.integers(-2, 2)


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_equality_hash_and_repr_are_those_of_a_dataclass(a, b, c, d):
    ours, theirs = (Point(a, b), Point(c, d)), (PlainPoint(a, b), PlainPoint(c, d))
    assert (ours[0] == ours[1]) is (theirs[0] == theirs[1])
    assert ours[0] != ours[1] or hash(ours[0]) == hash(ours[1])
    assert repr(ours[0]) == repr(theirs[0]).replace("PlainPoint", "Point")
    assert Point(y=b, x=a) == ours[0]
    assert ours[0] != theirs[0]
    assert ours[0] != Other(a, b)


@given(NUMBERS, NUMBERS)
def test_copies_and_pickles_are_equal(a, b):
    for made in (Point(a, b), Wide(a, b, d=1)):
        assert copy.copy(made) == made
        assert copy.deepcopy(made) == made
    assert pickle.loads(pickle.dumps(Point(a, b))) == Point(a, b)


def test_fields_are_fixed_and_slotted():
    point = Point(1, 2)
    with pytest.raises(AttributeError, match="cannot set 'x'"):
        point.x = 3
    with pytest.raises(AttributeError, match="cannot set 'z'"):
        point.z = 3
    with pytest.raises(AttributeError, match="cannot delete 'x'"):
        del point.x
    assert not hasattr(point, "__dict__")
    assert point.total == 3


@pytest.mark.parametrize(
    "make",
    [
        lambda: Point(),
        lambda: Point(1, 2, 3),
        lambda: Point(1, x=2),
        lambda: Point(1, z=2),
        lambda: Wide(1),
        lambda: Wide(1, 2, 3, 4, {}, 6),
        lambda: Wide(1, 2, a=1),
        lambda: Wide(1, 2, z=1),
        lambda: Nothing(1),
    ],
)
def test_wrong_arguments_are_refused(make):
    with pytest.raises(TypeError):
        make()


def test_a_missing_field_is_named():
    with pytest.raises(TypeError, match="'x'"):
        Point()
    with pytest.raises(TypeError, match="'b'"):
        Wide(1)


def test_what_is_wrong_is_said_of_the_class_that_was_called():
    for kind in (Wide, Wider):
        with pytest.raises(TypeError, match=f"^{kind.__name__} is missing"):
            kind(1)
        with pytest.raises(TypeError, match=f"^{kind.__name__} has no field"):
            kind(1, 2, z=1)
    assert Wider(1, 2) != Wide(1, 2)
    assert type(replace(Wider(1, 2), a=3)) is Wider


def test_each_record_gets_a_new_default():
    first, second = Wide(1, 2), Wide(1, 2)
    first.memory["seen"] = 1
    assert second.memory == {}
    assert first == second
    assert "memory" not in repr(first)


def test_replace_gives_a_copy_and_checks_again():
    assert replace(Point(1, 2), y=5) == Point(1, 5)
    with pytest.raises(ValueError, match="not positive"):
        replace(Positive(1), value=0)
    with pytest.raises(TypeError):
        replace(Point(1, 2), z=1)


def test_a_written_method_is_kept_and_fields_match_in_order():
    assert hash(Other(1)) == 7
    assert Nothing() == Nothing()
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)
