"""What a command line accepts, read off the parsers: for shells that complete it.

Main definitions
----------------
Accepted : an option, or an argument by its place.
accepted : those of a command.
"""

from __future__ import annotations

import importlib
from argparse import Action

from symcausal.cli.parser import Parser
from symcausal.cli.standard_parser import StandardParser
from symcausal.record import record

# An argument that is shown by one of these names is a file, or may be one.
_FILES = frozenset({"FILE", "FILES", "FOLDER", "IN", "MODEL", "NOTES", "OUT", "PATH"})
_REPEATED = ("+", "*")


@record
class Accepted:
    """An option with its spellings, or an argument, which has none.

    Attributes
    ----------
    name : str
        What the help calls its value, such as ``QUERY``.
    spellings : tuple of str
        ``-o`` and ``--output``; empty for an argument.
    says : str
        Its help, in one line.
    valued : bool
        Whether a value follows; always of an argument.
    words : tuple of str
        The values that there are; empty if there is any number of them.
    is_file : bool
        Whether the value is a file.
    repeated : bool
        Whether it takes all the arguments that are left.
    """

    name: str
    spellings: tuple[str, ...]
    says: str
    valued: bool
    words: tuple[str, ...]
    is_file: bool
    repeated: bool


def accepted(command: str) -> tuple[Accepted, ...]:
    """Return what a command accepts: options, and arguments in their order.

    Examples
    --------
    >>> [known.name for known in accepted("compare") if not known.spellings]
    ['MODEL', 'LEFT', 'RIGHT']
    """
    known: Parser = importlib.import_module(f"symcausal.cli.{command}").PARSER
    parser = known.standard
    return tuple(_read(action, parser) for action in parser._actions)


def _read(action: Action, parser: StandardParser) -> Accepted:
    words = tuple(map(str, action.choices or ()))
    shown = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    return Accepted(
        shown,
        tuple(action.option_strings),
        " ".join(parser.help_of(action).split()),
        action.nargs != 0,
        words,
        not words and shown in _FILES,
        action.nargs in _REPEATED,
    )
