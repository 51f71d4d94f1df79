"""The everyday commands start without the heavy packages, and load little else.

``import sympy`` alone takes thirty times as long as a bare interpreter, so this is what makes a
command feel immediate. Times are measured by ``tests/benchmarks/startup.py``; what is imported, and
how many regular expressions are compiled, are facts, and tested here.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.command_line import EXAMPLES, ROOT

HEAVY = ("sympy", "networkx", "numpy", "lark", "mpmath")
STUDENT = str(EXAMPLES / "student.model")

# However the command ends, the last line of the error stream then names what it imported.
LISTING = f"""
import json, sys
try:
    sys.argv[0] = "symcausal"
    from symcausal.cli.main import main
    main()
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


# Of the standard library: what takes as long as ten of our modules, and what imports it.
SLOW = (
    "argparse", "ast", "asyncio", "dataclasses", "email", "gettext", "importlib.metadata", "inspect",
    "json", "locale", "logging", "pathlib", "random", "shutil", "statistics", "subprocess", "tempfile",
    "textwrap", "typing", "unicodedata", "urllib", "zipfile",
)  # fmt: skip
LOADED = """
import re, sys
real, compiled = re._compiler.compile, []
def noted(*given):
    frame = sys._getframe(1)
    while frame.f_globals["__name__"] in ("re", "symcausal.patterns"):
        frame = frame.f_back
    if frame.f_globals["__name__"].startswith("symcausal"):
        compiled.append(given)
    return real(*given)
re._compiler.compile = noted
before = {*sys.modules}
try:
    sys.argv[0] = "symcausal"
    from symcausal.cli.main import main
    main()
finally:
    new = sorted({*sys.modules} - before)
    print(chr(10) + str(len(compiled)), *new, file=sys.stderr)
"""


def loaded(*arguments: str) -> tuple[list[str], int]:
    """The modules that a command loads, and how many regular expressions our own compile."""
    ended = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments],
        capture_output=True, text=True, cwd=ROOT, timeout=120, check=False,
    )  # fmt: skip
    patterns, *modules = ended.stderr.splitlines()[-1].split()
    return modules, int(patterns)


# Each module takes a quarter of a millisecond, a pattern as long; a bare interpreter takes twenty. Where
# a number has to grow, say in the commit what the command needs the modules for.
@pytest.mark.parametrize(
    ("arguments", "most_modules", "most_patterns"),
    [
        (["--help"], 8, 0),
        (["derive", "A -> B", "P(B | A)"], 102, 13),
        (["derive", STUDENT, "P(L=strong | do(G=A))"], 106, 12),
        (["derive", STUDENT, "P(L=strong | do(G=A)"], 106, 10),
        (["derive", str(EXAMPLES / "asia.bif"), "P(Cancer=yes | Dyspnoea=yes)"], 111, 19),
        (["evaluate", STUDENT, "P(L=strong | do(G=A))"], 125, 9),
    ],
    ids=["help", "derive a text", "derive a file", "a mistake", "derive asia", "evaluate"],
)
def test_loads_few_modules_and_compiles_few_patterns(
    arguments: list[str], most_modules: int, most_patterns: int
) -> None:
    modules, patterns = loaded(*arguments)
    own = [name for name in modules if name.startswith("symcausal")]
    assert len(own) <= most_modules, own
    assert patterns <= most_patterns
    assert [name for name in SLOW if name in modules] == []


def test_slow_modules_would_be_noticed() -> None:
    modules, _ = loaded("derive", "--help")
    assert "argparse" in modules
