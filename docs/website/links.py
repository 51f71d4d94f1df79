"""Whether the links of a built site lead somewhere, and whether it stands on its own.

Main definitions
----------------
faults : what is wrong with the pages of a folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LOADS = {  # what a browser fetches without being asked
    ("audio", "src"), ("embed", "src"), ("iframe", "src"), ("image", "href"), ("img", "src"),
    ("img", "srcset"), ("input", "src"), ("link", "href"), ("object", "data"), ("script", "src"),
    ("source", "src"), ("source", "srcset"), ("use", "href"), ("video", "poster"), ("video", "src"),
}  # fmt: skip
_NO_FETCH = {"canonical", "next", "prev", "alternate", "edit"}  # links that name, and load nothing
_OF_STYLE = re.compile(r"""url\(\s*['"]?([^'")]+)|@import\s+['"]([^'"]+)""")


class PageReader(HTMLParser):
    """The addresses and the anchors of a page.

    Attributes
    ----------
    loaded, linked : list of str
        What is fetched with the page; where its links lead.
    anchors : set of str
        What a link may point at.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.linked: list[str] = []
        self.anchors: set[str] = set()
        self._in_style = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element loads, links to, and is called."""
        known = dict(attrs)
        self._in_style = tag == "style"
        names = set((known.get("rel") or "").split())
        for name, value in attrs:
            if value is None:
                continue
            if name in ("id", "name"):
                self.anchors.add(value)
            if (tag, name) in _LOADS and not names & _NO_FETCH:
                self.loaded.append(value)
            elif tag == "a" and name == "href":
                self.linked.append(value)
            elif name == "style":
                self.loaded += styled(value)

    def handle_data(self, data: str) -> None:
        """Note what a style loads."""
        if self._in_style:
            self.loaded += styled(data)


def styled(text: str) -> list[str]:
    """Return the addresses that a style sheet loads."""
    return [one or other for one, other in _OF_STYLE.findall(text)]


def faults(site: Path) -> list[str]:
    """Return every dead link, and everything that would be loaded from another place."""
    pages = {
        path.resolve(): PageReader(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }
    found = [f"{site} has no pages"] * (not pages)
    for path, page in pages.items():
        for address in page.loaded:
            found += _fault(site, path, address, pages, loaded=True)
        for address in page.linked:
            found += _fault(site, path, address, pages, loaded=False)
    for path in sorted(site.rglob("*.css")):
        for address in styled(path.read_text(encoding="utf-8")):
            found += _fault(site, path.resolve(), address, pages, loaded=True)
    return sorted(set(found))


def _fault(
    site: Path, path: Path, address: str, pages: dict[Path, PageReader], *, loaded: bool
) -> Iterator[str]:
    parts = urlsplit(address)
    where = path.relative_to(site.resolve())
    if parts.scheme in ("data", "javascript", "mailto"):
        return
    if parts.scheme or parts.netloc:
        if loaded:
            yield f"{where}: loads {address} from outside"
        return
    target = path
    if parts.path:
        base = site.resolve() if parts.path.startswith("/") else path.parent
        target = (base / unquote(parts.path).lstrip("/")).resolve()
    if target.is_dir():
        target /= "index.html"
    if not target.is_file():
        # KaTeX names fonts in other formats as a second choice to those that are there
        second = loaded and target.suffix in (".ttf", ".woff")
        if not (second and target.with_suffix(".woff2").is_file()):
            yield f"{where}: {address} leads nowhere"
    elif (
        parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].anchors
    ):
        yield f"{where}: {address} has no such place"
