"""A derivation as users hold it: steps, formula, closed form, and every way to print it.

Main definitions
----------------
Derivation : the answer of ``Model.derive``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from symcausal.derive.step import Step, StepChain
from symcausal.derive.verify import verify
from symcausal.errors import SymcausalError, UsageError
from symcausal.expr.nodes import Expr
from symcausal.network.network import Network
from symcausal.record import record
from symcausal.rules.condition import Condition
from symcausal.rules.rule import Context
from symcausal.writing.derivation import (
    WIDTH,
    derivation_latex,
    derivation_markdown,
    derivation_text,
)
from symcausal.writing.names import names_of
from symcausal.writing.notations import Notation
from symcausal.writing.style import Style
from symcausal.writing.text import formula_text

if TYPE_CHECKING:
    import sympy

    from symcausal.numbers.evaluate.closed_form import ClosedForm
    from symcausal.numbers.evaluate.value_table import ValueTable


@record
class Derivation:
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
    """

    query: Expr
    chain: StepChain
    assumptions: tuple[Condition, ...]
    network: Network
    context: Context
    notation: Notation

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps, each with ``before``, ``after``, ``rule`` and ``conditions``."""
        return self.chain.steps

    @property
    def formula(self) -> Expr:
        """Where the derivation ends."""
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

    def verify(self) -> bool:
        """Check every step once more: rule, conditions and value.

        Raises
        ------
        VerificationError
            If anything does not hold.
        """
        states = {name: variable.states for name, variable in self.network.variables.items()}
        verify(self.chain, self.context, states, self.network)
        return True

    # -- printing -------------------------------------------------------------------------------
    def to(self, shape: str, *, notation: Notation | str | None = None) -> str:
        """Print as ``text``, ``latex``, ``markdown``, ``html`` or ``json``."""
        printers = {
            "text": self.to_text,
            "latex": self.to_latex,
            "markdown": self.to_markdown,
            "html": self.to_html,
            "json": self.to_json,
        }
        if shape not in printers:
            raise UsageError(f"no format '{shape}'", expected=", ".join(printers))
        return printers[shape](notation=notation)

    def to_text(self, *, notation: Notation | str | None = None) -> str:
        """Plain text, a step on a line, the reasons in a column."""
        return derivation_text(self.chain, self.assumptions, self._written(notation))

    def to_latex(
        self, *, notation: Notation | str | None = None, width: float | None = WIDTH
    ) -> str:
        """An ``align*`` for amsmath, and amssymb where there are expectations.

        Lines longer than ``width`` ems are broken; ``None`` leaves them whole.
        """
        how = self._written(notation)
        return derivation_latex(self.chain, self.assumptions, how, width=width)

    def to_markdown(
        self, *, notation: Notation | str | None = None, width: float | None = WIDTH
    ) -> str:
        """A ``$$`` display that KaTeX and MathJax read."""
        how = self._written(notation)
        return derivation_markdown(self.chain, self.assumptions, how, width=width)

    def to_html(self, *, notation: Notation | str | None = None) -> str:
        """A page of its own, with MathML and no scripts."""
        from symcausal.writing.derivation_html import derivation_html, page

        how = self._written(notation)
        fragment = derivation_html(self.chain, self.assumptions, how)
        return page(formula_text(self.query, how), [fragment])

    def to_json(self, *, notation: Notation | str | None = None) -> str:
        """The JSON of ``symcausal derive``."""
        import json

        from symcausal.writing.derivation_json import derivation_json

        data = derivation_json(
            self.chain,
            self.assumptions,
            self._written(notation),
            verified=self._is_verified(),
            closed_form=self._closed_form_text(),
            states_of=lambda name: self.network.variable(name).states,
        )
        return json.dumps(data, indent=2, ensure_ascii=False)

    def __str__(self) -> str:
        return self.to_text()

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        markdown = self.to_markdown()
        return {"text/markdown": markdown, "text/latex": markdown, "text/plain": self.to_text()}

    def _written(self, notation: Notation | str | None) -> Style:
        return Style.of(notation or self.notation, self.order)

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
        try:
            self._form().refuse_if_endless()
            form = self.closed_form
        except SymcausalError:
            return None
        return str(dict(form)) if hasattr(form, "items") else str(form)
