"""Rows of Python values: exact numbers, text, floats, SymPy expressions, and ``"rest"``.

Main definitions
----------------
row_from : the entries of one row, and what floats among them sum to where they are rounded.
term_from : one entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from numbers import Rational

from symcausal.algebra.scalar import ONE, Indeterminate, Number, Term, minus, number, plus
from symcausal.errors import ModelError, UsageError
from symcausal.network.formats.printed import PrintedNumbers
from symcausal.network.formats.rounding import SINGLE_PRECISION, settle
from symcausal.numbers.evaluate.substitution import exact_number

EntryLike = object
_REST = "rest"
_HALF = 2  # bytes of a number in half precision
_OFF_BY_HALF = 489  # millionths of itself that half precision takes off a number: 1 / 2048


def row_from(entries: Sequence[EntryLike], label: str) -> tuple[list[Term], Fraction | None]:
    """Return the entries of a row, and the sum of its floats before they were settled, if they were.

    ``"rest"`` is what the others leave of one. Floats stand for the decimals that they print as; where
    a row with floats does not sum to one by rounding alone, they are settled as rows of files are, and
    the exact entries stay.

    Raises
    ------
    ModelError
        If there are two rests, or nothing is left for one.
    UsageError, ParameterRangeError
        If an entry is no number and no expression.

    Examples
    --------
    >>> entries, total = row_from(["1/4", "rest"], "P(A)")
    >>> [str(entry.value) for entry in entries], total
    (['1/4', '3/4'], None)
    """
    rests = [i for i, entry in enumerate(entries) if isinstance(entry, str) and _is_rest(entry)]
    if len(rests) > 1:
        raise ModelError(f"'rest' twice in the row {label}", expected="once")
    floats = {i: text for i, entry in enumerate(entries) if (text := _digits(entry)) is not None}
    terms = [ONE if i in rests else term_from(entry) for i, entry in enumerate(entries)]
    others = [term for i, term in enumerate(terms) if i not in rests]
    total = sum((term.value for term in others if isinstance(term, Number)), Fraction(0))
    numeric = all(isinstance(term, Number) for term in others)
    if rests and not (numeric and floats and 1 < total <= 1 + SINGLE_PRECISION):
        left = plus([ONE, *map(minus, others)])
        if isinstance(left, Number) and left.value < 0:
            raise ModelError(f"the row {label} sums to {total} before 'rest'", expected="at most 1")
        terms[rests[0]] = left
        return terms, None
    if rests:
        terms[rests[0]] = number(0)
    if not floats or not numeric or total == 1:
        return terms, None
    numbers = PrintedNumbers()
    exact = sum((t.value for i, t in enumerate(terms) if i not in floats), Fraction(0))  # type: ignore[union-attr]
    half = any(getattr(entries[i], "itemsize", 0) == _HALF for i in floats)
    settled = settle(
        [numbers.spelled(text) for text in floats.values()],
        1 - exact,
        millionths=_OFF_BY_HALF if half else 1,
    )
    if settled is None:
        return terms, None
    for i, value in zip(floats, settled, strict=True):
        terms[i] = Number(value)
    return terms, total


def term_from(entry: EntryLike) -> Term:
    """Return a table entry as an exact term.

    Raises
    ------
    UsageError
        If it is no number, no text of a number and no SymPy expression.
    """
    if isinstance(entry, bool):
        raise UsageError(f"{entry} as a table entry", expected="a number")
    digits = _digits(entry)
    if digits is not None:
        return PrintedNumbers().number(digits)
    if hasattr(entry, "item") and getattr(entry, "shape", None) == ():
        return term_from(entry.item())  # a whole number of NumPy's
    if isinstance(entry, Indeterminate):
        return entry
    if isinstance(entry, Rational | Decimal | str):
        return number(exact_number(entry))
    if type(entry).__module__.split(".")[0] == "sympy":
        from symcausal.numbers.evaluate.sympy_bridge import term_from_sympy

        return term_from_sympy(entry)
    raise UsageError(f"{entry!r} as a table entry", expected="a number or a SymPy expression")


def _digits(entry: EntryLike) -> str | None:
    """The shortest decimal that is read as a float, in the float's own precision; None for others."""
    if isinstance(entry, float):
        exact_number(float(entry))  # refuses what is not finite
        return float.__repr__(entry)
    kind = getattr(getattr(entry, "dtype", None), "kind", None)
    if kind != "f" or getattr(entry, "shape", None) != ():
        return None
    exact_number(float(entry))  # type: ignore[arg-type]
    return str(entry)  # NumPy prints each precision in as many figures as it needs


def _is_rest(entry: str) -> bool:
    return entry.strip().lower() == _REST
