"""Directed graphs in the language of Graphviz.

Main definitions
----------------
read_dot : text to network with open tables.
write_dot : the graph of a network to text, as ``draw --format dot`` writes it.

Notation
--------
An edge with ``dir=both`` is a hidden common cause, one with ``dir=back`` points the other way; a node
with ``style=dashed`` is hidden.
"""

from __future__ import annotations

from symcausal.errors import ModelError
from symcausal.network.formats.arrows import read_arrows
from symcausal.network.formats.assembly import Assembly, Content
from symcausal.network.formats.export import Export

_SIGNS = {"both": "<->", "back": "<-", "forward": "->", "": "->", "none": "--"}


def read_dot(assembly: Assembly) -> Content:
    """Read a directed graph; what only says how to draw it is passed over.

    Raises
    ------
    ParseError
        At the first sign that does not fit.
    ModelError
        If the graph is not directed, or has a circle.
    """
    picture = read_arrows(assembly.source)
    if picture.kind != "digraph":
        assembly.fault(
            ModelError(f"a graph of the kind {picture.kind}", expected="digraph"),
            picture.kind_span,
        )
        assembly.refuse_problems()
    for name, span in picture.names.items():
        attributes = picture.attributes.get(name, {})
        label = attributes.get("label", "")
        shown = label if label.isprintable() and '"' not in label and label != name else ""
        assembly.variable(name, ("0", "1"), span, label="" if "\\" in shown else shown)
        if "dashed" in attributes.get("style", "").split(","):
            assembly.hidden.append(name)
    for arrow in picture.arrows:
        sign = arrow.sign
        if sign == "->":
            sign = _SIGNS.get(arrow.attributes.get("dir", ""), "--")
        assembly.arrow(arrow.left, sign, arrow.right, arrow.span)
    return assembly.graph_content()


def write_dot(export: Export) -> str:
    """Write the graph for Graphviz."""
    export.loses(hidden=False, labels=False, tables=True)
    network, lines = export.network, ["digraph {"]
    for name in network.graph.nodes:
        label = network.variable(name).label
        marks = [f"label={_quoted(label)}"] if label else []
        marks += ["style=dashed"] if name in network.graph.hidden else []
        lines.append(f"  {_quoted(name)}{' [' + ', '.join(marks) + ']' if marks else ''};")
    lines += [f"  {_quoted(a)} -> {_quoted(b)};" for a, b in network.graph.directed]
    lines += [
        f"  {_quoted(a)} -> {_quoted(b)} [dir=both, style=dashed, constraint=false];"
        for a, b in network.graph.bidirected
    ]
    return "\n".join([*lines, "}"]) + "\n"


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
