r"""Cut a passage into runs of mathematics, at the boundaries that break it.

Words may stand for an operand, as in ``= \text{prior} \times``; they break nothing.

Main definitions
----------------
Segment : a run of mathematics, with what stood before it.
segments : those of a stretch of a text.
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


def segments(
    lexemes: Lexemes, start: int, end: int, row_ends: tuple[int, ...] = ()
) -> list[Segment | Boundary]:
    """Return the segments of a stretch in order, and between them what has formulas inside.

    Parameters
    ----------
    lexemes : Lexemes
        Those of the text.
    start, end : int
        The stretch.
    row_ends : tuple of int
        Where rows end besides those that the text ends.
    """
    cutter = _SegmentCutter(lexemes, start)
    for mark in marks(lexemes, start, end, row_ends):
        cutter.take(mark)
    cutter.close(end)
    return cutter.found


class _SegmentCutter:
    """What has been cut, and what stands between the last cut and the next."""

    def __init__(self, lexemes: Lexemes, start: int) -> None:
        self.lexemes = lexemes
        self.text = lexemes.text
        self.found: list[Segment | Boundary] = []
        self.cursor = start
        self.before = {"row"}
        self.words = ""
        self.aligned = False
        self.inner: list[Boundary] = []

    def take(self, mark: Boundary) -> None:
        """Cut at a boundary, or keep one that breaks nothing."""
        if mark.kind not in _BREAKS or (mark.text == "name" and self._is_operand(mark)):
            self.inner.append(mark)
            return
        self.close(mark.start)
        self.cursor = mark.end
        sign = self._independence_in(mark) if mark.kind == "aside" else None
        if sign is not None:
            self.inner.append(sign)
            self._cut(mark.start, mark.end)
            return
        self._note(mark)
        if mark.inside:
            self.found.append(mark)

    def close(self, stop: int) -> None:
        """End the segment before a place, if there is one."""
        is_blank = self._blank(self.cursor, stop)
        if self.inner if is_blank else stop > self.cursor:
            self._cut(self.cursor, stop)
        self.inner.clear()

    def _note(self, mark: Boundary) -> None:
        """Keep what a boundary says of the next segment."""
        self.before.add(mark.kind)
        if mark.kind == "row":
            self.words, self.aligned = "", False
        elif mark.kind == "words":
            self.words = "other" if mark.text == "name" else mark.text
            if mark.text == "row":
                self.before.add("row")
        elif mark.kind == "column":
            self.aligned = True
        elif mark.kind == "implies":
            self.words = self.words or mark.text

    def _cut(self, start: int, end: int) -> None:
        signs = [m for m in self.inner if m.kind in ("relation", "operator")]
        begins = bool(signs) and self._blank(start, signs[0].start)
        ends = bool(signs) and self._blank(signs[-1].end, end)
        self.found.append(
            Segment(
                start, end, frozenset(self.before), self.words, tuple(self.inner), begins, ends,
                self.aligned,
            )
        )  # fmt: skip
        self.before.clear()
        self.inner.clear()
        self.words, self.aligned = "", False

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
