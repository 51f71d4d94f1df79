"""Python code as a syntax tree, and what it does with what some of its variables hold.

Main definitions
----------------
parsed : the syntax tree of a cell.
aliases : what the names mean that a cell imports under others.
only_looks : whether code only looks at what some variables hold.
mentions : whether code that is no Python names some variables.
reaches_all : whether code may change variables that it does not name.
called : the name of the function that a call calls.
owner_of : the variable whose method a call calls.
"""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Collection, Mapping

from symcausal.patterns import late

_LONGEST = 100_000
_DEEPEST = 60
_MAGIC = late(r"^(?=[ \t]*[%!?])[^\n]*|^[^\n=(]*\?\s*$", re.MULTILINE)
_PASSED_ON = late(
    r"\A\s*%%(?!(?:time|timeit|capture|prun|memit)\b)|^[ \t]*%(?:run|load|macro)\b", re.MULTILINE
)
"""A magic that has a cell not run as Python here, or runs code that is not seen."""
_WORD = late(r"[A-Za-z_]\w*")
_PROMPT = late(r"^[ \t]*(?:>>>|\.\.\.)[ ]?", re.MULTILINE)
_REACHES_ALL = frozenset({
    "globals", "locals", "vars", "exec", "eval", "setattr", "delattr", "__import__", "compile",
    "get_ipython", "__dict__", "modules", "user_ns",
})  # fmt: skip
_QUERIES = frozenset({
    "nodes", "edges", "predecessors", "successors", "parents", "children", "get_parents", "get_children",
    "fit", "predict", "query", "add_cpds", "check_model", "get_independencies", "local_independencies",
    "is_dconnected", "is_active_trail", "active_trail_nodes", "get_markov_blanket", "get_cpds", "draw",
    "render", "view", "show", "identify_effect", "estimate_effect", "refute_estimate",
    "view_model", "in_degree",
    "out_degree", "number_of_edges", "number_of_nodes", "has_edge", "has_node", "add_node",
    "add_nodes_from",
    "simulate", "sample", "cpt", "names", "topologicalOrder", "is_d_separated", "to_daft", "to_graphviz",
    "get_all_independence_relationships", "in_edges", "out_edges", "replace", "strip", "graph_attr",
    "node_attr", "pipe", "source", "unflatten",
})  # fmt: skip
_STYLES = frozenset({"format", "engine", "filename", "directory"})
"""What may be set without a change of the graph."""
_LOOKERS = frozenset({
    "print", "len", "list", "sorted", "str", "repr", "display", "VariableElimination",
    "BeliefPropagation",
    "CausalInference", "BayesianModelSampling", "LazyPropagation", "is_directed_acyclic_graph",
    "d_separated",
    "is_d_separator", "topological_sort", "ancestors", "descendants", "find_cycle", "has_path",
    "identify_outcomes", "moral_graph", "showBN", "getBN", "showInference", "getInference",
    "CausalModel", "causalImpact", "sideBySide", "getPosterior",
})  # fmt: skip
_LOOKS = late(r"(?:draw|plot|show)\w*|\w+_layout")
# what a method gives may be the graph itself, under another name
_ASKS_FOR = late(
    r"(?:get|has|is|number_of)_(?!\w*(?:graph|dag|network|model|structure|random)|(?:and|or)_)\w+",
    re.I,
)


def parsed(code: str) -> ast.Module | None:
    """Return the syntax tree of a cell; None if it is no Python, or too much."""
    if len(code) > _LONGEST or _nested(code) or _PASSED_ON.search(code):
        return None
    if code.lstrip().startswith(">>>"):
        code = "\n".join(
            line[prompt.end() :] for line in code.split("\n") if (prompt := _PROMPT.match(line))
        )
    try:
        return ast.parse(textwrap.dedent(_MAGIC.sub("", code)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def aliases(tree: ast.Module) -> dict[str, str]:
    """Return what the names mean that a cell imports under others.

    Examples
    --------
    >>> aliases(ast.parse("from pgmpy.base import DAG as Graph"))
    {'Graph': 'DAG'}
    """
    return {
        told.asname: told.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for told in node.names
        if told.asname
    }


def reaches_all(tree: ast.Module, makers: frozenset[str]) -> bool:
    """Decide whether code may change variables that it does not name, or what makers of graphs mean."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=context):
                if name in (makers if isinstance(context, ast.Store) else _REACHES_ALL):
                    return True
            case ast.Attribute(attr=name, ctx=context):
                if name in _REACHES_ALL and name.endswith(("__", "modules", "_ns")):
                    return True
                if isinstance(context, ast.Store) and not makers.isdisjoint(_roots(node)):
                    return True
            case (
                ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
                | ast.ClassDef(name=name)
            ):
                if name in makers:
                    return True
            case _:  # other code makes no graph
                pass
    return False


def _roots(node: ast.expr) -> set[str]:
    """The names of which an attribute is made: those of ``a.b.c`` are a, b and c."""
    found = set[str]()
    while isinstance(node, ast.Attribute):
        found.add(node.attr)
        node = node.value
    return found | {node.id} if isinstance(node, ast.Name) else found


def _bound_by(node: ast.AST) -> str:
    """The name that a definition or an import binds; empty for anything else."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return node.name
    return (node.asname or node.name) if isinstance(node, ast.alias) else ""


def mentions(code: str, names: frozenset[str]) -> bool:
    """Decide whether code that is no Python names some variables, or may run what does."""
    return _PASSED_ON.search(code) is not None or not names.isdisjoint(_WORD.findall(code))


def only_looks(
    tree: ast.Module,
    names: Collection[str],
    understood: Collection[int],
    *,
    but: Collection[str] = (),
) -> bool:
    """Decide whether every use of some names only looks at what they hold.

    Parameters
    ----------
    tree : ast.Module
        The code.
    names : collection of str
        The names.
    understood : collection of int
        Uses that need not be looked at, by the identity of their nodes.
    but : collection of str
        Methods that look at graphs and change something else that matters, unless what they give is
        printed at once.
    """
    above = {id(inner): node for node in ast.walk(tree) for inner in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if _bound_by(node) in names:
            return False
        if not isinstance(node, ast.Name) or node.id not in names or id(node) in understood:
            continue
        parent = above[id(node)]
        if isinstance(parent, ast.keyword):
            parent = above[id(parent)]
        if isinstance(node.ctx, ast.Store):
            return False
        elif isinstance(parent, ast.Attribute):
            if not _only_asks(parent):
                return False
            if parent.attr == "edges" and getattr(above[id(parent)], "args", None):
                return False  # what a drawing of Graphviz adds
            is_known = parent.attr in _QUERIES | _STYLES
            if (parent.attr in but or (but and not is_known)) and not _is_printed(
                above[id(parent)], above
            ):
                return False
        elif isinstance(parent, ast.Call):
            function = called(parent)
            if function not in _LOOKERS and not _LOOKS.fullmatch(function):
                return False
        elif not isinstance(parent, ast.Expr):
            return False
    return True


def _only_asks(use: ast.Attribute) -> bool:
    """Whether an attribute of what is looked at changes nothing of the graph."""
    if isinstance(use.ctx, ast.Store):
        return use.attr in _STYLES
    return use.attr in _QUERIES | _STYLES or _ASKS_FOR.fullmatch(use.attr) is not None


def _is_printed(call: ast.AST, above: Mapping[int, ast.AST]) -> bool:
    """Whether what a call gives goes nowhere but into print."""
    outer = above.get(id(call))
    return (
        isinstance(outer, ast.Call) and call in outer.args and called(outer) in ("print", "display")
    )


def called(call: ast.Call) -> str:
    """Return the name of the function that a call calls, without what it belongs to."""
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def owner_of(call: ast.Call) -> str:
    """Return the variable whose method a call calls; empty if there is none."""
    inside = call.func.value if isinstance(call.func, ast.Attribute) else None
    return inside.id if isinstance(inside, ast.Name) else ""


def _nested(code: str) -> bool:
    depth = 0
    for character in code:
        depth += character in "([{"
        depth -= character in ")]}"
        if depth > _DEEPEST:
            return True
    return False
