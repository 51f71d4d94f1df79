"""Directed graphs in GML, which networkx and yEd write.

Main definitions
----------------
read_gml : text to network with open tables.
write_gml : the graph of a network to text.

Notation
--------
``hidden 1`` marks a hidden node; an edge with ``bidirected 1`` is a hidden common cause.
"""

from __future__ import annotations

import html
import re

from symcausal.errors import LimitError, ModelError, ParseError, Source, Span
from symcausal.network.formats.assembly import Assembly, Content
from symcausal.network.formats.export import Export
from symcausal.patterns import late

_TOKEN = late(
    r"(?P<blank>\s+|\#[^\n]*)|(?P<string>\"[^\"]*\")|(?P<number>[+-]?[0-9.][0-9.eE+-]*)"
    r"|(?P<key>[A-Za-z_]\w*)|(?P<sign>[\[\]])|(?P<bad>.)",
    re.DOTALL,
)
_NO_CHARACTER = late(r"&#[0-9]{40,};?")  # a number that no character has, nor int() reads
_DEEPEST = 50
_MOST_ITEMS = 1_000_000


class _List:
    """The items between two brackets: keys with text or lists."""

    __slots__ = ("items", "span")

    def __init__(self, span: Span) -> None:
        self.items: list[tuple[str, str | _List]] = []
        self.span = span

    def lists(self, key: str) -> list[_List]:
        return [v for k, v in self.items if k == key and isinstance(v, _List)]

    def get(self, key: str) -> str:
        return next((v for k, v in self.items if k == key and isinstance(v, str)), "")


def read_gml(assembly: Assembly) -> Content:
    """Read a directed graph.

    Raises
    ------
    ParseError
        At the first sign that does not fit.
    ModelError
        If the graph is not directed, or has a circle.
    """
    source = assembly.source
    graphs = _tree(source).lists("graph")
    if len(graphs) != 1:
        raise ModelError(f"{len(graphs)} graphs", expected="one", span=Span(source, 0, 1))
    graph = graphs[0]
    if graph.get("directed") != "1":
        raise ModelError("a graph without directions", expected="directed 1", span=graph.span)
    names: dict[str, str] = {}
    for node in graph.lists("node"):
        number = node.get("id")
        if not number or number in names:
            assembly.fault(ModelError(f"the node id '{number}'", expected="each once"), node.span)
        name = node.get("label") or number
        names[number] = name
        assembly.variable(name, ("0", "1"), node.span)
        if node.get("hidden") == "1":
            assembly.hidden.append(name)
    for edge in graph.lists("edge"):
        ends = [edge.get("source"), edge.get("target")]
        unknown = next((end for end in ends if end not in names), None)
        if unknown is not None:
            assembly.fault(ModelError(f"an edge of the node '{unknown}'"), edge.span)
            continue
        sign = "<->" if edge.get("bidirected") == "1" else "->"
        assembly.arrow(names[ends[0]], sign, names[ends[1]], edge.span)
    return assembly.graph_content()


def _tree(source: Source) -> _List:
    stack, key, count = [_List(Span(source, 0, 0))], "", 0
    for found in _TOKEN.finditer(source.text):
        kind, text, span = found.lastgroup, found[0], Span(source, *found.span())
        if kind == "blank":
            continue
        count += 1
        if count > _MOST_ITEMS or len(stack) > _DEEPEST:
            raise LimitError("lists too long or too deep", span=span)
        if kind == "key" and not key:
            key = text
        elif text == "[" and key:
            inner = _List(span)
            stack[-1].items.append((key, inner))
            stack.append(inner)
            key = ""
        elif text == "]" and not key and len(stack) > 1:
            stack.pop()
        elif kind in ("string", "number", "key") and key:
            value = (
                html.unescape(_NO_CHARACTER.sub("\ufffd", text[1:-1])) if kind == "string" else text
            )
            stack[-1].items.append((key, value))
            key = ""
        else:
            expected = f"a value for {key}" if key else "a key and its value, or ']'"
            raise ParseError(f"'{text[:30]}'", expected=expected, span=span)
    if key or len(stack) > 1:
        end = len(source.text)
        raise ParseError("the end of the text", expected="']'", span=Span(source, end, end))
    return stack[0]


def write_gml(export: Export) -> str:
    """Write the graph as GML."""
    export.loses(hidden=False, tables=True)
    graph = export.network.graph
    lines = ["graph [", "  directed 1"]
    for i, name in enumerate(graph.nodes):
        label = "".join(c if c.isascii() and c not in '&"' else f"&#{ord(c)};" for c in name)
        hidden = " hidden 1" if name in graph.hidden else ""
        lines.append(f'  node [ id {i} label "{label}"{hidden} ]')
    for edges, mark in ((graph.directed, ""), (graph.bidirected, " bidirected 1")):
        for a, b in edges:
            ends = f"source {graph.index(a)} target {graph.index(b)}"
            lines.append(f"  edge [ {ends}{mark} ]")
    return "\n".join([*lines, "]"]) + "\n"
