"""A mechanism: the function by which a variable answers its parents, as an expression in their states.

``Y := X xor M`` says what Y is, for all values of X and M, and leaves nothing to chance. Its table has
a one in each row, and nothing else.

Main definitions
----------------
WholeNumber, NamedParent, Combined : the nodes of the expression.
written_mechanism : the expression as text.
value_of : what it gives.
outcomes : what it gives for each assignment of the parents.

Notation
--------
Operators bind as in Python: ``not`` looser than comparisons, then ``and``, ``xor``, ``or``. What is true
is 1, what is false 0, and only these two may be combined by a logical operator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from math import prod

from symcausal.errors import LimitError, ModelError
from symcausal.hints import TypeAlias, assert_never
from symcausal.record import record

MOST_ASSIGNMENTS = 100_000
MOST_WORK = 2_000_000  # operations, for all assignments together

OR, XOR, AND, NOT, COMPARISON, SUM, PRODUCT, SIGN, ATOM = range(9)
BINDING = {
    "or": OR, "xor": XOR, "and": AND,
    "==": COMPARISON, "!=": COMPARISON, "<": COMPARISON, "<=": COMPARISON,
    ">": COMPARISON, ">=": COMPARISON,
    "+": SUM, "-": SUM, "*": PRODUCT, "mod": PRODUCT,
}  # fmt: skip
FUNCTIONS = ("mux", "maj", "min", "max")
WORDS = frozenset({"not", "and", "or", "xor", "mod", *FUNCTIONS})
_OF_TRUTH = frozenset({"not", "and", "or", "xor", "maj"})


@record
class WholeNumber:
    """A whole number that stands in a mechanism."""

    value: int


@record
class NamedParent:
    """A parent that a mechanism names."""

    variable: str


@record
class Combined:
    """An operator or a function with its operands.

    Attributes
    ----------
    operator : str
        ``xor``, ``<=``, ``mux``...; ``-`` with one operand is the sign.
    operands : tuple of Mechanism
        One for a sign and ``not``, two for other operators.
    """

    operator: str
    operands: tuple[Mechanism, ...]


Mechanism: TypeAlias = WholeNumber | NamedParent | Combined


def parts_of(mechanism: Mechanism) -> Iterator[Mechanism]:
    """Yield a mechanism and all expressions in it, in reading order."""
    left = [mechanism]
    while left:
        found = left.pop()
        yield found
        if isinstance(found, Combined):
            left += reversed(found.operands)


def inputs_of(mechanism: Mechanism) -> tuple[str, ...]:
    """Return the variables that a mechanism names, each once.

    Examples
    --------
    >>> inputs_of(Combined("and", (NamedParent("B"), Combined("not", (NamedParent("A"),)))))
    ('B', 'A')
    """
    named = (part.variable for part in parts_of(mechanism) if isinstance(part, NamedParent))
    return tuple(dict.fromkeys(named))


# -- text -----------------------------------------------------------------------------------------
def written_mechanism(mechanism: Mechanism, spelt: Callable[[str], str] = str) -> str:
    """Return the text of a mechanism, with brackets only where they are needed.

    Parameters
    ----------
    mechanism : Mechanism
        What is written.
    spelt : callable
        How the name of a variable is written.

    Examples
    --------
    >>> both = Combined("+", (NamedParent("A"), NamedParent("B")))
    >>> written_mechanism(Combined("mod", (both, WholeNumber(4))))
    '(A + B) mod 4'
    """
    return _written(mechanism, spelt)[0]


def _written(mechanism: Mechanism, spelt: Callable[[str], str]) -> tuple[str, int]:
    """The text, and how tight it binds."""
    match mechanism:
        case WholeNumber(value):
            return str(value), ATOM if value >= 0 else SIGN
        case NamedParent(variable):
            return spelt(variable), ATOM
        case Combined("not", (operand,)):
            return "not " + _within(operand, NOT, spelt), NOT
        case Combined("-", (operand,)):
            return "-" + _within(operand, SIGN, spelt), SIGN
        case Combined(operator, operands) if operator in FUNCTIONS:
            listed = ", ".join(_written(operand, spelt)[0] for operand in operands)
            return f"{operator}({listed})", ATOM
        case Combined(operator, (left, right)):
            own = BINDING[operator]
            # of two comparisons in a row the second would be held against the middle
            before = _within(left, own + (own == COMPARISON), spelt)
            return f"{before} {operator} {_within(right, own + 1, spelt)}", own
        case _:  # no reader makes another
            raise AssertionError(mechanism)


def _within(mechanism: Mechanism, binding: int, spelt: Callable[[str], str]) -> str:
    text, own = _written(mechanism, spelt)
    return text if own >= binding else f"({text})"


# -- values ---------------------------------------------------------------------------------------
def value_of(mechanism: Mechanism, at: Mapping[str, int]) -> int:
    """Return what a mechanism gives where its inputs have some values.

    Raises
    ------
    ModelError
        If it gives nothing there: a logical operator has another operand than 0 and 1, or something
        is divided by zero.

    Examples
    --------
    >>> value_of(Combined("xor", (NamedParent("X"), NamedParent("M"))), {"X": 1, "M": 0})
    1
    """
    match mechanism:
        case WholeNumber(value):
            return value
        case NamedParent(variable):
            return at[variable]
        case Combined(operator, operands):
            return _applied(operator, [value_of(operand, at) for operand in operands])
        case _:
            assert_never(mechanism)


def _applied(operator: str, values: Sequence[int]) -> int:
    asked = values if operator in _OF_TRUTH else values[: operator == "mux"]
    for value in asked:
        if value not in (0, 1):
            raise ModelError(
                f"'{operator}' of {value}",
                expected="0 or 1",
                hint="compare it first: A != 0",
            )
    match operator, values:
        case "not", [one]:
            return 1 - one
        case "-", [one]:
            return -one
        case "mux", [selector, zero, one]:
            return one if selector else zero
        case "maj", _:
            return int(2 * sum(values) > len(values))
        case "min", _:
            return min(values)
        case "max", _:
            return max(values)
        case "mod", [_, 0]:
            raise ModelError("'mod' of 0", expected="another number than 0 after 'mod'")
        case _, [left, right]:
            return int(_BINARY[operator](left, right))
        case _:  # no reader makes another
            raise AssertionError(operator)


_BINARY: dict[str, Callable[[int, int], int]] = {
    "or": lambda a, b: a | b,
    "xor": lambda a, b: a ^ b,
    "and": lambda a, b: a & b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "mod": lambda a, b: a % b,
}


def whole_state(variable: str, state: str) -> int:
    """Return the whole number that a state's name is.

    Raises
    ------
    ModelError
        If it is none.
    """
    digits = state.removeprefix("-")
    if digits.isascii() and digits.isdigit() and len(digits) < 10 and str(int(state)) == state:
        return int(state)
    raise ModelError(
        f"the state '{state}' of {variable}",
        expected="whole numbers as states, since a mechanism names it",
        hint=f"declare {variable}: 0, 1",
    )


def outcomes(
    mechanism: Mechanism, parents: Sequence[str], states: Mapping[str, Sequence[str]]
) -> list[int]:
    """Return what a mechanism gives for each assignment of the parents, the last fastest.

    Raises
    ------
    ModelError
        If a state is no whole number, or the mechanism gives nothing somewhere.
    LimitError
        If there are too many assignments.

    Examples
    --------
    >>> both = Combined("+", (NamedParent("A"), NamedParent("B")))
    >>> outcomes(both, ("A", "B"), {"A": "01", "B": "02"})
    [0, 2, 1, 3]
    """
    count = prod(len(states[parent]) for parent in parents)
    work = count * sum(1 for _ in parts_of(mechanism))
    if count > MOST_ASSIGNMENTS or work > MOST_WORK:
        raise LimitError(
            f"a mechanism with {len(parents)} inputs"
            + (f" and {count} assignments" if count <= 10**9 else ""),
            expected=f"at most {MOST_ASSIGNMENTS} assignments, and {MOST_WORK} operations for all",
            hint="split it: Z := A xor B; Y := Z xor C",
        )
    columns = [[whole_state(parent, state) for state in states[parent]] for parent in parents]
    found = []
    for row in product(*columns):
        at = dict(zip(parents, row, strict=True))
        try:
            found.append(value_of(mechanism, at))
        except ModelError as error:
            place = ", ".join(f"{name}={value}" for name, value in at.items())
            raise ModelError(
                error.found + (f" where {place}" if place else ""),
                expected=error.expected,
                hint=error.hint,
            ) from None
    return found
