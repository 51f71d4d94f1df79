r"""Characters that command a terminal, written out, so that a text does nothing but be read.

A file's name and the words of notes may hold anything: an escape sequence that recolours or clears the
screen, a return that overwrites a line, marks that turn the order of writing round. Messages show them as
``\u001b``, which JSON reads as the character itself.

Main definitions
----------------
escaped : a text with its control characters written out.
in_a_line : the same for a name, which has no ends of lines either.
"""

from __future__ import annotations

import re

# All controls but tab and line feed; marks of direction; separators of lines; halves of surrogate
# pairs, which stand for the bytes of a file's name that are no text.
_CONTROL = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"


def escaped(text: str) -> str:
    r"""A text in which each control character stands as ``\u`` and four digits.

    Examples
    --------
    >>> print(escaped("notes\r\x1b[2J.md"))
    notes\u000d\u001b[2J.md
    """
    if text.replace("\n", "").isprintable():  # as most are, and none of the characters above is
        return text
    return re.sub(_CONTROL, lambda found: f"\\u{ord(found.group()):04x}", text)


def in_a_line(name: str) -> str:
    """A name with its control characters and its ends of lines written out."""
    return escaped(name).replace("\n", r"\u000a")
