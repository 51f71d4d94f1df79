"""The student network's published numbers, exact, through the public interface.

The values follow from the tables of Koller & Friedman 2009 (Sections 3.2 and 3.3 print many of
them rounded) and are recomputed here from the written-out joint.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from symcausal import Model
from tests.golden.models import STUDENT, SUPERSCRIPTS
from tests.support import student as networks
from tests.support.oracle import Oracle

GOLDEN = [
    ("P(L=l1)", "P(L=strong)", "7849/15625"),
    ("P(L=l1 | I=i0)", "P(L=strong | I=low)", "0.3886"),
    ("P(L=l1 | I=i0, D=d0)", "P(L=strong | I=low, D=easy)", "0.513"),
    ("P(I=i1 | G=g3)", "P(I=high | G=C)", "3/38"),
    ("P(D=d1 | G=g3)", "P(D=hard | G=C)", "275/437"),
    ("P(I=i1 | L=l0)", "P(I=high | L=weak)", "5807/41472"),
    ("P(I=i1 | L=l0, G=g3)", "P(I=high | L=weak, G=C)", "3/38"),
    ("P(I=i1 | G=g3, S=s1)", "P(I=high | G=C, S=high)", "48/83"),
    ("P(D=d1 | G=g3, S=s1)", "P(D=hard | G=C, S=high)", "1450/1909"),
    ("P(I=i1 | G=g2)", "P(I=high | G=B)", "18/103"),
    ("P(I=i1 | G=g2, D=d1)", "P(I=high | G=B, D=hard)", "18/53"),
    ("P(I=i1 | G=g3, D=d1)", "P(I=high | G=C, D=hard)", "6/55"),
    ("P(S=s1)", "P(S=high)", "11/40"),
    ("P(S=s1 | G=g1)", "P(S=high | G=A)", "923/1810"),
    ("P(G=g1)", "P(G=A)", "181/500"),
    ("P(I=i1 | L=l1)", "P(I=high | L=strong)", "57579/125584"),
    ("P(S=s1 | do(G=g1))", "P(S=high | do(G=A))", "11/40"),
    ("P(L=l1 | do(G=g1))", "P(L=strong | do(G=A))", "9/10"),
]


def as_events(text: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Outcome and condition of a plain ``P(X=x | Y=y, Z=z)``."""
    outcome, _, given = text[2:-1].partition("|")
    return tuple(
        [(e.split("=")[0].strip(), e.split("=")[1].strip()) for e in part.split(",") if e.strip()]
        for part in (outcome, given)
    )


@pytest.mark.parametrize(("short", "words", "number"), GOLDEN)
def test_published_numbers_follow_from_the_joint(short, words, number):
    """The list itself: what the joint of the book's tables says."""
    if "do(" not in short:
        oracle = Oracle(networks.student(networks.SUPERSCRIPTS))
        assert oracle.probability(*as_events(short)) == Fraction(number)
        assert Oracle(networks.student()).probability(*as_events(words)) == Fraction(number)


@pytest.mark.parametrize(("short", "words", "number"), GOLDEN)
def test_probabilities_are_exact(short, words, number):
    """The library's numbers, in both namings and from a network built by hand."""
    for model, query in (
        (Model.parse(SUPERSCRIPTS), short),
        (Model.parse(STUDENT), words),
        (Model.from_network(networks.student()), words),
    ):
        found = model.probability(query)
        assert isinstance(found, Fraction)
        assert found == Fraction(number)


@pytest.mark.parametrize(("short", "words", "number"), GOLDEN)
def test_closed_forms_are_the_same_numbers(short, words, number):
    """The closed form of a numeric model is an exact rational."""
    form = Model.parse(STUDENT).closed_form(words)
    assert form.is_Rational
    assert Fraction(int(form.p), int(form.q)) == Fraction(number)


@pytest.mark.parametrize(("short", "words", "number"), GOLDEN)
def test_derivations_end_in_the_same_numbers(short, words, number):
    """The derived formula, evaluated by brute force."""
    derivation = Model.parse(STUDENT).derive(words)
    assert Oracle(networks.student()).value(derivation.formula) == Fraction(number)


def test_a_model_file_gives_the_same_numbers(tmp_path):
    """Loading is parsing."""
    path = tmp_path / "student.model"
    path.write_text(STUDENT, encoding="utf-8")
    assert Model.load(path).probability("P(L=strong)") == Fraction(7849, 15625)


def test_parameter_counts():
    """48 joint entries, 26 table entries, 15 free numbers."""
    counts = Model.parse(STUDENT).counts
    assert counts.joint_entries == 2 * 2 * 2 * 3 * 2 == 48
    assert counts.table_entries == 2 + 2 + 4 + 12 + 6 == 26
    assert counts.free_parameters == 1 + 1 + 2 + 8 + 3 == 15


def test_an_open_model_has_one_symbol_for_each_free_number():
    """What nobody gave is a parameter; the last entry of a row is one minus the others."""
    model = Model.parse("I -> S; I, D -> G; G -> L; G: A, B, C")
    assert len(model.parameters) == 15


def test_states_of_aliased_names():
    """``C`` is a grade after ``G =`` and an alias of D elsewhere."""
    model = Model.parse(STUDENT)
    assert model.probability("P(C=hard | G=C)") == Fraction(275, 437)
    assert model.probability("P(Course=hard)") == Fraction(2, 5)


SIMPSON = """
Z: small, large
X: a, b
Y: 0, 1
Z -> X; Z -> Y; X -> Y
P(Z) = 357/700, 343/700
P(X | Z=small) = 87/357, 270/357
P(X | Z=large) = 263/343, 80/343
P(Y | Z=small, X=a) = 6/87, 81/87
P(Y | Z=small, X=b) = 36/270, 234/270
P(Y | Z=large, X=a) = 71/263, 192/263
P(Y | Z=large, X=b) = 25/80, 55/80
"""


def test_kidney_stones_reverse():
    """273 of 350 against 289 of 350 among the treated; the other way round if treatment is set."""
    model = Model.parse(SIMPSON)
    assert model.probability("P(Y=1 | X=a)") == Fraction(273, 350)
    assert model.probability("P(Y=1 | X=b)") == Fraction(289, 350)
    small, large = Fraction(357, 700), Fraction(343, 700)
    one = small * Fraction(81, 87) + large * Fraction(192, 263)
    other = small * Fraction(234, 270) + large * Fraction(55, 80)
    assert model.probability("P(Y=1 | do(X=a))") == one
    assert model.probability("P(Y=1 | do(X=b))") == other
    assert one > other


def test_asia_marginals_are_the_published_ones():
    """Lauritzen & Spiegelhalter 1988, with a deterministic table inside."""
    model = Model.from_network(networks.asia())
    published = {"T": "0.0104", "L": "0.055", "B": "0.45", "E": "0.064828", "X": "0.11029004",
                 "D": "0.4359706"}  # fmt: skip
    for name, number in published.items():
        assert model.probability(f"P({name}=yes)") == Fraction(number)


def test_lecture_counterexample():
    """Doing 1/2, seeing 9/16, with entries of quarters and halves."""
    model = Model.from_network(networks.confounded_letter())
    assert model.probability("P(L=strong | do(G=A))") == Fraction(1, 2)
    assert model.probability("P(L=strong | G=A)") == Fraction(9, 16)
