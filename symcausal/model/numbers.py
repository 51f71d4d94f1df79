"""Questions to the tables of a model.

Main definitions
----------------
NumberQuestions : tables, values, closed forms, sensitivity.
Counts : how many numbers a model takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from symcausal.expr.nodes import Expr
from symcausal.expr.scope import free_letters
from symcausal.record import record
from symcausal.writing.text import text

if TYPE_CHECKING:
    from fractions import Fraction

    import sympy

    from symcausal.answer.elimination import Elimination
    from symcausal.answer.evaluation import Evaluation
    from symcausal.answer.joint_sensitivity import JointSensitivity
    from symcausal.answer.printed_tables import Tables
    from symcausal.answer.sensitivities import Sensitivities
    from symcausal.answer.sensitivity import Sensitivity
    from symcausal.answer.sensitivity_table import SensitivityTable
    from symcausal.numbers.evaluate.sympy_bridge import Parameter
    from symcausal.numbers.evaluate.value_table import ValueTable

from symcausal.model.held import Held, Values


@record
class Counts:
    """How many numbers a model takes.

    Attributes
    ----------
    joint_entries : int
        Entries of the table of the joint distribution.
    table_entries : int
        Entries of all conditional tables together.
    free_parameters : int
        Numbers that fix all tables: a row of ``k`` states takes ``k - 1``.
    """

    joint_entries: int
    table_entries: int
    free_parameters: int


class NumberQuestions(Held):
    """What the tables say."""

    __slots__ = ()

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The SymPy symbols of the tables, in reading order."""
        from symcausal.numbers.evaluate.sympy_bridge import Parameter

        return tuple(Parameter(parameter) for parameter in self.network.parameters)

    @property
    def counts(self) -> Counts:
        """How many numbers the joint and the tables take."""
        network = self.network
        return Counts(network.joint_entries, network.table_entries, network.free_parameters)

    def cpt(self, variable: str) -> Tables:
        """The table of a variable."""
        from symcausal.answer.printed_tables import variable_tables

        self.network.variable(variable)
        return variable_tables(self.network, [variable], notation=self.notation)

    def table(self, what: str | Expr | None = None) -> Tables:
        """All tables, that of a variable, or that of a query."""
        from symcausal.answer.printed_tables import query_table, variable_tables

        if what is None:
            return variable_tables(
                self.network, list(self.network.variables), notation=self.notation
            )
        if isinstance(what, str) and what in self.network.variables:
            return self.cpt(what)
        if isinstance(what, str) and what.replace("_", "").isalnum():
            self.network.variable(what)
        query = self.query(what)
        return query_table(query, self.probability(query), self.network, notation=self.notation)

    def closed_form(self, query: str | Expr) -> sympy.Expr | ValueTable[sympy.Expr]:
        """The closed form over the table entries; a table of them if the query has free values."""
        from symcausal.numbers.evaluate.closed_form import closed_form
        from symcausal.numbers.evaluate.sympy_bridge import closed_form_to_sympy

        return closed_form_to_sympy(closed_form(self.network, self.query(query)))

    def probability(
        self, query: str | Expr, values: Values | None = None
    ) -> Fraction | sympy.Expr | ValueTable[sympy.Expr]:
        """The exact value of a query; what is left of its closed form if parameters stay open.

        Parameters
        ----------
        query : str or Expr
            A query without free values gives one number, otherwise a table keyed by states.
        values : mapping, optional
            Numbers by parameter or by its name.

        Raises
        ------
        ImpossibleEventError
            If the query conditions on an event of probability zero.
        """
        return self.evaluation(query, values).value

    def evaluation(self, query: str | Expr, values: Values | None = None) -> Evaluation:
        """The value of a query, printable as text, LaTeX, CSV, JSON, or source in a language."""
        from symcausal.answer.evaluation import evaluate

        asked = self.query(query)
        shown = query if isinstance(query, str) else text(asked, self.notation)
        values = values or {}
        return evaluate(asked, self.network, values, asked=shown, notation=self.notation)

    def elimination(self, query: str | Expr) -> Elimination:
        """The closed form of a query as tables with names, however long it is written out."""
        from symcausal.answer.elimination import elimination

        return elimination(self.query(query), self.network, self.notation)

    @overload
    def sensitivity(
        self, query: str | Expr, parameter: list[Any] | tuple[Any, ...]
    ) -> JointSensitivity: ...

    @overload
    def sensitivity(
        self, query: str | Expr, parameter: str | Expr | sympy.Symbol
    ) -> Sensitivity | SensitivityTable: ...

    def sensitivity(
        self, query: str | Expr, parameter: object
    ) -> Sensitivity | SensitivityTable | JointSensitivity:
        """How a query depends on one table entry, or on several, as an exact function.

        The rest of a row gives way in proportion, so that it sums to one.

        Parameters
        ----------
        query : str or Expr
            With free values it gives a table of functions, keyed by states.
        parameter : str, Expr or symbol; or a list of them
            ``P(S=high | I=high)``, the name that the entry has in :meth:`symbolic`, or a symbol.
            With a list no value of the query may be free.

        Raises
        ------
        ImpossibleEventError
            If the query's condition is impossible whatever the entries are.
        """
        from symcausal.answer.joint_sensitivity import joint_sensitivity
        from symcausal.answer.sensitivity import sensitivity
        from symcausal.answer.sensitivity_table import sensitivity_table

        asked = self.query(query)
        if isinstance(parameter, list | tuple):
            return joint_sensitivity(
                self.network, asked, parameter, self._vocabulary, self.notation
            )
        if free_letters(asked):
            return sensitivity_table(
                self.network, asked, parameter, self._vocabulary, self.notation
            )
        return sensitivity(self.network, asked, parameter, self._vocabulary, self.notation)

    def sensitivities(
        self,
        query: str | Expr,
        *,
        at_least: object = None,
        at_most: object = None,
    ) -> Sensitivities:
        """Rank all table entries by how much a query depends on them.

        With a bound they are ranked by the least change that reaches it; :attr:`tables` then holds the
        least change of each whole table.

        Parameters
        ----------
        query : str or Expr
            A query without free values, in a model of numbers.
        at_least, at_most : number, optional
            What the answer is to reach.
        """
        from symcausal.answer.sensitivities import sensitivities

        bounds = {"at_least": at_least, "at_most": at_most}
        given = {name: bound for name, bound in bounds.items() if bound is not None}
        return sensitivities(self.network, self.query(query), given, self.notation)
