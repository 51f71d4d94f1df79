"""Judge a relation between two formulas.

The kernel decides. A derivation is looked for only to give a better reason than "it is so".

Main definitions
----------------
judge : the verdict on ``left relation right``.
judge_link : the same for a link of a chain, with the digits that its numbers show.

References
----------
[Schwartz1980]_ for identity tests at random points.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import partial

from symcausal.algebra.decimals import with_decimal
from symcausal.algebra.scalar import Number
from symcausal.derive.derivation import derive
from symcausal.derive.step import Step, StepChain
from symcausal.derive.worksheet import same_form
from symcausal.errors import (
    LimitError,
    SymcausalError,
)
from symcausal.expr import build
from symcausal.expr.distributions import (
    distribution_of,
    distributions,
    mentions_do,
    speaks_of_worlds,
)
from symcausal.expr.nodes import Expr, Prob, Scalar
from symcausal.expr.scope import all_letters, free_letters
from symcausal.kernel.core.identity import identical
from symcausal.kernel.counterexample import Counterexample, counterexample
from symcausal.notes.judging.explaining.openings import opening
from symcausal.notes.judging.explaining.reasons import by_identification, rules_between
from symcausal.notes.judging.inequality import ordered
from symcausal.notes.judging.link import Link, link
from symcausal.notes.judging.numbers.fillings import fillings
from symcausal.notes.judging.numbers.givens import (
    agrees_with_given,
    as_events,
    gives_to_start,
    with_names,
)
from symcausal.notes.judging.numbers.judge import (
    ORDERS,
    has_numbers,
    is_number,
    is_parameter,
    judge_numbers,
    refuted_in,
)
from symcausal.notes.judging.proportional import proportional
from symcausal.notes.judging.setting import Setting, named_variables
from symcausal.notes.reporting.verdict import ERROR_BOUND, Evidence, Verdict, Word, verdict_of
from symcausal.reading.numerals import Numeral
from symcausal.record import replace
from symcausal.rules.condition import Condition, Positive

LONGEST_SEARCH = 6
LONGEST_IDENTIFIED = 12
IN_NUMBERS = "in this model's numbers, not for every model of the graph"


def judge(left: Expr, sign: str, right: Expr, setting: Setting) -> Verdict:
    """Return the verdict on a relation between two formulas, their numbers exact.

    Parameters
    ----------
    left, right : Expr
        The two sides.
    sign : str
        ``=``, ``≈``, ``∝``, ``≠``, ``≤``, ``≥``, ``<`` or ``>``.
    setting : Setting
        Where it is judged.

    Examples
    --------
    >>> from symcausal.notes.judging.setting import setting_of
    >>> from symcausal.reading.model_language import read_model
    >>> from symcausal.reading.reader import read
    >>> chain = setting_of(read_model("X -> Y -> Z").network)
    >>> judge(read("P(Z | X, Y)"), "=", read("P(Z | Y)"), chain).word
    'holds'
    >>> judge(read("P(Z | X)"), "=", read("P(Z)"), chain).word
    'fails'
    """
    return judge_link(link(left, sign, right), setting)


def judge_link(claimed: Link, setting: Setting) -> Verdict:
    """Return the verdict on a link of a chain."""
    return verdict_of(lambda: _judged(claimed, setting))


def _judged(claimed: Link, setting: Setting) -> Verdict:
    left, right = claimed.exprs
    if speaks_of_worlds(left, right):
        from symcausal.notes.judging.several_worlds import judge_worlds  # few claims do

        return judge_worlds(claimed, setting)
    if not setting.is_model and mentions_do(left, right):
        from symcausal.notes.judging.one_action import law_after_action  # few claims act

        reason = "an intervention means nothing without a causal model; declare one"
        law = law_after_action(claimed, setting, judge_link)
        return law or Verdict("undecided", reason=reason)
    if not setting.is_causal and mentions_do(left, right):
        reason = "an intervention means nothing where the model says that its arrows are not causal"
        return Verdict("undecided", reason=reason)
    if claimed.sign == "∝" or claimed.constant:
        return proportional(claimed, lambda equation: judge_link(equation, setting))
    if any(is_number(side) or has_numbers(side) for side in (left, right)):
        return _numeric(claimed, setting)
    return _plain(claimed, setting)


def _plain(claimed: Link, setting: Setting) -> Verdict:
    """A relation between formulas: over the graph, else in the numbers that the model has."""
    left, right = claimed.exprs
    if claimed.sign in ORDERS:
        return _ordered(claimed, setting)
    if identical(left, right, setting.models(named_variables(left, right))):
        why = setting.explains or claimed.sign != "="
        verdict = _held(left, right, setting) if why else _equal(left, right)
    else:
        verdict = _in_own_numbers(claimed, setting) or _refuted(left, right, setting)
        if claimed.sign == "≈" and _are_near(verdict):
            return Verdict("undecided", reason=f"near, not equal: {verdict.reason}")
    return _denied(verdict) if claimed.sign == "≠" else verdict


def _are_near(verdict: Verdict) -> bool:
    """Whether two sides differ by no more than a tenth in the reader's own model."""
    example = verdict.example
    if verdict.word != "fails" or example is None or not example.in_model:
        return False
    return 10 * abs(example.left - example.right) <= max(abs(example.left), abs(example.right))


# -- equality in the model's own numbers -----------------------------------------------------------
def _in_own_numbers(claimed: Link, setting: Setting) -> Verdict | None:
    """An equation that is no law of the graph, in the reader's own model; None without numbers."""
    if not setting.known and (setting.network is None or setting.network.is_open):
        return None
    equation = replace(claimed, sign="=")
    verdict = judge_numbers(equation, setting)
    if verdict is not None and verdict.word == "undecided":
        return verdict
    numbers = fillings(setting)
    if numbers is None:
        return verdict
    if not setting.is_model and verdict is None:
        return None  # given numbers make no model of their own
    if verdict is not None and verdict.word == "holds":
        if numbers.has_open:
            return verdict
        return Verdict("holds", "numbers", IN_NUMBERS, _assumes(*claimed.exprs))
    if verdict is None:
        verdict = refuted_in(equation, numbers, setting)
    if verdict is None or verdict.example is None:
        return None
    example = verdict.example
    at = ", ".join(f"{name}={state}" for name, state in example.at.items())
    where = f" at {at}" if at else ""
    chosen = ", ".join(f"{name} = {value}" for name, value in example.chosen)
    words = (
        f"left {with_decimal(example.left)}, right {with_decimal(example.right)} in your model{where}"
        + (f" with {chosen}" if chosen else "")
    )
    path = opening(*claimed.exprs, setting)
    if path:
        words += f"; the two sides differ because of the open path {path}"
    return Verdict("fails", "counterexample", words, example=example)


# -- equality over the graph ----------------------------------------------------------------------
def _held(left: Expr, right: Expr, setting: Setting) -> Verdict:
    """An equation that holds, by the rules that lead from one side to the other or the kernel's word."""
    verdict = _equal(left, right)
    with suppress(
        LimitError
    ):  # of a search for a reason: that the sides are equal has been decided
        evidence, words = _reason_for(left, right, setting)
        if words:
            return replace(verdict, evidence=evidence, reason=words)
    return verdict


def _equal(left: Expr, right: Expr) -> Verdict:
    """An equation that holds, by the kernel's word alone."""
    words = f"equal at random models of the graph; {ERROR_BOUND}"
    return Verdict("holds", "modular", words, _assumes(left, right))


def _reason_for(left: Expr, right: Expr, setting: Setting) -> tuple[Evidence, str]:
    """The rules that lead from one side to the other; no words where none are found."""
    if same_form(left, right):
        return "exact", "both sides are the same formula"
    words = rules_between(left, right, setting.context)
    if words is not None:
        return "derivation", words
    if len(setting.graph.nodes) <= LONGEST_IDENTIFIED:
        words = by_identification(left, right, setting.context, setting.states)
        if words is not None:
            return "derivation", words
    if len(setting.graph.nodes) <= LONGEST_SEARCH:
        for start, goal in ((left, right), (right, left)):
            chain = _chain(start, setting)
            for count, step in enumerate(chain.steps if chain else (), 1):
                if same_form(step.after, goal):
                    assert chain is not None
                    return "derivation", _titles(chain.steps[:count])
        ours, theirs = _chain(left, setting), _chain(right, setting)
        if ours and theirs and same_form(ours.end, theirs.end):
            return "derivation", _titles((*ours.steps, *theirs.steps))
    return "", ""


def _titles(steps: Iterable[Step]) -> str:
    return ", ".join(dict.fromkeys(step.rule.title for step in steps))


def _chain(start: Expr, setting: Setting) -> StepChain | None:
    try:
        return derive(start, setting.context, setting.states)
    except (SymcausalError, RecursionError):
        return None


def _refuted(left: Expr, right: Expr, setting: Setting) -> Verdict:
    example = _example(left, right, setting)
    if example is None:
        words = "the two sides differ at random models of the graph, modulo a prime"
        return Verdict("fails", "modular", words)
    path = opening(left, right, setting)
    words = (
        f"the two sides differ because of the open path {path}" if path else "the two sides differ"
    )
    return Verdict("fails", "counterexample", words, example=example)


def _example(left: Expr, right: Expr, setting: Setting) -> Counterexample | None:
    """A model in which two formulas differ of which it is known that they do, if one is found in time."""
    try:
        return counterexample(left, right, setting.graph, setting.states)
    except LimitError:
        return None


def _denied(verdict: Verdict) -> Verdict:
    own = verdict.example is not None and verdict.example.in_model
    return verdict.denied(
        verdict.reason if own else "the two sides differ in some model of the graph"
    )


# -- numbers --------------------------------------------------------------------------------------
def _numeric(claimed: Link, setting: Setting) -> Verdict:
    """A relation with numbers: a law of the graph, or a matter of the numbers that are there."""
    left, right = claimed.exprs
    sign = claimed.sign
    if sign == "=" and not _all_numbers(setting) and _is_law(left, right, setting):
        return _held(left, right, setting)
    verdict = judge_numbers(claimed, setting)
    if verdict is not None:
        return verdict
    if sign in ORDERS:
        return _bounded(claimed, setting)
    names = with_names(claimed.left, setting), with_names(claimed.right, setting)
    # numbers are given for events
    uses_given = sign == "=" and names != (left, right)
    if uses_given and _is_law(*_events(names, setting), setting):
        return Verdict("holds", "modular", f"with the numbers given; {ERROR_BOUND}")
    if sign in ("=", "≈") and (is_number(left) or is_number(right)):
        formula, value = (right, left) if is_number(left) else (left, right)
        is_lone = distribution_of(formula) is not None
        gives_start = not is_lone and gives_to_start(claimed, partial(_is_law, setting=setting))
        if (isinstance(formula, Prob) or gives_start) and _is_impossible(value):
            return Verdict("fails", "exact", "no probability is less than 0 or more than 1")
        if not is_lone and value in (build.ZERO, build.ONE):
            return _refuted(left, right, setting)
        if sign == "=" and not is_lone and _is_law(formula, build.ONE, setting):
            return Verdict("fails", "modular", f"the formula is 1; {ERROR_BOUND}")
        result = any(isinstance(m.written, Numeral | None) for m in (claimed.left, claimed.right))
        result = result or any(is_parameter(side) for side in (left, right))
        if gives_start and not result:
            result = agrees_with_given(claimed, setting)
        if result or (is_lone and not uses_given):
            return Verdict("definition", reason="a number that the model does not settle")
    return Verdict("undecided", reason="the model does not settle these numbers")


def _events(sides: tuple[Expr, Expr], setting: Setting) -> tuple[Expr, Expr]:
    return as_events(sides[0], setting), as_events(sides[1], setting)


def _is_law(left: Expr, right: Expr, setting: Setting) -> bool:
    """Whether two formulas are equal over the graph, such as ``sum_y P(y | x)`` and 1."""
    try:
        return identical(left, right, setting.models(named_variables(left, right)))
    except KeyError:  # a declared parameter has no value there
        return False


def _bounded(claimed: Link, setting: Setting) -> Verdict:
    """A formula and a number over a graph: a law such as ``P(x) ≤ 1``, or a bound that notes assume."""
    try:
        verdict = _ordered(claimed, setting)
    except KeyError:
        return Verdict("undecided", reason="the model does not settle these numbers")
    if verdict.word == "fails" and any(map(has_numbers, claimed.exprs)):
        return Verdict("undecided", reason="the model does not settle these numbers")
    return verdict


# -- order ----------------------------------------------------------------------------------------
def _ordered(claimed: Link, setting: Setting) -> Verdict:
    """An inequality over a graph; where all numbers are there, it is about them unless it is a law.

    A strict order that holds in all positive models need not hold where tables have zeros.
    """
    left, right = claimed.exprs
    in_model = judge_numbers(claimed, setting) if _all_numbers(setting) else None
    if in_model is not None and claimed.sign in ("<", ">") and not _is_positive(setting):
        return in_model
    if identical(left, right, setting.models(named_variables(left, right))):
        word: Word = "holds" if claimed.sign in ("≤", "≥") else "fails"
        return Verdict(word, "modular", f"the two sides are equal; {ERROR_BOUND}")
    if in_model is not None and in_model.word == "holds":
        return in_model
    verdict = ordered(claimed, setting)
    if verdict.word == "holds" or setting.network is None or setting.network.is_open:
        return verdict
    if in_model is None and not setting.graph.bidirected:
        in_model = judge_numbers(claimed, setting) or Verdict(
            "undecided", reason="no values of what is open were found that refute it, and no proof"
        )
    return in_model or verdict


def _is_impossible(value: Expr) -> bool:
    """Whether a number is no probability."""
    number = value.value if isinstance(value, Scalar) else None
    return isinstance(number, Number) and not 0 <= number.value <= 1


def _is_positive(setting: Setting) -> bool:
    """Whether every entry of the model is more than zero."""
    numbers = fillings(setting)
    return numbers is not None and 0 not in numbers.entries


# -- what a claim speaks of -----------------------------------------------------------------------
def _all_numbers(setting: Setting) -> bool:
    return setting.network is not None and setting.network.is_numeric


def _assumes(left: Expr, right: Expr) -> tuple[Condition, ...]:
    """The conditions of both sides that have to be possible."""
    found: dict[Condition, None] = {}
    for side in (left, right):
        bound = all_letters(side) - set(free_letters(side))
        for about in distributions(side):
            if about.given - about.do and not set(about.given.letters) & bound:
                found[Positive(about.given, about.do)] = None
    return tuple(found)
