"""Whether a claim holds, or fails, only because of the states that its variables are taken to have.

Main definitions
----------------
StatesElsewhere : the states that the whole of the notes name, and what they do to a claim.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from symcausal.errors import InternalError
from symcausal.guard import sheltered
from symcausal.notes.judging.open_states import (
    any_numbers,
    counted_states,
    stated_states,
    with_fewer_states,
    with_more_states,
)
from symcausal.notes.judging.setting import Setting
from symcausal.notes.judging.tabled import states_named
from symcausal.notes.reading.stated import StatedRelation
from symcausal.notes.reporting.claim import Claim
from symcausal.notes.reporting.verdict import Verdict
from symcausal.reading.vocabulary import Guess
from symcausal.record import replace

_MOST_OF_A_REASON = 200


@dataclass(slots=True)
class StatesElsewhere:
    """The states that notes name anywhere, looked for once a claim holds or fails.

    Attributes
    ----------
    texts, words : sequence of str
        The formulas of the notes, and what stands around them.
    guess : Guess
        The names of the notes.
    defect : callable
        Keeps that something unforeseen happened.
    """

    texts: Sequence[str]
    words: Sequence[str]
    guess: Guess
    defect: Callable[[InternalError], None]
    _named: Mapping[str, Collection[str]] | None = None

    def sure(
        self,
        claim: Claim,
        stated: StatedRelation,
        setting: Setting,
        judge: Callable[[Setting], Claim],
    ) -> Claim:
        """Return a claim, or what stands in doubt if the notes name more states, or fewer."""
        if claim.verdict == "fails" and not setting.is_model:
            return self._sure_to_fail(claim, stated, setting, judge)
        if claim.verdict != "holds":
            return claim
        told = self._told()
        unnamed = any_numbers(part.expr for part in stated.sides if part.expr is not None)
        unnamed = {name: some for name, some in unnamed.items() if not told.get(name)}
        wider = with_more_states(setting, {**unnamed, **told})
        if wider is None or judge(wider).verdict == "holds":
            return claim
        more = next(n for n, v in wider.variables.items() if v != setting.variables[n])
        had, has = setting.variables[more].states, wider.variables[more].states
        if more in unnamed:
            reason = f"true if {', '.join(had)} are all values of {more}, of which nothing says so"
        else:
            missing = ", ".join(state for state in has if state not in had)
            reason = (
                f"true if {', '.join(had)} are all states of {more}; the notes also name {missing}"
            )
        return replace(claim, judgement=Verdict("undecided", reason=reason[:_MOST_OF_A_REASON]))

    def _sure_to_fail(
        self,
        claim: Claim,
        stated: StatedRelation,
        setting: Setting,
        judge: Callable[[Setting], Claim],
    ) -> Claim:
        """A claim that fails, unless it does only by states between those that the notes name."""
        named = states_named(part.expr for part in stated.sides if part.expr is not None)
        numbers = setting.network is not None and not setting.network.is_open
        if numbers or with_fewer_states(setting, named) is None:
            return claim
        told = self._told()
        every = {name: {*some, *told.get(name, ())} for name, some in named.items()}
        fewer = with_fewer_states(setting, every)
        if fewer is None or judge(fewer).verdict != "holds":
            return claim
        name = next(n for n, v in fewer.variables.items() if v != setting.variables[n])
        states = ", ".join(fewer.variables[name].states)
        reason = f"true if {states} are all states of {name}, of which nothing says so"
        verdict = Verdict("undecided", reason=reason[:_MOST_OF_A_REASON])
        return replace(claim, judgement=verdict, proposed=())

    def _told(self) -> Mapping[str, Collection[str]]:
        """The states that the notes name, found once; what a model judges never asks for them."""
        if self._named is None:
            self._named = sheltered(self._all_named, self.defect) or {}
        return self._named

    def _all_named(self) -> Mapping[str, Collection[str]]:
        named = stated_states(self.texts, self.words, self.guess)
        return {**named, **counted_states(named, self.words, self.guess)}
