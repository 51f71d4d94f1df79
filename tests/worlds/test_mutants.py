"""Small changes of the kernel's worlds do not go unnoticed: claims or enumerated models tell them."""

from __future__ import annotations

import doctest
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from random import Random
from types import ModuleType

import pytest

from symcausal import check
from symcausal.expr.nodes import Counterfactual
from symcausal.kernel.core import answers, rising, worlds
from symcausal.kernel.core.meaning import meaning
from tests.support.depth import many
from tests.support.functional import FunctionalModel
from tests.worlds import (
    test_claims,
    test_kernel,
    test_monotone,
    test_order,
    test_sixty_claims,
    test_values,
)
from tests.worlds.mutants import Mutant, in_place, mutants
from tests.worlds.test_monotone import random_events, random_graph

SECONDS = 15  # ten times what anything takes; a mutant that runs on is told


class HungError(Exception):
    """A mutant that does not come to an end."""


def the_sixty_claims() -> None:
    for row in test_sixty_claims.ROWS:
        test_sixty_claims.test_check_says_the_same(row)


def the_claims_of_papers() -> None:
    for model, claim, verdict in test_claims.CLAIMS:
        (found,) = check(f"We have ${claim}$.", model=model).claims
        assert found.verdict == verdict


def units_that_are_enumerated() -> None:
    for seed in range(25):
        rng = Random(seed)
        graph = random_graph(rng, 2)
        query = Counterfactual(random_events(rng, 2, 2), random_events(rng, 2, seed % 2))
        model = FunctionalModel(graph, rng, 2, most=6)
        assert meaning(query, model.interpretation(), {}).values[0] == model.value(query, {})


def functions_that_are_listed() -> None:
    test_order.test_functions_are_listed_up_to_a_limit()
    test_order.test_what_is_listed_is_asked_for_at_several_rows()
    test_order.test_answers_go_together_by_draws_of_their_own_or_by_one()
    for sizes, width in product([(2,), (2, 2), (3,), (2, 3)], (2, 3)):
        test_order.test_functions_that_rise_are_all_that_do_not_fall(sizes, width)


def orders_of_states() -> None:
    test_monotone.test_states_in_another_order_than_that_of_the_graph_are_refused()


def signs_and_examples() -> None:
    test_order.told_rightly(range(8))


def examples_of(module: ModuleType) -> int:
    """How many examples of its docstrings go wrong."""
    runner = doctest.DocTestRunner(verbose=False)
    for test in doctest.DocTestFinder().find(module):
        try:
            with limited():
                runner.run(test, out=lambda _: None)
        except HungError:
            return 1
    return runner.failures


def laws_of_rows() -> None:
    for states, above, count in product((2, 3), (2, 3), (1, 2, 3)):
        test_kernel.test_laws_at_fewer_rows_are_sums_of_laws_at_more.hypothesis.inner_test(
            states, above, count, states + 7 * above
        )


def quantities_of_circuits() -> None:
    for word in ("PN", "PNS", "ETT", "NDE"):
        test_values.test_quantities_of_a_circuit(word)


KILLERS: tuple[Callable[[], None], ...] = (
    laws_of_rows,
    functions_that_are_listed,
    orders_of_states,
    the_sixty_claims,
    units_that_are_enumerated,
    quantities_of_circuits,
    signs_and_examples,
    the_claims_of_papers,
)


@contextmanager
def limited() -> Iterator[None]:
    """Stop what runs on."""

    def stop(*_: object) -> None:
        raise HungError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def is_told(module: ModuleType, mutant: Mutant) -> bool:
    """Whether something goes wrong with a mutant in place."""
    with in_place(module, mutant):
        if examples_of(module):
            return True
        for killer in KILLERS:
            try:
                with limited():
                    killer()
            except (Exception, pytest.fail.Exception):
                return True
    return False


# what is the same in all that is asked, with the reason
ALIKE = {
    "what is set itself has nothing else to leave out": ("minimal: now () if False else kept",),
    "the share of a state that is alone is not asked for": ("Responses.__init__: now 2",),
    "a check that no caller fails": ("raise TypeError", "raise ValueError"),
    "what bounds time and space": ("raise LimitError", "without spend("),
    "what is remembered is worked out again": (
        "now known is not None",
        "without known =",
        "without self._possible[variable, row] = known",
        "without self._parts[variable, rows] = known",
        "Responses._possible_at: now if True",
    ),
}


def is_alike(mutant: Mutant) -> bool:
    told = f"{mutant.function}: {mutant.change}"
    return any(words in told for some in ALIKE.values() for words in some)


@pytest.mark.slow
@pytest.mark.parametrize("module", [worlds, answers, rising], ids=lambda m: m.__name__)
def test_a_small_change_is_told(module: ModuleType) -> None:
    for killer in KILLERS:
        killer()  # as it is, nothing is wrong
    every = [mutant for mutant in mutants(module) if not is_alike(mutant)]
    chosen = Random(7).sample(every, min(len(every), many(2)))
    left = [str(mutant) for mutant in chosen if not is_told(module, mutant)]
    assert 100 * len(left) <= len(chosen), "\n".join(left)
