"""What several commands share: the model argument, and where output goes."""

from __future__ import annotations

import os
from argparse import Namespace
from io import BytesIO

from symcausal.cli.streams import put, say, taken
from symcausal.controls import escaped
from symcausal.errors import LimitError, UsageError, nearest
from symcausal.model import Model
from symcausal.model.files import exact_rows
from symcausal.network.formats.catalogue import format_of
from symcausal.output import write_whole
from symcausal.writing.formats import FORMATS

LARGEST_INPUT = 10_000_000
FOR_PEOPLE = ("github",)  # of the formats that one command alone has


def load_model(chosen: Namespace) -> Model:
    """Read ``MODEL``, a path, the text itself, or ``-`` for standard input, as ``--rescale`` says."""
    argument, rescale = chosen.model, chosen.rescale
    if argument == "-":
        return _told(Model.load(standard_input(), rescale=rescale), "standard input")
    if os.path.isdir(argument):
        raise UsageError(f"{argument} is a folder", expected="a model file or a model's text")
    if is_there(argument):
        try:
            refuse_large(os.path.getsize(argument), argument)
            return _told(Model.load(argument, rescale=rescale), argument)
        except OSError as error:
            raise UsageError(f"cannot read {argument}: {error.strerror}") from None
    if _looks_like_a_path(argument):
        folder, name = os.path.split(argument)
        ending = os.path.splitext(name)[1]
        there = os.listdir(folder or ".") if os.path.isdir(folder or ".") else []
        raise UsageError(
            f"there is no file {argument}",
            expected="a model file, a model's text, or - for standard input",
            hint=nearest(name, sorted(n for n in there if n.endswith(ending))[:200]),
        )
    if rescale:
        raise exact_rows("this")
    return Model.parse(argument)


def _told(model: Model, name: str) -> Model:
    for note in model.notes:
        say(f"{name}: note: {note}")
    return model


class StandardInput(BytesIO):
    """What came on standard input."""

    name = "standard input"


def standard_input() -> StandardInput:
    """The bytes on standard input, as a file.

    Raises
    ------
    LimitError
        If there are more than any model needs.
    """
    data = taken(LARGEST_INPUT + 1)
    refuse_large(len(data), StandardInput.name)
    return StandardInput(data)


def is_there(argument: str) -> bool:
    """Whether an argument names a file, a named pipe, or what ``<(...)`` stands for."""
    try:
        return os.path.exists(argument)
    except ValueError:  # a text with what no name can have
        return False


def emit(text: str, chosen: Namespace) -> None:
    """Print an answer, or write it to the file of ``-o``: all of it or nothing."""
    text = text if text.endswith("\n") else text + "\n"
    known = FORMATS.get(chosen.shape)
    literal = known.literal if known else chosen.shape not in FOR_PEOPLE
    if chosen.output in (None, "-"):
        put(text, literal=literal)
    else:
        write_whole(chosen.output, text if literal else escaped(text))


def refuse_large(size: int, name: str) -> None:
    """Refuse a file of more bytes than any model needs."""
    if size > LARGEST_INPUT:
        raise LimitError(f"{name} has more than {LARGEST_INPUT} bytes", hint="split the model")


def _looks_like_a_path(argument: str) -> bool:
    if any(sign in argument for sign in ("->", "<-", "\n", ";", ":", "=", ",")):
        return False
    ending = argument.endswith((".model", ".txt")) or format_of(argument) is not None
    return ending or os.sep in argument
