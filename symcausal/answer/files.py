"""Models in files: our own text, or the format of another tool by the ending of the name.

Main definitions
----------------
Loaded : what a file holds, and what a reader should know about how it was read.
load : a file to a model's content.
read_text : text in a named format to a model's content.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from fractions import Fraction

from symcausal.errors import LimitError, Source, UsageError
from symcausal.network.formats.catalogue import decoded, format_of, read_format
from symcausal.notation.model_language import ModelText, read_model
from symcausal.record import field, record

OWN = "model"
LARGEST_FILE = 50_000_000


@record
class Loaded:
    """What a file holds.

    Attributes
    ----------
    content : ModelText
        The model.
    notes : tuple of str
        What a reader should know: rounded rows, what was passed over.
    rounded : mapping of str to Fraction
        Rows of another tool's file whose printed numbers are rounded, and what they sum to.
    rescaled : mapping of str to Fraction
        Rows of such a file that were divided by their sums, and what these are.
    """

    content: ModelText
    notes: tuple[str, ...] = ()
    rounded: Mapping[str, Fraction] = field(default_factory=dict)
    rescaled: Mapping[str, Fraction] = field(default_factory=dict)


def load(path: str | os.PathLike[str], form: str | None = None, *, rescale: bool = False) -> Loaded:
    """Read a file in the format that is named, or that its ending stands for, or as model text.

    With ``rescale`` rows of another tool's file that are off by more than rounding are divided by
    their sums.
    """
    name = os.fspath(path)
    form = form or format_of(name) or OWN
    with open(name, "rb") as file:
        data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise LimitError(f"{name} has more than {LARGEST_FILE} bytes", hint="split the model")
    return read_text(text_of(data, name, form), form, name=name, rescale=rescale)


def text_of(data: bytes, name: str, form: str) -> str:
    """The text of a file's bytes; our own files are UTF-8 and nothing else."""
    if form != OWN:
        return decoded(data)
    try:
        return data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise UsageError(f"{name} is not UTF-8 text") from None


def read_text(text: str, form: str, *, name: str, rescale: bool = False) -> Loaded:
    """Read text in a format; ``rescale`` is as for :func:`load`.

    Raises
    ------
    UsageError
        If a model text is to be rescaled, whose rows are exact.
    """
    source = Source(text, name)
    if form == OWN:
        if rescale:
            raise UsageError(
                f"--rescale with {name}, a model text",
                expected="the file of another tool",
                hint="rows of a model text are exact: write 'rest' for the last entry of a row",
            )
        return Loaded(read_model(source))
    content = read_format(source, form, rescale=rescale)
    return Loaded(ModelText(content.network), content.notes, content.rounded, content.rescaled)
