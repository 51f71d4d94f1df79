"""``symcausal draw``."""

from __future__ import annotations

from argparse import Namespace

from symcausal.answer.drawing import PICTURES
from symcausal.cli.options import emit, load_model
from symcausal.cli.parser import Parser
from symcausal.errors import UsageError


def run(chosen: Namespace) -> None:
    """Draw the graph of MODEL: causes above effects, hidden variables and causes dashed.

    Example: symcausal draw student.model --do G=A --format svg -o student.svg
    """
    picture = load_model(chosen).draw(chosen.shape, do=_actions(chosen.actions))
    emit(picture, chosen)


def _actions(written: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in (part for one in written for part in one.split(",")):
        name, equals, state = (word.strip() for word in text.partition("="))
        if not (name and equals and state):
            raise UsageError(f"--do {text}", expected="NAME=STATE", hint="for example --do G=A")
        if name in found:
            raise UsageError(f"--do sets {name} twice")
        found[name] = state
    return found


PARSER = Parser("draw", run.__doc__ or "")
PARSER.add_model()
PARSER.add_argument(
    "--do", dest="actions", action="append", default=[], metavar="NAME=STATE",
    help="a variable that is set; the arrows into it are cut; may be repeated",
)  # fmt: skip
PARSER.add_format(*PICTURES, default="tikz")
