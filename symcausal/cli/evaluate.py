"""``symcausal evaluate``."""

from __future__ import annotations

from argparse import Namespace

from symcausal.cli.options import emit, load_model
from symcausal.cli.parser import Parser
from symcausal.errors import UsageError


def run(chosen: Namespace) -> None:
    """Give the exact value of QUERY in MODEL, or its closed form if parameters are open.

    Example: symcausal evaluate student.model "P(I=high | G=C)"
    """
    value = load_model(chosen.model).evaluation(chosen.query, _assignments(chosen.numbers))
    emit(value.to(chosen.shape), chosen.output)


def _assignments(numbers: list[str]) -> dict[str, str]:
    given = {}
    for text in numbers:
        name, equals, number = text.partition("=")
        if not equals or not name.strip() or not number.strip():
            raise UsageError(
                f"--set {text}", expected="NAME=NUMBER", hint="for example --set q=1/3"
            )
        if name.strip() in given:
            raise UsageError(f"--set gives {name.strip()} twice")
        given[name.strip()] = number.strip()
    return given


PARSER = Parser("evaluate", run.__doc__ or "")
PARSER.add_model()
PARSER.add_argument("query", help="such as P(L | do(G=A))")
PARSER.add_argument(
    "--set", dest="numbers", action="append", default=[], metavar="NAME=NUMBER",
    help="the number of a parameter; may be repeated",
)  # fmt: skip
PARSER.add_format("text", "csv", "json")
