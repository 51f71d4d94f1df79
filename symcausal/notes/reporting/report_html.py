"""A report as a table for notebooks: every claim with its verdict, what fails with its example.

Main definitions
----------------
html : the table.
"""

from __future__ import annotations

from html import escape

from symcausal.algebra.decimals import with_decimal
from symcausal.notes.reporting.report import Claim, FileReport, Report, entries

_COLOURS = {
    "holds": "#1a7f37",
    "fails": "#cf222e",
    "undecided": "#9a6700",
    "unreadable": "#9a6700",
    "definition": "#57606a",
}


def html(report: Report) -> str:
    """A table of all claims and the counts; formulas between dollars, for MathJax."""
    rows = [row for file in report.files for row in _rows(file, several=len(report.files) > 1)]
    counts = ", ".join(f"{count} {word}" for word, count in report.summary.items())
    head = "<tr><th>place</th><th>claim</th><th>verdict</th><th>why</th></tr>"
    return (
        f"<table>\n<thead>{head}</thead>\n<tbody>\n" + "\n".join(rows) + "\n</tbody>\n</table>\n"
        f"<p>{escape(counts)}</p>"
    )


def _rows(file: FileReport, *, several: bool) -> list[str]:
    problems = [f'<tr><td colspan="4"><pre>{escape(p)}</pre></td></tr>' for p in file.problems]
    name = f"{file.path}:" if several else ""
    return [*problems, *(_row(name, claim) for claim in file.claims)]


def _row(name: str, claim: Claim) -> str:
    cell = "" if claim.cell is None else f"cell {claim.cell}:"
    shown = f"{claim.left} {claim.relation} {claim.right}".strip()
    formula = (
        f"${escape(shown)}$" if claim.verdict != "unreadable" else f"<code>{escape(shown)}</code>"
    )
    verdict = f'<b style="color:{_COLOURS[claim.verdict]}">{claim.verdict}</b>'
    if claim.expected_to_fail:
        verdict += " (announced to fail)"
    cells = [f"{escape(name)}{cell}{claim.line}:{claim.column}", formula, verdict, _why(claim)]
    return "<tr>" + "".join(f'<td style="text-align:left">{c}</td>' for c in cells) + "</tr>"


def _why(claim: Claim) -> str:
    parts = [escape(words) for words in (claim.reason, claim.message) if words]
    example = claim.judgement.example
    if example is not None and claim.verdict == "fails":
        rows = ", ".join(f"{n} = {with_decimal(v)}" for n, v in entries(example).items())
        left, right = with_decimal(example.left), with_decimal(example.right)
        told = f"for example left {left}, right {right}"
        told += f" when {rows}, others uniform" if rows else " when every table is uniform"
        parts.append(escape(told))
    if claim.assumes:
        parts.append("assumes " + ", ".join(f"${escape(a)}$" for a in claim.assumes))
    parts += [f"did you mean ${escape(formula)}$" for formula in claim.suggestions]
    return "<br>".join(parts)
