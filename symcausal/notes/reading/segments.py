r"""Where a text of formulas falls apart: relation signs, rows, commas, gaps, words.

Only what stands outside all brackets counts, so the ``=`` of ``P(X=x)`` and the row of a
``\substack`` are left alone. Nothing is refused here: a text that fits no grammar still has rows
and relations, and one bad row costs no other.

Main definitions
----------------
marks : the boundaries of a text, in order.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from symcausal.notes.reading.aligned_arrays import (
    ALIGNED,
    after_columns,
    begins,
    edges_of_arrays,
)
from symcausal.notes.reading.boundaries import Boundary
from symcausal.notes.reading.worded import (
    boundary_in_braces,
    boundary_of_text,
    end_of_argument,
    end_of_subscript,
    reason_end,
    tells_of_row,
)
from symcausal.patterns import late
from symcausal.reading.lexemes import Lexeme, Lexemes
from symcausal.record import replace

_CLOSE = late(r"(?:\s|\\[!,;:])*")
_QUANTIFIED = late(
    r"(?:[\s,]|\\[,;:! ]|\\in\b|\\text\{ ?and ?\}|[A-Za-z](?:_\w|_\{\w{1,9}\})?['′]*){1,24}?"
    r"(?::(?!=)|\\colon\b|\\text\{ ?:? ?\})"
)
_NUMBER_FOLLOWS = late(r"(?:\s|\\[,;: ])*[-−]?\.?\d")
_SPACED = late(r"(?:\s|[&~]|\\[,;:! ])*")
_WITHIN_NUMBER = late(r"\d,(?:\\(?:overline|bar|dot)\s*\{?)?\d", re.ASCII)


def marks(lexemes: Lexemes, start: int, end: int, row_ends: tuple[int, ...] = ()) -> list[Boundary]:
    """Return the boundaries of a stretch of text, in order.

    Parameters
    ----------
    lexemes : Lexemes
        Those of the text.
    start, end : int
        The stretch.
    row_ends : tuple of int
        Where rows end besides those that the text ends.
    """
    cutter = _Cutter(lexemes, start, end, row_ends, reset=False)
    cutter.run()
    if cutter.is_open:
        # a bracket that never closes is the fault of its row only
        cutter = _Cutter(lexemes, start, end, row_ends, reset=True)
        cutter.run()
    return _without_listing(cutter.found, lexemes.text)


def _without_listing(found: list[Boundary], text: str) -> list[Boundary]:
    r"""The marks without the commas of ``A, B \perp C``, which part no statements."""
    if not any(mark.kind == "independent" for mark in found):
        return found
    kept: list[Boundary] = []
    group: list[Boundary] = []
    for mark in (*found, None):
        if mark is None or mark.kind in ("row", "words", "implies", "gap", "aside"):
            kept += _listed(group, text)
            group = []
            if mark is not None:
                kept.append(mark)
        else:
            group.append(mark)
    return kept


def _listed(group: list[Boundary], text: str) -> list[Boundary]:
    kinds = [mark.kind for mark in group]
    related = max((i for i, kind in enumerate(kinds) if kind == "relation"), default=-1)
    first = next((i for i in range(related + 1, len(kinds)) if kinds[i] == "comma"), None)
    # the comma after an equation parts it from what is independent
    start = related + 1 if related < 0 or first is None else first + 1
    tail = kinds[start:]
    doubled = sum(  # the sign that \perp\!\!\!\perp draws is one
        one.kind == other.kind == "independent"
        and bool(_CLOSE.fullmatch(text, one.end, other.start))
        for one, other in pairwise(group[start:])
    )
    signs, commas = tail.count("independent") - doubled, tail.count("comma")
    if not signs or (signs > 1 and commas == signs - 1):
        return group
    return group[:start] + [mark for mark in group[start:] if mark.kind != "comma"]


class _OpenBracket:
    """A bracket: where it opens, whether it is that of a call, whether words stand in it."""

    __slots__ = ("at", "call", "words")

    def __init__(self, at: int, call: bool) -> None:
        self.at = at
        self.call = call
        self.words = False


class _Cutter:
    """One pass over the lexemes of a stretch.

    Attributes
    ----------
    found : list of Boundary
        The boundaries so far.
    """

    def __init__(
        self, lexemes: Lexemes, start: int, end: int, row_ends: tuple[int, ...], *, reset: bool
    ) -> None:
        self.lexemes = lexemes
        self.text = lexemes.text
        self.stretch = lexemes.within(start, end)
        self.end = end
        self.reset = reset  # whether the end of a row closes all brackets
        self.found: list[Boundary] = []
        self.braces = self.brackets = 0
        self.opened: list[_OpenBracket] = []
        self.called = False  # whether what stood last takes the next bracket as its argument
        self.within: list[Boundary] = []  # rows, columns and words in the outermost bracket
        self.skip = start
        self.arrays = edges_of_arrays(self.text, self.stretch, start, end, row_ends)
        self.breaks = iter(sorted(row_ends))
        self.next_break = next(self.breaks, end + 1)

    @property
    def is_open(self) -> bool:
        """Whether a bracket or a brace is open."""
        return bool(self.braces or self.brackets)

    def run(self) -> None:
        """Find the boundaries."""
        for lexeme in self.stretch:
            if lexeme.start >= self.next_break:
                self._break_rows(lexeme.start)
            if lexeme.start >= self.skip:
                _ACTS.get(lexeme.kind, _Cutter._other)(self, lexeme)
        if self.reset or not self.is_open:
            rest = (self.next_break, *self.breaks)
            self.found += [Boundary("row", last, last) for last in rest if last < self.end]

    def _break_rows(self, at: int) -> None:
        while at >= self.next_break:
            self._close_all()
            if not self.is_open:
                self.found.append(Boundary("row", self.next_break, self.next_break))
            self.next_break = next(self.breaks, self.end + 1)

    def _close_all(self) -> None:
        if self.reset:
            self.braces = self.brackets = 0
            self.opened.clear()

    def _told(self) -> None:
        """Note words in a bracket that no other bracket is around."""
        if self.opened and self.brackets == 1 and not self.braces:
            self.opened[-1].words = True

    # -- what falls apart -------------------------------------------------------------------------
    def _boundary(self, lexeme: Lexeme) -> None:
        self.called = False
        if not self.is_open:
            self.found.append(Boundary(lexeme.kind, lexeme.start, lexeme.end, lexeme.meaning))

    def _independent(self, lexeme: Lexeme) -> None:
        self._boundary(lexeme)
        self._told()

    def _comma(self, lexeme: Lexeme) -> None:
        self.called = False
        in_number = lexeme.text == "," and _WITHIN_NUMBER.match(self.text, lexeme.start - 1)
        if not in_number:
            self._boundary(lexeme)

    def _member(self, lexeme: Lexeme) -> None:
        self.called = False
        if not self.is_open:
            self.found.append(Boundary("words", lexeme.start, lexeme.end, lexeme.meaning))

    def _quantifier(self, lexeme: Lexeme) -> None:
        prefix = _QUANTIFIED.match(self.text, lexeme.end, self.end)
        if prefix is None:
            self._member(lexeme)
            return
        # \forall x, y: the letters say nothing that the formula does not
        if not self.is_open:
            self.found.append(Boundary("words", lexeme.start, prefix.end(), lexeme.meaning))
        self.skip, self.called = prefix.end(), False

    def _roughly(self, lexeme: Lexeme) -> None:
        self.called = not self._is_about(lexeme)
        if not self.called and not self.is_open:
            self.found.append(Boundary("relation", lexeme.start, lexeme.end, lexeme.meaning))

    def _is_about(self, sim: Lexeme) -> bool:
        r"""Whether ``\sim`` stands between a formula and a number, which it is roughly."""
        if not _NUMBER_FOLLOWS.match(self.text, sim.end):
            return False
        last = self.found[-1] if self.found else None
        after_sign = last is not None and last.kind == "relation"
        before = sim.end - len("\\sim")
        return not (last and after_sign and _SPACED.fullmatch(self.text, last.end, before))

    # -- rows -------------------------------------------------------------------------------------
    def _edge(self, edge: Lexeme) -> None:
        self.called = False
        if edge.name in ALIGNED or edge.start in self.arrays:
            self.skip = after_columns(self.text, edge)
            if not self.is_open:
                self.found.append(Boundary("blank", edge.start, self.skip))
            return
        self.found.append(Boundary("refused", edge.start, edge.end, edge.name))
        self.braces += 1 if begins(edge) else -(self.braces > 0)

    def _row(self, lexeme: Lexeme) -> None:
        self._close_all()
        row = Boundary("row", lexeme.start, lexeme.end)
        if not self.is_open:
            self.found.append(row)
        elif not self.braces:
            self.within.append(row)
        self.called = False

    def _column(self, lexeme: Lexeme) -> None:
        self.called = False
        if not self.is_open:
            self.found.append(Boundary("column", lexeme.start, lexeme.end))
        elif not self.braces:
            stop = min(self.end, self.next_break)
            self.skip = reason_end(self.lexemes, lexeme.start, stop) or lexeme.end
            self.within.append(Boundary("column", lexeme.start, self.skip))

    # -- words and names --------------------------------------------------------------------------
    def _words(self, command: Lexeme) -> None:
        taken = boundary_of_text(self.lexemes, command)
        if taken is None:
            if command.kind == "font":
                self.skip = end_of_argument(self.lexemes, command.end)
            self.called = True
            return
        mark, self.skip = taken
        if not self.is_open:
            self.found.append(mark)
        elif mark.kind == "words" and not self.braces:
            in_call = any(bracket.call for bracket in self.opened)
            if not in_call or tells_of_row(self.text, mark, self.end):
                self.within.append(mark)
            self._told()
        self.called = mark.kind not in ("words", "relation")

    def _name(self, lexeme: Lexeme) -> None:
        self.called = True

    def _other(self, lexeme: Lexeme) -> None:
        self.called = False

    def _blank(self, lexeme: Lexeme) -> None:
        pass

    # -- brackets ---------------------------------------------------------------------------------
    def _brace(self, lexeme: Lexeme) -> None:
        lone = None if self.is_open else boundary_in_braces(self.lexemes, lexeme.start, self.end)
        if lone is not None:
            self.found.append(lone)
            self.skip = lone.end
        else:
            self.braces += 1
        self.called = False

    def _unbrace(self, lexeme: Lexeme) -> None:
        self.braces = max(0, self.braces - 1)
        self.called = True

    def _angle(self, lexeme: Lexeme) -> None:
        self.brackets += 1
        self.opened.append(_OpenBracket(lexeme.start, False))
        self.called = False

    def _unangle(self, lexeme: Lexeme) -> None:
        self.brackets = max(0, self.brackets - 1)
        if self.opened:
            self.opened.pop()
        self.called = False

    def _opening(self, lexeme: Lexeme) -> None:
        self.brackets += 1
        self.opened.append(_OpenBracket(lexeme.start, self.called))
        self.called = False

    def _closing(self, lexeme: Lexeme) -> None:
        self.called = False
        if not self.brackets:
            return
        self.brackets -= 1
        bracket = self.opened.pop()
        if self.brackets:
            return
        if any(mark.kind in ("row", "column") for mark in self.within):
            # brackets over several rows: what parts the rows is no part of the formula
            self.found += [replace(mark, kind="blank", text=mark.kind) for mark in self.within]
            bracket.words = False
        self.within = []
        if bracket.words and not bracket.call and not self.braces:
            after = end_of_subscript(self.lexemes, lexeme.end)
            inside = ((bracket.at + 1, lexeme.start),)
            self.found.append(Boundary("aside", bracket.at, after, "", inside))
            self.skip = after


_ACTS: dict[str, Callable[[_Cutter, Lexeme], None]] = {
    "relation": _Cutter._boundary, "operator": _Cutter._boundary, "implies": _Cutter._boundary,
    "gap": _Cutter._boundary, "independent": _Cutter._independent, "comma": _Cutter._comma,
    "quantifier": _Cutter._quantifier, "member": _Cutter._member, "roughly": _Cutter._roughly,
    "edge": _Cutter._edge, "row": _Cutter._row, "column": _Cutter._column,
    "font": _Cutter._words, "stack": _Cutter._words,
    "word": _Cutter._name, "command": _Cutter._name, "mark": _Cutter._name, "blank": _Cutter._blank,
    "brace": _Cutter._brace, "unbrace": _Cutter._unbrace, "angle": _Cutter._angle,
    "unangle": _Cutter._unangle, "opening": _Cutter._opening, "closing": _Cutter._closing,
}  # fmt: skip
