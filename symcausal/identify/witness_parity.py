"""Two models that differ in a parity which no input shows.

Values count as signs, +1 for the first state and -1 for all others. A variable of a hedge has for
its expected sign a gain times the product of the signs of its parents in the hedge and of hidden
coins, one for each bidirected edge of a spanning tree of the hedge. Summing the coins out leaves of
the joint distribution of the hedge

    2**-n * (1 + gains * product of signs),

since a coin that appears once has mean 0; so nothing is left if a member of the hedge is set. Each
member outside the base acts on one other, which cancels its sign: the product runs over signs in the
base. With the same product of gains, a larger and a smaller hedge give the same distribution until
something is set that belongs to the larger one only.

Main definitions
----------------
parity_models : two networks for given hedges.

Notation
--------
A *channel* is one bit on its way along a path of hidden variables. A hidden variable has a bit of
its own for each channel, which is handed on with noise, so that everything stays positive.

References
----------
[ShpitserPearl2006]_ Theorem 4, where the parities are certain and not only likely.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from typing import NamedTuple

from symcausal.algebra.deadline import spend
from symcausal.algebra.scalar import Number
from symcausal.errors import LimitError
from symcausal.graph.graph import Graph, bits
from symcausal.identify.witness_hedge import Hedges
from symcausal.network.network import Network, Table, Variable

HALF = Fraction(1, 2)
MOST_ENTRIES = 2**18
MOST_CHOICES = 16

Bit = tuple[str, int]  # a variable and which of its bits


class Monomial(NamedTuple):
    """A gain times the signs of some bits."""

    gain: Fraction
    signs: tuple[Bit, ...]


Means = tuple[tuple[Monomial, ...], ...]  # the expected sign of each bit, as a sum


def parity_models(
    part: Graph, whole: Graph, states: Mapping[str, tuple[str, ...]], hedges: Hedges
) -> Iterator[tuple[Network, Network]]:
    """Pairs of networks in which the hedges carry a parity; most often there is but one.

    Parameters
    ----------
    part : Graph
        The arrows and bidirected edges that the tables use, over observed variables.
    whole : Graph
        The graph of the networks: arrows only, hidden causes explicit.
    states : mapping
        States of the observed variables.
    hedges : Hedges
        As found in ``part``.
    """
    for inside in _choices(part, hedges.base):
        sides = [_Model(part, whole, hedges, side, inside) for side in (hedges.first, hedges.second)]
        gain = min(side.least_gain for side in sides)
        means = [side.all_means(gain) for side in sides]
        used = part.mask(n for edge in (*part.directed, *part.bidirected) for n in edge)
        used |= hedges.base
        widths = {name: max(len(m.get(name, ())) for m in means) for name in whole.nodes}
        for name in whole.nodes:
            if name not in part.names(used) and name not in whole.hidden:
                widths[name] = 0
        known = {name: _states_of(name, whole, states, widths[name]) for name in whole.nodes}
        first, second = (_network(whole, known, side, widths) for side in means)
        yield first, second


def _choices(part: Graph, base: int) -> Iterator[dict[int, int]]:
    """For each member of the base the member that its sign cancels with, if any."""
    options: list[list[tuple[int, int]]] = []
    for i in bits(base):
        inner = [(i, j) for j in bits(part.child_masks[i] & base)]
        outer = part.child_masks[i] & ~base
        keep = (i, -1)
        options.append([keep, *inner] if outer or not inner else [*inner, keep])
    for count, choice in enumerate(product(*options)):
        if count == MOST_CHOICES:
            return
        yield {i: j for i, j in choice if j >= 0}


class _Model:
    """One of the two models: who listens to whom, by which channels."""

    def __init__(
        self,
        part: Graph,
        whole: Graph,
        hedges: Hedges,
        side: Sequence[tuple[int, int]],
        inside: Mapping[int, int],
    ) -> None:
        self.part, self.whole, self.base, self.side = part, whole, hedges.base, side
        self.union = hedges.base
        for mask, _ in (*hedges.first, *hedges.second):
            self.union |= mask
        self.bits: dict[str, list[tuple[Monomial, ...]]] = {}  # of hidden variables
        self.means: dict[str, list[Monomial]] = {name: [] for name in part.nodes}
        self.gains: list[Fraction] = []
        self.roles: list[dict[str, Monomial]] = []
        crowd = {
            i: sum(mask >> i & 1 for mask, _ in side) for i in bits(self.union)
        }
        outer = self._outer_signs()
        for mask, _ in side:
            links = {**dict(_forest(part, mask, hedges.base)), **inside}
            heard: dict[int, list[Bit]] = {i: list(outer.get(i, ())) for i in bits(mask)}
            hops = Fraction(1)
            for i, j in links.items():
                bit, loss = self._arrow(part.nodes[i], part.nodes[j])
                heard[j].append(bit)
                hops *= loss
            for i, j in _tree(part, mask, hedges.base):
                ends, loss = self._coin(part.nodes[i], part.nodes[j])
                heard[i].append(ends[0])
                heard[j].append(ends[1])
                hops *= loss
            role = {
                part.nodes[i]: Monomial(HALF / crowd[i], tuple(heard[i])) for i in bits(mask)
            }
            self.roles.append(role)
            self.gains.append(hops * prod((m.gain for m in role.values()), start=Fraction(1)))

    @property
    def least_gain(self) -> Fraction:
        """The largest gain for a weight of one that all hedges can have."""
        return min(
            (gain / weight for gain, (_, weight) in zip(self.gains, self.side, strict=True)),
            default=Fraction(1),
        )

    def all_means(self, gain: Fraction) -> dict[str, Means]:
        """What is expected of each bit, with this gain for a weight of one."""
        means = {name: list(monomials) for name, monomials in self.means.items()}
        tuned = next(self.part.nodes[i] for i in bits(self.base))
        for role, total, (_, weight) in zip(self.roles, self.gains, self.side, strict=True):
            for name, monomial in role.items():
                share = gain * weight / total if name == tuned else Fraction(1)
                means[name].append(Monomial(monomial.gain * share, monomial.signs))
        observed = {name: (tuple(found),) for name, found in means.items()}
        return {**observed, **{name: tuple(found) for name, found in self.bits.items()}}

    def _outer_signs(self) -> dict[int, list[Bit]]:
        """What variables hear from outside the hedges; those outside get their mechanism at once."""
        part = self.part
        heard: dict[int, list[Bit]] = {}
        outside = ~self.union
        listening = (1 << len(part.nodes)) - 1 & (outside | self.base)
        for j in bits(listening):
            from_where = part.parent_masks[j] if outside >> j & 1 else part.parent_masks[j] & outside
            for i in bits(from_where):
                heard.setdefault(j, []).append(self._arrow(part.nodes[i], part.nodes[j])[0])
        for left, right in part.bidirected:
            i, j = part.index(left), part.index(right)
            pair = 1 << i | 1 << j
            if pair & outside and not pair & ~listening:
                ends, _ = self._coin(left, right)
                heard.setdefault(i, []).append(ends[0])
                heard.setdefault(j, []).append(ends[1])
        for j in bits(listening & outside):
            if heard.get(j):
                self.means[part.nodes[j]].append(Monomial(HALF, tuple(heard[j])))
        return heard

    # -- channels -------------------------------------------------------------------------------
    def _arrow(self, cause: str, effect: str) -> tuple[Bit, Fraction]:
        """The bit by which a variable hears another, and what is lost on the way."""
        way = _way(self.whole, cause, effect)
        return self._along((cause, 0), way)

    def _coin(self, left: str, right: str) -> tuple[tuple[Bit, Bit], Fraction]:
        """A fair hidden coin that two variables hear, and what is lost on the way."""
        top, to_left, to_right = _common_cause(self.whole, left, right)
        coin = self._bit(top, ())
        one, loss = self._along(coin, to_left)
        other, more = self._along(coin, to_right)
        return (one, other), loss * more

    def _along(self, bit: Bit, way: Sequence[str]) -> tuple[Bit, Fraction]:
        loss = Fraction(1)
        for name in way:
            bit = self._bit(name, (Monomial(HALF, (bit,)),))
            loss *= HALF
        return bit, loss

    def _bit(self, name: str, mean: tuple[Monomial, ...]) -> Bit:
        self.bits.setdefault(name, []).append(mean)
        return name, len(self.bits[name]) - 1


def _forest(part: Graph, mask: int, base: int) -> Iterator[tuple[int, int]]:
    """For each member outside the base the next one on a shortest way to the base."""
    reached = base
    frontier = base
    while frontier:
        found = 0
        for i in bits(mask & ~reached):
            ahead = part.child_masks[i] & frontier
            if ahead:
                yield i, (ahead & -ahead).bit_length() - 1
                found |= 1 << i
        reached |= found
        frontier = found


def _tree(part: Graph, mask: int, base: int) -> Iterator[tuple[int, int]]:
    """Bidirected edges that hold a set together, first those that hold its base together."""
    reached = base & -base
    for within in (base, mask):
        grown = True
        while grown:
            grown = False
            for j in bits(within & ~reached):
                near = part.sibling_masks[j] & reached
                if near:
                    yield (near & -near).bit_length() - 1, j
                    reached |= 1 << j
                    grown = True


def _way(whole: Graph, start: str, end: str) -> tuple[str, ...]:
    """The hidden variables on a shortest way along arrows through hidden variables alone."""
    frontier: list[tuple[str, ...]] = [()]
    seen: set[str] = set()
    for way in frontier:  # grows while it runs
        for child in whole.children(way[-1] if way else start):
            if child == end:
                return way
            if child in whole.hidden and child not in seen:
                seen.add(child)
                frontier.append((*way, child))
    raise LookupError(end)


def _common_cause(
    whole: Graph, left: str, right: str
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The hidden variable nearest to both, with the ways from it; they meet nowhere else."""
    found: list[tuple[int, str, tuple[str, ...], tuple[str, ...]]] = []
    for name in whole.nodes:
        if name in whole.hidden:
            try:
                ways = _way(whole, name, left), _way(whole, name, right)
            except LookupError:
                continue
            found.append((len(ways[0]) + len(ways[1]), name, *ways))
    _, name, one, other = min(found)
    return name, one, other


# -- tables -------------------------------------------------------------------------------------
def _states_of(
    name: str, whole: Graph, states: Mapping[str, tuple[str, ...]], width: int
) -> tuple[str, ...]:
    """Declared states, but for hidden variables that need more bits than one."""
    declared = states.get(name, ())
    if name not in whole.hidden:
        return declared or ("0", "1")
    if width < 2 and len(declared) > 1:
        return declared
    return tuple(map(str, range(2 ** max(width, 1))))


def _network(
    whole: Graph,
    states: Mapping[str, tuple[str, ...]],
    means: Mapping[str, Means],
    widths: Mapping[str, int],
) -> Network:
    """The network in which each variable has these expected signs."""
    tables = {}
    for name in whole.nodes:
        parents, count = whole.parents(name), len(states[name])
        size = prod(len(states[n]) for n in (*parents, name))
        if size > MOST_ENTRIES:
            raise LimitError(
                f"the table of {name} given its {len(parents)} parents has {size} entries",
                hint="ask about a part of the graph",
            )
        spend(size)
        mine = [*means.get(name, ()), *((),) * widths[name]][: widths[name]]
        entries: list[Number] = []
        rows: dict[tuple[Fraction, ...], list[Number]] = {}
        for place in product(*(range(len(states[p])) for p in parents)):
            at = dict(zip(parents, place, strict=True))
            signs = tuple(
                sum((m.gain * _sign(m, at, widths) for m in mean), Fraction(0)) for mean in mine
            )
            if signs not in rows:
                rows[signs] = [Number(entry) for entry in _row(signs, count)]
            entries += rows[signs]
        tables[name] = Table(name, parents, tuple(entries))
    return Network({name: Variable(name, states[name]) for name in whole.nodes}, whole, tables)


def _sign(monomial: Monomial, at: Mapping[str, int], widths: Mapping[str, int]) -> int:
    negative = False
    for name, bit in monomial.signs:
        negative ^= bool(at[name] >> bit & 1 if widths[name] > 1 else at[name])
    return -1 if negative else 1


def _row(means: Sequence[Fraction], count: int) -> list[Fraction]:
    """The distribution in which the bits are independent and have these expected signs."""
    if not means:  # a variable that nothing listens to
        return [Fraction(1, count)] * count
    if len(means) == 1:
        rest = (1 - means[0]) / 2
        return [1 - rest, *[rest / (count - 1)] * (count - 1)]
    return [
        prod(((1 + (-mean if state >> b & 1 else mean)) / 2 for b, mean in enumerate(means)), start=Fraction(1))
        for state in range(count)
    ]
