"""A query as a function of the parameters.

Main definitions
----------------
CompiledQuery : the function, and its derivatives.

References
----------
[Darwiche2003]_ for all derivatives from one reverse pass.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property, partial
from itertools import product
from typing import TYPE_CHECKING, Any, TypeVar

from symcausal.algebra.scalar import parameters
from symcausal.compiled.checks import Rows, rows_read
from symcausal.compiled.compiler import compile_query
from symcausal.compiled.exact import Walk
from symcausal.compiled.tape import Divide, Gather, Guard
from symcausal.compiled.values import Given, read_values
from symcausal.errors import ImpossibleEventError, MissingParameterError
from symcausal.evaluate.value_table import ValueTable
from symcausal.expr.nodes import Expr
from symcausal.network.loosened import numbers_of
from symcausal.network.network import Network

if TYPE_CHECKING:
    from symcausal.compiled.arrays import Program
    from symcausal.evaluate.sympy_bridge import Parameter

V = TypeVar("V")


class CompiledQuery:
    """The value of a query as a function of the parameters.

    Called with fractions it is exact, with floats it gives a float, and with columns (arrays, lists,
    columns of a data frame) an array with a value for each row. A query with free values gives a
    table of these, keyed by states.

    Attributes
    ----------
    names : tuple of str
        Names of the parameters that the value depends on, in the order of the model.
    """

    def __init__(self, network: Network, query: Expr, *, shown: str) -> None:
        self._network = network
        self._shown = shown
        self._compiled = compile_query(network, query)
        self._tape = self._compiled.tape
        self._known = {p.name: p for p in network.parameters} | dict(network.declared)
        self._plain = _Needs(self, guarded=False)
        self._guarded = _Needs(self, guarded=True)
        self.names = self._plain.names

    def __repr__(self) -> str:
        return f"CompiledQuery({self._shown!r}, {len(self.names)} parameters)"

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters that the value depends on, as SymPy symbols."""
        from symcausal.evaluate.sympy_bridge import Parameter

        return tuple(Parameter(self._known[name]) for name in self.names)

    def __call__(self, values: Mapping[Any, object] | None = None) -> Any:
        """The value.

        Parameters
        ----------
        values : mapping
            A number or a column for each parameter, by the parameter or by its name. Parameters of
            the model that the value does not depend on may be there, too.

        Raises
        ------
        MissingParameterError, UnknownVariableError
            If numbers are missing, or there is no such parameter.
        ParameterRangeError
            If an entry leaves [0, 1]; its rows are named.
        ImpossibleEventError
            If the value is not defined because a condition has probability zero. In a column it is
            nan in those rows, and in a table undefined in those cells.
        """
        given, needs = self._read(values or {})
        if given.rows is not None:
            return self._columns(given, given.rows, needs)
        needs.rows.check(given.numbers)
        walk = Walk(self._tape, given.numbers, exact=given.exact, guarded=needs.guarded)
        walk.run([self._compiled.answer])
        number = Fraction if given.exact else float
        return self._cells(walk[self._compiled.answer], number, partial(self._reason, walk))

    # -- inside ---------------------------------------------------------------------------------
    def _read(self, values: Mapping[Any, object]) -> tuple[Given, _Needs]:
        """The numbers, and whether those of tables that only guard the value are among them."""
        given = self._numbers(values, self.names)
        if self._guarded.names == self.names:
            return given, self._guarded
        try:
            return self._numbers(values, self._guarded.names), self._guarded
        except MissingParameterError:
            return given, self._plain

    def _numbers(self, values: Mapping[Any, object], names: Sequence[str]) -> Given:
        return read_values(values, names, self._known.keys(), lambda: numbers_of(self._network))

    def _columns(self, given: Given, rows: int, needs: _Needs) -> Any:
        (answer,) = needs.program.run(given.numbers, rows)
        return self._cells(list(answer.reshape(-1, rows)), lambda column: column)

    def _cells(
        self,
        entries: Sequence[Any],
        made: Callable[[Any], V],
        reason: Callable[[Mapping[int, int]], str] = lambda _: "",
    ) -> V | ValueTable[V]:
        """What the answer's table says for each assignment of the free letters."""
        compiled, sizes = self._compiled, self._tape.sizes
        scope = self._tape.scopes[compiled.answer]
        variables = [self._network.variable(name) for name in compiled.letters.values()]
        values: dict[tuple[str, ...], V] = {}
        undefined: dict[tuple[str, ...], str] = {}
        for positions in product(*(range(len(v.states)) for v in variables)):
            at = dict(zip(compiled.axes, positions, strict=True))
            offset = 0
            for axis in scope:
                offset = offset * sizes[axis] + at[axis]
            key = tuple(v.states[i] for v, i in zip(variables, positions, strict=True))
            if entries[offset] is None:
                undefined[key] = reason(at)
            else:
                values[key] = made(entries[offset])
        if not values:
            raise ImpossibleEventError(next(iter(undefined.values())))
        if not variables:
            return values[()]
        states = tuple(variable.states for variable in variables)
        return ValueTable(tuple(compiled.letters), states, values, undefined)

    def _reason(self, walk: Walk, at: Mapping[int, int]) -> str:
        """The first condition on the way that is impossible where the letters have these states."""
        tape = self._tape
        for table in tape.needed([self._compiled.answer], guarded=walk.guarded):
            operation = tape.operations[table]
            if isinstance(operation, Divide | Guard):
                scope = tape.scopes[table]
                states = product(*(range(tape.sizes[axis]) for axis in scope))
                for positions, entry in zip(states, walk[table], strict=True):
                    here = dict(zip(scope, positions, strict=True))
                    if entry is None and all(here.get(axis, i) == i for axis, i in at.items()):
                        return tape.reasons[operation.reason]({**at, **here})
        return "a denominator"


class _Needs:
    """What the value needs, with or without the tables that only say whether it is defined."""

    def __init__(self, query: CompiledQuery, *, guarded: bool) -> None:
        tape = query._tape
        self._query = query
        self.guarded = guarded
        needed = tape.needed([query._compiled.answer], guarded=guarded)
        gathers = [op for at in needed if isinstance(op := tape.operations[at], Gather)]
        self.terms = list(dict.fromkeys(term for gather in gathers for term in gather.terms))
        found = {p.name for term in self.terms for p in parameters(tape.terms[term])}
        self.names = tuple(name for name in query._known if name in found)

    @cached_property
    def rows(self) -> Rows:
        """The rows of tables that are read."""
        tape = self._query._tape
        read = rows_read(self.terms, tape.rows, tape.terms)
        return Rows(self._query._network, read, set(self.names))

    @cached_property
    def program(self) -> Program:
        """The calls of NumPy."""
        from symcausal.compiled.arrays import Program

        query = self._query
        answers = [query._compiled.answer]
        return Program(query._tape, answers, self.rows, guarded=self.guarded)
