"""Open every page of the built site in Chromium: ``python -m docs.website.screens``.

A page must fit screens of 390 and 1280 pixels without sliding sideways, must have typeset its
formulas, and may ask nobody but its own server for anything.

Main definitions
----------------
main : open the pages, and say what is wrong.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from docs.website.build import SITE

WIDTHS = (390, 1280)
_SHEET_NAME = "screens-sheet"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-dev-shm-usage", "--remote-debugging-port=0",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip
# Seconds a browser may take for one page, and browsers in a row that may say nothing of one.
_PATIENCE, _STARTS = 60.0, 3
# Each page is opened in a frame as wide as the screen; a frame is the screen to the page in it.
# What it measures it sends to the server at once: a browser that stops loses one page, not all.
_SHEET = """\
<!doctype html><meta charset="utf-8">
<script>
const openings = %s;
async function measure(page, width) {
  const frame = document.createElement("iframe");
  frame.style.cssText = "border: 0; height: 800px; width: " + width + "px";
  const loaded = new Promise((done) => { frame.onload = done; });
  frame.src = page;
  document.body.append(frame);
  await loaded;
  await new Promise((done) => setTimeout(done, 60));
  const inside = frame.contentDocument, root = inside.documentElement;
  const formulas = [...inside.querySelectorAll(".arithmatex")];
  const told = {
    page, width, title: inside.title, needs: root.scrollWidth,
    plain: formulas.filter((one) => !one.querySelector(".katex")).length,
    wrong: inside.querySelectorAll(".katex-error").length,
    outside: frame.contentWindow.performance.getEntriesByType("resource")
      .map((one) => one.name).filter((name) => !name.startsWith(location.origin)),
  };
  frame.remove();
  return told;
}
window.onload = async function () {
  for (const [page, width] of openings) {
    const told = await measure(page, width);
    await fetch("/", { method: "POST", body: JSON.stringify(told) });
  }
};
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
        If one browser after the other says nothing of the same page.
    """
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    openings = [(page, width) for page in pages for width in WIDTHS]
    told: list[dict[str, object]] = []
    starts = 0
    with _Server(site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        while len(told) < len(openings):
            before = len(told)
            server.sheet = _SHEET % json.dumps(openings[before:])
            told += _from_browser(command, server, len(openings) - before)
            starts = 0 if len(told) > before else starts + 1
            if starts == _STARTS:
                page, width = openings[before]
                raise RuntimeError(f"{command} says nothing of {page} at {width} pixels")
        server.shutdown()
    return told


def _from_browser(command: str, server: _Server, wanted: int) -> list[dict[str, object]]:
    """Return what one browser tells: all that is wanted, or what came before it fell silent."""
    told: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        started = subprocess.Popen(
            [command, *_OPTIONS, f"--user-data-dir={home}", "--window-size=1400,1000",
             f"http://127.0.0.1:{server.server_port}/{_SHEET_NAME}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            while len(told) < wanted:
                told.append(server.told.get(timeout=_PATIENCE))
        except queue.Empty:
            sys.stderr.write(f"{command} fell silent after {len(told)} openings\n")
        finally:
            os.killpg(started.pid, signal.SIGKILL)
            started.wait()
    return told


class _Server(ThreadingHTTPServer):
    """The site, the sheet that opens its pages, and what the sheet sends back."""

    def __init__(self, site: Path) -> None:
        super().__init__(("127.0.0.1", 0), partial(_Pages, directory=str(site)))
        self.sheet = ""
        self.told: queue.Queue[dict[str, object]] = queue.Queue()


class _Pages(SimpleHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        """Send the sheet, or a file of the site."""
        if self.path == f"/{_SHEET_NAME}":
            self._send(self.server.sheet.encode())
        else:
            super().do_GET()

    def do_POST(self) -> None:
        """Take what the sheet tells of one page."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.told.put(json.loads(body))
        self._send(b"")

    def _send(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

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
