"""``symcausal derive``."""

from __future__ import annotations

from argparse import Namespace

from symcausal.cli.options import emit, load_model
from symcausal.cli.parser import Parser


def run(chosen: Namespace) -> None:
    """Derive QUERY in MODEL step by step; every step is checked before it is shown.

    Example: symcausal derive "I -> G <- D; I -> S; G -> L" "P(L | do(G=1))"
    """
    derivation = load_model(chosen).derive(chosen.query, detail=chosen.detail)
    emit(derivation.to(chosen.shape, notation=chosen.notation), chosen)


PARSER = Parser("derive", run.__doc__ or "")
PARSER.add_model()
PARSER.add_argument("query", help="such as P(L | do(G=A))")
PARSER.add_detail()
PARSER.add_format()
PARSER.add_notation()
