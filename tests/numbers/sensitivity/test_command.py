"""The command, its formats, its refusals, and the same bytes under every hash seed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command_line import EXAMPLES, run

STUDENT = str(EXAMPLES / "student.model")
QUERY, ENTRY = "P(I=high | S=high)", "P(S=high | I=low)"


@pytest.mark.parametrize(
    "arguments",
    [
        [STUDENT, QUERY, ENTRY, "--at-least", "0.9", "--format", "json"],
        [STUDENT, "P(I=high | G=A)", "--at-most", "0.5"],
        [STUDENT, QUERY, ENTRY, "P(I=high)", "--format", "latex"],
    ],
    ids=["one", "all", "several"],
)
def test_output_is_the_same_under_hash_seeds(arguments: list[str]) -> None:
    ended = [
        run("sensitivity", *arguments, environment={"PYTHONHASHSEED": str(seed)})
        for seed in range(4)
    ]
    assert ended[0].returncode == 0, ended[0].stderr
    assert len({e.stdout for e in ended}) == 1


def test_json_holds_exact_numbers() -> None:
    ended = run("sensitivity", STUDENT, QUERY, ENTRY, "--at-least", "0.9", "--format", "json")
    found = json.loads(ended.stdout)
    assert (found["numerator"], found["denominator"]) == (["12"], ["12", "35"])
    assert found["least_change"] == {"from": "1/20", "to": "4/105", "reached": True}


@pytest.mark.parametrize(
    ("status", "arguments"),
    [
        (2, [QUERY, "P(S=high)"]),
        (2, ["P(I)", ENTRY, "P(I=high)"]),
        (2, ["P(I)"]),
        (2, [QUERY, ENTRY, "--at-least", "many"]),
        (2, [QUERY, ENTRY, "P(I=high)", "--at-most", "0.5"]),
        (2, [QUERY, ENTRY, "--plot", "curve.txt"]),
    ],
)
def test_refuses_in_words(status: int, arguments: list[str]) -> None:
    ended = run("sensitivity", STUDENT, *arguments)
    assert (ended.returncode, ended.stdout) == (status, "")
    assert "error[" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_an_impossible_condition_is_an_answer_of_no() -> None:
    model = "X -> Y; P(X) = 1, 0; P(Y | X=0) = 1, 0; P(Y | X=1) = 0, 1"
    assert run("sensitivity", model, "P(X=1 | Y=1)", "P(Y=1 | X=1)").returncode == 3
    assert run("sensitivity", model, "P(X=1 | Y=1)").returncode == 3


def test_draws_a_picture(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    for name, entry in (("curve.png", [ENTRY]), ("all.svg", [])):
        ended = run("sensitivity", STUDENT, QUERY, *entry, "--plot", str(tmp_path / name))
        assert ended.returncode == 0, ended.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.svg", "curve.png"]


def test_is_light_without_sympy() -> None:
    """No bound on time: what is imported decides it."""
    code = (
        "import sys; from symcausal import Model;"
        f"m = Model.load({STUDENT!r}); str(m.sensitivity({QUERY!r}, {ENTRY!r}));"
        f"str(m.sensitivities({QUERY!r}));"
        "print([n for n in ('sympy', 'numpy', 'networkx', 'matplotlib') if n in sys.modules])"
    )

    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"
