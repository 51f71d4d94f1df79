r"""The text of a document that an editor has open, with places as its protocol counts them.

Main definitions
----------------
OpenText : a text, its lines, and the way between offsets and places.
UNITS : how wide a text is in each encoding of places.

Notes
-----
A place is a line and a number of code units in it, both from zero. A line ends in ``\n``, ``\r\n`` or
``\r``, and in nothing else, which :meth:`str.splitlines` sees otherwise.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from symcausal.hints import TypeAlias
from symcausal.notes.reporting.finding import utf16_units
from symcausal.patterns import late

EditorPlace: TypeAlias = tuple[int, int]

_END = late(r"\r\n|\r|\n")


def _utf8_units(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


UNITS: dict[str, Callable[[str], int]] = {
    "utf-8": _utf8_units,
    "utf-16": utf16_units,
    "utf-32": len,
}


class OpenText:
    r"""A text with places in one encoding.

    Parameters
    ----------
    text : str
        All of it.
    encoding : str
        ``utf-8``, ``utf-16`` or ``utf-32``: the units in which places are counted.

    Examples
    --------
    >>> notes = OpenText("one\r\nä😀b", "utf-16")
    >>> notes.place(8), notes.offset((1, 3))
    ((1, 4), 7)
    """

    __slots__ = ("_starts", "_units", "encoding", "text")

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self.text = text
        self.encoding = encoding
        self._units = UNITS[encoding]
        self._starts = [0, *(end.end() for end in _END.finditer(text))]

    def place(self, offset: int) -> EditorPlace:
        """Return the place of a character."""
        line = bisect_right(self._starts, offset) - 1
        return line, self._units(self.text[self._starts[line] : offset])

    def offset(self, place: EditorPlace) -> int:
        """Return the character at a place; behind the end of a line, that end."""
        line, units = place
        if line < 0:
            return 0
        if line >= len(self._starts):
            return len(self.text)
        written = self._line(line)
        return self._starts[line] + self._characters(written, max(0, units))

    def changed(self, start: EditorPlace, end: EditorPlace, new: str) -> OpenText:
        """Return the text with something in the place of a stretch."""
        first, last = sorted((self.offset(start), self.offset(end)))
        return OpenText(self.text[:first] + new + self.text[last:], self.encoding)

    def _line(self, line: int) -> str:
        """A line without its end."""
        start = self._starts[line]
        stop = self._starts[line + 1] if line + 1 < len(self._starts) else len(self.text)
        return self.text[start:stop].rstrip("\r\n")

    def _characters(self, line: str, units: int) -> int:
        """How many characters of a line end within so many units."""
        if self._units(line) == len(line) or self._units is len:
            return min(units, len(line))
        done = 0
        for count, character in enumerate(line):
            done += self._units(character)
            if done > units:
                return count
        return len(line)
