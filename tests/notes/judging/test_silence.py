"""Nothing is passed over without a word: files without a claim, fences, orders, models nobody uses."""

from __future__ import annotations

import pytest

from symcausal.notes.check import check_files
from tests.command_line import run

TOLD = [
    ("# A\n\nP(Y|X) = P(Y), in words", "no formula; 'P(Y|X)' in line 3"),
    ("Let $x^2$ and $y$ be.", "2 formulas, none with a probability"),
    ("Only $P(X)$ here.", "1 formula, none of which relates"),
    ("```symcausal\nX -> Y\n\n$P(Y|X)=P(Y)$\n", "a fence that is not closed"),
    ("```python\nx = 1\n\n$P(Y|X)=P(Y)$\n", "a fence that is not closed"),
    ("~~~\ncode\n\n$P(Y|X)=P(Y)$", "a fence that is not closed"),
    ("> ```\n> $P(Y|X)=P(Y)$\n\nEnd.", "a fence that is not closed"),
    ("<!-- symcausal X -> Y -->\n$P(Y|X)=P(Y)$", "without a colon"),
    ("<!-- symcausal off -->\n$P(Y|X)=P(Y)$", "without a colon"),
    ("```symcausal\nX -> -> Y\n```\n\nNo formula.", "expected a name"),
]
SILENT = [
    "# A page\n\nof words.",
    "```python\nx = 1\n",
    "```\n$P(Y|X)=P(Y)$\n```\n",
    "<!-- symcausal is a checker -->\n$P(A,B)=P(A)P(B|A)$",
    "<!-- symcausal: off -->\n\n$P(Y|X)=P(Y)$",
    "$P(A,B)=P(A)P(B|A)$",
]


def problems(tmp_path, text: str, ending: str = ".md") -> tuple[str, ...]:
    path = tmp_path / f"notes{ending}"
    path.write_text(text, encoding="utf-8")
    return check_files([str(path)]).problems


@pytest.mark.parametrize(("text", "words"), TOLD, ids=lambda text: text[:30])
def test_is_told(tmp_path, text, words):
    assert any(words in problem for problem in problems(tmp_path, text))


@pytest.mark.parametrize("text", SILENT, ids=lambda text: text[:30])
def test_there_is_nothing_to_tell(tmp_path, text):
    assert problems(tmp_path, text) == ()


def test_what_swallows_the_rest_of_a_latex_file_is_told(tmp_path):
    told = problems(tmp_path, "\\begin{document}\n\\iffalse\n$P(X)=P(Y)$\n", ".tex")
    assert any("iffalse" in problem for problem in told)


def test_a_model_without_its_colon_is_in_force(tmp_path):
    path = tmp_path / "notes.md"
    path.write_text("<!-- symcausal X -> Y -> Z -->\n$P(Z|X,Y)=P(Z|Y)$", encoding="utf-8")
    report = check_files([str(path)])
    assert [claim.verdict for claim in report.claims] == ["holds"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Only $P(X)$ here.", "0 claims: 1 formula, none of which relates"),
        ("P(Y|X) = P(Y), in words", "'P(Y|X)' in line 1 stands between no $ signs"),
        (
            "```python\nx = 1\n\n$P(Y|X)=P(Y)$\n",
            "0 claims: error[SC001] a fence that is not closed",
        ),
        (
            "<!-- symcausal X -> Y -->\n",
            "0 claims: error[SC001] a word to the checker without a colon",
        ),
        ("# A page\n\nof words.", "0 claims: no formula that says something of a probability"),
    ],
)
@pytest.mark.parametrize("shape", ["text", "json", "github", "lines", "sarif"])
def test_no_claim_is_said_on_standard_error_too(tmp_path, text, reason, shape):
    path = tmp_path / "notes.md"
    path.write_text(text, encoding="utf-8")
    done = run("check", str(path), "--format", shape)
    assert done.returncode == 0
    assert reason in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_one_file_with_claims_speaks_for_those_without_formulas(tmp_path):
    (tmp_path / "words.md").write_text("# A page\n\nof words.", encoding="utf-8")
    (tmp_path / "notes.md").write_text("$P(A) = P(A)$", encoding="utf-8")
    assert run("check", str(tmp_path)).stderr == ""


@pytest.mark.parametrize(
    "text",
    [
        "{math}`P(Y|X)=P(Y)`",
        ":math:`P(Y|X)=P(Y)`",
        "Words {math}``P(Y|X)=P(Y)`` words",
        ":::{math}\nP(Y|X)=P(Y)\n:::",
        "::::{math}\n:label: one\n\nP(Y|X)=P(Y)\n::::",
        "> :::{math}\n> P(Y|X)=P(Y)\n> :::",
        "- item\n\n  :::{math}\n  P(Y|X)=P(Y)\n  :::",
        "Words\n:::{math}\nP(Y|X)=P(Y)\n:::\nwords",
        "```{math}\n:label: two\nP(Y|X)=P(Y)\n```",
        "$P\\{Y|X\\}=𝑃(𝑌)$",
    ],
)
@pytest.mark.parametrize("ending", [".md", ".myst"])
def test_formulas_of_myst_are_read(tmp_path, text, ending):
    path = tmp_path / f"notes{ending}"
    path.write_text(f"<!-- symcausal: X -> Y -->\n\n{text}\n", encoding="utf-8")
    assert [claim.verdict for claim in check_files([str(path)]).claims] == ["fails"]


@pytest.mark.parametrize(
    ("name", "text", "claims"),
    [
        ("a.md", "```{note}\n$P(A|F)=P(F|A)$\n```\n\n$P(C|D)=P(D|C)$\n", 2),
        ("a.md", "````{note} Title\n```{math}\nP(A|F)=P(F|A)\n```\n````\n\n$P(C|D)=P(D|C)$\n", 2),
        ("a.md", "- x\n  ```{remark} y\n  $P(A|F)=P(F|A)$\n  ```\n\n$P(C|D)=P(D|C)$\n", 2),
        ("a.md", "```{python}\n# $P(A|F)=P(F|A)$\n```\n\n$P(C|D)=P(D|C)$\n", 1),
        ("a.tex", r"\begin{IEEEeqnarray}{rCl}P(A|D)&=&P(D|A)\end{IEEEeqnarray}", 1),
        ("a.tex", r"\begin{empheq}[box=\fbox]{align}P(A|E)&=P(E|A)\end{empheq}", 1),
    ],
)
def test_what_directives_and_environments_hold_is_read(name, text, claims, tmp_path) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert len(check_files([str(path)]).claims) == claims


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.tex", "$P(A) = 1$\n\n\\ensuremath{P(A|E)=P(E|A)}"),
        ("a.md", "$P(A) = 1$\n\n```symcausal\nA -> B"),
    ],
)
def test_what_is_not_read_beside_other_claims_is_told(name, text, tmp_path) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    (file,) = check_files([str(path)]).files
    assert len(file.claims) == 1
    assert len(file.problems) == 1
