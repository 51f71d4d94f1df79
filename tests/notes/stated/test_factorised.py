"""Factorisations as notes write them: with any bar, of a vector, in the steps of a derivation."""

from __future__ import annotations

import pytest

from symcausal import check

CLAIM = r"$P(C \mid A,B)=P(C \mid B)$"


def verdicts(text: str) -> list[str]:
    """The verdicts on the claims of a text."""
    return [claim.verdict for claim in check(text).claims]


@pytest.mark.parametrize("bar", ["|", r"\mid ", r"\vert ", r"\given ", "∣"])
def test_any_bar_conditions(bar: str) -> None:
    product = f"$P(A,B,C)=P(A)P(B{bar}A)P(C{bar}B)$"
    assert verdicts(f"{product}\n\n{CLAIM}") == ["definition", "holds"]


def test_a_vector_of_all_variables() -> None:
    numbered = "$P(X)=P(X_1)P(X_2|X_1)P(X_3|X_2)$ and $P(X_3|X_1,X_2)=P(X_3|X_2)$"
    assert verdicts(numbered) == ["definition", "holds"]
    named = f"$P(X)=P(A,B,C)=P(A)P(B|A)P(C|B)$ and {CLAIM}"
    assert verdicts(named) == ["undecided", "definition", "holds"]
