"""Several entries at once, all entries in order, and whole tables, against brute force."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import pytest
import sympy

from symcausal import Model
from symcausal.errors import ImpossibleEventError, ParameterRangeError, UsageError
from symcausal.numbers.sensitivity import corners
from symcausal.numbers.sensitivity.corners import posterior
from symcausal.numbers.sensitivity.entries import Entry, entries, freed
from symcausal.numbers.sensitivity.gradient import Weights, weights
from tests.command_line import EXAMPLES
from tests.numbers.sensitivity.fire import FIRE, QUERY
from tests.numbers.sensitivity.test_one_way import changed, formula, ground_query
from tests.support.oracle import Oracle
from tests.support.random_models import random_network

STUDENT = Model.load(EXAMPLES / "student.model")


@pytest.mark.parametrize("seed", range(60))
def test_several_entries_are_the_model_with_all_rows_changed(seed: int) -> None:
    rng = random.Random(seed)
    network = random_network(rng, nodes=(3, 5))
    query = ground_query(rng, network) if seed % 4 else formula(rng, network)
    rows: dict[tuple[object, ...], Entry] = {}
    everything = list(entries(network))
    for entry in rng.sample(everything, min(len(everything), rng.randint(2, 5))):
        if len(network.variables[entry.variable].states) > 1:
            rows[entry.variable, entry.parents] = entry  # one of each row
    chosen = list(rows.values())
    points = [
        [Fraction(rng.randint(1, 8), 9) for _ in chosen],
        [Fraction(rng.randint(0, 2), 2) for _ in chosen],
    ]
    expected = []
    for point in points:
        moved = network
        for entry, t in zip(chosen, point, strict=True):
            moved = changed(moved, entry, t)
        expected.append(Oracle(moved).value(query))
    try:
        found = Model.from_network(network).sensitivity(query, [e.formula for e in chosen])
    except ImpossibleEventError:
        assert expected[0] is None
        return
    for point, value in zip(points, expected, strict=True):
        if value is None:
            with pytest.raises(ImpossibleEventError):
                found(*point)
        else:
            assert found(*point) == value
            low, high = found.range if seed % 4 else (value, value)
            assert low <= value <= high


def test_bayes_rule_by_hand() -> None:
    names = ["P(S=high | I=high)", "P(I=high)", "P(S=high | I=low)"]
    found = STUDENT.sensitivity("P(I=high | S=high)", names)
    t, p, s = found.parameters
    assert sympy.simplify(found.expr - t * p / (t * p + s * (1 - p))) == 0
    assert found.numerator == {(1, 1, 0): 1}
    assert found.denominator == {(1, 1, 0): 1, (0, 0, 1): 1, (0, 1, 1): -1}
    assert found.value == Fraction(48, 55)
    assert found(theta_I_high="1/2") == Fraction(16, 17)
    assert found.range == (0, 1)


def test_entries_of_one_row_share_what_is_left() -> None:
    names = ["P(G=A | I=high, D=easy)", "P(G=B | I=high, D=easy)"]
    found = STUDENT.sensitivity("P(L=strong | I=high, D=easy)", names)
    assert found("0.5", "0.3") == Fraction(1, 2) * Fraction(9, 10) + Fraction(3, 10) * Fraction(
        6, 10
    ) + Fraction(2, 10) * Fraction(1, 100)
    with pytest.raises(ParameterRangeError):
        found("0.7", "0.4")
    with pytest.raises(UsageError):
        STUDENT.sensitivity("P(L=strong)", [*names, "P(G=C | I=high, D=easy)"])
    with pytest.raises(UsageError):
        STUDENT.sensitivity("P(L=strong)", [names[0], names[0]])


@pytest.mark.parametrize("seed", range(40))
def test_the_ranking_agrees_with_each_entry_alone(seed: int) -> None:
    rng = random.Random(3000 + seed)
    network = random_network(rng, nodes=(3, 4), positive=seed % 2 == 0)
    query = ground_query(rng, network) if seed % 4 else formula(rng, network)
    if Oracle(network).value(query) is None:
        return
    model = Model.from_network(network)
    found = model.sensitivities(query)
    slopes = [abs(row.slope) for row in found]
    assert slopes == sorted(slopes, reverse=True)
    listed = {row.entry: row for row in found}
    for entry in entries(network):
        if len(network.variables[entry.variable].states) < 2:
            continue
        alone = model.sensitivity(query, entry.formula)
        if entry in listed:
            assert listed[entry].curve.numerator == alone.curve.numerator
            assert listed[entry].curve.denominator == alone.curve.denominator
            if 0 < alone.present < 1:
                assert listed[entry].slope == alone.slope
        else:
            assert alone.curve.is_constant


@pytest.mark.parametrize("seed", range(25))
def test_a_reached_bound_is_reached_with_the_least_change(seed: int) -> None:
    rng = random.Random(4000 + seed)
    network = random_network(rng, nodes=(3, 4))
    query = ground_query(rng, network)
    value = Oracle(network).value(query)
    if value is None:
        return
    bound = value + (1 - value) * Fraction(rng.randint(1, 3), 4)
    model = Model.from_network(network)
    found = model.sensitivities(query, at_least=bound)
    sizes = []
    for row, change in found.rows:
        alone = model.sensitivity(query, row.entry.formula).least_change(at_least=bound)
        assert change == alone
        sizes.append(2 if change is None or row.curve.is_constant else change.size)
    assert sizes == sorted(sizes)
    for table in found.tables:
        assert Oracle(table.network(network)).value(query) == max(bound, value)
    by_name = {table.variable: table for table in found.tables}
    for weight in weights(network, query) or ():
        least = by_name.get(weight.variable)
        width = network.size(weight.variable)
        if least is not None:
            moved = max(abs(x - y) for x, y in zip(least.entries, weight.entries, strict=True))
            assert moved == least.size
            assert best(weight, width, bound, least.size) == 0
            if least.size:
                assert best(weight, width, bound, least.size * Fraction(99, 100)) < 0


def best(found: Weights, width: int, bound: Fraction, size: Fraction) -> Fraction:
    """The most that numerator minus bound times denominator can be, over all vertices of each row.

    At a vertex all entries of a row but one are at an end of what they may be.
    """
    total = Fraction(0)
    for start in range(0, len(found.entries), width):
        row = found.entries[start : start + width]
        worth = [
            x - bound * y
            for x, y in zip(
                found.above[start : start + width], found.below[start : start + width], strict=True
            )
        ]
        ends = [(max(x - size, Fraction(0)), min(x + size, Fraction(1))) for x in row]
        options = []
        for free in range(width):
            for chosen in product(*(e for i, e in enumerate(ends) if i != free)):
                new = list(chosen)
                new.insert(free, 1 - sum(chosen))
                if ends[free][0] <= new[free] <= ends[free][1]:
                    options.append(sum(x * w for x, w in zip(new, worth, strict=True)))
        total += max(options)
    return total


def test_the_fire_alarm_ranked_as_published() -> None:
    """Two single changes are recommended: the prior of tampering, and false reports."""
    found = Model.parse(FIRE).sensitivities(QUERY, at_least="0.65")
    listed = {str(row.entry.name): change for row, change in found.rows}
    prior, report = listed["theta_Tampering_yes"], listed["theta_Report_yes_Leaving_no"]
    assert prior is not None
    assert report is not None
    assert (round(float(prior.new), 3), round(float(report.new), 3)) == (0.036, 0.005)
    assert "theta_Tampering_yes" in found.to_json()
    assert "P(Tampering=yes)" in found.to_text()
    assert r"\toprule" in found.to_latex()
    assert r"\begin{array}" not in found.to_latex()


def test_pictures_are_drawn() -> None:
    pytest.importorskip("matplotlib")
    axes = STUDENT.sensitivity("P(I=high | S=high)", "P(S=high | I=low)").plot(at_least="0.9")
    axes.figure.canvas.draw()
    assert len(axes.lines) == 3  # curve, present value, bound
    axes = STUDENT.sensitivities("P(I=high | G=A)").plot(most=6)
    axes.figure.canvas.draw()
    assert len(axes.patches) == 6


@pytest.mark.parametrize("seed", range(40))
def test_corners_and_sparse_polynomials_agree(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(5000 + seed)
    network = random_network(rng, nodes=(3, 5))
    query = ground_query(rng, network)
    rows: dict[tuple[object, ...], list[Entry]] = {}
    for entry in rng.sample(list(entries(network)), 6):
        row = rows.setdefault((entry.variable, entry.parents), [])
        if len(row) + 1 < len(network.variables[entry.variable].states):
            row.append(entry)
    tables = freed(network, [entry for row in rows.values() for entry in row])
    by_corners = posterior(network, query, tables)
    monkeypatch.setattr(corners, "MOST_CORNERS", 0)
    assert posterior(network, query, tables) == by_corners
