"""A closed form as a straight line of assignments, whatever the language.

Main definitions
----------------
Program : parameters, assignments, results.
program_of : the program of a closed form.

Implementation notes
--------------------
A node gets a name where it is used more than once, where it would make an expression long, and
where something is divided by it, for a denominator is asked whether it is zero. Very long sums and
products are cut, because parsers nest what they add up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from symcausal.algebra import scalar
from symcausal.errors import LimitError
from symcausal.numbers.evaluate.circuit import (
    CONSTANT,
    PARAMETER,
    POWER,
    PRODUCT,
    QUOTIENT,
    SUM,
    Circuit,
    made_of,
)
from symcausal.numbers.evaluate.closed_form import ClosedForm

MOST_OPERATIONS = 500_000
_LONGEST_EXPRESSION = 12  # parameters and numbers in one line, unless they are one flat sum
_LONGEST_CHAIN = 48


class Program:
    """What a closed form computes, step by step.

    Attributes
    ----------
    parameters : list of Indeterminate
        The arguments, in the order of the network's tables or of their first use.
    cells : list of (tuple of str, int or None)
        The states of the free letters with the node of each value; ``None`` where it is not defined.
    letters : tuple of str
        The free letters.
    steps : list of int
        Nodes that get names, parts first.
    kinds, parts : dict
        What each node is, as in a :class:`~symcausal.numbers.evaluate.circuit.Circuit`.
    """

    __slots__ = (
        "_circuit", "_next", "cells", "form", "kinds", "letters", "parameters", "parts", "steps",
    )  # fmt: skip

    def __init__(self, form: ClosedForm, order: Sequence[str]) -> None:
        self.form = form
        circuit = self._circuit = form.circuit
        self.letters = form.variables
        self.cells = [(states, form.nodes.get(states)) for states in product(*form.nodes.states)]
        reached = circuit.reachable(form.nodes.values())
        if len(reached) > MOST_OPERATIONS:
            raise LimitError(
                f"the closed form has {len(reached)} sums and products",
                expected=f"at most {MOST_OPERATIONS} in a function",
                hint="ask for fewer values at once, or put numbers in",
            )
        self.kinds = {node: circuit.kinds[node] for node in reached}
        self.parts = {node: circuit.parts[node] for node in reached}
        self._next = len(circuit.kinds)
        self.parameters = _ordered(circuit, reached, order)
        self._cut()
        self.steps = list(self._named())

    # -- what stands in a node ------------------------------------------------------------------
    def children(self, node: int) -> tuple[int, ...]:
        """The nodes that a node is made of."""
        return made_of(self.kinds[node], self.parts[node])

    def number(self, node: int) -> Fraction:
        """The value of a constant."""
        return self._circuit.constants[self.parts[node][0]]

    def parameter(self, node: int) -> scalar.Indeterminate:
        """The parameter of a node that is one."""
        return self._circuit.parameters[self.parts[node][0]]

    def is_leaf(self, node: int) -> bool:
        """Whether a node is a number or a parameter."""
        return self.kinds[node] in (CONSTANT, PARAMETER)

    def signed(self, node: int) -> tuple[bool, tuple[int, ...]]:
        """Whether a term is subtracted, and its factors without that sign."""
        if self.kinds[node] != PRODUCT:
            return False, (node,)
        factors = self.parts[node]
        if self.kinds[factors[0]] == CONSTANT and self.number(factors[0]) == -1:
            return True, factors[1:]
        return False, factors

    # -- inside ---------------------------------------------------------------------------------
    def _cut(self) -> None:
        """Sums and products with many parts become sums of sums and products of products."""
        for node in sorted(self.kinds):
            if self.kinds[node] in (SUM, PRODUCT) and len(self.parts[node]) > _LONGEST_CHAIN:
                whole, kind = self.parts[node], self.kinds[node]
                while len(whole) > _LONGEST_CHAIN:
                    whole = tuple(
                        self._made(kind, whole[at : at + _LONGEST_CHAIN])
                        for at in range(0, len(whole), _LONGEST_CHAIN)
                    )
                self.parts[node] = whole

    def _made(self, kind: int, parts: tuple[int, ...]) -> int:
        if len(parts) == 1:
            return parts[0]
        node, self._next = self._next, self._next + 1
        self.kinds[node], self.parts[node] = kind, parts
        return node

    def _order(self) -> list[int]:
        """All nodes, parts before wholes."""
        found: dict[int, None] = {}
        waiting = [(node, False) for _, node in reversed(self.cells) if node is not None]
        while waiting:
            node, is_ready = waiting.pop()
            if is_ready:
                found[node] = None
            elif node not in found:
                waiting.append((node, True))
                waiting.extend((c, False) for c in self.children(node) if c not in found)
        return list(found)

    def _named(self) -> Iterator[int]:
        order = self._order()
        uses = dict.fromkeys(order, 0)
        divisors: set[int] = set()
        for node in order:
            for child in self.children(node):
                uses[child] += 1
            if self.kinds[node] == QUOTIENT:
                divisors.add(self.parts[node][1])
            elif self.kinds[node] == POWER:
                divisors.add(self.parts[node][0])
        for _, result in self.cells:
            if result is not None:
                uses[result] += 1
        length: dict[int, int] = {}
        named: set[int] = set()
        for node in order:
            inside = sum(length[child] for child in self.children(node)) or 1
            if inside > _LONGEST_EXPRESSION:
                for child in self.children(node):
                    if length[child] > 1 and not self._is_light(child):
                        named.add(child)
                        length[child] = 1
                inside = len(self.children(node))
            length[node] = inside
            if self.is_leaf(node) or (self._is_light(node) and node not in divisors):
                continue
            is_guarded = self.kinds[node] in (QUOTIENT, POWER)
            if uses[node] > 1 or node in divisors or is_guarded:
                named.add(node)
            if node in named:
                length[node] = 1
        results = {node for _, node in self.cells if uses.get(node or -1) == 1}
        return (n for n in order if n in named and (n not in results or n in divisors))

    def _is_light(self, node: int) -> bool:
        """Whether a node is a parameter or a number with a minus before it."""
        negative, factors = self.signed(node)
        return negative and len(factors) == 1 and self.is_leaf(factors[0])


def program_of(form: ClosedForm, order: Sequence[str] = ()) -> Program:
    """The program of a closed form.

    Parameters
    ----------
    form : ClosedForm
        What to compute.
    order : sequence of str
        Names of parameters, in the order in which they are to be arguments; what it does not name
        comes last, in the order of first use.

    Raises
    ------
    LimitError
        If it has too many operations.
    """
    return Program(form, order)


def _ordered(
    circuit: Circuit, reached: Sequence[int], order: Sequence[str]
) -> list[scalar.Indeterminate]:
    found = [p for node in reached if (p := circuit.entry(node)) is not None]
    rank = {name: i for i, name in enumerate(order)}
    return sorted(found, key=lambda p: rank.get(p.name, len(rank)))
