"""How a report is shown: notebooks, pull requests, terminals, folders, broken input."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from symcausal.errors import SymcausalError
from symcausal.model import Model
from symcausal.notes.check import check_files, check_text
from tests.command_line import run

STUDENT = "I -> G <- D; I -> S; G -> L"
COUNTS = "0 holds, 1 fails, 0 undecided, 0 unreadable, 0 definition"


def test_a_notebook_shows_a_table() -> None:
    report = Model.parse(STUDENT).check(r"$P(I) = P(D)$ and $P(I, D) = P(I) P(D)$ and $P(\&) = 1$")
    table = report._repr_html_()
    assert table.count("<tr>") == 1 + len(report.claims)
    assert table.count("<tr>") == table.count("</tr>")
    assert "1 holds, 1 fails" in table
    assert "did you mean" in table
    assert "for example left" in table
    assert "1 fails" in report._repr_markdown_()


def test_a_table_escapes_what_notes_say() -> None:
    table = check_text(r"$P(A) = P(A \mid \text{<script>alert(1)</script>})$").to_html()
    assert "<script>" not in table


def test_annotations_escape_what_the_command_would_read(tmp_path: Path) -> None:
    folder = tmp_path / "a,b"
    folder.mkdir()
    path = folder / "50%: notes.md"
    path.write_text("$P(I) = P(D)$", encoding="utf-8")
    ended = run("check", "--model", STUDENT, "--format", "github", str(path))
    (line,) = [line for line in ended.stdout.splitlines() if line.startswith("::")]
    match = re.fullmatch(r"::error file=([^,:]*),line=1,col=2,endLine=1,endColumn=13::(.*)", line)
    assert match is not None, line
    name = match[1].replace("%3A", ":").replace("%2C", ",").replace("%25", "%")
    assert name == str(path)
    assert match[2].startswith("P(I) = P(D)%0A")
    assert ended.stdout.splitlines()[-1] == COUNTS


def notebook(*cells: str) -> str:
    made = [{"cell_type": "markdown", "metadata": {}, "source": cell} for cell in cells]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def test_a_line_of_a_cell_is_no_line_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "notes.ipynb"
    path.write_text(notebook("Words.", "$P(I) = P(D)$"), encoding="utf-8")
    ended = run("check", "--model", STUDENT, "--format", "github", str(path))
    (line,) = [line for line in ended.stdout.splitlines() if line.startswith("::")]
    assert line.startswith(f"::error file={path}::cell 2, line 1: P(I) = P(D)")


@pytest.mark.parametrize("shape", ["text", "github"])
@pytest.mark.parametrize("text", ["", "No formula.", "$P(I) = P(D)$", "$G = 3$"])
def test_counts_are_always_printed(tmp_path: Path, text: str, shape: str) -> None:
    path = tmp_path / "notes.md"
    path.write_text(text, encoding="utf-8")
    ended = run("check", "--model", STUDENT, "--format", shape, str(path))
    last = ended.stdout.splitlines()[-1]
    assert re.fullmatch(
        r"\d+ holds, \d+ fails, \d+ undecided, \d+ unreadable, \d+ definition", last
    )


def test_progress_is_told_passage_by_passage(tmp_path: Path) -> None:
    path = tmp_path / "long.md"
    path.write_text("\n\n".join(["$P(A, B) = P(A) P(B \\mid A)$"] * 30), encoding="utf-8")
    told: list[tuple[str, int, int]] = []
    check_files([str(path)], progress=lambda *how_far: told.append(how_far))
    assert told == [(str(path), done, 30) for done in range(1, 31)]
    assert run("check", str(path)).stderr == ""  # no terminal, no progress


def test_a_folder_is_read_in_order_and_to_its_end(tmp_path: Path) -> None:
    for name in ("b.md", "a/z.tex", "a/c.ipynb", ".ipynb_checkpoints/c.md", ".git/x.md", "d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("$P(A, B) = P(A)$" if path.suffix != ".ipynb" else "no json")
    report = check_files([str(tmp_path)])
    assert [file.path for file in report.files] == [
        str(tmp_path / name) for name in ("a/c.ipynb", "a/z.tex", "b.md")
    ]
    assert report.files[0].problems
    assert [len(file.claims) for file in report.files] == [0, 1, 1]
    assert run("check", str(tmp_path)).returncode == 1
    (tmp_path / "b.md").unlink()
    (tmp_path / "a" / "z.tex").unlink()
    assert run("check", str(tmp_path)).returncode == 2
    with pytest.raises(SymcausalError):  # a file that was asked for by name
        check_files([str(tmp_path / "a" / "c.ipynb")])


BROKEN = """
```symcausal
I -> G <- D
P(I) = 0.3, 0.3
```

So $P(I, D) = P(I) P(D)$ and $P(I) = P(D)$.
"""


def test_under_a_model_that_cannot_be_read_nothing_fails(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text(BROKEN, encoding="utf-8")
    (file,) = check_files([str(path)]).files
    assert [claim.verdict for claim in file.claims] == ["undecided", "undecided"]
    assert "could not be read" in file.claims[0].reason
    ended = run("check", str(path))
    assert ended.returncode == 2
    assert ended.stdout.startswith(f"{path}:4:")
    assert "3/5" in ended.stdout  # the sum of the row that is wrong
    told = run("check", str(path), "--format", "github").stdout
    assert told.startswith(f"::error file={path},line=4,col=")
    assert run("check", "--strict", str(path)).returncode == 1


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"P(A, B) = P(A \mid B) P(B))", "holds"),
        (r"P(A \mid B) P(B)) = P(B \mid A) P(A))", "holds"),
        (r"P(A, B) = P(A \mid B) P(A))", "undecided"),
        (r"P(A) P(B) + P(C)) = P(C)", "unreadable"),  # what the bracket closes is anybody's guess
        (r"P(A, B)) + P(C) = P(C)", "unreadable"),
    ],
)
def test_a_bracket_that_nothing_opens_is_passed_over_at_the_end_of_a_product(
    text: str, verdict: str
) -> None:
    (claim,) = check_text(f"It is (as we know ${text}$.").claims
    assert claim.verdict == verdict
    assert ("')' that nothing opens" in claim.message) == (verdict != "unreadable")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"P(T) = P(T|C) \times P(C) + P(T|~C) \times P(~C)", "holds"),
        (r"P(T) = P(T|C) \times P(C) + P(T|~C) \times P(C)", "fails"),
        (r"P(A \mid B) = \frac{P(A,~B)}{P(B)}", "holds"),  # a blank of TeX
        (r"P(A, B) = P(A~|~B) \cdot P(B)", "holds"),
    ],
)
def test_a_tilde_behind_an_opening_bracket_denies(text: str, verdict: str) -> None:
    assert [claim.verdict for claim in check_text(f"${text}$").claims] == [verdict]
