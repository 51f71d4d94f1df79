"""Typst of formulas: what stands between dollar signs there.

Every name, number and word is written so that Typst reads nothing into it: a single letter stands
alone, a longer name in quotes, and where a comma would part the arguments of a function it is escaped.

Main definitions
----------------
formula_typst : a formula, a term, events or a condition in a style.
render : a box as Typst.
typst_escaped, typst_line : words in which Typst finds no marks.
"""

from __future__ import annotations

import re

from symcausal.patterns import late
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
from symcausal.writing.layout import Printable, layout
from symcausal.writing.names import cut
from symcausal.writing.signs import GREEK_LETTERS
from symcausal.writing.style import PLAIN, Style

_SIGNS = {
    "comma": ", ", "tight-comma": ",", "equals": "=", "is": " = ", "about": " approx ", "star": "*",
    "given": " bar.v ", "greater": " > ", "plus": " + ", "minus": " - ", "negative": "-",
    "times": " dot.c ", "thin": " thin ", "space": " ", "slash": r" \/ ", "tight-slash": r"\/",
    "separated": " perp #h(-0.6em) perp ", "differs": " != ", "cross": "times ", "over": r" \/ ",
    "open": r"\(", "close": r"\)",
    "open-round": r"\(", "close-round": r"\)",
    "open-square": r"\[", "close-square": r"\]", "open-set": r"\{", "close-set": r"\}",
    "open-angle": "⟨", "close-angle": "⟩",
    "below": r" \ ",
}  # fmt: skip
_FENCES = {"round": ("(", ")"), "square": ("[", "]"), "set": ("{", "}"), "angle": ("⟨", "⟩")}
_MARKS = {"hat": "hat", "over": "overline", "under": "underline"}
_LETTERS = {name: letter for letter, name in GREEK_LETTERS.items()} | {
    "Sigma": "Σ", "Upsilon": "Υ", "ell": "ℓ",
}  # fmt: skip
_NUMBER = late(r"\d+(?:\.\d+)?")
_MARKUP = late(
    r"[\\#$*_`<>@~\[\]\"]"
    r"|-(?=[-?\d])|(?<=-)-|/(?=[/*])"  # dashes, comments, addresses
)
_BEGINS_A_LINE = late(r"[-+/=]+(?=\s|$)|\d+(?=\.(?:\s|$))")  # lists and headings
_NO_CALL = late(r"(?:^|[^A-Za-z])[A-Za-z]$|[^\x00-\x7f]$|[\"']$")


def formula_typst(thing: Printable, style: Style = PLAIN) -> str:
    r"""Write a formula, a term, events or a condition in Typst, without dollar signs.

    Examples
    --------
    >>> from symcausal.expr.nodes import Prob, free_events
    >>> formula_typst(Prob(free_events(("Letter",)), do=free_events(("G",))))
    'P["Letter" bar.v "do"(G)]'
    """
    return render(layout(thing, style))


def render(box: Box, *, inside: bool = False) -> str:
    """Write a box in Typst; with ``inside`` it is an argument of a function, where commas are escaped."""
    match box:
        case Label():
            return _label(box)
        case Figure(digits):
            return digits if _NUMBER.fullmatch(digits) else quoted(digits)
        case Sign(meaning):
            sign = _SIGNS[meaning]
            return sign.replace(",", r"\,") if inside else sign
        case Row(boxes):
            return _joined([render(one, inside=inside) for one in boxes])
        case Fence(body, kind):
            left, right = _FENCES[kind]
            return left + render(body, inside=inside and kind != "round") + right
        case Fraction(top, bottom):
            return f"frac({render(top, inside=True)}, {render(bottom, inside=True)})"
        case Script(base, sub, sup):
            foot = f"_({render(sub)})" if sub else ""
            head = f"^({render(sup)})" if sup else ""
            return render(base, inside=inside) + foot + head
        case Big(index):
            return f"sum_({render(index)}) "
        case Mark(body, kind):
            return f"{_MARKS[kind]}({render(body, inside=True)})"


def typst_escaped(words: str) -> str:
    """Return words with escapes, so that Typst finds no marks in the middle of a line."""
    return _MARKUP.sub(lambda found: "\\" + found[0], words.replace("\n", " "))


def typst_line(written: str) -> str:
    """A line that Typst takes for no heading and no entry of a list."""
    found = _BEGINS_A_LINE.match(written)
    if found is None:
        return written
    end = found.end() if found[0].isdigit() else 0
    return f"{written[:end]}\\{written[end:]}"


def quoted(words: str) -> str:
    """Words in quotes, which stand upright in a formula; also any text in Typst's code."""
    for character, written in (("\\", r"\\"), ('"', r"\""), ("\n", r"\n"), ("\r", r"\r")):
        words = words.replace(character, written)
    return f'"{words}"'


def _joined(parts: list[str]) -> str:
    """Return parts side by side, apart where two names would become one or a name would call brackets."""
    written = ""
    for part in parts:
        named = written[-1:].isalnum() or written[-1:] in ('"', ")", "'", "]", "}")
        opens = part[:1] in ("(", "[", "{")
        if named and (
            part[:1].isalnum() or part[:1] == '"' or (opens and not _NO_CALL.search(written))
        ):
            written += " "
        written += part
    return written


def _label(label: Label) -> str:
    name = label.name
    match label.role:
        case "state":
            return name if _NUMBER.fullmatch(name) else quoted(name)
        case "word":
            return quoted(name)
        case "graph":
            return f"cal({_symbol(name)})"
        case "function":
            known = {r"\Pr": 'op("Pr")', r"\mathbb{P}": "PP", "do": 'op("do")', "E": "EE"}
            return known.get(name, _symbol(name))
        case "literal":
            plain = name.removeprefix("\\")
            return _symbol(plain) if plain in _LETTERS or len(plain) == 1 else _slanted(plain)
        case "variable" | "parameter":
            base, sub = cut(name.removeprefix("\\"))
            foot = f"_({_subscript(sub)})" if sub else ""
            # primes stand first: behind a subscript they would be a part of it
            return _symbol(base) + "'" * label.primes + foot


def _symbol(name: str) -> str:
    """A letter as it is, a longer name upright."""
    name = _LETTERS.get(name, name)
    return name if len(name) == 1 and name.isalpha() else quoted(name)


def _subscript(words: str) -> str:
    """Digits, letters and signs as they are; a word upright."""
    if re.fullmatch(r"\w{2,}", words) and not words.isdigit():
        return quoted(words)
    tokens = re.findall(r"\d+|\w|[-+,:]", words)
    return " ".join(token if token not in ",:" else "\\" + token for token in tokens)


def _slanted(words: str) -> str:
    # an operator, so that no space of a text comes before the brackets
    return f"op(italic({quoted(words)}))"
