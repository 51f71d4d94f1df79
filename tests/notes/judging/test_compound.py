r"""Claims about events that are put together: unions, denied groups, sets of states, ``\neq``."""

from __future__ import annotations

import pytest

from symcausal.notes.check import check_text
from symcausal.reading.model_language import read_model

GRADES = read_model(
    "I: low, high; G: A, B, C; L: weak, strong; N: 1, 2, 3; I -> G; G -> L; I -> N"
).network


def word(text, network=None):
    (claim,) = check_text(text, network).files[0].claims
    return claim.verdict


# whether it is so follows from the axioms of probability
LAWS = [
    r"P(A \cup B) = P(A) + P(B) - P(A \cap B)",
    r"P(A ∪ B) = P(A) + P(\bar A \cap B)",
    r"P(A \text{ or } B) = P(A) + P(B) - P(A \text{ and } B)",
    r"P(A \vee B) \le P(A) + P(B)",
    r"P(A \lor B \mid C) = P(A \mid C) + P(B \mid C) - P(A, B \mid C)",
    r"P(A \cup B \cup C) = P(A)+P(B)+P(C) - P(A,B) - P(A,C) - P(B,C) + P(A,B,C)",
    r"P(A \cup B \cup C) = P(A) + P(A^c \cap B) + P(A^c \cap B^c \cap C)",
    r"P((A \cap B^c) \cup (A^c \cap B)) = P(A) + P(B) - 2P(A \cap B)",
    r"P(\overline{A \cap B}) = P(\bar A \cup \bar B)",
    r"P((A \cup B)^c) = P(A^c \cap B^c)",
    r"P(\neg(A \vee B)) = 1 - P(A \vee B)",
    r"P(A \setminus B) = P(A) - P(A \cap B)",
    r"P(A \cap A^c) = P(\emptyset)",
    r"P(\varnothing) = 0",
    r"P(A \mid B \cup C) = \frac{P(A,B) + P(A,C) - P(A,B,C)}{P(B \cup C)}",
    r"P(X=1 \cup X=2) = P(X=1) + P(X=2)",
    r"P(\text{rain or snow}) \ge P(\text{rain})",
    r"P(X \neq 1) = 1 - P(X=1)",
    r"P(Y \mid X \neq x) = \frac{P(Y) - P(Y, X=x)}{1 - P(X=x)}",
    r"P((A,B) \mid C) = P(A \mid B,C) P(B \mid C)",
]


@pytest.mark.parametrize("text", LAWS)
def test_a_law_of_events_holds(text):
    assert word(text) == "holds"


WRONG = [
    r"P(A \cup B) = P(A) + P(B) + P(A \cap B)",
    r"P(\overline{A \cap B}) = P(\bar A \cap \bar B)",
    r"P(\overline{A \cup B}) = P(\bar A \cup \bar B)",
    r"P(A \mid B \cup C) = \frac{P(A,B) + P(A,C)}{P(B)}",
    r"P(A \cup B \mid C) = P(A \mid C) + P(B \mid C) + P(A, B \mid C)",
    r"P(A \vee B) < P(A)",
    r"P(X \neq 1) = P(X=1)",
]


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_law_of_events_does_not(text):
    assert word(text) == "fails"


MODELLED = [
    (r"P(G \in \{A, B\}) = P(G=A) + P(G=B)", "holds"),
    (r"P(G \in \{A, B\}) = P(G \neq C)", "holds"),
    (r"P(G \notin \{A, B\}) = P(G=C)", "holds"),
    (r"P(G \ne C) = 1 - P(G = C)", "holds"),
    (r"P(L \mid G \in \{A,B\}) = \frac{P(L, G=A) + P(L, G=B)}{P(G=A) + P(G=B)}", "holds"),
    (r"P(L \mid G \in \{A,B\}) = P(L \mid G=A) + P(L \mid G=B)", "fails"),
    (r"P(L \mid G \in \{A,B\}, I) = P(L \mid G \in \{A,B\})", "fails"),
    (r"P(N \ge 2) = P(N=2) + P(N=3)", "holds"),
    (r"P(N < 2 \mid I) = 1 - P(N \geq 2 \mid I)", "holds"),
    (r"P(N > 2) = P(N=2)", "fails"),
    (r"P(G \ge 2) = P(G=A)", "unreadable"),
    (r"P(N \approx 2) = P(N=2)", "unreadable"),
    (r"P(L \mid do(G \neq A)) = P(L)", "unreadable"),
    (r"P(L \mid do(I), G \neq A) = P(L \mid I, G \neq A)", "holds"),
    (r"P(L) = \sum_{g \in \{A, B, C\}} P(L \mid G=g) P(G=g)", "holds"),
    (r"P(L) = \sum_{g \in \{A, B\}} P(L \mid G=g) P(G=g)", "fails"),
]


@pytest.mark.parametrize(("text", "verdict"), MODELLED)
def test_states_are_put_together(text, verdict):
    assert word(text, GRADES) == verdict


@pytest.mark.parametrize(
    "text",
    [
        r"P(A \cap B \cup C) = P(A)",  # two readings
        r"P(Y \mid X \cup Z) = P(Y \mid X, Z)",  # the union of sets of variables
        r"P(X = Y) = \sum_x P(X=x, Y=x)",  # Y is no value
        r"P(X \cup Y) = P(X) P(Y \mid X)",
        r"P(X \le x) = 1",
        r"P(X \approx 1) = 1",
        r"E[Y \mid X \neq 1] = E[Y]",
        "P(" + " ∪ ".join(f"A_{i}" for i in range(1, 30)) + ") = P(A_1)",
    ],
)
def test_what_has_two_meanings_is_not_read(text):
    assert word(text) == "unreadable"


WEATHER = read_model("X_0: 1, 2, 3; X_1: 1, 2, 3; Y: u, v; X_0 -> X_1 -> Y").network

LETTERS = [
    (r"P(X_1=b) = \sum_{a} P(X_0=a, X_1=b)", "holds"),
    (r"P(X_1=b) = \sum_{a} P(X_0=a) P(X_1=b \mid X_0=a)", "holds"),
    (r"P(X_1=b) = \sum_{a} P(X_0=a) P(X_1=a \mid X_0=b)", "fails"),
    (r"P(X_1=b) = \sum_{a} P(X_1=b \mid X_0=a)", "fails"),
    (r"P(Y=y) = \sum_a P(Y=y \mid X_1=a) P(X_1=a)", "holds"),
    (r"P(Y=u) = \sum_{i=1}^3 P(Y=u \mid X_1=x_i) P(X_1=x_i)", "holds"),
    (r"P(Y=u) = \sum_i P(Y=u \mid X_1=x_i) P(X_1=x_i)", "holds"),
    (r"P(Y=u) = \sum_{i=1}^3 P(Y=u \mid X_1=x_i)", "fails"),
    # two variables with other states; two states of three; a letter that only one side has
    (r"P(X_1=b) = \sum_{a} P(Y=a) P(X_1=b \mid X_0=a)", "unreadable"),
    (r"P(Y=u) = \sum_{i=1}^2 P(Y=u \mid X_1=x_i) P(X_1=x_i)", "unreadable"),
    (r"P(Y=u) = \sum_{i=2}^3 P(Y=u \mid X_1=x_i) P(X_1=x_i)", "unreadable"),
    (r"P(X_1=k) = 0.3", "unreadable"),
]


@pytest.mark.parametrize(("text", "verdict"), LETTERS)
def test_a_letter_takes_the_variable_that_it_is_a_value_of(text, verdict):
    assert word(text, WEATHER) == verdict


FREE = [
    (r"P(Y=y) = \sum_i P(Y=y \mid X = x_i) P(X=x_i)", "holds"),
    (r"P(Y=y) = \sum_{i=1}^{n} P(Y=y, X = x_i)", "holds"),
    (r"P(Y=y) = \sum_{i=1}^{n} P(Y=y \mid X = x_i)", "fails"),
    (
        r"P(X=x_j \mid Y=y) = "
        r"\frac{P(Y=y \mid X=x_j) P(X=x_j)}{\sum_{i=1}^n P(Y=y \mid X=x_i) P(X=x_i)}",
        "holds",
    ),
    (r"1 = \sum_a P(X=a)", "holds"),
    (r"P(X=r) + P(X \neq r) = \sum_a P(X=a)", "holds"),
    (r"\forall x, y: P(x, y) = P(x) P(y \mid x)", "holds"),
    (r"\forall x, y: P(x \mid y) = P(y \mid x)", "fails"),
    (r"\Leftrightarrow \forall x, y: P(x, y) = P(x) P(y)", "undecided"),
    (r"\exists x: P(x \mid y) = P(x)", "undecided"),
    (r"P(B\|A) = P(A, B) / P(A)", "holds"),
    (r"P(B\|A) = P(A, B)", "fails"),
]


@pytest.mark.parametrize(("text", "verdict"), FREE)
def test_letters_counters_and_quantifiers_without_a_model(text, verdict):
    assert word(text) == verdict


def test_a_decimal_in_bold_shows_its_digits():
    text = r"P(A) = \frac{12}{132} \approx \mathbf{0.091} = \boldsymbol{0.092}"
    found = check_text(text).files[0].claims
    assert [c.verdict for c in found] == ["definition", "holds", "fails"]


EVENTS = [
    # a prime at a capital denies it, if no sum binds it and it does not stand beside itself
    (r"P(A') = 1 - P(A)", "holds"),
    (r"P(A) = P(A \cap B) + P(A \cap B')", "holds"),
    (r"P(A \cup B') = 1 - P(A' \cap B)", "holds"),
    (r"P(A') = P(A)", "fails"),
    (r"P(A \cup B) = P(A) + P(A ^ c \cap B)", "holds"),
    (r"P(A) = P(A \vert B) P(B) + P(A \vert B^\mathrm{C}) P(B^\mathrm{C})", "holds"),
    (r"P(S'|S,A) = P(S'|S)", "unreadable"),
    # A_i are the cases of one variable where a sum counts them beside other events
    (r"P(B) = \sum_i P(B|A_i) P(A_i)", "holds"),
    (r"P(A_k|B) = \frac{P(B|A_k) P(A_k)}{\sum_{i=1}^n P(B|A_i) P(A_i)}", "holds"),
    (r"P(A) = \sum_{i=1}^n P(A \cap B_i)", "holds"),
    (r"P(B) = \sum_i P(B|A_i)", "fails"),
    (r"P(Y) = \sum_i P(A_i)", "unreadable"),
    (r"P(A_1|B) = \frac{P(B|A_1) P(A_1)}{\sum_j P(B|A_j) P(A_j)}", "unreadable"),
]


@pytest.mark.parametrize(("text", "verdict"), EVENTS)
def test_events_of_textbooks(text, verdict):
    assert word(text) == verdict


def test_what_follows_from_a_subset_is_no_law():
    (claim,) = check_text(r"If $A \subseteq B$, then $P(A) \leq P(B)$.").claims
    assert claim.verdict == "undecided"


TESTS = read_model("D: yes, no; T: yes, no; D -> T").network


@pytest.mark.parametrize("network", [None, TESTS], ids=["free", "modelled"])
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"P(D^+ | T^+) = \frac{P(T^+ | D^+) P(D^+)}{P(T^+)}", "holds"),
        (r"P(D^-|T^+) = 1 - P(D^+ | T^+)", "holds"),
        (r"P(T^+) = P(T^+|D^+) P(D^+) + P(T^+|D^-) P(D^-)", "holds"),
        (r"P(D^+ | T^+) = P(T^+ | D^+)", "fails"),
    ],
)
def test_a_sign_above_a_name_is_its_state(text, verdict, network):
    assert word(text, network) == verdict
