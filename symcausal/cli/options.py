"""What several commands share: the model argument, and where output goes."""

from __future__ import annotations

import os
from io import BytesIO

from symcausal.cli.streams import put, say, taken
from symcausal.controls import escaped
from symcausal.errors import LimitError
from symcausal.hints import TYPE_CHECKING, Any
from symcausal.model import Model
from symcausal.model.argument import model_of
from symcausal.writing.formats import FORMATS

if TYPE_CHECKING:
    from symcausal.cli.parser import Arguments
    from symcausal.writing.shown import Shown

LARGEST_INPUT = 10_000_000
FOR_PEOPLE = ("github", "lines", "sarif")  # of the formats that one command alone has


def load_model(chosen: Arguments) -> Model:
    """Read ``MODEL``, a path, the text itself, or ``-`` for standard input, as ``--rescale`` says."""
    argument, rescale = chosen.model, chosen.rescale
    if argument == "-":
        return _told(Model.load(standard_input(), rescale=rescale), "standard input")
    if os.path.exists(argument):
        refuse_large(os.path.getsize(argument), argument)
    choices = "a model file, a model's text, or - for standard input"
    return _told(model_of(argument, rescale=rescale, choices=choices), argument)


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


def emit(text: str, chosen: Arguments) -> None:
    """Print an answer, or write it to the file of ``-o``: all of it or nothing."""
    text = text if text.endswith("\n") else text + "\n"
    known = FORMATS.get(chosen.shape)
    literal = known.literal if known else chosen.shape not in FOR_PEOPLE
    if chosen.output in (None, "-"):
        put(text, literal=literal)
    else:
        from symcausal.output import write_whole  # most answers are printed

        write_whole(chosen.output, text if literal else escaped(text))


def printed(answer: Shown, chosen: Arguments, **options: Any) -> str:
    """Print an answer in the format, the notation, the width and the digits that are asked for."""
    named = ("notation", "width", "digits")
    options |= {n: one for n in named if (one := getattr(chosen, n, None)) is not None}
    return answer.to(chosen.shape, **options)


def refuse_large(size: int, name: str) -> None:
    """Refuse a file of more bytes than any model needs."""
    if size > LARGEST_INPUT:
        raise LimitError(f"{name} has more than {LARGEST_INPUT} bytes", hint="split the model")
