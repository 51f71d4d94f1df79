"""A query as a function of the parameters.

Main definitions
----------------
CompiledQuery : the function, and its derivatives.

References
----------
[Darwiche2003]_ for all derivatives from one reverse pass.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import product

from symcausal.errors import ImpossibleEventError, MissingParameterError
from symcausal.expr.nodes import Expr
from symcausal.hints import TYPE_CHECKING, Any, TypeVar
from symcausal.network.loosened import numbers_of
from symcausal.network.network import Network
from symcausal.numbers.compiled.beside import refuse_contradictions
from symcausal.numbers.compiled.compiler import compile_query
from symcausal.numbers.compiled.exact import Walk
from symcausal.numbers.compiled.needs import Needs
from symcausal.numbers.compiled.tape import reason_of
from symcausal.numbers.compiled.values import ByParameter, NumbersRead, names_in, read_values
from symcausal.numbers.evaluate.value_table import ValueTable

if TYPE_CHECKING:
    from symcausal.numbers.evaluate.sympy_bridge import Parameter

V = TypeVar("V")
AxisStates = Mapping[int, int]  # the position of a state for each axis


class CompiledQuery:
    """A query as a function of the parameters, exact or over columns of numbers.

    Called with fractions it is exact, with floats it gives a float, and with columns (arrays, lists,
    columns of a data frame) an array with a value for each row. A query with free values gives a
    table of these, keyed by states.

    Attributes
    ----------
    names : tuple of str
        Names of the parameters that the value depends on, in the order of the model.

    Examples
    --------
    >>> from symcausal import Model
    >>> function = Model.parse("A; parameters q; P(A) = q, rest").compile("P(A=1)")
    >>> function.names, function({"q": "1/4"}), function({"q": [0.25, 0.5]}).tolist()
    (('q',), Fraction(3, 4), [0.75, 0.5])
    >>> function.gradient({"q": "1/4"})["q"]
    Fraction(-1, 1)
    """

    def __init__(
        self, network: Network, query: Expr, *, shown: str, numba: bool | None = None
    ) -> None:
        self._numba = numba
        self._network = network
        self._query = query
        self._shown = shown
        self._compiled = compile_query(network, query)
        self._tape = self._compiled.tape
        self._known = {p.name: p for p in network.parameters} | dict(network.declared)
        self._plain = self._needs(guarded=False)
        self._guarded = self._needs(guarded=True)
        self.names = self._plain.names

    def __reduce__(self) -> tuple[Callable[..., CompiledQuery], tuple[object, ...]]:
        return _again, (self._network, self._query, self._shown, self._numba)

    def __repr__(self) -> str:
        return f"CompiledQuery({self._shown!r}, {len(self.names)} parameters)"

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters that the value depends on, as SymPy symbols."""
        from symcausal.numbers.evaluate.sympy_bridge import Parameter

        return tuple(Parameter(self._known[name]) for name in self.names)

    def __call__(self, values: Mapping[Any, object] | None = None) -> Any:
        """The value.

        Parameters
        ----------
        values : mapping
            A number or a column for each parameter, by the parameter or by its name. Parameters of
            the model that the value does not depend on may be there, too.

        Returns
        -------
        Fraction, float, array, or ValueTable of these
            Where a condition has probability zero a column is nan in that row.

        Raises
        ------
        MissingParameterError, UnknownVariableError
            If numbers are missing, or there is no such parameter.
        ParameterRangeError
            If an entry leaves [0, 1]; its rows are named.
        ImpossibleEventError
            If the value is not defined because a condition has probability zero.
        """
        values = {} if values is None else values
        floats = self._quick(values)
        if floats is None:
            given, needs = self._read(values)
            if given.rows is not None:
                answer = needs.columns(given.numbers, given.rows)
                return self._each(lambda at: answer[self._offset(at)])
            floats = None if given.exact else needs.floats(given.numbers)
        if floats is not None and not any(map(math.isnan, floats)):
            return self._each(lambda at: floats[self._offset(at)])
        return self._walked(values)

    def gradient(self, values: Mapping[Any, object] | None = None) -> ByParameter[Any] | Any:
        """Return the derivatives by all parameters, from one reverse pass.

        Parameters
        ----------
        values : mapping
            As for a call.

        Returns
        -------
        ByParameter, or ValueTable of ByParameter
            A number or a column for each parameter, by the parameter or by its name. The remainder
            of a row gives way to its parameters.

        Raises
        ------
        SymcausalError
            As for a call.
        """
        given, needs = self._read({} if values is None else values)
        if given.rows is not None:
            rows = given.rows
            return self._each(
                lambda at: ByParameter(needs.column_slopes(given.numbers, rows, self._cell(at)))
            )
        # The value comes first, since it checks the numbers; None is said without NumPy.
        if not given.exact and needs.floats(given.numbers) is not None:
            try:
                return self._each(lambda at: self._float_slopes(given, needs, at))
            except ImpossibleEventError:
                pass  # to say which condition it is
        walk = self._walk(given, needs)
        entries = walk[self._compiled.answer]
        number: Callable[[Any], Any] = Fraction if given.exact else float

        def cell(at: AxisStates) -> ByParameter[Any]:
            slopes = {} if entries[self._offset(at)] is None else needs.slopes(walk, self._cell(at))
            if None in slopes.values() or (not slopes and needs.names):
                raise ImpossibleEventError(self._reason(walk, at))
            return ByParameter({name: number(slopes[name]) for name in self.names})

        return self._each(cell)

    def to_source(self, language: str, *, name: str = "probability") -> str:
        """Return the query as source text of a function in a language.

        Parameters
        ----------
        language : str
            ``python``, ``numpy``, ``c``, ``julia``, ``r`` or ``javascript``.
        name : str
            The name of the function. Its arguments are the parameters that are open in the model,
            as far as the value depends on them, in the order of the tables.

        Raises
        ------
        UsageError
            If there is no such language, or the name is none there.
        LimitError
            If it would be too long.
        """
        from symcausal.numbers.source.languages import source_of

        return source_of(self._query, self._network, language, name=name)

    # -- inside ---------------------------------------------------------------------------------
    def _quick(self, values: Mapping[Any, object]) -> list[float] | None:
        """The answer where a float, no more and no less, stands by the name of every parameter."""
        if not isinstance(values, Mapping) or len(values) != len(self._guarded.names):
            return None
        return self._guarded.quick_floats(values)

    def _walked(self, values: Mapping[Any, object]) -> Any:
        """The value in Python's own numbers, with reasons for what is not defined."""
        given, needs = self._read(values)
        walk = self._walk(given, needs)
        entries = walk[self._compiled.answer]
        number: Callable[[Any], Any] = Fraction if given.exact else float

        def cell(at: AxisStates) -> Any:
            entry = entries[self._offset(at)]
            if entry is None:
                raise ImpossibleEventError(self._reason(walk, at))
            return number(entry)

        return self._each(cell)

    def _float_slopes(self, given: NumbersRead, needs: Needs, at: AxisStates) -> ByParameter[float]:
        columns = needs.column_slopes(given.numbers, 1, self._cell(at))
        slopes = {name: float(columns[name][0]) for name in self.names}
        if any(map(math.isnan, slopes.values())):
            raise ImpossibleEventError("a denominator")
        return ByParameter(slopes)

    def _needs(self, *, guarded: bool) -> Needs:
        return Needs(
            self._network,
            self._tape,
            self._compiled.answer,
            self._known,
            guarded=guarded,
            numba=self._numba,
        )

    def _read(self, values: Mapping[Any, object]) -> tuple[NumbersRead, Needs]:
        """The numbers, and whether those of tables that only guard the value are among them."""
        given, needs = self._numbers(values, self.names), self._guarded
        if needs.names != self.names:
            try:
                given = self._numbers(values, needs.names)
            except MissingParameterError:
                needs = self._plain
        if needs.beside:
            refuse_contradictions(
                needs.beside, names_in(values), lambda names: self._alike(values, names)
            )
        return given, needs

    def _alike(self, values: Mapping[Any, object], names: Sequence[str]) -> dict[str, Any]:
        """Numbers, those in columns as arrays."""
        given = self._numbers(values, names)
        if given.rows is None:
            return given.numbers
        from symcausal.numbers.compiled.arrays import as_column

        return {name: as_column(name, n, given.rows) for name, n in given.numbers.items()}

    def _numbers(self, values: Mapping[Any, object], names: Sequence[str]) -> NumbersRead:
        return read_values(values, names, self._known.keys(), lambda: numbers_of(self._network))

    def _walk(self, given: NumbersRead, needs: Needs) -> Walk:
        needs.rows.check(given.numbers)
        walk = Walk(self._tape, given.numbers, exact=given.exact, guarded=needs.guarded)
        walk.run([self._compiled.answer])
        return walk

    # -- free values ----------------------------------------------------------------------------
    def _each(self, value: Callable[[AxisStates], V]) -> V | ValueTable[V]:
        """The value, or the table of values, one for each assignment of the free letters."""
        compiled = self._compiled
        if not compiled.letters:
            return value({})
        variables = [self._network.variable(name) for name in compiled.letters.values()]
        values: dict[tuple[str, ...], V] = {}
        undefined: dict[tuple[str, ...], str] = {}
        for positions in product(*(range(len(v.states)) for v in variables)):
            key = tuple(v.states[i] for v, i in zip(variables, positions, strict=True))
            try:
                values[key] = value(dict(zip(compiled.axes, positions, strict=True)))
            except ImpossibleEventError as error:
                undefined[key] = error.event
        if not values:
            raise ImpossibleEventError(next(iter(undefined.values())))
        states = tuple(variable.states for variable in variables)
        return ValueTable(tuple(compiled.letters), states, values, undefined)

    def _cell(self, at: AxisStates) -> tuple[int, ...]:
        """The cell of the answer's table where the letters have these states."""
        return tuple(at[axis] for axis in self._tape.scopes[self._compiled.answer])

    def _offset(self, at: AxisStates) -> int:
        offset = 0
        for axis in self._tape.scopes[self._compiled.answer]:
            offset = offset * self._tape.sizes[axis] + at[axis]
        return offset

    def _reason(self, walk: Walk, at: AxisStates) -> str:
        """The first condition on the way that is impossible where the letters have these states."""
        tape = self._tape
        for table in tape.needed([self._compiled.answer], guarded=walk.guarded):
            reason = reason_of(tape.operations[table])
            if reason is not None:
                scope = tape.scopes[table]
                states = product(*(range(tape.sizes[axis]) for axis in scope))
                for positions, entry in zip(states, walk[table], strict=True):
                    here = dict(zip(scope, positions, strict=True))
                    if entry is None and all(here.get(axis, i) == i for axis, i in at.items()):
                        return tape.reasons[reason]({**at, **here})
        return "a denominator"


def _again(network: Network, query: Expr, shown: str, numba: bool | None) -> CompiledQuery:
    return CompiledQuery(network, query, shown=shown, numba=numba)
