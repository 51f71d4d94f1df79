"""Graphs whose names stand in independences, and in no probability."""

from __future__ import annotations

from pathlib import Path

import pytest

from symcausal import check
from symcausal.notes.models import models_of

CHAINS = [
    "The DAG is $A \\to B \\to C$.",
    "The DAG is `A -> B -> C`.",
    "$$A \\to B \\to C$$",
    "```mermaid\ngraph LR\nA --> B --> C\n```",
    "```dot\ndigraph { A -> B -> C }\n```",
    "```tikz\n\\node (A) {A}; \\node (B) {B}; \\node (C) {C};\n"
    "\\draw[->] (A) -- (B); \\draw[->] (B) -- (C);\n```",
    "```python\nG = nx.DiGraph([('A', 'B'), ('B', 'C')])\n```",
]
SPELLINGS = [
    r"A \perp C \mid B",
    r"A \perp\!\!\!\perp C \mid B",
    r"A ⟂ C | B",
    r"A ⫫ C | B",
    r"A _||_ C | B",
    r"(A \perp C \mid B)_G",
    r"a \perp c \mid b",
]


def verdicts(text: str) -> list[str]:
    """The verdicts on the claims of a text."""
    return [claim.verdict for claim in check(text).claims]


@pytest.mark.parametrize("chain", CHAINS)
def test_a_graph_of_which_only_independences_speak_is_in_force(chain: str, tmp_path: Path) -> None:
    text = f"{chain}\n\nThen $A \\perp C \\mid B$, but $A \\perp C$.\n"
    assert verdicts(text) == ["holds", "fails"]
    notes = tmp_path / "notes.md"
    notes.write_text(text)
    shown = models_of(str(notes))
    assert "A -> B\nB -> C" in shown
    assert "not used" not in shown


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_of_an_independence_speaks_of_its_names(spelling: str) -> None:
    assert verdicts(f"The DAG is $A \\to B \\to C$. Then ${spelling}$.") == ["holds"]


NOT_IN_FORCE = [
    r"This is not $A \to B \to C$. We have $A \perp C \mid B$.",
    r"Suppose for contradiction that $A \to B \to C$. We have $A \perp C \mid B$.",
    r"Unlike $A \to B \to C$, this is a graph. We have $A \perp C \mid B$.",
    r"The path $A \to B \to C$ is in the graph. We have $A \perp C \mid B$.",
    r"The maps $A \to B \to C$ are linear. We have $A \perp C \mid B$.",
    # no formula speaks of its names
    r"The DAG is $A \to B \to C$. We have $X \perp Y \mid Z$.",
    # right angles of vectors
    r"$U \to V \to W$ and $U \perp V$, $V \perp W$.",
]


@pytest.mark.parametrize("text", NOT_IN_FORCE)
def test_what_is_not_asserted_stays_so(text: str) -> None:
    assert set(verdicts(text)) <= {"undecided"}
