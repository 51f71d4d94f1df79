"""A model as people hand it over: the object, the path of a file, or the text itself.

Main definitions
----------------
ModelLike : what stands for a model.
model_of : the model that it stands for.
"""

from __future__ import annotations

import os

from symcausal.errors import UsageError, nearest
from symcausal.hints import TypeAlias
from symcausal.model.model import Model

ModelLike: TypeAlias = Model | str | os.PathLike[str]
CHOICES = "a model file or a model's text"


def model_of(given: ModelLike, *, rescale: bool = False, choices: str = CHOICES) -> Model:
    """Return the model that an object, a path or a text stands for.

    Parameters
    ----------
    given : Model, str or PathLike
        ``"student.model"`` is a path, ``"I -> G <- D"`` a text. A text that names no file is a path
        all the same if it looks like one; a path object is never a text.
    rescale : bool
        Whether rows of another tool's file that are off by more than rounding are divided by their
        sums.
    choices : str
        What else the caller takes, for the message where there is no such file.

    Raises
    ------
    UsageError
        If there is no such file, or it cannot be read.
    SymcausalError
        With every error of the file or text at once.
    """
    if isinstance(given, Model):
        return given
    path = os.fspath(given)
    if os.path.isdir(path):
        raise UsageError(f"{path} is a folder", expected=CHOICES)
    if os.path.exists(path):
        try:
            return Model.load(path, rescale=rescale)
        except OSError as error:
            raise UsageError(f"cannot read {path}: {error.strerror}") from None
    if not isinstance(given, str) or _looks_like_a_path(path):
        raise UsageError(f"there is no file {path}", expected=choices, hint=_nearest_file(path))
    if rescale:
        from symcausal.model.files import exact_rows  # a text needs no files

        raise exact_rows("this")
    return Model.parse(path)


def _looks_like_a_path(argument: str) -> bool:
    if any(sign in argument for sign in ("->", "<-", "\n", ";", ":", "=", ",")):
        return False
    from symcausal.network.formats.catalogue import format_of  # few texts come so far

    ending = argument.endswith((".model", ".txt")) or format_of(argument) is not None
    return ending or os.sep in argument


def _nearest_file(path: str) -> str:
    """The hint that names the file with a similar name and the same ending, if there is one."""
    folder, name = os.path.split(path)
    ending = os.path.splitext(name)[1]
    there = os.listdir(folder or ".") if os.path.isdir(folder or ".") else []
    return nearest(name, sorted(n for n in there if n.endswith(ending))[:200])
