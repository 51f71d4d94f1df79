"""Hand-ins: the first wrong sign, the rule that was misused, and credit."""

from __future__ import annotations

import json
import os
from fractions import Fraction
from pathlib import Path

import pytest

from symcausal import Model
from symcausal.cli.main import main
from symcausal.errors import UsageError
from symcausal.sheets.exercises import KINDS, exercise
from symcausal.sheets.grading import Grade, grade
from symcausal.sheets.mistakes import MISTAKES
from tests.command_line import EXAMPLES
from tests.support.depth import many

STUDENT = Model.load(EXAMPLES / "student.model")
SHEET = """
```symcausal
S: 2; S -> G; G -> L; S -> L
```

Derive: $$P(L \\mid do(G))$$
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "sheet.md"
    path.write_text(SHEET, encoding="utf-8")
    return path


def graded(sheet: Path, handin: str) -> Grade:
    """The grade of one hand-in."""
    path = sheet.parent / "handin.md"
    path.write_text(handin, encoding="utf-8")
    (found,) = grade(str(sheet), [str(path)]).grades
    return found


RIGHT = "$$P(L | do(G)) = \\sum_S P(L | do(G), S) P(S | do(G)) = \\sum_S P(L | G, S) P(S)$$"
ROWS = [
    # hand-in, right signs, all signs, place of the first wrong one, number of the mistake, remark
    (RIGHT, 2, 2, None, None, "all signs hold"),
    ("$P(L | do(G)) = P(L | G)$", 0, 1, (1, 2), 0, "rule 2 of do-calculus"),
    (RIGHT.replace(" P(S)$$", " P(S | G)$$"), 1, 2, (1, 18), 3, "by those that were seen"),
    (RIGHT.replace("P(L | G, S)", "P(L | S)"), 1, 2, (1, 18), None, "first wrong equality"),
    ("$P(L | do(G)) = \\sum_S P(L | do(G), S) P(S)$", 1, 2, None, None, "not yet one over"),
    ("$P(L | G) = P(L | G)$", 0, 1, None, None, "begin with what is asked"),
    ("I do not know.", 0, 1, None, None, "no equals sign"),
    ("$P(L | do(G)) = \\int f(L) dL$", 0, 1, None, None, "unreadable"),
]


@pytest.mark.parametrize(("handin", "right", "signs", "place", "mistake", "words"), ROWS)
def test_a_hand_in_has_its_grade(sheet, handin, right, signs, place, mistake, words):
    found = graded(sheet, handin)
    assert (found.right, found.signs) == (right, signs)
    assert found.credit == Fraction(right, signs)
    assert place == (None if found.wrong is None else (found.wrong.line, found.wrong.column))
    if mistake is not None:
        assert found.mistake == MISTAKES[mistake]
    assert words in found.words


@pytest.mark.parametrize(
    "trick",
    [
        "```symcausal\nG -> L\nS: 2\n```\n\n{}",
        "<!-- symcausal: off -->\n{}",
        "<!-- symcausal: skip -->\n{}",
        "<!-- symcausal: expect fails -->\n{}",
    ],
)
def test_what_a_hand_in_tells_the_checker_counts_for_nothing(sheet, trick):
    found = graded(sheet, trick.format("$P(L | do(G)) = P(L | G)$"))
    assert (found.right, found.signs) == (0, 1)
    assert found.wrong is not None


def planted(seed: int, folder: Path) -> None:
    """Grade a sheet with an error as if it were handed in, and its answer."""
    made = exercise(STUDENT, "spot-the-error", seed)
    made.sheet.save(folder / "sheet.md")
    made.answer.save(folder / "answer.md")
    paths = [str(folder / name) for name in ("sheet.md", "answer.md")]
    wrong, right = grade(paths[0], paths).grades
    assert made.wrong is not None
    assert wrong.right == made.wrong - 1
    assert wrong.wrong is not None
    assert wrong.wrong.verdict == "fails"
    assert wrong.mistake is not None
    assert (right.credit, right.words) == (1, "all signs hold")


@pytest.mark.parametrize("seed", range(6))
def test_the_first_wrong_sign_of_a_changed_chain_is_named(seed, tmp_path):
    planted(seed, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6, 56))
def test_fifty_more_changed_chains(seed, tmp_path):
    planted(seed, tmp_path)


@pytest.mark.parametrize("kind", ["derive", "fill-in"])
def test_model_answers_have_full_credit(kind, tmp_path):
    made = exercise(STUDENT, kind, 0)
    made.sheet.save(tmp_path / "sheet.md")
    made.answer.save(tmp_path / "answer.ipynb")
    (found,) = grade(str(tmp_path / "sheet.md"), [str(tmp_path / "answer.ipynb")]).grades
    assert found.credit == 1


GRAPHS = (
    "A -> B -> C",
    "Z -> X -> Y; Z -> Y",
    "U -> X; U -> Y; X -> M -> Y",
    "A -> C; B -> C; C -> D",
)


def answered(seed: int, graph: str, folder: Path) -> None:
    """Grade the model answers of exercises of each kind in each format."""
    for kind in KINDS:
        made = exercise(Model.parse(graph), kind, seed)
        for ending in ("md", "tex", "html"):
            sheet, answer = folder / f"sheet.{ending}", folder / f"answer.{ending}"
            made.sheet.save(sheet)
            made.answer.save(answer)
            (found,) = grade(str(sheet), [str(answer)]).grades
            assert (found.credit, found.words) == (1, "all signs hold"), (kind, ending)


@pytest.mark.parametrize(("seed", "graph"), [(3, GRAPHS[0]), (7, GRAPHS[1])])
def test_model_answers_have_full_credit_in_each_format(seed, graph, tmp_path):
    answered(seed, graph, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("graph", GRAPHS)
@pytest.mark.parametrize("seed", range(many(10)))
def test_model_answers_of_many_exercises_have_full_credit(seed, graph, tmp_path):
    answered(seed, graph, tmp_path)


DONE = "\\sum_B P(C | B) P(B | A)"
CHAINS = [
    # hand-in, right signs, all signs, remark
    ("$P(C | A) = P(C | A)$ and $P(B) = P(B)$.", 0, 1, "nothing beyond what is asked"),
    ("$$P(C | A) = P(C, A)/P(A) = P(C | A) = P(C, A)/P(A)$$", 1, 2, "not yet one over"),
    ("$$P(C | A) = P(C, A)/P(A)$$ where $\\sum_A P(A) = 1$.", 1, 2, "not yet one over"),
    ("$$P(C|A) = P(C, A)/P(A)$$\n\n$$P(B) = \\sum_A P(A) P(B|A)$$", 1, 2, "not yet one over"),
    ("$$P(C | A) = P(C, A)/P(A)$$ where $\\sum_A P(A) = 2$.", 1, 2, "first wrong equality"),
    (f"$$P(C | A) = {DONE}$$", 1, 1, "all signs hold"),
    (f"$$P(C | A) = {DONE}$$ where $\\sum_A P(A) = 1$.", 1, 1, "all signs hold"),
    (f"$P(A, B) = P(B | A) P(A)$. So $$P(C | A) = {DONE}$$", 1, 1, "all signs hold"),
    (
        f"$$P(C|A) = \\sum_B P(C, B | A)$$\n\nand then\n\n$$\\sum_B P(C, B | A) = {DONE}$$",
        2, 2, "all signs hold",
    ),
    (f"$$P(C | A) = \\sum_B P(C, B | A)$$\n\n$$P(B | A) P(C | B) = {DONE}$$", 1, 2, "wrong"),
]  # fmt: skip


@pytest.mark.parametrize(("handin", "right", "signs", "words"), CHAINS)
def test_only_what_leads_on_from_what_is_asked_counts(handin, right, signs, words, sheet):
    sheet.write_text("```symcausal\nA -> B -> C\n```\n\n$P(C | A)$\n", encoding="utf-8")
    found = graded(sheet, handin)
    assert (found.right, found.signs) == (right, signs), found.words
    assert words in found.words


@pytest.mark.parametrize(
    ("asked", "handin"),
    [
        ("P(C | do(A))", "P(C | do(A)) = \\sum_B P(C, B | do(A))"),
        ("E[C]", "E[C] = \\sum_A P(A) E[C | A]"),
    ],
)
def test_an_action_or_a_mean_is_no_table(asked, handin, sheet):
    sheet.write_text(f"```symcausal\nA -> B -> C; C: 0, 1\n```\n\n${asked}$\n", encoding="utf-8")
    found = graded(sheet, f"${handin}$")
    assert (found.right, found.signs) == (1, 2), found.words


def test_a_folder_is_a_table(sheet, capsys):
    handins = sheet.parent / "handins"
    handins.mkdir()
    (handins / "ann.md").write_text(RIGHT, encoding="utf-8")
    (handins / "bob.tex").write_text("$P(L | do(G)) = P(L | G)$", encoding="utf-8")
    (handins / "cy.md").write_bytes(b"\xff\xfe\x00")
    main(["grade", str(sheet), str(handins), "--format", "json"])
    rows = json.loads(capsys.readouterr().out)
    assert [(Path(row["path"]).name, row["credit"]) for row in rows] == [
        ("ann.md", "1"), ("bob.tex", "0"), ("cy.md", "0"),
    ]  # fmt: skip
    assert rows[1]["misused"] == "rule 2 of do-calculus"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_each_file_of_a_folder_is_in_the_table(sheet):
    folder = sheet.parent / "handins"
    (folder / "later").mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / ".git" / "old.md").write_text(RIGHT, encoding="utf-8")
    (folder / ".DS_Store").write_bytes(b"\0")
    (folder / "ann.txt").write_text(RIGHT.replace("$$", "$"), encoding="utf-8")
    (folder / "bob.HTML").write_text(f"<p>{RIGHT}</p>", encoding="utf-8")
    (folder / "cy.pdf").write_bytes(b"%PDF-1.4")
    (folder / "dan.md").symlink_to("nowhere.md")
    (folder / "eve.md").write_bytes(b"\xff\xfe\x00")
    (folder / "fay").write_text(RIGHT, encoding="utf-8")
    os.mkfifo(folder / "gus.md")
    (folder / "later" / "hal.qmd").write_text(RIGHT, encoding="utf-8")
    found = {Path(g.path).name: g for g in grade(str(sheet), [str(folder)]).grades}
    read = {"ann.txt", "bob.HTML", "fay", "hal.qmd"}
    assert {name for name, one in found.items() if one.credit == 1} == read
    unread = {name: one.words for name, one in found.items() if name not in read}
    assert {*unread} == {"cy.pdf", "dan.md", "eve.md", "gus.md"}
    assert all(words.startswith("not read: ") for words in unread.values())
    assert ".pdf" in unread["cy.pdf"]
    assert "no file" in unread["gus.md"]


@pytest.mark.parametrize("name", ["nofile.md", "empty"])
def test_a_path_without_a_file_is_refused(name, sheet, capsys):
    (sheet.parent / "empty").mkdir()
    with pytest.raises(SystemExit) as end:
        main(["grade", str(sheet), str(sheet), str(sheet.parent / name)])
    assert end.value.code == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "no file" in told.err
    assert name in told.err


@pytest.mark.parametrize("text", ["$P(A)$", "```symcausal\nA -> B\n```"])
def test_what_is_no_sheet_is_refused(text, sheet):
    sheet.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"states no model|asks nothing"):
        grade(str(sheet), [str(sheet)])
