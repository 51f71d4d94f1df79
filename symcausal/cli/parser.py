"""The words of a command line: what a command takes, and how plain words are read.

Main definitions
----------------
Parser : what one command takes; reads its words.
Option : an argument or an option of a command.
Arguments : what the words of a command line say.

Implementation notes
--------------------
The standard parser takes longer to load and to fill than most answers take. So a line that can be read
in one way only is read here; whatever is left, help, mistakes, abbreviations such as ``-oFILE``, goes to
the standard parser, whose word is the last. ``tests/cli/test_parser.py`` holds that they agree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from types import SimpleNamespace

from symcausal.hints import TYPE_CHECKING, Any
from symcausal.record import record
from symcausal.writing.formats import FORMATS

if TYPE_CHECKING:
    from symcausal.cli.standard_parser import StandardParser

NOTATIONS = ("lecture", "pearl", "koller", "bishop", "murphy")
DETAILS = ("brief", "lecture", "full")


MOST_DIGITS = 50


class Arguments(SimpleNamespace):
    """What the words of a command line say, by the names of arguments and options."""


class NotPlainError(Exception):
    """Words are for the standard parser to read, or to refuse."""


@record
class Option:
    """An argument, or an option, whose names begin with a hyphen, of a command.

    Attributes
    ----------
    names : tuple of str
        Its name, or the spellings of an option.
    rest : dict
        What the standard parser takes besides.
    """

    names: tuple[str, ...]
    rest: dict[str, Any]

    @property
    def is_argument(self) -> bool:
        """Whether it is told by its place."""
        return not self.names[0].startswith("-")

    @property
    def key(self) -> str:
        """The name of what was chosen."""
        longest = max(self.names, key=lambda name: name.startswith("--"))
        key: str = self.rest.get("dest", longest.lstrip("-").replace("-", "_"))
        return key

    @property
    def is_switch(self) -> bool:
        """Whether no value follows."""
        return self.rest.get("action") == "store_true"

    @property
    def unchosen(self) -> object:
        """What is chosen where nothing is given."""
        return self.rest.get("default", False if self.is_switch else None)

    def value(self, word: str) -> object:
        """Return what a word says."""
        kind: Callable[[str], object] = self.rest.get("type", str)
        try:
            found = kind(word)
        except Exception as error:  # the standard parser says what is wrong, whatever that is
            raise NotPlainError from error
        if "choices" in self.rest and found not in self.rest["choices"]:
            raise NotPlainError
        return found


class Parser:
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
        self.name = name
        self.text = text
        self.options: list[Option] = []

    @cached_property
    def standard(self) -> StandardParser:
        """The standard parser of the same arguments and options."""
        from symcausal.cli.standard_parser import StandardParser  # see the notes above

        parser = StandardParser(self.name, self.text)
        for one in self.options:
            parser.add_argument(*one.names, **one.rest)
        return parser

    def add_argument(self, *names: str, **rest: Any) -> None:
        """Add an argument or an option; arguments are shown in capitals, as in the text of a command."""
        if not names[0].startswith("-"):
            rest.setdefault("metavar", names[0].upper())
        self.options.append(Option(names, rest))

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

    def add_worlds(self) -> None:
        """Add ``--worlds``."""
        self.add_argument(
            "--worlds", choices=("several", "single"), default="several",
            help="single: take nothing to be independent across worlds (default: %(default)s)",
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
        own = [one for one in self.options if one.is_argument and one.key != "model"]
        return sum(2 if one.rest.get("nargs") in ("*", "+") else 1 for one in own)

    def takes_value(self, option: str) -> bool:
        """Decide whether the word after an option belongs to it."""
        return any(option in one.names and not one.is_switch for one in self.options)

    def writes_or_reads(self, option: str) -> bool:
        """Decide whether an option names a file."""
        return any(
            option in one.names and one.rest.get("metavar") == "FILE" for one in self.options
        )

    def read(self, words: Sequence[str]) -> Arguments:
        """Read the words after the command's name.

        Raises
        ------
        UsageError
            If they are not what the command takes.
        """
        try:
            return plainly(self.options, words)
        except NotPlainError:
            chosen = Arguments()
            self.standard.read_into(chosen, words)
            return chosen


def plainly(options: Sequence[Option], words: Sequence[str]) -> Arguments:
    """Return what words choose that can be read in one way only.

    Each option is spelt out, its value is the word behind it, and only ``-`` is a value with a hyphen in
    front. At most one argument may be left out or repeated, which is the last.
    """
    chosen: dict[str, Any] = {one.key: one.unchosen for one in options}
    spelt = {name: one for one in options if not one.is_argument for name in one.names}
    given: list[str] = []
    left = iter(words)
    for word in left:
        if _is_plain(word):
            given.append(word)
            continue
        option = spelt.get(word)
        if option is None:
            raise NotPlainError
        if option.is_switch:
            chosen[option.key] = True
            continue
        following = next(left, "")
        if not _is_plain(following):
            raise NotPlainError
        value = option.value(following)
        repeats = option.rest.get("action") == "append"
        chosen[option.key] = [*(chosen[option.key] or ()), value] if repeats else value
    return Arguments(**chosen | _placed([one for one in options if one.is_argument], given))


def _is_plain(word: str) -> bool:
    return word == "-" or word[:1] not in ("", "-")


def _placed(arguments: Sequence[Option], given: Sequence[str]) -> dict[str, object]:
    """What words choose by their places."""
    counts = [one.rest.get("nargs") for one in arguments]
    if any(counts[:-1]):
        raise NotPlainError
    count = counts[-1] if counts else None
    single = arguments[:-1] if count else arguments
    further = given[len(single) :]
    most = {None: 0, "?": 1}.get(count, len(further))
    if len(given) < len(single) or len(further) > most or (count == "+" and not further):
        raise NotPlainError
    found = {one.key: one.value(word) for one, word in zip(single, given, strict=False)}
    if count and (further or count != "?"):
        values = [arguments[-1].value(word) for word in further]
        found[arguments[-1].key] = values[0] if count == "?" else values
    return found


def _digits(word: str) -> int:
    """The number of figures that a word says."""
    if not word.isdecimal() or not 1 <= int(word[:4]) <= MOST_DIGITS:
        from argparse import (
            ArgumentTypeError,  # only for a mistake, which the standard parser tells
        )

        raise ArgumentTypeError(f"{word} is not a number from 1 to {MOST_DIGITS}")
    return int(word)
