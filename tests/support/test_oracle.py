"""The oracle itself, against published numbers and hand computation."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from symcausal.expr import build
from symcausal.expr.nodes import (
    Event,
    Events,
    Expectation,
    Letter,
    Numeric,
    Prob,
    Product,
    Quotient,
    State,
    Sum,
    free_events,
)
from tests.support import oracle as oracles
from tests.support.oracle import Oracle
from tests.support.strategies import formulas, models_with_queries, networks
from tests.support.student import (
    SUPERSCRIPTS,
    asia,
    confounded_letter,
    front_door,
    kidney_stones,
    student,
)


def test_asia_has_the_published_marginals():
    """The numbers that every program prints for the chest clinic."""
    asked = Oracle(asia())
    published = {"T": "0.0104", "L": "0.055", "B": "0.45", "E": "0.064828", "X": "0.11029004",
                 "D": "0.4359706"}  # fmt: skip
    for name, number in published.items():
        assert asked.probability([(name, "yes")]) == Fraction(number)


def test_kidney_stones_reverse():
    """Treatment a is worse among those treated, and better when it is set."""
    asked = Oracle(kidney_stones())
    success = [("Y", "1")]
    assert asked.probability(success, [("X", "a")]) == Fraction(273, 350)
    assert asked.probability(success, [("X", "b")]) == Fraction(289, 350)
    done = [asked.probability(success, (), [("X", x)]) for x in ("a", "b")]
    small, large = Fraction(357, 700), Fraction(343, 700)
    assert done[0] == small * Fraction(81, 87) + large * Fraction(192, 263)
    assert done[1] == small * Fraction(234, 270) + large * Fraction(55, 80)
    assert done[0] > done[1]


def test_seeing_and_doing_differ_by_a_sixteenth():
    """The counterexample with small fractions."""
    asked = Oracle(confounded_letter(SUPERSCRIPTS))
    strong, grade = [("L", "l1")], [("G", "g1")]
    assert asked.probability(strong, (), grade) == Fraction(1, 2)
    assert asked.probability(strong, grade) == Fraction(9, 16)


def test_front_door_formula_holds():
    """``P(y | do(x)) = sum_m P(m | x) sum_x' P(y | x', m) P(x')`` with U hidden."""
    y, x, m = (Events([Event(n, Letter(n))]) for n in "YXM")
    other = Events([Event("X", Letter("X'"))])
    inner = Sum(other, Product((Prob(y, other | m), Prob(other))))
    estimand = Sum(m, Product((Prob(m, x), inner)))
    assert list(oracles.disagreements(estimand, Prob(y, do=x), Oracle(front_door()))) == []


def test_impossible_conditions_are_undefined():
    """A condition of probability zero gives None, and zero times None is zero."""
    asked = Oracle(asia())
    never = Prob(
        Events([Event("X", State("yes"))]),
        Events([Event("T", State("yes")), Event("E", State("no"))]),
    )
    zero = Prob(Events([Event("T", State("yes")), Event("E", State("no"))]))
    assert asked.value(never) is None
    assert asked.value(Product((zero, never))) == 0
    assert asked.value(Quotient(zero, zero)) is None
    assert asked.value(build.add([zero, never])) is None


def test_doing_sets_a_variable():
    """``P(x | do(x)) = 1``, ``P(y, x | do(x')) = 0``, and a condition that contradicts a do."""
    asked = Oracle(student(SUPERSCRIPTS))
    done = [("G", "g1")]
    assert asked.probability([("G", "g1")], (), done) == 1
    assert asked.probability([("L", "l1"), ("G", "g2")], (), done) == 0
    assert asked.probability([("L", "l1")], [("G", "g2")], done) is None


def test_trees_mean_what_formulas_mean():
    """The front-door estimand as nested lists."""
    tree = ["sum", ["M"], ["prod", [
        ["P", {"of": [["M", "M"]], "given": [["X", "X"]]}],
        ["sum", ["X'"], ["prod", [
            ["P", {"of": [["Y", 1]], "given": [["X", "X'"], ["M", "M"]]}],
            ["P", {"of": [["X", "X'"]]}],
        ]]],
    ]]]  # fmt: skip
    network = front_door()
    assert oracles.tree_letters(tree) == {"X": "X"}
    for x in ("0", "1"):
        expected = Oracle(network).probability([("Y", "1")], (), [("X", x)])
        assert oracles.tree_value(tree, network, {"X": x}) == expected


@given(networks(nodes=(1, 4)), st.data())
def test_joint_sums_to_one_after_any_intervention(network, data):
    """Truncated factorisation leaves a distribution."""
    name = data.draw(st.sampled_from(list(network.variables)))
    state = data.draw(st.sampled_from(network.variables[name].states))
    assert sum(Oracle(network).joint({name: state}).values()) == 1
    mutilated = Oracle(network.do({name: state}))
    assert mutilated.joint() == Oracle(network).joint({name: state})


@given(models_with_queries())
def test_queries_can_be_evaluated(model):
    """Every generated query has a value, or is undefined, at every assignment."""
    network, query = model
    for value in oracles.table(query, network).values():
        assert value is None or isinstance(value, Fraction)


@given(st.data())
def test_formulas_are_well_scoped(data):
    """A free letter of a generated formula is its variable with primes."""
    network = data.draw(networks(nodes=(2, 4)))
    formula = data.draw(formulas(network))
    for letter, variable in oracles.free_letters_of(formula).items():
        assert oracles.variable_of(letter) == variable


def test_expectation_is_the_weighted_mean():
    """``E[M | do(X=1)]`` by hand."""
    network = front_door()
    event = Event("M", Letter("M"))
    mean = Expectation(Events([event]), Numeric(event), NO, Events([Event("X", State("1"))]))
    assert oracles.value(mean, network) == Fraction(3, 4)
    assert free_events("M") == Events([event])


NO = Events()
