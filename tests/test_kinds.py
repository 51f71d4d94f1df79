"""Whoever adds a kind of node is led to every place that has to know it.

The type checker reports a ``match`` that leaves a kind out, but for two holes: it is content with a
last case that has a guard, and with ``case _:``. What is left through these is looked at here, and
that kinds which are added are reported is tried. A chain of ``isinstance`` says nothing to the type
checker, and so there is none that tells kinds apart.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import symcausal

HOME = Path(symcausal.__file__).parent
RULES = "rules/"  # a rule proposes nothing for any form but its own
READERS = ("notes/", "reading/")  # what is no form that they look for they leave unread

UNIONS = {
    "Expr": "expr/nodes.py",
    "Value": "expr/nodes.py",
    "Term": "algebra/scalar.py",
    "Condition": "rules/condition.py",
    "Box": "writing/boxes.py",
    "Block": "writing/blocks.py",
    "Operation": "numbers/evaluate/table_form.py",
    "TapeOperation": "numbers/compiled/tape.py",
    "WrittenCalculation": "reading/calculation.py",
    "Item": "notes/files/items.py",
}
# Some that must be among what is found, each of another kind and without a value to return.
KNOWN = {
    "expr/nodes.py children",
    "expr/scope.py _collect",
    "expr/scope.py _variables",
    "algebra/scalar.py parameters",
    "derive/worksheet.py _sorted",
    "rules/decide.py decide",
    "writing/latex.py render",
    "writing/html_document.py _block",
    "numbers/evaluate/table_form.py parts",
    "numbers/compiled/gradient.py _shares",
    "reading/calculation.py formula_of",
    "notes/files/passages.py derivations",
}

OF_SOME = {"kernel/core/meaning.py worked_out"}  # takes four kinds; the match that calls it decides


class FoundMatch(NamedTuple):
    """A match, the innermost function around it, and its file."""

    file: str
    function: ast.FunctionDef
    match: ast.Match

    @property
    def name(self) -> str:
        """The file and the function."""
        return f"{self.file} {self.function.name}"

    @property
    def is_open(self) -> bool:
        """Whether the last case is about whatever is left."""
        last = self.match.cases[-1]
        anything = isinstance(last.pattern, ast.MatchAs) and last.pattern.pattern is None
        return anything and "assert_never(" not in ast.unparse(last.body[0])


@cache
def parsed(file: str) -> ast.Module:
    return ast.parse((HOME / file).read_text(encoding="utf-8"))


def files() -> list[str]:
    return [path.relative_to(HOME).as_posix() for path in sorted(HOME.rglob("*.py"))]


@cache
def matches() -> list[FoundMatch]:
    return [
        FoundMatch(file, inner, node)
        for file in files()
        for inner in ast.walk(parsed(file))
        if isinstance(inner, ast.FunctionDef)
        for node in own_matches(inner)
    ]


def own_matches(function: ast.FunctionDef) -> Iterator[ast.Match]:
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Match):
            yield node
        if not isinstance(node, ast.FunctionDef):
            waiting += ast.iter_child_nodes(node)


def test_no_match_ends_in_a_guard() -> None:
    found = [one for one in matches() if not one.file.startswith(RULES)]
    assert len(found) > 100
    assert [one.name for one in found if one.match.cases[-1].guard is not None] == []


def test_what_goes_for_everything_else_says_why() -> None:
    silent = []
    for one in matches():
        if one.is_open and not one.file.startswith(RULES):
            last = one.match.cases[-1]
            lines = (HOME / one.file).read_text(encoding="utf-8").splitlines()
            if "  #" not in "".join(lines[last.pattern.lineno - 1 : last.body[0].lineno]):
                silent.append(one.name)
    assert silent == []


# -- questions by isinstance ----------------------------------------------------------------------
def told_apart(function: ast.FunctionDef, homes: Mapping[str, str]) -> list[set[str]]:
    """The kinds of one union that conditions of a function ask of one thing, if it is several.

    One kind is a question about that kind, such as the filter of a list; several have each their way.
    """
    found = defaultdict[tuple[str, str], set[str]](set)
    for node in ast.walk(function):
        for call in ast.walk(node.test) if isinstance(node, ast.If | ast.IfExp) else [node]:
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "isinstance":
                subject, kinds = map(ast.unparse, call.args)
                named = [name for name in re.findall(r"\w+", kinds) if name in homes]
                for name in named if call is not node or len(named) > 1 else []:
                    found[homes[name], subject].add(name)
    return [kinds for kinds in found.values() if len(kinds) > 1]


def test_no_chain_of_isinstance_tells_kinds_apart() -> None:
    found = {
        f"{file} {function.name}"
        for file in files()
        if not file.startswith((RULES, *READERS))
        for homes in [{name: union for union in UNIONS for name in known_here(file, union)}]
        for function in ast.walk(parsed(file))
        if isinstance(function, ast.FunctionDef) and told_apart(function, homes)
    }
    assert found == set()


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ("if isinstance(x, Sum): return 1\n if isinstance(x, Prob): return 2", [{"Prob", "Sum"}]),
        ("return 1 if isinstance(x, Sum) else 2 if isinstance(x, Prob) else 3", [{"Prob", "Sum"}]),
        ("return isinstance(x, Sum | Prob)", [{"Prob", "Sum"}]),
        ("return isinstance(x.y, (Sum, Prob, int))", [{"Prob", "Sum"}]),
        ("return 1 if isinstance(x, Sum) else 2", []),
        ("if isinstance(x, Sum): return 1\n if isinstance(y, Prob): return 2", []),
        ("return [x for x in y if isinstance(x, Sum)], [x for x in y if isinstance(x, Prob)]", []),
        ("return 1 if isinstance(x, Sum | Letter) else 2", []),
    ],
)
def test_such_a_chain_would_be_found(body: str, kinds: list[set[str]]) -> None:
    (function,) = ast.parse(f"def f(x):\n {body}").body
    assert isinstance(function, ast.FunctionDef)
    assert told_apart(function, {"Sum": "Expr", "Prob": "Expr", "Letter": "Value"}) == kinds


# -- a new kind in every union --------------------------------------------------------------------
def copied_with_new_kinds(folder: Path) -> None:
    """Copy the package; every closed union of the copy has one kind more."""
    copy = folder / "symcausal"
    shutil.copytree(HOME, copy, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HOME.parent / "pyproject.toml", folder)
    for union, file in UNIONS.items():
        path = copy / file
        text, count = re.subn(
            rf"^({union}: TypeAlias = \(?)",
            rf"\1New{union} | ",
            path.read_text(encoding="utf-8"),
            flags=re.MULTILINE,
        )
        assert count == 1, union
        # at the end, so that all lines keep their numbers
        path.write_text(f"{text}\n\nclass New{union}:\n    name: str\n", encoding="utf-8")


def kinds(union: str) -> set[str]:
    for node in parsed(UNIONS[union]).body:
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == union:
            return {name.id for name in ast.walk(node.value) if isinstance(name, ast.Name)}
    raise KeyError(union)


def known_here(file: str, union: str) -> set[str]:
    """The kinds of a union by the names that a file has for them."""
    home = "symcausal." + UNIONS[union].removesuffix(".py").replace("/", ".")
    if file == UNIONS[union]:
        return kinds(union)
    return {
        alias.asname or alias.name
        for node in parsed(file).body
        if isinstance(node, ast.ImportFrom) and node.module == home
        for alias in node.names
        if alias.name in kinds(union)
    }


def decides(one: FoundMatch) -> bool:
    """Whether a match tells kinds of a union apart, and leaves nothing to a last open case."""
    if one.is_open or one.name in OF_SOME:
        return False
    if one.file.startswith(RULES) and one.name not in KNOWN:
        return False
    subjects = [case.pattern for case in one.match.cases]
    flat = [p for s in subjects for p in (s.patterns if isinstance(s, ast.MatchOr) else [s])]
    named = {ast.unparse(p.cls) for p in flat if isinstance(p, ast.MatchClass)}
    return any(named & known_here(one.file, union) for union in UNIONS)


@pytest.mark.slow
def test_a_new_kind_is_reported_wherever_kinds_are_told_apart(tmp_path: Path) -> None:
    copied_with_new_kinds(tmp_path)
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--cache-dir", str(tmp_path / "cache")],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    reported = set()
    for line in checked.stdout.splitlines():
        if found := re.match(r"symcausal/(.+?):(\d+): error", line):
            reported.add((found[1], int(found[2])))
    deciding = [one for one in matches() if decides(one)]
    assert {one.name for one in deciding} >= KNOWN
    silent = [
        one.name
        for one in deciding
        if not any(
            file == one.file and one.function.lineno <= line <= (one.function.end_lineno or 0)
            for file, line in reported
        )
    ]
    assert silent == []
