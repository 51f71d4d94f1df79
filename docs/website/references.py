"""The bibliography as a page, and the keys in other pages as links to it.

Main definitions
----------------
page : the page.
linked : a page with its keys linked.
"""

from __future__ import annotations

import re
from pathlib import Path
from unicodedata import normalize

BIBLIOGRAPHY = Path(__file__).resolve().parent.parent / "references.bib"
_ENTRY = re.compile(r"^@\w+\{(\w+),\n(.*?)^\}", re.MULTILINE | re.DOTALL)
_FIELD = re.compile(r"^\s*(\w+)\s*=\s*\{(.*?)\},?$", re.MULTILINE | re.DOTALL)
_KEYS = re.compile(r"\[([A-Z]\w*\d{4}\w?(?:, [A-Z]\w*\d{4}\w?)*)\](?![(\[])")
_CODE = re.compile(r"(^```.*?^```$|`[^`\n]*`)", re.MULTILINE | re.DOTALL)
_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "c": "\u0327",
    "v": "\u030c",
}  # fmt: skip
_ACCENT = re.compile(r"""\{?\\(['`^"~]|[cv](?=[\s{]))\s*(?:\{(\w)\}|(\w))\}?""")
_SOURCE = ("journal", "booktitle", "publisher", "school", "institution", "howpublished")


def entries() -> dict[str, dict[str, str]]:
    """Return the fields of every entry, by its key."""
    text = BIBLIOGRAPHY.read_text(encoding="utf-8")
    return {key: dict(_FIELD.findall(fields)) for key, fields in _ENTRY.findall(text)}


def page() -> str:
    """Return the page, an entry a line, in the order of the keys."""
    lines = ["# Sources\n"]
    for key, fields in sorted(entries().items()):
        where = next((fields[name] for name in _SOURCE if name in fields), "")
        authors = fields.get("author", "").replace(" and ", ", ")
        told = ". ".join(_plain(part) for part in (authors, fields.get("title", ""), where) if part)
        lines.append(f'- <a id="{key}"></a>**{key}.** {told}, {fields.get("year", "")}.\n')
    return "\n".join(lines)


def _plain(field: str) -> str:
    """A field without the signs of LaTeX."""
    field = _ACCENT.sub(lambda m: normalize("NFC", (m[2] or m[3]) + _ACCENTS[m[1]]), field)
    return " ".join(re.sub(r"[{}]", "", field).replace("--", "–").replace("\\&", "&").split())


def linked(text: str, up: str) -> str:
    """Link the keys of a page, and its places in the file of sources, to the page of sources.

    Parameters
    ----------
    text : str
        The page.
    up : str
        The way from the page to the folder of all pages: ``../``.
    """
    known = entries()
    numbers = {
        str(number): line.partition("{")[2].rstrip(",")
        for number, line in enumerate(BIBLIOGRAPHY.read_text("utf-8").splitlines(), 1)
        if line.startswith("@")
    }

    def keys(found: re.Match[str]) -> str:
        named = found[1].split(", ")
        if not set(named) <= known.keys():
            return found[0]
        return "\\[" + ", ".join(f"[{key}]({up}sources.md#{key})" for key in named) + "\\]"

    pieces = _CODE.split(text)
    pieces[::2] = [_KEYS.sub(keys, piece) for piece in pieces[::2]]
    text = "".join(pieces)
    text = re.sub(
        r"\]\((?:\.\./)*references\.bib#L(\d+)\)",
        lambda m: f"]({up}sources.md#{numbers[m[1]]})",
        text,
    )
    return re.sub(r"\]\((?:\.\./)*references\.bib\)", f"]({up}sources.md)", text)
