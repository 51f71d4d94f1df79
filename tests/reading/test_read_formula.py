"""One meaning for the many ways in which books and notes write it."""

from fractions import Fraction

import pytest

from symcausal.algebra.scalar import Indeterminate, minus, number, plus, power, times
from symcausal.expr import build
from symcausal.expr.nodes import (
    NO_EVENTS,
    Event,
    Events,
    Expectation,
    Letter,
    Minus,
    Numeric,
    Prob,
    Product,
    Quotient,
    Scalar,
    State,
    Sum,
)
from symcausal.network.network import Variable
from symcausal.reading.reader import (
    read,
    read_chain,
    read_independence,
)
from symcausal.reading.vocabulary import Vocabulary

Q = Indeterminate("q")
STUDENT = Vocabulary(
    {
        v.name: v
        for v in (
            Variable("I", ("low", "high"), "Intelligence"),
            Variable("D", ("easy", "hard"), aliases=("C", "Course", "d_{0}")),
            Variable("S", ("low", "high")),
            Variable("G", ("A", "B", "C")),
            Variable("L", ("weak", "strong")),
            Variable("A", ("0", "1")),
        )
    },
    {"q": Q},
)
PEARL = Vocabulary({n: Variable(n) for n in "WXYZ"}, {"q": Q, "p": Indeterminate("p")})


def events(**values: str) -> Events:
    """``X="1"`` for a state, ``X="x"`` for the free value, ``X="x'"`` for a copy of it."""
    found = []
    for name, value in values.items():
        small = value.rstrip("'") == name.lower()
        letter = Letter(name + "'" * value.count("'"))
        found.append(Event(name, letter if small else State(value)))
    return Events(found)


def prob(outcome: Events, given: Events = NO_EVENTS, do: Events = NO_EVENTS) -> Prob:
    return Prob(outcome, given, do)


L_DO_G = prob(events(L="l"), do=events(G="A"))
Y_DO_X = prob(events(Y="y"), do=events(X="x"))

INTERVENTIONS = [
    "P(L | do(G=A))",
    "P(L|do(G=A)).",
    "p(l | do(g = A))",
    r"P[L \mid \mathrm{do}(G=\mathrm{A})]",
    r"P[L \mid \mathrm{do(}G=\mathrm{A}\mathrm{)}]",
    r"P[L \mid \mathrm{do(}G=\mathrm{A})]",
    r"P\left(L \,\middle|\, \operatorname{do}(G{=}A)\right),",
    r"\Pr\bigl[L \vert \text{do}\left(G=\text{A}\right)\bigr]",
    r"\mathbb{P}(L \; | \; \do(G=A))",
    r"\mathbb P (L ~|~ do(G=A))",
    r"\mathbf{P}(\mathbf{L} ∣ {\rm do}(G := A))",
    r"\mathcal{P}( L \mid do(G \leftarrow A) )",
    r"\operatorname{P}(L \mid \hat{G}=A)",
    r"\mathrm{P}_{G=A}(L)",
    "P_{G=A}(l)",
    "Pr(L | d o(G=A))",
    "ℙ(L | do[G=A])",
    r"$P(L \mid do(g^A))$",
    r"\( P(L \mid do(G=A)) \)",
    r"\begin{align*} & P(L \mid do(G=A)) \tag{1} \\ \end{align*}",
    r"\begin{aligned}[t] P(L | do(G=A)) \nonumber\end{aligned}",
    r"{\color{red} P(L \mid \textcolor{blue}{do}(G=A))}",
    r"\underbrace{P(L \mid do(G=A))}_{\text{what we want}}",
]


@pytest.mark.parametrize("text", INTERVENTIONS)
def test_reads_an_intervention_in_every_style(text):
    text = text.replace("[t]", "")
    assert read(text, STUDENT) == L_DO_G


@pytest.mark.parametrize(
    "text", ["P_x(y)", "P_{x}(y)", r"P(y \mid \hat{x})", r"P(y|\hat x)", "P_{do(x)}(y)", "P_X(Y)"]
)
@pytest.mark.parametrize("names", [PEARL, None])
def test_reads_a_free_intervention(text, names):
    assert read(text, names) == Y_DO_X


EVENTS = [
    ("P(I, D | G)", prob(events(I="i", D="d"), events(G="g"))),
    (r"P(I \wedge D | G)", prob(events(I="i", D="d"), events(G="g"))),
    (r"P(I \cap D \mid G)", prob(events(I="i", D="d"), events(G="g"))),
    ("P(ID | G)", prob(events(I="i", D="d"), events(G="g"))),
    # a state A, a variable A, a state C, an alias C
    ("P(G=A, A=1)", prob(events(G="A", A="1"))),
    ("P(G=C | C=hard)", prob(events(G="C"), events(D="hard"))),
    ("P(Course, L)", prob(events(D="d", L="l"))),
    ("P(c | l)", prob(events(D="d"), events(L="l"))),
    ("P(d_0, L)", prob(events(D="d", L="l"))),
    (r"P(g^A, i^{high})", prob(events(G="A", I="high"))),
    (r"P(a^1 | A')", prob(events(A="1"), events(A="a'"))),
    (r"P(a_0 | a^{\prime\prime})", prob(events(A="0"), events(A="a''"))),
    ("P(A=a, G)", prob(events(A="a", G="g"))),
    ("P(A=a')", prob(events(A="a'"))),
    ("P(¬a | G=B)", prob(events(A="0"), events(G="B"))),
    (r"P(\neg a)", prob(events(A="0"))),
    (r"P(\bar{a}, a)", prob(Events([*events(A="0"), *events(A="1")]))),
    ('P("I"="high")', prob(events(I="high"))),
    (r"p_{L \mid G}(l \mid g)", prob(events(L="l"), events(G="g"))),
    (r"p_{L}(l)", prob(events(L="l"))),
]


@pytest.mark.parametrize(("text", "expected"), EVENTS)
def test_reads_events(text, expected):
    assert read(text, STUDENT) == expected


def test_reads_another_variables_value_as_its_letter():
    assert read("P(X=w)", PEARL) == prob(Events([Event("X", Letter("W"))]))


def test_a_bound_letter_wins_over_a_state_of_its_name():
    names = Vocabulary({"G": Variable("G", ("g", "h")), "L": Variable("L")})
    free = Events([Event("G", Letter("G"))])
    assert read("P(L | G=g)", names).given == Events([Event("G", State("g"))])
    assert read(r"\sum_g P(L | G=g)", names).body.given == free


def test_a_declared_name_with_scripts_is_the_variable():
    names = Vocabulary({n: Variable(n) for n in ("x_1", "x_{t-1}", "rain", "X")})
    assert read("P(x_1)", names) == prob(Events([Event("x_1", Letter("x_1"))]))
    assert read("P(x_1 = 0)", names) == prob(Events([Event("x_1", State("0"))]))
    assert read("P(x_1^0)", names) == prob(Events([Event("x_1", State("0"))]))
    assert read("P(x_0 | x_{t-1})", names) == prob(
        Events([Event("X", State("0"))]), Events([Event("x_{t-1}", Letter("x_{t-1}"))])
    )
    assert read("P(rain, rain')", names) == prob(
        Events([Event("rain", Letter("rain")), Event("rain", Letter("rain'"))])
    )


SUMS = [
    r"\sum_{\{I, D\}} P(I) P(D)",
    r"\sum_{I,D} P(I) \cdot P(D)",
    r"\sum_i\sum_d P(i) P(d)",
    r"\sum\limits_{i, d}p(i)p(d)",
    r"\sum_{i \in I} \sum_{d \in Val(D)} P(i) \times P(d)",
    r"\sum_{\substack{i \\ d}} P(i) * P(d)",
    "Σ_{i,d} P(i) ⋅ P(d)",
    "∑_i ∑_d P(i) . P(d)",
    "sum_{I, D} P(I) P(D)",
    r"\sum_ip(i)...".replace("...", r"\sum_d p(d)"),
]


@pytest.mark.parametrize("text", SUMS[:-1])
def test_reads_sums(text):
    body = Product((prob(events(I="i")), prob(events(D="d"))))
    assert read(text, STUDENT) == Sum(events(I="i", D="d"), body)


def test_a_sum_is_a_factor():
    left, right = prob(events(I="i")), prob(events(D="d"))
    inner = Product((left, Sum(events(D="d"), right)))
    assert read(SUMS[-1], STUDENT) == Sum(events(I="i"), inner)


def test_a_sum_binds_the_product_and_not_the_plus():
    text = r"\sum_z P(y \mid z) P(z) + P(w)"
    product = Product((prob(events(Y="y"), events(Z="z")), prob(events(Z="z"))))
    assert read(text, PEARL) == build.add((Sum(events(Z="z"), product), prob(events(W="w"))))


def test_primes_name_a_second_copy_and_shadowing_is_lexical():
    copy = events(X="x'")
    assert read(r"\sum_{x'} P(y|x',z)P(x')", PEARL) == Sum(
        copy,
        Product((prob(events(Y="y"), Events([*copy, *events(Z="z")])), prob(copy))),
    )
    inner = Sum(events(X="x"), prob(events(X="x")))
    assert read(r"P(x) \sum_x P(x)", PEARL) == Product((prob(events(X="x")), inner))


def test_reads_an_unbraced_index_of_one_letter():
    body = prob(events(Y="y"), events(X="x"))
    assert read(r"\sum_xp(y|x)", None) == Sum(events(X="x"), body)
    assert read(r"\sum_xP(y|x)", Vocabulary({n: Variable(n) for n in "XY"})) == Sum(
        events(X="x"), body
    )


def test_products_and_quotients_go_from_left_to_right():
    w, x, y = (prob(events(**{n: n.lower()})) for n in "WXY")
    assert read("P(w)/P(x) P(y)", PEARL) == Product((Quotient(w, x), y))
    assert read(r"\frac{P(w)}{P(x) P(y)}", PEARL) == Quotient(w, Product((x, y)))
    assert read(r"P(w) P(x) / P(y)", PEARL) == Quotient(Product((w, x)), y)
    assert read("P(w) - P(x) - P(y)", PEARL) == Minus(Minus(w, x), y)
    assert read("P(w) - (P(x) - P(y))", PEARL) == Minus(w, Minus(x, y))
    assert read("P(w)^2", PEARL) == Product((w, w))
    assert read("P(w)²", PEARL) == Product((w, w))
    assert read("2 P(w)", PEARL) == Product((Scalar(number(2)), w))


ARITHMETIC = [
    ("0.25", number(Fraction(1, 4))),
    ("1/3", number(Fraction(1, 3))),
    (r"\frac13", number(Fraction(1, 3))),
    (r"\tfrac{1}{3}.", number(Fraction(1, 3))),
    (r"25\%", number(Fraction(1, 4))),
    ("1e-2", number(Fraction(1, 100))),
    ("0.3 * 0.8 + 0.7*0.05", number(Fraction(275, 1000))),
    ("1 - q", plus((number(1), minus(Q)))),
    ("q^2", power(Q, 2)),
    ("q**2", power(Q, 2)),
    ("q(1-q)", times((Q, plus((number(1), minus(Q)))))),
    ("(1-q)^2/3", times((number(Fraction(1, 3)), power(plus((number(1), minus(Q))), 2)))),
    (r"\frac{1}{q}", power(Q, -1)),
    ("-q", minus(Q)),
    ("(2/3)^{-1}", number(Fraction(3, 2))),
]


@pytest.mark.parametrize(("text", "expected"), ARITHMETIC)
def test_reads_numbers_and_parameters(text, expected):
    assert read(text, STUDENT) == Scalar(expected)


def test_reads_expectations():
    x, y = (Numeric(Event(n, Letter(n))) for n in "XY")
    over = events(Y="y")
    assert read("E[Y | do(X=1)]", PEARL) == Expectation(over, y, do=events(X="1"))
    assert read(r"\mathbb{E}[X Y \mid Z]", PEARL) == Expectation(
        events(X="x", Y="y"), Product((x, y)), events(Z="z")
    )
    assert read("E(Y^2)", PEARL) == Expectation(over, Product((y, y)))
    assert read(r"\sum_y y P(y)", PEARL) == Sum(over, Product((y, prob(over))))
    assert read(r"\sum_x E[Y|x] P(x)", PEARL) == Sum(
        events(X="x"), Product((Expectation(over, y, events(X="x")), prob(events(X="x"))))
    )


def test_without_a_model_case_tells_variables_from_values():
    assert read("P(rain | Sprinkler)") == prob(
        Events([Event("rain", Letter("rain"))]), Events([Event("Sprinkler", Letter("Sprinkler"))])
    )
    assert read("P(L=strong | g^1, x_1)") == prob(
        events(L="strong"),
        Events([Event("G", State("1")), Event("X_1", Letter("X_1"))]),
    )
    assert read("P(Y=y | X=x', Z=0)") == prob(events(Y="y"), events(X="x'", Z="0"))


def test_reads_a_chain_with_its_relations():
    chain = read_chain(r"P(L) &= \sum_G P(L, G) \\ &\approx 0.502 \le 1, ", STUDENT)
    assert [r.sign for r in chain.relations] == ["=", "≈", "≤"]
    assert chain.formulas[0] == prob(events(L="l"))
    assert chain.formulas[2] == Scalar(number(Fraction(502, 1000)))
    assert [s.source.text[s.start : s.end] for s in chain.spans][::2] == ["P(L)", "0.502"]


RELATIONS = [
    ("=", "="), (r"\approx", "≈"), (r"\propto", "∝"), ("!=", "≠"), (r"\neq", "≠"), ("≤", "≤"),
    (r"\leq", "≤"), (">=", "≥"), (r"\coloneqq", ":="), (":=", ":="), (r"\equiv", "="),
    (r"\overset{(a)}{=}", "="), (r"\stackrel{\text{Bayes}}{=}", "="), ("&=", "="), ("=&", "="),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sign"), RELATIONS)
def test_reads_relations(text, sign):
    chain = read_chain(f"P(x) {text} P(y)", PEARL)
    assert [r.sign for r in chain.relations] == [sign]


@pytest.mark.parametrize(
    "text",
    [
        "D _||_ L | G, S",
        "D⟂L|G,S",
        r"(D \perp\!\!\!\perp L \mid G, S)",
        r"D \perp L \mid G, S",
        r"\left(d \independent l \,\middle|\, g, s\right)",
        "Course ⫫ L | G, S.",
    ],
)
def test_reads_independences(text):
    assert read_independence(text, STUDENT) == (("D",), ("L",), ("G", "S"))
