r"""Graphs that stand side by side, each with an item or a paragraph of its own.

``In the chain $X \to W \to Y$ ..`` and ``In the fork $X \leftarrow W \to Y$ ..`` cannot be parts of one
graph, since an arrow of one is turned round in the other: each is meant where it stands, and nowhere
else.

Main definitions
----------------
OwnEntry : the item or paragraph of a graph, and those beside it.
entries_of : finds them for chains of arrows.
paragraph_end : where the paragraph around a place ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from symcausal.errors import Source
from symcausal.graph.graph import Graph
from symcausal.notes.files.items import FilePart
from symcausal.notes.stated.arrows import counted
from symcausal.notes.stated.edges import graph_from
from symcausal.notes.stated.listing import ArrowPiece
from symcausal.patterns import late
from symcausal.record import record, replace

_ITEM = late(r"([ \t>]*)((?:[-*+]|\(?\d{1,3}[.)]|\(?[a-z][.)])[ \t]+|\\item\b)")
_TITLE = late(r"[ \t>]*(?:\*\*|__|\\(?:textbf|emph|paragraph)\{)")
_BLANK = late(r"[ \t>]*(?:\n|\Z)")
_ENDS = late(
    r"[ \t>]*#|[ \t]*\\(?:end|(?:sub)*section|chapter)\b|[ \t]*(?:-{3,}|={3,})[ \t]*(?:\n|\Z)"
)
_INK = late(r"[^\s]")
_MOST_LINES = 200


@record
class OwnEntry:
    """The item or paragraph of a graph.

    Attributes
    ----------
    start, end : int
        Its place.
    is_item : bool
        Whether it is an item of a list, at whose end the graph ends.
    is_plain : bool
        Whether it is a paragraph without a title, after which the graph stays in force.
    beside : tuple of (int, int)
        The places of those beside it.
    """

    start: int
    end: int
    is_item: bool = False
    is_plain: bool = False
    beside: tuple[tuple[int, int], ...] = ()

    @property
    def lead(self) -> int:
        """Where what leads to all entries ends."""
        return min([self.start, *(start for start, _ in self.beside)])

    @property
    def tail(self) -> int:
        """Where the last of all entries ends."""
        return max([self.end, *(end for _, end in self.beside)])

    def alone(self, piece: ArrowPiece) -> ArrowPiece:
        """Return the piece of the graph in its text without the entries beside it."""
        text = piece.part.source.text
        for start, end in self.beside:
            text = text[:start] + _INK.sub(" ", text[start:end]) + text[end:]
        source = Source(text, piece.part.source.name)
        return replace(piece, part=FilePart(piece.part.file, piece.part.cell, text, source))


def entries_of(
    pieces: Sequence[ArrowPiece], meant: Callable[[str], str | None]
) -> dict[tuple[int, int], OwnEntry]:
    """Return the entries of graphs that stand side by side, by the identity of the text and the place.

    Parameters
    ----------
    pieces : sequence of ArrowPiece
        All arrows of the notes, in their order.
    meant : callable
        The variable that a written name means, None if it can be none.
    """
    found: dict[tuple[int, int], OwnEntry] = {}
    for run in _runs(pieces, meant):
        places = [(entry.start, entry.end) for _, entry in run]
        for piece, entry in run:
            beside = tuple(place for place in places if place != (entry.start, entry.end))
            found[id(piece.part), piece.start] = replace(entry, beside=beside)
    return found


def _runs(
    pieces: Sequence[ArrowPiece], meant: Callable[[str], str | None]
) -> Iterator[list[tuple[ArrowPiece, OwnEntry]]]:
    """Yield the pieces with entries that follow each other, of which some are turned round."""
    run: list[tuple[ArrowPiece, OwnEntry]] = []
    graphs: list[Graph] = []
    placed = [(piece, entry) for piece in pieces if (entry := _entry(piece)) is not None]
    for piece, entry in placed:
        within = [
            other for other, own in placed
            if other.part is piece.part and own.start == entry.start and counted(other.edges) > 1
        ]  # fmt: skip
        graph = graph_from(piece.edges, meant) if within == [piece] else None
        follows = (
            bool(run)
            and graph is not None
            and run[-1][0].part is piece.part
            and _is_next(piece.part.source.text, run[-1][1], entry)
            and (_turned_round(graphs[-1], graph) or _is_another(graph, graphs))
        )
        if not follows:
            if len(run) > 1:
                yield run
            run, graphs = [], []
        if graph is not None:
            run.append((piece, entry))
            graphs.append(graph)
    if len(run) > 1:
        yield run


def _is_next(text: str, one: OwnEntry, other: OwnEntry) -> bool:
    """Whether an entry is followed by another of its kind."""
    if (one.is_item, one.is_plain) != (other.is_item, other.is_plain):
        return False
    if one.is_plain:
        return one.end <= other.start <= _titled_end(text, one.start)
    return one.end == other.start


def _is_another(graph: Graph, before: Sequence[Graph]) -> bool:
    """Whether a graph of the same variables goes on a row that has been seen to be alternatives."""
    same = set(graph.nodes) == set(before[-1].nodes)
    return len(before) > 1 and same and all(set(graph.directed) != set(g.directed) for g in before)


def _turned_round(one: Graph, other: Graph) -> bool:
    """Whether two graphs have the same variables, and an arrow of one is turned round in the other."""
    back = {(b, a) for a, b in other.directed}
    return set(one.nodes) == set(other.nodes) and not back.isdisjoint(one.directed)


def _entry(piece: ArrowPiece) -> OwnEntry | None:
    """Return the item or paragraph in which a chain stands; None without one."""
    if piece.in_fence or counted(piece.edges) < 2:
        return None
    text = piece.part.source.text
    start = text.rfind("\n", 0, piece.start) + 1
    item = _ITEM.match(text, start)
    if item is not None and item.end() <= piece.start:
        return OwnEntry(start, _item_end(text, start, len(item[1])), is_item=True)
    if _begins(text, start) and _TITLE.match(text, start):
        return OwnEntry(start, _titled_end(text, start))
    return _plain_entry(text, start, piece)


def _plain_entry(text: str, line: int, piece: ArrowPiece) -> OwnEntry | None:
    """Return the paragraph around a line, which has no title."""
    start = _paragraph_start(text, line)
    if start is not None and not text[start : piece.start].strip("$\\[( \n") and start:
        start = _paragraph_start(text, text.rfind("\n", 0, len(text[:start].rstrip())) + 1)
    if start is None:
        return None
    return OwnEntry(start, paragraph_end(text, piece.end), is_plain=True)


def _paragraph_start(text: str, line: int) -> int | None:
    """Return where the paragraph around a line begins; None within a list, a heading or a title."""
    for _ in range(_MOST_LINES):
        if _ITEM.match(text, line) or _ENDS.match(text, line) or _TITLE.match(text, line):
            return None
        if _begins(text, line):
            return line
        line = text.rfind("\n", 0, line - 1) + 1
    return None


def _begins(text: str, line: int) -> bool:
    """Whether a line is the first of the text, or an empty line or a heading stands before it."""
    before = text.rfind("\n", 0, line - 1) + 1
    return line == 0 or bool(_BLANK.match(text, before, line) or _ENDS.match(text, before, line))


def _lines(text: str, start: int) -> Iterator[int]:
    """Yield where the lines after one begin, and where the text ends."""
    for _ in range(_MOST_LINES):
        stop = text.find("\n", start)
        if stop < 0:
            break
        start = stop + 1
        yield start
    yield len(text)


def _item_end(text: str, start: int, indent: int) -> int:
    """Return where an item ends: at the next of its list, or where the list ends."""
    is_open = True
    for line in _lines(text, start):
        if _BLANK.match(text, line):
            is_open = False
            continue
        item = _ITEM.match(text, line)
        if _ENDS.match(text, line) or (item is not None and len(item[1]) <= indent):
            return line
        if item is None and not is_open and text[line : line + 1] not in (" ", "\t"):
            return line
    return len(text)


def paragraph_end(text: str, place: int) -> int:
    """Return where the paragraph around a place ends."""
    return next(at for at in _lines(text, place) if at == len(text) or _BLANK.match(text, at))


def _titled_end(text: str, start: int) -> int:
    """Return where what a titled paragraph begins ends: at the next title, or a heading."""
    was_blank = False
    for line in _lines(text, start):
        if _ENDS.match(text, line) or (was_blank and _TITLE.match(text, line)):
            return line
        was_blank = _BLANK.match(text, line) is not None
    return len(text)
