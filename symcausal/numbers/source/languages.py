"""The languages by name.

Main definitions
----------------
LANGUAGES : what closed forms can be written in.
to_source : a closed form as the text of a function.
source_of : a query as the text of a function.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcausal.errors import UsageError, nearest
from symcausal.expr.nodes import Expr
from symcausal.network.network import Network
from symcausal.numbers.evaluate.closed_form import ClosedForm, closed_form
from symcausal.numbers.source.c import C
from symcausal.numbers.source.javascript import JavaScript
from symcausal.numbers.source.julia import Julia
from symcausal.numbers.source.names import NUMBERS_IN_LATEX, SOURCES
from symcausal.numbers.source.numpy import Numpy
from symcausal.numbers.source.program import program_of
from symcausal.numbers.source.python import Python
from symcausal.numbers.source.r import R
from symcausal.numbers.source.writer import Wording, Writer
from symcausal.writing.names import names_of
from symcausal.writing.notations import Notation
from symcausal.writing.text import text

LANGUAGES: dict[str, type[Writer]] = {
    "python": Python,
    "numpy": Numpy,
    "c": C,
    "julia": Julia,
    "r": R,
    "javascript": JavaScript,
}


def to_source(
    form: ClosedForm,
    language: str,
    *,
    name: str = "probability",
    order: Sequence[str] = (),
    wording: Wording | None = None,
) -> str:
    """Write a closed form as a function, a straight line of assignments.

    Parameters
    ----------
    form : ClosedForm
        What to compute. Cells that are not defined are not a number, or whatever the language has
        for that.
    language : str
        A key of :data:`LANGUAGES`.
    name : str
        The name of the function.
    order : sequence of str
        Names of parameters in the order of the arguments; the order of first use if left out.
    wording : Wording, optional
        What the comments say besides.

    Raises
    ------
    UsageError
        If there is no such language, or the name is none there.
    LimitError
        If the closed form is too long for a function.
    """
    if language not in LANGUAGES:
        raise UsageError(
            f"no language '{language}'",
            expected=", ".join(LANGUAGES),
            hint=nearest(language, LANGUAGES),
        )
    writer = LANGUAGES[language](program_of(form, order), name, wording or Wording())
    return writer.text()


def source_of(
    query: Expr,
    network: Network,
    language: str,
    *,
    name: str = "probability",
    form: ClosedForm | None = None,
) -> str:
    """Write a query as a function of the parameters that are open.

    Parameters
    ----------
    query : Expr
        What to compute.
    network : Network
        Whose tables it is computed from.
    language : str
        A key of :data:`LANGUAGES`.
    name : str
        The name of the function.
    form : ClosedForm, optional
        The closed form of the query, if it is known.

    Raises
    ------
    UsageError
        If there is no such language, or the name is none there.
    LimitError
        If it would be too long.
    """
    order = names_of(network.variables, network.declared)
    if language == NUMBERS_IN_LATEX:
        raise UsageError(
            f"'{language}' is a calculation, no function",
            expected=", ".join(LANGUAGES),
            hint=f"evaluation(query).to_source('{language}') writes it",
        )
    if language not in LANGUAGES:
        raise UsageError(
            f"no language '{language}'",
            expected=", ".join(SOURCES),
            hint=nearest(language, SOURCES),
        )
    form = form or closed_form(network, query)
    provided = tuple(text(condition, Notation(), order) for condition in form.assumes)
    entries = [entry.name for entry in network.parameters]
    wording = Wording(text(query, Notation(), order), provided)
    return to_source(form, language, name=name, order=entries, wording=wording)
