"""Graphs written as arrows between names, in braces: what dagitty and Graphviz have in common.

Main definitions
----------------
Arrow, GraphText : an edge with its attributes; all that a text says.
read_arrows : text to picture.

Notation
--------
``kind name { A [key=value]; A -> B <- C; {A B} -> C }``. Semicolons and commas are optional, names may
stand in quotes, comments are those of C. A label may be markup: ``label=<a <b>bold</b> word>``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from symcausal.errors import LimitError, ParseError, Source, Span
from symcausal.patterns import late

_TOKEN = late(
    r"""(?P<blank>\s+|//[^\n]*|/\*(?:.*?\*/|.*)|(?:(?<=\n)|\A)\#[^\n]*)
    |(?P<string>"(?:[^"\\]|\\.)*")
    |(?P<arrow><->|->|<-|--|@->|<-@|@-@|--@|@--)
    |(?P<markup><(?:[^<>]|<[^<>]*>)*>)
    |(?P<sign>[{}\[\];,=:])
    |(?P<word>(?:[^\s{}\[\];,=:"<>@-]|-(?![->@]))+)
    |(?P<bad>.)""",
    re.VERBOSE | re.DOTALL,
)
_MOST_EDGES = 200_000
_DEEPEST = 50

Ends = list[str]


class Arrow:
    """One edge: its ends, its sign, its attributes."""

    __slots__ = ("attributes", "left", "right", "sign", "span")

    def __init__(
        self, left: str, sign: str, right: str, attributes: dict[str, str], span: Span
    ) -> None:
        self.left = left
        self.sign = sign
        self.right = right
        self.attributes = attributes
        self.span = span


class GraphText:
    """What a text says: its kind, the names with their attributes and places, the edges."""

    __slots__ = ("arrows", "attributes", "kind", "kind_span", "names")

    def __init__(self, kind: str, kind_span: Span) -> None:
        self.kind = kind
        self.kind_span = kind_span
        self.names: dict[str, Span] = {}
        self.attributes: dict[str, dict[str, str]] = {}
        self.arrows: list[Arrow] = []


def read_arrows(source: Source) -> GraphText:
    """Read a text.

    Raises
    ------
    ParseError
        At the first sign that does not fit.
    LimitError
        If there are too many edges.
    """
    return _ArrowsReader(source).picture()


class _ArrowsReader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.edges: dict[str, str] = {}
        self.tokens = self._tokens()
        self.kind, self.text, self.start, self.end = "", "", 0, 0
        self._next()

    def _tokens(self) -> Iterator[tuple[str, str, int, int]]:
        for found in _TOKEN.finditer(self.source.text):
            kind = found.lastgroup or "bad"
            if kind != "blank":
                yield kind, found[0], found.start(), found.end()
        end = len(self.source.text)
        while True:
            yield "end", "", end, end

    def _next(self) -> None:
        self.kind, self.text, self.start, self.end = next(self.tokens)

    def _span(self) -> Span:
        return Span(self.source, self.start, self.end)

    def _refuse(self, expected: str) -> ParseError:
        found = f"'{self.text[:30]}'" if self.text else "the end of the text"
        return ParseError(found, expected=expected, span=self._span())

    def _take(self, sign: str) -> None:
        if self.kind != "sign" or self.text != sign:
            raise self._refuse(f"'{sign}'")
        self._next()

    def _is(self, sign: str) -> bool:
        return self.kind == "sign" and self.text == sign

    def _name(self) -> str:
        if self.kind not in ("word", "string", "markup"):
            raise self._refuse("a name")
        text = self.text
        self._next()
        return re.sub(r"\\(.)", r"\1", text[1:-1]) if text.startswith('"') else text

    def picture(self) -> GraphText:
        """Read ``kind name { statements }``."""
        if self.kind == "word" and self.text.lower() == "strict":
            self._next()
        picture = GraphText(self.text.lower(), self._span())
        if self.kind != "word":
            raise self._refuse("the kind of graph, such as dag or digraph")
        self._next()
        if self.kind in ("word", "string"):
            self._next()
        self._take("{")
        while not self._is("}"):
            if self.kind == "end":
                raise self._refuse("'}'")
            self._statement(picture, 0)
        self._next()
        if self.kind != "end":
            raise self._refuse("the end of the text")
        return picture

    def _statement(self, picture: GraphText, depth: int) -> Ends:
        """Read one statement; the names at its ends, for the braces around it."""
        if self._is(";") or self._is(","):
            self._next()
            return []
        start, bare = self.start, self.kind == "word"
        first = self.text
        sides, signs = [self._side(picture, depth)], []
        if self._is("=") and len(sides[0]) == 1:  # an attribute of the whole: rankdir=LR, bb="0,0"
            self._next()
            name = self._name()
            if first not in picture.attributes:
                picture.names.pop(first.strip('"'), None)
            del name
            return []
        while self.kind == "arrow":
            signs.append(self.text)
            self._next()
            sides.append(self._side(picture, depth))
        attributes = self._attributes()
        span = Span(self.source, start, self.end if self.kind == "end" else self.start)
        if not signs:
            if bare and first.lower() in ("node", "edge", "graph"):  # defaults of a drawing
                picture.names.pop(first, None)
                if first.lower() == "edge":
                    self.edges = {**self.edges, **attributes}
                return []
            for name in sides[0]:
                picture.attributes.setdefault(name, {}).update(attributes)
            return sides[0]
        for sign, left, right in zip(signs, sides, sides[1:], strict=False):
            if len(picture.arrows) + len(left) * len(right) > _MOST_EDGES:
                raise LimitError("too many edges", expected=f"at most {_MOST_EDGES}", span=span)
            told = {**self.edges, **attributes}
            picture.arrows += [Arrow(a, sign, b, told, span) for a in left for b in right]
        return [name for side in sides for name in side]

    def _side(self, picture: GraphText, depth: int) -> Ends:
        if self.kind == "word" and self.text.lower() == "subgraph":
            self._next()
            if self.kind in ("word", "string"):
                self._next()
        if self._is("{"):
            if depth >= _DEEPEST:
                raise LimitError("braces too deep", span=self._span())
            self._next()
            inside: Ends = []
            around = self.edges  # what braces say of edges ends with them
            while not self._is("}"):
                if self.kind == "end":
                    raise self._refuse("'}'")
                inside += self._statement(picture, depth + 1)
            self._next()
            self.edges = around
            return list(dict.fromkeys(inside))
        span = self._span()
        name = self._name()
        picture.names.setdefault(name, span)
        if self._is(":"):  # the port of a node
            self._next()
            self._name()
        return [name]

    def _attributes(self) -> dict[str, str]:
        found: dict[str, str] = {}
        while self._is("["):
            self._next()
            while not self._is("]"):
                if self._is(",") or self._is(";"):
                    self._next()
                    continue
                key, value = self._name().lower(), ""
                if self._is("="):
                    self._next()
                    value = self._name()
                found[key] = value
            self._next()
        return found
