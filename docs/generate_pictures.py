"""The pictures of the README, made by our own printers: ``python -m docs.generate_pictures`` writes them.

Each has a white ground of its own, so that it is read on a dark page as well as on a light one.

Main definitions
----------------
PICTURES : what is drawn, by the name of the file.
sources : what each picture is made of, which says whether a file is current.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

from symcausal import Model

HERE = Path(__file__).resolve().parent
FOLDER = HERE / "pictures"
MODEL = HERE.parent / "examples" / "confounded.model"
QUERY = "P(L | do(G=A))"
_MARGIN = 12.0
_SHEET = """\
#set page(width: auto, height: auto, margin: 10pt, fill: white)
#set text(size: 12pt)
"""
_VIEW = re.compile(r'viewBox="([^"]*)"')


def sources() -> dict[str, str]:
    """Return what the pictures are made of: the SVG of a graph, the Typst of a derivation."""
    model = Model.load(MODEL)
    return {
        "graph.svg": str(model.draw("svg")),
        "derivation.svg": _SHEET + model.derive(QUERY).to_typst(width="none"),
    }


def pictures() -> dict[str, str]:
    """Return the text of each picture."""
    made = sources()
    return {
        "graph.svg": on_white(made["graph.svg"]),
        "derivation.svg": described(compiled(made["derivation.svg"]), made["derivation.svg"]),
    }


def on_white(svg: str) -> str:
    """Return a picture in black on a white ground that is a little wider than itself."""
    found = _VIEW.search(svg)
    assert found is not None, "a picture without a size"
    x, y, width, height = map(float, found[1].split())
    x, y, width, height = x - _MARGIN, y - _MARGIN, width + 2 * _MARGIN, height + 2 * _MARGIN
    frame = f"{x:g} {y:g} {width:g} {height:g}"
    head, _, body = svg.partition(">")
    head = _VIEW.sub(f'viewBox="{frame}"', head)
    head = re.sub(r' width="[^"]*"', f' width="{width:g}"', head)
    head = re.sub(r' height="[^"]*"', f' height="{height:g}"', head)
    size = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
    ground = f'<rect {size} fill="#fff" stroke="none"/>'
    return f'{head} color="#000">\n{ground}{body.rstrip()}\n'


def compiled(source: str) -> str:
    """Return a page of Typst as SVG."""
    import typst  # no other page needs it

    made: bytes = typst.compile(source.encode("utf-8"), format="svg")
    return made.decode("utf-8")


def described(svg: str, source: str) -> str:
    """Return a picture that holds its source: what Typst makes of one changes with its version."""
    head, _, body = svg.partition(">")
    return f"{head}><desc>{html.escape(source, quote=False)}</desc>{body.rstrip()}\n"


def source_of(svg: str) -> str:
    """Return the source that a picture holds."""
    found = re.search(r"<desc>(.*?)</desc>", svg, re.DOTALL)
    return html.unescape(found[1]) if found else ""


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in pictures().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
