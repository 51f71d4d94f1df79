"""What a report says of one place, for the formats that programs read.

Main definitions
----------------
Finding : a claim or a fault, with its kind, its level and its words.
KINDS : the kinds that there are, with what each means.
findings : those of a file.
Extent, extent : where a stretch of notes begins and ends, in lines and columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symcausal.errors import Span
from symcausal.hints import Literal, TypeAlias
from symcausal.notes.reporting.claim import (
    Claim,
    Fault,
    FileReport,
    example_lines,
    is_shown,
    sentence,
    verdict_words,
)
from symcausal.record import record

FindingLevel: TypeAlias = Literal["error", "warning", "note"]


@record
class FindingKind:
    """A kind of finding.

    Attributes
    ----------
    name : str
        What programs know it by; it never changes.
    level : str
        ``error``, ``warning`` or ``note``.
    says : str
        What it says, in one sentence.
    help : str
        What to do about it.
    """

    name: str
    level: FindingLevel
    says: str
    help: str


KINDS = {
    kind.name: kind
    for kind in (
        FindingKind(
            "claim-fails", "error",
            "A relation between two formulas fails.",
            "There is a model of the graph, or the model's own numbers, in which the two sides differ. "
            "The message names one, the open path behind it, and formulas near the claim that hold. "
            "Notes that are wrong on purpose announce it: symcausal: expect fails.",
        ),
        FindingKind(
            "claim-announced", "error",
            "A claim that the notes announce as wrong does not fail.",
            "Remove the order 'expect fails', or the words that call the claim wrong, or mend the claim.",
        ),
        FindingKind(
            "claim-undecided", "warning",
            "Whether a claim holds could not be decided.",
            "The message says why: no model is declared, the words around the claim make it conditional, "
            "or the budget ran out. Declare the model, or raise --budget.",
        ),
        FindingKind(
            "claim-unreadable", "warning",
            "A formula with a probability in it could not be read.",
            "The message says which part is not understood. Whether the claim holds is not said.",
        ),
        FindingKind(
            "not-understood", "warning",
            "Something besides claims could not be understood.",
            "A model that does not fit together, an order to the checker that is not known, a fence that "
            "is never closed: what stands behind it may not have been checked.",
        ),
        FindingKind(
            "claim-holds", "note",
            "A relation between two formulas holds.",
            "The message gives the evidence: a derivation by rules, a computation in fractions, the "
            "model's numbers, or random models modulo a prime.",
        ),
        FindingKind(
            "claim-definition", "note",
            "A relation introduces a name or a given number.",
            "There is nothing to judge.",
        ),
    )
}  # fmt: skip


@record
class Finding:
    """What a report says of one place.

    Attributes
    ----------
    kind : FindingKind
        What it is.
    level : str
        ``error``, ``warning`` or ``note``: mostly that of its kind.
    path : str
        The file, as it was given.
    cell : int or None
        The notebook's cell, in which lines count anew.
    span : Span or None
        Where it stands; None for something about the whole file.
    words : tuple of str
        What is said, line by line.
    claim : Claim or None
        The claim that it is about.
    """

    kind: FindingKind
    level: FindingLevel
    path: str
    cell: int | None
    span: Span | None
    words: tuple[str, ...]
    claim: Claim | None = None


def findings(file: FileReport, *, verbose: bool = False) -> Iterator[Finding]:
    """Yield the faults of a file, then what it claims and does not hold; or every claim."""
    for fault in file.faults:
        yield _of_fault(fault, file)
    for claim in file.claims:
        if verbose or is_shown(claim):
            yield _of_claim(claim, file.path)


def _of_fault(fault: Fault, file: FileReport) -> Finding:
    level: FindingLevel = "note" if fault.aside else "error" if file.bad_input else "warning"
    text = fault.text if fault.span is None else fault.text.removeprefix(f"{fault.span.where}: ")
    words = (line.removeprefix("  = ") for line in text.split("\n") if not line.startswith("  | "))
    kind = KINDS["not-understood"]
    return Finding(kind, level, file.path, fault.cell, fault.span, tuple(words))


def _of_claim(claim: Claim, path: str) -> Finding:
    announced = claim.is_surprise and claim.expected_to_fail
    kind = KINDS["claim-announced" if announced else f"claim-{claim.verdict}"]
    expected = claim.verdict == "fails" and not claim.is_surprise
    words = (
        f"{claim.left} {claim.relation} {claim.right}".strip(),
        f"{verdict_words(claim)}: {sentence(claim)}",
        *([" ".join(example_lines(claim))] if example_lines(claim) else []),
        *(f"did you mean {formula}" for formula in claim.suggestions),
    )
    level = "note" if expected else kind.level
    return Finding(kind, level, path, claim.cell, claim.span, words, claim)


# -- places -------------------------------------------------------------------------------------
@record
class Extent:
    """Where a stretch begins and ends: lines and columns from one, the end after its last sign."""

    line: int
    column: int
    end_line: int
    end_column: int


def extent(span: Span, units: Callable[[str], int] = len) -> Extent:
    """Return the lines and columns of a stretch.

    Parameters
    ----------
    span : Span
        The stretch.
    units : callable
        How many columns some characters take: each is one if left out.
    """
    source, last = span.source, max(span.start, span.end - 1)
    line, column = source.position(span.start)
    end_line, end_column = source.position(last)
    end_column += span.end > span.start
    if units is not len:
        column = 1 + units(source.line(line)[: column - 1])
        end_column = 1 + units(source.line(end_line)[: end_column - 1])
    return Extent(line, column, end_line, end_column)


def utf16_units(text: str) -> int:
    """Return how many code units of UTF-16 a text takes.

    Examples
    --------
    >>> utf16_units("P(ä)"), utf16_units("😀")
    (4, 2)
    """
    return len(text) + sum(character > "\uffff" for character in text)
