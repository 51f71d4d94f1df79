"""One word for one idea: no two modules define the same type name."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import symcausal

HOME = Path(symcausal.__file__).parent


def types_of(tree: ast.Module) -> set[str]:
    """The names of classes and aliases, without the underscore that keeps one to its module."""
    found = set()
    for node in tree.body:
        match node:
            case ast.ClassDef(name=name):
                found.add(name)
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                if name.lstrip("_")[:1].isupper() and not name.isupper():
                    found.add(name)
    return {name.lstrip("_") for name in found}


def test_no_two_modules_define_the_same_type_name() -> None:
    homes = defaultdict(list)
    for path in sorted(HOME.rglob("*.py")):
        for name in types_of(ast.parse(path.read_text(encoding="utf-8"))):
            homes[name].append(path.relative_to(HOME).as_posix())
    assert len(homes) > 300
    assert {name: at for name, at in homes.items() if len(at) > 1} == {}
