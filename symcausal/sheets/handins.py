"""The files that are handed in: of a folder each one, read or not.

Main definitions
----------------
handins : the files that some paths name, and why those that are not read are not.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from symcausal.errors import UsageError
from symcausal.notes.check import ENDINGS

_READ = (*ENDINGS, ".html", ".htm", ".xhtml", ".txt", ".text")
_EXPECTED = "Markdown, LaTeX, a notebook, a web page or plain text"


def handins(paths: Iterable[str]) -> list[tuple[str, str]]:
    """Return each file with the reason why it is not read, which is empty if it is.

    A file that is named is always read. In a folder names that begin with a dot are those of tools,
    unless their ending is one of notes.

    Raises
    ------
    UsageError
        If there is no such file, or if a folder is empty.
    """
    found: list[tuple[str, str]] = []
    for path in paths:
        if os.path.isdir(path):
            inside = sorted(_inside(path))
            if not inside:
                raise UsageError(f"no file in {path}", expected="a folder of hand-ins")
            found += [(name, _reason(name)) for name in inside]
        elif path == "-" or os.path.exists(path):
            found.append((path, ""))
        else:
            raise UsageError(f"no file {path!r}", expected="a hand-in, or a folder of them")
    return found


def _inside(path: str) -> Iterator[str]:
    for folder, inside, names in os.walk(path, onerror=_unlisted):
        inside[:] = [name for name in inside if not name.startswith(".")]
        for name in names:
            if not name.startswith(".") or name.casefold().endswith(ENDINGS):
                yield os.path.join(folder, name)


def _unlisted(error: OSError) -> None:
    raise UsageError(f"cannot read {error.filename!r}: {error.strerror}") from None


def _reason(name: str) -> str:
    if not os.path.exists(name):
        return "it is a link to nothing"
    if not os.path.isfile(name):
        return "it is no file"  # a pipe would be waited for
    ending = os.path.splitext(name)[1]
    if ending and not name.casefold().endswith(_READ):
        return f"a file ending in {ending} is none of {_EXPECTED}"
    return ""
