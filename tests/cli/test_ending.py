"""A process of the command line ends at once, but not before what others left for its end is done."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.command_line import ENTRY, ROOT

GRAPH = "A -> B"


def ended(before: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A process that runs some code, and then the command line."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", f"{before}\n{ENTRY}", *words],
        capture_output=True, text=True, cwd=ROOT, timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (0, ["derive", GRAPH, "P(B)"]),
        (2, ["derive", GRAPH, "P(C)"]),
        (3, ["independent", GRAPH, "A _||_ B"]),
    ],
)
def test_a_process_ends_at_once_with_its_status(status: int, words: list[str]) -> None:
    """Nothing runs after the command: not even what a module leaves for the end."""
    left = "class Left:\n    def __del__(self): print('taken down')\nleft = Left()"
    found = ended(left, *words)
    assert found.returncode == status
    assert "taken down" not in found.stdout
    assert found.stdout if status != 2 else found.stderr


@pytest.mark.parametrize(
    "before",
    [
        "import atexit; atexit.register(print, 'done at the end')",
        "import threading; main_thread = threading.main_thread()\n"
        "threading.Thread(target=lambda: (main_thread.join(), print('done at the end'))).start()",
    ],
    ids=["registered", "in a thread"],
)
def test_what_was_left_for_the_end_is_done(before: str) -> None:
    found = ended(before, "derive", GRAPH, "P(B)")
    assert found.returncode == 0
    assert found.stdout.endswith("done at the end\n")
