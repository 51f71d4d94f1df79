"""Plain text of formulas, which the reader takes back.

Main definitions
----------------
text : a formula, a term, events or a condition in ASCII, or with Unicode signs.
formula_text : the same in a style.
render : a box as plain text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
from symcausal.writing.names import text_name, text_state
from symcausal.writing.notations import Notation
from symcausal.writing.style import LECTURE, Style

ASCII: Mapping[str, str] = {
    "comma": ", ", "tight-comma": ",", "equals": "=", "is": " = ", "star": "*", "given": " | ",
    "about": " ~ ",
    "greater": " > ",
    "plus": " + ", "minus": " - ", "negative": "-", "times": " * ", "thin": " ", "space": " ",
    "slash": " / ", "tight-slash": "/", "separated": " _||_ ", "differs": " != ", "cross": "* ",
    "sum": "sum_", "over": " / ", "open": "(", "close": ")",
    "open-round": "(", "close-round": ")", "open-square": "[", "close-square": "]",
    "open-set": "{", "close-set": "}", "open-angle": "⟨", "close-angle": "⟩",
    "below": "",
}  # fmt: skip
UNICODE: Mapping[str, str] = {
    **ASCII,
    "times": " · ",
    "separated": " ⟂ ",
    "differs": " ≠ ",
    "sum": "Σ_",
}


def text(
    thing: Printable,
    notation: Notation | str = LECTURE,
    order: Sequence[str] = (),
    *,
    unicode: bool = False,
) -> str:
    """Write a formula, a term, events or a condition as plain text.

    Of the notation only the letter and the case of values show; brackets are round and an
    intervention is ``do(...)``.

    Examples
    --------
    >>> from symcausal.expr.nodes import Prob, free_events
    >>> text(Prob(free_events("L"), do=free_events("G")))
    'P(L | do(G))'
    """
    return formula_text(thing, Style.of(notation, order), UNICODE if unicode else ASCII)


def formula_text(thing: Printable, style: Style, signs: Mapping[str, str] = ASCII) -> str:
    """Write a formula, a term, events or a condition as plain text, in a style."""
    return render(layout(thing, style, inline=True), signs)


def render(box: Box, signs: Mapping[str, str] = ASCII) -> str:
    """Write a box as plain text."""
    match box:
        case Label():
            return _label(box)
        case Figure(digits):
            return digits
        case Sign(meaning):
            return signs[meaning]
        case Row(boxes):
            return "".join(render(b, signs) + " " * isinstance(b, Big) for b in boxes)
        case Fence(body, kind):
            left, right = (signs[side] for side in BRACKETS[kind])
            return left + render(body, signs) + right
        case Fraction(top, bottom):
            return f"{_closed(top, signs)}/{_closed(bottom, signs)}"
        case Script(Fence(body), Script(_, cuts)):
            return f"({render(body, signs)}) in the graph{_cuts(cuts, signs)}"
        case Script(base, sub, sup):
            foot = f"_{{{render(sub, signs)}}}" if sub else ""
            head = render(sup, signs) if sup else ""
            head = f"^{{{head}}}" if len(head) > 1 else f"^{head}" if head else ""
            return render(base, signs) + foot + head
        case Big(index):
            return f"{signs['sum']}{{{render(index, signs)}}}"
        case Mark(body, kind):
            return f"{kind}({render(body, signs)})"


def _cuts(cuts: Box | None, signs: Mapping[str, str]) -> str:
    """Return the surgery in words: which arrows are cut."""
    marks = cuts.boxes if isinstance(cuts, Row) else (cuts,)
    words = {"over": "arrows into", "under": "arrows out of"}
    said = [
        f"{words[mark.kind]} {render(mark.body, signs)}"
        for mark in marks
        if isinstance(mark, Mark) and mark.kind in words
    ]
    return " without " + " and ".join(said)


def _closed(box: Box, signs: Mapping[str, str]) -> str:
    inside = render(box, signs)
    match box:
        case Figure() | Label() | Fence():
            return inside
        case Sign() | Row() | Fraction() | Script() | Big() | Mark():
            return f"({inside})"


def _label(label: Label) -> str:
    if label.role == "function":
        return {r"\Pr": "Pr", r"\mathbb{P}": "P"}.get(label.name, label.name)
    if label.role in ("word", "literal", "graph"):
        return label.name
    if label.role == "state":
        return text_state(label.name)
    return text_name(label.name, label.primes)
