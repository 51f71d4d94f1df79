"""The languages by name.

Main definitions
----------------
LANGUAGES : what closed forms can be written in.
to_source : a closed form as the text of a function.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcausal.errors import UsageError, nearest
from symcausal.evaluate.closed_form import ClosedForm
from symcausal.source.c import C
from symcausal.source.javascript import JavaScript
from symcausal.source.julia import Julia
from symcausal.source.numpy import Numpy
from symcausal.source.program import program_of
from symcausal.source.python import Python
from symcausal.source.r import R
from symcausal.source.writer import Wording, Writer

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
