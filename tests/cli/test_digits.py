"""``--digits``: how many figures decimals have, wherever they stand beside exact numbers."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from symcausal import Model
from symcausal.notes.check import check_files
from symcausal.sheets.report import report
from symcausal.types import Shown
from tests.command_line import run

MODEL = "A -> B; P(A) = 1/7, rest; P(B | A=0) = 3/11, rest; P(B | A=1) = 0.25, rest"
THIRDS = Model.parse(MODEL)
BESIDE = re.compile(r"(\d+)/(\d+) = ([\d.]+?)(\.\.\.)?(?![\d.])")
BESIDE_IN_LATEX = re.compile(
    r"\\frac\{(\d+)\}\{(\d+)\}(?:\$)? *(?:=|\\approx) ([\d.]+?)(\.\.\.)?(?![\d.])"
)
ANSWERS: dict[str, Shown] = {
    "a value": THIRDS.evaluation("P(A=0 | B=0)"),
    "values": THIRDS.evaluation("P(B | A)"),
    "a table": THIRDS.table("P(A | B)"),
    "all tables": THIRDS.table(),
    "a difference": THIRDS.compare("P(B=0 | A=1)", "P(B=0)"),
}
SENSITIVITIES: dict[str, Shown] = {
    "one entry": THIRDS.sensitivity("P(A=0 | B=0)", "P(B=0 | A=0)"),
    "each state": THIRDS.sensitivity("P(A | B=0)", "P(B=0 | A=0)"),
    "several entries": THIRDS.sensitivity("P(A=0 | B=0)", ["P(B=0 | A=0)", "P(A=0)"]),
    "all entries": THIRDS.sensitivities("P(A=0 | B=0)"),
}


def rounded(value: Fraction, figures: int) -> Fraction:
    context = Context(prec=figures)
    return Fraction(context.divide(Decimal(value.numerator), Decimal(value.denominator)))


def beside(printed: str) -> list[tuple[Fraction, Fraction]]:
    """Each fraction with the decimal beside it."""
    found = [*BESIDE.findall(printed), *BESIDE_IN_LATEX.findall(printed)]
    return [(Fraction(int(a), int(b)), Fraction(shown)) for a, b, shown, _ in found]


@pytest.mark.parametrize("digits", [1, 2, 5, 12])
@pytest.mark.parametrize("shape", ["text", "latex", "markdown", "html"])
@pytest.mark.parametrize("name", ANSWERS)
def test_decimals_have_as_many_figures_as_are_asked_for(name: str, shape: str, digits: int) -> None:
    printed = ANSWERS[name].to(shape, digits=digits)
    pairs = beside(printed)
    if shape != "html" or "table" in name:  # elsewhere numbers are MathML
        assert pairs
    assert all(shown == rounded(value, digits) for value, shown in pairs)


@pytest.mark.parametrize("name", ANSWERS)
def test_exact_formats_stay_exact(name: str) -> None:
    answer = ANSWERS[name]
    assert answer.to_json(digits=2) == answer.to_json()
    if name != "a difference":
        assert answer.to("csv", digits=2) == answer.to("csv")


def test_a_table_without_digits_has_fractions_alone() -> None:
    printed = ANSWERS["all tables"].to_text()
    assert "1/7" in printed
    assert "0.25" in printed
    assert "=" not in printed.replace("A=", "").replace("B=", "")


def test_a_calculation_in_latex_has_them() -> None:
    printed = THIRDS.evaluation("P(B=0)").to("latex-numbers", digits=4)
    # 1/7 * 3/11 + 6/7 / 4 = 39/154
    assert r"\frac{39}{154} \approx 0.2532" in printed


def test_a_page_has_them_everywhere() -> None:
    page = report(THIRDS, ["P(B=0 | do(A=1))"], digits=3).to_markdown()
    pairs = beside(page)
    assert len(pairs) > 3
    assert all(shown == rounded(value, 3) for value, shown in pairs)


@pytest.mark.parametrize("digits", [1, 2, 5, 12, 30])
@pytest.mark.parametrize("shape", ["text", "markdown"])
@pytest.mark.parametrize("name", SENSITIVITIES)
def test_sensitivities_have_them(name: str, shape: str, digits: int) -> None:
    pairs = beside(SENSITIVITIES[name].to(shape, digits=digits))
    assert pairs
    assert all(shown == rounded(value, digits) for value, shown in pairs)
    assert SENSITIVITIES[name].to_json(digits=digits) == SENSITIVITIES[name].to_json()


def test_slopes_and_ranges_have_them() -> None:
    # P(B=0) = 1/7 * 3/11 + 6/7 * t with t = 1/4: over all t from 3/77 to 69/77, its slope 6/7
    printed = THIRDS.sensitivities("P(B=0)").to_text(digits=8)
    row = next(line for line in printed.splitlines() if line.startswith("P(B=0 | A=1)"))
    assert row.split()[-4:] == ["0.85714286", "0.038961039", "to", "0.8961039"]


def test_every_figure_of_a_root_is_right() -> None:
    square = Model.parse(
        "A -> B; parameters q; P(A) = 1 - q, q; P(B | A=0) = 1, 0; P(B | A=1) = 1 - q, q"
    )
    printed = square.sensitivity("P(B=1)", "q").to_text(at_least="1/2", digits=30)
    assert "[0.707106781186547524400844362105..., 1]" in printed  # the root of 1/2


CALLS = [
    ("evaluate", MODEL, "P(A=0)"), ("table", MODEL, "P(A)"), ("compare", MODEL, "P(A=0)", "P(A=1)"),
    ("report", MODEL, "P(A=0)"), ("derive", MODEL, "P(A=0)", "--numbers"),
    ("sensitivity", MODEL, "P(A=0)"), ("sensitivity", MODEL, "P(A=0)", "P(A=0)"),
    ("sensitivity", MODEL, "P(B=0)", "P(A=0)", "P(B=0 | A=0)"),
]  # fmt: skip


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call[0])
def test_commands_take_it(call: tuple[str, ...]) -> None:
    ended = run(*call, "--digits", "2")
    assert ended.returncode == 0, ended.stderr
    assert "0.14" in ended.stdout
    assert "0.142" not in ended.stdout
    for wrong in ("0", "-1", "many", "1000"):
        assert run(*call, f"--digits={wrong}").returncode == 2


ASKED = ("evaluate P(B)", "evaluate P(A | B)", "table P(A | B)", "table", "compare P(B=0) P(B=1)")
NOTES = f"<!-- symcausal: {MODEL} -->\n" + "\n".join(
    f"<!-- symcausal: {asked} --digits {digits} -->\n<!-- symcausal: end -->\n"
    for digits in (1, 2, 3, 7)
    for asked in (
        "evaluate P(B)",
        "evaluate P(A | B)",
        "table P(A | B)",
        "table",
        "compare P(B=0) P(B=1)",
    )
)


def test_notes_take_it_and_what_is_written_holds(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text(NOTES)
    assert run("fill", str(path)).returncode == 0
    once = path.read_text()
    assert "0.143..." in once
    assert run("fill", str(path)).returncode == 0
    assert path.read_text() == once
    report = check_files([str(path)])
    assert (
        report.summary["fails"] == report.summary["unreadable"] == report.summary["undecided"] == 0
    )
    assert report.summary["holds"] > 10


def test_the_directive_of_sensitivities_takes_it(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    asked = 'sensitivity P(A=0 | B=0) "P(B=0 | A=0)" --digits 4'
    path.write_text(
        f"<!-- symcausal: {MODEL} -->\n<!-- symcausal: {asked} -->\n<!-- symcausal: end -->\n"
    )
    assert run("fill", str(path)).returncode == 0
    pairs = beside(path.read_text())
    assert pairs
    assert all(shown == rounded(value, 4) for value, shown in pairs)
    assert run("fill", "--check", str(path)).returncode == 0
