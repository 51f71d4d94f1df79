"""Words around a claim: what they suppose excuses it, what they only look at does not."""

from __future__ import annotations

import pytest

from symcausal.model import Model
from symcausal.notes.check import check_text

CONFOUNDED = "Z -> X; Z -> Y; X -> Y"
FALSE = r"$P(y \mid do(x)) = P(y \mid x)$"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FALSE, ["fails"]),
        (f"If we observe the treatment, then {FALSE}.", ["fails"]),
        (f"If $X = 1$ is seen, {FALSE}.", ["fails"]),
        (f"Assuming this model, {FALSE}.", ["fails"]),
        (f"We now write {FALSE}.", ["fails"]),
        (f"The ratio is the same as before, so {FALSE}.", ["fails"]),
        (f"If there were no confounding, {FALSE}.", ["undecided"]),
        (f"If $X$ and $Z$ are independent, {FALSE}.", ["undecided"]),
        (f"Suppose $X$ is randomised. Then {FALSE}.", ["undecided"]),
        (f"Suppose $X$ is randomised. {FALSE} is the effect.", ["fails"]),
        (f"{FALSE} if nothing confounds the two.", ["undecided"]),
        (f"It would be wrong to write {FALSE}.", ["undecided"]),
        (f"We assume that {FALSE}.", ["undecided"]),
        (f"Without confounding this is simple, but in general {FALSE}.", ["fails"]),
        (r"If $X \perp Z$ then there is no bias.", ["undecided"]),
        # a condition excuses nothing that holds anyway
        (r"If $X \perp Z$ were true, $P(x, y) = P(x) P(y \mid x)$.", ["undecided", "holds"]),
    ],
)
def test_conditions_in_words(text: str, expected: list[str]) -> None:
    assert [claim.verdict for claim in Model.parse(CONFOUNDED).check(text).claims] == expected


# P(A) = P(C) is true of one event with two names, and of no others
ONE_EVENT = [
    "If $A = C$ then $P(A) = P(C)$.", "If A = C, $P(A) = P(C)$.", "Suppose $A = C$. Then $P(A) = P(C)$.",
    "Since $A = C$, $P(A) = P(C)$.", "$A = C$. Therefore $P(A) = P(C)$.",
    r"$A \equiv C$, so $P(A) = P(C)$.",
    "$P(A) = P(C)$ where $A = C$.", r"$A = C \implies P(A) = P(C)$", r"$A = C \Rightarrow P(A) = P(C)$",
    r"$C \le A$, so $P(A) = P(C)$.",
]  # fmt: skip
OTHERS = [
    "$P(A) = P(C)$.", "If $n = 2$ then $P(A) = P(C)$.", "If $A = 1$ then $P(A) = P(C)$.",
    "Let $a = A$. Then $P(A) = P(C)$.", "If $A = B$ is seen:\n\n$P(A) = P(C)$.",
    "$P(A=1) = 1$, so $P(A) = P(C)$.", "$P(B, A, C) = P(C, B, A)$, so $P(A) = P(C)$.",
]  # fmt: skip


@pytest.mark.parametrize("text", ONE_EVENT)
def test_two_names_of_one_event_excuse(text: str) -> None:
    for check in (check_text, Model.parse("A; B; C").check):
        assert [claim.verdict for claim in check(text).claims] == ["undecided"]


@pytest.mark.parametrize("text", OTHERS)
def test_other_equations_excuse_nothing(text: str) -> None:
    assert [claim.verdict for claim in check_text(text).claims][-1] == "fails"


def test_one_event_leaves_what_holds() -> None:
    (claim,) = check_text(r"If $A = C$ then $P(A) = P(A, B) + P(A, \neg B)$.").claims
    assert claim.verdict == "holds"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"$P(A, B) = P(A) P(B)$", ["undecided"]),
        (r"For independent events, $P(A, B) = P(A) P(B)$.", ["undecided"]),
        (r"Since the coins are independent, $P(A, B) = P(A) P(B)$.", ["undecided"]),
        (
            r"Under conditional independence $P(A, B \mid C) = P(A \mid C) P(B \mid C)$.",
            ["undecided"],
        ),
        (r"$P(A, B) = P(A) P(B)$ by independence.", ["undecided"]),
        (r"In general $P(A, B) = P(A) P(B)$, independent or not.", ["undecided"]),
        # false even if its variables are independent
        (
            r"For independent events, $P(A, B) = P(A) + P(B)$ and $P(A | B) = P(B)$.",
            ["undecided", "fails"],
        ),
        (r"For independent events, $P(A, B) = P(A \mid B) P(B)$.", ["holds"]),
        (r"$A$ and $B$ are independent, so $P(A | B) = P(B | A) / P(B)$.", ["fails"]),
        (r"They are independent when $P(A | B) = P(A, B)$.", ["fails"]),
        (r"Given $C$ the two are independent: $P(A, B | C) = P(A | C) P(C)$.", ["fails"]),
        # more is said than that they are independent
        (r"Independent and identically distributed, so $P(A) = P(B)$.", ["undecided"]),
        (r"The draws are iid and so $P(A) = P(B)$.", ["undecided"]),
        (r"If the coins are independent and fair then $P(A) = P(B)$.", ["undecided"]),
        (r"The chain is stationary, so $P(A) = P(B)$.", ["undecided"]),
    ],
)
def test_without_a_model_words_are_all_that_is_known(text: str, expected: list[str]) -> None:
    assert [claim.verdict for claim in check_text(text).claims] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"$$P(y \mid x) = P(y) \quad \text{since } P(y, x) = P(y) P(x)$$", ["fails", "fails"]),
        (r"$$P(x, z) = P(x) P(z) \text{ since } X \perp Z$$", ["fails", "fails"]),
        (r"$$P(y \mid x) = \sum_z P(y \mid x, z) P(z \mid x) \text{ since } X \perp Z$$",
         ["holds", "fails"]),
    ],
)  # fmt: skip
def test_reasons_are_claims_too(text: str, expected: list[str]) -> None:
    assert [claim.verdict for claim in Model.parse(CONFOUNDED).check(text).claims] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"Independence: $P(A \cap B) = P(A) P(B)$", "undecided"),
        (r"Product: $P(A \cap B) = P(A) P(B)$", "undecided"),
        (r"They are not independent: $P(A \cap B) = P(A) P(B)$", "undecided"),
        (r"Product: $P(A \cap B) = P(A \mid B) P(A)$", "fails"),
    ],
)
def test_a_heading_with_a_colon_belongs_to_what_follows(text: str, expected: str) -> None:
    assert [claim.verdict for claim in check_text(text).claims] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what a section on independence says of its events
        ("## Independence\n\nIf $P(A|B) = P(A)$.\n\nThis implies\n\n$P(A,B)=P(A)P(B)$", "uu"),
        ("## Independence\n\nEquivalently\n\n$P(A|B) = P(A)$ and $P(B|A) = P(B)$", "uu"),
        ("## Independence\n\nFor two events:\n\n$P(A|B) = P(B|A)$", "f"),
        ("## Products\n\n$P(A,B)=P(A)P(B)$", "u"),
        ("## Products\n\n$P(A,B)=P(A|B)P(A)$", "f"),
        # cases that may leave nothing else
        ("$P(w) = P(w|spam)P(spam) + P(w|ham)P(ham)$", "u"),
        (r"$P(w) = P(w|spam)P(spam) + P(w|\neg spam)P(spam)$", "f"),
        ("$P(a,b) = P(a) + P(b)$", "u"),
    ],
)
def test_what_notes_without_a_model_leave_unsaid(text: str, expected: str) -> None:
    verdicts = {"u": "undecided", "f": "fails"}
    assert [c.verdict for c in check_text(text).claims] == [verdicts[e] for e in expected]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        # a strict order that some models have and others not is no law that fails
        (r"$P(Y \mid X) < P(Y \mid \neg X)$", "undecided"),
        (r"Simpson's paradox: $P(Y \mid X) > P(Y \mid \neg X)$.", "undecided"),
        # no event is likelier than one that it implies
        (r"$P(A, B) > P(A)$", "fails"),
        (r"It is possible that $P(A \mid B) = P(B \mid A)$.", "undecided"),
        (r"There are distributions such that $P(A \mid B) = P(A, B)$", "undecided"),
        (r"It may happen that $P(A \mid B) = P(B \mid A)$.", "undecided"),
        (r"There are two ways to write it: $P(A \mid B) = P(B \mid A)$.", "fails"),
        (r"This can be written as $P(A \mid B) = P(B \mid A) P(A)$.", "fails"),
    ],
)
def test_what_may_happen_is_no_law(text, verdict):
    assert [c.verdict for c in check_text(text).claims] == [verdict]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("**Definition (independence)**: independent iff\n\n$$P(A,B) = P(A) P(B)$$", "undecided"),
        ("## Definition of independence\n\n$$P(B \\mid A) = P(B)$$", "undecided"),
        ("## Products\n\n$$P(A,B) = P(A) P(B)$$", "fails"),
    ],
)
def test_the_definition_of_independence_claims_nothing(text, verdict):
    text = f"<!-- symcausal: A -> B -->\n\n{text}"
    assert [c.verdict for c in check_text(text).claims] == [verdict]


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        (f"Here {FALSE} does not hold.", True),
        (f"Here {FALSE} does not hold in general.", True),
        (f"{FALSE}, which is false.", True),
        (f"Note that {FALSE} fails.", True),
        (f"{FALSE} is wrong.", True),
        (f"{FALSE}. The formula below does not hold.", False),
        (f"{FALSE} holds.", False),
        (f"{FALSE} is the effect, not wrong.", False),
    ],
)
def test_what_the_notes_call_false_is_expected_to_fail(text: str, denied: bool) -> None:
    report = Model.parse(CONFOUNDED).check(text)
    assert [claim.verdict for claim in report.claims] == ["fails"]
    assert report.failed() is not denied


def test_a_denial_of_what_holds_is_no_failure_of_the_formula() -> None:
    report = Model.parse(CONFOUNDED).check(r"$P(x, y) = P(x) P(y \mid x)$ does not hold.")
    assert [claim.verdict for claim in report.claims] == ["holds"]


def test_no_suggestion_is_the_other_side_in_disguise() -> None:
    """Where data do not tell an effect, nothing true is near the claim that they do."""
    report = Model.parse("X -> Y; X <-> Y").check(FALSE)
    for suggestion in report.claims[0].suggestions:
        assert "frac" not in suggestion


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"- Defn: $P(A \cap B) = P(A) P(B)$", "undecided"),
        (r"- Definition: $P(A \mid B) = P(A \cap B) P(B)$", "fails"),
        ("- as before\n  - implies $P(A \\mid B) = P(A)$", "undecided"),
        (r"This implies, as one sees, nothing. So $P(A \mid B) = P(A)$", "undecided"),
        (r"This implies, as one sees, nothing. So $P(A \mid B) = P(B)$", "fails"),
    ],
)
def test_a_definition_or_a_consequence_of_something_above(text, verdict):
    assert [c.verdict for c in check_text(text).claims] == [verdict]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"$P(\text{at least one six}) = 1 - P(\text{no six})$", "undecided"),
        (r"$P(\text{late}) = 1 - P(\text{on time})$", "undecided"),
        (r"$P(A \mid B) = 1 - P(A \mid \bar B)$", "fails"),
        (r"$P(A) = 1 - P(A, B)$", "fails"),
        (r"$P(\bar A \mid B) = 1 - P(A \mid B)$", "holds"),
    ],
)
def test_words_may_be_denials_of_each_other(text, verdict):
    assert [c.verdict for c in check_text(text).claims] == [verdict]


def test_names_of_hidden_causes_are_explained() -> None:
    text = Model.parse("X -> Y; X <-> Y").check(FALSE).to_text()
    assert '"U[X,Y]" is the hidden cause of X and Y' in text


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"$P(X' \mid Z) = 1 - P(X \mid Z)$", "undecided"),  # X' may deny X
        (r"$P(X') + P(X) = 1$", "undecided"),
        (r"$P(X') = P(X)$", "fails"),
        (r"$P(Y, X') = 1 - P(Y, X)$", "fails"),  # nor do they as denials
        (r"$\sum_{X'} P(X') = 1$", "holds"),
    ],
)
def test_a_prime_may_be_a_second_value_or_a_denial(text: str, verdict: str) -> None:
    assert [claim.verdict for claim in Model.parse(CONFOUNDED).check(text).claims] == [verdict]
