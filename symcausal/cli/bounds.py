"""``symcausal bounds``."""

from __future__ import annotations

from symcausal.cli.options import emit, load_model, printed
from symcausal.cli.parser import Arguments, Parser
from symcausal.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from symcausal.model import Model


def run(chosen: Arguments) -> None:
    """Say between what values QUERY lies in all models with the same data as MODEL.

    Bounds are the largest and the smallest of some terms over data, each of which is proved.

    Examples
    --------
    symcausal bounds "Z -> X -> Y; X <-> Y" "P(Y=1 | do(X=1)) - P(Y=1 | do(X=0))"
    symcausal bounds "X -> Y; X <-> Y" "P(Y_{X=0}=0, Y_{X=1}=1)" --given "P(V)" --given "P(Y | do(X))"
    """
    emit(answer(load_model(chosen), chosen), chosen)


def answer(model: Model, chosen: Arguments) -> str:
    """Print what a command line asks of a model."""
    return printed(model.bounds(chosen.query, given=chosen.given), chosen)


PARSER = Parser("bounds", run.__doc__ or "")
PARSER.add_model()
PARSER.add_argument("query", help="such as P(Y=1 | do(X=1)), with a state for each variable")
PARSER.add_argument(
    "--given", action="append", metavar="DISTRIBUTION",
    help='what is known, such as "P(Y | do(X))"; may be repeated. All that is observed if left out',
)  # fmt: skip
PARSER.add_format()
PARSER.add_width()
PARSER.add_notation()
