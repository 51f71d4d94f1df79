"""A style: what every printer is told besides the formula.

Main definitions
----------------
Style : a notation, and the names of the model in the order of their declaration.
LECTURE : the library's own notation; PLAIN : the same, of no model.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcausal.record import record
from symcausal.writing.notations import Notation
from symcausal.writing.page_width import ARTICLE

LECTURE = Notation()


@record
class Style:
    """The choices of one printing: a notation, the names of a model in order, the width of the page.

    Attributes
    ----------
    notation : Notation
        The choices of a book.
    order : tuple of str
        The names of the model, variables first, in the order of their declaration; alphabetical
        where it is silent. A lower-case notation keeps the capitals of what could be mistaken for
        one of these names; without them, of every name longer than a letter.
    width : float or None
        The longest line: in ems, in characters where plain text is printed, infinite if none is to
        be broken; None for what each format has.
    """

    notation: Notation = LECTURE
    order: tuple[str, ...] = ()
    width: float | None = None

    @property
    def ems(self) -> float:
        """The longest line in ems."""
        return ARTICLE if self.width is None else self.width

    @staticmethod
    def of(notation: Notation | str, order: Sequence[str] = ()) -> Style:
        """The style of a notation, or of the preset of that name, in a model with these names."""
        return Style(Notation.of(notation), tuple(order))


PLAIN = Style()
