"""Annotations: what fails or is not understood, each in a line that a program reads.

Main definitions
----------------
github : workflow commands, which GitHub shows in a pull request.
"""

from __future__ import annotations

from symcausal.controls import in_a_line
from symcausal.notes.reporting.report import Claim, FileReport, Report, is_shown, sentence


def github(report: Report) -> str:
    """Return the annotations for a pull request, then the counts."""
    lines = []
    for file in report.files:
        lines += [_problem(file, problem) for problem in file.problems]
        for claim in file.claims:
            if not is_shown(claim):
                continue
            level = "error" if claim.is_surprise else "warning"
            lines.append(f"::{level} {_place(file, claim)}::{_escaped(_annotation(claim))}")
    lines.append(report.headline)
    return "\n".join(lines)


def _place(file: FileReport, claim: Claim) -> str:
    """The properties of an annotation; the line of a notebook's cell is no line of its file."""
    place = f"file={_property(file.path)}"
    if claim.cell is None:
        place += f",line={claim.line},col={claim.column}"
    return place


def _problem(file: FileReport, problem: str) -> str:
    """The annotation of a problem, at its place if it begins with one."""
    place, words = f"file={_property(file.path)}", problem
    named = in_a_line(file.path)
    if problem.startswith(f"{named}:"):
        line, column, *rest = problem[len(named) + 1 :].split(":", 2)
        if rest and line.isdecimal() and column.isdecimal():
            place, words = f"{place},line={line},col={column}", rest[0].lstrip()
    level = "error" if file.bad_input else "warning"
    return f"::{level} {place}::{_escaped(words)}"


def _annotation(claim: Claim) -> str:
    where = "" if claim.cell is None else f"cell {claim.cell}, line {claim.line}: "
    told = f"{where}{claim.left} {claim.relation} {claim.right}".strip()
    meant = [f"did you mean {formula}" for formula in claim.suggestions]
    return "\n".join([told, sentence(claim), *meant])


def _property(words: str) -> str:
    return _escaped(words).replace(":", "%3A").replace(",", "%2C")


def _escaped(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
