"""``symcausal independent``."""

from __future__ import annotations

from symcausal.cli.exits import answer_no
from symcausal.cli.options import emit, load_model, printed
from symcausal.cli.parser import Arguments, Parser
from symcausal.errors import UsageError


def run(chosen: Arguments) -> None:
    """Decide whether the arrows of MODEL make STATEMENT true; exit status 3 if not.

    Without a statement: list what the arrows imply.

    Examples
    --------
    symcausal independent student.model "D _||_ L | G"
    symcausal independent student.model --basis
    """
    loaded = load_model(chosen)
    if chosen.statement is None:
        emit(printed(loaded.implications(basis=chosen.basis), chosen), chosen)
        return
    if chosen.basis:
        raise UsageError("--basis with a statement", hint="leave one of them out")
    answer = loaded.independence(chosen.statement)
    emit(printed(answer, chosen), chosen)
    if not answer.holds:
        answer_no()


PARSER = Parser("independent", run.__doc__ or "")
PARSER.add_model()
PARSER.add_argument("statement", nargs="?", help="such as D _||_ L | G")
PARSER.add_argument(
    "--basis", action="store_true", help="without a statement: a basis, from which all follow"
)
PARSER.add_format()
PARSER.add_width()
