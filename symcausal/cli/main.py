"""The ``symcausal`` command. Each subcommand is imported when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

import click

from symcausal.errors import nearest

COMMANDS = {
    "derive": "Derive a query step by step.",
    "check": "Judge every equals sign of notes.",
    "evaluate": "Give the value or the closed form of a query.",
    "compare": "Say why two queries differ, or that they agree.",
    "identify": "Find what data say of an intervention, or what is in the way.",
    "draw": "Draw the graph of a model.",
    "table": "Print the tables of a model, or of a query.",
    "independent": "Decide a conditional independence.",
    "adjust": "List the sets that repair confounding.",
}


class LateCommands(click.Group):
    """A group that knows its commands by name and loads one when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order of the manual."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"symcausal.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was meant, or say which names are close."""
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            ctx.fail(f"No such command '{args[0]}'. {nearest(args[0], COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LateCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="symcausal", message="%(prog)s %(version)s")
def main() -> None:
    """Derive, evaluate and explain probabilities in Bayesian networks and causal models.

    MODEL is a file, the text of a model such as "I -> G <- D; G -> L", or - for standard input.
    Exit status: 0 fine, 1 a claim fails, 2 bad input, 3 the answer is no, 4 a limit was reached.
    """


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; for tests."""
    main.main(args=list(arguments) if arguments is not None else None)
