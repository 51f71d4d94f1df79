"""A derivation as users hold it: steps, formula, closed form, and every way to print it.

Main definitions
----------------
Derivation : the answer of ``Model.derive``.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from symcausal.algebra.decimals import written
from symcausal.derive.abridge import abridged
from symcausal.derive.derivation import hidden_causes
from symcausal.derive.step import StepChain
from symcausal.derive.verify import verify
from symcausal.errors import SymcausalError
from symcausal.expr.nodes import Expr
from symcausal.hints import TYPE_CHECKING
from symcausal.network.network import Network
from symcausal.record import record
from symcausal.rules.condition import Condition
from symcausal.rules.rule import Context
from symcausal.writing.derivation_text import Assumptions, derivation_text
from symcausal.writing.names import names_of
from symcausal.writing.notations import Notation
from symcausal.writing.shown import Shown
from symcausal.writing.style import Style
from symcausal.writing.text import formula_text

if TYPE_CHECKING:
    import sympy

    from symcausal.answer.calculation import Calculation
    from symcausal.answer.derivation_step import DerivationStep
    from symcausal.numbers.evaluate.closed_form import ClosedForm
    from symcausal.numbers.evaluate.value_table import ValueTable
    from symcausal.reading.named import NamedQuantity
    from symcausal.writing.blocks import Block


@record
class Derivation(Shown):
    """From a query to a formula, one verified step after another.

    Attributes
    ----------
    query : Expr
        What was asked.
    chain : StepChain
        The start and the steps.
    assumptions : tuple of Condition
        What has to be possible for both ends to be defined.
    network, context, notation
        Where it was derived, and how it is written.
    definitions : tuple of NamedQuantity
        What named quantities of the query stand for.
    """

    options = ("notation",)
    is_formula = True

    query: Expr
    chain: StepChain
    assumptions: tuple[Condition, ...]
    network: Network
    context: Context
    notation: Notation
    definitions: tuple[NamedQuantity, ...] = ()

    @property
    def steps(self) -> tuple[DerivationStep, ...]:
        """The steps, each with ``before``, ``after``, ``rule`` and ``conditions``."""
        from symcausal.answer.derivation_step import shown_steps  # to show one of them

        return shown_steps(self.chain.steps, self.context.graph, self.order, self.notation)

    @property
    def formula(self) -> Expr:
        """The formula in which the derivation ends."""
        return self.chain.end

    @property
    def order(self) -> tuple[str, ...]:
        """All names of the model, variables first: every list is printed in this order."""
        return names_of(self.network.variables, self.network.declared)

    @property
    def closed_form(self) -> sympy.Expr | ValueTable[sympy.Expr]:
        """The query over the table entries; a table by states if it has free values."""
        from symcausal.numbers.evaluate.sympy_bridge import closed_form_to_sympy

        return closed_form_to_sympy(self._form())

    @property
    def numbers(self) -> Calculation:
        """The calculation from the formula to its number; see :meth:`calculation`."""
        return self.calculation()

    def calculation(
        self, *, nested: bool = False, normalise: bool = False, digits: int | None = None
    ) -> Calculation:
        """Return the way on from the formula: nested sums, the numbers put in, a decimal.

        Parameters
        ----------
        nested : bool
            Whether to stop at the nested sums, which takes no numbers.
        normalise : bool
            Whether to write a conditional probability as a constant times what it divides, for all
            states of its outcome.
        digits : int, optional
            The significant figures of decimals that do not end; three of results and six on the way
            if left out.

        Raises
        ------
        UsageError
            If there is nothing to normalise.
        MissingParameterError
            If a number is missing.
        ImpossibleEventError
            If the condition has probability zero.
        LimitError
            If the calculation would be too long to read.

        Examples
        --------
        >>> from symcausal import Model
        >>> model = Model.parse("A -> B; P(A) = 0.2, rest; P(B|A=0) = 0.5, rest; P(B|A=1) = 0.1, rest")
        >>> print(model.derive("P(B=0)").numbers)
        P(B=0) = sum_{A} P(A) P(B=0 | A)
          = 0.2 * 0.5 + 0.8 * 0.1
          = 0.18
        """
        from symcausal.answer.calculation import calculation

        hidden = bool(hidden_causes(self.query, self.context.graph))
        return calculation(
            self.query,
            self._general_formula(),
            self.network,
            notation=self.notation,
            assumptions=self.assumptions,
            hidden=hidden,
            nested=nested,
            normalise=normalise,
            digits=digits,
        )

    def _general_formula(self) -> Expr:
        """The formula before table entries are put in, which hold in one model only."""
        general = (s.after for s in self.chain.steps[::-1] if s.rule.name != "table-entry")
        return next(general, self.query)

    def verify(self) -> bool:
        """Check every step once more: rule, conditions and value.

        Raises
        ------
        VerificationError
            If anything does not hold.
        """
        verify(self.chain, self.context, self.network.states, self.network)
        return True

    # -- printing -------------------------------------------------------------------------------
    def blocks(self) -> tuple[Block, ...]:
        """The derivation as it stands; a long one in parts, each step by what it changes."""
        from symcausal.writing.blocks import Derived  # text and LaTeX are printed without

        told = tuple(Derived(chain, assumed) for chain, assumed in self._parts())
        if not self.definitions:
            return told
        from symcausal.answer.defined import defined  # few queries have a name

        return (*defined(self.definitions), *told)

    def as_data(self) -> dict[str, object]:
        """The steps, the formula and the closed form as values that ``json`` knows."""
        from symcausal.writing.derivation_json import derivation_json

        data = derivation_json(
            self.chain,
            self.assumptions,
            self.style,
            verified=self._is_verified(),
            closed_form=self._closed_form_text(),
            states_of=lambda name: self.network.variable(name).states,
        )
        if not self.definitions:
            return data
        from symcausal.answer.defined import definitions_data

        return {**data, "definitions": definitions_data(self.definitions, self.style)}

    @property
    def page_title(self) -> str:
        """The query."""
        return formula_text(self.query, self.style)

    def own_formats(self, style: Style) -> dict[str, Callable[[], str]]:
        """Text and Markdown without margins, where nothing else stands on the page."""
        if self.definitions:
            return {}

        def joined(printer: Callable[[StepChain, Assumptions, Style], str]) -> str:
            return "\n\n".join(printer(*part, style) for part in self._parts())

        def latex() -> str:
            from symcausal.writing.derivation import derivation_latex  # text needs no LaTeX

            return joined(derivation_latex)

        def markdown() -> str:
            from symcausal.writing.derivation import derivation_markdown

            return joined(derivation_markdown)

        return {"text": lambda: joined(derivation_text), "latex": latex, "markdown": markdown}

    def _parts(self) -> list[tuple[StepChain, Assumptions]]:
        """The derivations that are shown for this one; the last one says what is assumed."""
        *first, last = abridged(self.chain)
        return [*((chain, ()) for chain in first), (last, self.assumptions)]

    def _form(self) -> ClosedForm:
        from symcausal.numbers.evaluate.closed_form import closed_form

        return closed_form(self.network, self.query)

    def _is_verified(self) -> bool:
        # a derivation may have been put together by hand, so it is asked rather than believed
        try:
            return self.verify()
        except SymcausalError:
            return False

    def _closed_form_text(self) -> str | None:
        from symcausal.numbers.evaluate.value_table import ValueTable

        try:
            self._form().refuse_if_endless()
            form = self.closed_form
        except SymcausalError:
            return None
        if not isinstance(form, ValueTable):
            return _spelled(form)
        cells = (f"{states!r}: {_spelled(cell)}" for states, cell in form.items())
        return f"{{{', '.join(cells)}}}"


def _spelled(form: sympy.Expr) -> str:
    """A closed form as SymPy writes it; a number however long it is."""
    return written(Fraction(int(form.p), int(form.q))) if form.is_Rational else str(form)
