"""Models written to files: our own text, or the format of another tool by the ending of the name.

Main definitions
----------------
Exported : a model in a format, with what the format does not hold.
export, save : a model's content to text in a format, and to a file.
"""

from __future__ import annotations

import os

from symcausal.errors import UsageError
from symcausal.model.files import OWN
from symcausal.network.formats.catalogue import FORMATS, format_of, named, write_format
from symcausal.output import write_whole
from symcausal.reading.model_language import MAX_MODEL, ModelText
from symcausal.reading.model_writer import write_model
from symcausal.record import record


@record
class Exported:
    """A model in a format, with what the format does not hold.

    Attributes
    ----------
    text : str
        The whole file.
    lost : tuple of str
        What the format does not hold of the model, in words.
    """

    text: str
    lost: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.text


def export(content: ModelText, form: str) -> Exported:
    """Return a model in a format.

    Raises
    ------
    ModelError
        If the format cannot hold what matters: hidden common causes, symbols.
    """
    form = named(form)
    if form == OWN:
        text = write_model(content)
        long = len(text) > MAX_MODEL
        return Exported(text, (f"it is longer than {MAX_MODEL} characters",) if long else ())
    text, lost = write_format(content.network, form)
    if content.given:
        lost.append("the numbers taken as given")
    if content.notation:
        lost.append("the notation")
    return Exported(text, tuple(lost))


def save(content: ModelText, path: str | os.PathLike[str], form: str | None = None) -> Exported:
    """Write a file, which appears complete or not at all, and return what was written."""
    name = os.fspath(path)
    made = export(content, form or format_to_write(name))
    write_whole(name, made.text)
    return made


def format_to_write(name: str) -> str:
    """Return the format in which a file is written, by its ending."""
    form = format_of(name)
    if form is None and not name.endswith((".model", ".txt")):
        endings = ", ".join(ending for _, found in FORMATS.values() for ending in found)
        raise UsageError(
            f"no format for {name}", expected=f"a name that ends in .model, {endings}",
            hint="or say which: --to bif",
        )  # fmt: skip
    return form or OWN
