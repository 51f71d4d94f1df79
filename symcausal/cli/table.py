"""``symcausal table``."""

from __future__ import annotations

import click

from symcausal.cli.exits import reported
from symcausal.cli.options import emit, format_option, load_model, output_option


@click.command("table")
@click.argument("model")
@click.argument("what", required=False)
@format_option("text", "markdown", "latex", "html", "csv", "json")
@output_option
@reported
def command(model: str, what: str | None, shape: str, output: str | None) -> None:
    """Print the tables of MODEL: all, that of one variable, or that of a query.

    Example: symcausal table student.model G; symcausal table student.model "P(L | I)"
    """
    emit(load_model(model).table(what).to(shape), output)
