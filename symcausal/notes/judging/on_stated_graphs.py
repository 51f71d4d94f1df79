"""Claims of notes under the graphs that the notes state themselves.

What judges under a graph is loaded once a claim stands on one.

Main definitions
----------------
OnStatedGraphs : the stated graphs, asked for the one that a claim stands on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from symcausal.errors import Span
from symcausal.expr.nodes import Expr
from symcausal.hints import TYPE_CHECKING
from symcausal.network.network import Variable
from symcausal.notes.files.passages import Passage
from symcausal.notes.judging.explaining.wording import independence_claim
from symcausal.notes.judging.footing import Footing
from symcausal.notes.judging.link import link_of
from symcausal.notes.judging.memory import Memory
from symcausal.notes.judging.setting import Setting
from symcausal.notes.judging.tabled import NotesTables, states_named
from symcausal.notes.judging.words.supposing import variables_of
from symcausal.notes.reading.claims import Statement
from symcausal.notes.reading.stated import StatedRelation
from symcausal.notes.reporting.claim import Claim
from symcausal.notes.reporting.verdict import Verdict
from symcausal.reading.independence import WrittenIndependence
from symcausal.record import replace

if TYPE_CHECKING:
    from symcausal.notes.judging.grounds import Ground, Grounds
    from symcausal.notes.stated.numbers import PlacedTable


@dataclass(slots=True)
class OnStatedGraphs:
    """The graphs that notes state, while the claims of one passage are judged.

    Attributes
    ----------
    memory : Memory
        What the notes have said so far.
    footing : Footing
        Which graph is in force where.
    tabled : NotesTables or None
        The tables of the notes.
    budget : float
        Seconds for one claim.
    passage : Passage
        The one whose claims are judged.
    """

    memory: Memory
    footing: Footing
    tabled: NotesTables | None
    budget: float
    passage: Passage
    _made: Grounds | None = None
    _found: tuple[Statement | None, Mapping[str, Variable]] = (None, MappingProxyType({}))

    @property
    def _grounds(self) -> Grounds:
        from symcausal.notes.judging.grounds import Grounds

        self._made = self._made or Grounds(self.memory.numbers)
        return self._made

    # -- which graph ---------------------------------------------------------------------------
    def stand_under(self, statement: Statement) -> bool:
        """Whether a statement stands on a graph that the notes state."""
        said = statement.independence
        names = {*said.left, *said.right, *said.given} if said is not None else set()
        names |= set(variables_of([p.expr for p in statement.parts if p.expr is not None]))
        return self.footing.standing(self.passage, statement.span, names) is not None

    def ground(
        self, stated: StatedRelation, exprs: Sequence[Expr], *, tables: bool = True
    ) -> Ground | None:
        """Return the stated graph on which a relation is judged; None without one."""
        about = dict(variables_of(exprs, self.memory.numbers))
        standing = self.footing.standing(self.passage, stated.relation.span, about)
        if standing is None:
            return None
        in_force: Sequence[PlacedTable] = ()
        if tables and self.tabled is not None:
            first = self.passage.pieces[0].formula
            in_force = self.tabled.in_force(None, (first.part.cell or 0, first.offset))
        statement = stated.statement
        named = states_named([p.expr for p in statement.parts if p.expr is not None])
        return self._grounds.ground(standing, self.variables(stated), exprs, in_force, named)

    def variables(self, stated: StatedRelation) -> Mapping[str, Variable]:
        """Return the variables of the statement of a relation, found once for all its relations."""
        statement = stated.statement
        at, found = self._found
        if at is not statement:
            formulas = [part.expr for part in statement.parts if part.expr is not None]
            found = variables_of(formulas, self.memory.numbers)
            self._found = statement, found
        return found

    # -- what follows --------------------------------------------------------------------------
    def stating(self, stated: StatedRelation) -> Claim | None:
        """Return the claim of a relation that states a graph; None for any other."""
        states = self.footing.stated_by(self.passage, stated.relation.span)
        if states is None:
            return None
        from symcausal.notes.judging.grounds import stating_claim

        return stating_claim(stated, states)

    def independence(self, span: Span, said: WrittenIndependence) -> Claim:
        """Return the claim of an independence, under the graph that it stands on if there is one."""
        names = {*said.left, *said.right, *said.given}
        standing = self.footing.standing(self.passage, span, names)
        # a factorisation may follow from an independence that stands before it
        follows = standing is not None and standing.is_later and not standing.stated.is_causal
        if standing is None or follows or not names <= set(standing.stated.graph.nodes):
            return independence_claim(span, said, None)
        variables = {name: Variable(name) for name in standing.stated.graph.nodes if name in names}
        ground = self._grounds.ground(standing, variables)
        if ground is None:
            return independence_claim(span, said, None)
        claim = independence_claim(span, said, ground.setting)
        judge = partial(independence_claim, span, said)
        return ground.told(self.agreed(claim, ground, variables, judge), ())

    def agreed(
        self,
        claim: Claim,
        ground: Ground,
        variables: Mapping[str, Variable],
        judge: Callable[[Setting], Claim],
    ) -> Claim:
        """Return a claim judged under a graph, undecided if a part that is drawn below says otherwise.

        Parameters
        ----------
        claim : Claim
            As it is judged under the graph.
        ground : Ground
            The graph.
        variables : mapping of str to Variable
            Those of the claim.
        judge : callable
            Judges the claim in a setting.
        """
        if claim.verdict not in ("holds", "fails"):
            return claim
        for other in ground.standing.others:
            there = self._grounds.ground(replace(ground.standing, stated=other), variables)
            if there is None:
                continue
            found = judge(there.setting).verdict
            if found in ("holds", "fails") and found != claim.verdict:
                reason = (
                    f"it {claim.verdict} under {ground.stated.edges} of {ground.stated.where}, "
                    f"and {found} under {other.edges} of {other.where}"
                )
                return replace(claim, judgement=Verdict("undecided", reason=reason), proposed=())
        return claim

    def as_before(self, claim: Claim, stated: StatedRelation, exprs: Sequence[Expr]) -> Claim:
        """Return an undecided claim, with what it would be under the graph that was in force last."""
        if len(exprs) < 2:
            return claim
        about = variables_of(exprs, self.memory.numbers)
        reach = self.footing.ended(self.passage, stated.relation.span, about)
        link = link_of(stated)
        if reach is None or link is None:
            return claim
        from symcausal.notes.judging.grounds import verdict_before

        told = verdict_before(link, reach, self._grounds, about, self.passage, self.budget)
        message = "; ".join(filter(None, (claim.message, told)))
        return replace(claim, message=message)
