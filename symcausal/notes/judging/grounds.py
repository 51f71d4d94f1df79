"""Judge claims on a graph that the notes state.

Main definitions
----------------
Ground : a stated graph, and the setting in which a claim on it is judged.
Grounds : makes them.
verdict_before : what a relation was under a graph that has ended.
stating_claim : the claim of the formula that states a graph.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from symcausal.algebra.deadline import within
from symcausal.expr.distributions import distributions, mentions_do
from symcausal.expr.nodes import Expr, State
from symcausal.expr.scope import variables as variables_in
from symcausal.graph.graph import Graph
from symcausal.hints import TYPE_CHECKING
from symcausal.network.network import Network, Variable
from symcausal.notes.files.passages import Passage
from symcausal.notes.judging.explaining.wording import between
from symcausal.notes.judging.judge import judge_link
from symcausal.notes.judging.link import Link
from symcausal.notes.judging.setting import Setting, setting_of
from symcausal.notes.judging.tabled import TabledNetwork, with_tables
from symcausal.notes.reading.stated import StatedRelation
from symcausal.notes.reporting.claim import Claim, Under
from symcausal.notes.reporting.verdict import Verdict
from symcausal.notes.stated.scope import Reach, Standing, StatedGraph
from symcausal.reading.model_rows import open_network
from symcausal.record import record, replace

if TYPE_CHECKING:
    from symcausal.notes.stated.numbers import PlacedTable

MOST_BESIDE = 8  # variables of a graph beside which names are put that it does not have


@record
class Ground:
    """A stated graph on which a claim is judged.

    Attributes
    ----------
    standing : Standing
        The graph, and whether it is stated only after the claim.
    setting : Setting
        Where the claim is judged.
    strangers : tuple of str
        Variables of the claim that the graph does not have: any joint distribution of them goes.
    tabled : TabledNetwork or None
        The numbers that tables give.
    """

    standing: Standing
    setting: Setting
    strangers: tuple[str, ...] = ()
    tabled: TabledNetwork | None = None

    @property
    def stated(self) -> StatedGraph:
        """The graph."""
        return self.standing.stated

    @property
    def under(self) -> Under:
        """What a claim on it says of it."""
        stated = self.stated
        return Under(stated.line, stated.edges, stated.source, stated.cell)

    def told(self, claim: Claim, exprs: Sequence[Expr]) -> Claim:
        """Return a claim that was judged here, as strong as the graph allows."""
        if claim.verdict not in ("holds", "fails", "undecided"):
            return claim
        verdict = self.softened(claim.judgement, acts=mentions_do(*exprs))
        where = f"under the graph that {self.stated.where} states"
        if self.tabled is not None and claim.evidence not in ("derivation", ""):
            named = {v for expr in exprs for v in variables_in(expr)} & set(
                self.setting.graph.nodes
            )
            about = self.setting.graph.ancestors(named)
            shown = self.tabled.told(about)
            where += f" and {shown}" if shown else ""
        message = "; ".join(filter(None, (claim.message, where)))
        kept = claim.proposed if verdict.word == claim.verdict else ()
        return replace(claim, judgement=verdict, message=message, proposed=kept, under=self.under)

    def is_for(self, claim: Claim) -> bool:
        """Decide whether the graph says anything of a claim that was judged on it.

        What fails beside names that the graph does not have, or before a factorisation, need not fail.
        A number that is given there is given; judged again, it would prove itself.
        """
        if claim.verdict in ("holds", "definition"):
            return True
        before = self.standing.is_later and not self.stated.is_causal
        return not (self.strangers or before)

    def softened(self, verdict: Verdict, *, acts: bool) -> Verdict:
        """Return a verdict on the graph, undecided where it speaks of actions and no causes are told."""
        if verdict.word not in ("holds", "fails"):
            return verdict
        said = f"{verdict.word}: {verdict.reason}" if verdict.reason else verdict.word
        if acts and self.strangers:
            reason = f"{' and '.join(self.strangers)} in no graph that the notes state"
            return Verdict("undecided", reason=reason)
        if acts and not self.stated.is_causal:
            return Verdict("undecided", reason=f"if the arrows are causal it {said}")
        return verdict


@dataclass(slots=True)
class Grounds:
    """The settings of stated graphs, each made once."""

    known: dict[Expr, Fraction]
    _settings: dict[tuple[object, ...], tuple[Setting, TabledNetwork | None]] = field(
        default_factory=dict
    )

    def ground(
        self,
        standing: Standing,
        variables: Mapping[str, Variable],
        exprs: Sequence[Expr] = (),
        tables: Sequence[PlacedTable] = (),
        named: Mapping[str, Collection[str]] | None = None,
    ) -> Ground | None:
        """Return the ground of a claim; None where its names are too many beside the graph.

        Parameters
        ----------
        standing : Standing
            The graph.
        variables : mapping of str to Variable
            Those of the claim, with the states that it names.
        exprs : sequence of Expr
            The sides of the claim, which say whether the numbers of the graph are theirs, too.
        tables : sequence of PlacedTable
            The tables of numbers that are in force.
        named : mapping of str to collection of str, optional
            The states that the claim names, by variable.
        """
        graph = standing.stated.graph
        strangers = tuple(name for name in variables if name not in graph.nodes)
        network = standing.stated.network
        is_beside = bool(strangers) or standing.is_later
        if network is not None and not is_beside and _has_states(network, exprs):
            return Ground(standing, self._numeric(network, causal=standing.stated.is_causal))
        if strangers:
            graph = beside(graph, tuple(n for n in variables if n in graph.nodes), strangers)
            if len(graph.nodes) > MOST_BESIDE:
                return None
        told = {name: variables.get(name, Variable(name)) for name in graph.nodes}
        states = (
            tuple((n, *sorted(s)) for n, s in sorted(named.items())) if tables and named else ()
        )
        key = (graph, tuple(told.values()), *(table.start for table in tables), states)
        if key not in self._settings:
            bare = open_network(told, graph)
            tabled = with_tables(bare, tables, told, named or {}) if tables else None
            shown = bare if tabled is None else tabled.network
            self._settings[key] = Setting(graph, shown.variables, shown, self.known), tabled
        setting, tabled = self._settings[key]
        return Ground(standing, setting, strangers, tabled)

    def _numeric(self, network: Network, *, causal: bool) -> Setting:
        """Return the setting of a graph with the numbers that code gives it."""
        key = (id(network), causal)
        if key not in self._settings:
            self._settings[key] = replace(setting_of(network, {}), is_causal=causal), None
        return self._settings[key][0]


def _has_states(network: Network, exprs: Iterable[Expr]) -> bool:
    """Whether a network has all states that formulas name."""
    return all(
        event.value.name in network.states.get(event.variable, ())
        for expr in exprs
        for about in distributions(expr)
        for event in (*about.given, *about.do, *about.outcome)
        if isinstance(event.value, State)
    )


def beside(graph: Graph, names: Iterable[str], strangers: Iterable[str]) -> Graph:
    """Return a graph with variables beside it of which nothing is supposed.

    They have arrows from all others, so that its models are all joint distributions in which the others
    are as the graph says. What lies below the variables in question is left out: it is barren.
    """
    nodes = graph.ancestors(names)
    small = graph.restricted(nodes)
    arrows = list(small.directed)
    told = list(small.nodes)
    for name in strangers:
        arrows += [(other, name) for other in told]
        told.append(name)
    return Graph(told, arrows, small.bidirected, small.hidden)


def verdict_before(
    link: Link,
    reach: Reach,
    grounds: Grounds,
    variables: Mapping[str, Variable],
    passage: Passage,
    budget: float,
) -> str:
    """Return what a relation was under a graph that is in force no more, in words; empty if undecided."""
    ground = grounds.ground(Standing(reach.stated), variables)
    if ground is None:
        return ""
    with within(budget):
        verdict = ground.softened(judge_link(link, ground.setting), acts=mentions_do(*link.exprs))
    if verdict.word not in ("holds", "fails"):
        return ""
    part = passage.pieces[0].formula.part
    cell, offset = reach.until
    ended = ""
    if cell == (part.cell or 0):
        ended = f", which ended at line {part.position(offset).line}"
    return f"it {verdict.word} under the graph of {reach.stated.where}{ended}"


def stating_claim(stated: StatedRelation, graph: StatedGraph) -> Claim:
    """Return the claim of a relation that states a graph: a definition, or undecided where in doubt."""
    states = f"states the graph {graph.chain}"
    verdict = Verdict("definition", reason=states)
    if graph.doubt:
        verdict = Verdict("undecided", reason=f"{states}; {graph.doubt}")
    span = between(stated.left.span, stated.right.span)
    return Claim(
        line=span.line,
        column=span.column,
        cell=None,
        left=stated.left.text,
        relation=stated.relation.sign,
        right=stated.right.text,
        judgement=verdict,
        proposed=(),
        message="",
        span=span,
    )
