"""Files that change while somebody works on them.

They are looked at again and again, which works on every platform, in every folder that a network or a
container lends, and needs no package.

Main definitions
----------------
changes : the names of what changed, each time that something did.
stamps : what tells that a file changed.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress

from symcausal.errors import UsageError
from symcausal.hints import TypeAlias
from symcausal.record import record

BETWEEN_LOOKS = 0.5  # seconds
UNTIL_SETTLED = 0.1
MOST_WAITS = 20  # a file that is written on and on is read all the same

# Time of the last change and size; and the file itself, as editors that save put another in its place.
FileStamp: TypeAlias = tuple[int, int, int]
Find: TypeAlias = Callable[[str], Iterator[str]]


@record
class FileChange:
    """What happened between two looks.

    Attributes
    ----------
    there : tuple of str
        All files that are there now, in their order.
    new : tuple of str
        Those that changed or appeared.
    gone : tuple of str
        Those that are there no longer.
    """

    there: tuple[str, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]


def stamps(paths: Sequence[str], find: Find) -> dict[str, FileStamp]:
    """Return the stamp of each file that is there; of folders, those that ``find`` names."""
    found: dict[str, FileStamp] = {}
    for path in paths:
        with suppress(UsageError, OSError):  # a folder may be empty for a while
            for name in find(path):
                with suppress(OSError, ValueError):
                    seen = os.stat(name)
                    if stat.S_ISREG(seen.st_mode):
                        found[name] = seen.st_mtime_ns, seen.st_size, seen.st_ino
    return found


def changes(
    paths: Sequence[str], find: Find, sleep: Callable[[float], None] = time.sleep
) -> Iterator[FileChange]:
    """Yield what changed in some files and folders, each time that something did: all at first.

    A change is told once it has settled, so that a file which is being written is not read by halves,
    and one that is put in the place of another is not called gone. What changes while a change is being
    worked on is told next.

    Parameters
    ----------
    paths : sequence of str
        Files and folders.
    find : callable
        The files that a path stands for.
    sleep : callable
        Waits some seconds.
    """
    before: Mapping[str, FileStamp] = {}
    now = stamps(paths, find)
    yield FileChange(tuple(now), tuple(now), ())
    while True:
        before = now
        while now == before:
            sleep(BETWEEN_LOOKS)
            now = stamps(paths, find)
        for _ in range(MOST_WAITS):
            sleep(UNTIL_SETTLED)
            later = stamps(paths, find)
            if later == now:
                break
            now = later
        new = tuple(name for name in now if now[name] != before.get(name))
        gone = tuple(name for name in before if name not in now)
        if new or gone:  # it may be as it was again
            yield FileChange(tuple(now), new, gone)
