"""Graphs in Python code: pgmpy, networkx, pyAgrum, DoWhy, y0, causalgraphicalmodels.

Code is parsed into its syntax tree and read, never run. Only literal edges count, in calls of known
functions with nothing else in them that may be an edge.

Main definitions
----------------
graphs_in_python : the edges that a cell states.
names_in_python : the variables that hold them.
keeps_in_python : whether code certainly leaves what some variables hold.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping

from symcausal.notes.stated.arrows import arrows_of
from symcausal.notes.stated.drawings import of_text
from symcausal.notes.stated.edges import MOST_EDGES, Edges, NamedEdge
from symcausal.notes.stated.python_uses import (
    aliases,
    called,
    mentions,
    only_looks,
    parsed,
    reaches_all,
)
from symcausal.patterns import late

_CAUSAL_MODELS = frozenset({
    "BayesianNetwork", "BayesianModel", "DiscreteBayesianNetwork", "LinearGaussianBayesianNetwork",
    "DAG", "CausalGraphicalModel", "StructuralCausalModel", "DBN",
})  # fmt: skip
_DIRECTED = frozenset({"DiGraph", *_CAUSAL_MODELS})
_GROWS = frozenset({"add_edges_from", "add_edge", "add_directed_edge", "add_undirected_edge"})
_FAST = frozenset({"fastBN", "fastPrototype"})
_MIXED = frozenset({"from_edges", "from_str_edges", "NxMixedGraph"})
_OF_TEXT = frozenset({
    "CausalModel", "CausalGraph", "parse_gml", "from_dagitty", "from_dot", "from_gml", "from_string",
    "Source", "AGraph", "graph_from_dot_data",
})  # fmt: skip
_MAKERS = _DIRECTED | _FAST | _MIXED | _OF_TEXT
_ASIDE = frozenset({
    "name", "nodes", "data", "df", "treatment", "outcome", "exposures", "outcomes", "logging_level",
    "proceed_when_unidentifiable", "label", "filename", "format", "engine",
})  # fmt: skip
"""What is told to a maker of graphs besides their edges."""
_EDGES = frozenset({
    "ebunch", "incoming_graph_data", "edges", "latent_edges", "latents", "directed", "undirected",
    "graph", "dag", "causal_graph", "arcs",
})  # fmt: skip
_NOT_CAUSAL = late(
    r"\b(?:road|street|city|cities|route|weight|distance|capacity|flow|task|depend(?:s|encies)|follow(?:s|ers)?"
    r"|friend|web|link|page)\w*\b",
    re.I,
)
_LOOKS_AT = late(r"(?:draw|plot|show|print)\w*|display")
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
    read = _read(code)
    if read is not None:
        yield from read.graphs()


def names_in_python(code: str) -> frozenset[str]:
    """Return the variables of code that hold the graphs that it states."""
    read = _read(code)
    return frozenset() if read is None else frozenset(read.by_name)


def keeps_in_python(code: str, names: frozenset[str]) -> bool:
    """Decide whether code certainly leaves the graphs that some of its variables hold as they are."""
    tree = parsed(code)
    if tree is None:
        return not mentions(code, names)
    if reaches_all(tree, _MAKERS):
        return False
    return only_looks(tree, names - names_in_python(code), set())


def _read(code: str) -> _CellReader | None:
    """Return what a cell makes; None where any of it is not understood, or may be changed."""
    tree = parsed(code)
    if tree is None or reaches_all(tree, _MAKERS):
        return None
    reader = _CellReader(code, aliases(tree))
    for statement in tree.body:
        reader.statement(statement)
    makes = (n for n in ast.walk(tree) if isinstance(n, ast.Call) and reader.function(n) in _MAKERS)
    if reader.broken or not all(id(call) in reader.understood for call in makes):
        return None
    return reader if only_looks(tree, reader.tracked, reader.understood) else None


class _CellReader:
    """Gather the graphs that the statements of a cell build up, by the name of their variable."""

    def __init__(self, code: str, imported: Mapping[str, str]) -> None:
        self.made: list[tuple[list[NamedEdge], list[NamedEdge], list[str], bool]] = []
        self.by_name: dict[str, int] = {}
        self.literals: dict[str, ast.expr] = {}
        self.broken = False
        self.tracked: set[str] = set()  # the names of graphs, and of what they are made of
        self.understood: set[int] = set()  # calls, and uses of these names
        self.is_other = _NOT_CAUSAL.search(code) is not None
        self._imported = imported

    def function(self, call: ast.Call) -> str:
        """Return the function that a call calls, by the name that it has where it comes from."""
        name = called(call)
        return self._imported.get(name, name) if isinstance(call.func, ast.Name) else name

    def statement(self, node: ast.stmt) -> None:
        """Read one statement; what stands in branches, loops and functions is not sure to happen."""
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target = node.targets[0]
            name = target.id if isinstance(target, ast.Name) else ""
            before = len(self.made)
            if isinstance(node.value, ast.Call):
                self._call(node.value, name)
                if not name and len(self.made) > before:
                    self.broken = True  # it may be changed under another name
            elif name:
                self.literals[name] = node.value
            if name in self.by_name and len(self.made) == before:
                self.broken = True  # the name has another graph now, or none
            if name:
                self.understood.add(id(target))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            self._call(node.value, "")

    def _call(self, call: ast.Call, target: str) -> None:
        function = self.function(call)
        owner = _owner(call)
        if owner in self.by_name and function.startswith(("add_", "remove_")):
            self._grow(self.by_name[owner], function, call)
        elif function in _MAKERS:
            given = {k.arg for k in call.keywords}
            if any(isinstance(a, ast.Starred) for a in call.args) or not given <= _ASIDE | _EDGES:
                return
            if function in _DIRECTED:
                self._directed(call, function, target)
            elif function in _FAST:
                edges = _fast(self._text(call.args[0]) if call.args else None)
                if edges is not None:
                    self._keep(call, target, [*edges.directed], [], [])
            elif function in _MIXED:
                self._y0(call, target)
            else:
                self._strings(call, target)
        elif target in self.by_name:
            self.broken = True
        elif _LOOKS_AT.fullmatch(function) and call.args and isinstance(call.args[0], ast.Call):
            self._call(call.args[0], "")

    def _directed(self, call: ast.Call, function: str, target: str) -> None:
        if function == "DiGraph" and self.is_other:
            self.understood.add(id(call))
            return
        if len(call.args) > 1:
            return
        given = {k.arg: k.value for k in call.keywords if k.arg}
        first = call.args[0] if call.args else given.get("ebunch", given.get("incoming_graph_data"))
        if "edges" in given:
            first = given["edges"]
        text = self._text(first)
        if text is not None:
            self._of_text(call, text, target)
            return
        edges = self._edges(first) if first is not None else []
        both = self._edges(given["latent_edges"]) if "latent_edges" in given else []
        hidden = self._names(given.get("latents"))
        if edges is None or both is None or hidden is None:
            return
        self._keep(call, target, edges, both, hidden, plain=function == "DiGraph")

    def _y0(self, call: ast.Call, target: str) -> None:
        given = {k.arg: k.value for k in call.keywords if k.arg}
        first = given.get("directed", call.args[0] if call.args else None)
        second = given.get("undirected", call.args[1] if len(call.args) > 1 else None)
        edges = self._edges(first) if first is not None else []
        both = self._edges(second) if second is not None else []
        if edges is not None and both is not None:
            self._keep(call, target, edges, both, [])

    def _strings(self, call: ast.Call, target: str) -> None:
        """A graph in a string: ``CausalModel(graph="digraph {...}")``, ``parse_gml("graph [...]")``."""
        given = [k.value for k in call.keywords if k.arg in ("graph", "dag", "causal_graph")]
        first = call.args[3:4] if self.function(call) == "CausalModel" else call.args[:1]
        texts = [text for text in map(self._text, (*given, *first)) if text is not None]
        if len(texts) == 1:
            self._of_text(call, texts[0], target)

    def _of_text(self, call: ast.Call, text: str, target: str) -> None:
        edges = of_text(text)
        if edges is None:
            return
        self._keep(call, target, [*edges.directed], [*edges.bidirected], [*edges.hidden])

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
                self.broken = True
            else:
                directed += edges
        elif function in ("add_directed_edge", "add_undirected_edge"):
            names = [self._name(argument) for argument in call.args[:2]]
            if len(names) < 2 or None in names:
                self.broken = True
            else:
                pair = (str(names[0]), str(names[1]))
                (directed if function == "add_directed_edge" else both).append(pair)
        elif function.startswith("remove_"):
            self.broken = True

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
        if isinstance(node, ast.Call) and _only_blanks(node):
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
        call: ast.Call,
        target: str,
        directed: list[NamedEdge],
        both: list[NamedEdge],
        hidden: list[str],
        *,
        plain: bool = False,
    ) -> None:
        self.understood.add(id(call))
        if target:
            self.by_name[target] = len(self.made)
            self.tracked.add(target)
        self.made.append((directed, both, hidden, plain))

    def graphs(self) -> Iterator[Edges]:
        """Yield the graphs of the cell."""
        names = {number: name for name, number in self.by_name.items()}
        for number, (directed, both, hidden, plain) in enumerate(self.made):
            if directed and len(directed) + len(both) <= MOST_EDGES:
                one, two = tuple(dict.fromkeys(directed)), tuple(dict.fromkeys(both))
                held_as = names.get(number, "")
                yield Edges(one, two, tuple(hidden), plain=plain, held_as=held_as)


def _only_blanks(call: ast.Call) -> bool:
    r"""Whether a call only takes blanks and ends of lines from a text: ``.replace("\n", " ")``."""
    told = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if call.keywords or len(told) < len(call.args) or any(text.strip() for text in told):
        return False
    return (called(call), len(told)) in (("strip", 0), ("replace", 2))


def _owner(call: ast.Call) -> str:
    function = call.func
    inside = function.value if isinstance(function, ast.Attribute) else None
    return inside.id if isinstance(inside, ast.Name) else ""


def _fast(text: str | None) -> Edges | None:
    """Return the edges of pyAgrum's short form ``A->B<-C;B->D``, states in brackets left out."""
    return None if text is None else arrows_of(_STATES.sub("", text).replace(" ", "").strip(";"))
