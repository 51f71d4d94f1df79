"""The shortest chain of rules between two formulas that are known to be equal.

The search goes one rule from either side, so it finds chains of one and of two rules. It is a search
for a reason only: that the two are equal has been decided before.

Main definitions
----------------
rules_between : the rules of a shortest chain, with what they needed.
by_identification : the argument that leads from an effect to data, where hidden causes stand behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from symcausal.derive.derivation import hidden_causes
from symcausal.derive.worksheet import form, same_form
from symcausal.errors import SymcausalError
from symcausal.expr.distributions import distribution_of, mentions_do
from symcausal.expr.nodes import Expr, State, Value
from symcausal.expr.path import everywhere, replace
from symcausal.expr.scope import free_letters, substitute
from symcausal.rules.catalogue import CATALOGUE
from symcausal.rules.condition import Condition, Separated
from symcausal.rules.decide import decide
from symcausal.rules.rule import Context, Rule
from symcausal.rules.table_entries import table_entry
from symcausal.writing.text import text

MOST_REWRITES = 80  # from each side; a count and not a time, so that reasons are always the same
MOST_EVENTS = 6
MOST_PLACES = 12
_RULES = tuple(rule for rule in CATALOGUE if rule is not table_entry)


class _RuleHop(NamedTuple):
    rule: Rule
    requires: tuple[Condition, ...]


def rules_between(left: Expr, right: Expr, context: Context) -> str | None:
    """Return the rules that lead from one formula to the other in at most two steps, in words.

    Returns
    -------
    str or None
        Rules by their titles, each with the separation that it rests on; None if there is no such
        chain near the first rewrites.
    """
    ours, theirs = form(left), form(right)
    first: dict[Expr, _RuleHop] = {}
    for formula, step in _neighbours(left, context):
        if formula == theirs and _allowed(step, context):
            return _words(step)
        first.setdefault(formula, step)
    for formula, step in _neighbours(right, context):
        if formula == ours and _allowed(step, context):
            return _words(step)
        before = first.get(formula)
        if before is not None and _allowed(before, context) and _allowed(step, context):
            return ", ".join(dict.fromkeys((_words(before), _words(step))))
    return None


def by_identification(
    left: Expr, right: Expr, context: Context, states: Mapping[str, tuple[str, ...]]
) -> str | None:
    """Return the argument by which one side is an estimand of the other, in words."""
    for effect, data in ((left, right), (right, left)):
        if mentions_do(data) or not mentions_do(effect):
            continue
        if not hidden_causes(effect, context.graph):
            continue
        from symcausal.identify.identification import Identified, identify  # few claims need it

        try:
            found = identify(effect, context, states)
        except (SymcausalError, RecursionError):
            continue
        known = free_letters(effect).values()
        chosen: dict[str, Value] = {
            letter: State(states[name][0])
            for letter, name in free_letters(data).items()
            if name not in known  # which value is set makes no difference; ours is the first
        }
        if isinstance(found, Identified) and same_form(found.estimand, substitute(data, chosen)):
            titles = dict.fromkeys(step.rule.title for step in found.chain.steps)
            titles.pop(found.method, None)
            return f"{found.method}: {', '.join(titles)}" if titles else found.method
    return None


def _neighbours(expr: Expr, context: Context) -> Iterator[tuple[Expr, _RuleHop]]:
    """Everything one rule away, in normal form."""
    places = list(everywhere(expr))
    count = 0
    for path, node in places[:MOST_PLACES]:
        about = distribution_of(node)
        if about and len(about.outcome | about.given | about.do) > MOST_EVENTS:
            continue
        for rule in _RULES:
            try:
                for rewrite in rule(node, context):
                    count += 1
                    if count > MOST_REWRITES:
                        return
                    yield form(replace(expr, path, rewrite.after)), _RuleHop(rule, rewrite.requires)
            except SymcausalError:  # the rule does not fit here
                continue


def _allowed(step: _RuleHop, context: Context) -> bool:
    return all(decide(c, context.graph).verdict != "fails" for c in step.requires)


def _words(step: _RuleHop) -> str:
    needed = [text(c) for c in step.requires if isinstance(c, Separated)]
    return step.rule.title + (f": {', '.join(needed)}" if needed else "")
