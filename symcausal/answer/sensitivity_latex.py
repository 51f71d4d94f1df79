"""How an answer depends on one table entry, as LaTeX.

Main definitions
----------------
to_latex : print a sensitivity.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from symcausal.answer.sensitivity_page import blocks, parameter_of, quotient_written, slope_of
from symcausal.answer.shown_numbers import ShownNumbers
from symcausal.hints import TYPE_CHECKING, Any
from symcausal.numbers.evaluate.substitution import exact_number
from symcausal.numbers.sensitivity.regions import Interval
from symcausal.writing.blocks import Equation, Equations
from symcausal.writing.boxes import Label
from symcausal.writing.equations import equations_latex
from symcausal.writing.latex import formula_latex
from symcausal.writing.metrics import aligned_ems, latex_ems
from symcausal.writing.style import Style

if TYPE_CHECKING:
    from symcausal.answer.sensitivity_facts import SensitivityFacts

_COLUMN_GAP = 2.0  # ems, the least between two columns
_SIGNS = {"at_least": r"\geq", "at_most": r"\leq", "above": ">", "below": "<"}


def to_latex(found: SensitivityFacts, style: Style) -> str:
    """An ``align*``: the parameter, the function, its derivative, the bounds.

    Where a line is too long, each formula is cut as in any other format.
    """
    lines = _tex_lines(found)
    if _tex_width(lines) <= style.ems:
        return _aligned(lines)
    written = [equations_latex(one, style) for one in blocks(found) if isinstance(one, Equations)]
    if found.bounds:
        named = Equation(Label("f(t)", "literal"), "=", (found.query,))
        written.append(equations_latex(Equations((named,)), style))
        asked, region = _tex_bounds(found)
        joined = f"{asked} &{region}"
        fits = aligned_ems([joined]) <= style.ems
        written.append(_aligned([joined] if fits else [f"&{asked}", rf"&\quad {region}"]))
    return "\n".join(written)


def _tex_lines(found: SensitivityFacts) -> list[str]:
    """The lines, with the present numbers in a column of their own."""
    lines = [
        rf"t &= {formula_latex(parameter_of(found), found.style)}{_tex_now(found, found.present)}"
    ]
    lines.append(rf"f(t) &= {formula_latex(found.query, found.style)}")
    if found.curve is None:
        top, under = map(_tex_symbolic, (found.numerator, found.denominator))
        return [*lines, rf"&= {_frac(top, under)}"]
    curve = found.curve
    sign, (top, under) = quotient_written(
        curve.numerator, curve.denominator, found.shown, found.shown.latex
    )
    lines.append(rf"&{_equals(sign)} {_frac(top, under)}{_tex_now(found, found.value)}")
    if not curve.is_constant:
        sign, (top, under) = quotient_written(
            slope_of(curve), curve.denominator, found.shown, found.shown.latex, power=2
        )
        square = under if under == "1" else f"({under})^2"
        slope = _tex_now(found, found.slope)
        lines.append(rf"f'(t) &{_equals(sign)} {_frac(top, square)}{slope}")
    if found.bounds:
        lines.append(" &".join(_tex_bounds(found)))
    return lines


def _tex_bounds(found: SensitivityFacts) -> tuple[str, str]:
    """What is asked of the function, and where it holds."""
    where = (
        r" \cup ".join(_tex_interval(one, found.shown) for one in found.where(**found.bounds))
        or r"\emptyset"
    )
    words = r" \text{ and } ".join(
        f"f(t) {_SIGNS[key]} {found.shown.latex(exact_number(bound))}"
        for key, bound in found.bounds.items()
    )
    return words, rf"\iff t \in {where}"


def _tex_width(lines: Sequence[str]) -> float:
    """The ems that the lines take, their two columns and the gap between them."""
    columns = [line.partition(" && ") for line in lines]
    now = max(latex_ems(last) for _, _, last in columns)
    return aligned_ems(first for first, _, _ in columns) + (now + _COLUMN_GAP if now else 0)


def _tex_now(found: SensitivityFacts, number: Fraction | None) -> str:
    return "" if number is None else rf" && \text{{(now ${found.shown.latex(number)}$)}}"


def _tex_symbolic(coefficients: Sequence[Any]) -> str:
    import sympy

    terms = []
    for i, c in reversed(list(enumerate(coefficients))):
        if c != 0:
            power = {0: "", 1: " t"}.get(i, f" t^{{{i}}}")
            body = sympy.latex(c)
            alone = len(coefficients) == 1 or c.is_Symbol or c.is_Number
            body = body if alone else rf"\left({body}\right)"
            terms.append(power.strip() if body == "1" and power else body + power)
    return " + ".join(terms) or "0"


def _tex_interval(interval: Interval, shown: ShownNumbers) -> str:
    low, high = shown.latex(interval.low), shown.latex(interval.high)
    if interval.low == interval.high:
        return rf"\{{{low}\}}"
    left, right = "[" if interval.includes_low else "(", "]" if interval.includes_high else ")"
    return rf"\left{left}{low}, {high}\right{right}"


def _equals(sign: str) -> str:
    return "=" if sign == "=" else r"\approx"


def _frac(top: str, under: str) -> str:
    return top if under == "1" else rf"\frac{{{top}}}{{{under}}}"


def _aligned(lines: Sequence[str]) -> str:
    return "\\begin{align*}\n" + " \\\\\n".join(lines) + "\n\\end{align*}"
