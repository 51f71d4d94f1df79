"""Claims beside a model: about names that it lacks.

A model does not close the vocabulary of its notes. A law of probability holds for whatever it is
about; other claims are judged without the model if they are about none of its variables.

Main definitions
----------------
unknown_names : the names that keep a statement from being read in a model.
is_foreign : whether a statement is about none of a model's variables.
told_beside : a claim with what was judged beside the model.
"""

from __future__ import annotations

from symcausal.errors import UnknownVariableError
from symcausal.expr.scope import variables
from symcausal.notes.judging.relation import WITHOUT_MODEL
from symcausal.notes.reading.stated import Statement
from symcausal.notes.reporting.report import Claim
from symcausal.reading.vocabulary import Vocabulary
from symcausal.record import replace


def unknown_names(statement: Statement) -> tuple[str, ...]:
    """Return the names that a model lacks, where nothing else keeps a statement from being read."""
    problems = [p for p in (statement.problem, *(part.problem for part in statement.parts)) if p]
    if not all(isinstance(problem, UnknownVariableError) for problem in problems):
        return ()
    spans = [problem.span for problem in problems if problem.span is not None]
    return tuple(dict.fromkeys(span.source.text[span.start : span.end] for span in spans))


def is_foreign(statement: Statement, names: Vocabulary) -> bool:
    """Decide whether a statement that was read without a model is about none of its variables."""
    said = statement.independence
    about = {v for part in statement.parts if part.expr is not None for v in variables(part.expr)}
    if said is not None:
        about |= {*said.left, *said.right, *said.given}
    spelt = {s for v in about for s in (v, v.lower(), v.upper(), v[:1].lower() + v[1:])}
    return bool(about) and not any(map(names.knows, spelt))


def told_beside(claim: Claim, unknown: tuple[str, ...]) -> Claim:
    """Return a claim that was judged without the model, and why."""
    told = f"judged over all joint distributions: the model has no {' and no '.join(unknown)}"
    message = claim.message.replace(WITHOUT_MODEL, told)
    return replace(claim, message=message if told in message else told)
