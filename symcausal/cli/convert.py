"""``symcausal convert``."""

from __future__ import annotations

import os
import sys
from argparse import Namespace

from symcausal.answer.exports import export, format_to_write
from symcausal.answer.files import OWN, read_text, text_of
from symcausal.cli.options import LARGEST_INPUT, emit, refuse_large
from symcausal.cli.parser import Parser
from symcausal.errors import UsageError
from symcausal.network.formats.catalogue import FORMATS, format_of, named


def run(chosen: Namespace) -> None:
    """Write a model in another format, by the endings of the names.

    What the new format does not hold is said on standard error; what matters too much to be left out,
    such as a hidden common cause, is refused.

    Example: symcausal convert alarm.bif alarm.xdsl; symcausal convert asia.net - --to bif
    """
    source, target = chosen.source, chosen.target
    form = named(chosen.source_format or "") or format_of(source) or OWN
    goal = named(chosen.target_format or "")
    if not goal and target == "-":
        raise UsageError("no format for standard output", hint="say which: --to bif")
    goal = goal or format_to_write(target)
    name = "standard input" if source == "-" else source
    text = text_of(_data(source), name, form)
    loaded = read_text(text, form, name=name, rescale=chosen.rescale)
    for note in loaded.notes:
        print(f"{name}: note: {note}", file=sys.stderr)
    made = export(loaded.content, goal)
    emit(made.text, None if target == "-" else target)
    written = "standard output" if target == "-" else target
    for loss in made.lost:
        print(f"{written}: not kept: {loss}", file=sys.stderr)


def _data(source: str) -> bytes:
    if source == "-":
        data = sys.stdin.buffer.read(LARGEST_INPUT + 1)
        refuse_large(len(data), "standard input")
        return data
    try:
        refuse_large(os.path.getsize(source), source)
        with open(source, "rb") as file:
            return file.read()
    except OSError as error:
        raise UsageError(f"cannot read {source}: {error.strerror}") from None


_NAMES = ", ".join((OWN, *FORMATS))
PARSER = Parser("convert", run.__doc__ or "")
PARSER.add_argument("source", metavar="IN", help="a file, or - for standard input")
PARSER.add_argument("target", metavar="OUT", help="a file, or - for standard output")
PARSER.add_argument(
    "--from", dest="source_format", metavar="FORMAT", help=f"the format of IN: {_NAMES}"
)
PARSER.add_rescale()
PARSER.add_argument("--to", dest="target_format", metavar="FORMAT", help="the format of OUT")
