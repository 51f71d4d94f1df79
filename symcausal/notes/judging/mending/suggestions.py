"""What was probably meant: small edits of an equation after which it holds.

The edits are the slips that people make (see :mod:`symcausal.notes.judging.mending.edits`). Either
side may be mended, the right one for preference. Every candidate is judged by the kernel; none is offered
on its looks, but looks decide which of those that hold is shown first.

Main definitions
----------------
Mended : an equation that holds, and which of its sides was edited.
suggestions : up to three of them, fewest edits first.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from itertools import combinations
from typing import NamedTuple

from symcausal.algebra.deadline import OutOfTime, clock, within
from symcausal.derive.worksheet import same_form
from symcausal.errors import SymcausalError
from symcausal.expr.build import ONE, factors_of, product, quotient
from symcausal.expr.distributions import mentions_do
from symcausal.expr.nodes import (
    Event,
    Events,
    Expr,
    Letter,
    Prob,
    Quotient,
    Sum,
)
from symcausal.expr.path import everywhere
from symcausal.expr.scope import canonical, free_letters
from symcausal.hints import Literal, TypeAlias
from symcausal.kernel.core.identity import Probe
from symcausal.kernel.quick import Glance
from symcausal.notes.judging.mending.edits import edits, is_whole
from symcausal.notes.judging.mending.oddities import cancelled, has_idle_sum, has_twice, oddity
from symcausal.notes.judging.setting import Setting, named_variables

WhichSide: TypeAlias = Literal["left", "right"]

MOST = 3
MOST_COST = 4.4  # what is further from the text than that was hardly ever meant
MOST_CANDIDATES = 4000
MOST_SUMMED = 4
SECONDS = 0.4
_COST_OF_ESTIMAND = 2.0  # it comes after what is one edit away


class Mended(NamedTuple):
    """An equation near a failing one, which holds.

    Attributes
    ----------
    left, right : Expr
        Its sides.
    side : str
        ``left`` or ``right``: the one that was edited.
    """

    left: Expr
    right: Expr
    side: WhichSide


def suggestions(
    left: Expr, right: Expr, setting: Setting, *, seconds: float = SECONDS, acts: bool = True
) -> list[Mended]:
    """Return the equations near ``left = right`` that hold in every positive model.

    Parameters
    ----------
    left, right : Expr
        The two sides of a claim that fails.
    setting : Setting
        Where the claim is judged.
    seconds : float
        When to stop looking: processor time, so that other work on the machine changes no answer.
    acts : bool
        Whether the notes speak of interventions; where they don't, no formula brings one in.
    """
    found: list[_Hit] = []
    with within(seconds), suppress(OutOfTime):
        _look(left, right, setting, found, until=clock() + seconds, acts=acts)
    return _best(found)


def _look(
    left: Expr, right: Expr, setting: Setting, found: list[_Hit], until: float, *, acts: bool
) -> None:
    searches = [
        _Search(right, left, "right", setting, found, acts),
        _Search(left, right, "left", setting, found, acts),
    ]
    for search in searches:
        search.identified(share=(until - clock()) / 3)
    searches.sort(key=lambda search: search.doubt)
    for share in (0.6, 0.5):  # one edit on either side; then, if that is not enough, two
        for number, search in enumerate(searches):
            now = clock()
            patience = (until - now) * (share if number == 0 else 1.0)
            search.deeper(until=now + patience)
        if found:
            break


class _Hit(NamedTuple):
    cost: float
    mended: Mended


class _Search:
    """The formulas near one side, first one edit away, then two."""

    __slots__ = (
        "acts",
        "agreeing",
        "doubt",
        "edited",
        "found",
        "frontier",
        "glance",
        "letters",
        "oddity_before",
        "other",
        "probe",
        "setting",
        "side",
        "tried",
        "wrong",
    )

    def __init__(
        self,
        wrong: Expr,
        other: Expr,
        side: WhichSide,
        setting: Setting,
        found: list[_Hit],
        acts: bool,
    ) -> None:
        self.acts = acts
        self.wrong, self.other, self.side, self.setting = wrong, other, side, setting
        self.letters = {**free_letters(wrong), **free_letters(other)}
        models = setting.models(named_variables(wrong, other))
        self.probe: Probe | None = None
        self.glance: Glance | None = None
        with suppress(SymcausalError, ZeroDivisionError):  # without a value nothing equals it
            self.probe = Probe(other, models, self.letters)
            self.glance = Glance(other, models[0], self.letters)
        self.tried = 0
        self.edited: set[Expr] = set()
        self.agreeing = {canonical(wrong), canonical(other)}
        self.doubt = (0.0 if side == "right" else 0.4) + (0.0 if self.is_distribution() else 1.2)
        self.oddity_before = oddity(wrong, setting.graph)
        self.frontier: list[tuple[float, Expr]] = [(0, wrong)]
        self.found = found

    def is_distribution(self) -> bool:
        """Whether the other side sums to one over some of its letters, as what is right mostly does."""
        free = free_letters(self.other)
        if self.probe is None or not 0 < len(free) <= MOST_SUMMED:
            return False
        one = Probe(ONE, self.setting.models(named_variables(self.wrong, self.other))[:1], free)
        for size in range(1, len(free) + 1):
            for letters in combinations(free, size):
                over = Events(Event(free[letter], Letter(letter)) for letter in letters)
                if one.agrees(Sum(over, self.other)):
                    return True
        return False

    def deeper(self, until: float) -> None:
        """Go one edit further from the formulas that were reached."""
        grown: list[tuple[float, Expr]] = []
        for before, formula in self.frontier if self.probe else ():
            if not _is_new(formula, self.edited):
                continue
            for cost, candidate in edits(formula, self.other, self.setting.graph):
                if self.tried > MOST_CANDIDATES or clock() > until:
                    self.frontier = grown
                    return
                self.tried += 1
                grown.append((before + cost, candidate))
                self.try_out(candidate, before + cost)
        self.frontier = sorted(grown, key=lambda reached: reached[0])

    def identified(self, share: float) -> None:
        """The estimand of an effect on the other side, where this side says one without ``do``."""
        if not self.setting.is_model or not mentions_do(self.other) or mentions_do(self.wrong):
            return
        from symcausal.identify.identification import Identified, identify  # few claims need it

        with suppress(SymcausalError, RecursionError, OutOfTime), within(share):
            found = identify(self.other, self.setting.context, self.setting.states)
            if isinstance(found, Identified):
                self.try_out(found.estimand, _COST_OF_ESTIMAND)

    def try_out(self, candidate: Expr, cost: float) -> None:
        """Keep a formula that equals the other side and says it without detours."""
        if (
            self.agrees(candidate)
            and _is_new(candidate, self.agreeing)
            and not _is_disguised(candidate, self.other)
            and not any(self.agrees(shorter) for shorter in cancelled(candidate))
        ):
            self.found.append(_Hit(cost + self.looks(candidate), self.mended(candidate)))

    def agrees(self, candidate: Expr) -> bool:
        """Whether the candidate equals the other side."""
        if not (self.probe and self.glance and self.glance.may_agree(candidate)):
            return False
        if not free_letters(candidate).keys() <= self.letters.keys():
            return False
        if not (self.setting.is_model and self.acts) and mentions_do(candidate):
            return False  # without a causal model it means nothing
        if has_twice(candidate) and not (has_twice(self.wrong) or has_twice(self.other)):
            return False  # nobody means that who has not written it
        try:
            return self.probe.agrees(candidate)
        except (SymcausalError, ZeroDivisionError, KeyError):
            return False

    def mended(self, candidate: Expr) -> Mended:
        """The equation with a candidate for this side."""
        if self.side == "left":
            return Mended(candidate, self.other, "left")
        return Mended(self.other, candidate, "right")

    def looks(self, candidate: Expr) -> float:
        """How little a formula that holds looks like what somebody would write."""
        cost = self.doubt
        if same_form(candidate, self.other):
            cost += 6 if _is_plain(candidate) else 2
        elif any(node == self.other for _, node in everywhere(candidate)):
            cost += 4
        if mentions_do(candidate) and not mentions_do(self.wrong):
            cost += 1.5 if mentions_do(self.other) else 3
        if _is_plain(candidate) and _is_plain(self.other) and not _is_plain(self.wrong):
            cost += 1
        plain = _is_plain(self.wrong) and _is_plain(self.other) and not mentions_do(self.other)
        if plain and not _is_plain(candidate):
            cost += 2  # an independence was meant, and there is none
        if has_idle_sum(candidate) and not (has_idle_sum(self.wrong) or has_idle_sum(self.other)):
            cost += 2.5
        return cost + oddity(candidate, self.setting.graph) - self.oddity_before


def _is_disguised(candidate: Expr, other: Expr) -> bool:
    """Whether a formula is the other side, times something over itself or times a one."""
    left, right = _ratio(candidate)
    for factor in list(right):
        if factor in left:
            left.remove(factor)
            right.remove(factor)
    shorter = quotient(product(left), product(right))
    return shorter != candidate and same_form(shorter, other)


def _ratio(formula: Expr) -> tuple[list[Expr], list[Expr]]:
    """The factors above and below the line, without those that are one."""
    above, below = list[Expr](), list[Expr]()
    for factor in factors_of(formula):
        if isinstance(factor, Quotient):
            top, over = _ratio(factor.numerator)
            under, bottom = _ratio(factor.denominator)
            above += top + bottom
            below += over + under
        elif not _is_one(factor):
            above.append(factor)
    return above, below


def _is_one(factor: Expr) -> bool:
    """Whether a factor is a probability summed over all its outcomes."""
    return (
        isinstance(factor, Sum)
        and isinstance(factor.body, Prob)
        and is_whole(factor.over.letters, factor.body)
    )


def _is_new(formula: Expr, seen: set[Expr]) -> bool:
    """Add a formula to those that were seen, up to its bound names."""
    before = len(seen)
    seen.add(canonical(formula))
    return len(seen) > before


def _is_plain(formula: Expr) -> bool:
    return isinstance(formula, Prob)


def _best(hits: Iterable[_Hit]) -> list[Mended]:
    """The cheapest, no two of one form, with the other side's best among them."""
    chosen: list[_Hit] = []
    for hit in sorted(hits, key=lambda hit: hit.cost):
        if hit.cost > MOST_COST:
            break
        if not any(_same(hit.mended, old.mended) for old in chosen):
            chosen.append(hit)
    best = chosen[:MOST]
    if len({hit.mended.side for hit in best}) == 1:
        best[MOST - 1 :] = [h for h in chosen if h.mended.side != best[0].mended.side][:1] or best[
            MOST - 1 :
        ]
    return [hit.mended for hit in best]


def _same(one: Mended, other: Mended) -> bool:
    return same_form(one.left, other.left) and same_form(one.right, other.right)
