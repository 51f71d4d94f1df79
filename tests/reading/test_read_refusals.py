r"""What looks readable and means something else is read as that, or refused; never guessed."""

import pytest

from symcausal.errors import SymcausalError
from symcausal.network.network import Variable
from symcausal.reading.reader import read
from symcausal.reading.vocabulary import Vocabulary

NAMES = Vocabulary(
    {
        v.name: v
        for v in (
            *(Variable(n) for n in "XYZ"),
            Variable("I", ("low", "high")),
            Variable("A", ("x", "y")),
            Variable("B", ("a", "b")),
        )
    }
)

SAME = [
    (r"P(Y | I \leftarrow high)", "P(Y | do(I=high))"),
    (r"P(Y | X := 1, Z=0)", "P(Y | do(X=1), Z=0)"),
    ("P(Y | X ← 1)", "P(Y | do(X=1))"),
    ("P_{X := 1}(Y)", "P(Y | do(X=1))"),
    (r"P(Y | do(X \leftarrow 1))", "P(Y | do(X=1))"),
    ("P(~X)", "P(X=0)"),
    ("P(Y, ~X)", "P(Y, X=0)"),
    ("P(Y | ~X)", "P(Y | X=0)"),
    (r"P(Y \mid~X)", "P(Y | X)"),
    ("P(Y~|~X)", "P(Y | X)"),
    ("$P(Y,~X)$", "P(Y, X)"),
    ("50 % * P(X=1)", "1/2 * P(X=1)"),
    (r"12.5\,\%", "1/8"),
    ("P(X & Y)", "P(X, Y)"),
    (r"\sum_a P(B=a | a) P(a)", r"\sum_{A} P(B=a | A) P(A)"),
    ("% the marginal\nP(X)", "P(X)"),
]


@pytest.mark.parametrize("names", [NAMES], ids=["named"])
@pytest.mark.parametrize(("text", "plain"), SAME)
def test_means(text, plain, names):
    assert read(text, names) == read(plain, names)


def test_a_state_wins_over_the_letter_of_another_variable():
    body = read(r"\sum_a P(B=a | a) P(a)", NAMES).body
    assert body.factors[0].outcome[0].value.name == "a"


REFUSED = [
    (r"P(X \leftarrow 1)", "="),
    ("P(X := 1 | Y)", "="),
    ("P(X<-1)", "do(X=1)"),
    ("P(Y=1 | X <- 1)", "do(X=1)"),
    ("P(X=1) & P(Y=1)", "operator"),
    (r"P(X=1) \\ P(Y=1)", "operator"),
    ("P(x_1')", "prime"),
    ("P(x'_1)", "prime"),
    ("P(Y | X=x_0')", "prime"),
    ("P(X=1) % 2", "comment"),
    ("P(X=1) % = P(Y)\n", "comment"),
    (r"P(Y=1 | \underline{x})", "underline"),
    ("P(B=A | A)", "no state"),
    (r"\sum_A P(B=A | A) P(A)", "no state"),
]


@pytest.mark.parametrize(("text", "word"), REFUSED)
def test_refuses(text, word):
    with pytest.raises(SymcausalError) as caught:
        read(text, NAMES)
    assert word in caught.value.message + caught.value.hint


def test_greek_letters_are_their_commands():
    names = Vocabulary({"Ω": Variable("Ω"), "X": Variable("X")})
    for text in ("P(Ω | X)", r"P(\Omega | X)", r"P(\omega | x)", "P(ω | x)"):
        assert read(text, names) == read("P(Ω | X)", names)
        assert read(text, names).outcome.variables == ("Ω",)
