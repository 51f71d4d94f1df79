r"""LaTeX files: formulas in all delimiters, the author's macros, and comments to the checker.

Main definitions
----------------
scan_latex : the items of a LaTeX text. ``\input`` is not followed.

Implementation notes
--------------------
One pass over the few signs that matter; everything else is words. Before ``\begin{document}`` there
are only definitions and comments.
"""

from __future__ import annotations

import re

from symcausal.errors import Source
from symcausal.notes.files.definitions import DEFINES
from symcausal.notes.files.directives import (
    addressed,
    gap_word,
    looks_like_model,
    order,
)
from symcausal.notes.files.items import FilePart
from symcausal.notes.files.latex_own import (
    DEFINES_MORE,
    VERBATIM,
    behind_definition,
    hidden_stretches,
    own_names,
)
from symcausal.notes.files.scanner import OPENS, Notes, Scanner, blanked
from symcausal.patterns import late

_OPTIONS = r"(?:\[[^\]\n]{0,200}\])?"
_INLINE_CODE = rf"(?:lstinline{_OPTIONS}|mintinline{_OPTIONS}\{{\w{{1,40}}\}})"
_SIGN = late(
    rf"%[^\n]*|{OPENS}|{DEFINES}|(?P<more>{DEFINES_MORE})|\\begin\s*\{{(?P<verbatim>(?:{VERBATIM})\*?)\}}"
    rf"|\\(?:[Vv]erb\*?|SaveVerb\{{\w{{1,40}}\}}|{_INLINE_CODE})(?P<bar>[^\w\s*{{])[^\n]{{0,300}}?(?P=bar)"
    r"|\\(?:iffalse|iftrue|if0|else)(?![A-Za-z])|\\endinput(?![A-Za-z])"
    r"|\\(?:(?:input|include|subfile)\s*\{|input[ \t]+)(?P<file>[^{}\s][^{}\n]{0,300}?)(?=[}\s])"
    rf"|\\(?:url|href|{_INLINE_CODE}|label|ref|eqref|cite|includegraphics)\s*\{{[^{{}}\n]{{0,500}}\}}"
    r"|(?:\A|(?<=\n))<<[^\n]{0,200}>>=[ \t\r]*(?=\n)"
    r"|\\(?:begin|end)\s*\{document\}|\\begin\s*\{(?P<own>[A-Za-z]{1,40}\*?)\}"
    r"|\\[(\[]|\\(?P<command>[A-Za-z]+)|\\.|\$\$?|\n[ \t\r]*\n\s*",
    re.DOTALL,
)
_LEVELS = ("part", "chapter", "section", "subsection", "subsubsection", "paragraph")
_HEADING = late(rf"^[^%\n]*?\\({'|'.join(_LEVELS)})\*?\s*[\[{{]", re.MULTILINE)
_PICTURE = late(r"^[^%\n]*?\\begin\{(tikzpicture|tikzcd)\}", re.MULTILINE)
_LANGUAGE = late(
    r"\[[^\]\n]{0,200}?language\s*=\s*\{?(\w+)[^\]\n]{0,200}\]|(?:\[[^\]\n]{0,200}\])?\{(\w+)\}"
)
_SINGLE = late(
    r"\\(?:text|textrm|textnormal|mbox|textit|textbf)\s*\{[^{}]*\}|\\.|%[^\n]*|\$|\n[ \t\r]*\n",
    re.DOTALL,
)
_DOUBLE = late(
    r"\\(?:text|textrm|textnormal|mbox|textit|textbf)\s*\{[^{}]*\}|\\.|%[^\n]*|\$\$", re.DOTALL
)
_NEXT_COMMENT = late(r"\r?\n[ \t]*%(?![ \t]*symcausal\b)[^\n]*", re.IGNORECASE)
_PREFIX = late(r"(?<=\n)[ \t]*%+")


def scan_latex(notes: Notes, path: str, text: str) -> None:
    """Gather the items of a LaTeX text."""
    readable = blanked(text, (prefix.span() for prefix in _prefixes(text)))
    part = FilePart(path, None, text, Source(readable, path))
    notes.parts.append(part)
    scanner = _LatexScanner(notes, part, text)
    for found in _HEADING.finditer(part.source.text):
        scanner.heading(found.start(1) - 1, found.end(), _LEVELS.index(found[1]) + 1)
    if "{tikz" in text:
        _pictures(scanner)
    scanner.run()


def _pictures(scanner: Scanner) -> None:
    """Keep the pictures of TikZ; one that is not closed ends the search."""
    text = scanner.text
    for found in _PICTURE.finditer(text):
        end = text.find(rf"\end{{{found[1]}}}", found.end())
        if end < 0:
            return
        scanner.code(found.end(), end, found[1])


def _prefixes(text: str) -> list[re.Match[str]]:
    """The ``%`` before each further line of a model in comments."""
    found: list[re.Match[str]] = []
    at = 0
    for match in re.finditer(r"%[ \t]*symcausal\b[^\n]*", text, re.IGNORECASE):
        if match.start() < at:
            continue
        at = comment_end(text, match.start(), match.end())
        found += _PREFIX.finditer(text, match.end(), at)
    return found


def comment_end(text: str, start: int, end: int) -> int:
    """Return where a comment to the checker ends; a model goes on over the comments that follow."""
    address = addressed(text, start + 1, end)
    if address is None or not address[2]:
        return end
    words = text[address[1] : end].strip()
    if words and (order(words) or not looks_like_model(words)):
        return end
    if not address[0] and gap_word(words):
        return end
    further = _NEXT_COMMENT.match(text, end)
    while further:
        end = further.end()
        further = _NEXT_COMMENT.match(text, end)
    return end


class _LatexScanner(Scanner):
    """Find what stands in a LaTeX text."""

    def __init__(self, notes: Notes, part: FilePart, original: str) -> None:
        super().__init__(notes, part)
        self.raw = original
        self.own = own_names(self.text)
        self.endless: set[str] = set()  # ends that stand nowhere behind
        self.hidden = hidden_stretches(self.text)

    def run(self) -> None:
        """Gather everything."""
        at = words = 0
        end = len(self.text)
        begins = re.search(r"^[^%\n]*\\begin\s*\{document\}", self.text, re.MULTILINE)
        body = begins.end() if begins else 0
        while True:
            match = _SIGN.search(self.text, at, end)
            if match is None:
                break
            sign, start = match.group(), match.start()
            at = match.end()
            if sign.startswith("\\end") and "{document}" in sign:
                self.prose(max(words, body), start)
                return
            mark = len(self.notes.items)
            after = self._opened(match, end, quiet=start < body)
            if after is not None:
                found = self.notes.items[mark:]
                del self.notes.items[mark:]
                if start >= body:
                    self.prose(max(words, body), start)
                self.notes.items += found
                at = words = after
        self.prose(max(words, body), end)

    def _opened(self, match: re.Match[str], end: int, *, quiet: bool) -> int | None:
        sign, start = match.group(), match.start()
        if sign[0] == "%":
            return self._remark(start, match.end())
        if sign[0] == "\n":
            return match.end()
        if match.group("verbatim"):
            return self._verbatim(match.group("verbatim"), match)
        if match.group("bar"):
            return None
        if start in self.hidden:
            close = self.hidden[start]
            if close == end and not self.text.endswith(r"\fi", start, end):
                self.swallowed(f"'{sign}'", start, match.end(), end, expected=r"\fi")
            return close
        if match.group("more"):
            return behind_definition(self.text, match.end(), end)
        if sign == r"\endinput":
            return end
        if match.group("file"):
            self.left_out(*match.span("file"))
            return None
        if sign.startswith("<<"):
            return self._chunk(match.end())
        if re.match(DEFINES, sign):
            return self.definition(start, end)
        if quiet:
            return None
        if sign == "$":
            return self._dollars(start, end, "$")
        if sign == "$$":
            return self._dollars(start, end, "$$")
        if sign in (r"\(", r"\["):
            return self.bracketed(start, end, sign)
        if name := match.group("own"):
            if name in self.own.code:
                return self._verbatim(name, match)
            opens = self.own.formulas.get(name)
            return self._own_formula(match, rf"\\end\s*\{{{re.escape(name)}\}}") if opens else None
        if name := match.group("command"):
            opens = self.own.opening.get(name)
            return self._own_formula(match, self._closing(opens)) if opens else None
        if sign.startswith("\\begin") and "{document}" not in sign:
            return self.environment(start, end)
        return None

    def _closing(self, environment: str) -> str:
        """What ends an environment that a command of the author's begins."""
        names = [name for name, ends in self.own.closing.items() if ends == environment]
        own = "".join(f"|\\\\{name}(?![A-Za-z])" for name in names)
        return rf"\\end\s*\{{{re.escape(environment)}\}}{own}"

    def _own_formula(self, opening: re.Match[str], ends: str) -> int | None:
        """Keep the formula of an environment that is the author's own."""
        known = ends not in self.endless
        closing = re.compile(ends).search(self.text, opening.end()) if known else None
        if closing is None:
            self.endless.add(ends)
            self.unclosed(opening.start(), opening.end(), len(self.text), expected=r"\end")
            return None
        self.formula(opening.end(), closing.start(), display=True)
        return closing.end()

    def _chunk(self, start: int) -> int:
        """Keep a chunk of R in a text for knitr, which ends at ``@``."""
        close = re.compile(r"^@", re.MULTILINE).search(self.text, start)
        end = close.start() if close else len(self.text)
        self.code(start, end, "r")
        return close.end() if close else end

    def _remark(self, start: int, end: int) -> int:
        end_of_all = comment_end(self.raw, start, end)
        self.comment(start + 1, end_of_all)
        return end_of_all

    def _verbatim(self, name: str, match: re.Match[str]) -> int:
        closing = f"\\end{{{name}}}"
        close = self.text.find(closing, match.end())
        if close < 0:
            self.problem(
                f"an environment '{name}' that is not closed",
                match.start(),
                match.end(),
                expected=closing,
            )
            return len(self.text)
        told = _LANGUAGE.match(self.text, match.end(), close)
        if told:
            self.code(told.end(), close, told[1] or told[2])
        return close + len(closing)

    def _dollars(self, start: int, end: int, sign: str) -> int | None:
        inside = start + len(sign)
        pattern = _SINGLE if sign == "$" else _DOUBLE
        for match in pattern.finditer(self.text, inside, end):
            found = match.group()
            if found == sign:
                self.formula(inside, match.start(), display=sign == "$$")
                return match.end()
            if found[0] == "\n":
                break
        self.unclosed(start, inside, end, expected=sign)
        return None
