"""The pages of the site: those of the documentation, with what their commands show.

On a page a comment ``<!-- shown: symcausal draw ... -->`` stands for the picture or the Markdown that the
command prints; and what a transcript prints with ``--format markdown`` is shown below it as it looks.

Main definitions
----------------
written : write the pages into a folder.
shown : a page with what its commands show.
filled : notes with the answers that they ask for.
with_examples : a page with copies of the examples that it links to.
COMMENT : finds the comments.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from docs.website import api, references

DOCS = Path(__file__).resolve().parent.parent
ROOT = DOCS.parent
EXAMPLES = ROOT / "examples"
LECTURE = EXAMPLES / "lecture.md"
COMMENT = re.compile(r"^<!-- shown: (symcausal .*?) -->$", re.MULTILINE)
_TRANSCRIPT = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (.*(?:\\\n.*)*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
_EXAMPLE = re.compile(r"\]\((?:\.\./)+examples/([\w.-]+)\)")
_MARKDOWN = "--format markdown"


def written(folder: Path) -> dict[str, str]:
    """Write all pages into a folder; return their titles by their paths, in the order of the index."""
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    order = re.findall(r"\]\(([\w./-]+\.md)\)", index)
    sources = {
        page.relative_to(DOCS).as_posix(): page.read_text(encoding="utf-8")
        for page in DOCS.rglob("*.md")
    }
    sources["tutorial/0-lecture.md"] = filled(LECTURE)
    texts = {
        name: with_examples(shown(sources[name]), name, folder)
        for name in sorted(sources, key=lambda n: (order.index(n) if n in order else -1, n))
    }
    texts |= api.pages() | {"sources.md": references.page()}
    for name, text in texts.items():
        page = folder / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(references.linked(text, "../" * name.count("/")), encoding="utf-8")
    return {name: title(text) for name, text in texts.items()}


def filled(notes: Path) -> str:
    """Return notes with the answers that they ask for."""
    with TemporaryDirectory() as folder:
        copy = Path(shutil.copy(notes, folder))
        run(f"symcausal fill {shlex.quote(str(copy))}")
        return copy.read_text(encoding="utf-8")


def with_examples(text: str, name: str, folder: Path) -> str:
    """Return a page with links to copies of the examples that it links to; write the copies."""

    def copied(found: re.Match[str]) -> str:
        (folder / EXAMPLES.name).mkdir(parents=True, exist_ok=True)
        shutil.copy(EXAMPLES / found[1], folder / EXAMPLES.name)
        return f"]({'../' * name.count('/')}{EXAMPLES.name}/{found[1]})"

    return _EXAMPLE.sub(copied, text)


def title(text: str) -> str:
    """Return the first heading of a page."""
    found = re.search(r"^# (.+)$", text, re.MULTILINE)
    return found[1].replace("`", "") if found else "symcausal"


def shown(text: str) -> str:
    """Return a page with what its commands show."""
    text = _TRANSCRIPT.sub(lambda found: found[0] + _rendered(found[1]), text)
    return COMMENT.sub(lambda found: _framed(run(found[1])), text)


def run(command: str) -> str:
    """Run a command in the folder of examples, and return what it prints; status 3 is an answer, too.

    Raises
    ------
    RuntimeError
        If the command fails.
    """
    words = shlex.split(command)
    ended = subprocess.run(
        [sys.executable, "-m", *words],
        capture_output=True, text=True, encoding="utf-8", cwd=EXAMPLES, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    if ended.returncode not in (0, 3):
        raise RuntimeError(f"{command}\n{ended.stderr}")
    return ended.stdout


def _rendered(transcript: str) -> str:
    """What the commands of a transcript print as Markdown, as Markdown."""
    return "".join(
        "\n\n" + _framed(printed)
        for command, printed in _COMMAND.findall(transcript)
        if _MARKDOWN in command
    )


def _framed(printed: str) -> str:
    if printed.lstrip().startswith("<svg"):
        return '<div class="shown">' + " ".join(printed.split("\n")) + "</div>"
    return f'<div class="shown" markdown="1">\n\n{printed.strip()}\n\n</div>'
