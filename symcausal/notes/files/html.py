r"""Web pages: the LaTeX that formulas carry, whoever draws them.

Main definitions
----------------
scan_html : the items of a web page.

Notes
-----
Read are the LaTeX beside MathML (``<annotation encoding="application/x-tex">``, which KaTeX, MathJax,
pandoc, Wikipedia and this package write, or the attribute ``alttext``), that of MathJax's scripts
(``<script type="math/tex">``) and of Distill's ``<d-math>``, and formulas between ``$$``, ``\(..\)``,
``\[..\]`` and ``$`` in the words. A model stands in ``<code class="language-symcausal">`` or in a
comment. MathML that carries no LaTeX is not read, and that is said, unless it is a
``<math class="symcausal-piece">``: the LaTeX of a formula that this package writes in pieces stands
with one of them.

Implementation notes
--------------------
A part has one place for each character of the file. What is no text is therefore replaced by blanks,
and so is the rest of a reference such as ``&lt;`` after its character; where characters make one name
or sign, as ``&quot;not sure&quot;`` does, the blanks of all of them stand behind the last.
"""

from __future__ import annotations

import re
from html import unescape

from symcausal.errors import Source
from symcausal.notes.files.inline import BLOCK, InlineScanner
from symcausal.notes.files.items import FilePart, ModelBlock
from symcausal.notes.files.scanner import Notes
from symcausal.patterns import late

_REFERENCE = late(r"&(?:[A-Za-z][A-Za-z0-9]{0,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_QUOTE = r"(?:\"|&(?:quot|QUOT|#34|#[xX]22);)"
_TOGETHER = late(
    rf"{_QUOTE}(?:(?!{_QUOTE})[^\n])*+{_QUOTE}"
    r"|\\(?:text[a-z]*|math(?:rm|it|sf|bf)|operatorname|mbox)\{(?:\\.|[^{}\\\n]|\{[^{}\n]*+\})*+\}"
    rf"|(?:&(?:lt|gt|#45|#60|#61|#62);|[-=>!])++|{_REFERENCE.pattern}"
)
_WHOLE = frozenset({
    "math", "script", "style", "pre", "code", "kbd", "samp", "textarea", "template", "title", "svg",
    "d-math",
})  # fmt: skip
_PART = late(r"<[^<>]*+>|[^<]++")
_TAG = late(r"<(?P<end>/?)(?P<name>[A-Za-z][\w:-]*+)(?P<rest>[^<>]*+)>")
_HEADING = late(r"h[1-6]")
_INLINE = frozenset(
    (
        "a", "abbr", "b", "bdi", "bdo", "big", "cite", "del", "dfn", "em", "font", "i", "ins",
        "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u", "var", "wbr",
    )
)  # fmt: skip
_MATH = late(r"<math\b(?:(?!</math|<math\b).)*+</math\s*+>", re.IGNORECASE | re.DOTALL)
_DRAWN = late(
    r"(<annotation\b[^<>]*tex\b[^<>]*>[^<]*|<[^<>]*>)|[^<>]+", re.IGNORECASE
)  # what stands in a tag, or is LaTeX, is kept
_SIGN = late(r"[^\n]")
_TEX = late(r"\bencoding\s{0,9}=\s{0,9}[\"']?(?:application/x-)?(?:la)?tex\b", re.IGNORECASE)
_ALTERNATIVE = late(r"\balttext\s{0,9}=\s{0,9}(\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_DISPLAY = late(
    r"\b(?:display\s{0,9}=\s{0,9}[\"']?block|mode\s{0,9}=\s{0,9}[\"']?display)", re.IGNORECASE
)
_MODEL = late(
    r"\bclass\s{0,9}=\s{0,9}[\"']?[^\"'<>=]{0,200}(?<![\w-])(?:language-)?symcausal(?![\w-])",
    re.IGNORECASE,
)
_PIECE = late(r"\bclass\s{0,9}=\s{0,9}[\"']?symcausal-piece(?![\w-])", re.IGNORECASE)
_MATH_SCRIPT = late(r"\btype\s{0,9}=\s{0,9}[\"']?math/(?:la)?tex\b", re.IGNORECASE)


def scan_html(notes: Notes, path: str, text: str) -> None:
    """Gather the items of a web page."""
    readable = _PART.sub(_plain, _MATH.sub(_without_drawing, text))
    part = FilePart(path, None, readable, Source(readable, path))
    notes.parts.append(part)
    notes.page = text
    _PageScanner(notes, part, text).run()


def _without_drawing(math: re.Match[str]) -> str:
    """MathML without what it draws, which stands between words and formula; its tags stay."""
    return _DRAWN.sub(lambda drawn: drawn[1] or _SIGN.sub(" ", drawn[0]), math.group())


def _blank(tag: re.Match[str]) -> str:
    """Blanks for a tag, and its LaTeX where it has any; ends of lines stay."""
    written = tag.group()
    kept = _ALTERNATIVE.search(written) if tag["name"].casefold() == "math" else None
    if kept is None:
        return _SIGN.sub(" ", written)
    start, end = kept.start(1) + 1, kept.end(1) - 1
    return (
        _SIGN.sub(" ", written[:start])
        + _TOGETHER.sub(_padded, written[start:end])
        + _SIGN.sub(" ", written[end:])
    )


def _plain(part: re.Match[str]) -> str:
    """A tag as blanks; between tags, characters for references."""
    tag = _TAG.fullmatch(part.group())
    return _TOGETHER.sub(_padded, part.group()) if tag is None else _blank(tag)


def _padded(written: re.Match[str]) -> str:
    """The characters of references, and behind them blanks for the rest of the references.

    Where several characters make one name or sign, no blank stands among them.
    """
    plain = _REFERENCE.sub(_character, written.group())
    return plain.ljust(len(written.group()))


def _character(reference: re.Match[str]) -> str:
    character = unescape(reference.group())
    return character if len(character) <= len(reference.group()) else reference.group()


class _PageScanner(InlineScanner):
    """Find the formulas of a page; ``raw`` has its tags."""

    def __init__(self, notes: Notes, part: FilePart, raw: str) -> None:
        super().__init__(notes, part)
        self.raw = raw
        self.missing: set[str] = set()
        self.silent: list[tuple[int, int]] = []
        self.words = 0  # where the words begin that are not read yet

    def run(self) -> None:
        """Gather everything."""
        start = self.raw.find("<")
        while start >= 0:
            start = self.raw.find("<", self._marked(start))
        self._read_words(len(self.raw))
        if self.silent:
            self.problem(
                f"MathML without its LaTeX, which is not read ({len(self.silent)} times)",
                *self.silent[0],
                expected='<annotation encoding="application/x-tex"> in it',
            )

    def _marked(self, start: int) -> int:
        """Read what begins with ``<``; where it ends."""
        if self.raw.startswith("<!--", start):
            close = self._after("-->", start + 4)
            if close is None:
                self.problem("a comment that is not closed", start, start + 4, expected="-->")
                return len(self.raw)
            self._read_words(start, close)
            self.comment(start + 4, close - 3)
            return close
        tag = _TAG.match(self.raw, start)
        if tag is None:
            return start + 1
        name = tag["name"].casefold()
        if _HEADING.fullmatch(name) and not tag["end"]:
            title = self.raw.find("<", tag.end())
            self.heading(start, title if title >= 0 else len(self.raw), int(name[1]))
        whole = name in _WHOLE and not tag["end"] and not tag["rest"].endswith("/")
        close = self._after(f"</{tag['name']}", tag.end()) if whole else None
        if close is None:
            if name == "d-math" and not tag["end"]:
                self.unclosed(start, tag.end(), len(self.raw), expected="</d-math>")
            if name not in _INLINE:
                self._read_words(start, tag.end())
            return tag.end()
        inside = close - len(name) - 2
        self._read_words(start, close)
        if name == "math":
            self._math(tag, inside)
        elif name == "d-math":
            self.formula(tag.end(), inside, display=BLOCK.search(tag["rest"]) is not None)
        elif name == "script" and _MATH_SCRIPT.search(tag["rest"]):
            self.formula(tag.end(), inside, display=bool(_DISPLAY.search(tag["rest"])))
        elif name in ("pre", "code"):
            self._listing(tag, inside)
        return close

    def _after(self, closing: str, start: int) -> int | None:
        """Return where a closing sign ends; one that is nowhere is looked for once."""
        if closing in self.missing:
            return None
        found = self.raw.find(closing, start)
        if found < 0:
            self.missing.add(closing)
            return None
        return found + len(closing)

    def _read_words(self, end: int, after: int = 0) -> None:
        """Read the words up to here as a paragraph; the next ones begin after something else."""
        self.paragraph(self.words, end)
        self.words = after

    def _code(self, start: int, after: int, end: int) -> int | None:
        return None  # ticks are mere characters here

    def _math(self, tag: re.Match[str], end: int) -> None:
        """Keep the LaTeX that MathML carries."""
        display = bool(_DISPLAY.search(tag["rest"]))
        for inner in _TAG.finditer(self.raw, tag.end(), end):
            if inner["name"].casefold() == "annotation" and _TEX.search(inner["rest"]):
                close = self.raw.find("</", inner.end(), end)
                self.formula(inner.end(), end if close < 0 else close, display=display)
                return
        written = _ALTERNATIVE.search(self.raw, tag.start("rest"), tag.end("rest"))
        if written:
            self.formula(written.start(1) + 1, written.end(1) - 1, display=display)
        elif _PIECE.search(tag["rest"]) is None:
            self.silent.append((tag.start(), tag.end()))

    def _listing(self, tag: re.Match[str], end: int) -> None:
        """Keep a model; other code is passed over."""
        start, stated = tag.end(), _MODEL.search(tag["rest"])
        inner = _TAG.match(self.raw, start, end)
        if inner and inner["name"].casefold() == "code":
            stated = stated or _MODEL.search(inner["rest"])
        if stated:
            start, end = self._stripped(start, end)
            self.notes.items.append(ModelBlock(self.part.original[start:end], start, self.part, ""))
