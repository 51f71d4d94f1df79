"""Models in files: our own text, or the format of another tool by the ending of the name.

Main definitions
----------------
Loaded : what a file holds, and what a reader should know about how it was read.
load : a file to a model's content.
form_of : the format that a file's ending stands for.
read_data : the bytes of a file to a model's content.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from fractions import Fraction

from symcausal.errors import LimitError, Source, UsageError
from symcausal.hints import BinaryIO
from symcausal.network.formats.catalogue import format_of, read_format
from symcausal.network.formats.encodings import decoded
from symcausal.reading.model_language import ModelText, read_model
from symcausal.record import field, record

OWN = "model"
OWN_ENDINGS = (".model", ".txt")
LARGEST_FILE = 50_000_000


@record
class Loaded:
    """The content of a file, and what a reader should know about how it was read.

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


def load(
    path: str | os.PathLike[str] | BinaryIO, form: str | None = None, *, rescale: bool = False
) -> Loaded:
    """Return the content of a file, in the named format or that of its ending, or as it begins.

    Parameters
    ----------
    path : str, PathLike or binary file
        Where it is, which may be a pipe; or the file itself, open.
    form : str, optional
        The format.
    rescale : bool
        Whether rows of another tool's file that are off by more than rounding are divided by their sums.
    """
    if isinstance(path, str | os.PathLike):
        name = os.fspath(path)
        with open(name, "rb") as file:
            form = form or form_of(name)
            data = file.read(LARGEST_FILE + 1)
    else:
        called = getattr(path, "name", None)
        name = called if isinstance(called, str) else "the file"
        data = path.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise LimitError(f"{name} has more than {LARGEST_FILE} bytes", hint="split the model")
    return read_data(data, form, name=name, rescale=rescale)


def form_of(name: str) -> str | None:
    """Return the format that the ending of a file stands for, None if it stands for none.

    Raises
    ------
    UsageError
        If no reader here reads files with the ending.
    """
    form = OWN if name.lower().endswith(OWN_ENDINGS) else format_of(name)
    if form is None:
        from symcausal.network.formats.foreign import unread  # most models do not need its tables

        refusal = unread(name)
        if refusal is not None:
            raise refusal
    return form


def exact_rows(name: str) -> UsageError:
    """Return the refusal to divide rows of a model text by their sums."""
    return UsageError(
        f"--rescale with {name}, which is a model text",
        expected="the file of another tool",
        hint="rows of a model text are exact: write 'rest' for the last entry of a row",
    )


def read_data(data: bytes, form: str | None, *, name: str, rescale: bool = False) -> Loaded:
    """Return the content of bytes in a format, or in the one in which they begin; ours if in none.

    Raises
    ------
    UsageError
        If the bytes are no text; if a model text is to be rescaled, whose rows are exact.
    """
    # our own files are UTF-8, or say what they are; older programs write what was usual then
    read = decoded(data, name, guess=form not in (None, OWN))
    found = form
    if form is None:
        from symcausal.network.formats.foreign import recognised

        found = recognised(read.text, name)
    source = Source(read.text, name)
    if found in (None, OWN):
        if rescale:
            raise exact_rows(name)
        return Loaded(read_model(source))
    content = read_format(source, found, rescale=rescale)
    notes = [*content.notes]
    if form is None:
        notes.insert(0, f"read as {found}, as it begins")
    if read.note:
        notes.insert(0, read.note)
    return Loaded(ModelText(content.network), tuple(notes), content.rounded, content.rescaled)
