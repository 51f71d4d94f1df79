"""What notes suppose of others is no claim that fails, and what they call wrong is expected to be."""

from __future__ import annotations

import pytest

from symcausal import Model
from symcausal.notes.check import check_text
from symcausal.notes.reporting.report import Report

ANOTHER = "no verdict that rests on the premise"
APART = "B -> A <- C"


def checked(text: str, model: str | None = None) -> Report:
    return check_text(text, Model.parse(model).network if model else None)


def verdicts(text: str, model: str | None = None) -> list[str]:
    return [claim.verdict for claim in checked(text, model).claims]


SUPPOSED = [
    # no model: the premise need not hold, and what follows from it does
    ("Since $P(A|B)=P(A)$, $P(A,B)=P(A)P(B)$.", ["undecided", "holds"]),
    ("Because $P(A|B)=P(A)$ we get $P(A,B)=P(A)P(B)$.", ["undecided", "holds"]),
    ("If $P(A|B)=P(A)$ then $P(B|A)=P(B)$.", ["undecided", "holds"]),
    ("$P(A,B)=P(A)P(B)$ because $P(A|B)=P(A)$.", ["holds", "undecided"]),
    ("Since $P(A|B,C)=P(A|C)$ and $P(B|C)=P(B)$, $P(A,B|C)=P(A|C)P(B)$.",
     ["undecided", "undecided", "holds"]),
    ("Suppose $P(A|B)=P(A)$. Then $P(B|A)=P(B)$.", ["undecided", "holds"]),
    ("Assumption 1: $P(A|B)=P(A)$.\nSo $P(A,B)=P(A)P(B)$.", ["undecided", "holds"]),
    # what does not follow from the premise
    ("Since $P(A|B)=P(A)$, $P(A,C)=P(A)P(C)$.", ["undecided", ANOTHER]),
    # the premise ends with its sentence, a case with its paragraph or with the next one
    ("Since $P(A|B)=P(A)$, all is well. Moreover $P(A,B)=P(A)P(B)$.", ["undecided", ANOTHER]),
    ("Case 1: $P(A|B)=P(A)$.\n\nCounting gives $P(A,B)=P(A)P(B)$.", ["undecided", ANOTHER]),
    ("Case 1: $P(A|B)=P(A)$. In general $P(A,B)=P(A)P(B)$.", ["undecided", ANOTHER]),
    # a sentence of its own supposes nothing for the one before it
    ("$P(A,B)=P(A)P(B)$\n\nIf $A \\perp B$, all is well.", [ANOTHER, "undecided"]),
    ("$P(A,B)=P(A)P(B)$\nBecause $P(A|B)=P(A)$, all is well.", [ANOTHER, "undecided"]),
    # an identity needs no premise, a number is given
    ("Since $P(A,B)=P(A|B)P(B)$, $P(A|B)=P(A,B)/P(B)$.", ["holds", "holds"]),
    ("Since $P(A=1)=0.5$, $P(A|B)=P(B|A)$.", ["definition", "fails"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SUPPOSED, ids=lambda text: str(text)[:50])
def test_what_is_supposed_without_a_model(text, expected):
    found = verdicts(text)
    assert [ANOTHER if w == ANOTHER and g != "holds" else g
            for w, g in zip(expected, found, strict=True)] == expected  # fmt: skip


def test_the_message_names_what_is_supposed():
    report = checked("Since $P(A|B)=P(A)$,\n$P(A,B)=P(A)P(B)$.")
    assert "given what line 1 supposes: P(A|B)=P(A)" in report.claims[1].message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"Case 1: $A \perp C$. Then there is nothing to show.", ["undecided"]),
        (r"**Case 2.** $A \perp C$. Then $P(A|C)=P(A)$.", ["undecided", "undecided"]),
        (r"Scenario A: $A \perp C$.", ["undecided"]),
        (r"Let $A \perp C$.", ["undecided"]),
        # a reason is a claim about the model
        (r"Since $P(A|B)=P(A)$, $P(B|A)=P(B)$.", ["fails", "fails"]),
        (r"Here $A \perp C$.", ["fails"]),
        (r"The case is plain: $A \perp C$ follows.", ["fails"]),
    ],
)
def test_what_is_supposed_beside_a_model(text, expected):
    assert verdicts(text, APART) == expected


WRONG = [
    "Wrong start: $P(A|B)=P(A)$.",
    "**Wrong:** $P(A|B)=P(A)$",
    "Incorrect: $P(A|B)=P(A)$",
    "A common mistake: $P(A|B)=P(A)$",
    "The classic fallacy: $P(A|B)=P(B|A)$",
    "Words before.\n\nCommon error:\n$$P(A|B)=P(A)$$",
    "False: $P(A|B)=P(A)$",
    "Not true: $P(A|B)=P(A)$",
    "Ein falscher Anfang: $P(A|B)=P(A)$",
    "Ein typischer Fehler: $P(A|B)=P(A)$",
    "$P(A|B)=P(A)$ gilt im Allgemeinen nicht.",
    "Une fausse piste : $P(A|B)=P(A)$",
    "Une erreur fr\u00e9quente : $P(A|B)=P(A)$",
    "$P(A|B)=P(A)$ n'est pas vrai.",
]
NOT_CALLED_WRONG = [
    "False positive rate: $P(A|B)=P(A)$",
    "Error: $P(A|B)=P(A)$",
    "Wrong start. Better: $P(A|B)=P(A)$",
    "Wrong start: the prior. Here $P(A|B)=P(A)$",
    "Correct: $P(A|B)=P(A)$",
    "Ein guter Anfang: $P(A|B)=P(A)$",
    "Fehler: $P(A|B)=P(A)$",
    "Ein falscher Anfang. Besser: $P(A|B)=P(A)$",
    "$P(A|B)=P(A)$ gilt im Allgemeinen.",
    "Erreur : $P(A|B)=P(A)$",
    "$P(A|B)=P(A)$ est donc vrai.",
]


@pytest.mark.parametrize("text", WRONG)
def test_what_is_called_wrong_is_expected_to_fail(text):
    report = checked(text, "B -> A")
    assert [claim.verdict for claim in report.claims] == ["fails"]
    assert not report.failed()


@pytest.mark.parametrize("text", NOT_CALLED_WRONG)
def test_other_words_before_a_colon_announce_nothing(text):
    assert checked(text, "B -> A").failed()


def test_what_is_called_wrong_and_holds_is_told():
    report = checked("Wrong: $P(A|B)=P(A,B)/P(B)$", "B -> A")
    assert report.claims[0].verdict == "holds"
    assert "announce" in report.claims[0].message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This holds provided $P(A=1) > 0$.", []),
        ("This holds provided $P(A=1) > 0$, $P(A=1, B=1) > 0$.", []),
        ("This holds provided $P(A=1) > 0$ and $0 < P(A=1, B=1)$.", []),
        ("So $P(B=1 | A=0) = 0.5$ where $P(A=1) > 0$.", ["holds"]),
        (r"$$\text{provided } P(A=1) > 0$$", []),
        ("This holds provided $P(A=0) > 0$.", ["holds"]),
        # what is said to be so is a claim
        ("We see that $P(A=1) > 0$.", ["fails"]),
        ("It holds provided $P(A=0) > 0$. Now $P(A=1) > 0$.", ["holds", "fails"]),
        ("It is $P(B=1) = 0.5$, where $P(A=1) = 0.3$.", ["holds", "fails"]),
        ("Here $P(A=0) > 0$, $P(A=1) > 0$.", ["holds", "fails"]),
    ],
)
def test_a_condition_that_something_is_possible_is_no_claim(text: str, expected: list[str]) -> None:
    model = Model.parse("A -> B; P(A=1) = 0; P(B=1 | A=0) = 0.5; P(B=1 | A=1) = 0.5")
    assert [claim.verdict for claim in model.check(text).claims] == expected
