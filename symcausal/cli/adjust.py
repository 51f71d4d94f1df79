"""``symcausal adjust``."""

from __future__ import annotations

import click

from symcausal.cli.exits import answer_no, reported
from symcausal.cli.options import emit, format_option, load_model, output_option


@click.command("adjust")
@click.argument("model")
@click.argument("treatment")
@click.argument("outcome")
@format_option("text", "json")
@output_option
@reported
def command(model: str, treatment: str, outcome: str, shape: str, output: str | None) -> None:
    """List the minimal sets that repair confounding of TREATMENT and OUTCOME in MODEL.

    Several treatments or outcomes are separated by commas. Exit status 3 if there is no set.

    Example: symcausal adjust student.model G L
    """
    answer = load_model(model).adjustment(treatment, outcome)
    emit(answer.to(shape), output)
    if not answer.sets:
        answer_no()
