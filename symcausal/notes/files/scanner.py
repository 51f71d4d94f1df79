r"""From characters to items: what all formats have in common.

Main definitions
----------------
Notes : the items, macros and faults gathered so far, over all parts of a file.
Scanner : finds formulas in a stretch of one part; the formats extend it.

Implementation notes
--------------------
One pass from the left. A delimiter that is never closed ends its search at the next one of its kind,
so no stretch of text is searched more than a bounded number of times.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from symcausal.errors import LimitError, ParseError, Span, SymcausalError
from symcausal.notes.files.definitions import DEFINES, Macro, read_definition
from symcausal.notes.files.directives import (
    addressed,
    alone_in_its_line,
    gap_word,
    looks_like_model,
    not_alone,
    order,
    unknown_order,
)
from symcausal.notes.files.items import (
    CodeBlock,
    Directive,
    FilePart,
    Formula,
    Item,
    ModelBlock,
    Prose,
    SectionHeading,
)
from symcausal.notes.files.macros import Macros
from symcausal.patterns import late

MAX_FORMULAS = 20_000
MAX_PROBLEMS = 1_000
MAX_DEFINITIONS = 2_000
_MAX_PROBES = 20_000

_DISPLAYS = (
    "equation|align|x{0,2}alignat|flalign|gather|multline|eqnarray|displaymath|math|dmath|dgroup|darray|dseries"
    "|IEEEeqnarray|empheq"
)
ENVIRONMENTS = f"{_DISPLAYS}|aligned|alignedat|gathered|multlined|split"
DELIMITS = rf"\$|\\[\[(]|^[ \t]*\\begin\s*\{{(?:{_DISPLAYS})\*?\}}"  # a formula among words
OPENS = rf"\\{{1,2}}begin\s*\{{(?:{ENVIRONMENTS})\*?\}}"
STEM = r"\b(?:stem|latexmath|asciimath):[a-z,-]{0,60}\["  # a formula of AsciiDoc
_OPEN = late(rf"(\\{{1,2}})begin\s*\{{((?:{ENVIRONMENTS})\*?)\}}")
_DEFINES = late(DEFINES)
_COLUMNS = late(r"\s*\{\d{1,3}\}")
_ARGUMENTS = (
    (("alignat", "alignedat", "xalignat", "xxalignat"), _COLUMNS),
    (
        ("dmath", "dgroup", "dseries", "darray"),
        late(r"\s*\[[ \t]*[a-z]{1,20}[ \t]*=[^\[\]\n]{0,200}\]"),
    ),
    (("IEEEeqnarray",), late(r"\s*(?:\[[^\]\n]{0,80}\])?\s*\{[^{}\n]{0,80}\}")),
    (("empheq",), late(r"\s*(?:\[[^\]\n]{0,200}\])?\s*\{[^{}\n]{0,40}\}")),
)
_NUMBERED = late(r"\\l?eqno(?![A-Za-z])")
_VERTICAL = late(r"[ \t]*\[[tbc]\]")
_AFTER = late(r"[ \t]*+(?:[.,;:]|\([\w.:-]{1,40}\)|\{#?[\w.:= -]{1,80}\})?[ \t\r]*+(?:\n|\Z)")
_ADDRESSED_INSIDE = late(r"%[ \t]*symcausal\b[^\n]{0,40}:")
_BRACKETS = {
    "(": late(r"\\(?:[()]|[^()])", re.DOTALL),
    "[": late(r"\\(?:[\[\]]|[^\[\]])", re.DOTALL),
    "((": late(r"\\\\[()]"),
    "[[": late(r"\\\\[\[\]](?!\d+(?:\.\d+)?(?:pt|em|ex|mm|cm)\])"),
}
_PROBABLY = late(
    r"(?<![A-Za-z])[PpE]r?\s*(?:[(\[]|\\\{)|\\(?:PP?|Pr|mathbb|sum|frac|mid|operatorname)\b"
)
_CLOSING = {"(": ")", "[": "]"}


class Notes:
    """The items and macros that have been gathered from a file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.parts: list[FilePart] = []
        self.items: list[Item] = []
        self.problems: list[SymcausalError] = []
        self.headings: list[SectionHeading] = []
        self.code: list[CodeBlock] = []
        self.page = ""
        self.macros = Macros()
        self.formulas = 0
        self.definitions = 0
        self.probes = 0
        self.left_out: list[Span] = []

    def define(self, macro: Macro) -> None:
        """Keep a macro for the formulas that follow; those before keep what they had."""
        self.macros = self.macros.with_macro(macro)

    def may_define(self, span: Span) -> None:
        """Count an attempt at a definition, and refuse a file with too many."""
        self.definitions += 1
        if self.definitions > MAX_DEFINITIONS:
            raise LimitError(
                f"more than {MAX_DEFINITIONS} definitions", hint="split the file", span=span
            )

    def problem(self, error: SymcausalError) -> None:
        """Keep a fault; a file of nothing but faults is given up."""
        if len(self.problems) >= MAX_PROBLEMS:
            raise LimitError(
                f"more than {MAX_PROBLEMS} places that cannot be understood", span=error.span
            )
        self.problems.append(error)


class Scanner:
    """The scanner that finds formulas, words, models and directives in one part of a file."""

    def __init__(self, notes: Notes, part: FilePart) -> None:
        self.notes = notes
        self.part = part
        self.text = part.source.text

    # -- items ----------------------------------------------------------------------------------
    def span(self, start: int, end: int) -> Span:
        """Return some characters as a span, for messages."""
        return Span(self.part.source, start, end)

    def prose(self, start: int, end: int) -> None:
        """Keep words, without the blanks around them."""
        start, end = self._stripped(start, end)
        if start < end:
            self.notes.items.append(Prose(self.part.original[start:end], start, self.part))

    def heading(self, start: int, end: int, level: int) -> None:
        """Keep a heading."""
        self.notes.headings.append(
            SectionHeading(self.part.original[start:end], start, self.part, level)
        )

    def code(self, start: int, end: int, language: str) -> None:
        """Keep code in some language."""
        self.notes.code.append(
            CodeBlock(self.part.original[start:end], start, self.part, language.casefold())
        )

    def formula(self, start: int, end: int, *, display: bool) -> None:
        """Keep a formula, without the blanks around it, unless it only defines macros."""
        if not self._defined_inside(start, end):
            return
        inside = _ADDRESSED_INSIDE.search(self.text, start, end)
        if inside:
            self.problem(
                "a word to the checker inside a formula",
                inside.start(),
                inside.end(),
                expected="it on a line before the formula",
            )
        number = _NUMBERED.search(self.text, start, end)  # the rest of a display
        start, end = self._stripped(start, number.start() if number else end)
        if start == end:
            return
        self.notes.formulas += 1
        if self.notes.formulas > MAX_FORMULAS:
            raise LimitError(
                f"more than {MAX_FORMULAS} formulas",
                hint="split the file",
                span=self.span(start, end),
            )
        text = self.part.original[start:end]
        self.notes.items.append(Formula(text, start, self.part, display, self.notes.macros))

    def take_back(self) -> Item:
        """Take back the last formula, which more belongs to; it counts no longer."""
        self.notes.formulas -= 1
        return self.notes.items.pop()

    def _defined_inside(self, start: int, end: int) -> bool:
        """Keep the definitions inside a formula; whether anything but definitions stands there."""
        at = start
        left = False
        for match in _DEFINES.finditer(self.text, start, end):
            if match.start() < at:
                continue
            defined = self.definition(match.start(), end)
            left = left or bool(self.text[at : match.start()].strip())
            at = defined or match.start()
        return left or bool(self.text[at:end].strip())

    def problem(self, found: str, start: int, end: int, *, expected: str = "") -> None:
        """Keep a fault."""
        self.notes.problem(ParseError(found, expected=expected, span=self.span(start, end)))

    def left_out(self, start: int, end: int) -> None:
        """Keep the name of another file, which would stand here and is not read."""
        start, end = self._stripped(start, end)
        if start < end:
            self.notes.left_out.append(self.span(start, end))

    def _stripped(self, start: int, end: int) -> tuple[int, int]:
        piece = self.text[start:end]
        left = len(piece) - len(piece.lstrip())
        return start + left, max(start + left, start + len(piece.rstrip()))

    # -- comments to the checker ----------------------------------------------------------------
    def comment(self, start: int, end: int) -> bool:
        """Read the inside of a comment, and decide whether it spoke to the checker."""
        address = addressed(self.text, start, end)
        if address is None:
            return False
        name, at, colon = address
        alone = alone_in_its_line(self.part.original, start, end)
        at, end = self._stripped(at, end)
        words = self.text[at:end]
        given = order(words)
        span = self.span(at, max(end, at + 1))
        original = self.part.original[at:end]
        if not colon:
            shown = " ".join(words.split())[:40]
            self.notes.problem(
                ParseError(
                    "a word to the checker without a colon",
                    expected=f"symcausal: {shown}",
                    span=span,
                )
            )
            if looks_like_model(words):  # its meaning is plain
                self.notes.items.append(ModelBlock(original, at, self.part, name))
        elif alone and not name and (edge := gap_word(words)):
            self.notes.items.append(Directive(original, at, self.part, edge, words))
        elif not alone and not name and (fault := not_alone(words, span)):
            self.notes.problem(fault)
        elif given and not name:
            self.notes.items.append(Directive(original, at, self.part, *given))
        elif looks_like_model(words):
            self.notes.items.append(ModelBlock(original, at, self.part, name))
        else:
            self.notes.problem(unknown_order(words, span))
        return True

    def definition(self, start: int, end: int) -> int | None:
        """Keep the macro that is defined at a place, and return where the definition ends."""
        self.notes.may_define(self.span(start, start + 1))
        defined = read_definition(self.text, start, end)
        if defined is None:
            return None
        self.notes.define(defined[0])
        return defined[1]

    # -- formulas by their delimiters -----------------------------------------------------------
    def bracketed(self, start: int, end: int, opener: str) -> int | None:
        r"""Keep the formula of ``\(..\)`` or ``\[..\]``, and return where it ends."""
        kind = opener[-1] * (len(opener) - 1)
        closing = _CLOSING[opener[-1]]
        inside = start + len(opener)
        for match in _BRACKETS[kind].finditer(self.text, inside, end):
            sign = match.group()[-1]
            if sign == closing:
                self.formula(inside, match.start(), display=closing == "]")
                return match.end()
            if sign == opener[-1]:
                break
        self.unclosed(start, inside, end, expected=opener[:-1] + closing)
        return None

    def unclosed(self, start: int, inside: int, end: int, *, expected: str) -> None:
        """Report a delimiter that is never closed, if a probability follows it."""
        self.notes.probes += 1
        if self.notes.probes > _MAX_PROBES:
            return
        if _PROBABLY.search(self.text, inside, min(end, inside + 200)):
            sign = self.text[start:inside]
            self.problem(f"'{sign}' that is not closed", start, inside, expected=expected)

    def swallowed(self, what: str, start: int, inside: int, end: int, *, expected: str) -> None:
        """Report what is never closed and hides a probability up to the end of the text."""
        self.notes.probes += 1
        if self.notes.probes <= _MAX_PROBES and _PROBABLY.search(self.text, inside, end):
            found = f"{what} that is not closed, with the rest of the text inside"
            self.problem(found, start, inside, expected=expected)

    def environment(self, start: int, end: int) -> int | None:
        r"""Keep the formula of ``\begin{align}..\end{align}``, and return where it ends."""
        opening = _OPEN.match(self.text, start, end)
        if opening is None:
            return None
        slashes, name = opening.groups()
        inside = opening.end()
        arguments = next((p for names, p in _ARGUMENTS if name.startswith(names)), None)
        if arguments is not None:
            columns = arguments.match(self.text, inside, end)
            inside = columns.end() if columns else inside
        vertical = _VERTICAL.match(self.text, inside, end)
        inside = vertical.end() if vertical else inside
        closing = _environment_ends(slashes, name).search(self.text, inside, end)
        if closing is None or closing.group(1) != "end":
            self.problem(
                f"an environment '{name}' that is not closed",
                start,
                opening.end(),
                expected=rf"{slashes}end{{{name}}}",
            )
            return None
        self.formula(inside, closing.start(), display=name != "math")
        return closing.end()

    def alone(self, start: int, end: int) -> bool:
        """Decide whether a formula has its lines for itself, but for a full stop or a label."""
        line = self.text.rfind("\n", max(0, start - 200), start) + 1
        before = self.text[line:start] if line or start <= 200 else "x"
        return not before.strip(" \t>") and bool(_AFTER.match(self.text, end))


@lru_cache(maxsize=64)
def _environment_ends(slashes: str, name: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(slashes)}(begin|end)\s*\{{{re.escape(name)}\}}")


def blanked(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    """Return a text with blanks for some stretches, which may overlap."""
    pieces: list[str] = []
    at = 0
    for start, end in sorted(stretches):
        start = max(start, at)
        if start < end:
            pieces += (text[at:start], " " * (end - start))
            at = end
    return "".join([*pieces, text[at:]])


def line_starts(text: str) -> Iterator[int]:
    """Yield the offset at which each line begins."""
    yield 0
    for match in re.finditer("\n", text):
        yield match.end()
