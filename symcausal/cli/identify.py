"""``symcausal identify``."""

from __future__ import annotations

from symcausal.cli.exits import answer_no
from symcausal.cli.options import emit, load_model, printed
from symcausal.cli.parser import Arguments, Parser
from symcausal.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from symcausal.answer.identification import Identification
    from symcausal.model import Model


def run(chosen: Arguments) -> None:
    """Say whether QUERY follows from data in MODEL, with the argument, or what is in the way.

    Exit status 3 if it does not follow.

    Examples
    --------
    symcausal identify "X -> Z -> Y; X <-> Y" "P(Y | do(X))"
    symcausal identify "X -> Y; X <-> Y; Z -> X" "P(Y | do(X))" --given "P(Y | do(X))"
    """
    found = _found(load_model(chosen), chosen)
    emit(printed(found, chosen), chosen)
    if not found.identifiable:
        answer_no()


def answer(model: Model, chosen: Arguments) -> str:
    """Print what a command line asks of a model."""
    return printed(_found(model, chosen), chosen)


def _found(model: Model, chosen: Arguments) -> Identification:
    return model.identify(
        chosen.query,
        given=chosen.given,
        adjust_for=chosen.adjust_for,
        detail=chosen.detail,
        worlds=chosen.worlds,
    )


PARSER = Parser("identify", run.__doc__ or "")
PARSER.add_model()
PARSER.add_argument("query", help="such as P(L | do(G=A))")
PARSER.add_argument(
    "--given", action="append", metavar="DISTRIBUTION",
    help='what is known, such as "P(Y, W | do(Z))"; may be repeated. All that is observed if left out;'
    ' "experiments" for what is seen under every action',
)  # fmt: skip
PARSER.add_argument(
    "--adjust-for", metavar="NAMES", help="the variables to average over in an adjustment"
)
PARSER.add_detail()
PARSER.add_worlds()
PARSER.add_format()
PARSER.add_width()
PARSER.add_notation()
