"""What stands beside formulas: headings with their levels, and code with its language."""

from __future__ import annotations

import json

import pytest

from symcausal.notes.files.items import CODE_SPAN
from symcausal.notes.files.reading import read_document

HEADINGS = [
    ("notes.md", "# One\n\ntext\n\n### Two ##\n\n```\n# no heading\n```\n", [(1, 1), (5, 3)]),
    ("notes.md", "> ## Quoted\n", [(1, 2)]),
    ("notes.tex", "\\section{One}\n% \\section{No}\n\\subsection*{Two}\n", [(1, 3), (3, 4)]),
]
CODE = [
    ("notes.md", "```mermaid\nA --> B\n```\n", [("mermaid", "A --> B")]),
    ("notes.md", "```{r, echo=FALSE}\nx <- 1\n```\n", [("r", "x <- 1")]),
    ("notes.md", "- item\n\n  ```{code-cell} ipython3\n  x = 1\n  ```\n", [("ipython3", "x = 1")]),
    ("notes.md", "```\nA -> B\n```\n", [("", "A -> B")]),
    ("notes.md", "words\n\n    A -> B\n\nwords", [("", "A -> B")]),
    ("notes.md", "The graph `A -> B`, and `code`.", [(CODE_SPAN, "A -> B")]),
    ("notes.tex", "\\begin{lstlisting}[language=Python]\nx\n\\end{lstlisting}", [("python", "x")]),
    ("notes.tex", "\\begin{minted}{r}\nx\n\\end{minted}", [("r", "x")]),
    ("notes.tex", "\\begin{verbatim}\nx\n\\end{verbatim}", []),
    ("notes.tex", "\\begin{tikzpicture}\nx\n\\end{tikzpicture}", [("tikzpicture", "x")]),
    ("notes.tex", "% \\begin{tikzpicture}\n% x\n% \\end{tikzpicture}", []),
]


@pytest.mark.parametrize(("path", "text", "expected"), HEADINGS)
def test_headings(path: str, text: str, expected: list[tuple[int, int]]) -> None:
    document = read_document(text, path)
    assert [(h.position.line, h.level) for h in document.headings] == expected


@pytest.mark.parametrize(("path", "text", "expected"), CODE)
def test_code(path: str, text: str, expected: list[tuple[str, str]]) -> None:
    document = read_document(text, path)
    assert [(block.language, block.text.strip()) for block in document.code] == expected
    for block in document.code:
        assert block.part.original[block.offset : block.end] == block.text


def test_code_cells_of_a_notebook() -> None:
    cells = [
        {"cell_type": "markdown", "source": "# Title"},
        {"cell_type": "code", "source": ["x = 1\n", "y = 2"]},
    ]
    metadata = {"kernelspec": {"language": "R"}}
    document = read_document(json.dumps({"cells": cells, "metadata": metadata}), "notes.ipynb")
    assert [(b.language, b.text, b.part.cell) for b in document.code] == [("r", "x = 1\ny = 2", 2)]
    assert [(h.part.cell, h.level) for h in document.headings] == [(1, 1)]
