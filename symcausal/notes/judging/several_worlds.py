"""Judge equations about what would have been: probabilities over several worlds.

They are equal where they are in every functional model of the graph. What is independent across worlds
is what no hidden cause joins; no experiment tests it, so it is said each time.

Main definitions
----------------
judge_worlds : the verdict on such a relation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, islice, product, starmap

from symcausal.algebra.scalar import Number
from symcausal.expr.nodes import Copy, Counterfactual, Expr, Scalar, State, Value
from symcausal.expr.path import everywhere
from symcausal.expr.scope import free_letters, substitute
from symcausal.graph.graph import Graph
from symcausal.kernel.core.identity import identical
from symcausal.kernel.counterexample import counterexample
from symcausal.notes.judging.link import Link
from symcausal.notes.judging.setting import Setting, named_variables
from symcausal.notes.reporting.verdict import ERROR_BOUND, Verdict
from symcausal.record import replace
from symcausal.rules.components import held_together, projected
from symcausal.rules.condition import AcrossWorlds, Condition, Distinct, Rises

MOST_PLACES = 64  # of the letters of a claim, which are looked at for a counterexample
SEVERAL = "it rests on independence across worlds, of which single worlds tell nothing"
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
    if claimed.sign not in ("=", "≠"):
        return Verdict(
            "undecided", reason=f"'{claimed.sign}' between several worlds is not judged yet"
        )
    apart = tuple(_apart(left, right))
    assumes: tuple[Condition, ...] = tuple(Distinct(*pair) for pair in apart)
    counts = Counter({**free_letters(left), **free_letters(right)}.values())
    models = [
        model
        for model in setting.models(named_variables(left, right))
        if all(count <= len(model.states_of(name)) for name, count in counts.items())
    ]
    if not models:
        reason = "a variable has fewer states than the values that are to differ"
        return Verdict("undecided", reason=reason)
    pairs = [(one, other) for _, one, other in apart]
    same = [identical(left, right, (model,), apart=pairs) for model in models]
    if all(same):
        words = f"equal in random functional models of the graph; {ERROR_BOUND}"
        parts = _apart_in(setting.graph) if _is_across(left) or _is_across(right) else ()
        if len(parts) > 1:
            words += f"; {ACROSS}"
            assumes += (AcrossWorlds(parts),)
        if _is_across(left) or _is_across(right):
            assumes += tuple(starmap(Rises, setting.graph.monotone))
        verdict = Verdict("holds", "modular", words, assumes)
    elif any(same):
        return Verdict("undecided", reason="it holds if each variable without states has two")
    elif any(isinstance(side, Scalar) for side in claimed.exprs) or _has_numbers(setting):
        return Verdict("undecided", reason="the tables of a model do not settle several worlds")
    else:
        verdict = _refuted(left, right, setting, apart)
    return verdict.denied(verdict.reason) if claimed.sign == "≠" else verdict


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
    network = setting.network
    return network is not None and any(
        isinstance(entry, Number) for table in network.made.values() for entry in table.entries
    )


def _refuted(
    left: Expr, right: Expr, setting: Setting, apart: Sequence[tuple[str, str, str]]
) -> Verdict:
    """A functional model in which two formulas differ, where their letters are apart."""
    letters = {**free_letters(left), **free_letters(right)}
    places = islice(product(*(setting.states[v] for v in letters.values())), MOST_PLACES)
    for place in places:
        at = dict(zip(letters, place, strict=True))
        if any(at[one] == at[other] for _, one, other in apart):
            continue
        values: dict[str, Value] = {letter: State(state) for letter, state in at.items()}
        here = substitute(left, values), substitute(right, values)
        try:
            if identical(*here, setting.models(named_variables(*here))):
                continue
            example = counterexample(*here, setting.graph, setting.states)
        except ZeroDivisionError:
            continue
        if example is not None:
            words = "the two sides differ in a functional model of the graph"
            return Verdict("fails", "counterexample", words, example=replace(example, at=at))
    words = "the two sides differ at random functional models of the graph, modulo a prime"
    return Verdict("undecided", reason=f"{words}; no model with plain numbers was found")
