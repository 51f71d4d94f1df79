r"""Documents: words, formulas, derivations and tables, written in any format from one source.

Main definitions
----------------
Document : a title and blocks, with a method for each format.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from symcausal.record import record
from symcausal.writing.blocks import (
    Block,
    Code,
    Derived,
    Display,
    Drawn,
    Equations,
    Grid,
    Heading,
    Items,
    Listing,
    Paragraph,
    Piece,
    Tabled,
    Typeset,
)
from symcausal.writing.derivation import (
    derivation_latex,
    derivation_markdown,
    derivation_text,
)
from symcausal.writing.derivation_html import derivation_html, page
from symcausal.writing.drawing import svg, tikz
from symcausal.writing.equations import (
    RELATIONS,
    boxed,
    equations_aligned,
    equations_html,
    equations_latex,
    equations_text,
)
from symcausal.writing.latex import render as latex_of
from symcausal.writing.mathml import element, escaped, math, render
from symcausal.writing.names import latex_escaped
from symcausal.writing.style import PLAIN, Style
from symcausal.writing.tables import grid_html, grid_latex, grid_markdown, grid_text
from symcausal.writing.text import render as text_of

_LONGEST_TEXT = 100
MODEL = "symcausal"  # the language of a listing that states a model, which `check` then reads
_BREAK = re.compile(r"(?<! ->| <-|<->) (?!(?:->|<-|<->) )")

PREAMBLE = r"""\documentclass[a4paper]{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage[margin=2.2cm]{geometry}
\usepackage{amsmath, amssymb, booktabs}
\setlength{\parindent}{0pt}\setlength{\parskip}{6pt}
\allowdisplaybreaks
"""
TIKZ = r"""\usepackage{tikz}
\usetikzlibrary{arrows.meta, shapes.geometric}
"""


@record
class Document:
    """A title and blocks.

    Attributes
    ----------
    title : str
        Empty for a fragment.
    blocks : tuple of Block
        From top to bottom.
    style : Style
        How formulas are written.
    page_title : str
        What a browser calls the page of a fragment.
    """

    title: str
    blocks: tuple[Block, ...]
    style: Style = PLAIN
    page_title: str = "symcausal"

    def to_text(self) -> str:
        """Plain text."""
        parts = [self.title, "=" * len(self.title)] if self.title else []
        return "\n\n".join(["\n".join(parts)] * bool(parts) + [self._text(b) for b in self.blocks])

    def to_markdown(self) -> str:
        """Markdown with ``$`` formulas."""
        parts = [f"# {self.title}"] if self.title else []
        return "\n\n".join(parts + [self._markdown(b) for b in self.blocks]) + "\n"

    def to_latex(self, *, standalone: bool = False) -> str:
        """LaTeX; with a preamble if it is to stand alone."""
        body = "\n\n".join(self._latex(block) for block in self.blocks)
        if not standalone:
            return body
        drawn = any(isinstance(block, Drawn) for block in self.blocks)
        preamble = PREAMBLE + (TIKZ if drawn else "")
        title = rf"\title{{{latex_escaped(self.title)}}}\author{{}}\date{{}}"
        return "\n".join(
            [preamble + title, r"\begin{document}", r"\maketitle", body, r"\end{document}", ""]
        )

    def to_html(self) -> str:
        """A page of its own, with MathML and without scripts."""
        head = [f"<h1>{escaped(self.title)}</h1>"] if self.title else []
        return page(self.title or self.page_title, [*head, *(self._html(b) for b in self.blocks)])

    # -- plain text -----------------------------------------------------------------------------
    def _text(self, block: Block) -> str:
        match block:
            case Heading(words, level):
                return f"{words}\n{('-' if level == 2 else '~') * len(words)}"
            case Paragraph(pieces):
                return _wrapped(self._joined(pieces, str, str, self._plain))
            case Items(entries):
                lines = (self._joined(entry, str, str, self._plain) for entry in entries)
                return "\n".join(f"  - {line}" for line in lines)
            case Display(pieces):
                return "  " + self._related(pieces, 0, self._plain)
            case Equations():
                return "\n".join(
                    "  " + line for line in equations_text(block, self.style).splitlines()
                )
            case Derived(chain, assumptions):
                written = derivation_text(chain, assumptions, self.style, width=_LONGEST_TEXT)
                return "\n".join("  " + line for line in written.splitlines())
            case Tabled(grid):
                return grid_text(grid, self.style)
            case Drawn():
                return self._text(block.items)
            case Listing(lines):
                return "\n".join("    " + line for line in lines.splitlines())

    def _plain(self, thing: Typeset) -> str:
        return text_of(boxed(thing, self.style, inline=True))

    # -- Markdown -------------------------------------------------------------------------------
    def _markdown(self, block: Block) -> str:
        match block:
            case Heading(words, level):
                return f"{'#' * level} {_marked_down(words)}"
            case Paragraph(pieces):
                return self._joined(pieces, _marked_down, _backticks, self._dollars)
            case Items(entries):
                return "\n".join(
                    f"- {self._joined(entry, _marked_down, _backticks, self._dollars)}"
                    for entry in entries
                )
            case Display(pieces):
                return f"$$\n{self._related(pieces, 1, self._tex)}\n$$"
            case Equations():
                return f"$$\n{equations_aligned(block, self.style)}\n$$"
            case Derived(chain, assumptions, width):
                return derivation_markdown(chain, assumptions, self.style, width=width)
            case Tabled(grid):
                return grid_markdown(grid, self.style)
            case Drawn():
                return self._markdown(block.items)
            case Listing(lines, language):
                fence = _fence(lines, 3)
                return f"{fence}{language}\n{lines}\n{fence}"

    def _tex(self, thing: Typeset) -> str:
        return latex_of(boxed(thing, self.style), bar=self.style.notation.bar)

    def _dollars(self, thing: Typeset) -> str:
        return f"${self._tex(thing)}$"

    # -- LaTeX ----------------------------------------------------------------------------------
    def _latex(self, block: Block) -> str:
        match block:
            case Heading(words, level):
                kind = "section" if level == 2 else "subsection"
                return rf"\{kind}*{{{latex_escaped(words)}}}"
            case Paragraph(pieces):
                return self._joined(pieces, latex_escaped, _typewriter, self._dollars)
            case Items(entries):
                lines = (
                    r"\item " + self._joined(entry, latex_escaped, _typewriter, self._dollars)
                    for entry in entries
                )
                return "\n".join([r"\begin{itemize}", *lines, r"\end{itemize}"])
            case Display(pieces):
                return "\n".join([r"\[", self._related(pieces, 1, self._tex), r"\]"])
            case Equations():
                return equations_latex(block, self.style)
            case Derived(chain, assumptions, width):
                return derivation_latex(chain, assumptions, self.style, width=width)
            case Tabled(grid):
                caption = f"{self._grid_title(grid)}\n\n" if grid.title else ""
                return f"{caption}{grid_latex(grid, self.style)}"
            case Drawn(picture):
                return "\n".join([r"\begin{center}", tikz(picture), r"\end{center}"])
            case Listing(lines, language):
                said = [f"% {line}" for line in ("symcausal:", *lines.splitlines())]
                declared = said if language == MODEL else []
                if r"\end{verbatim}" in lines:  # the one thing that cannot stand in it
                    return "\\\\\n".join(map(_typewriter, lines.splitlines()))
                return "\n".join([*declared, r"\begin{verbatim}", lines, r"\end{verbatim}"])

    def _grid_title(self, grid: Grid) -> str:
        if isinstance(grid.title, str):
            return latex_escaped(grid.title)
        return self._dollars(grid.title)

    # -- HTML -----------------------------------------------------------------------------------
    def _html(self, block: Block) -> str:
        match block:
            case Heading(words, level):
                return f"<h{level}>{escaped(words)}</h{level}>"
            case Paragraph(pieces):
                return f"<p>{self._marked(pieces)}</p>"
            case Items(entries):
                return "\n".join(
                    ["<ul>", *(f"<li>{self._marked(entry)}</li>" for entry in entries), "</ul>"]
                )
            case Display(pieces):
                signs = (
                    _marked_relation(p) if isinstance(p, str) else render(boxed(p, self.style))
                    for p in pieces
                    if not isinstance(p, Code)
                )
                source = self._related(pieces, 1, self._tex)
                marked = f"<mrow>{''.join(signs)}</mrow>"
                return f"<p>{math(marked, source, display=True)}</p>"
            case Equations():
                return f"<p>{equations_html(block, self.style)}</p>"
            case Derived(chain, assumptions):
                return derivation_html(chain, assumptions, self.style)
            case Tabled(grid):
                return grid_html(grid, self.style)
            case Drawn(picture):
                return f"<p>{svg(picture)}</p>"
            case Listing(lines, language):
                kind = f' class="language-{language}"' if language else ""
                return f"<pre><code{kind}>{escaped(lines)}</code></pre>"

    def _marked(self, pieces: Iterable[Piece]) -> str:
        return self._joined(
            pieces,
            escaped,
            lambda words: f"<code>{escaped(words)}</code>",
            lambda thing: element(boxed(thing, self.style)),
        )

    # -- pieces ---------------------------------------------------------------------------------
    def _joined(
        self,
        pieces: Iterable[Piece],
        words: Callable[[str], str],
        code: Callable[[str], str],
        formula: Callable[[Typeset], str],
    ) -> str:
        written = []
        for piece in pieces:
            if isinstance(piece, str):
                written.append(words(piece))
            elif isinstance(piece, Code):
                written.append(code(piece.words))
            else:
                written.append(formula(piece))
        return "".join(written)

    def _related(
        self, pieces: Sequence[Piece], language: int, formula: Callable[[Typeset], str]
    ) -> str:
        return " ".join(
            _relation(p, language) if isinstance(p, str) else formula(p)
            for p in pieces
            if not isinstance(p, Code)
        )


def _relation(sign: str, language: int) -> str:
    return RELATIONS[sign][language] if sign in RELATIONS else sign


def _marked_relation(sign: str) -> str:
    if sign in RELATIONS:
        return f"<mo>{RELATIONS[sign][2]}</mo>"
    return f"<mn>{escaped(sign)}</mn>"


def _wrapped(words: str, width: int = _LONGEST_TEXT) -> str:
    """Break between words, but not at an arrow."""
    lines, line = [], ""
    for word in _BREAK.split(words):
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join([*lines, line])


def _backticks(words: str) -> str:
    fence = _fence(words, 1)
    return f"{fence} {words} {fence}" if "`" in words else f"{fence}{words}{fence}"


def _fence(words: str, least: int) -> str:
    """More backticks than stand together in words."""
    return "`" * max([least, *(1 + len(found) for found in re.findall("`+", words))])


def _marked_down(words: str) -> str:
    """Words in which Markdown finds no marks.

    An underscore inside a name is none, and a bracket is one only before an address: an escaped one
    would begin a display for those who typeset formulas.
    """
    return re.sub(r"[\\`*<$]|\](?=[(\[:])|\b_(?!\w)|(?<!\w)_", r"\\\g<0>", words)


def _typewriter(words: str) -> str:
    return rf"\texttt{{{latex_escaped(words)}}}"
