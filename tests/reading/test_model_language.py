"""A model text says one network, and all that is wrong with it at once."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal.algebra.scalar import ONE, Indeterminate, Number, minus, number, plus, power, times
from symcausal.errors import (
    CyclicGraphError,
    LimitError,
    ModelError,
    ParseError,
    SymcausalError,
    UnknownStateError,
    UnknownVariableError,
    UsageError,
)
from symcausal.graph.graph import Graph
from symcausal.model import Model
from symcausal.network.network import Network, Table, Variable
from symcausal.network.parameters import symbolic_row, symbolic_table, told_apart
from symcausal.reading.model_language import ModelText, read_model
from symcausal.reading.model_writer import write_model
from tests.support.pace import soon

STUDENT = r"""# student.model
I "Intelligence": low, high                    # states by name;  I: 3  means states 0, 1, 2
D "Difficulty" alias C, Course: easy, hard     # an alias may be LaTeX
S "SAT" alias "s_{t-1}": low, high
G "Grade": A, B, C
L "Letter": weak, strong
I -> S;  I, D -> G;  G -> L
parameters q in (0, 1)
P(I) = 0.7, 0.3
P(S | I=low)  = 0.95, 0.05
P(S | I=high) = 1 - q, rest
P(G | D=hard, I=low) = 1/20, 0.25, rest
given P(L=strong) = 0.502
notation lecture
"""


def numbers(*texts: str) -> tuple[Number, ...]:
    return tuple(number(Fraction(text)) for text in texts)


def test_reads_the_student_network():
    model = read_model(STUDENT)
    network = model.network
    assert list(network.variables) == list("IDSGL")
    assert network.variables["D"] == Variable("D", ("easy", "hard"), "Difficulty", ("C", "Course"))
    assert network.variables["S"].aliases == ("s_{t-1}",)
    assert network.graph.parents("G") == ("I", "D")
    q = Indeterminate("q")
    assert dict(network.declared) == {"q": q}
    assert network.tables["I"].entries == numbers("7/10", "3/10")
    assert network.tables["S"].entries == (*numbers("19/20", "1/20"), plus([ONE, minus(q)]), q)
    rows = dict(network.rows("G"))
    assert rows["low", "hard"] == numbers("1/20", "1/4", "7/10")
    open_row = symbolic_row(network.variables["G"], (("I", "low"), ("D", "easy")))
    assert rows["low", "easy"] == open_row
    assert model.notation == "lecture"
    assert [chain.text for chain in model.given] == ["P(L=strong) = 0.502"]


GRAPHS = [
    ("I -> G <- D; I -> S; G -> L", "IGDSL", ["IG", "DG", "IS", "GL"], [], ""),
    ("A, B -> C -> D", "ABCD", ["AC", "BC", "CD"], [], ""),
    ("A\nB\n\n;; A -> B ;", "AB", ["AB"], [], ""),
    ("X -> Y; X <-> Y", "XY", ["XY"], ["XY"], ""),
    ("hidden U; U -> X; U -> Y", "UXY", ["UX", "UY"], [], "U"),
    ("X → Y ↔ Z ← W", "XYZW", ["XY", "WZ"], ["YZ"], ""),
]


@pytest.mark.parametrize(("text", "nodes", "arrows", "arcs", "hidden"), GRAPHS)
def test_reads_graphs(text, nodes, arrows, arcs, hidden):
    graph = read_model(text).network.graph
    assert graph == Graph(nodes, map(tuple, arrows), map(tuple, arcs), hidden)
    assert graph.nodes == tuple(nodes)


STATES = [
    ("I", ("0", "1")),
    ("I: 3", ("0", "1", "2")),
    ("I: 1", ("0",)),
    ('I: "3"', ("3",)),
    ("I: -1, 0, 1.5", ("-1", "0", "1.5")),
    ('I: "a; b", "c # d", "e \\"', ("a; b", "c # d", "e \\")),
    ("I: rest, alias, given", ("rest", "alias", "given")),
]


@pytest.mark.parametrize(("text", "states"), STATES)
def test_reads_states(text, states):
    assert read_model(text).network.variables["I"].states == states


def test_keywords_may_be_names():
    network = read_model("hidden -> given; notation: 3; alias; P(alias) = 1/2, rest").network
    assert list(network.variables) == ["hidden", "given", "notation", "alias"]
    model = read_model("decimal, comma; decimal -> comma; decimal comma")
    assert list(model.network.variables) == ["decimal", "comma"]
    assert model.decimal_comma
    assert not network.graph.hidden


def test_names_and_aliases_may_be_latex():
    network = read_model('x_1; "lung cancer" -> x_1; P(x_1 | "lung cancer"=0) = 0.1, 0.9').network
    assert network.entry("x_1", "0", {"lung cancer": "0"}) == number(Fraction(1, 10))
    with_alias = read_model(r'D alias "x_{t-1}"; P(x_{t-1}) = 0.25, rest').network
    assert with_alias.tables["D"].entries == numbers("1/4", "3/4")


def test_reads_single_entries_and_expressions():
    network = read_model(
        "parameters q, r\n Y -> X; Z: 3\nP(X=1 | Y=0) = 0.3; P(X=0|Y=1) = q\n"
        "P(Z) = q*r, q*(1-r), 1-q\nP(Y) = q/(q+r), r/(q+r)"
    ).network
    q, r = Indeterminate("q"), Indeterminate("r")
    assert network.tables["X"].entries == (
        *numbers("7/10", "3/10"),
        q,
        plus([ONE, minus(q)]),
    )
    assert network.tables["Z"].entries[1] == times((q, plus([ONE, minus(r)])))
    assert network.tables["Y"].entries[0] == times((q, power(plus([q, r]), -1)))


def test_parameters_of_open_rows_have_names_of_their_own():
    network = read_model('X: "+", "-", "*"; parameters theta_Y_0; Y').network
    names = [p.name for p in network.parameters]
    assert len(set(names)) == 3
    assert "theta_Y_0" not in names
    assert network.tables["X"].entries[2] == plus(
        [ONE, *(minus(e) for e in network.tables["X"].entries[:2])]
    )


FAULTS = [
    # text, class, words of the message, words of the hint
    ("A: x, y, z; P(A) = 0.3, 0.3, 0.3", ModelError, "P(A) sums to 9/10", "'rest'"),
    ("A: x, y, z; P(A) = 0.3, 0.3, 0.3", ModelError, "expected 1", "0.4"),
    ("A; P(A) = 0.1 + 0.2, 0.3 + 0.4", ModelError, "", ""),
    ("A; P(A) = 0.7, 0.4", ModelError, "sums to 11/10", "0.3"),
    ("A; parameters q; P(A) = q, q", ModelError, "1 for all values", "'rest'"),
    ("A; P(A) = 1.2, -0.2", ModelError, "1.2", ""),
    ("A; P(A) = 0.5", ModelError, "1 entry; expected 2", ""),
    ("A; P(A) = 0,7, 0,3", ModelError, "4 entries", "point"),
    ("A; P(A) = 1/2, rest; P(A) = 1/2, rest", ModelError, "second row P(A)", ""),
    ("A; P(A=0) = 1/2; P(A) = 1/2, rest", ModelError, "second row", ""),
    ("A; P(A=0) = 1/2; P(A=1) = 1/3", ModelError, "5/6", ""),
    ("A; P(A) = rest, rest", ModelError, "'rest' twice", ""),
    ("A; B: 3; P(B) = 0.9, 0.9, rest", ModelError, "9/5 = 1.8 before 'rest'", ""),
    ("A -> B; C; P(B | C=0) = 1/2, rest", ModelError, "C is no parent of B", "C -> B"),
    ("A -> B; P(B) = 1/2, rest", ModelError, "without A", "P(B | A=0)"),
    ("A -> B; P(B | A) = 1/2, rest", ModelError, "A without its state", "P(B | A=0)"),
    ("A -> B; P(B | do(A=0)) = 1/2, rest", ModelError, "do(...)", "given"),
    ("A -> B; P(A, B) = 1/2, rest", ModelError, "several", "given"),
    ("A_1; A_2; A_3; P(A_1, ..., A_3) = 1/2", ModelError, "several", "given"),
    ("A_1; A_2; P(A_1=0, ..., A_2=0) = 1/2", ParseError, "'...'", "every term"),
    ("A; P(A) = P(A), rest", ModelError, "no number", ""),
    ("A; P(A) = r, rest", UnknownVariableError, "no parameter 'r'", "parameters r"),
    ("A -> B; P(B | X=0) = 1/2, rest", UnknownVariableError, "'X'", "A, B"),
    ("A -> B; P(B | A=2) = 1/2, rest", UnknownStateError, "'2'", "0, 1"),
    ("A: 2, 3; A: 4, 5", ModelError, "twice", ""),
    ("A: x, x", ModelError, "'x' of A twice", ""),
    ("A: 0", ModelError, "0 states", ""),
    ("A alias B; B", ModelError, "alias", ""),
    ("A alias Z; B alias Z", ModelError, "'Z'", ""),
    ("A <-> A", ModelError, "A <-> A", ""),
    ("A -> A", CyclicGraphError, "A -> A", ""),
    ("A -> B -> C -> A", CyclicGraphError, "circle", ""),
    ("parameters q in (0, 2)", ModelError, "(0, 1)", ""),
    ("notation pearls", ModelError, "pearls", "pearl"),
    ("A ->", ParseError, "a name", ""),
    ("A: x y", ParseError, "','", ""),
    ('A "label', ParseError, "quote", ""),
    ('A; P(A) = __import__("os").system("x"), rest', ParseError, "'_'", ""),
    ("parameters p; A; P(A) = p(1-p), rest", ParseError, "both ways", ""),
    ("A: 99999", LimitError, "states", ""),
]


@pytest.mark.parametrize(("text", "kind", "words", "hint"), FAULTS)
def test_refuses_what_does_not_fit(text, kind, words, hint):
    if not words:
        assert read_model(text).network.is_numeric
        return
    with pytest.raises(SymcausalError) as caught:
        read_model(text)
    error = caught.value
    assert type(error) is kind
    assert words in error.message
    assert hint in error.hint
    assert error.span is not None
    assert "^" in str(error)


def test_reports_all_faults_of_a_text_at_once():
    text = "A -> B\nC: x, x\nA ->\nP(A) = 0.5, 0.6\nP(B | A=7) = 1/2, rest\nP(B | A=0) = 1, 0"
    with pytest.raises(ModelError) as caught:
        read_model(text)
    problems = caught.value.problems
    assert [p.span.line for p in problems if p.span] == [2, 3, 4, 5]
    assert str(caught.value).count("^") >= 4
    assert isinstance(problems[-1], UnknownStateError)


def test_a_cycle_is_named_with_its_place():
    with pytest.raises(CyclicGraphError) as caught:
        read_model("Z\nA -> B\nB -> C\nC -> A")
    assert sorted(caught.value.cycle) == ["A", "B", "C"]
    assert caught.value.span is not None
    assert caught.value.span.line in (2, 3, 4)


NUMBERS = [f"q{i}" for i in range(25)]
MANY = f"parameters {', '.join(NUMBERS)}; A; P(A) = {'*'.join(f'(1+{q})' for q in NUMBERS)}, 0"


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000_000,
        "A -> B;" * 100_000,
        "; " * 500_000,
        '"' * 100_000,
        "A: " + ", ".join(f"s{i}" for i in range(5_000)),
        ", ".join(f"X{i}" for i in range(40)) + " -> Y",
        "; ".join(f"X{i}: 50; X{i} -> Y" for i in range(6)),
        "A; P(A) = " + "(" * 90_000,
        MANY,
    ],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_hostile_models_end_soon(text):
    with soon(3):
        try:
            read_model(text)
        except SymcausalError as error:
            said = str(error)
        else:
            said = ""
        assert len(said) < 20_000


# -- round trip ---------------------------------------------------------------------------------
ODD_NAMES = [
    "X",
    "x_1",
    "x_{t-1}",
    "rain",
    "g^1",
    "hidden",
    "given",
    "alias",
    "rest",
    "in",
    "P",
    "p",
]
ODD_NAMES += ["do", "E", "lung_cancer", "θ", "3", "a;b", "a#b"]
ODD_NAMES += ["two words", "sum", "Pr", "\\theta_{1}", "x'", "_x", "x__1", "é", "²"]
NAMES = st.one_of(
    st.sampled_from(ODD_NAMES),
    st.text(
        st.characters(exclude_characters='"', exclude_categories=["Cc", "Cs", "Zl", "Zp"]),
        min_size=1,
        max_size=6,
    ).filter(lambda s: s == s.strip()),
)


@st.composite
def networks(draw: st.DrawFn) -> ModelText:
    """Small networks with any names, exact numbers, open rows and parameters."""
    names = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
    variables = {
        name: Variable(
            name,
            tuple(draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))),
            draw(st.sampled_from(["", "A label"])),
        )
        for name in names
    }
    pairs = [(a, b) for i, b in enumerate(names) for a in names[:i]]
    graph = Graph(
        names,
        draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else [],
        draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else [],
        draw(st.lists(st.sampled_from(names), unique=True)),
    )
    q = Indeterminate("q")
    tables = {}
    for name, variable in variables.items():
        table = symbolic_table(variable, graph.parents(name), variables)
        width = len(variable.states)
        entries = list(table.entries)
        for start in range(0, len(entries), width):
            kind = draw(st.sampled_from(["open", "numbers", "expression"]))
            weights = draw(st.lists(st.integers(1, 9), min_size=width, max_size=width))
            row = [number(Fraction(w, sum(weights))) for w in weights]
            if kind == "expression" and width > 1:
                row[0], row[-1] = (
                    times((row[0], q)),
                    plus([ONE, *(minus(e) for e in [times((row[0], q)), *row[1:-1]])]),
                )
            if kind != "open":
                entries[start : start + width] = row
        tables[name] = Table(name, table.parents, tuple(entries))
    network = Network(variables, graph, told_apart(tables, ("q",)), {"q": q})
    taken = [p.name for p in network.parameters]
    if len(set(taken)) < len(taken) or "q" in names:
        return draw(networks())
    return ModelText(network, (), draw(st.sampled_from([None, "pearl"])), draw(st.booleans()))


@settings(max_examples=150)
@given(model=networks())
def test_writing_and_reading_gives_the_model_back(model):
    text = write_model(model)
    again = read_model(text)
    assert again.network.variables == dict(model.network.variables)
    assert again.network.graph == model.network.graph
    assert again.network.tables == dict(model.network.tables)
    assert again.notation == model.notation
    assert again.decimal_comma == model.decimal_comma
    assert write_model(again) == text


def test_writing_keeps_the_student_network():
    model = read_model(STUDENT)
    assert read_model(write_model(model)) == model


def test_a_name_with_a_quote_cannot_be_written():
    network = read_model("A").network
    odd = Network({'"': Variable('"')}, Graph(['"']), {'"': Table('"', (), numbers("1/2", "1/2"))})
    assert write_model(ModelText(network)) == "A\n"
    with pytest.raises(ModelError, match="quotes"):
        write_model(ModelText(odd))


@pytest.mark.parametrize(
    "text",
    ['"θ": a, b; θ -> Y', 'θ -> Y; hidden "θ"', '"x₁", x_1 -> Y', r'"\theta" -> Y; theta: 3'],
)
def test_two_spellings_of_one_name_are_no_two_variables(text: str) -> None:
    with pytest.raises(ModelError, match="two spellings of one name") as refused:
        read_model(text)
    assert refused.value.span is not None


def test_spellings_of_one_name_without_quotes_are_one_variable() -> None:
    network = read_model(
        r"θ: a, b; \theta -> Y; hidden theta; x₁ -> Y; x_{1}: 3; X1, X2 -> Y"
    ).network
    assert list(network.variables) == ["theta", "Y", "x_1", "X1", "X2"]
    assert network.states["theta"] == ("a", "b")


@pytest.mark.parametrize(
    "text", ["A alias u; u -> Y", "A alias theta; θ -> Y", "A alias u; hidden u"]
)
def test_an_alias_is_no_variable_of_its_own_in_a_later_statement(text: str) -> None:
    with pytest.raises(ModelError, match="an alias of A"):
        read_model(text)
    assert list(read_model("A alias u; A -> Y; A: a, b").network.variables) == ["A", "Y"]


def test_arrows_that_are_no_causes():
    model = Model("A -> B", causal=False)
    assert "not causal" in model.to_text().split("\n")
    again = Model.parse(model.to_text())
    assert again == model
    assert not again.causal
    assert again != Model("A -> B")
    with pytest.raises(UsageError, match="interventions"):
        again.derive("P(B | do(A))")
    assert [c.verdict for c in again.check("P(B | do(A)) = P(B | A)").claims] == ["undecided"]
    assert list(Model.parse("not -> causal; not, causal").variables) == ["not", "causal"]
