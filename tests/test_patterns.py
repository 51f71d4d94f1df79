"""Patterns that are compiled late answer as patterns do, and no mistake in one waits for a user."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

import symcausal
from symcausal.patterns import _Late, late

# Modules that end the process, or want what only developers have.
NOT_IMPORTED = {"symcausal.__main__"}

COMPILED = """
import importlib, re, sys
real, compiled = re._compiler.compile, []
def noted(pattern, flags=0):
    frame = sys._getframe(1)
    while frame.f_globals["__name__"] == "re":
        frame = frame.f_back
    compiled.append(frame.f_globals["__name__"])
    return real(pattern, flags)
re._compiler.compile = noted
for name in sys.argv[1:]:
    importlib.import_module(name)
print(*{name for name in compiled if name.startswith("symcausal")})
"""


def modules() -> list[str]:
    found = pkgutil.walk_packages(symcausal.__path__, "symcausal.")
    return [one.name for one in found if one.name not in NOT_IMPORTED]


def compiling(*names: str) -> str:
    """The own modules that compile a pattern while these are imported."""
    ended = subprocess.run(
        [sys.executable, "-c", COMPILED, *names],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    return ended.stdout.strip()


def test_no_module_compiles_a_pattern_while_it_is_imported() -> None:
    assert compiling(*modules()) == ""


def test_every_pattern_compiles() -> None:
    for name in modules():
        importlib.import_module(name)
    stated = [one for one in gc.get_objects() if isinstance(one, _Late)]
    assert len(stated) > 300
    for one in stated:
        assert one.groups >= 0, one.pattern


@given(
    st.sampled_from([r"\s*(a|b)", r"[ab]+(?P<c>c)?", r"b\b", "(?s)."]),
    st.text("abc \n", max_size=8),
)
def test_answers_as_a_pattern(written: str, text: str) -> None:
    lazy, compiled = late(written, re.IGNORECASE), re.compile(written, re.IGNORECASE)
    assert lazy.findall(text) == compiled.findall(text)
    assert lazy.sub("-", text) == compiled.sub("-", text)
    mine, theirs = lazy.match(text, 1), compiled.match(text, 1)
    assert (mine and mine.span()) == (theirs and theirs.span())
    assert (lazy.pattern, lazy.flags) == (compiled.pattern, compiled.flags)
