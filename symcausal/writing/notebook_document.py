"""Documents as Jupyter notebooks: a Markdown cell for each section.

Main definitions
----------------
document_notebook : the JSON of a notebook.
"""

from __future__ import annotations

import json
from hashlib import sha256

from symcausal.record import replace
from symcausal.writing.blocks import Block, Heading
from symcausal.writing.document_facts import DocumentFacts
from symcausal.writing.markdown_document import document_markdown


def document_notebook(document: DocumentFacts) -> str:
    r"""Write a document as a notebook, which needs nothing to be run.

    Examples
    --------
    >>> from symcausal import Document
    >>> made = json.loads(document_notebook(Document("Title").heading("One").paragraph("Words.")))
    >>> ["".join(cell["source"]) for cell in made["cells"]]
    ['# Title', '## One\n\nWords.']
    """
    sections: list[list[Block]] = [[]]
    for block in document.blocks:
        if isinstance(block, Heading) and block.level <= 2:  # smaller ones stay with their section
            sections.append([])
        sections[-1].append(block)
    texts = [
        document_markdown(
            replace(document, title="" if number else document.title, blocks=tuple(blocks))
        )
        for number, blocks in enumerate(sections)
    ]
    cells = [_cell(number, text.strip("\n")) for number, text in enumerate(texts) if text.strip()]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _cell(number: int, text: str) -> dict[str, object]:
    name = sha256(f"{number}\n{text}".encode()).hexdigest()[:8]  # the same at each run
    return {
        "cell_type": "markdown",
        "id": name,
        "metadata": {},
        "source": text.splitlines(keepends=True),
    }
