"""``symcausal derive``."""

from __future__ import annotations

from symcausal.cli.options import emit, load_model, printed
from symcausal.cli.parser import DETAILS, Arguments, Parser
from symcausal.errors import UsageError
from symcausal.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from symcausal.model import Model


def run(chosen: Arguments) -> None:
    """Derive QUERY in MODEL step by step; every step is checked before it is shown.

    With --numbers: the way on from the formula to its number. The sums are nested in the order in
    which they are worked out, shared ones get names, and the numbers are put in. --nested stops at
    the nested sums, which takes no numbers. Either goes with --normalise: a conditional probability
    as a constant alpha times what alpha makes sum to one, for all states before the bar.

    Examples
    --------
    symcausal derive student.model "P(L | do(G=A))"
    symcausal derive "I -> G <- D; I -> S; G -> L" "P(L | do(G=1))" --format latex
    symcausal derive student.model "P(I | L=weak)" --numbers --normalise
    """
    emit(answer(load_model(chosen), chosen), chosen)


def answer(model: Model, chosen: Arguments) -> str:
    """Print what a command line asks of a model."""
    _refuse_together(chosen)
    derivation = model.derive(chosen.query, detail=chosen.detail, worlds=chosen.worlds)
    if not (chosen.numbers or chosen.nested):
        return printed(derivation, chosen)
    calculation = derivation.calculation(nested=chosen.nested, normalise=chosen.normalise)
    return printed(calculation, chosen)


def _refuse_together(chosen: Arguments) -> None:
    """Refuse options that contradict each other, and those that would do nothing."""
    if chosen.numbers and chosen.nested:
        raise UsageError(
            "--nested with --numbers", hint="--nested stops before the numbers; choose one"
        )
    if chosen.normalise and not (chosen.numbers or chosen.nested):
        raise UsageError("--normalise alone", expected="--numbers or --nested beside it")
    if chosen.digits is not None and not chosen.numbers:
        raise UsageError("--digits without --numbers", hint="only numbers have digits")
    if (chosen.numbers or chosen.nested) and chosen.detail != DETAILS[1]:
        raise UsageError(
            f"--detail {chosen.detail} with a calculation",
            hint="a calculation starts where the derivation ends; leave --detail out",
        )


PARSER = Parser("derive", run.__doc__ or "")
PARSER.add_model()
PARSER.add_argument("query", help="such as P(L | do(G=A))")
PARSER.add_detail()
PARSER.add_worlds()
PARSER.add_argument(
    "--numbers", action="store_true", help="go on from the formula to its number, line by line"
)
PARSER.add_argument(
    "--nested", action="store_true", help="go on to the nested sums, and stop before numbers"
)
PARSER.add_argument(
    "--normalise", action="store_true",
    help="with --numbers or --nested: alpha times what it makes sum to one",
)  # fmt: skip
PARSER.add_digits()
PARSER.add_format()
PARSER.add_width()
PARSER.add_notation()
