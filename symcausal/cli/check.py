"""``symcausal check``."""

from __future__ import annotations

import sys

import click

from symcausal.cli.exits import OUT_OF_BUDGET, reported
from symcausal.cli.options import emit, format_option, load_model, output_option

A_CLAIM_FAILS = 1


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

    Exit status 1 if a claim fails, 4 if none does and the budget of one ran out. Example:
    symcausal check --model student.model notes.md
    """
    from symcausal.check.notes import check_files

    shared = None if model is None else load_model(model)
    report = check_files(
        files,
        shared.network if shared else None,
        given=shared.given if shared else (),
        budget=budget,
        progress=sys.stderr.isatty(),
    )
    emit(report.to(shape), output)
    if report.failed(strict=strict):
        sys.exit(A_CLAIM_FAILS)
    if report.out_of_budget:
        sys.exit(OUT_OF_BUDGET)
