"""``symcausal derive``."""

from __future__ import annotations

import click

from symcausal.cli.exits import reported
from symcausal.cli.options import emit, format_option, load_model, notation_option, output_option


@click.command("derive")
@click.argument("model")
@click.argument("query")
@click.option(
    "--detail", type=click.Choice(["brief", "lecture", "full"]), default="lecture", show_default=True,
    help="One line, the lines of a lecture, or every single step.",
)  # fmt: skip
@format_option("text", "latex", "markdown", "html", "json")
@notation_option
@output_option
@reported
def command(
    model: str, query: str, detail: str, shape: str, notation: str | None, output: str | None
) -> None:
    """Derive QUERY in MODEL step by step; every step is checked before it is shown.

    Example: symcausal derive "I -> G <- D; I -> S; G -> L" "P(L | do(G=1))"
    """
    loaded = load_model(model)
    derivation = loaded.derive(query, detail=detail)
    emit(derivation.to(shape, notation=notation), output)
