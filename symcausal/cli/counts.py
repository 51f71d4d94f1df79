"""``symcausal counts``."""

from __future__ import annotations

from symcausal.cli.options import emit, load_model, printed
from symcausal.cli.parser import Arguments, Parser
from symcausal.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from symcausal.model import Model


def run(chosen: Arguments) -> None:
    """Count the entries and parameters of MODEL, or the operations that QUERY takes in it.

    The tables of a model have fewer entries than the joint distribution; nested sums take fewer
    operations than the sum over it.

    Examples
    --------
    symcausal counts student.model
    symcausal counts student.model "P(L)"
    """
    emit(answer(load_model(chosen), chosen), chosen)


def answer(model: Model, chosen: Arguments) -> str:
    """Print what a command line asks of a model."""
    return printed(model.counting(chosen.query), chosen)


PARSER = Parser("counts", run.__doc__ or "")
PARSER.add_model()
PARSER.add_argument("query", nargs="?", help="such as P(L | do(G=A))")
PARSER.add_format()
PARSER.add_width()
PARSER.add_notation()
