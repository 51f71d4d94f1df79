"""``symcausal check``."""

from __future__ import annotations

import sys

from symcausal.algebra.deadline import CLAIM_BUDGET
from symcausal.cli.exits import BAD_INPUT, OUT_OF_BUDGET
from symcausal.cli.options import emit, load_model
from symcausal.cli.parser import Arguments, Parser
from symcausal.cli.progress import told, wipe
from symcausal.cli.streams import listens, say
from symcausal.errors import UsageError

A_CLAIM_FAILS = 1


def run(chosen: Arguments) -> None:
    """Judge every equals sign in FILES: Markdown, LaTeX, notebooks, web pages, text, folders, or -.

    Exit status 1 if a claim fails; else 2 if a file or a model in it cannot be read, 4 if the
    budget of a claim, or of the whole run, ran out.

    Examples
    --------
    symcausal check --model student.model notes.md
    symcausal check --strict --format github notes.md
    """
    from symcausal.notes.check import check_files

    if chosen.rescale and chosen.model is None:
        raise UsageError("--rescale without --model", expected="the file of another tool")
    shared = None if chosen.model is None else load_model(chosen)
    report = check_files(
        chosen.files,
        shared.content if shared else None,
        budget=chosen.budget,
        total=chosen.total,
        infer=not chosen.no_infer,
        progress=told(_passages) if listens() else None,
    )
    if listens():
        wipe()
    emit(report.to(chosen.shape, verbose=chosen.verbose), chosen)
    for words in report.silence:
        say(words)
    if report.failed(strict=chosen.strict):
        sys.exit(A_CLAIM_FAILS)
    if report.bad_input or report.internal_error:
        sys.exit(BAD_INPUT)
    if report.out_of_budget:
        sys.exit(OUT_OF_BUDGET)


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
PARSER.add_format("github", "lines", "sarif")
