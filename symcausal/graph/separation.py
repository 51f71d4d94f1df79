"""Separation: d-separation, and m-separation where there are bidirected edges.

A walk is open if every collider on it is an ancestor of a condition and no other inner node is a
condition. Nodes are reached in two ways, along an arrowhead or along a tail, and what may be done
next depends on which; so one sweep over two bit masks answers the question.

Main definitions
----------------
separated : the answer.
reached : everything that is not separated from some variables.
open_path : a shortest open path, the witness of a "no".
Path : nodes with the arrows between them.
Surgery : the neighbours that are left once some arrows are cut.

References
----------
[Pearl2009]_ Section 1.2.3; [Richardson2003]_ for bidirected edges.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from symcausal.graph.graph import Graph, bits, closure
from symcausal.record import record


@record
class Path:
    """A path through a graph, with its arrows.

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

    @property
    def steps(self) -> tuple[tuple[str, str, str], ...]:
        """The edges in their order, each as a variable, an arrow and the next variable.

        Examples
        --------
        >>> Path(("X", "Z", "Y"), ("<-", "->")).steps
        (('X', '<-', 'Z'), ('Z', '->', 'Y'))
        """
        return tuple(zip(self.nodes, self.arrows, self.nodes[1:], strict=False))

    @property
    def colliders(self) -> tuple[str, ...]:
        """The inner variables at which two arrowheads meet."""
        inner = zip(self.arrows, self.nodes[1:], self.arrows[1:], strict=False)
        return tuple(node for before, node, after in inner if _collide(before, after))

    def __str__(self) -> str:
        return self.nodes[0] + "".join(f" {arrow} {node}" for _, arrow, node in self.steps)


class Surgery:
    """The neighbours in a graph in which some arrows are cut, as masks, without a new graph.

    Cutting into a variable also cuts its bidirected edges, as :meth:`Graph.cut` does.
    """

    __slots__ = ("children", "parents", "siblings")
    children: Sequence[int]
    parents: Sequence[int]
    siblings: Sequence[int]

    def __init__(self, graph: Graph, into: int = 0, out_of: int = 0) -> None:
        if not into and not out_of:
            self.parents, self.children = graph.parent_masks, graph.child_masks
            self.siblings = graph.sibling_masks
            return
        count = range(len(graph.nodes))
        self.parents = [0 if into >> i & 1 else graph.parent_masks[i] & ~out_of for i in count]
        self.children = [0 if out_of >> i & 1 else graph.child_masks[i] & ~into for i in count]
        self.siblings = [0 if into >> i & 1 else graph.sibling_masks[i] & ~into for i in count]

    def ancestors(self, mask: int) -> int:
        """Return the ancestors of some variables along the arrows that are left, themselves included."""
        return closure(mask, self.parents)

    def onwards(self, node: int, head: bool, opened: int, free: int) -> Iterator[tuple[str, int]]:
        """Yield the steps that keep a walk open, by position of the next node.

        Parameters
        ----------
        node : int
            Where the walk is.
        head : bool
            Whether it came along an arrowhead.
        opened, free : int
            Where it may pass through a collider, and through any other node.
        """
        passes, collides = free >> node & 1, opened >> node & 1
        up, side = self.parents[node], self.siblings[node]
        down = self.children[node] if passes else 0
        if not (collides if head else passes):
            up = side = 0
        for i in bits(up | side | down):
            if up >> i & 1:
                yield "<-", i
            if side >> i & 1:
                yield "<->", i
            if down >> i & 1:
                yield "->", i


_Visit = tuple[int, bool]


def separated(
    graph: Graph,
    left: Iterable[str],
    right: Iterable[str],
    given: Iterable[str] = (),
    *,
    cut_into: Iterable[str] = (),
    cut_out_of: Iterable[str] = (),
) -> bool:
    """Decide whether ``given`` separates ``left`` from ``right`` once some arrows are cut.

    Parameters
    ----------
    graph : Graph
        The graph before surgery.
    left, right, given : iterable of str
        Sets of variables. A member of ``given`` is dropped from the other two; a variable that is
        then in both is not separated from itself.
    cut_into, cut_out_of : iterable of str
        Variables whose incoming or outgoing arrows are removed first.

    Examples
    --------
    >>> student = Graph("DIGSL", ["DG", "IG", "IS", "GL"])
    >>> separated(student, "D", "I"), separated(student, "D", "I", "L")
    (True, False)
    >>> path = open_path(student, "D", "S", "L")
    >>> str(path), path.opened_by
    ('D -> G <- I -> S', (('G', 'L'),))
    """
    seen = graph.mask(given)
    start, goal = graph.mask(left) & ~seen, graph.mask(right) & ~seen
    if start & goal:
        return False
    if not start or not goal:
        return True
    surgery = Surgery(graph, graph.mask(cut_into), graph.mask(cut_out_of))
    return not reached(surgery, start, seen, goal) & goal


def reached(surgery: Surgery, start: int, seen: int, goal: int = 0) -> int:
    """Return the variables to which open walks lead from some others, as a mask.

    Parameters
    ----------
    surgery : Surgery
        The graph.
    start, seen : int
        Where walks begin and what is observed, as masks without common members.
    goal : int
        Stop as soon as one of these is reached.
    """
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
            break
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
    return by_head | by_tail


def open_path(
    graph: Graph,
    left: Iterable[str],
    right: Iterable[str],
    given: Iterable[str] = (),
    *,
    cut_into: Iterable[str] = (),
    cut_out_of: Iterable[str] = (),
) -> Path | None:
    """Return a shortest open path between two sets, or None if they are separated.

    Parameters are those of :func:`separated`. Of several shortest paths the first in declaration
    order is given. A variable that is in both sets is a path of its own.
    """
    seen = graph.mask(given)
    start, goal = graph.mask(left) & ~seen, graph.mask(right) & ~seen
    for i in bits(start & goal):
        return Path((graph.nodes[i],), ())
    surgery = Surgery(graph, graph.mask(cut_into), graph.mask(cut_out_of))
    opened = surgery.ancestors(seen)
    # A state is a node and whether it was reached along an arrowhead; a start is left like a tail.
    came: dict[_Visit, tuple[_Visit, str] | None] = {(i, False): None for i in bits(start)}
    queue = deque(came)
    while queue:
        here = queue.popleft()
        node, head = here
        if goal >> node & 1:
            return _traced(graph, came, here, seen, surgery)
        for arrow, following in surgery.onwards(node, head, opened, ~seen):
            if (following, arrow != "<-") not in came:
                came[following, arrow != "<-"] = (here, arrow)
                queue.append((following, arrow != "<-"))
    return None


def _traced(
    graph: Graph,
    came: dict[_Visit, tuple[_Visit, str] | None],
    end: _Visit,
    seen: int,
    surgery: Surgery,
) -> Path:
    nodes, arrows = [end[0]], list[str]()
    step = came[end]
    while step is not None:
        (node, _), arrow = step
        nodes.append(node)
        arrows.append(arrow)
        step = came[node, step[0][1]]
    return path_of(graph, nodes[::-1], arrows[::-1], seen, surgery.parents)


def path_of(
    graph: Graph, nodes: Sequence[int], arrows: Sequence[str], seen: int, parents: Sequence[int]
) -> Path:
    """Return the path along some positions, with the observed descendants that open its colliders."""
    openers: list[tuple[str, str]] = []
    for before, node, after in zip(arrows, nodes[1:], arrows[1:], strict=False):
        if _collide(before, after) and not seen >> node & 1:
            openers += [
                (graph.nodes[node], graph.nodes[j])
                for j in bits(seen)
                if closure(1 << j, parents) >> node & 1
            ][:1]
    return Path(tuple(graph.nodes[i] for i in nodes), tuple(arrows), tuple(openers))


def _collide(before: str, after: str) -> bool:
    return before != "<-" and after != "->"
