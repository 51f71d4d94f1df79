"""Blocks of lines, which markup languages of plain text are made of.

Main definitions
----------------
Blocks : the blocks that were found in a text, and what a reader does not see of it.
BlockScanner : gathers the items of such blocks.
"""

from __future__ import annotations

from symcausal.errors import Source
from symcausal.hints import Literal, TypeAlias, assert_never
from symcausal.notes.files.directives import addressed
from symcausal.notes.files.items import FilePart
from symcausal.notes.files.plain import PlainScanner, scan_bare
from symcausal.notes.files.scanner import OPENS, blanked, line_starts
from symcausal.patterns import late

BlockKind: TypeAlias = Literal[
    "words", "cell", "display", "code", "comment", "heading", "left out", "swallowed"
]

_IN_A_LINE = late(r"[^\r\n]+")
_BRINGS_SIGNS = late(rf"\$|\\[(\[]|{OPENS}")


class Blocks:
    """The lines of a text, the blocks that were found, and what is to be blanks.

    Each of ``lines`` is the offset of its first character, of the first that is no blank, and of the
    one after the last that is none; in a blank line all of them are one.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = [self._line(start) for start in line_starts(text)]
        self.found: list[tuple[BlockKind, str, int, int]] = []
        self.hidden: list[tuple[int, int]] = []

    def _line(self, start: int) -> tuple[int, int, int]:
        stop = self.text.find("\n", start)
        line = self.text[start : len(self.text) if stop < 0 else stop]
        words = line.strip()
        if not words:
            return start, start, start
        begin = start + len(line) - len(line.lstrip())
        return start, begin, begin + len(words)

    def is_blank(self, number: int) -> bool:
        """Whether a line is blank, or behind the last."""
        return number >= len(self.lines) or self.lines[number][1] == self.lines[number][2]

    def keep(self, kind: BlockKind, start: int, end: int, info: str = "") -> None:
        """Keep a block."""
        if start < end:
            self.found.append((kind, info, start, end))

    def hide(self, start: int, end: int) -> None:
        """Let a stretch be blanks for whoever reads the text; ends of lines stay."""
        self.hidden += (found.span() for found in _IN_A_LINE.finditer(self.text, start, end))

    def comment(self, start: int, end: int) -> None:
        """Keep a comment, which is hidden unless it speaks to the checker."""
        if addressed(self.text, start, end) is None:
            self.hide(start, end)
        else:
            self.keep("comment", start, end)

    def part(self, path: str) -> FilePart:
        """Return the text as a part of a file."""
        return FilePart(path, None, self.text, Source(blanked(self.text, self.hidden), path))


class BlockScanner(PlainScanner):
    """The scanner that gathers the items of blocks."""

    def gather(self, blocks: Blocks) -> None:
        """Gather the items of some blocks, in their order."""
        for kind, info, start, end in blocks.found:
            match kind:
                case "words":
                    if self.holds_code(start, end):  # only formulas between signs are meant as such
                        self.paragraph(start, end)
                    else:
                        self.words(start, end)
                case "cell":
                    if self.delimits(start, end):
                        self.paragraph(start, end)
                    else:
                        scan_bare(self.notes, self.part, start, end)
                case "display":
                    self.display(start, end)
                case "code":
                    if info.partition(" ")[0].casefold() == "symcausal":
                        self.fence(info, start, end)
                    elif info:
                        self.code(start, end, info)
                case "comment":
                    self.comment(start, end)
                case "heading":
                    self.heading(start, end, int(info))
                case "left out":
                    self.left_out(start, end)
                case "swallowed":
                    what, _, sign = info.rpartition(" ")
                    self.swallowed(what, start, start + len(sign), end, expected=sign)
                case _:
                    assert_never(kind)

    def holds_code(self, start: int, end: int) -> bool:
        """Whether code stands among the words of a paragraph."""
        return self.text.find("`", start, end) >= 0

    def display(self, start: int, end: int) -> None:
        r"""Keep the formula of a block, which may bring signs of its own, such as ``\[`` or ``$$``."""
        start, end = self._stripped(start, end)
        if _BRINGS_SIGNS.match(self.text, start, end):
            self.paragraph(start, end)
        else:
            self.formula(start, end, display=True)
