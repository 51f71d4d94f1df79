"""``symcausal compare``."""

from __future__ import annotations

from argparse import Namespace

from symcausal.cli.options import emit, load_model
from symcausal.cli.parser import Parser


def run(chosen: Namespace) -> None:
    """Say whether LEFT and RIGHT agree over MODEL, along which paths they differ, and the repair.

    Example: symcausal compare student.model "P(S | do(G=A))" "P(S | G=A)"
    """
    difference = load_model(chosen).compare(chosen.left, chosen.right)
    emit(difference.to(chosen.shape, notation=chosen.notation), chosen)


PARSER = Parser("compare", run.__doc__ or "")
PARSER.add_model()
PARSER.add_argument("left", help="a query")
PARSER.add_argument("right", help="another")
PARSER.add_format()
PARSER.add_notation()
