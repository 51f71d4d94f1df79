r"""Cut a passage into runs of mathematics, at the boundaries that break it.

Words may stand for an operand, as in ``= \text{prior} \times``; they break nothing.

Main definitions
----------------
Segment : a run of mathematics, with what stood before it.
SegmentCutter : cuts the stretches of a text.
"""

from __future__ import annotations

from symcausal.notes.reading.boundaries import Boundary
from symcausal.notes.reading.segments import marks
from symcausal.patterns import late
from symcausal.reading.lexemes import Lexemes
from symcausal.record import record

_NOTHING = late(
    r"(?:[\s~.:]|\\[,;:! >]|\\(?:q?quad|displaystyle|textstyle|left\.|right\.)(?![a-z])|\{\s*\})*"
)
_LEFT_OF_OPERAND = late(
    r"(?:\A|\\\\|[=<>≈≃∝≠≤≥+*/×·⋅-]|\\(?:approx|propto|neq?|leq?|geq?|times|cdot|equiv"
    r"|coloneqq)|\\text\{[^{}]*\})(?:\s|[&~]|\\[,;:! ]|\\q?quad)*\Z"
)
_RIGHT_OF_OPERAND = late(
    r"(?:\s|[&~.]|\\[,;:! ])*(?:\Z|\\\\|,|[=<>≈≃∝≠≤≥+*/×·⋅-]|\\(?:approx|propto|neq?|leq?|geq?"
    r"|times|cdot|equiv|coloneqq|q?quad)(?![A-Za-z])|:=)"
)
_RELATION_RIGHT = late(
    r"(?:\s|[&~]|\\[,;:! ])*(?:[=≈∝≠≤≥]|\\(?:approx|propto|neq?|leq?|geq?|equiv|coloneqq)|:=)"
)
_INDEPENDENT = (
    r"(?:\\(?:not|centernot)(?:\s|\\!)*)?"
    r"(?:\\(?:perp|indep|independent|Perp|upmodels|bot|ci|nperp|nindep|notindep)(?![A-Za-z])"
    r"|[⟂⊥⫫]|_\|\|?_)"
)
_THIN = r"(?:\s|[&~]|\\[,;:! ]|\})*"
_SIGN = late(_INDEPENDENT)
_SIGN_RIGHT = late(rf"{_THIN}{_INDEPENDENT}")
_SIGN_LEFT = late(rf"{_INDEPENDENT}{_THIN}\Z")
_LIST_LEFT = late(rf"(?:\\mid|\\vert|\||,|\\cup){_THIN}\Z")
_LIST_RIGHT = late(rf"{_THIN}(?:\\mid|\\vert|\||,|\\cup)")
_BREAKS = frozenset({"row", "column", "comma", "gap", "words", "implies", "aside", "blank"})


@record
class Segment:
    """A run of mathematics, with what stood before it and the places where it falls apart."""

    start: int
    end: int
    before: frozenset[str]
    words: str
    marks: tuple[Boundary, ...]
    begins: bool
    ends: bool
    aligned: bool

    @property
    def relations(self) -> tuple[Boundary, ...]:
        """The relation signs of the segment."""
        return tuple(m for m in self.marks if m.kind == "relation")

    @property
    def independent(self) -> bool:
        """Whether the segment speaks of independence."""
        return any(m.kind == "independent" for m in self.marks)


class SegmentCutter:
    """Cut stretches of a text."""

    def __init__(self, lexemes: Lexemes) -> None:
        self.lexemes = lexemes
        self.text = lexemes.text

    def segments(
        self, start: int, end: int, row_ends: tuple[int, ...] = ()
    ) -> list[Segment | Boundary]:
        """Return the segments of a stretch in order, and between them what has formulas inside.

        Parameters
        ----------
        start, end : int
            The stretch.
        row_ends : tuple of int
            Where rows end besides those that the text ends.
        """
        found: list[Segment | Boundary] = []
        before, words, aligned = {"row"}, "", False
        inner: list[Boundary] = []
        cursor = start

        def close(stop: int) -> None:
            nonlocal words, aligned
            if self._blank(cursor, stop):
                if inner:
                    found.append(self._segment(cursor, stop, before, words, inner, aligned))
                    before.clear()
                    words, aligned = "", False
            elif stop > cursor:
                found.append(self._segment(cursor, stop, before, words, inner, aligned))
                before.clear()
                words, aligned = "", False
            inner.clear()

        for mark in marks(self.lexemes, start, end, row_ends):
            if mark.kind not in _BREAKS or (mark.text == "name" and self._is_operand(mark)):
                inner.append(mark)
                continue
            close(mark.start)
            cursor = mark.end
            sign = self._independence_in(mark) if mark.kind == "aside" else None
            if sign is not None:
                inner.append(sign)
                found.append(self._segment(mark.start, mark.end, before, words, inner, aligned))
                before.clear()
                inner.clear()
                words, aligned = "", False
                continue
            before.add(mark.kind)
            if mark.kind == "row":
                words, aligned = "", False
            elif mark.kind == "words":
                words = "other" if mark.text == "name" else mark.text
                if mark.text == "row":
                    before.add("row")
            elif mark.kind == "column":
                aligned = True
            elif mark.kind == "implies":
                words = words or mark.text
            if mark.inside:
                found.append(mark)
        close(end)
        return found

    def _segment(
        self,
        start: int,
        end: int,
        before: set[str],
        words: str,
        inner: list[Boundary],
        aligned: bool,
    ) -> Segment:
        signs = [m for m in inner if m.kind in ("relation", "operator")]
        begins = bool(signs) and self._blank(start, signs[0].start)
        ends = bool(signs) and self._blank(signs[-1].end, end)
        return Segment(start, end, frozenset(before), words, tuple(inner), begins, ends, aligned)

    def _independence_in(self, mark: Boundary) -> Boundary | None:
        """The sign of independence in brackets that hold nothing else."""
        ((start, end),) = mark.inside
        found = marks(self.lexemes, start, end)
        if any(m.kind == "relation" or (m.kind == "words" and m.text != "name") for m in found):
            return None
        return next((m for m in found if m.kind == "independent"), None)

    def _blank(self, start: int, end: int) -> bool:
        match = _NOTHING.match(self.text, start, end)
        return match is not None and match.end() == end

    def _is_operand(self, mark: Boundary) -> bool:
        r"""Whether words stand for a number: ``= \text{prior} \times``."""
        before = self.text[max(0, mark.start - 40) : mark.start]
        if self._is_side_of_independence(mark, before):
            return True
        if not _LEFT_OF_OPERAND.search(before):
            return False
        alone = self._blank(0, mark.start) or before.rstrip(" &~\n").endswith("\\\\")
        pattern = _RELATION_RIGHT if alone else _RIGHT_OF_OPERAND
        return pattern.match(self.text, mark.end) is not None

    def _is_side_of_independence(self, mark: Boundary, before: str) -> bool:
        r"""Whether words stand for a variable beside a sign: ``\text{Rain} \perp \text{Tar}``."""
        if _SIGN_RIGHT.match(self.text, mark.end) or _SIGN_LEFT.search(before):
            return True
        around = before + self.text[mark.end : mark.end + 40]
        listed = _LIST_LEFT.search(before) or _LIST_RIGHT.match(self.text, mark.end)
        return listed is not None and _SIGN.search(around) is not None
