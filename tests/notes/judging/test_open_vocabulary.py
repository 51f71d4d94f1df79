"""A model does not close the vocabulary of its notes: states it leaves open, names it lacks, case."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal import Model, check
from symcausal.notes.judging.open_states import completed

WORDS = ["rain", "sun", "hail", "snow", "fog"]


def verdicts(text: str, model: str | Model | None) -> list[str]:
    """The verdicts of a text, in order."""
    return [str(claim.verdict) for claim in check(text, model).claims]


# -- states that a model leaves open ----------------------------------------------------------------
@settings(max_examples=15)
@given(st.lists(st.sampled_from(WORDS), min_size=2, max_size=4, unique=True), st.data())
def test_total_probability_over_the_states_that_notes_name(
    states: list[str], data: st.DataObject
) -> None:
    terms = [rf"P(C=hot \mid E={s}) P(E={s})" for s in states]
    assert verdicts(f"$P(C=hot) = {' + '.join(terms)}$", "E -> C") == ["holds"]
    left_out = data.draw(st.sampled_from(range(len(terms))))
    fewer = " + ".join(t for i, t in enumerate(terms) if i != left_out)
    named = f"$P(E={states[left_out]}) < 1$ and "
    # the state is named in another claim, so that one term of the sum is missing
    assert verdicts(f"{named}$P(C=hot) = {fewer}$", "E -> C")[1] == "fails"
    # the same with the states declared, which nobody then takes from the notes
    declared = f"E: {', '.join(states)}; C: hot, cold; E -> C"
    assert verdicts(f"$P(C=hot) = {' + '.join(terms)}$", declared) == ["holds"]
    assert verdicts(f"$P(C=hot) = {fewer}$", declared) == ["fails"]


@pytest.mark.parametrize(
    ("text", "model", "expected"),
    [
        ("$P(C=t) = 1 - P(C=f)$", "E -> C", "holds"),
        ("$P(C=t) = P(C=f)$", "E -> C", "fails"),
        (r"$P(\neg c) = P(C=f)$, $P(C=t) = 1 - P(C=f)$", "E -> C", "holds"),
        (r"$P(g^3) = \sum_i P(g^3 \mid i) P(i)$", "I -> G", "holds"),
        ("$P(g^1) + P(g^2) + P(g^3) = 1$", "I -> G", "holds"),
        ("$P(g^1) + P(g^3) = 1$", "I -> G", "fails"),
        ("$P(C=1) = 1 - P(C=0)$", "E -> C", "holds"),
        # words and numbers for one variable name nothing
        ("$P(C=t) = 1 - P(C=1)$", "E -> C", "unreadable"),
        # declared states are all there are
        ("$P(C=2) = 1 - P(C=1)$", "C: 0, 1; E -> C", "unreadable"),
        # so are those of a table with numbers, and of its parents
        ("$P(C=t) = 1 - P(C=f)$", "E -> C; P(C | E=0) = 0.1, 0.9", "unreadable"),
        ("$P(E=t) = 1 - P(E=f)$", "E -> C; P(C | E=0) = 0.1, 0.9", "unreadable"),
        ("$P(E=t) = 1 - P(E=f)$", "E -> C; given P(E=1) = 0.2", "unreadable"),
        # what a sum runs over, and letters for any state, are no states
        (r"$\sum_t P(C=t) = 1$, $P(C=u) = 1 - P(C=t)$", "E -> C", "unreadable"),
        ("$P(C=k) + P(C=j) = 1$", "E -> C", "unreadable"),
        # a set says what states there are, and so do words
        (r"$C \in \{low, mid, high\}$ and $P(C=low) + P(C=high) = 1$", "E -> C", "fails"),
        (
            r"$C \in \{\text{low}, \mathrm{high}\}$ and $P(C=low) + P(C=high) = 1$",
            "E -> C",
            "holds",
        ),
        (r"$C \in \{0, 1, 2\}$ and $P(C=0) + P(C=1) = 1$", "E -> C", "fails"),
        ("Here $C$ takes three values. $P(C=0) + P(C=1) = 1$", "E -> C", "fails"),
        ("$C$ has two states: $P(C=low) + P(C=high) = 1$", "E -> C", "holds"),
        ("$C$ has 3 states: $P(C=low) + P(C=high) = 1$", "E -> C", "fails"),
        # the square of a variable in a mean is no state of it
        ("$E[X^2] = E[X] E[X]$, $P(X=1) = 1 - P(X=0)$", "X -> Y", "holds"),
    ],
)
def test_open_states(text: str, model: str, expected: str) -> None:
    assert verdicts(text, model)[-1] == expected


def test_models_of_python_are_open_where_they_name_no_states() -> None:
    text = "$P(C=t) = 1 - P(C=f)$"
    assert verdicts(text, Model([("E", "C")])) == ["holds"]
    assert verdicts(text, Model([("E", "C")], states={"C": 2})) == ["unreadable"]
    assert verdicts(text, Model([("E", "C")], states={"E": 3})) == ["holds"]


@given(st.sets(st.integers(0, 40), min_size=1))
def test_numbers_are_counted_without_a_gap(numbers: set[int]) -> None:
    found = completed([str(n) for n in sorted(numbers)])
    assert {str(n) for n in numbers} <= set(found)
    counted = list(map(int, found))
    assert counted == list(range(counted[0], counted[-1] + 1))
    assert len(found) > 1


@given(st.sets(st.sampled_from([*WORDS, "t", "yes", "True"]), min_size=1))
def test_every_state_that_is_named_is_there_and_never_alone(named: set[str]) -> None:
    found = completed(sorted(named))
    assert named <= set(found)
    assert len(found) == len(set(found)) > 1


# -- names that a model lacks ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("P(A, B) = P(A | B) P(B)", "holds"),  # a law, whatever it is about
        ("P(A | B) = P(B | A)", "fails"),  # false even if A and B are independent
        ("P(A | B) = P(A)", "undecided"),  # an assumption
        ("P(A | do(B)) = P(A | B)", "undecided"),
        ("P(G, A) = P(G | A) P(A)", "holds"),
        ("P(G | A) = P(G)", "unreadable"),  # about the model and something else
        ("P(L | Gr) = P(L | G)", "unreadable"),  # a slip of the pen
        ("P(L | Gr) = P(L | G", "unreadable"),
        (r"A \perp B", "undecided"),
        (r"A \perp G", "unreadable"),
    ],
)
def test_claims_beside_a_model(claim: str, expected: str) -> None:
    assert verdicts(f"${claim}$", "I -> G <- D; G -> L") == [expected]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("P(A) = P(A, C=a) + P(A, C=b)", "unreadable"),  # C has a third state
        (r"P(A) = \sum_c P(A, c)", "holds"),
        ("P(A=x) = P(A=x, C=d) + P(A=x, C=b)", "unreadable"),  # C has no state d
        (
            r"P(C=a) = \sum_{i=1}^2 P(C=a \mid B=b_i) P(B=b_i)",
            "unreadable",
        ),  # an index, no variable
    ],
)
def test_what_the_model_says_of_its_variables_counts_beside_it(claim: str, expected: str) -> None:
    assert verdicts(f"${claim}$", "C: a, b, c; B: b_1, b_2, b_3; B -> C") == [expected]


def test_what_is_judged_beside_a_model_says_so() -> None:
    (claim,) = check("$P(A, B) = P(A | B) P(B)$", "G -> L").claims
    assert "the model has no A" in claim.message


def test_a_lone_term_claims_nothing() -> None:
    assert verdicts("Consider $P(A | B)$ and $P(L | A)$.", "G -> L") == []
    # but what cannot be read is told
    assert verdicts("Consider $P(A | B$.", "G -> L") == ["unreadable"]


# -- small and capital names --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (r"X \perp Y \mid Z", "holds"),
        (r"X \perp Y", "fails"),
        (r"P(X, Y \mid Z) = P(X \mid Z) P(Y \mid Z)", "holds"),
        ("P(Y=y | X) = P(y | x)", "holds"),
        ("P(X) = P(Y)", "fails"),
        (r"x \perp y \mid z", "holds"),
    ],
)
def test_capitals_for_the_small_names_of_a_model(claim: str, expected: str) -> None:
    assert verdicts(f"${claim}$", "z -> x; z -> y") == [expected]


def test_names_in_both_cases_are_two_names() -> None:
    # x and X are two variables here, so that the capital is no spelling of the small letter
    assert verdicts(r"$P(X) = P(x)$", "x -> y; X -> y") == ["fails"]
    assert verdicts(r"$P(Y \mid X) = P(Y)$", "x -> y; X -> y") == ["undecided"]


# -- signs for yes and no ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (r"P(+e) = P(+e \mid +w) P(+w) + P(+e \mid -w) P(-w)", "holds"),
        (r"P(+e) = P(+e \mid +w) P(+w) + P(+e \mid -w) P(+w)", "fails"),
        ("P(+e) = 1 - P(-e)", "holds"),
        ("P(+e) = P(E=1)", "holds"),
        ("P(-e) = P(E=1)", "fails"),
        (r"P(E=+e \mid W=-w) = P(+e \mid -w)", "holds"),
        (r"P(-e) = P(\neg e)", "holds"),
        ("P(E=+w) = P(+e)", "unreadable"),
        ("P(W+E) = 1", "unreadable"),
    ],
)
def test_signs_for_yes_and_no(claim: str, expected: str) -> None:
    assert verdicts(f"${claim}$", "W -> E") == [expected]
    declared = verdicts(f"${claim.replace('=1', '=yes')}$", "W, E: yes, no; W -> E")
    assert declared == [expected]


# -- slips of the pen, and letters beside states ------------------------------------------------------
@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("P(Cc | A, B) = P(Cc | B)", "unreadable"),  # no event twice
        ("P(C | A, Bb) = P(C | Bb)", "unreadable"),
        ("P(AB) = P(A) P(B | A)", "holds"),
    ],
)
def test_a_run_of_letters_with_one_twice_is_no_run_of_events(claim: str, expected: str) -> None:
    assert verdicts(f"${claim}$", "A -> B -> C") == [expected]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("P(c) = P(C=yes)", "undecided"),  # c may say yes
        ("P(c) + P(C=no) = 1", "undecided"),
        ("P(c) = P(C=no)", "fails"),  # in neither reading
        ("P(C) = P(C=yes)", "fails"),  # a capital is all values
        ("P(C=yes) = 1 - P(C=no)", "holds"),
    ],
)
def test_a_small_letter_beside_states_may_say_yes(claim: str, expected: str) -> None:
    assert verdicts(f"${claim}$", "C: no, yes; C -> D") == [expected]


# -- states that the notes name elsewhere ---------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "model", "expected"),
    [
        ("$P(X=a) + P(X=b) = 1$ and $P(X=c) = 0.1$", None, "undecided"),
        ("$P(X=a) + P(X=b) = 1$ and $P(Y=c) = 0.1$", None, "holds"),
        (r"$\sum_{x=0}^{2} P(X=x, Y) = P(Y)$. $P(X=3) = 0.1$", None, "undecided"),
        (r"$P(X=a) = \sum_y P(X=a, y)$ and $P(X=c) = 0.1$", None, "holds"),
        ("$P(C=1 | A) = 1 - P(C=0 | A)$ and $P(C=2) = 0.1$", "A -> B", "unreadable"),
        ("$P(X=1) = 1 - P(X=0)$. $P(X=1.0) = 0.3$", "X -> Y", "holds"),
        ("$P(X=yes) = 1 - P(X=no)$. $P(X=Yes) = 0.3$", "X -> Y", "unreadable"),
        (r"$A \to B \to C$, $P(C=1 | A) = 1 - P(C=0 | A)$ and $P(C=2) = 0.1$", None, "undecided"),
    ],
)
def test_more_states_elsewhere_leave_a_sum_in_doubt(
    text: str, model: str | None, expected: str
) -> None:
    assert verdicts(text, model)[0] == expected


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("P(-c) = 1 - P(c)", "holds"),  # beside its denial c is the yes
        ("P(+c) = P(c)", "holds"),
        ("P(-c) = P(c)", "fails"),
        (r"P(+d) = P(d \mid +c) P(+c) + P(d \mid -c) P(-c)", "holds"),
        (r"\sum_{c=0}^{1} P(C=c) = 2", "fails"),
        ("P(C=0) + P(C=1) = 2", "fails"),
    ],
)
def test_letters_beside_signs_and_sums_beside_numbers(claim: str, expected: str) -> None:
    assert verdicts(f"${claim}$", "C -> D") == [expected]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("P(b) = 1 - P(d)", "undecided"),  # b is a state, and the letter of B
        ("P(B=b) = P(b)", "undecided"),
        ("P(b) = P(B=d)", "fails"),
        ("P(B=b) = 1 - P(B=d)", "holds"),
    ],
)
def test_a_small_letter_may_be_a_state_of_that_name(claim: str, expected: str) -> None:
    assert verdicts(f"${claim}$", "A -> B; B: b, d") == [expected]


def test_a_name_with_a_subscript_is_no_value_of_a_small_name() -> None:
    assert verdicts(r"$P(X_1 \mid Z) = P(X_1)$", "z -> x") == ["unreadable"]
