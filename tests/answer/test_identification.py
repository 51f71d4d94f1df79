"""``Model.identify``: the answer, what it prints, and what it says when the answer is no."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from itertools import combinations, product

import pytest

from symcausal import Model, errors, parse
from symcausal.algebra.scalar import Number
from symcausal.answer.rivals import rival_tables, shared_table
from symcausal.derive.worksheet import same_form
from symcausal.expr.nodes import Prob
from symcausal.expr.path import everywhere
from symcausal.expr.scope import free_letters
from symcausal.identify.question import Input
from symcausal.kernel.core.interpretation import exact, with_explicit_causes
from symcausal.kernel.core.meaning import meaning
from symcausal.network.network import Network, Table, Variable
from tests.support.oracle import Oracle
from tests.support.pace import soon

FRONT_DOOR = "X -> Z -> Y; X <-> Y"
NAPKIN = "W -> R -> X -> Y; W <-> X; W <-> Y"
BOW = "X -> Y; X <-> Y"

# model, query, estimand as textbooks write it, argument
TEXTBOOK = [
    ("Z -> X; Z -> Y; X -> Y", "P(Y | do(X))", r"\sum_{Z} P(Y | X, Z) P(Z)", "back-door adjustment"),
    (FRONT_DOOR, "P(Y | do(X))", r"\sum_{Z} P(Z | X) \sum_{X'} P(Y | X', Z) P(X')",
     "front-door adjustment"),
    (NAPKIN, "P(Y | do(X))", r"\frac{\sum_{W} P(X, Y | R=0, W) P(W)}{\sum_{W} P(X | R=0, W) P(W)}",
     "ID"),
    ("X -> Y", "P(X | do(Y))", "P(X)", "do-calculus"),
    ("X -> Y", "P(Y | do(X))", "P(Y | X)", "do-calculus"),
    ("X -> Z; X -> Y; Y -> Z", "P(Y | do(X), Z)", "P(Y | X, Z)", "do-calculus"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "query", "estimand", "method"), TEXTBOOK)
def test_finds_the_textbook_formula(text, query, estimand, method):
    """Named shortcuts come before the general algorithm."""
    answer = Model.parse(text).identify(query)
    wanted = Model.parse(text).query(estimand)
    assert answer.identifiable
    assert same_form(answer.estimand, wanted), str(answer)
    assert answer.method == method
    assert answer.steps
    assert answer.derivation.verify()
    assert answer.hedge is None
    assert answer.two_models is None


def test_json_has_what_the_contract_names():
    """Also where the answer is no."""
    for text, identifiable in ((FRONT_DOOR, True), (BOW, False)):
        data = json.loads(Model.parse(text).identify("P(Y | do(X))").to_json())
        assert data["identifiable"] is identifiable
        for key in ("query", "estimand", "estimand_tree", "assumptions", "steps", "hedge"):
            assert key in data
        assert (data["estimand"] is not None) is identifiable
        assert (data["hedge"] is None) is identifiable
        assert all(step["verified"] for step in data["steps"])


def test_two_models_show_that_there_is_no_formula():
    """Same data, another effect; by brute force."""
    answer = Model.parse(BOW).identify("P(Y | do(X))")
    assert not answer.identifiable
    assert answer.hedge.larger == ("X", "Y")
    assert answer.hedge.smaller == ("Y",)
    first, second = (Oracle(model.network) for model in answer.two_models)
    seen, done = parse("P(X, Y)"), parse("P(Y | do(X))")
    places = [{"X": x, "Y": y} for x in "01" for y in "01"]
    assert [first.value(seen, at) for at in places] == [second.value(seen, at) for at in places]
    assert [first.value(done, at) for at in places] != [second.value(done, at) for at in places]


def test_bounds_enclose_both_models():
    """``P(y, x) <= P(y | do(x)) <= P(y, x) + 1 - P(x)``."""
    answer = Model.parse(BOW).identify("P(Y | do(X))")
    assert answer.bounds.sharp
    for model in answer.two_models:
        oracle = Oracle(model.network)
        for at in ({"X": x, "Y": y} for x in "01" for y in "01"):
            value = oracle.value(parse("P(Y | do(X))"), at)
            low, high = (oracle.value(e, at) for e in (answer.bounds.lower, answer.bounds.upper))
            assert Fraction(0) <= low <= value <= high <= 1


def test_says_what_to_measure():
    """The common cause, or an instrument's experiment where that helps."""
    assert [str(r) for r in Model.parse(BOW).identify("P(Y | do(X))").remedies] == [
        "measuring the common cause of X and Y"
    ]
    hidden = Model.parse("hidden U; U -> X; U -> Y; X -> Y").identify("P(Y | do(X))")
    assert [str(remedy) for remedy in hidden.remedies] == ["measuring U"]


def test_takes_experiments():
    """The effect of X2 on Y is known, so that of both is (z-identification)."""
    model = Model.parse("X1 -> X2 -> Y; X1 <-> X2; X2 <-> Y; X1 <-> Y")
    assert not model.identify("P(Y | do(X1, X2))").identifiable
    answer = model.identify("P(Y | do(X1, X2))", given=["P(V)", "P(X1, Y | do(X2))"])
    assert answer.inputs == (Input(("X1", "X2", "Y")), Input(("X1", "Y"), ("X2",)))
    assert same_form(answer.estimand, model.query("P(Y | do(X2))"))
    assert model.identify("P(Y | do(X1, X2))", given="P(V | do(X2))").identifiable


def test_partial_inputs_are_joined_by_terms_that_they_hold():
    """``P(Y | X)`` would be shorter, but nobody recorded both."""
    model = Model.parse("X -> W -> Y")
    answer = model.identify("P(Y | do(X))", given=["P(X, W)", "P(W, Y)"])
    assert same_form(answer.estimand, model.query(r"\sum_{W} P(W | X) P(Y | W)"))
    whole = model.identify("P(Y | do(X))", given=["P(X, W)", "P(V)"])
    assert same_form(whole.estimand, model.query("P(Y | X)"))


def test_the_reader_may_choose_what_to_adjust_for():
    """Any valid set will do."""
    model = Model.parse("A -> X -> Y; B -> Y; A -> B")
    assert same_form(
        model.identify("P(Y | do(X))", adjust_for="A").estimand,
        model.query(r"\sum_{A} P(Y | A, X) P(A)"),
    )
    assert same_form(
        model.identify("P(Y | do(X))", adjust_for="B").estimand,
        model.query(r"\sum_{B} P(Y | B, X) P(B)"),
    )


@pytest.mark.parametrize(
    ("text", "names", "instead"),
    [
        ("X -> Y; A -> Y", "Y", r"\{\}"),  # the outcome itself
        (FRONT_DOOR, "Z", "none adjusts"),  # what carries the effect
        ("Z -> X; Z -> Y; X -> Y; A -> Y", "A", r"\{Z\}"),  # leaves the back door open
        ("hidden U; X <- U -> Z -> Y; X -> Y", "U", r"\{Z\}"),  # nobody saw it
    ],
)
def test_never_ignores_a_set_that_does_not_adjust(text, names, instead):
    """It says which ones do."""
    with pytest.raises(errors.UsageError, match=instead):
        Model.parse(text).identify("P(Y | do(X))", adjust_for=names)


def test_a_set_may_be_larger_than_it_has_to_be():
    """What makes no difference is left out again."""
    model = Model.parse("Z -> X; Z -> Y; X -> Y; A -> Y")
    answer = model.identify("P(Y | do(X))", adjust_for=["A", "Z"])
    assert same_form(answer.estimand, model.query(r"\sum_{Z} P(Y | X, Z) P(Z)"))


@pytest.mark.parametrize(
    ("query", "names", "given", "reason"),
    [
        ("P(Y | X)", "B", None, "of no use"),  # sees, and sets nothing
        ("P(Y | do(X), A)", "B", None, "without conditions"),
        ("E[Y | do(X=1)]", "", None, r"\{A\}, \{B\}"),  # a mean is an effect like any other
        ("P(Y | do(X))", "B", "P(V | do(A))", "without an experiment"),
    ],
)
def test_never_drops_a_choice_in_silence(query, names, given, reason):
    """Where it would play no part, it is refused, and the reason given."""
    model = Model.parse("A -> X -> Y; A -> B -> Y")
    with pytest.raises(errors.UsageError, match=reason):
        model.identify(query, adjust_for=names, given=given)


def test_a_large_set_is_followed_by_adjustment_too():
    """Both A and B do alone; both together are cut to one of them, not taken apart by another way."""
    model = Model.parse("A -> X -> Y; A -> B -> Y")
    answer = model.identify("P(Y | do(X))", adjust_for="A, B")
    assert answer.method == "back-door adjustment"
    either = [rf"\sum_{{{n}}} P(Y | {n}, X) P({n})" for n in "AB"]
    assert any(same_form(answer.estimand, model.query(one)) for one in either)


def test_what_is_given_twice_is_told_once():
    """Repeats add nothing."""
    answer = Model.parse(BOW).identify("P(Y | do(X))", given=["P(V | do(X))", "P(Y | do(X))"])
    assert len(answer.inputs) == 1
    assert answer.identifiable


@pytest.mark.parametrize("shape", ["text", "latex", "markdown", "html"])
@pytest.mark.parametrize("text", [FRONT_DOOR, BOW])
def test_prints(text, shape):
    """Every format names the inputs."""
    assert "X" in Model.parse(text).identify("P(Y | do(X))").to(shape)


def test_derive_goes_through_identification():
    """A derivation in a graph with hidden causes ends at what is observed."""
    derivation = Model.parse(FRONT_DOOR).derive("P(Y | do(X))")
    assert derivation.verify()
    with pytest.raises(errors.NotIdentifiableError) as caught:
        Model.parse(BOW).derive("P(Y | do(X))")
    assert caught.value.hedge.larger == ("X", "Y")


def test_the_gap_between_doing_and_seeing_is_a_formula_over_data():
    """Where the effect is identifiable, though nothing adjusts for what is hidden."""
    model = Model.parse(FRONT_DOOR)
    found = model.compare("P(Y | do(X))", "P(Y | X)")
    assert not found.equal
    assert model.compare(found.gap, "P(Y | do(X)) - P(Y | X)").equal
    assert not any(node.do for _, node in everywhere(found.gap) if isinstance(node, Prob))
    assert found.derivation.end == found.gap
    bow = Model.parse(BOW).compare("P(Y | do(X))", "P(Y | X)")
    assert bow.derivation is None
    assert "The gap" not in bow.to_text()


def test_refuses_what_makes_no_sense():
    """In words."""
    model = Model.parse("hidden U; U -> X; U -> Y; X -> Y")
    with pytest.raises(errors.UsageError, match="hidden"):
        model.identify("P(Y | do(U))")
    with pytest.raises(errors.UsageError, match="hidden"):
        model.identify("P(Y | do(X))", given="P(U, Y)")
    with pytest.raises(errors.UsageError, match="nothing is given"):
        model.identify("P(Y | do(X))", given=[])
    with pytest.raises(errors.UsageError, match="interventions"):
        Model("X -> Y", causal=False).identify("P(Y | do(X))")


# -- the two models ---------------------------------------------------------------------------------
def test_partial_experiments_can_be_too_little():
    """Both parts of the effect are known, and what joins them is not; by brute force."""
    model = Model.parse("X -> W -> Y; X <-> W; W <-> Y")
    answer = model.identify("P(Y | do(X))", given=["P(W | do(X))", "P(X, Y | do(W))"])
    assert not answer.identifiable
    assert answer.proven
    first, second = (Oracle(one.network) for one in answer.two_models)
    places = [dict(zip("XWY", states, strict=True)) for states in product("01", repeat=3)]
    for known in (parse("P(W | do(X))"), parse("P(X, Y | do(W))")):
        assert [first.value(known, at) for at in places] == [
            second.value(known, at) for at in places
        ]
    asked = parse("P(Y | do(X))")
    assert [first.value(asked, at) for at in places] != [second.value(asked, at) for at in places]


def test_two_models_differ_on_the_whole_query():
    """Not only on a part of it: here on a mean effect."""
    query = "E[Y | do(X=1)] - E[Y | do(X=0)]"
    answer = Model.parse(BOW).identify(query)
    assert answer.proven
    values = [Oracle(one.network).value(parse(query), {}) for one in answer.two_models]
    assert values[0] != values[1]
    assert tuple(values) == answer.rivals.values


@pytest.mark.parametrize(
    "query",
    ["P(Y=0 | do(X=1)) + P(Y=1 | do(X=1))", "P(Y | do(X)) - P(Y | do(X))"],
)
def test_a_whole_may_be_known_though_its_parts_are_not(query):
    """These are 1 and 0; it never claims an impossibility that it has not proved."""
    answer = Model.parse(BOW).identify(query)
    if not answer.identifiable:
        assert not answer.proven
        assert answer.two_models is None
        assert "is not decided" in answer.to_text()
        assert json.loads(answer.to_json())["proven"] is False


def test_a_variable_with_one_state_confounds_nothing():
    """Theory takes two states for granted."""
    answer = Model.parse("X: 1; X -> Y; X <-> Y").identify("P(Y | do(X))")
    assert answer.identifiable or not answer.proven
    assert answer.bounds is None or not answer.bounds.sharp


@pytest.mark.parametrize(
    "text",
    [BOW, "Z -> X; " + BOW, "X -> Y; X <-> Z; Z -> Y; Y <-> Z", "X: 3; hidden U; X <- U -> Y <- X",
     "U -> X; " + BOW],
)  # fmt: skip
def test_the_printed_tables_are_those_of_the_models(text):
    """Side by side, with the parents that matter and a name for each hidden cause."""
    answer = Model.parse(text).identify("P(Y | do(X))")
    pair = answer.rivals
    assert not set(pair.causes) & set(answer.network.variables)
    first, second = Oracle(pair.first), Oracle(pair.second)
    for head, one, other in rival_tables(pair).rows:
        assert [first.value(head, {}), second.value(head, {})] == [Fraction(one), Fraction(other)]
    (known,) = answer.inputs
    for *place, value in shared_table(pair, known).rows:
        at = dict(zip(known.observed, place, strict=True))
        law = parse(f"P({', '.join(known.observed)})")
        assert first.value(law, at) == second.value(law, at) == Fraction(value)
    assert Model.parse(answer.two_models[0].to_text()) == answer.two_models[0]


# -- what the answer rests on -----------------------------------------------------------------------
def test_says_what_it_rests_on():
    """Inputs, graph, positivity; and which value was chosen freely."""
    said = Model.parse(NAPKIN).identify("P(Y | do(X))").to_text()
    assert "from P(W, R, X, Y) in the graph W -> R, R -> X, X -> Y, W <-> X, W <-> Y" in " ".join(
        said.split()
    )
    assert "provided P(X | do(R=0)) > 0, P(W, R=0) > 0" in said
    assert "R=0 may be any other value of R" in said
    data = json.loads(Model.parse(NAPKIN).identify("P(Y | do(X))").to_json())
    assert data["assumptions"]
    assert data["graph"]["edges"] == ["W -> R", "R -> X", "X -> Y", "W <-> X", "W <-> Y"]


def test_reads_off_what_is_known():
    """No argument is needed."""
    said = Model.parse(BOW).identify("P(Y | do(X))", given=["P(X, Y)", "P(Y | do(X))"]).to_text()
    assert "P(Y | do(X)) can be read off P(X, Y), P(Y | do(X)) as it stands." in said


SMALL = (
    "X -> Z -> Y; X <-> Y",
    NAPKIN,
    "Z -> X -> Y; Z -> Y",
    "X -> Y; Y <-> Z; Z -> X; Z -> Y; X -> W; W <-> Y",
)


@pytest.mark.parametrize("detail", ["brief", "lecture", "full"])
@pytest.mark.parametrize("text", SMALL)
def test_an_estimand_holds_wherever_its_assumptions_do(text, detail):
    """Also where other entries are zero."""
    rng = random.Random(text)
    model = Model.parse(text)
    answer = model.identify("P(Y | do(X))", detail=detail)
    whole = with_explicit_causes(model.network.graph)
    states = dict.fromkeys(whole.nodes, ("0", "1"))
    met = 0
    for _ in range(60):
        interpretation = exact(_with_zeros(whole, states, rng))
        letters = {"X": "X", "Y": "Y"}
        if not all(_is_possible(condition, interpretation) for condition in answer.assumptions):
            continue
        met += 1
        wanted = meaning(answer.query, interpretation, letters).values
        assert list(meaning(answer.estimand, interpretation, letters).values) == list(wanted)
    assert met


def test_assumptions_suffice_on_random_graphs():
    """With conditions, and with zeros wherever the assumptions allow them."""
    rng, met = random.Random(17), 0
    while met < 250:
        names = list("ABCD")
        pairs = list(combinations(names, 2))
        arrows = [f"{a} -> {b}" for a, b in pairs if rng.random() < 0.5]
        joined = [f"{a} <-> {b}" for a, b in pairs if rng.random() < 0.25]
        model = Model.parse("; ".join([*names, *arrows, *joined]))
        rng.shuffle(names)
        given = f", {names[2]}" if rng.random() < 0.4 else ""
        answer = model.identify(f"P({names[0]} | do({names[1]}){given})")
        if not answer.identifiable:
            continue
        whole = with_explicit_causes(model.network.graph)
        letters = {**free_letters(answer.query), **free_letters(answer.estimand)}
        states = dict.fromkeys(whole.nodes, ("0", "1"))
        interpretation = exact(_with_zeros(whole, states, rng))
        if all(_is_possible(one, interpretation) for one in answer.assumptions):
            met += 1
            sides = (
                meaning(formula, interpretation, letters).values
                for formula in (answer.query, answer.estimand)
            )
            assert len({tuple(side) for side in sides}) == 1, str(answer)


def _is_possible(condition, interpretation) -> bool:
    term = Prob(condition.event, do=condition.do)
    return 0 not in meaning(term, interpretation, free_letters(term)).values


def _with_zeros(graph, states, rng) -> Network:
    tables = {}
    for name in graph.nodes:
        rows = []
        for _ in range(2 ** len(graph.parents(name))):
            weight = Fraction(rng.choice((0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 8)), 8)
            if rng.random() < 0.6:
                weight = Fraction(rng.randint(1, 7), 8)
            rows += [Number(weight), Number(1 - weight)]
        tables[name] = Table(name, graph.parents(name), tuple(rows))
    return Network({n: Variable(n, s) for n, s in states.items()}, graph, tables)


def test_says_the_verdict_where_the_argument_is_too_long(monkeypatch):
    """The verdict takes no tables; what only the verification lacks is told apart from a "no"."""

    def endless(*_args, **_options):
        raise errors.LimitError("a table of millions")

    monkeypatch.setattr("symcausal.answer.identification.identify", endless)
    front_door = Model.parse(FRONT_DOOR)
    with pytest.raises(errors.LimitError, match=r"P\(Y \| do\(X\)\) is identifiable, but"):
        front_door.identify("P(Y | do(X))")
    with pytest.raises(errors.LimitError, match="was not identified: what was tried"):
        front_door.identify("P(Y | do(X))", given="P(X, Y)")


def test_two_models_of_a_large_graph_take_no_longer_than_their_search():
    """Only what the two models use is summed over, not every arrow of the graph."""
    rng = random.Random(5)
    names = [f"V{i}" for i in range(50)]
    arrows = [pair for pair in combinations(names, 2) if rng.random() < 0.18]
    model = Model([*arrows, ("V20", "V49")], bidirected=[("V20", "V49")])
    answer = model.identify("P(V49 | do(V20))")
    with soon(3):
        assert answer.two_models is not None


@pytest.mark.parametrize("text", ["", "hidden A, B; A -> B"])
def test_nothing_follows_from_no_data(text):
    """A model in which nothing is observed is refused, whatever is asked."""
    with pytest.raises(errors.UsageError, match="no observed"):
        Model.parse(text).identify("1/2")


def test_the_hedge_is_drawn_where_there_can_be_pictures():
    found = Model.parse("V; W -> X -> Y; X <-> Y; W <-> Y").identify("P(Y | do(X))")
    assert {"X", "Y"} <= set(found.hedge.larger)
    edges = [edge for edge in ("W -> X", "X -> Y", "X <-> Y", "W <-> Y")
             if set(edge.replace("<->", "->").split(" -> ")) <= set(found.hedge.larger)]  # fmt: skip
    for shape in ("text", "markdown"):
        assert all(edge in found.to(shape) for edge in edges)
    drawn = found.to("latex")
    assert all(rf"{{${name}$}}" in drawn for name in "VWXY")
    assert drawn.count(r"\draw[confounded, holds]") == sum("<->" in edge for edge in edges)
    assert drawn.count(r"\node[observed, held]") == len(found.hedge.larger)
    # double lines
    assert found.to("html").count("<ellipse") == len("VWXY") + len(found.hedge.larger)
