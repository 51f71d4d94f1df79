"""``symcausal fill``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack

from symcausal.cli.exits import BAD_INPUT, OUT_OF_BUDGET
from symcausal.cli.gap_answers import answer
from symcausal.cli.options import load_model
from symcausal.cli.parser import Arguments, Parser
from symcausal.cli.streams import put, say
from symcausal.errors import LimitError, SymcausalError, UsageError
from symcausal.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from symcausal.model import Model
    from symcausal.sheets.fill import FilledNotes

STALE = 1


def run(chosen: Arguments) -> None:
    """Write answers into FILES: Markdown, Quarto, LaTeX or notebooks.

    An answer stands between two comments, each alone in its line:

    <!-- symcausal: derive P(L | do(G=A)) --detail full -->
    <!-- symcausal: end -->

    In LaTeX they are "% symcausal: ..."; in notebooks they stand in a Markdown cell. The model is the
    last one that the notes declare, or that of --model. All else in a file keeps every byte; if
    one question cannot be answered, no file is written. With --check nothing is ever written, and
    the exit status is 1 if an answer is missing or stale.

    Examples
    --------
    symcausal fill lecture.md
    symcausal fill --check lecture.md
    """
    if chosen.rescale and chosen.model is None:
        raise UsageError("--rescale without --model", expected="the file of another tool")
    shared = None if chosen.model is None else load_model(chosen)
    filled = _filled(chosen.files, shared)
    if not chosen.check:
        _write([file for file in filled if file.stale])
    put("".join(_told(file, checked=chosen.check) for file in filled))
    if chosen.check and any(file.stale for file in filled):
        sys.exit(STALE)


def _write(files: Sequence[FilledNotes]) -> None:
    """Write all files, or none if one cannot be: they get their names when all are complete."""
    from symcausal.output import writing

    with ExitStack() as opened:
        for file in files:
            opened.enter_context(writing(file.path)).write(file.data)


def _filled(paths: Sequence[str], shared: Model | None) -> list[FilledNotes]:
    """All files with their answers; what is wrong with some is told for each."""
    from symcausal.notes.files.reading import read_bytes
    from symcausal.sheets.fill import fill

    filled, errors = [], []
    for path in dict.fromkeys(paths):
        try:
            if path == "-":
                raise UsageError("'-' as a file to be filled", expected="the name of a file")
            if os.path.exists(path) and not (os.path.isfile(path) or os.path.isdir(path)):
                raise UsageError(f"{path} is no file", expected="a file to be read and written")
            filled.append(fill(read_bytes(path), path, answer, shared))
        except SymcausalError as error:
            errors.append(error)
    if errors:
        say("\n".join(map(str, errors)))
        spent = all(isinstance(problem, LimitError) for problem in errors)
        sys.exit(OUT_OF_BUDGET if spent else BAD_INPUT)
    return filled


def _told(file: FilledNotes, *, checked: bool) -> str:
    answers = f"{file.count} answer{'s' if file.count != 1 else ''}"
    if not file.stale:
        return f"{file.path}: {answers}, up to date\n"
    if not checked:
        return f"{file.path}: {answers}, {len(file.stale)} written\n"
    lines = (f"{asked.position}: stale: {asked.text}\n" for asked in file.stale)
    return "".join(lines)


PARSER = Parser("fill", run.__doc__ or "")
PARSER.add_argument("files", nargs="+", help="Markdown, Quarto, LaTeX or notebooks")
PARSER.add_argument(
    "--check", action="store_true", help="write nothing; exit status 1 if an answer is stale"
)
PARSER.add_argument("--model", help="a model file or text, for notes that declare none")
PARSER.add_rescale()
