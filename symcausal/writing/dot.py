"""Pictures of graphs as DOT, for Graphviz.

Main definitions
----------------
dot : print a picture.
"""

from __future__ import annotations

from symcausal.writing.picture import Picture


def dot(picture: Picture) -> str:
    """The graph for Graphviz, which finds the places itself."""
    lines = ["digraph {"]
    for name in picture.graph.nodes:
        style = " [style=dashed]" if name in picture.graph.hidden else ""
        if name in picture.done:
            style = f" [shape=box, label={_quoted(picture.words(name))}]"
        lines.append(f"  {_quoted(name)}{style};")
    graph = picture.mutilated
    lines += [f"  {_quoted(a)} -> {_quoted(b)};" for a, b in graph.directed]
    lines += [
        f"  {_quoted(a)} -> {_quoted(b)} [dir=both, style=dashed, constraint=false];"
        for a, b in graph.bidirected
    ]
    return "\n".join([*lines, "}"])


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
