"""Pictures of sensitivities: the curve of one entry, and the range of each as a bar.

matplotlib is imported here alone, when a picture is asked for.

Main definitions
----------------
draw_curve : the function of one entry, with the present value and bounds marked.
draw_ranges : a tornado: for each entry the answers between which it moves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from symcausal.errors import UsageError
from symcausal.hints import TYPE_CHECKING, Any
from symcausal.numbers.evaluate.substitution import exact_number
from symcausal.writing.text import text

if TYPE_CHECKING:
    from symcausal.answer.sensitivity_facts import SensitivityFacts

POINTS = 200


def new_axes(height: float = 4.0) -> Any:
    """Return the axes of a new figure.

    Raises
    ------
    UsageError
        If matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise UsageError(
            "pictures need matplotlib, which is not installed",
            hint='pip install "symcausal[plot]"',
        ) from None
    return Figure(figsize=(6.4, height), layout="constrained").add_subplot()


def draw_curve(found: SensitivityFacts, bounds: Mapping[str, object], axes: Any = None) -> Any:
    """Draw the function, its present value, each bound, and where the bounds hold."""
    axes = new_axes() if axes is None else axes
    curve = found.numeric()
    low, high = found.admissible
    points = [low + (high - low) * Fraction(i, POINTS) for i in range(POINTS + 1)]
    values = [curve.value(point) for point in points]
    axes.plot(
        [float(p) for p in points],
        [float("nan") if v is None else float(v) for v in values],
        color="C0",
    )
    if found.present is not None and found.value is not None:
        axes.plot([float(found.present)], [float(found.value)], "o", color="C0", label="now")
    for bound in bounds.values():
        axes.axhline(float(exact_number(bound)), color="C3", linestyle="--", linewidth=1)
    if bounds:
        for interval in found.where(**bounds):
            axes.axvspan(float(interval.low), float(interval.high), color="C2", alpha=0.15)
    shown = found.entry.formula if found.entry is not None else None
    axes.set_xlabel(text(shown, found.notation) if shown else found.unknown.symbol.name)
    axes.set_ylabel(text(found.query, found.notation))
    axes.set_xlim(float(low), float(high))
    return axes


def draw_ranges(
    bars: Sequence[tuple[str, Fraction, Fraction]], now: Fraction, label: str, axes: Any = None
) -> Any:
    """Draw a tornado: for each entry a bar from its least to its greatest answer, the widest on top."""
    axes = new_axes(1.2 + 0.3 * len(bars)) if axes is None else axes
    for i, (_, low, high) in enumerate(bars):
        axes.barh(-i, float(high - low), left=float(low), color="C0", height=0.7)
    axes.axvline(float(now), color="black", linewidth=1)
    axes.set_yticks([-i for i in range(len(bars))], [name for name, _, _ in bars])
    axes.set_xlabel(label)
    return axes
