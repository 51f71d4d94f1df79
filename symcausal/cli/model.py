"""``symcausal model``."""

from __future__ import annotations

from symcausal.cli.exits import answer_no
from symcausal.cli.parser import Arguments, Parser
from symcausal.cli.streams import put, say


def run(chosen: Arguments) -> None:
    """Print the models of notes as text: those that FILE declares, or the graphs that it states.

    Each stands below the line that states it, ready to be corrected and pasted. Exit status 3 if
    there are none.

    Examples
    --------
    symcausal model notes.md
    symcausal model lecture.md
    """
    from symcausal.notes.models import models_of

    text = models_of(chosen.file)
    if not text:
        say(f"{chosen.file} declares no model, and states no graph")
        answer_no()
    if chosen.output in (None, "-"):
        put(text, literal=False)
    else:
        from symcausal.output import write_whole

        write_whole(chosen.output, text)


PARSER = Parser("model", run.__doc__ or "")
PARSER.add_argument("file", metavar="FILE", help="notes, or - for standard input")
PARSER.add_argument("-o", "--output", metavar="FILE", help="write to this file instead")
