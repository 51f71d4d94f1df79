"""Names that notes define, and define anew."""

from __future__ import annotations

import pytest

from symcausal import Model
from symcausal.notes.check import check_text

STUDENT = Model.parse("I -> G <- D; I -> S; G -> L; S -> L").network
CHAIN = Model.parse("Z -> A -> X; Z -> Y").network


def verdicts(text, network=STUDENT):
    return [claim.verdict for claim in check_text(text, network).claims]


ANEW = [
    (
        "Let $f(s)=P(L|G,s)P(s)$. Now let $f(s)=P(L|G,s)P(s|G)$. Then $P(L|do(G))=\\sum_s f(s)$.",
        ["definition", "definition", "fails"],
    ),
    (
        "Let $f(s)=P(L|G,s)P(s|G)$. Now let $f(s)=P(L|G,s)P(s)$. Then $P(L|do(G))=\\sum_s f(s)$.",
        ["definition", "definition", "holds"],
    ),
    ("Let $q=P(S)$.\n\nThen $q=P(S|G)$ and $P(S|do(G))=q$.", ["definition", "fails", "holds"]),
    ("Let $q=P(S)$. Thus $q=P(S|D)$.", ["definition", "holds"]),
    ("Let $q=P(S)$. Let $q=P(S|G)$. So $P(S|do(G))=q$.", ["definition", "definition", "fails"]),
    ("Define $q=P(S)$. We redefine $q=P(S|G)$.", ["definition", "definition"]),
    ("Set $q=P(S)$ and $r=P(G)$. Now $q=P(S|G)$.", ["definition"] * 3),
    ("$q := P(S)$. Hence $q=P(S|G)$.", ["definition", "fails"]),
    ("Let $q=P(S)$. Now we see that $q=P(S|G)$.", ["definition", "fails"]),
    ("Let $q=P(S)$. Then we can write $q=P(S|G)$.", ["definition", "fails"]),
    # a name lives as long as its section
    ("# One\n\nLet $q=P(S)$.\n\n# Two\n\nWith $q=P(S|G)$ all is well.", ["definition"] * 2),
    ("Exercise 1: $q:=P(S)$.\n\nExercise 2: $q=P(S|G)$.", ["definition"] * 2),
    # nothing said that it was a definition: it may be another q
    ("Here $q=P(S)$. There $q=P(S|G)$.", ["definition"] * 2),
]


@pytest.mark.parametrize(("text", "expected"), ANEW, ids=lambda text: str(text)[:60])
def test_names_are_made_anew(text, expected):
    assert verdicts(text) == expected


def test_a_letter_that_is_no_argument_is_told():
    text = r"Let $h(y,z)=\sum_a p(a\mid z)p(x\mid a)$. Then $p(x\mid z)=h(y,z)$."
    report = check_text(text, CHAIN)
    assert [claim.verdict for claim in report.claims] == ["definition", "unreadable"]
    assert "x stands in what 'h' means and is none of its arguments" in report.claims[0].reason
    # evidence that stays what it is throughout
    report = check_text(r"Let $h(z)=\sum_a p(a\mid z)p(x\mid a)$. Then $p(x\mid z)=h(z)$.", CHAIN)
    assert [claim.verdict for claim in report.claims] == ["definition", "holds"]
    assert all("none of its arguments" in c.reason + c.message for c in report.claims)
    # ... and which a sum around it would bind
    report = check_text(r"Let $h(z)=\sum_a p(a\mid z)p(x\mid a)$. Then $\sum_x h(z)=1$.", CHAIN)
    assert [claim.verdict for claim in report.claims] == ["definition", "unreadable"]
    # all is well
    report = check_text(
        r"Let $h(x,z)=\sum_a p(a\mid z)p(x\mid a)$. Then $p(x\mid z)=h(x,z)$.", CHAIN
    )
    assert [claim.verdict for claim in report.claims] == ["definition", "holds"]
    assert not any("argument" in c.reason + c.message for c in report.claims)


def test_a_lone_name_claims_nothing():
    text = (
        r"Let $\tau(s)=P(S)$. Factors $\tau$ and $\tau(d, i, l)$ are products, $\tau(d, i)=P(S)$."
    )
    assert verdicts(text) == ["definition", "unreadable"]


@pytest.mark.parametrize(
    ("formula", "verdicts"),
    [
        (r"\tau_{1}(X=-1) = 0.3", ["holds"]),
        (r"\tau_{1}(X=-1) = 0.7", ["fails"]),
        (r"\tau_{1}(X=1) = 0.7", ["holds"]),
        (r"\tau_{1}(X=−1) = P(X=−1)", ["holds"]),
        (r"\sum_x \tau_{1}(x) - \tau_{1}(X=-1) = 0.7", ["holds"]),
        # a difference is no value
        (r"\tau_{1}(X - 1) = 0.3", ["unreadable"]),
        (r"\tau_{1}(X=1-1) = 0.3", ["unreadable"]),
    ],
)
def test_a_function_takes_a_negative_state(formula: str, verdicts: list[str]) -> None:
    model = Model.parse("X: -1, 1; P(X) = 0.3, 0.7")
    found = model.check(rf"Define $\tau_{{1}}(x) := P(x)$. So ${formula}$.")
    assert [claim.verdict for claim in found.claims][1:] == verdicts


@pytest.mark.parametrize(
    "text",
    [
        r"Let $A_{ij} = p(X_2=j \mid X_1=i)$. Then $\sum_j A_{ij} = 1$.",
        r"Let $A_{ij} = p(X_2=j \mid X_1=i)$. Then $\sum_j A_{ij} p(X_1=i) = p(X_1=i)$.",
        r"Let $f(i, j) = p(X_2=j \mid X_1=i)$. Then $\sum_j f(i, j) = 1$.",
    ],
)
def test_what_a_sum_counts_in_a_name_is_not_taken_for_another_variable(text: str) -> None:
    """Each is true; that the letter counts the values of a variable is not seen, and said."""
    told = check_text(text).claims
    assert [claim.verdict for claim in told] == ["definition", "unreadable"]


def test_a_function_of_the_letter_that_a_sum_runs_over_is_summed() -> None:
    told = check_text(r"Let $f(x, y) = p(X=x \mid Y=y)$. Then $\sum_x f(x, y) = 1$.").claims
    assert [claim.verdict for claim in told] == ["definition", "holds"]
