"""How wide a page is, in ems: what a formula, its left side and its reason have to fit together.

Main definitions
----------------
PAGE_WIDTHS : the widths that have a name, in ems.
PageWidth : a name or a number, as users say it.
ems_of, characters_of : a width as printers want it.

Implementation notes
--------------------
An em is as wide as the letters are high, so that one number serves an article at ten, eleven and
twelve points, whose lines are 34.5, 32.9 and 33.2 ems long. A column of two is 23, 21 and 19.5.
"""

from __future__ import annotations

import math

from symcausal.errors import UsageError, nearest
from symcausal.hints import TypeAlias

PageWidth: TypeAlias = "float | str | None"

ARTICLE = 32.0
PAGE_WIDTHS = {
    "article": ARTICLE,
    "twocolumn": 19.0,
    "beamer": 27.0,
    "a4wide": 39.0,
    "none": math.inf,
}
LEAST = 8.0
_CHARACTERS_OF_AN_EM = 2.5


def ems_of(width: PageWidth) -> float | None:
    """Return a width in ems: that of a name, or the number itself; None for none that is stated.

    Raises
    ------
    UsageError
        If it is neither a known name nor a number that a formula could fit.

    Examples
    --------
    >>> ems_of("article"), ems_of("20"), ems_of("none")
    (32.0, 20.0, inf)
    """
    if width is None or (isinstance(width, str) and width in PAGE_WIDTHS):
        return None if width is None else PAGE_WIDTHS[str(width)]
    try:
        number = float(width)
    except ValueError:
        number = math.nan
    if not number >= LEAST:
        raise UsageError(
            f"no width '{width}'",
            expected=f"a number of ems from {LEAST:g} on, or {', '.join(PAGE_WIDTHS)}",
            hint=nearest(str(width), PAGE_WIDTHS),
        )
    return number


def characters_of(width: PageWidth) -> float | None:
    """Return a width in characters of plain text: as many as a named page holds, or the number.

    Examples
    --------
    >>> characters_of("article"), characters_of(60)
    (80.0, 60.0)
    """
    ems = ems_of(width)
    named = isinstance(width, str) and width in PAGE_WIDTHS
    return ems * _CHARACTERS_OF_AN_EM if ems is not None and named else ems
