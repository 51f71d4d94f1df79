"""Judge relations in the numbers of the model, and in those that notes give.

What is open gets random numbers, twice. What is equal both times does not depend on them; what comes
out the same on each side both times is settled by the numbers that are there.

Main definitions
----------------
has_numbers : whether numbers other than 0 and 1 stand in a formula.
judge_numbers : the verdict on a relation, None if the numbers do not settle it.
related : whether two exact values stand in a relation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice, product
from math import prod
from typing import NamedTuple

from symcausal.algebra.decimals import with_decimal
from symcausal.algebra.field import Rationals
from symcausal.algebra.scalar import Indeterminate, Number
from symcausal.expr.build import prob
from symcausal.expr.distributions import distribution_of, distributions
from symcausal.expr.nodes import (
    Event,
    Events,
    Expr,
    Prob,
    Scalar,
    State,
    Sum,
    Value,
)
from symcausal.expr.path import everywhere
from symcausal.expr.scope import free_letters, substitute
from symcausal.graph.graph import Graph
from symcausal.kernel.core.draws import Draws
from symcausal.kernel.core.interpretation import Interpretation
from symcausal.kernel.core.meaning import meaning
from symcausal.kernel.counterexample import Counterexample
from symcausal.notes.judging.link import Link
from symcausal.notes.judging.numbers.calculations import ValuesAt, equal_at
from symcausal.notes.judging.numbers.fillings import Filling, Fillings, fillings
from symcausal.notes.judging.numbers.givens import (
    as_events,
    as_key,
    events_of,
    given_for,
    with_known,
)
from symcausal.notes.judging.setting import Setting
from symcausal.notes.reporting.verdict import ERROR_BOUND, Verdict, Word
from symcausal.record import replace
from symcausal.writing.text import text

ORDERS = ("≤", "≥", "<", ">")
_EQUAL = {"=": True, "≈": True, "≤": True, "≥": True, "≠": False, "<": False, ">": False}
_PLAIN = (Fraction(0), Fraction(1))
_MOST_READINGS = 64
_MOST_NAMED = 6
_MOST_PLACES = 4096
_SOME = 32
_SEED = 577215
_NOWHERE: Interpretation[Fraction | None] = Interpretation(Graph(()), {}, {}, Rationals(), {})


def is_number(expr: Expr) -> bool:
    """Return whether a formula speaks of no probability."""
    return next(distributions(expr), None) is None


def is_parameter(expr: Expr) -> bool:
    """Decide whether a formula is one declared parameter."""
    return isinstance(expr, Scalar) and isinstance(expr.value, Indeterminate)


def has_numbers(expr: Expr) -> bool:
    """Return whether numbers other than 0 and 1, or parameters, stand in a formula."""
    return any(
        isinstance(node, Scalar)
        and not (isinstance(node.value, Number) and node.value.value in _PLAIN)
        for _, node in everywhere(expr)
    )


def judge_numbers(link: Link, setting: Setting) -> Verdict | None:
    """Return the verdict on a relation in the numbers that there are, None if they settle nothing.

    Parameters
    ----------
    link : Link
        The relation.
    setting : Setting
        Where it is judged.
    """
    told = link.with_exprs(*(with_known(expr, setting) for expr in link.exprs))
    given = told.exprs != link.exprs
    letters = _letters(told)
    if not letters and all(map(is_number, told.exprs)):
        sides = [_arithmetic(expr) for expr in told.exprs]
        if None not in sides:
            verdict = _judged(told, Filling(_NOWHERE, {}), setting)
            on_notes = given and not _is_fixed(link, setting)
            return _resting(verdict, link, setting, given=given, on_notes=on_notes)
    numbers = fillings(setting)
    if numbers is None:
        return None
    if numbers.has_open:
        readings = list(_readings(told, setting))
        every = [_read(told, values) for values in readings]
        found = [
            _unsettled(read, numbers, _said(values))
            for read, values in zip(every, readings, strict=True)
        ]
        if any(one.depends for one in found):
            true = next((one.verdict for one in found if one.verdict is not None), None)
            if true is not None or _gives_a_number(link) or not found[-1].on_parameters_alone:
                return true
            refuted = refuted_in(every[-1], numbers, setting)
            if refuted is not None and numbers.on_notes:
                reason = f"{refuted.reason}, with the numbers given before"
                return Verdict("undecided", reason=reason)
            return refuted
    verdict = _judged(told, numbers.first, setting)
    on_notes = numbers.on_notes or (given and not _is_fixed(link, setting))
    return _resting(verdict, link, setting, given=given or numbers.at_all, on_notes=on_notes)


def _letters(told: Link) -> dict[str, str]:
    return {**free_letters(told.left.expr), **free_letters(told.right.expr)}


def _arithmetic(expr: Expr) -> Fraction | None:
    """Return the value of a formula without probabilities; None if it has parameters."""
    try:
        return meaning(expr, _NOWHERE, {}).values[0]
    except KeyError:
        return None


def _is_fixed(link: Link, setting: Setting) -> bool:
    """Return whether the given numbers of a relation are those of the model's text."""
    found = (given_for(node, setting) for expr in link.exprs for _, node in everywhere(expr))
    return all(given.fixed for given in found if given is not None)


def _resting(
    verdict: Verdict, link: Link, setting: Setting, *, given: bool, on_notes: bool
) -> Verdict | None:
    """Return a verdict with what it rests on; on numbers that notes gave before, no failure does."""
    if verdict.word == "fails" and on_notes:
        if _is_given_anew(link, setting):
            return None
        reason = f"{verdict.reason}, with the numbers that were given before"
        return Verdict("undecided", reason=reason)
    if verdict.word == "holds" and given:
        return replace(verdict, reason=f"{verdict.reason}, with the numbers given")
    return verdict


def _is_given_anew(link: Link, setting: Setting) -> bool:
    """Return whether notes give another number for what they gave one before: a new example."""
    if link.sign in ORDERS:  # which give no number
        return False
    formula, other = link.exprs[::-1] if is_number(link.left.expr) else link.exprs
    form = as_key(formula, setting)
    return is_number(other) and form in setting.known and form not in setting.fixed


# -- what numbers do not settle -------------------------------------------------------------------
class _Open(NamedTuple):
    """The dependence of a relation on what is open.

    Attributes
    ----------
    depends : bool
        Whether some value does.
    on_parameters_alone : bool
        Whether it does on declared parameters and not on open entries.
    verdict : Verdict or None
        What holds whatever the open numbers are.
    """

    depends: bool
    on_parameters_alone: bool
    verdict: Verdict | None


def _unsettled(read: Link, numbers: Fillings, said: str) -> _Open:
    letters = _letters(read)
    first, other, other_entries = (
        [filling.values(expr, letters) for expr in read.exprs]
        for filling in (numbers.first, numbers.other, numbers.other_entries)
    )
    equal = all(x == y and None not in x for x, y in (first, other, other_entries))
    verdict: Verdict | None = None
    if equal and read.sign in _EQUAL:
        word: Word = "holds" if _EQUAL[read.sign] else "fails"
        words = f"{said}equal whatever the open entries and parameters are; {ERROR_BOUND}"
        verdict = Verdict(word, "modular", words)
    return _Open(not first == other == other_entries, first == other_entries, verdict)


def _readings(told: Link, setting: Setting) -> Iterator[dict[str, Value]]:
    """Yield values for letters: none, and those of the events that the notes seem to mean."""
    yield {}
    if _is_beside_numbers(told):
        letters = _letters(told)
        yes = events_of(letters, setting.states)
        small = {letter: value for letter, value in yes.items() if letter in told.small}
        # what is left for all its values makes no statement about events
        if small and (len(small) == len(letters) or not told.small - set(small)):
            yield small
        if yes != small and len(yes) == len(letters) and _cannot_be_general(told):
            yield yes


def _said(values: Mapping[str, Value]) -> str:
    """Return the words for how letters were read, empty if they stand for all their values."""
    read = ", ".join(f"{name}={value.name}" for name, value in values.items())
    return f"read as {read}; " if read else ""


def _is_beside_numbers(told: Link) -> bool:
    return told.sign in ORDERS or any(is_number(e) or has_numbers(e) for e in told.exprs)


def _read(told: Link, values: Mapping[str, Value]) -> Link:
    return told.with_exprs(*(substitute(expr, values) for expr in told.exprs))


def _gives_a_number(link: Link) -> bool:
    """Return whether a relation may give a number for a probability."""
    for one, other in (link.exprs, link.exprs[::-1]):
        number = isinstance(other, Scalar) and isinstance(other.value, Number)
        if number and (is_parameter(one) or distribution_of(one) is not None):
            return True
    return False


def refuted_in(told: Link, numbers: Fillings, setting: Setting) -> Verdict | None:
    """Return the failure of a relation in one of the small fillings, None if there is none."""
    for filling in numbers.small:
        verdict = _judged(told, filling, setting)
        if verdict.word == "fails":
            chosen = tuple(_named(filling.chosen, setting))
            where = ", ".join(f"{name} = {value}" for name, value in chosen)
            reason = f"{verdict.reason}, for {where}" if where else verdict.reason
            example = verdict.example
            if example is not None:
                example = replace(example, chosen=chosen)
            return replace(verdict, reason=reason, evidence="counterexample", example=example)
    return None


def _named(chosen: Mapping[str, Fraction], setting: Setting) -> Iterator[tuple[str, Fraction]]:
    """Yield the numbers that were chosen as a reader names them; of many open entries none."""
    network = setting.network
    assert network is not None
    for name in chosen:
        if name in network.declared:
            yield name, chosen[name]
    entries = [p for p in network.parameters if p.name in chosen and p.variable]
    for entry in entries if len(entries) <= _MOST_NAMED else ():
        given = Events(Event(parent, State(state)) for parent, state in entry.parents)
        event = Event(entry.variable, State(entry.state))
        yield text(prob((event,), given)), chosen[entry.name]


# -- values ---------------------------------------------------------------------------------------
def _judged(told: Link, filling: Filling, setting: Setting) -> Verdict:
    """Return the verdict in one filling, letters read as the notes seem to mean them."""
    verdict = _over({}, told, filling, setting)
    if verdict.word in ("holds", "undecided") and told.sign != "≠":
        return verdict
    for values in islice(_readings(told, setting), 1, None):
        found = _over(values, told, filling, setting)
        verdict = replace(found, reason=_said(values) + found.reason)
        if verdict.word != "fails":
            return verdict
    if verdict.word == "fails" and _is_beside_numbers(told):
        return _otherwise(verdict, _letters(told), told, filling, setting)
    return verdict


def _otherwise(
    verdict: Verdict, letters: Mapping[str, str], told: Link, filling: Filling, setting: Setting
) -> Verdict:
    """Return a failure, or *undecided* where some other values of the letters make it true."""
    choices = product(*(setting.states[variable] for variable in letters.values()))
    for states in islice(choices, _MOST_READINGS):
        values: dict[str, Value] = dict(zip(letters, map(State, states), strict=True))
        if _over(values, told, filling, setting).word == "holds":
            true = ", ".join(f"{name}={state}" for name, state in zip(letters, states, strict=True))
            return Verdict("undecided", reason=f"true for {true}, not in general; {verdict.reason}")
    return verdict


def _cannot_be_general(told: Link) -> bool:
    """Return whether a number stands for something that no rule makes the same for all values.

    What is 0 or 1 for all values may be an independence or a sum; a probability never is.
    """
    for one, other in (told.exprs, told.exprs[::-1]):
        if is_number(other):
            free = isinstance(one, Prob) and one.outcome.letters
            return bool(free) or _arithmetic(other) not in _PLAIN
    return False


def _over(values: Mapping[str, Value], told: Link, filling: Filling, setting: Setting) -> Verdict:
    """Return the verdict for some values of letters and all of the others."""
    read = told.with_exprs(*(substitute(expr, values) for expr in told.exprs))
    letters = _letters(read)
    if prod(len(setting.states[variable]) for variable in letters.values()) > _MOST_PLACES:
        return _at_some_places(values, letters, told, filling, setting)
    sides = _ValuedSides(read, letters, values, filling, setting)
    undecided: Verdict | None = None
    reasons: dict[str, None] = {}
    differ = False
    for number, states in enumerate(product(*(setting.states[v] for v in letters.values()))):
        x, y = sides.left[number], sides.right[number]
        place = dict(zip(letters, states, strict=True))
        at = f" at {', '.join(f'{name}={state}' for name, state in place.items())}" if place else ""
        if x is None or y is None:
            reason = f"a condition is impossible in this model{at}"
            undecided = undecided or Verdict("undecided", reason=reason)
            continue
        word, reason = sides.verdict(number, x, y)
        if read.sign == "≠":
            differ = differ or word == "holds"
            continue
        if word == "fails":
            example = Counterexample((), setting.states, place, x, y, in_model=True)
            return Verdict("fails", "exact", reason + at, example=example)
        if word == "undecided":
            undecided = undecided or Verdict("undecided", reason=reason + at)
        else:
            reasons[reason] = None
    if read.sign == "≠" and (differ or undecided is None):
        if differ:
            return Verdict("holds", "exact", "the two sides differ in these numbers")
        return Verdict("fails", "exact", "the two sides are equal in these numbers")
    return undecided or Verdict("holds", "exact", list(reasons)[-1] if reasons else "")


def _at_some_places(
    values: Mapping[str, Value],
    letters: Mapping[str, str],
    told: Link,
    filling: Filling,
    setting: Setting,
) -> Verdict:
    """Return the verdict on a relation whose letters have too many values to try all of them."""
    rng = Draws(_SEED)
    for _ in range(_SOME):
        states = {}
        for letter, variable in letters.items():
            known = setting.states[variable]
            states[letter] = known[rng.randrange(0, len(known))]
        there = {letter: State(state) for letter, state in states.items()}
        found = _over({**values, **there}, told, filling, setting)
        if found.word == ("holds" if told.sign == "≠" else "fails"):
            at = ", ".join(f"{name}={state}" for name, state in states.items())
            example = found.example and replace(found.example, at=states)
            return replace(found, reason=f"{found.reason} at {at}", example=example)
    reason = (
        "its letters have too many values to try them all, and some tried values refute nothing"
    )
    return Verdict("undecided", reason=reason)


class _ValuedSides:
    """Both sides of a relation in a filling, as columns over the letters that are left."""

    def __init__(
        self,
        read: Link,
        letters: Mapping[str, str],
        values: Mapping[str, Value],
        filling: Filling,
        setting: Setting,
    ) -> None:
        self.read, self.letters, self.put = read, letters, values
        self.filling, self.setting = filling, setting
        self.left, self.right = (self._column(expr) for expr in read.exprs)
        self.entries = _entries(setting)
        start = read.start.expr
        self.start = None if read.start is read.left or is_number(start) else start
        self.last_exact = None if read.exact is None else read.exact.expr

    def _column(self, expr: Expr) -> list[Fraction | None]:
        return self.filling.values(expr, self.letters)

    def verdict(self, number: int, x: Fraction, y: Fraction) -> tuple[Word, str]:
        """Return the verdict at one place."""
        if self.read.sign not in ("=", "≈"):
            word: Word = "holds" if related(x, self.read.sign, y) else "fails"
            exact = self._alone(self.last_exact)
            if word == "holds" and exact is not None and not related(exact, self.read.sign, y):
                return "undecided", f"true of the rounded number, not of {with_decimal(exact)}"
            return word, f"{with_decimal(x)} against {with_decimal(y)}"
        place = ValuesAt(
            x,
            y,
            lambda expr: self._terms(expr, number),
            self.entries,
            self._alone(self.start),
            self._alone(self.last_exact),
        )
        return equal_at(self.read, place)

    def _alone(self, expr: Expr | None) -> Fraction | None:
        """Return the value of another side of the chain, letters read as events."""
        if expr is None:
            return None
        read = as_events(substitute(with_known(expr, self.setting), self.put), self.setting)
        numbers = fillings(self.setting)
        if is_number(read):
            return _arithmetic(read)
        if free_letters(read) or numbers is None:
            return None
        first, other = (f.values(read, {})[0] for f in (numbers.first, numbers.other))
        return first if first == other else None

    def _terms(self, expr: Expr, number: int) -> tuple[Fraction | None, ...]:
        """Return the values of the terms of a formula at one place."""
        read = substitute(with_known(expr, self.setting), self.put)
        if isinstance(read, Sum) and not set(read.over.letters) & set(self.letters):
            bound = {e.value.name: e.variable for e in read.over}
            column = self.filling.values(read.body, {**self.letters, **bound})
            width = len(column) // max(1, len(self.left))
            return tuple(column[number * width : (number + 1) * width])
        return (self._column(read)[number],)


def _entries(setting: Setting) -> frozenset[Fraction]:
    """Return the entries of all tables, and the numbers that are given."""
    numbers = fillings(setting)
    return (numbers.entries if numbers else frozenset()) | frozenset(setting.known.values())


def related(x: Fraction, sign: str, y: Fraction) -> bool:
    """Return whether two exact values stand in a relation."""
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
            return x != y
        case _:  # "=", and what goes for it
            return x == y
