"""Presentation MathML of formulas, as browsers draw it without any script.

Main definitions
----------------
math : MathML with its LaTeX source, as one element.
render : a box as MathML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from symcausal.writing.boxes import (
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
from symcausal.writing.latex import is_tall
from symcausal.writing.latex import render as latex_of
from symcausal.writing.long_names import WHOLE_NAME, rows_of
from symcausal.writing.metrics import SCRIPT, words_ems
from symcausal.writing.names import cut
from symcausal.writing.signs import GREEK_LETTERS

_SPACE, _THIN = '<mspace width="0.35em"/>', '<mspace width="0.17em"/>'
_FENCES = {"round": ("(", ")"), "square": ("[", "]"), "set": ("{", "}"), "angle": ("⟨", "⟩")}
_SIGNS = {
    "comma": '<mo separator="true" lspace="0" rspace="0.25em">,</mo>',
    "tight-comma": '<mo separator="true" lspace="0" rspace="0.1em">,</mo>',
    "equals": "<mo>=</mo>", "is": "<mo>=</mo>", "star": "<mo>*</mo>",
    "given": '<mo lspace="0.25em" rspace="0.25em">∣</mo>',
    "about": "<mo>≈</mo>",
    "greater": "<mo>&gt;</mo>", "plus": "<mo>+</mo>", "minus": "<mo>−</mo>",
    "negative": '<mo form="prefix">−</mo>', "times": "<mo>⋅</mo>", "thin": _THIN, "space": _THIN,
    "slash": "<mo>/</mo>", "tight-slash": "<mo>/</mo>",
    "separated": '<mo lspace="0.25em" rspace="0.25em">⊥</mo>',
    "differs": "<mo>≠</mo>", "cross": "<mo>×</mo>", "over": "<mo>/</mo>",
} | {
    # those of a bracket that is cut, whose two signs may stand in different rows
    f"{side}{kind}": f'<mo form="{form}" stretchy="false" lspace="0" rspace="0">{character}</mo>'
    for kind, characters in {"": _FENCES["round"], **{f"-{k}": v for k, v in _FENCES.items()}}.items()
    for side, form, character in zip(
        ("open", "close"), ("prefix", "postfix"), characters, strict=True
    )
}  # fmt: skip
_BELOW = Sign("below")
_NAME_ROW = "padding: 0.1em 0; text-align: left"
_GREEK = {name: letter for letter, name in GREEK_LETTERS.items()}


def element(box: Box, *, display: bool = False) -> str:
    """A box as a ``<math>`` element, which holds its LaTeX too."""
    return math(render(box), latex_of(box), display=display)


def math(marked: str, source: str, *, display: bool = False) -> str:
    """A ``<math>`` element around one element, with the LaTeX that says the same.

    Browsers do not show the LaTeX; whoever copies or checks a formula reads it.
    """
    shown = ' display="block"' if display else ""
    return (
        f'<math xmlns="http://www.w3.org/1998/Math/MathML"{shown}><semantics>{marked}'
        f'<annotation encoding="application/x-tex">{escaped(source)}</annotation></semantics></math>'
    )


def render(box: Box, *, whole: float = WHOLE_NAME) -> str:
    """Write a box in MathML, as one element; names of more than ``whole`` ems are in rows."""

    def inner(part: Box) -> str:
        return render(part, whole=whole)

    match box:
        case Label():
            return _label(box, whole)
        case Figure(digits):
            return f"<mn>{digits}</mn>"
        case Sign(meaning):
            return _SIGNS[meaning]
        case Row(boxes) if _BELOW in boxes:
            return _stacked(boxes, inner)
        case Row(boxes):
            return f"<mrow>{''.join(map(inner, boxes))}</mrow>"
        case Fence(body, kind):
            left, right = _FENCES[kind]
            # brackets that may stretch come out too large around a single line
            plain = 'stretchy="false" lspace="0" rspace="0"' if not is_tall(body) else ""
            return (
                f'<mrow><mo form="prefix" {plain}>{left}</mo>{inner(body)}'
                f'<mo form="postfix" {plain}>{right}</mo></mrow>'
            )
        case Fraction(top, bottom):
            return f"<mfrac>{inner(top)}{inner(bottom)}</mfrac>"
        case Script(base, sub, None) if sub:
            return f"<msub>{inner(base)}{inner(sub)}</msub>"
        case Script(base, None, sup) if sup:
            return f"<msup>{inner(base)}{inner(sup)}</msup>"
        case Script(base, sub, sup) if sub and sup:
            return f"<msubsup>{inner(base)}{inner(sub)}{inner(sup)}</msubsup>"
        case Script(base):
            return inner(base)
        case Big(index):
            return f'<munder><mo largeop="true" movablelimits="false">∑</mo>{inner(index)}</munder>'
        case Mark(body, "hat"):
            return f'<mover accent="true">{inner(body)}<mo>^</mo></mover>'
        case Mark(body, kind):
            # browsers draw a line by its own style more surely than a stretched sign
            side = "top" if kind == "over" else "bottom"
            return f'<mrow style="border-{side}: 0.06em solid">{inner(body)}</mrow>'


def escaped(words: str) -> str:
    """Words as XML text."""
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        words = words.replace(character, entity)
    return words


def _stacked(boxes: Sequence[Box], written: Callable[[Box], str]) -> str:
    """The rows of an index below each other."""
    rows: list[list[str]] = [[]]
    for box in boxes:
        if box == _BELOW:
            rows.append([])
        else:
            rows[-1].append(written(box))
    return _below_each_other(map("".join, rows))


def _label(label: Label, whole: float) -> str:
    name = {r"\Pr": "Pr", r"\mathbb{P}": "ℙ"}.get(label.name, label.name)
    if label.role == "state":
        return f"<mn>{name}</mn>" if name.isdigit() else _upright(name, whole)
    if label.role == "function" and name == "E":
        return "<mi>𝔼</mi>"
    if label.role == "graph":
        return "<mi>𝒢</mi>"
    if label.role in ("word", "function"):
        return _upright(name, whole) if len(name) > 1 else f"<mi>{escaped(name)}</mi>"
    base, sub = cut(name.removeprefix("\\"))
    written = _identifier(base, whole)
    if sub:
        foot = (
            f"<mn>{sub}</mn>"
            if sub.isdigit()
            else _rowed(sub, whole, SCRIPT, beside=words_ems(base))
        )
        written = f"<msub>{written}{foot}</msub>"
    return f"<msup>{written}<mo>{'′' * label.primes}</mo></msup>" if label.primes else written


def _identifier(name: str, whole: float) -> str:
    return _rowed(_GREEK.get(name, name), whole)


def _upright(name: str, whole: float) -> str:
    # a single letter is slanted unless it says otherwise
    return _rowed(name, whole, variant=' mathvariant="normal"')


def _rowed(
    name: str, whole: float, size: float = 1.0, variant: str = "", *, beside: float = 0.0
) -> str:
    """A name as an identifier, in rows if it is long: no browser breaks one."""
    rows = [
        f"<mi{variant}>{escaped(row)}</mi>"
        for row in rows_of(name, size, beside=beside, whole=whole)
    ]
    return rows[0] if len(rows) == 1 else _below_each_other(rows, _NAME_ROW)


def _below_each_other(rows: Iterable[str], look: str = "padding: 0") -> str:
    cells = (f'<mtr><mtd style="{look}">{row}</mtd></mtr>' for row in rows)
    return f"<mtable>{''.join(cells)}</mtable>"
