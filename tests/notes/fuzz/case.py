"""A text with the verdicts that are right for it, and what `check` says of it.

Main definitions
----------------
Expected : the verdicts that are right for one claim, with the reason.
Case : a model, notes, and what is right for every claim of them.
Fault : what is wrong about an answer.
asked, faults : the answer, and what is wrong about it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, Protocol

from symcausal import Model
from symcausal.notes.check import check_files, check_text
from symcausal.notes.reporting.claim import Claim
from symcausal.notes.reporting.report import Report

HOLDS = frozenset({"holds"})
FAILS = frozenset({"fails"})
UNDECIDED = frozenset({"undecided"})
UNREADABLE = frozenset({"unreadable"})
DEFINITION = frozenset({"definition"})


class Expected(NamedTuple):
    """The verdicts that are right for one claim.

    Attributes
    ----------
    verdicts : set of str
        Any of them will do.
    rule : str
        The class of claims, by which results are counted.
    because : str
        How the truth was found.
    evidence : str
        What the verdict has to rest on, if that is settled; with ``not`` before it, may not rest on.
    """

    verdicts: frozenset[str]
    rule: str
    because: str = ""
    evidence: str = ""


class Case(NamedTuple):
    """A model or none, notes, and what is right for every claim of them in reading order."""

    model: str | None
    notes: str
    ending: str  # of the file; empty for a formula alone
    claims: tuple[Expected, ...]

    def __str__(self) -> str:
        model = "no model" if self.model is None else f"--- the model\n{self.model}"
        wanted = "\n".join(
            f"  {' or '.join(sorted(c.verdicts))}: {c.rule}; {c.because}" for c in self.claims
        )
        return (
            f"{model}\n--- notes{self.ending}\n{self.notes.rstrip()}\n--- right would be\n{wanted}"
        )


class Sketch(Protocol):
    """What a case is made of, so that it can be written otherwise, and made smaller."""

    def case(self) -> Case:
        """The case."""

    def twin(self) -> Sketch | None:
        """The same claims, written otherwise, if their verdicts may not change."""

    def smaller(self) -> Iterator[Sketch]:
        """Sketches with less in them."""


class Fault(NamedTuple):
    """What is wrong about an answer."""

    rule: str
    wanted: str
    got: str
    claim: str = ""


def asked(case: Case) -> Report:
    """What `check` says of the notes."""
    model = None if case.model is None else Model.parse(case.model).content
    if not case.ending:
        return check_text(case.notes, model)
    with TemporaryDirectory() as folder:
        path = Path(folder, f"notes{case.ending}")
        path.write_text(case.notes, encoding="utf-8")
        return check_files([str(path)], model)


def faults(case: Case) -> tuple[list[Fault], tuple[str, ...]]:
    """What is wrong about the answer, and the verdicts."""
    try:
        report = asked(case)
    except Exception as error:  # whatever it is, it is the finding
        told = f"{type(error).__name__}: {error}"
        return [Fault("no answer", "an answer", told)], ()
    claims = [claim for file in report.files for claim in file.claims]
    words = tuple(claim.verdict for claim in claims)
    if len(claims) != len(case.claims):
        told = [problem for file in report.files for problem in file.problems]
        got = f"{len(claims)} claims: {', '.join(map(_told, claims))} {' '.join(told)}"
        return [Fault("not as many claims as there are", f"{len(case.claims)} claims", got)], words
    return [
        Fault(wanted.rule, _wanted(wanted), _told(claim), _shown(claim))
        for wanted, claim in zip(case.claims, claims, strict=True)
        if not _is_right(wanted, claim)
    ], words


def _is_right(wanted: Expected, claim: Claim) -> bool:
    if claim.verdict not in wanted.verdicts:
        return False
    if claim.verdict != "holds" or not wanted.evidence:
        return True
    kind, barred = wanted.evidence.removeprefix("not "), wanted.evidence.startswith("not ")
    return (claim.evidence == kind) != barred


def _wanted(wanted: Expected) -> str:
    evidence = f" (evidence {wanted.evidence})" if wanted.evidence else ""
    return f"{' or '.join(sorted(wanted.verdicts))}{evidence}, since {wanted.because}"


def _told(claim: Claim) -> str:
    evidence = f" ({claim.evidence})" if claim.evidence else ""
    return f"{claim.verdict}{evidence}: {claim.reason} {claim.message}".rstrip(": ")


def _shown(claim: Claim) -> str:
    return f"{claim.left} {claim.relation} {claim.right}"
