"""The places at which a text of formulas falls apart.

Main definitions
----------------
Boundary : one such place.
words_kind : what words announce.
"""

from __future__ import annotations

import re

from symcausal.patterns import late
from symcausal.record import record

_HYPOTHESIS = late(
    r"\W*(?:and |only |but |even )?(?:if|when|whenever|provided|assuming|assume|under|suppose"
    r"|supposing|given(?! by)|for which|as long as)\b", re.I,
)  # fmt: skip
_SINCE = late(
    r"\W*(?:and )?(?:since|because|as|by|using|from|due|recall|note|noting|via|with the)\b", re.I
)
_WHERE = late(r"\W*(?:and )?(?:where|with|let|define|defining|here|writing|denote)\b", re.I)
_ALL = late(r"\W*(?:for (?:all|every|each|any|some)|over all|f\.a\.|\bs\.t\.|such that)\b", re.I)
_UNLESS = late(r"\W*(?:unless|except|but not|versus|vs)\b", re.I)
_ALSO = late(r"\W*(?:and|or)\W*\Z", re.I)
_FOR = late(r"\W*(?:for|at|on|in|over)\b", re.I)
_ENDS = late(
    r"\W*(?:and|or|so|hence|thus|therefore|then|we|which|also|but|while|is|are|i\.e|that|it|now"
    r"|similarly|finally|likewise|yes|no|because|else|otherwise)\b", re.I,
)  # fmt: skip


@record
class Boundary:
    """A place outside all brackets at which a text falls apart.

    Attributes
    ----------
    kind : str
        ``relation``, ``independent``, ``row``, ``column``, ``comma``, ``gap``, ``words``,
        ``implies``, ``operator``, ``aside`` (brackets around words or an independence), ``refused``.
    start, end : int
        Its characters.
    text : str
        The relation; the kind of words: ``if``, ``since``, ``where``, ``all``, ``for``, ``and``,
        ``also`` (a bare *and*), ``unless``, ``other``.
    inside : tuple of tuple of int
        The formulas between dollars in words; the inside of brackets.
    """

    kind: str
    start: int
    end: int
    text: str = ""
    inside: tuple[tuple[int, int], ...] = ()


def words_kind(words: str) -> str:
    """Return the kind of thing that words announce."""
    for kind, pattern in (
        ("also", _ALSO), ("unless", _UNLESS), ("if", _HYPOTHESIS), ("all", _ALL), ("where", _WHERE),
        ("since", _SINCE),
        ("for", _FOR), ("and", _ENDS),
    ):  # fmt: skip
        if pattern.match(words):
            return kind
    return "other"
