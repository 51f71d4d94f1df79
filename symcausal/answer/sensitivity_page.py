"""How an answer depends on one table entry, as text, LaTeX and JSON.

Main definitions
----------------
to_text, to_latex, to_json : print a sensitivity.
shown_number : a number, exactly if that is short.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from symcausal.algebra.decimals import with_decimal
from symcausal.expr.nodes import Expr, Scalar
from symcausal.numbers.evaluate.substitution import exact_number
from symcausal.numbers.sensitivity.curve import Change, Curve
from symcausal.numbers.sensitivity.regions import Interval, Region
from symcausal.numbers.sensitivity.roots import (
    RealNumber,
    Root,
    Univariate,
    derivative,
    difference,
    product,
    scaled,
)
from symcausal.writing.latex import latex
from symcausal.writing.names import names_of
from symcausal.writing.text import text

if TYPE_CHECKING:
    from symcausal.answer.sensitivity import Sensitivity

LONGEST_EXACT = 13  # characters of a coefficient that is still written as it is
_WORDS = {"at_least": "at least", "at_most": "at most", "above": "above", "below": "below"}
_SIGNS = {"at_least": r"\geq", "at_most": r"\leq", "above": ">", "below": "<"}


# -- text -----------------------------------------------------------------------------------------
def to_text(found: Sensitivity, bounds: Mapping[str, object]) -> str:
    """Lines of text."""
    asked, name = _formula(found, text), "t"
    lines = [f"t = {_parameter(found, text)}" + _now(found.present)]
    if found.entry is not None and found.network.size(found.entry.variable) > 2:
        lines[0] += "; the rest of its row keeps its ratios"
        if found.present == 1:
            lines[0] += ", or shares equally, as t is 1 now"
    if found.curve is None:
        top, under = (_symbolic(part) for part in (found.numerator, found.denominator))
        return "\n".join([*lines, f"{asked} = {_over(top, under)}"])
    curve = found.curve
    sign, shown = _function(curve)
    lines.append(f"{asked} {sign} {shown}" + _at_present(found))
    if curve.is_constant:
        lines.append(f"{name} makes no difference: {found.reason}")
    else:
        sign, shown = _derivative(curve)
        slope = found.slope
        now = "" if slope is None else f", {plain_number(slope)} at present"
        lines.append(f"derivative {sign} {shown}{now}")
        low, high = found.range
        lines.append(
            f"over all t from {curve.low} to {curve.high}: {plain_number(low)} to {plain_number(high)}"
        )
    lines += [f"not defined at t = {point}" for point in curve.undefined]
    if found.outcomes and found.value is not None:
        outcome = ", ".join(found.most_likely)
        lines.append(f"{outcome} is most likely for t in {_region(found.keeps_most_likely())}")
    if bounds:
        region = found.where(**bounds)
        words = " and ".join(f"{_WORDS[key]} {value}" for key, value in bounds.items())
        lines.append(f"{words}: t in {_region(region)}")
        change = found.least_change(**bounds) if found.present is not None else None
        if change is not None and change.old != change.new:
            lines.append(
                f"the least change: t from {plain_number(change.old)} to {_target(change)}"
            )
    return "\n".join(lines)


def _now(present: Fraction | None) -> str:
    return "" if present is None else f", now {plain_number(present)}"


def _at_present(found: Sensitivity) -> str:
    if found.present is None:
        return ""
    value = found.value
    return ", not defined at present" if value is None else f", now {plain_number(value)}"


def _target(change: Change) -> str:
    beyond = "" if change.is_reached else ", and any value beyond"
    ratio = change.odds_ratio
    odds = "" if ratio is None else f" (its odds times {float(ratio):.4g})"
    return f"{plain_number(change.new)}{odds}{beyond}"


def shown_number(number: RealNumber) -> str:
    """A number, exactly if that is short, otherwise as a decimal."""
    if isinstance(number, Fraction) and len(str(number)) <= LONGEST_EXACT:
        return str(number)
    return f"{float(number):.6g}..."


def plain_number(number: RealNumber) -> str:
    """A number with its decimal beside it."""
    if isinstance(number, Root) or len(str(number)) > LONGEST_EXACT:
        return shown_number(number)
    return with_decimal(number)


def _region(region: Region) -> str:
    return " or ".join(map(_interval, region)) or "nothing"


def _interval(interval: Interval) -> str:
    if interval.low == interval.high:
        return f"{{{shown_number(interval.low)}}}"
    left, right = "[" if interval.includes_low else "(", "]" if interval.includes_high else ")"
    return f"{left}{shown_number(interval.low)}, {shown_number(interval.high)}{right}"


def _function(curve: Curve) -> tuple[str, str]:
    """The sign of equality, and the function: exact if its coefficients are short."""
    sign, (top, under) = _written(curve.numerator, curve.denominator, str)
    return sign, _over(top, under)


def _derivative(curve: Curve) -> tuple[str, str]:
    """The same for the derivative, over the square of the denominator."""
    sign, (top, under) = _written(_slope(curve), curve.denominator, str, power=2)
    return sign, top if under == "1" else f"{_fenced(top)} / ({under})^2"


def _slope(curve: Curve) -> Univariate:
    return difference(
        product(derivative(curve.numerator), curve.denominator),
        product(curve.numerator, derivative(curve.denominator)),
    )


def _written(
    top: Univariate, under: Univariate, write: Callable[[Fraction], str], *, power: int = 1
) -> tuple[str, list[str]]:
    if all(len(str(c)) <= LONGEST_EXACT for part in (top, under) for c in part):
        return "=", [_polynomial(part, write) for part in (top, under)]
    largest = max(abs(c) for c in under)
    parts = scaled(top, 1 / largest**power), scaled(under, 1 / largest)
    return "~", [_polynomial(part, _rounded) for part in parts]


def _rounded(number: Fraction) -> str:
    return f"{float(number):.6g}"


def _polynomial(coefficients: Univariate, write: Callable[[Fraction], str]) -> str:
    terms = []
    for i in range(len(coefficients) - 1, -1, -1):
        c = coefficients[i]
        if not c:
            continue
        power = {0: "", 1: "t"}.get(i, f"t^{i}" if i < 10 else f"t^{{{i}}}")
        size = write(abs(c))
        body = power if size == "1" and power else f"{size} {power}".strip()
        terms.append((" - " if c < 0 else " + ") + body)
    joined = "".join(terms) or " + 0"
    return joined[3:] if joined.startswith(" + ") else "-" + joined[3:]


def _symbolic(coefficients: Sequence[object]) -> str:
    terms = []
    for i in range(len(coefficients) - 1, -1, -1):
        shown = str(coefficients[i])
        if shown == "0" and len(coefficients) > 1:
            continue
        power = {0: "", 1: "t"}.get(i, f"t^{i}")
        body = shown if shown.isalnum() or not power else f"({shown})"
        terms.append(power if shown == "1" and power else f"{body} {power}".strip())
    return " + ".join(terms)


def _over(top: str, under: str) -> str:
    if under == "1":
        return top
    return f"{_fenced(top)} / {_fenced(under)}"


def _fenced(part: str) -> str:
    return f"({part})" if " " in part else part


def _formula(found: Sensitivity, write: Any) -> str:
    return str(write(found.query, found.notation, _order(found)))


def _parameter(found: Sensitivity, write: Any) -> str:
    shown: Expr = Scalar(found.unknown.symbol)
    if found.entry is not None:
        shown = found.entry.formula
    return str(write(shown, found.notation, _order(found)))


def _order(found: Sensitivity) -> tuple[str, ...]:
    return names_of(found.network.variables, found.network.declared)


# -- LaTeX ----------------------------------------------------------------------------------------
def to_latex(found: Sensitivity, bounds: Mapping[str, object]) -> str:
    """An ``align*``: the parameter, the function, its derivative, the bounds."""
    lines = [rf"t &= {_parameter(found, latex)}{_tex_now(found.present)}"]
    lines.append(rf"f(t) &= {_formula(found, latex)}")
    if found.curve is None:
        top, under = map(_tex_symbolic, (found.numerator, found.denominator))
        return _aligned([*lines, rf"&= {_frac(top, under)}"])
    curve = found.curve
    sign, (top, under) = _written(curve.numerator, curve.denominator, tex_number)
    lines.append(rf"&{_equals(sign)} {_frac(top, under)}{_tex_now(found.value)}")
    if not curve.is_constant:
        sign, (top, under) = _written(_slope(curve), curve.denominator, tex_number, power=2)
        square = under if under == "1" else f"({under})^2"
        slope = _tex_now(found.slope)
        lines.append(rf"f'(t) &{_equals(sign)} {_frac(top, square)}{slope}")
    if bounds:
        where = r" \cup ".join(map(_tex_interval, found.where(**bounds))) or r"\emptyset"
        words = r" \text{ and } ".join(
            f"f(t) {_SIGNS[key]} {tex_number(exact_number(bound))}" for key, bound in bounds.items()
        )
        lines.append(rf"{words} &\iff t \in {where}")
    return _aligned(lines)


def _tex_now(number: Fraction | None) -> str:
    return "" if number is None else rf" && \text{{(now ${tex_number(number)}$)}}"


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


def tex_number(number: RealNumber) -> str:
    """A number in LaTeX."""
    if isinstance(number, Root) or len(str(number)) > LONGEST_EXACT:
        return rf"{float(number):.6g}\ldots"
    if number.denominator == 1:
        return str(number)
    sign = "-" if number < 0 else ""
    return rf"{sign}\tfrac{{{abs(number.numerator)}}}{{{number.denominator}}}"


def _tex_interval(interval: Interval) -> str:
    low, high = tex_number(interval.low), tex_number(interval.high)
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


# -- JSON -----------------------------------------------------------------------------------------
def to_json(found: Sensitivity, bounds: Mapping[str, object]) -> str:
    """One object, numbers as text."""
    curve = found.curve
    data: dict[str, object] = {
        "query": _formula(found, text),
        "parameter": _parameter(found, text),
        "name": found.unknown.symbol.name,
        "present": _json_number(found.present),
        "numerator": [str(c) for c in found.numerator],
        "denominator": [str(c) for c in found.denominator],
        "open": list(found.open),
        "value": None, "slope": None, "range": None, "undefined": [], "reason": found.reason,
        "most_likely": None, "where": None, "least_change": None,
    }  # fmt: skip
    if curve is not None:
        data["value"] = _json_number(found.value)
        data["slope"] = _json_number(found.slope) if found.present is not None else None
        data["range"] = [str(end) for end in found.range]
        data["undefined"] = [_json_number(point) for point in curve.undefined]
        if found.outcomes and found.value is not None:
            data["most_likely"] = {
                "outcome": list(found.most_likely), "where": _json_region(found.keeps_most_likely())
            }  # fmt: skip
        if bounds:
            data["where"] = _json_region(found.where(**bounds))
            change = found.least_change(**bounds) if found.present is not None else None
            if change is not None:
                data["least_change"] = {
                    "from": str(change.old), "to": _json_number(change.new),
                    "reached": change.is_reached,
                }  # fmt: skip
    return json.dumps(data, indent=2, ensure_ascii=False)


def _json_number(number: RealNumber | None) -> str | None:
    if number is None:
        return None
    return str(number) if isinstance(number, Fraction) else f"{float(number):.15g}"


def _json_region(region: Region) -> list[dict[str, object]]:
    return [
        {
            "low": _json_number(i.low), "high": _json_number(i.high),
            "includes": [i.includes_low, i.includes_high],
        }
        for i in region
    ]  # fmt: skip
