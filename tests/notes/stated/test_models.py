"""The graphs that notes state, as the text of models: all of them, each below its line."""

from __future__ import annotations

from pathlib import Path

from symcausal.notes.models import models_of
from symcausal.reading.model_language import read_model

NOTES = """# One

```mermaid
graph LR
R[Rain] --> W[Wet grass]
S --> W
```

The graph is $A \\to B \\to C$, so $P(C|A,B)=P(C|B)$.

# Two

```python
m = BayesianNetwork([("smoke", "tar"), ("tar", "cancer")])
```

A map $f: X \\to Y \\to Z$, and a list: U -> V -> W.

```dot
digraph { A -> B; A -> C [style=invis] }
```
"""
UNUSED = "# no formula has its names, so that it is not used"


def told(text: str, folder: Path) -> list[str]:
    """The models of some notes, one by one."""
    path = folder / "notes.md"
    path.write_text(text, encoding="utf-8")
    return models_of(str(path)).split("\n\n")


def test_all_graphs_with_their_lines(tmp_path: Path) -> None:
    drawn, arrows, code, unread = told(NOTES, tmp_path)
    assert drawn.splitlines()[:2] == ["# line 4: a drawing", UNUSED]
    assert arrows.splitlines()[0] == "# line 9: arrows"
    assert UNUSED not in arrows
    assert code.splitlines()[:2] == ["# line 14: code", UNUSED]
    assert unread.splitlines()[0] == "# line 20: a drawing"
    edges = [read_model(text).network.graph.directed for text in (drawn, arrows, code)]
    assert edges == [
        (("Rain", "Wet_grass"), ("S", "Wet_grass")),
        (("A", "B"), ("B", "C")),
        (("smoke", "tar"), ("tar", "cancer")),
    ]


def test_a_graph_that_is_not_wholly_read_is_no_model(tmp_path: Path) -> None:
    *_, unread = told(NOTES, tmp_path)
    assert all(line.startswith("# ") for line in unread.splitlines() if line)
    assert "not wholly read" in unread


def test_notes_without_formulas(tmp_path: Path) -> None:
    (only,) = told("The DAG is A -> B -> C.", tmp_path)
    assert read_model(only).network.graph.directed == (("A", "B"), ("B", "C"))
    assert told("A recipe: stir -> bake -> eat.", tmp_path) == [""]
