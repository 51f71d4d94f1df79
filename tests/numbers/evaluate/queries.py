"""Short spellings of queries and of partly symbolic networks."""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction
from itertools import product

from symcausal.algebra.scalar import Indeterminate, Number, Term, minus, parameters, plus
from symcausal.expr.nodes import Event, Events, Expr, Letter, Prob, State
from symcausal.network.network import Network, Table
from symcausal.network.parameters import symbolic_row, symbolic_table
from symcausal.numbers.evaluate.closed_form import closed_form
from symcausal.numbers.evaluate.substitution import with_values
from symcausal.numbers.evaluate.value_table import ValueTable
from tests.numbers.evaluate.exact import evaluate_exact


def ask(outcome: str, given: str = "", do: str = "") -> Prob:
    """``ask("L=l1", given="I=i0 D")``: words are events, a bare name has its free value."""
    return Prob(*(Events(map(_event, part.split())) for part in (outcome, given, do)))


def _event(word: str) -> Event:
    name, _, state = word.partition("=")
    return Event(name, State(state) if state else Letter(name))


def symbolic(network: Network) -> Network:
    """The same network with every entry a symbol."""
    tables = {
        name: symbolic_table(network.variables[name], table.parents, network.variables)
        for name, table in network.tables.items()
    }
    return Network(network.variables, network.graph, tables)


def loosened(
    network: Network, rng: random.Random, *, share: float = 0.6
) -> tuple[Network, dict[str, Fraction]]:
    """Symbols for some rows of numbers, and the numbers that they stand for."""
    tables, values = {}, {}
    for name, table in network.tables.items():
        entries: list[Term] = []
        states = [network.variables[p].states for p in table.parents]
        for parents, (_, row) in zip(product(*states), network.rows(name), strict=True):
            choice = rng.random()
            if choice > share:
                entries += row
            elif choice < share / 4 and len(row) == 2:
                q = Indeterminate(f"q_{name}_{len(entries)}")
                values[q.name] = row[1].value
                entries += [plus([Number(Fraction(1)), minus(q)]), q]
            else:
                given = list(zip(table.parents, parents, strict=True))
                remainder = rng.randrange(len(row))
                new = symbolic_row(network.variables[name], given, remainder=remainder)
                for i, (entry, old) in enumerate(zip(new, row, strict=True)):
                    if i != remainder:
                        (parameter,) = parameters(entry)
                        values[parameter.name] = old.value
                entries += new
        tables[name] = Table(name, table.parents, tuple(entries))
    return Network(network.variables, network.graph, tables), values


def exact_value(
    network: Network, expr: Expr, values: Mapping[object, object] | None = None
) -> Fraction | ValueTable[Fraction]:
    """The number that a formula is by its closed form; a table of numbers if values are free."""
    form = closed_form(with_values(network, values or {}), expr)
    return form.each(lambda circuit, node: evaluate_exact(circuit, node, {}))
