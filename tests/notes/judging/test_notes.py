"""Whole notes: which sign is judged, where it stands, what is said, how the command ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from symcausal import Model
from symcausal.notes.check import check_files
from tests.command_line import EXAMPLES, run

STUDENT = "I -> G <- D; I -> S; G -> L"
CONFOUNDED = "I -> G <- D; I -> S; G -> L; S -> L"
NAPKIN = "W -> Z -> X -> Y; W <-> X; W <-> Y"
MISPRINT = "W1 -> X -> Y1; W2 -> Y2; W1 <-> W2; W1 <-> Y1; W1 <-> Y2; X <-> W2"


def verdicts(model: str, formula: str) -> list[str]:
    return [claim.verdict for claim in Model.parse(model).check(formula).claims]


@pytest.mark.parametrize(
    ("model", "formula", "expected"),
    [
        (STUDENT, r"P[L] = \sum_{\{G, I, D\}} P[L \mid G] P[G \mid I, D] P[I] P[D]", ["holds"]),
        (STUDENT, r"P(L) = \sum_G P(L|G)P(G) = \sum_g P(L|g)", ["holds", "fails"]),
        (STUDENT, r"P(S \mid \mathrm{do}(G)) = P(S)", ["holds"]),
        (STUDENT, r"P(S \mid \mathrm{do}(G)) = P(S \mid G)", ["fails"]),
        (STUDENT, r"P(S \mid \mathrm{do}(G)) \neq P(S \mid G)", ["holds"]),
        (STUDENT, r"P(I \mid L) \propto P(L \mid I) P(I)", ["holds"]),
        (STUDENT, r"P(I \mid L) \propto P(L \mid I)", ["fails"]),
        # a constant in a later line may depend on the evidence of the first
        (STUDENT, r"P(I|l) = \frac{P(I,l)}{P(l)} = \alpha P(I,l)", ["holds", "holds"]),
        (STUDENT, r"\frac{P(I,l)}{P(l)} = \alpha P(I,l)", ["holds"]),
        (STUDENT, r"P(I|l) = \frac{P(I,l)}{P(l)} = \alpha P(l|I)", ["holds", "fails"]),
        (STUDENT, r"P(I,l) = \alpha P(I)", ["fails"]),
        (STUDENT, r"I \perp D", ["holds"]),
        (STUDENT, r"I \perp D \mid L", ["fails"]),
        (STUDENT, r"G = \{A, B, C\}", []),
        (STUDENT, r"P(L \mid I)", []),
        (STUDENT, r"P(L) = P(Q)", ["unreadable"]),
        (CONFOUNDED, r"P(L \mid do(G)) = P(L \mid G)", ["fails"]),
        (CONFOUNDED, r"P(L \mid do(G)) = \sum_S P(L \mid G, S) P(S)", ["holds"]),
        (NAPKIN, r"P(y \mid do(x)) = P(y \mid x)", ["fails"]),
        (
            NAPKIN,
            r"P(y \mid do(x)) = \frac{\sum_w P(x, y \mid z, w) P(w)}{\sum_w P(x \mid z, w) P(w)}",
            ["holds"],
        ),
        (
            "X -> M -> Y; X <-> Y",
            r"P(y \mid do(x)) = \sum_m P(m \mid x) \sum_{x'} P(y \mid x', m) P(x')",
            ["holds"],
        ),
        (
            MISPRINT,
            r"P_x(y_1, y_2) = \sum_{w_2} P(y_1, w_2) \sum_{w_1} P(y_1 \mid x, w_1) P(w_1)",
            ["fails"],
        ),
        (
            MISPRINT,
            r"P_x(y_1, y_2) = \sum_{w_2} P(y_2, w_2) \sum_{w_1} P(y_1 \mid x, w_1) P(w_1)",
            ["holds"],
        ),
    ],
)
def test_known_equations(model: str, formula: str, expected: list[str]) -> None:
    assert verdicts(model, formula) == expected


def test_the_published_misprint_is_mended() -> None:
    """Shpitser and Pearl 2008 print ``P(y1, w2)`` where ``P(y2, w2)`` is meant."""
    report = Model.parse(MISPRINT).check(
        r"P_x(y_1, y_2) = \sum_{w_2} P(y_1, w_2) \sum_{w_1} P(y_1 \mid x, w_1) P(w_1)"
    )
    (claim,) = report.claims
    assert claim.counterexample is not None
    model = Model.parse(MISPRINT)
    meant = r"\sum_{w_2} P(y_2, w_2) \sum_{w_1} P(y_1 \mid x, w_1) P(w_1)"
    assert model.query(meant) in [model.query(text) for text in claim.suggestions]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("P(A | B) = 0.9", ["holds"]),
        (r"P(A \mid \neg B) = 0.3", ["holds"]),
        ("P(A, B) = P(A | B) P(B) = 0.18", ["holds", "holds"]),
        # true for B=0, and for A=0: nothing says which was meant
        ("P(A | B) = 0.3", ["undecided"]),
        ("P(A | B) = 0.1", ["undecided"]),
        ("P(A | B) = 0.4", ["fails"]),
        ("P(A=0 | B) = 0.1", ["holds"]),
        (r"P(A | B) \neq 0.9", ["undecided"]),
    ],
)
def test_bare_names_with_a_number_are_events(formula: str, expected: list[str]) -> None:
    model = "B -> A\nP(B=1) = 0.2\nP(A=1 | B=1) = 0.9\nP(A=1 | B=0) = 0.3"
    assert verdicts(model, formula) == expected


def test_numbers_are_judged_to_the_digits_shown() -> None:
    model = Model.load(EXAMPLES / "student.model")
    found = {
        "P(L=strong) = 0.5023": "holds",
        r"P(L=strong) \approx 0.50": "holds",
        "P(L=strong) = 0.503": "fails",
        "P(I=high | G=C) = 3/38": "holds",
        "P(I=high | G=C) = 0.08": "holds",
        "P(I=high | G=C) = 0.09": "fails",
        "0.3 * 0.8 = 0.24": None,
    }
    for text, word in found.items():
        assert [c.verdict for c in model.check(text).claims] == ([word] if word else []), text


NOTES = """\
# Notes

```symcausal
I -> G <- D; I -> S; G -> L
```

First, $P(D, I) = P(D) P(I)$.

$$
\\begin{aligned}
P(L \\mid I) &= \\sum_G P(L \\mid G) P(G \\mid I) && \\text{(total probability)} \\\\
 &= \\sum_G P(L \\mid G) P(G)
\\end{aligned}
$$

<!-- symcausal: expect fails -->
Is it true that $P(I \\mid G) = P(I)$?

<!-- symcausal: skip -->
$P(I) = P(D)$

`$P(S) = P(L)$` is code.
"""


def test_a_page_of_notes(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text(NOTES, encoding="utf-8")
    ended = run("check", str(path), "--format", "json")
    assert ended.returncode == 1
    data = json.loads(ended.stdout)
    claims = data["files"][0]["claims"]
    assert [(c["line"], c["verdict"]) for c in claims] == [
        (7, "holds"),
        (11, "holds"),
        (11, "fails"),
        (17, "fails"),
    ]
    assert data["summary"]["fails"] == 2
    wrong = claims[2]
    assert wrong["counterexample"]["left"] != wrong["counterexample"]["right"]
    assert wrong["suggestions"]
    for mended in wrong["suggestions"]:
        equation = mended if " = " in mended else f"{wrong['left']} = {mended}"
        assert verdicts(STUDENT, equation) == ["holds"]


def test_an_announced_failure_is_no_failure(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    text = NOTES.replace("P(G)\n", "P(G \\mid I)\n")
    path.write_text(text, encoding="utf-8")
    ended = run("check", str(path))
    assert ended.returncode == 0, ended.stdout
    assert "1 fails" in ended.stdout
    path.write_text(text.replace("P(I \\mid G) = P(I)", "P(I \\mid D) = P(I)"), encoding="utf-8")
    assert run("check", str(path)).returncode == 1  # announced to fail, and holds


def test_without_a_model_the_laws_of_probability_remain(tmp_path: Path) -> None:
    path = tmp_path / "notes.tex"
    path.write_text("$P(a, b) = P(a \\mid b) P(b)$ and $P(a, b) = P(a) P(b)$", encoding="utf-8")
    (file,) = check_files([str(path)]).files
    assert [claim.verdict for claim in file.claims] == ["holds", "undecided"]
    assert all("all joint distributions" in claim.message for claim in file.claims)


def test_strict_counts_what_was_not_read(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text("$P(L) = P(L \\mid | G)$", encoding="utf-8")
    loose = run("check", "--model", STUDENT, str(path))
    assert (loose.returncode, "1 unreadable" in loose.stdout) == (0, True)
    assert run("check", "--strict", "--model", STUDENT, str(path)).returncode == 1


def test_github_annotations_name_file_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text("\n\nSo $P(I) = P(D)$.", encoding="utf-8")
    ended = run("check", "--model", STUDENT, "--format", "github", str(path))
    assert f"::error file={path},line=3,col=5,endLine=3,endColumn=16::" in ended.stdout


def test_a_folder_is_searched_and_a_missing_file_refused(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.md").write_text("$P(A, B) = P(A) P(B | A)$", encoding="utf-8")
    (tmp_path / "two.tex").write_text("\\[ P(A) = P(A, B) \\]", encoding="utf-8")
    ended = run("check", str(tmp_path))
    assert ended.returncode == 1
    assert "1 holds, 1 fails" in ended.stdout
    assert run("check", str(tmp_path / "none.md")).returncode == 2
