"""Formulas that the notes suppose for others: *Since ..., ...*, *Case 1: ...*, and wrong ones.

Main definitions
----------------
premise : whether a passage is supposed, and how.
reaches : whether what one passage supposes is supposed for another.
is_reason_for : how a passage gives the reason of the one before it.
turned_round : whether the words before a condition turn it round: *only if*, *unless*.
in_one_formula : whether a condition stands in the formula of its claim.
is_required : whether a passage only says where something holds: *provided* ``P(x) > 0``.
asks_positive : whether a statement says no more than that something is not zero.
supposed_by : what statements suppose, as hypotheses of others.
is_announced_wrong : whether the words before a passage say that it is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from symcausal.expr.nodes import Scalar
from symcausal.hints import Literal, TypeAlias
from symcausal.notes.files.passages import Passage
from symcausal.notes.phrases.weaving import woven
from symcausal.notes.reading.stated import Hypothesis, StatedRelation, Statement, as_hypothesis
from symcausal.patterns import late
from symcausal.reading.nearby import folded, reach_after, words_before

Premise: TypeAlias = Literal["", "reason", "condition", "case"]

_NEAR = 120
_FAR = 2000
_BEGINS = r"(?:\A|[\n.:;!?,(*]|\$)[\s*_>#-]*"
_OPENED = r"(?:\$\$?|\\\(|\\\[)?\s*\Z"
_KNOWN = r"(?:\s+<<known that>>)?\s*"
_REASON = woven(rf"{_BEGINS}<<since>>{_KNOWN}{_OPENED}", re.I)
_CONDITION = woven(rf"{_BEGINS}<<if>>{_KNOWN}{_OPENED}", re.I)
_CASE = woven(
    rf"{_BEGINS}<<case>>(?:\s+[\w.]{{1,4}})?[*_]*\s*(?:[:.,–—-]+|\()[\s*_]*{_OPENED}"
    rf"|{_BEGINS}<<lets>>{_KNOWN}:?[\s*_]*{_OPENED}",
    re.I,
)
_REQUIRED = woven(rf"<<where>>{_KNOWN}{_OPENED}", re.I)
_REQUIRED_INSIDE = woven(r"[\s&]*\\(?:text[a-z]*|mbox)\s*\{\s*<<where>>", re.I)
_LISTED = woven(r"\s*(?:,|,?\s*<<and>>)\s*", re.I)
_AND = woven(r"\s*(?:,?\s*(?:<<and or>>|&))\s*", re.I)
_CLOSED = late(r"\s*(?:\$\$?|\\\)|\\\])")
_SENTENCE_ENDS = late(r"[.;!?](?=\s|\Z)|\n\s*\n")
_PARAGRAPH_ENDS = woven(r"\n\s*\n(?!\s*<<so>>)", re.I)
_OVER = woven(r"<<another case>>|<<in general>>", re.I)
_BECAUSE_NEXT = woven(
    rf"[\s,]*(?:<<it is so>>,?\s)?"
    # a capital begins a sentence, which is about what follows it
    rf"(?-i:<<for the reason>>|(?P<condition><<on condition>>)){_KNOWN}{_OPENED}",
    re.I,
)
# what says that a claim holds only if, or even if, something is so, does not say that it holds if
_TURNED = woven(
    r"<<turned>>[^.;$]*\Z|\\(?:iff|Leftrightarrow|Longleftrightarrow)(?![A-Za-z])[^$]*\Z|[⇔⟺][^$]*\Z",
    re.I,
)
_SHOWN = late(r"\$|\\[()\[\]]")
_WRONG = woven(rf"(?:\A|[\n.!?;:)])[\s*_>#-]*<<announces wrong>>[*_]*\s*:[\s*_]*{_OPENED}", re.I)


def premise(passage: Passage) -> Premise:
    """Return how a passage is supposed by the words before it: as reason, condition or case."""
    before = _before(passage)
    if _REASON.search(before):
        return "reason"
    if _CONDITION.search(before):
        return "condition"
    return "case" if _CASE.search(before) else ""


def is_announced_wrong(passage: Passage) -> bool:
    """Decide whether the words before a passage announce it as wrong: *Wrong start: ...*."""
    return _WRONG.search(_before(passage)) is not None


def goes_on(passage: Passage, last: Passage) -> bool:
    """Decide whether only *and* stands between two passages, so that both are supposed."""
    between = _between(last, passage)
    return between is not None and _AND.fullmatch(between) is not None


def reaches(kind: Premise, passage: Passage, other: Passage) -> bool:
    """Decide whether what a passage supposes is supposed for another, in its sentence or paragraph."""
    between = _between(passage, other)
    if between is None:
        return False
    if kind == "case":
        return not (_PARAGRAPH_ENDS.search(between) or _OVER.search(between))
    return not (_SENTENCE_ENDS.search(between) or _OVER.search(between))


def is_reason_for(passage: Passage, last: Passage) -> Premise:
    """Return how a passage gives the reason, or the condition, of the one before it."""
    between = _between(last, passage)
    found = None if between is None else _BECAUSE_NEXT.fullmatch(between)
    if found is None:
        return ""
    return "condition" if found["condition"] else "reason"


def turned_round(supposed: Hypothesis) -> bool:
    """Decide whether the words before a condition say *only if*, *even if*, *unless* or the like."""
    before = words_before(supposed.span.source.text, supposed.span.start, _NEAR)
    opened = re.sub(r"\$\$?\s*\Z|\\[(\[]\s*\Z", "", before)
    return _TURNED.search(opened) is not None


def in_one_formula(stated: StatedRelation, supposed: Hypothesis) -> bool:
    """Decide whether a condition stands in the formula of the claim that it is stated for."""
    sign, span = stated.relation.span, supposed.span
    if sign.source is not span.source:
        return False
    start, end = min(sign.end, span.start), max(sign.end, span.start)
    return _SHOWN.search(sign.source.text, start, end) is None


def is_required(passage: Passage, required: Passage | None) -> bool:
    """Decide whether a passage only says where something holds, or goes on from one that does."""
    if _REQUIRED.search(_before(passage)) or _REQUIRED_INSIDE.match(passage.pieces[0].formula.text):
        return True
    between = None if required is None else _between(required, passage)
    return between is not None and _LISTED.fullmatch(between) is not None


def asks_positive(statement: Statement) -> bool:
    """Decide whether a statement says no more than that something is not zero."""
    if len(statement.relations) != 1:
        return False
    sign, sides = statement.relations[0].sign, [part.text.strip() for part in statement.parts]
    return (sign in (">", "≠") and sides[1] == "0") or (sign in ("<", "≠") and sides[0] == "0")


def supposed_by(statements: Iterable[Statement]) -> Iterator[Hypothesis]:
    """Yield the hypotheses that statements make; a number that they give is known, not supposed."""
    for statement in statements:
        if statement.kind == "term" or statement.definition:
            continue
        numbers = [p for p in statement.parts if p.expr is not None and isinstance(p.expr, Scalar)]
        if statement.kind == "independence" or not numbers:
            yield as_hypothesis(statement)


def _before(passage: Passage) -> str:
    first = passage.pieces[0].formula
    return words_before(first.part.source.text, first.offset, _NEAR)


def _between(one: Passage, other: Passage) -> str | None:
    """The words between two passages that follow each other closely."""
    last, first = one.pieces[-1].formula, other.pieces[0].formula
    if last.part is not first.part or first.offset < last.end:
        return None
    if reach_after(last.part.source.text, last.end, _FAR) < first.offset:
        return None
    between = folded(last.part.source.text[last.end : first.offset])
    closed = _CLOSED.match(between)
    between = between[closed.end() :] if closed else between
    return re.sub(r"(?:\$\$?|\\\(|\\\[)\s*\Z", "", between)
