"""Jupyter notebooks: the Markdown cells, each a text with places of its own, and the code beside them.

Main definitions
----------------
scan_notebook : the items of a notebook. Macros of a cell hold in the cells after it.
"""

from __future__ import annotations

import json

from symcausal.errors import LimitError, ParseError, Source, Span
from symcausal.notes.files.items import CodeBlock, FilePart
from symcausal.notes.files.markdown import MAX_LINES, scan_markdown
from symcausal.notes.files.scanner import Notes
from symcausal.patterns import late

MAX_MARKDOWN = 5_000_000
MAX_CELLS = 20_000

_LONE_SURROGATE = late("[\ud800-\udfff]")


def scan_notebook(notes: Notes, path: str, text: str) -> None:
    """Gather the items of a notebook's Markdown cells.

    Raises
    ------
    ParseError
        If the text is no JSON, or has no cells.
    LimitError
        If it is nested too deep, or holds too much.
    """
    source = Source(text, path)
    length = lines = 0
    whole = _read(text, source)
    language = _language(whole)
    for number, cell in enumerate(_cells(whole, source), 1):
        if not isinstance(cell, dict) or cell.get("cell_type") not in ("markdown", "code"):
            continue
        written = cell.get("source")
        if isinstance(written, list):
            written = "".join(line for line in written if isinstance(line, str))
        if not isinstance(written, str):
            continue
        written = _LONE_SURROGATE.sub("\ufffd", written)
        if cell["cell_type"] == "code":
            part = FilePart(path, number, written, Source(written, f"{path}:cell {number}"))
            notes.code.append(CodeBlock(written, 0, part, language))
            continue
        length += len(written)
        lines += written.count("\n")
        if length > MAX_MARKDOWN or lines > MAX_LINES:
            raise LimitError(
                f"{path} holds more than {MAX_MARKDOWN} characters or {MAX_LINES} lines of words",
                hint="split the notebook",
            )
        scan_markdown(notes, path, number, written, f"{path}:cell {number}")


def _read(text: str, source: Source) -> object:
    start = Span(source, 0, 1)
    try:
        return json.loads(text, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        raise ParseError(
            f"no notebook: {error.msg[:1].lower() + error.msg[1:]}",
            hint="a notebook is a JSON file",
            span=Span(source, error.pos, error.pos + 1),
        ) from None
    except RecursionError:
        raise LimitError("a notebook with brackets nested too deep", span=start) from None


def _language(whole: object) -> str:
    """Return the language of the code cells, in small letters."""
    metadata = whole.get("metadata") if isinstance(whole, dict) else None
    for key, inner in (("language_info", "name"), ("kernelspec", "language")):
        told = metadata.get(key) if isinstance(metadata, dict) else None
        name = told.get(inner) if isinstance(told, dict) else None
        if isinstance(name, str):
            return name.casefold()
    return "python"


def _cells(whole: object, source: Source) -> list[object]:
    start = Span(source, 0, 1)
    cells = whole.get("cells") if isinstance(whole, dict) else None
    if cells is None and isinstance(whole, dict) and isinstance(whole.get("worksheets"), list):
        sheets = [sheet for sheet in whole["worksheets"] if isinstance(sheet, dict)]
        cells = [cell for s in sheets if isinstance(s.get("cells"), list) for cell in s["cells"]]
    if not isinstance(cells, list):
        raise ParseError(
            "a JSON file without cells", expected="a list 'cells', as notebooks have", span=start
        )
    if len(cells) > MAX_CELLS:
        raise LimitError(f"a notebook of {len(cells)} cells", expected=f"at most {MAX_CELLS}")
    return cells
