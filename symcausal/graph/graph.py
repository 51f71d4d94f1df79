"""The causal graph: directed edges, bidirected edges, hidden variables.

Sets of variables are bit masks inside (bit ``i`` is the ``i``-th declared variable) and tuples of
names, in declaration order, outside.

Main definitions
----------------
Graph : frozen; its neighbours are kept as masks.
bits, closure : the ones of a mask; what can be reached from it.

References
----------
[Pearl2009]_ Section 1.2 for the graph words, Section 3.4 for surgery.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from heapq import heappop, heappush

from symcausal.errors import CyclicGraphError, ModelError, UnknownVariableError, nearest
from symcausal.hints import Any, NoReturn, TypeAlias
from symcausal.record import shortened

TwoOrders: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]  # of the states of cause and effect
NOTHING_MONOTONE: Mapping[tuple[str, str], TwoOrders] = {}


class Graph:
    """A directed acyclic graph with bidirected edges for hidden common causes.

    Parameters
    ----------
    nodes : iterable of str
        Variables in the order of their declaration, which is the order of every listing.
    directed : iterable of (str, str)
        Arrows ``(cause, effect)``.
    bidirected : iterable of (str, str)
        Pairs with a hidden common cause; never removes an arrow between the two.
    hidden : iterable of str
        Variables that no formula about data may mention.
    monotone : mapping of (str, str) to (tuple of str, tuple of str), optional
        Arrows along which the effect never falls as the cause rises, all else equal, with the states
        of both, lowest first.

    Raises
    ------
    UnknownVariableError
        If an edge names no node.
    CyclicGraphError
        If the arrows run in a circle.
    ModelError
        If a bidirected edge joins a variable to itself, or no arrow is where one is monotone.
    """

    __slots__ = (
        "_index",
        "bidirected",
        "child_masks",
        "directed",
        "hidden",
        "monotone",
        "nodes",
        "order",
        "parent_masks",
        "sibling_masks",
    )
    _index: dict[str, int]
    bidirected: tuple[tuple[str, str], ...]
    child_masks: tuple[int, ...]
    directed: tuple[tuple[str, str], ...]
    hidden: frozenset[str]
    monotone: Mapping[tuple[str, str], TwoOrders]
    nodes: tuple[str, ...]
    order: tuple[int, ...]
    parent_masks: tuple[int, ...]
    sibling_masks: tuple[int, ...]

    def __init__(
        self,
        nodes: Iterable[str],
        directed: Iterable[tuple[str, str]] = (),
        bidirected: Iterable[tuple[str, str]] = (),
        hidden: Iterable[str] = (),
        monotone: Mapping[tuple[str, str], TwoOrders] = NOTHING_MONOTONE,
    ) -> None:
        put = partial(object.__setattr__, self)
        put("nodes", tuple(dict.fromkeys(nodes)))
        put("_index", {name: i for i, name in enumerate(self.nodes)})
        put("directed", tuple(dict.fromkeys((cause, effect) for cause, effect in directed)))
        put("bidirected", tuple(dict.fromkeys(self._ordered(pair) for pair in bidirected)))
        put("hidden", frozenset(self.names(self.mask(hidden))))
        parents, children, siblings = ([0] * len(self.nodes) for _ in range(3))
        for cause, effect in self.directed:
            parents[self.index(effect)] |= 1 << self.index(cause)
            children[self.index(cause)] |= 1 << self.index(effect)
        for left, right in self.bidirected:
            siblings[self.index(left)] |= 1 << self.index(right)
            siblings[self.index(right)] |= 1 << self.index(left)
        put("parent_masks", tuple(parents))
        put("child_masks", tuple(children))
        put("sibling_masks", tuple(siblings))
        put("order", self._topological())
        put("monotone", dict(monotone) if monotone else NOTHING_MONOTONE)
        for cause, effect in self.monotone:
            if (cause, effect) not in self.directed:
                raise ModelError(
                    f"'monotone {cause} -> {effect}', where no arrow is",
                    expected=f"{cause} -> {effect} in the graph",
                )

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a graph does not change: cannot set '{name}'")

    def __reduce__(self) -> tuple[Any, ...]:
        parts = (self.nodes, self.directed, self.bidirected, self.hidden, dict(self.monotone))
        return Graph, parts

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Graph) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return shortened(f"Graph({'; '.join([', '.join(self.nodes), *self.edges])})")

    @property
    def edges(self) -> tuple[str, ...]:
        """The edges as they are written, arrows first.

        Examples
        --------
        >>> Graph("ABC", ["AB", "BC"], ["AC"]).edges
        ('A -> B', 'B -> C', 'A <-> C')
        """
        arrows = (f"{cause} -> {effect}" for cause, effect in self.directed)
        return (*arrows, *(f"{left} <-> {right}" for left, right in self.bidirected))

    # -- names and masks ------------------------------------------------------------------------
    def index(self, name: str) -> int:
        """Return the position of a variable in the declaration order."""
        try:
            return self._index[name]
        except KeyError:
            raise UnknownVariableError(
                f"the graph has no variable '{name}'", hint=nearest(name, self.nodes)
            ) from None

    def mask(self, names: Iterable[str]) -> int:
        """Return the bit mask of some variables."""
        mask = 0
        for name in names:
            mask |= 1 << self.index(name)
        return mask

    def names(self, mask: int) -> tuple[str, ...]:
        """Return the variables of a bit mask, in declaration order."""
        nodes, found = self.nodes, list[str]()
        while mask:  # as bits does; asked for so often that a generator would cost half the time
            low = mask & -mask
            found.append(nodes[low.bit_length() - 1])
            mask ^= low
        return tuple(found)

    # -- relatives ------------------------------------------------------------------------------
    def parents(self, name: str) -> tuple[str, ...]:
        """Return the direct causes of a variable, in declaration order."""
        return self.names(self.parent_masks[self.index(name)])

    def children(self, name: str) -> tuple[str, ...]:
        """Return the direct effects of a variable, in declaration order."""
        return self.names(self.child_masks[self.index(name)])

    def has_edge(self, here: str, arrow: str, there: str) -> bool:
        """Whether an arrow, ``->``, ``<-`` or ``<->``, stands between two variables.

        Examples
        --------
        >>> Graph("XY", ["XY"]).has_edge("Y", "<-", "X")
        True
        """
        one, other = self.index(here), self.index(there)
        masks = {"->": self.child_masks, "<-": self.parent_masks, "<->": self.sibling_masks}
        return bool(masks[arrow][one] >> other & 1)

    def parents_mask(self, mask: int) -> int:
        """Return the direct causes of any of some variables, as a mask."""
        parents, found = self.parent_masks, 0
        while mask:
            low = mask & -mask
            found |= parents[low.bit_length() - 1]
            mask ^= low
        return found

    def ancestors_mask(self, mask: int) -> int:
        """Return the ancestors of some variables, themselves included, as a mask."""
        return closure(mask, self.parent_masks)

    def descendants_mask(self, mask: int) -> int:
        """Return the descendants of some variables, themselves included, as a mask."""
        return closure(mask, self.child_masks)

    def ancestors(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the ancestors of some variables, themselves included."""
        return self.names(self.ancestors_mask(self.mask(names)))

    def descendants(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the descendants of some variables, themselves included."""
        return self.names(self.descendants_mask(self.mask(names)))

    def topological(self, names: Iterable[str] | None = None) -> tuple[str, ...]:
        """Return variables with causes first, ties in declaration order."""
        wanted = -1 if names is None else self.mask(names)
        return tuple(self.nodes[i] for i in self.order if wanted >> i & 1)

    # -- surgery --------------------------------------------------------------------------------
    def cut(self, *, into: Iterable[str] = (), out_of: Iterable[str] = ()) -> Graph:
        """Return the graph without the arrows into some variables and out of some.

        Cutting into a variable also removes its bidirected edges: whatever it was that made it
        vary no longer does ([Pearl2009]_ Section 3.4.1).

        Examples
        --------
        >>> Graph("ZXY", ["ZX", "ZY", "XY"]).cut(into="X")
        Graph(Z, X, Y; Z -> Y; X -> Y)
        """
        heads, tails = set(into), set(out_of)
        self.mask(heads | tails)
        return Graph(
            self.nodes,
            [(a, b) for a, b in self.directed if b not in heads and a not in tails],
            [(a, b) for a, b in self.bidirected if a not in heads and b not in heads],
            self.hidden,
            {(a, b): o for (a, b), o in self.monotone.items() if b not in heads and a not in tails},
        )

    def restricted(self, names: Iterable[str]) -> Graph:
        """Return the graph over some of its variables, with the edges among them."""
        kept = set(self.names(self.mask(names)))
        return Graph(
            [n for n in self.nodes if n in kept],
            [(a, b) for a, b in self.directed if a in kept and b in kept],
            [(a, b) for a, b in self.bidirected if a in kept and b in kept],
            self.hidden & kept,
            {(a, b): o for (a, b), o in self.monotone.items() if a in kept and b in kept},
        )

    def rising(self, monotone: Mapping[tuple[str, str], TwoOrders]) -> Graph:
        """Return the same graph with these arrows monotone.

        Examples
        --------
        >>> both = ("0", "1"), ("0", "1")
        >>> list(Graph("XY", ["XY"]).rising({("X", "Y"): both}).monotone)
        [('X', 'Y')]
        """
        if not monotone:
            return self
        return Graph(self.nodes, self.directed, self.bidirected, self.hidden, monotone)

    # -- inside ---------------------------------------------------------------------------------
    def _key(self) -> tuple[object, ...]:
        pairs = frozenset(self.directed), frozenset(self.bidirected)
        return self.nodes, *pairs, self.hidden, frozenset(self.monotone.items())

    def _ordered(self, pair: tuple[str, str]) -> tuple[str, str]:
        left, right = pair
        if left == right:
            raise ModelError(
                f"'{left} <-> {right}' joins a variable to itself",
                expected="a hidden cause that two variables have in common",
            )
        return (left, right) if self.index(left) <= self.index(right) else (right, left)

    def _topological(self) -> tuple[int, ...]:
        waiting = [mask.bit_count() for mask in self.parent_masks]
        ready = [i for i, count in enumerate(waiting) if not count]  # in order, so a heap
        order: list[int] = []
        while ready:
            node = heappop(ready)
            order.append(node)
            for child in bits(self.child_masks[node]):
                waiting[child] -= 1
                if not waiting[child]:
                    heappush(ready, child)
        if len(order) < len(self.nodes):
            raise CyclicGraphError(self._cycle(set(range(len(self.nodes))) - set(order)))
        return tuple(order)

    def _cycle(self, stuck: set[int]) -> list[str]:
        node, seen = min(stuck), dict[int, None]()
        while node not in seen:
            seen[node] = None
            node = next(i for i in bits(self.parent_masks[node]) if i in stuck)
        met = list(seen)
        circle = met[met.index(node) :]
        return [self.nodes[i] for i in reversed(circle)]


def bits(mask: int) -> Iterator[int]:
    """Yield the positions of the ones of a mask, lowest first.

    Examples
    --------
    >>> list(bits(0b101))
    [0, 2]
    """
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def closure(mask: int, steps: Sequence[int], within: int = -1) -> int:
    """Return what is reached from a mask by steps that stay within another, the start included.

    Examples
    --------
    >>> bin(closure(0b001, [0b010, 0b100, 0b000]))
    '0b111'
    """
    reached = frontier = mask
    while frontier:
        grown = 0
        while frontier:
            low = frontier & -frontier
            grown |= steps[low.bit_length() - 1]
            frontier ^= low
        frontier = grown & within & ~reached
        reached |= frontier
    return reached
