"""One table entry: the function is the answer in the model with that row changed."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise

import pytest
import sympy

from symcausal import Model
from symcausal.algebra.scalar import Number
from symcausal.errors import (
    ImpossibleEventError,
    MissingParameterError,
    ParameterRangeError,
    UsageError,
)
from symcausal.expr.nodes import Event, Events, Expr, Minus, Prob, State, Sum
from symcausal.network.network import Network, Table
from symcausal.numbers.sensitivity.entries import Entry, entries
from tests.command_line import EXAMPLES
from tests.numbers.sensitivity.fire import FIRE, QUERY
from tests.support.oracle import Oracle
from tests.support.random_models import random_network

POINTS = [Fraction(0), Fraction(1), Fraction(1, 3), Fraction(4, 7), Fraction(99, 100)]
STUDENT = Model.load(EXAMPLES / "student.model")


def changed(network: Network, entry: Entry, t: Fraction) -> Network:
    """The row with another number in one place, the others in their old ratio; by hand."""
    tables = dict(network.tables)
    states = network.variables[entry.variable].states
    rows = []
    for parents, row in network.rows(entry.variable):
        old = [term.value for term in row if isinstance(term, Number)]
        if parents == tuple(state for _, state in entry.parents):
            at = states.index(entry.state)
            left = sum(old) - old[at]
            share = [Fraction(1, len(old) - 1) if not left else x / left for x in old]
            old = [t if i == at else share[i] * (1 - t) for i in range(len(old))]
        rows += [Number(x) for x in old]
    tables[entry.variable] = Table(
        entry.variable, network.tables[entry.variable].parents, tuple(rows)
    )
    return Network(network.variables, network.graph, tables)


def ground_query(rng: random.Random, network: Network) -> Prob:
    names = rng.sample(list(network.variables), rng.randint(1, len(network.variables)))
    first = rng.randint(1, len(names))
    second = rng.randint(first, len(names))

    def events(part: list[str]) -> Events:
        return Events(Event(n, State(rng.choice(network.variables[n].states))) for n in part)

    return Prob(events(names[:first]), events(names[first:second]), events(names[second:]))


def formula(rng: random.Random, network: Network) -> Expr:
    """A difference, or a sum over conditionals as adjustment formulas are."""
    if rng.random() < 0.5:
        return Minus(ground_query(rng, network), ground_query(rng, network))
    y, x, z = rng.sample(list(network.variables), 3)
    bound = Model.from_network(network).query(f"sum_{{{z}}} P({y}=0 | {x}=1, {z}) P({z})")
    assert isinstance(bound, Sum)
    return bound


@pytest.mark.parametrize("seed", range(120))
def test_is_the_answer_in_the_model_with_the_row_changed(seed: int) -> None:
    rng = random.Random(seed)
    network = random_network(rng, nodes=(3, 5))
    query = ground_query(rng, network) if seed % 3 else formula(rng, network)
    entry = rng.choice(list(entries(network)))
    if len(network.variables[entry.variable].states) < 2:
        return
    expected = {t: Oracle(changed(network, entry, t)).value(query) for t in POINTS}
    try:
        found = Model.from_network(network).sensitivity(query, entry.formula)
    except ImpossibleEventError:
        assert {expected[t] for t in POINTS[2:]} == {None}
        return
    for t, value in expected.items():
        if value is None:
            with pytest.raises(ImpossibleEventError):
                found(t)
            assert t in found.curve.undefined
        else:
            assert found(t) == value
    assert found.present == Oracle(network).number(entry.term(network))
    assert found.value == Oracle(network).value(query)


@pytest.mark.parametrize("seed", range(40))
def test_a_bound_holds_where_it_is_said_to_hold(seed: int) -> None:
    rng = random.Random(1000 + seed)
    network = random_network(rng, nodes=(3, 4), positive=True)
    query = ground_query(rng, network) if seed % 3 else formula(rng, network)
    entry = rng.choice(list(entries(network)))
    found = Model.from_network(network).sensitivity(query, entry.formula)
    low, high = found.range
    bound = low + (high - low) * Fraction(rng.randint(0, 6), 6)
    grid = [t for i in range(25) if (t := Fraction(i, 24)) not in found.curve.undefined]
    region, strict = found.where(at_most=bound), found.where(below=bound)
    for t in grid:
        assert (t in region) == (found(t) <= bound)
        assert (t in strict) == (found(t) < bound)
        assert low <= found(t) <= high
    assert not any(point in region for point in found.curve.undefined)
    for left, right in pairwise(region):
        assert float(left.high) <= float(right.low)
    if isinstance(query, Prob):
        best = found.most_likely
        stays = found.keeps_most_likely()
        for t in grid:
            values = {key: curve(t) for key, curve in found.outcomes.items()}
            assert (t in stays) == (values[best] == max(values.values()))


@pytest.mark.parametrize("seed", range(30))
def test_the_slope_keeps_to_the_published_bound(seed: int) -> None:
    """Chan and Darwiche 2002, Theorem 2: the derivative is at most P(1-P) / t(1-t)."""
    rng = random.Random(2000 + seed)
    network = random_network(rng, nodes=(3, 5), positive=True)
    query, entry = ground_query(rng, network), rng.choice(list(entries(network)))
    found = Model.from_network(network).sensitivity(query, entry.formula)
    t, p = found.present, found.value
    assert t is not None
    assert p is not None
    assert found.slope is not None
    if 0 < t < 1:
        assert abs(found.slope) <= p * (1 - p) / (t * (1 - t))


def test_the_fire_alarm_as_published() -> None:
    model = Model.parse(FIRE)
    prior = model.sensitivity(QUERY, "P(Tampering=yes)")
    assert round(float(prior.value or 0), 2) == 0.50
    raised = prior.least_change(at_least="0.65")
    assert raised is not None
    assert round(float(raised.new), 3) == 0.036
    false_report = model.sensitivity(QUERY, "P(Report=yes | Leaving=no)")
    lowered = false_report.least_change(at_least="0.65")
    assert lowered is not None
    assert round(float(lowered.new), 3) == 0.005
    assert false_report(lowered.new) == Fraction(65, 100)


def test_the_student_by_hand() -> None:
    """P(I=high | S=high) = 0.3 t / (0.3 t + 0.7 * 0.05), as Bayes' rule writes it."""
    found = STUDENT.sensitivity("P(I=high | S=high)", "P(S=high | I=high)")
    assert found.coefficients == (60, 0, 60, 7)
    t = found.parameter
    assert sympy.simplify(found.expr - t * 60 / (60 * t + 7)) == 0
    assert found.slope == Fraction(84, 605)
    assert found.derivative(Fraction(0)) == Fraction(60, 7)
    assert str(found.where(at_least="0.5")) == "[7/60, 1]"
    assert str(found.where(above="1/2", at_most="0.75")) == "(7/60, 7/20]"
    assert not found.where(above=1)
    assert found.most_likely == ("high",)
    assert str(found.keeps_most_likely()) == "[7/60, 1]"
    change = found.least_change(below="0.5")
    assert change is not None
    assert (change.new, change.is_reached, change.odds_ratio) == (
        Fraction(7, 60),
        False,
        Fraction(7, 53) / 4,
    )


@pytest.mark.parametrize("name", ["theta_S_high_I_high", "P(S=high | I=high)", "symbol"])
def test_an_entry_has_several_names(name: str) -> None:
    symbols = {p.name: p for p in STUDENT.symbolic().parameters}
    asked = symbols.get("theta_S_high_I_high", name) if name == "symbol" else name
    if name == "symbol" and isinstance(asked, str):
        asked = next(p for n, p in symbols.items() if n.startswith("theta_S"))
    found = STUDENT.sensitivity("P(I=high | S=high)", asked)
    assert found(Fraction(1, 2)) > 0


def test_a_certain_entry_leaves_equal_shares() -> None:
    model = Model.parse("X: a, b, c; X -> Y; P(X) = 1, 0, 0; P(Y | X=a) = 1/2, 1/2;"
                        "P(Y | X=b) = 1/4, 3/4; P(Y | X=c) = 0, 1")  # fmt: skip
    found = model.sensitivity("P(Y=0)", "P(X=a)")
    assert found(0) == Fraction(1, 8)
    assert "shares equally" in str(found)


def test_points_at_which_the_condition_is_impossible_are_left_out() -> None:
    model = Model.parse("X -> Y; P(X) = 1/2, 1/2; P(Y | X=0) = 1, 0; P(Y | X=1) = 2/3, 1/3")
    found = model.sensitivity("P(X=1 | Y=1)", "P(Y=1 | X=1)")
    assert found.curve.is_constant
    assert found.curve.undefined == (0,)
    assert str(found.where(at_least=1)) == "(0, 1]"
    with pytest.raises(ImpossibleEventError):
        found(0)
    with pytest.raises(ImpossibleEventError):
        Model.parse("X -> Y; P(X) = 1, 0; P(Y | X=0) = 1, 0; P(Y | X=1) = 0, 1").sensitivity(
            "P(X=1 | Y=1)", "P(Y=1 | X=1)"
        )


@pytest.mark.parametrize(
    ("query", "entry", "words"),
    [
        ("P(I=high)", "P(S=high | I=high)", "barren"),
        ("P(L=strong | G=A)", "P(I=high)", "separates"),
        ("P(L=strong | do(G=A))", "P(G=A | I=high, D=easy)", "do() replaces"),
        ("P(S=high | I=low)", "P(S=high | I=high)", "speaks of I=high"),
    ],
)
def test_says_why_an_entry_makes_no_difference(query: str, entry: str, words: str) -> None:
    found = STUDENT.sensitivity(query, entry)
    assert found.curve.is_constant
    assert words in found.reason
    assert words in str(found)


def test_a_symbol_of_the_tables_varies_as_the_tables_say() -> None:
    model = Model.parse("parameters q in (0, 1); X -> Y; P(X) = 1 - 2*q, 2*q; P(Y | X=0) = q, 1-q;"
                        "P(Y | X=1) = 1/2, 1/2")  # fmt: skip
    found = model.sensitivity("P(Y=0)", "q")
    assert found.admissible == (0, Fraction(1, 2))
    assert found.numerator == (0, 2, -2)  # (1 - 2q) q + q
    assert found.range == (0, Fraction(1, 2))
    with pytest.raises(ParameterRangeError):
        found("0.6")
    root = found.where(at_least="0.3").intervals[0].low  # q = (1 - sqrt(0.4)) / 2
    assert abs(float(root) - (1 - 0.4**0.5) / 2) < 1e-15


def test_other_symbols_stay_in_the_coefficients() -> None:
    model = Model.parse("X -> Y; P(X) = 0.7, 0.3; P(Y | X=0) = 0.2, 0.8")
    found = model.sensitivity("P(X=1 | Y=1)", "P(Y=1 | X=0)")
    (other,) = model.parameters
    a, b, c, d = found.coefficients
    t = found.parameter
    expected = sympy.Rational(3, 10) * (1 - other)
    assert sympy.simplify(found.expr - expected / (expected + sympy.Rational(7, 10) * t)) == 0
    assert a == 0
    assert {s.name for s in (b + c + d).free_symbols} == {other.name}
    with pytest.raises(MissingParameterError):
        found.where(at_most="0.3")
    assert "theta" in str(found)
    assert r"\theta" in found.to_latex()


@pytest.mark.parametrize(
    "parameter",
    ["P(S=high)", "P(S)", "theta_S_hihg", "P(S=high, I=high)", 3, "P(S=high | do(I=low))"],
)
def test_refuses_what_names_no_entry(parameter: object) -> None:
    with pytest.raises(UsageError):
        STUDENT.sensitivity("P(I=high)", parameter)


def test_refuses_missing_bounds() -> None:
    with pytest.raises(UsageError):
        STUDENT.sensitivity("P(I=high | S=high)", "P(S=high | I=high)").where()
