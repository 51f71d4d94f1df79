"""Formulas as web pages have them."""

from __future__ import annotations

from collections.abc import Sequence

from symcausal.writing.layout import Printable, layout
from symcausal.writing.mathml import element
from symcausal.writing.notations import Notation
from symcausal.writing.style import LECTURE, Style


def mathml(thing: Printable, notation: Notation | str = LECTURE, order: Sequence[str] = ()) -> str:
    """Write a formula as a ``<math>`` element."""
    return element(layout(thing, Style.of(notation, order)))
