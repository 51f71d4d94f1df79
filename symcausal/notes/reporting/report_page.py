"""A report on a page: every claim with its verdict, what fails with its example.

Main definitions
----------------
blocks : a list of the claims of each file, in every format.
table : a table for notebooks, which typeset the formulas of the notes as they are written.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from symcausal.algebra.decimals import with_decimal
from symcausal.controls import in_a_line
from symcausal.notes.reporting.claim import Claim, FileReport, entries
from symcausal.notes.reporting.report_facts import ReportFacts
from symcausal.writing.blocks import Block, Code, Heading, Items, Listing, Piece
from symcausal.writing.layout import layout
from symcausal.writing.style import Style

# Of the lines under verdicts. The words have the colour of the text around them: no colour can be read
# on white and in the dark rows of a notebook alike, a line is seen on both.
COLOURS = {
    "holds": "#1a7f37",
    "fails": "#d32f2f",
    "undecided": "#9a6700",
    "unreadable": "#9a6700",
    "definition": "#6e7781",
}


def blocks(report: ReportFacts) -> Iterator[Block]:
    """The claims as lists; what is quoted from notes stands letter by letter."""
    for file in report.files:
        yield Heading(in_a_line(file.path), 2)
        for problem in file.problems:
            yield Listing(problem)
        if file.claims:
            yield Items(tuple(map(_entry, file.claims)))


def _entry(claim: Claim) -> tuple[Piece, ...]:
    """The place, the verdict, the claim as written, and why."""
    announced = " (announced to fail)" * claim.expected_to_fail
    pieces: list[Piece] = [f"{_cell(claim)}{claim.line}:{claim.column}: {claim.verdict}{announced}"]
    pieces += [": ", Code(_written(claim))]
    for words in (claim.reason, claim.message, _example(claim)):
        pieces += ["; ", _in_one(words)] if words else []
    for number, condition in enumerate(claim.judgement.assumes):
        pieces += [", " if number else "; assumes ", layout(condition, Style(order=claim.order))]
    for formula in claim.suggestions:
        pieces += ["; did you mean ", Code(_in_one(formula))]
    return tuple(pieces)


def table(report: ReportFacts) -> str:
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
    shown = f"{claim.left} {claim.relation} {claim.right}".strip()
    formula = (
        f"${escape(shown)}$" if claim.verdict != "unreadable" else f"<code>{escape(shown)}</code>"
    )
    verdict = f'<b style="border-bottom:0.15em solid {COLOURS[claim.verdict]}">{claim.verdict}</b>'
    if claim.expected_to_fail:
        verdict += " (announced to fail)"
    cells = [
        f"{escape(name)}{_cell(claim)}{claim.line}:{claim.column}",
        formula,
        verdict,
        _why(claim),
    ]
    return "<tr>" + "".join(f'<td style="text-align:left">{c}</td>' for c in cells) + "</tr>"


def _why(claim: Claim) -> str:
    said = (claim.reason, claim.message, _example(claim))
    parts = [escape(words) for words in said if words]
    if claim.assumes:
        parts.append("assumes " + ", ".join(f"${escape(a)}$" for a in claim.assumes))
    parts += [f"did you mean ${escape(formula)}$" for formula in claim.suggestions]
    return "<br>".join(parts)


def _cell(claim: Claim) -> str:
    return "" if claim.cell is None else f"cell {claim.cell}:"


def _written(claim: Claim) -> str:
    return _in_one(f"{claim.left} {claim.relation} {claim.right}".strip())


def _in_one(words: str) -> str:
    """Words in one line, as a formula that is written over several may stand as well."""
    return in_a_line(words.replace("\n", " "))


def _example(claim: Claim) -> str:
    """The counterexample in words; empty if there is none."""
    example = claim.judgement.example
    if example is None or claim.verdict != "fails":
        return ""
    rows = ", ".join(f"{n} = {with_decimal(v)}" for n, v in entries(example).items())
    left, right = with_decimal(example.left), with_decimal(example.right)
    told = f"for example left {left}, right {right}"
    return told + (f" when {rows}, others uniform" if rows else " when every table is uniform")
