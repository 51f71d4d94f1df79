"""Monotone arrows: the rule and the kernel against models in which no response function falls."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from random import Random

import pytest

from symcausal import Model, SymcausalError, check
from symcausal.expr.nodes import Copy, CopyEvent, CopyEvents, Counterfactual, Imposed, State
from symcausal.graph.graph import Graph
from symcausal.graph.projection import latent_projection
from symcausal.kernel.core.identity import points
from symcausal.kernel.core.meaning import meaning
from symcausal.rules.rising_worlds import monotonicity
from symcausal.rules.rule import Context
from tests.support.functional import FunctionalModel
from tests.worlds.test_identification import agrees

LEAST_FIRED = 40


def random_graph(rng: Random, states: int) -> Graph:
    pairs = [("A", "B"), ("A", "C"), ("B", "C")]
    arrows = [pair for pair in pairs if rng.random() < 0.75]
    order = tuple(map(str, range(states)))
    return Graph(
        "ABC",
        arrows,
        [pair for pair in pairs if rng.random() < 0.25],
        (),
        {arrow: (order, order) for arrow in arrows if rng.random() < 0.6},
    )


def random_events(rng: Random, states: int, count: int) -> CopyEvents:
    found = []
    for _ in range(count):
        name = rng.choice("BCC")
        chosen = [other for other in "AB" if other != name and rng.random() < 0.6]
        settings = tuple(Imposed(n, State(str(rng.randrange(states)))) for n in chosen)
        found.append(CopyEvent(Copy(name, settings), State(str(rng.randrange(states)))))
    if rng.random() < 0.3:
        found.append(CopyEvent(Copy("A"), State("1")))
    return CopyEvents(found)


def test_the_rule_keeps_the_value() -> None:
    fired = Counter[int]()
    for seed in range(3000):
        rng = Random(seed)
        states = 2 + (seed % 5 == 0)
        graph = random_graph(rng, states)
        query = Counterfactual(random_events(rng, states, 2))
        rewrites = [*monotonicity(query, Context(graph))]
        if rewrites:
            model = FunctionalModel(graph, rng, states, most=40)
            for rewrite in rewrites:
                assert model.value(rewrite.after, {}) == model.value(query, {}), (graph, query)
                fired[states] += 1
    assert fired[2] > LEAST_FIRED
    assert fired[3] > 5


def test_nothing_is_proposed_without_a_monotone_arrow() -> None:
    for seed in range(200):
        rng = Random(seed)
        graph = random_graph(rng, 2)
        plain = Graph(graph.nodes, graph.directed, graph.bidirected)
        assert not [*monotonicity(Counterfactual(random_events(rng, 2, 2)), Context(plain))]


def test_the_kernel_has_a_zero_where_no_function_does_it_and_nowhere_else() -> None:
    zeros = 0
    for seed in range(300):
        rng = Random(seed)
        graph = random_graph(rng, 2)
        query = Counterfactual(random_events(rng, 2, rng.randint(1, 3)))
        value = FunctionalModel(graph, rng, 2).value(query, {})
        states = dict.fromkeys("ABC", ("0", "1"))
        (found,) = meaning(query, points(graph, states)[0], {}).values
        assert (found == 0) is (value == 0), (graph, query)
        zeros += value == 0
    assert 20 < zeros < 250


def test_an_estimand_is_right() -> None:
    found = 0
    for seed in range(160):
        rng = Random(seed)
        graph = random_graph(rng, 2)
        if not graph.monotone:
            continue
        lines = [*graph.nodes, *graph.edges, *(f"monotone {a} -> {b}" for a, b in graph.monotone)]
        model = Model.parse("; ".join(lines))
        events = [*random_events(rng, 2, rng.randint(2, 3))]
        cut = rng.randint(1, len(events))
        query = Counterfactual(CopyEvents(events[:cut]), CopyEvents(events[cut:]))
        try:
            identified = model.identify(query, given=rng.choice(["P(V)", "experiments"]))
        except SymcausalError:
            continue
        if identified.estimand is not None:
            assert agrees(graph, query, identified.estimand), (graph, query)
            found += "monotonicity" in [
                inner.rule.name for step in identified.steps for inner in (step.substeps or (step,))
            ]
        else:
            assert not identified.proven
    assert found > 5


BOW = "X -> Y; X <-> Y; monotone X -> Y"
IV = "Z -> X -> Y; X <-> Y; monotone Z -> X"
LATE = "E[Y_{X=1} - Y_{X=0} | X_{Z=1}=1, X_{Z=0}=0]"


@pytest.mark.parametrize(
    ("model", "query", "given", "formula"),
    [
        # Pearl 2009, theorem 9.2.14; Tian and Pearl 2000, theorem 6
        ("monotone X -> Y", "P(Y_{X=0}=0, Y_{X=1}=1)", None, "P(Y=1 | X=1) - P(Y=1 | X=0)"),
        (
            "monotone X -> Y",
            "P(Y_{X=0}=0 | X=1, Y=1)",
            None,
            "(P(Y=1 | X=1) - P(Y=1 | X=0)) / P(Y=1 | X=1)",
        ),
        (
            "monotone X -> Y",
            "P(Y_{X=1}=1 | X=0, Y=0)",
            None,
            "(P(Y=1 | X=1) - P(Y=1 | X=0)) / (1 - P(Y=1 | X=0))",
        ),
        (
            BOW,
            "P(Y_{X=0}=0 | X=1, Y=1)",
            ["P(X, Y)", "P(Y | do(X))"],
            "(P(Y=1) - P(Y=1 | do(X=0))) / P(X=1, Y=1)",
        ),
        (
            BOW,
            "P(Y_{X=1}=1 | X=0, Y=0)",
            ["P(X, Y)", "P(Y | do(X))"],
            "(P(Y=1 | do(X=1)) - P(Y=1)) / P(X=0, Y=0)",
        ),
        (
            "C -> X; C -> Y; monotone X -> Y",
            "P(Y_{X=0}=0 | X=1, Y=1)",
            None,
            "(P(X=1, Y=1) - sum_{c} P(Y=1 | X=0, C=c) P(C=c, X=1)) / P(X=1, Y=1)",
        ),
        # Angrist, Imbens and Rubin 1996
        (IV, LATE, None, "(E[Y | Z=1] - E[Y | Z=0]) / (P(X=1 | Z=1) - P(X=1 | Z=0))"),
    ],
)
def test_a_published_formula(model: str, query: str, given: list[str] | None, formula: str) -> None:
    asked = Model(model)
    found = asked.identify(query, given=given)
    assert found.estimand is not None
    assert "monotone" in found.to_text()
    assert agrees(asked.network.graph, found.query, found.estimand)
    assert agrees(asked.network.graph, found.query, asked.query(formula))


@pytest.mark.parametrize(
    "claim",
    [
        "P(Y_{X=0}=0, Y_{X=1}=1) = P(Y=1 | X=1) - P(Y=1 | X=0)",
        "P(Y_{X=0}=1, Y_{X=1}=0) = 0",
    ],
)
def test_a_claim_rests_on_it(claim: str) -> None:
    rising, plain = (
        Model(text).check(f"${claim}$").claims for text in ("monotone X -> Y", "X -> Y")
    )
    assert [one.verdict for one in rising] == ["holds"]
    assert "monotone" in Model("monotone X -> Y").check(f"${claim}$").to_text(verbose=True)
    assert "holds" not in [one.verdict for one in plain]


@pytest.mark.parametrize(
    "claim",
    ["P(Y=1 | do(X=1)) >= P(Y=1 | do(X=0))", "P(Y=1 | X=1) >= P(Y=1 | X=0)"],
)
def test_what_follows_from_it_is_not_said_to_fail(claim: str) -> None:
    assert [c.verdict for c in Model("monotone X -> Y").check(f"${claim}$").claims] != ["fails"]


@pytest.mark.parametrize(
    ("text", "arrows"),
    [
        ("monotone X -> Y", [("X", "Y")]),
        ("monotone X -> Y -> Z", [("X", "Y"), ("Y", "Z")]),
        ("monotone A, B -> C", [("A", "C"), ("B", "C")]),
        ("monotone Y <- X", [("X", "Y")]),
        ("X: low, high; monotone X -> Y", [("X", "Y")]),
        ("monotone -> Y", []),
    ],
)
def test_a_declaration_is_read_and_written(text: str, arrows: list[tuple[str, str]]) -> None:
    model = Model(text)
    assert [*model.network.graph.monotone] == arrows
    again = Model.parse(model.to_text())
    assert again.network.graph == model.network.graph
    assert again.to_text() == model.to_text()


@pytest.mark.parametrize(
    "text",
    ["monotone X <-> Y", "monotone X, Y", "monotone X", "monotone X Y", "Y := X; monotone X -> Y"],
)
def test_what_is_no_declaration_is_refused(text: str) -> None:
    with pytest.raises(SymcausalError):
        Model(text)


def test_python_values_say_it_too() -> None:
    text = Model("X -> Y; monotone X -> Y").network.graph
    assert Model([("X", "Y")], monotone=[("X", "Y")]).network.graph == text
    assert Model("monotone X -> Y", cpts={"X": ["1/2", "1/2"]}).network.graph == text
    low = Model([("X", "Y")], states={"X": ["low", "high"]}, monotone=[("X", "Y")])
    assert low.network.graph.monotone == {("X", "Y"): (("low", "high"), ("0", "1"))}
    with pytest.raises(SymcausalError, match="no arrow"):
        Model([("X", "Y")], monotone=[("Y", "X")])


@pytest.mark.parametrize("falls", [True, False])
def test_a_table_that_falls_is_refused(falls: bool) -> None:
    """With three states: at or below each of them at most as often under the higher cause."""
    high = "1/2, 0, 1/2" if falls else "1/4, 1/4, 1/2"
    text = (
        f"Y: 3; monotone X -> Y; P(X) = 1/2, 1/2; P(Y | X=0) = 1/4, 1/2, 1/4; P(Y | X=1) = {high}"
    )
    if falls:
        with pytest.raises(SymcausalError, match="monotone X -> Y"):
            Model(text)
    else:
        assert Model(text).network.graph.monotone


@pytest.mark.parametrize("name", ["dot", "dagitty", "gml", "bif"])
def test_a_format_says_that_it_is_lost(name: str) -> None:
    model = Model("monotone X -> Y; P(X) = 1/2, 1/2; P(Y | X=0) = 1/2, 1/2; P(Y | X=1) = 1/4, 3/4")
    assert any("X -> Y" in lost for lost in model.to_format(name).lost)
    assert not any("X -> Y" in lost for lost in Model("X -> Y").to_format("dot").lost)


def test_states_have_the_order_in_which_they_are_listed() -> None:
    found = Model("X: much, little; monotone X -> Y").identify("P(Y_{X=much}=0, Y_{X=little}=1)")
    assert found.identifiable
    other = Model("X: little, much; monotone X -> Y").identify("P(Y_{X=much}=0, Y_{X=little}=1)")
    assert other.estimand == Model("X -> Y").query("0")


def test_a_path_around_through_hidden_variables_takes_it_away() -> None:
    both = ("0", "1"), ("0", "1")
    around = Graph("XHY", ["XH", "HY", "XY"], (), "H", {("X", "Y"): both})
    beside = Graph("XHY", ["HX", "HY", "XY"], (), "H", {("X", "Y"): both})
    assert not latent_projection(around).monotone
    assert [*latent_projection(beside).monotone] == [("X", "Y")]


def test_where_tables_leave_it_open_nothing_is_guessed() -> None:
    model = Model("monotone X -> Y; P(X=1) = 1/3; P(Y=1 | X=0) = 1/4; P(Y=1 | X=1) = 1/2")
    assert model.probability("P(Y_{X=0}=0, Y_{X=1}=1)") == Fraction(1, 4)
    assert model.probability("P(Y_{X=0}=1, Y_{X=1}=0)") == 0


@pytest.mark.parametrize(
    "claim",
    [
        "P(Y_{X=1}=1, Y_{X=0}=0) = P(Y=1 | X=0) - P(Y=1 | X=1)",
        "P(Y_{X=1}=1 | X=0, Y=0) = P(Y=1 | X=1)",
        "P(Y_{X=1}=1, Y_{X=0}=0) = P(Y_{X=1}=1) P(Y_{X=0}=0)",
    ],
)
def test_a_wrong_claim_is_shown_to_fail_in_a_model_that_rises(claim: str) -> None:
    (found,) = check(f"${claim}$", model="X -> Y; monotone X -> Y").claims
    assert found.verdict == "fails"


def test_states_in_another_order_than_that_of_the_graph_are_refused() -> None:
    graph = Graph("XY", ["XY"], (), (), {("X", "Y"): (("0", "1"), ("0", "1"))})
    turned, more = {"X": ("1", "0"), "Y": ("0", "1")}, {"X": ("0", "1", "2"), "Y": ("0", "1")}
    with pytest.raises(ValueError, match="another order"):
        points(graph, turned)
    assert points(graph, more)
