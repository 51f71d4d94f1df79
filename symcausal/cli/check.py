"""``symcausal check``."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import click

from symcausal.cli.exits import BAD_INPUT, OUT_OF_BUDGET, reported
from symcausal.cli.options import emit, format_option, load_model, output_option

A_CLAIM_FAILS = 1
BETWEEN_WORDS = 0.2  # seconds


@click.command("check")
@click.argument("files", nargs=-1, required=True)
@click.option("--model", help="A model file or text, for notes that declare none.")
@click.option("--strict", is_flag=True, help="An undecided or unreadable claim counts as failing.")
@click.option(
    "--budget", type=click.FloatRange(min=0.01), default=2.0, show_default=True,
    help="Seconds for one claim.",
)  # fmt: skip
@format_option("text", "json", "github")
@output_option
@reported
def command(
    files: tuple[str, ...],
    model: str | None,
    strict: bool,
    budget: float,
    shape: str,
    output: str | None,
) -> None:
    """Judge every equals sign in FILES: Markdown, LaTeX, notebooks, plain text, folders, or -.

    Exit status 1 if a claim fails; else 2 if a file or a model in it cannot be read, 4 if the
    budget of a claim ran out. Example:
    symcausal check --model student.model notes.md
    """
    from symcausal.check.notes import check_files

    shared = None if model is None else load_model(model)
    report = check_files(
        files,
        shared.network if shared else None,
        given=shared.given if shared else (),
        budget=budget,
        progress=_told() if sys.stderr.isatty() else None,
    )
    if sys.stderr.isatty():
        click.echo("\r\033[K", err=True, nl=False)
    emit(report.to(shape), output)
    if report.failed(strict=strict):
        sys.exit(A_CLAIM_FAILS)
    if report.bad_input:
        sys.exit(BAD_INPUT)
    if report.out_of_budget:
        sys.exit(OUT_OF_BUDGET)


def _told() -> Callable[[str, int, int], None]:
    """What to say on a terminal while long files are read: a few times a second, on one line."""
    last = time.monotonic()

    def tell(name: str, done: int, count: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last > BETWEEN_WORDS:
            last = now
            click.echo(f"\r\033[K{name[-60:]}: {done} of {count} passages", err=True, nl=False)

    return tell
