"""Compile Typst, and read off a compiled page what stands on it.

Main definitions
----------------
NEEDS_TYPST : the mark of a test that compiles; it is left out where the package is missing, but never
    under CI.
compiled : a page as a PDF.
texts : what pieces of markup say, letter by letter.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from importlib.util import find_spec

import pytest

NEEDS_TYPST = pytest.mark.skipif(
    find_spec("typst") is None and os.environ.get("CI") != "true",
    reason="the package typst is not installed",
)
# The letters of a piece of content; anything that is neither words nor spaces says what it is.
_READ = """
#let said(it) = if type(it) == str { it } else if it.has("text") { it.text } \\
  else if it.has("children") { ("", ..it.children.map(said)).join("") } \\
  else if it.func() == smartquote { "'" } else if it.has("body") { said(it.body) } \\
  else if it == [ ] { " " } else { repr(it.func()) }
""".replace(" \\\n", "")


def compiled(source: str) -> bytes:
    """Compile a page; Typst's own error if it cannot."""
    import typst

    made: bytes = typst.compile(source.encode())
    return made


def texts(pieces: Sequence[str]) -> list[str]:
    """What pieces of markup say, each compiled in brackets of its own."""
    import typst

    lines = "\n".join(f"#metadata(said([{piece}])) <said>" for piece in pieces)
    found = typst.query(f"{_READ}\n{lines}\n".encode(), "<said>", field="value")
    read: list[str] = json.loads(found)
    return read
