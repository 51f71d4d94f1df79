"""``symcausal sensitivity``."""

from __future__ import annotations

import os

from symcausal.cli.options import emit, load_model, printed
from symcausal.cli.parser import Arguments, Parser
from symcausal.errors import UsageError
from symcausal.hints import TYPE_CHECKING, Any
from symcausal.output import writing

if TYPE_CHECKING:
    from symcausal.model import Model

_PICTURES = (".pdf", ".png", ".svg")


def run(chosen: Arguments) -> None:
    """Say how QUERY depends on the table entry ENTRY of MODEL, or on several at once.

    An entry is named as P(S=high | I=high); the rest of its row keeps its ratios. Without an entry
    all are ranked by how much the query depends on them, or by the least change that reaches a bound.

    Examples
    --------
    symcausal sensitivity student.model "P(I=high | S=high)" "P(S=high | I=low)" --at-least 0.9
    symcausal sensitivity student.model "P(I=high | S=high)"
    """
    emit(answer(load_model(chosen), chosen), chosen)


def answer(model: Model, chosen: Arguments) -> str:
    """Print what a command line asks of a model."""
    named = (("at_least", chosen.at_least), ("at_most", chosen.at_most))
    bounds = {name: bound for name, bound in named if bound is not None}
    if len(chosen.entry) > 1:
        if bounds or chosen.plot:
            raise UsageError("a bound or a picture with several entries", hint="name one entry")
        joint = model.sensitivity(chosen.query, list(chosen.entry))
        return printed(joint, chosen)
    if chosen.entry:
        one = model.sensitivity(chosen.query, chosen.entry[0])
        if chosen.plot:
            if not hasattr(one, "plot"):
                raise UsageError("a picture of several functions", hint="name the states")
            _draw(one.plot(**bounds), chosen.plot)
        return printed(one, chosen, **bounds)
    all_ = model.sensitivities(chosen.query, **bounds)
    if chosen.plot:
        _draw(all_.plot(), chosen.plot)
    return printed(all_, chosen)


def _draw(axes: Any, path: str) -> None:
    """Write a picture; the file appears complete or not at all."""
    ending = os.path.splitext(path)[1]
    if ending not in _PICTURES:
        raise UsageError(f"--plot {path}", expected=f"a file ending with {', '.join(_PICTURES)}")
    with writing(path) as file:
        axes.figure.savefig(file, format=ending[1:])


PARSER = Parser("sensitivity", run.__doc__ or "")
PARSER.add_model()
PARSER.add_argument("query", help="with free values, as in P(S), a function for each")
PARSER.add_argument("entry", nargs="*", help="a table entry, such as P(S=high | I=high)")
PARSER.add_argument("--at-least", metavar="NUMBER", help="where the answer is at least this")
PARSER.add_argument("--at-most", metavar="NUMBER", help="where the answer is at most this")
PARSER.add_argument("--plot", metavar="FILE", help="draw it, too: .png, .svg or .pdf")
PARSER.add_format()
PARSER.add_digits()
PARSER.add_width()
