"""Annotations: what fails or is not understood, each in a line that a program reads.

Main definitions
----------------
github : workflow commands, which GitHub shows in a pull request.
lines : ``file:line:column: error: message``, which editors and problem matchers read.
"""

from __future__ import annotations

from symcausal.controls import in_a_line
from symcausal.notes.reporting.finding import Finding, extent, findings
from symcausal.notes.reporting.report_facts import ReportFacts

# A notice is what GitHub has for a note; a matcher calls it an info.
_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
_LEVELS = {"error": "error", "warning": "warning", "note": "info"}


def github(report: ReportFacts) -> str:
    """Return the annotations for a pull request, then the counts."""
    told = [_command(one) for f in report.files for one in findings(f, verbose=report.verbose)]
    return "\n".join([*told, report.headline])


def lines(report: ReportFacts) -> str:
    """Return one line for each finding, then the counts."""
    told = [_line(one) for f in report.files for one in findings(f, verbose=report.verbose)]
    return "\n".join([*told, report.headline])


def _line(finding: Finding) -> str:
    line, column = (1, 1)
    if finding.span is not None and finding.cell is None:
        line, column = finding.span.line, finding.span.column
    words = ": ".join(filter(None, (_cell(finding), "; ".join(finding.words))))
    level = _LEVELS[finding.level]
    return f"{in_a_line(finding.path)}:{line}:{column}: {level}: {in_a_line(_in_one(words))}"


def _in_one(words: str) -> str:
    """Words in one line, as a formula that is written over several may stand as well."""
    return " ".join(words.split())


def _command(finding: Finding) -> str:
    properties = {"file": finding.path, **_place(finding)}
    told = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    words = "\n".join(finding.words)
    cell = _cell(finding)
    return f"::{_COMMANDS[finding.level]} {told}::{_escaped(f'{cell}: {words}' if cell else words)}"


def _place(finding: Finding) -> dict[str, int]:
    """The properties that say where; GitHub takes columns of one line only."""
    if finding.span is None or finding.cell is not None:
        return {}
    at = extent(finding.span)
    if at.line == at.end_line:
        return {
            "line": at.line, "col": at.column, "endLine": at.end_line, "endColumn": at.end_column,
        }  # fmt: skip
    return {"line": at.line, "endLine": at.end_line}


def _cell(finding: Finding) -> str:
    """The place in a notebook: the line of its cell is no line of its file."""
    if finding.cell is None:
        return ""
    line = "" if finding.span is None else f", line {finding.span.line}"
    return f"cell {finding.cell}{line}"


def _property(words: str) -> str:
    return _escaped(words).replace(":", "%3A").replace(",", "%2C")


def _escaped(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
