"""What callers pass as numbers, and what is refused."""

from fractions import Fraction

import numpy as np
import pytest

from symcausal import Model
from symcausal.errors import (
    MissingParameterError,
    ParameterRangeError,
    UnknownVariableError,
    UsageError,
)
from symcausal.numbers.compiled.values import ByParameter
from tests.golden.models import STUDENT

MODEL = Model.parse(STUDENT)
FUNCTION = MODEL.symbolic().compile("P(I=high | L=weak)")
VALUES = MODEL.values


class Frame:
    """As much of a data frame as is looked at."""

    def __bool__(self) -> bool:
        raise ValueError("the truth value of a data frame is ambiguous")

    def __init__(self, columns: dict[str, object]) -> None:
        self.columns = columns

    def items(self) -> object:
        """Names and columns."""
        return self.columns.items()


def test_numbers_by_parameter_or_by_name() -> None:
    expected = Fraction(5807, 41472)
    assert FUNCTION(VALUES) == expected
    assert FUNCTION(dict(VALUES)) == expected
    assert FUNCTION({p: VALUES[p] for p in FUNCTION.parameters}) == expected
    assert FUNCTION({p: VALUES[p.name] for p in FUNCTION.parameters}) == expected


@pytest.mark.parametrize(
    ("number", "exact"),
    [
        (Fraction(7, 10), True),
        ("0.7", True),
        ("7/10", True),
        (0.7, False),
        (np.float64(0.7), False),
        (np.array(0.7), False),
    ],
)
def test_exact_in_exact_out(number: object, exact: bool) -> None:
    found = FUNCTION(VALUES | {"theta_I_low": number})
    assert isinstance(found, Fraction) == exact
    assert found == pytest.approx(5807 / 41472, rel=1e-14)


def test_whole_numbers_are_exact() -> None:
    assert FUNCTION(VALUES | {"theta_I_low": 1}) == 0
    assert isinstance(FUNCTION(VALUES | {"theta_I_low": np.int64(1)}), Fraction)


@pytest.mark.parametrize("column", [[0.7, 0.2], (0.7, 0.2), np.array([0.7, 0.2])])
def test_columns_of_any_kind(column: object) -> None:
    found = FUNCTION(VALUES | {"theta_I_low": column})
    assert found[0] == pytest.approx(5807 / 41472)
    frame = Frame(dict(VALUES | {"theta_I_low": column}))
    assert FUNCTION(frame) == pytest.approx(found)
    assert FUNCTION.gradient(frame)["theta_I_low"].shape == (2,)


class Chunks:
    """A column of a table of Arrow, as far as it is looked at."""

    def __len__(self) -> int:
        return 2

    def __array__(self, dtype: object = None, copy: object = None) -> np.ndarray:
        return np.array([0.7, 0.2])


def test_columns_of_other_libraries() -> None:
    found = FUNCTION(VALUES | {"theta_I_low": Chunks()})
    assert found == pytest.approx(FUNCTION(VALUES | {"theta_I_low": [0.7, 0.2]}))


@pytest.mark.parametrize(
    "column",
    [
        np.array([0.7 + 1j, 0.2]),
        np.ma.array([0.7, 0.2], mask=[False, True]),
        np.array(["2020-01-01", "1970-01-01"], dtype="datetime64[D]"),
        np.array([0, 1], dtype="timedelta64[s]"),
        [10**400, 0],
    ],
    ids=["complex", "masked", "dates", "durations", "endless"],
)
def test_what_would_lose_its_meaning_as_floats_is_refused(column: object) -> None:
    with pytest.raises(ParameterRangeError, match="theta_I_low"):
        FUNCTION(VALUES | {"theta_I_low": column})


def test_a_masked_column_without_gaps_is_a_column() -> None:
    column = np.ma.array([0.7, 0.2], mask=[False, False])
    assert FUNCTION(VALUES | {"theta_I_low": column})[0] == pytest.approx(5807 / 41472)


def test_a_number_that_no_float_holds_is_refused_beside_floats() -> None:
    with pytest.raises(ParameterRangeError, match="theta_D_easy is too large"):
        FUNCTION(VALUES | {"theta_I_low": 0.5, "theta_D_easy": 10**400})


def test_no_rows_no_values() -> None:
    assert FUNCTION(VALUES | {"theta_I_low": []}).shape == (0,)
    assert FUNCTION.gradient(VALUES | {"theta_I_low": []})["theta_D_easy"].shape == (0,)


def test_every_missing_parameter_is_named() -> None:
    with pytest.raises(MissingParameterError, match=r"m\.values") as caught:
        FUNCTION()
    assert caught.value.names == FUNCTION.names
    one = {name: 0.5 for name in FUNCTION.names if name != "theta_I_low"}
    with pytest.raises(MissingParameterError) as caught:
        FUNCTION(one)
    assert caught.value.names == ("theta_I_low",)
    with pytest.raises(UnknownVariableError, match="did you mean 'theta_I_low'"):
        FUNCTION(one | {"theta_I_lov": 0.5})


def test_parameters_that_it_does_not_depend_on_may_be_there() -> None:
    assert "theta_S_low_I_low" not in FUNCTION.names
    assert FUNCTION(VALUES | {"theta_S_low_I_low": 7}) == FUNCTION(VALUES)


def test_two_numbers_for_one_parameter() -> None:
    symbol = FUNCTION.parameters[0]
    with pytest.raises(UsageError, match=r"two numbers for the parameter theta_I_low"):
        FUNCTION({**VALUES, symbol: Fraction(1, 2)})
    assert FUNCTION({**VALUES, symbol: VALUES[symbol]}) == FUNCTION(VALUES)
    assert FUNCTION(VALUES | {symbol: 1}) == 0


def test_a_number_of_the_model_may_be_repeated_but_not_changed() -> None:
    freed = MODEL.symbolic("P(S | I=high)")
    function = freed.compile("P(S=high)")
    assert [p.name for p in freed.parameters] == ["theta_S_low_I_high"]
    assert function(VALUES) == Fraction(11, 40)
    with pytest.raises(UsageError, match="theta_I_low is no symbol in this model"):
        function(VALUES | {"theta_I_low": 0.5})


@pytest.mark.parametrize("bad", [Fraction(11, 10), -0.25, [0.5, 1.5]])
def test_an_entry_outside_zero_and_one(bad: object) -> None:
    with pytest.raises(ParameterRangeError) as caught:
        FUNCTION(VALUES | {"theta_L_weak_G_B": bad})
    assert caught.value.rows == ("P(L | G=B)",)


@pytest.mark.parametrize("columns", [False, True])
def test_a_row_that_sums_to_more_than_one(columns: bool) -> None:
    low: object = [0.1, 0.7] if columns else 0.7
    with pytest.raises(ParameterRangeError, match=r"P\(G \| I=low, D=easy\)") as caught:
        FUNCTION(VALUES | {"theta_G_A_I_low_D_easy": low})
    assert caught.value.rows == ("P(G | I=low, D=easy)",)
    assert ("in row 1" in str(caught.value)) == columns


def test_the_remainder_counts_even_where_it_is_not_read() -> None:
    function = Model.parse("A: 0, 1, 2").compile("P(A=0) * P(A=1)")
    assert function({"theta_A_0": Fraction(1, 2), "theta_A_1": Fraction(1, 4)}) == Fraction(1, 8)
    for value in (Fraction(3, 4), 0.75, [0.25, 0.75]):
        with pytest.raises(ParameterRangeError, match=r"P\(A\)"):
            function({"theta_A_0": value, "theta_A_1": Fraction(1, 2)})


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), [0.5, float("nan")], "half", None])
def test_no_number(bad: object) -> None:
    with pytest.raises(ParameterRangeError):
        FUNCTION(VALUES | {"theta_I_low": bad})


def test_the_row_of_a_bad_number_is_its_own() -> None:
    column = np.full(5000, 0.5)
    column[4321] = 2
    with pytest.raises(ParameterRangeError, match=r"P\(I\) has the entry .* in row 4321"):
        FUNCTION(VALUES | {"theta_I_low": column})


def test_columns_of_different_lengths() -> None:
    with pytest.raises(UsageError, match="theta_I_low has 2 rows, theta_D_easy has 3 rows"):
        FUNCTION(VALUES | {"theta_I_low": [0.5, 0.5], "theta_D_easy": [0.5, 0.5, 0.5]})


def test_tables_are_no_columns() -> None:
    with pytest.raises(UsageError, match="2 axes"):
        FUNCTION(VALUES | {"theta_I_low": np.full((2, 2), 0.5)})


def test_what_is_no_mapping() -> None:
    for strange in ([0.5], 3, "theta_I_low"):
        with pytest.raises(UsageError, match="mapping"):
            FUNCTION(strange)  # type: ignore[arg-type]


def test_numbers_by_parameter_are_a_mapping_by_name() -> None:
    values = ByParameter({"a": 1})
    assert dict(values | {"b": 2}) == {"a": 1, "b": 2}
    assert list(values) == ["a"]
    assert values == {"a": 1}
    with pytest.raises(KeyError):
        values["c"]


@pytest.mark.parametrize("kind", [Fraction, float, "column"])
def test_numbers_beside_those_that_are_read_must_fit_them(kind: object) -> None:
    """P(G=A | I=low, D=easy) reads one entry of the row; its neighbour is given, too."""
    function = MODEL.symbolic().compile("P(G=A | I=low, D=easy)")
    read, beside = "theta_G_A_I_low_D_easy", "theta_G_B_I_low_D_easy"
    assert read in function.names
    assert beside not in function.names

    def numbers(a: str, b: str) -> dict[str, object]:
        if kind == "column":
            return {**VALUES, read: [0.1, float(a)], beside: [0.2, float(b)]}
        return {**VALUES, read: kind(a), beside: kind(b)}  # type: ignore[operator]

    function(numbers("0.6", "0.4"))
    where = " in row 1" if kind == "column" else ""
    for call in (function, function.gradient):
        with pytest.raises(ParameterRangeError, match=f"entry -(0.2|1/5){where}"):
            call(numbers("0.6", "0.6"))
        with pytest.raises(ParameterRangeError, match="I=low, D=easy"):
            call(numbers("0.6", "-0.1"))
    without = {name: value for name, value in numbers("0.6", "0.6").items() if name != beside}
    assert function(without) is not None
