r"""Read a conditional independence as notes write it: ``(X \perp Y \mid Z)_{G_{\overline{X}}}``.

Main definitions
----------------
WrittenIndependence : three sets of variables, whether it is denied, and the surgery of the graph.
independence_of : reads one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from symcausal.errors import ParseError, Source, Span
from symcausal.expr.nodes import Copy
from symcausal.graph.graph import Graph
from symcausal.graph.separation import Path, open_path
from symcausal.patterns import late
from symcausal.reading.counterfactuals import copies_read
from symcausal.reading.event_reader import copy_in, has_copy, items
from symcausal.reading.lexer import tokenise
from symcausal.reading.parser import parse
from symcausal.reading.reader import Reader
from symcausal.reading.surgery import AS_IT_IS, WrittenSurgery, surgery_of
from symcausal.reading.syntax import SyntaxTree
from symcausal.reading.tokens import Token
from symcausal.reading.vocabulary import Guess, Vocabulary
from symcausal.record import record, replace

_SIGN = late(
    r"\\(?:perp|indep|independent|Perp|upmodels|bot|ci|nperp|nindep|notindep|models)(?![A-Za-z])"
    r"|[⟂⊥⫫]|_\|\|?_"
)
_NOT = late(r"\\(?:not|centernot)(?:\s|\\!)*|\\cancel\s*(?=\{)")
_DENIED = late(r"\\(?:nperp|nindep|notindep)(?![A-Za-z])")
_SHELL = late(r"\s*(?:\\left|\\[bB]igg?l?)?\s*([(\[])", re.DOTALL)
_SUBSCRIPT = late(r"([)\]])\s*_\s*(\{.*\}|\\?\w+)\s*\Z", re.DOTALL)
_NOTHING = late(r"(?:\\mid|\\vert|\\given|\||∣)\s*(?:\\emptyset|\\varnothing|∅|\\\{\s*\\\})")
_BESIDE_A_SIDE = frozenset({"INDEP", "BAR", "LPAR", "RPAR"})
_AT_SIGN = late(
    rf"({_SIGN.pattern})\s*_\s*(\{{(?:[^{{}}]|\{{(?:[^{{}}]|\{{[^{{}}]*\}})*\}})*\}}|\w)"
)


@record
class WrittenIndependence:
    """``left`` is independent of ``right`` given ``given``.

    Attributes
    ----------
    holds : bool
        False if the notes deny it.
    surgery : WrittenSurgery
        What the notes cut out of the graph first.
    of_graph : bool
        Whether it names a graph, and so speaks of separation there and not of numbers.
    copies : tuple of tuple of Copy, or None
        The three sets as copies of variables, where one is what it would have been. ``left``,
        ``right`` and ``given`` then spell them, and are no names of variables.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    given: tuple[str, ...] = ()
    holds: bool = True
    surgery: WrittenSurgery = AS_IT_IS
    of_graph: bool = False
    copies: tuple[tuple[Copy, ...], tuple[Copy, ...], tuple[Copy, ...]] | None = None

    def open_path(self, graph: Graph) -> Path | None:
        """Return a path that is open where the independence is claimed, or None if it holds there."""
        into, out_of = self.surgery.cuts(graph)
        return open_path(graph, self.left, self.right, self.given, cut_into=into, cut_out_of=out_of)


def independence_of(source: Source, names: Vocabulary | Guess) -> WrittenIndependence:
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
    graph = _graph_named(text)
    surgery = WrittenSurgery()
    if graph:
        _blank(letters, graph.end(1), graph.end(2))
        surgery = surgery_of(source, *graph.span(2), names)
    of_graph = graph is not None and graph.group(2).strip("{} ") not in ("P", "p")
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
    tokens = copies_read(tokens, names, source, events=True)
    try:
        part = parse("independence", _without_brackets(tokens), span)
    except ParseError as error:
        if error.span is not None:
            error.span = Span(source, error.span.start, error.span.end)
        raise
    tree = part if isinstance(part, SyntaxTree) else SyntaxTree("bracket", [part])
    reader = Reader(source, names, tokens)
    lists = [p for p in tree.parts if isinstance(p, SyntaxTree)]
    if any(map(has_copy, lists)):
        return _of_copies(
            source, lists, reader, WrittenIndependence((), (), (), not denied, surgery)
        )
    sides = [tuple(dict.fromkeys(reader.variable(t) for t in items(side))) for side in lists]
    given = sides[2] if len(sides) > 2 else ()
    return WrittenIndependence(sides[0], sides[1], given, not denied, surgery, of_graph)


def _of_copies(
    source: Source, lists: Sequence[SyntaxTree], reader: Reader, said: WrittenIndependence
) -> WrittenIndependence:
    """The independence of what variables would have been."""
    sides = [dict[Copy, str](), dict[Copy, str](), dict[Copy, str]()]
    for found, side in zip(sides, lists, strict=False):
        for part in items(side):
            copy = copy_in(part) or Copy(reader.variable(part))
            found.setdefault(copy, source.text[part.start : part.end])
    spelt = [tuple(found.values()) for found in sides]
    left, right, given = (tuple(found) for found in sides)
    return replace(said, left=spelt[0], right=spelt[1], given=spelt[2], copies=(left, right, given))


def _without_brackets(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without brackets around a whole side: ``(X, Z) _||_ Y`` is about a set."""
    dropped, opened = set[int](), list[int]()
    for i, token in enumerate(tokens):
        if token.kind == "LPAR":
            opened.append(i)
        elif token.kind == "RPAR" and opened:
            first = opened.pop()
            before = tokens[first - 1].kind if first else "LPAR"
            after = tokens[i + 1].kind if i + 1 < len(tokens) else "RPAR"
            is_side = before in _BESIDE_A_SIDE and after in _BESIDE_A_SIDE
            if is_side and all(t.kind not in ("INDEP", "BAR") for t in tokens[first:i]):
                dropped |= {first, i}
    return [token for i, token in enumerate(tokens) if i not in dropped]


def _graph_named(text: str) -> re.Match[str] | None:
    """Return the subscript that names a graph, behind the brackets or at the sign, as its group 2."""
    match = _SUBSCRIPT.search(text) if _SHELL.match(text) else None
    return match or _AT_SIGN.search(text)


def _blank(letters: list[str], start: int, end: int) -> None:
    letters[start:end] = " " * (end - start)
