"""What is known of an answer that depends on one table entry, before anything is printed.

Main definitions
----------------
SensitivityFacts : the function, and what can be read off it.
conditions_of : bounds, as conditions on a sign.

References
----------
[ChanDarwiche2002]_ for the least change that reaches a bound.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from symcausal.answer.shown_numbers import ShownNumbers
from symcausal.errors import ImpossibleEventError, MissingParameterError, UsageError
from symcausal.expr.nodes import Expr
from symcausal.hints import TYPE_CHECKING, Any
from symcausal.network.network import Network
from symcausal.numbers.evaluate.circuit import Circuit
from symcausal.numbers.evaluate.substitution import exact_number
from symcausal.numbers.sensitivity.curve import Change, Curve, Holds
from symcausal.numbers.sensitivity.entries import Entry
from symcausal.numbers.sensitivity.functions import (
    Unknown,
    holds_most,
)
from symcausal.numbers.sensitivity.polynomials import KeyPolynomial, exponents
from symcausal.numbers.sensitivity.regions import Region
from symcausal.record import Frozen, record
from symcausal.writing.names import names_of
from symcausal.writing.notations import Notation
from symcausal.writing.shown import Shown

if TYPE_CHECKING:
    import sympy

BOUNDS = ("at_least", "at_most", "above", "below")


@record
class SensitivityFacts(Shown):
    """The function that is found; :class:`Sensitivity` names the fields."""

    options = ("notation", "digits", *BOUNDS)

    query: Expr
    unknown: Unknown
    curve: Curve | None
    parts: tuple[Circuit, KeyPolynomial[int], KeyPolynomial[int]] | None
    outcomes: Mapping[tuple[str, ...], Curve]
    open: tuple[str, ...]
    reason: str
    network: Network
    notation: Notation
    bounds: Mapping[str, object] = Frozen()
    digits: int | None = None

    # -- the function ---------------------------------------------------------------------------
    @property
    def parameter(self) -> sympy.Symbol:
        """The unknown, as a SymPy symbol."""
        from symcausal.numbers.evaluate.sympy_bridge import Parameter as Symbol

        return Symbol(self.unknown.symbol)

    @property
    def entry(self) -> Entry | None:
        """The table entry; None for a symbol that the tables hold."""
        return self.unknown.entry

    @property
    def present(self) -> Fraction | None:
        """The entry's number in the model."""
        return self.unknown.present

    @property
    def value(self) -> Fraction | None:
        """The answer at present; None where the entry has no number or the condition is impossible."""
        return (
            None if self.present is None or self.curve is None else self.curve.value(self.present)
        )

    @property
    def numerator(self) -> tuple[Fraction | Any, ...]:
        """The coefficients of the numerator, the constant first: fractions, or SymPy expressions."""
        return self._coefficients(0)

    @property
    def denominator(self) -> tuple[Fraction | Any, ...]:
        """The coefficients of the denominator, the constant first: fractions, or SymPy expressions."""
        return self._coefficients(1)

    @property
    def coefficients(self) -> tuple[Fraction | Any, Fraction | Any, Fraction | Any, Fraction | Any]:
        """The coefficients ``a, b, c, d`` of ``(a t + b) / (c t + d)``.

        Raises
        ------
        UsageError
            If the function has a higher degree, as that of a difference has.
        """
        top, under = self.numerator, self.denominator
        if len(top) > 2 or len(under) > 2:
            raise UsageError(
                "the function is no ratio of linear ones", hint="see numerator and denominator"
            )
        (b, a), (d, c) = ((*part, 0, 0)[:2] for part in (top, under))
        return (
            tuple(map(Fraction, (a, b, c, d))) if self.curve else (a, b, c, d)  # type: ignore[return-value]
        )

    @property
    def expr(self) -> sympy.Expr:
        """The function as a SymPy expression in :attr:`parameter`."""
        import sympy

        t = self.parameter
        top, under = (
            sympy.Add(*(_sympy(c) * t**i for i, c in enumerate(part)))
            for part in (self.numerator, self.denominator)
        )
        return top / under

    def __call__(self, t: object) -> Fraction:
        """The exact answer where the entry has this value.

        Raises
        ------
        ImpossibleEventError
            If the query is not defined there.
        ParameterRangeError
            If the value leaves no distribution.
        """
        curve, at = self.numeric(), exact_number(t)
        found = curve.value(at)
        if found is None:
            raise ImpossibleEventError(f"of the query, where {self._name} = {at},")
        return found

    @property
    def derivative(self) -> Curve:
        """The derivative, a function of the entry."""
        return self.numeric().derivative()

    @property
    def slope(self) -> Fraction | None:
        """The derivative at present."""
        return None if self.present is None else self.derivative.value(self.present)

    @property
    def range(self) -> tuple[Fraction, Fraction]:
        """The greatest lower and the least upper bound of the answer over all values of the entry."""
        low, high, _, _ = self.numeric().range()
        return low, high

    @property
    def admissible(self) -> tuple[Fraction, Fraction]:
        """The least and the greatest value of the entry for which every row stays a distribution."""
        return self.unknown.low, self.unknown.high

    # -- bounds ---------------------------------------------------------------------------------
    def where(
        self,
        *,
        at_least: object = None,
        at_most: object = None,
        above: object = None,
        below: object = None,
    ) -> Region:
        """Return the values of the entry for which the answer keeps to some bounds, exactly."""
        bounds = {"at_least": at_least, "at_most": at_most, "above": above, "below": below}
        conditions = conditions_of(bounds)
        if not conditions:
            raise UsageError("no bound is given", expected="at_least, at_most, above or below")
        return self.numeric().where(conditions)

    def least_change(
        self,
        *,
        at_least: object = None,
        at_most: object = None,
        above: object = None,
        below: object = None,
    ) -> Change | None:
        """Return the least change of the entry after which bounds hold; None if nothing reaches them."""
        region = self.where(at_least=at_least, at_most=at_most, above=above, below=below)
        if self.present is None:
            raise MissingParameterError([self._name])
        found = region.nearest(self.present)
        return None if found is None else Change(self.present, *found)

    @property
    def most_likely(self) -> tuple[str, ...]:
        """The outcome that is most likely at present, of those of the query's variables.

        Raises
        ------
        UsageError
            If the query is not a single probability.
        """
        return self._ranked()[0]

    def keeps_most_likely(self) -> Region:
        """The values of the entry for which that outcome stays the most likely."""
        outcome, curves = self._ranked()
        return holds_most(list(curves.values()), list(curves).index(outcome))

    def _ranked(self) -> tuple[tuple[str, ...], Mapping[tuple[str, ...], Curve]]:
        if not self.outcomes:
            raise UsageError(
                "which outcome is most likely is no question here",
                expected="a single probability P(... | ...) in a model of numbers",
            )
        if self.present is None or self.value is None:
            raise MissingParameterError([self._name])
        at = {outcome: curve(self.present) for outcome, curve in self.outcomes.items()}
        return max(at, key=at.__getitem__), self.outcomes

    # -- printing -------------------------------------------------------------------------------
    @property
    def order(self) -> tuple[str, ...]:
        """All names of the model, variables first."""
        return names_of(self.network.variables, self.network.declared)

    @property
    def shown(self) -> ShownNumbers:
        """How its numbers are written."""
        return ShownNumbers(self.digits)

    # -- inside ---------------------------------------------------------------------------------
    @property
    def _name(self) -> str:
        return self.unknown.symbol.name

    def numeric(self) -> Curve:
        """The function in fractions.

        Raises
        ------
        MissingParameterError
            If its coefficients hold parameters without numbers.
        """
        if self.curve is None:
            raise MissingParameterError(self.open, hint="the function itself is in expr")
        return self.curve

    def _coefficients(self, which: int) -> tuple[Any, ...]:
        if self.curve is not None:
            return (self.curve.numerator or (Fraction(0),), self.curve.denominator)[which]
        from symcausal.numbers.evaluate.sympy_bridge import to_sympy

        assert self.parts is not None
        circuit, *parts = self.parts
        found = {exponents(key, 1)[0]: node for key, node in parts[which].items()}
        nodes = [found.get(i, circuit.zero) for i in range(max(found, default=0) + 1)]
        return tuple(to_sympy(circuit, node) for node in nodes)


def conditions_of(bounds: Mapping[str, object]) -> list[tuple[Holds, Fraction]]:
    """Return bounds as conditions on the sign of the bounded value minus the bound."""
    signs: dict[str, Holds] = {
        "at_least": lambda sign: sign >= 0,
        "at_most": lambda sign: sign <= 0,
        "above": lambda sign: sign > 0,
        "below": lambda sign: sign < 0,
    }
    wrong = [name for name in bounds if name not in signs]
    if wrong:
        raise UsageError(f"'{wrong[0]}' as a bound", expected=", ".join(signs))
    return [
        (signs[name], exact_number(bound)) for name, bound in bounds.items() if bound is not None
    ]


def _sympy(number: Any) -> Any:
    import sympy

    if isinstance(number, Fraction):
        return sympy.Rational(number.numerator, number.denominator)
    return number
