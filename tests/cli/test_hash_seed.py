"""The same input prints the same bytes, whatever order sets come in."""

from __future__ import annotations

import pytest

from tests.command_line import EXAMPLES, run
from tests.support.depth import many

STUDENT = str(EXAMPLES / "student.model")
CONFOUNDED = str(EXAMPLES / "confounded.model")
CALLS = [
    ["derive", CONFOUNDED, "P(L | do(G=A))", "--detail", "full", "--format", "latex"],
    ["derive", STUDENT, "P(I, D | G, S)", "--detail", "full", "--format", "text"],
    ["derive", STUDENT, "P(I=high | L=strong)", "--format", "json"],
    ["compare", CONFOUNDED, "P(L | do(G=A))", "P(L | G=A)"],
    ["adjust", CONFOUNDED, "G", "L", "--all"],
    ["adjust", "Z -> X -> M -> Y; X <-> Y", "X", "Y", "--format", "json"],
    ["independent", "A -> B -> C -> D; B <-> D; E -> A", "--format", "json"],
    ["identify", "A -> X -> Y; X <-> Z; Z -> Y; Y <-> Z; A <-> Z", "P(Y | do(X), Z)"],
    ["bounds", "Z -> X -> Y; X <-> Y", "P(Y=1 | do(X=1)) - P(Y=1 | do(X=0))"],
    ["table", STUDENT],
    ["counts", STUDENT, "P(L | I)"],
    ["derive", STUDENT, "P(Lx | G)"],
    ["evaluate", STUDENT, "P(I, G | L)"],
    ["sensitivity", STUDENT, "P(I=high | L=weak)"],
    ["draw", "A -> B -> C; B <-> D; hidden E; E -> A", "--format", "svg"],
    ["convert", STUDENT, "-", "--to", "dagitty"],
    ["check", str(EXAMPLES / "notes.md")],
    ["model", str(EXAMPLES / "notes.md")],
    ["report", CONFOUNDED, "P(L | do(G=A))"],
    ["exercise", STUDENT, "--kind", "spot-the-error"],
    ["grade", str(EXAMPLES / "lecture.md"), str(EXAMPLES)],
    ["fill", "--check", str(EXAMPLES / "lecture.md")],
    ["completion", "bash"],
    ["lsp", "--help"],
]
COMMANDS = pytest.mark.parametrize("arguments", CALLS, ids=lambda arguments: arguments[0])


@COMMANDS
def test_output_is_the_same_under_three_hash_seeds(arguments: list[str]) -> None:
    same_under(range(3), arguments)


@pytest.mark.slow
@COMMANDS
def test_output_is_the_same_under_more_hash_seeds(arguments: list[str]) -> None:
    same_under(range(3, 3 + many(5)), arguments)


def same_under(seeds: range, arguments: list[str]) -> None:
    ended = [run(*arguments, environment={"PYTHONHASHSEED": str(seed)}) for seed in seeds]
    assert "Traceback" not in ended[0].stderr
    assert ended[0].stdout + ended[0].stderr
    assert {(e.returncode, e.stdout, e.stderr) for e in ended} == {
        (ended[0].returncode, ended[0].stdout, ended[0].stderr)
    }
