r"""Check notes without a model at hand: those that declare their own, or none.

Main definitions
----------------
check : a formula, a derivation, or a text with formulas.
check_file : a file or a folder of notes.
"""

from __future__ import annotations

import os

from symcausal.algebra.deadline import CLAIM_BUDGET
from symcausal.model.argument import ModelLike, model_of
from symcausal.notes.check import check_files, check_text
from symcausal.notes.reporting.report import Report


def check(
    text: str, model: ModelLike | None = None, *, budget: float = CLAIM_BUDGET, infer: bool = True
) -> Report:
    r"""Judge every relation sign of a formula or derivation, or of a whole text with ``$``.

    Parameters
    ----------
    text : str
        LaTeX or plain text, such as ``P(A | B) = P(B | A) P(A) / P(B)``; Markdown if there is a ``$``
        in it. Where the text declares a model, that one is used.
    model : Model, str or PathLike, optional
        A model, the path of its file, or its text. Without one, a claim is judged over all joint
        distributions of its variables.
    budget : float
        Seconds of processor time for one claim; what is not decided by then is ``undecided``.
    infer : bool
        Whether graphs that the text itself states count where no model is declared: in a Markov
        factorisation, arrows, a drawing, code or structural equations.

    Raises
    ------
    UsageError
        If there is no such file of a model.
    SymcausalError
        If the model cannot be read. What is wrong in the text is told in the report.

    Examples
    --------
    >>> from symcausal import check
    >>> report = check(r"P(A \mid B) = \frac{P(B \mid A) P(A)}{P(B)} = P(B \mid A)")
    >>> [claim.verdict for claim in report.claims]
    ['holds', 'fails']
    >>> check("P(Y | do(X)) = P(Y | X)", "X -> Y").claims[0].verdict
    'holds'
    """
    shared = None if model is None else model_of(model)
    return check_text(
        text,
        shared.content if shared else None,
        budget=budget,
        infer=infer,
    )


def check_file(
    path: str | os.PathLike[str],
    model: ModelLike | None = None,
    *,
    budget: float = CLAIM_BUDGET,
    total: float | None = None,
    infer: bool = True,
) -> Report:
    """Judge every relation sign of a file of notes, or of the notes in a folder.

    Parameters
    ----------
    path : str or PathLike
        Markdown, LaTeX, a notebook, a web page, plain text; a folder; or ``-`` for standard input.
    model : Model, str or PathLike, optional
        The model for notes that declare none.
    budget : float
        Seconds of processor time for one claim.
    total : float, optional
        Seconds of processor time for all claims together.
    infer : bool
        As for :func:`check`.

    Raises
    ------
    UsageError
        If a folder holds no notes, or the file cannot be read.
    """
    shared = None if model is None else model_of(model)
    return check_files(
        [os.fspath(path)],
        shared.content if shared else None,
        budget=budget,
        total=total,
        infer=infer,
    )
