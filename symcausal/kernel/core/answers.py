"""Response functions, listed: a number for each function that a variable may answer its parents by.

The laws of :class:`~symcausal.kernel.core.worlds.Responses` agree with tables and are signed elsewhere,
which polynomials do not notice and inequalities do. Here a law is what it is: a function has a
probability, given the hidden causes of its variable, and every other number is a sum of these.

Main definitions
----------------
functions : those from rows of the parents to states that rise with some of them.
Listed : the laws of answers and the tables that follow, with functions for some variables.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import product

from symcausal.algebra.deadline import spend
from symcausal.algebra.field import Field
from symcausal.errors import LimitError
from symcausal.graph.graph import Graph
from symcausal.hints import TypeAlias, TypeVar
from symcausal.kernel.core.draws import Draws
from symcausal.kernel.core.worlds import Responses

V = TypeVar("V")

MOST_FUNCTIONS = 512

_AnsweredRow: TypeAlias = tuple[int, ...]
_Function: TypeAlias = dict[_AnsweredRow, int]
_TableOf: TypeAlias = tuple[tuple[str, ...], Sequence[V]]


def functions(sizes: Sequence[int], rising: Sequence[bool], width: int) -> list[_Function]:
    """Return the functions from rows to states; along a direction that rises none of them falls.

    Raises
    ------
    LimitError
        If there are too many.

    Examples
    --------
    >>> [f[0,] * 10 + f[1,] for f in functions([2], [False], 2)]
    [0, 1, 10, 11]
    >>> [f[0,] * 10 + f[1,] for f in functions([2], [True], 2)]
    [0, 1, 11]
    """
    found: list[_Function] = [{}]
    for row in product(*map(range, sizes)):
        below = [
            (*row[:i], at - 1, *row[i + 1 :])
            for i, (at, up) in enumerate(zip(row, rising, strict=True))
            if up and at
        ]
        found = [
            {**one, row: state}
            for one in found
            for state in range(max((one[lower] for lower in below), default=0), width)
        ]
        spend(len(found))
        if len(found) > MOST_FUNCTIONS:
            raise LimitError(
                f"a variable with more than {MOST_FUNCTIONS} answers to its parents",
                expected="fewer parents or states",
            )
    return found


class Listed(Responses[V]):
    """The laws of answers and the tables that follow, where functions have numbers.

    Parameters
    ----------
    columns : dict
        The parents and the flat table of each variable; :meth:`add` adds one. What is not listed is
        asked for at several rows only if its table is certain.
    states : mapping of str to tuple of str
        The states of each variable.
    field : Field
        Where the numbers live.
    """

    def __init__(
        self,
        columns: dict[str, _TableOf[V]],
        states: Mapping[str, tuple[str, ...]],
        field: Field[V],
    ) -> None:
        super().__init__(columns, states, field, Draws(0))
        self._made_columns = columns
        self._functions: dict[str, list[_Function]] = {}
        self._is_cause: dict[str, list[bool]] = {}
        self._laws: dict[tuple[str, _AnsweredRow], Sequence[V]] = {}

    def add(
        self, name: str, graph: Graph, causes: Collection[str], law: Callable[[int], Sequence[V]]
    ) -> None:
        """List the functions of a variable, and give each a number.

        Parameters
        ----------
        name : str
            The variable.
        graph : Graph
            Arrows only; hidden causes are explicit.
        causes : collection of str
            The parents of any variable on which laws depend, and functions do not.
        law : callable
            Makes that many numbers; it is asked once for each state of the causes.
        """
        parents = graph.parents(name)
        causal = [parent in causes for parent in parents]
        rises = [(p, name) in graph.monotone for p in parents if p not in causes]
        counts = [len(self._states[parent]) for parent in parents]
        sizes = [count for count, above in zip(counts, causal, strict=True) if not above]
        found = functions(sizes, rises, len(self._states[name]))
        self._functions[name], self._is_cause[name] = found, causal
        for place in product(
            *(range(count) for count, above in zip(counts, causal, strict=True) if above)
        ):
            self._laws[name, place] = law(len(found))
        width = len(self._states[name])
        self._made_columns[name] = (
            parents,
            [
                self.at(name, {row: state})
                for row in product(*map(range, counts))
                for state in range(width)
            ],
        )

    def at(self, variable: str, values: Mapping[_AnsweredRow, int]) -> V:
        """Return the probability that a variable has these states at these rows."""
        field = self._field
        if variable not in self._functions:
            found = field.one
            for row, state in values.items():
                entry = self._row(variable, row)[state]
                if len(values) > 1 and entry not in (field.zero, field.one):
                    raise ValueError(f"the functions of {variable} are not listed")
                found = field.mul(found, entry)
            return found
        answers, above = dict[_AnsweredRow, int](), _AnsweredRow()
        for row, state in values.items():
            parts = list(zip(row, self._is_cause[variable], strict=True))
            above = tuple(at for at, causal in parts if causal)  # the same in all worlds
            answers[tuple(at for at, causal in parts if not causal)] = state
        total = field.zero
        for function, number in zip(
            self._functions[variable], self._laws[variable, above], strict=True
        ):
            if all(function[row] == state for row, state in answers.items()):
                total = field.add(total, number)
        return total
