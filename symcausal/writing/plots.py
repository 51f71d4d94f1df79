"""Curves: a number as a function of another, drawn without any other package.

Main definitions
----------------
Plot : what is drawn.
plot_svg : for browsers, in the colour of the words around it.
plot_tikz : for LaTeX.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from symcausal.hints import TypeAlias
from symcausal.record import record
from symcausal.writing.mathml import escaped
from symcausal.writing.names import latex_escaped
from symcausal.writing.svg import words_svg

PlotPoint: TypeAlias = tuple[float, float]


@record
class Plot:
    """A curve in a frame.

    Attributes
    ----------
    across, up : str
        What the two axes are of.
    low, high : float
        The ends of the axis across.
    stretches : tuple of tuple of (float, float)
        The points of the curve, those between which it is defined together.
    marked : tuple of float, or None
        The point at present.
    bounds : tuple of float
        Heights at which there is a line.
    bands : tuple of (float, float)
        Where, across, something holds.
    """

    across: str
    up: str
    low: float
    high: float
    stretches: tuple[tuple[PlotPoint, ...], ...]
    marked: PlotPoint | None = None
    bounds: tuple[float, ...] = ()
    bands: tuple[PlotPoint, ...] = ()

    @property
    def heights(self) -> list[float]:
        """The round numbers at the vertical axis; it goes from the first to the last."""
        values = [y for stretch in self.stretches for _, y in stretch]
        values += [*self.bounds, *([self.marked[1]] if self.marked else [])]
        return ticks(min(values, default=0.0), max(values, default=1.0))


_MARKS = 5


def ticks(low: float, high: float) -> list[float]:
    """Return round numbers about as far apart as a reader likes, from below ``low`` to above ``high``.

    Examples
    --------
    >>> ticks(0.26, 1.0)
    [0.2, 0.4, 0.6, 0.8, 1.0]
    >>> ticks(0.5, 0.5)
    [0.4, 0.45, 0.5, 0.55, 0.6]
    """
    if high - low < 1e-9:
        low, high = low - 0.1, high + 0.1
    rough = (high - low) / _MARKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * one for one in (1, 2, 2.5, 5, 10) if power * one >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [float(f"{i * step:.10g}") for i in range(first, last + 1)]


class _PlotFrame:
    """Where points stand in a rectangle of some size, its lower left corner at the origin."""

    def __init__(self, plot: Plot, width: float, height: float) -> None:
        self.plot, self.width, self.height = plot, width, height
        self.heights = plot.heights

    def x(self, value: float) -> float:
        return self.width * (value - self.plot.low) / (self.plot.high - self.plot.low)

    def y(self, value: float) -> float:
        low, high = self.heights[0], self.heights[-1]
        return self.height * (min(max(value, low), high) - low) / (high - low)

    def along(self) -> list[float]:
        """Return the round numbers at the horizontal axis, from its low end to its high one."""
        inside = ticks(self.plot.low, self.plot.high)
        return [one for one in inside if self.plot.low <= one <= self.plot.high]


# -- SVG ------------------------------------------------------------------------------------------
_WIDE, _HIGH = 320.0, 180.0
_LEFT, _TOP, _BELOW, _RIGHT = 56.0, 28.0, 46.0, 18.0
_FAINT = 'stroke-opacity="0.25" stroke-width="1"'


def plot_svg(plot: Plot) -> str:
    """A curve as SVG; its lines and words have the colour of the words around it."""
    width, height = _LEFT + _WIDE + _RIGHT, _TOP + _HIGH + _BELOW
    said = escaped(f"{plot.up} as a function of {plot.across}")
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" fill="none" stroke="currentColor" '
        'font-family="serif" font-size="13" style="max-width:100%;height:auto" role="img" '
        f'aria-label="{said}">'
    )
    return "\n".join([head, *_svg_parts(_PlotFrame(plot, _WIDE, _HIGH)), "</svg>"])


def _svg_parts(frame: _PlotFrame) -> Iterator[str]:
    plot = frame.plot

    def x(value: float) -> str:
        return f"{_LEFT + frame.x(value):.4g}"

    def y(value: float) -> str:
        return f"{_TOP + _HIGH - frame.y(value):.4g}"

    for low, high in plot.bands:
        yield (
            f'<rect class="band" x="{x(low)}" y="{_TOP:g}" '
            f'width="{max(frame.x(high) - frame.x(low), 1.5):.4g}" height="{_HIGH:g}" '
            'fill="currentColor" fill-opacity="0.12" stroke="none"/>'
        )
    left, right = x(plot.low), x(plot.high)
    for value in frame.heights:
        yield f'<path d="M{left} {y(value)}H{right}" {_FAINT}/>'
        yield words_svg(f"{_LEFT - 6:g}", y(value), f"{value:g}", "end")
    for value in frame.along():
        yield f'<path d="M{x(value)} {_TOP + _HIGH:g}v5"/>'
        yield words_svg(x(value), f"{_TOP + _HIGH + 15:g}", f"{value:g}")
    yield f'<path d="M{left} {_TOP:g}V{_TOP + _HIGH:g}H{right}"/>'
    for bound in plot.bounds:
        yield f'<path class="bound" d="M{left} {y(bound)}H{right}" stroke-dasharray="6 4"/>'
    for stretch in plot.stretches:
        points = "L".join(f"{x(one)} {y(other)}" for one, other in stretch)
        yield f'<path class="curve" d="M{points}" stroke-width="2.2"/>'
    if plot.marked:
        across, up = x(plot.marked[0]), y(plot.marked[1])
        yield f'<circle cx="{across}" cy="{up}" r="4.5" fill="currentColor" stroke="none"/>'
        beside, anchor = _beside(frame)
        yield words_svg(f"{float(across) + beside:.4g}", f"{float(up) - 11:.4g}", "now", anchor)
    yield words_svg(f"{_LEFT + _WIDE / 2:g}", f"{_TOP + _HIGH + 36:g}", plot.across)
    yield words_svg(f"{_LEFT - 40:g}", "12", plot.up, "start")


def _beside(frame: _PlotFrame) -> tuple[float, str]:
    """Return how far beside the marked point its word stands, and which end of the word is there."""
    assert frame.plot.marked
    right = frame.x(frame.plot.marked[0]) > frame.width / 2
    return (-8.0, "end") if right else (8.0, "start")


# -- TikZ -----------------------------------------------------------------------------------------
TIKZ_WIDTH = 8.5  # centimetres: the curve, and the words on both sides


def plot_tikz(plot: Plot) -> str:
    """A curve as a ``tikzpicture``, in centimetres."""
    frame = _PlotFrame(plot, 7.0, 4.0)
    return "\n".join([r"\begin{tikzpicture}", *_tikz_parts(frame), r"\end{tikzpicture}"])


def _tikz_parts(frame: _PlotFrame) -> Iterator[str]:
    plot = frame.plot

    def at(x: float, y: float) -> str:
        return f"({frame.x(x):.3f},{frame.y(y):.3f})"

    bottom, top = frame.heights[0], frame.heights[-1]
    for low, high in plot.bands:
        yield rf"\fill[black!12] {at(low, bottom)} rectangle {at(high, top)};"
    for value in frame.heights:
        label = rf"node[left, black, font=\small] {{{value:g}}}"
        yield rf"\draw[black!25] {at(plot.low, value)} {label} -- {at(plot.high, value)};"
    for value in frame.along():
        yield rf"\draw {at(value, bottom)} -- +(0,-0.1) node[below, font=\small] {{{value:g}}};"
    corner = at(plot.low, bottom)
    yield rf"\draw {at(plot.low, top)} -- {corner} -- {at(plot.high, bottom)};"
    for bound in plot.bounds:
        yield rf"\draw[dashed] {at(plot.low, bound)} -- {at(plot.high, bound)};"
    for stretch in plot.stretches:
        yield r"\draw[thick] " + " -- ".join(at(*point) for point in stretch) + ";"
    if plot.marked:
        side = "left" if _beside(frame)[1] == "end" else "right"
        yield rf"\fill {at(*plot.marked)} circle (2pt) node[above {side}, font=\small] {{now}};"
    middle = (plot.low + plot.high) / 2
    yield rf"\node[below=0.6cm] at {at(middle, bottom)} {{{latex_escaped(plot.across)}}};"
    yield rf"\node[above right] at {at(plot.low, top)} {{{latex_escaped(plot.up)}}};"
