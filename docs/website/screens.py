"""Open every page of the built site in Chromium: ``python -m docs.website.screens``.

A page must fit screens of 390 and 1280 pixels without sliding sideways, must have typeset its
formulas, and may ask nobody but its own server for anything.

Main definitions
----------------
main : open the pages, and say what is wrong.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from docs.website.build import SITE

WIDTHS = (390, 1280)
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip
# Each page is opened in a frame as wide as the screen; a frame is the screen to the page in it.
_SHEET = """\
<!doctype html><meta charset="utf-8"><pre id="told"></pre>
<script>
const pages = %s, widths = %s, told = [];
async function open(page, width) {
  const frame = document.createElement("iframe");
  frame.style.cssText = "border: 0; height: 800px; width: " + width + "px";
  frame.src = page;
  document.body.append(frame);
  await new Promise((done) => { frame.onload = done; });
  await new Promise((done) => setTimeout(done, 60));
  const inside = frame.contentDocument, root = inside.documentElement;
  const formulas = [...inside.querySelectorAll(".arithmatex")];
  told.push({
    page, width, title: inside.title, needs: root.scrollWidth,
    plain: formulas.filter((one) => !one.querySelector(".katex")).length,
    wrong: inside.querySelectorAll(".katex-error").length,
    outside: frame.contentWindow.performance.getEntriesByType("resource")
      .map((one) => one.name).filter((name) => !name.startsWith(location.origin)),
  });
  frame.remove();
}
(async function () {
  for (const page of pages) for (const width of widths) await open(page, width);
  document.getElementById("told").textContent = JSON.stringify(told);
  document.title = "done";
})();
</script>
"""


def browser() -> str | None:
    """Return the browser that is installed, if there is one."""
    return next((found for name in _BROWSERS if (found := shutil.which(name))), None)


def measured(site: Path, command: str) -> list[dict[str, object]]:
    """Return what each page says of itself, at each width.

    Raises
    ------
    RuntimeError
        If the browser does not tell.
    """
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    sheet = site / "screens.html"
    sheet.write_text(_SHEET % (json.dumps(pages), json.dumps(WIDTHS)), encoding="utf-8")
    serve = partial(_Quiet, directory=str(site))
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), serve) as server,
        tempfile.TemporaryDirectory() as home,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        ended = subprocess.run(
            [command, *_OPTIONS, f"--user-data-dir={home}", "--window-size=1400,1000",
             "--virtual-time-budget=600000", "--dump-dom",
             f"http://127.0.0.1:{server.server_port}/{sheet.name}"],
            capture_output=True, text=True, encoding="utf-8", timeout=300, check=False,
        )  # fmt: skip
        server.shutdown()
    sheet.unlink()
    found = re.search(r'<pre id="told">(.+?)</pre>', ended.stdout, re.DOTALL)
    if found is None:
        raise RuntimeError(f"{command} said nothing of the pages: {ended.stderr[-500:]}")
    told: list[dict[str, object]] = json.loads(html.unescape(found[1]))
    return told


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of what was asked for."""


def wrong(told: dict[str, object]) -> list[str]:
    """Return what is wrong with a page at a width."""
    page, width, needs = told["page"], told["width"], told["needs"]
    found = []
    if isinstance(needs, int) and isinstance(width, int) and needs > width:
        found.append(f"{page}: needs {needs} pixels of a screen of {width}")
    if told["plain"] or told["wrong"]:
        found.append(f"{page}: {told['plain']} formulas not typeset, {told['wrong']} refused")
    asked = told["outside"]
    found += [f"{page}: asks {name}" for name in asked] if isinstance(asked, list) else []
    return found


def main() -> None:
    """Open all pages; status 1 if anything is wrong, 2 if there is no browser."""
    command = browser()
    if command is None:
        sys.stderr.write("there is no Chromium to open the pages in\n")
        sys.exit(2)
    pages = measured(SITE, command)
    faults = sorted({fault for told in pages for fault in wrong(told)})
    sys.stdout.write("".join(f"{fault}\n" for fault in faults))
    sys.stdout.write(f"{len(pages)} openings, {len(faults)} faults\n")
    sys.exit(bool(faults or not pages))


if __name__ == "__main__":
    main()
