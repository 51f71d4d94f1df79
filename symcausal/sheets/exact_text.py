"""The text of a file as its bytes have it: encoding, byte-order mark and ends of lines are kept.

Main definitions
----------------
ExactText : a text in lines, and how it is encoded.
LineChange : other lines for those from one up to another, which stays, counted from zero.
replaced : a text some of whose lines have changed.
replacements : the changes with their new lines as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from symcausal.errors import UsageError
from symcausal.hints import TypeAlias
from symcausal.network.formats.encodings import decoded, encoding_of
from symcausal.patterns import late
from symcausal.record import record

LineChange: TypeAlias = tuple[int, int, Sequence[str]]

_LINE = late(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_ENDS = "\r\n"


def replaced(lines: Sequence[str], changes: Iterable[LineChange]) -> str:
    r"""Return a text with other lines in the place of some; they end as the line before them does.

    Examples
    --------
    >>> replaced(["a\r\n", "b\n", "c"], [(1, 2, ["x", "y"])])
    'a\r\nx\r\ny\r\nc'
    """
    kept: list[str] = []
    at = 0
    for first, last, new in replacements(lines, changes):
        kept += (*lines[at:first], new)
        at = last
    return "".join([*kept, *lines[at:]])


def replacements(
    lines: Sequence[str], changes: Iterable[LineChange]
) -> Iterator[tuple[int, int, str]]:
    """Yield changes with the new lines of each as one text."""
    for first, last, new in changes:
        before = lines[first - 1]
        ending = before[len(before.rstrip(_ENDS)) :]
        yield first, last, "".join(line + ending for line in new)


@record
class ExactText:
    """A text in lines, each with its own end, and how it was encoded.

    Attributes
    ----------
    lines : tuple of str
        With their ends; the last may have none.
    mark : bytes
        The byte-order mark.
    encoding : str
        What the file declares, else UTF-8.
    """

    lines: tuple[str, ...]
    mark: bytes = b""
    encoding: str = "utf-8"

    @classmethod
    def of(cls, data: bytes, name: str) -> ExactText:
        """Return the text that some bytes are.

        Raises
        ------
        UsageError
            If they are no text in UTF-8 or in the encoding that they declare.
        """
        decoded(data, name, guess=False)
        mark, encoding = encoding_of(data, name)
        text = data[len(mark) :].decode(encoding or "utf-8")
        return cls(tuple(_LINE.findall(text)), mark, encoding or "utf-8")

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self.lines)

    def to_bytes(self, text: str, name: str) -> bytes:
        """Return the bytes of another text, encoded as this one.

        Raises
        ------
        UsageError
            If its encoding lacks a character.
        """
        try:
            return self.mark + text.encode(self.encoding)
        except UnicodeEncodeError as error:
            sign = f"U+{ord(error.object[error.start]):04X}"
            raise UsageError(
                f"cannot write {name}: {self.encoding} has no {sign}", hint="save it as UTF-8"
            ) from None
