"""Long lines: where a formula may go on in the next row.

Main definitions
----------------
broken : a box cut into rows that fit a width, where it can be.
ems : the width of a box, roughly, in ems.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symcausal.writing.boxes import (
    Big,
    Box,
    Fence,
    Figure,
    Fraction,
    Label,
    Mark,
    Row,
    Script,
    Sign,
    row,
)

_TERMS = frozenset({"plus", "minus"})
_OVER = Sign("over")
_NARROW = frozenset({"thin", "space", "comma", "tight-comma", "open", "close", "tight-slash"})
_FACTORS = frozenset({"thin", "space", "times"})


def broken(box: Box, width: float, measure: Callable[[Box], float]) -> list[Box]:
    """Cut a box before a top-level sign or sum, and before any factor if that is not enough.

    A later row begins with its sign; a product goes on with a cross. A fraction that is too wide is
    written in line and cut inside its brackets. What cannot be cut stays long.
    """
    if measure(box) <= width:
        return [box]
    box = _in_line(box, width, measure)
    if not isinstance(box, Row):
        return [box]
    for every_factor in (False, True):
        rows = _filled(list(_pieces(box.boxes, every_factor)), width, measure)
        if all(measure(one) <= width for one in rows):
            break
    return rows


def _in_line(box: Box, width: float, measure: Callable[[Box], float]) -> Box:
    """Write the fractions of a line that are too wide for it with a slash."""
    boxes = box.boxes if isinstance(box, Row) else (box,)
    flat: list[Box] = []
    for position, one in enumerate(boxes):
        if not isinstance(one, Fraction) or measure(one) <= width:
            flat.append(one)
            continue
        ratio = (*_bracketed(one.numerator), _OVER, *_bracketed(one.denominator))
        after = boxes[position + 1] if position + 1 < len(boxes) else None
        ends = after is None or (isinstance(after, Sign) and after.meaning in _TERMS)
        flat += ratio if ends else _bracketed(row(ratio))
    return row(flat)


def _bracketed(box: Box) -> tuple[Box, ...]:
    """A box between brackets that may stand in different lines."""
    return (Sign("open"), box, Sign("close"))


def ems(box: Box) -> float:
    """The width of a box in ems, to within a fifth or so."""
    match box:
        case Label(name, _, primes):
            return 0.75 + 0.5 * (len(name) - 1) + 0.3 * primes
        case Figure(digits):
            return 0.5 * len(digits)
        case Sign(meaning):
            return 0.3 if meaning in _NARROW else 1.4
        case Row(boxes):
            return sum(map(ems, boxes))
        case Fence(body):
            return 0.8 + ems(body)
        case Fraction(top, bottom):
            return 0.3 + max(ems(top), ems(bottom))
        case Script(base, sub, sup):
            return ems(base) + 0.7 * max(ems(s) if s else 0 for s in (sub, sup))
        case Big(index):
            return max(1.5, 0.7 * ems(index)) + 0.2
        case Mark(body):
            return ems(body)


def _pieces(boxes: tuple[Box, ...], every_factor: bool) -> Iterator[Box]:
    """The stretches between two places for a cut; each but the first begins with a sign."""
    piece: list[Box] = []
    for position, box in enumerate(boxes):
        following = boxes[position + 1] if position + 1 < len(boxes) else None
        meaning = box.meaning if isinstance(box, Sign) else ""
        factor = meaning in _FACTORS and (every_factor or isinstance(following, Big))
        if piece and (meaning in _TERMS or box == _OVER or factor):
            yield row(piece)
            piece = []
        piece.append(box)
    yield row(piece)


def _filled(pieces: list[Box], width: float, measure: Callable[[Box], float]) -> list[Box]:
    rows = [pieces[0]]
    for piece in pieces[1:]:
        longer = row([rows[-1], piece])
        if measure(longer) <= width and not _starts_below(piece):
            rows[-1] = longer
        else:
            rows.append(_opened(piece))
    return rows


def _starts_below(piece: Box) -> bool:
    """Whether a piece is the denominator of a fraction in line, which begins a row."""
    return isinstance(piece, Row) and piece.boxes[0] == _OVER


def _opened(piece: Box) -> Box:
    """A row that goes on with a product starts with a cross, which no reader can miss."""
    first, *rest = piece.boxes if isinstance(piece, Row) else (piece,)
    if isinstance(first, Sign) and first.meaning in _FACTORS:
        return row([Sign("cross"), *rest])
    return piece
