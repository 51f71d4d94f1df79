"""The value of a formula of several worlds, where the tables of a model determine it.

Tables give the law of a variable at one row of its parents. At several rows at once they give it where
all of these but one are certain, since what is certain goes with everything in one way only.

Main definitions
----------------
determined : the value of a formula at each place of its letters.
Undetermined : the exception that names what the tables leave open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from symcausal.expr.nodes import Expr
from symcausal.kernel.core.draws import Draws
from symcausal.kernel.core.interpretation import Interpretation, exact
from symcausal.kernel.core.meaning import meaning
from symcausal.kernel.core.worlds import Responses
from symcausal.network.network import Network
from symcausal.record import replace


class Undetermined(Exception):  # noqa: N818 - an answer, which the caller puts in words
    """The exception that says which variable would have to be known at two rows at once.

    Attributes
    ----------
    variable : str
        The variable.
    rows : tuple of mapping of str to str
        The states of its parents in the two rows.
    """

    def __init__(self, variable: str, rows: Sequence[Mapping[str, str]]) -> None:
        super().__init__(variable)
        self.variable = variable
        self.rows = tuple(rows)


class _Certain(Responses[Fraction | None]):
    """The joint laws that tables determine; it refuses all others."""

    def __init__(self, at: Interpretation[Fraction | None]) -> None:
        super().__init__(at.columns, at.states, at.field, Draws(0))
        self._at = at

    def at(self, variable: str, values: Mapping[tuple[int, ...], int]) -> Fraction | None:
        """Return the probability that a variable has these states at these rows."""
        product, open_rows = self._at.field.one, list[tuple[int, ...]]()
        for row, state in values.items():
            entries = self._row(variable, row)
            product = self._at.field.mul(product, entries[state])
            if all(entry != 1 for entry in entries):
                open_rows.append(row)
        if len(open_rows) > 1:
            parents, _ = self._at.columns[variable]
            raise Undetermined(
                variable,
                [
                    {p: self._at.states[p][s] for p, s in zip(parents, row, strict=True)}
                    for row in open_rows[:2]
                ],
            )
        return product


def determined(
    formula: Expr, network: Network, letters: Mapping[str, str]
) -> Sequence[Fraction | None]:
    """Return the value of a formula at each place of its letters; None where it has none.

    Parameters
    ----------
    formula : Expr
        What is asked for.
    network : Network
        A network without hidden causes that have no table, and with numbers for all entries.
    letters : mapping of str to str
        The variables of the free letters.

    Raises
    ------
    Undetermined
        If two networks with these tables may differ in it.
    """
    at = exact(network)
    return meaning(formula, replace(at, made=[_Certain(at)]), letters).values
