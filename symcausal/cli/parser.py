"""The words of a command line: what a command takes, and what is wrong with what it was given.

Main definitions
----------------
Parser : the standard parser, with refusals in the words and with the exit statuses of this package.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any, NoReturn

from symcausal.cli.streams import put
from symcausal.errors import UsageError, nearest
from symcausal.writing.formats import FORMATS

NOTATIONS = ("lecture", "pearl", "koller", "bishop", "murphy")
DETAILS = ("brief", "lecture", "full")


MOST_DIGITS = 50


class _HelpLayout(argparse.RawDescriptionHelpFormatter):
    """Help whose paragraphs and examples stay as they were written."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=88)


class Parser(argparse.ArgumentParser):
    """Reads the arguments of one command.

    Parameters
    ----------
    name : str
        The command.
    text : str
        What it does: the docstring of the function that runs it. Its section of
        examples, commands as they are typed, ends the help.
    """

    def __init__(self, name: str, text: str) -> None:
        self._many = False
        self._options: list[str] = []
        lines = [line.strip() for line in text.strip().splitlines()]
        says, _, examples = "\n".join(lines).partition("\nExamples\n--------\n")
        self.examples = tuple(examples.splitlines())
        super().__init__(
            f"symcausal {name}",
            description=says.strip(),
            epilog="\n  ".join(["examples:", *self.examples]) if examples else None,
            formatter_class=_HelpLayout,
            allow_abbrev=False,
        )

    def add_argument(self, *names: str, **rest: Any) -> argparse.Action:
        """Add an argument or an option; arguments are shown in capitals, as in the text of a command."""
        self._options += [name for name in names if name.startswith("-")]
        if not names[0].startswith("-"):
            rest.setdefault("metavar", names[0].upper())
            self._many = self._many or "nargs" in rest
        return super().add_argument(*names, **rest)

    def add_model(self) -> None:
        """Add ``MODEL`` and ``--rescale``."""
        self.add_argument("model", help="a file, the text of a model, or -")
        self.add_rescale()

    def add_rescale(self) -> None:
        """Add ``--rescale``."""
        self.add_argument(
            "--rescale", action="store_true",
            help="divide rows of another tool's file that are further off than by rounding by their sums",
        )  # fmt: skip

    def add_format(self, *own: str, default: str = "text") -> None:
        """Add ``--format`` and ``-o``: the formats of every answer, and this command's own."""
        self.add_argument(
            "--format", dest="shape", choices=(*FORMATS, *own), default=default,
            help="how to print the answer (default: %(default)s)",
        )  # fmt: skip
        self.add_argument("-o", "--output", metavar="FILE", help="write to this file instead")

    def add_width(self) -> None:
        """Add ``--width``."""
        self.add_argument(
            "--width", metavar="WIDTH",
            help="the longest line: article, twocolumn, beamer, a4wide, none, or a number of ems (of "
            "characters in text)",
        )  # fmt: skip

    def add_notation(self) -> None:
        """Add ``--notation``."""
        self.add_argument(
            "--notation",
            choices=NOTATIONS,
            help="whose way of writing; the model's own if not given",
        )

    def add_detail(self) -> None:
        """Add ``--detail``."""
        self.add_argument(
            "--detail", choices=DETAILS, default="lecture",
            help="one line, the lines of a lecture, or every single step (default: %(default)s)",
        )  # fmt: skip

    def add_digits(self) -> None:
        """Add ``--digits``."""
        self.add_argument(
            "--digits", type=_digits, metavar="N",
            help="the significant figures of decimals that do not end",
        )  # fmt: skip

    @property
    def queries(self) -> int:
        """How many arguments it takes besides ``MODEL``; two for any number."""
        own = [a for a in self._actions if not a.option_strings and a.dest != "model"]
        return sum(2 if action.nargs in ("*", "+") else 1 for action in own)

    def takes_value(self, option: str) -> bool:
        """Decide whether the word after an option belongs to it."""
        action = self._option_string_actions.get(option)
        return action is not None and action.nargs is None

    def writes_or_reads(self, option: str) -> bool:
        """Decide whether an option names a file."""
        action = self._option_string_actions.get(option)
        return action is not None and action.metavar == "FILE"

    def read(self, words: Sequence[str]) -> argparse.Namespace:
        """Read the words after the command's name.

        Raises
        ------
        UsageError
            If they are not what the command takes.
        """
        # only where arguments may be left out or repeated can options stand between them and confuse
        parse = self.parse_known_intermixed_args if self._many else self.parse_known_args
        chosen, unread = parse(words)
        if unread:
            word = unread[0].partition("=")[0]
            if word.startswith("-"):
                self._refuse(f"there is no option {word}", nearest(word, self._options))
            self._refuse(f"'{unread[0]}' is one argument too many")
        return chosen

    def help_of(self, action: argparse.Action) -> str:
        """Return the help of an argument or an option, its default put in."""
        return self._get_formatter()._expand_help(action) if action.help else ""

    def print_help(self, file: object = None) -> None:
        """Print what the command takes."""
        put(self.format_help())

    def error(self, message: str) -> NoReturn:
        """Refuse what the standard parser does not accept."""
        self._refuse(message)

    def _refuse(self, message: str, hint: str = "") -> NoReturn:
        usage = f"{self.prog} --help lists what it takes"
        raise UsageError(message, hint=f"{hint}; {usage}" if hint else usage)


def _digits(word: str) -> int:
    """The number of figures that a word says."""
    if not word.isdecimal() or not 1 <= int(word[:4]) <= MOST_DIGITS:
        raise argparse.ArgumentTypeError(f"{word} is not a number from 1 to {MOST_DIGITS}")
    return int(word)
