"""``symcausal compare``."""

from __future__ import annotations

from symcausal.cli.options import emit, load_model, printed
from symcausal.cli.parser import Arguments, Parser
from symcausal.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from symcausal.model import Model


def run(chosen: Arguments) -> None:
    """Say whether LEFT and RIGHT agree over MODEL, along which paths they differ, and the repair.

    Examples
    --------
    symcausal compare student.model "P(S | do(G=A))" "P(S | G=A)"
    symcausal compare confounded.model "P(L | do(G=A))" "P(L | G=A)" --format markdown
    """
    emit(answer(load_model(chosen), chosen), chosen)


def answer(model: Model, chosen: Arguments) -> str:
    """Print what a command line asks of a model."""
    return printed(model.compare(chosen.left, chosen.right), chosen)


PARSER = Parser("compare", run.__doc__ or "")
PARSER.add_model()
PARSER.add_argument("left", help="a query")
PARSER.add_argument("right", help="another")
PARSER.add_format()
PARSER.add_digits()
PARSER.add_width()
PARSER.add_notation()
