"""The curve of a sensitivity, as points.

Main definitions
----------------
plot_of : what is drawn of the function of one entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from symcausal.hints import TYPE_CHECKING
from symcausal.numbers.evaluate.substitution import exact_number
from symcausal.writing.plots import Plot
from symcausal.writing.text import formula_text

if TYPE_CHECKING:
    from symcausal.answer.sensitivity_facts import SensitivityFacts

_POINTS = 80


def plot_of(found: SensitivityFacts, bounds: Mapping[str, object]) -> Plot:
    """Return the function over all values of the entry, its present value, and where bounds hold."""
    curve = found.numeric()
    low, high = found.admissible
    asked = {name: bound for name, bound in bounds.items() if bound is not None}
    held = found.where(**asked) if asked else ()
    entry = "" if found.entry is None else f" = {formula_text(found.entry.formula, found.style)}"
    points = [low + (high - low) * Fraction(i, _POINTS) for i in range(_POINTS + 1)]
    stretches: list[list[tuple[float, float]]] = [[]]
    for point in points:
        value = curve.value(point)
        if value is not None:
            stretches[-1].append((float(point), float(value)))
        elif stretches[-1]:
            stretches.append([])
    now = found.present, found.value
    return Plot(
        across=f"t{entry}",
        up=formula_text(found.query, found.style),
        low=float(low),
        high=float(high),
        stretches=tuple(tuple(one) for one in stretches if one),
        marked=None if None in now else (float(now[0] or 0), float(now[1] or 0)),
        bounds=tuple(float(exact_number(bound)) for bound in asked.values()),
        bands=tuple((float(one.low), float(one.high)) for one in held),
    )
