"""What stands in a document, before it is printed in any format.

Main definitions
----------------
DocumentFacts : a title and blocks.
only_text : a text, or an error where it is handed in.
"""

from __future__ import annotations

from symcausal.errors import UsageError
from symcausal.record import record
from symcausal.writing.blocks import Block
from symcausal.writing.style import PLAIN, Style


def only_text(words: object, what: str) -> str:
    """Return a text as it is, and refuse anything else."""
    if not isinstance(words, str):
        raise UsageError(f"a {type(words).__name__} as {what}", expected="text")
    return words


@record
class DocumentFacts:
    """What a printer is given; :class:`symcausal.writing.document.Document` names the fields."""

    title: str
    blocks: tuple[Block, ...] = ()
    style: Style = PLAIN
    page_title: str = "symcausal"

    def __post_init__(self) -> None:
        only_text(self.title, "a title")
