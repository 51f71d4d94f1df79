"""The standard parser, with refusals in the words and with the exit statuses of this package.

It is imported for what :mod:`symcausal.cli.parser` does not read itself.

Main definitions
----------------
StandardParser : reads the words of one command, or refuses them, or prints its help.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from types import SimpleNamespace

from symcausal.cli.streams import put
from symcausal.errors import UsageError, nearest
from symcausal.hints import NoReturn


class _HelpLayout(argparse.RawDescriptionHelpFormatter):
    """Help whose paragraphs and examples stay as they were written."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=88)


class StandardParser(argparse.ArgumentParser):
    """Reads the arguments of one command.

    Parameters
    ----------
    name : str
        The command.
    text : str
        What it does; a section of examples, commands as they are typed, ends the help.
    """

    def __init__(self, name: str, text: str) -> None:
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

    def read_into(self, chosen: SimpleNamespace, words: Sequence[str]) -> None:
        """Read the words after the command's name.

        Raises
        ------
        UsageError
            If they are not what the command takes.
        """
        # only where arguments may be left out or repeated can options stand between them and confuse
        many = any(argument.nargs is not None for argument in self._get_positional_actions())
        words, behind = _without_dashes(words) if many else (words, {})
        parse = self.parse_known_intermixed_args if many else self.parse_known_args
        _, unread = parse(words, chosen)
        for name, value in vars(chosen).items():
            if isinstance(value, list):
                setattr(chosen, name, [behind.get(one, one) for one in value])
            elif isinstance(value, str):
                setattr(chosen, name, behind.get(value, value))
        unread = [behind.get(word, word) for word in unread]
        if unread:
            word = unread[0].partition("=")[0]
            if word.startswith("-"):
                self._refuse(
                    f"there is no option {word}", nearest(word, self._option_string_actions)
                )
            self._refuse(f"'{unread[0]}' is one argument too many")

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


def _without_dashes(words: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Words without ``--``, of those behind it other names, and what these stand for.

    The standard parser forgets that a word stood behind ``--`` where arguments may be repeated.
    """
    if "--" not in words:
        return list(words), {}
    at = words.index("--")
    behind = {f"\0{number}": word for number, word in enumerate(words[at + 1 :])}
    return [*words[:at], *behind], behind
