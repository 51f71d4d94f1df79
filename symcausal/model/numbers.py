"""Questions to the tables of a model.

Main definitions
----------------
NumberQuestions : tables, values, closed forms, sensitivity.
Counts : how many numbers a model takes.

Implementation notes
--------------------
Whether a query has free values is in its text, which no type says. So what gives a number for a query
that is fully stated, and a table otherwise, is annotated as the former ``| Any``, as the standard
library annotates ``re.Match.group``: a number can be used as one at once, and a table after
``isinstance(found, ValueTable)``.
"""

from __future__ import annotations

from symcausal.expr.nodes import Expr
from symcausal.expr.scope import free_letters
from symcausal.hints import TYPE_CHECKING, Any, overload
from symcausal.record import record
from symcausal.writing.text import text

if TYPE_CHECKING:
    from fractions import Fraction

    import sympy

    from symcausal.answer.counted import Counted
    from symcausal.answer.elimination import Elimination
    from symcausal.answer.evaluation import Evaluation
    from symcausal.answer.joint_sensitivity import JointSensitivity
    from symcausal.answer.printed_tables import Tables
    from symcausal.answer.sensitivities import Sensitivities
    from symcausal.answer.sensitivity import Sensitivity
    from symcausal.answer.sensitivity_table import SensitivityTable
    from symcausal.numbers.evaluate.sympy_bridge import Parameter

from symcausal.model.held import Held, Values


@record
class Counts:
    """The numbers of entries and parameters that a model takes.

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
    """The questions to the tables of a model: values, closed forms, sensitivity."""

    __slots__ = ()

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters in the tables, as SymPy symbols in reading order.

        Examples
        --------
        >>> from symcausal import Model
        >>> Model("A -> B").parameters
        (theta_A_0, theta_B_0_A_0, theta_B_0_A_1)
        """
        from symcausal.numbers.evaluate.sympy_bridge import Parameter

        return tuple(Parameter(parameter) for parameter in self.network.parameters)

    @property
    def counts(self) -> Counts:
        """The number of entries of the joint distribution and of the tables, and of free parameters.

        Examples
        --------
        >>> from symcausal import Model
        >>> Model("A -> B <- C").counts  # 2 * 2 * 2; 2 + 8 + 2; 1 + 4 + 1
        Counts(joint_entries=8, table_entries=12, free_parameters=6)
        """
        network = self.network
        return Counts(network.joint_entries, network.table_entries, network.free_parameters)

    def cpt(self, variable: str) -> Tables:
        """Return the conditional probability table of a variable, to be printed.

        Examples
        --------
        >>> from symcausal import Model
        >>> print(Model.parse("A; P(A) = 1/4, rest").cpt("A"))
        P(A)
         A=0   A=1
        ----  ----
        0.25  0.75
        """
        from symcausal.answer.printed_tables import variable_tables

        return variable_tables(self.network, [self._name(variable)], notation=self.notation)

    def table(self, what: str | Expr | None = None) -> Tables:
        """Return all tables, the table of a variable, or the values of a query as a table, to be printed.

        Parameters
        ----------
        what : str or Expr, optional
            The name of a variable, or a query such as ``P(L | I)``; every table if left out.

        Examples
        --------
        >>> from symcausal import Model
        >>> model = Model.parse("A -> B; P(A) = 1/4, rest; P(B | A=0) = 1/2, rest; P(B | A=1) = 0, 1")
        >>> print(model.table("P(B)"))
        P(B)
          B=0    B=1
        -----  -----
        0.125  0.875
        """
        from symcausal.answer.printed_tables import query_table, variable_tables

        if what is None:
            return variable_tables(
                self.network, list(self.network.variables), notation=self.notation
            )
        if isinstance(what, str) and self._vocabulary.name_of(what) is not None:
            return self.cpt(what)
        if isinstance(what, str) and what.replace("_", "").isalnum():
            self.network.variable(what)
        query = self.query(what)
        return query_table(query, self.probability(query), self.network, notation=self.notation)

    def closed_form(self, query: str | Expr) -> sympy.Expr | Any:
        """Return the closed form of a query over the table entries.

        A query with free values has a table of closed forms, keyed by states.

        Examples
        --------
        >>> from symcausal import Model
        >>> text = "parameters p, q; P(A) = p, rest; P(B | A=0) = q, rest; P(B | A=1) = 0, 1; A -> B"
        >>> model = Model.parse(text)
        >>> model.closed_form("P(B=0)")
        p*q
        """
        from symcausal.numbers.evaluate.closed_form import closed_form
        from symcausal.numbers.evaluate.sympy_bridge import closed_form_to_sympy

        return closed_form_to_sympy(closed_form(self.network, self.query(query)))

    def probability(self, query: str | Expr, values: Values | None = None) -> Fraction | Any:
        """Return the exact value of a query; what is left of its closed form if parameters stay open.

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

        Examples
        --------
        >>> from symcausal import Model
        >>> text = "A -> B; P(A) = 1/4, rest; P(B | A=0) = 1/2, rest; P(B | A=1) = 1/3, rest"
        >>> model = Model.parse(text)
        >>> model.probability("P(B=0)")  # 1/4 * 1/2 + 3/4 * 1/3
        Fraction(3, 8)
        >>> model.probability("P(A | B=0)")["0"]
        Fraction(1, 3)
        """
        return self.evaluation(query, values).value

    def evaluation(self, query: str | Expr, values: Values | None = None) -> Evaluation:
        """Return the value of a query, to be printed as text, LaTeX, CSV, JSON, or source in a language.

        The arguments are those of :meth:`probability`.

        Examples
        --------
        >>> from symcausal import Model
        >>> found = Model.parse("A; P(A) = 1/4, rest").evaluation("P(A=1)")
        >>> found.value, found.to("text")
        (Fraction(3, 4), '3/4 = 0.75')
        """
        from symcausal.answer.evaluating import evaluate

        asked = self.query(query)
        shown = query if isinstance(query, str) else text(asked, self.notation)
        values = values or {}
        return evaluate(
            asked,
            self.network,
            values,
            asked=shown,
            notation=self.notation,
            definitions=self._definitions(query),
        )

    def elimination(self, query: str | Expr) -> Elimination:
        """Return the closed form of a query as tables with names, however long it is written out.

        Examples
        --------
        >>> from symcausal import Model
        >>> found = Model("A -> B -> C").elimination("P(C=0)")
        >>> found.operations  # for each state of B, then over B
        Operations(additions=3, multiplications=6, divisions=0)
        """
        from symcausal.answer.elimination import elimination

        return elimination(self.query(query), self.network, self.notation)

    def counting(self, query: str | Expr | None = None) -> Counted:
        """Return what is to be counted, as a table: of the model, or of a query the operations.

        Examples
        --------
        >>> from symcausal import Model
        >>> print(Model("A -> B -> C").counting("P(C=0)"))
        P(C=0)
                                         additions  multiplications  divisions
        -------------------------------  ---------  ---------------  ---------
        sum over the joint distribution          3                8          0
        nested sums                              3                6          0
        nested sums, each table once             3                6          0
        """
        from symcausal.answer.counted import counted_entries, counted_operations

        if query is None:
            return counted_entries(self.network, self.notation)
        return counted_operations(self.query(query), self.network, self.notation)

    @overload
    def sensitivity(
        self, query: str | Expr, parameter: list[Any] | tuple[Any, ...]
    ) -> JointSensitivity: ...

    @overload
    def sensitivity(
        self, query: str | Expr, parameter: str | Expr | sympy.Symbol
    ) -> Sensitivity | Any: ...

    def sensitivity(
        self, query: str | Expr, parameter: object
    ) -> Sensitivity | SensitivityTable | JointSensitivity:
        """Return how a query depends on one table entry, or on several, as an exact function.

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

        Examples
        --------
        >>> from symcausal import Model
        >>> text = "A -> B; P(A) = 1/4, rest; P(B | A=0) = 1/2, rest; P(B | A=1) = 1/3, rest"
        >>> found = Model.parse(text).sensitivity("P(A=0 | B=0)", "P(A=0)")
        >>> found.expr  # (t / 2) / (t / 2 + (1 - t) / 3)
        3*theta_A_0/(theta_A_0 + 2)
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

        Examples
        --------
        >>> from symcausal import Model
        >>> text = "A -> B; P(A) = 1/4, rest; P(B | A=0) = 1/2, rest; P(B | A=1) = 1/3, rest"
        >>> model = Model.parse(text)
        >>> first, _ = model.sensitivities("P(B=0)").rows[0]
        >>> first.slope  # P(A=1), by which P(B=0 | A=1) is multiplied
        Fraction(3, 4)
        """
        from symcausal.answer.sensitivities import sensitivities

        bounds = {"at_least": at_least, "at_most": at_most}
        given = {name: bound for name, bound in bounds.items() if bound is not None}
        return sensitivities(self.network, self.query(query), given, self.notation)
