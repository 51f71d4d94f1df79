r"""The rules by which lines of Markdown are blocks: those of CommonMark, and what mathematics needs.

Main definitions
----------------
parser : finds the blocks.
READ_FENCES : the languages of fences whose content is a formula, or a model.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from symcausal.notes.files.inline import DOUBLE_DOLLAR
from symcausal.notes.files.listings import holds_no_text
from symcausal.notes.files.scanner import OPENS
from symcausal.patterns import late

_DISPLAY = late(rf"\$\$|%%(?!%)|\\\\?\[|{OPENS}")
_ENVIRONMENT = late(r"(\\{1,2})begin\s*\{([^}]*)\}")
_STOP = r"^[ \t>]*(?:```|~~~|\#{1,6}[ ])"
_DIRECTIVE = late(r"(?P<marks>`{3,}|~{3,})[ \t]*\{(?P<name>[\w:.-]{1,60})\}[^\n]*")
_CONTAINER = late(
    r"\[\^[^\]\s]{1,60}\]:[ \t]*|:[ \t]+(?=\S)|(?:!!!|\?\?\?\+?)[ \t]+(?=\w)|===[!+]?[ \t]+(?=\")"
)
_DEEP = 80  # so deep nothing opens that is of our own
_FURTHER = 4  # blanks before the further lines of such a block
_PERCENT = late(r"%[ \t]+(?=\S)")
_COLONS = late(r"(:{3,})[ \t]*\{math\}[^\n]*")
_DEEPEST = 120  # what stands deeper in quotations and lists is dropped by the parser

READ_FENCES = ("math", "latex-math", "katex", "symcausal")


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """Return the parser of blocks, which knows displays, directives and comments."""
    made = MarkdownIt("commonmark", {"maxNesting": _DEEPEST})
    made.block.ruler.disable(["lheading", "reference"])
    made.block.ruler.before(
        "fence", "display", _display, {"alt": ["paragraph", "blockquote", "list"]}
    )
    made.block.ruler.before(
        "fence", "colons", _colon_fence, {"alt": ["paragraph", "blockquote", "list"]}
    )
    made.block.ruler.before(
        "fence", "directive", _directive, {"alt": ["paragraph", "blockquote", "list"]}
    )
    for name, rule in (("indented", _indented), ("percent", _percent)):
        made.block.ruler.before("fence", name, rule, {"alt": ["paragraph", "blockquote", "list"]})
    made.block.ruler.at("paragraph", _paragraph)
    return made


def _display(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Take a display or a ``%%`` comment that begins a line, to its end, as one block."""
    begin = state.bMarks[start_line] + state.tShift[start_line]
    opening = _DISPLAY.match(state.src, begin, state.eMarks[start_line])
    if opening is None or state.is_code_block(start_line):
        return False
    sign = opening.group()
    closing = _closing(sign).search(state.src, opening.end(), state.eMarks[end_line - 1])
    if closing is None or not closing.group("close"):
        return False
    last = bisect_right(state.bMarks, closing.start()) - 1
    last = max(start_line, min(last, end_line - 1))
    behind = state.src[closing.end() : state.eMarks[last]]
    if (last == start_line and behind.strip()) or "$$" in behind:
        return False  # words follow, or another display: a paragraph
    for line in range(start_line + 1, last + 1):
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            return False  # the container ends before
    if not silent:
        state.line = last + 1
        token = state.push("inline", "", 0)
        token.content = state.getLines(start_line, last + 1, state.blkIndent, False)
        token.map = [start_line, last + 1]
        token.children = []
    return True


def _colon_fence(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Take ``:::{math}`` of MyST up to its ``:::`` as the fence that it is."""
    begin = state.bMarks[start_line] + state.tShift[start_line]
    opening = _COLONS.match(state.src, begin, state.eMarks[start_line])
    if opening is None or state.is_code_block(start_line):
        return False
    if silent:
        return True
    line = start_line + 1
    while line < end_line and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        begin = state.bMarks[line] + state.tShift[line]
        if state.src[begin : state.eMarks[line]].rstrip() == opening.group(1):
            break
        line += 1
    closed = line < end_line and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent
    token = state.push("fence", "", 0)
    token.info, token.markup = "{math}", opening.group(1)
    token.content = state.getLines(start_line + 1, line, state.blkIndent, True)
    token.map = [start_line, line + closed]
    state.line = line + closed
    return True


def _directive(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Take what stands in a directive of MyST, such as a ``{note}`` between ticks, as text."""
    begin = state.bMarks[start_line] + state.tShift[start_line]
    opening = _DIRECTIVE.match(state.src, begin, state.eMarks[start_line])
    if opening is None or state.is_code_block(start_line):
        return False
    name = opening.group("name").casefold()
    if state.level >= _DEEP:
        return False
    if name in READ_FENCES or holds_no_text(name):
        return False
    if silent:
        return True
    marks = opening.group("marks")
    line = start_line + 1
    while line < end_line:
        begin = state.bMarks[line] + state.tShift[line]
        words = state.src[begin : state.eMarks[line]].rstrip()
        if words.startswith(marks) and not words.strip(marks[0]):
            break
        line += 1
    last = state.lineMax
    state.lineMax = line
    _inside(state, start_line + 1, line)
    state.lineMax = last
    state.line = min(line + 1, end_line)
    return True


def _inside(state: StateBlock, start_line: int, end_line: int) -> None:
    """Find the blocks inside another."""
    state.level += 1
    state.md.block.tokenize(state, start_line, end_line)
    state.level -= 1


def _indented(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Take a footnote, the definition of a term or an admonition, whose further lines are indented."""
    begin = state.bMarks[start_line] + state.tShift[start_line]
    opening = _CONTAINER.match(state.src, begin, state.eMarks[start_line])
    if opening is None or state.is_code_block(start_line) or state.level >= _DEEP:
        return False
    if silent:
        return True
    inner = state.blkIndent + _FURTHER
    line, blank = start_line + 1, False
    while line < end_line:
        if state.isEmpty(line):
            blank = True
        elif state.sCount[line] < state.blkIndent or (blank and state.sCount[line] < inner):
            break
        else:
            blank = False
        line += 1
    places = state.bMarks, state.tShift, state.sCount
    saved = [place[start_line] for place in places], state.blkIndent, state.lineMax
    for place, now in zip(places, (opening.end(), 0, inner), strict=True):
        place[start_line] = now
    state.blkIndent, state.lineMax = inner, line
    _inside(state, start_line, line)
    before, state.blkIndent, state.lineMax = saved
    for place, then in zip(places, before, strict=True):
        place[start_line] = then
    state.line = line
    return True


def _percent(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Pass over a line that is a comment of MyST, unless it speaks to the checker."""
    begin = state.bMarks[start_line] + state.tShift[start_line]
    opening = _PERCENT.match(state.src, begin, state.eMarks[start_line])
    if opening is None or state.is_code_block(start_line):
        return False
    if not silent:
        token = state.push("percent", "", 0)
        token.content = state.src[opening.end() : state.eMarks[start_line]]
        token.map = [start_line, start_line + 1]
        state.line = start_line + 1
    return True


@lru_cache(maxsize=64)
def _closing(sign: str) -> re.Pattern[str]:
    r"""Where a display ends (``close``), or where its end is no longer to be expected."""
    if sign == "$$":
        return re.compile(rf"(?P<close>(?<!\\)\$\$)|{_STOP}", re.MULTILINE)
    if sign == "%%":
        return re.compile("(?P<close>%%)")
    if sign == r"\[":  # after an even number of backslashes, which are ends of rows
        odd = r"(?<!\\)(?:\\\\)*\\"
        return re.compile(rf"(?P<close>{odd}\])|{odd}\[|{_STOP}", re.MULTILINE)
    if sign == r"\\[":
        return re.compile(rf"(?P<close>\\\\\])|{_STOP}", re.MULTILINE)
    opening = _ENVIRONMENT.match(sign)
    slashes, name = map(re.escape, opening.groups()) if opening else ("", "")
    return re.compile(
        rf"(?P<close>{slashes}end\s*\{{{name}\}})|{slashes}begin\s*\{{{name}\}}|{_STOP}",
        re.MULTILINE,
    )


def _paragraph(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Take the lines up to a blank one, or to a block that may interrupt a paragraph.

    Inside ``$$`` nothing interrupts, so a line of a formula may start with ``+`` or ``-``.
    """
    interrupts = state.md.block.ruler.getRules("paragraph")
    kind, state.parentType = state.parentType, "paragraph"
    line, inside = start_line, False
    while True:
        begin = state.bMarks[line] + state.tShift[line]
        doubles = len(DOUBLE_DOLLAR.findall(state.src, begin, state.eMarks[line]))
        inside = inside != bool(doubles % 2)
        line += 1
        if line >= state.lineMax or state.isEmpty(line):
            break
        if inside or state.sCount[line] - state.blkIndent > 3 or state.sCount[line] < 0:
            if inside and 0 <= state.sCount[line] < state.blkIndent:
                break
            continue
        if any(rule(state, line, state.lineMax, True) for rule in interrupts):
            break
    state.parentType = kind
    state.line = line
    token = state.push("inline", "", 0)
    token.content = state.getLines(start_line, line, state.blkIndent, False)
    token.map = [start_line, line]
    token.children = []
    return True
