r"""The cells of a notebook, changed where they stand: the rest of the file keeps every byte.

Main definitions
----------------
with_cells : a notebook's text with new texts in some cells.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping

_BLANK = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str)  # numbers of any length are passed over


def with_cells(text: str, changes: Mapping[int, Callable[[str], str]]) -> str:
    r"""Return the text of a notebook in which some cells hold something else.

    A source that is a list of lines stays one; lines that stay keep their spelling.

    Parameters
    ----------
    text : str
        The JSON of the notebook.
    changes : mapping of int to callable
        What makes the new text of a cell out of the old, by the number of the cell, from one.

    Examples
    --------
    >>> with_cells('{"cells": [{"source": ["a ",  "b"]}], "x":1.0}', {1: str.upper})
    '{"cells": [{"source": ["A B"]}], "x":1.0}'
    """
    pieces: list[str] = []
    at = 0
    for number, start in enumerate(_cells(text), 1):
        if number not in changes:
            continue
        place, end = dict(_members(text, start))["source"]
        pieces += (text[at:place], _source(text, place, end, changes[number]))
        at = end
    return "".join([*pieces, text[at:]])


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


def _source(text: str, start: int, end: int, change: Callable[[str], str]) -> str:
    """The source of a cell, written as the old one."""
    ascii_only = text.isascii()  # as a program wrote it that escapes everything else
    if text[start] != "[":
        return json.dumps(change(json.loads(text[start:end])), ensure_ascii=ascii_only)
    old = [(a, b) for a, b in _elements(text, start) if text[a] == '"']
    spelt = {json.loads(text[a:b]): text[a:b] for a, b in old}
    new = change("".join(json.loads(text[a:b]) for a, b in old))
    lines = [
        spelt[line] if line in spelt else json.dumps(line, ensure_ascii=ascii_only)
        for line in re.findall(r"[^\n]*\n|[^\n]+\Z", new)
    ]
    before = text[start + 1 : old[0][0]]
    between = text[old[0][1] : old[1][0]] if len(old) > 1 else "," + before
    return f"[{before}{between.join(lines)}{text[old[-1][1] : end]}"


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
