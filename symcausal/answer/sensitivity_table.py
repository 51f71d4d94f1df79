"""How each value of a query with free values depends on a table entry.

Main definitions
----------------
SensitivityTable : a function for each assignment of states.
sensitivity_table : make one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import product

from symcausal.answer.sensitivity import Sensitivity, sensitivity
from symcausal.errors import ImpossibleEventError
from symcausal.expr.nodes import Expr, State
from symcausal.expr.scope import free_letters, substitute
from symcausal.network.network import Network
from symcausal.numbers.evaluate.value_table import ValueTable
from symcausal.reading.vocabulary import Vocabulary
from symcausal.writing.blocks import Block, Items
from symcausal.writing.latex import latex
from symcausal.writing.notations import Notation
from symcausal.writing.shown import Shown
from symcausal.writing.style import Style


class SensitivityTable(ValueTable[Sensitivity], Shown):
    """A function for each assignment of states, by these; printable as one function is."""

    __slots__ = ("query",)
    options = Sensitivity.options

    query: Expr

    __repr__ = Shown.__repr__
    _repr_mimebundle_ = Shown._repr_mimebundle_

    def blocks(self) -> list[Block]:
        """The blocks of each function, and what is not defined."""
        found = [block for cell in self.values() for block in cell.blocks()]
        gaps = tuple((line,) for line in self._gaps())
        return [*found, *[Items(gaps)] * bool(gaps)]

    def as_data(self) -> dict[str, object]:
        """The functions as a list, each with its states; and where there is none."""
        cells = [
            {"at": dict(zip(self.variables, states, strict=True))} | found.as_data()
            for states, found in self.items()
        ]
        undefined = [
            {"at": dict(zip(self.variables, states, strict=True)), "impossible": event}
            for states, event in self.undefined.items()
        ]
        return {"functions": cells, "undefined": undefined}

    @property
    def style(self) -> Style:
        """That of the functions."""
        return next(iter(self.values())).style

    def own_formats(self, style: Style) -> dict[str, Callable[[], str]]:
        """Text and LaTeX of each function, one below the other."""
        return {"text": self._text, "latex": partial(self._latex, style)}

    def _text(self) -> str:
        return "\n\n".join([*(found.to_text() for found in self.values()), *self._gaps()])

    def _latex(self, style: Style) -> str:
        blocks = [found.to_latex(width=style.ems) for found in self.values()]
        for states in self.undefined:
            at = dict(zip(self.variables, map(State, states), strict=True))
            left = latex(substitute(self.query, at), self.style.notation)
            blocks.append(f"\\begin{{align*}}\n{left} &\\text{{ is not defined}}\n\\end{{align*}}")
        return "\n".join(blocks)

    def _with(self, options: Mapping[str, object]) -> SensitivityTable:
        """A table of functions that are printed so."""
        cells = {states: found._with(options) for states, found in self.items()}
        table = SensitivityTable(self.variables, self.states, cells, self.undefined)
        table.query = self.query
        return table

    def _gaps(self) -> Iterator[str]:
        for states, event in self.undefined.items():
            pairs = zip(self.variables, states, strict=True)
            place = ", ".join(f"{name}={state}" for name, state in pairs)
            yield f"{place} is not defined: {event} is impossible"


def sensitivity_table(
    network: Network, query: Expr, parameter: object, vocabulary: Vocabulary, notation: Notation
) -> SensitivityTable:
    """Return a query with free values as a table of functions of one entry.

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
