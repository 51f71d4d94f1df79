"""Words right before or behind an independence that deny it, or leave it open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal.model import Model
from symcausal.notes.check import check_text

# of three variables in a row, which two claims hold: the ends alone, and given the middle one
GRAPHS = {
    "X -> W; W -> Y": (False, True),
    "W -> X; W -> Y": (False, True),
    "X -> W; Y -> W": (True, False),
}
CLAIMS = (r"X \perp Y", r"X \perp Y \mid W")
DENYING = [
    "We say: not ${claim}$.",
    "We have $W = W$, but not ${claim}$.",
    "It is so (and not ${claim}$).",
    "Here we have something, though not\n\n$${claim}.$$",
    "- **not** ${claim}$",
    "We do not have ${claim}$.",
    "Once more it is not the case that ${claim}$.",
    "It is no longer ${claim}$.",
    r"Here $\text{{not }} {claim}$.",
    "Here ${claim}$ does not hold.",
    "All is well, although ${claim}$ does not.",
    r"Here $({claim}) \text{{ is false}}$.",
    "Hier ist es klar, aber nicht ${claim}$.",
    "C'est clair, mais pas ${claim}$.",
]
LEFT_OPEN = [
    "We cannot conclude ${claim}$.",
    "It does not follow that ${claim}$.",
    "This is so whether or not ${claim}$.",
    "We look for something rather than ${claim}$.",
    "What we need is not ${claim}$.",
    "Not ${claim}$, but something else.",
]
ASSERTING = [
    "Here ${claim}$.",
    "The knot: ${claim}$.",
    "Do not forget: ${claim}$.",
    "It is not hard to see that ${claim}$.",
    "W is not alone, and ${claim}$.",
    "Neither is hard; ${claim}$ holds.",
    r"Here $\text{{note }} {claim}$.",
]
graphs, numbers = st.sampled_from(sorted(GRAPHS)), st.integers(0, 1)


def told(graph: str, words: str, number: int) -> list[tuple[str, str, bool]]:
    """The relations and verdicts on what words say, and whether the notes expect them to fail."""
    claims = Model.parse(graph).check(words.format(claim=CLAIMS[number])).claims
    found = [claim for claim in claims if "⟂" in claim.relation]
    return [(one.relation, one.verdict, one.expected_to_fail) for one in found]


@given(graphs, st.sampled_from(DENYING), numbers)
def test_what_is_denied_holds_where_the_formula_does_not(
    graph: str, words: str, number: int
) -> None:
    verdict = "fails" if GRAPHS[graph][number] else "holds"
    assert told(graph, words, number) == [("not ⟂", verdict, False)]


@given(graphs, st.sampled_from(LEFT_OPEN), numbers)
def test_what_is_left_open_does_not_fail(graph: str, words: str, number: int) -> None:
    verdict = "holds" if GRAPHS[graph][number] else "undecided"
    assert told(graph, words, number) == [("⟂", verdict, False)]


@given(graphs, st.sampled_from(ASSERTING), numbers)
def test_other_words_deny_nothing(graph: str, words: str, number: int) -> None:
    verdict = "holds" if GRAPHS[graph][number] else "fails"
    assert told(graph, words, number) == [("⟂", verdict, False)]


@given(graphs, numbers, numbers)
def test_words_deny_only_what_they_stand_beside(graph: str, first: int, second: int) -> None:
    text = f"Here ${CLAIMS[first]}$, but not ${CLAIMS[second]}$."
    claims = Model.parse(graph).check(text).claims
    holds = GRAPHS[graph][first], not GRAPHS[graph][second]
    assert [claim.verdict == "holds" for claim in claims] == [*holds]


@pytest.mark.parametrize("words", ["but not", "nor", "Certainly not"])
def test_an_equation_that_is_denied_is_expected_to_fail(words: str) -> None:
    text = f"<!-- symcausal: A -> B -->\n\nThis is so, {words} $P(A \\mid B) = P(B \\mid A)$."
    report = check_text(text)
    assert [claim.verdict for claim in report.claims] == ["fails"]
    assert not report.failed()
