"""Letters of mathematical fonts and signs of full width, read as the plain ones.

Main definitions
----------------
plain_characters : a text with plain characters, each in its place.
as_read : a name with plain characters and single blanks.
"""

from __future__ import annotations

import re

# Double-struck capitals and digits stay what they are: 𝔼 and ℙ are signs, ℝ is a set, 𝟙 indicates.
# A percent sign of full width is one behind a number; elsewhere a plain one would begin a comment.
_STYLED = (
    "[\U0001d400-\U0001d537\U0001d552-\U0001d7d7\U0001d7e2-\U0001d7ff\uff01-\uff04\uff06-\uff5e"
    "\u210a-\u210c\u210e\u2110-\u2112\u211b\u211c\u2128\u212c\u212d\u212f-\u2131\u2133\u2134]"
    r"|(?<=\d)\uff05|(?<=\d )\uff05"
)


def plain_characters(text: str) -> str:
    """Return a text with ``𝑃``, ``𝐘`` and ``（`` as ``P``, ``Y`` and ``(``, every offset kept.

    Examples
    --------
    >>> plain_characters("𝑃(𝑌=𝟏)")
    'P(Y=1)'
    """
    return text if text.isascii() else re.sub(_STYLED, _plain, text)


def as_read(name: str) -> str:
    """Return a name or a state as a formula that mentions it reads: plain characters, single blanks.

    Examples
    --------
    >>> as_read("𝐴  Ｂ")
    'A B'
    """
    return " ".join(filter(None, plain_characters(name).split(" ")))


def _plain(found: re.Match[str]) -> str:
    import unicodedata  # a tenth of a millisecond, for what few texts hold

    plain = unicodedata.normalize("NFKC", found.group())
    return plain if len(plain) == 1 else found.group()
