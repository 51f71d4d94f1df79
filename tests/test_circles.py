"""No module imports itself by way of others, wherever in them the imports stand."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Set
from pathlib import Path

from networkx import DiGraph, strongly_connected_components

import symcausal

HOME = Path(symcausal.__file__).parent


def name_of(path: Path) -> str:
    """The dotted name of a module below the package; empty for the package itself."""
    parts = path.relative_to(HOME).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def named_in(tree: ast.Module) -> set[str]:
    """The modules of the package that are imported, or may be: of ``from a import b`` both."""
    found = set()
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                found |= {one.name for one in names}
            case ast.ImportFrom(module=str(module), names=names, level=0):
                found |= {module, *(f"{module}.{one.name}" for one in names)}
    return {name.removeprefix("symcausal.") for name in found if name.startswith("symcausal.")}


def circles(imports: Mapping[str, Set[str]]) -> list[set[str]]:
    """The modules that reach each other by imports, a set for each circle or knot of circles."""
    arrows = [(a, b) for a, named in imports.items() for b in named if b in imports and b != a]
    return [found for found in strongly_connected_components(DiGraph(arrows)) if len(found) > 1]


def imports_of_the_package() -> dict[str, set[str]]:
    return {
        name_of(path): named_in(ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(HOME.rglob("*.py"))
    }


def test_no_imports_go_in_a_circle() -> None:
    imports = imports_of_the_package()
    assert len(imports) > 400
    assert circles(imports) == []


def test_no_import_is_relative() -> None:
    """Which the walk above would not follow."""
    for path in HOME.rglob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        assert not any(isinstance(node, ast.ImportFrom) and node.level for node in nodes), path


def test_imports_in_functions_and_for_types_count() -> None:
    first = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from symcausal.b import B\n"
    second = "def f():\n    from symcausal import a\n    import symcausal.c\n"
    imports = {name: named_in(ast.parse(text)) for name, text in {"a": first, "b": second}.items()}
    assert imports == {"a": {"b", "b.B"}, "b": {"a", "c"}}
    assert circles(imports) == [{"a", "b"}]


def test_a_circle_of_three_counts() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": set()}) == [{"a", "b", "c"}]
    assert circles({"a": {"b", "c"}, "b": {"c"}, "c": {"elsewhere"}}) == []
