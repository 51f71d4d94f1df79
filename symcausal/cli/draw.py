"""``symcausal draw``."""

from __future__ import annotations

import click

from symcausal.cli.exits import reported
from symcausal.cli.options import emit, format_option, load_model, output_option
from symcausal.errors import UsageError


@click.command("draw")
@click.argument("model")
@click.option(
    "--do", "actions", multiple=True, metavar="NAME=STATE",
    help="A variable that is set; the arrows into it are cut. May be repeated.",
)  # fmt: skip
@format_option("tikz", "svg", "dot")
@output_option
@reported
def command(model: str, actions: tuple[str, ...], shape: str, output: str | None) -> None:
    """Draw the graph of MODEL: causes above effects, hidden variables and causes dashed.

    Example: symcausal draw student.model --do G=A --format svg -o student.svg
    """
    emit(load_model(model).draw(shape, do=_actions(actions)), output)


def _actions(written: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in (part for one in written for part in one.split(",")):
        name, equals, state = (word.strip() for word in text.partition("="))
        if not (name and equals and state):
            raise UsageError(f"--do {text}", expected="NAME=STATE", hint="for example --do G=A")
        if name in found:
            raise UsageError(f"--do sets {name} twice")
        found[name] = state
    return found
