r"""Put the segments of a derivation together: chains that go on over rows, and what is said of them.

Main definitions
----------------
ChainDraft : a chain as places in the text: its ranges and relations, what is supposed, what it is.
assemble : the drafts of a text.

Notes
-----
A row goes on from the one before if it begins with a relation or an operator, or if that one ends
with one. After a comma, a wide gap or words, a new chain begins where there is a new relation;
otherwise it was an aside. An aside about independence or positivity is a hypothesis of the chain
before it; so is anything after *if*.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from symcausal.notes.reading.boundaries import Boundary
from symcausal.notes.reading.cutting import Segment, segments
from symcausal.notes.reading.measures import PROBABLE
from symcausal.notes.reading.remarks import is_percentage
from symcausal.notes.reading.segments import marks
from symcausal.patterns import late
from symcausal.reading.lexemes import Lexemes

_NUMBERING = late(r"\s*(?:[(\[][\w.*'†‡-]{1,6}[)\]]|\\forall.*|\\ldots|\\dots|\\in.*)\s*\Z", re.S)
_POSITIVE = late(r"(?:>|\\gt|\\neq?|≠)\s*0(?![.\d])|(?<![.\d])0\s*(?:<|\\lt)")
_IFF = late(r"\\(?:iff|Leftrightarrow|Longleftrightarrow)(?![A-Za-z])|[⇔⟺]")


@dataclass(slots=True)
class ChainDraft:
    """A chain of relations as places in a text, before its sides are read."""

    ranges: list[tuple[int, int]] = field(default_factory=list)
    marks: list[Boundary] = field(default_factory=list)
    hypotheses: list[tuple[int, int, bool]] = field(default_factory=list)
    kind: str = "relation"
    supposed: bool = False
    explains: bool = False
    unclear: int = -1
    implied_by: ChainDraft | None = None

    def add(self, segment: Segment) -> None:
        """Let a segment continue the chain."""
        self.ranges.append((segment.start, segment.end))
        self.marks += segment.marks

    @property
    def relations(self) -> list[Boundary]:
        """The relation signs of the chain."""
        return [m for m in self.marks if m.kind == "relation"]


def assemble(lexemes: Lexemes, ends: Sequence[int]) -> list[ChainDraft]:
    """Return the chains of a text whose pieces end at ``ends``."""
    builder = _ChainBuilder(lexemes)
    builder.run(0, len(lexemes.text), tuple(ends[:-1]))
    return builder.drafts


class _ChainBuilder:
    def __init__(self, lexemes: Lexemes) -> None:
        self.lexemes = lexemes
        self.text = lexemes.text
        self.drafts: list[ChainDraft] = []
        self.open: ChainDraft | None = None
        self.ended = False  # whether what stood last in the chain was a sign
        self.beside: ChainDraft | None = (
            None  # the chain beside which a column has a relation of its own
        )
        self.pending: list[tuple[int, int, bool]] = []
        self.depth = 0
        self.supposed: list[tuple[int, int, bool]] | None = None  # to which a sign may go on

    def run(self, start: int, end: int, row_ends: tuple[int, ...] = ()) -> None:
        """Read a stretch."""
        items = segments(self.lexemes, start, end, row_ends)
        for item, after in zip(items, [*items[1:], None], strict=False):
            if isinstance(item, Boundary):
                self._inside(item)
                continue
            # a & b &= c: the left side of the second equation of a row
            leads = (
                isinstance(after, Segment) and after.before == {"column"} and after.begins
                and "column" in item.before and not item.begins and not self.ended
            )  # fmt: skip
            if leads and self.open is not None and self.open.relations:
                self._start(item)
            else:
                self._place(item)
        if self.pending and self.open is not None:
            self.open.hypotheses += self.pending
            self.pending = []
        elif self.depth == 0:
            self._unused()

    def _unused(self) -> None:
        """Keep what was supposed of nothing that followed."""
        for start, end, _ in self.pending:
            found = marks(self.lexemes, start, end)
            draft = ChainDraft([(start, end)], found, supposed=True)
            speaks = any(m.kind == "independent" for m in found) or (
                self.text[start : start + 1] == "(" and "perp" in self.text[start:end]
            )
            draft.kind = "independence" if speaks else "relation"
            self.drafts.append(draft)

    # -- putting together -------------------------------------------------------------------------
    def _place(self, new: Segment) -> None:
        last = self.open
        supposed, self.supposed = self.supposed, None
        if supposed and new.begins and "row" not in new.before and not new.words:
            start, _, asserted = supposed.pop()
            supposed.append((start, new.end, asserted))
            self.supposed = supposed
            return
        if "row" in new.before:
            if (
                new.begins and self.beside is not None
            ):  # a reason in the last column has no next row
                last, self.open, self.ended = self.beside, self.beside, False
            self.beside = None
        goes_on = last is not None and (new.begins or self.ended)
        if new.words == "if" or (new.words == "for" and new.relations):
            self._suppose(new, asserted=False)
        elif new.words in ("all", "unless") and not (self._probable(new) and new.relations):
            self._lone(new)
        elif new.words == "also" and supposed:
            self._suppose(new, asserted=False)
        elif new.independent:
            self._independence(new)
        elif goes_on and not new.independent:
            assert last is not None
            self._continue(last, new)
        elif (
            self._positive(new) and last is not None and last.relations and "row" not in new.before
        ):
            self._suppose(new, asserted=new.words == "since")
        elif "row" in new.before:
            self._row(new)
        else:
            self._after(new)

    def _continue(self, last: ChainDraft, new: Segment) -> None:
        last.add(new)
        self.ended = new.ends

    def _start(self, new: Segment) -> ChainDraft:
        draft = ChainDraft()
        draft.add(new)
        draft.hypotheses += self.pending
        self.pending = []
        draft.explains = new.words == "where"
        # there is an x; or it is as good as something before this text
        draft.supposed = new.words == "exists" or (
            "implies" in new.before
            and self.open is None
            and _IFF.search(self.text, 0, new.start) is not None
        )
        self.drafts.append(draft)
        self.open, self.ended = draft, new.ends
        return draft

    def _row(self, new: Segment) -> None:
        """A new row: a new chain, unless it only goes on with more factors."""
        factors = new.aligned and not new.relations and self._probable(new)
        if factors and self.open is not None and self.open.relations:
            self._continue(self.open, new)
        elif new.words in ("since", "other", "for") and not new.relations:
            self._lone(new)
        else:
            self._start(new)

    def _after(self, new: Segment) -> None:
        """Take up what comes after a comma, a gap, words or an arrow in one row."""
        last = self.open
        if last is None:
            self._start(new)
        elif "implies" in new.before:
            last.supposed = True
            draft = self._start(new)
            draft.implied_by = last
            draft.supposed = new.words == "iff"
        elif new.words in ("since", "where"):
            if new.relations and self._matters(new):
                self._aside(new)
            else:
                self._lone(new)
        elif new.words or "comma" in new.before or "aside" in new.before:
            if new.relations:
                self._start_or_drop(new)
            elif self._probable(new) and not last.relations and not new.words:
                self._start(new)
            else:
                self._lone(new)
        elif "gap" in new.before:
            self._gap(last, new)
        elif "column" in new.before and new.relations and last.relations:
            self._start_or_drop(new)
        elif "column" in new.before and not self._probable(new) and last.relations:
            return
        else:
            if "column" in new.before:
                last.unclear = new.start
            self._continue(last, new)

    def _gap(self, last: ChainDraft, new: Segment) -> None:
        if new.relations and last.relations:
            self._start_or_drop(new)
        elif _NUMBERING.match(self.text, new.start, new.end):
            return
        elif is_percentage(self.text, new.start, new.end):
            return  # = 0.55   (55%)
        else:
            if new.relations:
                last.unclear = new.start
            self._continue(last, new)

    def _start_or_drop(self, new: Segment) -> None:
        """A relation of its own; one without probabilities is an aside (``i = 1, 2``)."""
        if "column" in new.before:
            self.beside = self.beside or self.open
        if self._matters(new) or self.open is None:
            self._start(new)
        else:
            self._aside(new)

    def _aside(self, new: Segment) -> None:
        kept, ended = self.open, self.ended
        self._start(new)
        self.open, self.ended = kept, ended

    def _lone(self, new: Segment) -> None:
        if self._probable(new):
            self._aside(new)

    def _independence(self, new: Segment) -> None:
        last = self.open
        same_row = "row" not in new.before and last is not None and last.kind == "relation"
        if "implies" in new.before and last is not None:
            last.supposed = last.supposed or new.words == "iff"
            if new.words == "iff":
                last.hypotheses.append((new.start, new.end, False))
                return
            same_row = False
        if same_row and last is not None and last.relations:
            last.hypotheses.append((new.start, new.end, new.words == "since"))
            return
        draft = self._start(new)
        draft.kind = "independence"
        self.ended = False

    def _suppose(self, new: Segment, *, asserted: bool) -> None:
        entry = (new.start, new.end, asserted)
        if self.open is not None and self.open.relations and "row" not in new.before:
            self.supposed = self.open.hypotheses
        else:
            self.supposed = self.pending
        self.supposed.append(entry)

    def _inside(self, mark: Boundary) -> None:
        """Take up what stands between dollars in words, or in brackets around words."""
        if self.depth > 3:
            return
        kept, ended = self.open, self.ended
        for start, end in mark.inside:
            if mark.kind == "words" and mark.text in ("if", "since") and kept is not None:
                found = marks(self.lexemes, start, end)
                if any(m.kind == "independent" for m in found) or mark.text == "if":
                    kept.hypotheses.append((start, end, mark.text == "since"))
                    continue
            self._nested(start, end, kept)
        if kept is not None:
            self.open, self.ended = kept, ended

    def _nested(self, start: int, end: int, kept: ChainDraft | None) -> None:
        self.depth += 1
        inner = _ChainBuilder(self.lexemes)
        inner.depth = self.depth
        inner.run(start, end)
        for draft in inner.drafts:
            if draft.kind == "independence" and kept is not None and kept.relations:
                kept.hypotheses.append((draft.ranges[0][0], draft.ranges[-1][1], False))
            else:
                self.drafts.append(draft)
        if kept is not None:
            kept.hypotheses += inner.pending
        self.depth -= 1

    def _probable(self, segment: Segment) -> bool:
        return PROBABLE.search(self.text, segment.start, segment.end) is not None

    def _matters(self, segment: Segment) -> bool:
        """Whether it may be a claim or a definition."""
        if self._probable(segment):
            return True
        tail = self.text[segment.start : segment.end]
        return bool(re.search(r"\\(?:sum|frac|tau|phi|psi|mu|lambda|alpha)|[A-Za-z]\(", tail))

    def _positive(self, segment: Segment) -> bool:
        relations = segment.relations
        return (
            len(relations) == 1
            and self._probable(segment)
            and _POSITIVE.search(self.text, segment.start, segment.end) is not None
        )
