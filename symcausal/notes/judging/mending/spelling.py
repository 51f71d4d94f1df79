r"""Mended formulas in the reader's own spelling.

A formula is printed in the notation that the claim shows, and then its parts get the spelling that
they have in the claim: a probability that stands there stands as it was typed, conditions keep their
order, and so do the blanks around a bar and between factors, braces under a sum, fonts of words.

Main definitions
----------------
ClaimSpelling : how one claim is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from symcausal.errors import Source, SymcausalError
from symcausal.expr.nodes import Expr, Prob
from symcausal.expr.path import everywhere
from symcausal.notes.reading.claim_reader import read_side
from symcausal.notes.reading.side_tokens import tokens_of
from symcausal.patterns import late
from symcausal.reading.vocabulary import Guess, Vocabulary
from symcausal.writing.latex import latex
from symcausal.writing.notations import Notation

_HEAD = late(
    r"(?:\\Pr\b|\\(?:mathbb|mathbf|mathrm|mathcal|operatorname)\s*\{\s*[Pp]r?\s*\}"
    r"|(?<![A-Za-z\\{])[Pp]r?(?![A-Za-z]))(?:_\{[^{}]*\}|_\w)?\s*(?:\\left\s*)?[(\[]"
)
_WORD = late(r"\\mathrm\{(?P<word>(?!do\})[^{}\\]+)\}")
_FONT = r"\\(?:text|textrm|textit|mathit|mathsf|textsf|operatorname|mathbf)\s*\{\s*%s\s*\}"
_BRACED = late(r"\\sum_\{(\w)\}")
_RAISED = late(r"\^\{(\w)\}")
_MOST_READ = 24


class ClaimSpelling:
    """The spelling of one claim: its notation, names and order.

    Parameters
    ----------
    text : str
        Both of its sides.
    notation : Notation
        The choices that it shows, or that the notes around it show.
    names : Vocabulary or Guess
        What its names mean.
    order : sequence of str
        All names of the model.
    """

    __slots__ = ("_names", "_notation", "_order", "_text", "_typed")

    def __init__(
        self, text: str, notation: Notation, names: Vocabulary | Guess, order: Sequence[str]
    ) -> None:
        self._text, self._notation, self._names = text, notation, names
        self._typed: dict[Expr, str] = {}
        told = list(_probabilities(text))
        for shown in told:
            formula = self._read(shown)
            if isinstance(formula, Prob):
                self._typed.setdefault(formula, shown)
        inside = " ".join(shown[shown.index("(") if "(" in shown else 0 :] for shown in told)
        self._order = _in_typed_order(order, inside)

    def written(self, formula: Expr) -> str:
        """Return a formula as LaTeX, spelt like the claim where that reads back the same."""
        plain = latex(formula, self._notation, self._order)
        meant = self._read(plain)
        for shown in (self._respelt(plain, formula, typed=True), self._respelt(plain, formula)):
            if meant is not None and self._read(shown) == meant:
                return shown
        return plain

    def _respelt(self, plain: str, formula: Expr, *, typed: bool = False) -> str:
        shown = plain
        kept: list[str] = []
        for _, node in everywhere(formula) if typed else ():
            if node in self._typed:
                printed = latex(node, self._notation, self._order)
                kept.append(self._typed[node])
                shown = shown.replace(printed, f"\x00{len(kept) - 1}\x00")
        text = self._text
        if r"\," not in text:
            shown = shown.replace(r"\,", "" if re.search(r"[)\]]\\?[A-Za-z]", text) else " ")
        if "|" in text and " |" not in text and "| " not in text:
            shown = shown.replace(" | ", "|")
        tight = "," in text or "|" in text
        if tight and not re.search(r",\s|\s\||\|\s", text):
            shown = shown.replace(", ", ",")
        if re.search(r"\^\w", text) and not _RAISED.search(text):
            shown = _RAISED.sub(r"^\1", shown)
        if re.search(r"\\sum\s*_\s*\w", text) and not _BRACED.search(text):
            shown = _BRACED.sub(r"\\sum_\1", shown)
        shown = _WORD.sub(self._word, shown)
        for number, own in enumerate(kept):
            shown = shown.replace(f"\x00{number}\x00", own)
        return shown

    def _word(self, found: re.Match[str]) -> str:
        """A word in the font that it has in the claim, or without one where it has none."""
        word = re.escape(found["word"])
        if found.group() in self._text:
            return found.group()
        own = re.search(_FONT % word, self._text)
        if own:
            return own.group()
        return found["word"] if re.search(rf"(?<!\w){word}(?!\w)", self._text) else found.group()

    def _read(self, shown: str) -> Expr | None:
        source = Source(shown)
        try:
            tokens = tokens_of(source, self._names, {})
            return read_side(source, tokens, self._names, {}).expr
        except SymcausalError:
            return None


def _probabilities(text: str) -> Iterator[str]:
    """The probabilities in a text, each as it was typed."""
    for count, found in enumerate(_HEAD.finditer(text)):
        if count >= _MOST_READ:
            return
        depth = 1
        for i in range(found.end(), min(len(text), found.end() + 300)):
            depth += (text[i] in "([") - (text[i] in ")]")
            if not depth:
                yield text[found.start() : i + 1]
                break


def _in_typed_order(names: Sequence[str], text: str) -> tuple[str, ...]:
    """Names in the order in which they first stand within a text; the others behind them."""
    places: dict[str, int] = {}
    for name in names:
        spelt = "|".join(re.escape(one) for one in dict.fromkeys((name, name.lower())))
        found = re.search(rf"(?<![A-Za-z\\])(?:{spelt})(?![A-Za-z])", text)
        if found:
            places[name] = found.start()
    return (*sorted(places, key=places.__getitem__), *(n for n in names if n not in places))
