"""The meaning of formulas in models with hidden causes, by plain tensors modulo a prime.

Nothing here uses the library's kernel. Every bidirected edge and every hidden variable gets a table of
its own; ``P(v | do(x))`` is the product of all tables but those of ``x``, with the hidden variables
summed out; every other term is read off that tensor by its definition. Residues modulo a prime are exact
where fractions would be too slow.

Main definitions
----------------
HiddenModel : random tables for a graph.
Tensor : values with named axes.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from functools import reduce
from typing import NamedTuple

import numpy as np

from symcausal.expr.nodes import (
    Add,
    Event,
    Expr,
    Letter,
    Minus,
    Prob,
    Product,
    Quotient,
    Scalar,
    Sum,
)
from symcausal.graph.graph import Graph

PRIME = 2**31 - 1


class Tensor(NamedTuple):
    """Residues over named axes."""

    axes: tuple[str, ...]
    values: np.ndarray

    def over(self, axes: tuple[str, ...]) -> np.ndarray:
        """The values with one axis for each name, of length one where they do not depend on it."""
        order = [self.axes.index(a) for a in axes if a in self.axes]
        shape = [self.values.shape[self.axes.index(a)] if a in self.axes else 1 for a in axes]
        return self.values.transpose(order).reshape(shape)

    def summed(self, axis: str) -> Tensor:
        """Without one of its axes."""
        place = self.axes.index(axis)
        return Tensor(
            self.axes[:place] + self.axes[place + 1 :], self.values.sum(axis=place) % PRIME
        )


def joined(left: Tensor, right: Tensor, how) -> Tensor:
    """Combine two tensors entry by entry."""
    axes = tuple(dict.fromkeys((*left.axes, *right.axes)))
    a, b = left.over(axes), right.over(axes)
    return Tensor(axes, how(a, b) % PRIME)


def times(left: Tensor, right: Tensor) -> Tensor:
    """The product."""
    return joined(left, right, np.multiply)


def inverse(tensor: Tensor) -> Tensor:
    """One over each entry, none of which may be zero."""
    if (tensor.values == 0).any():
        raise ZeroDivisionError
    result, base, power = np.ones_like(tensor.values), tensor.values, PRIME - 2
    while power:
        if power & 1:
            result = result * base % PRIME
        base = base * base % PRIME
        power >>= 1
    return Tensor(tensor.axes, result)


class HiddenModel:
    """Random tables for a graph with hidden causes; every row sums to one.

    Parameters
    ----------
    graph : Graph
        Directed and bidirected edges, hidden variables.
    rng : random.Random
        Where the entries come from.
    sizes : mapping of str to int
        How many states each observed variable has.
    """

    def __init__(self, graph: Graph, rng: random.Random, sizes: dict[str, int]) -> None:
        self.graph = graph
        self.observed = [name for name in graph.nodes if name not in graph.hidden]
        causes = {f"<{a},{b}>": (a, b) for a, b in graph.bidirected}
        self.sizes = {name: rng.choice((2, 3)) for name in (*graph.hidden, *causes)} | sizes
        self.hidden = [*causes, *sorted(graph.hidden)]
        self.tables: dict[str, Tensor] = {}
        for name in (*causes, *graph.nodes):
            parents = () if name in causes else graph.parents(name)
            shared = [c for c, ends in causes.items() if name in ends]
            axes = (*parents, *shared, name)
            shape = [self.sizes[a] for a in axes]
            values = np.array(
                [rng.randrange(1, PRIME) for _ in range(int(np.prod(shape)))], dtype=np.int64
            ).reshape(shape)
            values[..., -1] = (1 - values[..., :-1].sum(axis=-1)) % PRIME
            self.tables[name] = Tensor(axes, values)
        self._joints: dict[tuple[str, ...], Tensor] = {}

    def joint(self, done: Iterable[str]) -> Tensor:
        """``P(observed | do(done))`` for all values, with an axis for each observed variable."""
        key = tuple(sorted(done))
        if key not in self._joints:
            pool = [table for name, table in self.tables.items() if name not in key]
            left = list(self.hidden)
            while left:
                cause = min(
                    left, key=lambda h: len({a for t in pool if h in t.axes for a in t.axes})
                )
                left.remove(cause)
                touched = [t for t in pool if cause in t.axes]
                pool = [t for t in pool if cause not in t.axes]
                if touched:
                    pool.append(reduce(times, touched).summed(cause))
            whole = reduce(times, pool)
            for name in self.observed:
                if name not in whole.axes:  # only what is set may be missing: nothing depends on it
                    whole = times(whole, Tensor((name,), np.ones(self.sizes[name], dtype=np.int64)))
            self._joints[key] = whole
        return self._joints[key]

    # -- formulas -------------------------------------------------------------------------------
    def value(self, expr: Expr) -> Tensor:
        """The values of a formula for all values of its free letters."""
        match expr:
            case Prob(outcome, given, do):
                return self._conditional(tuple(outcome), tuple(given), tuple(do))
            case Product(parts):
                return reduce(times, map(self.value, parts))
            case Add(parts):
                return reduce(lambda a, b: joined(a, b, np.add), map(self.value, parts))
            case Minus(left, right):
                return joined(self.value(left), self.value(right), np.subtract)
            case Quotient(top, bottom):
                return times(self.value(top), inverse(self.value(bottom)))
            case Sum(over, body):
                inside = self.value(body)
                for event in over:
                    if event.value.name in inside.axes:
                        inside = inside.summed(event.value.name)
                    else:
                        count = np.int64(self.sizes[event.variable])
                        inside = Tensor(inside.axes, inside.values * count % PRIME)
                return inside
            case Scalar(term):
                number = term.value
                residue = number.numerator * pow(number.denominator, -1, PRIME) % PRIME
                return Tensor((), np.array(residue, dtype=np.int64))
        raise TypeError(expr)

    def _conditional(
        self, outcome: tuple[Event, ...], given: tuple[Event, ...], do: tuple[Event, ...]
    ) -> Tensor:
        named = {event.variable for event in (*outcome, *given, *do)}
        if len(named) < len(outcome) + len(given) + len(do):
            raise TypeError("a variable with two values")
        whole = self.joint(event.variable for event in do)
        for name in self.observed:
            if name not in named:
                whole = whole.summed(name)
        top = self._at(whole, (*outcome, *given, *do))
        if not given:
            return top
        for event in outcome:
            whole = whole.summed(event.variable)
        return times(top, inverse(self._at(whole, (*given, *do))))

    def _at(self, tensor: Tensor, events: tuple[Event, ...]) -> Tensor:
        axes, values = list(tensor.axes), tensor.values
        for event in events:
            place = axes.index(event.variable)
            if isinstance(event.value, Letter):
                axes[place] = f"={event.value.name}"
            else:
                values = values.take(int(event.value.name), axis=place)
                del axes[place]
        return Tensor(tuple(axis.removeprefix("=") for axis in axes), values)

    def same(self, left: Expr, right: Expr) -> bool:
        """Whether two formulas agree for all values of their free letters."""
        difference = joined(self.value(left), self.value(right), np.subtract)
        return not difference.values.any()
