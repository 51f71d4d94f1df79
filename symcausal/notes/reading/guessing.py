r"""The names of notes that come without a model, gathered from all their formulas.

Main definitions
----------------
guess_vocabulary : what the names of some texts mean.
event_names : the names that stand for events.
tokens_within : the tokens of what can be read of a formula.
denied : the variables that some formula denies, as in ``P(\neg b)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from symcausal.errors import Source, Span, SymcausalError
from symcausal.notes.reading.measures import PROBABLE
from symcausal.patterns import late
from symcausal.reading.lexer import tokenise
from symcausal.reading.tokens import Name, Token
from symcausal.reading.vocabulary import Guess, Vocabulary

_ROW = late(r"\\\\|\n\s*\n|(?<!\\)&|\\text\s*\{[^{}]*\}|\\tag\s*\{[^{}]*\}|\\label\s*\{[^{}]*\}")
_ZERO = late(
    r"(?<![\\A-Za-z])([A-Za-z]\w*?)(?:_(?:(\w)|\{(\w{1,9})\}))?\s*(?:=|∈|\\in(?![A-Za-z]))\s*(?:\\?\{\s*)*0(?![.\d])"
)
_WORD = late(r"\\text\s*\{\s*\w+\s*\}")
_VALUE_FOLLOWS = frozenset({"EQ", "DEFINE", "LARROW", "IN", "REL"})
_LONGEST = 100_000
_SHORT = 1000  # the tokens of so long a row are remembered


def guess_vocabulary(texts: Iterable[str]) -> Guess:
    """Return what the names of some formulas mean, gathered from all of them."""
    events: list[Token] = []
    zeros: list[Name] = []
    for text in texts:
        for tokens in tokens_within(text, None):
            events += event_names(tokens)
        zeros += [Name(found[1], found[2] or found[3] or "") for found in _ZERO.finditer(text)]
    return Guess(events, events, zeros)


def denied(texts: Iterable[str], names: Vocabulary | Guess) -> frozenset[str]:
    """Return the variables that some formula denies, whose small letters then say *yes*."""
    found: set[str] = set()
    spelling = names if isinstance(names, Vocabulary) else None
    for text in texts:
        if not re.search(r"\\(?:neg|lnot|bar|overline)|¬|~|\^\{?(?:c|\\complement)\b", text):
            continue
        for tokens in tokens_within(text, spelling):
            for i, token in enumerate(tokens[:-1]):
                name = tokens[i + 1].name
                meaning = names.lookup(name) if token.kind == "NOT" and name else None
                if meaning is not None:
                    found.add(meaning.variable)
    return frozenset(found)


def event_names(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the names of events within probabilities and means, and the indices of sums."""
    stack: list[bool] = []
    last = ""
    for i, token in enumerate(tokens):
        kind = token.kind
        if kind in ("LPAR", "GOPEN"):
            mark = kind == "GOPEN" and last == "PROB"
            marked = last == "GCLOSE" and kind == "LPAR" and _marks(tokens, i - 1)
            within = bool(stack and stack[-1]) and not mark and last not in ("IN", "NOTIN")
            index = kind == "GOPEN" and last == "SUM"
            stack.append(within or marked or index or last in ("PROB", "DO", "EXPECT"))
            if mark:
                stack[-1] = False
        elif kind in ("RPAR", "GCLOSE"):
            if stack:
                stack.pop()
        elif kind in ("NAME", "STRING") and stack and stack[-1] and last not in _VALUE_FOLLOWS:
            yield token
        last = kind


def _marks(tokens: Sequence[Token], i: int) -> bool:
    opener = tokens[i].inside
    before = tokens[opener].inside if 0 <= opener < len(tokens) else -1
    return 0 <= before < len(tokens) and tokens[before].kind == "PROB"


def tokens_within(text: str, spelling: Vocabulary | None) -> Iterator[list[Token]]:
    """Yield the tokens of a formula; of its rows or single probabilities where the whole has a fault."""
    if len(text) > _LONGEST:
        return
    for row in _rows(text):
        if not PROBABLE.search(row):
            continue
        if spelling is None and len(row) <= _SHORT:
            yield from _of_short_row(row)
        else:
            yield from _of_row(row, spelling)


@lru_cache(1024)  # whoever guesses names, states and legends looks at the same rows
def _of_short_row(row: str) -> tuple[list[Token], ...]:
    return tuple(_of_row(row, None))


def _of_row(row: str, spelling: Vocabulary | None) -> Iterator[list[Token]]:
    try:
        yield tokenise(Span(Source(row), 0, len(row)), spelling)
    except SymcausalError:
        yield from _singly(row, spelling)


def _rows(text: str) -> Iterator[str]:
    r"""Yield the rows of a text, which words part, too; ``\text{Test}`` in brackets is a name."""
    start = counted = depth = 0
    for match in _ROW.finditer(text):
        before = counted, match.start()
        depth += sum(text.count(c, *before) for c in "([{") - sum(
            text.count(c, *before) for c in ")]}"
        )
        counted = match.end()
        if depth <= 0 or not _WORD.fullmatch(match.group()):
            yield text[start : match.start()]
            start, depth = match.end(), 0
    yield text[start:]


def _singly(row: str, spelling: Vocabulary | None) -> Iterator[list[Token]]:
    for count, match in enumerate(PROBABLE.finditer(row)):
        if count > 200:
            return
        for end in re.finditer(r"[)\]]", row[match.start() : match.start() + 200]):
            part = row[match.start() : match.start() + end.end()]
            try:
                yield tokenise(Span(Source(part), 0, len(part)), spelling)
            except SymcausalError:
                continue
            break
