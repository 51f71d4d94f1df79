"""What other systems publish of themselves, as rows of facts: graphs, verdicts, estimands, sets.

The rows are read off examples and tests of dagitty [Textor2016]_, pcalg [Perkovic2018]_, causaleffect
[TikkaKarvanen2017]_, dosearch [Tikka2021]_, pgmpy, DoWhy, y0, Whittemore and causaleffect for Python.
A set that is listed as one of several, is looked for among ours; ``all`` says that there is no other.
"""

from __future__ import annotations

from itertools import combinations

import pytest

from symcausal import Model
from symcausal.graph.adjustment import is_adjustment_set
from symcausal.graph.front_door import FrontDoorSet, front_door_sets
from symcausal.identify.identification import is_identifiable
from symcausal.identify.question import Input
from tests.papers.asking import asked, refused, same


def sets(written: str) -> set[frozenset[str]]:
    """``A B, C`` are two sets, ``-`` is the empty one, and nothing is no set."""
    parts = [part.split() for part in written.split(",") if part.strip()]
    return {frozenset(part) - {"-"} for part in parts}


FRONT = "sum_{Z} P(Z | X) sum_{X'} P(X') P(Y | Z, X')"
SPORT = "X -> Z; W -> X; W -> Z; Z -> Y; X <-> Y"
SARS = """ADAM17 -> EGFR; ADAM17 -> TNF; ADAM17 -> Sil6r; EGFR -> Cytok; TNF -> Cytok
          Sil6r -> IL6STAT3 -> Cytok; ADAM17 <-> Cytok; ADAM17 <-> Sil6r; EGFR <-> TNF
          EGFR <-> IL6STAT3"""
SARS_LARGE = """SARS -> ACE2; SARS -> PRR; ACE2 -> Ang -> AGTR1 -> ADAM17; ADAM17 -> EGF
    ADAM17 -> TNF; ADAM17 -> Sil6r; Toci -> Sil6r -> IL6STAT3; EGF -> EGFR; TNF -> NFKB; EGFR -> NFKB
    PRR -> NFKB -> IL6AMP; IL6STAT3 -> IL6AMP -> Cytok; Gefi -> EGFR; SARS <-> Ang; ADAM17 <-> Sil6r
    EGF <-> EGFR; TNF <-> EGFR; EGFR <-> IL6STAT3; PRR <-> NFKB"""
IDENTIFIABLE = [
    ("dosearch", "X -> Y; Z -> X; Z -> Y", "P(Y | do(X))", "sum_{Z} P(Z) P(Y | X, Z)"),
    ("dosearch", "X -> Z -> Y; X <-> Y", "P(Y | do(X))", FRONT),
    ("DoWhy", "T -> Y", "P(Y | do(T))", "P(Y | T)"),
    ("DoWhy", "T -> X1 -> Y", "P(Y | do(T))", "sum_{X1} P(X1 | T) P(Y | T, X1)"),
    ("DoWhy", "T -> Y; T -> X1 -> Y", "P(Y | do(T))", "sum_{X1} P(Y | T, X1) P(X1 | T)"),
    ("DoWhy", "T -> Y; X1 -> T; X1 -> Y; X2 -> T", "P(Y | do(T))",
     "sum_{X1} P(Y | X2, X1, T) P(X1)"),
    ("DoWhy", "T; X1 -> Y", "P(Y | do(T))", "sum_{X1} P(X1, Y)"),
    ("causaleffect", SPORT, "P(Y | do(X), Z)",
     "(sum_{X'} P(X' | W) P(Y | W, X', Z)) / (sum_{X',Y'} P(X' | W) P(Y' | W, X', Z))"),
    ("causaleffect", SPORT, "P(Y | do(X))",
     "sum_{W,Z} P(W) P(Z | W, X) sum_{X'} P(X' | W) P(Y | W, X', Z)"),
    ("y0", "Infected -> Hospitalized -> Died; Infected <-> Died", "P(Died | do(Infected))", None),
    ("y0", "SOS -> Ras; Ras -> PI3K; Ras -> Raf -> Mek -> Erk; PI3K -> AKT -> Raf; SOS <-> PI3K",
     "P(Erk | do(SOS))", None),
    ("y0", SARS, "P(Cytok | do(EGFR))", None),
    ("y0", SARS_LARGE, "P(Cytok | do(EGFR))", None),
    ("y0", SARS_LARGE, "P(Cytok | do(Sil6r))", None),
    ("y0", "X1 -> Y1; X1 -> Y2; W -> Y1; W -> Y2; Z -> Y1; Z -> X2; Z -> Y2; X2 -> Y2; "
     "W <-> Z; Z <-> X2", "P(Y1, Y2 | do(X1, X2))", None),
    ("Whittemore", "Z1, X -> Z2 -> Z3; X, Z2, Z3 -> Y; X <-> Z1; X <-> Z3; Z1 <-> Z3",
     "P(Y | do(X))", None),
]  # fmt: skip
UNIDENTIFIABLE = [
    ("dosearch", "X -> Y; X <-> Y", "P(Y | do(X))"),
    ("y0", "Infected -> Died; Infected <-> Died", "P(Died | do(Infected))"),
    ("y0", "X -> W; X -> Y; W -> Y; D -> Z -> Y; X <-> Y", "P(Y | do(X))"),
    ("y0", "X1 -> Y1; X1 -> Y2; W -> Y1; W -> Y2; Z -> Y1; Z -> X2; Z -> Y2; X2 -> Y2; "
     "X1 <-> Y1; W <-> Z; Z <-> X2", "P(Y1, Y2 | do(X1, X2))"),
    ("y0", "S -> T -> C; S -> C; S <-> T", "P(C | do(S))"),
    ("causaleffect", "Z -> X -> Y; X <-> Y", "P(Y | do(X), Z)"),
]  # fmt: skip


@pytest.mark.parametrize(("system", "graph", "query", "published"), IDENTIFIABLE)
def test_identifiable(system, graph, query, published):
    asked(graph, query, published)


@pytest.mark.parametrize(("system", "graph", "query"), UNIDENTIFIABLE)
def test_not_identifiable(system, graph, query):
    refused(graph, query)


def test_an_experiment_that_records_a_surrogate_alone():
    """W is in the observation and not in the experiment, and need not be in either."""
    graph, known = "W -> X; W -> Z; X -> Z -> Y; X <-> Z", ["P(V)", "P(Z | do(X))"]
    refused(graph, "P(Y | do(X))")
    asked(graph, "P(Y | do(X))", "sum_{Z} P(Z | do(X)) P(Y | Z)", given=known)
    inputs = [Input(tuple("WXZY")), Input(("Z",), ("X",))]
    network = Model.parse(graph).network.graph
    assert is_identifiable(network, ["Y"], ["X"], [], inputs)


GAME5 = "A -> X; A -> B; C -> B; C -> Y; X -> Y; B -> X"
GAME6 = "X -> F; C -> X; A -> C; A -> D; B -> D; B -> E; D -> X; D -> Y; E -> Y; F -> Y"
POLZER = """Toothloss -> Mortality; Periodontitis -> Toothloss; Caries -> Toothloss
  Diabetes -> Mortality, Periodontitis, Hypertension, Lipids
  Obesity -> Mortality, Periodontitis, Diabetes, Hypertension, Lipids; Hypertension -> Mortality
  Psychosocial -> Toothloss, Mortality, Periodontitis, Caries, Diabetes, Obesity, Hypertension, Alcohol, Smoking, Sport, Lipids
  Age -> Toothloss, Mortality, Periodontitis, Caries, Diabetes, Obesity, Hypertension, Psychosocial, Alcohol, Smoking, Sport, Lipids
  Sex -> Toothloss, Mortality, Periodontitis, Caries, Diabetes, Obesity, Hypertension, Psychosocial, Alcohol, Smoking, Sport, Lipids
  Alcohol -> Toothloss, Mortality, Diabetes, Obesity, Hypertension, Smoking, Lipids
  Smoking -> Toothloss, Mortality, Periodontitis, Diabetes, Obesity, Hypertension, Sport
  Sport -> Mortality, Periodontitis, Diabetes, Obesity, Hypertension, Lipids; Lipids -> Mortality"""  # noqa: E501
SHARED = "Age Alcohol Psychosocial Sex Smoking"
# system, graph, treatments, outcomes, forced, minimal sets, whether these are all
MINIMAL = [
    ("dagitty", "A -> X; A -> M; B -> M; B -> Y", "X", "Y", "", "-", True),
    ("dagitty", "A -> X; A -> M; B -> M; B -> Y", "X", "Y", "M", "A M, B M", True),
    ("dagitty", "A -> B; U1 -> A; U1 -> M; U2 -> M; U2 -> B", "A", "B", "M", "M U1, M U2", True),
    ("dagitty", "A -> B; C -> B; C -> A", "A", "B", "", "C", True),
    ("dagitty", "A -> B; C -> B; C -> A; D -> C; E -> C; D -> A; E -> B", "A", "B", "", "C D, C E",
     True),
    ("dagitty", "C -> Y1; C -> M; X1 -> X2; X1 -> Y2 -> Y1; X2 -> Y1; X1 -> N -> M -> X2", "X1 X2",
     "Y1 Y2", "", "C, M N", True),
    ("dagitty", POLZER, "Toothloss", "Mortality", "",
     f"{SHARED} Diabetes Obesity Sport, {SHARED} Periodontitis", True),
    ("pgmpy", "X -> A -> Y; A -> B", "X", "Y", "", "-", True),
    ("pgmpy", "X -> E -> Y; A -> B; A -> X; B -> C; D -> B; D -> E", "X", "Y", "", "-", True),
    ("pgmpy", "X -> Y; X -> A; B -> A; B -> Y; B -> X", "X", "Y", "", "B", True),
    ("pgmpy", GAME5, "X", "Y", "", "C, A B", True),
    ("pgmpy", GAME6, "X", "Y", "", "C D, A D, D E, B D", True),
    ("pgmpy", "hidden Z; X -> Y; Z -> X; Z -> Y", "X", "Y", "", "", True),
    ("pgmpy", "hidden U; X -> Y; Z1 -> U -> X; Z1 -> Z3 -> Y; U -> Z2; Z3 -> Z2", "X", "Y", "",
     "Z1, Z3", True),
    ("DoWhy", "Z1 -> Z3; Z1 -> Z4; Z2 -> Z4; Z2 -> Z5; Z3 -> X; Z4 -> X; Z4 -> Y; Z5 -> Y; Z6 -> Y; "
     "X -> Z6", "X", "Y", "", "Z1 Z4, Z2 Z4, Z3 Z4, Z5 Z4", True),
    ("DoWhy", "X -> Y; X -> Z; Y -> Z", "X", "Y", "", "-", True),
    ("DoWhy", "hidden L1, L2; X -> Y; L1 -> X; L1 -> Z; L2 -> Z; L2 -> Y", "X", "Y", "", "-", True),
    ("DoWhy", "hidden L1; X -> Y; L1 -> X; L1 -> Z; Z -> Y", "X", "Y", "", "Z", True),
    ("DoWhy", "hidden L; X -> Y; X -> Z; L -> Z; L -> Y", "X", "Y", "", "-", True),
    ("DoWhy", "hidden L; X -> Y; Z -> X; L -> X; L -> Y", "X", "Y", "", "", True),
    ("DoWhy", GAME5, "X", "Y", "", "C", False),
    ("DoWhy", f"hidden C; {GAME5}", "X", "Y", "", "A B", True),
    ("DoWhy", "hidden U; X -> M -> Y; U -> X; U -> Z; Z -> M", "X", "Y", "", "Z", True),
    ("DoWhy", "hidden U; X -> M -> Y; U -> Z; U -> M; Z -> X", "X", "Y", "", "Z", True),
    ("DoWhy", "X -> Y; W -> X; W -> Y; X -> M; M -> Y", "X", "Y", "", "W", True),
    ("pcalg", "A -> B", "A", "B", "", "-", True),
]  # fmt: skip


@pytest.mark.parametrize(("system", "graph", "x", "y", "forced", "published", "every"), MINIMAL)
def test_minimal_adjustment_sets(system, graph, x, y, forced, published, every):
    found = Model.parse(graph).adjustment_sets(x.split(), y.split(), forced=forced.split())
    ours = {frozenset(one.variables) for one in found}
    assert sets(published) <= ours
    assert not every or ours == sets(published)


PCALG1 = "V1 -> V2 -> V3 -> V6; V1 -> V4; V2 -> V5"
PCALG2 = "V1 -> V2; V1 -> V4 -> V5 -> V6; V3 -> V2; V3 -> V5"
ACID = """X4 -> X5 -> X7; X5 -> X11; X6 -> X7; X6 -> X14; X7 -> X9 -> X10 -> X12; X8 -> X14; X8 -> X15
          X10 -> X15; X11 -> X12 -> X13; X14 -> X16 -> X17; X1 -> X4; X1 -> X3; X2 -> X3
          X15 -> X17; X15 -> X18; X3 -> X6; X3 -> X5"""
# system, graph, treatments, outcomes, sets that adjust, sets that do not
VALID = [
    ("pcalg", PCALG1, "V1", "V3", "-, V4", "V2, V5, V6, V4 V5"),
    ("pcalg", PCALG2, "V4", "V6", "V1, V3, V1 V2, V1 V3", "V5, V1 V5, V2"),
    ("pgmpy", "x1 -> y1; x1 -> z1 -> z2 -> x2; y2 -> z2", "x1 x2", "y1 y2", "z1 z2", "z1"),
    ("pgmpy", "x1 -> y1; x1 -> z1 -> z2 -> x2; y2 -> z2", "x1", "y1", "z1 z2", ""),
    ("dagitty", "X <-> M; M <-> Y; X -> Y", "X", "Y", "-", "M"),
    ("dagitty", "Z -> A; Z -> B; Z -> C; A -> B; A -> C; B -> C", "A", "C", "Z", "-, Z B"),
    ("dagitty", ACID, "X3", "X15", "", "X9, X16"),
    ("DoWhy", "Z1 -> Z3; Z1 -> Z4; Z2 -> Z4; Z2 -> Z5; Z3 -> X; Z4 -> X; Z4 -> Y; Z5 -> Y; Z6 -> Y; "
     "X -> Z6", "X", "Y", "Z1 Z2 Z3 Z4 Z5", "Z4, Z6, Z5, Z2, Z1, Z3, Z1 Z3, Z2 Z5, Z1 Z2"),
    ("DoWhy", "hidden L; X -> Y; Z1 -> L; L -> Z2; Z3 -> Z2; L -> X; Z3 -> Y", "X", "Y",
     "-, Z1 Z2 Z3", "Z2, Z1 Z2"),
    ("DoWhy", "hidden U1, U2; X -> Y; U1 -> X; U1 -> M; U2 -> M; U2 -> Y; Z -> X", "X", "Y", "-, Z",
     "Z M, M"),
    ("DoWhy", "X -> Y; W1 -> X; W1 -> Y; W2 -> M; W2 -> Y; X -> M; M -> Y", "X", "Y", "W1, W1 W2",
     "M, M W1"),
    ("DoWhy", "X -> Z; X -> Y", "X", "Y", "-, Z", ""),
]  # fmt: skip


@pytest.mark.parametrize(("system", "graph", "x", "y", "good", "bad"), VALID)
def test_whether_a_set_adjusts(system, graph, x, y, good, bad):
    network = Model.parse(graph).network.graph
    for chosen in sets(good):
        assert is_adjustment_set(network, x.split(), y.split(), chosen), chosen
    for chosen in sets(bad):
        assert not is_adjustment_set(network, x.split(), y.split(), chosen), chosen


def test_a_collider_that_pgmpy_takes_for_an_adjustment_set():
    """Its tests hold that z2 alone adjusts; it opens x1 -> z1 -> z2 <- y2, and the sums differ."""
    model = Model.parse("x1 -> y1; x1 -> z1 -> z2 -> x2; y2 -> z2")
    effect = model.query("P(y1, y2 | do(x1, x2))")
    assert not is_adjustment_set(model.network.graph, ["x1", "x2"], ["y1", "y2"], ["z2"])
    assert not same(model, effect, model.query("sum_{z2} P(y1, y2 | x1, x2, z2) P(z2)"))
    both = model.query("sum_{z1,z2} P(y1, y2 | x1, x2, z1, z2) P(z1, z2)")
    assert same(model, effect, both)


# A graph whose equivalence class is the published CPDAG; sets that adjust in all of it, or not.
CLASSES = [
    ("pcalg", """V2 -> V1; V2 -> V4; V2 -> V5; V4 -> V5; V1 -> V3; V2 -> V3; V4 -> V3; V4 -> V6
     V5 -> V6; V3 -> V6""", "V3", "V6",
     "V2 V4, V4 V5, V1 V2 V4, V1 V4 V5, V2 V4 V5, V1 V2 V4 V5", "V2, -"),
    ("pcalg", "V2 -> V1; V2 -> V3; V4 -> V3; V3 -> V5", "V1 V5", "V4", "V2 V3", "V2"),
    ("pcalg", "A -> B", "A", "B", "", "-"),
]  # fmt: skip


@pytest.mark.parametrize(("system", "graph", "x", "y", "good", "bad"), CLASSES)
def test_what_adjusts_in_all_equivalent_graphs(system, graph, x, y, good, bad):
    found = Model.parse(graph).adjustment_sets(x.split(), y.split(), kind="all", equivalent=True)
    ours = {frozenset(one.variables) for one in found}
    assert sets(good) <= ours
    assert not sets(bad) & ours


FORK = "X -> M1; X -> M2; Z -> X; Z -> Y; M1 -> Y; M2 -> Y"
FRONT_DOORS = [
    ("hidden Z; X -> M1; Z -> X; Z -> Y; M1 -> Y", "M1", ""),
    (f"hidden Z; {FORK}", "M1 M2", "M1, M2"),
    ("hidden E; E -> X; E -> R; X -> M; R -> M; M -> Y", "", "M, M R"),
    ("hidden D; X -> B; D -> B; B -> Y; D -> Y", "", "B"),
    (f"hidden M2; {FORK}", "", "Z, M1"),
]


@pytest.mark.parametrize(("graph", "good", "bad"), FRONT_DOORS)
def test_front_door_sets_of_dowhy(graph, good, bad):
    network = Model.parse(graph).network.graph
    found = front_door_sets(network, "X", "Y", kind="all")
    ours = {frozenset(one.variables) for one in found if isinstance(one, FrontDoorSet)}
    assert sets(good) <= ours
    assert not sets(bad) & ours


INSTRUMENTS = [
    ("dagitty", "hidden U; W -> Z -> X -> Y; W -> U; U -> X; U -> Y", "Z | W"),
    ("dagitty", "hidden U; Z -> X -> Y; U -> X; U -> Y", "Z"),
    ("pgmpy", "X -> Y; I -> X; W -> I; W <-> Y", "I | W"),
]


@pytest.mark.parametrize(("system", "graph", "published"), INSTRUMENTS)
def test_conditional_instruments(system, graph, published):
    assert [str(one) for one in Model.parse(graph).instruments("X", "Y").found] == [published]


TREE = "AA -> C; B -> C; C -> D; C -> E; D -> F -> G"
PATHS = "Z1 -> Z2 -> X; Z1 -> Z3; Z3 -> X; Z3 -> Y; X -> Y; Z4 -> X; Z4 -> Z5"
MIXED = """Z1 -> Z2 -> X; Z1 -> Z3; Z3 -> X; Z3 -> Y; X -> W0 -> Y; X -> W1 -> W2 -> Y; Z4 -> Z3
           Z4 -> Z5 -> Y; Z1 <-> X; Z2 <-> Z3; Z3 <-> Z5; Y <-> Z4"""
COLLIDER = "A -> X -> M <- Y; M -> P"
# system, graph, statements that hold, statements that do not
SEPARATIONS = [
    ("dagitty", "X <-> M; M -> Y", "X _||_ Y | M", "X _||_ Y"),
    ("dagitty", "X <-> M; M <-> B; B <-> Y", "X _||_ Y | M", "X _||_ Y | M, B"),
    ("dagitty", "X -> M -> Y", "X _||_ Y | M", "X _||_ Y"),
    ("dagitty", "R -> S -> T <- U", "R _||_ U", "R _||_ U | T"),
    ("dagitty", COLLIDER, "X _||_ Y; A _||_ Y", "A _||_ Y | M; X _||_ Y | M; X _||_ Y | P"),
    ("dagitty", "E -> D; A -> E; A -> Z; B -> D; B -> Z; Z -> E; Z -> D", "", "E _||_ B | Z"),
    ("pgmpy", GAME5, "B _||_ Y | C, X", "X _||_ Y"),
    ("y0", TREE, "AA _||_ B; AA _||_ D | C; C _||_ F | D; D _||_ G | F; E _||_ G | C", "AA _||_ B | G"),
    ("y0", PATHS, "X _||_ Z1 | Z2, Z3; X _||_ Z5 | Z4; Y _||_ Z1 | X, Z3, Z4; Y _||_ Z2 | X, Z1, Z3; "
     "Y _||_ Z4 | X, Z3, Z5; Z1 _||_ Z4; Z2 _||_ Z3 | Z1; Y _||_ Z5 | X, Z3; Z3 _||_ Z4", ""),
    ("y0", MIXED, "W0 _||_ W1 | X; W1 _||_ Y | W0, W2, Z3, Z4, Z5; X _||_ Z4 | Z1, Z2, Z3; "
     "X _||_ Z5 | Z1, Z2, Z3; Y _||_ Z1 | W0, W2, Z3, Z4, Z5; Z1 _||_ Z5; Z2 _||_ Z4", "X _||_ Z4 | Z3"),
]  # fmt: skip


@pytest.mark.parametrize(("system", "graph", "apart", "joined"), SEPARATIONS)
def test_separations(system, graph, apart, joined):
    model = Model.parse(graph)
    for statement in filter(None, apart.split("; ")):
        assert model.independence(statement).path is None, statement
    for statement in filter(None, joined.split("; ")):
        assert model.independence(statement).path is not None, statement


LADDER = """E -> V1; E -> V6; V1 -> D; V2 -> D; V2 -> E; V3 -> E; V3 <-> V4; V4 -> V6; V5 -> V4
            V6 -> V7 -> D; D <-> V5"""
SEPARATORS = [
    ("E", "D", "", "V1 V2 V3 V4 V6, V1 V2 V3 V4 V7, V1 V2 V5 V6, V1 V2 V5 V7"),
    ("E", "D", "V7", "V1 V2 V3 V4 V7, V1 V2 V5 V7"),
    ("E", "D", "V5", "V1 V2 V5 V6, V1 V2 V5 V7"),
    ("V4", "V2", "", "-"),
    ("V4", "V2", "D", "D E V3 V5 V6, D E V3 V5 V7"),
]


@pytest.mark.parametrize(("left", "right", "forced", "published"), SEPARATORS)
def test_minimal_separators_of_dagitty(left, right, forced, published):
    found = Model.parse(LADDER).separating_sets(left, right, forced=forced.split())
    assert set(map(frozenset, found)) == sets(published)


def test_a_variable_that_every_separator_of_dagitty_needs():
    assert Model.parse(LADDER).separating_sets("E", "D", forbidden="V2") == []


IMPLIED = [
    ("Z -> X; Z -> I; X -> I; X -> Y; I -> Y", {"Z _||_ Y | X, I"}),
    ("Length -> Push -> Pop; Map -> Length; Map -> Push",
     {"Length _||_ Pop | Push", "Pop _||_ Map | Push"}),
    (
        """hidden A, B, C; A -> W2; A -> W1; B -> W1; B -> X; C -> Y; C -> W2; V -> Z1; V -> Z2
           W1 -> Z1; W2 -> Z2; X -> Y; Z1 -> X; Z2 -> Y""",
        {
            "X _||_ V | W1, Z1", "X _||_ Z2 | V, W2", "X _||_ Z2 | W1, W2, Z1",
            "Y _||_ V | W1, W2, Z1, Z2", "V _||_ W1", "V _||_ W2", "W1 _||_ Z2 | W2",
            "W2 _||_ Z1 | W1", "Z1 _||_ Z2 | V, W2", "Z1 _||_ Z2 | V, W1",
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("graph", "published"), IMPLIED)
def test_minimal_implications_of_dagitty(graph, published):
    model = Model.parse(graph)
    ours = {_spelled(str(one)) for one in model.independencies()}
    assert {_spelled(one) for one in published} <= ours
    for left, right in combinations(sorted({n for one in ours for n in one[0]}), 2):
        of_pair = {one for one in ours if one[0] == {left, right}}
        assert not of_pair or any(_spelled(one)[0] == {left, right} for one in published)


def _spelled(statement: str) -> tuple[frozenset[str], frozenset[str]]:
    ends, _, given = statement.partition(" | ")
    return frozenset(ends.split(" _||_ ")), frozenset(given.split(", ")) - {""}
