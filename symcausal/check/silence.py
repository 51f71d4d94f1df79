"""Why a file of notes has no claim.

Main definitions
----------------
why_no_claim : the likely reason, in words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from symcausal.documents.items import Document, Formula, Prose
from symcausal.documents.passages import Passage
from symcausal.notation.measures import PROBABLE


def why_no_claim(document: Document, passages: Sequence[Passage]) -> str:
    """Return the likely reason why nothing in a file is a claim; empty if nothing could be one."""
    formulas = [item for item in document.items if isinstance(item, Formula)]
    if formulas and all(passage.skipped for passage in passages):
        return ""
    outside = next(
        (i for i in document.items if isinstance(i, Prose) and PROBABLE.search(i.text)), None
    )
    if not formulas and outside is None:
        return ""
    if not formulas and outside is not None:
        found = PROBABLE.search(outside.text)
        start = found.start() if found else 0
        line = outside.part.position(outside.offset + start).line
        shown = re.split(r"(?<=[)\]}])|\n", outside.text[start : start + 40], maxsplit=1)[0]
        return f"0 claims: no formula; '{shown}' in line {line} stands between no $ signs"
    count = f"{len(formulas)} formula" + "s" * (len(formulas) > 1)
    if not any(PROBABLE.search(formula.excerpt().text) for formula in formulas):
        return f"0 claims: {count}, none with a probability such as P(Y | X)"
    return f"0 claims: {count}, none of which relates a probability to anything"
