r"""Tables of notes as grids of cells: Markdown, LaTeX, HTML, and what pandoc and reStructuredText draw.

A table whose rows do not have one length is none. What the cells say is no matter of this module.

Main definitions
----------------
WrittenTable : the cells of a table, and where it stands.
tables_in : the tables of a text.
may_have_tables : a cheap test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import islice, pairwise

from symcausal.notes.stated.drawn_tables import (
    CellGrid,
    FoundGrid,
    aligned_tables,
    caption_below,
    drawn_tables,
)
from symcausal.patterns import late
from symcausal.record import record, replace

MOST_TABLES = 300
MOST_CELLS = 4_000
_MAY_HAVE = late(
    r"\|[ \t]*:?-|-:?[ \t]*\||\\begin\s*\{(?:tabular|longtable|array)|<table\b|^[ \t]*[+=][-=+]{2}",
    re.M | re.I,
)
_RULED = late(r"^[ \t>]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+$", re.M)
_MARKS = late(r"[ \t>]*")
_LATEX = late(
    r"\\begin\s*\{(?P<name>tabular[*xy]?|longtable|array)\}(?:\s*\[[^\]\n]{0,20}\])?(?P<width>\s*\{[^{}\n]{0,60}\}"
    r"(?=\s*\{))?\s*\{"
)
_RULES = late(
    r"\\(?:hline|toprule|midrule|bottomrule|addlinespace|endhead|endfirsthead|endfoot|endlastfoot|centering)"
    r"(?![A-Za-z])(?:\[[^\]\n]{0,20}\])?|\\(?:cline|cmidrule)(?:\([a-z]{0,3}\))?\s*\{[^{}\n]{0,20}\}"
    r"|(?<!\\)%[^\n]*"
)
_SPAN = late(r"\s*\\multi(?P<kind>column|row)\s*(?:\[[^\]\n]{0,9}\])?\{(?P<count>\d{1,2})\}")
_CAPTION = late(r"\\caption\*?\s*(?:\[[^\]\n]{0,200}\])?\{")
_FLOAT = late(r"\\(?P<edge>begin|end)\s*\{(?:table|center|wraptable)\*?\}")
_LATEX_SIGN = late(
    r"\\\\(?:\s*\[[^\]\n]{0,12}\])?|\\tabularnewline|\\.|[{}&]|\\(?:begin|end)\s*\{[a-z]+\}", re.S
)
_ROW = late(r"<tr\b[^<>]*>", re.I)
_CELL = late(r"<t(?P<kind>[hd])\b(?P<rest>[^<>]*)>", re.I)
_HTML_CAPTION = late(r"<caption\b[^<>]*>(.{0,500}?)</caption", re.I | re.S)
_EDGE = late(r"<(?P<end>/?)table\b[^<>]*>?", re.I)
_COUNT = late(r"\b(?P<kind>col|row)span\s*=\s*[\"']?(\d{1,2})", re.I)
_SCRIPT = late(r"<(?P<kind>su[bp])\b[^<>]*>([^<>]{1,20})</su[bp]\s*>", re.I)
_ANNOTATION = late(
    r"<math\b.*?<annotation\b[^<>]*tex[^<>]*>(.*?)</annotation.*?</math\s*>", re.I | re.S
)
_TAG = late(r"<[^<>]*>")
_PARAGRAPH = late(r"\n[ \t>]*\n")
_FAR = 600
_LONGEST = 100_000  # characters of a table
_LONGEST_CELL = 4_000


@record
class WrittenTable:
    """A table of notes.

    Attributes
    ----------
    cells : tuple of tuple of str
        The rows, all of one length, as they are written between the signs of the table; what spans
        several columns or rows stands in each.
    head : int or None
        How many rows are the head; None where nothing says.
    start, end : int
        Where it stands in its text.
    above : str
        The end of the paragraph before it.
    caption : str
        Its caption; empty without one.
    """

    cells: CellGrid
    head: int | None
    start: int
    end: int
    above: str = ""
    caption: str = ""


def may_have_tables(text: str) -> bool:
    """Decide whether a text may have a table: a cheap test."""
    return _MAY_HAVE.search(text) is not None


def tables_in(text: str) -> list[WrittenTable]:
    r"""Return the tables of a text, in their order.

    Parameters
    ----------
    text : str
        Markdown, LaTeX, HTML or plain text; all kinds of tables are looked for in each.

    Examples
    --------
    >>> [table.cells for table in tables_in("| A | P(A) |\n|---|---|\n| 0 | 0.3 |\n")]
    [(('A', 'P(A)'), ('0', '0.3'))]
    """
    found: list[WrittenTable] = []
    for kind in (_piped, _of_latex, _of_html, drawn_tables, aligned_tables):
        for cells, head, start, end, caption in kind(text):
            if _is_grid(cells) and len(found) < MOST_TABLES:
                found.append(WrittenTable(cells, head, start, end, "", caption))
    kept: list[WrittenTable] = []
    last = 0
    for table in sorted(found, key=lambda table: table.start):
        if table.start >= last:  # a table inside another is none of its own
            kept.append(replace(table, above=_above(text, last, table.start)))
            last = table.end
    return kept


def _is_grid(cells: CellGrid) -> bool:
    widths = {len(row) for row in cells}
    if len(widths) != 1 or len(cells) < 1 or sum(map(len, cells)) > MOST_CELLS:
        return False
    return len(cells) > 1 or len(cells[0]) > 1


def _above(text: str, last: int, start: int) -> str:
    """The end of the paragraph before a place, behind the last table."""
    window = text[max(last, start - _FAR) : start].rstrip(" \t>\n")
    return _PARAGRAPH.split(window)[-1]


# -- Markdown --------------------------------------------------------------------------------------
def _piped(text: str) -> Iterator[FoundGrid]:
    """The tables with bars: one row, a row of dashes, and rows until one has no bar."""
    after = 0
    for rule in _RULED.finditer(text):
        if "|" not in rule.group() or rule.start() <= after:
            continue
        begin = text.rfind("\n", 0, max(0, rule.start() - 1)) + 1
        head = text[begin : max(begin, rule.start() - 1)]
        if "|" not in head or rule.start() == 0:
            continue
        rows = [_cells(head)]
        at = rule.end() + 1
        while at < len(text):
            stop = text.find("\n", at)
            stop = len(text) if stop < 0 else stop
            line = text[at:stop]
            if "|" not in line:
                break
            rows.append(_cells(line))
            at = stop + 1
        after = min(at, len(text))
        marked = len(_cells(rule.group()))
        if all(len(row) == marked for row in rows):
            yield tuple(rows), 1, begin, after, caption_below(text, max(begin, after - 1))


def _cells(line: str) -> tuple[str, ...]:
    """The cells of a row with bars; a bar in brackets, in a formula or behind a backslash parts none."""
    found: list[str] = []
    cell = ""
    depth = 0
    inside = False
    body = line[_MARKS.match(line).end() :].rstrip()  # type: ignore[union-attr]
    at = 0
    while at < len(body):
        sign = body[at]
        if sign == "\\" and at + 1 < len(body):
            following = body[at + 1]
            cell += "|" if following == "|" else body[at : at + 2]
            at += 2
            continue
        if sign == "$":
            inside = not inside
        depth += (sign in "([") - (sign in ")]")
        if sign == "|" and not inside and depth <= 0:
            found.append(cell.strip())
            cell, depth = "", 0
        else:
            cell += sign
        at += 1
    found.append(cell.strip())
    if body.startswith("|"):
        found = found[1:]
    if len(found) > 1 and not found[-1]:
        found = found[:-1]
    return tuple(found)


# -- LaTeX -----------------------------------------------------------------------------------------
def _of_latex(text: str) -> Iterator[FoundGrid]:
    for opening in islice(_LATEX.finditer(text), 3 * MOST_TABLES):
        columns = _closing(text, opening.end())
        last = opening.end() + _LONGEST
        closing = text.find(rf"\end{{{opening['name']}}}", opening.end(), last)
        if columns is None or closing < 0:
            continue
        inside = _RULES.sub(lambda rule: " " * len(rule.group()), text[columns:closing])
        cells = _spread([[_spanned(cell) for cell in row] for row in _latex_rows(inside)])
        if cells is not None:
            end = text.find("}", closing) + 1
            caption, start, stop = _latex_caption(text, opening.start(), end)
            yield cells, None, start, stop, caption


def _closing(text: str, at: int) -> int | None:
    """Return the place after the brace that closes an open one."""
    depth = 1
    for place in range(at, min(len(text), at + _FAR)):
        depth += (text[place] == "{") - (text[place] == "}")
        if depth == 0:
            return place + 1
    return None


def _latex_rows(inside: str) -> list[list[str]]:
    rows: list[list[str]] = [[]]
    at = depth = 0
    for sign in _LATEX_SIGN.finditer(inside):
        found = sign.group()
        if found in "{}":
            depth += 1 if found == "{" else -1
        elif depth <= 0 and found == "&":
            rows[-1].append(inside[at : sign.start()].strip())
            at = sign.end()
        elif depth <= 0 and (found.startswith("\\\\") or found == "\\tabularnewline"):
            rows[-1].append(inside[at : sign.start()].strip())
            at = sign.end()
            rows.append([])
    rows[-1].append(inside[at:].strip())
    return [row for row in rows if any(row)]


def _spanned(cell: str) -> tuple[str, int, int]:
    r"""A cell of LaTeX with the columns and rows that it spans."""
    across = down = 1
    span = _SPAN.match(cell)
    while span:
        if span["kind"] == "column":
            across = int(span["count"])
        else:
            down = int(span["count"])
        opened = cell.find("{", span.end())
        layout = _closing(cell, opened + 1) if opened >= 0 else None
        opened = cell.find("{", layout) if layout is not None else -1
        if opened < 0 and layout is not None and "*" in cell[span.end() : layout]:
            return "", across, down
        closed = _closing(cell, opened + 1) if opened >= 0 else None
        if closed is None:
            # \multirow{2}*{words}
            closed, opened = layout, cell.find("{", span.end())
        if closed is None:
            return cell, across, down
        cell = cell[opened + 1 : closed - 1]
        span = _SPAN.match(cell)
    return cell.strip(), max(1, across), max(1, down)


def _latex_caption(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The caption of the table around a place, and where that table begins and ends."""
    low, high = max(0, start - 2 * _FAR), min(len(text), end + 2 * _FAR)
    before = [*_FLOAT.finditer(text, low, start)]
    after = _FLOAT.search(text, end, high)
    if not before or before[-1]["edge"] != "begin" or after is None or after["edge"] != "end":
        return "", start, end
    begin = before[-1].start()
    found = _CAPTION.search(text, begin, after.start())
    closed = _closing(text, found.end()) if found else None
    words = text[found.end() : closed - 1] if found and closed else ""
    lone = len([*_LATEX.finditer(text, begin, after.start())]) == 1
    return (words, begin, after.end()) if lone else ("", start, end)


# -- HTML ------------------------------------------------------------------------------------------
def _of_html(text: str) -> Iterator[FoundGrid]:
    for start, inner, stop, end in _html_tables(text):
        body = text[inner:stop]
        rows: list[list[tuple[str, int, int]]] = []
        heads = 0
        marks = [*_ROW.finditer(body)]
        for row, following in pairwise([*(m.span() for m in marks), (len(body), len(body))]):
            part = body[row[1] : following[0]]
            cells = [*_CELL.finditer(part)]
            if not cells:
                continue
            texts = []
            for cell, later in pairwise([*(c.span() for c in cells), (len(part), len(part))]):
                texts.append(_plain(part[cell[1] : later[0]]))
            spans = [_counts(cell["rest"]) for cell in cells]
            rows.append([(words, *span) for words, span in zip(texts, spans, strict=True)])
            heads += heads == len(rows) - 1 and all(cell["kind"] in "hH" for cell in cells)
        spread = _spread(rows)
        if spread is not None:
            titled = _HTML_CAPTION.search(body)
            yield spread, heads or None, start, end, _plain(titled[1]) if titled else ""


def _html_tables(text: str) -> Iterator[tuple[int, int, int, int]]:
    """Where tables of HTML begin and end, without and with their tags, but for those around others."""
    opened: re.Match[str] | None = None
    for edge in _EDGE.finditer(text):
        if not edge["end"]:
            opened = edge
        elif opened is not None:
            if edge.start() - opened.end() <= _LONGEST:
                yield opened.start(), opened.end(), edge.start(), edge.end()
            opened = None


def _counts(rest: str) -> tuple[int, int]:
    told = {found["kind"].lower(): int(found[2]) for found in _COUNT.finditer(rest)}
    return max(1, told.get("col", 1)), max(1, told.get("row", 1))


def _plain(cell: str) -> str:
    """The words of a cell of HTML, with the LaTeX of its formulas and scripts as LaTeX."""
    if len(cell) > _LONGEST_CELL:
        return ""
    kept = _ANNOTATION.sub(lambda math: unescape(math[1]), cell)
    kept = _SCRIPT.sub(lambda s: f"{'_' if s['kind'].lower() == 'sub' else '^'}{{{s[2]}}}", kept)
    return " ".join(unescape(_TAG.sub(" ", kept)).split())


def _spread(rows: Sequence[Sequence[tuple[str, int, int]]]) -> CellGrid | None:
    """Put what spans several columns and rows into each; None where the rows differ in length."""
    width = sum(across for _, across, _ in rows[0]) if rows else 0
    if not 0 < width <= MOST_CELLS:
        return None
    waiting: dict[int, tuple[str, int]] = {}
    found: list[tuple[str, ...]] = []
    for row in rows:
        cells: list[str] = []
        written = [*row]
        while len(cells) < width:
            column = len(cells)
            words, left = waiting.pop(column, ("", 0))
            if left:
                # LaTeX leaves an empty cell below what spans rows, HTML none
                if len(written) + column >= width and written and not written[0][0]:
                    written.pop(0)
                cells.append(words)
                if left > 1:
                    waiting[column] = words, left - 1
                continue
            if not written:
                return None
            words, across, down = written.pop(0)
            for _ in range(across):
                if down > 1:
                    waiting[len(cells)] = words, down - 1
                cells.append(words)
        if written or len(cells) != width:
            return None
        found.append(tuple(cells))
    return tuple(found)
