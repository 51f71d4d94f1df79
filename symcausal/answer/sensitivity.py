"""How an answer depends on one table entry: the function, and what can be read off it.

Main definitions
----------------
Sensitivity : the answer, printable.
sensitivity : make one.
chosen_unknown : a parameter as users name it.

References
----------
[CastilloGutierrezHadi1997]_, [CoupeVanDerGaag2002]_ for the function; [ChanDarwiche2002]_ for the least
change that reaches a bound.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from symcausal.algebra.scalar import Indeterminate
from symcausal.answer.shown_numbers import ShownNumbers
from symcausal.errors import ImpossibleEventError, MissingParameterError, UsageError
from symcausal.expr.nodes import Expr, Prob
from symcausal.expr.scope import free_letters
from symcausal.network.network import Network
from symcausal.numbers.evaluate.circuit import Circuit
from symcausal.numbers.evaluate.substitution import exact_number
from symcausal.numbers.sensitivity.curve import Change, Curve, Holds
from symcausal.numbers.sensitivity.entries import Entry, entry_of, named_entry
from symcausal.numbers.sensitivity.functions import (
    Unknown,
    curve_in,
    holds_most,
    posterior_in,
    ratio_in,
    ratio_with_symbols,
    univariate,
    unknown_entry,
    unknown_symbol,
)
from symcausal.numbers.sensitivity.polynomials import KeyPolynomial, exponents
from symcausal.numbers.sensitivity.regions import Region
from symcausal.numbers.sensitivity.relevance import why_constant
from symcausal.numbers.sensitivity.roots import Univariate
from symcausal.reading.reader import read
from symcausal.reading.vocabulary import Vocabulary
from symcausal.record import Frozen, record, replace
from symcausal.writing.names import names_of
from symcausal.writing.notations import Notation
from symcausal.writing.shown import Shown
from symcausal.writing.style import Style

if TYPE_CHECKING:
    import sympy

    from symcausal.writing.blocks import Block

BOUNDS = ("at_least", "at_most", "above", "below")


@record
class Sensitivity(Shown):
    """A query as a function of one table entry ``t``.

    Attributes
    ----------
    query : Expr
        The formula that depends on it.
    unknown : Unknown
        What varies.
    curve : Curve or None
        The function in fractions; None where its coefficients hold other parameters.
    parts : (Circuit, dict, dict) or None
        Then numerator and denominator, their coefficients nodes of the circuit.
    outcomes : mapping of tuple of str to Curve
        For a single probability: that of each assignment of its outcome.
    open : tuple of str
        The parameters that have no number.
    reason : str
        Why the entry makes no difference; empty if it does.
    network : Network
        Where it was asked.
    notation : Notation
        How it is written.
    bounds : mapping of str to number
        What is asked of the answer when it is printed; empty if nothing is.
    digits : int or None
        The significant figures of decimals; None for what the page takes by itself.
    """

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

    def blocks(self) -> list[Block]:
        """The function and its derivative, and what can be read off them."""
        from symcausal.answer.sensitivity_page import blocks

        return blocks(self)

    def as_data(self) -> dict[str, object]:
        """One object, numbers as text."""
        from symcausal.answer.sensitivity_page import as_data

        return as_data(self)

    def own_formats(self, style: Style) -> dict[str, Callable[[], str]]:
        """Text of a few lines, and LaTeX as one ``align*``."""
        from symcausal.answer.sensitivity_page import to_latex, to_text

        return {"text": lambda: to_text(self), "latex": lambda: to_latex(self, style)}

    def _with(self, options: Mapping[str, object]) -> Sensitivity:
        """A copy with these options; a bound is one that is put to the answer."""
        bounds = {n: bound for n in BOUNDS if (bound := options.get(n)) is not None}
        others = {name: value for name, value in options.items() if name not in BOUNDS}
        return replace(Shown._with(self, others), bounds=Frozen(bounds))

    def plot(self, axes: Any = None, **bounds: object) -> Any:
        """Draw the curve with the present value and the bounds marked; needs matplotlib."""
        from symcausal.answer.sensitivity_plot import draw_curve

        return draw_curve(self, bounds, axes)

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


def sensitivity(
    network: Network, query: Expr, parameter: object, vocabulary: Vocabulary, notation: Notation
) -> Sensitivity:
    """Return a query as an exact function of one table entry, the rest of its row co-varying.

    Raises
    ------
    ImpossibleEventError
        If the condition is impossible whatever the entry is.
    UsageError
        If values are free, or there is no such entry.
    """
    free = free_letters(query)
    if free:
        raise UsageError(
            f"the values of {', '.join(free)} are free",
            expected="a query with one value",
            hint="name their states",
        )
    unknown = chosen_unknown(network, parameter, vocabulary)
    found = posterior_in(network, query, [unknown])
    ratio = ratio_in(network, query, [unknown], known=found)
    if ratio is None:
        circuit, symbolic = ratio_with_symbols(network, query, [unknown])
        nodes = (*symbolic.numerator.values(), *symbolic.denominator.values())
        reached = circuit.reachable(nodes)
        names = tuple(p.name for n in reached if (p := circuit.entry(n)) is not None)
        parts = circuit, symbolic.numerator, symbolic.denominator
        return Sensitivity(query, unknown, None, parts, {}, names, "", network, notation)
    curve = curve_in(network, query, unknown, ratio)
    outcomes: dict[tuple[str, ...], Curve] = {}
    if found is not None:
        below = univariate(found.denominator)
        for outcome, numerator in found.numerators.items():
            mine = curve if outcome == found.asked else None
            outcomes[outcome] = mine or _with_ends(univariate(numerator), below, curve)
    reason = why_constant(network, query, unknown.entry, found) if curve.is_constant else ""
    return Sensitivity(query, unknown, curve, None, outcomes, (), reason, network, notation)


def _with_ends(top: Univariate, below: Univariate, like: Curve) -> Curve:
    """Another outcome's function, defined where the one asked for is."""
    plain = Curve.of(top, below, low=like.low, high=like.high)
    ends = tuple(
        None if known is None else own for known, own in zip(like.ends, plain.ends, strict=True)
    )
    return Curve(plain.numerator, plain.denominator, (ends[0], ends[1]), like.low, like.high)


def chosen_unknown(network: Network, parameter: object, vocabulary: Vocabulary) -> Unknown:
    """Return the unknown that users name by a symbol, a name, or ``P(S=high | I=high)``.

    Raises
    ------
    UsageError
        If there is no such entry or parameter.
    """
    if isinstance(parameter, Entry):
        parameter.position(network)
        return unknown_entry(network, parameter)
    name = parameter if isinstance(parameter, str) else getattr(parameter, "name", None)
    symbols: dict[str, Indeterminate] = {p.name: p for p in network.parameters}
    if isinstance(name, str) and name.strip() in symbols:
        return unknown_symbol(network, symbols[name.strip()])
    if isinstance(name, str) and not any(sign in name for sign in "([{|"):
        return unknown_entry(network, named_entry(network, name.strip()))
    formula = read(parameter, vocabulary) if isinstance(parameter, str) else parameter
    if not isinstance(formula, Prob):
        raise UsageError(
            f"{str(parameter)[:60]!r} as a parameter",
            expected="a symbol of the model, its name, or a table entry such as P(X=x | Y=y)",
        )
    entry = entry_of(network, formula)
    term = entry.term(network)
    if isinstance(term, Indeterminate):
        return unknown_symbol(network, term)
    return unknown_entry(network, entry)
