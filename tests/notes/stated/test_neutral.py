"""A stated graph is in force where the words around it are neutral or affirm it, and only there."""

from __future__ import annotations

import pytest

from symcausal import check

CLAIM = r"$P(C\mid A,B)=P(C\mid B)$"
CHAIN = r"$A \to B \to C$"
MERMAID = "```mermaid\ngraph LR\nA --> B --> C\n```"


def verdict(words: str) -> str:
    """The verdict on a claim that holds under the chain alone, below some words."""
    return check(f"{words}\n\nThen {CLAIM}.").claims[-1].verdict


# words that judge, compare, attribute, or say that it may be so
UNCLEAR = [
    f"The graph was {CHAIN} until 1990.",
    f"For comparison, the graph of Smith is {CHAIN}.",
    f"At first sight the graph is {CHAIN}.",
    f"In an ideal world the graph is {CHAIN}.",
    f"One might draw {CHAIN}.",
    f"The graph {CHAIN} is far from the truth.",
    f"The graph {CHAIN} does no justice to the data.",
    f"The graph {CHAIN} leaves out an arrow.",
    f"The DAG {CHAIN} lies.",
    f"The DAG {CHAIN} was abandoned.",
    f"The graph is {CHAIN}. Hardly anyone accepts it.",
    f"The graph is {CHAIN}. Nothing could be further from the truth.",
    f"The graph is {CHAIN}. We abandon it below.",
    f"The graph is {CHAIN}. Unfortunately, this is too optimistic.",
    f"The graph is {CHAIN}. Sadly, A also acts on C.",
    f"If only the graph were {CHAIN}!",
    f"The graph is {CHAIN} (sic).",
    f"The graph is {CHAIN}?!",
    f"The graph is supposedly {CHAIN}.",
    f"The graph is said to be {CHAIN}.",
    f"The graph should be {CHAIN}.",
    f"The graph used to be {CHAIN}.",
    f"The graph is almost {CHAIN}.",
    f"The graph looks like {CHAIN}.",
    f"It was once thought that the graph is {CHAIN}.",
    f"Under the null the graph is {CHAIN}.",
    f"A graph like {CHAIN} is common.",
    f"The skeleton of the graph is {CHAIN}.",
    f"## The old model\n\nThe graph is {CHAIN}.",
    f"## What not to do\n\nThe graph is {CHAIN}.",
    f"A mis-specified graph:\n\n{MERMAID}",
    f"An overly simple graph:\n\n{MERMAID}",
    f"{MERMAID}\n\n*A wrong graph.*",
    f"{MERMAID}\n\nThe above is not our model.",
    f"{MERMAID}\n\nDo not use this graph.",
]


@pytest.mark.parametrize("words", UNCLEAR)
def test_words_that_are_not_neutral(words: str) -> None:
    assert verdict(words) == "undecided"


PLAIN = [
    f"## A better understanding\n\nThe graph is {CHAIN}.",
    f"## The most important example\n\nThe graph is {CHAIN}.",
    f"We follow Pearl (2009). The graph is {CHAIN}.",
    f"In his famous book, Pearl draws {CHAIN}.",
    f"As in Figure 1, the graph is {CHAIN}.",
    f"Figure 1 shows the graph {CHAIN}.",
    f"Consider a simple three-node chain {CHAIN}.",
    f"The following directed acyclic graph describes the mechanism: {CHAIN}.",
    f"The true causal structure is {CHAIN}.",
    f"The well-known student network: {CHAIN}.",
    f"The graph is {CHAIN}. It is the simplest of all.",
    f"The graph is {CHAIN}, the shortest chain.",
    f"The graph is {CHAIN}. Nothing else acts on them.",
    f"The graph is {CHAIN}. It is a chain; this is not the last one.",
    f"The graph is {CHAIN}. The rain falls in the morning; nobody knows why.",
    f"The graph {CHAIN} describes our data.",
    f"The graph {CHAIN} corresponds to a chain.",
    f"Our causal graph {CHAIN} has two arrows.",
    f"Here is the graph we use throughout:\n\n{MERMAID}",
    f"The graph below has fewer arrows than nodes.\n\n{MERMAID}",
    f"The graph is sparse: {CHAIN}. Each variable is binary, and larger values are riskier.",
    f"Let us draw the causal diagram: {CHAIN}.",
    f"Suppose the graph is {CHAIN}.",
    f"We believed in more arrows once.\n\nToday's graph is {CHAIN}.",
    f"Under the observational regime the graph is {CHAIN}. We intervene on $A$ later.",
    f"> The graph is {CHAIN}.",
    f"Domain experts agree on {CHAIN} as the causal graph.",
    f"An exercise for the interested reader. The DAG is {CHAIN}.",
    f"Given the detailed causal graph {CHAIN}, we go on.",
    f"The estimated graph is {CHAIN}.",
    f"Simply put, the graph is {CHAIN}.",
    f"The graph is simply {CHAIN}.",
    f"Der kausale Graph ist {CHAIN}.",
    f"Le graphe causal est {CHAIN}.",
]


@pytest.mark.parametrize("words", PLAIN)
def test_plain_words(words: str) -> None:
    assert verdict(words) == "holds"
