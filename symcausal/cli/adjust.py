"""``symcausal adjust``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from symcausal.cli.exits import answer_no, reported
from symcausal.cli.options import emit, format_option, load_model, output_option
from symcausal.errors import UsageError

if TYPE_CHECKING:
    from symcausal.graph.enumeration import Kind


@click.command("adjust")
@click.argument("model")
@click.argument("treatment")
@click.argument("outcome")
@click.option("--forced", default="", metavar="NAMES", help="Variables that every set must hold.")
@click.option("--forbidden", default="", metavar="NAMES", help="Variables that no set may hold.")
@click.option("--all", "every", is_flag=True, help="Every set, not only the minimal ones.")
@click.option("--minimum", "fewest", is_flag=True, help="The sets with the fewest variables.")
@click.option(
    "--equivalent",
    is_flag=True,
    help="Only sets that do in every graph with the same independencies.",
)
@click.option(
    "--by", type=click.Choice(["adjustment", "front-door", "instrument"]), default="adjustment",
    show_default=True, help="How to learn the effect.",
)  # fmt: skip
@format_option("text", "latex", "markdown", "json")
@output_option
@reported
def command(
    model: str,
    treatment: str,
    outcome: str,
    forced: str,
    forbidden: str,
    every: bool,
    fewest: bool,
    equivalent: bool,
    by: str,
    shape: str,
    output: str | None,
) -> None:
    """List the minimal sets that repair confounding of TREATMENT and OUTCOME in MODEL.

    Several variables are separated by commas. Exit status 3 if there is no set. --by front-door
    lists the sets that carry the effect, --by instrument what moves the treatment alone.

    Example: symcausal adjust student.model G L
    """
    loaded = load_model(model)
    if every and fewest:
        raise UsageError("--all with --minimum", hint="leave one of them out")
    if equivalent and by != "adjustment":
        raise UsageError(f"--equivalent with --by {by}", hint="leave one of them out")
    kind: Kind = "all" if every else "minimum" if fewest else "minimal"
    if by == "instrument":
        if kind != "minimal":
            raise UsageError(f"--{kind} with --by instrument", hint="all instruments are listed")
        moved = loaded.instruments(treatment, outcome, forced=forced, forbidden=forbidden)
        emit(moved.to(shape), output)
        found = bool(moved.found)
    elif by == "front-door":
        carried = loaded.front_door(
            treatment, outcome, forced=forced, forbidden=forbidden, kind=kind
        )
        emit(carried.to(shape), output)
        found = bool(carried.sets)
    else:
        repaired = loaded.adjustment(
            treatment, outcome, forced=forced, forbidden=forbidden, kind=kind, equivalent=equivalent
        )
        emit(repaired.to(shape), output)
        found = bool(repaired.sets)
    if not found:
        answer_no()
