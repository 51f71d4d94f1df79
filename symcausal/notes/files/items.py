r"""What stands in a file of notes, each thing with its exact place.

Main definitions
----------------
FilePart : a text with places of its own: a whole file, or one cell of a notebook.
Formula, Prose, ModelBlock, Directive : the union :data:`Item`, each a slice of its part.
SectionHeading, CodeBlock : what stands beside the items: headings, and code in a language.
NotesFile : the items of a file in their order, and what could not be understood.
Excerpt : the text of an item as a source that a reader can read; its places are those of the file.
in_file : where in the file a stretch of an excerpt stands.

Implementation notes
--------------------
The signs that a container puts before each line (``>`` of a quotation, ``%`` of a comment that holds
a model) stand inside the slice of an item of several lines. A part therefore has two texts of one
length: the original, and one where these signs are blanks, which is what readers read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from symcausal.errors import Source, Span, SymcausalError
from symcausal.hints import Literal, TypeAlias
from symcausal.notes.files.definitions import Macro
from symcausal.notes.files.macros import expand
from symcausal.reading.characters import plain_characters

DirectiveKind: TypeAlias = Literal[
    "off", "on", "skip", "expect fails", "decimal comma", "use", "fill", "end"
]


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file; lines and columns count from one, and a tab is one column."""

    file: str
    cell: int | None
    line: int
    column: int

    def __str__(self) -> str:
        cell = "" if self.cell is None else f"cell {self.cell}:"
        return f"{self.file}:{cell}{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, eq=False)
class FilePart:
    """A text with places of its own: a file, or one cell of a notebook, counted from one."""

    file: str
    cell: int | None
    original: str
    source: Source

    def position(self, offset: int) -> Position:
        """Return the place of a character in the file."""
        return Position(self.file, self.cell, *self.source.position(offset))


class Excerpt(Source):
    """A text taken from another, or made from one, whose places are those of the other.

    Parameters
    ----------
    text : str
        What is to be read.
    whole : Source
        Where it was taken from.
    offsets : sequence of int
        For each character of the text, the character of ``whole`` that it comes from.
    """

    __slots__ = ("offsets", "whole")

    def __init__(self, text: str, whole: Source, offsets: Sequence[int]) -> None:
        super().__init__(text, whole.name)
        self.whole = whole
        self.offsets = offsets

    def original(self, offset: int) -> int:
        """Return the offset in the whole text of a character of this one."""
        if offset < len(self.offsets):
            return self.offsets[offset]
        return self.offsets[-1] + 1 if self.offsets else 0

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column in the whole text, both counted from one."""
        return self.whole.position(self.original(offset))

    def line(self, number: int) -> str:
        """Return a line of the whole text."""
        return self.whole.line(number)


def in_file(span: Span | None) -> Span | None:
    """Return the place in the file of a span of something that was taken from it."""
    while span is not None and isinstance(span.source, Excerpt):
        excerpt, last = span.source, max(span.start, span.end - 1)
        end = excerpt.original(last) + (span.end > span.start)
        span = Span(excerpt.whole, excerpt.original(span.start), end)
    return span


@dataclass(frozen=True, slots=True)
class _FileSlice:
    """A slice of a part: ``part.original[offset:][:len(text)] == text``."""

    text: str
    offset: int
    part: FilePart = field(repr=False)

    @property
    def end(self) -> int:
        """The character after the last."""
        return self.offset + len(self.text)

    @property
    def span(self) -> Span:
        """The same characters, for messages."""
        return Span(self.part.source, self.offset, self.end)

    @property
    def position(self) -> Position:
        """Where the first character stands."""
        return self.part.position(self.offset)

    def excerpt(self) -> Excerpt:
        """The text to read: plain characters, without the signs of a container before its lines."""
        text = plain_characters(self.part.source.text[self.offset : self.end])
        return Excerpt(text, self.part.source, range(self.offset, self.end))


@dataclass(frozen=True, slots=True)
class Formula(_FileSlice):
    """A formula without its delimiters, and the author's macros that hold there."""

    display: bool
    macros: Mapping[str, Macro] = field(repr=False, hash=False, compare=False)

    def expanded(self) -> Excerpt:
        """Return the formula with the author's macros written out.

        Raises
        ------
        LimitError
            If the macros make it too long, or never end.
        """
        plain = self.excerpt()
        text, offsets = expand(plain.text, self.macros, span=self.span)
        base = self.offset
        shifted = plain.offsets if isinstance(offsets, range) else [base + o for o in offsets]
        return Excerpt(text, self.part.source, shifted)


@dataclass(frozen=True, slots=True)
class Prose(_FileSlice):
    """Words between formulas, of one paragraph."""


@dataclass(frozen=True, slots=True)
class ModelBlock(_FileSlice):
    """The text of a model; ``name`` is empty where the notes give none."""

    name: str


@dataclass(frozen=True, slots=True)
class Directive(_FileSlice):
    """An instruction to the checker, or the edge of a gap that a command fills.

    ``argument`` is the model's name after ``use``, and what a ``fill`` asks for, as it is written.
    """

    kind: DirectiveKind
    argument: str


@dataclass(frozen=True, slots=True)
class SectionHeading(_FileSlice):
    """A heading; the highest level is 1."""

    level: int


@dataclass(frozen=True, slots=True)
class CodeBlock(_FileSlice):
    """Code: a fence, a notebook's cell, a listing or a picture of LaTeX, or a span of code among words.

    ``language`` is in small letters, as the notes give it, empty where they give none; a span of code
    has :data:`CODE_SPAN`.
    """

    language: str


#: The language of a span of code among words.
CODE_SPAN = "`"

Item: TypeAlias = Formula | Prose | ModelBlock | Directive


@dataclass(frozen=True, slots=True)
class NotesFile:
    """The items of a file in their order, its faults, its headings and its code, each with a place.

    Of a web page ``page`` is the text with its tags, whose places are those of its one part.

    A notebook's code cells are parts of their own, which ``parts`` does not list: they hold no items.
    ``left_out`` are the names of other files that would stand in this one, and are not read.
    """

    path: str
    parts: tuple[FilePart, ...]
    items: tuple[Item, ...]
    problems: tuple[SymcausalError, ...]
    headings: tuple[SectionHeading, ...] = ()
    code: tuple[CodeBlock, ...] = ()
    left_out: tuple[Span, ...] = ()
    page: str = ""
