"""What programs read place by place: annotations of GitHub, and one line for each finding."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal.notes.check import check_files, check_text
from symcausal.notes.reporting.annotations import _escaped, _property
from symcausal.notes.reporting.finding import extent, utf16_units
from tests.command_line import ROOT, run

GRAPH = "I -> G <- D; I -> S; G -> L"
PAGE = (ROOT / "docs" / "how-to" / "tell-others.md").read_text(encoding="utf-8")
NOTES = f"""
<!-- symcausal: {GRAPH} -->
<!-- symcausal off -->

So $P(S \\mid do(G)) = P(S \\mid G)$, 100%: $P(I, D) = P(I) P(D)$, $P(Q) = P(S)$.

$$\\begin{{aligned}}
P(S) &= \\sum_I P(S \\mid I) P(I) \\\\
 &= P(S \\mid G)
\\end{{aligned}}$$
"""


# -- GitHub -------------------------------------------------------------------------------------
def unescaped(words: str) -> str:
    """What GitHub makes of a value: each code once, the percent sign last."""
    for code, sign in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        words = words.replace(code, sign)
    return words


def commands(printed: str) -> list[tuple[str, dict[str, str], str]]:
    """Workflow commands, taken apart as GitHub's runner does it."""
    found = []
    for line in printed.splitlines():
        match = re.fullmatch(r"::(\w+) (.*?)::(.*)", line)
        if match:
            pairs = (pair.split("=", 1) for pair in match[2].split(","))
            found.append((match[1], {k: unescaped(v) for k, v in pairs}, unescaped(match[3])))
    return found


@given(st.text(alphabet="%0123ACD:,\n\r abc=ä😀\\"))
def test_whatever_is_escaped_comes_back(words: str) -> None:
    for escape in (_escaped, _property):
        line = escape(words)
        assert "\n" not in line
        assert "\r" not in line
        assert unescaped(line) == words
    assert not {":", ","} & {*_property(words)}


def test_annotations_say_where_a_claim_ends_and_give_an_example(tmp_path: Path) -> None:
    path = tmp_path / "a,b: 5%.md"
    path.write_text(NOTES, encoding="utf-8")
    told = commands(check_files([str(path)]).to_github())
    assert [level for level, *_ in told] == ["warning", "error", "warning", "error"]
    assert {place["file"] for _, place, _ in told} == {str(path)}
    _, order, claim, unread, chain = (("", {}, ""), *told)
    line = NOTES.splitlines()[4]
    for (_, place, _), text in (
        (claim, "P(S \\mid do(G)) = P(S \\mid G)"),
        (unread, "P(Q) = P(S)"),
    ):
        assert place["line"] == place["endLine"] == "5"
        assert line[int(place["col"]) - 1 : int(place["endColumn"]) - 1] == text
    assert claim[2].splitlines()[0] == "P(S \\mid do(G)) = P(S \\mid G)"
    assert (
        claim[2].splitlines()[1].startswith("fails: the two sides differ because of the open path")
    )
    assert "for example at" in claim[2]
    assert "did you mean P(S)" in claim[2].splitlines()
    assert (order[1]["line"], order[1]["endLine"]) == ("3", "3")
    # GitHub takes no columns of a stretch of several lines
    assert (chain[1]["line"], chain[1]["endLine"]) == ("8", "9")
    assert "col" not in chain[1]


# -- places -------------------------------------------------------------------------------------
@given(st.text(alphabet="aä😀\n$", max_size=20))
def test_the_end_of_a_place_is_behind_its_last_sign(words: str) -> None:
    """In a text around a formula, in characters and in UTF-16."""
    formula = "P(A) = P(B)"
    text = f"{words.replace('$', '')}\n${formula}${words.replace('$', '')}"
    (claim,) = check_text(text).claims
    at = extent(claim.span)
    line = text.split("\n")[at.line - 1]
    assert at.line == at.end_line
    assert line[at.column - 1 : at.end_column - 1] == formula
    wide = extent(claim.span, utf16_units)
    encoded = line.encode("utf-16-le")
    assert encoded[2 * wide.column - 2 : 2 * wide.end_column - 2].decode("utf-16-le") == formula


# -- one line for each ----------------------------------------------------------------------------
def blocks_of(language: str) -> list[Any]:
    return [json.loads(text) for text in re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)]


def patterns() -> list[dict[str, Any]]:
    """The patterns that the documentation gives, for GitHub and for Visual Studio Code."""
    matchers, tasks = blocks_of("json")
    (matcher,) = matchers["problemMatcher"]
    (pattern,) = matcher["pattern"]
    (task,) = tasks["tasks"]
    return [pattern, task["problemMatcher"]["pattern"]]


@pytest.mark.parametrize("pattern", patterns(), ids=["github", "vscode"])
@pytest.mark.parametrize("name", ["notes.md", "a: 5%, b.md", "über\nuns.md"])
def test_the_documented_pattern_reads_every_line(
    tmp_path: Path, name: str, pattern: dict[str, Any]
) -> None:
    path = tmp_path / name
    path.write_text(NOTES, encoding="utf-8")
    report = check_files([str(path)])
    *told, counts = report.to("lines", verbose=True).splitlines()
    assert len(told) == len(report.claims) + len(report.problems)
    assert counts == report.headline
    assert re.search(pattern["regexp"], counts) is None
    found = [re.fullmatch(pattern["regexp"], line) for line in told]
    matches = [match for match in found if match is not None]
    assert len(matches) == len(told)
    assert {match[pattern["file"]] for match in matches} == {str(path).replace("\n", "\\u000a")}
    assert [match[pattern["severity"]] for match in matches] == [
        "warning", "error", "info", "warning", "info", "error",
    ]  # fmt: skip
    places = {(int(m[pattern["line"]]), int(m[pattern["column"]])) for m in matches}
    assert {(claim.line, claim.column) for claim in report.claims} < places
    assert all(match[pattern["message"]] for match in matches)


def test_the_task_sees_when_a_check_begins_and_ends(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text(NOTES, encoding="utf-8")
    task = blocks_of("json")[1]["tasks"][0]["problemMatcher"]["background"]
    counts = check_files([str(path)]).to("lines").splitlines()[-1]
    assert re.search(task["endsPattern"], counts)
    numeric = "A; P(A) = 1/2, rest"
    path.write_text(f"<!-- symcausal: {numeric} -->\n$P(A=0) = P(A=1)$", encoding="utf-8")
    assert re.search(task["endsPattern"], check_files([str(path)]).to("lines").splitlines()[-1])
    assert re.search(task["beginsPattern"], "---- 14:03:22 notes.md ----")


def test_a_line_of_a_cell_is_told_in_words(tmp_path: Path) -> None:
    path = tmp_path / "notes.ipynb"
    cell = {"cell_type": "markdown", "metadata": {}, "source": "\n$P(A) = P(A, B)$"}
    path.write_text(json.dumps({"cells": [cell], "nbformat": 4, "nbformat_minor": 5}), "utf-8")
    told = check_files([str(path)]).to("lines").splitlines()[0]
    assert told.startswith(f"{path}:1:1: error: cell 1, line 2: P(A) = P(A, B)")


# -- what holds -----------------------------------------------------------------------------------
def test_verbose_lists_what_holds_and_why(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text(NOTES, encoding="utf-8")
    quiet, verbose = (run("check", *more, str(path)) for more in ([], ["-v"]))
    assert (quiet.returncode, verbose.returncode) == (1, 1)
    assert "holds (" not in quiet.stdout
    told = re.findall(r":(\d+:\d+): holds \((\w+)\): (.+)", verbose.stdout)
    assert [place for place, *_ in told] == ["5:44", "8:1"]
    assert {evidence for _, evidence, _ in told} == {"derivation"}
    assert quiet.stdout.splitlines()[-1] == verbose.stdout.splitlines()[-1]
    long = run("check", "--verbose", "--format", "lines", str(path))
    assert long.stdout.count(": info: ") == 2


def test_verbose_names_what_a_claim_assumes_and_what_was_announced(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text(
        "$P(A, B) / P(B) = P(A | B)$\n\n<!-- symcausal: expect fails -->\n$P(A) = P(B, A)$",
        encoding="utf-8",
    )
    told = check_files([str(path)]).to_text(verbose=True)
    assert "  = assumes P[B] > 0" in told.splitlines()
    assert ": fails: as announced; " in told


# -- what was not read ------------------------------------------------------------------------------
def test_the_summary_counts_what_was_not_read(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text(
        f"<!-- symcausal: {GRAPH} -->\n\n"
        "$P(Q) = P(S)$ and $\\mathrm{Corr}(S) = P(S)$, $P(R) = P(S)$, $P(S) = P(S)$",
        encoding="utf-8",
    )
    ended = run("check", str(path))
    *_, unread, counts = ended.stdout.splitlines()
    assert counts == "1 holds, 0 fails, 0 undecided, 3 unreadable, 0 definition"
    assert unread.startswith("3 formulas were not read: 2 there is no variable '...', 1 ")


def test_a_formula_that_was_not_found_counts_too(tmp_path: Path) -> None:
    path = tmp_path / "notes.tex"
    path.write_text("$P(A) = 1$\n\n\\ensuremath{P(A|E)=P(E|A)}", encoding="utf-8")
    assert check_files([str(path)]).unread[0].startswith("1 formula was not read: 1 a formula")
