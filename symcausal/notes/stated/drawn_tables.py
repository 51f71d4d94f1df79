r"""Tables that are drawn with signs: with ``+---+`` borders, and with columns under ``=== ===``.

Main definitions
----------------
drawn_tables : those of pandoc and reStructuredText with borders.
aligned_tables : the simple ones of reStructuredText.
caption_below : the caption that a line below a table is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from symcausal.notes.files.scanner import line_starts
from symcausal.patterns import late

_DRAWN = late(r"[ \t]*\+(?:[-=]+\+)+[ \t]*")
_COLUMNS = late(r"[ \t]*=+(?:[ \t]+=+)+[ \t]*")
_TITLED = late(r"\s*\n?(?:[ \t]*\n)?[ \t]*(?:Table\b[^\n]{0,9})?:[ \t]*(?P<words>[^\n]{1,300})")
_MOST_LINES = 600

CellGrid = tuple[tuple[str, ...], ...]
FoundGrid = tuple[CellGrid, int | None, int, int, str]


def _lines(text: str) -> tuple[list[str], list[int]]:
    """The lines of a text, and where each begins; last where one more would."""
    return text.split("\n"), [*line_starts(text), len(text) + 1]


def drawn_tables(text: str) -> Iterator[FoundGrid]:
    """Yield the tables whose borders are drawn with ``+---+``."""
    lines, places = _lines(text)
    number = 0
    while number < len(lines):
        if not _DRAWN.fullmatch(lines[number]):
            number += 1
            continue
        last = number
        while last + 1 < len(lines) and lines[last + 1].lstrip().startswith(("+", "|")):
            last += 1
        block = [line.strip() for line in lines[number : last + 1]]
        found = _drawn_rows(block)
        if found is not None:
            end = min(places[last + 1], len(text))
            yield *found, places[number], end, caption_below(text, max(0, end - 1))
        number = last + 1


def _drawn_rows(block: Sequence[str]) -> tuple[CellGrid, int | None] | None:
    edges = [at for at, sign in enumerate(block[0]) if sign == "+"]
    rows: list[tuple[str, ...]] = []
    head: int | None = None
    waiting: list[list[str]] = [[] for _ in edges[1:]]
    for line in block[1:]:
        if line.startswith("+"):
            if not _DRAWN.fullmatch(line) or [a for a, s in enumerate(line) if s == "+"] != edges:
                return None
            rows.append(tuple(" ".join(words).strip() for words in waiting))
            waiting = [[] for _ in edges[1:]]
            if "=" in line and head is None and len(rows) > 0:
                head = len(rows)
            continue
        if len(line) != len(block[0]) or any(line[at] != "|" for at in edges):
            return None
        for column, (start, end) in enumerate(pairwise(edges)):
            waiting[column].append(line[start + 1 : end].strip())
    return (tuple(rows), head) if rows else None


def aligned_tables(text: str) -> Iterator[FoundGrid]:
    """Yield the simple tables of reStructuredText, whose columns stand under ``=== ===``."""
    lines, places = _lines(text)
    number = 0
    while number < len(lines):
        if not _COLUMNS.fullmatch(lines[number]):
            number += 1
            continue
        rules = [number]
        last = number + 1
        while (
            last < min(len(lines), number + _MOST_LINES) and lines[last].strip() and len(rules) < 3
        ):
            if lines[last].rstrip() == lines[number].rstrip():
                rules.append(last)
            last += 1
        if len(rules) > 1:
            columns = [m.span() for m in re.finditer("=+", lines[number])]
            inside = range(number + 1, rules[-1])
            body = [lines[n] for n in inside if n not in rules]
            rows = [_sliced(line, columns) for line in body]
            if all(row is not None for row in rows):
                head = rules[1] - number - 1 if len(rules) == 3 else None
                grid = tuple(row for row in rows if row is not None)
                yield grid, head, places[number], places[rules[-1] + 1] - 1, ""
            number = rules[-1]
        number += 1


def _sliced(line: str, columns: Sequence[tuple[int, int]]) -> tuple[str, ...] | None:
    """The cells of a line; None where words stand over the gap between two columns."""
    ends = [start for start, _ in columns[1:]]
    for (_, end), start in zip(columns, ends, strict=False):
        if line[end:start].strip():
            return None
    stops = [end for _, end in columns[:-1]] + [max(len(line), columns[-1][1])]
    return tuple(line[a:b].strip() for (a, _), b in zip(columns, stops, strict=True))


def caption_below(text: str, end: int) -> str:
    """Return the caption that a line below a table is: ``: words`` or ``Table: words``."""
    found = _TITLED.match(text, end)
    return found["words"] if found else ""
