"""The public names: what ``from symcausal import *`` gives, and where the classes of results are."""

from __future__ import annotations

import inspect
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

import symcausal
from symcausal import Model, SymcausalError, check, check_file, types
from symcausal.errors import ModelError, UsageError

PROMISED = {
    "Document", "Model", "Notation", "SymcausalError", "__version__", "check", "check_file", "latex",
    "parse", "side_by_side", "types",
}  # fmt: skip
# A union, or the names of choices, have no name of their own.
ALIASES = {"Detail", "Expr", "Kind", "NotationLike", "NotationName"}
HOME = Path(symcausal.__file__).parent
OURS = re.compile(r"\b[A-Z]\w*")
OTHERS = {"Any", "DiGraph", "Expr", "Fraction", "Self"}  # classes of other packages, and of typing


# -- names --------------------------------------------------------------------------------------
def test_a_star_gives_the_promised_names() -> None:
    given: dict[str, object] = {}
    exec("from symcausal import *", given)
    assert given.keys() - {"__builtins__"} == PROMISED
    assert set(dir(symcausal)) == PROMISED


def test_no_module_hides_a_public_function() -> None:
    """Importing a module ``symcausal/check`` would put it in the place of the function."""
    modules = {path.stem for path in HOME.glob("*.py")}
    packages = {path.parent.name for path in HOME.glob("*/__init__.py")}
    assert (modules | packages) & (PROMISED - {"types"}) == set()


def test_the_version_is_that_of_the_distribution() -> None:
    assert symcausal.__version__ == metadata.version("symcausal")


def test_an_unknown_name_is_an_attribute_error() -> None:
    for module in (symcausal, types):
        with pytest.raises(AttributeError, match="'Modle'"):
            _ = module.Modle


# -- classes of results ---------------------------------------------------------------------------
@pytest.mark.parametrize("name", types.__all__)
def test_each_type_is_found_by_its_name(name: str) -> None:
    found = getattr(types, name)
    assert name in ALIASES or found.__name__ == name


def test_what_type_checkers_see_is_what_is_there() -> None:
    text = (HOME / "types.py").read_text(encoding="utf-8")
    seen = dict(
        reversed(found)
        for found in re.findall(r"from symcausal\.([\w.]+) import (\w+) as \2\b", text)
    )
    assert seen == types._HOMES


def public_methods() -> Iterator[tuple[str, str]]:
    """Each public method and property of a model, with what it returns as its signature says."""
    for name, value in inspect.getmembers(Model):
        function = value.fget if isinstance(value, property) else value
        if not name.startswith("_") and callable(function):
            yield name, str(inspect.unwrap(function).__annotations__["return"])


METHODS = dict(public_methods())


def test_the_walk_finds_the_methods() -> None:
    assert METHODS["check"] == "Report"
    assert METHODS["parameters"] == "tuple[Parameter, ...]"
    assert len(METHODS) > 45


@pytest.mark.parametrize(("name", "returned"), METHODS.items(), ids=METHODS)
def test_each_result_is_of_a_public_class(name: str, returned: str) -> None:
    named = {word for word in OURS.findall(returned) if word not in OTHERS}
    assert named <= {*types.__all__, *PROMISED}


ELSEWHERE = {
    "from_pyagrum",
    "to_pyagrum",
    "to_pgmpy",
}  # run where these packages are: make peers-test


@pytest.mark.parametrize("name", [name for name in METHODS if name not in ELSEWHERE])
def test_each_method_shows_an_example(name: str) -> None:
    """Which `make docs-test` runs."""
    assert ">>> " in (inspect.getdoc(getattr(Model, name)) or "")


def test_importing_the_types_is_light() -> None:
    code = (
        "import json, sys; from symcausal.types import Claim, Report; from symcausal import types;"
        "print(json.dumps([m for m in ('sympy', 'networkx', 'numpy') if m in sys.modules]))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=HOME.parent, check=True
    )
    assert json.loads(ended.stdout) == []


# -- check without a model at hand ------------------------------------------------------------------
MODEL = "X -> Y; X <- Z -> Y"
CLAIM = "P(Y | do(X)) = P(Y | X)"


def verdicts(report: types.Report) -> list[str]:
    return [claim.verdict for claim in report.claims]


def test_check_without_a_model() -> None:
    report = check(r"P(A, B) = P(A \mid B) P(B)")
    assert isinstance(report, types.Report)
    assert verdicts(report) == ["holds"]
    assert verdicts(check(r"P(A, B) = P(A \mid B) P(B)", infer=False)) == ["holds"]


def test_check_in_a_model_however_it_is_handed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.model"
    path.write_text(MODEL)
    for model in (MODEL, Model(MODEL), path, str(path)):
        assert verdicts(check(CLAIM, model)) == ["fails"]
        assert verdicts(check(CLAIM, model, infer=False)) == ["fails"]
    assert verdicts(check(CLAIM, "X -> Y")) == ["holds"]


def test_check_takes_the_given_numbers_of_a_model() -> None:
    model = "A -> B\ngiven P(A=1) = 0.3"
    assert verdicts(check("P(A=0) = 0.7, P(A=0) = 0.6", model)) == ["holds", "fails"]


def test_check_file_reads_the_models_of_the_notes(tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(f"${CLAIM}$\n\n```symcausal\nX -> Y\n```\n\n${CLAIM}$\n")
    assert verdicts(check_file(notes)) == ["undecided", "holds"]
    assert verdicts(check_file(str(notes), MODEL)) == ["fails", "holds"]
    assert verdicts(check_file(tmp_path, Model(MODEL))) == ["fails", "holds"]


@pytest.mark.parametrize(
    ("model", "kind", "words"),
    [
        ("no-such.model", UsageError, "there is no file"),
        (Path("A -> B"), UsageError, "there is no file"),
        (HOME, UsageError, "is a folder"),
        ("A -> B -> A", ModelError, "circle"),
    ],
    ids=["a name", "a path is no text", "a folder", "a faulty text"],
)
def test_a_model_that_cannot_be_read(model: object, kind: type[Exception], words: str) -> None:
    for call in (check, check_file):
        with pytest.raises(kind, match=words) as raised:
            call("P(A) = P(A)", model)
        assert isinstance(raised.value, SymcausalError)
