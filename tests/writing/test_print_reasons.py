"""Every reason that a derivation prints is true."""

from __future__ import annotations

import random
from collections.abc import Iterator
from json import loads

from symcausal import Model
from symcausal.derive.step import Step, StepChain
from symcausal.errors import ImpossibleEventError, UsageError
from symcausal.expr.build import ONE, product, total
from symcausal.expr.nodes import Expr, Letter
from symcausal.expr.scope import canonical, substitute
from symcausal.kernel.core.identity import identical, points
from symcausal.reading.reader import read_chain
from symcausal.reading.vocabulary import Vocabulary
from symcausal.record import replace
from symcausal.writing.derivation_text import derivation_text
from symcausal.writing.reasons import reason
from symcausal.writing.style import Style
from symcausal.writing.text import render
from tests.support.random_models import random_network, random_query
from tests.support.student import student
from tests.writing.test_print_derivation import SUM_TO_ONE, step
from tests.writing.test_print_formulas import e, p


def _all_steps(steps: tuple[Step, ...]) -> Iterator[Step]:
    for one in steps:
        yield one
        yield from _all_steps(one.substeps)


def _sums(model: Model, asked: Expr, detail: str) -> list[Expr]:
    """The left sides of all that is printed as ``... = 1`` in the reasons for a query."""
    try:
        derivation = model.derive(asked, detail=detail)
    except (ImpossibleEventError, UsageError):
        return []
    found = []
    for one in _all_steps(derivation.steps):
        for piece in reason(one, Style(order=derivation.order), inline=True):
            written = piece if isinstance(piece, str) else render(piece)
            if written.endswith(" = 1"):
                left, right = read_chain(written, Vocabulary.of(model.network)).formulas
                assert right == ONE
                found.append(left)
    return found


def _untrue(model: Model, sums: list[Expr]) -> list[Expr]:
    """Those that are not one in every model of the graph."""
    at = points(model.network.graph, model.variables)
    return [one for one in sums if not identical(one, ONE, at)]


def test_every_sum_that_is_said_to_be_one_is_one() -> None:
    said = 0
    for seed in range(250):
        rng = random.Random(seed)
        network = random_network(rng, nodes=(3, 5))
        model = Model.from_network(network)
        sums = _sums(model, random_query(rng, network), rng.choice(("brief", "lecture", "full")))
        assert _untrue(model, sums) == []
        said += len(sums)
    assert said > 150


def test_a_letter_that_was_renamed_is_no_reason_to_say_more() -> None:
    model = Model.from_network(student())
    sums = _sums(model, model.query("sum_{I} P(I) sum_{I} P(L=strong | I)"), "lecture")
    assert sums
    assert _untrue(model, sums) == []


def test_two_distributions_at_once_are_not_said_to_be_one() -> None:
    before = total(e("S D L"), product([p("D"), p("S", "D"), p("L", "S")]))
    after = total(e("D"), p("D"))
    chain = StepChain(before, (step(before, after, SUM_TO_ONE),))
    assert derivation_text(chain, style=Style(order=("D", "S", "L"))).endswith(
        f"({SUM_TO_ONE.title})"
    )


def test_another_name_for_a_letter_that_stays_changes_nothing() -> None:
    before = total(e("S D"), product([p("D"), p("S", "D")]))
    after = substitute(p("D"), {"D": Letter("D'")})
    renamed = total(e("D'"), after)
    assert canonical(renamed) == canonical(total(e("D"), p("D")))
    chain = StepChain(before, (step(before, renamed, SUM_TO_ONE),))
    assert derivation_text(chain, style=Style(order=("D", "S"))).endswith("(sum_{S} P(S | D) = 1)")


def test_json_says_verified_only_of_what_holds() -> None:
    derivation = Model.from_network(student()).derive("P(L | do(G=A))")
    assert all(one["verified"] for one in loads(derivation.to_json())["steps"])
    first, *rest = derivation.chain.steps
    wrong = replace(first, after=p("L"), instance=(first.before, p("L")))
    forged = replace(derivation, chain=StepChain(derivation.query, (wrong, *rest)))
    assert not any(one["verified"] for one in loads(forged.to_json())["steps"])
