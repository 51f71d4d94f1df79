"""Whether the rules are looked for by which something holds changes no verdict and nothing shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from symcausal.notes.check import check_files
from symcausal.notes.reporting.report import Report
from tests.benchmarks import notes as many
from tests.command_line import run

MODEL = "```symcausal\nA -> B -> C\n```\n\n"
HOLDS = MODEL + "$P(c \\mid a, b) = P(c \\mid b)$\n"
DIFFER = MODEL + "$P(c \\mid a) \\neq P(c \\mid a, b)$ but $P(c \\mid a, b) \\neq P(c \\mid b)$\n"
EXPECTED = MODEL + "<!-- symcausal: expect fails -->\n$P(c \\mid a, b) = P(c \\mid b)$\n"
EXAMPLES = sorted(Path("examples").rglob("*.md"))


def both(folder: Path, text: str) -> tuple[Report, Report]:
    """The reports with and without the rules."""
    path = folder / "notes.md"
    path.write_text(text, encoding="utf-8")
    return check_files([str(path)]), check_files([str(path)], explains=False)


def words(report: Report) -> Sequence[tuple[str, str]]:
    """The claims with their verdicts."""
    return [(f"{c.left} {c.relation} {c.right}", c.verdict) for c in report.claims]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_told_alike(path: Path) -> None:
    told, untold = (check_files([str(path)], explains=explains) for explains in (True, False))
    assert words(told) == words(untold)
    assert told.to_text() == untold.to_text()


def test_a_file_of_many_formulas_is_told_alike(tmp_path: Path) -> None:
    told, untold = both(tmp_path, many.notes()[0])
    assert words(told) == words(untold)
    assert told.to_text() == untold.to_text()


def test_the_kernel_s_word_is_the_reason_without_rules(tmp_path: Path) -> None:
    told, untold = (report.claims[0] for report in both(tmp_path, HOLDS))
    assert told.evidence == "derivation"
    assert untold.evidence == "modular"


@pytest.mark.parametrize(
    ("text", "verdicts"), [(DIFFER, ["holds", "fails"]), (EXPECTED, ["holds"])]
)
def test_what_is_shown_has_its_rule_all_the_same(
    text: str, verdicts: list[str], tmp_path: Path
) -> None:
    told, untold = both(tmp_path, text)
    assert [claim.verdict for claim in untold.claims] == verdicts
    assert told.to_text() == untold.to_text()
    assert "modular" not in untold.to_text()
    assert ("announced" in untold.to_text()) == (text == EXPECTED)


def test_the_command_looks_for_what_it_shows(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text(HOLDS, encoding="utf-8")
    assert "derivation" in run("check", "-v", str(path)).stdout
    assert "derivation" in run("check", "--format", "json", str(path)).stdout
