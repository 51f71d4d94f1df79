"""Separation: d-separation, and m-separation where there are bidirected edges.

A walk is open if every collider on it is an ancestor of a condition and no other inner node is a
condition. Nodes are reached in two ways, along an arrowhead or along a tail, and what may be done
next depends on which; so one sweep over two bit masks answers the question.

Main definitions
----------------
separated : the answer.
open_path : a shortest open path, the witness of a "no".
Path : nodes with the arrows between them.
barren : the variables that cannot matter to a query.

References
----------
[Pearl2009]_ Section 1.2.3; [Richardson2003]_ for bidirected edges.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from symcausal.graph.graph import Graph, bits


@dataclass(frozen=True, slots=True)
class Path:
    """A path through a graph.

    Attributes
    ----------
    nodes : tuple of str
        From one end to the other.
    arrows : tuple of str
        ``->``, ``<-`` or ``<->`` between neighbours.
    opened_by : tuple of (str, str)
        Colliders that are no conditions themselves, each with the observed descendant that opens it.
    """

    nodes: tuple[str, ...]
    arrows: tuple[str, ...]
    opened_by: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        steps = zip(self.arrows, self.nodes[1:], strict=True)
        return self.nodes[0] + "".join(f" {arrow} {node}" for arrow, node in steps)


class _Surgery:
    """Neighbour masks of a graph in which some arrows are cut, without making a new graph."""

    __slots__ = ("children", "parents", "siblings")

    def __init__(self, graph: Graph, into: int, out_of: int) -> None:
        if not into and not out_of:
            self.parents, self.children = graph.parent_masks, graph.child_masks
            self.siblings = graph.sibling_masks
            return
        count = range(len(graph.nodes))
        self.parents = [0 if into >> i & 1 else graph.parent_masks[i] & ~out_of for i in count]
        self.children = [0 if out_of >> i & 1 else graph.child_masks[i] & ~into for i in count]
        self.siblings = [0 if into >> i & 1 else graph.sibling_masks[i] & ~into for i in count]

    def ancestors(self, mask: int) -> int:
        reached = frontier = mask
        while frontier:
            above = 0
            for i in bits(frontier):
                above |= self.parents[i]
            frontier = above & ~reached
            reached |= frontier
        return reached


def separated(
    graph: Graph,
    left: Iterable[str],
    right: Iterable[str],
    given: Iterable[str] = (),
    *,
    cut_into: Iterable[str] = (),
    cut_out_of: Iterable[str] = (),
) -> bool:
    """Whether ``given`` separates ``left`` from ``right`` once some arrows are cut.

    Parameters
    ----------
    graph : Graph
        The graph before surgery.
    left, right, given : iterable of str
        Sets of variables. A member of ``given`` is dropped from the other two; a variable that is
        then in both is not separated from itself.
    cut_into, cut_out_of : iterable of str
        Variables whose incoming or outgoing arrows are removed first.
    """
    seen = graph.mask(given)
    start, goal = graph.mask(left) & ~seen, graph.mask(right) & ~seen
    if start & goal:
        return False
    if not start or not goal:
        return True
    surgery = _Surgery(graph, graph.mask(cut_into), graph.mask(cut_out_of))
    return not _reach(surgery, start, goal, seen)


def _reach(surgery: _Surgery, start: int, goal: int, seen: int) -> bool:
    parents, children, siblings = surgery.parents, surgery.children, surgery.siblings
    opened = surgery.ancestors(seen)
    by_head = by_tail = 0
    new_head = new_tail = 0
    for i in bits(start):
        new_head |= children[i] | siblings[i]
        new_tail |= parents[i]
    while new_head or new_tail:
        by_head |= new_head
        by_tail |= new_tail
        if (new_head | new_tail) & goal:
            return True
        next_head = next_tail = 0
        for i in bits(new_tail & ~seen):
            next_head |= children[i] | siblings[i]
            next_tail |= parents[i]
        for i in bits(new_head & ~seen):
            next_head |= children[i]
        for i in bits(new_head & opened):
            next_head |= siblings[i]
            next_tail |= parents[i]
        new_head, new_tail = next_head & ~by_head, next_tail & ~by_tail
    return False


def open_path(
    graph: Graph,
    left: Iterable[str],
    right: Iterable[str],
    given: Iterable[str] = (),
    *,
    cut_into: Iterable[str] = (),
    cut_out_of: Iterable[str] = (),
) -> Path | None:
    """A shortest open path between two sets, or None if they are separated.

    Parameters are those of :func:`separated`. Ties are broken by declaration order. A variable that
    is in both sets is a path of its own.
    """
    seen = graph.mask(given)
    start, goal = graph.mask(left) & ~seen, graph.mask(right) & ~seen
    for i in bits(start & goal):
        return Path((graph.nodes[i],), ())
    surgery = _Surgery(graph, graph.mask(cut_into), graph.mask(cut_out_of))
    opened = surgery.ancestors(seen)
    came: dict[tuple[int, bool], tuple[tuple[int, bool] | None, str]] = {}
    queue: deque[tuple[int, bool]] = deque()

    def visit(node: int, head: bool, back: tuple[int, bool] | None, arrow: str) -> None:
        if (node, head) not in came:
            came[node, head] = (back, arrow)
            queue.append((node, head))

    roots: dict[tuple[int, bool], int] = {}
    for i in bits(start):
        roots[i, False] = i
        came[i, False] = (None, "")
        queue.append((i, False))
    while queue:
        node, head = queue.popleft()
        here = (node, head)
        if goal >> node & 1:
            return _traced(graph, came, here, surgery, seen)
        free = here in roots or not seen >> node & 1
        if (not head or opened >> node & 1) and (head or free):
            for i in bits(surgery.parents[node]):
                visit(i, False, here, "<-")
            for i in bits(surgery.siblings[node]):
                visit(i, True, here, "<->")
        if free:
            for i in bits(surgery.children[node]):
                visit(i, True, here, "->")
    return None


def _traced(
    graph: Graph,
    came: dict[tuple[int, bool], tuple[tuple[int, bool] | None, str]],
    end: tuple[int, bool],
    surgery: _Surgery,
    seen: int,
) -> Path:
    nodes, arrows = [graph.nodes[end[0]]], list[str]()
    back, arrow = came[end]
    while back is not None:
        arrows.append(arrow)
        nodes.append(graph.nodes[back[0]])
        back, arrow = came[back]
    nodes.reverse()
    arrows.reverse()
    openers = []
    for i in range(1, len(nodes) - 1):
        if arrows[i - 1].endswith(">") and arrows[i].startswith("<"):
            node = graph.index(nodes[i])
            if not seen >> node & 1:
                below = next(j for j in bits(seen) if surgery.ancestors(1 << j) >> node & 1)
                openers.append((nodes[i], graph.nodes[below]))
    return Path(tuple(nodes), tuple(arrows), tuple(openers))


def barren(graph: Graph, outcome: Iterable[str], given: Iterable[str] = ()) -> tuple[str, ...]:
    """The variables that are ancestors neither of the outcome nor of a condition."""
    kept = graph.ancestors_mask(graph.mask(outcome) | graph.mask(given))
    return tuple(name for i, name in enumerate(graph.nodes) if not kept >> i & 1)
