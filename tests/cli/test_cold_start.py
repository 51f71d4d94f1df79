"""The everyday commands start without the heavy packages.

``import sympy`` alone takes thirty times as long as a bare interpreter, so this is what makes a
command feel immediate. Times are measured by ``tests/benchmarks/startup.py``; what is imported is
a fact, and tested here.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.command_line import ENTRY, EXAMPLES, ROOT

HEAVY = ("sympy", "networkx", "numpy", "lark", "mpmath")
STUDENT = str(EXAMPLES / "student.model")

# However the command ends, the last line of the error stream then names what it imported.
LISTING = f"""
import json, sys
try:
    {ENTRY.replace("; ", chr(10) + "    ")}
finally:
    print(chr(10) + json.dumps([m for m in {HEAVY!r} if m in sys.modules]), file=sys.stderr)
"""


def imported(*arguments: str) -> tuple[int, list[str]]:
    """Exit status of a command, and the heavy packages that it imported."""
    ended = subprocess.run(
        [sys.executable, "-c", LISTING, *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in ended.stderr, ended.stderr
    names: list[str] = json.loads(ended.stderr.splitlines()[-1])
    return ended.returncode, names


@pytest.mark.parametrize(
    ("status", "arguments"),
    [
        (0, ["--help"]),
        (0, ["derive", "--help"]),
        (0, ["derive", STUDENT, "P(L=strong | do(G=A))", "--format", "text"]),
        (0, ["derive", STUDENT, "P(I | L)", "--format", "latex"]),
        (0, ["derive", "I -> G <- D; I -> S; G -> L", "P(L)"]),
        (2, ["derive", STUDENT, "P(L | do(G=A)"]),
        (2, ["derive", STUDENT, "P(L | G=Z)"]),
        (2, ["derive", "I -> G -> I", "P(G)"]),
        (2, ["derive", "no-such-file.model", "P(G)"]),
        (2, ["drive", STUDENT, "P(G)"]),
    ],
    ids=lambda value: " ".join(value[:1]) if isinstance(value, list) else str(value),
)
def test_starts_without_heavy_packages(status: int, arguments: list[str]) -> None:
    assert imported(*arguments) == (status, [])


def test_import_of_the_package_is_light() -> None:
    code = f"import sys, symcausal; print([m for m in {HEAVY!r} if m in sys.modules])"
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert ended.stdout.strip() == "[]"


def test_the_listing_would_notice() -> None:
    """The test above is no proof unless it can fail."""
    code = LISTING.replace("import json, sys", "import json, sys, networkx", 1)
    ended = subprocess.run(
        [sys.executable, "-c", code, "--help"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert json.loads(ended.stderr.splitlines()[-1]) == ["networkx"]
