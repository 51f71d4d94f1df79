"""Judge a relation between two formulas.

The kernel decides. A derivation is looked for only to give a better reason than "it is so".

Main definitions
----------------
judge : the verdict on ``left relation right``.

References
----------
[Schwartz1980]_ for identity tests at random points.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from symcausal.check.numbers import (
    NO_SLACK,
    Digits,
    has_numbers,
    is_number,
    judge_numbers,
    with_names,
)
from symcausal.check.order import ordered
from symcausal.check.reasons import by_identification, rules_between
from symcausal.check.setting import Setting, named_variables
from symcausal.check.verdict import ERROR_BOUND, Verdict, Word
from symcausal.derive.derivation import derive
from symcausal.derive.step import Chain
from symcausal.derive.worksheet import same_form
from symcausal.errors import (
    LimitError,
    SymcausalError,
)
from symcausal.expr import build
from symcausal.expr.nodes import Expectation, Expr, Letter, Prob, Quotient, State, Value
from symcausal.expr.path import everywhere
from symcausal.expr.scope import all_letters, free_letters, fresh, substitute
from symcausal.graph.graph import Graph
from symcausal.graph.paths import back_door_paths
from symcausal.graph.separation import Path, open_path
from symcausal.kernel.counterexample import Counterexample, counterexample
from symcausal.kernel.identity import identical
from symcausal.notation.vocabulary import negative_state
from symcausal.record import replace
from symcausal.rules.condition import Condition, Positive

LONGEST_SEARCH = 6
LONGEST_IDENTIFIED = 12
ORDERS = ("≤", "≥", "<", ">")


def judge(
    left: Expr,
    sign: str,
    right: Expr,
    setting: Setting,
    *,
    digits: Digits = (None, None),
    constant: bool = False,
    slack: Fraction = NO_SLACK,
    query: Expr | None = None,
) -> Verdict:
    """Judge one relation.

    Parameters
    ----------
    left, right : Expr
        The two sides.
    sign : str
        ``=``, ``≈``, ``∝``, ``≠``, ``≤``, ``≥``, ``<`` or ``>``.
    setting : Setting
        Where it is judged.
    digits : tuple of int or None
        For a side that is a decimal, how many digits it shows after the point.
    constant : bool
        Whether one side has an unnamed constant factor, which makes ``=`` mean ``∝``.
    slack : Fraction
        By how much, relatively, calculations may be off since numbers in them were rounded.
    query : Expr or None
        What the chain starts from: a constant factor in a later line may depend on its evidence.
    """
    try:
        if not setting.is_model and mentions_do(left, right):
            reason = "an intervention means nothing without a causal model; declare one"
            return Verdict("undecided", reason=reason)
        if sign == "∝" or constant:
            return _proportional(left, right, setting, query)
        if any(is_number(side) or has_numbers(side) for side in (left, right)):
            return _numeric(left, sign, right, setting, digits, slack)
        if sign in ORDERS:
            return _ordered(left, sign, right, setting, digits)
        verdict = _identity(left, right, setting)
        if sign == "≠":
            return _denied(verdict)
        if sign == "≈" and verdict.word == "fails" and _all_numbers(setting):
            return _numeric(left, sign, right, setting, digits, slack)
        return verdict
    except LimitError as error:
        reason = f"a limit was reached: {error.message}"
        return Verdict("undecided", reason=reason, out_of_budget=True)
    except ZeroDivisionError:
        return Verdict("undecided", reason="a condition on one side is impossible in every model")
    except SymcausalError as error:
        return Verdict("undecided", reason=error.message)


# -- equality over the graph ----------------------------------------------------------------------
def _identity(left: Expr, right: Expr, setting: Setting) -> Verdict:
    if identical(left, right, setting.models(named_variables(left, right))):
        return _reason_for(left, right, setting)
    return _refuted(left, right, setting)


def _reason_for(left: Expr, right: Expr, setting: Setting) -> Verdict:
    """The rules that lead from one side to the other, or the kernel's word."""
    assumes = _assumes(left, right)
    if same_form(left, right):
        return Verdict("holds", "exact", "both sides are the same formula", assumes)
    words = rules_between(left, right, setting.context)
    if words is not None:
        return Verdict("holds", "derivation", words, assumes)
    if len(setting.graph.nodes) <= LONGEST_IDENTIFIED:
        words = by_identification(left, right, setting.context, setting.states)
        if words is not None:
            return Verdict("holds", "derivation", words, assumes)
    if len(setting.graph.nodes) <= LONGEST_SEARCH:
        for start, goal in ((left, right), (right, left)):
            chain = _chain(start, setting)
            for count, step in enumerate(chain.steps if chain else (), 1):
                if same_form(step.after, goal):
                    assert chain is not None
                    words = ", ".join(dict.fromkeys(s.rule.title for s in chain.steps[:count]))
                    return Verdict("holds", "derivation", words, assumes)
        ours, theirs = _chain(left, setting), _chain(right, setting)
        if ours and theirs and same_form(ours.end, theirs.end):
            steps = (*ours.steps, *theirs.steps)
            words = ", ".join(dict.fromkeys(step.rule.title for step in steps))
            return Verdict("holds", "derivation", words, assumes)
    words = f"equal at random models of the graph; {ERROR_BOUND}"
    return Verdict("holds", "modular", words, assumes)


def _chain(start: Expr, setting: Setting) -> Chain | None:
    try:
        return derive(start, setting.context, setting.states)
    except (SymcausalError, RecursionError):
        return None


def _refuted(left: Expr, right: Expr, setting: Setting) -> Verdict:
    example = _example(left, right, setting)
    if example is None:
        words = "the two sides differ at random models of the graph, modulo a prime"
        return Verdict("fails", "modular", words)
    path = _open_path(left, right, setting.graph)
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


def _open_path(left: Expr, right: Expr, graph: Graph) -> Path | None:
    """The back door between what one side sets and the other only sees, or what an end should block."""
    for one, other in ((left, right), (right, left)):
        match one, other:
            case Prob(outcome, given, do), Prob(same, seen, rest) if outcome == same:
                mistaken = [
                    x for x in do.variables if x in seen.variables and x not in rest.variables
                ]
                if mistaken:
                    given_names = [v for v in given.variables if v not in mistaken]
                    found = back_door_paths(graph, mistaken, outcome.variables, given_names, most=1)
                    return found[0] if found else None
                dropped = [z for z in given.variables if z not in seen.variables]
                if dropped and do == rest:
                    kept = (*[v for v in given.variables if v not in dropped], *do.variables)
                    return open_path(graph, outcome.variables, dropped, kept, cut_into=do.variables)
    return None


def _denied(verdict: Verdict) -> Verdict:
    if verdict.word == "holds":
        return Verdict("fails", verdict.evidence, "the two sides are equal: " + verdict.reason)
    if verdict.word == "fails":
        reason = "the two sides differ in some model of the graph"
        return Verdict("holds", verdict.evidence, reason, example=verdict.example)
    return verdict


# -- proportionality ------------------------------------------------------------------------------
def _proportional(left: Expr, right: Expr, setting: Setting, query: Expr | None) -> Verdict:
    """Proportional as functions of what the left side, or else the start of its chain, asks for."""
    asked = _asked(left) or _asked(right)
    if not asked:
        reason = "nothing is free on the left, so everything is proportional"
        return Verdict("undecided", reason=reason)
    verdict = _proportional_in(asked, left, right, setting)
    there = {**free_letters(left), **free_letters(right)}
    first = tuple(letter for letter in _asked(query) if letter in there) if query else ()
    if verdict.word == "fails" and first and set(first) < set(asked):
        return _proportional_in(first, left, right, setting)
    return verdict


def _proportional_in(asked: Sequence[str], left: Expr, right: Expr, setting: Setting) -> Verdict:
    """Whether ``f(q) g(q') = f(q') g(q)`` for the letters ``q`` that are asked for."""
    taken = all_letters(left) | all_letters(right)
    second: dict[str, Value] = {}
    for letter in asked:
        copy = fresh(letter, taken)
        taken.add(copy)
        second[letter] = Letter(copy)
    one = build.product((left, substitute(right, second)))
    other = build.product((substitute(left, second), right))
    if identical(one, other, setting.models(named_variables(left, right))):
        shown = ", ".join(asked)
        words = f"proportional as functions of {shown}; {ERROR_BOUND}"
        return Verdict("holds", "modular", words, _assumes(left, right))
    example = _example(one, other, setting)
    words = "the ratio of the two sides is not constant"
    return Verdict("fails", "counterexample" if example else "modular", words, example=example)


def _asked(expr: Expr) -> tuple[str, ...]:
    """The free letters among the outcomes of the first probability; below a bar stands evidence."""
    evidence = free_letters(expr.denominator) if isinstance(expr, Quotient) else {}
    for _, node in everywhere(expr):
        if isinstance(node, Prob):
            free = free_letters(expr)
            found = tuple(letter for letter in node.outcome.letters if letter in free)
            return tuple(letter for letter in found if letter not in evidence) or found
    return ()


# -- numbers --------------------------------------------------------------------------------------
def _numeric(
    left: Expr, sign: str, right: Expr, setting: Setting, digits: Digits, slack: Fraction
) -> Verdict:
    """A relation with numbers: a law of the graph, or a matter of the numbers that are there."""
    settled = _all_numbers(setting)
    if sign == "=" and not settled and _is_law(left, right, setting):
        return _reason_for(left, right, setting)
    verdict = judge_numbers(left, sign, right, setting, digits, slack)
    if verdict is not None:
        if verdict.word == "fails" and is_number(left) != is_number(right) and sign not in ORDERS:
            return _of_events(left, sign, right, setting, digits, slack) or verdict
        return verdict
    if sign in ORDERS:
        return _bounded(left, sign, right, setting)
    named = with_names(left, setting), with_names(right, setting)
    if sign == "=" and named != (left, right) and _is_law(*named, setting):
        return Verdict("holds", "modular", f"with the numbers given; {ERROR_BOUND}")
    if sign == "=" and (is_number(left) or is_number(right)):
        formula, value = (right, left) if is_number(left) else (left, right)
        if not isinstance(formula, Prob | Expectation) and value in (build.ZERO, build.ONE):
            return _refuted(left, right, setting)
        return Verdict("definition", reason="a number that the model does not settle")
    return Verdict("undecided", reason="the model does not settle these numbers")


def _of_events(
    left: Expr, sign: str, right: Expr, setting: Setting, digits: Digits, slack: Fraction
) -> Verdict | None:
    """A number for ``P(A | B)`` with bare names, if it holds of the events ``A=yes`` and ``B=yes``."""
    said: dict[str, Value] = {}
    for letter, variable in {**free_letters(left), **free_letters(right)}.items():
        states = setting.states[variable]
        no = negative_state(variable, states)
        if no is None or letter != variable:
            return None
        said[letter] = State(next(state for state in states if state != no))
    if sign == "≠" or not said:
        return None
    one, other = substitute(left, said), substitute(right, said)
    verdict = judge_numbers(one, sign, other, setting, digits, slack)
    if verdict is None or verdict.word != "holds":
        return None
    words = ", ".join(f"{name}={value.name}" for name, value in said.items())
    return replace(verdict, reason=f"read as {words}; {verdict.reason}")


def _is_law(left: Expr, right: Expr, setting: Setting) -> bool:
    """Whether two formulas are equal over the graph, such as ``sum_y P(y | x)`` and 1."""
    try:
        return identical(left, right, setting.models(named_variables(left, right)))
    except KeyError:  # a declared parameter has no value there
        return False


def _bounded(left: Expr, sign: str, right: Expr, setting: Setting) -> Verdict:
    """A formula and a number over a graph: a law such as ``P(x) ≤ 1``, or a bound that notes assume."""
    try:
        verdict = _ordered(left, sign, right, setting, (None, None))
    except KeyError:
        return Verdict("undecided", reason="the model does not settle these numbers")
    if verdict.word == "fails" and (has_numbers(left) or has_numbers(right)):
        return Verdict("undecided", reason="the model does not settle these numbers")
    return verdict


# -- order ----------------------------------------------------------------------------------------
def _ordered(left: Expr, sign: str, right: Expr, setting: Setting, digits: Digits) -> Verdict:
    """An inequality over a graph; where there are numbers, it is about them unless it always holds."""
    if identical(left, right, setting.models(named_variables(left, right))):
        word: Word = "holds" if sign in ("≤", "≥") else "fails"
        return Verdict(word, "modular", f"the two sides are equal; {ERROR_BOUND}")
    verdict = ordered(left, sign, right, setting)
    if verdict.word != "holds" and _all_numbers(setting) and not setting.graph.bidirected:
        return judge_numbers(left, sign, right, setting, digits) or verdict
    return verdict


# -- what a claim speaks of -----------------------------------------------------------------------
def _all_numbers(setting: Setting) -> bool:
    return setting.network is not None and setting.network.is_numeric


def mentions_do(*sides: Expr) -> bool:
    """Whether a formula speaks of an intervention."""
    return any(
        isinstance(node, Prob | Expectation) and node.do
        for side in sides
        for _, node in everywhere(side)
    )


def _assumes(left: Expr, right: Expr) -> tuple[Condition, ...]:
    """The conditions of both sides that have to be possible."""
    found: dict[Condition, None] = {}
    for side in (left, right):
        bound = all_letters(side) - set(free_letters(side))
        for _, node in everywhere(side):
            if not isinstance(node, Prob | Expectation) or not node.given - node.do:
                continue
            if not set(node.given.letters) & bound:
                found[Positive(node.given, node.do)] = None
    return tuple(found)
