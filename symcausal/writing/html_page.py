"""Web pages of their own: complete in one file, without scripts and without anything to download.

Main definitions
----------------
page : a whole page around fragments.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcausal.writing.mathml import escaped

STYLE = """\
body { font-family: Georgia, serif; max-width: 56rem; margin: 2rem auto; padding: 0 1rem; }
math { font-size: 1.1em; }
math[display="block"] { margin: 0.6rem 0; }
.derivation { margin: 1.2rem 0; overflow-x: auto; }
.derivation mtext { color: #555; font-size: 0.9em; }
.derivation details { margin: 0.2rem 0 0.2rem 1.5rem; color: #333; }
.derivation summary { cursor: pointer; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { padding: 0.2rem 0.8rem; border-bottom: 1px solid #ddd; text-align: right; }
th { text-align: left; font-weight: normal; }
"""


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
            f"<style>\n{STYLE}</style>",
            "</head>",
            "<body>",
            *fragments,
            "</body>",
            "</html>",
            "",
        ]
    )
