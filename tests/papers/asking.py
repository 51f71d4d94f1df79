"""Hold an answer against what is published: two roads to one meaning.

A published formula, the query and our estimand must have one value in random models with hidden
causes, as the kernel says and as ``tests.identify.oracle`` says, which share no code.
"""

from __future__ import annotations

import random

from symcausal import Model
from symcausal.answer.identification import Identification
from symcausal.expr.nodes import Expr
from symcausal.kernel.core.identity import identical, points
from tests.identify.oracle import HiddenModel


def same(model: Model, left: Expr, right: Expr) -> bool:
    """Whether two formulas agree for all values of their free letters."""
    graph, states = model.network.graph, model.variables
    rng = random.Random(20060716)
    sizes = {name: len(states[name]) for name in graph.nodes if name not in graph.hidden}
    kernel = identical(left, right, points(graph, states))
    assert kernel is all(HiddenModel(graph, rng, sizes).same(left, right) for _ in range(2))
    return kernel


def asked(text: str, query: str, published: str | None = None, **known: object) -> Identification:
    """The answer to a query, which must be right and mean what is published."""
    model = Model.parse(text)
    answer = model.identify(query, **known)
    assert answer.identifiable, answer.refusal
    assert same(model, model.query(query), answer.estimand)
    if published is not None:
        assert same(model, model.query(published), answer.estimand), str(answer)
    return answer


def refused(text: str, query: str, **known: object) -> Identification:
    """The "no" to a query, which two models must show."""
    answer = Model.parse(text).identify(query, **known)
    assert not answer.identifiable
    assert answer.proven
    assert answer.two_models is not None
    return answer


def rules(answer: Identification) -> list[str]:
    """The rules of a derivation in order."""
    return [step.rule.name for step in answer.steps]
