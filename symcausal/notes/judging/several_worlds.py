"""Judge equations about what would have been: probabilities over several worlds.

They are equal where they are in every functional model of the graph. What is independent across worlds
is what no hidden cause joins; no experiment tests it, so it is said each time.

Main definitions
----------------
judge_worlds : the verdict on such a relation.
judge_copies : the verdict on an independence of copies.
"""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, islice, product, starmap

from symcausal.algebra.deadline import remaining, within
from symcausal.algebra.scalar import Number
from symcausal.errors import LimitError
from symcausal.expr import build
from symcausal.expr.nodes import (
    Copy,
    CopyEvent,
    CopyEvents,
    Counterfactual,
    Expr,
    Letter,
    Scalar,
    State,
    Value,
)
from symcausal.expr.path import everywhere
from symcausal.expr.scope import free_letters, substitute
from symcausal.graph.graph import Graph
from symcausal.kernel.core.draws import SEED, Draws
from symcausal.kernel.core.identity import identical
from symcausal.kernel.core.interpretation import Interpretation, generic
from symcausal.kernel.core.mechanisms import mechanisms_of
from symcausal.kernel.core.worlds import minimal
from symcausal.kernel.counterexample import Counterexample, counterexample
from symcausal.notes.judging.inequality import is_below, proved, reason_of
from symcausal.notes.judging.link import Link, link
from symcausal.notes.judging.numbers.fillings import fillings
from symcausal.notes.judging.numbers.judge import ORDERS, has_numbers, judge_numbers
from symcausal.notes.judging.setting import HIDDEN_STATES, Setting, named_variables
from symcausal.notes.reporting.verdict import ERROR_BOUND, Verdict
from symcausal.numbers.evaluate.determined import are_determined
from symcausal.reading.independence import WrittenIndependence
from symcausal.record import replace
from symcausal.rules.components import held_together, projected
from symcausal.rules.condition import AcrossWorlds, Condition, Distinct, Rises

MOST_PLACES = 64  # of the letters of a claim, which are looked at for a counterexample
LONGEST = 20.0  # seconds for an independence
ACROSS = "what no hidden cause joins is taken to be independent across worlds"


def judge_worlds(claimed: Link, setting: Setting) -> Verdict:
    """Return the verdict on a relation of which a side speaks of copies of variables.

    A letter with a prime is another value than the one without: ``P(y_x, y'_{x'})`` is about two
    different states of each.
    """
    left, right = claimed.exprs
    if not setting.is_model or not setting.is_causal:
        reason = "what would have been means nothing without a causal model; declare one"
        return Verdict("undecided", reason=reason)
    if claimed.sign not in ("=", "≠", *ORDERS):
        return Verdict(
            "undecided", reason=f"'{claimed.sign}' between several worlds is not judged yet"
        )
    if any(map(_has_parameters, claimed.exprs)):  # which are in tables alone
        return _in_tables(claimed, setting)
    certain = {} if setting.network is None else mechanisms_of(setting.network)
    if certain is None:
        return Verdict("undecided", reason="what moves a mechanism beside its parents is not told")
    counts = Counter({**free_letters(left), **free_letters(right)}.values())
    models = [
        model
        for model in _models(claimed, setting, certain)
        if all(count <= len(model.states_of(name)) for name, count in counts.items())
    ]
    if not models:
        reason = "a variable has fewer states than the values that are to differ"
        return Verdict("undecided", reason=reason)
    if claimed.sign in ORDERS:
        return _ordered(claimed, setting, certain)
    verdict = _equal(claimed, setting, certain, models)
    return verdict.denied(verdict.reason) if claimed.sign == "≠" else verdict


def judge_copies(said: WrittenIndependence, setting: Setting) -> Verdict:
    """Return the verdict on an independence of what variables would have been.

    It is an equation for all values of the copies and of what they set, of letters that may be equal.
    """
    assert said.copies is not None
    if not setting.is_model or not setting.is_causal:
        reason = "what would have been means nothing without a causal model; declare one"
        return Verdict("undecided", reason=reason)
    certain = {} if setting.network is None else mechanisms_of(setting.network)
    if said.surgery or certain is None:
        return Verdict("undecided", reason="nothing is told of several worlds in such a graph")
    for copy in {copy for part in said.copies for copy in part if copy.settings}:
        if not minimal(copy, setting.graph).settings:
            reason = f"nothing that is set acts on {copy.variable}; it may be meant otherwise"
            return Verdict("undecided", reason=reason)
    time = remaining()
    with within(LONGEST if time is None else time):
        verdict = _split(_as_equation(*said.copies), setting, certain)
    return verdict if said.holds else verdict.denied(verdict.reason)


def _split(
    equation: Link, setting: Setting, certain: Mapping[str, tuple[Fraction, ...]]
) -> Verdict:
    """The verdict on a law that is said to be a product."""
    models = _models(equation, setting, certain)
    same = [identical(*equation.exprs, (model,)) for model in models]
    if all(same):
        words = f"so it is in random functional models of the graph; {ERROR_BOUND}"
        return _holds(equation, setting, (), words)
    if any(same):
        return Verdict("undecided", reason="it holds if each variable without states has two")
    if _has_numbers(setting):
        return _in_tables(equation, setting)
    example = _example(*equation.exprs, setting, (), certain)
    if example is None:
        reason = "it is not so at random functional models; no model with plain numbers was found"
        return Verdict("undecided", reason=reason)
    words = "the joint law is not the product in a functional model of the graph"
    return Verdict("fails", "counterexample", words, example=example)


def _as_equation(left: Sequence[Copy], right: Sequence[Copy], given: Sequence[Copy]) -> Link:
    """The law of both sides is the product of theirs, whatever is given."""
    values = dict[Copy, CopyEvent]()
    taken = {letter for copy in (*left, *right, *given) for letter in _letters(copy)}
    for copy in (*left, *right, *given):
        letter = copy.variable
        while letter in taken:
            letter += "'"
        taken.add(letter)
        values.setdefault(copy, CopyEvent(copy, Letter(letter)))
    one, other, seen = (CopyEvents(values[copy] for copy in part) for part in (left, right, given))
    parts = Counterfactual(one, seen), Counterfactual(other, seen)
    return link(Counterfactual(one | other, seen), "=", build.product(parts))


def _letters(copy: Copy) -> Iterator[str]:
    for setting in copy.settings:
        match setting.value:
            case Letter(name):
                yield name
            case Copy():
                yield from _letters(setting.value)
            case State():
                pass


def _models(
    claimed: Link, setting: Setting, certain: Mapping[str, tuple[Fraction, ...]]
) -> Sequence[Interpretation[int]]:
    """Random functional models, in which mechanisms are what they are."""
    if not certain:
        return setting.models(named_variables(*claimed.exprs))
    return [
        generic(
            setting.graph,
            setting.states,
            Draws(SEED),
            hidden_states=HIDDEN_STATES,
            certain=certain,
        )
    ]


def _equal(
    claimed: Link,
    setting: Setting,
    certain: Mapping[str, tuple[Fraction, ...]],
    models: Sequence[Interpretation[int]],
) -> Verdict:
    """The verdict on an equation."""
    left, right = claimed.exprs
    apart = tuple(_apart(left, right))
    assumes: tuple[Condition, ...] = tuple(Distinct(*pair) for pair in apart)
    pairs = [(one, other) for _, one, other in apart]
    same = [identical(left, right, (model,), apart=pairs) for model in models]
    if all(same):
        return _holds(
            claimed,
            setting,
            assumes,
            f"equal in random functional models of the graph; {ERROR_BOUND}",
        )
    if any(same):
        return Verdict("undecided", reason="it holds if each variable without states has two")
    if _has_numbers(setting):
        return _in_tables(claimed, setting)
    if any(isinstance(side, Scalar) for side in claimed.exprs) and not _is_of_none_or_all(claimed):
        return Verdict("undecided", reason="a number that the model does not settle")
    return _refuted(left, right, setting, apart, certain)


def _holds(claimed: Link, setting: Setting, assumes: tuple[Condition, ...], words: str) -> Verdict:
    """The verdict on what is so in all functional models, with what that rests on."""
    if any(map(_is_across, claimed.exprs)):
        parts = _apart_in(setting.graph)
        if len(parts) > 1:
            words += f"; {ACROSS}"
            assumes += (AcrossWorlds(parts),)
        assumes += tuple(starmap(Rises, setting.graph.monotone))
    return Verdict("holds", "modular" if ERROR_BOUND in words else "exact", words, assumes)


def _is_of_none_or_all(claimed: Link) -> bool:
    """Whether a formula is said to be 0 or 1; of a lone probability that is an assumption."""
    left, right = claimed.exprs
    formula, value = (right, left) if isinstance(left, Scalar) else (left, right)
    return value in (build.ZERO, build.ONE) and not isinstance(formula, Counterfactual)


def _has_parameters(formula: Expr) -> bool:
    return any(
        isinstance(node, Scalar) and not isinstance(node.value, Number)
        for _, node in everywhere(formula)
    )


def _in_tables(claimed: Link, setting: Setting) -> Verdict:
    """The verdict on a relation in a model with numbers, where its tables determine both sides."""
    numbers = fillings(setting)
    letters = {**free_letters(claimed.left.expr), **free_letters(claimed.right.expr)}
    if numbers is not None and all(
        are_determined(side, numbers.first.at, letters) for side in claimed.exprs
    ):
        found = judge_numbers(claimed, setting)
        if found is not None:
            return found
    return Verdict("undecided", reason="the tables of a model do not settle several worlds")


def _ordered(
    claimed: Link, setting: Setting, certain: Mapping[str, tuple[Fraction, ...]]
) -> Verdict:
    """The verdict on an inequality, where letters of one variable are apart."""
    (left, right), sign = claimed.exprs, claimed.sign
    high, low = (right, left) if sign in ("≤", "<") else (left, right)
    least = 1 if sign in ("<", ">") else 0
    apart = tuple(_apart(left, right))
    if least and _has_numbers(
        setting
    ):  # what is so in all positive models need not be where some is 0
        return _in_tables(claimed, setting)
    unknown = "no counterexample was found, and no proof either"
    time, over = remaining(), False
    try:
        with within(60.0 if time is None else time / 2):
            if proved(high, low, least, setting, apart=True, certain=certain):
                assumes = tuple(Distinct(*pair) for pair in apart)
                return _holds(claimed, setting, assumes, reason_of(least))
    except LimitError as error:
        unknown = f"no counterexample was found, and the proof takes too long: {error.message}"
        over = True
    if _has_numbers(setting):
        return _in_tables(claimed, setting)
    example = _example(high, low, setting, apart, certain, wrong=is_below)
    if example is None or any(map(has_numbers, claimed.exprs)):
        reason = unknown if example is None else "the model does not settle these numbers"
        return Verdict("undecided", reason=reason, out_of_budget=over)
    if high is right:
        example = example.turned()
    if least and _example(low, high, setting, apart, certain, wrong=is_below) is not None:
        words = "it is so in some models and not in others; no number says in which"
        return Verdict("undecided", reason=words, example=example)
    words = "the order can be the other way round"
    return Verdict("fails", "counterexample", words, example=example)


def _apart_in(graph: Graph) -> tuple[tuple[str, ...], ...]:
    """The sets of variables that hidden causes hold together."""
    whole = projected(graph)
    return tuple(map(whole.names, held_together(whole, whole.mask(whole.nodes))))


def _is_across(formula: Expr) -> bool:
    """Whether a probability of a formula is about more than one world."""
    for _, node in everywhere(formula):
        if isinstance(node, Counterfactual):
            copies = [event.copy for event in (*node.outcome, *node.given)]
            nested = any(isinstance(s.value, Copy) for copy in copies for s in copy.settings)
            if nested or len({copy.settings for copy in copies}) > 1:
                return True
    return False


def _apart(left: Expr, right: Expr) -> Iterator[tuple[str, str, str]]:
    """Yield each variable of which two letters stand for different values, with the letters."""
    letters = {**free_letters(left), **free_letters(right)}
    for one, other in combinations(letters, 2):
        if letters[one] == letters[other]:
            yield letters[one], one, other


def _has_numbers(setting: Setting) -> bool:
    """Whether numbers other than those of mechanisms stand in a table."""
    network = setting.network
    return network is not None and any(
        isinstance(entry, Number) and entry.value not in (0, 1)
        for table in network.made.values()
        for entry in table.entries
    )


def _refuted(
    left: Expr,
    right: Expr,
    setting: Setting,
    apart: Sequence[tuple[str, str, str]],
    certain: Mapping[str, tuple[Fraction, ...]],
) -> Verdict:
    """A functional model in which two formulas differ, where their letters are apart."""
    example = _example(left, right, setting, apart, certain)
    if example is not None:
        words = "the two sides differ in a functional model of the graph"
        return Verdict("fails", "counterexample", words, example=example)
    words = "the two sides differ at random functional models of the graph, modulo a prime"
    return Verdict("undecided", reason=f"{words}; no model with plain numbers was found")


def _example(
    left: Expr,
    right: Expr,
    setting: Setting,
    apart: Sequence[tuple[str, str, str]],
    certain: Mapping[str, tuple[Fraction, ...]],
    *,
    wrong: Callable[[Fraction, Fraction], bool] = operator.ne,
) -> Counterexample | None:
    """A functional model that refutes a relation, where letters of one variable are apart."""
    letters = {**free_letters(left), **free_letters(right)}
    places = islice(product(*(setting.states[v] for v in letters.values())), MOST_PLACES)
    for place in places:
        at = dict(zip(letters, place, strict=True))
        if any(at[one] == at[other] for _, one, other in apart):
            continue
        values: dict[str, Value] = {letter: State(state) for letter, state in at.items()}
        here = substitute(left, values), substitute(right, values)
        try:
            if identical(*here, _models(link(here[0], "=", here[1]), setting, certain)):
                continue
            example = counterexample(
                *here, setting.graph, setting.states, wrong=wrong, certain=certain
            )
        except ZeroDivisionError:
            continue
        if example is not None:
            return replace(example, at=at)
    return None
