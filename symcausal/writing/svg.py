"""Pictures of graphs as SVG, with the shapes of :mod:`symcausal.writing.tikz`.

Main definitions
----------------
svg : print a picture.
"""

from __future__ import annotations

from symcausal.graph.layered import Point
from symcausal.writing.mathml import escaped
from symcausal.writing.picture import Picture, arc_middle, bends_left, border

_PIXELS = 48  # a centimetre


def svg(picture: Picture) -> str:
    """A picture for browsers, without scripts; colours are those of the page around it."""
    places, bends = picture.places()
    widths = {name: picture.width(name) for name in picture.graph.nodes}
    right = max((x + widths[name] / 2 for name, (x, _) in places.items()), default=0.0)
    left = min((x - widths[name] / 2 for name, (x, _) in places.items()), default=0.0)
    low = max((y for _, y in places.values()), default=0.0)
    box = (left - 0.8, -0.8, right - left + 1.6, low + 1.6)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{" ".join(_px(v) for v in box)}" '
        f'width="{_px(box[2])}" height="{_px(box[3])}" fill="none" stroke="currentColor" '
        'font-family="serif" font-size="16">',
        '<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" '
        'markerHeight="8" orient="auto-start-reverse">'
        '<path d="M0 1L10 5L0 9z" fill="currentColor" stroke="none"/></marker></defs>',
    ]
    for (cause, effect), chain in bends.items():
        inner = [places[cause], *chain, places[effect]]
        start = border(places[cause], inner[1], widths[cause])
        end = border(places[effect], inner[-2], widths[effect])
        way = "L".join(_xy(point) for point in (start, *chain, end))
        lines.append(f'<path d="M{way}" marker-end="url(#head)"/>')
    for one, other in picture.mutilated.bidirected:
        a, b = places[one], places[other]
        middle = arc_middle(a, b, bends_left(places, one, other))
        ends = border(a, middle, widths[one]), border(b, middle, widths[other])
        lines.append(
            f'<path d="M{_xy(ends[0])}Q{_xy(middle)} {_xy(ends[1])}" stroke-dasharray="5 4" '
            'marker-start="url(#head)" marker-end="url(#head)"/>'
        )
    for name, (x, y) in places.items():
        half = widths[name] / 2
        if name in picture.done:
            lines.append(
                f'<rect x="{_px(x - half)}" y="{_px(y - 0.35)}" width="{_px(2 * half)}" '
                f'height="{_px(0.7)}"/>'
            )
        else:
            dashed = ' stroke-dasharray="5 4"' if name in picture.graph.hidden else ""
            lines.append(
                f'<ellipse cx="{_px(x)}" cy="{_px(y)}" rx="{_px(half)}" ry="{_px(0.35)}"{dashed}/>'
            )
        lines.append(
            f'<text x="{_px(x)}" y="{_px(y)}" text-anchor="middle" dominant-baseline="central" '
            f'fill="currentColor" stroke="none">{escaped(picture.words(name))}</text>'
        )
    return "\n".join([*lines, "</svg>"])


def _px(length: float) -> str:
    return f"{round(length * _PIXELS, 1) + 0.0:g}"


def _xy(point: Point) -> str:
    return f"{_px(point[0])} {_px(point[1])}"
