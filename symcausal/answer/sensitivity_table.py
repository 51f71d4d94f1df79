"""How each value of a query with free values depends on a table entry.

Main definitions
----------------
SensitivityTable : a function for each assignment of states.
sensitivity_table : make one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from symcausal.answer.sensitivity import Sensitivity, sensitivity
from symcausal.errors import ImpossibleEventError
from symcausal.expr.nodes import Expr, State
from symcausal.expr.scope import free_letters, substitute
from symcausal.network.network import Network
from symcausal.numbers.evaluate.value_table import ValueTable
from symcausal.reading.vocabulary import Vocabulary
from symcausal.writing.latex import latex
from symcausal.writing.notations import Notation


class SensitivityTable(ValueTable[Sensitivity]):
    """A function for each assignment of states, by these; printable as one function is."""

    __slots__ = ("query",)

    query: Expr

    def __str__(self) -> str:
        return self.to_text()

    def to(self, shape: str, **bounds: object) -> str:
        """Print as ``text``, ``latex`` or ``json``; bounds as for one function."""
        return {"text": self.to_text, "latex": self.to_latex, "json": self.to_json}[shape](**bounds)

    def to_text(self, **bounds: object) -> str:
        """Some lines for each function."""
        blocks = [found.to_text(**bounds) for found in self.values()]
        blocks += [
            f"{place} is not defined: {event} is impossible" for place, event in self._gaps()
        ]
        return "\n\n".join(blocks)

    def to_latex(self, **bounds: object) -> str:
        """An ``align*`` for each function, and one for each value that is not defined."""
        blocks = [found.to_latex(**bounds) for found in self.values()]
        for states in self.undefined:
            first = next(iter(self.values()))
            at = dict(zip(self.variables, map(State, states), strict=True))
            left = latex(substitute(self.query, at), first.notation)
            blocks.append(f"\\begin{{align*}}\n{left} &\\text{{ is not defined}}\n\\end{{align*}}")
        return "\n".join(blocks)

    def to_json(self, **bounds: object) -> str:
        """The functions as a list, each with its states; and where there is none."""
        import json

        cells = [
            {"at": dict(zip(self.variables, states, strict=True))}
            | json.loads(found.to_json(**bounds))
            for states, found in self.items()
        ]
        undefined = [
            {"at": dict(zip(self.variables, states, strict=True)), "impossible": event}
            for states, event in self.undefined.items()
        ]
        return json.dumps(
            {"functions": cells, "undefined": undefined}, indent=2, ensure_ascii=False
        )

    def _gaps(self) -> Iterator[tuple[str, str]]:
        for states, event in self.undefined.items():
            pairs = zip(self.variables, states, strict=True)
            yield ", ".join(f"{name}={state}" for name, state in pairs), event


def sensitivity_table(
    network: Network, query: Expr, parameter: object, vocabulary: Vocabulary, notation: Notation
) -> SensitivityTable:
    """A query with free values as a table of functions of one entry.

    Raises
    ------
    ImpossibleEventError
        If it is defined nowhere.
    UsageError
        If there is no such entry.
    """
    free = free_letters(query)
    states = tuple(network.variable(variable).states for variable in free.values())
    found: dict[tuple[str, ...], Sensitivity] = {}
    undefined: dict[tuple[str, ...], str] = {}
    for key in product(*states):
        ground = substitute(query, dict(zip(free, map(State, key), strict=True)))
        try:
            found[key] = sensitivity(network, ground, parameter, vocabulary, notation)
        except ImpossibleEventError as error:
            undefined[key] = error.event
    if not found:
        raise ImpossibleEventError(next(iter(undefined.values())))
    table = SensitivityTable(tuple(free), states, found, undefined)
    table.query = query
    return table
