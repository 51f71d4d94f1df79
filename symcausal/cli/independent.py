"""``symcausal independent``."""

from __future__ import annotations

import click

from symcausal.cli.exits import answer_no, reported
from symcausal.cli.options import emit, format_option, load_model, output_option
from symcausal.errors import UsageError


@click.command("independent")
@click.argument("model")
@click.argument("statement", required=False)
@click.option("--basis", is_flag=True, help="Without a statement: a basis, from which all follow.")
@format_option("text", "latex", "markdown", "json")
@output_option
@reported
def command(model: str, statement: str | None, basis: bool, shape: str, output: str | None) -> None:
    """Decide whether the arrows of MODEL make STATEMENT true; exit status 3 if not.

    Without a statement: list what the arrows imply.

    Example: symcausal independent student.model "D _||_ L | G"
    """
    loaded = load_model(model)
    if statement is None:
        emit(loaded.implications(basis=basis).to(shape), output)
        return
    if basis:
        raise UsageError("--basis with a statement", hint="leave one of them out")
    answer = loaded.independence(statement)
    emit(answer.to(shape), output)
    if not answer.holds:
        answer_no()
