r"""LaTeX of formulas: what KaTeX, MathJax and amsmath all accept.

Main definitions
----------------
latex : a formula, a term, events or a condition as LaTeX.
formula_latex : the same in a style.
render : a box as LaTeX.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcausal.writing.boxes import (
    BRACKETS,
    Big,
    Box,
    Fence,
    Figure,
    Fraction,
    Label,
    Mark,
    Row,
    Script,
    Sign,
)
from symcausal.writing.layout import Printable, layout
from symcausal.writing.names import latex_name, latex_state
from symcausal.writing.notations import Notation
from symcausal.writing.style import LECTURE, Style

_SIGNS = {
    "comma": ", ", "tight-comma": ",", "equals": "=", "is": " = ", "star": "*", "given": r" \mid ",
    "about": r" \approx ",
    "greater": " > ",
    "plus": " + ", "minus": " - ", "negative": "-", "times": r" \cdot ", "thin": r"\,",
    "space": " ", "slash": " / ", "tight-slash": "/", "separated": r" \perp\!\!\!\perp ",
    "differs": r" \neq ", "cross": r"\times ", "over": " / ", "open": r"\bigl(", "close": r"\bigr)",
    "open-round": "(", "close-round": ")", "open-square": "[", "close-square": "]",
    "open-set": r"\{", "close-set": r"\}",
    "open-angle": r"\langle ", "close-angle": r"\rangle",
    "below": r"\\ ",
}  # fmt: skip
_MARKS = {"hat": r"\hat", "over": r"\overline", "under": r"\underline"}


def latex(thing: Printable, notation: Notation | str = LECTURE, order: Sequence[str] = ()) -> str:
    r"""Write a formula, a term, events or a condition in LaTeX, without dollar signs.

    Parameters
    ----------
    thing : Expr, Term, Event, Events or Condition
        What to write.
    notation : Notation or str
        How, or the name of a preset; the library's own by default.
    order : sequence of str
        The names of the model, variables first, in the order of their declaration; alphabetical
        where it is silent. A lower-case notation keeps the capitals of what could be mistaken for
        one of these names; without them, of every name longer than a letter.

    Examples
    --------
    >>> from symcausal.expr.nodes import Prob, free_events
    >>> latex(Prob(free_events("L"), free_events("G")))
    'P[L \\mid G]'
    """
    return formula_latex(thing, Style.of(notation, order))


def formula_latex(thing: Printable, style: Style) -> str:
    """Write a formula, a term, events or a condition in LaTeX, in a style."""
    return render(layout(thing, style), bar=style.notation.bar)


def render(box: Box, *, bar: str = r"\mid") -> str:
    """Write a box in LaTeX."""
    match box:
        case Label():
            return _label(box)
        case Figure(digits):
            return digits
        case Sign("given") if bar == "|":
            return " | "
        case Sign(meaning):
            return _SIGNS[meaning]
        case Row(boxes):
            return "".join(_spaced(boxes, bar))
        case Fence(body, kind):
            left, right = (_SIGNS[side] for side in BRACKETS[kind])
            inside = render(body, bar=bar)
            if kind != "set" and is_tall(body):
                return rf"\left{left} {inside} \right{right}"
            return left + inside + right
        case Fraction(top, bottom):
            return rf"\frac{{{render(top, bar=bar)}}}{{{render(bottom, bar=bar)}}}"
        case Script(base, sub, sup):
            foot = f"_{{{_small(sub, bar)}}}" if sub else ""
            head = f"^{{{render(sup, bar=bar)}}}" if sup else ""
            return render(base, bar=bar) + foot + head
        case Big(index):
            return rf"\sum_{{{_small(index, bar)}}}"
        case Mark(body, kind):
            return rf"{_MARKS[kind]}{{{render(body, bar=bar)}}}"


def _small(index: Box, bar: str) -> str:
    """Write the index of a sum or a subscript, which may have several rows."""
    written = render(index, bar=bar)
    several = isinstance(index, Row) and Sign("below") in index.boxes
    return rf"\substack{{{written}}}" if several else written


def _spaced(boxes: tuple[Box, ...], bar: str) -> list[str]:
    parts = []
    for box in boxes:
        parts.append(render(box, bar=bar))
        if isinstance(box, Big):
            parts.append(" ")
    return parts


def is_tall(box: Box) -> bool:
    """Whether brackets around a box should grow with it."""
    match box:
        case Fraction() | Big():
            return True
        case Row(boxes):
            return any(map(is_tall, boxes))
        case Label() | Sign() | Figure() | Fence() | Script() | Mark():
            return False


def _label(label: Label) -> str:
    primes = "'" * label.primes
    match label.role:
        case "state":
            return latex_state(label.name)
        case "word":
            return rf"\mathrm{{{label.name}}}"
        case "graph":
            return rf"\mathcal{{{label.name}}}"
        case "function":
            return {"do": r"\operatorname{do}", "E": r"\mathbb{E}"}.get(label.name, label.name)
        case "literal":
            return label.name
        case "variable" | "parameter":
            return latex_name(label.name) + primes
