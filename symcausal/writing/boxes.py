"""What stands on the page, before anybody says in which language.

Main definitions
----------------
Label, Sign, Figure, Row, Fence, Fraction, Script, Big, Mark : the union :data:`Box`.
BRACKETS : the signs of the two sides of a fence.
row : put boxes side by side, without rows inside rows.
boxes_of : what stands side by side in a box.
first_sign : the sign that a row begins with.

Implementation notes
--------------------
A sign is named by its meaning (``times``, ``given``); each back-end has a table of what it looks
like there. ``Figure`` holds digits. A ``Label`` keeps the whole name; each back-end cuts it into
base and subscript with ``symcausal.writing.names``.
"""

from __future__ import annotations

from collections.abc import Iterable

from symcausal.hints import Literal, TypeAlias
from symcausal.record import record

Role: TypeAlias = Literal["variable", "state", "parameter", "function", "word", "graph", "literal"]


@record
class Label:
    """A name: of a variable or a letter (with primes), a state, a parameter, or a word.

    A ``literal`` stands as it is everywhere.
    """

    name: str
    role: Role = "variable"
    primes: int = 0


@record
class Sign:
    """An operator, a relation or a separator, by its meaning."""

    meaning: str


@record
class Figure:
    """The digits of a number."""

    digits: str


@record
class Row:
    """Boxes side by side."""

    boxes: tuple[Box, ...]


@record
class Fence:
    """A box in brackets: ``round``, ``square``, ``set`` or ``angle``."""

    body: Box
    kind: Literal["round", "square", "set", "angle"] = "round"


@record
class Fraction:
    """A numerator over a denominator."""

    numerator: Box
    denominator: Box


@record
class Script:
    """A base with a subscript, a superscript or both."""

    base: Box
    sub: Box | None = None
    sup: Box | None = None


@record
class Big:
    """The sign of a sum with its index; what it sums follows in the row."""

    under: Box


@record
class Mark:
    """A box with a ``hat`` or a line ``over`` or ``under`` it."""

    body: Box
    kind: Literal["hat", "over", "under"]


#: The signs of brackets that are cut, by the kind of the fence that they were.
BRACKETS = {kind: (f"open-{kind}", f"close-{kind}") for kind in ("round", "square", "set", "angle")}

Box: TypeAlias = Label | Sign | Figure | Row | Fence | Fraction | Script | Big | Mark


def row(boxes: Iterable[Box]) -> Box:
    """Return boxes side by side; rows among them are opened up, and a single box is itself."""
    flat: list[Box] = []
    for box in boxes:
        if isinstance(box, Row):
            flat += box.boxes
        else:
            flat.append(box)
    return flat[0] if len(flat) == 1 else Row(tuple(flat))


def is_single(box: Box) -> bool:
    """Decide whether a box is one name or one number, which needs no brackets anywhere."""
    match box:
        case Label() | Figure():
            return True
        case Sign() | Row() | Fence() | Fraction() | Script() | Big() | Mark():
            return False


def boxes_of(box: Box) -> tuple[Box, ...]:
    """Return the boxes that stand side by side in a row, or any other box alone."""
    return box.boxes if isinstance(box, Row) else (box,)


def first_sign(box: Box) -> str:
    """Return the meaning of the sign that a row begins with; empty if it begins with anything else.

    Examples
    --------
    >>> first_sign(Row((Sign("plus"), Label("A")))), first_sign(Label("A"))
    ('plus', '')
    """
    match box:
        case Row((Sign(meaning), *_)):
            return meaning
        case _:  # a sign alone is no row
            return ""


def separated(boxes: Iterable[Box], sign: Sign) -> Box:
    """Return boxes side by side with a sign between each two."""
    flat: list[Box] = []
    for box in boxes:
        flat += [sign, box] if flat else [box]
    return row(flat)
