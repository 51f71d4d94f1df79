r"""The cells of a notebook, changed where they stand: the rest of the file keeps every byte.

Main definitions
----------------
with_cells : a notebook's text with changes in some cells.
cell_offsets : where each character of a cell stands in the notebook's text.
spelt : some words as a string of JSON spells them, without its quotes.
TextEdit : where a change begins and ends, and what stands there then.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate, islice

from symcausal.hints import TypeAlias
from symcausal.patterns import late

TextEdit: TypeAlias = tuple[int, int, str]
CellEdits: TypeAlias = Callable[[str], Sequence[TextEdit]]

_BLANK = late(r"[ \t\r\n]*")
_LINE = late(r"[^\n]*\n|[^\n]+\Z")
_SIGN = late(  # a character of a string, two of these escapes making one
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\?.", re.DOTALL
)
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str)  # numbers of any length are passed over


def with_cells(text: str, changes: Mapping[int, CellEdits]) -> str:
    r"""Return the text of a notebook in which some cells hold something else.

    A source that is a list of lines stays one; all that is not replaced keeps its spelling.

    Parameters
    ----------
    text : str
        The JSON of the notebook.
    changes : mapping of int to callable
        What gives the changes of a cell, in their order, for its text, by the number of the cell,
        from one.

    Examples
    --------
    >>> raw = r'{"cells": [{"source": ["\u0061\n",  "c"]}], "x":1.0}'
    >>> print(with_cells(raw, {1: lambda text: [(2, 2, "b\n")]}))
    {"cells": [{"source": ["\u0061\n",  "b\n",  "c"]}], "x":1.0}
    """
    pieces: list[str] = []
    at = 0
    for number, start in enumerate(_cells(text), 1):
        if number not in changes:
            continue
        place, end = dict(_members(text, start))["source"]
        for first, last, new in _splices(text, place, end, changes[number]):
            pieces += (text[at:first], new)
            at = last
    return "".join([*pieces, text[at:]])


def cell_offsets(text: str, cell: int) -> list[int]:
    r"""Return where each character of a cell's source is spelt, and where the source ends.

    Parameters
    ----------
    text : str
        The JSON of the notebook, which has such a cell.
    cell : int
        Its number, from one.

    Examples
    --------
    >>> cell_offsets(r'{"cells": [{"source": ["\u0061\n",  "c"]}]}', 1)
    [24, 30, 37, 38]
    """
    start, end = dict(_members(text, _cells(text)[cell - 1]))["source"]
    lines = (
        [(a, b) for a, b in _elements(text, start) if text[a] == '"'] if text[start] == "[" else []
    )
    found = [
        sign.start()
        for a, b in lines or [(start, end)]
        for sign in _SIGN.finditer(text, a + 1, b - 1)
    ]
    last = lines[-1][1] if lines else end
    return [*found, last - 1]


def spelt(words: str, *, ascii_only: bool) -> str:
    r"""Return some words as a string of JSON spells them, without its quotes.

    Examples
    --------
    >>> print(spelt("\\mid ä", ascii_only=True))
    \\mid \u00e4
    """
    return json.dumps(words, ensure_ascii=ascii_only)[1:-1]


def _cells(text: str) -> list[int]:
    """Where the cells begin; those of old notebooks stand in worksheets."""
    whole = dict(_members(text, _after_blank(text, 0)))
    if "cells" in whole and text[whole["cells"][0]] == "[":
        return [start for start, _ in _elements(text, whole["cells"][0])]
    found = []
    for sheet, _ in _elements(text, whole["worksheets"][0]):
        inside = dict(_members(text, sheet)) if text[sheet] == "{" else {}
        if "cells" in inside and text[inside["cells"][0]] == "[":
            found += [start for start, _ in _elements(text, inside["cells"][0])]
    return found


def _splices(text: str, start: int, end: int, edits: CellEdits) -> Iterator[TextEdit]:
    """The changes of a cell's source as changes of the notebook's text."""
    ascii_only = text.isascii()  # as a program wrote it that escapes everything else
    listed = text[start] == "["
    lines = [(a, b) for a, b in _elements(text, start) if text[a] == '"'] if listed else []
    lines = lines or [(start, end)]
    words = [json.loads(text[a:b]) for a, b in lines]
    starts = [0, *accumulate(map(len, words))]
    for first, last, new in edits("".join(words)):
        i, j = (bisect_right(starts, at, hi=len(lines)) - 1 for at in (first, last))
        (a, b), (c, d) = lines[i], lines[j]
        if listed and new and first == starts[i] and last == starts[j]:
            strings = [json.dumps(line, ensure_ascii=ascii_only) for line in _LINE.findall(new)]
            between = _between(text, start, lines)
            if first == last:
                yield a, a, between.join([*strings, ""])
            else:
                yield a, lines[j - 1][1], between.join(strings)
        else:  # what is left of the strings on both sides becomes one
            inside = spelt(new, ascii_only=ascii_only)
            yield (
                _place(text, a, b, first - starts[i]),
                _place(text, c, d, last - starts[j]),
                inside,
            )


def _between(text: str, start: int, lines: Sequence[tuple[int, int]]) -> str:
    """What stands between two lines of a source, unless that is more than a comma and blanks."""
    between = text[lines[0][1] : lines[1][0]] if len(lines) > 1 else ""
    return between if between.strip() == "," else ", "


def _place(text: str, start: int, end: int, number: int) -> int:
    """Where a character of a string begins in its spelling; its end for the one after the last."""
    signs = _SIGN.finditer(text, start + 1, end - 1)
    return next((sign.start() for sign in islice(signs, number, None)), end - 1)


# -- places in JSON -------------------------------------------------------------------------------
def _members(text: str, start: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """The values of an object, by their keys; of keys that stand twice the last one counts."""
    for at, after in _parts(text, start):
        key, end = _DECODER.raw_decode(text, at)
        value = _after_blank(text, _after_blank(text, end) + 1)
        yield key, (value, after)


def _elements(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Where the elements of a list begin and end."""
    return _parts(text, start)


def _parts(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Where the parts of a list or an object stand, keys with their values."""
    members = text[start] == "{"
    at = _after_blank(text, start + 1)
    while text[at] not in "]}":
        _, end = _DECODER.raw_decode(text, at)
        if members:
            _, end = _DECODER.raw_decode(text, _after_blank(text, _after_blank(text, end) + 1))
        yield at, end
        at = _after_blank(text, end)
        if text[at] == ",":
            at = _after_blank(text, at + 1)


def _after_blank(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at
