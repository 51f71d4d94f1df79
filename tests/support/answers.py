"""Networks read as functional models: each variable answers each row of its parents once.

The answers of a unit are drawn as they are asked for, one branch for each, so that nothing is known here
of copies that count together, or of tables that are multiplied.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product

from symcausal.expr.nodes import Copy, Counterfactual, Imposed, State
from symcausal.identify.question import Input
from symcausal.network.network import Network

Answers = Mapping[tuple[str, tuple[str, ...]], str]


class _Needed(Exception):  # noqa: N818 - a question, no error
    """An answer that has not been drawn."""


def probability(network: Network, events: Sequence[tuple[Copy, str]]) -> Fraction:
    """The part of the units for which all of some events hold."""
    return _share(network, events, {})


def _share(network: Network, events: Sequence[tuple[Copy, str]], answers: Answers) -> Fraction:
    try:
        return Fraction(all(run(network, copy, answers) == state for copy, state in events))
    except _Needed as needed:
        name, row = needed.args
    total = Fraction(0)
    entries = dict(network.rows(name))[row]
    for state, entry in zip(network.variable(name).states, entries, strict=True):
        if entry.value:
            total += entry.value * _share(network, events, {**answers, (name, row): state})
    return total


def run(network: Network, asked: Copy, answers: Answers) -> str:
    """What a variable is for a unit, where others are set."""
    fixed = {}
    for setting in asked.settings:
        value = setting.value
        fixed[setting.variable] = (
            run(network, value, answers) if isinstance(value, Copy) else value.name
        )
    return _state(network, asked.variable, fixed, answers)


def _state(network: Network, name: str, fixed: Mapping[str, str], answers: Answers) -> str:
    if name in fixed:
        return fixed[name]
    parents = network.table(name).parents
    row = tuple(_state(network, parent, fixed, answers) for parent in parents)
    if (name, row) not in answers:
        raise _Needed(name, row)
    return answers[name, row]


def value(network: Network, query: Counterfactual) -> Fraction | None:
    """The probability of a query without letters; None if its condition cannot be."""
    above, below = (
        [(event.copy, event.value.name) for event in part]
        for part in ((*query.outcome, *query.given), query.given)
    )
    among = probability(network, below)
    return probability(network, above) / among if among else None


def data(network: Network, one: Input) -> dict[tuple[str, ...], Fraction]:
    """A distribution that is given, cell by cell."""
    found = {}
    names = (*one.done, *one.observed)
    for place in product(*(network.variable(n).states for n in names)):
        at = dict(zip(names, place, strict=True))
        settings = tuple(Imposed(n, State(at[n])) for n in sorted(one.done))
        events = [(Copy(n, settings), at[n]) for n in one.observed]
        found[place] = probability(network, events)
    return found
