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
from collections.abc import Iterator

from markdown_it.token import Token

from symcausal.errors import LimitError, Source
from symcausal.notes.files.inline import InlineScanner
from symcausal.notes.files.items import FilePart
from symcausal.notes.files.markdown_rules import READ_FENCES, parser
from symcausal.notes.files.scanner import Notes, blanked, line_starts
from symcausal.patterns import late

MAX_LINES = 50_000

_FRONT = late(
    r"\A(?:---[ \t]*\r?\n(?![ \t]*\r?\n)(?:.*\n)*?(?:---|\.\.\.)"
    r"|\+\+\+[ \t]*\r?\n(?:.*\n)*?\+\+\+)[ \t]*\r?(?:\n|\Z)"
)
_BETWEEN_CELLS = late(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t\r]*")
_SKIPPED_HTML = late(r"\s*<(?:pre|script|style|textarea)\b", re.IGNORECASE)
_QUOTES = 30
_QUOTED_DEEP = late(rf"^(?:[ ]{{0,3}}+>[ ]?+){{{_QUOTES},}}+", re.MULTILINE)
_OPENS_UNSEEN = late(
    r"\{%-?\s*(?P<name>highlight|comment)\b[^\n%]{0,200}%\}|\{::comment\s*\}|\{/\*"
    r"|\{\{[<%]-?\s*(?P<short>highlight)\b[^\n{}]{0,200}[>%]\}\}"
)  # of Jekyll, kramdown, MDX and Hugo
_IN_A_LINE = late(r"[^\r\n]+")
_MAY_RELATE = late("[=<>\u2248\u2260\u2264\u2265\u221d\u22a5\u27c2]|_\\|\\|_")
_BAR = late(r"\\(?=\|)")
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
        elif kind == "table":
            from symcausal.notes.files.plain import scan_table

            scan_table(notes, part, start, end)
        elif kind == "percent":
            scanner.comment(start, end)
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
        unseen = list(_unseen(text))
        self.blanks += unseen
        # the same lines for markdown-it, which counts "\r" as the end of one
        shown = "\n" * text.count("\n", 0, hidden) + blanked(text, unseen)[hidden:]
        shown = shown.replace("\r\n", "\n").replace("\r", " ").replace("\0", "\ufffd")
        # the parser drops what is quoted too deep; that deep, one level is as good as another
        shown = _QUOTED_DEEP.sub("> " * _QUOTES, shown)
        markdown = parser()
        tokens: list[Token] = []
        markdown.block.parse(shown, markdown, {}, tokens)
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
            if words and words[0].strip("{}").casefold() in READ_FENCES:
                self._stretch("fence", token.info, token.content, token.map[0] + 1)
            else:
                self._stretch("code", _language(token.info), token.content, token.map[0] + 1)
        elif token.type == "code_block":
            self._stretch("code", "", token.content, token.map[0])
        elif token.type == "heading_open":
            begin = self.starts[token.map[0]]
            end = self.starts[token.map[1]] if token.map[1] < len(self.starts) else len(self.text)
            self.found.append(("heading", token.markup, begin, end))
        elif token.type in ("inline", "html_block", "percent"):
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
            if kind == "inline" and self._is_table(content) and self._may_relate(first, end):
                kind = "table"
                self.blanks += (m.span() for m in _BAR.finditer(self.text, first, end))
            elif kind == "inline" and self._is_bare(first, end):
                kind = "bare"
                self.blanks += (m.span() for m in _ESCAPE.finditer(self.text, first, end))
            self.found.append((kind, info, first, end))

    def _may_relate(self, start: int, end: int) -> bool:
        return _MAY_RELATE.search(self.text, start, end) is not None

    def _is_table(self, content: str) -> bool:
        """Whether the second line of a paragraph is the one that parts the head of a table."""
        head, _, rest = content.partition("\n")
        between = rest.partition("\n")[0]
        return "|" in head and "|" in between and bool(_BETWEEN_CELLS.fullmatch(between))

    def _is_bare(self, start: int, end: int) -> bool:
        """Whether a paragraph relates probabilities, and delimits no formula."""
        if self.text.find("$", start, end) >= 0 or not self._may_relate(start, end):
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


def _closes_unseen(opening: re.Match[str]) -> str:
    if opening["name"]:
        return rf"\{{%-?\s*+end{opening['name']}\s*+-?%\}}"
    if opening["short"]:
        return rf"\{{\{{[<%]-?\s*+/\s*+{opening['short']}\s*+-?[>%]\}}\}}"
    return r"\*/\}" if opening[0] == "{/*" else r"\{:/(?:comment)?\}"


def _unseen(text: str) -> Iterator[tuple[int, int]]:
    """Yield what a site generator takes away or sets as code, line by line."""
    at, absent = 0, set[str]()
    while opening := _OPENS_UNSEEN.search(text, at):
        at = opening.end()
        closes = _closes_unseen(opening)
        closing = None if closes in absent else re.compile(closes).search(text, at)
        if closing is None:
            absent.add(closes)
            continue
        at = closing.end()
        yield from (found.span() for found in _IN_A_LINE.finditer(text, opening.start(), at))


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
