"""Which words stand around a place: its sentence, its paragraph, its list and its figure.

Main definitions
----------------
sentence_around : what stands before a place in its sentence, after it, and in the next one.
first_sentence : the first sentence of some words.
paragraph_before : what stands before a place in its paragraph.
lead_of_choices : the paragraph that leads to the choices among which a place stands.
with_frame : a drawing or code with its environment, or its lines.
captions_around, figure_around : the captions, or the text, of the figure around a place.
beside : what stands beside a place in its sentence or list, and in the next sentence.
clause_around : the clause around some words.
"""

from __future__ import annotations

import re
from functools import lru_cache

from symcausal.patterns import late
from symcausal.reading.nearby import words_after, words_before

FAR = 400
_PARAGRAPH_FAR = 1_200
_LIST_FAR = 3_000
_BESIDE_FAR = 1_000
_SHORT = (
    r"(?<!\b[Ff]ig)(?<!\b[Ff]igs)(?<!\b[Ee]q)(?<!\b[Ss]ec)(?<!\b[Tt]ab)(?<!\b[Aa]bb)(?<!\bcf)(?<!\bvs)"
    r"(?<!\bet al)(?<!\b[eE]\.g)(?<!\bi\.e)(?<!\bDr)(?<!\b[Pp]rof)(?<!\bresp)(?<!\bapprox)"
)
STOP = rf"(?:{_SHORT}\.|[!?])(?=[\s*_)\]}}\"'\u201d]|\Z)"
"""What ends a sentence: no point of an abbreviation, and none inside a number."""
PARTING = r"\n\s*\n|\n\s*(?:[-*+]|\d{1,3}[.)])\s"
"""An empty line, or the mark of an item."""
LAID_OUT = (
    rf"{PARTING}|\\(?:item|caption)\b"
    r"|\\(?:begin|end)\b(?:\s*\{[^{}\n]*\}(?:\[[htbpH!]{0,6}\])?)?|\n#+ "
)
_ENDS = late(rf"{STOP}|{LAID_OUT}")
_CLOSES = late(rf"{STOP}|{PARTING}")
_FIRST_ENDS = late(rf"{STOP}|\n\s*\n")
_SILENT = late(r"(?:\\[A-Za-z]+\*?(?:\[[^\]\n]*\]|\{[^{}\n]*\})*|[\s$`*_>\[({}])*\Z")
_OPEN = late(r"[^.!?\s]\s*\Z")
_ITEM = late(r"\n\s*(?:[-*+]|\d{1,3}[.)])\s[^\n]*\Z")
_LEAD = late(r"[^\n.!?]*[:?]\s*\n+(?=\s*(?:[-*+]|\d{1,3}[.)])\s)")
_BLANK_LINE = late(r"\n[ \t]*\n")
_OPTION = late(
    r"[\s>*_]*(?:[-+*][ \t]|\(?(?:\d{1,2}|[a-hA-H]|i{1,3}|iv|v)[.)]|(?:option|choice"
    r"|answer)\s*\(?[\dA-Ha-h]\b"
    r"|\[[ xX]\])",
    re.I,
)
_CHOICE = late(r"\n[ \t>]*\(?[a-hA-H][.)][ \t][^\n]*\Z")
_LIST_BEGINS = late(
    r"\\begin\s*\{(?:enumerate|itemize|choices|description|parts|tasks|checkboxes)\*?\}"
)
_CAPTION = late(r"\\caption\*?\s*(?:\[[^\]]*\])?\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}")
_FIGURE_EDGE = late(r"\\(?:begin|end)\s*\{(?:figure|wrapfigure|marginfigure|subfigure)\*?\}")
_PICTURE_BEGINS = late(r"\\begin\s*\{tikz\w*\}\Z")
_PICTURE_ENDS = late(r"\\end\s*\{tikz\w*\}")
_EMPTY = " \n$`*_>\\[("
_BESIDE_ENDS = late(rf"{STOP}|\n[ \t>]*\n(?!\s*[a-z])")
_BESIDE_STOPS = late(
    r"```|~~~|\n[ \t>]*#|\\(?:(?:sub)*section|paragraph|chapter)\b|<!--|\\(?:begin|end)\{"
    r"(?!(?:aligned|array|cases|gather|align|itemize)\b)[a-z*]+\}"
    r"|\n(?=[^\n]{1,200}\n[ \t]*(?:={3,}|-{3,})[ \t]*\n)"
)
_MARKED = late(r"[ \t>]*(?:[-*+](?=[ \t])|\d{1,3}[.)]|\([a-z0-9]{1,3}\)|\\item\b)[ \t]*\S")
_WORDY = late(r"\w")
_CLAUSE = late(r"[;:.!?\n]")


@lru_cache(maxsize=8)
def sentence_around(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Return what stands before a place in its sentence, what after, and the next sentence.

    Before an item of a list stands the sentence that leads to the list.
    """
    start, end = _with_figure(text, start, end)
    window = words_before(text, start, FAR)
    pieces = [*_ENDS.finditer(window)]
    at = len(pieces)
    while (
        at
        and _SILENT.match(window, pieces[at - 1].end())
        and _OPEN.search(window[: pieces[at - 1].start()])
    ):
        at -= 1  # a display or a drawing of its own, to which an open sentence leads
    before = window[pieces[at - 1].end() :] if at else window
    if (pieces and pieces[-1].group().startswith("\n")) or _ITEM.search(window):
        leads = [*_LEAD.finditer(window)]
        before = f"{leads[-1].group()} {before}" if leads else before
    after = words_after(text, end, FAR)
    closing = _CLOSES.search(after)
    if closing is None:
        return before, after, ""
    return before, after[: closing.end()], first_sentence(after[closing.end() :])


def first_sentence(words: str) -> str:
    """Return the first sentence of some words, none if a heading comes first."""
    words = words.lstrip()[:300]
    if words.startswith(("#", "```", "\\section", "\\begin", "|")):
        return ""
    end = _FIRST_ENDS.search(words)
    return words[: end.end()] if end else words


def _with_figure(text: str, start: int, end: int) -> tuple[int, int]:
    """The figure around a place, if nothing but it stands there beside captions; else the place."""
    edges = [*_FIGURE_EDGE.finditer(text, max(0, start - _LIST_FAR), start)]
    if (
        not edges
        or "begin" not in edges[-1].group()
        or not _SILENT.match(text[edges[-1].end() : start])
    ):
        return start, end
    close = _FIGURE_EDGE.search(text, end, min(len(text), end + _LIST_FAR))
    if close is None or "end" not in close.group():
        return start, end
    return edges[-1].start(), close.end()


def paragraph_before(text: str, start: int) -> str:
    """Return what stands before a place in its paragraph."""
    window = text[max(0, start - _PARAGRAPH_FAR) : start]
    breaks = [*_BLANK_LINE.finditer(window)]
    if breaks and not window[breaks[-1].end() :].strip(_EMPTY) and len(breaks) > 1:
        return window[breaks[-2].end() :]  # a display of its own
    return window[breaks[-1].end() :] if breaks else window


def lead_of_choices(text: str, start: int) -> str:
    """Return the paragraph that leads to the choices among which a place stands; empty elsewhere."""
    low = max(0, start - _LIST_FAR)
    window = text[low:start]
    begins = [*_LIST_BEGINS.finditer(window)]
    inside = window[begins[-1].end() :] if begins else ""
    if "\\item" in inside and "\\end{" not in inside:
        return _last_paragraph(window[: begins[-1].start()])
    paragraphs = _BLANK_LINE.split(window)
    if not _OPTION.match(paragraphs[-1]) and not _CHOICE.search(paragraphs[-1]):
        return ""
    while paragraphs and _OPTION.match(paragraphs[-1]):
        paragraphs.pop()
    return paragraphs[-1] if paragraphs else ""


def _last_paragraph(window: str) -> str:
    words = [part for part in _BLANK_LINE.split(window) if part.strip()]
    return words[-1] if words else ""


def with_frame(text: str, start: int, end: int, lines: tuple[int, int]) -> tuple[int, int]:
    """Return where a drawing or code begins and ends with its environment; its ``lines`` without one."""
    opening = _PICTURE_BEGINS.search(text, max(0, start - FAR), start)
    closing = _PICTURE_ENDS.match(text, end)
    return (opening.start(), closing.end()) if opening and closing else lines


def captions_around(text: str, start: int, end: int) -> list[str]:
    """Return the captions of the figure around a place."""
    return [
        found[1]
        for figure in figure_around(text, start, end)
        for found in _CAPTION.finditer(figure)
    ]


def figure_around(text: str, start: int, end: int) -> list[str]:
    """Return the text of the figure around a place, nothing outside one."""
    edges = [*_FIGURE_EDGE.finditer(text, max(0, start - _LIST_FAR), start)]
    if not edges or "begin" not in edges[-1].group():
        return []
    close = _FIGURE_EDGE.search(text, end, min(len(text), end + _LIST_FAR))
    return [text[edges[-1].end() : close.start() if close else min(len(text), end + FAR)]]


def beside(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before a place in its sentence or list, and after it up to the next sentence."""
    before, after = text[max(0, start - _BESIDE_FAR) : start], text[end : end + _BESIDE_FAR]
    stops = [*_BESIDE_STOPS.finditer(before)]
    before = before[stops[-1].end() :] if stops else before
    stop_after = _BESIDE_STOPS.search(after)
    after = after[: stop_after.start()] if stop_after else after
    line = before.rsplit("\n", 1)[-1]
    if _MARKED.match(f"{line}x"):
        return _list_before(before), _list_after(after)
    ends = [m for m in _BESIDE_ENDS.finditer(before) if _WORDY.search(before[m.end() :])]
    if not ends:  # a display under a sentence of its own
        ends = [*_BESIDE_ENDS.finditer(before)][:-1]
    return before[ends[-1].end() :] if ends else before, _two_sentences(after)


def _two_sentences(after: str) -> str:
    left, begin = 2, 0
    for found in _BESIDE_ENDS.finditer(after):
        if begin == 0 or _WORDY.search(after[begin : found.start()]):
            left -= 1
            begin = found.end()
        if not left:
            return after[: found.end()]
    return after


def _list_before(before: str) -> str:
    lines = before.split("\n")
    first = len(lines) - 1
    while first and (not lines[first - 1].strip(" >\t") or _MARKED.match(lines[first - 1])):
        first -= 1
    return "\n".join(lines[first:])


def _list_after(after: str) -> str:
    lines = after.split("\n")
    last = 1
    while last < len(lines) and (
        not lines[last].strip(" >\t") or _MARKED.match(lines[last]) or lines[last][:1] in " \t"
    ):
        last += 1
    return "\n".join(lines[:last]) + "\n" + _two_sentences("\n".join(lines[last:]))


def clause_around(words: str, start: int, end: int) -> str:
    """Return the clause around a place in some words."""
    cuts = [m.end() for m in _CLAUSE.finditer(words, 0, start)]
    last = _CLAUSE.search(words, end)
    return words[cuts[-1] if cuts else 0 : last.start() if last else len(words)]
