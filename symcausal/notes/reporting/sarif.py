"""SARIF 2.1.0, the format in which checkers tell what they found to other programs.

Main definitions
----------------
sarif : a report as one run.

Notes
-----
Columns are code units of UTF-16, as the format has it unless said otherwise, and the run says so.
Places in a notebook's cell are no places of its file: such a result names the cell instead.

References
----------
Static Analysis Results Interchange Format, version 2.1.0, OASIS Standard, 2020.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from urllib.parse import quote

from symcausal.errors import Span
from symcausal.hints import Any, TypeAlias
from symcausal.notes.reporting.claim import Suggestion
from symcausal.notes.reporting.finding import (
    KINDS,
    Extent,
    Finding,
    FindingKind,
    extent,
    findings,
    utf16_units,
)
from symcausal.notes.reporting.report_facts import ReportFacts
from symcausal.patterns import late

JsonObject: TypeAlias = dict[str, Any]

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
ROOT = "%SRCROOT%"
_NUMBERED = late(r"\{(\d+)\}")
_LINKED = late(r"\](?=\()")


def sarif(report: ReportFacts) -> str:
    """Return a report as a log of one run."""
    told = [one for f in report.files for one in findings(f, verbose=report.verbose)]
    run = {
        "tool": {
            "driver": {
                "name": "symcausal",
                "version": metadata.version("symcausal"),
                "rules": list(map(_rule, KINDS.values())),
            }
        },
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": {
            ROOT: {"description": {"text": "The folder in which the notes were checked."}}
        },
        "invocations": [
            {"executionSuccessful": not (report.bad_input or report.internal_error)},
        ],
        "results": _results(told),
        "properties": {"summary": report.summary},
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False)


def _rule(kind: FindingKind) -> JsonObject:
    return {
        "id": kind.name,
        "name": "".join(word.capitalize() for word in kind.name.split("-")),
        "shortDescription": {"text": kind.says},
        "fullDescription": {"text": f"{kind.says} {kind.help}"},
        "help": {"text": kind.help},
        "defaultConfiguration": {"level": kind.level},
    }


def _results(told: list[Finding]) -> list[JsonObject]:
    """The results; what is said twice of one file has fingerprints that differ by a number."""
    seen = Counter[tuple[str, ...]]()
    results = []
    for finding in told:
        key = _lasting(finding)
        seen[key] += 1
        results.append(_result(finding, "\0".join([*key, str(seen[key])])))
    return results


def _lasting(finding: Finding) -> tuple[str, ...]:
    """What stays of a finding when lines are written above it."""
    said = " ".join(finding.words[0].split())
    return finding.kind.name, _artifact(finding.path)["uri"], str(finding.cell or ""), said


def _result(finding: Finding, key: str) -> JsonObject:
    names = list(KINDS)
    result: JsonObject = {
        "ruleId": finding.kind.name,
        "ruleIndex": names.index(finding.kind.name),
        **_rank(finding),
        "message": {"text": _message(finding)},
        "locations": [_location(finding)],
        "partialFingerprints": {
            "symcausalClaim/v1": sha256(key.encode(errors="surrogatepass")).hexdigest()
        },
    }
    claim = finding.claim
    if claim is None:
        return result
    if finding.cell is None:
        fixes = [_fix(finding, one, one.span) for one in claim.proposed if one.span is not None]
        result.update({"fixes": fixes} if fixes else {})
    result["properties"] = claim.as_data()
    return result


def _rank(finding: Finding) -> JsonObject:
    """Kind and level: what holds is a pass, which has no level."""
    if finding.kind.name == "claim-holds":
        return {"kind": "pass", "level": "none"}
    if finding.level == "note":
        return {"kind": "informational", "level": "none"}
    return {"level": finding.level}


def _message(finding: Finding) -> str:
    """The words of a finding.

    Viewers put arguments in for a number in braces, and make a link of brackets before a parenthesis,
    which LaTeX may have; a space keeps them from it and changes no formula. All other braces stand
    single, though the standard doubles them: no viewer that we know takes the doubles away.
    """
    return _LINKED.sub("] ", _NUMBERED.sub(r"{ \1 }", "\n".join(finding.words)))


def _location(finding: Finding) -> JsonObject:
    physical: JsonObject = {"artifactLocation": _artifact(finding.path)}
    if finding.cell is not None:
        named = {"name": f"cell {finding.cell}", "kind": "object"}
        return {"physicalLocation": physical, "logicalLocations": [named]}
    if finding.span is not None:
        physical["region"] = _region(extent(finding.span, utf16_units))
    return {"physicalLocation": physical}


def _region(at: Extent) -> JsonObject:
    return {
        "startLine": at.line,
        "startColumn": at.column,
        "endLine": at.end_line,
        "endColumn": at.end_column,
    }


def _fix(finding: Finding, suggestion: Suggestion, span: Span) -> JsonObject:
    replacement = {
        "deletedRegion": _region(extent(span, utf16_units)),
        "insertedContent": {"text": suggestion.text},
    }
    changes = [{"artifactLocation": _artifact(finding.path), "replacements": [replacement]}]
    words = _NUMBERED.sub(r"{ \1 }", f"did you mean {suggestion.shown}")
    return {"description": {"text": words}, "artifactChanges": changes}


def _artifact(path: str) -> JsonObject:
    """The address of a file: relative where it lies below this folder, as repositories want it."""
    near = os.path.relpath(path) if os.path.isabs(path) else os.path.normpath(path)
    if near == os.pardir or near.startswith(os.pardir + os.sep) or os.path.isabs(near):
        return {"uri": Path(os.path.abspath(path)).as_uri()}
    return {"uri": quote(os.fsencode(near.replace(os.sep, "/"))), "uriBaseId": ROOT}
