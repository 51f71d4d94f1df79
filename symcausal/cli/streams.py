"""The standard streams, any of which may be closed, full, or unable to encode what is written.

Main definitions
----------------
put : write a result to standard output, all of it, or refuse.
say : tell something on standard error, if anybody listens.
taken : the bytes on standard input.
listens : whether standard error is a terminal.
finish : see that the end of the process finds nothing that it cannot write.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from errno import EAGAIN

from symcausal.controls import escaped
from symcausal.errors import UsageError
from symcausal.hints import TextIO

_WHERE = "standard output"


def put(text: str, *, literal: bool = False) -> None:
    """Write a result to standard output at once.

    Parameters
    ----------
    text : str
        What is written.
    literal : bool
        Whether programs read it, so that control characters are kept; a terminal gets none.

    Raises
    ------
    UsageError
        If nobody reads it, its encoding lacks a character, or there is no space left.
    """
    stream = sys.stdout
    if stream is None:
        raise UsageError(f"cannot write to {_WHERE}: it is closed", hint="-o FILE writes to a file")
    try:
        if not literal or stream.isatty():
            text = escaped(text)
        _write_whole(stream, text)
    except UnicodeEncodeError as error:
        sign = error.object[error.start]
        raise UsageError(
            f"cannot write to {_WHERE}: its encoding {stream.encoding} has no U+{ord(sign):04X}",
            hint="set PYTHONIOENCODING=utf-8, or write to a file with -o FILE",
        ) from None
    except (OSError, ValueError) as error:
        raise unwritten(error) from None


def _write_whole(stream: TextIO, text: str) -> None:
    """Write all of a text, or, if the encoding lacks a character, nothing.

    The stream itself would write what stands before that character; and where buffers are switched
    off (``PYTHONUNBUFFERED``) it takes a part that was written before a pipe broke for the whole.
    """
    data = text.replace("\n", os.linesep).encode(
        stream.encoding or "utf-8", stream.errors or "strict"
    )
    stream.flush()
    below = getattr(stream, "buffer", None)
    if below is None:  # a stream in memory
        stream.write(text)
        return
    left = memoryview(data)
    while left:
        written = below.write(left)
        if written is None:
            raise BlockingIOError(EAGAIN, "it is full")
        left = left[written:]
    below.flush()


def unwritten(error: OSError | ValueError) -> UsageError:
    """What to say where standard output does not take what is written."""
    if isinstance(error, BrokenPipeError):
        return UsageError(f"cannot write to {_WHERE}: whoever read it has stopped")
    reason = error.strerror if isinstance(error, OSError) else "it is closed"
    return UsageError(f"cannot write to {_WHERE}: {reason or error}")


def say(text: str, *, end: str = "\n", literal: bool = False) -> None:
    """Tell something on standard error; where nobody listens the exit status has to do."""
    stream = sys.stderr
    if stream is None:
        return
    try:
        stream.write((text if literal else escaped(text)) + end)
        stream.flush()
    except (OSError, ValueError):
        _silence(stream)


def taken(most: int) -> bytes:
    """The bytes on standard input, or as many as wanted.

    Raises
    ------
    UsageError
        If it is closed or cannot be read.
    """
    if sys.stdin is None:
        raise UsageError("standard input is closed")
    try:
        return sys.stdin.buffer.read(most)
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot read standard input: {error}") from None


def listens() -> bool:
    """Whether standard error is a terminal."""
    return sys.stderr is not None and not sys.stderr.closed and sys.stderr.isatty()


def finish() -> None:
    """Write what is left for standard output; if that cannot be, nobody complains at the end."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError):
        _silence(sys.stdout)


def _silence(stream: TextIO) -> None:
    """Let what is still in a stream's buffer go nowhere."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
