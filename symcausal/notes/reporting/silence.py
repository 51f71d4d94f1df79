"""Why a file of notes has no claim, and why formulas in it were not read.

Main definitions
----------------
why_no_claim : the likely reason, in words.
claims_outside : what looks like a claim and is no formula.
figure_unread : that a figure was not read, where it may show the graph that claims lack.
files_left_out : the other files that are named in this one and not read.
why_silent : the likely reason for each of several files.
why_unread : the reasons why formulas were not read, counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from symcausal.controls import in_a_line
from symcausal.errors import ParseError, Span, SymcausalError
from symcausal.hints import TYPE_CHECKING
from symcausal.notes.files.items import Directive, Formula, ModelBlock, NotesFile, Prose
from symcausal.notes.files.passages import Passage
from symcausal.notes.reading.measures import PROBABLE
from symcausal.patterns import late

if TYPE_CHECKING:
    from symcausal.notes.reporting.claim import Claim
    from symcausal.notes.reporting.report_facts import ReportFacts

_MOST_PROSE = 10_000
_MOST_REASONS = 6
_MOST_NAMED = 3
_QUOTED = late(r"'[^']*'")
_FIGURE = late(
    r"!\[[^\]\n]{0,500}\]\([^)\s][^)\n]{0,500}\)|!\[\[[^\]\n]{1,200}\]\]|<img\b|\\includegraphics(?![A-Za-z])"
    r"|^[ \t]*(?:\.\.[ \t]+(?:figure|image)::|image::?\S+\[|(?:`{3,}|:{3,})\{(?:figure|image)\})",
    re.MULTILINE,
)
_CLAIM = late(
    r"(?<![A-Za-z\\])\\?(?:P|Pr|PP|p)\s*[(\[][^()\[\]\n$]{1,80}[)\]]"
    r"\s*&?\s*(?:=|\\(?:approx|propto|neq?|leq?|geq?)(?![A-Za-z]))"
)


def claims_outside(document: NotesFile) -> Iterator[SymcausalError]:
    """Yield the errors for what looks like a claim but stands in no formula that was found.

    Such are formulas in environments and macros of the author's that are not known. What an order
    turns off is meant to be none.
    """
    if not document.path.casefold().endswith((".tex", ".ltx", ".latex")):
        return
    for item in islice(_prose(document), _MOST_PROSE):
        found = _CLAIM.search(item.text)
        if found is None:
            continue
        start = item.offset + found.start()
        yield ParseError(
            "a formula between no signs that are known here, which is not read",
            hint="write it between $ signs or in an environment such as equation",
            span=Span(item.part.source, start, item.offset + found.end()),
        )


def files_left_out(document: NotesFile) -> str:
    """Return the words about other files that would stand in this one; empty if there are none."""
    written = (span.source.text[span.start : span.end] for span in document.left_out)
    names = list(dict.fromkeys(" ".join(name.split()) for name in written))
    more = len(names) - _MOST_NAMED
    shown = ", ".join([*names[:_MOST_NAMED], *([f"{more} more"] if more > 0 else [])])
    return f"named here, and checked only if they are given, too: {shown}" if names else ""


def _prose(document: NotesFile) -> Iterator[Prose]:
    """The words of a file, but for those between ``off`` and ``on``."""
    off = False
    for item in document.items:
        if isinstance(item, Directive) and item.kind in ("off", "on"):
            off = item.kind == "off"
        elif isinstance(item, Prose) and not off:
            yield item


def why_no_claim(document: NotesFile, passages: Sequence[Passage]) -> str:
    """Return the likely reason why nothing in a file is a claim; empty if nothing could be one."""
    formulas = [item for item in document.items if isinstance(item, Formula)]
    if formulas and all(passage.skipped for passage in passages):
        return ""
    outside = next(
        (i for i in document.items if isinstance(i, Prose) and PROBABLE.search(i.text)), None
    )
    if not formulas and outside is None:
        return ""
    if not formulas and outside is not None:
        found = PROBABLE.search(outside.text)
        start = found.start() if found else 0
        line = outside.part.position(outside.offset + start).line
        shown = re.split(r"(?<=[)\]}])|\n", outside.text[start : start + 40], maxsplit=1)[0]
        return f"0 claims: no formula; '{shown}' in line {line} stands between no $ signs"
    count = f"{len(formulas)} formula" + "s" * (len(formulas) > 1)
    if not any(PROBABLE.search(formula.excerpt().text) for formula in formulas):
        return f"0 claims: {count}, none with a probability such as P(Y | X)"
    return f"0 claims: {count}, none of which relates a probability to anything"


def figure_unread(document: NotesFile, claims: Sequence[Claim]) -> str:
    """Return the words about a figure that may show the graph which claims lack; empty without one.

    A model of any kind decides what it decides: then no figure could help.
    """
    if any(isinstance(item, ModelBlock) for item in document.items):
        return ""
    lacking = sum(
        claim.verdict == "undecided"
        and claim.under is None
        and not (claim.judgement.out_of_budget or claim.judgement.internal)
        for claim in claims
    )
    places = [
        (part, found.start())
        for part in document.parts
        for found in _FIGURE.finditer(part.source.text)
    ]
    if not lacking or not places:
        return ""
    part, offset = places[0]
    figures = "a figure is" if len(places) == 1 else f"this and {len(places) - 1} more figures are"
    undecided = "the undecided claim" if lacking == 1 else f"the {lacking} undecided claims"
    is_latex = document.path.casefold().endswith((".tex", ".ltx", ".latex"))
    line = "% symcausal: X -> Y" if is_latex else "<!-- symcausal: X -> Y -->"
    return (
        f"{in_a_line(str(part.position(offset)))}: {figures} not read; "
        f"if the graph of {undecided} is drawn there, say it in a line: {line}"
    )


def why_silent(report: ReportFacts) -> list[str]:
    """Return, for each file without a claim, the likely reason, if one is known; else one for all.

    An order that is not understood, or a fence that is never closed, may hide what is behind it.
    """
    told = []
    for file in report.files:
        if file.without_claims:
            told.append(f"{file.path}: {file.problems[-1]}")
        elif file.faults and not file.claims:
            fault = file.faults[0]
            place = f"{fault.span.where}: " if fault.span else ""
            words = fault.text.removeprefix(place).partition("\n")[0]
            told.append(f"{place or f'{file.path}: '}0 claims: {words}")
    if not (told or report.claims):
        told.append("0 claims: no formula that says something of a probability")
    return told


def why_unread(reasons: Sequence[str]) -> list[str]:
    """Return how many formulas were not read, and each reason with its number, the largest first.

    Reasons that differ in the names that they quote are one.

    Examples
    --------
    >>> why_unread(["no state 'a'", "a density", "no state 'b'; expected 0 or 1"])
    ["3 formulas were not read: 2 no state '...', 1 a density"]
    """
    if not reasons:
        return []
    heads = [
        re.split(r"; expected| \((?:known|did you mean)", reason, maxsplit=1)[0]
        for reason in reasons
    ]
    groups: dict[str, list[str]] = {}
    for head in heads:
        groups.setdefault(_QUOTED.sub("'...'", head), []).append(head)
    largest = sorted(groups.items(), key=lambda group: -len(group[1]))
    told = [
        f"{len(of)} {of[0] if len(set(of)) == 1 else kind}" for kind, of in largest[:_MOST_REASONS]
    ]
    others = sum(len(of) for _, of in largest[_MOST_REASONS:])
    told += [f"{others} for other reasons"] if others else []
    were = "formula was" if len(reasons) == 1 else "formulas were"
    return [f"{len(reasons)} {were} not read: {', '.join(told)}"]
