r"""Environments that only align the rows of a derivation, and arrays that do.

Main definitions
----------------
ALIGNED : the names of the environments.
edges_of_arrays : where arrays that only align rows begin and end.
after_columns : where what an environment says of its columns ends.
"""

# ruff: noqa: SIM905 - long lists of words read best as text

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from symcausal.patterns import late
from symcausal.reading.lexemes import Lexeme

ALIGNED = frozenset(
    "align aligned alignat alignedat flalign gather gathered multline multlined eqnarray split "
    "equation displaymath math dmath dgroup subequations IEEEeqnarray".split()
)
_COLUMNED = late(r"(?:\s*\[[tbc]\])?\s*\{(?:[lcrLCR\s]|@\{[^{}]{0,20}\}){0,40}+\}")
_PLACED = late(r"\s*\[[tbc]\](?:\s*\{\d+\})?")
_ROW_BEFORE = late(
    r"(?:\\\\|\\begin\s*\{[a-z*]+\}(?:\[[tbc]\])?(?:\s*\{[^{}]*\})?|\\displaystyle)\Z"
)
_ROW_AFTER = late(r"(?:[\s~.,;]|\\[,;:! ]|\\q?quad(?![a-z]))*+(?:\\\\|\\end\s*\{|\Z)")


def edges_of_arrays(
    text: str, lexemes: Iterable[Lexeme], start: int, end: int, row_ends: tuple[int, ...]
) -> set[int]:
    r"""Return where arrays that only align rows begin and end.

    Such an array is all of its row: what stands beside one is a matrix or a choice of cases. One
    with ruled columns is a table.
    """
    found: set[int] = set()
    if "{array}" not in text:
        return found
    broken = sorted(row_ends)
    opened: list[Lexeme] = []
    for edge in lexemes:
        if edge.kind != "edge" or "{array}" not in edge.text:
            continue
        if begins(edge):
            opened.append(edge)
        elif opened:
            begin = opened.pop()
            columns = _COLUMNED.match(text, _after_name(text, begin), end)
            if (
                columns is not None
                and _begins_row(text, start, begin.start, broken)
                and _ends_row(text, _after_name(text, edge), end, broken)
            ):
                found |= {begin.start, edge.start}
    return found


def begins(edge: Lexeme) -> bool:
    """Decide whether an environment begins at an edge, or ends there."""
    return edge.text.startswith("\\begin")


def after_columns(text: str, edge: Lexeme) -> int:
    """Return where what an environment says of its place and its columns ends."""
    if not begins(edge):
        return edge.end
    columns = _COLUMNED if edge.name in ("array", "IEEEeqnarray") else _PLACED
    placed = columns.match(text, _after_name(text, edge))
    return placed.end() if placed else edge.end


def _after_name(text: str, edge: Lexeme) -> int:
    return text.index("}", edge.start) + 1


def _begins_row(text: str, start: int, at: int, row_ends: list[int]) -> bool:
    ink = at
    while ink > start and (text[ink - 1].isspace() or text[ink - 1] == "~"):
        ink -= 1
    broken = bisect_right(row_ends, at) > bisect_left(row_ends, ink)
    return ink == start or broken or _ROW_BEFORE.search(text, max(start, ink - 40), ink) is not None


def _ends_row(text: str, at: int, end: int, row_ends: list[int]) -> bool:
    after = bisect_left(row_ends, at)
    end = min([end, *row_ends[after : after + 1]])
    return _ROW_AFTER.match(text, at, end) is not None
