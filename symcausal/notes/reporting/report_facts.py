"""What is known of the claims of some files, before anything is printed.

Main definitions
----------------
ReportFacts : the claims, and how many got which verdict.
"""

from __future__ import annotations

from symcausal.notes.reporting.claim import Claim, FileReport
from symcausal.notes.reporting.verdict import WORDS
from symcausal.record import record
from symcausal.writing.shown import Shown


@record
class ReportFacts(Shown):
    """What notes claim, counted; :class:`Report` names the fields."""

    options = ("verbose",)
    files: tuple[FileReport, ...]
    verbose: bool = False

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims, file after file."""
        return tuple(claim for file in self.files for claim in file.claims)

    @property
    def problems(self) -> tuple[str, ...]:
        """The problems besides claims, such as an unreadable model, file after file."""
        return tuple(problem for file in self.files for problem in file.problems)

    @property
    def summary(self) -> dict[str, int]:
        """The number of claims with each verdict, by verdict."""
        return {word: sum(c.verdict == word for c in self.claims) for word in WORDS}

    def failed(self, *, strict: bool = False) -> bool:
        """Decide whether a claim fails; ``strict`` also counts what is undecided or unreadable."""
        if any(claim.is_surprise for claim in self.claims):
            return True
        return strict and any(
            sum(not fault.aside for fault in file.faults) > file.without_claims
            or any(c.verdict in ("undecided", "unreadable") for c in file.claims)
            for file in self.files
        )

    @property
    def bad_input(self) -> bool:
        """Whether a file, or a model in one, could not be read."""
        return any(file.bad_input for file in self.files)

    @property
    def out_of_budget(self) -> bool:
        """Whether a claim stayed undecided because its time or space ran out."""
        return any(file.out_of_time for file in self.files) or any(
            claim.judgement.out_of_budget for claim in self.claims
        )

    @property
    def internal_error(self) -> bool:
        """Whether a defect of this library left a claim, or more, without a verdict."""
        return any(file.internal for file in self.files) or any(
            claim.judgement.internal for claim in self.claims
        )

    @property
    def headline(self) -> str:
        """How many claims got which verdict, and how many of them by numbers alone."""
        counts = {word: f"{count} {word}" for word, count in self.summary.items()}
        by_numbers = sum(claim.evidence == "numbers" for claim in self.claims)
        if by_numbers:
            counts["holds"] += f" ({by_numbers} in the model's numbers only)"
        return ", ".join(counts.values())
