r"""Products over a graph, ``\prod_i P(x_i \mid pa_i)``, are the factors of its variables."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal import Model
from symcausal.errors import SymcausalError
from symcausal.expr.scope import canonical
from symcausal.notes.check import check_text
from symcausal.reading.families import NoGraphError
from symcausal.reading.reader import read
from symcausal.reading.vocabulary import Vocabulary

LETTERS = ["A", "B", "C", "D"]
NUMBERED = ["X_1", "X_2", "X_3", "X_4"]
PRODUCTS = [
    r"\prod_i P(x_i \mid pa_i)", r"\prod_{j} P(x_j \mid \mathrm{pa}_j)", r"∏_i P(x_i | pa_i)",
    r"\prod_{i=1}^n P(x_i \mid \mathrm{pa}(x_i))", r"\prod_{i=1}^{n} P(X_i | \mathbf{Pa}_{X_i})",
    r"\prod^{n}_{i=1} P(X_i | \text{Parents}(X_i))", r"\prod_{v \in V} P(v \mid pa_v)",
    r"\prod_{v \in \mathbf{V}} P(v \mid \operatorname{pa}(v))", r"\prod_{Z} P(Z | \mathrm{Parents}(Z))",
    r"\prod\limits_{i=1}^{4} P(x_i \mid pa_i)", r"\prod_{X_i \in V} P(X_i \mid \mathrm{Pa}(X_i))",
    r"\prod_{i=1}^{|V|} P\left(X_i \mid \mathrm{pa}\left(X_i\right)\right)",
]  # fmt: skip


@st.composite
def graphs(draw: st.DrawFn, names: list[str]) -> list[tuple[str, str]]:
    pairs = [(names[i], names[j]) for j in range(4) for i in range(j)]
    return draw(st.lists(st.sampled_from(pairs), unique=True))


def model(names: list[str], edges: list[tuple[str, str]]) -> Model:
    return Model.parse("; ".join([*names, *(f"{a} -> {b}" for a, b in edges)]))


def factors(names: list[str], edges: list[tuple[str, str]]) -> list[str]:
    found = []
    for name in names:
        given_ = [a for a, b in edges if b == name]
        found.append(f"P({name} | {', '.join(given_)})" if given_ else f"P({name})")
    return found


@pytest.mark.parametrize("names", [LETTERS, NUMBERED], ids=["letters", "numbered"])
@pytest.mark.parametrize("product", PRODUCTS)
@settings(max_examples=10)
@given(data=st.data())
def test_a_product_over_a_graph_is_its_factors(
    names: list[str], product: str, data: st.DataObject
) -> None:
    edges = data.draw(graphs(names))
    known = Vocabulary.of(model(names, edges).network)
    plain = canonical(read(" ".join(factors(names, edges)), known))
    assert canonical(read(product, known)) == plain
    summed = rf"\sum_{{{names[0]}}} {product}"
    written = rf"\sum_{{{names[0]}}} {' '.join(factors(names, edges))}"
    assert canonical(read(summed, known)) == canonical(read(written, known))


@settings(max_examples=15)
@given(graphs(LETTERS), st.sampled_from(PRODUCTS), st.data())
def test_the_joint_is_the_product_and_nothing_else_is(
    edges: list[tuple[str, str]], product: str, data: st.DataObject
) -> None:
    graph = model(LETTERS, edges)
    assert verdict(graph, f"P(A, B, C, D) = {product}") == "holds"
    if edges:
        cut = data.draw(st.sampled_from(edges))
        other = [edge for edge in edges if edge != cut]
        wrong = " ".join(factors(LETTERS, other))
        assert verdict(graph, f"{wrong} = {product}") == "fails"


def verdict(graph: Model, claim: str) -> str:
    (found,) = graph.check(f"${claim}$").claims
    return found.verdict


@pytest.mark.parametrize("first", [1, 2, 3])
@pytest.mark.parametrize("last", ["{4}", "n", "{n}", "4 "])
def test_numbers_say_which_variables(first: int, last: str) -> None:
    edges = [("X_1", "X_2"), ("X_2", "X_4")]
    known = Vocabulary.of(model(NUMBERED, edges).network)
    plain = " ".join(factors(NUMBERED, edges)[first - 1 :])
    product = rf"\prod_{{i={first}}}^{last} P(x_i \mid pa_i)"
    assert canonical(read(product, known)) == canonical(read(plain, known))


GRAPH = Model.parse("A -> B; A -> C; B -> D; C -> D")
SOME = Model.parse("X_1 -> X_2 -> Y")
VERDICTS = [
    (GRAPH, r"P(D | pa_D, A) = P(D | B, C)", "holds"),
    (GRAPH, r"P(D | \mathrm{Pa}(D)) = P(D | B)", "fails"),
    (GRAPH, r"P(A | pa(A)) = P(A)", "holds"),
    (GRAPH, r"P(D) = \sum_{a,b,c} \prod_i P(x_i | pa_i)", "holds"),
    # the truncated product is another
    (GRAPH, r"P(b, c, d | do(a)) = \prod_i P(x_i | pa_i)", "fails"),
    # perhaps the product goes over A, B and C
    (GRAPH, r"P(A, B, C) = \prod_i P(x_i | pa_i)", "undecided"),
    (SOME, r"P(x_1, x_2) = \prod_{i=1}^{2} P(x_i | pa_i)", "holds"),
    (SOME, r"P(x_1, x_2) = \prod_{i=1}^{n} P(x_i | pa_i)", "unreadable"),
    (SOME, r"P(x_1, x_2, y) = \prod_{j} P(v_j | pa_j)", "holds"),
    (SOME, r"P(x_1, x_2, y) = \prod_{i=1}^{2} P(x_i | pa_i)", "undecided"),
    (Model.parse("X -> Y; X <-> Y"), r"P(x, y) = \prod_i P(v_i | pa_i)", "holds"),
    (Model.parse("X -> Y; X <-> Z; Z -> Y"), r"P(x, y, z) = \prod_i P(v_i | pa_i)", "fails"),
]


@pytest.mark.parametrize(("graph", "claim", "expected"), VERDICTS)
def test_is_judged(graph: Model, claim: str, expected: str) -> None:
    assert verdict(graph, claim) == expected


@pytest.mark.parametrize("product", PRODUCTS)
def test_without_a_graph_a_product_says_that_there_is_one(product: str) -> None:
    """One that ends at a number may leave variables out, and one with conditions is no joint."""
    whole = "^{4}" not in product
    for left in ("P(A, B)", r"P(x_1, \dots, x_n)", "P(A)", "P(A | B)", "P(A) P(B)"):
        (claim,) = check_text(f"${left} = {product}$").claims
        says = whole and left not in ("P(A | B)", "P(A) P(B)")
        assert claim.verdict == ("definition" if says else "undecided")
        assert ("factorises over a graph" if says else "says what the parents are") in claim.reason
    with pytest.raises(NoGraphError):
        read(product)


def test_without_a_graph_the_parents_are_a_variable_themselves() -> None:
    (claim,) = check_text(
        r"$P(x, \mathrm{pa}(x)) = P(x | \mathrm{pa}(x)) P(\mathrm{pa}(x))$"
    ).claims
    assert claim.verdict == "holds"


REFUSED = [
    r"\prod_{v \in A} P(v | pa_v)",  # the values of A
    r"\prod_v P(v)", r"\prod_{v} P(v | A)", r"\prod_i P(x_i | pa_j)", r"\prod_i P(x_i | pa_i) P(A)",
    r"\prod_{i=1}^{3} P(x_i | pa_i)", r"\prod_{i=2}^{4} P(x_i | pa_i)", r"\prod_{i=1} P(x_i | pa_i)",
    r"\prod_i P(x_i | pa_i) P(y_i | pa_i)", r"\prod_i P(a_i | pa_i)", r"\prod_i P(x_i' | pa_i)",
    r"\prod_{i, j} P(x_i | pa_i)", r"\prod_i P(X_i = x_i | pa_i)", r"\prod_i^{n} P(x_i | pa_i)",
    r"\prod P(x_i | pa_i)", r"\prod_{i \neq 2} P(x_i | pa_i)", r"P(A | pa_U)", r"P(A | pa)",
    r"\prod_{v \in \{A, B\}} P(v | pa_v)", r"P(pa_A)",
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_refuses(text: str) -> None:
    with pytest.raises(SymcausalError):
        read(text, Vocabulary.of(GRAPH.network))


def test_hidden_variables_leave_open_what_is_multiplied() -> None:
    hidden = Vocabulary.of(Model.parse("hidden U; U -> X; U -> Y").network)
    with pytest.raises(SymcausalError):
        read(r"\prod_i P(v_i | pa_i)", hidden)


def test_a_variable_may_be_called_so() -> None:
    graph = Model.parse("Pa_1 -> X; X -> Y")
    assert verdict(graph, "P(Y | X, Pa_1) = P(Y | X)") == "holds"
    assert verdict(graph, "P(Y | Pa_1) = P(Y)") == "fails"
