"""Files that are written: whole or not at all, through links, and into what is no file.

Main definitions
----------------
write_whole : some bytes or text to a path.
writing : a binary file to write to in pieces, which gets its name when it is complete.
printing : the same, or standard output where no path is given.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from symcausal.errors import UsageError
from symcausal.hints import BinaryIO
from symcausal.patterns import late

_MOST_LINKS = 40
_DESCRIPTOR = late(r"/dev/(?:(?P<name>stdout|stderr)|fd/(?P<one>\d+))|/proc/self/fd/(?P<two>\d+)")
_STANDARD = {"stdout": 1, "stderr": 2}


def write_whole(path: str, content: str | bytes) -> None:
    """Write a file, which appears complete or not at all; a text as UTF-8.

    Raises
    ------
    UsageError
        If it cannot be written, or the text has what UTF-8 has not.
    """
    try:
        data = content.encode("utf-8") if isinstance(content, str) else content
    except UnicodeEncodeError as error:
        sign = f"U+{ord(error.object[error.start]):04X}"
        raise UsageError(f"cannot write {path}: UTF-8 has no {sign}") from None
    with writing(path) as file:
        file.write(data)


@contextmanager
def writing(path: str) -> Iterator[BinaryIO]:
    """Open a path to be written.

    A link is followed. A file that is there keeps its permissions and is replaced when the new one is
    complete; if anything goes wrong it stays, and nothing else is left. A pipe or a device, such as
    ``/dev/stdout`` or what ``>(...)`` names, is written into.

    Raises
    ------
    UsageError
        If it cannot be opened or written.
    """
    try:
        with _into(path) if _is_stream(target := _followed(path)) else _beside(target) as file:
            yield file
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror or error}") from None


@contextmanager
def printing(path: str | None) -> Iterator[BinaryIO]:
    """Open a path to be written, as :func:`writing` does, or standard output if there is none.

    Raises
    ------
    UsageError
        If it cannot be opened or written.
    """
    if path is not None:
        with writing(path) as file:
            yield file
        return
    if sys.stdout is None:
        raise UsageError("cannot write to standard output: it is closed")
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except OSError as error:
        raise UsageError(f"cannot write to standard output: {error.strerror or error}") from None


def _followed(path: str) -> str:
    """What a link leads to in the end, or the name of a stream on the way."""
    for _ in range(_MOST_LINKS):
        if _DESCRIPTOR.fullmatch(path) or not os.path.islink(path):
            break
        path = os.path.join(os.path.dirname(path), os.readlink(path))
    return path


def _is_stream(path: str) -> bool:
    if _DESCRIPTOR.fullmatch(path):
        return True
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)
    except FileNotFoundError:
        return False


@contextmanager
def _into(path: str) -> Iterator[BinaryIO]:
    path = _followed(path)
    named = _DESCRIPTOR.fullmatch(path)
    if named:  # opened by its name, a file behind it would begin anew
        number = _STANDARD.get(named["name"] or "", int(named["one"] or named["two"] or 0))
        opened = os.dup(number)
    else:
        opened = os.open(path, os.O_WRONLY)
    with open(opened, "wb") as file:
        yield file


@contextmanager
def _beside(path: str) -> Iterator[BinaryIO]:
    """A part beside the file, which takes its place in the end."""
    part = os.path.join(os.path.dirname(path), f".symcausal-{os.urandom(8).hex()}.part")
    mode = None
    with suppress(FileNotFoundError):
        mode = stat.S_IMODE(os.stat(path).st_mode)
        if not os.access(path, os.W_OK):
            raise PermissionError(13, "it may not be written")
    opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with open(opened, "wb") as file:
            yield file
        if mode is not None:
            os.chmod(part, mode)
        os.replace(part, path)
    except BaseException:
        with suppress(OSError):
            os.remove(part)
        raise
