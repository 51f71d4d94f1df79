r"""Read a conditional independence as notes write it: ``(X \perp Y \mid Z)_{G_{\overline{X}}}``.

Main definitions
----------------
Independence : three sets of variables, whether it is denied, and the surgery of the graph.
independence_of : reads one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from symcausal.errors import ParseError, Source, Span
from symcausal.notation.event_reader import items
from symcausal.notation.lexer import tokenise
from symcausal.notation.parser import parse
from symcausal.notation.reader import Reader
from symcausal.notation.syntax import Tree
from symcausal.notation.vocabulary import Guess, Vocabulary

_SIGN = re.compile(
    r"\\(?:perp|indep|independent|Perp|upmodels|bot|ci|nperp|nindep|notindep|models)(?![A-Za-z])"
    r"|[⟂⊥⫫]|_\|\|?_"
)
_NOT = re.compile(r"\\(?:not|centernot)(?:\s|\\!)*|\\cancel\s*(?=\{)")
_DENIED = re.compile(r"\\(?:nperp|nindep|notindep)(?![A-Za-z])")
_SHELL = re.compile(r"\s*(?:\\left|\\[bB]igg?l?)?\s*([(\[])", re.DOTALL)
_SUBSCRIPT = re.compile(r"([)\]])\s*_\s*(\{.*\}|\\?\w+)\s*\Z", re.DOTALL)
_OVER = re.compile(r"\\(?:overline|bar)\s*(?:\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}|\s*(\\?\w))")
_UNDER = re.compile(r"\\(?:underline|underbar)\s*(?:\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}|\s*(\\?\w))")
_NOTHING = re.compile(r"(?:\\mid|\\vert|\\given|\||∣)\s*(?:\\emptyset|\\varnothing|∅|\\\{\s*\\\})")
_PLAIN_GRAPH = re.compile(r"[{}\s\\_]|mathcal|mathrm|text|[GPMDpdg]|sep|tilde|hat")


@dataclass(frozen=True, slots=True)
class Independence:
    """``left`` is independent of ``right`` given ``given``.

    Attributes
    ----------
    holds : bool
        False if the notes deny it.
    cut_into, cut_out_of : tuple of str
        The surgery of the graph that the notes name: the arrows into the first, and those out of
        the second, are taken away.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    given: tuple[str, ...] = ()
    holds: bool = True
    cut_into: tuple[str, ...] = ()
    cut_out_of: tuple[str, ...] = ()


def independence_of(source: Source, names: Vocabulary | Guess) -> Independence:
    """Read an independence; the source is all of it.

    Raises
    ------
    SymcausalError
        If it is none, or a name is unknown.
    """
    text = source.text
    if not _SIGN.search(text):
        raise ParseError("no independence", span=Span(source, 0, max(1, len(text))))
    letters = list(text)
    into, out_of = _surgery(source, names, letters)
    denied = bool(_DENIED.search(text))
    for match in _NOT.finditer(text):
        denied = True
        _blank(letters, match.start(), match.end())
    for match in _DENIED.finditer(text):
        letters[match.start() : match.end()] = r"\perp".ljust(match.end() - match.start())
    plain = "".join(letters)
    for match in _NOTHING.finditer(plain):
        _blank(letters, match.start(), match.end())
    inner = Source("".join(letters).replace("\\models", "\\perp  "))
    span = Span(inner, 0, len(inner.text))
    spelling = names if isinstance(names, Vocabulary) else None
    tokens = tokenise(span, spelling, events=True)
    try:
        part = parse("independence", tokens, span)
    except ParseError as error:
        if error.span is not None:
            error.span = Span(source, error.span.start, error.span.end)
        raise
    tree = part if isinstance(part, Tree) else Tree("bracket", [part])
    reader = Reader(source, names, tokens)
    lists = [p for p in tree.parts if isinstance(p, Tree)]
    sides = [tuple(dict.fromkeys(reader.variable(t) for t in items(side))) for side in lists]
    given = sides[2] if len(sides) > 2 else ()
    return Independence(sides[0], sides[1], given, not denied, into, out_of)


def _surgery(
    source: Source, names: Vocabulary | Guess, letters: list[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read the subscript that names a graph, and blank it."""
    text = source.text
    match = _SUBSCRIPT.search(text)
    if not match or not _SHELL.match(text):
        return (), ()
    start, end = match.span(2)
    inside = text[start:end]
    into = _named(_OVER, source, names, start, end)
    out_of = _named(_UNDER, source, names, start, end)
    rest = _PLAIN_GRAPH.sub("", _UNDER.sub("", _OVER.sub("", inside)))
    if rest.strip(","):
        raise ParseError(
            f"the graph '{inside}'",
            expected=r"a graph such as G_{\overline{X}\underline{Z}}",
            span=Span(source, start, end),
        )
    _blank(letters, match.end(1), end)
    return into, out_of


def _named(
    pattern: re.Pattern[str], source: Source, names: Vocabulary | Guess, start: int, end: int
) -> tuple[str, ...]:
    found: list[str] = []
    for match in pattern.finditer(source.text, start, end):
        group = 1 if match.group(1) is not None else 2
        span = Span(source, match.start(group), match.end(group))
        spelling = names if isinstance(names, Vocabulary) else None
        tokens = tokenise(span, spelling, events=True)
        part = parse("assignments", tokens, span)
        reader = Reader(source, names, tokens)
        found += [reader.event(item, frozenset()).variable for item in items(part)]
    return tuple(dict.fromkeys(found))


def _blank(letters: list[str], start: int, end: int) -> None:
    letters[start:end] = " " * (end - start)
