"""Pages in Chromium, without a window: what sticks out of a screen, and the colours of a page.

Main definitions
----------------
PROGRAM : the browser's command; None where there is none.
faults : what a reader of a screen would have to slide for, or would not see at all.
colours : what the reader's choice of light or dark makes of a page.
looks : how a browser computes one aspect of some elements.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
PROGRAM = next(filter(None, map(shutil.which, NAMES)), None)
HEIGHT = 900

# Put into the page around the frames. A frame is as wide as a screen, which a window may not be.
_MEASURE = r"""
function faults(page) {
  const found = [], root = page.documentElement, width = root.clientWidth;
  const told = (e, why) => found.push(
    `${why}: <${e.tagName.toLowerCase()} class="${e.getAttribute("class") || ""}"> ` +
    e.textContent.replace(/\s+/g, " ").slice(0, 60));
  if (root.scrollWidth > width) found.push(`the page is ${root.scrollWidth} wide`);
  for (const e of page.body.querySelectorAll("*")) {
    if (e.closest("annotation, style, svg *, details:not([open]) > :not(summary)")) continue;
    const box = e.getBoundingClientRect(), look = page.defaultView.getComputedStyle(e);
    if (look.display === "contents") continue;
    // a table whose rows are paragraphs says its heads in front of its entries
    const cells = e.closest("thead") ? e.closest("table").querySelectorAll("[data-head]") : [];
    const before = cell => page.defaultView.getComputedStyle(cell, "::before").content;
    if ([...cells].some(cell => before(cell).includes(cell.dataset.head))) continue;
    if (!box.width && !box.height) {
      if (!e.matches(ALLOWED_TO_BE_NOTHING)) told(e, "not shown");
      continue;
    }
    if (box.left < -1 || box.right > width + 1) told(e, "off the screen");
    if (look.overflowX !== "visible" && e.scrollWidth > e.clientWidth + 1) told(e, "cut");
    const cell = e.parentElement.closest(".body, .left, .reason, td, th");
    if (cell && e.matches("math, span")) {
      const outer = cell.getBoundingClientRect();
      if (box.left < outer.left - 2 || box.right > outer.right + 2) told(e, "out of its cell");
    }
  }
  return found;
}
const ALLOWED_TO_BE_NOTHING = "semantics, mspace, mrow, br, wbr, col, mtext, mo, div";
"""


def faults(pages: Mapping[str, str], width: int, *, opened: bool = True) -> dict[str, list[str]]:
    """What is too wide or not shown of some pages on a screen, by their names.

    Parameters
    ----------
    pages : mapping of str to str
        Whole pages in HTML, without scripts.
    width : int
        The width of the screen in pixels.
    opened : bool
        Whether everything that can be unfolded is.
    """
    open_all = "document.querySelectorAll('details').forEach(d => d.open = true);"
    script = f"""{_MEASURE}
    addEventListener("load", () => {{
      const found = {{}};
      for (const frame of document.querySelectorAll("iframe")) {{
        const page = frame.contentDocument;
        if ({str(opened).lower()}) {open_all.replace("document", "page")}
        found[frame.title] = faults(page);
      }}
      document.getElementById("found").textContent = JSON.stringify(found);
    }});"""
    return _found(_framed(pages, width), script)


def colours(page: str, *, dark: bool) -> tuple[str, str]:
    """The colours of a page's words and of its paper, as the browser computes them."""
    script = """
    addEventListener("load", () => {
      const page = document.querySelector("iframe").contentDocument;
      const look = page.defaultView.getComputedStyle(page.body);
      document.getElementById("found").textContent =
        JSON.stringify([look.color, look.backgroundColor]);
    });"""
    ink, paper = _found(_framed({"page": page}, 800), script, dark=dark)
    return ink, paper


def looks(page: str, width: int, chosen: str, part: str, aspect: str) -> list[str]:
    """One aspect of a part, such as ``::before``, of the elements that a selector chooses."""
    script = f"""
    addEventListener("load", () => {{
      const page = document.querySelector("iframe").contentDocument;
      document.getElementById("found").textContent = JSON.stringify(
        [...page.querySelectorAll({json.dumps(chosen)})].map(
          e => page.defaultView.getComputedStyle(e, {json.dumps(part)})[{json.dumps(aspect)}]));
    }});"""
    found = _found(_framed({"page": page}, width), script)
    assert isinstance(found, list)
    return found


def _framed(pages: Mapping[str, str], width: int) -> str:
    look = f"border:0;display:block;width:{width}px;height:{HEIGHT}px"
    return "\n".join(
        f'<iframe style="{look}" title="{html.escape(name)}" srcdoc="{html.escape(page)}"></iframe>'
        for name, page in pages.items()
    )


def _around(frames: str, script: str) -> str:
    head = '<!DOCTYPE html><meta charset="utf-8"><body style="margin:0">'
    return f'{head}<pre id="found" hidden></pre>{frames}<script>{script}</script>'


def _found(frames: str, script: str, *, dark: bool = False) -> object:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "frames.html"
        source.write_text(_around(frames, script), encoding="utf-8")
        dom = _run("--dump-dom", source, dark=dark)
    answer = re.search(r'<pre id="found"[^>]*>(.*?)</pre>', dom, re.DOTALL)
    assert answer is not None, dom[:500]
    return json.loads(html.unescape(answer[1]))


def _run(*arguments: object, dark: bool) -> str:
    assert PROGRAM is not None, "Chromium is not installed"
    *options, source = arguments
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [
            PROGRAM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", f"--user-data-dir={profile}", "--hide-scrollbars",
            f"--blink-settings=preferredColorScheme={0 if dark else 1}",
            *map(str, options), Path(str(source)).as_uri(),
        ]  # fmt: skip
        ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert ended.returncode == 0, ended.stderr[-2000:]
    return ended.stdout
