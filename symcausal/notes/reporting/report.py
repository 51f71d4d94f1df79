"""A report on notes: claims with verdicts, counts, and every way to print them.

Main definitions
----------------
Report : the claims of some files, printable.
"""

from __future__ import annotations

from collections.abc import Callable

from symcausal.controls import in_a_line
from symcausal.notes.reporting.claim import is_shown, told
from symcausal.notes.reporting.report_facts import ReportFacts
from symcausal.writing.blocks import Block, Paragraph
from symcausal.writing.style import Style


class Report(ReportFacts):
    """The claims of some files.

    Attributes
    ----------
    files : tuple of FileReport
        In the order given.
    verbose : bool
        Whether text and annotations list what holds, too, and why.
    """

    __slots__ = ()

    def blocks(self) -> list[Block]:
        """Every claim with its verdict and the reason, file after file, then the counts."""
        from symcausal.notes.reporting.report_page import blocks  # a terminal is shown the text

        return [*blocks(self), Paragraph((self.headline,))]

    def as_data(self) -> dict[str, object]:
        """Everything as values that ``json`` knows."""
        return {
            "files": [
                {
                    "path": file.path,
                    "claims": [claim.as_data() for claim in file.claims],
                    **({"problems": list(file.problems)} if file.problems else {}),
                    **({"remarks": list(file.remarks)} if file.remarks else {}),
                }
                for file in self.files
            ],
            "summary": self.summary,
        }

    def own_formats(self, style: Style) -> dict[str, Callable[[], str]]:
        """Text of what does not hold, with carets; and what programs read place by place."""
        return {
            "text": self._text,
            "github": self.to_github,
            "lines": self.to_lines,
            "sarif": self.to_sarif,
        }

    def _text(self) -> str:
        """What does not hold, line by line with carets, then the counts."""
        blocks = []
        for file in self.files:
            blocks += [
                problem
                if problem.startswith(f"{in_a_line(file.path)}:")
                else f"{in_a_line(file.path)}: {problem}"
                for problem in file.problems
            ]
            shown = (claim for claim in file.claims if self.verbose or is_shown(claim))
            blocks += [told(file.path, claim) for claim in shown]
        remarks = [remark for file in self.files for remark in file.remarks]
        blocks.append("\n".join([*self.unread, *remarks, self.headline]))
        return "\n\n".join(blocks)

    def to_github(self) -> str:
        """Annotations for a pull request, then the counts."""
        from symcausal.notes.reporting.annotations import github

        return github(self)

    def to_lines(self) -> str:
        """One line for each finding, ``file:line:column: error: message``, then the counts."""
        from symcausal.notes.reporting.annotations import lines

        return lines(self)

    def to_sarif(self) -> str:
        """The format SARIF 2.1.0, in which other programs take findings and their fixes."""
        from symcausal.notes.reporting.sarif import sarif

        return sarif(self)

    @property
    def silence(self) -> list[str]:
        """The likely reasons why files have no claim."""
        from symcausal.notes.reporting.silence import why_silent

        return why_silent(self)

    @property
    def unread(self) -> list[str]:
        """How many formulas were not read and why, the largest group first; empty if all were."""
        from symcausal.notes.reporting.silence import why_unread

        reasons = [claim.reason for claim in self.claims if claim.verdict == "unreadable"]
        outside = [fault.unread for file in self.files for fault in file.faults if fault.unread]
        return why_unread([*reasons, *outside])

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {
            "text/html": self._repr_html_(),
            "text/markdown": self._repr_markdown_(),
            "text/plain": self.to_text(),
        }

    def _repr_html_(self) -> str:
        from symcausal.notes.reporting.report_page import table  # only notebooks need it

        return table(self)

    def _repr_markdown_(self) -> str:
        return "```text\n" + self.to_text() + "\n```"
