"""Graphs in Python code: pgmpy, networkx, pyAgrum, DoWhy, y0, causalgraphicalmodels.

Code is parsed into its syntax tree and read, never run. Only literal edges count.

Main definitions
----------------
graphs_in_python : the edges that a cell states.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from symcausal.notes.stated.arrows import arrows_of
from symcausal.notes.stated.drawings import of_text
from symcausal.notes.stated.edges import MOST_EDGES, Edges, NamedEdge
from symcausal.notes.stated.python_uses import called, only_looks, parsed
from symcausal.patterns import late

_CAUSAL_MODELS = frozenset({
    "BayesianNetwork", "BayesianModel", "DiscreteBayesianNetwork", "LinearGaussianBayesianNetwork",
    "DAG", "CausalGraphicalModel", "StructuralCausalModel", "DBN",
})  # fmt: skip
_DIRECTED = frozenset({"DiGraph", *_CAUSAL_MODELS})
_GROWS = frozenset({"add_edges_from", "add_edge", "add_directed_edge", "add_undirected_edge"})
_FAST = frozenset({"fastBN", "fastPrototype"})
_NOT_CAUSAL = late(
    r"\b(?:road|street|city|cities|route|weight|distance|capacity|flow|task|depend(?:s|encies)|follow(?:s|ers)?"
    r"|friend|web|link|page)\w*\b",
    re.I,
)
_BINDS = late(
    r"^(\w+)\s*(?::[^=\n]*)?=[^\n]*\b(?:DiGraph|BayesianNetwork|BayesianModel|\w+BayesianNetwork|DAG|fastBN"
    r"|CausalGraphicalModel|StructuralCausalModel|fastPrototype|from_edges|from_str_edges|NxMixedGraph)\(",
    re.MULTILINE,
)
_STATES = late(r"\[[^\[\]]*\]|\{[^{}]*\}")


def graphs_in_python(code: str) -> Iterator[Edges]:
    """Yield the edges of each graph that code makes with literal names, in order.

    Examples
    --------
    >>> [e.directed for e in graphs_in_python("m = BayesianNetwork([('X', 'Y'), ('Y', 'Z')])")]
    [(('X', 'Y'), ('Y', 'Z'))]
    >>> list(graphs_in_python("nx.Graph([('X', 'Y')])"))
    []
    """
    tree = parsed(code)
    if tree is None:
        return
    reader = _CellReader(code)
    for statement in tree.body:
        reader.statement(statement)
    if not reader.broken and only_looks(tree, reader.tracked, reader.understood):
        yield from reader.graphs()


def graph_names(code: str) -> frozenset[str]:
    """Return the variables of code that hold a graph."""
    return frozenset(_BINDS.findall(code))


def keeps_graphs(code: str, names: frozenset[str]) -> bool:
    """Decide whether code certainly leaves the graphs that some of its variables hold as they are."""
    tree = parsed(code)
    bound = graph_names(code)
    return tree is None or only_looks(tree, names - bound, set())


class _CellReader:
    """Gather the graphs that the statements of a cell build up, by the name of their variable."""

    def __init__(self, code: str) -> None:
        self.made: list[tuple[list[NamedEdge], list[NamedEdge], list[str], bool]] = []
        self.by_name: dict[str, int] = {}
        self.literals: dict[str, ast.expr] = {}
        self.broken: set[int] = set()
        self.tracked: set[str] = set()  # the names of graphs, and of what they are made of
        self.understood: set[int] = set()  # uses of these names
        self.is_other = _NOT_CAUSAL.search(code) is not None

    def statement(self, node: ast.stmt) -> None:
        """Read one statement; what stands in branches, loops and functions is not sure to happen."""
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target = node.targets[0]
            name = target.id if isinstance(target, ast.Name) else ""
            if isinstance(node.value, ast.Call):
                before = len(self.made)
                self._call(node.value, name)
                if not name:  # what holds the graph may be changed under another name
                    self.broken |= {*range(before, len(self.made))}
            elif name:
                self.by_name.pop(name, None)
                self.literals[name] = node.value
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            self._call(node.value, "")
        elif isinstance(node, ast.For | ast.While | ast.If | ast.With | ast.Try):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Name) and inner.id in self.by_name:
                    self.broken.add(self.by_name[inner.id])

    def _call(self, call: ast.Call, target: str) -> None:
        function = called(call)
        owner = _owner(call)
        if owner in self.by_name and function.startswith(("add_", "remove_")):
            self._grow(self.by_name[owner], function, call)
            return
        if target:
            self.by_name.pop(target, None)
        if function in _DIRECTED:
            self._directed(call, function, target)
        elif function in _FAST:
            edges = _fast(self._text(call.args[0]) if call.args else None)
            if edges is not None:
                self._keep(target, [*edges.directed], [], [])
        elif function in ("from_edges", "from_str_edges", "NxMixedGraph"):
            self._y0(call, target)
        else:
            self._strings(call, target)

    def _directed(self, call: ast.Call, function: str, target: str) -> None:
        if function == "DiGraph" and self.is_other:
            return
        given = {k.arg: k.value for k in call.keywords if k.arg}
        first = call.args[0] if call.args else given.get("ebunch", given.get("incoming_graph_data"))
        if "edges" in given:
            first = given["edges"]
        text = self._text(first)
        if text is not None:
            self._of_text(text, target)
            return
        edges = self._edges(first) if first is not None else []
        both = self._edges(given["latent_edges"]) if "latent_edges" in given else []
        hidden = self._names(given.get("latents"))
        if edges is None or both is None or hidden is None:
            return
        self._keep(target, edges, both, hidden, plain=function == "DiGraph")

    def _y0(self, call: ast.Call, target: str) -> None:
        given = {k.arg: k.value for k in call.keywords if k.arg}
        first = given.get("directed", call.args[0] if call.args else None)
        second = given.get("undirected", call.args[1] if len(call.args) > 1 else None)
        edges = self._edges(first) if first is not None else []
        both = self._edges(second) if second is not None else []
        if edges is not None and both is not None:
            self._keep(target, edges, both, [])

    def _strings(self, call: ast.Call, target: str) -> None:
        """A graph in a string: ``CausalModel(graph="digraph {...}")``, ``parse_gml("graph [...]")``."""
        given = [k.value for k in call.keywords if k.arg in ("graph", "dag", "causal_graph")]
        for value in (*given, *call.args[:1]):
            text = self._text(value)
            if text is not None:
                self._of_text(text, target)
                return

    def _of_text(self, text: str, target: str) -> None:
        edges = of_text(text)
        if edges is None:
            return
        self._keep(target, [*edges.directed], [*edges.bidirected], [*edges.hidden])

    def _grow(self, number: int, function: str, call: ast.Call) -> None:
        directed, both = self.made[number][:2]
        if function in _GROWS and isinstance(call.func, ast.Attribute):
            self.understood.add(id(call.func.value))
        if function in ("add_edges_from", "add_edge"):
            edges = (
                self._edges(call.args[0]) if function == "add_edges_from" and call.args else None
            )
            if function == "add_edge" and len(call.args) >= 2:
                one, other = self._name(call.args[0]), self._name(call.args[1])
                edges = None if one is None or other is None else [(one, other)]
            if edges is None:
                self.broken.add(number)
            else:
                directed += edges
        elif function in ("add_directed_edge", "add_undirected_edge"):
            names = [self._name(argument) for argument in call.args[:2]]
            if len(names) < 2 or None in names:
                self.broken.add(number)
            else:
                pair = (str(names[0]), str(names[1]))
                (directed if function == "add_directed_edge" else both).append(pair)
        elif function.startswith("remove_"):
            self.broken.add(number)

    # -- literals ---------------------------------------------------------------------------------
    def _edges(self, node: ast.expr) -> list[NamedEdge] | None:
        node = self._value(node)
        found: list[NamedEdge] = []
        if not isinstance(node, ast.List | ast.Tuple | ast.Set):
            return None
        for element in node.elts[: MOST_EDGES + 1]:
            if not isinstance(element, ast.Tuple | ast.List) or len(element.elts) not in (2, 3):
                return None
            if len(element.elts) == 3:
                return None  # an edge with a weight is one of a map, not of causes
            one, other = self._name(element.elts[0]), self._name(element.elts[1])
            if one is None or other is None:
                return None
            found.append((one, other))
        return found

    def _names(self, node: ast.expr | None) -> list[str] | None:
        if node is None:
            return []
        node = self._value(node)
        if not isinstance(node, ast.List | ast.Tuple | ast.Set):
            return None
        names = [self._name(element) for element in node.elts]
        return None if None in names else [str(name) for name in names]

    def _name(self, node: ast.expr) -> str | None:
        """A name as a string; a capital of its own is a symbol, as y0 has them."""
        if isinstance(node, ast.Name) and node.id not in self.literals:
            return node.id if node.id[:1].isupper() else None
        node = self._value(node)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return node.value
        return None

    def _text(self, node: ast.expr | None) -> str | None:
        node = None if node is None else self._value(node)
        if isinstance(node, ast.Call) and called(node) in ("replace", "strip"):
            inner = node.func.value if isinstance(node.func, ast.Attribute) else None
            return self._text(inner)
        return (
            node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
        )

    def _value(self, node: ast.expr) -> ast.expr:
        if not isinstance(node, ast.Name) or node.id not in self.literals:
            return node
        self.tracked.add(node.id)
        self.understood.add(id(node))
        return self.literals[node.id]

    # -- what was found ---------------------------------------------------------------------------
    def _keep(
        self,
        target: str,
        directed: list[NamedEdge],
        both: list[NamedEdge],
        hidden: list[str],
        *,
        plain: bool = False,
    ) -> None:
        if target:
            self.by_name[target] = len(self.made)
            self.tracked.add(target)
        self.made.append((directed, both, hidden, plain))

    def graphs(self) -> Iterator[Edges]:
        """Yield the graphs of the cell."""
        for number, (directed, both, hidden, plain) in enumerate(self.made):
            if directed and number not in self.broken and len(directed) + len(both) <= MOST_EDGES:
                one, two = tuple(dict.fromkeys(directed)), tuple(dict.fromkeys(both))
                yield Edges(one, two, tuple(hidden), plain=plain)


def _owner(call: ast.Call) -> str:
    function = call.func
    inside = function.value if isinstance(function, ast.Attribute) else None
    return inside.id if isinstance(inside, ast.Name) else ""


def _fast(text: str | None) -> Edges | None:
    """Return the edges of pyAgrum's short form ``A->B<-C;B->D``, states in brackets left out."""
    return None if text is None else arrows_of(_STATES.sub("", text).replace(" ", "").strip(";"))
