"""Python code as a syntax tree, and what it does with what some of its variables hold.

Main definitions
----------------
parsed : the syntax tree of a cell.
only_looks : whether code only looks at what some variables hold.
called : the name of the function that a call calls.
"""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Collection

from symcausal.patterns import late

_LONGEST = 100_000
_DEEPEST = 60
_MAGIC = late(r"^(?=[ \t]*[%!?])[^\n]*|^[^\n=(]*\?\s*$", re.MULTILINE)
_QUERIES = frozenset({
    "nodes", "edges", "predecessors", "successors", "parents", "children", "get_parents", "get_children",
    "fit", "predict", "query", "add_cpds", "check_model", "get_independencies", "local_independencies",
    "is_dconnected", "is_active_trail", "active_trail_nodes", "get_markov_blanket", "get_cpds", "draw",
    "render", "view", "show", "identify_effect", "estimate_effect", "refute_estimate",
    "view_model", "in_degree",
    "out_degree", "number_of_edges", "number_of_nodes", "has_edge", "has_node", "add_node",
    "add_nodes_from",
    "simulate", "sample", "cpt", "names", "topologicalOrder", "is_d_separated", "to_daft", "to_graphviz",
    "get_all_independence_relationships", "in_edges", "out_edges", "replace", "strip",
})  # fmt: skip
_LOOKERS = frozenset({
    "print", "len", "list", "sorted", "str", "repr", "display", "VariableElimination",
    "BeliefPropagation",
    "CausalInference", "BayesianModelSampling", "LazyPropagation", "is_directed_acyclic_graph",
    "d_separated",
    "is_d_separator", "topological_sort", "ancestors", "descendants", "find_cycle", "has_path",
    "identify_outcomes", "moral_graph", "showBN", "getBN", "showInference", "getInference",
})  # fmt: skip
_LOOKS = late(r"(?:draw|plot|show)\w*|\w+_layout")


def parsed(code: str) -> ast.Module | None:
    """Return the syntax tree of a cell; None if it is no Python, or too much."""
    if len(code) > _LONGEST or _nested(code):
        return None
    try:
        return ast.parse(textwrap.dedent(_MAGIC.sub("", code)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def only_looks(tree: ast.Module, names: Collection[str], understood: Collection[int]) -> bool:
    """Whether every use of some names but those that are understood only looks at what they hold."""
    above = {id(inner): node for node in ast.walk(tree) for inner in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Name) or node.id not in names or id(node) in understood:
            continue
        parent = above[id(node)]
        if isinstance(parent, ast.keyword):
            parent = above[id(parent)]
        if isinstance(node.ctx, ast.Store):
            if not isinstance(parent, ast.Assign) or parent not in tree.body:
                return False
        elif isinstance(parent, ast.Attribute):
            if parent.attr not in _QUERIES:
                return False
        elif isinstance(parent, ast.Call):
            function = called(parent)
            if function not in _LOOKERS and not _LOOKS.fullmatch(function):
                return False
        elif not isinstance(parent, ast.Expr):
            return False
    return True


def called(call: ast.Call) -> str:
    """Return the name of the function that a call calls, without what it belongs to."""
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _nested(code: str) -> bool:
    depth = 0
    for character in code:
        depth += character in "([{"
        depth -= character in ")]}"
        if depth > _DEEPEST:
            return True
    return False
