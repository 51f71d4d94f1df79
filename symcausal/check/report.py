"""What was found in notes: claims with verdicts, counts, and every way to print them.

Main definitions
----------------
Claim : one relation sign with its place and verdict.
FileReport, Report : the claims of a file, and of several.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from symcausal.check.verdict import WORDS, Verdict
from symcausal.errors import Span
from symcausal.expr.build import prob
from symcausal.expr.nodes import Event, Events, State
from symcausal.kernel.counterexample import Counterexample
from symcausal.notation.latex import latex
from symcausal.notation.notations import Notation
from symcausal.notation.text import text


@dataclass(frozen=True, slots=True)
class Claim:
    """One relation sign in somebody's notes.

    Attributes
    ----------
    line, column : int
        Where the claim begins, from one.
    cell : int or None
        The notebook's cell.
    left, relation, right : str
        As written.
    judgement : Verdict
        What is said about it.
    suggestions : tuple of str
        Formulas that would hold, as LaTeX in the notes' own notation.
    message : str
        What else a reader should know.
    span : Span
        The claim in its source, for the picture under a message.
    expected_to_fail : bool
        Whether the notes announce that it fails (an exercise).
    """

    line: int
    column: int
    cell: int | None
    left: str
    relation: str
    right: str
    judgement: Verdict
    suggestions: tuple[str, ...]
    message: str
    span: Span
    order: tuple[str, ...] = ()
    expected_to_fail: bool = False

    @property
    def verdict(self) -> str:
        """``holds``, ``fails``, ``undecided``, ``unreadable`` or ``definition``."""
        return self.judgement.word

    @property
    def evidence(self) -> str:
        """What the verdict rests on."""
        return self.judgement.evidence

    @property
    def reason(self) -> str:
        """Why, in words."""
        return self.judgement.reason

    @property
    def assumes(self) -> tuple[str, ...]:
        """What has to be possible, as LaTeX."""
        return tuple(latex(c, Notation(), self.order) for c in self.judgement.assumes)

    @property
    def counterexample(self) -> dict[str, object] | None:
        """A model in which the claim fails, as values that ``json`` knows."""
        example = self.judgement.example
        if example is None or self.verdict != "fails":
            return None
        return {
            "values": dict(_entries(example)),
            "at": dict(example.at),
            "left": str(example.left),
            "right": str(example.right),
        }

    @property
    def is_surprise(self) -> bool:
        """Whether it fails unannounced, or was announced to fail and does not."""
        return (self.verdict == "fails") != self.expected_to_fail

    def as_data(self) -> dict[str, object]:
        """The claim as values that ``json`` knows."""
        data: dict[str, object] = {
            "line": self.line,
            "column": self.column,
            "left": self.left,
            "relation": self.relation,
            "right": self.right,
            "verdict": self.verdict,
            "evidence": self.evidence or None,
            "reason": self.reason,
            "assumes": list(self.assumes),
            "counterexample": self.counterexample,
            "suggestions": list(self.suggestions),
            "message": self.message,
        }
        return data if self.cell is None else {"cell": self.cell, **data}


@dataclass(frozen=True, slots=True)
class FileReport:
    """The claims of one file."""

    path: str
    claims: tuple[Claim, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The claims of some files.

    Attributes
    ----------
    files : tuple of FileReport
        In the order given.
    """

    files: tuple[FileReport, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims, file after file."""
        return tuple(claim for file in self.files for claim in file.claims)

    @property
    def summary(self) -> dict[str, int]:
        """How many claims got which verdict."""
        return {word: sum(c.verdict == word for c in self.claims) for word in WORDS}

    def failed(self, *, strict: bool = False) -> bool:
        """Whether a claim fails; ``strict`` also counts what is undecided or unreadable."""
        if any(claim.is_surprise for claim in self.claims):
            return True
        return strict and any(
            claim.verdict in ("undecided", "unreadable") or file.problems
            for file in self.files
            for claim in file.claims
        )

    @property
    def out_of_budget(self) -> bool:
        """Whether a claim stayed undecided because its time or space ran out."""
        return any(claim.judgement.out_of_budget for claim in self.claims)

    def __str__(self) -> str:
        return self.to_text()

    def to(self, shape: str) -> str:
        """Print as ``text``, ``json`` or ``github``."""
        return {"text": self.to_text, "json": self.to_json, "github": self.to_github}[shape]()

    def to_text(self) -> str:
        """What does not hold, line by line with carets, then the counts."""
        blocks = []
        for file in self.files:
            blocks += [f"{file.path}: {problem}" for problem in file.problems]
            blocks += [_told(file, claim) for claim in file.claims if _is_shown(claim)]
        blocks.append(", ".join(f"{count} {word}" for word, count in self.summary.items()))
        return "\n\n".join(blocks)

    def to_json(self) -> str:
        """The JSON of ``symcausal check``."""
        data = {
            "files": [
                {
                    "path": file.path,
                    "claims": [claim.as_data() for claim in file.claims],
                    **({"problems": list(file.problems)} if file.problems else {}),
                }
                for file in self.files
            ],
            "summary": self.summary,
        }
        return json.dumps(data, indent=2, ensure_ascii=False)

    def to_github(self) -> str:
        """Annotations for a pull request, then the counts."""
        lines = []
        for file in self.files:
            lines += [f"::warning file={_escaped(file.path)}::{_escaped(p)}" for p in file.problems]
            for claim in file.claims:
                if not _is_shown(claim):
                    continue
                level = "error" if claim.is_surprise else "warning"
                place = f"file={_escaped(file.path)},line={claim.line},col={claim.column}"
                lines.append(f"::{level} {place}::{_escaped(_sentence(claim))}")
        lines.append(", ".join(f"{count} {word}" for word, count in self.summary.items()))
        return "\n".join(lines)

    def _repr_markdown_(self) -> str:
        return "```text\n" + self.to_text() + "\n```"


def _is_shown(claim: Claim) -> bool:
    return claim.is_surprise or claim.verdict in ("undecided", "unreadable")


def _told(file: FileReport, claim: Claim) -> str:
    where = f"{file.path}:{claim.line}:{claim.column}"
    if claim.cell is not None:
        where = f"{file.path}:cell {claim.cell}:{claim.line}:{claim.column}"
    lines = [f"{where}: {claim.verdict}: {_sentence(claim)}", claim.span.picture()]
    example = claim.judgement.example
    if example is not None and claim.verdict == "fails":
        places = ", ".join(f"{letter}={state}" for letter, state in example.at.items())
        at_place = f" at {places}" if places else ""
        lines.append(f"  = for example{at_place}: left {example.left}, right {example.right}, when")
        rows = ", ".join(f"{name} = {value}" for name, value in _entries(example).items())
        lines.append(
            f"    {rows or 'every table is uniform'}" + (", others uniform" if rows else "")
        )
    lines += [f"  = did you mean  {formula}" for formula in claim.suggestions]
    return "\n".join(lines)


def _sentence(claim: Claim) -> str:
    if claim.expected_to_fail and claim.verdict != "fails":
        return "announced to fail, but it does not"
    parts = [claim.reason, claim.message]
    return "; ".join(part for part in parts if part) or claim.verdict


def _entries(example: Counterexample) -> dict[str, str]:
    """The entries of the rows that are not uniform, by their probability as text."""
    found = {}
    for name, parents, row in example.rows:
        given = Events(Event(parent, State(state)) for parent, state in parents)
        for state, value in list(zip(example.states[name], row, strict=True))[:-1]:
            found[text(prob((Event(name, State(state)),), given))] = str(value)
    return found


def _escaped(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
