"""Blocks: what stands on a page from top to bottom, before anybody says in which format.

Main definitions
----------------
Heading, Paragraph, Items, Display, Equations, Derived, Tabled, Drawn, Plotted, Listing, Aside : the
    union :data:`Block`.
Equation : a row of :class:`Equations`.
Code : words that are to be read letter by letter, such as ``G <- I -> S``.
MODEL : the language of a listing that states a model.
has_pictures : whether something is drawn among blocks.

Notation
--------
A piece of a paragraph is words (a string), :class:`Code`, anything that
:func:`symcausal.writing.latex.latex` prints, or a box. In a display, the strings ``=``, ``!=``, ``~``
and ``<=`` are relations and any other string is the digits of a number.
"""

from __future__ import annotations

from collections.abc import Iterable

from symcausal.hints import TYPE_CHECKING, TypeAlias
from symcausal.record import record
from symcausal.writing.boxes import Box
from symcausal.writing.derivation_text import Assumptions
from symcausal.writing.grid import Grid
from symcausal.writing.layout import Printable

if TYPE_CHECKING:
    from symcausal.derive.step import StepChain
    from symcausal.writing.picture import Picture
    from symcausal.writing.plots import Plot

MODEL = "symcausal"  # the language of a listing that states a model, which `check` then reads


@record
class Code:
    """Words that are to be read letter by letter."""

    words: str


Typeset: TypeAlias = Printable | Box
Piece: TypeAlias = str | Code | Typeset


@record
class Heading:
    """The title of a section."""

    words: str
    level: int = 2


@record
class Paragraph:
    """Words with formulas among them."""

    pieces: tuple[Piece, ...]


@record
class Items:
    """A list of short paragraphs."""

    entries: tuple[tuple[Piece, ...], ...]


@record
class Display:
    """A formula on a line of its own, or several joined by relations."""

    pieces: tuple[Piece, ...]


@record
class Equation:
    """A row of equations.

    Attributes
    ----------
    left : formula, box or None
        The left side; nothing where the row goes on.
    sign : str
        A relation, such as ``=``; empty for none.
    right : tuple of str, formula or box
        The right side; strings are words.
    """

    left: Typeset | None
    sign: str
    right: tuple[str | Typeset, ...]


@record
class Equations:
    """Equations below each other."""

    rows: tuple[Equation, ...]


@record
class Derived:
    """A derivation."""

    chain: StepChain
    assumptions: Assumptions = ()


@record
class Tabled:
    """A table."""

    grid: Grid


@record
class Drawn:
    """A graph: pictures in formats that have them, and its edges in words in the others.

    Attributes
    ----------
    pictures : tuple of Picture
        Side by side, if there is room.
    edges : tuple of str
        What stands in their place; empty where the page says in words what they show.
    """

    pictures: tuple[Picture, ...]
    edges: tuple[str, ...] = ()

    @property
    def items(self) -> Items:
        """The edges in words, as a list: what formats without pictures show."""
        return Items(tuple((Code(edge),) for edge in self.edges))


@record
class Plotted:
    """A curve, which only formats with pictures show; the page also says in words what it tells."""

    plot: Plot


@record
class Listing:
    """Lines as they are typed."""

    lines: str
    language: str = ""


@record
class Aside:
    """Blocks that speak of another model than the rest of the page, as a counterexample does.

    Where `symcausal check` may read the page, a comment tells it so.
    """

    blocks: tuple[Block, ...]


Block: TypeAlias = (
    Heading
    | Paragraph
    | Items
    | Display
    | Equations
    | Derived
    | Tabled
    | Drawn
    | Plotted
    | Listing
    | Aside
)


def has_pictures(blocks: Iterable[Block]) -> bool:
    """Whether a graph or a curve is drawn among blocks."""
    return any(map(_has_picture, blocks))


def _has_picture(block: Block) -> bool:
    match block:
        case Drawn() | Plotted():
            return True
        case Aside(blocks):
            return has_pictures(blocks)
        case (
            Heading()
            | Paragraph()
            | Items()
            | Display()
            | Equations()
            | Derived()
            | Tabled()
            | Listing()
        ):
            return False
