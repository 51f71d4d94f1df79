"""What a comparison says of random graphs: its repairs repair, its paths are open, its model differs.

The judges add the rows of joint distributions and look at each step of each path; see comparisons.py.
"""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations

import pytest

from symcausal import Model
from symcausal.answer.comparison import SHOWN_REPAIRS
from symcausal.kernel.core.interpretation import with_explicit_causes
from symcausal.writing.latex import latex
from tests.answer.comparisons import Question, adjusts
from tests.support.depth import many
from tests.support.oracle import Oracle, disagreements
from tests.support.random_models import random_tables

QUICK = 30
MANY = many(100)


def check_repairs(question: Question) -> int:
    """Whether every set repairs, by the joint distribution; if none is told, none does."""
    found = question.model.compare(question.left, question.right)
    for repair in found.repairs:
        assert adjusts(question, repair.variables), (str(question), str(repair))
    assert len(found.repaired) == len(found.repairs)
    others = [v for v in question.nodes if v not in question.named]
    if not found.equal and not found.repairs and len(others) < 4:
        for size in range(len(others) + 1):
            for names in combinations(others, size):
                assert not adjusts(question, names), (str(question), names)
    return len(found.repairs)


def check_paths(question: Question) -> int:
    """Whether every path is one, and open with the other treatments seen, and with them done."""
    found = question.model.compare(question.left, question.right)
    assert bool(found.open_paths) != found.equal, str(question)
    for path in found.open_paths:
        ends = {path.nodes[0], path.nodes[-1]}
        others = set(question.acts) - ends
        seen = {*question.given, *others} - ends
        about = (str(question), str(path))
        assert question.is_path(path.nodes, path.arrows), about
        assert question.is_open(path.nodes, path.arrows, seen), about
        assert question.is_open(path.nodes, path.arrows, seen, tuple(others)), about
    return len(found.open_paths)


@pytest.mark.parametrize("shape", ["plain", "mixed"])
def test_repairs_repair_and_are_not_missed(shape: str) -> None:
    rng = random.Random(11)
    assert sum(check_repairs(Question(rng, shape=shape)) for _ in range(QUICK)) > 1


@pytest.mark.parametrize("shape", ["plain", "mixed"])
def test_listed_paths_are_open(shape: str) -> None:
    rng = random.Random(12)
    assert sum(check_paths(Question(rng, shape=shape)) for _ in range(QUICK)) > 10


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["plain", "mixed"])
@pytest.mark.parametrize("seed", range(4))
def test_repairs_and_paths_of_many_graphs(shape: str, seed: int) -> None:
    rng = random.Random(100 + seed)
    repairs = paths = 0
    for _ in range(MANY):
        question = Question(rng, shape=shape)
        repairs += check_repairs(question)
        paths += check_paths(question)
    assert repairs > MANY / 25
    assert paths > MANY / 2


def test_the_formulas_shown_are_the_query() -> None:
    rng = random.Random(13)
    shown = 0
    while shown < 8:
        question = Question(rng, shape=rng.choice(("plain", "mixed")))
        found = question.model.compare(question.left, question.right)
        graph = with_explicit_causes(question.model.network.graph)
        states = dict.fromkeys(graph.nodes, ("0", "1"))
        oracle = Oracle(random_tables(rng, graph, states, positive=True))
        said = found.to_latex()
        for i, formula in enumerate(found.repaired):
            wrong = list(disagreements(found.mended.query, formula, oracle))
            assert not wrong, (str(question), formula)
            assert i >= SHOWN_REPAIRS or latex(formula, order=question.nodes) in said
            shown += 1


def test_the_example_of_a_comparison_names_only_parents_that_matter() -> None:
    rng = random.Random(14)
    for _ in range(60):
        question = Question(rng, shape="plain")
        example = question.model.compare(question.left, question.right).example
        if example is None:
            continue
        told: dict[str, dict[tuple[tuple[str, str], ...], object]] = {}
        for name, given, row in example.rows:
            told.setdefault(name, {})[given] = row
        for name, rows in told.items():
            even = tuple(Fraction(1, 2) for _ in example.states[name])
            for parent, _ in next(iter(rows)):
                turned = (
                    (
                        row,
                        rows.get(
                            tuple((p, _other(v) if p == parent else v) for p, v in given), even
                        ),
                    )
                    for given, row in rows.items()
                )
                assert any(row != other for row, other in turned), (str(question), name, parent)


def _other(state: str) -> str:
    return "1" if state == "0" else "0"


def test_a_query_with_a_condition_is_repaired_with_it() -> None:
    """Averaging over A without its condition, or with P(a) for P(a | e), is wrong here."""
    model = Model.parse("A -> C; A -> B; C -> B; C -> E; F -> A; F -> E")
    found = model.compare("P(B | do(C), F)", "P(B | C, F)")
    assert [latex(formula) for formula in found.repaired] == [
        r"\sum_{A} P[B \mid A, C, F]\,P[A \mid F]"
    ]
    assert model.compare("P(B | do(C), E)", "P(B | C, E)").repairs == ()


def test_an_effect_under_another_intervention_keeps_it() -> None:
    model = Model.parse("Z -> X; Z -> Y; X -> Y; W -> X; W <-> Y")
    found = model.compare("P(Y | do(X, W))", "P(Y | X, do(W))")
    assert [latex(formula) for formula in found.repaired] == [
        r"\sum_{Z} P[Y \mid \mathrm{do}(W), X, Z]\,P[Z \mid \mathrm{do}(W)]"
    ]
    assert [str(path) for path in found.open_paths] == ["X <- Z -> Y"]


def test_a_hidden_treatment_is_compared_without_a_repair() -> None:
    model = Model.parse("hidden U; U -> X; U -> Y; X -> Y; Z -> U; Z -> Y")
    found = model.compare("P(Y | do(U))", "P(Y | U)")
    assert [str(path) for path in found.open_paths] == ["U <- Z -> Y"]
    assert found.repairs == ()
    assert found.none_repairs is None
