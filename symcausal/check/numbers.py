"""Judge relations in which numbers stand, in the numbers of the model and those that notes give.

A table that is open gets random numbers, twice. What is equal both times does not depend on them;
what comes out the same on each side both times is settled by the numbers that are there.

Main definitions
----------------
has_numbers : whether numbers other than 0 and 1 stand in a formula.
judge_numbers : the verdict on a relation, None if the numbers do not settle it.
with_names : numbers that notes give, replaced by what they are given for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import NamedTuple, TypeAlias

from symcausal.algebra.decimals import with_decimal
from symcausal.algebra.field import Rationals
from symcausal.algebra.scalar import Number, Parameter, Plus, Term, Times
from symcausal.check.setting import Setting
from symcausal.check.verdict import ERROR_BOUND, Verdict
from symcausal.expr.nodes import Expectation, Expr, Prob, Scalar, State
from symcausal.expr.path import at, everywhere, replace
from symcausal.expr.scope import canonical, free_letters
from symcausal.graph.graph import Graph
from symcausal.kernel.draws import Draws
from symcausal.kernel.interpretation import Interpretation, exact
from symcausal.kernel.meaning import meaning
from symcausal.network.network import Network
from symcausal.notation.model_language import ModelText

Digits: TypeAlias = tuple[int | None, int | None]
Column: TypeAlias = Sequence[Fraction | None]

_PRECISION = 2**40
_SEED = 271828
_ROUNDED = 3
_DECIMAL = re.compile(r"(?<![\w.])\d*\.\d+")
_CALCULATION = re.compile(r"[-+*/×⋅·]|\\(?:times|cdot|frac|div)|\d\s*[(\[]|[)\]]\s*[(\[]")
NO_SLACK = Fraction(0)
_PLAIN = (Fraction(0), Fraction(1))


class _Filling(NamedTuple):
    """The values of both sides for one choice of the open entries."""

    left: Column
    right: Column


def is_number(expr: Expr) -> bool:
    """Whether a formula speaks of no probability."""
    return not any(isinstance(node, Prob | Expectation) for _, node in everywhere(expr))


def has_numbers(expr: Expr) -> bool:
    """Whether numbers other than 0 and 1, or parameters, stand in a formula."""
    return any(
        isinstance(node, Scalar)
        and not (isinstance(node.value, Number) and node.value.value in _PLAIN)
        for _, node in everywhere(expr)
    )


def numbers_given(content: ModelText) -> dict[Expr, Fraction]:
    """The numbers that a model's text takes as known: ``given P(L=strong) = 0.502``."""
    found: dict[Expr, Fraction] = {}
    for chain in content.given:
        values = [
            formula.value.value
            for formula in chain.formulas
            if isinstance(formula, Scalar) and isinstance(formula.value, Number)
        ]
        for formula in chain.formulas if values else ():
            if isinstance(formula, Prob):
                found[formula] = values[0]
    return found


def judge_numbers(
    left: Expr,
    sign: str,
    right: Expr,
    setting: Setting,
    digits: Digits,
    slack: Fraction = NO_SLACK,
) -> Verdict | None:
    """The verdict on a relation with numbers, None if nobody settles them.

    Parameters
    ----------
    left, sign, right, setting, digits, slack
        As for :func:`symcausal.check.judge.judge`.
    """
    told, anew = _with_known(left, setting), _with_known(right, setting)
    letters = {**free_letters(told), **free_letters(anew)}
    leans = _Leaning()
    fillings = list(_fillings(told, anew, letters, setting, leans))
    if not fillings:
        return None
    given = (told, anew) != (left, right)
    if given and _is_given_anew(left, right, setting) and not _same(fillings, sign, digits):
        return None
    settled = all(f.left == fillings[0].left and f.right == fillings[0].right for f in fillings)
    places = list(product(*(setting.states[variable] for variable in letters.values())))
    if not settled:
        if sign == "=" and all(_equal(f) for f in fillings):
            return Verdict(
                "holds", "modular", f"equal whatever the open entries are; {ERROR_BOUND}"
            )
        return None
    for place, x, y in zip(places, *fillings[0], strict=True):
        if x is None or y is None:
            return Verdict("undecided", reason="a condition is impossible in this model")
        if not related(x, sign, y, digits):
            where = ", ".join(f"{n}={s}" for n, s in zip(letters, place, strict=True))
            words = f"{with_decimal(x)} against {with_decimal(y)}" + (
                f" at {where}" if where else ""
            )
            if leans.on_notes:
                reason = f"{words}, with the numbers that were given before"
                return Verdict("undecided", reason=reason)
            if sign in ("=", "≈") and abs(x - y) <= slack * max(abs(x), abs(y)):
                return Verdict("undecided", reason=f"{words}: numbers in it may be rounded")
            return Verdict("fails", "exact", words)
    reason = "computed in fractions"
    return Verdict("holds", "exact", reason + (", with the numbers given" if leans.at_all else ""))


def with_names(expr: Expr, setting: Setting) -> Expr:
    """A formula with what notes give numbers for, in the place of these numbers."""
    named = {value: formula for formula, value in setting.known.items() if value not in _PLAIN}
    for path, node in list(everywhere(expr)):
        if isinstance(node, Scalar) and isinstance(node.value, Number):
            formula = named.get(node.value.value)
            if formula is not None:
                expr = replace(expr, path, formula)
    return expr


# -- values -------------------------------------------------------------------------------------
class _Leaning:
    """Whether values rest on numbers that notes give, and whether the model's text says them."""

    __slots__ = ("at_all", "on_notes")

    def __init__(self) -> None:
        self.at_all = self.on_notes = False


def _fillings(
    left: Expr, right: Expr, letters: Mapping[str, str], setting: Setting, leans: _Leaning
) -> Iterator[_Filling]:
    if not letters and is_number(left) and is_number(right):
        ours, theirs = _arithmetic(left), _arithmetic(right)
        if ours is not None and theirs is not None:
            yield _Filling(ours, theirs)
            return
    network = setting.network
    if network is None or network.graph.bidirected:
        return
    names = [p.name for p in (*network.parameters, *network.declared.values())]
    known = _entries_known(network, setting, leans) if names else {}
    rng = Draws(_SEED)
    for _ in range(2 if set(names) - known.keys() else 1):
        values = {
            name: known.get(name, Fraction(rng.randrange(1, _PRECISION), _PRECISION + 15))
            for name in dict.fromkeys(names)
        }
        there = exact(network, values)
        yield _Filling(meaning(left, there, letters).values, meaning(right, there, letters).values)


def _arithmetic(expr: Expr) -> Column | None:
    """The value of a formula without probabilities; None if it has parameters."""
    nowhere: Interpretation[Fraction | None] = Interpretation(Graph(()), {}, {}, Rationals(), {})
    try:
        return meaning(expr, nowhere, {}).values
    except KeyError:
        return None


def _entries_known(network: Network, setting: Setting, leans: _Leaning) -> dict[str, Fraction]:
    """The open table entries that notes give numbers for."""
    found: dict[str, Fraction] = {}
    for formula, value in setting.known.items():
        entry = _entry(formula, network)
        match entry:
            case Parameter(name):
                found[name] = value
            case Plus((Number(one), Times((Number(minus), Parameter(name))))) if one == -minus == 1:
                found[name] = 1 - value
            case _:
                continue
        leans.at_all = True
        leans.on_notes = leans.on_notes or formula not in setting.fixed
    return found


def _entry(formula: Expr, network: Network) -> Term | None:
    """The table entry that a probability is."""
    if not isinstance(formula, Prob) or len(formula.outcome) != 1 or formula.do:
        return None
    (event,) = formula.outcome
    places = {e.variable: e.value.name for e in formula.given if isinstance(e.value, State)}
    if event.variable not in network.tables or not isinstance(event.value, State):
        return None
    if len(places) < len(formula.given) or set(places) != set(
        network.graph.parents(event.variable)
    ):
        return None
    return network.entry(event.variable, event.value.name, places)


def _with_known(expr: Expr, setting: Setting) -> Expr:
    """Put the numbers that the notes take as known in place of their probabilities."""
    if not setting.known or (setting.network is not None and setting.network.is_numeric):
        return expr
    for path, _ in list(everywhere(expr)):
        value = setting.known.get(canonical(at(expr, path)))
        if value is not None and isinstance(at(expr, path), Prob):
            expr = replace(expr, path, Scalar(Number(value)))
    return expr


def _is_given_anew(left: Expr, right: Expr, setting: Setting) -> bool:
    """Whether notes give another number for what they gave one before: a new example begins."""
    formula = right if is_number(left) else left
    other = left if formula is right else right
    form = canonical(formula)
    return is_number(other) and form in setting.known and form not in setting.fixed


def _same(fillings: Sequence[_Filling], sign: str, digits: Digits) -> bool:
    return all(
        x is not None and y is not None and related(x, sign, y, digits)
        for filling in fillings
        for x, y in zip(*filling, strict=True)
    )


def _equal(filling: _Filling) -> bool:
    return None not in filling.left and list(filling.left) == list(filling.right)


# -- comparisons --------------------------------------------------------------------------------
def related(x: Fraction, sign: str, y: Fraction, digits: Digits) -> bool:
    """Whether two values stand in a relation, ``=`` and ``≈`` to the digits shown."""
    match sign:
        case "≤":
            return x <= y
        case "≥":
            return x >= y
        case "<":
            return x < y
        case ">":
            return x > y
        case "≠":
            return x != y  # a difference may be smaller than the digits show
    return _agree(x, y, digits)


def _agree(x: Fraction, y: Fraction, digits: Digits) -> bool:
    """Equal to the digits shown, rounded or cut off."""
    if x == y:
        return True
    for shown, value, count in ((x, y, digits[0]), (y, x, digits[1])):
        if count is not None:
            scaled = value * 10**count
            target = shown * 10**count
            if abs(scaled - target) <= Fraction(1, 2) or int(scaled) == target:
                return True
    return False


# -- rounded numbers ----------------------------------------------------------------------------
def slack_of(written: str, setting: Setting) -> Fraction:
    """By how much, relatively, a calculation may be off since decimals in it were rounded.

    Only decimals of three and more digits that stand in no table count: fewer are rarely rounded.
    """
    exact_numbers = {Fraction(0), Fraction(1), *setting.known.values()}
    for table in setting.network.tables.values() if setting.network is not None else ():
        exact_numbers.update(e.value for e in table.entries if isinstance(e, Number))
    slack = Fraction(0)
    decimals = _DECIMAL.findall(written)
    for decimal in decimals if _CALCULATION.search(written) else ():
        value = Fraction(decimal)
        count = len(decimal.replace(".", "").lstrip("0"))
        if count >= _ROUNDED and not {value, 1 - value} & exact_numbers:
            slack += Fraction(1, 2 * 10 ** (count - 1))
    return slack
