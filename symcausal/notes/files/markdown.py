r"""Markdown as people write it for MathJax, KaTeX, pandoc and kramdown.

markdown-it says which lines are paragraphs, code, quotations and HTML. Formulas inside a paragraph
are found in :mod:`symcausal.notes.files.inline`, because markdown-it keeps no places inside a line.

Main definitions
----------------
scan_markdown : the items of a Markdown text.

Implementation notes
--------------------
A display is a block of its own (a line of it may start with ``+`` or ``-``, which would begin a
list). Tables are read as paragraphs, so a bar inside a formula does not tear it apart. Headings
underlined by ``=`` are not looked for, because a line of a formula may be a lone ``=``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from symcausal.errors import LimitError, Source
from symcausal.notes.files.inline import DOUBLE_DOLLAR, InlineScanner
from symcausal.notes.files.items import FilePart
from symcausal.notes.files.listings import holds_no_text
from symcausal.notes.files.scanner import OPENS, Notes, blanked, line_starts
from symcausal.patterns import late

MAX_LINES = 50_000

_DISPLAY = late(rf"\$\$|%%(?!%)|\\\\?\[|{OPENS}")
_FRONT = late(r"\A---[ \t]*\r?\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)")
_ENVIRONMENT = late(r"(\\{1,2})begin\s*\{([^}]*)\}")
_STOP = r"^[ \t>]*(?:```|~~~|\#{1,6}[ ])"
_SKIPPED_HTML = late(r"\s*<(?:pre|script|style|textarea)\b", re.IGNORECASE)
_QUOTES = 30
_QUOTED_DEEP = late(rf"^(?:[ ]{{0,3}}+>[ ]?+){{{_QUOTES},}}+", re.MULTILINE)
_DEEPEST = 120  # what stands deeper in quotations and lists is dropped by the parser
_DIRECTIVE = late(r"(?P<marks>`{3,}|~{3,})[ \t]*\{(?P<name>[\w:.-]{1,60})\}[^\n]*")
_COLONS = late(r"(:{3,})[ \t]*\{math\}[^\n]*")
_MAY_RELATE = late("[=<>\u2248\u2260\u2264\u2265\u221d\u22a5\u27c2]|_\\|\\|_")
_ESCAPE = late(r"\\(?=[|_*])")


def scan_markdown(notes: Notes, file: str, cell: int | None, text: str, name: str) -> None:
    """Gather the items of a Markdown text.

    Raises
    ------
    LimitError
        If it has too many lines, formulas or faults.
    """
    lines = text.count("\n") + 1
    if lines > MAX_LINES:
        raise LimitError(
            f"{name} has {lines} lines", expected=f"at most {MAX_LINES}", hint="split the file"
        )
    blocks = _MarkdownBlocks(text)
    part = FilePart(file, cell, text, Source(blocks.readable(), name))
    notes.parts.append(part)
    scanner = InlineScanner(notes, part)
    for kind, info, start, end in blocks.found:
        if kind == "inline":
            scanner.paragraph(start, end)
        elif kind == "bare":
            from symcausal.notes.files.plain import scan_bare

            scan_bare(notes, part, start, end)
        elif kind == "html_block":
            if not _SKIPPED_HTML.match(text, start, end):
                scanner.paragraph(start, end)
        elif kind == "heading":
            scanner.heading(start, end, len(info))
        elif kind == "code":
            scanner.code(start, end, info)
        elif kind == "open model":
            what = "a fence that is not closed, of a model"
            scanner.problem(what, start, start + len(info), expected=info)
        elif kind == "open fence":
            scanner.swallowed("a fence", start, start + len(info), end, expected=info)
        else:
            scanner.fence(info, start, end)


class _MarkdownBlocks:
    """The stretches of a text that hold formulas, words or models."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = list(line_starts(text))
        self.blanks: list[tuple[int, int]] = []
        self.found: list[tuple[str, str, int, int]] = []
        front = _FRONT.match(text)
        hidden = front.end() if front else 0
        # the same lines for markdown-it, which counts "\r" as the end of one
        shown = "\n" * text.count("\n", 0, hidden) + text[hidden:]
        shown = shown.replace("\r\n", "\n").replace("\r", " ").replace("\0", "\ufffd")
        # the parser drops what is quoted too deep; that deep, one level is as good as another
        shown = _QUOTED_DEEP.sub("> " * _QUOTES, shown)
        parser = _parser()
        tokens: list[Token] = []
        parser.block.parse(shown, parser, {}, tokens)
        for token in tokens:
            self._take(token)

    def readable(self) -> str:
        """The text with blanks for the signs that a quotation puts before its lines."""
        return blanked(self.text, self.blanks)

    def _take(self, token: Token) -> None:
        if token.map is None:
            return
        if token.type == "fence":
            if _is_open(token):
                begin = self.starts[token.map[0]]
                end = self.starts[token.map[1]] if token.map[1] < len(self.starts) else None
                begin = self.text.index(token.markup, begin)
                last = len(self.text) if end is None else end
                is_model = token.info.strip(" {}").casefold().startswith("symcausal")
                kind = "open model" if is_model else "open fence"
                self.found.append((kind, token.markup, begin, last))
            words = token.info.split()
            if words and words[0].strip("{}").casefold() in _READ_FENCES:
                self._stretch("fence", token.info, token.content, token.map[0] + 1)
            else:
                self._stretch("code", _language(token.info), token.content, token.map[0] + 1)
        elif token.type == "code_block":
            self._stretch("code", "", token.content, token.map[0])
        elif token.type == "heading_open":
            begin = self.starts[token.map[0]]
            end = self.starts[token.map[1]] if token.map[1] < len(self.starts) else len(self.text)
            self.found.append(("heading", token.markup, begin, end))
        elif token.type in ("inline", "html_block"):
            self._stretch(token.type, "", token.content, token.map[0])

    def _stretch(self, kind: str, info: str, content: str, line: int) -> None:
        """Find the lines of a block in the original, where a container may stand before them."""
        first: int | None = None
        end = 0
        for number, words in enumerate(content.rstrip("\n").split("\n"), line):
            if number >= len(self.starts):
                break
            start, end, before = self._line(number, words.strip())
            if first is None:
                first = start
            elif self.text[before:start].strip():
                self.blanks.append((before, start))
        if first is not None and first < end:
            if kind == "inline" and self._is_bare(first, end):
                kind = "bare"
                self.blanks += (m.span() for m in _ESCAPE.finditer(self.text, first, end))
            self.found.append((kind, info, first, end))

    def _is_bare(self, start: int, end: int) -> bool:
        """Whether a paragraph relates probabilities, and delimits no formula."""
        if self.text.find("$", start, end) >= 0 or not _MAY_RELATE.search(self.text, start, end):
            return False
        from symcausal.notes.files.plain import speaks_plainly  # few paragraphs are such

        return speaks_plainly(self.text, start, end)

    def _line(self, number: int, words: str) -> tuple[int, int, int]:
        """Where some words stand in a line, and where the line begins."""
        begin = self.starts[number]
        end = self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.text)
        line = self.text[begin:end].replace("\0", "\ufffd").replace("\r", " ")
        at = len(line.rstrip()) - len(words)
        if at < 0 or line[at : at + len(words)] != words:
            at = max(0, line.rfind(words))  # a heading: "# words ##"
        return begin + at, begin + at + len(words), begin


def _is_open(token: Token) -> bool:
    """Whether a fence is never closed: its last line is one of its content."""
    assert token.map is not None
    return token.map[1] - token.map[0] <= 1 + len(token.content.splitlines())


def _language(info: str) -> str:
    """Return the language of a fence: ``python``, ``{r, echo=FALSE}``, ``{code-cell} ipython3``.

    Examples
    --------
    >>> _language("{r, echo=FALSE}"), _language("{code-cell} ipython3"), _language("{.python}")
    ('r', 'ipython3', 'python')
    """
    words = [word.lstrip(".") for word in re.split(r"[\s{},=]+", info) if word]
    is_cell = len(words) > 1 and words[0].startswith(("code", "sourcecode"))
    return words[is_cell] if words else ""


_READ_FENCES = ("math", "latex-math", "katex", "symcausal")


# -- blocks -------------------------------------------------------------------------------------
@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST})
    parser.block.ruler.disable(["lheading", "reference"])
    parser.block.ruler.before(
        "fence", "display", _display, {"alt": ["paragraph", "blockquote", "list"]}
    )
    parser.block.ruler.before(
        "fence", "colons", _colon_fence, {"alt": ["paragraph", "blockquote", "list"]}
    )
    parser.block.ruler.before(
        "fence", "directive", _directive, {"alt": ["paragraph", "blockquote", "list"]}
    )
    parser.block.ruler.at("paragraph", _paragraph)
    return parser


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
    if last == start_line and state.src[closing.end() : state.eMarks[start_line]].strip():
        return False  # words follow: a paragraph
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
    if name in _READ_FENCES or holds_no_text(name):
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
    state.md.block.tokenize(state, start_line + 1, line)
    state.lineMax = last
    state.line = min(line + 1, end_line)
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
