"""What the package says of itself: the same in every file, and what SECURITY.md promises."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

import symcausal
from tests.command_line import ROOT, run

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
HOME = Path(symcausal.__file__).parent
REQUIRED = {"cff-version", "message", "title", "authors"}  # by the schema of CFF 1.2.0
TYPES = {"software", "dataset"}


def cited() -> dict[str, str | list[str]]:
    """Read CITATION.cff, of whose YAML it uses plain values, folded text and lists."""
    found: dict[str, str | list[str]] = {}
    key = ""
    for line in (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines():
        if line.startswith("  - "):
            entries = found[key] = [*(found[key] or [])]
            entries.append(line[4:])
        elif line.startswith("  "):
            found[key] = f"{found[key]} {line.strip()}".strip()
        else:
            key, _, value = line.partition(":")
            found[key] = value.strip().removeprefix(">-")
    return found


def test_the_citation_has_what_its_schema_requires() -> None:
    found = cited()
    assert found.keys() >= REQUIRED
    assert found["cff-version"] == "1.2.0"
    assert found["type"] in TYPES


def test_the_citation_says_what_the_project_says() -> None:
    found = cited()
    assert found["title"] == PROJECT["name"]
    assert found["version"] == PROJECT["version"]
    assert found["license"] == PROJECT["license"]
    assert found["authors"] == [f"name: {author['name']}" for author in PROJECT["authors"]]
    assert found["keywords"] == PROJECT["keywords"]
    assert found["abstract"] == f"{PROJECT['description']}."


def test_the_classifiers_begin_with_the_oldest_python() -> None:
    oldest = PROJECT["requires-python"].removeprefix(">=")
    named = [c.rpartition(" ")[2] for c in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", c)]
    assert named[0] == oldest
    minors = [int(version.partition(".")[2]) for version in named]
    assert minors == list(range(minors[0], minors[-1] + 1))


# -- what SECURITY.md promises --------------------------------------------------------------------
RUNNING = {"eval", "exec", "compile", "sympify", "parse_expr", "system", "popen", "Popen", "loads"}
NETWORK = {"socket", "urllib", "http", "requests", "ftplib", "smtplib", "pickle", "marshal"}
ALLOWED = {  # calls of these names that run nothing
    "re.compile", "json.loads", "model.compile", "self.compile", "typst.compile",
}  # fmt: skip


def calls_of(tree: ast.AST) -> set[str]:
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


def imports_of(tree: ast.AST) -> set[str]:
    """The packages that a module imports; ``urllib.parse`` takes addresses apart and sends nothing."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "urllib.parse":
            continue
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add((node.module or "").partition(".")[0])
    return found


def runs(call: str) -> bool:
    return call.rpartition(".")[2] in RUNNING and call not in ALLOWED


@pytest.mark.parametrize("call", ["eval", "sympy.sympify", "os.system", "pickle.loads", "exec"])
def test_the_search_would_notice(call: str) -> None:
    assert runs(call)
    assert not runs("re.compile")


def test_no_text_is_run_and_nothing_is_sent() -> None:
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in HOME.rglob("*.py")}
    assert len(trees) > 300
    found = {
        f"{path.relative_to(HOME)}: {name}"
        for path, tree in trees.items()
        for name in {call for call in calls_of(tree) if runs(call)} | (imports_of(tree) & NETWORK)
    }
    assert found == set()


@pytest.mark.parametrize(
    "name", ["__import__('os').system('touch seen')", "open('seen', 'w')", "exec('1')"]
)
def test_names_are_names(name: str, tmp_path: Path) -> None:
    for arguments in (["evaluate", "A -> B", f"P({name})"], ["derive", f"{name} -> B", "P(B)"]):
        assert run(*arguments, folder=tmp_path).returncode == 2
    assert list(tmp_path.iterdir()) == []
