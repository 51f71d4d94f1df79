"""What was found in notes: claims with verdicts, one by one and file by file.

Main definitions
----------------
Claim : one relation sign with its place and verdict.
Under : the graph under which it was judged, where the notes state it.
Suggestion : a formula that would hold, and what it replaces.
Fault : what else could not be understood in a file.
FileReport : the claims of a file.
told : a claim in words, with its picture and its example.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import TypedDict

from symcausal.algebra.decimals import with_decimal, written
from symcausal.controls import in_a_line
from symcausal.errors import Span
from symcausal.expr.build import prob
from symcausal.expr.nodes import Event, State
from symcausal.kernel.core.worlds import Coupling
from symcausal.kernel.counterexample import Counterexample
from symcausal.notes.reporting.verdict import Verdict
from symcausal.record import record, shortened
from symcausal.writing.latex import latex
from symcausal.writing.notations import Notation
from symcausal.writing.text import text

SHOWN_ROWS = 40


class ToldCounterexample(TypedDict):
    """A small model in which a claim fails, in words: its entries, the place, both sides there."""

    values: dict[str, str]
    at: dict[str, str]
    left: str
    right: str


@record
class Under:
    """The graph under which a claim was judged, where the notes themselves state it.

    Attributes
    ----------
    line : int
        The line that states it.
    graph : str
        Its edges: ``A -> B; B -> C``.
    source : str
        How it is stated: ``factorisation``, ``arrows``, ``drawing``, ``code`` or ``equations``.
    cell : int or None
        The notebook's cell.
    """

    line: int
    graph: str
    source: str
    cell: int | None = None

    def as_data(self) -> dict[str, object]:
        """Return it as values that ``json`` knows."""
        data: dict[str, object] = {"line": self.line, "graph": self.graph, "source": self.source}
        return data if self.cell is None else {"cell": self.cell, **data}


@record
class Suggestion:
    """A formula near a claim, with which the claim would hold.

    Attributes
    ----------
    shown : str
        The mended right side, or the whole equation if the left side is mended, as LaTeX in the notes'
        own notation.
    text : str
        The mended side alone.
    span : Span or None
        What the text replaces in the notes; None where that is not written as it is read, as behind a
        macro, so that nothing can be replaced.
    """

    shown: str
    text: str
    span: Span | None = None


@record
class Fault:
    """Something in a file that could not be understood, besides claims.

    Attributes
    ----------
    text : str
        What is said of it, with its place and a picture if it has one.
    span : Span or None
        Where it stands.
    cell : int or None
        The notebook's cell.
    unread : str
        If it is a formula that was not read, why.
    aside : bool
        Whether it is no fault of the notes, but something that their author should know.
    """

    text: str
    span: Span | None = None
    cell: int | None = None
    unread: str = ""
    aside: bool = False


@record
class Claim:
    """One relation sign in somebody's notes, with its place and verdict.

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
    proposed : tuple of Suggestion
        Formulas that would hold, and what each replaces.
    message : str
        What else a reader should know.
    span : Span
        The claim in its source, for the picture under a message.
    sign : Span or None
        Its relation sign; None if it has none.
    expected_to_fail : bool
        Whether the notes announce that it fails (an exercise).
    under : Under or None
        The graph that the notes state and under which it was judged.
    """

    line: int
    column: int
    cell: int | None
    left: str
    relation: str
    right: str
    judgement: Verdict
    proposed: tuple[Suggestion, ...]
    message: str
    span: Span
    sign: Span | None = None
    order: tuple[str, ...] = ()
    expected_to_fail: bool = False
    under: Under | None = None

    def __repr__(self) -> str:
        said = shortened(f"{self.left} {self.relation} {self.right}", 80)
        return f"<Claim: {said}: {self.verdict}>"

    @property
    def verdict(self) -> str:
        """The verdict: ``holds``, ``fails``, ``undecided``, ``unreadable`` or ``definition``."""
        return self.judgement.word

    @property
    def evidence(self) -> str:
        """The evidence on which the verdict rests; empty if nothing was judged."""
        return self.judgement.evidence

    @property
    def reason(self) -> str:
        """The reason of the verdict, in words."""
        return self.judgement.reason

    @property
    def assumes(self) -> tuple[str, ...]:
        """The conditions that have to be possible for both sides to be defined, as LaTeX."""
        return tuple(latex(c, Notation(), self.order) for c in self.judgement.assumes)

    @property
    def suggestions(self) -> tuple[str, ...]:
        """Formulas that would hold, as LaTeX in the notes' own notation."""
        return tuple(suggestion.shown for suggestion in self.proposed)

    @property
    def counterexample(self) -> ToldCounterexample | None:
        """The model in which the claim fails, as values that ``json`` knows; None if there is none."""
        example = self.judgement.example
        if example is None or self.verdict != "fails":
            return None
        return {
            "values": {name: written(value) for name, value in entries(example).items()},
            "at": dict(example.at),
            "left": written(example.left),
            "right": written(example.right),
        }

    @property
    def is_surprise(self) -> bool:
        """Whether the claim fails unannounced, or was announced to fail and does not."""
        if self.judgement.internal or self.judgement.out_of_budget:
            return False  # nobody knows
        return (self.verdict == "fails") != self.expected_to_fail

    def as_data(self) -> dict[str, object]:
        """Return the claim as values that ``json`` knows."""
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
            "under": None if self.under is None else self.under.as_data(),
        }
        return data if self.cell is None else {"cell": self.cell, **data}


@record
class FileReport:
    """The claims of one file, and the problems met in it.

    Attributes
    ----------
    path : str
        As it was given.
    claims : tuple of Claim
        In reading order.
    faults : tuple of Fault
        What else could not be understood: an unknown order, a model that does not fit together.
    bad_input : bool
        Whether the file, or a model in it, could not be read.
    internal : bool
        Whether a defect of this library kept it, or something in it, from being checked.
    out_of_time : bool
        Whether it was not read, since the time for the whole run was over.
    without_claims : bool
        Whether the last fault says why formulas, or words like them, make no claim.
    remarks : tuple of str
        What would let more claims be decided.
    """

    path: str
    claims: tuple[Claim, ...]
    faults: tuple[Fault, ...] = ()
    bad_input: bool = False
    internal: bool = False
    out_of_time: bool = False
    without_claims: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[str, ...]:
        """The faults in words."""
        return tuple(fault.text for fault in self.faults)


def is_shown(claim: Claim) -> bool:
    """Decide whether a report shows a claim: it is a surprise, or nothing was decided."""
    return claim.is_surprise or claim.verdict in ("undecided", "unreadable")


def told(path: str, claim: Claim) -> str:
    """Return the text of a report on a claim in a file: place, verdict, picture, example."""
    path = in_a_line(path)
    where = f"{path}:{claim.line}:{claim.column}"
    if claim.cell is not None:
        where = f"{path}:cell {claim.cell}:{claim.line}:{claim.column}"
    lines = [f"{where}: {verdict_words(claim)}: {sentence(claim)}", claim.span.picture()]
    for number, line in enumerate(example_lines(claim)):
        lines.append(f"    {line}" if number else f"  = {line}")
    if claim.verdict == "holds" and claim.assumes:
        lines.append(f"  = assumes {', '.join(claim.assumes)}")
    lines += [f"  = did you mean  {formula}" for formula in claim.suggestions]
    return "\n".join(lines)


def verdict_words(claim: Claim) -> str:
    """Return the verdict, and on what evidence something holds."""
    has_evidence = claim.verdict == "holds" and claim.evidence
    return f"holds ({claim.evidence})" if has_evidence else claim.verdict


def example_lines(claim: Claim) -> list[str]:
    """Return the counterexample in words, if the reason does not name it: where, and its rows."""
    example = claim.judgement.example
    if example is None or claim.verdict != "fails" or example.in_model:
        return []
    places = ", ".join(f"{letter}={state}" for letter, state in example.at.items())
    at_place = f" at {places}" if places else ""
    left, right = with_decimal(example.left), with_decimal(example.right)
    shown = entries(example, most=SHOWN_ROWS)
    rows = ", ".join(f"{n} = {with_decimal(v)}" for n, v in shown.items())
    more = len(example.rows) - SHOWN_ROWS
    rows += f", {more} rows more that the JSON lists" if more > 0 else ""
    return [
        f"for example{at_place}: left {left}, right {right}, when",
        (rows or "every table is uniform") + (", others uniform" if rows else ""),
        *(f"where {cause}" for cause in _hidden_causes(example)),
        *([f"where {_COUPLED[example.coupling]}"] if example.coupling else []),
    ]


def sentence(claim: Claim) -> str:
    """Return the reason of a verdict, and what else a reader should know."""
    if claim.expected_to_fail and claim.is_surprise:
        return "announced to fail, but it does not"
    announced = "as announced" if claim.expected_to_fail and claim.verdict == "fails" else ""
    parts = [announced, claim.reason, claim.message]
    return "; ".join(part for part in parts if part) or claim.verdict


def entries(example: Counterexample, *, most: int | None = None) -> dict[str, Fraction]:
    """Return the entries of the rows that are not uniform, and the chosen numbers, by name."""
    found = dict(example.chosen)

    @cache  # the same few events stand in thousands of rows
    def event(name: str, state: str) -> str:
        return text(prob((Event(name, State(state)),)))[2:-1]

    for name, parents, row in example.rows[:most]:
        given = ", ".join(event(*parent) for parent in sorted(parents))
        for state, value in list(zip(example.states[name], row, strict=True))[:-1]:
            found[f"P({event(name, state)}{given and ' | '}{given})"] = value
    return found


_COUPLED: dict[Coupling, str] = {
    "independent": "each variable answers different values of its parents by draws of their own",
    "ordered": "each variable answers all values of its parents by one draw, in the order of its states",
}


def _hidden_causes(example: Counterexample) -> list[str]:
    """What the names of hidden causes in the rows stand for."""
    names = dict.fromkeys(
        n for name, parents, _ in example.rows for n in (name, *(parent for parent, _ in parents))
    )
    return [
        f'"{name}" is the hidden cause of {" and ".join(name[2:-1].split(","))}'
        for name in names
        if name.startswith("U[") and name.endswith("]")
    ]
