"""What a caller passes as numbers: read, and refused where it makes no sense.

Numbers come by parameter or by its name. Fractions, whole numbers, decimals and texts of numbers
are exact; one float makes the whole evaluation one in floats; a column (an array, a list, a column
of a data frame) makes it one over rows.

Main definitions
----------------
ByParameter : numbers by parameter or its name.
NumbersRead : numbers as they were read.
read_values : read them.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from fractions import Fraction

from symcausal.errors import (
    MissingParameterError,
    ParameterRangeError,
    UnknownVariableError,
    UsageError,
    nearest,
)
from symcausal.hints import Any, Generic, TypeVar
from symcausal.numbers.evaluate.substitution import exact_number
from symcausal.record import shortened

V = TypeVar("V")


class ByParameter(Mapping[Any, V], Generic[V]):
    """Numbers by the name of a parameter, which may be asked for by the symbol itself.

    Examples
    --------
    >>> ByParameter({"theta_A_1": 3}) | {"theta_B_1": 4}
    ByParameter({'theta_A_1': 3, 'theta_B_1': 4})
    """

    __slots__ = ("_numbers",)

    def __init__(self, numbers: Mapping[str, V]) -> None:
        self._numbers = dict(numbers)

    def __getitem__(self, key: object) -> V:
        return self._numbers[_name(key)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def __or__(self, other: Mapping[Any, V]) -> ByParameter[V]:
        return ByParameter({**self._numbers, **{_name(key): v for key, v in other.items()}})

    def __repr__(self) -> str:
        return shortened(f"ByParameter({self._numbers!r})")

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        from symcausal.writing.blocks import Tabled
        from symcausal.writing.document import Document
        from symcausal.writing.grid import Grid

        rows = tuple((name, shortened(str(value), 60)) for name, value in self._numbers.items())
        page = Document("", (Tabled(Grid(("parameter", "value"), rows, 1)),))
        return page._repr_mimebundle_()


class NumbersRead:
    """The numbers of parameters, as they were read.

    Attributes
    ----------
    numbers : dict of str to object
        Fractions, floats or columns, by name.
    exact : bool
        Whether all are exact.
    rows : int or None
        How many rows the columns have; ``None`` if there is none.
    """

    __slots__ = ("exact", "numbers", "rows")

    def __init__(self, numbers: dict[str, Any], *, exact: bool, rows: int | None) -> None:
        self.numbers = numbers
        self.exact = exact
        self.rows = rows


def read_values(
    values: Mapping[Any, object],
    names: Sequence[str],
    known: Set[str],
    settled: Callable[[], Mapping[str, Fraction]],
) -> NumbersRead:
    """Return the numbers of some parameters; those of other known ones are not looked at.

    Parameters
    ----------
    values : mapping
        Numbers or columns by parameter or name.
    names : sequence of str
        The parameters that must be there.
    known : set of str
        All parameters of the model.
    settled : callable
        Gives the numbers that stand in the model where it could have symbols. They may be repeated.

    Raises
    ------
    MissingParameterError
        With all that are missing.
    UnknownVariableError
        If a key is no parameter of the model.
    UsageError
        If a parameter has two numbers, here or here and in the model, or columns differ in length.
    ParameterRangeError
        If something is no number.
    """
    named = _by_name(values, known, settled)
    missing = [name for name in names if name not in named]
    if missing:
        raise MissingParameterError(missing, hint=_missing_hint(missing, named, names))
    numbers: dict[str, Any] = {}
    rows: dict[int, str] = {}
    exact = True
    for name in names:
        value = named[name]
        if getattr(value, "shape", None) == ():
            value = value.item()  # type: ignore[attr-defined]  # a number of NumPy's
        if isinstance(value, float):  # NumPy's own floats are floats, too
            number: object = float(value)
            exact = False
        elif is_column(value):
            number = value
            rows.setdefault(_length(value), name)
        else:
            number = _exact(name, value)
        numbers[name] = number
    if len(rows) > 1:
        raise UsageError(
            "columns of different lengths: "
            + ", ".join(f"{name} has {length} rows" for length, name in rows.items()),
            expected="one length, or plain numbers",
        )
    if rows or not exact:
        for name, number in numbers.items():
            if isinstance(number, Fraction) and abs(number) > sys.float_info.max:
                raise ParameterRangeError(f"{name} is too large for a float", rows=[name])
    return NumbersRead(numbers, exact=exact, rows=next(iter(rows), None))


def names_in(values: Mapping[Any, object]) -> Set[str]:
    """Return the names of the parameters that a caller gives numbers for."""
    return {_name(key) for key, _ in values.items()}


def is_column(value: object) -> bool:
    """Decide whether a value is a column of numbers rather than one number."""
    shape = getattr(value, "shape", None)
    if shape is not None:
        return len(shape) > 0
    if isinstance(value, str | bytes):
        return False
    return isinstance(value, Sequence) or (
        hasattr(value, "__array__") and hasattr(value, "__len__")
    )


def _length(column: Any) -> int:
    return len(column)


def _exact(name: str, value: object) -> Fraction | float:
    if isinstance(value, float):
        return float(value)
    try:
        return exact_number(value)
    except ParameterRangeError as error:
        raise ParameterRangeError(f"{name}: {error.found}", rows=[name], hint=error.hint) from None


def _by_name(
    values: Mapping[Any, object], known: Set[str], settled: Callable[[], Mapping[str, Fraction]]
) -> Mapping[str, object]:
    if isinstance(values, ByParameter) and values._numbers.keys() <= known:
        return values._numbers
    if not hasattr(values, "items"):  # a data frame has them, and is no Mapping
        raise UsageError(
            f"{type(values).__name__} as numbers", expected="a mapping from parameters to numbers"
        )
    named: dict[str, object] = {}
    for key, value in values.items():
        name = _name(key)
        if name in named and not _same(named[name], value):
            raise UsageError(
                f"two numbers for the parameter {name}",
                hint="it is given by its name and by its symbol; to change one of m.values, "
                "write m.values | {parameter: number}",
            )
        named[name] = value
    strange = [name for name in named if name not in known]
    if strange:
        _refuse_strange({name: named[name] for name in strange}, known, settled())
    return named


def _refuse_strange(
    strange: Mapping[str, object], known: Set[str], settled: Mapping[str, Fraction]
) -> None:
    for name, value in strange.items():
        if name not in settled:
            unknown = sum(other not in settled for other in strange)
            raise UnknownVariableError(
                f"there is no parameter '{name}'"
                + (f" (nor {unknown - 1} others)" if unknown > 1 else ""),
                hint=nearest(name, [*known, *settled]),
            )
        if is_column(value) or not _agree(_exact(name, value), settled[name]):
            raise UsageError(
                f"the parameter {name} is no symbol in this model: it is {settled[name]}",
                hint="make its row symbolic to change it",
            )


def _agree(number: Fraction | float, settled: Fraction) -> bool:
    if isinstance(number, float):
        return math.isclose(number, settled, rel_tol=1e-12)
    return number == settled


def _name(key: object) -> str:
    return key if isinstance(key, str) else str(getattr(key, "name", key))


def _same(left: object, right: object) -> bool:
    if is_column(left) or is_column(right):
        return left is right
    return bool(left == right)


def _missing_hint(missing: Sequence[str], named: Mapping[str, object], names: Sequence[str]) -> str:
    unused = [name for name in named if name not in names]
    hints = [nearest(missing[0], unused)] if unused else []
    if not named:
        hints.append("m.values holds the numbers of the model's own tables")
    return " ".join(filter(None, hints))
