"""A formula is taken apart once, and each of its sides is lexed once and parsed once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from symcausal.errors import Source, Span
from symcausal.network.network import Network
from symcausal.notes.reading import claim_reader, side_tokens, sides
from symcausal.notes.reading.claims import read_claims
from symcausal.notes.reading.guessing import guess_vocabulary
from symcausal.reading import lexemes
from symcausal.reading.model_language import read_model
from symcausal.reading.vocabulary import Vocabulary


def network(text: str) -> Network:
    return read_model(Source(text)).network


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    calls: Counter[str] = Counter()

    def count(module: Any, function: str, name: str) -> None:
        real: Callable[..., Any] = getattr(module, function)

        def counting(*args: Any, **named: Any) -> Any:
            calls[name] += 1
            return real(*args, **named)

        monkeypatch.setattr(module, function, counting)

    count(lexemes, "_lexemes", "taken apart")
    count(side_tokens, "tokenise", "lexed")
    count(sides, "tokenise", "lexed")
    count(claim_reader, "parse", "parsed")
    return calls


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("P(A, B) = P(A) P(B \\mid A)", 2),
        ("P(B) = \\sum_A P(A, B) = \\sum_A P(A) P(B \\mid A)", 3),
        (r"\begin{aligned} P(B) &= \sum_A P(A, B) \\ &= \sum_A P(A) P(B \mid A) \end{aligned}", 3),
        (
            r"\frac{P(A, B)}{P(A)} = P(B \mid A) \quad \text{if } P(A) > 0",
            3,
        ),  # and what is supposed
        ("P(B=1) = 0.25", 2),
        (r"\theta = P(A=1)", 2),
        (r"f(A) := P(B=1 \mid A)", 2),
        (r"\left( P(A=1) + P(A=0) \right) = 1", 2),
    ],
)
@pytest.mark.parametrize("model", ["", "A -> B"])
def test_once(text: str, count: int, model: str, counted: Counter[str]) -> None:
    names = Vocabulary.of(network(model)) if model else guess_vocabulary([text])
    counted.clear()
    (statement,) = read_claims([Span(Source(text), 0, len(text))], names)
    assert statement.readable
    assert counted["taken apart"] == 1
    again = bool(model) and ":=" in text  # a model's names may be in the new one
    assert counted["lexed"] == count + again
    assert counted["parsed"] == count - ("=" in text and statement.definition)
