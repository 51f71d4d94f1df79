"""The value of a query: a number, a table of numbers, or what is left when parameters are open.

Main definitions
----------------
Evaluation : the answer, printable.
exact_value : values from the kernel, for a network in which everything has a number.
impossible_condition : which condition of a formula has probability zero.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from symcausal.errors import ImpossibleEventError
from symcausal.expr.build import prob
from symcausal.expr.nodes import Events, Expectation, Expr, Prob, State, Value
from symcausal.expr.path import everywhere
from symcausal.expr.scope import free_letters, substitute
from symcausal.kernel.interpretation import Interpretation, exact
from symcausal.kernel.meaning import meaning
from symcausal.network.network import Network
from symcausal.notation.text import text

Cells = dict[tuple[str, ...], object]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The values of a query.

    Attributes
    ----------
    query : str
        As it was asked.
    letters : tuple of str
        The free values, in reading order; empty for a single number.
    cells : dict
        By the states of the letters: a fraction, a SymPy expression, or None where it is not defined.
    closed_form : str
        The closed form of a single cell as SymPy prints it, if it was asked for.
    """

    query: str
    letters: tuple[str, ...]
    cells: Cells
    closed_form: str | None = None

    def to(self, shape: str) -> str:
        """Print as ``text``, ``csv`` or ``json``."""
        return {"text": self.to_text, "csv": self.to_csv, "json": self.to_json}[shape]()

    def to_text(self) -> str:
        """One line, or one for each cell."""
        if not self.letters:
            return _shown(self.cells[()])
        lines = []
        for states, value in self.cells.items():
            place = ", ".join(f"{n}={s}" for n, s in zip(self.letters, states, strict=True))
            lines.append(f"{place}: {_shown(value)}")
        return "\n".join(lines)

    def to_csv(self) -> str:
        """A header, then a line for each cell with the exact value."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([*self.letters, "value"])
        for states, value in self.cells.items():
            writer.writerow([*states, "" if value is None else str(value)])
        return out.getvalue()

    def to_json(self) -> str:
        """The JSON of ``symcausal evaluate``."""
        data: dict[str, object] = {"query": self.query, "value": None, "float": None}
        data["closed_form"] = self.closed_form
        data["table"] = None
        if self.letters:
            data["table"] = [
                {
                    "states": dict(zip(self.letters, states, strict=True)),
                    "value": None if value is None else str(value),
                    "float": float(value) if isinstance(value, Fraction) else None,
                }
                for states, value in self.cells.items()
            ]
        else:
            value = self.cells[()]
            data["value"] = str(value)
            data["float"] = float(value) if isinstance(value, Fraction) else None
        return json.dumps(data, indent=2, ensure_ascii=False)


def _shown(value: object) -> str:
    if value is None:
        return "undefined (the condition has probability zero)"
    if isinstance(value, Fraction) and value.denominator != 1:
        return f"{value} = {_decimal(value)}"
    return str(value)


def _decimal(value: Fraction) -> str:
    rounded = f"{float(value):.6g}"
    return rounded if Fraction(rounded) == value else f"{rounded}..."


def exact_value(
    query: Expr, network: Network, values: Mapping[str, Fraction]
) -> tuple[tuple[str, ...], dict[tuple[str, ...], Fraction | None]]:
    """The letters of a query and its value for all their states, exactly.

    Raises
    ------
    ImpossibleEventError
        If the query is a single number and is not defined.
    """
    at = exact(network, values)
    free = free_letters(query)
    scope = tuple(free)
    table = meaning(query, at, scope)
    places = product(*(at.states_of(free[letter]) for letter in scope))
    cells = dict(zip(places, table.values, strict=True))
    if not any(value is not None for value in cells.values()):
        raise ImpossibleEventError(impossible_condition(query, at) or "of the query")
    return scope, cells


def impossible_condition(
    query: Expr, at: Interpretation[Fraction | None]
) -> str:
    """The first condition in a formula that has probability zero, as text; empty if none has."""
    for _, node in everywhere(query):
        if not isinstance(node, Prob | Expectation) or not node.given:
            continue
        condition = prob(node.given, (), node.do)
        free = free_letters(condition)
        states = [at.states_of(variable) for variable in free.values()]
        column = meaning(condition, at, tuple(free)).values
        for place, value in zip(product(*states), column, strict=True):
            if value == 0:
                settled: dict[str, Value] = {
                    letter: State(state) for letter, state in zip(free, place, strict=True)
                }
                event = substitute(condition, settled)
                return _named(event)
    return ""


def _named(event: Expr) -> str:
    if isinstance(event, Prob):
        inside = ", ".join(f"{e.variable}={e.value.name}" for e in event.outcome)
        return f"{inside} (after do({_listed(event.do)}))" if event.do else inside
    return text(event)


def _listed(events: Events) -> str:
    return ", ".join(f"{e.variable}={e.value.name}" for e in events)
