"""How far stated graphs reach.

Main definitions
----------------
StatedGraph : a graph, who states it, and where.
Scopes : the graphs of some notes, and which of them is in force at a place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from itertools import pairwise

from symcausal.graph.graph import Graph
from symcausal.graph.separation import separated
from symcausal.hints import Literal, TypeAlias
from symcausal.network.network import Network
from symcausal.notes.stated.edges import drawn_chain, drawn_edges
from symcausal.notes.stated.outline import END, NotesPlace, Outline, line_in_words
from symcausal.record import record

GraphSource: TypeAlias = Literal["factorisation", "arrows", "drawing", "code", "equations"]
_MOST_BACK = 50
_MOST_PARTS = 4


@record
class StatedGraph:
    """A graph that notes state.

    Attributes
    ----------
    graph : Graph
        Over the variables as formulas name them.
    source : str
        ``factorisation``, ``arrows``, ``drawing``, ``code`` or ``equations``.
    start, end : NotesPlace
        Where it stands.
    line : int
        The line.
    cell : int or None
        The notebook's cell.
    paragraph : int
        The number of the paragraph in which it stands.
    doubt : str
        For a factorisation what is doubtful in it; empty otherwise.
    network : Network or None
        The graph with the numbers that code gives it, if it gives any.
    base : Graph or None
        The graph of which code makes it, by adding hidden causes, if it does.
    until : NotesPlace
        Where it ends at the latest: with its item, where it is meant in this only.
    """

    graph: Graph
    source: GraphSource
    start: NotesPlace
    end: NotesPlace
    line: int
    cell: int | None = None
    paragraph: int = -1
    doubt: str = ""
    network: Network | None = None
    base: Graph | None = None
    until: NotesPlace = END

    @property
    def is_causal(self) -> bool:
        """Whether its arrows say what causes what."""
        return self.source != "factorisation"

    @property
    def chain(self) -> str:
        """The graph in words, as a chain where it is one."""
        return drawn_chain(self.graph)

    @property
    def edges(self) -> str:
        """The graph in words, edge after edge."""
        return drawn_edges(self.graph)

    @property
    def where(self) -> str:
        """The place in words: ``line 12``."""
        return line_in_words(self.line, self.cell)


@record
class Reach:
    """A graph with the stretch in which it is in force; one that is not in force only ends others."""

    stated: StatedGraph
    until: NotesPlace
    back_to: NotesPlace
    in_force: bool = True


@record
class Standing:
    """The graph on which a claim stands.

    Attributes
    ----------
    stated : StatedGraph
        The graph.
    is_later : bool
        Whether it is stated after the claim, as the only one of the section.
    others : tuple of StatedGraph
        Parts of it that are drawn between it and the claim, which may be about one of them.
    """

    stated: StatedGraph
    is_later: bool = False
    others: tuple[StatedGraph, ...] = ()


class Scopes:
    """The graphs that are in force in some notes, each from where it stands to where it ends."""

    def __init__(
        self,
        graphs: Sequence[StatedGraph],
        claims: Sequence[NotesPlace],
        outline: Outline,
        parts: Sequence[StatedGraph] = (),
        mentioned: Sequence[StatedGraph] = (),
    ) -> None:
        self._mentioned = sorted(mentioned, key=lambda one: one.start)
        self._mentions = [one.start for one in self._mentioned]
        self.parts = sorted(parts, key=lambda one: one.start)
        self._part_starts = [part.start for part in self.parts]
        self.graphs = sorted(graphs, key=lambda one: one.start)
        self.outline = outline
        self._names = [frozenset(one.graph.nodes) for one in self.graphs]
        void = _side_by_side(self.graphs, sorted(claims), outline)
        void |= {n for n, stated in enumerate(self.graphs) if _is_void(stated, outline)}
        self.reaches = [self._reach(n, in_force=n not in void) for n in range(len(self.graphs))]
        self._starts = [reach.stated.end for reach in self.reaches]

    def _reach(self, number: int, *, in_force: bool) -> Reach:
        stated = self.graphs[number]
        start, end = self.outline.section(stated.start)
        until = min(
            end,
            stated.until,
            self.outline.next_break(stated.end),
            self.outline.item_end(stated.start, stated.end),
        )
        names = self._names[number]
        for later in range(number + 1, min(number + 1 + _MOST_BACK, len(self.graphs))):
            if not names.isdisjoint(self._names[later]):
                until = min(until, self.graphs[later].start)
                break
        first = number == 0 or self.graphs[number - 1].start < start
        first = first and not self._mentioned_between(start, stated.start, stated)
        only = first and (number + 1 == len(self.graphs) or self.graphs[number + 1].start >= end)
        return Reach(stated, until, start if only else stated.start, in_force)

    def at(self, place: NotesPlace, names: Collection[str]) -> Standing | None:
        """Return the graph in force at a place over any of some variables; None without one."""
        number = bisect_right(self._starts, place)
        for last in range(number - 1, max(-1, number - 1 - _MOST_BACK), -1):
            if self._names[last].isdisjoint(names):
                continue
            reach = self.reaches[last]
            if not (reach.in_force and place < reach.until):
                return None
            if self._mentioned_between(reach.stated.end, place, reach.stated, at=place):
                return None  # it is about the one that is only mentioned
            return Standing(reach.stated, others=self._drawn_again(reach.stated, place, names))
        for reach in self.reaches[number : number + 1]:
            parted = reach.back_to > place or self.outline.is_parted(place, reach.stated.start)
            known = not set(reach.stated.graph.nodes).isdisjoint(names)
            if known and reach.in_force and not parted and place < reach.stated.start:
                return Standing(reach.stated, is_later=True)
        return None

    def _mentioned_between(
        self,
        start: NotesPlace,
        end: NotesPlace,
        stated: StatedGraph,
        at: NotesPlace | None = None,
    ) -> bool:
        """Whether another graph is mentioned between two places, in the paragraph of one if asked."""
        first, last = bisect_left(self._mentions, start), bisect_left(self._mentions, end)
        names, edges = set(stated.graph.nodes), set(stated.graph.directed)
        return any(
            len(names.intersection(one.graph.nodes)) > 1
            and not edges.issuperset(one.graph.directed)
            and (at is None or at < one.until)
            for one in self._mentioned[max(first, last - _MOST_BACK) : last]
        )

    def _drawn_again(
        self, stated: StatedGraph, place: NotesPlace, names: Collection[str]
    ) -> tuple[StatedGraph, ...]:
        """Return the parts of a graph with some variables that are drawn between it and a place."""
        first = bisect_left(self._part_starts, stated.start)
        last = bisect_right(self._part_starts, place)
        near = self.parts[max(first, last - _MOST_PARTS) : last]
        about = set(names) & set(stated.graph.nodes)
        return tuple(part for part in near if about <= set(part.graph.nodes))

    def ended_before(self, place: NotesPlace, names: Collection[str]) -> Reach | None:
        """Return the last graph over all of some variables that is in force no more at a place."""
        number = bisect_right(self._starts, place)
        for reach in reversed(self.reaches[max(0, number - _MOST_BACK) : number]):
            if set(names) <= set(reach.stated.graph.nodes) and reach.in_force:
                return reach if reach.until <= place and reach.until != END else None
        return None


def _is_void(stated: StatedGraph, outline: Outline) -> bool:
    """Whether a heading, or the next cell of a notebook, takes back what is stated."""
    drawn = stated.source in ("arrows", "drawing", "code")
    return outline.is_doubted(stated.start, stated.end) or (
        drawn and outline.is_of_no_variables(stated.start)
    )


def _side_by_side(
    graphs: Sequence[StatedGraph], claims: Sequence[NotesPlace], outline: Outline
) -> set[int]:
    """Return the numbers of graphs that stand beside another: alternatives, none of which is meant."""
    void: set[int] = set()
    for number, (one, other) in enumerate(pairwise(graphs)):
        if set(one.graph.nodes).isdisjoint(other.graph.nodes) or is_compatible(one, other):
            continue
        if other.base is not None and other.base == one.graph:
            continue  # made of it, and no alternative to it
        between = bisect_right(claims, other.start) - bisect_right(claims, one.end)
        together = one.paragraph == other.paragraph and one.cell == other.cell
        drawn = one.is_causal and other.is_causal
        parted = one.until <= other.start or outline.is_parted(one.end, other.start)
        if together or (drawn and not between and not parted):
            void |= {number, number + 1}
    return void


def is_compatible(one: StatedGraph, other: StatedGraph) -> bool:
    """Decide whether two statements may be about one graph."""
    if one.graph.directed and set(one.graph.nodes) == set(other.graph.nodes):
        alike = set(one.graph.directed) == set(other.graph.directed)
        if alike and set(one.graph.bidirected) == set(other.graph.bidirected):
            return True
    if one.is_causal and other.is_causal:
        return False
    wide, narrow = (one, other) if one.is_causal else (other, one)
    return factorises(narrow.graph, wide.graph)


def factorises(product: Graph, graph: Graph) -> bool:
    """Decide whether all distributions of a graph factorise as another graph says.

    Examples
    --------
    >>> chain, fork = Graph("ABC", ["AB", "BC"]), Graph("ABC", ["BA", "BC"])
    >>> collider = Graph("ABC", ["AB", "CB"])
    >>> factorises(fork, chain), factorises(collider, chain)
    (True, False)
    """
    if not set(product.nodes) <= set(graph.nodes):
        return False
    seen: list[str] = []
    for name in product.topological():
        parents = product.parents(name)
        others = [n for n in seen if n not in parents]
        if others and not separated(graph, [name], others, parents):
            return False
        seen.append(name)
    return True
