"""The value of a query: a number, a table of numbers, or what is left when parameters are open.

A closed form that is short is printed as one expression. A long one is printed as the tables of its
elimination, each named and defined once.

Main definitions
----------------
Evaluation : the answer, printable; :func:`symcausal.answer.evaluating.evaluate` makes one.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from itertools import product

from symcausal.algebra.decimals import FIGURES, decimal, with_decimal, written
from symcausal.algebra.scalar import Number
from symcausal.errors import MissingParameterError
from symcausal.expr.nodes import Expr, Scalar, State
from symcausal.expr.scope import free_letters, substitute
from symcausal.hints import TYPE_CHECKING, Any
from symcausal.network.network import Network
from symcausal.numbers.evaluate.closed_form import ClosedForm
from symcausal.numbers.evaluate.value_table import ValueTable
from symcausal.numbers.source.names import NUMBERS_IN_LATEX, SOURCES
from symcausal.record import record
from symcausal.rules.condition import Positive
from symcausal.writing.notations import Notation
from symcausal.writing.page_width import PageWidth
from symcausal.writing.shown import Shown
from symcausal.writing.style import Style
from symcausal.writing.text import text

if TYPE_CHECKING:
    from symcausal.answer.calculation import Calculation
    from symcausal.answer.elimination import Elimination
    from symcausal.numbers.evaluate.operations import Operations
    from symcausal.reading.named import NamedQuantity
    from symcausal.writing.blocks import Block, Typeset

LONGEST_READ = 100  # symbols and numbers of one cell


@record
class Evaluation(Shown):
    """The values of a query.

    Attributes
    ----------
    query : str
        As it was asked, or as text.
    form : ClosedForm
        Expressions over the parameters that are still open.
    order : tuple of str
        The variables in declaration order, for printing.
    asked : Expr
        The query as a formula.
    network : Network
        Where it was asked, with the numbers put in.
    notation : Notation
        How formulas are written.
    digits : int
        The significant figures of decimals.
    definitions : tuple of NamedQuantity
        What named quantities of the query stand for.
    left : Expr or None
        The formula on the left, where ``asked`` is another one of the same value.
    """

    options = ("notation", "digits")
    is_formula = True

    query: str
    form: ClosedForm
    order: tuple[str, ...]
    asked: Expr
    network: Network
    notation: Notation
    digits: int = FIGURES
    definitions: tuple[NamedQuantity, ...] = ()
    left: Expr | None = None

    @property
    def is_numeric(self) -> bool:
        """Whether no parameter is left."""
        return not self.form.parameters

    @property
    def value(self) -> Fraction | Any:
        """The value: a fraction or a SymPy expression; a table of them if values are free."""
        if self.is_numeric:
            return self.form.numbers()
        return _as_sympy(self.form)

    @property
    def assumes(self) -> tuple[Positive, ...]:
        """The events that must not be impossible where parameters are open."""
        return self.form.assumes

    @property
    def operations(self) -> Operations:
        """The number of operations for all cells, every shared part computed once."""
        from symcausal.numbers.evaluate.operations import circuit_operations

        return circuit_operations(self.form)[0]

    @property
    def operations_written_out(self) -> Operations:
        """The number of operations if every cell is written out in full."""
        from symcausal.numbers.evaluate.operations import circuit_operations

        return circuit_operations(self.form)[1]

    @property
    def is_long(self) -> bool:
        """Whether some cell is too long to read, so that shared parts are printed with names."""
        return not self.is_numeric and max(self.form.lengths()) > LONGEST_READ

    @property
    def elimination(self) -> Elimination:
        """The closed form as named tables."""
        from symcausal.answer.elimination import elimination

        return elimination(self.asked, self.network, self.notation, assumes=self.assumes)

    @property
    def calculation(self) -> Calculation:
        """The numbers put into nested sums, tables on the way by names, down to a decimal.

        Raises
        ------
        MissingParameterError
            If a parameter is open.
        LimitError
            If the calculation would be too long to read.
        """
        from symcausal.answer.calculation import calculation

        if not self.is_numeric:
            raise MissingParameterError(
                self.form.parameters, hint="a calculation in numbers needs them all"
            )
        return calculation(
            self.asked, self.asked, self.network, notation=self.notation, digits=self.digits
        )

    def to_source(
        self, language: str, *, name: str = "probability", width: PageWidth = None
    ) -> str:
        r"""Write the closed form as a function, or as a calculation in numbers.

        Parameters
        ----------
        language : str
            ``python`` (exact with fractions), ``numpy``, ``c``, ``julia``, ``r``, ``javascript``:
            a function of the parameters that are open, in the order of the model's tables. Or
            ``latex-numbers``: the :attr:`calculation` in LaTeX.
        name : str
            The name of the function.
        width : float or str, optional
            The longest line of ``latex-numbers``, as :meth:`to` takes it.

        Raises
        ------
        UsageError
            If there is no such language, or the name is none there.
        MissingParameterError
            If ``latex-numbers`` lacks a number.
        LimitError
            If it would be too long.
        """
        if language == NUMBERS_IN_LATEX:
            return self.calculation.to_latex(width=width)
        from symcausal.numbers.source.languages import source_of

        return source_of(self.asked, self.network, language, name=name, form=self.form)

    # -- printing -------------------------------------------------------------------------------
    def blocks(self) -> list[Block]:
        """An equation for each cell; named tables where one would be long."""
        from symcausal.writing.blocks import Equation, Equations, Items  # text is printed without

        said = self._defined()
        if self.is_long:
            gaps = tuple((line,) for line in self._undefined())
            return [*said, *self.elimination.blocks(), *[Items(gaps)] * bool(gaps)]
        nodes = self.form.nodes
        rows = []
        for states in product(*nodes.states):
            node, left = nodes.get(states), _at(self.left or self.asked, states)
            if node is None:
                rows.append(Equation(left, "", (" is not defined",)))
            else:
                rows.append(Equation(left, "=", self._cell(node)))
        if self.assumes:
            from symcausal.answer.elimination import listed

            rows.append(Equation(None, "", ("provided ", *listed(self.assumes))))
        return [*said, Equations(tuple(rows))]

    def _defined(self) -> list[Block]:
        """What named quantities stand for."""
        if not self.definitions:
            return []
        from symcausal.answer.defined import defined  # few queries have one

        return [*defined(self.definitions)]

    def own_formats(self, style: Style) -> dict[str, Callable[[], str]]:
        """Text and LaTeX of the values, as SymPy writes them; tables, and source in languages."""
        sources = {name: partial(self.to_source, name, width=style.width) for name in SOURCES}
        own: dict[str, Callable[[], str]] = {
            "text": self._text,
            "latex": partial(self._latex, style),
            "markdown": partial(self._markdown, style),
            "csv": self.to_csv,
        }
        if self.definitions:  # which are told before the values
            own = {"csv": self.to_csv}
        return own | sources

    def _markdown(self, style: Style) -> str:
        if self.is_long:
            return self.elimination.to_markdown(width=style.ems)
        displays = self._latex(style).replace("align*", "aligned")
        apart = displays.replace(r"\end{aligned}" + "\n", r"\end{aligned}" + "\n$$\n\n$$\n")
        return f"$$\n{apart}\n$$"

    def _text(self) -> str:
        """One line, or one for each cell; named tables where a line would be long."""
        if self.is_long:
            return "\n".join([self.elimination.to_text(), *self._undefined()])
        value = self._writable()
        if not isinstance(value, ValueTable):
            lines = [self._shown(value)]
        else:
            lines = []
            for states in product(*value.states):
                place = _place(value.variables, states)
                if states in value:
                    lines.append(f"{place}: {self._shown(value[states])}")
                else:
                    lines.append(f"{place}: undefined, {value.undefined[states]} is impossible")
        if self.assumes:
            shown = (text(c, Notation(), self.order) for c in self.assumes)
            lines.append("provided " + ", ".join(shown))
        return "\n".join(lines)

    def _latex(self, style: Style) -> str:
        """An equation, or an ``align*`` with one for each cell or named table; without dollars.

        As SymPy writes them, unless one is too long for that.
        """
        from symcausal.writing.latex import latex  # text is printed without
        from symcausal.writing.metrics import aligned_ems

        if self.is_long:
            return self.elimination.to_latex(width=style.ems)
        lines = []
        for states in product(*self.form.nodes.states):
            left = latex(_at(self.left or self.asked, states), self.notation, self.order)
            node = self.form.nodes.get(states)
            if node is None:
                lines.append(rf"{left} &\text{{ is not defined}}")
            else:
                lines.append(f"{left} &= {self._cell_latex(node)}")
        if self.assumes:
            shown = ", ".join(latex(c, self.notation, self.order) for c in self.assumes)
            lines.append(rf"&\text{{provided }} {shown}")
        if aligned_ems(lines) > style.ems:
            from symcausal.writing.document import Document

            return Document("", tuple(self.blocks()), style).to_latex()
        if len(lines) == 1:
            return lines[0].replace("&", "", 1)
        return "\\begin{align*}\n" + " \\\\\n".join(lines) + "\n\\end{align*}"

    def to_csv(self) -> str:
        """A header, then a line for each cell with the exact value; empty where not defined."""
        value = self._writable()
        import csv  # here and below: not every answer is a table, and every command waits for imports
        import io

        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        if isinstance(value, ValueTable):
            writer.writerow([*value.variables, "value"])
            for states in product(*value.states):
                writer.writerow([*states, written(value[states]) if states in value else ""])
        else:
            writer.writerow(["value"])
            writer.writerow([written(value)])
        return out.getvalue()

    def as_data(self) -> dict[str, object]:
        """The value, or the table of values, as what ``json`` knows."""
        from symcausal.writing.latex import latex

        value = None if self.is_long else self._writable()
        data: dict[str, object] = {"query": self.query, "value": None, "float": None}
        data["closed_form"] = None
        data["table"] = None
        if isinstance(value, ValueTable):
            data["table"] = value.rows_of_data()
        elif value is not None:
            data["value"] = written(value)
            data["float"] = _float(value)
            data["closed_form"] = written(value)
        data["elimination"] = self.elimination.as_data() if self.is_long else None
        data["assumptions"] = [latex(c, Notation(), self.order) for c in self.assumes]
        if self.definitions:
            from symcausal.answer.defined import definitions_data

            data["definitions"] = definitions_data(self.definitions, self.style)
        return data

    def _undefined(self) -> list[str]:
        """A line for each cell that is not defined."""
        nodes = self.form.nodes
        return [
            f"{_place(nodes.variables, states)}: undefined, {nodes.undefined[states]} is impossible"
            for states in product(*nodes.states)
            if states in nodes.undefined
        ]

    def _cell(self, node: int) -> tuple[Typeset, ...]:
        """A value, an exact number with its decimal."""
        from symcausal.numbers.evaluate.circuit_terms import term_of
        from symcausal.writing.boxes import Figure, Sign, row

        number = self.form.circuit.number(node)
        if number is None:
            return (term_of(self.form.circuit, node),)
        if number.denominator == 1:
            return (Number(number),)
        shown = decimal(number, figures=self.digits)
        about = Sign("about" if shown.endswith("...") else "is")
        return Number(number), row([about, Figure(shown.removesuffix("..."))])

    def _cell_latex(self, node: int) -> str:
        from symcausal.writing.latex import latex

        number = self.form.circuit.number(node)
        if number is not None:
            exact_form = latex(Scalar(Number(number)), self.notation, self.order)
            if number.denominator == 1:
                return exact_form
            return f"{exact_form} {_tex_decimal(decimal(number, figures=self.digits))}"
        import sympy

        from symcausal.numbers.evaluate.sympy_bridge import to_sympy

        return str(sympy.latex(to_sympy(self.form.circuit, node)))

    def _shown(self, value: object) -> str:
        if not isinstance(value, Fraction):
            return str(value)
        return with_decimal(value, longest=None, figures=self.digits)

    def _writable(self) -> object:
        self.form.refuse_if_endless()
        return self.value


def _place(variables: tuple[str, ...], states: tuple[str, ...]) -> str:
    return ", ".join(f"{n}={s}" for n, s in zip(variables, states, strict=True))


def _at(expr: Expr, states: tuple[str, ...]) -> Expr:
    return substitute(expr, dict(zip(free_letters(expr), map(State, states), strict=True)))


def _tex_decimal(shown: str) -> str:
    return rf"\approx {shown.removesuffix('...')}" if shown.endswith("...") else f"= {shown}"


def _as_sympy(form: ClosedForm) -> object:
    from symcausal.numbers.evaluate.sympy_bridge import closed_form_to_sympy

    return closed_form_to_sympy(form)


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, Fraction) else None
