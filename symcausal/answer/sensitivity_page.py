"""How an answer depends on one table entry, as text, blocks and values.

Main definitions
----------------
to_text : print a sensitivity; symcausal.answer.sensitivity_latex has its LaTeX.
blocks, as_data : what is printed elsewhere.
parameter_of, slope_of, quotient_written : what is printed, before it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from symcausal.algebra.decimals import length, written
from symcausal.algebra.scalar import Indeterminate, Number, Term, plus, times
from symcausal.algebra.scalar import power as power_of
from symcausal.answer.sensitivity_curve import plot_of
from symcausal.answer.shown_numbers import LONGEST_EXACT, ShownNumbers
from symcausal.expr.nodes import Expr, Quotient, Scalar
from symcausal.hints import TYPE_CHECKING
from symcausal.numbers.evaluate.circuit_terms import term_of
from symcausal.numbers.sensitivity.curve import Change, Curve
from symcausal.numbers.sensitivity.polynomials import exponents
from symcausal.numbers.sensitivity.regions import Interval, Region
from symcausal.numbers.sensitivity.roots import (
    RealNumber,
    Univariate,
    derivative,
    difference,
    product,
    scaled,
)
from symcausal.writing.blocks import Block, Equation, Equations, Items, Plotted
from symcausal.writing.boxes import Box, Fence, Figure, Label, Script, Sign, row
from symcausal.writing.boxes import Fraction as Ratio
from symcausal.writing.layout import layout
from symcausal.writing.text import formula_text

if TYPE_CHECKING:
    from symcausal.answer.sensitivity_facts import SensitivityFacts

_ONE: Box = Figure("1")
_WORDS = {"at_least": "at least", "at_most": "at most", "above": "above", "below": "below"}


# -- text -----------------------------------------------------------------------------------------
def to_text(found: SensitivityFacts) -> str:
    """Lines of text."""
    asked = formula_text(found.query, found.style)
    lines = [f"t = {formula_text(parameter_of(found), found.style)}{_remark(found)}"]
    if found.curve is None:
        top, under = (_symbolic(part) for part in (found.numerator, found.denominator))
        return "\n".join([*lines, f"{asked} = {_over(top, under)}"])
    curve = found.curve
    sign, shown = _function(found, curve)
    lines.append(f"{asked} {sign} {shown}" + _at_present(found))
    if not curve.is_constant:
        sign, shown = _derivative(found, curve)
        lines.append(f"derivative {sign} {shown}{_slope_now(found)}")
    return "\n".join([*lines, *_readings(found, curve)])


def _readings(found: SensitivityFacts, curve: Curve) -> list[str]:
    """What can be read off the function, a line for each."""
    lines, shown = [], found.shown
    if curve.is_constant:
        lines.append(f"t makes no difference: {found.reason}")
    else:
        low, high = found.range
        lines.append(
            f"over all t from {curve.low} to {curve.high}: {shown.both(low)} to {shown.both(high)}"
        )
    lines += [f"not defined at t = {point}" for point in curve.undefined]
    if found.outcomes and found.value is not None:
        outcome = ", ".join(found.most_likely)
        lines.append(
            f"{outcome} is most likely for t in {_region(found.keeps_most_likely(), shown)}"
        )
    if found.bounds:
        region = found.where(**found.bounds)
        words = " and ".join(f"{_WORDS[key]} {value}" for key, value in found.bounds.items())
        lines.append(f"{words}: t in {_region(region, shown)}")
        change = found.least_change(**found.bounds) if found.present is not None else None
        if change is not None and change.old != change.new:
            lines.append(
                f"the least change: t from {shown.both(change.old)} to {_target(change, shown)}"
            )
    return lines


def _remark(found: SensitivityFacts) -> str:
    """The entry's present number, and what the rest of its row does."""
    words = _now(found)
    if found.entry is not None and found.network.size(found.entry.variable) > 2:
        words += "; the rest of its row keeps its ratios"
        if found.present == 1:
            words += ", or shares equally, as t is 1 now"
    return words


def _slope_now(found: SensitivityFacts) -> str:
    return "" if found.slope is None else f", {found.shown.both(found.slope)} at present"


def _now(found: SensitivityFacts) -> str:
    return "" if found.present is None else f", now {found.shown.both(found.present)}"


def _at_present(found: SensitivityFacts) -> str:
    if found.present is None:
        return ""
    value = found.value
    return ", not defined at present" if value is None else f", now {found.shown.both(value)}"


def _target(change: Change, shown: ShownNumbers) -> str:
    beyond = "" if change.is_reached else ", and any value beyond"
    ratio = change.odds_ratio
    odds = "" if ratio is None else f" (its odds times {shown.size(ratio)})"
    return f"{shown.both(change.new)}{odds}{beyond}"


def _region(region: Region, shown: ShownNumbers) -> str:
    return " or ".join(_interval(one, shown) for one in region) or "nothing"


def _interval(interval: Interval, shown: ShownNumbers) -> str:
    if interval.low == interval.high:
        return f"{{{shown.short(interval.low)}}}"
    left, right = "[" if interval.includes_low else "(", "]" if interval.includes_high else ")"
    return f"{left}{shown.short(interval.low)}, {shown.short(interval.high)}{right}"


def _function(found: SensitivityFacts, curve: Curve) -> tuple[str, str]:
    """The sign of equality, and the function: exact if its coefficients are short."""
    sign, (top, under) = quotient_written(curve.numerator, curve.denominator, found.shown, str)
    return sign, _over(top, under)


def _derivative(found: SensitivityFacts, curve: Curve) -> tuple[str, str]:
    """The same for the derivative, over the square of the denominator."""
    sign, (top, under) = quotient_written(
        slope_of(curve), curve.denominator, found.shown, str, power=2
    )
    return sign, top if under == "1" else f"{_fenced(top)} / ({under})^2"


def slope_of(curve: Curve) -> Univariate:
    """Return the numerator of the derivative, over the square of the denominator."""
    return difference(
        product(derivative(curve.numerator), curve.denominator),
        product(curve.numerator, derivative(curve.denominator)),
    )


def quotient_written(
    top: Univariate,
    under: Univariate,
    numbers: ShownNumbers,
    write: Callable[[Fraction], str],
    *,
    power: int = 1,
) -> tuple[str, list[str]]:
    """Write both parts of a quotient, after the sign of equality: exactly if their numbers are short."""
    sign, parts = _readable(top, under, power)
    return sign, [_polynomial(part, write if sign == "=" else numbers.rounded) for part in parts]


def _readable(top: Univariate, under: Univariate, power: int) -> tuple[str, list[Univariate]]:
    """Both parts as they are if that is short, otherwise scaled to be written as decimals."""
    if all(length(c) <= LONGEST_EXACT for part in (top, under) for c in part):
        return "=", [top, under]
    largest = max(abs(c) for c in under)
    return "~", [scaled(top, 1 / largest**power), scaled(under, 1 / largest)]


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
        shown = written(coefficients[i])
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


def parameter_of(found: SensitivityFacts) -> Expr:
    """Return what varies, as a formula."""
    return Scalar(found.unknown.symbol) if found.entry is None else found.entry.formula


# -- blocks ---------------------------------------------------------------------------------------
def blocks(found: SensitivityFacts) -> list[Block]:
    """The entry, the function and its derivative below each other; the rest as a list."""
    letter = Label("t")
    rows = [Equation(letter, "=", (parameter_of(found), *_words(_remark(found))))]
    if found.curve is None:
        ratio = Quotient(*(Scalar(_term(found, part)) for part in (0, 1)))
        return [Equations((*rows, Equation(found.query, "=", (ratio,))))]
    curve = found.curve
    sign, (top, under) = _boxes(curve.numerator, curve.denominator, found.shown)
    rows.append(Equation(found.query, sign, (_ratio(top, under), *_words(_at_present(found)))))
    if not curve.is_constant:
        sign, (top, under) = _boxes(slope_of(curve), curve.denominator, found.shown, power=2)
        square = under if under == _ONE else Script(Fence(under), sup=Figure("2"))
        slope = Ratio(Label("d"), row([Label("d"), letter]))
        left = row([slope, Sign("thin"), layout(found.query, found.style)])
        rows.append(Equation(left, sign, (_ratio(top, square), *_words(_slope_now(found)))))
    read = tuple((line,) for line in _readings(found, curve))
    drawn = [] if curve.is_constant else [Plotted(plot_of(found, found.bounds))]
    return [Equations(tuple(rows)), *drawn, Items(read)]


def _words(said: str) -> list[str]:
    return [said] * bool(said)


def _term(found: SensitivityFacts, which: int) -> Term:
    """The numerator or the denominator where its coefficients hold other parameters."""
    assert found.parts is not None
    circuit, *parts = found.parts
    powers = {exponents(key, 1)[0]: node for key, node in parts[which].items()}
    t = Indeterminate("t")
    return plus(
        times((term_of(circuit, node), power_of(t, i)))
        for i, node in sorted(powers.items(), reverse=True)
    )


def _ratio(top: Box, under: Box) -> Box:
    return top if under == _ONE else Ratio(top, under)


def _boxes(
    top: Univariate, under: Univariate, numbers: ShownNumbers, *, power: int = 1
) -> tuple[str, list[Box]]:
    def roughly(number: Fraction) -> Box:
        return Figure(numbers.rounded(number))

    sign, parts = _readable(top, under, power)
    return sign, [_polynomial_box(part, _exactly if sign == "=" else roughly) for part in parts]


def _exactly(number: Fraction) -> Box:
    return layout(Scalar(Number(number)))


def _polynomial_box(coefficients: Univariate, write: Callable[[Fraction], Box]) -> Box:
    """A polynomial in ``t``, the highest power first."""
    boxes: list[Box] = []
    for i in range(len(coefficients) - 1, -1, -1):
        c = coefficients[i]
        if not c:
            continue
        if boxes or c < 0:
            boxes.append(Sign(("minus" if c < 0 else "plus") if boxes else "negative"))
        letter: Box = Label("t") if i == 1 else Script(Label("t"), sup=Figure(str(i)))
        size = write(abs(c))
        if not i:
            boxes.append(size)
        else:
            boxes += [letter] if size == _ONE else [size, Sign("thin"), letter]
    return row(boxes) if boxes else Figure("0")


# -- JSON -----------------------------------------------------------------------------------------
def as_data(found: SensitivityFacts) -> dict[str, object]:
    """One object, numbers as text."""
    curve = found.curve
    data: dict[str, object] = {
        "query": formula_text(found.query, found.style),
        "parameter": formula_text(parameter_of(found), found.style),
        "name": found.unknown.symbol.name,
        "present": _json_number(found.present),
        "numerator": [written(c) for c in found.numerator],
        "denominator": [written(c) for c in found.denominator],
        "open": list(found.open),
        "value": None, "slope": None, "range": None, "undefined": [], "reason": found.reason,
        "most_likely": None, "where": None, "least_change": None,
    }  # fmt: skip
    if curve is not None:
        data["value"] = _json_number(found.value)
        data["slope"] = _json_number(found.slope) if found.present is not None else None
        data["range"] = [written(end) for end in found.range]
        data["undefined"] = [_json_number(point) for point in curve.undefined]
        if found.outcomes and found.value is not None:
            data["most_likely"] = {
                "outcome": list(found.most_likely), "where": _json_region(found.keeps_most_likely())
            }  # fmt: skip
        if found.bounds:
            data["where"] = _json_region(found.where(**found.bounds))
            change = found.least_change(**found.bounds) if found.present is not None else None
            if change is not None:
                data["least_change"] = {
                    "from": written(change.old), "to": _json_number(change.new),
                    "reached": change.is_reached,
                }  # fmt: skip
    return data


def _json_number(number: RealNumber | None) -> str | None:
    if number is None:
        return None
    return written(number) if isinstance(number, Fraction) else f"{float(number):.15g}"


def _json_region(region: Region) -> list[dict[str, object]]:
    return [
        {
            "low": _json_number(i.low), "high": _json_number(i.high),
            "includes": [i.includes_low, i.includes_high],
        }
        for i in region
    ]  # fmt: skip
