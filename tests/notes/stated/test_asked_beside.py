"""Questions and announcements beside a graph: they void it only where they may be about it."""

from __future__ import annotations

import pytest

from symcausal import check

CHAIN = r"$A \to B \to C$"
PRODUCT = r"$$P(A,B,C)=P(A)P(B\mid A)P(C\mid B)$$"
STEP = r"$$P(C\mid A,B)=\frac{P(A,B,C)}{P(A,B)}"
STEP += r"=\frac{P(A)P(B\mid A)P(C\mid B)}{P(A)P(B\mid A)}=P(C\mid B)$$"
DRAWN = "```mermaid\ngraph LR\nA --> B\nB --> C\n```"
CLAIM = r"$P(C\mid A,B)=P(C\mid B)$"


def verdict(text: str) -> str:
    """The verdict on the last claim of a text."""
    return check(text).claims[-1].verdict


STATING = [
    f"1. Is $A \\perp C$?\n2. Is $A \\perp C\\mid B$ ?\n{DRAWN}\n\nThen {CLAIM}.",
    f"Is $A \\perp C\\mid B$?\n{DRAWN}\n\n**Answers**:\n1. {CLAIM}.",
    f"Are A and C independent?\nThe DAG is {CHAIN}.\n\nThen {CLAIM}.",
    f"Are they independent, as we hope?\nYes, from\n{PRODUCT}\n\nThen {CLAIM}.",
    f"Is $A \\perp C \\mid B$?\nFrom\n{PRODUCT}\nwe get {CLAIM}.",
    f"We'll prove that P(C|A,B) is constant in A.\n{STEP}\n\nThen {CLAIM}.",
    f"Let us show that P(C|A,B) = P(C|B).\n{STEP}\n\nThen {CLAIM}.",
    f"The DAG is {CHAIN}.\n\nNow let's say we want to compute a number.\n\nThen {CLAIM}.",
    f"The DAG is {CHAIN}.\n\nNow let's look closer.\n\nThen {CLAIM}.",
    f"We suppose that it rains, so P(+a) = 0.5.\n\n- First\n\n- From\n{PRODUCT}\nwe get {CLAIM}.",
    f"It is said that all is fake. But we look at this:\n\n- The DAG is {CHAIN}, so {CLAIM}.",
]
VOID = [
    f"Is it the DAG {CHAIN}?\n\nThen {CLAIM}.",
    f"Is C independent of A in the DAG {CHAIN}?\n\nThen {CLAIM}.",
    f"1. Is $A \\perp C$ ?\n2. Is this right ?\n{DRAWN}\n\nThen {CLAIM}.",
    f"Which graph has $A \\perp C \\mid B$ ?\n{DRAWN}\n\nThen {CLAIM}.",
    f"Is the graph a chain, so that C is independent of A?\n{PRODUCT}\n\nThen {CLAIM}.",
    f"Which of these makes C independent of A?\n{PRODUCT}\n\nThen {CLAIM}.",
    f"Is it so?\n{PRODUCT}\n\nThen {CLAIM}.",
    f"Prove that\n{PRODUCT}\n\nThen {CLAIM}.",
    f"We'll prove the following.\n{PRODUCT}\n\nThen {CLAIM}.",
    f"We want to show\n{PRODUCT}\n\nThen {CLAIM}.",
    f"The DAG is {CHAIN}.\n\nNow let all be confounded.\n\nThen {CLAIM}.",
    f"The DAG is {CHAIN}.\n\nNow let A, B, C be three coins.\n\nThen {CLAIM}.",
    f"Which one is right? Think.\n\n- First\n\n- The DAG is {CHAIN}, so {CLAIM}.",
    f"Some answers are wrong. We list all.\n\n- First\n\n- The DAG is {CHAIN}, so {CLAIM}.",
    f"Possible candidates are:\n\n- First\n\n- The DAG is {CHAIN}, so {CLAIM}.",
]


@pytest.mark.parametrize("text", STATING)
def test_words_about_something_else_leave_the_graph(text: str) -> None:
    assert verdict(text) == "holds"


@pytest.mark.parametrize("text", VOID)
def test_words_that_may_be_about_the_graph_take_it(text: str) -> None:
    assert verdict(text) == "undecided"
