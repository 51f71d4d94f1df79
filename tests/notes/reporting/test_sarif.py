"""SARIF: the shape that the standard asks for, and places and fixes that fit the text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from symcausal.notes.check import check_files
from tests.command_line import run
from tests.notes.reporting.test_suggested_edits import PLACES, WRONG, written

LEVELS = {"none", "note", "warning", "error"}
RESULT_KINDS = {"pass", "open", "informational", "notApplicable", "review", "fail"}
ALL_KINDS = r"""
<!-- symcausal: I -> G <- D; I -> S; G -> L -->

😀 $P(I, D) = P(I) P(D)$, $P(S) = P(L)$, $P(Q) = P(S)$, $f(x) = P(S)$, $P(S) = 0.3$.

<!-- symcausal: expect fails -->
$P(I) = P(D, I)$

<!-- symcausal: expect fails -->
$P(I) = P(I)$

<!-- symcausal: what -->
"""


def log_of(*paths: Path, verbose: bool = False) -> dict[str, Any]:
    told = check_files(map(str, paths)).to("sarif", verbose=verbose)
    (run,) = assert_is_sarif(json.loads(told))
    return run


# The schema of the standard, as far as we write it: each place with what must and what may stand there.
def assert_is_sarif(log: dict[str, Any]) -> list[dict[str, Any]]:
    assert log.keys() == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    for run_ in log["runs"]:
        assert {"tool", "results"} <= run_.keys()
        assert run_["columnKind"] == "utf16CodeUnits"
        driver = run_["tool"]["driver"]
        names = [rule["id"] for rule in driver["rules"]]
        assert driver["name"] == "symcausal"
        assert len(names) == len({*names})
        for rule in driver["rules"]:
            assert rule["defaultConfiguration"]["level"] in LEVELS
            for text in ("shortDescription", "fullDescription", "help"):
                assert rule[text]["text"].endswith(".")
        assert all(isinstance(i["executionSuccessful"], bool) for i in run_["invocations"])
        bases = run_["originalUriBaseIds"]
        for result in run_["results"]:
            assert_is_result(result, names, bases)
    return log["runs"]


def assert_is_result(result: dict[str, Any], names: list[str], bases: dict[str, Any]) -> None:
    assert names[result["ruleIndex"]] == result["ruleId"]
    kind = result.get("kind", "fail")
    assert kind in RESULT_KINDS
    assert (result["level"] == "none") == (kind != "fail")
    assert result["level"] in LEVELS
    assert result["message"]["text"]
    assert not re.search(r"\{\d+\}|\]\(", result["message"]["text"])  # no placeholder, no link
    (location,) = result["locations"]
    physical = location["physicalLocation"]
    assert_is_artifact(physical["artifactLocation"], bases)
    if "region" in physical:
        assert_is_region(physical["region"])
    for value in result["partialFingerprints"].values():
        assert isinstance(value, str)
    for fix in result.get("fixes", []):
        assert fix["description"]["text"]
        for change in fix["artifactChanges"]:
            assert change["artifactLocation"] == physical["artifactLocation"]
            for replacement in change["replacements"]:
                assert_is_region(replacement["deletedRegion"])
                assert replacement["insertedContent"]["text"]


def assert_is_artifact(location: dict[str, Any], bases: dict[str, Any]) -> None:
    uri = location["uri"]
    assert re.fullmatch(r"[A-Za-z0-9._~%/:-]+", uri)
    if "uriBaseId" in location:
        assert location["uriBaseId"] in bases
        assert not uri.startswith("/")
        assert ":" not in uri
    else:
        assert uri.startswith("file:///")


def assert_is_region(region: dict[str, int]) -> None:
    assert region.keys() == {"startLine", "startColumn", "endLine", "endColumn"}
    assert (region["startLine"], region["startColumn"]) >= (1, 1)
    assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])


def cut(text: str, region: dict[str, int], instead: str | None = None) -> str:
    """The text in a region, or the whole with something in its place: columns in UTF-16."""
    lines = text.encode("utf-16-le").split("\n".encode("utf-16-le"))
    data = text.encode("utf-16-le")

    def at(line: int, column: int) -> int:
        return sum(len(one) + 2 for one in lines[: line - 1]) + 2 * (column - 1)

    start = at(region["startLine"], region["startColumn"])
    end = at(region["endLine"], region["endColumn"])
    if instead is None:
        return data[start:end].decode("utf-16-le")
    return (data[:start] + instead.encode("utf-16-le") + data[end:]).decode("utf-16-le")


@pytest.mark.parametrize("verbose", [False, True])
def test_every_kind_has_its_result(tmp_path: Path, verbose: bool) -> None:
    path = tmp_path / "all.md"
    path.write_text(ALL_KINDS, encoding="utf-8")
    run_ = log_of(path, verbose=verbose)
    found = {result["ruleId"] for result in run_["results"]}
    shown = {
        "claim-fails",
        "claim-announced",
        "claim-undecided",
        "claim-unreadable",
        "not-understood",
    }
    quiet = {"claim-holds", "claim-definition"}
    rules = {rule["id"] for rule in run_["tool"]["driver"]["rules"]}
    assert rules == shown | quiet
    assert found - {"claim-undecided"} == (rules if verbose else shown) - {"claim-undecided"}


@pytest.mark.parametrize("formula", WRONG)
@pytest.mark.parametrize("name", PLACES)
def test_a_fix_put_in_place_makes_the_claim_hold(tmp_path: Path, name: str, formula: str) -> None:
    path, text = tmp_path / name, written(name, formula)
    path.write_bytes(text.encode("utf-8"))
    (result,) = log_of(path)["results"]
    assert result["ruleId"] == "claim-fails"
    sides = formula.split(" = ")
    covered = cut(text, result["locations"][0]["physicalLocation"]["region"])
    assert (covered[: len(sides[0])], covered[-len(sides[1]) :]) == (sides[0], sides[1])
    assert result["fixes"]
    for fix in result["fixes"]:
        (change,) = fix["artifactChanges"]
        (replacement,) = change["replacements"]
        region, instead = replacement["deletedRegion"], replacement["insertedContent"]["text"]
        path.write_bytes(cut(text, region, instead).encode("utf-8"))
        assert [claim.verdict for claim in check_files([str(path)]).claims] == ["holds"]


def test_fingerprints_last_when_lines_are_written_above(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    text = "$P(A) = P(B)$, $P(A) = P(B)$, $P(A, B) = P(A)$"
    path.write_text(text, encoding="utf-8")
    before = [result["partialFingerprints"] for result in log_of(path)["results"]]
    path.write_text(f"Some\nlines.\n\n{text}", encoding="utf-8")
    after = [result["partialFingerprints"] for result in log_of(path)["results"]]
    assert before == after
    assert len({json.dumps(one) for one in before}) == 3


def test_addresses_are_relative_to_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "über uns"
    folder.mkdir()
    path = folder / "50%,a:b.md"
    path.write_text("$P(A) = P(A, B)$", encoding="utf-8")
    told = []
    for name, where in (("über uns", tmp_path), (str(path), tmp_path), (str(path), folder / "..")):
        ended = run("check", "--format", "sarif", name, folder=where)
        assert ended.returncode == 1
        (run_,) = assert_is_sarif(json.loads(ended.stdout))
        told += [r["locations"][0]["physicalLocation"]["artifactLocation"] for r in run_["results"]]
    assert [unquote(one["uri"]) for one in told] == ["über uns/50%,a:b.md"] * 3
    away = tmp_path / "away"
    away.mkdir()
    ended = run("check", "--format", "sarif", str(path), folder=away)
    (result,) = json.loads(ended.stdout)["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": path.as_uri()}


def test_a_cell_of_a_notebook_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.ipynb"
    cell = {"cell_type": "markdown", "metadata": {}, "source": "$P(A) = P(A, B)$"}
    path.write_text(json.dumps({"cells": [cell], "nbformat": 4, "nbformat_minor": 5}), "utf-8")
    (result,) = log_of(path)["results"]
    (location,) = result["locations"]
    assert location["logicalLocations"][0]["name"] == "cell 1"
    assert "region" not in location["physicalLocation"]
    assert "fixes" not in result


def test_notes_that_look_like_placeholders_and_links(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text(r"$P[A_{1}](x) = P[A_{1}, B](0)$, $P[A_{1}] = P[B_{0}]$", encoding="utf-8")
    assert log_of(path)["results"]


def test_a_file_that_is_no_notebook(tmp_path: Path) -> None:
    """Beside another, so that the run goes on."""
    path = tmp_path / "a.ipynb"
    path.write_text("no json", encoding="utf-8")
    (tmp_path / "b.md").write_text("Words.", encoding="utf-8")
    run_ = log_of(tmp_path)
    assert run_["invocations"] == [{"executionSuccessful": False}]
    assert [result["level"] for result in run_["results"]] == ["error"]
