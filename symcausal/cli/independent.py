"""``symcausal independent``."""

from __future__ import annotations

import click

from symcausal.cli.exits import answer_no, reported
from symcausal.cli.options import emit, format_option, load_model, output_option


@click.command("independent")
@click.argument("model")
@click.argument("statement")
@format_option("text", "json")
@output_option
@reported
def command(model: str, statement: str, shape: str, output: str | None) -> None:
    """Decide whether the arrows of MODEL make STATEMENT true; exit status 3 if not.

    Example: symcausal independent student.model "D _||_ L | G"
    """
    answer = load_model(model).independence(statement)
    emit(answer.to(shape), output)
    if not answer.holds:
        answer_no()
