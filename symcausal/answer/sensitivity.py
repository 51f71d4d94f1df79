"""How an answer depends on one table entry: the function, and what can be read off it.

Main definitions
----------------
Sensitivity : the answer, printable.
sensitivity : make one.
chosen_unknown : a parameter as users name it.

References
----------
[CastilloGutierrezHadi1997]_, [CoupeVanDerGaag2002]_.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symcausal.algebra.scalar import Indeterminate
from symcausal.answer.sensitivity_facts import BOUNDS, SensitivityFacts
from symcausal.errors import UsageError
from symcausal.expr.nodes import Expr, Prob
from symcausal.expr.scope import free_letters
from symcausal.hints import TYPE_CHECKING, Any
from symcausal.network.network import Network
from symcausal.numbers.sensitivity.curve import Curve
from symcausal.numbers.sensitivity.entries import Entry, entry_of, named_entry
from symcausal.numbers.sensitivity.functions import (
    Unknown,
    curve_in,
    posterior_in,
    ratio_in,
    ratio_with_symbols,
    univariate,
    unknown_entry,
    unknown_symbol,
)
from symcausal.numbers.sensitivity.relevance import why_constant
from symcausal.numbers.sensitivity.roots import Univariate
from symcausal.reading.reader import read
from symcausal.reading.vocabulary import Vocabulary
from symcausal.record import Frozen, replace
from symcausal.writing.notations import Notation
from symcausal.writing.shown import Shown
from symcausal.writing.style import Style

if TYPE_CHECKING:
    from symcausal.writing.blocks import Block


class Sensitivity(SensitivityFacts):
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

    __slots__ = ()

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
        from symcausal.answer.sensitivity_latex import to_latex
        from symcausal.answer.sensitivity_page import to_text

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
