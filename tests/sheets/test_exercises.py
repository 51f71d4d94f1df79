"""Exercises: answers hold, and of a derivation with an error exactly the planted sign fails."""

from __future__ import annotations

import pytest

from symcausal import Model, check
from symcausal.cli.exercise import PARSER
from symcausal.cli.main import main
from symcausal.errors import UsageError
from symcausal.expr.scope import free_letters
from symcausal.reading.reader import read
from symcausal.sheets.exercises import KINDS, Exercise, exercise
from symcausal.sheets.mistakes import MISTAKES, mistaken
from symcausal.writing.text import text
from tests.command_line import EXAMPLES

MODELS = {
    "student": Model.load(EXAMPLES / "student.model"),
    "confounded": Model.load(EXAMPLES / "confounded.model"),
    "front door": Model("X -> Z -> Y; X <-> Y; W -> Y"),
    "uniform": Model.parse("A -> B -> C; A -> C; " + "; ".join(
        ["P(A) = 1/2, rest", *(f"P(B | A={a}) = 1/2, rest" for a in (0, 1))]
        + [f"P(C | A={a}, B={b}) = 1/2, rest" for a in (0, 1) for b in (0, 1)])),
}  # fmt: skip


def judged(made: Exercise) -> None:
    """Let a checker read what students and what teachers get."""
    answers = [claim.verdict for claim in check(made.answer.to_markdown()).claims]
    assert answers
    assert set(answers) == {"holds"}
    asked = [claim.verdict for claim in check(made.sheet.to_markdown()).claims]
    wrong = [number for number, verdict in enumerate(asked, 1) if verdict != "holds"]
    assert wrong == ([] if made.wrong is None else [made.wrong])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("seed", range(2))
def test_an_exercise_is_what_it_says(name, kind, seed):
    made = exercise(MODELS[name], kind, seed)
    assert (made.wrong is not None) == (kind == "spot-the-error")
    judged(made)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(200))
def test_many_exercises_are_what_they_say(kind, seed):
    names = [*MODELS]
    judged(exercise(MODELS[names[seed % len(names)]], kind, seed))


@pytest.mark.parametrize("kind", KINDS)
def test_the_seed_decides(kind):
    first, again = (exercise(MODELS["student"], kind, 3) for _ in range(2))
    assert first.sheet.to_markdown() == again.sheet.to_markdown()
    assert first.answer.to_markdown() == again.answer.to_markdown()
    sheets = {exercise(MODELS["student"], kind, seed).sheet.to_markdown() for seed in range(4)}
    assert len(sheets) > 1


def test_a_missing_line_is_in_the_answer_alone():
    made = exercise(MODELS["student"], "fill-in", 0)
    sheet, answer = made.sheet.to_markdown(), made.answer.to_markdown()
    assert "....." in sheet
    assert answer.count("&=") == sheet.count("&=")


def test_what_is_too_small_is_refused():
    with pytest.raises(UsageError, match="no exercise"):
        exercise(Model("A"), "derive", 1)


@pytest.mark.parametrize(
    ("mistake", "formula", "wrong"),
    [
        (0, "P(Y | do(X))", {"P(Y | X)"}),
        (1, "P(Y | 'X=1', Z=0)", {"P(Y | X=1)", "P(Y | Z=0)"}),
        (2, "P(Y | X)", {"P(X | Y)"}),
        (3, "sum_{Z} P(Y | X, Z) P(Z)", {"sum_{Z} P(Y | X, Z) P(Z | X)"}),
        (4, "P(Y | X) P(X)", {"P(Y | X)"}),
    ],
)
def test_a_mistake_is_the_misuse_of_its_rule(mistake, formula, wrong):
    right = read(formula.replace("'", ""))
    made = list(mistaken(right, MISTAKES[mistake]))
    assert {text(one) for one in made} == wrong
    assert all(free_letters(one) == free_letters(right) for one in made)


def test_the_command_writes_both(tmp_path, capsys):
    sheet = tmp_path / "sheet.md"
    words = [str(EXAMPLES / "student.model"), "--kind", "spot-the-error", "--seed", "7"]
    main(["exercise", *words, "-o", str(sheet)])
    main(["exercise", *words])
    printed = capsys.readouterr().out
    answer = (tmp_path / "sheet-answer.md").read_text(encoding="utf-8")
    assert printed == sheet.read_text(encoding="utf-8") + "\n" + answer
    with pytest.raises(SystemExit) as end:
        main(["check", str(sheet)])
    assert end.value.code == 1


def test_the_command_knows_every_kind():
    (action,) = (known for known in PARSER.standard._actions if known.dest == "kind")
    assert tuple(action.choices or ()) == KINDS
