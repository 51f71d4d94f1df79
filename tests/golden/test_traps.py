"""Known traps: what lecture notes and other programs get wrong, and what is right.

Each test has the number of its trap; expectations come from mathematics or from the written-out
joint, never from what the library printed before.
"""

from __future__ import annotations

import json
import random
import re
from fractions import Fraction

import pytest

from symcausal import Model, parse
from symcausal.errors import (
    ImpossibleEventError,
    ModelError,
    ParseError,
    SymcausalError,
)
from symcausal.expr.nodes import (
    Add,
    Event,
    Events,
    Expr,
    Letter,
    Prob,
    Product,
    Quotient,
    State,
    Sum,
    free_events,
)
from symcausal.expr.path import everywhere
from symcausal.graph.graph import Graph
from symcausal.rules.catalogue import CATALOGUE
from symcausal.rules.condition import Positive
from symcausal.rules.decide import decide
from symcausal.rules.rule import Context
from tests.golden.models import G1, G2, STUDENT, SUPERSCRIPTS
from tests.properties.checking import all_steps
from tests.support import student as networks
from tests.support.oracle import Oracle, free_letters_of, tree_letters
from tests.support.random_models import random_tables

GRADE_A = Events([Event("G", State("A"))])


def bound_names(expr: Expr) -> set[str]:
    """The variables that a formula sums over."""
    return {n for _, node in everywhere(expr) if isinstance(node, Sum) for n in node.over.variables}


def mentioned(expr: Expr) -> set[str]:
    """Every variable of every probability in a formula."""
    return {
        event.variable
        for _, node in everywhere(expr)
        if isinstance(node, Prob)
        for event in (*node.outcome, *node.given, *node.do)
    }


def rule_names(derivation) -> set[str]:
    """The rules of all steps, merged ones included."""
    return {step.rule.name for step in all_steps(derivation.steps)}


def has_do(expr: Expr) -> bool:
    """Whether an intervention is left in a formula."""
    return any(isinstance(node, Prob) and node.do for _, node in everywhere(expr))


def rule(name: str):
    """A rule of the catalogue."""
    return next(rule for rule in CATALOGUE if rule.name == name)


def check_shape(text_of_model: str, query: str):
    """Derive at lecture detail, check what every derivation owes, and give it back."""
    model = Model.parse(text_of_model)
    derivation = model.derive(query, detail="lecture")
    assert 1 <= len(derivation.steps) <= 6
    assert derivation.verify() is not False
    data = json.loads(derivation.to_json())
    assert {"query", "steps", "formula", "formula_tree", "closed_form", "assumptions"} <= set(data)
    for step in data["steps"]:
        assert {"before", "after", "rule", "conditions", "verified"} <= set(step)
        assert step["verified"] is True
    start = parse_in(model, query)
    rng = random.Random(20)
    graph = model.network.graph
    for _ in range(3):
        network = random_tables(rng, graph, dict(model.variables), positive=True)
        oracle = Oracle(network)
        for at in oracle.assignments(free_letters_of(start)):
            expected = oracle.value(start, at)
            assert oracle.value(derivation.formula, at) == expected
            assert set(tree_letters(data["formula_tree"])) <= set(at)
            assert oracle.tree_value(data["formula_tree"], at) == expected
    return derivation


def parse_in(model: Model, text: str) -> Expr:
    """The formula of a text, as the model's own derivation reads it."""
    return model.derive(text, detail="brief").query


# -- textbook shapes ----------------------------------------------------------------------------
def test_letter_is_a_sum_over_its_ancestors_only():
    """``P(L)``: over G, I, D; the SAT sums to one."""
    derivation = check_shape(G1, "P(L)")
    assert isinstance(derivation.formula, Sum)
    assert bound_names(derivation.formula) == {"G", "I", "D"}
    assert mentioned(derivation.formula) == {"L", "G", "I", "D"}
    assert "sum-to-one" in rule_names(derivation)


def test_doing_a_grade_is_seeing_it_without_confounding():
    """``P(L | do(G=A))`` ends in ``P(L | G=A)``."""
    derivation = check_shape(G1, "P(L | do(G=A))")
    assert derivation.formula == Prob(free_events("L"), GRADE_A)


def test_doing_a_grade_leaves_the_sat_alone():
    """``P(S | do(G=A))`` ends in ``P(S)``, in both graphs (traps 3 and 17)."""
    for graph in (G1, G2):
        derivation = check_shape(graph, "P(S | do(G=A))")
        assert derivation.formula == Prob(free_events("S"))


def test_diagnosis_goes_through_bayes():
    """``P(I | L)`` names the rule, and divides by ``P(L)``, which has to be positive (trap 6)."""
    derivation = check_shape(G1, "P(I | L)")
    assert "bayes" in rule_names(derivation)
    assert any(isinstance(node, Quotient) for _, node in everywhere(derivation.formula))
    assert Positive(free_events("L")) in derivation.assumptions


def test_adjustment_for_the_sat():
    """With ``S -> L``: ``sum_S P(L | G=A, S) P(S)``."""
    derivation = check_shape(G2, "P(L | do(G=A))")
    formula = derivation.formula
    assert isinstance(formula, Sum)
    assert formula.over.variables == ("S",)
    s = formula.over
    expected = {Prob(free_events("L"), GRADE_A | s), Prob(s)}
    assert isinstance(formula.body, Product)
    assert set(formula.body.factors) == expected


@pytest.mark.parametrize("graph", [G1, G2])
@pytest.mark.parametrize(
    "query",
    ["P(L)", "P(L | I)", "P(I | L)", "P(I | G, D)", "P(I, D, S, G, L)", "P(L | do(G=A), S)",
     "P(I | do(G=A), L)", "P(L | do(G=A)) - P(L | G=A)", "P(S | do(G=A))", "P(D | G)"],
)  # fmt: skip
def test_lecture_queries_are_short_and_right(graph, query):
    """At most six lines, verified, and the tree means the query."""
    derivation = check_shape(graph, query)
    assert not has_do(derivation.formula)


@pytest.mark.parametrize("detail", ["brief", "lecture", "full"])
def test_details_end_alike(detail):
    """How much is shown does not change what is meant."""
    derivation = Model.parse(G2).derive("P(L=0 | do(G=A))", detail=detail)
    network = networks.student_with_sat_letter({**networks.WORDS, "I": ("0", "1"),
                                                "D": ("0", "1"), "S": ("0", "1"),
                                                "L": ("0", "1")})  # fmt: skip
    oracle = Oracle(network)
    expected = oracle.probability([("L", "0")], (), [("G", "A")])
    if detail != "full":
        assert oracle.value(derivation.formula) == expected
    assert derivation.verify() is not False


# -- 2, 3: the lecture's claims about G2 --------------------------------------------------------
def test_02_identified_by_either_parent_but_not_by_the_difficulty():
    """Adjusting for S or for I gives the intervention, adjusting for D or nothing does not."""
    network = networks.student_with_sat_letter()
    model, oracle = Model.from_network(network), Oracle(network)
    done = oracle.probability([("L", "strong")], (), [("G", "A")])

    def adjusted(z: str) -> object:
        return model.probability(f"sum_{{{z}}} P(L=strong | G=A, {z}) P({z})")

    assert model.probability("P(L=strong | do(G=A))") == done
    assert adjusted("S") == adjusted("I") == done
    assert adjusted("D") != done
    assert model.probability("P(L=strong | G=A)") != done


def test_02_every_back_door_set_is_listed():
    """The minimal sets for G and L are {I} and {S}."""
    sets = {found.variables for found in Model.parse(G2).adjustment_sets("G", "L")}
    assert sets == {("I",), ("S",)}


def test_03_doing_is_not_seeing_for_the_sat():
    """11/40 against 923/1810."""
    for model in (Model.parse(STUDENT), Model.from_network(networks.student_with_sat_letter())):
        assert model.probability("P(S=high | do(G=A))") == Fraction(11, 40)
        assert model.probability("P(S=high | G=A)") == Fraction(923, 1810)


def test_03_the_difference_is_explained():
    """Seeing the grade tells of intelligence, setting it does not."""
    found = Model.parse(G1).compare("P(S | do(G=A))", "P(S | G=A)")
    assert not found.equal
    assert "G <- I -> S" in [str(path) for path in found.open_paths]


def test_02_the_difference_is_explained():
    """The open path, the repairs, and a small example that a reader can check."""
    found = Model.parse(G2).compare("P(L | do(G=A))", "P(L | G=A)")
    assert not found.equal
    assert "G <- I -> S -> L" in [str(path) for path in found.open_paths]
    assert {repair.variables for repair in found.repairs} == {("I",), ("S",)}
    assert "I" in found.confounders
    assert found.example is not None
    assert not has_do(found.gap)
    oracle = Oracle(networks.confounded_letter())
    for at in oracle.assignments(free_letters_of(found.gap)):
        states = {"L": "strong"} if at else {}
        assert oracle.value(found.gap, states) == Fraction(1, 2) - Fraction(9, 16)


def test_02_without_confounding_there_is_no_difference():
    """In the first graph the two queries agree."""
    found = Model.parse(G1).compare("P(L | do(G=A))", "P(L | G=A)")
    assert found.equal
    assert not found.open_paths


# -- 7: names -----------------------------------------------------------------------------------
def test_07_a_state_and_a_variable_may_share_a_name():
    """A grade ``A`` and a variable ``A``; states are looked up by their variable."""
    model = Model.parse(
        "A: yes, no\nG: A, B\nA -> G\n"
        "P(A) = 1/4, 3/4\nP(G | A=yes) = 2/3, 1/3\nP(G | A=no) = 1/5, 4/5\n"
    )
    expected = Fraction(1, 4) * Fraction(2, 3) + Fraction(3, 4) * Fraction(1, 5)
    assert model.probability("P(G=A)") == expected
    assert model.probability("P(A=yes | G=A)") == Fraction(1, 6) / expected


def test_07_names_that_a_computer_algebra_system_has_taken():
    """I, S, E, N, Q, O are variables here, not the imaginary unit or a constructor."""
    sympy = pytest.importorskip("sympy")
    model = Model.parse("I -> S -> E -> N; I -> Q -> O; S -> O")
    form = model.closed_form("P(I=1 | N=1, O=1)")
    assert not form.has(sympy.I)
    assert set(form.free_symbols) <= set(model.parameters)
    assert all(symbol.name.isidentifier() for symbol in form.free_symbols)


# -- 8: LaTeX -----------------------------------------------------------------------------------
def test_08_scripts_have_braces_and_words_are_upright():
    """Nothing for a reader of LaTeX to stumble over."""
    model = Model.parse(
        "rain_today: dry, very_wet; x_1: 0, 1; Grass: 0, 1; rain_today -> Grass; x_1 -> Grass"
    )
    made = model.derive("P(Grass=1 | do(rain_today=very_wet))").to_latex()
    assert not re.search(r"[_^](?![{])", made.replace(r"\_", "")), made
    assert "__" not in made
    assert made.count("{") == made.count("}")
    assert r"\mathrm{" in made


def test_08_parameters_print_as_theta():
    """A theta whose script is the states, as ``A | high``."""
    sympy = pytest.importorskip("sympy")
    model = Model.parse("I: low, high; G: A, B; I -> G")
    printed = {sympy.latex(symbol) for symbol in model.parameters}
    assert any(re.fullmatch(r"\\theta_\{.*A.*\\mid.*high.*\}", text) for text in printed), printed


# -- 9, 10: what is not defined -----------------------------------------------------------------
NEVER = """
X: 0, 1
Y: 0, 1
X -> Y
P(X) = 1, 0
P(Y | X=0) = 1/2, 1/2
P(Y | X=1) = 1/3, 2/3
"""


def test_09_conditioning_on_the_impossible_is_refused_by_name():
    """Not zero, not a number that stands for nothing."""
    model = Model.parse(NEVER)
    with pytest.raises(ImpossibleEventError) as caught:
        model.probability("P(Y=1 | X=1)")
    assert "X" in caught.value.event
    with pytest.raises(ZeroDivisionError):
        model.probability("P(Y=1 | X=1)")
    with pytest.raises(ImpossibleEventError):
        model.probability("P(Y=1 | X=1) - P(Y=1)")


def test_09_setting_the_impossible_is_fine():
    """Doing needs no positive probability: the table row is there."""
    assert Model.parse(NEVER).probability("P(Y=1 | do(X=1))") == Fraction(2, 3)


def test_09_symbolic_results_carry_their_condition():
    """``P(x | y)`` needs ``P(y) > 0``."""
    derivation = Model.parse("X -> Y").derive("P(X | Y=1)")
    condition = Positive(Events([Event("Y", State("1"))]))
    assert condition in derivation.assumptions
    assert ">" in derivation.to_latex() or r"\gt" in derivation.to_latex()


CONFOUNDED = """
Z: 0, 1
X: 0, 1
Y: 0, 1
Z -> X; Z -> Y; X -> Y
P(Z) = 1/2, 1/2
P(X | Z=0) = 1, 0
P(X | Z=1) = 1/2, 1/2
P(Y | Z=0, X=0) = 1/2, 1/2
P(Y | Z=0, X=1) = 1/4, 3/4
P(Y | Z=1, X=0) = 1/3, 2/3
P(Y | Z=1, X=1) = 1/5, 4/5
"""


def test_10_an_estimand_may_be_undefined_where_the_intervention_is_not():
    """``P(X=1 | Z=0) = 0``: the tables give the answer, the adjustment formula does not."""
    model = Model.parse(CONFOUNDED)
    assert model.probability("P(Y=1 | do(X=1))") == Fraction(3, 8) + Fraction(2, 5)
    with pytest.raises(ImpossibleEventError):
        model.probability("sum_{Z} P(Y=1 | X=1, Z) P(Z)")


def test_10_positivity_is_listed():
    """Adjusting for Z needs every ``P(x, z) > 0``."""
    derivation = Model.parse("Z -> X; Z -> Y; X -> Y").derive("P(Y | do(X=1))")
    needed = [c for c in derivation.assumptions if isinstance(c, Positive)]
    assert any(set(c.event.variables) == {"X", "Z"} for c in needed)


# -- 11, 12: rows -------------------------------------------------------------------------------
def test_11_rows_sum_to_one_as_polynomials():
    """Two states ``1 - p``, three states with a remainder: the sum is the number one."""
    sympy = pytest.importorskip("sympy")
    model = Model.parse(G1)
    for query in ("sum_{S} P(S | I=0)", "sum_{G} P(G | I=1, D=0)", "sum_{L} P(L)"):
        assert sympy.expand(model.closed_form(query)) == 1


def test_11_complements_stay_as_they_are():
    """``1 - theta`` is no new symbol."""
    form = Model.parse("X").closed_form("P(X=1)")
    (symbol,) = form.free_symbols
    assert form in (1 - symbol, symbol)
    assert Model.parse("X").closed_form("P(X=0)") + form == 1


@pytest.mark.parametrize("row", ["0.3, 0.3, 0.3", "1/2, 1/2, 1/1000000", "0.7, 0.4, -0.1"])
def test_12_rows_that_are_no_distribution_are_refused(row):
    """The error names the row, and the sum where that is what is wrong."""
    with pytest.raises(ModelError) as caught:
        Model.parse(f"X\nG: A, B, C\nX -> G\nP(G | X=0) = 1/3, 1/3, 1/3\nP(G | X=1) = {row}\n")
    message = str(caught.value)
    assert "X=1" in message.replace(" ", "")
    if "-" not in row:
        total = sum(map(Fraction, row.split(", ")))
        assert str(total) in message or str(float(total)) in message


def test_12_decimals_are_exact():
    """0.1 + 0.2 + 0.7 is one, and 0.1 is a tenth."""
    model = Model.parse("X: a, b, c\nP(X) = 0.1, 0.2, 0.7\n")
    assert model.probability("P(X=a)") == Fraction(1, 10)


# -- 13, 14, 28: sums ---------------------------------------------------------------------------
def test_13_an_inner_sum_has_its_own_letter():
    """``sum_I P(L | I) sum_I P(I)``: the inner I is another one."""
    expected = Oracle(networks.student())
    both = sum(expected.probability([("L", "strong")], [("I", i)]) for i in ("low", "high"))
    found = Model.parse(STUDENT).probability("sum_{I} P(L=strong | I) sum_{I} P(I)")
    assert found == both


@pytest.mark.parametrize("graph", ["Z -> X; Z -> Y; X -> Y", G2, "A -> B -> C; A -> C"])
def test_13_no_letter_is_bound_twice_or_captured(graph):
    """A letter that is free in the query is bound nowhere in the derivation."""
    model = Model.parse(graph)
    names = list(model.variables)
    for query in (f"P({names[-1]} | do({names[1]}))", f"P({names[0]} | {names[-1]})"):
        derivation = model.derive(query)
        free = set(free_letters_of(derivation.query))
        for step in derivation.steps:
            for _, node in everywhere(step.after):
                if isinstance(node, Sum):
                    assert not free & set(node.over.letters)


def test_14_a_sum_over_what_the_summand_lacks_multiplies():
    """``sum_G P(S=high)`` is three times ``P(S=high)``."""
    found = Model.parse(STUDENT).probability("sum_{G} P(S=high)")
    assert found == 3 * Fraction(11, 40)


def test_28_a_sum_binds_the_product_that_follows_and_no_addition():
    """``sum_I P(S=high | I) P(I) + P(G=A)`` is ``P(S=high) + P(G=A)``."""
    found = Model.parse(STUDENT).probability("sum_{I} P(S=high | I) P(I) + P(G=A)")
    assert found == Fraction(11, 40) + Fraction(181, 500)
    tree = parse("sum_{z} P(y | z) P(z) + P(w)")
    assert isinstance(tree, Add)
    assert isinstance(tree.terms[0], Sum)


# -- 17 to 20: do -------------------------------------------------------------------------------
def test_17_setting_what_is_no_cause_changes_nothing():
    """``P(y | do(x)) = P(y)`` for a non-descendant."""
    model = Model.parse(G1)
    for query in ("P(S | do(G=A))", "P(I | do(L=1))", "P(D | do(S=0))"):
        formula = model.derive(query).formula
        assert isinstance(formula, Prob)
        assert not formula.given
        assert not formula.do


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("P(G=A | do(G=A))", 1),
        ("P(L=strong, G=A | do(G=B))", 0),
        ("P(G=A | G=A)", 1),
        ("P(G=A | G=B)", 0),
        ("P(L=strong | do(G=A), G=A)", Fraction(9, 10)),
        ("P(L=strong | G=A, do(G=A))", Fraction(9, 10)),
        ("P(L=strong, G=A | do(G=A))", Fraction(9, 10)),
        ("P(L=strong | do(G=A), G=B)", None),
        ("P(L=strong | G=A, G=B)", None),
    ],
)
def test_18_overlaps(query, value):
    """1, 0, the same without the repetition, or undefined."""
    model = Model.parse(STUDENT)
    if value is None:
        with pytest.raises(ImpossibleEventError):
            model.probability(query)
        with pytest.raises(ImpossibleEventError):
            model.derive(query)
    else:
        assert model.probability(query) == value
        assert Oracle(networks.student()).value(model.derive(query).formula) == value


def test_18_overlaps_with_free_values():
    """``P(x | do(x))`` is 1 without any table."""
    model = Model.parse("X -> Y")
    assert Oracle(networks.chain(2)).value(model.derive("P(X | do(X))").formula, {}) == 1


def test_19_evidence_below_the_treatment_is_evidence_in_the_mutilated_model():
    """``P(I | do(G=A), L)`` in G2, where L is below G; and not the naive average."""
    network = networks.student_with_sat_letter()
    model, oracle = Model.from_network(network), Oracle(network)
    events = ([("I", "high")], [("L", "strong")], [("G", "A")])
    expected = oracle.probability(*events)
    assert model.probability("P(I=high | do(G=A), L=strong)") == expected
    assert oracle.value(model.derive("P(I=high | do(G=A), L=strong)").formula) == expected
    assert expected != oracle.probability([("I", "high")], [("L", "strong"), ("G", "A")])
    mutilated = model.do(G="A")
    assert mutilated.probability("P(I=high | L=strong)") == expected


def test_20_asking_for_old_parents():
    """``P(I | do(G)) = P(I)``, but not ``P(I | G)``, and not ``P(I | do(G), L)`` in G2."""
    network = networks.student_with_sat_letter()
    model = Model.from_network(network)
    prior = Fraction(3, 10)
    assert model.probability("P(I=high | do(G=A))") == prior
    assert model.probability("P(I=high | G=A)") != prior
    assert model.probability("P(I=high | do(G=A), L=strong)") != prior
    assert Model.parse(STUDENT).probability("P(I=high | do(G=A), L=strong)") == prior


# -- 21: empty set and none exists --------------------------------------------------------------
def test_21_the_empty_set_is_not_the_absence_of_a_set():
    """Nothing to adjust for, and nothing that would help, are different answers."""
    nothing_needed = Model.parse(G1).adjustment_sets("G", "L")
    assert [found.variables for found in nothing_needed] == [()]
    bow = Model.parse("X -> Y; X <-> Y").adjustment("X", "Y")
    assert not bow.sets
    assert type(bow) is not type(nothing_needed[0])


# -- 24: do-calculus with the right surgery -----------------------------------------------------
def test_24_rule_three_spares_ancestors_of_the_condition():
    """``P(y | do(z), w)`` with ``U -> Z -> W, U -> Y``: cutting into Z would hide the open path."""
    graph = Graph("UZWY", [("U", "Z"), ("Z", "W"), ("U", "Y")])
    y, z, w = (free_events(name) for name in "YZW")
    proposals = list(rule("do-calculus.3")(Prob(y, w, z), Context(graph)))
    for proposal in proposals:
        if proposal.after == Prob(y, w):
            assert "fails" in [decide(c, graph).verdict for c in proposal.requires]


def test_24_rule_three_fires_where_nothing_is_conditioned():
    """Without w, setting Z changes nothing for Y."""
    graph = Graph("UZWY", [("U", "Z"), ("Z", "W"), ("U", "Y")])
    y, z = (free_events(name) for name in "YZ")
    (proposal,) = rule("do-calculus.3")(Prob(y, do=z), Context(graph))
    assert proposal.after == Prob(y)
    assert [decide(c, graph).verdict for c in proposal.requires] == ["holds"]


def test_24_rule_two_cuts_out_of_the_exchanged_variable():
    """``P(y | do(x), do(z))``: arrows into X and out of Z go; with both into, Z would seem safe."""
    graph = Graph("UZXY", [("U", "Z"), ("U", "Y"), ("Z", "X"), ("X", "Y")])
    y, x, z = (free_events(name) for name in "YXZ")
    found = {
        proposal.after: [decide(c, graph).verdict for c in proposal.requires]
        for proposal in rule("do-calculus.2")(Prob(y, do=x | z), Context(graph))
    }
    assert "fails" in found[Prob(y, z, x)]


def test_24_a_conditioned_fork_is_blocked():
    """S and G are independent given I, dependent without, dependent given a collider's effect."""
    model = Model.parse(G1)
    assert model.independent("S", "G", given="I")
    assert not model.independent("S", "G")
    assert model.independent("I", "D")
    assert not model.independent("I", "D", given="L")


# -- 26: chain rule and factorisation -----------------------------------------------------------
def test_26_the_factorisation_is_not_the_chain_rule():
    """The joint ends in one table per variable, and independence is named as a reason."""
    derivation = check_shape(G1, "P(I, D, S, G, L)")
    formula = derivation.formula
    assert isinstance(formula, Product)
    graph = Model.parse(G1).network.graph
    tables = {Prob(free_events(n), free_events(graph.parents(n))) for n in graph.nodes}
    assert set(formula.factors) == tables
    assert len(formula.factors) == len(tables)
    assert rule_names(derivation) & {"markov-factorisation", "conditional-independence"}
    assert rule("chain-rule") is not rule("markov-factorisation")


def test_26_the_chain_rule_alone_assumes_nothing():
    """Whatever it proposes requires no independence."""
    graph = Model.parse(G1).network.graph
    (proposal,) = rule("chain-rule")(Prob(free_events("IDSGL")), Context(graph))
    assert not proposal.requires
    assert len(proposal.after.factors) == 5


def test_26_dropping_a_condition_is_a_step_of_its_own():
    """``P(G | I, D, S) = P(G | I, D)`` by conditional independence."""
    derivation = check_shape(G1, "P(G | I, D, S)")
    assert derivation.formula == Prob(free_events("G"), free_events("ID"))
    assert "conditional-independence" in rule_names(derivation)


# -- 27, 29, 30: reading ------------------------------------------------------------------------
def test_27_commas_bind_closer_than_the_bar():
    """``P(A, B | C)`` has two outcomes."""
    assert parse("P(A, B | C)") == Prob(free_events("AB"), free_events("C"))
    assert parse("P(A | B, C)") == Prob(free_events("A"), free_events("BC"))


@pytest.mark.parametrize("text", ["P(A | B | C)", "P(A | B), C", "P(A |", "P()", "P(A B)", "P(A))"])
def test_27_what_is_no_formula_is_refused_with_its_place(text):
    """A second bar, a stray comma, an end too soon: line, column and a caret."""
    with pytest.raises(ParseError) as caught:
        parse(text)
    assert caught.value.span is not None
    assert caught.value.span.line == 1
    assert "^" in str(caught.value)


def test_29_a_superscript_is_a_state():
    """``g^1`` names a state, with and without braces."""
    model = Model.parse(SUPERSCRIPTS)
    for query in (r"P(i^1 \mid g^3)", r"P(i^{1} \mid g^{3})", "P(i^1 | g^3)"):
        assert model.probability(query) == Fraction(3, 38)


def test_29_after_a_bracket_it_is_a_power():
    """``P(S=s1)^2`` is a square."""
    model = Model.parse(SUPERSCRIPTS)
    assert model.probability("P(S=s1)^2") == Fraction(11, 40) ** 2
    assert model.probability("2^3 P(S=s1)") == 8 * Fraction(11, 40)


def test_30_capital_is_a_table_and_an_assignment_is_an_entry():
    """``P(S)`` has two values, ``P(S=high)`` one, ``p(s)`` is the same as ``P(S)``."""
    model = Model.parse(STUDENT)
    table = model.probability("P(S)")
    assert dict(table) == {("low",): Fraction(29, 40), ("high",): Fraction(11, 40)}
    assert isinstance(model.probability("P(S=high)"), Fraction)
    assert parse("P(S)") == parse("p(s)") == Prob(Events([Event("S", Letter("S"))]))


def test_05_a_statistical_model_answers_no_do():
    """A factorisation alone says nothing about interventions."""
    model = Model([("X", "Y")], causal=False)
    assert model.derive("P(X | Y)").steps
    with pytest.raises(SymcausalError):
        model.derive("P(Y | do(X=1))")
    with pytest.raises(SymcausalError):
        model.do(X=1)


# -- 31, 34 -------------------------------------------------------------------------------------
def test_31_tables_may_know_more_than_the_graph():
    """A table that ignores its parent: the graph can't see the independence, the numbers can."""
    model = Model.parse("X -> Y\nP(X) = 1/3, 2/3\nP(Y | X=0) = 1/4, 3/4\nP(Y | X=1) = 1/4, 3/4\n")
    assert not model.independent("X", "Y")
    assert model.probability("P(Y=1 | X=0)") == model.probability("P(Y=1)")


def test_34_nothing_floats():
    """Decimals in, fractions out; no Float in any closed form."""
    sympy = pytest.importorskip("sympy")
    model = Model.parse(STUDENT)
    for query in ("P(L=strong)", "P(I=high | L=weak)", "P(L=strong | do(G=A)) - P(L=strong)"):
        assert not model.closed_form(query).atoms(sympy.Float)
        assert isinstance(model.probability(query), Fraction)
    part = Model.parse("X -> Y\nP(X) = 0.1, 0.9\n").closed_form("P(Y=1)")
    assert part.free_symbols
    assert not part.atoms(sympy.Float)
