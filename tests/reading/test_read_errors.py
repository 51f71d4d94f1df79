"""What cannot be read is refused at the right character, in words, and soon."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal.algebra.scalar import Indeterminate
from symcausal.errors import (
    LimitError,
    ParseError,
    SymcausalError,
    UnknownStateError,
    UnknownVariableError,
)
from symcausal.network.network import Variable
from symcausal.reading.model_language import read_model
from symcausal.reading.reader import read, read_chain, read_independence
from symcausal.reading.vocabulary import Vocabulary
from tests.support.pace import soon

NAMES = Vocabulary(
    {
        v.name: v
        for v in (Variable("D", ("easy", "hard")), Variable("G", ("A", "B")), Variable("L"))
    },
    {"p": Indeterminate("p"), "q": Indeterminate("q")},
)

SAME = Vocabulary({name: Variable(name, ("low", "high")) for name in ("I", "S")})


def refusal(function: Callable[..., object], *arguments: object) -> str:
    """What a function says if it refuses; anything but our own errors passes through."""
    try:
        function(*arguments)
    except SymcausalError as error:
        return str(error)
    return ""


REFUSED = [
    # text, column, a word of the message, a word of the hint
    ("P(A|B|C)", 6, "second", "commas"),
    ("P(L | G=A", 2, "')'", "opened at column 2 is not closed"),
    ("P(L | G]", 8, "']'", "'(' opened at column 2"),
    ("P(L))", 5, "before it", ""),
    ("P(L; G)", 4, "';'", "parameters"),
    ("P(L G)", 5, "','", "commas"),
    ("P(L) + ", 7, "a term", ""),
    ("", 1, "a term", ""),
    ("P()", 3, "a name", ""),
    ("P(L |)", 6, "a name", ""),
    ("P(L) = P(G)", 6, "an operator", "not an equation"),
    ("0.7 0.3", 5, "operator", "'*'"),
    ("P(do(G=A))", 3, "before the bar", "P(Y | do(X))"),
    ("P(L | do(G=A), do(G=B))", 1, "twice", ""),
    ("9**9**9**9", 5, "'**'", "brackets"),
    ("P(L) / 0", 1, "zero", ""),
    (r"P(L) + \ldots", 8, "dots", ""),
    (r"\foo P(L)", 1, "unknown command", ""),
    (r"\frac²P(L)", 6, "'²'", ""),
    (r"\sum P(L)", 1, "index", ""),
    (r"\sum_{l,l} P(L)", 9, "twice", ""),
    ("P^*(L)", 1, "'P' alone", "intervention"),
    ("p(1-q)", 1, "both ways", "product"),
    ("P_{L|G}(g|l)", 2, "other variables", ""),
    ('__import__("os").system("x")', 1, "'_'", ""),
    ("P(L) ? 1", 6, "'?'", ""),
    ("E[2]", 1, "random variable", ""),
]


@pytest.mark.parametrize(("text", "column", "found", "hint"), REFUSED)
def test_refuses_at_the_right_place(text, column, found, hint):
    with pytest.raises(ParseError) as caught:
        read(text, None if "A|B" in text else NAMES)
    error = caught.value
    assert error.span is not None
    assert (error.span.line, error.span.column) == (1, column)
    assert found in error.message
    assert hint in error.hint
    assert "^" in str(error)


def test_says_which_names_there_are():
    with pytest.raises(UnknownVariableError, match="'Diff'") as caught:
        read("P(L | Diff)", NAMES)
    assert "D, G, L" in caught.value.hint
    with pytest.raises(UnknownStateError) as state:
        read("P(D=Hard)", NAMES)
    assert "'hard'" in state.value.hint
    assert state.value.span is not None
    assert state.value.span.column == 5
    assert read("P(L | hard)", NAMES) == read("P(L | D=hard)", NAMES)  # of D alone
    with pytest.raises(UnknownStateError):
        read("P(g^1)", NAMES)
    with pytest.raises(UnknownStateError):
        read("P(L | G=D)", NAMES)  # D is a variable, but no grade
    with pytest.raises(UnknownStateError):
        read("P(I=high | S=I)", SAME)  # nor does it help that S has the same states
    assert read("P(I=high | S=i)", SAME) is not None
    assert read(r"\sum_{I} P(I, S=I)", SAME) is not None
    with pytest.raises(UnknownVariableError, match="parameter"):
        read("1 - r", NAMES)


def test_a_counterfactual_is_not_taken_for_a_variable():
    with pytest.raises(ParseError, match="'Y_x' is counterfactual notation") as caught:
        read("P(Y_x = y)")
    assert "P(Y | do(x))" in caught.value.hint
    assert read("P(X_i | X_1, X_{t-1})") is not None


def test_shows_no_token_names():
    for text, *_ in REFUSED:
        with pytest.raises(ParseError) as caught:
            read(text, NAMES if "A|B" not in text else None)
        assert not re.search(r"\b[A-Z]{4,}\b", caught.value.message)


HOSTILE = [
    "(" * 100_000,
    "(" * 40_000 + "1" + ")" * 40_000,
    "{" * 50_000 + "}" * 50_000,
    r"\frac{1}{" * 10_000,
    r"\frac" * 15_000,
    r"\sum_x" * 15_000 + "P(x)",
    r"\mathrm{" * 12_000 + "x" + "}" * 12_000,
    r"\left" * 15_000,
    "P(" * 40_000,
    "P(x" * 30_000,
    "x" * 10_000_000,
    "+".join(["0.1"] * 25_000),
    "*".join(["0.123"] * 15_000),
    "+".join(f"1/{i}" for i in range(1, 12_000)),
    "-".join(["P(x)"] * 18_000),
    "/".join(["P(x)"] * 18_000),
    "9^999999999999",
    "((9^99)^99)^99",
    "(((q^999)^999)^999)^999",
    "1e999" * 10_000,
    "9" * 50_000,
    "1e99999999",
    "x_" * 45_000,
    "x^" * 45_000,
    "x'" * 45_000,
    "P_{" * 30_000,
    "{\\rm " * 15_000,
    "\\underbrace{" * 8_000,
    "\\" * 99_999,
    "P(" + ",".join(f"X{i}" for i in range(15_000)) + ")",
    "Pr" * 40_000 + "(x)",
    "ab" * 45_000 + "(x)",
    "- " * 40_000,
    "\\sum_{" + ",".join(f"x_{{{i}}}" for i in range(60)) + "} P(y)",
    "$" * 90_000,
    "P\\left" * 12_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12] + f" {len(text)}")
@pytest.mark.parametrize("names", [NAMES, None], ids=["named", "guessed"])
def test_hostile_text_ends_soon(text, names):
    with soon(2):
        assert len(refusal(read, text, names)) < 2000


def test_too_deep_is_said_to_be_too_deep():
    with pytest.raises(LimitError, match="nested"):
        read("(" * 100_000)
    with pytest.raises(LimitError, match="characters"):
        read("1" * 10_000_000)
    with pytest.raises(LimitError, match="power"):
        read("9^99999")


PIECES = [
    "P(", "p_", "E[", ")", "]", "|", r"\mid ", "do(", r"\mathrm{", "}", "{", "x", "X", "=", "G=A",
    ",", r"\sum_", r"\frac", "^", "_", "'", "1", "0.5", "+", "-", "/", "*", " ", r"\hat", "_||_",
    "⟂", r"\left", "&", r"\\", ":", ";", "\n", '"', "#", "->", "<->", "hidden ", "parameters q",
    " in (0, 1)", "alias ", "rest", "given ", "notation ", "¬", "Σ", "²", "\\{", "\\}", "%", "<",
]  # fmt: skip
FRAGMENTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@settings(max_examples=600)
@given(text=st.one_of(st.text(max_size=40), FRAGMENTS))
@pytest.mark.parametrize("function", [read, read_chain, read_independence])
def test_random_text_raises_nothing_but_our_errors(function, text):
    for names in (NAMES, None):
        refusal(function, text, names)


@settings(max_examples=800)
@given(text=st.one_of(st.text(max_size=60), FRAGMENTS))
def test_a_random_model_raises_nothing_but_our_errors(text):
    refusal(read_model, text)
