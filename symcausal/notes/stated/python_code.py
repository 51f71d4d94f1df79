"""Graphs in Python code: pgmpy, networkx, graphviz, pyAgrum, DoWhy, y0, causalgraphicalmodels.

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

from symcausal.notes.stated.agrum import fast_edges, with_causes
from symcausal.notes.stated.drawings import of_text
from symcausal.notes.stated.edges import MOST_EDGES, Edges, NamedEdge
from symcausal.notes.stated.python_drawings import CONSTRUCTS, GROWS, MadeGraph, PythonDrawing
from symcausal.notes.stated.python_uses import (
    aliases,
    called,
    mentions,
    only_looks,
    owner_of,
    parsed,
    reaches_all,
)
from symcausal.patterns import late
from symcausal.record import replace

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
_MAKERS = _DIRECTED | _FAST | _MIXED | _OF_TEXT | {CONSTRUCTS}
_ASIDE = frozenset({
    "name", "nodes", "data", "df", "treatment", "outcome", "exposures", "outcomes", "logging_level",
    "proceed_when_unidentifiable", "label", "filename", "format", "engine",
})  # fmt: skip
"""What is told to a maker of graphs besides their edges."""
_EDGES = frozenset({
    "ebunch", "incoming_graph_data", "edges", "latent_edges", "latents", "directed", "undirected",
    "graph", "dag", "causal_graph", "arcs", "bn", "latentVarsDescriptor", "keepArcs",
})  # fmt: skip
_NOT_CAUSAL = late(
    r"\b(?:road|street|city|cities|route|weight|distance|capacity|flow|task|depend(?:s|encies)|follow(?:s|ers)?"
    r"|friend|web|link|page)\w*\b",
    re.I,
)
_LOOKS_AT = late(r"(?:draw|plot|show|print)\w*|display")
_NONE_HELD: Mapping[str, Edges] = {}


def graphs_in_python(code: str, held: Mapping[str, Edges] = _NONE_HELD) -> Iterator[Edges]:
    """Yield the edges of each graph that code makes with literal names, in order.

    Parameters
    ----------
    code : str
        The code.
    held : mapping of str to Edges
        The graphs that variables of the code before certainly hold.

    Examples
    --------
    >>> [e.directed for e in graphs_in_python("m = BayesianNetwork([('X', 'Y'), ('Y', 'Z')])")]
    [(('X', 'Y'), ('Y', 'Z'))]
    >>> list(graphs_in_python("nx.Graph([('X', 'Y')])"))
    []
    """
    read = _read(code, held)
    if read is not None:
        yield from read.graphs()


def names_in_python(code: str, held: Mapping[str, Edges] = _NONE_HELD) -> frozenset[str]:
    """Return the variables of code that hold the graphs that it states."""
    read = _read(code, held)
    return frozenset() if read is None else frozenset(read.by_name)


def keeps_in_python(
    code: str, names: frozenset[str], held: Mapping[str, Edges] = _NONE_HELD
) -> bool:
    """Decide whether code certainly leaves the graphs that some of its variables hold as they are."""
    tree = parsed(code)
    if tree is None:
        return not mentions(code, names)
    if reaches_all(tree, _MAKERS):
        return False
    return only_looks(tree, names - names_in_python(code, held), set())


def _read(code: str, held: Mapping[str, Edges]) -> _CellReader | None:
    """Return what a cell makes; None where any of it is not understood, or may be changed."""
    tree = parsed(code)
    if tree is None or reaches_all(tree, _MAKERS):
        return None
    reader = _CellReader(code, aliases(tree), held)
    for statement in tree.body:
        reader.statement(statement)
    makes = (n for n in ast.walk(tree) if isinstance(n, ast.Call) and reader.function(n) in _MAKERS)
    if reader.broken or not all(id(call) in reader.understood for call in makes):
        return None
    return reader if only_looks(tree, reader.tracked, reader.understood) else None


class _CellReader:
    """Gather the graphs that the statements of a cell build up, by the name of their variable."""

    def __init__(self, code: str, imported: Mapping[str, str], held: Mapping[str, Edges]) -> None:
        self.made: list[MadeGraph] = []
        self.by_name: dict[str, int] = {}
        self.literals: dict[str, ast.expr] = {}
        self.broken = False
        self.tracked: set[str] = set()  # the names of graphs, and of what they are made of
        self.understood: set[int] = set()  # calls, and uses of these names
        self.is_other = _NOT_CAUSAL.search(code) is not None
        self._imported = imported
        self._held = held

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
        elif isinstance(node, ast.Expr):
            given = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            for call in given:
                if isinstance(call, ast.Call):
                    self._call(call, "")

    def _call(self, call: ast.Call, target: str) -> None:
        function = self.function(call)
        owner = owner_of(call)
        made = self.made[self.by_name[owner]] if owner in self.by_name else None
        if made is not None and made.drawing is not None and function in GROWS:
            self._draw(made.drawing, function, call)
        elif made is not None and function.startswith(("add_", "remove_")):
            self._grow(made, function, call)
        elif function == CONSTRUCTS:
            drawing = PythonDrawing(self._text, self._value)
            if drawing.begin(call):
                self._keep(call, target, Edges(()), drawing)
        elif function in _MAKERS:
            given = {k.arg for k in call.keywords}
            if any(isinstance(a, ast.Starred) for a in call.args) or not given <= _ASIDE | _EDGES:
                return
            if function in _DIRECTED:
                self._directed(call, function, target)
            elif function in _FAST:
                edges = fast_edges((self._text(call.args[0]) if call.args else None) or "")
                if edges is not None:
                    self._keep(call, target, edges)
            elif function in _MIXED:
                self._y0(call, target)
            elif not self._of_graph(call, function, target):
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
        plain = function == "DiGraph"
        self._keep(call, target, Edges(tuple(edges), tuple(both), tuple(hidden), plain=plain))

    def _y0(self, call: ast.Call, target: str) -> None:
        given = {k.arg: k.value for k in call.keywords if k.arg}
        first = given.get("directed", call.args[0] if call.args else None)
        second = given.get("undirected", call.args[1] if len(call.args) > 1 else None)
        edges = self._edges(first) if first is not None else []
        both = self._edges(second) if second is not None else []
        if edges is not None and both is not None:
            self._keep(call, target, Edges(tuple(edges), tuple(both)))

    def _strings(self, call: ast.Call, target: str) -> None:
        """A graph in a string: ``CausalModel(graph="digraph {...}")``, ``parse_gml("graph [...]")``."""
        given = [k.value for k in call.keywords if k.arg in ("graph", "dag", "causal_graph")]
        first = call.args[3:4] if self.function(call) == "CausalModel" else call.args[:1]
        texts = [text for text in map(self._text, (*given, *first)) if text is not None]
        if len(texts) == 1:
            self._of_text(call, texts[0], target)

    def _of_text(self, call: ast.Call, text: str, target: str) -> None:
        edges = of_text(text)
        if edges is not None:
            self._keep(call, target, edges)

    def _of_graph(self, call: ast.Call, function: str, target: str) -> bool:
        """A causal model of a graph that a variable holds; whether a call makes one.

        pyAgrum takes the network first, then its hidden causes; DoWhy takes a graph by its name.
        """
        given = {k.arg: k.value for k in call.keywords}
        graph = given.get("graph", call.args[0] if call.args else given.get("bn"))
        if function != "CausalModel" or not isinstance(graph, ast.Name):
            return False
        made = self.made[self.by_name[graph.id]] if graph.id in self.by_name else None
        base = made.edges() if made is not None else self._held.get(graph.id)
        if base is None:
            return False
        self.understood.add(id(graph))
        if "graph" in given:
            self.understood.add(id(call))
            return True
        told = (
            dict(zip(("bn", "latentVarsDescriptor", "keepArcs"), call.args, strict=False)) | given
        )
        causes = self._causes(told.get("latentVarsDescriptor"))
        keeps = self._value(told.get("keepArcs", ast.Constant(value=False)))
        if len(call.args) > 3 or causes is None or not isinstance(keeps, ast.Constant):
            return True
        edges = with_causes(base, causes, keeps_arcs=bool(keeps.value))
        if edges is not None:
            if made is not None:
                made.is_used = True
            self._keep(call, target, replace(edges, base=replace(base, held_as="")))
        return True

    def _causes(self, node: ast.expr | None) -> list[tuple[str, list[str]]] | None:
        """Hidden causes with their effects: ``[("U", ["X", "Y"])]``."""
        if node is None:
            return []
        node = self._value(node)
        found: list[tuple[str, list[str]]] = []
        for element in node.elts if isinstance(node, ast.List | ast.Tuple) else (node,):
            pair = element.elts if isinstance(element, ast.Tuple | ast.List) else []
            cause = self._text(pair[0]) if len(pair) == 2 else None
            effects = self._names(pair[1]) if len(pair) == 2 else None
            if cause is None or not effects:
                return None
            found.append((cause, effects))
        return found

    def _draw(self, drawing: PythonDrawing, method: str, call: ast.Call) -> None:
        if isinstance(call.func, ast.Attribute):
            self.understood.add(id(call.func.value))
        if not drawing.grow(method, call):
            self.broken = True

    def _grow(self, made: MadeGraph, function: str, call: ast.Call) -> None:
        directed, both = made.directed, made.both
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
        self, call: ast.Call, target: str, told: Edges, drawing: PythonDrawing | None = None
    ) -> None:
        self.understood.add(id(call))
        if target:
            self.by_name[target] = len(self.made)
            self.tracked.add(target)
        self.made.append(MadeGraph(told, drawing))

    def graphs(self) -> Iterator[Edges]:
        """Yield the graphs of the cell."""
        names = {number: name for name, number in self.by_name.items()}
        for number, made in enumerate(self.made):
            edges = None if made.is_used else made.edges()
            if edges is not None:
                yield replace(edges, held_as=names.get(number, ""))


def _only_blanks(call: ast.Call) -> bool:
    r"""Whether a call only takes blanks and ends of lines from a text: ``.replace("\n", " ")``."""
    told = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if call.keywords or len(told) < len(call.args) or any(text.strip() for text in told):
        return False
    return (called(call), len(told)) in (("strip", 0), ("replace", 2))
