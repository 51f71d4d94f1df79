"""``symcausal table``."""

from __future__ import annotations

from symcausal.cli.options import emit, load_model, printed
from symcausal.cli.parser import Arguments, Parser
from symcausal.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from symcausal.model import Model


def run(chosen: Arguments) -> None:
    """Print the tables of MODEL: all, that of one variable, or that of a query.

    Examples
    --------
    symcausal table student.model G
    symcausal table student.model "P(L | I)" --format latex
    """
    emit(answer(load_model(chosen), chosen), chosen)


def answer(model: Model, chosen: Arguments) -> str:
    """Print what a command line asks of a model."""
    return printed(model.table(chosen.what), chosen)


PARSER = Parser("table", run.__doc__ or "")
PARSER.add_model()
PARSER.add_argument("what", nargs="?", help="a variable or a query")
PARSER.add_format("csv")
PARSER.add_digits()
PARSER.add_width()
