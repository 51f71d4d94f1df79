"""The notebooks of ``examples``: their cells are run, and what they show stands in them.

The cells run one after the other in one process, as IPython runs them: what the last line of a cell
gives is shown by ``_repr_mimebundle_``, what is printed is kept. No kernel is started.

Main definitions
----------------
NOTEBOOKS : their files.
play : a notebook as it should stand, by running its cells.
"""

from __future__ import annotations

import ast
import io
import json
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout
from pathlib import Path

from tests.command_line import EXAMPLES

NOTEBOOKS = sorted(EXAMPLES.glob("*.ipynb"))


def play(path: Path) -> str:
    """Run the cells of a notebook; give its text back with what they show now."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    names: dict[str, object] = {"__name__": "__main__"}
    count = 0
    with chdir(path.parent):
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                count += 1
                source = "".join(cell["source"])
                cell["execution_count"] = count
                cell["outputs"] = list(_outputs(source, names, f"{path.name}[{count}]", count))
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _outputs(
    source: str, names: dict[str, object], place: str, count: int
) -> Iterator[dict[str, object]]:
    """What a cell shows: what it prints, then its last value."""
    tree = ast.parse(source, place)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    value = None
    with redirect_stdout(printed):
        exec(compile(tree, place, "exec"), names)
        if last is not None:
            value = eval(compile(ast.Expression(last.value), place, "eval"), names)
    if printed.getvalue():
        yield {"name": "stdout", "output_type": "stream", "text": _lines(printed.getvalue())}
    if value is not None:
        show = getattr(value, "_repr_mimebundle_", None)
        bundle = show() if callable(show) else {}
        bundle.setdefault("text/plain", repr(value))
        yield {
            "data": {kind: _lines(shown) for kind, shown in sorted(bundle.items())},
            "execution_count": count,
            "metadata": {},
            "output_type": "execute_result",
        }


def _lines(text: str) -> list[str]:
    """Text as notebooks keep it."""
    return text.splitlines(keepends=True)
