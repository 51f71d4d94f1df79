"""``symcausal convert``."""

from __future__ import annotations

import os

from symcausal.cli.options import refuse_large, standard_input
from symcausal.cli.parser import Arguments, Parser
from symcausal.cli.streams import put, say
from symcausal.errors import UsageError
from symcausal.model.exports import export, format_to_write
from symcausal.model.files import OWN, Loaded, load
from symcausal.network.formats.catalogue import FORMATS, named
from symcausal.output import write_whole


def run(chosen: Arguments) -> None:
    """Write a model in another format, by the endings of the names.

    What the new format does not hold is said on standard error; what matters too much to be left out,
    such as a hidden common cause, is refused.

    Examples
    --------
    symcausal convert asia.bif asia.xdsl
    symcausal convert counts.net - --to bif --rescale
    """
    source, target = chosen.source, chosen.target
    form = named(chosen.source_format or "") or None
    goal = named(chosen.target_format or "")
    if not goal and target == "-":
        raise UsageError("no format for standard output", hint="say which: --to bif")
    goal = goal or format_to_write(target)
    loaded, name = _loaded(source, form, rescale=chosen.rescale)
    for note in loaded.notes:
        say(f"{name}: note: {note}")
    made = export(loaded.content, goal)
    text = made.text if made.text.endswith("\n") else made.text + "\n"
    if target == "-":
        put(text, literal=True)
    else:
        write_whole(target, text)
    written = "standard output" if target == "-" else target
    for loss in made.lost:
        say(f"{written}: not kept: {loss}")


def _loaded(source: str, form: str | None, *, rescale: bool) -> tuple[Loaded, str]:
    if source == "-":
        return load(standard_input(), form, rescale=rescale), "standard input"
    try:
        refuse_large(os.path.getsize(source), source)
        return load(source, form, rescale=rescale), source
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
