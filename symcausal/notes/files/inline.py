r"""Formulas inside a paragraph, among words, code and comments.

Main definitions
----------------
InlineScanner : finds them, and keeps them with the words between.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from symcausal.notes.files.definitions import DEFINES
from symcausal.notes.files.items import CODE_SPAN, ModelBlock
from symcausal.notes.files.scanner import OPENS, STEM, Scanner
from symcausal.patterns import late

DOUBLE_DOLLAR = late(r"(?<!\\)\$\$")
_OPTION = late(r"\s*(?::[\w-]+:[^\n]*(?:\n|\Z)|---[ \t\r]*\n(?:[^\n]*\n)*?---[ \t\r]*(?:\n|\Z))")
BLOCK = late(r"\bblock\b", re.IGNORECASE)  # the attribute that makes a display of a formula
_SQUARE = late(r"(?<!\\)\]")
_SHORT = r"\{\{[<%]\s{0,9}katex\b[^{}\n]{0,100}[>%]\}\}"  # a shortcode of Hugo
# in an address no formula stands
_ADDRESS = r"\bhttps?://[^\s<>\"'{}()]{1,2000}|(?<=\]\()[^()\s]{1,2000}(?=[) \t])"
_INLINE = late(
    rf"\$`|(?:\{{math\}}|:math:)`+|`+|<!--|(?<![\w%])%%(?!%)|{STEM}|{_SHORT}|(?P<address>{_ADDRESS})"
    rf"|<d-math\b[^<>]{{0,200}}>|<(?:code|pre|kbd|samp|script)\b[^<>]{{0,200}}>|{OPENS}|{DEFINES}"
    r"|\\\\?[(\[]|\\.|\$\$|\$",
    re.DOTALL | re.IGNORECASE,
)
_SHORT_CLOSES = late(r"\{\{[<%]\s{0,9}/\s{0,9}katex\s{0,9}[>%]\}\}", re.IGNORECASE)
_NAMED = "latex "
_ARROW = late(r"->|<-|[\u2190\u2192]")
_DOLLAR = late(r"\\.|\$", re.DOTALL)
_MATHEMATICAL = late(r"[\\=_^|(){}<>+*]")
_PRICE = late(r"\d[\d.,]*(?:[kKmMbB]|bn)?[,;]?\s+\(?[A-Za-z]{2,}")


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
        if match["address"]:
            return None
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
        if sign[0] == "{" and "katex" in sign.casefold():
            return self._short(match, end)
        if sign[-1] == "[" and sign[0] != "\\":
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
        if after is None:
            self.unclosed(start, inside, end, expected=self.text[start:inside])
        else:
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

    def _short(self, opening: re.Match[str], end: int) -> int | None:
        """Read what stands between two shortcodes, which may bring signs of its own."""
        closing = (
            None if "katex" in self.absent else _SHORT_CLOSES.search(self.text, opening.end(), end)
        )
        if closing is None:
            self.absent.add("katex")
            self.unclosed(opening.start(), opening.end(), end, expected="{{< /katex >}}")
            return None
        start, stop = self._stripped(opening.end(), closing.start())
        if self.text.startswith(("$", "\\(", "\\["), start, stop):
            return None
        shown = "display" in opening.group() or self.alone(opening.start(), closing.end())
        self.formula(start, stop, display=shown)
        return closing.end()

    def _tagged(self, tag: re.Match[str], end: int) -> int | None:
        """Read ``<d-math>`` of Distill."""
        close = self._find("</d-math>", tag.end(), end)
        if close is None:
            self.unclosed(tag.start(), tag.end(), end, expected="</d-math>")
            return None
        self.formula(tag.end(), close, display=BLOCK.search(tag.group()) is not None)
        return close + len("</d-math>")

    def _double(self, start: int, end: int) -> int | None:
        closing = DOUBLE_DOLLAR.search(self.text, start + 2, end)
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
                named = self.text.startswith(_NAMED, start + 1)  # as WordPress has them
                inside = start + 1 + (len(_NAMED) if named else 0)
                self.formula(inside, match.start(), display=False)
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
