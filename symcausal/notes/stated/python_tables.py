"""Tables of numbers in Python code, as pgmpy has them: ``TabularCPD`` and ``add_cpds``.

All cells are read together, since tables often stand in another one than the graph. Numbers count only if
no cell may change them: there are no second thoughts about a number that is wrong.

Main definitions
----------------
CodeTable : the table of a variable as code writes it.
tables_in_python : the tables of each model, by the variable that holds it.
network_of : the network of a graph with such tables.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import product

from symcausal.algebra.scalar import Number
from symcausal.errors import SymcausalError
from symcausal.graph.graph import Graph
from symcausal.network.network import Network, Variable
from symcausal.notes.stated.python_uses import called, mentions, only_looks, parsed, reaches_all
from symcausal.reading.model_rows import RowCollector
from symcausal.record import record

TABLE = "TabularCPD"
"""What all code with such tables has."""
_CHANGES_NUMBERS = frozenset({"fit", "get_cpds", "cpt"})
_MOST_ENTRIES = 10_000
_ROUNDED = Fraction(1, 100)


@record
class CodeTable:
    """The table of a variable as code writes it.

    Attributes
    ----------
    variable : str
        Whose table it is.
    parents : tuple of str
        In the order in which the columns run, the last fastest.
    states : dict of str to tuple of str
        The states of the variable and of its parents.
    columns : tuple of tuple of Fraction
        The distribution of the variable for each assignment of its parents.
    """

    variable: str
    parents: tuple[str, ...]
    states: Mapping[str, tuple[str, ...]]
    columns: tuple[tuple[Fraction, ...], ...]


def tables_in_python(cells: Sequence[str]) -> dict[str, tuple[CodeTable, ...]]:
    """Return the tables of each model that cells make, by the variable that holds it.

    Parameters
    ----------
    cells : sequence of str
        All code of some notes, in its order.
    """
    if not any(TABLE in cell for cell in cells):
        return {}
    reader, trees, unread = _TableReader(), [], []
    for cell in cells:
        tree = parsed(cell)
        if tree is None:
            unread.append(cell)
            continue
        trees.append(tree)
        for statement in tree.body:
            reader.statement(statement)
    names = frozenset({*reader.tables, *reader.models})
    if any(mentions(cell, names) for cell in unread):
        return {}
    for tree in trees:
        if reaches_all(tree, frozenset({TABLE})):
            return {}
        if not only_looks(tree, names, reader.understood, but=_CHANGES_NUMBERS):
            return {}
    every = {name: reader.told(name) for name in reader.models}
    return {name: tables for name, tables in every.items() if tables}


class _TableReader:
    """Gather the tables that statements make, and the models to which they add them."""

    def __init__(self) -> None:
        self.tables: dict[str, CodeTable | None] = {}
        self.models: dict[str, list[CodeTable | None]] = {}
        self.understood: set[int] = set()

    def statement(self, node: ast.stmt) -> None:
        """Read one statement."""
        value = node.value if isinstance(node, ast.Assign | ast.Expr) else None
        if not isinstance(value, ast.Call):
            return
        if isinstance(node, ast.Assign):
            target = node.targets[0]
            if len(node.targets) > 1 or not isinstance(target, ast.Name):
                return
            if called(value) == TABLE:
                self.tables[target.id] = _table(value)
                self.understood.add(id(target))
            elif target.id not in self.models and called(value).endswith(("Network", "Model")):
                self.models[target.id] = []
                self.understood.add(id(target))
        elif isinstance(value.func, ast.Attribute) and value.func.attr == "add_cpds":
            owner = value.func.value
            if isinstance(owner, ast.Name) and owner.id in self.models:
                self.models[owner.id] += map(self._added, value.args)

    def _added(self, node: ast.expr) -> CodeTable | None:
        if isinstance(node, ast.Name):
            self.understood.add(id(node))
            return self.tables.get(node.id)
        return _table(node) if isinstance(node, ast.Call) and called(node) == TABLE else None

    def told(self, name: str) -> tuple[CodeTable, ...]:
        """Return the tables of a model; none if one of them is not read, or two are of one variable."""
        found = [table for table in self.models[name] if table is not None]
        if len(found) < len(self.models[name]) or len({t.variable for t in found}) < len(found):
            return ()
        return tuple(found)


def _table(call: ast.Call) -> CodeTable | None:
    """Return the table of a call with literals alone; None for any other."""
    places = ("variable", "variable_card", "values", "evidence", "evidence_card", "state_names")
    told = dict(zip(places, call.args, strict=False))
    told |= {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg in places}
    if len(told) < len(call.args) + len(call.keywords):
        return None
    read = {place: _literal(node) for place, node in told.items()}
    variable, card, values = (read.get(place) for place in places[:3])
    evidence, cards = read.get("evidence") or [], read.get("evidence_card") or []
    names = read.get("state_names") or {}
    if (
        not isinstance(variable, str)
        or not isinstance(evidence, list)
        or not isinstance(cards, list)
    ):
        return None
    if not isinstance(values, list) or not isinstance(names, dict) or len(evidence) != len(cards):
        return None
    states: dict[str, tuple[str, ...]] = {}
    for name, count in zip([variable, *evidence], [card, *cards], strict=True):
        if not isinstance(name, str) or not isinstance(count, Fraction) or count.denominator > 1:
            return None
        own = names.get(name, [Fraction(i) for i in range(int(count))] if count < 100 else [])
        states[name] = tuple(map(str, own)) if isinstance(own, list) else ()
        if len(set(states[name])) != count or count < 2:
            return None
    if len(states) <= len(evidence):
        return None
    columns = _columns(values, [len(known) for known in states.values()])
    return None if columns is None else CodeTable(variable, tuple(evidence), states, columns)


def _columns(values: list[object], sizes: Sequence[int]) -> tuple[tuple[Fraction, ...], ...] | None:
    """Return the columns of a matrix with a row for each state; the last entry of each is the rest."""
    width = 1
    for size in sizes[1:]:
        width *= size
    if len(values) != sizes[0] or width * sizes[0] > _MOST_ENTRIES:
        return None
    rows = []
    for row in values:
        entries = row if isinstance(row, list) else []
        numbers = [entry for entry in entries if isinstance(entry, Fraction)]
        if len(numbers) != len(entries) or len(numbers) != width or min(numbers) < 0:
            return None
        rows.append(numbers)
    found = []
    for column in zip(*rows, strict=True):
        rest = 1 - sum(column[:-1], Fraction(0))
        if rest < 0 or abs(rest - column[-1]) > _ROUNDED:
            return None
        found.append((*column[:-1], rest))
    return tuple(found)


def _literal(node: ast.expr) -> object:
    """Return what a literal says, numbers as fractions; None for anything else."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            try:
                return Fraction(str(number))
            except ValueError:
                return None
        case ast.BinOp(left=left, op=operator, right=right):
            return _calculated(_literal(left), operator, _literal(right))
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            return [_literal(element) for element in elements]
        case ast.Dict(keys=keys, values=values):
            told = [None if key is None else _literal(key) for key in keys]
            if not all(isinstance(key, str) for key in told):
                return None
            return dict(zip(map(str, told), map(_literal, values), strict=True))
        case ast.Call(args=[inner], keywords=[]) if called(node) == "array":
            return _literal(inner)
        case _:  # nothing that is plainly a number
            return None


def _calculated(left: object, operator: ast.operator, right: object) -> Fraction | None:
    if not isinstance(left, Fraction) or not isinstance(right, Fraction):
        return None
    match operator:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case ast.Div() if right:
            return left / right
        case _:  # nothing that is plainly a number
            return None


def network_of(
    graph: Graph, tables: Sequence[CodeTable], meant: Callable[[str], str | None]
) -> Network | None:
    """Return the network of a graph with some tables; None if they do not fit it, or each other.

    Parameters
    ----------
    graph : Graph
        Over the variables of formulas.
    tables : sequence of CodeTable
        With names as written.
    meant : callable
        The variable that a written name means, None if it can be none.
    """
    states: dict[str, tuple[str, ...]] = {}
    for table in tables:
        for name, known in table.states.items():
            variable = meant(name)
            if variable not in graph.nodes or states.setdefault(variable, known) != known:
                return None
    variables = {
        name: Variable(name, states[name]) if name in states else Variable(name)
        for name in graph.nodes
    }
    collector = RowCollector(variables, graph, {})
    for table in tables:
        head, parents = str(meant(table.variable)), [str(meant(name)) for name in table.parents]
        order = graph.parents(head)
        if sorted(order) != sorted(parents):
            return None
        assignments = product(*(variables[parent].states for parent in parents))
        collector.rows[head] = {
            tuple(at[parent] for parent in order): tuple(map(Number, column))
            for at, column in (
                (dict(zip(parents, assignment, strict=True)), column)
                for assignment, column in zip(assignments, table.columns, strict=True)
            )
        }
    try:
        return Network(variables, graph, collector.tables())
    except SymcausalError:
        return None
