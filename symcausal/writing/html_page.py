"""Web pages of their own: complete in one file, without scripts and without anything to download.

Main definitions
----------------
page : a whole page around parts.
fragment : parts of somebody else's page, with their style.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcausal.writing.html_style import FRAGMENT, PAGE
from symcausal.writing.mathml import escaped


def fragment(parts: Sequence[str]) -> str:
    """Parts with the style that they need, to stand in a page of somebody else's."""
    return "\n".join(['<div class="symcausal"><style>', f"{FRAGMENT}</style>", *parts, "</div>"])


def page(title: str, fragments: Sequence[str]) -> str:
    """A whole HTML page around fragments, complete in one file."""
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escaped(title)}</title>",
            f"<style>\n{PAGE}{FRAGMENT}</style>",
            "</head>",
            "<body>",
            '<main class="symcausal">',
            *fragments,
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )
