"""In a model with all its numbers every relation is judged in them."""

from __future__ import annotations

import itertools

import pytest

from symcausal.model import Model
from symcausal.notes.check import check_text

# E does not depend on A in these numbers; B does
NUMBERS = """
A -> B; A -> E; A -> F; B -> F; X
P(X) = 1, 0
P(A) = 0.8, 0.2
P(B | A=0) = 0.9, 0.1
P(B | A=1) = 0.4, 0.6
P(E | A=0) = 1/3, 2/3
P(E | A=1) = 1/3, 2/3
P(F | A=0, B=0) = 0.5, 0.5
P(F | A=0, B=1) = 0.2, 0.8
P(F | A=1, B=0) = 0.7, 0.3
P(F | A=1, B=1) = 0.1, 0.9
"""
HALF = "X -> Y\nX: a, b\nY: c, d\nP(X) = 0.3, 0.7"


def judged(model: str, text: str) -> list[tuple[str, str]]:
    return [(c.verdict, c.evidence) for c in Model.parse(model).check(text).claims]


@pytest.mark.parametrize(
    ("text", "word", "evidence"),
    [
        ("P(E | A) = P(E)", "holds", "numbers"),
        ("P(E, A) = P(E) P(A)", "holds", "numbers"),
        ("P(E | do(A)) = P(E)", "holds", "numbers"),
        ("P(B, E | A) = P(B | A) P(E)", "holds", "numbers"),
        ("P(B | A) = P(B)", "fails", "counterexample"),
        ("P(F | do(B)) = P(F | B)", "fails", "counterexample"),
        (r"P(F | do(B)) = \sum_a P(F | a, B) P(a)", "holds", "derivation"),
        (r"E \perp A", "holds", "numbers"),
        (r"(E \perp A)_G", "fails", "counterexample"),
        (r"(E \perp A)_P", "holds", "numbers"),
        (r"E \not\perp A", "fails", "numbers"),
        (r"B \not\perp A", "holds", "counterexample"),
        (r"B \perp E \mid A", "holds", "derivation"),
        (r"B \perp A", "fails", "counterexample"),
        # 0.6 * 0.2 / (0.6 * 0.2 + 0.1 * 0.8) = 0.6
        (r"P(A=1 | B=1) = P(B=1 | A=1)", "holds", "numbers"),
        (r"P(A=1 | B=1) \neq P(B=1 | A=1)", "fails", "numbers"),
        (r"P(A=1 | B=1) \approx P(B=1 | A=1)", "holds", "numbers"),
        (r"P(B | A) > 0", "holds", "exact"),
        (r"P(F=1 | A=1, B=1) > P(F=1 | A=1, B=0)", "holds", "exact"),
        (r"P(F=1 | A=1, B=1) < P(F=1 | A=1, B=0)", "fails", "exact"),
        # in models without zeros it is less, and here P(X=1) is 0
        (r"P(A=1, X=0) < P(A=1)", "fails", "exact"),
        (r"P(A, X) \leq P(A)", "holds", "exact"),
    ],
)
def test_a_relation_in_the_numbers(text: str, word: str, evidence: str) -> None:
    assert judged(NUMBERS, text)[0] == (word, evidence)


def test_a_failure_shows_the_readers_own_numbers_and_the_open_path() -> None:
    (claim,) = Model.parse(NUMBERS).check("P(B | A=1) = P(B)").claims
    # P(B=0 | A=1) = 0.4, and P(B=0) = 0.9 * 0.8 + 0.4 * 0.2 = 0.8
    assert "left 2/5 = 0.4, right 4/5 = 0.8 in your model at B=0" in claim.reason
    assert "the open path B <- A" in claim.reason
    assert claim.counterexample == {"values": {}, "at": {"B": "0"}, "left": "2/5", "right": "4/5"}


def test_the_summary_counts_what_numbers_alone_make_true() -> None:
    report = Model.parse(NUMBERS).check("$P(E | A) = P(E)$ and $P(A, B) = P(A) P(B | A)$")
    assert report.to_text().splitlines()[-1].startswith("2 holds (1 in the model's numbers only)")
    assert report.summary["holds"] == 2


def test_a_named_rule_needs_its_separation_whatever_the_numbers() -> None:
    model = Model.parse(NUMBERS)
    (claim,) = model.check(r"$P(E | do(A), B) = P(E | B)$ by rule 3").claims
    assert claim.verdict == "fails"
    assert "rule 3" in claim.reason
    (claim,) = model.check(r"$P(E | do(A)) = P(E | A)$ by rule 2").claims
    assert (claim.verdict, claim.evidence) == ("holds", "derivation")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("P(X=a) = P(X=b)", "fails"),  # whatever the open entries are
        ("P(Y) = P(Y | X)", "fails"),  # not for all of them
        ("P(Y=c | X=a) = P(X=a)", "fails"),
        (r"P(X=b) - P(X=a) = \frac{2}{5}", "holds"),
        (r"P(Y) = \sum_x P(Y | x) P(x)", "holds"),
    ],
)
def test_a_model_with_some_of_its_numbers(text: str, word: str) -> None:
    assert judged(HALF, text)[0][0] == word


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # 0.12 and 0.08: the posterior is 0.6 and 0.4
        (r"$P(A=1|B=1) = \alpha 0.2 \cdot 0.6 = \alpha 0.12$, $P(A=0|B=1) = \alpha 0.08$",
         ["undecided", "holds", "holds"]),
        (r"$P(A=1|B=1) = \alpha 0.12$, $P(A=0|B=1) = \alpha 0.18$", ["undecided", "fails"]),
        # another constant, and another evidence
        (r"$P(A=1|B=1) = \alpha 0.12$, $P(A=0|B=1) = \beta 0.18$", ["undecided", "undecided"]),
        (r"$P(A=1|B=1) = \alpha 0.12$, $P(A=0|B=0) = \alpha 0.18$", ["undecided", "undecided"]),
        (r"$P(A=1|B=1) = \alpha P(A=1, B=1) = \alpha 0.12$", ["holds", "holds"]),
        (r"$P(A=1|B=1) = \alpha P(A=1, B=1) = \alpha 0.13$", ["holds", "undecided"]),
    ],
)  # fmt: skip
def test_lines_with_one_constant_are_judged_by_their_ratio(text: str, words: list[str]) -> None:
    assert [word for word, _ in judged(NUMBERS, text)] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # a later number replaces what it contradicts, and what may come of it
        ("$P(H)=0.01$, $P(E | H)=0.9$, $P(E)=0.1$. Now let $P(H)=0.2$. $P(E, H) = 0.2 \\cdot 0.9 = 0.18$",
         "dddd hh"),
        ("Exercise 1. $P(A)=0.3$.\n\nExercise 2. $P(A)=P(\\neg A)$", "d f"),
        ("$P(A)=0.3$. So $P(A)=P(\\neg A)$", "d u"),
        ("$P(A)=0.5$. So $P(A)=P(\\neg A)$", "d h"),
        ("$P(A=1)=p$, $P(B=1)=p$.", "d d"),
        # arithmetic is never excused
        ("If $A$ and $B$ were fair, $P(A) = 0.5 \\cdot 0.5 = 0.35$", "d f"),
    ],
)  # fmt: skip
def test_numbers_given_without_a_model(text: str, words: str) -> None:
    names = {"h": "holds", "f": "fails", "u": "undecided", "d": "definition"}
    found = [claim.verdict for claim in check_text(text).claims]
    assert found == [names[word] for word in words.replace(" ", "")]


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("P(a) = 0.3", "undecided"),  # neither state says yes
        ("P(b) = 0.4", "holds"),
        ("P(b) = 0.6", "undecided"),
    ],
)
def test_only_states_that_say_yes_are_events(claim: str, word: str) -> None:
    model = "A: low, high\nB: no, yes\nP(A) = 0.3, 0.7\nP(B) = 0.6, 0.4"
    assert judged(model, claim)[0][0] == word


def test_letters_with_too_many_values_are_tried_at_some() -> None:
    names = [f"X{i}" for i in range(14)]
    rows = [
        f"P({b} | {a}={s}) = {row}"
        for a, b in itertools.pairwise(names)
        for s, row in zip("abc", ("0.1,0.2,0.7", "0.3,0.3,0.4", "0.6,0.3,0.1"), strict=True)
    ]
    chain = " -> ".join(names)
    states = [f"{name}: a, b, c" for name in names]
    model = Model.parse("\n".join([*states, chain, "P(X0) = 0.2, 0.3, 0.5", *rows]))
    joint = f"P({', '.join(names)})"
    (claim,) = model.check(f"{joint} = {' '.join(f'P({name})' for name in names)}").claims
    assert claim.verdict == "fails"
    (claim,) = model.check(rf"{joint} \leq P(X0)").claims
    assert claim.verdict == "holds"


DISEASE = """
D -> T
parameters q, s, f in (0, 1)
P(D) = 1 - q, q
P(T=1 | D=1) = s
P(T=1 | D=0) = f
"""


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (r"P(D=1 | T=1) = \frac{s\,q}{sq + f - fq}", "holds"),
        (r"P(D=1 | T=1) = \frac{s\,q}{sq + f + fq}", "fails"),
        (r"P(d | t) = \frac{sq}{sq + f(1-q)}", "holds"),
        (r"P(d | t) = \frac{sq}{f(1-q)}", "fails"),
        ("P(D=1, T=1) = qs", "holds"),  # no new name, but a product of two declared ones
        ("P(D=1, T=1) = sf", "fails"),
        ("P(T=1) = f + (s - f) q", "holds"),
        (r"P(D=1) \leq q", "holds"),
        (r"P(D=1) < q", "fails"),
        (r"P(D=1) \neq q", "fails"),
        (r"P(D=1 | T=1) \geq q", "fails"),  # false where the test is worse than a coin
        (r"P(T=1) \leq 1", "holds"),
        ("s = P(T=1 | D=1)", "holds"),
        ("P(T=1) = 0.3", "definition"),
        (r"P(T=1) \neq 0.3", "undecided"),
        ("P(T=1 | D) = P(T=1)", "fails"),
        (r"P(T) = \sum_d P(T | d) P(d)", "holds"),
    ],
)
def test_declared_parameters_stand_for_all_their_values(text: str, word: str) -> None:
    assert judged(DISEASE, text)[0][0] == word


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("$q = 0.01$. $P(D=1) = 0.01$ and $P(D=0) = 0.99$", ["holds", "holds"]),
        # 0.9 * 0.01 / (0.9 * 0.01 + 0.05 * 0.99) = 0.1538
        ("$q=0.01, s=0.9, f=0.05$: $P(D=1 | T=1) = 0.154$", ["holds"]),
        (r"$P(D=1) = q = 0.01$, so $P(D=0) = 0.99$", ["holds", "definition", "holds"]),
        ("$q = 0.01$. $P(D=1) = 0.02$", ["undecided"]),
        # the next exercise has no numbers yet
        ("Exercise 1. $q = 0.01$.\n\nExercise 2. $P(D=1) = 0.02$", ["definition"]),
    ],
)
def test_numbers_that_notes_state_for_parameters(text: str, words: list[str]) -> None:
    assert [word for word, _ in judged(DISEASE, text)] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # P(A=1 | B=1) = 0.12 / (0.12 + 0.08) = 0.6
        (r"P(A | B=1) = \langle 0.4, 0.6 \rangle", ["holds"]),
        (r"P(A | b) = \langle 0.4, 0.5 \rangle", ["fails"]),
        (r"P(A | b) = \langle 0.6, 0.4 \rangle", ["fails"]),
        (
            r"P(A | b) = \alpha \langle 0.08, 0.12 \rangle = \langle 0.4, 0.6 \rangle",
            ["holds", "holds"],
        ),
        (r"P(A | b) = \alpha \langle 0.08, 0.18 \rangle", ["fails"]),
        (
            r"P(A | b) = \alpha P(A) P(b | A) = \alpha \langle 0.8 \cdot 0.1, 0.2 \cdot 0.6 \rangle",
            ["holds", "holds"],
        ),
        (r"P(A, B) = \langle 0.1, 0.2, 0.3, 0.4 \rangle", ["undecided"]),
        (r"P(A) = \langle 0.8, 0.2, 0 \rangle", ["undecided"]),
        (r"P(A=1) = \langle 0.8, 0.2 \rangle", ["undecided"]),
    ],
)
def test_a_list_has_the_states_in_order(text: str, words: list[str]) -> None:
    assert [word for word, _ in judged(NUMBERS, f"${text}$")] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # 0.9 * 0.01 / (0.9 * 0.01 + 0.09 * 0.99) = 0.0917
        ("$P(A=1)=0.01$, $P(B=1|A=1)=0.9$, $P(B=1|A=0)=0.09$, so $P(A=1|B=1)=0.0917$", "dddh"),
        ("$P(A=1)=0.01$, $P(B=1|A=1)=0.9$, $P(B=1|A=0)=0.09$, so $P(A=1|B=1)=0.91$", "dddu"),
        (r"$P(A)=0.01$, $P(B|A)=0.9$, $P(B|\neg A)=0.09$, so $P(A|B)=0.0917$", "dddh"),
        ("$P(A=1)=0.5$, $P(B=1|A=1)=0.4$, so $P(A=1,B=1)=0.2$", "ddh"),
        ("$P(A=1)=0.5$, $P(B=1|A=1)=0.4$, so $P(A=1,B=1)=0.3$", "ddu"),
        # nothing says how A and B hang together
        ("$P(A)=0.3$, $P(B)=0.4$, $P(A,B)=0.12$", "ddd"),
        ("$P(A)=0.3$, $P(B)=0.4$, $P(A|B)=P(B|A)$", "ddf"),
        ("$P(A)=1.2$", "f"),
        (r"$P(A)=150\%$", "f"),
        ("$P(A=1)=-0.2$", "f"),
    ],
)
def test_given_numbers_settle_what_follows_from_them(text: str, words: str) -> None:
    names = {"h": "holds", "f": "fails", "u": "undecided", "d": "definition"}
    assert [c.verdict for c in check_text(text).claims] == [names[word] for word in words]


TWO_TESTS = """
D -> T, R
parameters q, s, f in (0, 1)
P(D) = 1 - q, q
P(T=1 | D=1) = s
P(T=1 | D=0) = f
P(R=1 | D=1) = s
P(R=1 | D=0) = f
"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (r"With $q=1/2$ we get $P(D=1|T=1) = \frac{s}{s+f}$.", ["holds"]),
        (r"$q=\frac12$. $P(D=1|T=1) = \frac{s}{s+f}$.", ["holds"]),
        ("$q=10^{-2}$. $P(D=1)=0.01$", ["holds"]),
        (r"$P(D=1)=q=1/2$. $P(D=1|T=1)=\frac{s}{s+f}$", ["holds", "definition", "holds"]),
        # the difference is q (1 - q) (s - f)^2: no value refutes it
        (r"$P(T=1,R=1) \ge P(T=1)P(R=1)$", ["undecided"]),
        (r"$P(T=1,R=1) \ge P(T=1)$", ["fails"]),
        # what is supposed of the parameters
        ("If $s = f$, then $P(D=1|T=1) = q$", ["undecided"]),
        (r"Assume $s+f=1$. Then $P(D=1|T=1) = \frac{sq}{sq+(1-s)(1-q)}$", ["undecided"]),
        ("Here $P(D=1|T=1) = q$", ["fails"]),
    ],
)
def test_what_is_supposed_and_given_of_parameters(text: str, words: list[str]) -> None:
    assert [word for word, _ in judged(TWO_TESTS, text)] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (r"E[N] = 1.9876 \approx 2", ["holds", "holds"]),
        (r"100 P(N=1) = 36.2 \approx 36", ["holds", "holds"]),
        (r"P(N=1) = 0.362 \approx \frac{1}{3}", ["holds", "undecided"]),
        (r"P(N=1) = 0.36 = \frac{9}{25}", ["holds", "fails"]),
    ],
)
def test_a_rough_number_is_not_held_against_the_exact_one(text: str, words: list[str]) -> None:
    model = "N: 1, 2, 3; P(N) = 0.362, 0.2884, 0.3496"
    assert [word for word, _ in judged(model, f"${text}$")] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # 0.7 stands for 0.68, which is less than 0.7
        (r"$P(A=1) = 0.7 \geq P(M=1)$", ["holds", "undecided"]),
        (r"$P(A=1) = 0.68 < P(M=1)$", ["holds", "holds"]),
        ("$P(A=1) = 68$ %", ["holds"]),
        ("$P(A=1) = 67$ percent", ["fails"]),
        ("$P(A=1) := 0.68$", ["holds"]),
        ("$P(A=1) := 0.86$", ["fails"]),
        ("Let $P(A=1) = p$, then $P(A=1)^2 = p^2$ and $P(A=1)^2=p^3$", ["holds", "holds", "fails"]),
    ],
)
def test_what_stands_beside_a_number(text: str, words: list[str]) -> None:
    model = "A; M; P(A) = 0.32, 0.68; P(M) = 0.3, 0.7"
    assert [word for word, _ in judged(model, text)] == words


def test_a_letter_and_one_less_are_given() -> None:
    text = r"$P(Y=1|X=0)=\epsilon$, $P(Y=1|X=1)=1-\epsilon$"
    assert [c.verdict for c in check_text(text).claims] == ["definition", "definition"]


@pytest.mark.parametrize("text", ["0.666...", "0.666....", r"0.666\ldots", r"0.\overline{6}"])
def test_digits_that_go_on_keep_their_dots_at_the_end(text: str) -> None:
    assert judged("A; P(A) = 1/3, 2/3", f"$P(A=1) = {text}$") == [("holds", "exact")]
