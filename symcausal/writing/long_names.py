"""Long names in several rows, for screens that are narrower than the name.

Main definitions
----------------
WHOLE_NAME : the width in ems up to which a name stays in one row.
rows_of : a name cut into rows, at the places where its words end.
"""

from __future__ import annotations

import re

from symcausal.patterns import late
from symcausal.writing.metrics import words_ems

WHOLE_NAME = 12.0  # ems up to which a name stays in one row, as any formula does
_ROW = 7.5  # ems: the index of a sum and what the sum begins with stand side by side
# words end behind signs and blanks, and before a capital
_WORD = late(r"[A-ZÀ-Þ]*[^A-ZÀ-Þ\W_]*(?:[\W_]+|(?=[A-ZÀ-Þ])|\Z)|.", re.DOTALL)


def rows_of(
    name: str, size: float = 1.0, *, beside: float = 0.0, whole: float = WHOLE_NAME
) -> list[str]:
    """Return a name in rows, a short one in one row; together they are the name.

    ``size`` is that of the letters, beside the formula's; ``beside``, in ems, the width of the rest
    of a name that this is the index of. ``whole`` is how wide a name in one row may be.

    Examples
    --------
    >>> rows_of("Tuberculosis")
    ['Tuberculosis']
    >>> rows_of("NumberOfVisits_to_the_practitioner")
    ['NumberOf', 'Visits_to_the_', 'practitioner']
    """
    if beside + size * words_ems(name) <= whole:
        return [name]
    rows = [""]
    for word in filter(None, _WORD.findall(name)):
        if rows[-1] and size * words_ems(rows[-1] + word) > _ROW:
            rows.append("")
        for letter in word:
            if size * words_ems(rows[-1] + letter) > _ROW:
                rows.append("")
            rows[-1] += letter
    return rows
