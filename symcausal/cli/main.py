"""The ``symcausal`` command. Each subcommand is imported when it is asked for.

Main definitions
----------------
COMMANDS : the commands, in the order of the manual.
main : run one, and exit with its status.
process : the same for a process of its own, which starts and ends as fast as it can.
"""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Sequence

from symcausal.cli.exits import ended, refused, reported
from symcausal.cli.streams import put
from symcausal.errors import UsageError, nearest
from symcausal.hints import NoReturn

# New objects before rubbish is looked for. Formulas are trees, which go when nobody holds them; with
# Python's 700 a short command spends a twentieth of its time on looking.
_BEFORE_COLLECTING = 20_000

COMMANDS = {
    "derive": "Derive a query step by step.",
    "check": "Judge every equals sign of notes.",
    "model": "Print the models that notes declare or state.",
    "fill": "Write answers into notes that ask for them.",
    "evaluate": "Give the value or the closed form of a query.",
    "sensitivity": "Say how an answer depends on table entries.",
    "compare": "Say why two queries differ, or that they agree.",
    "identify": "Find what data say of an intervention, or what is in the way.",
    "bounds": "Say between what values a query lies, given data.",
    "report": "Write a page about queries: Markdown, LaTeX, PDF...",
    "exercise": "Write an exercise about a model, and its answer.",
    "grade": "Grade hand-ins for an exercise.",
    "draw": "Draw the graph of a model.",
    "table": "Print the tables of a model, or of a query.",
    "counts": "Count entries and parameters, or the operations of a query.",
    "independent": "Decide a conditional independence.",
    "adjust": "List the sets that repair confounding.",
    "convert": "Write a model in the format of another tool, or read one.",
    "lsp": "Serve an editor: what fails while you write, and fixes.",
    "completion": "Print what completes commands in a shell.",
}
HELP = """\
usage: symcausal COMMAND ...

Derive, check, evaluate and explain probabilities in Bayesian networks and causal models.

MODEL is a file, the text of a model such as "I -> G <- D; G -> L", or - for standard input.
Exit status: 0 fine, 1 a claim fails, 2 bad input, 3 the answer is no, 4 a limit was reached.

commands:
{}

symcausal COMMAND --help lists what a command takes; symcausal --version, the version.
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words after ``symcausal``; those of this process if left out.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    name = words[0] if words else "--help"
    if name in ("-h", "--help"):
        width = max(map(len, COMMANDS))
        listed = "\n".join(f"  {known:{width}}  {what}" for known, what in COMMANDS.items())
        reported(lambda: put(HELP.format(listed)))
        sys.exit(0 if words else 2)
    if name == "--version":
        from symcausal import __version__

        reported(lambda: put(f"symcausal {__version__}\n"))
    elif name not in COMMANDS:
        kind = "option" if name.startswith("-") else "command"
        refused(UsageError(f"there is no {kind} {name}", hint=nearest(name, COMMANDS)))
    else:
        reported(lambda: _run(name, words[1:]))


def _run(name: str, words: Sequence[str]) -> None:
    command = importlib.import_module(f"symcausal.cli.{name}")
    command.run(command.PARSER.read(words))


def process() -> NoReturn:
    """Run the command line of this process, and end it."""
    gc.set_threshold(_BEFORE_COLLECTING, *gc.get_threshold()[1:])
    try:
        main()
    except SystemExit as stop:
        ended(stop.code)
    ended(0)
