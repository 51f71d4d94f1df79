"""XML as a tree whose elements know their place; nothing but the text itself is ever read.

Main definitions
----------------
Element : a tag, its attributes, its text, its children, its place.
read_markup : text to the outermost element.

Implementation notes
--------------------
Entities are what makes XML dangerous: a few lines of them grow to gigabytes, and outside ones read
other files. A document that declares any is refused. Element declarations, which XMLBIF files carry,
are harmless and passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from symcausal.errors import LimitError, ParseError, Source, Span
from symcausal.patterns import late

_DECLARATION = late(r"\s+<\?xml\b[^<>]*\?>")
_NOT_A_LINE = late(r"[^\n]")
_DEEPEST = 100
_MOST_ELEMENTS = 2_000_000


class Element:
    """An element of a document."""

    __slots__ = ("attributes", "children", "pieces", "span", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], span: Span) -> None:
        self.tag = tag
        self.attributes = attributes
        self.span = span
        self.children: list[Element] = []
        self.pieces: list[str] = []

    @property
    def text(self) -> str:
        """The text directly inside, without the blanks around it."""
        return "".join(self.pieces).strip()

    def all(self, tag: str) -> Iterator[Element]:
        """The children with a tag, in any letter case."""
        return (child for child in self.children if child.tag.lower() == tag.lower())

    def first(self, tag: str) -> Element | None:
        """The first child with a tag."""
        return next(self.all(tag), None)


class _TreeBuilder:
    def __init__(self, source: Source) -> None:
        self.source = source
        source.position(0)
        self.parser = expat.ParserCreate("utf-8")
        self.stack: list[Element] = []
        self.root: Element | None = None
        self.count = 0
        self.starts = [0]
        at = source.text.find("\n")
        while at >= 0:
            self.starts.append(at + 1)
            at = source.text.find("\n", at + 1)

    def span(self, length: int) -> Span:
        line = min(self.parser.CurrentLineNumber, len(self.starts)) - 1
        start = self.starts[line] + self.parser.CurrentColumnNumber
        return Span(self.source, start, start + length)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        span = self.span(len(tag) + 1)
        self.count += 1
        if len(self.stack) >= _DEEPEST or self.count > _MOST_ELEMENTS:
            raise LimitError("elements too deep or too many", span=span)
        element = Element(tag, attributes, span)
        if self.stack:
            self.stack[-1].children.append(element)
        else:
            self.root = element
        self.stack.append(element)

    def end(self, tag: str) -> None:
        self.stack.pop()

    def data(self, text: str) -> None:
        if self.stack:
            self.stack[-1].pieces.append(text)

    def entity(self, *declaration: object) -> None:
        raise ParseError(
            "the declaration of an entity", expected="a document without any", span=self.span(8)
        )

    def reference(self, *reference: object) -> int:
        raise ParseError("an entity from outside", expected="none", span=self.span(1))


def read_markup(source: Source) -> Element:
    """Read a document.

    Raises
    ------
    ParseError
        If it is no XML, or declares entities; with line and column.
    """
    builder = _TreeBuilder(source)
    parser = builder.parser
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = builder.entity
    parser.ExternalEntityRefHandler = builder.reference
    text = source.text
    declaration = _DECLARATION.match(text)  # only blanks stand before it, which XML does not allow
    if declaration is not None:
        text = _NOT_A_LINE.sub(" ", text[: declaration.end()]) + text[declaration.end() :]
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise ParseError(f"no XML: {reason}", span=builder.span(1)) from None
    assert builder.root is not None
    return builder.root
