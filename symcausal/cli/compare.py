"""``symcausal compare``."""

from __future__ import annotations

import click

from symcausal.cli.exits import reported
from symcausal.cli.options import emit, format_option, load_model, notation_option, output_option


@click.command("compare")
@click.argument("model")
@click.argument("left")
@click.argument("right")
@format_option("text", "latex", "markdown", "html", "json")
@notation_option
@output_option
@reported
def command(
    model: str, left: str, right: str, shape: str, notation: str | None, output: str | None
) -> None:
    """Say whether LEFT and RIGHT agree over MODEL, along which paths they differ, and the repair.

    Example: symcausal compare student.model "P(S | do(G=A))" "P(S | G=A)"
    """
    emit(load_model(model).compare(left, right).to(shape, notation=notation), output)
