r"""States that notes state in sets and in words: ``G = \{a, b, c\}``, *D can be easy or hard*."""

from __future__ import annotations

import pytest

from symcausal import check
from symcausal.notes.judging.open_states import stated_states
from symcausal.notes.reading.guessing import guess_vocabulary
from symcausal.reading.model_language import read_model
from symcausal.reading.vocabulary import Vocabulary

# what states that G has the states a, b and c, or 1, 2 and 3
STATED = [
    r"$G \in \{a, b, c\}$",
    r"$G = \{a, b, c\}$",
    r"$Val(G) = \{a, b, c\}$",
    r"$\mathrm{Val}(G) = \{a, b, c\}$",
    r"$\operatorname{dom}(G) = \{a,b,c\}$",
    r"$G \in \{\text{a}, \text{b}, \text{c}\}$",
    "G = {a, b, c}",
    "The grade G can be a, b or c.",
    "G (the grade) is either a, b, or c.",
    "G takes three values.",
]
# what does not
NOT_STATED = [
    r"$G = \{X, W, V\}$ is an adjustment set for $P(X, W, V)$.",
    r"$P(G = \{a, b, c\})$",
    r"$Q \in \{a, b, c\}$",
    "G can be drawn or computed.",
    r"$f(G) = \{a\}$",
    "G is a graph.",
]
SUM = r"$P(G=a) + P(G=b) = 1$"


@pytest.mark.parametrize("model", [None, "G -> L"])
@pytest.mark.parametrize("words", STATED)
def test_two_of_three_states_are_not_all(words: str, model: str | None) -> None:
    (claim,) = check(f"{words}\n\nThen {SUM}.", model).claims
    assert claim.verdict in ("fails", "undecided")


@pytest.mark.parametrize("model", [None, "G -> L; X; W; V"])
@pytest.mark.parametrize("words", NOT_STATED)
def test_words_that_state_no_states(words: str, model: str | None) -> None:
    claim = check(f"{words}\n\nThen {SUM}.", model).claims[-1]
    assert claim.verdict == "holds"


def test_scripts_are_states_of_their_letter() -> None:
    text = r"Val(G) = \{g^1, g^2, g^3\}"
    names = Vocabulary.of(read_model("G -> L").network)
    assert list(stated_states([text], (), names)["G"]) == ["1", "2", "3"]
    assert list(stated_states([text, "P(G)"], (), guess_vocabulary(["P(G)"]))["G"]) == [
        "1",
        "2",
        "3",
    ]


def test_words_complete_the_states_that_formulas_name() -> None:
    names = Vocabulary.of(read_model("D -> G").network)
    words = ["D (difficulty) can be easy or hard."]
    assert list(stated_states(["P(D=easy)"], words, names)["D"]) == ["easy", "hard"]
    assert "D" not in stated_states(["P(D)"], words, names)
