"""Every way in which the command line says no: in words, with the right status, soon, and safely."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from symcausal import errors
from tests.command_line import EXAMPLES, run, seconds_spent
from tests.support.pace import soon

STUDENT = str(EXAMPLES / "student.model")
OPEN = "A: 2; parameters q; P(A) = q, rest"
CHAIN = "; ".join(f"X{i} -> X{i + 1}" for i in range(60))
JOINT = "P(" + ", ".join(f"X{i}" for i in range(61)) + ")"
NESTED = "(" * 100_000
BAD_INPUT, ANSWER_IS_NO, OUT_OF_BUDGET = 2, 3, 4
EVIL = '__import__("os").system("touch pwned")'


def refused(ended: subprocess.CompletedProcess[str], status: int) -> str:
    """The message of a refusal, after what all refusals have in common has been checked."""
    assert ended.returncode == status, ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr
    assert "defect" not in ended.stderr
    assert ended.stderr.strip()
    assert max(map(len, ended.stderr.splitlines())) < 300
    return ended.stderr


# command, status, code of the error, what the message says, text above the first caret (if any)
REFUSALS = [
    (["derive", STUDENT, "P(L | G=A"], BAD_INPUT, "SC001", "')'", "(L | G=A"),
    (["derive", STUDENT, ""], BAD_INPUT, "SC001", "nothing", ""),
    (["derive", STUDENT, "P(A|B|C)"], BAD_INPUT, "SC001", "second", "|"),
    (["independent", STUDENT, "I D"], BAD_INPUT, "SC001", "_||_", "D"),
    (
        ["derive", STUDENT, "P(L | Grade)"],
        BAD_INPUT,
        "SC002",
        "did you mean G (label Grade)?",
        "Grade",
    ),
    (["lsp", "--rescale"], BAD_INPUT, "SC011", "--rescale without --model", None),
    (["completion", "csh"], BAD_INPUT, "SC011", "choose from", None),
    (["bounds", "A -> B; A <-> B", "P(B=1 | do(C=1))"], BAD_INPUT, "SC002", "'C'", "C"),
    (["bounds", "A -> B; A <-> B", "P(B | do(A=1))"], BAD_INPUT, "SC011", "free value", None),
    (["counts", STUDENT, "P(Z)"], BAD_INPUT, "SC002", "'Z'", "Z"),
    (["table", STUDENT, "Z"], BAD_INPUT, "SC002", "'Z'", None),
    (["adjust", STUDENT, "G", "Z"], BAD_INPUT, "SC002", "'Z'", None),
    (["evaluate", STUDENT, "P(D=Hard)"], BAD_INPUT, "SC003", "did you mean 'hard'?", "Hard"),
    (["evaluate", STUDENT, "P(I=high | G=D)"], BAD_INPUT, "SC003", "known: A, B, C", "D"),
    (["table", "A; P(A) = 0.5, 0.6"], BAD_INPUT, "SC004", "sums to 11/10", "P(A) = 0.5, 0.6"),
    (["derive", "A -> B -> A", "P(A)"], BAD_INPUT, "SC005", "circle", "B -> A"),
    (["evaluate", "A -> B; P(A) = 0, 1", "P(B | A=0)"], ANSWER_IS_NO, "SC007", "A=0", None),
    (["derive", STUDENT, "P(I | G=A, G=B)"], ANSWER_IS_NO, "SC007", "G=A, G=B", None),
    (["evaluate", OPEN, "P(A)", "--set", "q=7"], BAD_INPUT, "SC009", "P(A) = 7, -6", None),
    (["evaluate", OPEN, "P(A)", "--set", "q=ten"], BAD_INPUT, "SC009", "'ten'", None),
    (["evaluate", OPEN, "P(A)", "--set", f"q={EVIL}"], BAD_INPUT, "SC009", "exact number", None),
    (["derive", STUDENT, f"P(L) + {NESTED}"[:99_000]], OUT_OF_BUDGET, "SC010", "nested", "("),
    (["derive", STUDENT, NESTED], OUT_OF_BUDGET, "SC010", "nested", "("),
    (["evaluate", STUDENT, "P(L)^{99999999}"], OUT_OF_BUDGET, "SC010", "power", "99999999"),
    (["evaluate", CHAIN, JOINT], OUT_OF_BUDGET, "SC010", "61 variables", None),
    (
        ["evaluate", CHAIN, "P(X60=1)", "--format", "csv"],
        OUT_OF_BUDGET,
        "SC010",
        "too long to write",
        None,
    ),
    (["derive", STUDENT, "P(L)", "--nested", "--numbers"], BAD_INPUT, "SC011", "choose one", None),
    (["derive", STUDENT, "P(L)", "--normalise"], BAD_INPUT, "SC011", "--numbers or --nested", None),
    (["derive", STUDENT, "P(L)", "--digits", "3"], BAD_INPUT, "SC011", "without --numbers", None),
    (
        ["derive", STUDENT, "P(L)", "--numbers", "--digits", "0"],
        BAD_INPUT,
        "SC011",
        "1 to 50",
        None,
    ),
    (
        ["derive", STUDENT, "P(L)", "--numbers", "--detail", "full"],
        BAD_INPUT,
        "SC011",
        "leave --detail out",
        None,
    ),
    (["derive", STUDENT, "P(L)", "--numbers", "--normalise"], BAD_INPUT, "SC011", "P(B |", None),
    (["derive", OPEN, "P(A)", "--numbers"], BAD_INPUT, "SC008", "no number for q", None),
    (
        ["derive", "A -> B; P(A) = 0, 1; P(B | A=1) = 0.5, 0.5", "P(B | A=0)", "--numbers"],
        ANSWER_IS_NO,
        "SC007",
        "A=0",
        None,
    ),
    (["derive", STUDENT, "P(L | do(L=weak))"], BAD_INPUT, "SC011", "name the state", None),
    (
        ["derive", "A <-> B; A -> B", "P(B | do(A))"],
        ANSWER_IS_NO,
        "SC006",
        "not identifiable",
        None,
    ),
    (
        ["identify", "A <-> B", "P(B | do(A))", "--given", "P(B | A)"],
        BAD_INPUT,
        "SC011",
        "whole",
        None,
    ),
    (
        ["identify", "A <-> B", "P(B | do(A))", "--given", "A"],
        BAD_INPUT,
        "SC011",
        "a distribution",
        None,
    ),
    (["identify", "hidden A; A -> B", "P(B | do(A))"], BAD_INPUT, "SC011", "A is hidden", None),
    (["identify", "A <-> B", "P(B | do(C))"], BAD_INPUT, "SC002", "'C'", "C"),
    (["adjust", STUDENT, "G", "G"], BAD_INPUT, "SC011", "another variable", None),
    (["evaluate", OPEN, "P(A)", "--set", "r=1"], BAD_INPUT, "SC011", "known: q", None),
    (["evaluate", OPEN, "P(A)", "--set", "q"], BAD_INPUT, "SC011", "NAME=NUMBER", None),
    (["evaluate", OPEN, "P(A)", "--set", "q="], BAD_INPUT, "SC011", "NAME=NUMBER", None),
    (["evaluate", OPEN, "P(A)", "--set", "q=1", "--set", "q=0"], BAD_INPUT, "SC011", "twice", None),
    (["evaluate", STUDENT, "9**9**9**9"], BAD_INPUT, "SC001", "brackets around", "**"),
    (["sensitivity", STUDENT, "P(L=weak)", "P(Z=1)"], BAD_INPUT, "SC002", "'Z'", "Z"),
    (["compare", STUDENT, "P(L)", "P(L | Z)"], BAD_INPUT, "SC002", "'Z'", "Z"),
    (["draw", STUDENT, "--do", "G=D"], BAD_INPUT, "SC003", "known: A, B, C", None),
    (["convert", STUDENT, "student.docx"], BAD_INPUT, "SC011", "no format for", None),
    (["fill", "no-such-notes.md"], BAD_INPUT, "SC011", "cannot read", None),
    (["report", STUDENT, "P(Z)"], BAD_INPUT, "SC002", "'Z'", "Z"),
    (["exercise", "A"], BAD_INPUT, "SC011", "no exercise", None),
    (["grade", "no-such-sheet.md", "."], BAD_INPUT, "SC011", "cannot read", None),
    (["fill", "-"], BAD_INPUT, "SC011", "the name of a file", None),
    (["model", "no-such-notes.md"], BAD_INPUT, "SC011", "cannot read", None),
    (["check", "no-such-notes.md"], BAD_INPUT, "SC011", "cannot read", None),
    (["check", "-", "--model", "A -> B -> A"], BAD_INPUT, "SC005", "circle", "B -> A"),
    (["derive", "A; P(A) = 9**9**9**9, rest", "P(A)"], BAD_INPUT, "SC001", "'**'", "**"),
]


@pytest.mark.parametrize(
    ("command", "status", "code", "words", "shown"),
    REFUSALS,
    ids=[" ".join(row[0])[:60] for row in REFUSALS],
)
def test_refuses_with_a_message(command, status, code, words, shown):
    with soon(2, clock=seconds_spent):
        message = refused(run(*command), status)
    assert f"error[{code}]" in message
    assert words in message
    assert ("\n  | " in message) is (shown is not None)
    if shown:
        assert shown.startswith(under_caret(message))


def under_caret(message: str) -> str:
    """The part of the text that the first row of carets stands under."""
    lines = message.splitlines()
    row = next(i for i, line in enumerate(lines) if line.startswith("  | ") and "^" in line
               and set(line[4:]) <= {" ", "^"})  # fmt: skip
    start, end = lines[row].index("^"), lines[row].rindex("^") + 1
    return lines[row - 1][start:end]


def test_every_error_class_that_a_user_can_meet_is_shown():
    """Apart from those that wait for a command of their own, and those of Python alone."""
    later = {"SC000", "SC012", "SC013", "SC014"}
    codes = {
        value.code
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, errors.SymcausalError)
    }
    assert {row[2] for row in REFUSALS} == codes - later


@pytest.mark.parametrize(
    "command",
    [
        ["derive", STUDENT, "P(L)", "--format", "pdf"],
        ["derive", STUDENT, "P(L)", "--detail", "long"],
        ["derive", STUDENT, "P(L)", "--notation", "mine"],
        ["evaluate", STUDENT, "P(L)", "--set"],
        ["derivee", STUDENT, "P(L)"],
        ["derive"],
        ["--nonsense"],
    ],
    ids=lambda command: " ".join(command)[-30:],
)
def test_wrong_usage_is_explained(command):
    assert "error[SC011]" in refused(run(*command), BAD_INPUT)


def test_says_which_command_was_meant():
    assert "did you mean 'derive'?" in run("derivee").stderr


# -- nothing is evaluated -----------------------------------------------------------------------
@pytest.mark.parametrize(
    "command",
    [
        ["derive", STUDENT, EVIL],
        ["evaluate", STUDENT, EVIL],
        ["evaluate", STUDENT, f"P(L) * {EVIL}"],
        ["compare", STUDENT, "P(L)", EVIL],
        ["table", f"A; P(A) = {EVIL}, rest"],
        ["independent", STUDENT, EVIL],
    ],
    ids=lambda command: command[0],
)
def test_code_is_a_syntax_error_and_is_never_run(command, tmp_path):
    message = refused(run(*command, folder=tmp_path), BAD_INPUT)
    assert "error[SC001]" in message
    assert "^" in message
    assert not list(tmp_path.iterdir())


# -- models -------------------------------------------------------------------------------------
def test_a_model_file_reports_all_its_errors(tmp_path):
    path = tmp_path / "faulty.model"
    path.write_text("A -> B\nP(A) = 0.5, 0.6\nP(B | A=2) = 0.1, 0.9\nC: x y\nP(B | A=0) = 2, -1\n")
    message = refused(run("table", str(path)), BAD_INPUT)
    places = [line.split(": error")[0] for line in message.splitlines() if ": error[" in line]
    assert [place.removeprefix(f"{path}:").split(":")[0] for place in places] == [
        "2", "3", "4", "5",
    ]  # fmt: skip
    assert message.count("^\n") >= 4


def test_a_file_that_is_not_there(tmp_path):
    (tmp_path / "student.model").write_text("A -> B")
    message = refused(run("derive", str(tmp_path / "studen.model"), "P(B)"), BAD_INPUT)
    assert "there is no file" in message
    assert "did you mean 'student.model'?" in message


def test_a_folder_for_a_model(tmp_path):
    assert "is a folder" in refused(run("derive", str(tmp_path), "P(B)"), BAD_INPUT)


def test_a_file_that_may_not_be_read(tmp_path):
    path = tmp_path / "secret.model"
    path.write_text("A -> B")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    assert "cannot read" in refused(run("derive", str(path), "P(B)"), BAD_INPUT)


@pytest.mark.parametrize("data", [b"\xff\xfe\x00mode", bytes(range(256))])
def test_a_file_that_is_no_text(data, tmp_path):
    path = tmp_path / "binary.model"
    path.write_bytes(data)
    assert "UTF-8" in refused(run("derive", str(path), "P(B)"), BAD_INPUT)


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing here\n"])
def test_an_empty_model_knows_no_variable(text, tmp_path):
    path = tmp_path / "empty.model"
    path.write_text(text)
    for model in (str(path), "-"):
        ended = run("derive", model, "P(B)", text=text)
        assert "no variable 'B'" in refused(ended, BAD_INPUT)


def test_standard_input_is_a_model():
    ended = run("evaluate", "-", "P(B=1)", text="A -> B; P(A) = 1/3, rest; P(B | A=0) = 1, 0\n"
                "P(B | A=1) = 1/2, 1/2")  # fmt: skip
    assert ended.returncode == 0
    assert ended.stdout.startswith("1/3 ")
    assert "error[SC001]" in refused(run("table", "-", text="A -> "), BAD_INPUT)


def test_a_model_that_is_too_large(tmp_path):
    path = tmp_path / "large.model"
    path.write_text("a" * 11_000_000)
    for model in (str(path), "-"):
        with soon(2, clock=seconds_spent):
            ended = run("table", model, text="a" * 11_000_000)
        assert "SC010" in refused(ended, OUT_OF_BUDGET)


def test_a_model_that_is_nested_too_deep():
    ended = run("table", "-", text=f"A; P(A) = {NESTED}1, rest")
    assert "SC010" in refused(ended, OUT_OF_BUDGET)


# -- output -------------------------------------------------------------------------------------
@pytest.mark.parametrize("target", ["nowhere/answer.tex", ".", "full"])
def test_an_output_that_cannot_be_written_leaves_nothing_behind(target, tmp_path):
    (tmp_path / "full").mkdir()
    before = sorted(tmp_path.rglob("*"))
    ended = run("derive", STUDENT, "P(L)", "-o", str(tmp_path / target))
    refused(ended, BAD_INPUT)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_refused_question_writes_no_file(tmp_path):
    target = tmp_path / "answer.tex"
    refused(run("derive", STUDENT, "P(Q)", "-o", str(target)), BAD_INPUT)
    assert not list(tmp_path.iterdir())


def test_an_output_is_written_whole(tmp_path):
    target: Path = tmp_path / "answer.txt"
    target.write_text("old")
    assert run("derive", STUDENT, "P(L)", "-o", str(target)).returncode == 0
    assert target.read_text() == run("derive", STUDENT, "P(L)").stdout
    assert [path.name for path in tmp_path.iterdir()] == ["answer.txt"]
