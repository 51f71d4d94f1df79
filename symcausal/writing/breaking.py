"""Long lines: where a formula may go on in the next row.

Main definitions
----------------
broken : a box cut into rows that fit a width, where it can be.
divided : a box cut at all its outermost places, for those who fill rows themselves.
narrowed : a box whose subscripts have several rows.
parted : a box whose wide fractions have names for their halves.
PartNames : the names.
labels : the names that stand in boxes.
ems, pieces_ems : the width of a box, and of words and boxes side by side, in ems.

Notation
--------
A line is cut before the outermost plus or minus first; then before a relation, before an inner sum,
before any factor, at the commas of a list; and only then inside brackets, by the same rules. So a
term that has to be cut has its own rows, and no sum sign stands at the end of one without its body.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain, count

from symcausal.hints import Literal, TypeAlias
from symcausal.writing.boxes import (
    BRACKETS,
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
    boxes_of,
    first_sign,
    row,
)
from symcausal.writing.latex import is_tall, render
from symcausal.writing.metrics import SCRIPT, latex_ems, words_ems

BoxMeasure: TypeAlias = Callable[[Box], float]
_Cut: TypeAlias = Literal["terms", "relations", "sums", "factors", "list"]

INDENT = 2.3  # ems before a row that goes on
RELATION = 1.35  # ems of a sign of equality with the space around it
_CUTS: tuple[_Cut, ...] = ("terms", "relations", "sums", "factors", "list")
_TERMS = frozenset({"plus", "minus"})
_RELATIONS = frozenset({"is", "about"})
_OVER = Sign("over")
_FACTORS = frozenset({"thin", "space", "times"})
_COMMAS = frozenset({"comma", "tight-comma"})
_INDEX = 0.4  # of a line: the widest index of a sum
_BAR = 0.3  # ems that a fraction is wider than its halves
_SHORT = 2.0  # ems of a first factor that does not stand alone behind its sum sign


def ems(box: Box) -> float:
    """Return the width of a box in ems, as LaTeX sets it."""
    return latex_ems(render(box))


def pieces_ems(pieces: Iterable[str | Box]) -> float:
    """Return the width of words and boxes side by side in ems."""
    return sum(words_ems(p) if isinstance(p, str) else ems(p) for p in pieces)


def broken(
    box: Box, width: float, measure: BoxMeasure = ems, *, indent: float = INDENT
) -> list[Box]:
    """Return a box in rows that fit a width; what cannot be cut stays long.

    A later row begins with its sign; a product goes on with a cross. It stands an indent further
    right, which is part of the width. A fraction that is too wide is written in line.

    Examples
    --------
    >>> terms = row([Label("A"), Sign("plus"), Label("B")])
    >>> [list(labels(boxes_of(part))) for part in broken(terms, 2.0)], broken(terms, 3.0) == [terms]
    ([['A'], ['B']], True)
    """
    return _rows(box, width, width - indent, measure)


def _rows(box: Box, first: float, later: float, measure: BoxMeasure) -> list[Box]:
    if measure(box) <= first:
        return [box]
    box = _in_line(_with_narrow_sums(box, later, measure), later, measure)
    if measure(box) <= first:
        return [box]
    for cut in _CUTS:
        pieces = list(_pieces(box, cut, measure))
        fitting = all(measure(p) <= (later if i else first) for i, p in enumerate(pieces))
        # a cut before sums alone has to be enough, or the line is filled factor by factor
        if len(pieces) > 1 and (fitting or cut != "sums"):
            return _filled(pieces, first, later, measure, alone=cut != "list")
    opened = _opened_brackets(box, measure)
    return [narrowed(box, first)] if opened is None else _rows(opened, first, later, measure)


def divided(box: Box, width: float, measure: BoxMeasure = ems) -> list[Box]:
    """Return the pieces of a box between its outermost places for a cut; the box, if it has none.

    An index of a sum that takes too much of the width is in several rows, as in :func:`broken`.
    """
    box = _with_narrow_sums(box, width, measure)
    for cut in _CUTS:
        pieces = list(_pieces(box, cut, measure))
        if len(pieces) > 1:
            return pieces
    opened = _opened_brackets(box, measure)
    return [box] if opened is None else divided(opened, width, measure)


def _filled(
    pieces: list[Box], first: float, later: float, measure: BoxMeasure, *, alone: bool
) -> list[Box]:
    """Put pieces into rows, as many as fit; with ``alone`` a piece that is cut shares no row."""
    rows: list[Box] = []
    used, closed = 0.0, False
    for piece in pieces:
        size = measure(piece)
        room = later if len(rows) > 1 else first
        below = first_sign(piece) == _OVER.meaning
        if rows and used + size <= room and not closed and not below:
            rows[-1] = row([rows[-1], piece])
            used += size
            continue
        cut = _rows(_continued(piece) if rows else piece, later if rows else first, later, measure)
        rows += cut
        used, closed = measure(rows[-1]), alone and len(cut) > 1
    return rows


def _pieces(box: Box, cut: _Cut, measure: BoxMeasure) -> Iterator[Box]:
    """Yield the stretches between the places for a kind of cut; later ones begin with a sign."""
    boxes = boxes_of(box)
    piece: list[Box] = []
    for position, one in enumerate(boxes):
        following = boxes[position + 1] if position + 1 < len(boxes) else None
        if piece and _is_cut(one, following, cut) and not _is_bare_sum(piece, measure):
            yield row(piece)
            piece = []
        piece.append(one)
        if cut == "list" and isinstance(one, Sign) and one.meaning in _COMMAS:
            yield row(piece)
            piece = []
    if piece:
        yield row(piece)


def _is_cut(box: Box, following: Box | None, cut: _Cut) -> bool:
    meaning = box.meaning if isinstance(box, Sign) else ""
    match cut:
        case "terms":
            return meaning in _TERMS
        case "relations":
            return meaning in _RELATIONS
        case "sums":
            return box == _OVER or (meaning in _FACTORS and isinstance(following, Big))
        case "factors":
            return box == _OVER or meaning in _FACTORS
        case "list":
            return meaning == "given"


def _is_bare_sum(piece: list[Box], measure: BoxMeasure) -> bool:
    """Whether a stretch is a sum sign with next to nothing of its body."""
    signs = [i for i, box in enumerate(piece) if isinstance(box, Big)]
    return bool(signs) and measure(row(piece[signs[-1] + 1 :])) <= _SHORT


def _continued(piece: Box) -> Box:
    """Return a later row, with a cross in front where a product goes on, which no reader can miss."""
    if first_sign(piece) in _FACTORS:
        return row([Sign("cross"), *boxes_of(piece)[1:]])
    return piece


def _with_narrow_sums(box: Box, width: float, measure: BoxMeasure) -> Box:
    """Return a box with the indices of its sums in several rows where they take too much of the line."""
    boxes = boxes_of(box)
    return row(
        Big(_stacked(one.under, _INDEX * width, lambda part: SCRIPT * measure(part)))
        if isinstance(one, Big) and measure(one) > _INDEX * width
        else one
        for one in boxes
    )


def narrowed(box: Box, width: float) -> Box:
    """Return a box with its subscripts in several rows if it is wider than a line."""
    if ems(box) <= width:
        return box
    match box:
        case Row(boxes):
            return row(narrowed(one, width / 2) for one in boxes)
        case Script(base, sub, sup) if sub is not None:
            return Script(base, _stacked(sub, width, lambda one: SCRIPT * ems(one)), sup)
        case Fraction(above, below):
            return Fraction(narrowed(above, width), narrowed(below, width))
        case _:  # nothing else has an index
            return box


def _stacked(index: Box, width: float, measure: BoxMeasure) -> Box:
    boxes: list[Box] = []
    used = 0.0
    for piece in _pieces(index, "list", measure):
        size = measure(piece)
        if boxes and used + size > width:
            boxes.append(Sign("below"))
            used = 0.0
        boxes += boxes_of(piece)
        used += size
    return row(boxes)


def _opened_brackets(box: Box, measure: BoxMeasure) -> Box | None:
    """Return a row whose widest brackets are signs, between which it may be cut; None without any."""
    boxes = boxes_of(box)
    fences = [i for i, one in enumerate(boxes) if isinstance(one, Fence)]
    if not fences:
        return None
    widest = max(fences, key=lambda i: measure(boxes[i]))
    fence = boxes[widest]
    assert isinstance(fence, Fence)
    tall = fence.kind == "round" and is_tall(fence.body)
    left, right = map(Sign, ("open", "close") if tall else BRACKETS[fence.kind])
    return row([*boxes[:widest], left, fence.body, right, *boxes[widest + 1 :]])


# -- fractions ----------------------------------------------------------------------------------
def _in_line(box: Box, width: float, measure: BoxMeasure) -> Box:
    """Write the fractions of a line that are too wide for it with a slash."""
    boxes = boxes_of(box)
    flat: list[Box] = []
    for position, one in enumerate(boxes):
        if not isinstance(one, Fraction) or measure(one) <= width:
            flat.append(one)
            continue
        ratio = (*_bracketed(one.numerator), _OVER, *_bracketed(one.denominator))
        after = boxes[position + 1] if position + 1 < len(boxes) else None
        ends = after is None or (isinstance(after, Sign) and after.meaning in _TERMS)
        if len(flat) > 1 and flat[-1] == Sign("thin") and _is_letter(flat[-2]):
            flat[-1] = Sign("times")
        flat += ratio if ends else _bracketed(row(ratio))
    return row(flat)


def _is_letter(box: Box) -> bool:
    """Decide whether a box is a letter, which would be a function before a bracket."""
    match box:
        case Label() | Script():
            return True
        case Sign() | Figure() | Row() | Fence() | Fraction() | Big() | Mark():
            return False


def _bracketed(box: Box) -> tuple[Box, ...]:
    """Return a box between two bracket signs, which may stand in different lines."""
    return (Sign("open"), box, Sign("close"))


class PartNames:
    """Names for the halves of fractions: ``N`` and ``D``, with a number for each further fraction.

    Parameters
    ----------
    taken : collection of str
        The names that mean something else.
    """

    def __init__(self, taken: Collection[str]) -> None:
        endings = ("", *(f"_{i}" for i in range(1, 2 * len(taken) + 2)))
        free = [end for end in endings if not {f"N{end}", f"D{end}"} & set(taken)]
        self._endings = chain(free, (f"_{i}" for i in count(len(endings))))
        self.defined: dict[Box, Box] = {}  # what a name is of, and the name

    def named(self, fraction: Fraction, width: float) -> Fraction:
        """Return a fraction with names for the halves that are wider than a line.

        The same half has the same name wherever it stands.
        """
        halves = [(fraction.numerator, "N"), (fraction.denominator, "D")]
        wide = [(half, letter) for half, letter in halves if ems(half) + _BAR > width]
        if any(half not in self.defined for half, _ in wide):
            ending = next(self._endings)
            for half, letter in wide:
                self.defined.setdefault(half, Label(letter + ending))
        above, below = (self.defined.get(half, half) for half, _ in halves)
        return Fraction(above, below)


def parted(box: Box, width: float, names: PartNames) -> Box:
    """Return a box in which those halves of fractions have names that are too wide for a line.

    Only of fractions that no sum sign stands before, since a name says nothing of an index.
    """
    boxes = boxes_of(box)
    found: list[Box] = []
    for one in boxes:
        under_sum = any(isinstance(before, Big) for before in found)
        part = isinstance(one, Fraction) and ems(one) > width and not under_sum
        found.append(names.named(one, width) if part and isinstance(one, Fraction) else one)
    return row(found)


def labels(boxes: Iterable[Box]) -> Iterator[str]:
    """Yield the names that stand in boxes, at any depth."""
    for box in boxes:
        match box:
            case Label(name):
                yield name
            case Row(inside):
                yield from labels(inside)
            case Fence(body) | Mark(body) | Big(body):
                yield from labels([body])
            case Fraction(above, below):
                yield from labels([above, below])
            case Script(base, sub, sup):
                yield from labels(one for one in (base, sub, sup) if one is not None)
            case _:  # signs and numbers have no names
                pass
