"""The text of a file's bytes, in the encoding that the file declares.

Main definitions
----------------
decoded : the text of a file, and what a reader should know about its encoding.
encoding_of : the byte-order mark and the encoding that the bytes of a file declare.
"""

from __future__ import annotations

import codecs

from symcausal.errors import UsageError
from symcausal.patterns import late
from symcausal.record import record

_DECLARED = late(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
#: What a byte-order mark declares; the longer marks begin as the shorter ones do.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: How a document in XML, "<?", begins in encodings that ASCII is no part of; to encode it loads all four.
_STARTS = (
    (b"<\0\0\0?\0\0\0", "utf-32-le"),
    (b"\0\0\0<\0\0\0?", "utf-32-be"),
    (b"<\0?\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
)
_WESTERN = "cp1252"
_SAVE = "save it as UTF-8"


@record
class Decoded:
    """A file's text, with line ends as newlines, and a note where its encoding was guessed."""

    text: str
    note: str = ""


def decoded(data: bytes, name: str, *, guess: bool = True) -> Decoded:
    """Read bytes as UTF-8, or as a byte-order mark or an XML declaration says.

    Parameters
    ----------
    data : bytes
        The whole file.
    name : str
        What messages call it.
    guess : bool
        Whether other bytes are read as Windows-1252, with a note, as older programs write; they are
        refused else.

    Raises
    ------
    UsageError
        If the bytes are no text in the encoding, which the message names.
    """
    mark, encoding = encoding_of(data, name)
    body = data[len(mark) :]
    if not encoding and b"\0" in body[:1000]:
        raise _with_zeros(body, name)
    try:
        return Decoded(_lines(body.decode(encoding or "utf-8")))
    except UnicodeDecodeError as error:
        if encoding:
            raise UsageError(
                f"{name} is no {_title(encoding)} text: byte {error.start + len(mark)} is none of it",
                hint=_SAVE,
            ) from None
        return _without_declaration(body, name, error.start, guess=guess)


def encoding_of(data: bytes, name: str) -> tuple[bytes, str]:
    r"""Return the byte-order mark of a file, and the encoding that it declares, if any.

    Examples
    --------
    >>> encoding_of("\ufeffä".encode("utf-16-le"), "notes.md")
    (b'\xff\xfe', 'utf-16-le')

    Raises
    ------
    UsageError
        If it declares an encoding that nobody knows.
    """
    mark, encoding = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", ""))
    if not encoding:
        encoding = next((e for start, e in _STARTS if data.startswith(start)), "")
    start = data.lstrip()[:300]
    declared = _DECLARED.match(start) if start.startswith(b"<?xml") else None
    if not encoding and declared is not None:
        encoding = declared[1].decode("ascii")
        if not _is_text(encoding):
            raise UsageError(
                f"{name} says that it is in '{encoding}'", expected="a known encoding", hint=_SAVE
            )
    return mark, encoding


def _without_declaration(data: bytes, name: str, at: int, *, guess: bool) -> Decoded:
    """Bytes that are no UTF-8 and say nothing of themselves."""
    line = data.count(b"\n", 0, at) + 1
    if guess:
        text = data.decode(_WESTERN, "replace")
        return Decoded(
            _lines(text),
            f"no UTF-8 (line {line}), read as Windows-1252; if names look odd, {_SAVE}",
        )
    raise UsageError(
        f"{name} is not UTF-8 text: byte {data[at]:#04x} in line {line}",
        expected="UTF-8",
        hint=f"it looks like Latin-1 or Windows-1252: {_SAVE}, or iconv -f WINDOWS-1252 -t UTF-8",
    )


def _with_zeros(data: bytes, name: str) -> UsageError:
    """The fault of bytes among which there are zeros: another encoding, or no text at all."""
    for encoding in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        try:
            start = data[: min(1000, len(data) // 4 * 4)].decode(encoding)
        except UnicodeDecodeError:
            continue
        if all(sign.isprintable() or sign in "\t\r\n" for sign in start):
            return UsageError(
                f"{name} looks like {_title(encoding)} without a byte-order mark",
                expected="UTF-8",
                hint=f"{_SAVE}, or iconv -f {_title(encoding)}{encoding[-2:].upper()} -t UTF-8",
            )
    return UsageError(f"{name} is no text", expected="text in UTF-8")


def _is_text(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding)._is_text_encoding
    except LookupError:
        return False


def _title(encoding: str) -> str:
    return encoding.upper().removesuffix("-LE").removesuffix("-BE")


def _lines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
