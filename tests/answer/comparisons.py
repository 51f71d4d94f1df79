"""Random comparisons of doing with seeing, and judges of the answers that share no code with them.

Main definitions
----------------
Question : a graph, treatments, an outcome, conditions, and the two queries in words.
questions : random ones.
is_open : whether a path is open, by looking at each of its inner variables.
value : a probability, by adding the rows of a joint distribution.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product

from symcausal import Model

Names = tuple[str, ...]
Edges = list[tuple[str, str]]
_LETTERS = "ABCDEF"
_PRIME = 2**31 - 1  # so large that no two rows of a table are ever alike by chance


class Question:
    """What is done on the left is seen on the right, or on one side only."""

    def __init__(self, rng: random.Random, *, shape: str) -> None:
        count = rng.randint(4, 6 if shape == "plain" else 5)
        self.nodes = tuple(_LETTERS[:count])
        ordered = rng.sample(self.nodes, count)
        pairs = list(combinations(ordered, 2))
        self.arrows: Edges = [pair for pair in pairs if rng.random() < 0.45]
        self.arcs: Edges = [pair for pair in pairs if rng.random() < 0.12]
        chosen = rng.sample(self.nodes, count)
        self.done: Names = tuple(chosen[1 : 1 + rng.choice((1, 1, 2))])
        rest = chosen[1 + len(self.done) :]
        self.given: Names = tuple(rest[: rng.choice((0, 1, 1, 2))])
        self.outcome = chosen[0]
        self.kept: Names = ()
        self.gone: Names = ()
        if shape == "mixed" and len(self.done) == 2:
            self.done, other = self.done[:1], self.done[1:]
            self.kept, self.gone = (other, ()) if rng.random() < 0.5 else ((), other)
        self.seed = rng.random()

    @property
    def acts(self) -> Names:
        """What the left side does."""
        return (*self.done, *self.kept, *self.gone)

    @property
    def named(self) -> Names:
        """All that the queries name."""
        return (*self.acts, *self.given, self.outcome)

    @property
    def left(self) -> str:
        """The side that does."""
        return _query(self.outcome, self.given, self.acts)

    @property
    def right(self) -> str:
        """The side that sees."""
        return _query(self.outcome, (*self.done, *self.given), self.kept)

    @cached_property
    def model(self) -> Model:
        """The graph alone, two states each."""
        return Model.parse(self.graph)

    @property
    def graph(self) -> str:
        """The graph in the model language."""
        arrows = (f"{a} -> {b}" for a, b in self.arrows)
        return "; ".join((*self.nodes, *arrows, *(f"{a} <-> {b}" for a, b in self.arcs)))

    def __str__(self) -> str:
        return f"{self.graph}: {self.left} and {self.right}"

    # -- paths ----------------------------------------------------------------------------------
    def is_path(self, nodes: Sequence[str], signs: Sequence[str]) -> bool:
        """Whether all steps are edges of the graph and no variable is met twice."""
        steps = zip(nodes, signs, nodes[1:], strict=False)
        return len(set(nodes)) == len(nodes) and all(
            (a, b) in self.arrows
            if sign == "->"
            else (b, a) in self.arrows
            if sign == "<-"
            else (a, b) in self.arcs or (b, a) in self.arcs
            for a, sign, b in steps
        )

    def is_open(
        self, nodes: Sequence[str], signs: Sequence[str], seen: set[str], cut: Sequence[str] = ()
    ) -> bool:
        """Whether a path is open given ``seen`` once the arrows into ``cut`` are gone."""
        arrows = [(a, b) for a, b in self.arrows if b not in cut]
        for a, sign, b in zip(nodes, signs, nodes[1:], strict=False):
            if (sign != "<-" and b in cut) or (sign != "->" and a in cut):
                return False
        for before, node, after in zip(signs, nodes[1:], signs[1:], strict=False):
            collides = before != "<-" and after != "->"
            if collides and not seen & _below(node, arrows):
                return False
            if not collides and node in seen:
                return False
        return True

    # -- numbers --------------------------------------------------------------------------------
    @cached_property
    def joint(self) -> Joint:
        """A random positive model with a hidden cause for each bidirected edge."""
        return Joint(self, random.Random(self.seed))


class Joint:
    """A joint distribution as its rows."""

    def __init__(self, question: Question, rng: random.Random) -> None:
        causes = {f"{a}~{b}": (a, b) for a, b in question.arcs}
        self.nodes = (*causes, *question.nodes)
        self.parents = {
            name: (
                *(a for a, b in question.arrows if b == name),
                *(cause for cause, ends in causes.items() if name in ends),
            )
            for name in self.nodes
        }
        self.yes = {
            name: {
                row: Fraction(rng.randint(1, _PRIME - 1), _PRIME)
                for row in product((0, 1), repeat=len(self.parents[name]))
            }
            for name in self.nodes
        }

    def rows(self, do: Mapping[str, int]) -> Iterator[tuple[dict[str, int], Fraction]]:
        """Each assignment that agrees with what is done, and its probability."""
        free = [name for name in self.nodes if name not in do]
        for row in product((0, 1), repeat=len(free)):
            at = {**dict(zip(free, row, strict=True)), **do}
            weight = Fraction(1)
            for name in free:
                yes = self.yes[name][tuple(at[parent] for parent in self.parents[name])]
                weight *= yes if at[name] else 1 - yes
            yield at, weight

    def table(self, names: Names, do: Mapping[str, int]) -> dict[tuple[int, ...], Fraction]:
        """The joint distribution of some variables under an intervention."""
        found: dict[tuple[int, ...], Fraction] = {}
        for at, weight in self.rows(do):
            key = tuple(at[name] for name in names)
            found[key] = found.get(key, Fraction(0)) + weight
        return found


def adjusts(question: Question, names: Names) -> bool:
    """Whether ``sum_z P(y | x, w, z) P(z | w)`` is the left side, for all values.

    ``x`` is what is done on one side only; what is done on both stays done.
    """
    joint, y = question.joint, question.outcome
    cause: Names = (*question.done, *question.gone)
    given, kept = question.given, question.kept
    if set(names) & set(cause):
        return False
    names = tuple(name for name in names if name not in (*given, *kept))
    for done in product((0, 1), repeat=len(cause) + len(kept)):
        act = dict(zip((*cause, *kept), done, strict=True))
        stay = {name: act[name] for name in kept}
        after = joint.table((y, *given), act)
        seen = joint.table((y, *cause, *given, *names), stay)
        before = joint.table((*given, *names), stay)
        x = tuple(act[name] for name in cause)
        for w in product((0, 1), repeat=len(given)):
            truth = after[1, *w] / (after[0, *w] + after[1, *w])
            total = Fraction(0)
            size = sum(before[w + z] for z in product((0, 1), repeat=len(names)))
            for z in product((0, 1), repeat=len(names)):
                one, other = seen[1, *x, *w, *z], seen[0, *x, *w, *z]
                total += one / (one + other) * before[w + z] / size
            if total != truth:
                return False
    return True


def _below(node: str, arrows: Edges) -> set[str]:
    found = {node}
    while True:
        more = {b for a, b in arrows if a in found} - found
        if not more:
            return found
        found |= more


def _query(outcome: str, given: Names, do: Names) -> str:
    act = [f"do({', '.join(do)})"] if do else []
    behind = ", ".join([*act, *given])
    return f"P({outcome} | {behind})" if behind else f"P({outcome})"
