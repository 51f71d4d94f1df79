"""Documents in LaTeX.

Main definitions
----------------
document_latex : a document, alone or to be put into another.
PREAMBLE, TIKZ : what stands before it, and what it takes for pictures.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from symcausal.writing.blocks import (
    MODEL,
    Aside,
    Block,
    Derived,
    Display,
    Drawn,
    Equations,
    Heading,
    Items,
    Listing,
    Paragraph,
    Piece,
    Plotted,
    Tabled,
    Typeset,
    has_pictures,
)
from symcausal.writing.derivation import derivation_latex
from symcausal.writing.document_facts import DocumentFacts
from symcausal.writing.equations import LATEX, boxed, equations_latex, too_wide
from symcausal.writing.latex_listing import listing_latex
from symcausal.writing.latex_words import inline_latex, paragraph_latex
from symcausal.writing.names import latex_escaped
from symcausal.writing.picture import Picture, extent
from symcausal.writing.pieces import in_latex, joined, related
from symcausal.writing.plots import TIKZ_WIDTH, plot_tikz
from symcausal.writing.style import Style
from symcausal.writing.tables import grid_latex, latex_cell
from symcausal.writing.tikz import tikz

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
_EM = 0.35  # centimetres, of the smallest type of a page
_NARROW = (
    0.8  # of a line: what is narrower by our measure fits, although we do not know the letters
)


def document_latex(document: DocumentFacts, *, standalone: bool = False) -> str:
    """Write a document in LaTeX; with a preamble if it is to stand alone."""
    body = "\n\n".join(_block(block, document.style) for block in document.blocks)
    if not standalone:
        return body
    preamble = PREAMBLE + (TIKZ if has_pictures(document.blocks) else "")
    title = rf"\title{{{latex_escaped(document.title)}}}\author{{}}\date{{}}"
    return "\n".join(
        [preamble + title, r"\begin{document}", r"\maketitle", body, r"\end{document}", ""]
    )


def _block(block: Block, style: Style) -> str:
    match block:
        case Heading(words, level):
            kind = "section" if level == 2 else "subsection"
            return rf"\{kind}*{{{latex_escaped(words)}}}"
        case Paragraph(pieces):
            return paragraph_latex(_sentence(pieces, style), style)
        case Items(entries):
            lines = (
                r"\item " + paragraph_latex(_sentence(entry, style), style) for entry in entries
            )
            return "\n".join([r"\begin{itemize}", *lines, r"\end{itemize}"])
        case Display(pieces):
            if (chain := too_wide(pieces, style)) is not None:
                return equations_latex(chain, style)
            return "\n".join([r"\[", related(pieces, LATEX, partial(in_latex, style=style)), r"\]"])
        case Equations():
            return equations_latex(block, style)
        case Derived(chain, assumptions):
            return derivation_latex(chain, assumptions, style)
        case Tabled(grid):
            caption = f"{latex_cell(grid.title, style)}\n\n" if grid.title else ""
            return f"{caption}{grid_latex(grid, style)}"
        case Drawn(pictures):
            drawn = (_drawn(one, style) for one in pictures)
            between = "\n" + r"\qquad" + "\n"
            return "\n".join([r"\begin{center}", between.join(drawn), r"\end{center}"])
        case Plotted(plot):
            curve = _within(plot_tikz(plot), TIKZ_WIDTH, style)
            return "\n".join([r"\begin{center}", curve, r"\end{center}"])
        case Listing(lines, language):
            return listing_latex(lines, language, style)
        case Aside(blocks):
            inside = "\n\n".join(_block(one, style) for one in blocks)
            return f"% {MODEL}: off\n{inside}\n% {MODEL}: on"


def _drawn(picture: Picture, style: Style) -> str:
    arranged = picture.arranged()
    left, right, _, _ = extent(picture, arranged)
    return _within(tikz(picture, arranged), right - left, style)


def _within(drawn: str, centimetres: float, style: Style) -> str:
    """Return the LaTeX of a picture, made smaller to fit a line; a narrow one is returned as it is."""
    if centimetres < _NARROW * style.ems * _EM:
        return drawn
    # TikZ loads graphicx, and TeX knows how wide the picture really is
    size = r"\ifdim\width>\linewidth\linewidth\else\width\fi"
    return f"\\resizebox{{{size}}}{{!}}{{%\n{drawn}%\n}}"


def _sentence(pieces: Iterable[Piece], style: Style) -> str:
    def formula(thing: Typeset) -> str:
        return inline_latex(boxed(thing, style), style)

    return joined(pieces, latex_escaped, _typewriter, formula)


def _typewriter(words: str) -> str:
    return rf"\texttt{{{latex_escaped(words)}}}"
