"""Smoking, tar and cancer: the front-door formula and its derivation.

[Pearl1995]_ Section 4 for the derivation; [Pearl2009]_ Table 3.1 for the numbers.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from symcausal import Model
from tests.papers.asking import asked, rules
from tests.support.pace import soon

GRAPH = "Smoking -> Tar -> Cancer; Smoking <-> Cancer"
QUERY = "P(Cancer | do(Smoking))"
PUBLISHED = """sum_{Tar} P(Tar | Smoking)
               sum_{Smoking'} P(Cancer | Smoking', Tar) P(Smoking')"""


def test_the_formula_is_the_textbooks_with_a_primed_second_copy():
    answer = asked(GRAPH, QUERY, PUBLISHED)
    assert answer.method == "front-door adjustment"
    model = Model.parse(GRAPH)
    assert answer.estimand == model.query(PUBLISHED)
    assert "P(Cancer | Smoking', Tar) P(Smoking')" in answer.to_text()
    assert "Smoking}'" in answer.to_latex()


def test_the_derivation_is_do_calculus_in_the_published_order():
    """Tar is observed to be set, smoking is forgotten, and both effects of one step are adjusted."""
    assert rules(asked(GRAPH, QUERY)) == [
        "total-probability",
        "product-rule",
        "do-calculus.2",  # P(c | do(s), t) = P(c | do(s), do(t))
        "do-calculus.3",  # = P(c | do(t))
        "do-calculus.2",  # P(t | do(s)) = P(t | s)
        "adjustment",  # P(c | do(t)) by the back door, over smoking
    ]


def test_it_takes_less_than_a_fifth_of_a_second():
    with soon(0.2):
        assert Model.parse(GRAPH).identify(QUERY).to_text()


@pytest.mark.parametrize(
    ("smoking", "risk"), [("1", Fraction(4525, 10000)), ("0", Fraction(4975, 10000))]
)
def test_the_hypothetical_study(smoking, risk):
    """Smoking would protect from cancer in these numbers, as the book says."""
    study = Model.parse("""
        Smoking -> Tar; Smoking, Tar -> Cancer
        P(Smoking) = 1/2, 1/2
        P(Tar | Smoking=0) = 0.95, 0.05
        P(Tar | Smoking=1) = 0.05, 0.95
        P(Cancer | Smoking=0, Tar=0) = 0.90, 0.10
        P(Cancer | Smoking=1, Tar=0) = 0.10, 0.90
        P(Cancer | Smoking=0, Tar=1) = 0.95, 0.05
        P(Cancer | Smoking=1, Tar=1) = 0.15, 0.85
    """)
    answer = Model.parse(GRAPH).identify(f"P(Cancer=1 | do(Smoking={smoking}))")
    assert study.probability(answer.estimand) == risk


def test_a_confounder_of_the_middle_step_closes_the_front_door():
    model = Model.parse(f"{GRAPH}; Smoking <-> Tar")
    assert model.front_door_sets("Smoking", "Cancer") == []
    assert not model.identify(QUERY).identifiable
