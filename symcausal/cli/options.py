"""What several commands share: the model argument, and where output goes."""

from __future__ import annotations

import os
import sys
from argparse import Namespace

from symcausal.errors import LimitError, UsageError, nearest
from symcausal.model import Model
from symcausal.network.formats.catalogue import format_of

LARGEST_INPUT = 10_000_000


def load_model(chosen: Namespace) -> Model:
    """Read ``MODEL``, a path, the text itself, or ``-`` for standard input, as ``--rescale`` says."""
    argument, rescale = chosen.model, chosen.rescale
    if argument == "-":
        _refuse_rescale(rescale)
        return Model.parse(_limited(sys.stdin.buffer.read(LARGEST_INPUT + 1), "standard input"))
    if os.path.isdir(argument):
        raise UsageError(f"{argument} is a folder", expected="a model file or a model's text")
    if os.path.isfile(argument):
        refuse_large(os.path.getsize(argument), argument)
        try:
            model = Model.load(argument, rescale=rescale)
        except OSError as error:
            raise UsageError(f"cannot read {argument}: {error.strerror}") from None
        for note in model.notes:
            print(f"{argument}: note: {note}", file=sys.stderr)
        return model
    if _looks_like_a_path(argument):
        folder, name = os.path.split(argument)
        ending = os.path.splitext(name)[1]
        there = os.listdir(folder or ".") if os.path.isdir(folder or ".") else []
        raise UsageError(
            f"there is no file {argument}",
            expected="a model file, a model's text, or - for standard input",
            hint=nearest(name, sorted(n for n in there if n.endswith(ending))[:200]),
        )
    _refuse_rescale(rescale)
    return Model.parse(argument)


def _refuse_rescale(rescale: bool) -> None:
    if rescale:
        raise UsageError(
            "--rescale with the text of a model",
            expected="the file of another tool",
            hint="rows of a model text are exact: write 'rest' for the last entry of a row",
        )


def emit(text: str, output: str | None) -> None:
    """Print, or write a whole file: it appears complete or not at all."""
    text = text if text.endswith("\n") else text + "\n"
    if output is None:
        sys.stdout.write(text)
        return
    partial = f"{output}.{os.getpid()}.part"
    try:
        with open(partial, "x", encoding="utf-8") as file:
            file.write(text)
        os.replace(partial, output)
    except OSError as error:
        if os.path.exists(partial):
            os.remove(partial)
        raise UsageError(f"cannot write {output}: {error.strerror}") from None


def _limited(data: bytes, name: str) -> str:
    refuse_large(len(data), name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"{name} is not UTF-8 text") from None


def refuse_large(size: int, name: str) -> None:
    """Refuse a file of more bytes than any model needs."""
    if size > LARGEST_INPUT:
        raise LimitError(f"{name} has more than {LARGEST_INPUT} bytes", hint="split the model")


def _looks_like_a_path(argument: str) -> bool:
    if any(sign in argument for sign in ("->", "<-", "\n", ";", ":", "=", ",")):
        return False
    ending = argument.endswith((".model", ".txt")) or format_of(argument) is not None
    return ending or os.sep in argument
