"""Pictures of graphs as SVG, with the shapes of :mod:`symcausal.writing.tikz`.

Lines and words have the colour of the text around them, so that a picture is read on light and dark.

Main definitions
----------------
svg : print a picture.
words_svg : words in one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symcausal.graph.layered import Point
from symcausal.writing.mathml import escaped
from symcausal.writing.picture import (
    CELL,
    GAP,
    LINE,
    PATH_MARKS,
    Arrangement,
    Edge,
    Picture,
    arc_middle,
    bends_left,
    beside,
    border,
    extent,
)

_PIXELS = 48  # a centimetre
_SMALL_TYPE = 'font-size="12"'
_DASHED = ' stroke-dasharray="5 4"'
# a page of its own follows the reader's choice; within a page, the page decides
_SCHEME = "<style>svg:root{color-scheme:light dark}</style>"


def svg(picture: Picture) -> str:
    """A picture for browsers, without scripts; colours are those of the page around it."""
    arranged = picture.arranged()
    left, right, top, low = extent(picture, arranged)
    box = (left - 0.8, top - 0.45, right - left + 1.6, low - top + 0.9)
    used = sorted(set(picture.marks().values()))
    count = len(picture.graph.nodes)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{" ".join(_px(v) for v in box)}" '
        f'width="{_px(box[2])}" height="{_px(box[3])}" fill="none" stroke="currentColor" '
        'font-family="serif" font-size="16" style="max-width:100%;height:auto" role="img" '
        f'aria-label="graph of {count} variable{"s" * (count != 1)}">',
        f"<defs>{_SCHEME}{_head('head', 'currentColor')}"
        + "".join(_head(f"head-{i + 1}", f"#{PATH_MARKS[i].colour}", 12) for i in used)
        + "</defs>",
        *_edges(picture, arranged),
        *(line for name, place in arranged.places.items() for line in _node(picture, name, place)),
        *(line for name in picture.tables for line in _table(picture, name, arranged.places[name])),
    ]
    return "\n".join([*lines, "</svg>"])


def _head(name: str, colour: str, size: int = 8) -> str:
    return (
        f'<marker id="{name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="{size}" '
        f'markerHeight="{size}" markerUnits="userSpaceOnUse" orient="auto-start-reverse">'
        f'<path d="M0 1L10 5L0 9z" fill="{colour}" stroke="none"/></marker>'
    )


# -- edges ----------------------------------------------------------------------------------------
def _edges(picture: Picture, arranged: Arrangement) -> Iterator[str]:
    after, cut, marks = picture.mutilated, picture.cut, picture.marks()
    ghost = ' class="cut" opacity="0.45" stroke-dasharray="1 4"'
    for edge in cut.directed:
        yield f'<path d="{_line(picture, arranged, edge)}"{ghost} marker-end="url(#head)"/>'
    for pair in cut.bidirected:
        yield f'<path d="{_arc(picture, arranged, pair)}"{ghost} {_heads("head")}/>'
    for edge in after.directed:
        look, head = _look(picture, edge, marks.get(("->", edge)), "")
        yield f'<path d="{_line(picture, arranged, edge)}"{look} marker-end="url(#{head})"/>'
    for edge in picture.rising:
        start, end = _way(picture, arranged, edge)[-2:]
        yield _text(beside(start, end), "+", f' class="rises" {_SMALL_TYPE}')
    for pair in after.bidirected:
        look, head = _look(picture, pair, marks.get(("<->", pair)), _DASHED)
        yield f'<path d="{_arc(picture, arranged, pair)}"{look} {_heads(head)}/>'


def _look(picture: Picture, edge: Edge, number: int | None, plain: str) -> tuple[str, str]:
    """The attributes of an edge, and its arrowhead."""
    if number is None:
        return plain + ' stroke-width="2.5"' * picture.is_held(edge), "head"
    mark = PATH_MARKS[number]
    dashes = " ".join(map(str, mark.dashes))
    look = (
        f' class="path-{number + 1}" stroke="#{mark.colour}" stroke-width="2.5" '
        f'stroke-dasharray="{dashes}"'
    )
    return look, f"head-{number + 1}"


def _heads(head: str) -> str:
    return f'marker-start="url(#{head})" marker-end="url(#{head})"'


def _line(picture: Picture, arranged: Arrangement, edge: Edge) -> str:
    return "M" + "L".join(_xy(point) for point in _way(picture, arranged, edge))


def _way(picture: Picture, arranged: Arrangement, edge: Edge) -> list[Point]:
    """The points that an arrow goes through, from border to border."""
    cause, effect = edge
    chain = arranged.bends[edge]
    inner = [arranged.places[cause], *chain, arranged.places[effect]]
    start = border(picture, cause, inner[0], inner[1])
    end = border(picture, effect, inner[-1], inner[-2])
    return [start, *chain, end]


def _arc(picture: Picture, arranged: Arrangement, pair: Edge) -> str:
    a, b = (arranged.places[name] for name in pair)
    middle = arc_middle(a, b, bends_left(arranged.places, *pair))
    start, end = border(picture, pair[0], a, middle), border(picture, pair[1], b, middle)
    return f"M{_xy(start)}Q{_xy(middle)} {_xy(end)}"


# -- nodes ----------------------------------------------------------------------------------------
def _node(picture: Picture, name: str, place: Point) -> Iterator[str]:
    half, high = picture.width(name) / 2, picture.height(name) / 2
    shaded = ' fill="currentColor" fill-opacity="0.18"' if name in picture.evidence else ""
    if name in picture.adjusted:
        yield _rectangle(place, half + 0.12, high + 0.12, ' class="adjusted" stroke-width="1.5"')
    dashed = _DASHED if name in picture.graph.hidden else ""
    for inset in (0.0, 0.08) if name in picture.held else (0.0,):
        if picture.is_boxed(name):
            yield _rectangle(place, half - inset, high - inset, shaded)
        else:
            yield (
                f'<ellipse cx="{_px(place[0])}" cy="{_px(place[1])}" rx="{_px(half - inset)}" '
                f'ry="{_px(high - inset)}"{dashed}{shaded}/>'
            )
        shaded = ""
    small = picture.small_lines(name)
    x, y = place[0], place[1] - LINE * len(small) / 2
    yield _text((x, y), picture.words(name))
    for i, line in enumerate(small):
        yield _text((x, y + LINE * (i + 1)), line, f" {_SMALL_TYPE}")


def _rectangle(centre: Point, half: float, high: float, look: str) -> str:
    return (
        f'<rect x="{_px(centre[0] - half)}" y="{_px(centre[1] - high)}" width="{_px(2 * half)}" '
        f'height="{_px(2 * high)}"{look}/>'
    )


def _text(place: Point, words: str, look: str = "") -> str:
    return words_svg(_px(place[0]), _px(place[1]), words, look=look)


def words_svg(x: str, y: str, words: str, anchor: str = "middle", look: str = "") -> str:
    """Words in a picture, in the middle of a point or at one side of it."""
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" dominant-baseline="central" '
        f'fill="currentColor" stroke="none"{look}>{escaped(words)}</text>'
    )


def _table(picture: Picture, name: str, place: Point) -> Iterator[str]:
    """A table beside a node: its heads, a line under them, a line right of the parents' states."""
    from symcausal.writing.tables import grid_cells

    rows, columns, stubs = (
        grid_cells(picture.tables[name]),
        picture.columns(name),
        picture.tables[name].stubs,
    )
    left = place[0] + picture.width(name) / 2 + GAP
    top = place[1] - picture.table_height(name) / 2
    right, low = left + sum(columns), top + picture.table_height(name)
    rule = top + CELL
    yield f'<path d="M{_xy((left, rule))}L{_xy((right, rule))}" stroke-width="0.75"/>'
    if stubs:
        side = left + sum(columns[:stubs])
        yield f'<path d="M{_xy((side, top))}L{_xy((side, low))}" stroke-width="0.75"/>'
    for i, row in enumerate(rows):
        yield from _cells(row, columns, left, top + CELL * (i + 0.5))


def _cells(row: Sequence[str], columns: Sequence[float], left: float, y: float) -> Iterator[str]:
    for cell, width in zip(row, columns, strict=True):
        yield _text((left + width / 2, y), cell, f" {_SMALL_TYPE}")
        left += width


def _px(length: float) -> str:
    return f"{round(length * _PIXELS, 1) + 0.0:g}"


def _xy(point: Point) -> str:
    return f"{_px(point[0])} {_px(point[1])}"
