"""Mutants of functions: each is the source of the library with one small change, put in place in memory.

A function keeps its identity and gets the code of the mutant, so whoever has imported it runs the mutant.

Main definitions
----------------
Mutant : a change, and the function that it changes.
mutants : those of a module.
in_place : a context in which a mutant runs.
"""

from __future__ import annotations

import ast
import copy
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType, FunctionType, ModuleType
from typing import NamedTuple

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.LtE: (ast.Lt,),
    ast.GtE: (ast.Gt,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_NO_ACCOUNT = frozenset({"spend", "randrange", "Draws"})
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}


class Mutant(NamedTuple):
    """A change, and the function that it changes."""

    function: str
    line: int
    change: str
    code: CodeType

    def __str__(self) -> str:
        return f"{self.function}, line {self.line}: {self.change}"


def mutants(module: ModuleType) -> Iterator[Mutant]:
    """Yield the mutants of all functions and methods of a module."""
    source = inspect.getsource(module)
    tree = ast.parse(source)
    known = {f.__code__.co_qualname for f in functions_of(module)}
    seen = set[tuple[str, bytes]]()
    left_out = _of_no_account(tree)
    for number, original in enumerate(ast.walk(tree)):
        if original in left_out:
            continue
        for way in range(4):
            changed = copy.deepcopy(tree)
            node = list(ast.walk(changed))[number]
            told = _change(node, way)
            if told is None:
                break
            ast.fix_missing_locations(changed)
            whole = compile(changed, module.__file__ or "mutant", "exec")
            for code in _codes(whole):
                plain = _code_of(module, code.co_qualname) if code.co_qualname in known else None
                if plain is None or _same(plain, code) or code.co_freevars != plain.co_freevars:
                    continue
                key = code.co_qualname, code.co_code + repr(code.co_consts).encode()
                if key not in seen:
                    seen.add(key)
                    line = getattr(node, "lineno", 0)
                    yield Mutant(code.co_qualname, line, told, code)


def _of_no_account(tree: ast.AST) -> set[ast.AST]:
    """What bounds time and space, and the seeds and the ranges of random numbers."""
    found = set[ast.AST]()
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in _NO_ACCOUNT:
                found |= {*ast.walk(node)}
            case ast.Compare(comparators=[ast.Name(id=name)]) if name.startswith("MOST_"):
                found.add(node)
    return found


def _change(node: ast.AST, way: int) -> str | None:
    """Change a node in a way, and say how; None if there is no such way."""
    match node:
        case ast.Compare(ops=[op]) if way < len(_COMPARED[type(op)]):
            node.ops = [_COMPARED[type(op)][way]()]
        case ast.BinOp(op=op) if way == 0 and type(op) in _COMPUTED:
            node.op = _COMPUTED[type(op)]()
        case ast.BoolOp(op=op) if way == 0:
            node.op = ast.Or() if isinstance(op, ast.And) else ast.And()
        case ast.Constant(value=int() as value) if way == 0 and not isinstance(value, bool):
            node.value = value + 1
        case ast.If() | ast.IfExp() if way < 2:
            node.test = ast.Constant(bool(way))
        case ast.comprehension(ifs=[_]) if way == 0:
            node.ifs = []
        case ast.Assign() | ast.AugAssign() | ast.Expr() | ast.Continue() if way == 0:
            told = ast.unparse(node)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                return None  # a docstring
            _emptied(node)
            return f"without {told}"
        case _:
            return None
    return f"now {ast.unparse(node)}"


def _emptied(node: ast.AST) -> None:
    """Turn a statement into one that does nothing."""
    match node:
        case ast.Assign() | ast.AugAssign() | ast.Expr() | ast.Continue():
            node.__class__ = ast.Pass  # type: ignore[assignment]
            node._fields = ()  # type: ignore[misc]


def functions_of(module: ModuleType) -> Iterator[FunctionType]:
    """Yield the functions and methods that a module defines."""
    for thing in vars(module).values():
        found = [thing, *(vars(thing).values() if isinstance(thing, type) else ())]
        for one in found:
            one = one.fget if isinstance(one, property) else getattr(one, "__func__", one)
            if isinstance(one, FunctionType) and one.__module__ == module.__name__:
                yield one


def _code_of(module: ModuleType, name: str) -> CodeType | None:
    return next((f.__code__ for f in functions_of(module) if f.__code__.co_qualname == name), None)


def _codes(code: CodeType) -> Iterator[CodeType]:
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield const
            yield from _codes(const)


def _same(one: CodeType, other: CodeType) -> bool:
    """Whether two codes do the same, at whatever line they stand."""
    if one.co_code != other.co_code or one.co_names != other.co_names:
        return False
    if len(one.co_consts) != len(other.co_consts):
        return False
    return all(
        _same(x, y) if isinstance(x, CodeType) and isinstance(y, CodeType) else x == y
        for x, y in zip(one.co_consts, other.co_consts, strict=True)
    )


@contextmanager
def in_place(module: ModuleType, mutant: Mutant) -> Iterator[None]:
    """Run with a mutant in place of its function."""
    (function,) = {f for f in functions_of(module) if f.__code__.co_qualname == mutant.function}
    plain = function.__code__
    function.__code__ = mutant.code
    try:
        yield
    finally:
        function.__code__ = plain
