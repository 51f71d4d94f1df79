r"""Whether a text's probabilities vanish: an account of them that shares no code with the reader.

Main definitions
----------------
probabilities : where a text speaks of a probability, by its plainest signs.
unread : those of a formula that no statement has.
outside_items : those of a document in which no item holds them.
without_claims : comparisons of probabilities in a document about which a report is silent.

Notes
-----
What only sets type (labels, comments, phantoms), words inside a formula, code and verbatim text are
nobody's claims: after the first sign of such a thing nothing is accounted for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from symcausal.errors import Source, Span
from symcausal.notes.files.items import Formula, NotesFile
from symcausal.notes.files.passages import derivations
from symcausal.notes.reading.claims import read_claims
from symcausal.notes.reporting.report import Report

_SAID = re.compile(r"(?:\\Pr(?![A-Za-z])|\\PP(?![A-Za-z])|(?<![A-Za-z\\_^])[Pp])\s?(?:\(|\[|\\\{)")
_SETS_TYPE = re.compile(
    r"%|\\(?:text|mbox|tag|label|phantom|[hv]space|intertext|underbrace|overbrace|color|begin|end"
    r"|overset|stackrel|underset|cite|ref|eqref|require|mathrm)"
)
_CODE = re.compile(
    r"[`%<\r\0]|~~~|:::|\\(?:verb|begin|iffalse|url|href|label|ref|cite|input|include|lstinline|newcommand"
    r"|renewcommand|providecommand|def|let|DeclareMathOperator|end)|^(?: {4}|\t)|^---",
    re.MULTILINE,
)
_COMPARED = re.compile(r"[Pp]\((\w)\)\s*=\s*[Pp]\((\w)\)")


def probabilities(text: str, hidden: re.Pattern[str] = _SETS_TYPE) -> Iterator[int]:
    """Yield where probabilities stand, up to the first thing that hides what follows."""
    plain = "".join(map(_plain, text))
    first = hidden.search(plain)
    end = first.start() if first else len(plain)
    yield from (match.start() for match in _SAID.finditer(plain, 0, end))


def _plain(character: str) -> str:
    """Return the letter that one of another font or width stands for; others as they are."""
    if not unicodedata.decomposition(character).startswith(("<font>", "<wide>")):
        return character
    plain = unicodedata.normalize("NFKC", character)
    return plain if plain.isalpha() else character


def unread(text: str) -> list[int]:
    """Return the probabilities of a formula that stand in no side and no hypothesis."""
    covered: set[int] = set()
    for statement in read_claims([Span(Source(text), 0, len(text))]):
        spans = [part.span for part in (*statement.parts, *statement.hypotheses)]
        if statement.problem is not None or statement.kind == "independence":
            spans.append(statement.span)
        for span in spans:
            covered.update(range(span.start, span.end))
    return [at for at in probabilities(text) if at not in covered]


def outside_items(text: str, document: NotesFile) -> list[int]:
    """Return the probabilities of a text that no item holds, where no problem is told."""
    if document.problems:
        return []
    held = {i for item in document.items for i in range(item.offset, item.end)}
    passed = {id(p.formula) for passage in derivations(document)[0] for p in passage.pieces}
    lost = [item for item in document.items if isinstance(item, Formula) and id(item) not in passed]
    assert not lost, "a formula that is in no passage"
    return [at for at in probabilities(text, _CODE) if at not in held]


def without_claims(documents: Sequence[NotesFile], report: Report) -> list[str]:
    """Return the plainest comparisons in formulas, ``P(a) = P(b)``, if a report has nothing to say."""
    if report.claims or report.problems:
        return []
    passages = [p for document in documents for p in derivations(document)[0] if not p.skipped]
    formulas = [piece.formula.excerpt().text for p in passages for piece in p.pieces]
    return [f for f in formulas if not _SETS_TYPE.search(f) and _COMPARED.fullmatch(f.strip())]
