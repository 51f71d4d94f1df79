"""Graphs that the calls of Python code build up.

The calls of ``graphviz`` are written as a text in its language, whose reader says what is drawn.

Main definitions
----------------
MadeGraph : a graph, as far as its calls have come.
PythonDrawing : a drawing of ``graphviz``, likewise.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping

from symcausal.notes.stated.drawings import drawing
from symcausal.notes.stated.edges import MOST_EDGES, Edges
from symcausal.record import replace

CONSTRUCTS = "Digraph"
GROWS = frozenset({"node", "edge", "edges", "attr"})
_ASIDE = frozenset({
    "name", "comment", "filename", "directory", "format", "engine", "encoding", "strict", "graph_attr",
    "renderer", "formatter",
})  # fmt: skip
_DEFAULTS = {"node_attr": "node", "edge_attr": "edge"}
_OF_WHAT = frozenset({"node", "edge", "graph"})
_ON_EDGES = frozenset({"label", "xlabel", "headlabel", "taillabel"})
"""Words on an edge, which make it a step of a machine or of a decision."""


class MadeGraph:
    """A graph, as far as its calls have come.

    Parameters
    ----------
    told : Edges
        What the call says that makes it.
    drawing : PythonDrawing or None
        The drawing that it is, if it is one.
    """

    def __init__(self, told: Edges, drawing: PythonDrawing | None = None) -> None:
        self._told = told
        self.directed, self.both = [*told.directed], [*told.bidirected]
        self.drawing = drawing
        self.is_used = False
        """Whether another graph of the code says all that it says."""

    def edges(self) -> Edges | None:
        """Return its edges, each once; None without an arrow, or with too many."""
        if self.drawing is not None:
            return self.drawing.drawn()
        if not self.directed or len(self.directed) + len(self.both) > MOST_EDGES:
            return None
        one, both = tuple(dict.fromkeys(self.directed)), tuple(dict.fromkeys(self.both))
        return replace(self._told, directed=one, bidirected=both)


class PythonDrawing:
    """A drawing, as far as its calls have come.

    Parameters
    ----------
    text_of : callable
        The text that an expression of code certainly is; None if that is not sure.
    value_of : callable
        What a name of code certainly holds; the expression itself if it is no such name.
    """

    def __init__(
        self,
        text_of: Callable[[ast.expr | None], str | None],
        value_of: Callable[[ast.expr], ast.expr],
    ) -> None:
        self._text_of = text_of
        self._value_of = value_of
        self._statements: list[str] = []

    def begin(self, call: ast.Call) -> bool:
        """Read the call that makes the drawing; whether it is understood."""
        if len(call.args) > 2 or any(isinstance(a, ast.Starred) for a in call.args):
            return False
        for told in call.keywords:
            if told.arg in _DEFAULTS:
                attributes = self._dictionary(told.value)
                if attributes is None or not self._default(_DEFAULTS[told.arg], attributes):
                    return False
            elif told.arg not in _ASIDE:
                return False
        return True

    def grow(self, method: str, call: ast.Call) -> bool:
        """Read a call that adds to the drawing; whether it is understood."""
        if len(self._statements) > MOST_EDGES:
            return False
        if method == "edges":
            return not call.keywords and len(call.args) == 1 and self._edges(call.args[0])
        attributes = self._attributes(call.keywords)
        texts = [self._text_of(argument) for argument in call.args]
        told = [text for text in texts if text is not None]
        if attributes is None or len(told) < len(texts):
            return False
        named = {
            "node": ("name", "label"),
            "edge": ("tail_name", "head_name", "label"),
            "attr": ("kw",),
        }[method]
        if len(told) > len(named) or not attributes.keys().isdisjoint(named[: len(told)]):
            return False
        attributes.update(zip(named, told, strict=False))
        if method == "attr":
            what = attributes.pop("kw", "graph")
            return what in _OF_WHAT and self._default(what, attributes)
        ends = [attributes.pop(name, "") for name in named[:-1]]
        if method == "edge" and not _ON_EDGES.isdisjoint(attributes):
            return False
        return self._statement(ends, attributes)

    def drawn(self) -> Edges | None:
        """Return the edges of the drawing; None if it states no graph."""
        return drawing("digraph {\n" + "\n".join(self._statements) + "\n}", "dot")

    def _edges(self, node: ast.expr) -> bool:
        node = self._value_of(node)
        if not isinstance(node, ast.List | ast.Tuple | ast.Set) or len(node.elts) > MOST_EDGES:
            return False
        for element in node.elts:
            pair = self._value_of(element)
            text = self._text_of(pair)
            if text is not None:
                ends: list[str | None] = [*text]  # "AB" goes from A to B
            elif isinstance(pair, ast.Tuple | ast.List):
                ends = [self._text_of(end) for end in pair.elts]
            else:
                return False
            known = [end for end in ends if end is not None]
            if len(ends) != 2 or len(known) != 2 or not self._statement(known, {}):
                return False
        return True

    def _statement(self, ends: list[str], attributes: Mapping[str, str]) -> bool:
        # graphviz takes what follows a colon for a port
        if not all(end.strip() and ":" not in end for end in ends) or not _is_plain(attributes):
            return False
        self._statements.append(" -> ".join(map(_quoted, ends)) + _bracketed(attributes))
        return True

    def _default(self, what: str, attributes: Mapping[str, str]) -> bool:
        if what == "edge" and not _ON_EDGES.isdisjoint(attributes):
            return False
        if what != "graph":
            self._statements.append(what + _bracketed(attributes))
        return what == "graph" or _is_plain(attributes)

    def _attributes(self, keywords: list[ast.keyword]) -> dict[str, str] | None:
        found: dict[str, str] = {}
        for told in keywords:
            text = self._attribute(told.value)
            if told.arg is None or told.arg == "_attributes" or text is None:
                return None
            found[told.arg] = text
        return found

    def _dictionary(self, node: ast.expr) -> dict[str, str] | None:
        node = self._value_of(node)
        if not isinstance(node, ast.Dict):
            return None
        keys = [None if key is None else self._text_of(key) for key in node.keys]
        values = [self._attribute(value) for value in node.values]
        found = {k: v for k, v in zip(keys, values, strict=True) if k is not None and v is not None}
        return found if len(found) == len(keys) else None

    def _attribute(self, node: ast.expr) -> str | None:
        """The text of an attribute, for which a number may stand."""
        value = self._value_of(node)
        if isinstance(value, ast.Constant) and isinstance(value.value, int | float):
            return str(value.value)
        return self._text_of(node)


def _is_plain(attributes: Mapping[str, str]) -> bool:
    """Whether the reader of the language takes attributes for what they are."""
    values = attributes.values()
    return all(name.isidentifier() for name in attributes) and not any(
        "\\" in value or value.lstrip().startswith("<") for value in values
    )


def _bracketed(attributes: Mapping[str, str]) -> str:
    told = (f"{name}={_quoted(' '.join(value.split()))}" for name, value in attributes.items())
    return f" [{', '.join(told)}];" if attributes else ";"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
