r"""Markdown as people write it for MathJax, KaTeX, pandoc and kramdown.

markdown-it says which lines are paragraphs, code, quotations and HTML. Formulas inside a paragraph
are found here, because markdown-it keeps no places inside a line.

Main definitions
----------------
scan_markdown : the items of a Markdown text.
InlineScanner : formulas, code and comments inside a paragraph.

Implementation notes
--------------------
A display is a block of its own (a line of it may start with ``+`` or ``-``, which would begin a
list). Tables are read as paragraphs, so a bar inside a formula does not tear it apart. Headings
underlined by ``=`` are not looked for, because a line of a formula may be a lone ``=``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from symcausal.errors import LimitError, Source
from symcausal.notes.files.items import CODE_SPAN, FilePart, ModelBlock
from symcausal.notes.files.macros import DEFINES
from symcausal.notes.files.scanner import OPENS, Notes, Scanner, line_starts
from symcausal.patterns import late

MAX_LINES = 50_000

_DISPLAY = late(rf"\$\$|%%(?!%)|\\\\?\[|{OPENS}")
_FRONT = late(r"\A---[ \t]*\r?\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)")
_ENVIRONMENT = late(r"(\\{1,2})begin\s*\{([^}]*)\}")
_STOP = r"^[ \t>]*(?:```|~~~|\#{1,6}[ ])"
_DOUBLE = late(r"(?<!\\)\$\$")
_OPTION = late(r"\s*:[\w-]+:[^\n]*(?:\n|\Z)")
_SKIPPED_HTML = late(r"\s*<(?:pre|script|style|textarea)\b", re.IGNORECASE)
_QUOTES = 30
_QUOTED_DEEP = late(rf"^(?:[ ]{{0,3}}+>[ ]?+){{{_QUOTES},}}+", re.MULTILINE)
_DEEPEST = 120  # what stands deeper in quotations and lists is dropped by the parser
_DIRECTIVE = late(r"(?P<marks>`{3,}|~{3,})[ \t]*\{(?P<name>[\w:.-]{1,60})\}[^\n]*")
_NOT_TEXT = frozenset({
    "math", "latex-math", "katex", "symcausal", "sourcecode", "literalinclude", "raw", "parsed-literal",
    "mermaid", "graphviz", "eval-rst", "toctree", "bibliography", "csv-table", "doctest", "r", "python",
    "julia", "include", "jupyter", "ojs", "dot", "bash", "sh", "sql", "stan", "js", "cpp", "c", "css",
})  # fmt: skip
BLOCK = late(r"\bblock\b", re.IGNORECASE)  # the attribute that makes a display of a formula
_SQUARE = late(r"(?<!\\)\]")
_COLONS = late(r"(:{3,})[ \t]*\{math\}[^\n]*")
_INLINE = late(
    rf"\$`|(?:\{{math\}}|:math:)`+|`+|<!--|(?<![\w%])%%(?!%)|\b(?:stem|latexmath):\["
    rf"|<d-math\b[^<>]{{0,200}}>|<(?:code|pre|kbd|samp|script)\b[^<>]{{0,200}}>|{OPENS}|{DEFINES}"
    r"|\\\\?[(\[]|\\.|\$\$|\$",
    re.DOTALL | re.IGNORECASE,
)
_ARROW = late(r"->|<-|[\u2190\u2192]")
_DOLLAR = late(r"\\.|\$", re.DOTALL)
_MATHEMATICAL = late(r"[\\=_^|(){}<>+*]")
_MAY_RELATE = late("[=<>\u2248\u2260\u2264\u2265\u221d\u22a5\u27c2]|_\\|\\|_")
_ESCAPE = late(r"\\(?=[|_*])")
_PRICE = late(r"\d[\d.,]*(?:[kKmMbB]|bn)?[,;]?\s+\(?[A-Za-z]{2,}")


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
    blocks = _Blocks(text)
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


class _Blocks:
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
        pieces: list[str] = []
        at = 0
        for start, end in sorted(self.blanks):
            pieces += (self.text[at:start], " " * (end - start))
            at = end
        return "".join([*pieces, self.text[at:]])

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
            elif words:
                self._stretch("code", _language(token.info), token.content, token.map[0] + 1)
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
        from symcausal.notes.files.plain import speaks_plainly  # its scanner is made of this one

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


class InlineScanner(Scanner):
    """The scanner that finds formulas among words, code and comments."""

    def paragraph(self, start: int, end: int) -> None:
        """Gather the items of a paragraph."""
        self.ticks: dict[int, list[int]] | None = None
        self.absent: set[str] = set()
        at = words = start
        while True:
            match = _INLINE.search(self.text, at, end)
            if match is None:
                break
            before = len(self.notes.items)
            at = match.end()
            after = self._opened(match, end)
            if after is not None:
                found = self.notes.items[before:]
                del self.notes.items[before:]
                self.prose(words, match.start())
                self.notes.items += found
                at = words = after
        self.prose(words, end)

    def fence(self, info: str, start: int, end: int) -> None:
        """Keep a fenced block, which is a model or a display."""
        words = info.split()
        if words[0].strip("{}").casefold() == "symcausal":
            start, end = self._stripped(start, end)
            name = words[1].strip("{}") if len(words) > 1 else ""
            text = self.part.original[start:end]
            self.notes.items.append(ModelBlock(text, start, self.part, name))
            return
        option = _OPTION.match(self.text, start, end)
        while option:
            start = option.end()
            option = _OPTION.match(self.text, start, end)
        self.formula(start, end, display=True)

    def _opened(self, match: re.Match[str], end: int) -> int | None:
        """Where the thing ends that begins here; None for mere characters."""
        sign, start = match.group(), match.start()
        if sign == "$$":
            return self._double(start, end)
        if sign == "$":
            return self._single(start, end)
        if sign == "$`":
            close = self._find("`$", match.end(), end)
            if close is None:
                return None
            self.formula(match.end(), close, display=False)
            return close + 2
        if sign[-1] == "`" and "math" in sign:
            return self._role(match.start() + sign.index("`"), match.end(), end)
        if sign[0] == "`":
            return self._code(start, match.end(), end)
        if sign == "<!--":
            return self._comment(start, match.end(), end)
        if sign == "%%":
            return self._hidden(match.end(), end)
        if sign.endswith(":["):
            return self._stem(start, match.end(), end)
        if sign[:7].casefold() == "<d-math":
            return self._tagged(match, end)
        if sign[0] == "<":
            name = re.match(r"<(\w+)", sign)
            close = self._find(f"</{name.group(1)}" if name else "<", match.end(), end)
            return None if close is None else close
        if "begin" in sign:
            return self.environment(start, end)
        if sign[-1] in "([":
            return self.bracketed(start, end, sign)
        if len(sign) > 2:
            return self.definition(start, end)
        return None

    def _find(self, closing: str, start: int, end: int) -> int | None:
        if closing in self.absent:
            return None
        close = self.text.find(closing, start, end)
        if close < 0:
            self.absent.add(closing)
            return None
        return close

    def _code(self, start: int, after: int, end: int) -> int | None:
        """Pass over a code span, which ends at as many ticks as it began with."""
        if self.ticks is None:
            self.ticks = {}
            for run in re.compile("`+").finditer(self.text, start, end):
                self.ticks.setdefault(run.end() - run.start(), []).append(run.start())
        places = self.ticks.get(after - start, [])
        next_one = bisect_left(places, after)
        if next_one == len(places):
            return None
        if self.text[start] == "`" and _ARROW.search(self.text, after, places[next_one]):
            self.code(after, places[next_one], CODE_SPAN)
        return places[next_one] + after - start

    def _role(self, start: int, inside: int, end: int) -> int | None:
        """Read ``{math}`..` `` of MyST, or ``:math:`..` ``, whose ticks begin at a place."""
        after = self._code(start, inside, end)
        if after is not None:
            self.formula(inside, after - (inside - start), display=False)
        return after

    def _comment(self, start: int, inside: int, end: int) -> int | None:
        close = self._find("-->", inside, end)
        if close is None:
            self.problem("a comment that is not closed", start, inside, expected="-->")
            return end
        self.comment(inside, close)
        return close + 3

    def _hidden(self, inside: int, end: int) -> int | None:
        """Pass over a comment of Obsidian, between two ``%%`` of a paragraph."""
        close = self._find("%%", inside, end)
        if close is None:
            return None
        self.comment(inside, close)
        return close + 2

    def _stem(self, start: int, inside: int, end: int) -> int | None:
        """Read ``stem:[..]`` of AsciiDoc, which ends at a bracket without a backslash."""
        close = None if "]" in self.absent else _SQUARE.search(self.text, inside, end)
        if close is None:
            self.absent.add("]")
            self.unclosed(start, inside, end, expected="]")
            return None
        self.formula(inside, close.start(), display=False)
        return close.end()

    def _tagged(self, tag: re.Match[str], end: int) -> int | None:
        """Read ``<d-math>`` of Distill."""
        close = self._find("</d-math>", tag.end(), end)
        if close is None:
            self.unclosed(tag.start(), tag.end(), end, expected="</d-math>")
            return None
        self.formula(tag.end(), close, display=BLOCK.search(tag.group()) is not None)
        return close + len("</d-math>")

    def _double(self, start: int, end: int) -> int | None:
        closing = _DOUBLE.search(self.text, start + 2, end)
        if closing is None:
            self.unclosed(start, start + 2, end, expected="$$")
            return None
        after = closing.end()
        shown = self.alone(start, after) or "\n" in self.text[start:after].strip()
        self.formula(start + 2, closing.start(), display=shown)
        return after

    def _single(self, start: int, end: int) -> int | None:
        if "$" in self.absent:
            return None
        for match in _DOLLAR.finditer(self.text, start + 1, end):
            if match.group() == "$":
                after = self.text[match.end() : min(end, match.end() + 1)]
                if not _is_formula(self.text[start + 1 : match.start()], after):
                    return None
                self.formula(start + 1, match.start(), display=False)
                return match.end()
        self.absent.add("$")
        self.unclosed(start, start + 1, end, expected="$")
        return None


def _is_formula(inside: str, after: str) -> bool:
    """Whether ``$inside$`` is a formula and not the words between two prices."""
    if not inside.strip() or after.isdigit():
        return False
    if _PRICE.match(inside.lstrip()) and not _MATHEMATICAL.search(inside):
        return False
    if not inside[0].isspace() and not inside[-1].isspace():
        return True
    if _PRICE.match(inside.lstrip()) or (
        inside[-1].isspace() and (after.isalnum() or after == "\\")
    ):
        return False
    return bool(_MATHEMATICAL.search(inside)) or len(inside.split()) == 1


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
    if name in _NOT_TEXT or name.startswith("code"):
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
        doubles = len(_DOUBLE.findall(state.src, begin, state.eMarks[line]))
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
