"""Variables that do not fall as some of their parents rise: their response functions at random.

Where the other parents of such a variable have one value, it answers the parents that it rises with by a
monotone function, its *ladder*. What ladders it has at several values of the other parents has a joint
law about which nothing is assumed, as for the states of any variable.

Main definitions
----------------
Rising : random laws of ladders, the tables that follow, and the laws of the variables' answers.
ladders : the monotone functions between ordered states.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import prod

from symcausal.algebra.deadline import spend
from symcausal.algebra.field import Modulo
from symcausal.errors import LimitError
from symcausal.graph.graph import Graph
from symcausal.hints import TypeAlias
from symcausal.kernel.core.draws import RandomSource
from symcausal.kernel.core.worlds import Responses

MOST_LADDERS = 256
MOST_ROWS = 4096

_ParentRow: TypeAlias = tuple[int, ...]
_Ladder: TypeAlias = Mapping[_ParentRow, int]
_TablesByName: TypeAlias = Mapping[str, tuple[tuple[str, ...], Sequence[int]]]


def ladders(sizes: Sequence[int], width: int) -> list[dict[tuple[int, ...], int]]:
    """Return the functions from places, one of each size, to states that fall in no direction.

    Raises
    ------
    LimitError
        If there are too many.

    Examples
    --------
    >>> ladders([2], 2)
    [{(0,): 0, (1,): 0}, {(0,): 0, (1,): 1}, {(0,): 1, (1,): 1}]
    >>> len(ladders([2, 2], 2)), len(ladders([3], 3))
    (6, 10)
    """
    found: list[dict[tuple[int, ...], int]] = [{}]
    for place in product(*map(range, sizes)):
        below = [(*place[:i], at - 1, *place[i + 1 :]) for i, at in enumerate(place) if at]
        found = [
            {**ladder, place: state}
            for ladder in found
            for state in range(max((ladder[one] for one in below), default=0), width)
        ]
        if len(found) > MOST_LADDERS:
            raise LimitError(
                f"a variable with more than {MOST_LADDERS} monotone answers", expected="fewer"
            )
    return found


class Rising:
    """Random laws of ladders modulo a prime, for every variable that a monotone arrow leads to.

    Parameters
    ----------
    graph : Graph
        Arrows only; hidden causes are explicit.
    states : mapping of str to tuple of str
        The states of each variable, in the order that the graph has them in.
    residues : Modulo
        Where the numbers live.
    rng : RandomSource
        Where they are drawn from.

    Attributes
    ----------
    columns : dict
        The flat table of each such variable.
    residues, states
        As given.
    """

    def __init__(
        self,
        graph: Graph,
        states: Mapping[str, tuple[str, ...]],
        residues: Modulo,
        rng: RandomSource,
    ) -> None:
        self.columns: dict[str, list[int]] = {}
        self.residues, self.states = residues, dict(states)
        self._ladders: dict[str, list[dict[_ParentRow, int]]] = {}
        self._laws: dict[str, tuple[tuple[str, ...], Sequence[int]]] = {}
        self._up: dict[str, list[bool]] = {}
        for (cause, effect), order in graph.monotone.items():
            here = states[cause], states[effect]
            # a variable of which no states are stated is tried with more than it has in the graph
            if here != order and list(map(len, here)) == list(map(len, order)):
                raise ValueError(f"the states of {cause} and {effect} have another order")
        for name in dict.fromkeys(effect for _, effect in graph.monotone):
            self._draw(name, graph, rng)

    def _draw(self, name: str, graph: Graph, rng: RandomSource) -> None:
        parents = graph.parents(name)
        up = [(parent, name) in graph.monotone for parent in parents]
        sizes = [len(self.states[parent]) for parent in parents]
        found = ladders(
            [s for s, rises in zip(sizes, up, strict=True) if rises], len(self.states[name])
        )
        others = tuple(p for p, rises in zip(parents, up, strict=True) if not rises)
        rows = prod(len(self.states[other]) for other in others)
        if rows > MOST_ROWS:
            raise LimitError(f"{rows} rows of {name}", expected=f"at most {MOST_ROWS}")
        law, prime = list[int](), self.residues.prime
        for _ in range(rows):
            spend(3 * len(found))
            row = [rng.randrange(1, prime) for _ in found[1:]]
            law += [*row, (1 - sum(row)) % prime]
        self._up[name], self._ladders[name], self._laws[name] = up, found, (others, law)
        self.columns[name] = self._table(name, sizes)

    def _table(self, name: str, sizes: Sequence[int]) -> list[int]:
        """The table that a law of ladders makes."""
        (others, law), found, column = self._laws[name], self._ladders[name], list[int]()
        for row in product(*map(range, sizes)):
            here, there = self.taken_apart(name, row)
            place = 0
            for other, state in zip(others, there, strict=True):
                place = place * len(self.states[other]) + state
            entries = [0] * len(self.states[name])
            for i, ladder in enumerate(found):
                entries[ladder[here]] += law[place * len(found) + i]
            column += [entry % self.residues.prime for entry in entries]
        return column

    def taken_apart(self, name: str, row: _ParentRow) -> tuple[_ParentRow, _ParentRow]:
        """The states of the parents that a variable rises with, and of the others."""
        up = self._up[name]
        return (
            tuple(s for s, rises in zip(row, up, strict=True) if rises),
            tuple(s for s, rises in zip(row, up, strict=True) if not rises),
        )

    def responses(self, columns: _TablesByName, rng: RandomSource) -> Responses[int]:
        """Return the laws of what variables answer, which follow from those of their ladders."""
        return _RisingResponses(self, columns, rng)

    def of_ladders(self, rng: RandomSource) -> Responses[int]:
        """Return the laws of ladders at several values of the other parents."""
        states = dict(self.states)
        for name, found in self._ladders.items():
            states[f"{name}/"] = tuple(map(str, range(len(found))))
        columns = {f"{name}/": law for name, law in self._laws.items()}
        return Responses(columns, states, self.residues, rng)

    def fitting(self, name: str, answers: Mapping[_ParentRow, int]) -> list[int]:
        """The numbers of the ladders that give these answers."""
        return [
            i
            for i, ladder in enumerate(self._ladders[name])
            if all(ladder[place] == state for place, state in answers.items())
        ]


class _RisingResponses(Responses[int]):
    """The laws of what variables answer, of which some rise with some of their parents."""

    def __init__(self, rising: Rising, columns: _TablesByName, rng: RandomSource) -> None:
        super().__init__(columns, rising.states, rising.residues, rng)
        self._rising, self._of_ladders = rising, rising.of_ladders(rng)

    def at(self, variable: str, values: Mapping[_ParentRow, int]) -> int:
        """Return the probability that a variable has these states at these rows."""
        if variable not in self._rising.columns:
            return super().at(variable, values)
        apart = dict[_ParentRow, dict[_ParentRow, int]]()
        for row, state in values.items():
            here, there = self._rising.taken_apart(variable, row)
            apart.setdefault(there, {})[here] = state
        fitting = [self._rising.fitting(variable, answers) for answers in apart.values()]
        total = 0
        for chosen in product(*fitting):
            law = dict(zip(apart, chosen, strict=True))
            total += self._of_ladders.at(f"{variable}/", law)
        return total % self._rising.residues.prime
