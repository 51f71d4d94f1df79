"""Claims beside a model: about names that it lacks.

A model does not close the vocabulary of its notes. A law of probability holds for whatever it is
about; other claims are judged without the model if they are about none of its variables.

Main definitions
----------------
unknown_names : the names that keep a statement from being read in a model.
are_variables : whether these are variables, read without it.
setting_beside : where such a claim is judged.
is_foreign : whether a statement is about none of a model's variables.
told_beside : a claim with what was judged beside the model.
"""

from __future__ import annotations

from collections.abc import Iterable

from symcausal.errors import UnknownVariableError
from symcausal.expr.scope import variables as variables_of
from symcausal.network.network import DEFAULT_STATES, Variable
from symcausal.notes.judging.relation import WITHOUT_MODEL
from symcausal.notes.judging.setting import Setting
from symcausal.notes.reading.stated import Statement
from symcausal.notes.reporting.claim import Claim
from symcausal.reading.tokens import Name
from symcausal.reading.vocabulary import Guess, Vocabulary
from symcausal.record import replace


def unknown_names(statement: Statement) -> tuple[str, ...]:
    """Return the names that a model lacks, where nothing else keeps a statement from being read."""
    problems = [p for p in (statement.problem, *(part.problem for part in statement.parts)) if p]
    if not all(isinstance(problem, UnknownVariableError) for problem in problems):
        return ()
    spans = [problem.span for problem in problems if problem.span is not None]
    return tuple(dict.fromkeys(span.source.text[span.start : span.end] for span in spans))


def are_variables(unknown: Iterable[str], statement: Statement, guess: Guess) -> bool:
    """Decide whether unknown names are variables, and no indices, where a statement is read alone."""
    exprs = [part.expr for part in statement.parts if part.expr is not None]
    about = {name for expr in exprs for name in variables_of(expr)}
    if statement.independence is not None:
        return True
    read = (guess.lookup(Name(name.strip("\\"))) for name in unknown)
    return all(meaning is not None and meaning.variable in about for meaning in read)


def is_foreign(statement: Statement, names: Vocabulary) -> bool:
    """Decide whether a statement that was read without a model is about none of its variables."""
    said = statement.independence
    about = {
        v for part in statement.parts if part.expr is not None for v in variables_of(part.expr)
    }
    if said is not None:
        about |= {*said.left, *said.right, *said.given}
    spelt = {s for v in about for s in (v, v.lower(), v.upper(), v[:1].lower() + v[1:])}
    return bool(about) and not any(map(names.knows, spelt))


def setting_beside(setting: Setting, names: Vocabulary) -> Setting | None:
    """Return a setting without a model in which the variables that a model has keep its states.

    None where the claim names a state that the model's variable has not.
    """
    variables: dict[str, Variable] = {}
    for name, variable in setting.variables.items():
        own = names.name_of(name)
        states = None if own is None else names.states(own)
        if states is None:
            variables[name] = variable
            continue
        named = set(variable.states) - {*DEFAULT_STATES, "other"}
        if not named <= set(states):
            return None
        variables[name] = Variable(name, states)
    return replace(setting, variables=variables, network=None, points={}, filled={})


def told_beside(claim: Claim, unknown: tuple[str, ...]) -> Claim:
    """Return a claim that was judged without the model, and why."""
    told = f"judged over all joint distributions: the model has no {' and no '.join(unknown)}"
    message = claim.message.replace(WITHOUT_MODEL, told)
    return replace(claim, message=message if told in message else told)
