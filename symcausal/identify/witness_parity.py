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

All else listens alike in both models: variables outside the hedges take the product of the signs of
their parents, which carries the parity on to the query, and so may the base from outside. A member
that has to tell something about variables outside opens a gate: there is a parity only where it is in
its first state, which it is with a probability that is one factor for the coins of the hedge times
one for all else.

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
from symcausal.identify.witness_channels import common_cause, way
from symcausal.identify.witness_hedge import Hedges
from symcausal.identify.witness_wiring import Wiring, spanning_tree, wirings
from symcausal.network.network import Network, Table, Variable

HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)
MOST_ENTRIES = 2**18

Bit = tuple[str, int]  # a variable and which of its bits


class SignMonomial(NamedTuple):
    """A gain times the signs of some bits: one term of a parity."""

    gain: Fraction
    signs: tuple[Bit, ...]


Means = tuple[tuple[SignMonomial, ...], ...]  # the expected sign of each bit, as a sum


def parity_models(
    part: Graph, whole: Graph, states: Mapping[str, tuple[str, ...]], hedges: Hedges
) -> Iterator[tuple[Network, Network]]:
    """Yield pairs of networks in which the hedges carry a parity; most often one pair.

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
    for wiring in wirings(part, hedges):
        sides = [
            _ParityModel(part, whole, hedges, side, wiring)
            for side in (hedges.first, hedges.second)
        ]
        gain = min(side.least_gain for side in sides)
        means = [side.all_means(gain) for side in sides]
        used = {n for edge in (*part.directed, *part.bidirected) for n in edge}
        used |= {*part.names(hedges.base), *whole.hidden}
        widths = {n: max(len(m.get(n, ())) for m in means) if n in used else 0 for n in whole.nodes}
        known = {name: _states_of(name, whole, states, widths[name]) for name in whole.nodes}
        first, second = (_network(whole, known, side, widths) for side in means)
        yield first, second


class _ParityModel:
    """One of the two models: who hears whom, by which channels."""

    def __init__(
        self,
        part: Graph,
        whole: Graph,
        hedges: Hedges,
        side: Sequence[tuple[int, int]],
        wiring: Wiring,
    ) -> None:
        self.part, self.whole, self.base, self.side = part, whole, hedges.base, side
        self.wiring = wiring
        self.union = hedges.base
        for mask, _ in (*hedges.first, *hedges.second):
            self.union |= mask
        self.bits: dict[str, list[tuple[SignMonomial, ...]]] = {}  # of hidden variables
        self.means: dict[str, list[SignMonomial]] = {name: [] for name in part.nodes}
        self.gains: list[Fraction] = []
        self.roles: list[dict[str, list[SignMonomial]]] = []
        self.outer = self._outer_signs()
        for mask, _ in side:
            self._take_part(mask, {i: HALF / self._crowd(i) for i in bits(mask)})

    def _crowd(self, i: int) -> int:
        """Return the number of hedges of this model that a variable belongs to."""
        return sum(mask >> i & 1 for mask, _ in self.side)

    def _take_part(self, mask: int, shares: Mapping[int, Fraction]) -> None:
        """Give the members of a hedge their part in its parity."""
        name, gates = self.part.nodes, self.wiring.gates
        heard: dict[int, list[Bit]] = {i: [] for i in bits(mask)}
        hops = Fraction(1)
        for i, j in self.wiring.links[mask].items():
            bit, loss = self._arrow(name[i], name[j])
            heard[j].append(bit)
            hops *= loss
        for i, j in spanning_tree(self.part, mask, self.base):
            ends, loss = self._coin(name[i], name[j])
            heard[i].append(ends[0])
            heard[j].append(ends[1])
            hops *= loss
        role: dict[str, list[SignMonomial]] = {}
        for i, share in shares.items():
            outer = tuple(self.outer.get(i, ()))
            alone = SignMonomial(share, tuple(heard[i]))
            if i in gates:  # as a product, so that the first state is reached independently
                role[name[i]] = [alone, SignMonomial(share * QUARTER, (*heard[i], *outer))]
                continue
            role[name[i]] = [SignMonomial(share, (*heard[i], *outer))]
            for gate in [g for g, j in gates.items() if j == i]:
                bit, _ = self._arrow(name[gate], name[i])
                role[name[i]] = [
                    SignMonomial(m.gain * HALF, signs)
                    for m in role[name[i]]
                    for signs in (m.signs, (*m.signs, bit))
                ]
        self.roles.append(role)
        self.gains.append(hops * prod(shares.values(), start=Fraction(1)))

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
            for name, monomials in role.items():
                share = gain * weight / total if name == tuned else Fraction(1)
                means[name] += [SignMonomial(m.gain * share, m.signs) for m in monomials]
        observed = {name: (tuple(found),) for name, found in means.items()}
        return {**observed, **{name: tuple(found) for name, found in self.bits.items()}}

    def _outer_signs(self) -> dict[int, list[Bit]]:
        """Return the signs that variables hear besides the parity; those outside get their mechanism."""
        part, gates = self.part, self.wiring.gates
        heard: dict[int, list[Bit]] = {}
        outside = ((1 << len(part.nodes)) - 1) & ~self.union
        gated = sum(1 << i for i in gates)
        listening = outside | self.base | gated
        for j in bits(listening):
            for i in bits(part.parent_masks[j]):
                if outside >> i & 1 or outside >> j & 1 or self._besides(i, j):
                    heard.setdefault(j, []).append(self._arrow(part.nodes[i], part.nodes[j])[0])
        for left, right in part.bidirected:
            i, j = part.index(left), part.index(right)
            pair = 1 << i | 1 << j
            if pair & outside and not pair & ~listening:
                ends, _ = self._coin(left, right)
                heard.setdefault(i, []).append(ends[0])
                heard.setdefault(j, []).append(ends[1])
        for j in bits(listening & ~self.base):
            if heard.get(j):
                gain = QUARTER if j in gates else HALF
                self.means[part.nodes[j]].append(SignMonomial(gain, tuple(heard[j])))
        return heard

    def _besides(self, i: int, j: int) -> bool:
        """Whether one of the base may hear a member of the hedges in both models alike."""
        return bool(
            self.base >> j & 1
            and not self.base >> i & 1
            and self.wiring.gates.get(i) != j
            and not any(links.get(i) == j for links in self.wiring.links.values())
        )

    # -- channels -------------------------------------------------------------------------------
    def _arrow(self, cause: str, effect: str) -> tuple[Bit, Fraction]:
        """The bit by which a variable hears another, and what is lost on the way."""
        return self._along((cause, 0), way(self.whole, cause, effect))

    def _coin(self, left: str, right: str) -> tuple[tuple[Bit, Bit], Fraction]:
        """A fair hidden coin that two variables hear, and what is lost on the way."""
        top, to_left, to_right = common_cause(self.whole, left, right)
        coin = self._bit(top, ())
        one, loss = self._along(coin, to_left)
        other, more = self._along(coin, to_right)
        return (one, other), loss * more

    def _along(self, bit: Bit, stops: Sequence[str]) -> tuple[Bit, Fraction]:
        loss = Fraction(1)
        for name in stops:
            bit = self._bit(name, (SignMonomial(HALF, (bit,)),))
            loss *= HALF
        return bit, loss

    def _bit(self, name: str, mean: tuple[SignMonomial, ...]) -> Bit:
        self.bits.setdefault(name, []).append(mean)
        return name, len(self.bits[name]) - 1


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


def _sign(monomial: SignMonomial, at: Mapping[str, int], widths: Mapping[str, int]) -> int:
    negative = False
    for name, bit in monomial.signs:
        negative ^= bool(at[name] >> bit & 1 if widths[name] > 1 else at[name])
    return -1 if negative else 1


def _row(means: Sequence[Fraction], count: int) -> list[Fraction]:
    """The distribution in which the bits are independent and have these expected signs."""
    if not means or count == 1:  # a variable that nothing listens to
        return [Fraction(1, count)] * count
    if len(means) == 1:
        rest = (1 - means[0]) / 2
        return [1 - rest, *[rest / (count - 1)] * (count - 1)]
    return [
        prod(
            ((1 + (-mean if state >> b & 1 else mean)) / 2 for b, mean in enumerate(means)),
            start=Fraction(1),
        )
        for state in range(count)
    ]
