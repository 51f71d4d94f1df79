"""Typst of documents: what ``typst compile`` takes as it stands.

Main definitions
----------------
document_typst : a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from symcausal.writing.blocks import (
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
)
from symcausal.writing.boxes import Box, first_sign
from symcausal.writing.derivation_lines import SetLine, set_lines
from symcausal.writing.document_facts import DocumentFacts
from symcausal.writing.equations import RELATIONS, TYPST, boxed, equation_lines
from symcausal.writing.grid import Cell, Grid
from symcausal.writing.latex import is_tall
from symcausal.writing.pieces import joined, related
from symcausal.writing.plots import plot_svg
from symcausal.writing.reasons import ReasonPiece, provided
from symcausal.writing.style import Style
from symcausal.writing.svg import svg
from symcausal.writing.tables import on_cell
from symcausal.writing.typst import formula_typst, quoted, render, typst_escaped, typst_line

_REASON = "#text(size: 0.85em)"


def document_typst(document: DocumentFacts) -> str:
    """Write a document in Typst."""
    title = [f"= {typst_line(typst_escaped(document.title))}"] if document.title else []
    written = (_block(block, document.style) for block in document.blocks)
    return "\n\n".join([*title, *written]) + "\n"


def _block(block: Block, style: Style) -> str:
    match block:
        case Heading(words, level):
            return f"{'=' * level} {typst_line(typst_escaped(words))}"
        case Paragraph(pieces):
            return _sentence(pieces, style)
        case Items(entries):
            return "\n".join(f"- {_sentence(entry, style)}" for entry in entries)
        case Display(pieces):
            return f"$ {related(pieces, TYPST, lambda thing: render(boxed(thing, style)))} $"
        case Equations():
            return _equations(block, style)
        case Derived():
            return _derivation(block, style)
        case Tabled(grid):
            return _table(grid, style)
        case Drawn(pictures):
            drawn = (f'image(bytes({quoted(svg(one))}), format: "svg")' for one in pictures)
            # in boxes, so that they stand side by side where there is room
            boxes = " #h(2em) ".join(f"#box({one})" for one in drawn)
            return f"#align(center)[{boxes}]"
        case Plotted(plot):
            return f'#align(center, image(bytes({quoted(plot_svg(plot))}), format: "svg"))'
        case Listing(lines, language):
            return _raw(lines, block=True, language=language)
        case Aside(blocks):
            return "\n\n".join(_block(one, style) for one in blocks)


def _sentence(pieces: Iterable[Piece], style: Style) -> str:
    return typst_line(
        joined(pieces, typst_escaped, _raw, lambda thing: f"${render(boxed(thing, style))}$")
    )


def _equations(equations: Equations, style: Style) -> str:
    lines: list[tuple[str, str]] = []
    for line in equation_lines(equations, style):
        left = "" if line.left is None else render(line.left) + " "
        # the empty text keeps the space of a sign behind it
        right = 'quad quad "" ' if line.continued else f"{RELATIONS[line.sign][TYPST]} "
        right += "".join(quoted(p) if isinstance(p, str) else render(p) for p in line.right)
        lines.append((left, right))
    if len(lines) == 1:
        return f"$ {''.join(lines[0])} $"
    return _display(f"{left}&{right}" for left, right in lines)


def _derivation(derived: Derived, style: Style) -> str:
    found = set_lines(derived.chain, style)
    written = [
        _display(_set_lines(lines)) for lines in filter(None, (found.definitions, found.lines))
    ]
    if not found.lines:
        written.append(f"$ {formula_typst(derived.chain.start, style)} $")
    for number, why in enumerate(found.notes, 1):
        written.append(f"({number}) {_reason(why)}.")
    end = provided(derived.assumptions, style)
    if end:
        written.append(f"{_reason(end)}.")
    return "\n\n".join(written)


def _set_lines(lines: Iterable[SetLine]) -> Iterator[str]:
    for line in lines:
        first, *rest = line.rows
        left = "" if line.left is None else f"{render(line.left)} "
        sign = f"{line.sign} " if line.sign else ""
        beside = f" && quad {_REASON}[({_reason(line.beside)})]" if line.beside else ""
        yield f"{left}&{sign}{render(first)}{beside}"
        yield from (f"& quad quad {_continued(part)}" for part in rest)
        if line.below:
            yield f"& quad quad {_REASON}[({_reason(line.below)})]"


def _display(lines: Iterable[str]) -> str:
    """Lines that are aligned, each with an end of its own."""
    written = " \\\n".join(f"  {line}" for line in lines)
    return f"$\n{written}\n$"


def _continued(part: Box) -> str:
    return ('"" ' if first_sign(part) else "") + render(part)


def _reason(pieces: Iterable[ReasonPiece]) -> str:
    return "".join(typst_escaped(p) if isinstance(p, str) else f"${_small(p)}$" for p in pieces)


def _small(box: Box) -> str:
    """A box as it stands in a line of words, beside a display."""
    return f"inline({render(box, inside=True)})" if is_tall(box) else render(box)


def _table(grid: Grid, style: Style) -> str:
    def written(cell: Cell) -> str:
        return on_cell(
            cell,
            lambda words: f"[{typst_line(typst_escaped(words))}]",
            lambda box: f"[${render(box)}$]",
            lambda thing: f"[${formula_typst(thing, style)}$]",
        )

    sides = ["left"] * grid.stubs + ["right"] * (len(grid.heads) - grid.stubs)
    lines = [
        "#table(",
        f"  columns: {len(sides)}, align: ({', '.join(sides)},), stroke: none,",
        "  table.hline(),",
        f"  table.header({', '.join(map(written, grid.heads))}),",
        "  table.hline(stroke: 0.5pt),",
        *(f"  {', '.join(map(written, row))}," for row in grid.rows),
        "  table.hline(),",
        ")",
    ]
    title = f"{written(grid.title)[1:-1]}\n\n" if grid.title else ""
    return title + "\n".join(lines)


def _raw(words: str, *, block: bool = False, language: str = "") -> str:
    """Words letter by letter: between backticks if they are short and have none."""
    if not block and words and not re.search(r"[`\n\r]", words):
        return f"`{words}`"
    options = ", block: true" * block + (f", lang: {quoted(language)}" if language else "")
    return f"#raw({quoted(words)}{options});"
