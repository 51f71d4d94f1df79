"""Functions in other languages, run: generated text in, numbers out.

Main definitions
----------------
Case : a generated function, and arguments to call it with.
RUNNERS : for each language what calls all cases in one process.
missing : what has to be installed for a language.
"""

from __future__ import annotations

import json
import math
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

COMMANDS = {"c": "cc", "javascript": "node", "r": "Rscript", "julia": "julia"}


class Case(NamedTuple):
    """A function, how many values it gives, and points in the order of its arguments."""

    name: str
    source: str
    several: bool
    values: int
    points: Sequence[Sequence[Fraction]]


Results = list[list[list[float]]]  # by case, point and value


def missing(language: str) -> str | None:
    """The command or package that a language needs and this machine lacks."""
    if language == "numpy" and find_spec("numpy") is None:
        return "numpy"
    command = COMMANDS.get(language)
    return command if command and shutil.which(command) is None else None


def run(language: str, cases: Sequence[Case], folder: Path) -> Results:
    """Call every function at every point; what is not defined is not a number."""
    lines = iter(RUNNERS[language](cases, folder).split("\n"))
    return [
        [[_number(next(lines)) for _ in range(case.values)] for _ in case.points] for case in cases
    ]


def run_exactly(cases: Sequence[Case], folder: Path) -> list[list[list[Fraction | None]]]:
    """Call plain Python with fractions; ``None`` where something is divided by zero."""
    calls = "\n".join(
        _python_calls(case, "Fraction({0.numerator}, {0.denominator})") for case in cases
    )
    text = "from fractions import Fraction\n" + _sources(cases) + _PRINTING + calls
    lines = iter(_output([sys.executable, str(_written(folder, "exact.py", text))]).split("\n"))
    return [
        [
            [None if (w := next(lines)) == "nan" else Fraction(w) for _ in range(case.values)]
            for _ in case.points
        ]
        for case in cases
    ]


def _number(word: str) -> float:
    if word.lower() in ("na", "nan", "-nan"):
        return math.nan
    return float(Fraction(word)) if "/" in word else float(word)


_PRINTING = """
def show(function, arguments, several, count):
    try:
        values = function(*arguments) if several else (function(*arguments),)
    except ZeroDivisionError:
        values = (None,) * count
    for value in values:
        print("nan" if value is None else value)
"""


def _sources(cases: Sequence[Case]) -> str:
    return "\n".join(case.source for case in cases)


def _python_calls(case: Case, number: str) -> str:
    return "\n".join(
        f"show({case.name}, [{', '.join(number.format(x) for x in point)}], "
        f"{case.several}, {case.values})"
        for point in case.points
    )


def _python(cases: Sequence[Case], folder: Path) -> str:
    number = "{0.numerator} / {0.denominator}"
    text = _sources(cases) + _PRINTING + "\n".join(_python_calls(c, number) for c in cases)
    return _output([sys.executable, str(_written(folder, "plain.py", text))])


def _numpy(cases: Sequence[Case], folder: Path) -> str:
    """Every function is called once, with all points in arrays."""
    calls = []
    for case in cases:
        columns = [[float(x) for x in column] for column in zip(*case.points, strict=True)]
        calls.append(
            f"for row in np.broadcast_to({case.name}(*map(np.array, {columns!r})), "
            f"({len(case.points)},{f' {case.values},' if case.several else ''})):\n"
            "    print(*np.atleast_1d(row), sep='\\n')"
        )
    text = _sources(cases) + "\n" + "\n".join(calls)
    return _output([sys.executable, "-W", "error", str(_written(folder, "arrays.py", text))])


def _c(cases: Sequence[Case], folder: Path) -> str:
    calls = []
    for case in cases:
        for point in case.points:
            numbers = ", ".join(repr(float(x)) for x in point) or "0.0"
            call = f"{case.name}(x, v);" if case.several else f"v[0] = {case.name}(x);"
            calls.append(
                f"{{ const double x[] = {{{numbers}}}; double v[{case.values}]; {call}\n"
                f'  for (int i = 0; i < {case.values}; i++) printf("%.17g\\n", v[i]); }}'
            )
    text = (
        f"#include <stdio.h>\n{_sources(cases)}\nint main(void) {{\n" + "\n".join(calls) + "\n}\n"
    )
    path, program = _written(folder, "cells.c", text), folder / "cells"
    strict = ["-std=c99", "-pedantic", "-Wall", "-Wextra", "-Werror"]
    _output(["cc", *strict, str(path), "-o", str(program), "-lm"])
    return _output([str(program)])


def _javascript(cases: Sequence[Case], folder: Path) -> str:
    calls = [
        f"for (const v of [{case.name}({json.dumps([float(x) for x in point])[1:-1]})].flat()) "
        "console.log(String(v));"
        for case in cases
        for point in case.points
    ]
    text = '"use strict";\n' + _sources(cases) + "\n".join(calls)
    return _output(["node", str(_written(folder, "cells.js", text))])


def _r(cases: Sequence[Case], folder: Path) -> str:
    calls = [
        f"for (v in {case.name}({json.dumps([float(x) for x in point])[1:-1]})) "
        'cat(format(v, digits = 17), "\\n", sep = "")'
        for case in cases
        for point in case.points
    ]
    return _output(
        ["Rscript", str(_written(folder, "cells.R", _sources(cases) + "\n".join(calls)))]
    )


def _julia(cases: Sequence[Case], folder: Path) -> str:
    calls = [
        f"foreach(v -> println(Float64(v)), "
        f"{case.name}({json.dumps([float(x) for x in point])[1:-1]}))"
        for case in cases
        for point in case.points
    ]
    return _output(["julia", str(_written(folder, "cells.jl", _sources(cases) + "\n".join(calls)))])


RUNNERS: dict[str, Callable[[Sequence[Case], Path], str]] = {
    "python": _python,
    "numpy": _numpy,
    "c": _c,
    "javascript": _javascript,
    "r": _r,
    "julia": _julia,
}


def _written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _output(command: list[str]) -> str:
    ended = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert ended.returncode == 0, ended.stderr[-3000:]
    return ended.stdout
