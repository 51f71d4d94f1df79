"""``symcausal check``."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence

from symcausal.algebra.deadline import CLAIM_BUDGET
from symcausal.cli.exits import BAD_INPUT, OUT_OF_BUDGET
from symcausal.cli.options import emit, load_model
from symcausal.cli.parser import Arguments, Parser
from symcausal.cli.progress import told, wipe
from symcausal.cli.streams import listens, put, say
from symcausal.controls import in_a_line
from symcausal.errors import SymcausalError, UsageError
from symcausal.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from symcausal.notes.reporting.claim import FileReport
    from symcausal.notes.reporting.report import Report

A_CLAIM_FAILS = 1
MOST_NAMED = 5


def run(chosen: Arguments) -> None:
    """Judge every equals sign in FILES: Markdown, LaTeX, notebooks, web pages, text, folders, or -.

    Exit status 1 if a claim fails; else 2 if a file or a model in it cannot be read, 4 if the
    budget of a claim, or of the whole run, ran out.

    Examples
    --------
    symcausal check --model student.model notes.md
    symcausal check --strict --format github notes.md
    """
    if chosen.rescale and chosen.model is None:
        raise UsageError("--rescale without --model", expected="the file of another tool")
    if chosen.watch:
        _watch(chosen)
        return
    report = _checked(chosen.files, chosen)
    _told(report, chosen)
    if report.failed(strict=chosen.strict):
        sys.exit(A_CLAIM_FAILS)
    if report.bad_input or report.internal_error:
        sys.exit(BAD_INPUT)
    if report.out_of_budget:
        sys.exit(OUT_OF_BUDGET)


def _checked(files: Sequence[str], chosen: Arguments) -> Report:
    from symcausal.notes.check import check_files

    shared = None if chosen.model is None else load_model(chosen)
    report = check_files(
        files,
        shared.content if shared else None,
        budget=chosen.budget,
        total=chosen.total,
        infer=not chosen.no_infer,
        single=chosen.worlds == "single",
        explains=chosen.verbose or chosen.shape != "text",
        progress=told(_passages) if listens() else None,
    )
    if listens():
        wipe()
    return report


def _told(report: Report, chosen: Arguments) -> None:
    """Print what was found."""
    emit(report.to(chosen.shape, verbose=chosen.verbose), chosen)
    for words in report.silence:
        say(words)


# -- watching -----------------------------------------------------------------------------------
def _watch(
    chosen: Arguments,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], str] = lambda: time.strftime("%H:%M:%S"),
) -> None:
    """Check again whenever a file changes, or the model; until somebody interrupts it.

    Of what did not change the last report is shown again.
    """
    from symcausal.cli.watching import changes
    from symcausal.notes.check import notes_in
    from symcausal.notes.reporting.report import Report

    if "-" in (*chosen.files, chosen.model):
        raise UsageError("--watch with standard input", expected="files or folders")
    missing = next((path for path in chosen.files if not os.path.exists(path)), None)
    if missing is not None:
        raise UsageError(f"cannot watch {missing!r}: there is no such file or folder")
    models = [chosen.model] if chosen.model and os.path.exists(chosen.model) else []
    reports: dict[str, FileReport] = {}
    for change in changes([*models, *chosen.files], notes_in, sleep):
        there = [name for name in change.there if name not in models]
        anew = any(name in models for name in change.new)
        names = there if anew else [name for name in change.new if name in there]
        _separate(clock(), [*names, *(f"{name} is gone" for name in change.gone)], chosen)
        for name in names:
            reports[name] = _again(name, chosen)
        _told(Report(tuple(reports[name] for name in there)), chosen)


def _again(name: str, chosen: Arguments) -> FileReport:
    """The report on one file; that it cannot be read now does not end the watch."""
    from symcausal.notes.reporting.claim import Fault, FileReport

    try:
        (report,) = _checked([name], chosen).files
    except SymcausalError as error:
        return FileReport(name, (), (Fault(str(error)),), bad_input=True)
    return report


def _separate(now: str, names: Sequence[str], chosen: Arguments) -> None:
    """Say when what is checked, where that is no part of what a program reads."""
    more = len(names) - MOST_NAMED
    shown = ", ".join(
        [*map(in_a_line, names[:MOST_NAMED]), *([f"{more} more"] if more > 0 else [])]
    )
    line = f"---- {now} {shown or 'nothing to check'} ----\n"
    if chosen.shape in ("text", "lines", "github") and chosen.output in (None, "-"):
        put(line)
    else:
        say(line, end="")


def _passages(name: str, done: int, count: int) -> str:
    return f"{name[-60:]}: {done} of {count} passages"


def seconds(text: str) -> float:
    """A budget; the parser reports what is wrong with it."""
    value = float(text)
    if not 0.01 <= value < float("inf"):
        from argparse import (
            ArgumentTypeError,  # only for a mistake, which the standard parser tells
        )

        raise ArgumentTypeError("a budget is at least 0.01 seconds")
    return value


PARSER = Parser("check", run.__doc__ or "")
PARSER.add_argument(
    "files", nargs="+", help="Markdown, LaTeX, notebooks, web pages, plain text, folders, or -"
)
PARSER.add_argument("--model", help="a model file or text, for notes that declare none")
PARSER.add_rescale()
PARSER.add_argument(
    "--strict", action="store_true", help="an undecided or unreadable claim counts as failing"
)
PARSER.add_argument(
    "--no-infer", action="store_true", help="take no graph from notes that declare no model"
)
PARSER.add_worlds()
PARSER.add_argument(
    "--budget", type=seconds, default=CLAIM_BUDGET, metavar="SECONDS",
    help="processor time for one claim (default: %(default)s)",
)  # fmt: skip
PARSER.add_argument(
    "--total", type=seconds, default=300.0, metavar="SECONDS",
    help="processor time for the whole run (default: %(default)s)",
)  # fmt: skip
PARSER.add_argument(
    "-v", "--verbose", action="store_true", help="list what holds, too, and on what evidence"
)
PARSER.add_argument(
    "--watch", action="store_true", help="check again whenever a file changes, until interrupted"
)
PARSER.add_format("github", "lines", "sarif")
