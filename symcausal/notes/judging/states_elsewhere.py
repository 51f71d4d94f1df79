"""Whether a claim that holds still does with the states that the notes name elsewhere.

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
    with_more_states,
)
from symcausal.notes.judging.setting import Setting
from symcausal.notes.reading.stated import StatedRelation
from symcausal.notes.reporting.claim import Claim
from symcausal.notes.reporting.verdict import Verdict
from symcausal.reading.vocabulary import Guess
from symcausal.record import replace

_MOST_OF_A_REASON = 200


@dataclass(slots=True)
class StatesElsewhere:
    """The states that notes name anywhere, looked for once a claim holds.

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
        """Return a claim that holds, or what stands in doubt if the notes name more states."""
        if claim.verdict != "holds":
            return claim
        if self._named is None:  # what a model judges never asks for them
            self._named = sheltered(self._all_named, self.defect) or {}
        unnamed = any_numbers(part.expr for part in stated.sides if part.expr is not None)
        unnamed = {name: some for name, some in unnamed.items() if not self._named.get(name)}
        wider = with_more_states(setting, {**unnamed, **self._named})
        if wider is None or judge(wider).verdict == "holds":
            return claim
        more = next(n for n, v in wider.variables.items() if v != setting.variables[n])
        had, has = setting.variables[more].states, wider.variables[more].states
        if more in unnamed:
            reason = f"true if {', '.join(had)} are all values of {more}, of which nothing says so"
        else:
            missing = ", ".join(state for state in has if state not in had)
            told = f"the notes also name {missing}"
            reason = f"true if {', '.join(had)} are all states of {more}; {told}"
        return replace(claim, judgement=Verdict("undecided", reason=reason[:_MOST_OF_A_REASON]))

    def _all_named(self) -> Mapping[str, Collection[str]]:
        named = stated_states(self.texts, self.words, self.guess)
        return {**named, **counted_states(named, self.words, self.guess)}
