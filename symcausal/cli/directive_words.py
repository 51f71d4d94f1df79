"""The words of a question in notes, taken apart as a shell would, but for blanks inside brackets.

Main definitions
----------------
Argument : a word with its place.
arguments : the words after the name of a command.

Notes
-----
``derive P(L | do(G=A)) --detail full`` needs no quotes: blanks inside brackets part nothing, and a
command that takes one query takes everything between its options. Where a command takes several,
operators join what stands beside them: ``compare P(A) - P(B) P(C)``. Quotes always work.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symcausal.cli.parser import Parser
from symcausal.errors import ParseError, Span
from symcausal.patterns import late
from symcausal.record import record

_OPENING = "([{"
_CLOSING = ")]}"
_QUOTES = "\"'"
_BEGINS = late(r"[-+*/=]|\\(?:times|cdot)(?![A-Za-z])")
_ENDS = late(r"(?:[-+*/=]|\\times|\\cdot)\Z")


@record
class Argument:
    """A word and where it stands.

    Attributes
    ----------
    text : str
        Without quotes.
    span : Span
        Its place in the notes.
    is_quoted : bool
        Whether it stood in quotes, which are no part of the span.
    """

    text: str
    span: Span
    is_quoted: bool = False


def arguments(span: Span, parser: Parser) -> list[Argument]:
    """Return the words that stand in a span, as a command takes them.

    Raises
    ------
    ParseError
        If quotes are not closed.
    """
    found: list[Argument] = []
    run: list[Argument] = []
    words = iter(_words(span))
    for word in words:
        if word.is_quoted or not word.text.startswith("--"):
            run.append(word)
            continue
        found += _joined(run, parser)
        run = []
        found.append(word)
        if parser.takes_value(word.text):
            found += [value for value in [next(words, None)] if value is not None]
    return found + _joined(run, parser)


def _joined(run: Sequence[Argument], parser: Parser) -> list[Argument]:
    """The arguments that words between options make."""
    if not run:
        return []
    if parser.queries == 1:
        return [_one(run)]
    groups: list[list[Argument]] = []
    for word in run:
        last = groups[-1][-1] if groups else None
        if last is not None and (_BEGINS.match(word.text) or _ENDS.search(last.text)):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [_one(group) for group in groups]


def _one(words: Sequence[Argument]) -> Argument:
    """Some neighbours as one word."""
    if len(words) == 1:
        return words[0]
    source, start, end = words[0].span.source, words[0].span.start, words[-1].span.end
    return Argument(source.text[start:end], Span(source, start, end))


def _words(span: Span) -> Iterator[Argument]:
    text, at, source = span.source.text, span.start, span.source
    while at < span.end:
        if text[at].isspace():
            at += 1
            continue
        start, depth = at, 0
        if text[at] in _QUOTES:
            close = text.find(text[at], at + 1, span.end)
            if close < 0:
                raise ParseError(
                    "quotes that are not closed", expected=text[at], span=Span(source, at, at + 1)
                )
            yield Argument(text[at + 1 : close], Span(source, at + 1, close), is_quoted=True)
            at = close + 1
            continue
        while at < span.end and (depth > 0 or not text[at].isspace()):
            depth += (text[at] in _OPENING) - (text[at] in _CLOSING)
            at += 1
        yield Argument(text[start:at], Span(source, start, at))
