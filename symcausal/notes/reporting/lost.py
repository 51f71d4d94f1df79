"""Claims without a verdict, since something went wrong that nobody foresaw, or since time was over.

Main definitions
----------------
lost_relation, lost_statement, lost_passage : the claims that a defect leaves undecided.
"""

from __future__ import annotations

from collections.abc import Iterator

from symcausal.errors import InternalError, Span
from symcausal.notes.files.passages import Passage
from symcausal.notes.reading.stated import StatedRelation, Statement
from symcausal.notes.reporting.claim import Claim
from symcausal.notes.reporting.verdict import Verdict
from symcausal.record import replace


def lost_relation(stated: StatedRelation, error: InternalError) -> Claim:
    """Return the claim of a relation that a defect keeps from being judged."""
    left, right = stated.sides
    claim = _lost(left.span, left.text, stated.relation.sign, right.text, error)
    return replace(claim, sign=stated.relation.span)


def lost_statement(statement: Statement, done: int, error: InternalError) -> Iterator[Claim]:
    """Yield the claims of a statement that a defect keeps from being judged, at least one."""
    if done >= len(statement.relations):
        yield _lost(statement.span, statement.text, "", "", error)
    for stated in statement.related[done:]:
        yield lost_relation(stated, error)


def lost_passage(passage: Passage, error: InternalError) -> Iterator[Claim]:
    """Yield a claim for each formula of a passage that could not be taken apart."""
    for piece in passage.pieces:
        yield _lost(piece.formula.span, piece.formula.text, "", "", error)


def _lost(span: Span, left: str, sign: str, right: str, error: InternalError) -> Claim:
    return Claim(
        line=span.line,
        column=span.column,
        cell=None,
        left=left,
        relation=sign,
        right=right,
        judgement=Verdict("undecided", reason=error.found, internal=True),
        proposed=(),
        message="",
        span=span,
    )
