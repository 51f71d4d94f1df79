import random
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal.algebra.scalar import Indeterminate
from symcausal.errors import (
    ImpossibleEventError,
    LimitError,
    UnknownStateError,
    UnknownVariableError,
    UsageError,
)
from symcausal.expr.nodes import (
    Event,
    Events,
    Expectation,
    Expr,
    Letter,
    Minus,
    Numeric,
    Prob,
    Product,
    Quotient,
    Scalar,
    Sum,
)
from symcausal.expr.scope import free_letters
from symcausal.graph.graph import Graph
from symcausal.network.network import Network, Variable
from symcausal.network.parameters import symbolic_table
from symcausal.numbers.evaluate.circuit import ONE
from symcausal.numbers.evaluate.closed_form import ClosedForm, closed_form
from symcausal.numbers.evaluate.value_table import ValueTable
from symcausal.rules.condition import Positive
from tests.numbers.evaluate.exact import evaluate_exact
from tests.numbers.evaluate.queries import ask, exact_value, loosened, symbolic
from tests.support.oracle import Oracle
from tests.support.random_models import (
    overlapping_query,
    random_formula,
    random_network,
    random_query,
)
from tests.support.strategies import formulas, models_with_queries, networks
from tests.support.student import (
    SUPERSCRIPTS,
    chain,
    confounded_letter,
    kidney_stones,
    network_of,
    student,
)

BOOK = student(SUPERSCRIPTS)
GOLDEN = [
    (ask("L=l1"), "7849/15625"),
    (ask("L=l1", "I=i0"), "0.3886"),
    (ask("L=l1", "I=i0 D=d0"), "0.513"),
    (ask("I=i1", "G=g3"), "3/38"),
    (ask("D=d1", "G=g3"), "275/437"),
    (ask("I=i1", "L=l0"), "5807/41472"),
    (ask("I=i1", "L=l0 G=g3"), "3/38"),
    (ask("I=i1", "G=g3 S=s1"), "48/83"),
    (ask("D=d1", "G=g3 S=s1"), "1450/1909"),
    (ask("I=i1", "G=g2"), "18/103"),
    (ask("I=i1", "G=g2 D=d1"), "18/53"),
    (ask("I=i1", "G=g3 D=d1"), "6/55"),
    (ask("S=s1"), "11/40"),
    (ask("S=s1", "G=g1"), "923/1810"),
    (ask("S=s1", do="G=g1"), "11/40"),
    (ask("G=g1"), "181/500"),
    (ask("I=i1", "L=l1"), "57579/125584"),
    (ask("I=i1", do="G=g1"), "3/10"),
]


def cells(network: Network, expr: Expr) -> dict[tuple[str, ...], Fraction | None]:
    """Every cell of a formula's value; ``None`` where it is not defined."""
    try:
        value = exact_value(network, expr)
    except ImpossibleEventError:
        letters = free_letters(expr)
        states = Oracle(network).assignments(letters)
        return {tuple(at[letter] for letter in letters): None for at in states}
    if isinstance(value, Fraction):
        return {(): value}
    return {**value, **dict.fromkeys(value.undefined)}


def brute_force(network: Network, expr: Expr) -> dict[tuple[str, ...], Fraction | None]:
    """The same from the joint."""
    oracle, letters = Oracle(network), free_letters(expr)
    return {
        tuple(at[letter] for letter in letters): oracle.value(expr, at)
        for at in oracle.assignments(letters)
    }


# -- against the joint ----------------------------------------------------------------------------
@given(models_with_queries())
def test_a_query_has_its_brute_force_value(model: tuple[Network, Expr]):
    network, query = model
    assert cells(network, query) == brute_force(network, query)


@given(st.data())
def test_a_formula_has_its_brute_force_value(data: st.DataObject):
    network = data.draw(networks(nodes=(3, 4)))
    formula = data.draw(formulas(network, depth=2))
    assert cells(network, formula) == brute_force(network, formula)


@pytest.mark.parametrize("seed", range(4))
def test_hundreds_of_random_models_agree_with_the_joint(seed: int):
    rng = random.Random(seed)
    for _ in range(60):
        network = random_network(rng, nodes=(3, 6))
        for expr in (
            random_query(rng, network),
            overlapping_query(rng, network),
            random_formula(rng, network, depth=2),
        ):
            assert cells(network, expr) == brute_force(network, expr), expr


@pytest.mark.parametrize("seed", range(4))
def test_symbols_and_their_numbers_agree_with_the_joint(seed: int):
    rng = random.Random(seed)
    for _ in range(40):
        network = random_network(rng, nodes=(3, 6))
        loose, values = loosened(network, rng)
        query = random_query(rng, network)
        form, expected = form_or_none(loose, query), brute_force(network, query)
        for key, value in expected.items():
            if value is not None:
                assert form is not None
                assert evaluate_exact(form.circuit, form.nodes[key], values) == value


@pytest.mark.parametrize("seed", range(4))
def test_numbers_put_into_symbols_leave_the_same_cells_undefined(seed: int):
    rng = random.Random(seed)
    for _ in range(30):
        network = random_network(rng, nodes=(3, 5))
        loose, values = loosened(network, rng)
        query = random_query(rng, network)
        expected = brute_force(network, query)
        used = {p.name for p in loose.parameters}
        given_values = {name: value for name, value in values.items() if name in used}
        if all(value is None for value in expected.values()):
            with pytest.raises(ImpossibleEventError):
                exact_value(loose, query, given_values)
            continue
        value = exact_value(loose, query, given_values)
        found = {**value, **dict.fromkeys(value.undefined)} if isinstance(value, ValueTable) else {
            (): value
        }  # fmt: skip
        assert found == expected


@given(networks(nodes=(3, 5)), st.randoms(use_true_random=False))
def test_doing_is_asking_the_mutilated_network(network: Network, rng: random.Random):
    act, asked, seen = rng.sample(list(network.variables), 3)
    state = rng.choice(network.variables[act].states)
    there = network.do({act: state})
    for condition in ("", seen):
        left = cells(network, ask(asked, condition, f"{act}={state}"))
        assert left == cells(there, ask(asked, condition))


@given(networks(nodes=(3, 5)), st.randoms(use_true_random=False))
def test_probabilities_of_all_states_sum_to_one(network: Network, rng: random.Random):
    asked, seen = rng.sample(list(network.variables), 2)
    event = Event(asked, Letter(asked))
    sure = Sum(Events([event]), ask(asked, seen))
    found = [value for value in cells(network, sure).values() if value is not None]
    assert set(found) == {1}


def form_or_none(network: Network, expr: Expr) -> ClosedForm | None:
    try:
        return closed_form(network, expr)
    except ImpossibleEventError:
        return None


# -- published numbers ----------------------------------------------------------------------------
@pytest.mark.parametrize(("query", "value"), GOLDEN, ids=[str(i) for i in range(len(GOLDEN))])
def test_golden_numbers_of_the_student_network(query: Prob, value: str):
    assert exact_value(BOOK, query) == Fraction(value)


def test_the_letter_with_a_confounder():
    network = confounded_letter()
    assert exact_value(network, ask("L=strong", do="G=A")) == Fraction(1, 2)
    assert exact_value(network, ask("L=strong", "G=A")) == Fraction(9, 16)


def test_kidney_stones():
    # Charig et al. 1986: recovery by size of the stone, weighted by how common each size is.
    network = kidney_stones()
    small, large = Fraction(357, 700), Fraction(343, 700)
    open_surgery = small * Fraction(81, 87) + large * Fraction(192, 263)
    assert exact_value(network, ask("Y=1", do="X=a")) == open_surgery
    assert exact_value(network, ask("Y=1", "X=a")) == Fraction(273, 350)


# -- overlaps and impossible conditions -----------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "value"),
    [
        (ask("G=g1", do="G=g1"), 1),
        (ask("G=g2", do="G=g1"), 0),
        (ask("L=l1 G=g2", do="G=g1"), 0),
        (ask("L=l1 G=g1", do="G=g1"), Fraction(9, 10)),
        (ask("L=l1", "G=g1", do="G=g1"), Fraction(9, 10)),
        (ask("G=g1", "G=g1"), 1),
        (ask("G=g1 G=g2"), 0),
        (ask("G=g2", "G=g1"), 0),
    ],
)
def test_overlaps(query: Prob, value: Fraction):
    assert exact_value(BOOK, query) == value
    form = closed_form(symbolic(BOOK), query)
    if value in (0, 1):
        assert form.node == value


def test_seeing_another_state_than_the_one_set_is_impossible():
    with pytest.raises(ImpossibleEventError) as caught:
        closed_form(BOOK, ask("L=l1", "G=g2", do="G=g1"))
    assert caught.value.event == "G=g2 under do(G=g1)"


def certain_grade() -> Network:
    """The student network in which nobody gets an A."""
    rows = {
        "I": ["0.7 0.3"],
        "D": ["0.6 0.4"],
        "S": ["0.95 0.05", "0.2 0.8"],
        "G": ["0 1/2 1/2"] * 4,
        "L": ["0.1 0.9", "0.4 0.6", "0.99 0.01"],
    }
    return network_of((("I", "S"), ("I", "G"), ("D", "G"), ("G", "L")), SUPERSCRIPTS, rows)


def test_an_impossible_condition_is_named_although_the_table_has_a_row():
    with pytest.raises(ImpossibleEventError) as caught:
        closed_form(certain_grade(), ask("L=l1", "G=g1 I=i0"))
    assert caught.value.event == "G=g1, I=i0"
    assert "the condition G=g1, I=i0 has probability zero" in str(caught.value)


def test_doing_what_never_happens_is_defined():
    assert exact_value(certain_grade(), ask("L=l1", do="G=g1")) == Fraction(9, 10)


def test_a_table_keeps_its_defined_cells():
    value = exact_value(certain_grade(), ask("L=l1", "G"))
    assert value == ValueTable(
        ("G",),
        (("g1", "g2", "g3"),),
        {("g2",): Fraction(3, 5), ("g3",): Fraction(1, 100)},
        {("g1",): "G=g1"},
    )
    with pytest.raises(ImpossibleEventError):
        value["g1"]


def test_zero_times_an_undefined_value_is_zero():
    total = Sum(Events([Event("G", Letter("G"))]), Product((ask("L=l1", "G"), ask("G"))))
    assert exact_value(certain_grade(), total) == Fraction(61, 200)


def test_a_numeric_denominator_of_zero_is_impossible():
    ratio = Quotient(ask("L=l1 G=g1"), ask("G=g1"))
    with pytest.raises(ImpossibleEventError) as caught:
        closed_form(certain_grade(), ratio)
    assert caught.value.event == "G=g1"


def test_symbols_leave_the_condition_to_be_assumed():
    form = closed_form(symbolic(BOOK), ask("L=l1", "G=g1"))
    assert form.assumes == (Positive(ask("G=g1").outcome),)
    assert closed_form(symbolic(BOOK), ask("L=l1", do="G=g1")).assumes == ()
    assert closed_form(BOOK, ask("L=l1", "G=g1")).assumes == ()


def test_assumptions_hold_the_numbers_to_account():
    network = symbolic(BOOK)
    zero = {p.name: 0 for p in network.parameters if p.variable == "G" and p.state == "g1"}
    others = {p.name: Fraction(1, 3) for p in network.parameters if p.name not in zero}
    with pytest.raises(ImpossibleEventError):
        exact_value(network, ask("L=l1", "G=g1"), zero | others)
    assert exact_value(network, ask("L=l1", do="G=g1"), zero | others) == Fraction(2, 3)


# -- shape ----------------------------------------------------------------------------------------
def test_barren_tables_leave_no_trace():
    form = closed_form(symbolic(BOOK), ask("L=l1"))
    assert not any("theta_S" in name for name in form.parameters)


def test_a_set_cause_leaves_only_its_effect():
    form = closed_form(symbolic(BOOK), ask("L=l0", do="G=g1"))
    assert form.parameters == ("theta_L_l0_G_g1",)
    form = closed_form(symbolic(BOOK), ask("S=s0", do="G=g1"))
    assert not any("theta_G" in name for name in form.parameters)


def test_a_separated_condition_leaves_no_denominator():
    form = closed_form(symbolic(BOOK), ask("L=l0", "G=g1 I=i0 D=d1 S=s0"))
    assert form.parameters == ("theta_L_l0_G_g1",)


def test_a_full_row_is_one():
    event = Event("S", Letter("S"))
    form = closed_form(symbolic(BOOK), Sum(Events([event]), ask("S", "I=i0")))
    assert form.node == ONE
    three = Event("G", Letter("G"))
    form = closed_form(symbolic(BOOK), Sum(Events([three]), ask("G", "I=i0 D=d0")))
    assert form.node == ONE


def test_the_size_of_a_chain_grows_with_its_length():
    sizes = []
    for length in (10, 20, 40):
        form = closed_form(symbolic(chain(length)), ask(f"X{length - 1}=0"))
        sizes.append(len(form.circuit.reachable([form.node])))
    assert sizes[2] - sizes[1] == 2 * (sizes[1] - sizes[0])


def test_a_long_chain_in_numbers():
    length = 200
    network = chain(length)
    p = Fraction(1, 3)
    for _ in range(length - 1):
        p = p * Fraction(3, 4) + (1 - p) * Fraction(2, 5)
    assert exact_value(network, ask(f"X{length - 1}=0")) == p


def test_a_sum_over_every_variable_is_eliminated():
    network = symbolic(chain(40))
    factors = [ask("X0"), *(ask(f"X{i}", f"X{i - 1}") for i in range(1, 40))]
    over = Events(Event(f"X{i}", Letter(f"X{i}")) for i in range(39))
    form = closed_form(network, Sum(over, Product(tuple(factors))))
    direct = closed_form(network, ask("X39"), circuit=form.circuit)
    rng = random.Random(1)
    values = {p.name: Fraction(rng.randint(1, 9), 10) for p in network.parameters}
    for key, node in form.nodes.items():
        same = evaluate_exact(form.circuit, direct.nodes[key], values)
        assert evaluate_exact(form.circuit, node, values) == same


def test_too_many_free_values_are_refused():
    network = symbolic(chain(40))
    with pytest.raises(LimitError):
        closed_form(network, Product((ask(" ".join(f"X{i}" for i in range(40))), ask("X0"))))


# -- expectations, sums, letters ------------------------------------------------------------------
def numbered() -> Network:
    """``X -> Y`` with states that are numbers."""
    return network_of(
        [("X", "Y")],
        {"X": ("0", "1"), "Y": ("-1", "1/2", "2.5")},
        {"X": ["1/4 3/4"], "Y": ["1/2 1/4 1/4", "1/3 1/3 1/3"]},
    )


def mean(given: str = "", do: str = "") -> Expectation:
    event = Event("Y", Letter("Y"))
    question = ask("Y", given, do)
    return Expectation(Events([event]), Numeric(event), question.given, question.do)


def test_a_mean_is_a_weighted_sum_of_states():
    assert exact_value(numbered(), mean("X=0")) == Fraction(-1, 2) + Fraction(1, 8) + Fraction(5, 8)
    assert exact_value(numbered(), mean(do="X=1")) == Fraction(2, 3)


def test_words_have_no_mean():
    event = Event("L", Letter("L"))
    with pytest.raises(UsageError, match=r"mean of L .* it has l0, l1"):
        closed_form(BOOK, Expectation(Events([event]), Numeric(event)))


def test_a_sum_over_a_letter_that_its_body_lacks_counts_the_states():
    sure = Sum(Events([Event("G", Letter("G"))]), ask("I=i0"))
    assert exact_value(BOOK, sure) == 3 * Fraction(7, 10)


def test_two_copies_of_a_variable_stay_apart():
    copy = Event("X", Letter("X'"))
    both = Sum(Events([copy]), Product((ask("X"), Prob(Events([copy])), ask("Y=2.5", "X"))))
    assert exact_value(numbered(), both)["0",] == Fraction(1, 16)


def test_a_difference():
    gap = Minus(ask("L=strong", do="G=A"), ask("L=strong", "G=A"))
    assert exact_value(confounded_letter(), gap) == Fraction(-1, 16)


def test_a_scalar_with_a_declared_parameter():
    q = Indeterminate("q")
    form = closed_form(BOOK, Product((Scalar(q), ask("I=i1"))))
    assert evaluate_exact(form.circuit, form.node, {"q": Fraction(1, 2)}) == Fraction(3, 20)
    assert form.parameters == ("q",)


def test_free_values_make_a_table_in_reading_order():
    form = closed_form(BOOK, ask("G", "I"))
    assert form.variables == ("G", "I")
    assert form.nodes.states == (SUPERSCRIPTS["G"], SUPERSCRIPTS["I"])
    with pytest.raises(UsageError):
        _ = form.node


# -- questions that do not fit --------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "error"),
    [(ask("Z=z0"), UnknownVariableError), (ask("L=l7"), UnknownStateError)],
)
def test_unknown_names(query: Prob, error: type[Exception]):
    with pytest.raises(error):
        closed_form(BOOK, query)


def test_one_letter_for_variables_of_different_size():
    x = Letter("x")
    with pytest.raises(UsageError, match="letter"):
        closed_form(BOOK, Prob(Events([Event("G", x), Event("L", x)])))


def test_a_hidden_common_cause_needs_to_be_explicit():
    bits = {n: Variable(n) for n in "XY"}
    graph = Graph("XY", [("X", "Y")], [("X", "Y")])
    tables = {n: symbolic_table(bits[n], graph.parents(n), bits) for n in "XY"}
    network = Network(bits, graph, tables)
    with pytest.raises(UsageError, match="explicit hidden causes"):
        closed_form(network, ask("Y=1", "X=1"))
    assert closed_form(network, ask("X=0")).parameters == ("theta_X_0",)
    assert closed_form(network, ask("Y=0", do="X=1")).parameters == ("theta_Y_0_X_1",)


# -- same text under every hash seed --------------------------------------------------------------
SCRIPT = """
from tests.numbers.evaluate.queries import ask, symbolic
from tests.support.student import asia, student_with_sat_letter
from symcausal.numbers.evaluate.closed_form import closed_form
for network, query in (
    (asia(), ask("S", "D=yes")), (student_with_sat_letter(), ask("L", "I", "G=A"))
):
    form = closed_form(symbolic(network), query)
    print(form.nodes, form.circuit.parts, form.parameters, form.assumes)
"""


def test_the_same_circuit_under_every_hash_seed():
    root = Path(__file__).resolve().parents[3]
    printed = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            capture_output=True,
            text=True,
            cwd=root,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
        ).stdout
        for seed in ("0", "1", "2", "77")
    }
    assert len(printed) == 1
    assert printed.pop().strip()
