"""``symcausal evaluate``."""

from __future__ import annotations

import click

from symcausal.cli.exits import reported
from symcausal.cli.options import emit, format_option, load_model, output_option
from symcausal.errors import UsageError


@click.command("evaluate")
@click.argument("model")
@click.argument("query")
@click.option(
    "--set", "numbers", multiple=True, metavar="NAME=NUMBER", help="A parameter's number."
)
@format_option("text", "csv", "json")
@output_option
@reported
def command(
    model: str, query: str, numbers: tuple[str, ...], shape: str, output: str | None
) -> None:
    """Give the exact value of QUERY in MODEL, or its closed form if parameters are open.

    Example: symcausal evaluate student.model "P(I=high | G=C)"
    """
    loaded = load_model(model)
    value = loaded.evaluation(query, _assignments(numbers))
    emit(value.to(shape), output)


def _assignments(numbers: tuple[str, ...]) -> dict[str, str]:
    given = {}
    for text in numbers:
        name, equals, number = text.partition("=")
        if not equals or not name.strip() or not number.strip():
            raise UsageError(
                f"--set {text}", expected="NAME=NUMBER", hint="for example --set q=1/3"
            )
        if name.strip() in given:
            raise UsageError(f"--set gives {name.strip()} twice")
        given[name.strip()] = number.strip()
    return given
