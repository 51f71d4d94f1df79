"""``symcausal identify``."""

from __future__ import annotations

import click

from symcausal.cli.exits import answer_no, reported
from symcausal.cli.options import emit, format_option, load_model, notation_option, output_option


@click.command("identify")
@click.argument("model")
@click.argument("query")
@click.option(
    "--given",
    multiple=True,
    metavar="DISTRIBUTION",
    help='What is known, such as "P(Y, W | do(Z))"; may be repeated. All that is observed if left out.',
)
@click.option(
    "--adjust-for",
    default=None,
    metavar="NAMES",
    help="The variables to average over in an adjustment.",
)
@click.option(
    "--detail",
    type=click.Choice(["brief", "lecture", "full"]),
    default="lecture",
    show_default=True,
    help="One line, the lines of a lecture, or every single step.",
)
@format_option("text", "latex", "markdown", "html", "json")
@notation_option
@output_option
@reported
def command(
    model: str,
    query: str,
    given: tuple[str, ...],
    adjust_for: str | None,
    detail: str,
    shape: str,
    notation: str | None,
    output: str | None,
) -> None:
    """Say whether QUERY follows from data in MODEL, with the argument, or what is in the way.

    Exit status 3 if it does not follow.

    Example: symcausal identify "X -> Z -> Y; X <-> Y" "P(Y | do(X))"
    """
    loaded = load_model(model)
    answer = loaded.identify(query, given=given or None, adjust_for=adjust_for, detail=detail)
    emit(answer.to(shape, notation=notation), output)
    if not answer.identifiable:
        answer_no()
