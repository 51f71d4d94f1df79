"""What is wrong with a row of a table: numbers outside [0, 1], or a sum other than one.

Main definitions
----------------
row_problem : the fault of a row, or None.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from symcausal.algebra.decimals import with_decimal
from symcausal.algebra.polynomial import is_one
from symcausal.algebra.scalar import Number, Term
from symcausal.errors import ModelError, Span
from symcausal.network.network import Variable


def row_name(variable: str, assignment: Sequence[tuple[str, str]]) -> str:
    """Return the name of a row, such as ``P(G | I=low, D=hard)``.

    Examples
    --------
    >>> row_name("G", [("I", "low"), ("D", "hard")])
    'P(G | I=low, D=hard)'
    """
    given = ", ".join(f"{name}={state}" for name, state in assignment)
    return f"P({variable} | {given})" if given else f"P({variable})"


def row_problem(
    variable: Variable,
    assignment: Sequence[tuple[str, str]],
    entries: Sequence[Term],
    span: Span | None = None,
) -> ModelError | None:
    """Return the fault of a row, or None; sums are exact, for all values of the parameters."""
    name = row_name(variable.name, assignment)
    for entry in entries:
        if isinstance(entry, Number) and not 0 <= entry.value <= 1:
            return ModelError(
                f"{with_decimal(entry.value)} in row {name}",
                expected="a number between 0 and 1",
                span=span,
            )
    if is_one(entries):
        return None
    numbers = [entry.value for entry in entries if isinstance(entry, Number)]
    if len(numbers) == len(entries):
        found = sum(numbers, Fraction(0))
        return ModelError(
            f"row {name} sums to {with_decimal(found)}, not to 1",
            hint=_mend(entries, found),
            span=span,
        )
    return ModelError(
        f"row {name} does not sum to 1 for all values of its parameters",
        hint="write 'rest' for the last entry to fill it in",
        span=span,
    )


def _mend(entries: Sequence[Term], total: Fraction) -> str:
    last = entries[-1]
    if isinstance(last, Number) and 0 <= last.value + 1 - total <= 1:
        return f"write 'rest' for the last entry, which makes it {with_decimal(last.value + 1 - total)}"
    return "the entries of a row are the probabilities of all states"
