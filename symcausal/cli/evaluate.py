"""``symcausal evaluate``."""

from __future__ import annotations

from symcausal.cli.options import emit, load_model, printed
from symcausal.cli.parser import Arguments, Parser
from symcausal.cli.progress import told, wipe
from symcausal.cli.streams import listens, say
from symcausal.errors import UsageError
from symcausal.hints import TYPE_CHECKING
from symcausal.numbers.source.names import SOURCES

if TYPE_CHECKING:
    from symcausal.model import Model

_ALL = "all"


def run(chosen: Arguments) -> None:
    """Give the exact value of QUERY in MODEL, or its closed form if parameters are open.

    With --table: once for each row of a CSV or Parquet file whose columns are parameters; the rows
    come out with the value beside them.

    Examples
    --------
    symcausal evaluate student.model "P(I=high | G=C)"
    symcausal evaluate student.model "P(G | I)" --format csv
    symcausal evaluate "A; parameters q; P(A) = 1 - q, q" "P(A=1)" --set q=1/3
    """
    model = load_model(chosen)
    if chosen.table is not None:
        _evaluate_rows(_loosened(model, chosen), _assignments(chosen.numbers), chosen)
        return
    emit(answer(model, chosen), chosen)


def answer(model: Model, chosen: Arguments) -> str:
    """Print what a command line asks of a model."""
    numbers = _assignments(chosen.numbers)
    found = _loosened(model, chosen).evaluation(chosen.query, numbers)
    return printed(found, chosen)


def _loosened(model: Model, chosen: Arguments) -> Model:
    """The model with symbols where they are asked for."""
    if not chosen.symbolic:
        return model
    return model.symbolic(*(rows for rows in chosen.symbolic if rows != _ALL))


def _evaluate_rows(model: Model, numbers: dict[str, str], chosen: Arguments) -> None:
    if chosen.shape not in ("text", "csv"):
        raise UsageError(
            f"--format {chosen.shape} with --table", hint="the ending of -o chooses the format"
        )
    shown = listens()
    progress = told(lambda rows, size: f"{rows} rows of {size >> 20} MB") if shown else None
    written = model.evaluate_rows(
        chosen.query, chosen.table, chosen.output, values=numbers, progress=progress
    )
    if shown:
        wipe()
    rows = "row" if written.rows == 1 else "rows"
    notes = [f"{written.rows} {rows} evaluated"]
    if written.undefined:
        notes.append(f"{written.undefined} not defined, since the condition is impossible there")
    if written.carried:
        notes.append(f"no parameters, written as they came: {', '.join(written.carried)}")
    say("; ".join(notes))


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
PARSER.add_argument(
    "--table", metavar="FILE", help="evaluate once for each row of a CSV or Parquet file"
)
PARSER.add_argument(
    "--symbolic", action="append", default=[], metavar="ROWS",
    help="take a symbol for each number of P(S), or of P(S | I=high), or of all; may be repeated",
)  # fmt: skip
PARSER.add_format("csv", *SOURCES)
PARSER.add_digits()
PARSER.add_width()
