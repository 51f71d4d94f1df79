"""What notes ask, define or say of another graph is not claimed of the graph in force."""

from __future__ import annotations

import pytest

from symcausal import Model
from symcausal.notes.check import check_text

CHAIN = r"The chain is $A \to B \to C$, so $P(a, b, c) = P(a) P(b | a) P(c | b)$."
OPEN, SHUT = r"$A \perp C$", r"$A \perp C \mid B$"


def last_verdicts(text: str) -> set[str]:
    """The verdicts on the last claim, under a graph that the notes state and in a declared model."""
    stated = check_text(f"{CHAIN}\n\n{text}").claims[-1]
    declared = Model.parse("A -> B -> C").check(text).claims[-1]
    return {stated.verdict, declared.verdict}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"- {OPEN}?", "undecided"),
        (f"Is {OPEN}?", "undecided"),
        (f"Do we have {OPEN} here? Think of it.", "undecided"),
        (f"Is {OPEN}? No path is blocked.", "undecided"),
        ("Is $P(a, c) = P(a) P(c)$?", "undecided"),
        (f"Which of these hold?\n\n- {OPEN}", "undecided"),
        (f"1. Which of these hold?\n\n   - {OPEN}", "undecided"),
        # the answer of the notes is judged
        (f"- {OPEN}? No.", "holds"),
        (f"- {OPEN}? **No** (there is a path).", "holds"),
        (f"- {OPEN}? $P(a, c) = \\sum_b P(a, b, c)$. No.", "holds"),
        (f"Is {OPEN}?\n\nNo, it is not.", "holds"),
        (f"- {OPEN}? Yes.", "fails"),
        (f"- {OPEN}? **Yes**, of course.", "fails"),
        (f"- {SHUT}? Yes.", "holds"),
        (f"- {SHUT}? No.", "fails"),
        (f"- {SHUT}?", "holds"),
        # no question
        (f"Is it so? We have {OPEN}.", "fails"),
        (f"Why? Because {OPEN}.", "fails"),
        (f"What follows from the graph?\n\n- {OPEN}", "fails"),
        (f"- Is {SHUT}?\n- {OPEN}.", "fails"),
        (f"{OPEN}. Is that clear?", "fails"),
    ],
)
def test_questions(text: str, expected: str) -> None:
    verdicts = last_verdicts(text)
    if "sum_b" in text:  # the last claim is that of the reason
        stated = check_text(f"{CHAIN}\n\n{text}").claims[1]
        verdicts = {stated.verdict}
    assert verdicts == {expected}


def test_an_equation_that_the_notes_answer_with_no_fails_as_announced() -> None:
    for answer, announced in (("No.", True), ("Yes.", False)):
        found = check_text(f"{CHAIN}\n\nIs $P(a, c) = P(a) P(c)$? {answer}").claims[-1]
        assert (found.verdict, found.expected_to_fail) == ("fails", announced)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Two nodes are d-separated iff {OPEN}.", "undecided"),
        (f"All paths are blocked if and only if {OPEN}.", "undecided"),
        (f"All paths are blocked \u27fa {OPEN}.", "undecided"),
        (r"$A \perp_{d, G} C \iff A \perp C$", "undecided"),
        (f"The {OPEN} part means what it says.", "undecided"),
        (f"{OPEN} denotes a separation.", "undecided"),
        (f"This means that {OPEN}.", "fails"),
        (f"All paths are blocked, so {OPEN}.", "fails"),
        (f"We conclude {OPEN}, and mean it.", "fails"),
    ],
)
def test_definitions(text: str, expected: str) -> None:
    assert last_verdicts(text) == {expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"In the mutilated graph {OPEN}.", "undecided"),
        (f"{OPEN} holds in the manipulated network.", "undecided"),
        (f"In that modified graph they are d-separated. We can say that {OPEN}.", "undecided"),
        (f"In that modified graph they are d-separated.\n\nWe can say that {OPEN}.", "fails"),
        (f"In this graph they are d-separated. We can say that {OPEN}.", "fails"),
        (f"The modified formula gives {OPEN}.", "fails"),
    ],
)
def test_other_graphs(text: str, expected: str) -> None:
    assert last_verdicts(text) == {expected}


def test_an_independence_that_names_its_graph_is_judged_there() -> None:
    text = r"In the mutilated graph, $(A \perp C)_{G_{\overline{A}}}$."
    assert Model.parse("A -> B -> C").check(text).claims[0].verdict == "fails"
    assert Model.parse("C -> B -> A").check(text).claims[0].verdict == "holds"
