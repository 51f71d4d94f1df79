r"""What speaks of probabilities: read as ``P``, refused with the reason, or none of our business."""

from __future__ import annotations

import pytest

from symcausal import Model, parse
from symcausal.errors import Source, Span
from symcausal.notes.check import check_text
from symcausal.notes.reading.claims import read_claims
from symcausal.notes.reading.measures import PROBABLE, other_measure, speaks
from symcausal.reading.characters import plain_characters
from symcausal.reading.vocabulary import Vocabulary
from tests.support.pace import soon

MODEL = Model.parse("X -> Y; X -> Z; G: 1, 2, 3")
NAMES = Vocabulary.of(MODEL.network)

AS_P = [
    (r"P\{Y\mid X\}", "P(Y | X)"),
    (r"\mathbb{P}\{Y=1\}", "P(Y=1)"),
    (r"\Pr\{Y=1\}", "P(Y=1)"),
    (r"\mathrm{P}\left\{Y=1 \,\middle|\, X\right\}", "P(Y=1 | X)"),
    (r"P\bigl\{Y\bigr\}", "P(Y)"),
    (r"P\{\{Y=1\}\cap\{X=0\}\}", "P(Y=1, X=0)"),
    (r"P(\{Y=1\}, \{X=0\})", "P(Y=1, X=0)"),
    (r"P{\left(Y \right)}", "P(Y)"),
    (r"P{(Y \mid X)}", "P(Y | X)"),
    (r"\PP(Y|X)", "P(Y | X)"),
    (r"\PP{Y|X}", "P(Y | X)"),
    (r"\PR[Y]", "P(Y)"),
    (r"\pr(Y|X)", "P(Y | X)"),
    (r"\prob{Y=1}", "P(Y=1)"),
    (r"\Prob(Y)", "P(Y)"),
    (r"\mathrm{pr}(Y|X)", "P(Y | X)"),
    (r"\operatorname{Prob}(Y)", "P(Y)"),
    (r"\PP_X(Y)", "P(Y | do(X))"),
    (r"\PP(Y | do\{X=1\})", "P(Y | do(X=1))"),
    (r"\EE[Y|X]", "E[Y | X]"),
    (r"\mathbb{E}\{Y\}", "E[Y]"),
    (r"\sum_YP(Y)", "sum_{Y} P(Y)"),
    (r"\sum_{Y}\PP(Y)", "sum_{Y} P(Y)"),
    ("𝑃(𝑌∣𝑋)", "P(Y | X)"),
    ("𝐏(𝒀 = 𝟏)", "P(Y=1)"),
    ("Ｐ（Ｙ｜Ｘ）", "P(Y | X)"),
    # states of one variable in a set: one or the other; of several, or events: all of them
    (r"P(\{g^1,g^2\})", "P(G=1) + P(G=2)"),
    (r"P(\{g^1,g^2\}, x^0)", "P(G=1, X=0) + P(G=2, X=0)"),
    (r"P(\{G=1, G=3\} \mid X)", "P(G=1 | X) + P(G=3 | X)"),
    (r"P\{g^1,g^2\}", None),
    (r"P(\{g^1,x^1\})", "P(G=1, X=1)"),
    (r"P(\{G, X\})", "P(G, X)"),
]


@pytest.mark.parametrize(("text", "plain"), AS_P, ids=lambda text: str(text)[:40])
def test_is_read_as_a_probability(text, plain):
    assert PROBABLE.search(plain_characters(text))
    if plain is not None:
        read, wanted = MODEL.query(text), MODEL.query(plain)
        for point in ("X=0", "X=1"):
            assert read == wanted or MODEL.check(f"{text} = {plain}").summary["holds"] == 1, point


def side(text: str, names=NAMES) -> str:
    """What is said of the first side of a claim, or of the lack of one."""
    found = read_claims([Span(Source(text), 0, len(text))], names)
    if not found:
        return ""
    problem = found[0].parts[0].problem
    return "read" if problem is None else problem.message


REFUSED = [
    (r"P_\theta(Y|X)=P_\theta(Y)", "theta"),
    (r"P^{\mathcal{M}}(Y|X)=P^{\mathcal{M}}(Y)", "alone"),
    (r"P^{\mathcal M}(Y)=P(Y)", "alone"),
    (r"q(y|x)=q(y)", "no probability P"),
    (r"p(y)=q(y \mid x)", "no probability P"),
    (r"\mathbb{Q}(Y|X)=\mathbb{Q}(Y)", "no probability P"),
    (r"q(x,y)=q(x)q(y)", "no probability P"),
    (r"f_{Y|X}(y|x)=f_Y(y)", "no probability P"),
    (r"f_{X,Y}(x,y)=f_X(x)f_Y(y)", "no probability P"),
    (r"\pi(y|x)=\pi(y)", "no probability P"),
    (r"L(\theta|x)=2", "no probability P"),
    (r"\mathrm{Corr}(X,Y)=0", "correlation"),
    (r"\mathbb{V}(Y)=\mathbb{V}(Y|X)", "variance"),
    (r"\mathbb{V}[Y]=1", "variance"),
    (r"Corr(X,Y)=0", "correlation"),
    (r"H(X,Y)=H(X)+H(Y|X)", "entropy"),
    (r"H(X)=1", "entropy"),
    (r"I(X;Y)=0", "information"),
    (r"D_{KL}(p \| q)=0", "divergence"),
    (r"\mathrm{KL}(p||q)=0", "divergence"),
    (r"\prob{X}{Y}=1", "second argument"),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED, ids=lambda text: text[:40])
def test_is_unreadable_with_the_reason(text, reason):
    found = read_claims([Span(Source(text), 0, len(text))], NAMES)
    said = [part.problem.message for part in found[0].parts if part.problem is not None]
    assert reason in said[0] or "outside finite discrete models" in said[0]


NO_CLAIMS = [
    "f(x)=x^2", r"Q(s,a)=r+1", r"H=2", r"N(x)=3", r"f(|x|)=2", r"g(|x|,|y|)=1", r"\{x | x > 0\}=A",
    r"\left(x | y\right)=2", r"\phi_G(g)=2", r"Val(X)=\{0,1\}", "q(y|x)", r"\mathrm{Corr}(X,Y)", "V(s)=1",
    "I(G)=2",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_is_no_claim(text):
    assert side(text) == ""


def test_what_the_notes_define_is_a_function_of_theirs():
    known = {}
    first = r"q(y) := \sum_x P(y|x)P(x)"
    read_claims([Span(Source(first), 0, len(first))], NAMES, definitions=known)
    second = "P(y) = q(y)"
    (found,) = read_claims([Span(Source(second), 0, len(second))], NAMES, definitions=known)
    assert found.readable
    odds = r"O(Y|X) = \frac{P(Y=1|X)}{P(Y=0|X)}"
    (found,) = read_claims([Span(Source(odds), 0, len(odds))], NAMES)
    assert found.definition


def test_letters_of_mathematical_fonts_keep_their_places():
    text = "𝑃(𝑌∣𝑋) ℝ ℙ 𝔼 ﬀ ⅔ ｘ 𝕡 𝟙 5％ 5 ％ ％"
    plain = plain_characters(text)
    assert plain == "P(Y∣X) ℝ ℙ 𝔼 ﬀ ⅔ x p 𝟙 5% 5 % ％"
    assert len(plain) == len(text)
    assert parse(text.split(" ")[0]) == parse("P(Y|X)")


@pytest.mark.parametrize(
    "text",
    ["P_{" * 20_000, "f_{" * 20_000, "q(" * 20_000, r"\mathrm{" * 10_000, "f'*" * 20_000, "P'*" * 9_000,
     r"P(\{g^1," * 3_000, r"P\{" * 9_000, "q(x|" * 9_000, "a" * 60_000 + "(", r"\{" * 20_000],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_hostile_text_is_looked_through_soon(text):
    with soon(2):
        speaks(text, about=lambda _: True)
        other_measure(text, {}, about=lambda _: True)
        read_claims([Span(Source(text + " = P(x)"), 0, len(text) + 7)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"$P(AB)=P(A)P(B|A)$", "holds"),
        (r"$P(ABC)=P(A)P(B|A)P(C|AB)$", "holds"),
        (r"$E[(X-E[X])(Y-E[Y])]=E[XY]-E[X]E[Y]$", "holds"),
        (r"$P(\overline{AB})=1-P(AB)$ where $P(A|B)$ and $P(B)$", "holds"),
        (r"$P((AB)^c)=1-P(AB)$ where $P(A|B)$ and $P(B)$", "holds"),
        (r"$P(A)=P(AB)+P(AB^c)$ and $P(B)$", "holds"),
        (r"$P(\neg AB)=P(B)-P(AB)$ and $P(A)$", "unreadable"),
        (r"$P(A|T)=ATE+P(A|E)$ and later $ATE:=P(A|T)-P(A|E)$", "unreadable"),
        (r"$ATE=P(A|T)-P(A|E)$", "definition"),
    ],
)
def test_events_side_by_side_are_taken_apart_inside_brackets_only(text, expected):
    assert check_text(text).claims[0].verdict == expected


def test_a_name_of_letters_that_are_events_keeps_its_meaning():
    found = check_text("$ATE := P(A|T)-P(A|E)$. $P(A|T)=ATE+P(A|E)$.").claims
    assert [claim.verdict for claim in found] == ["definition", "holds"]
