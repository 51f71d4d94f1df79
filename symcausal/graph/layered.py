"""Where to draw the variables of a graph: causes above effects, with few crossings.

Main definitions
----------------
GridPlaces : a place for each variable, and the bends of each long arrow.
layered : find one.

Implementation notes
--------------------
The usual four steps [Sugiyama1981]_: layers by the longest way from a root, a point on every layer
that an arrow passes, orders by the mean place of the neighbours with the fewest crossings kept, and
places that move towards the neighbours but keep their distance. Places are whole numbers and fractions
of a grid, rounded; nothing depends on the order of a set.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from symcausal.errors import LimitError
from symcausal.graph.graph import Graph
from symcausal.record import record

MOST_POINTS = 3000
SWEEPS = 12
PASSES = 12
MANY_PIECES = 400  # of arrows, from layer to layer: more are ordered from one start only
IDLE = 6  # sweeps without a crossing less, after which no more are tried

Point = tuple[float, float]
_Node = tuple[str, int]  # a variable with 0, or the n-th point of the arrow with that name


@record
class GridPlaces:
    """The places of variables on a grid: a column to the right, a layer downwards.

    Attributes
    ----------
    places : mapping of str to (float, float)
        Of the variables.
    bends : mapping of (str, str) to sequence of (float, float)
        Of the arrows, the points on the layers between; empty for a straight one.
    """

    places: Mapping[str, Point]
    bends: Mapping[tuple[str, str], Sequence[Point]]


def layered(graph: Graph) -> GridPlaces:
    """Return the places of a graph's variables in layers, causes above effects.

    Raises
    ------
    LimitError
        If it is too large to be looked at.

    Examples
    --------
    >>> layered(Graph("IDG", ["IG", "DG"])).places
    {'I': (0.0, 0.0), 'D': (1.0, 0.0), 'G': (0.5, 1.0)}
    """
    layer = _layers(graph)
    rows: list[list[_Node]] = [[] for _ in range(max(layer.values(), default=-1) + 1)]
    for name in graph.nodes:
        rows[layer[name]].append((name, 0))
    chains: dict[tuple[str, str], list[_Node]] = {}
    points = len(graph.nodes)
    for number, (cause, effect) in enumerate(graph.directed):
        between = range(layer[cause] + 1, layer[effect])
        points += len(between)
        if points > MOST_POINTS:
            raise LimitError(
                f"a graph of {len(graph.nodes)} variables is too large to be laid out",
                hint="--format dot leaves the layout to another program",
            )
        chains[cause, effect] = [(f"-> {number}", at) for at in between]
        for at, node in zip(between, chains[cause, effect], strict=True):
            rows[at].append(node)
    up, down = _neighbours(chains)
    rows = _ordered(rows, up, down)
    column = _columns(rows, up, down)
    return GridPlaces(
        {name: (column[name, 0], float(layer[name])) for name in graph.nodes},
        {
            edge: [(column[node], float(node[1])) for node in chain]
            for edge, chain in chains.items()
        },
    )


def _layers(graph: Graph) -> dict[str, int]:
    """The longest way from a root; what has more effects than causes moves down towards them."""
    layer: dict[str, int] = {}
    for name in graph.topological():
        layer[name] = 1 + max((layer[cause] for cause in graph.parents(name)), default=-1)
    for name in reversed(graph.topological()):
        below = [layer[effect] for effect in graph.children(name)]
        if len(below) > len(graph.parents(name)):
            layer[name] = min(below) - 1
    return layer


def _neighbours(
    chains: Mapping[tuple[str, str], Sequence[_Node]],
) -> tuple[dict[_Node, list[_Node]], dict[_Node, list[_Node]]]:
    up: dict[_Node, list[_Node]] = {}
    down: dict[_Node, list[_Node]] = {}
    for (cause, effect), chain in chains.items():
        way = [(cause, 0), *chain, (effect, 0)]
        for above, below in pairwise(way):
            down.setdefault(above, []).append(below)
            up.setdefault(below, []).append(above)
    return up, down


def _ordered(
    rows: list[list[_Node]],
    up: Mapping[_Node, Sequence[_Node]],
    down: Mapping[_Node, Sequence[_Node]],
) -> list[list[_Node]]:
    best, fewest = rows, _crossings(rows, down)
    if not fewest:
        return best
    # each of the starts wins on some networks
    walked = _walked(rows, up, down)
    starts: Sequence[tuple[list[list[_Node]], bool]] = (
        (rows, False),
        (walked, False),
        (rows, True),
        (walked, True),
    )
    if sum(map(len, down.values())) > MANY_PIECES:
        starts = ((rows, False),)
    for start, both in starts:
        idle = 0
        for found in _sweeps(start, up, down, both=both):
            crossings = _crossings(found, down)
            idle += 1
            if crossings < fewest:
                best, fewest, idle = found, crossings, 0
            if not fewest or idle == IDLE:
                break
    return best


def _walked(
    rows: list[list[_Node]],
    up: Mapping[_Node, Sequence[_Node]],
    down: Mapping[_Node, Sequence[_Node]],
) -> list[list[_Node]]:
    """Rows in the order of a walk through the graph, which keeps together what hangs together."""
    met: dict[_Node, int] = {}
    ahead = [node for row in rows[::-1] for node in row[::-1]]
    while ahead:
        node = ahead.pop()
        if node not in met:
            met[node] = len(met)
            ahead += [*up.get(node, ())[::-1], *down.get(node, ())[::-1]]
    return [sorted(row, key=met.__getitem__) for row in rows]


def _sweeps(
    rows: list[list[_Node]],
    up: Mapping[_Node, Sequence[_Node]],
    down: Mapping[_Node, Sequence[_Node]],
    *,
    both: bool,
) -> Iterator[list[list[_Node]]]:
    """Yield orders: each row by the mean place of its neighbours, then neighbours in it swapped."""
    for sweep in range(SWEEPS):
        downwards = sweep % 2 == 0
        rows = [list(row) for row in rows]
        for at in range(len(rows))[:: 1 if downwards else -1]:
            place = {node: i / max(1, len(row) - 1) for row in rows for i, node in enumerate(row)}
            wanted = {}
            for node in rows[at]:
                near: Sequence[_Node] = (up if downwards else down).get(node, ())
                if both:
                    near = (*up.get(node, ()), *down.get(node, ()))
                wanted[node] = _mean(near, place, node)
            rows[at].sort(key=wanted.__getitem__)
        _swap(rows, up, down)
        yield rows


def _swap(
    rows: list[list[_Node]],
    up: Mapping[_Node, Sequence[_Node]],
    down: Mapping[_Node, Sequence[_Node]],
) -> None:
    """Swap nodes that stand side by side while that saves a crossing."""
    place = {node: i for row in rows for i, node in enumerate(row)}
    least = 0  # at first also where it costs nothing: the way out of a dead end
    for _ in range(PASSES):
        swapped = False
        for row in rows:
            for i in range(len(row) - 1):
                left, right = row[i], row[i + 1]
                saved = 0
                for near in (up, down):
                    for a in near.get(left, ()):
                        for b in near.get(right, ()):
                            saved += (place[a] > place[b]) - (place[a] < place[b])
                if saved >= least:
                    row[i], row[i + 1] = right, left
                    place[left], place[right] = i + 1, i
                    swapped = True
        if not swapped:
            break
        least = 1


def _mean(near: Sequence[_Node], place: Mapping[_Node, float], node: _Node) -> float:
    return sum(place[other] for other in near) / len(near) if near else place[node]


def _crossings(rows: Sequence[Sequence[_Node]], down: Mapping[_Node, Sequence[_Node]]) -> int:
    count = 0
    for row, below in pairwise(rows):
        place = {node: i for i, node in enumerate(below)}
        ends: list[int] = []
        for node in row:
            new = sorted(place[other] for other in down.get(node, ()))
            count += sum(1 for end in new for old in ends if old > end)
            ends += new
    return count


def _columns(
    rows: Sequence[Sequence[_Node]],
    up: Mapping[_Node, Sequence[_Node]],
    down: Mapping[_Node, Sequence[_Node]],
) -> dict[_Node, float]:
    widest = max(map(len, rows), default=0)
    column = {node: i + (widest - len(row)) / 2 for row in rows for i, node in enumerate(row)}
    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 == 0 else rows[::-1]:
            wanted = [_mean((*up.get(node, ()), *down.get(node, ())), column, node) for node in row]
            column.update(zip(row, _apart(wanted), strict=True))
    left = min(column.values(), default=0.0)
    return {node: round(value - left, 2) + 0.0 for node, value in column.items()}


def _apart(wanted: Sequence[float]) -> list[float]:
    """The places nearest to those wanted, in squares, that are one apart or more, in this order.

    What is wanted less what comes before has to rise; blocks that don't are averaged.
    """
    blocks: list[tuple[float, int]] = []
    for i, value in enumerate(wanted):
        mean, count = value - i, 1
        while blocks and blocks[-1][0] > mean:
            before, many = blocks.pop()
            mean, count = (before * many + mean * count) / (many + count), many + count
        blocks.append((mean, count))
    free = [mean for mean, count in blocks for _ in range(count)]
    return [value + i for i, value in enumerate(free)]
