"""``symcausal derive``."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from symcausal.cli.options import emit, load_model
from symcausal.cli.parser import Parser

if TYPE_CHECKING:
    from symcausal.model import Model


def run(chosen: Namespace) -> None:
    """Derive QUERY in MODEL step by step; every step is checked before it is shown.

    Examples
    --------
    symcausal derive student.model "P(L | do(G=A))"
    symcausal derive "I -> G <- D; I -> S; G -> L" "P(L | do(G=1))" --format latex
    symcausal derive student.model "P(I | L)" --detail full --notation koller --format markdown
    """
    emit(answer(load_model(chosen), chosen), chosen)


def answer(model: Model, chosen: Namespace) -> str:
    """Print what a command line asks of a model."""
    derivation = model.derive(chosen.query, detail=chosen.detail)
    return derivation.to(chosen.shape, notation=chosen.notation, width=chosen.width)


PARSER = Parser("derive", run.__doc__ or "")
PARSER.add_model()
PARSER.add_argument("query", help="such as P(L | do(G=A))")
PARSER.add_detail()
PARSER.add_format()
PARSER.add_width()
PARSER.add_notation()
