import random
from fractions import Fraction
from pathlib import Path

import pytest

from symcausal.algebra.scalar import ONE, Indeterminate, Number, Plus, Power, Times, minus, plus
from symcausal.errors import ImpossibleEventError, LimitError, UsageError
from symcausal.expr import build
from symcausal.expr.nodes import Expr, Scalar
from symcausal.network.network import Network, Table, Variable
from symcausal.numbers.evaluate.closed_form import ClosedForm, closed_form
from symcausal.numbers.source.languages import LANGUAGES, to_source
from symcausal.numbers.source.writer import Wording
from tests.numbers.evaluate.exact import evaluate_exact
from tests.numbers.evaluate.queries import ask, loosened, symbolic
from tests.numbers.source.running import Case, missing, run, run_exactly
from tests.support.random_models import random_formula, random_network, random_query
from tests.support.student import SUPERSCRIPTS, asia, chain, student

OPEN = symbolic(student(SUPERSCRIPTS))
Q, R = Indeterminate("q"), Indeterminate("r")
NASTY = (
    "lambda", "def", "None", "double", "NAN", "I", "y0", "t1", "t2", "theta", "values", "np",
    "divided", "Fraction", "end", "T", "c", "probability", "α", "Α", "q′", "q", "q_prime", "é",
    "e\u0301", "e", "_x", "3", "ﬁ", "fi", "x y", "x-y", "日本", "class", "in", "ifelse", "iszero", "",
)  # fmt: skip

Sample = tuple[ClosedForm, tuple[str, ...], list[dict[str, Fraction]]]


def sampled(seed: int) -> Sample | None:
    """A closed form of a random model, partly symbolic, with numbers for its symbols."""
    rng = random.Random(seed)
    numeric = random_network(rng, nodes=(3, 5), positive=seed % 2 == 0)
    network, values = loosened(numeric, rng, share=0.9)
    if seed % 3:
        expr: Expr = random_query(rng, network)
    else:
        expr = random_formula(rng, network)
    try:
        form = closed_form(network, expr)
    except ImpossibleEventError:
        return None
    others = {name: Fraction(rng.randint(1, 9), 10) for name in values}
    names = tuple(p.name for p in network.parameters)
    return form, names, [values, others]


def special() -> list[Sample]:
    """Powers, reciprocals, thirds, huge whole numbers, a constant, more cells than letters."""
    thirds = Number(Fraction(1, 3))
    exprs = [
        Scalar(Times((thirds, Q))),
        Scalar(Plus((Number(Fraction(2, 7)), Times((Number(Fraction(-5, 3)), Q, R))))),
        Scalar(Plus((Times((Number(Fraction(-1)), Q)), Times((Number(Fraction(-1)), R))))),
        Scalar(Power(Plus((Q, R)), 3)),
        Scalar(Power(Plus((Q, R)), -2)),
        Scalar(Power(Q, 7)),
        Scalar(Power(Q, -1)),
        Scalar(Times((Power(Q, 2), Power(R, 11), Power(Plus((Q, R)), -1)))),
        Scalar(Times((Number(Fraction(10**30 + 1, 3)), Q))),
        Scalar(Number(Fraction(-1, 3))),
        Scalar(Number(Fraction(0))),
        Scalar(Plus(tuple(Times((Number(Fraction(i)), Power(Q, i))) for i in range(1, 120)))),
    ]
    network = Network({}, OPEN.graph.__class__(()), {})
    points = [{"q": Fraction(1, 3), "r": Fraction(3, 4)}, {"q": Fraction(0), "r": Fraction(0)}]
    return [(closed_form(network, expr), ("q", "r"), points) for expr in exprs]


def bound(seed: int) -> list[dict[str, Fraction]]:
    """Numbers for the student network and for asia; zeros among them."""
    rng = random.Random(seed)
    names = [p.name for p in (*OPEN.parameters, *symbolic(asia()).parameters)]
    return [
        {name: Fraction(rng.randint(1, 9), 20) for name in names},
        {name: Fraction(rng.choice((0, 1))) for name in names},
    ]


def books() -> list[Sample]:
    clinic = symbolic(asia())
    asked = [
        (OPEN, ask("I", "L=l1")),
        (OPEN, ask("L=l1", "I=i0")),
        (OPEN, ask("L G", do="I=i1")),
        (clinic, ask("A=yes", "D=yes")),
        (clinic, ask("S", "D X=yes")),
    ]
    return [
        (closed_form(network, expr), tuple(p.name for p in network.parameters), bound(7))
        for network, expr in asked
    ]


SAMPLES = [
    *special(),
    *books(),
    *(sample for seed in range(60) if (sample := sampled(seed)) is not None),
]


def expected(sample: Sample) -> list[list[Fraction | None]]:
    """The exact values, cell by cell; ``None`` where a cell is not defined."""
    form, _, points = sample

    def value(key: tuple[str, ...], point: dict[str, Fraction]) -> Fraction | None:
        if key in form.nodes.undefined:
            return None
        try:
            return evaluate_exact(form.circuit, form.nodes[key], point)
        except ImpossibleEventError:
            return None

    keys = sorted(
        {*form.nodes, *form.nodes.undefined},
        key=lambda key: [s.index(k) for s, k in zip(form.nodes.states, key, strict=True)],
    )
    return [[value(key, point) for key in keys] for point in points]


def case(i: int, language: str) -> Case:
    form, order, points = SAMPLES[i]
    used = [name for name in order if name in form.parameters]
    source = to_source(form, language, name=f"f{i}", order=order)
    cells = len(form.nodes) + len(form.nodes.undefined)
    numbers = [[point[name] for name in used] for point in points]
    return Case(f"f{i}", source, bool(form.variables), cells, numbers)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_function_computes_the_closed_form(language: str, tmp_path: Path):
    if missing(language):
        pytest.skip(f"there is no {missing(language)} to run {language} with")
    found = run(language, [case(i, language) for i in range(len(SAMPLES))], tmp_path)
    for i, sample in enumerate(SAMPLES):
        for values, exact in zip(found[i], expected(sample), strict=True):
            if language == "python" and None in exact and not sample[0].nodes.undefined:
                assert all(value != value for value in values), i  # Python raises for all cells
                continue
            for value, known in zip(values, exact, strict=True):
                if known is None:
                    assert value != value, (i, value)
                else:
                    assert value == pytest.approx(float(known), rel=1e-9, abs=1e-12), i


def test_plain_python_is_exact_with_fractions(tmp_path: Path):
    found = run_exactly([case(i, "python") for i in range(len(SAMPLES))], tmp_path)
    compared = 0
    for i, sample in enumerate(SAMPLES):
        for values, exact in zip(found[i], expected(sample), strict=True):
            if None in exact and not sample[0].nodes.undefined:
                assert values == [None] * len(values), i
            else:
                compared += len(exact)
                assert values == exact, i
    assert compared > 200


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_any_name_becomes_an_identifier_of_its_own(language: str, tmp_path: Path):
    # Each argument is one at one point: two that were taken for each other would be seen there.
    count = len(NASTY)
    network = Network({}, OPEN.graph.__class__(()), {})
    terms = [
        Scalar(Times((Number(Fraction(i)), Indeterminate(name)))) for i, name in enumerate(NASTY, 2)
    ]
    form = closed_form(network, build.add([*terms, Scalar(Number(Fraction(1, 2)))]))
    text = to_source(form, language, name="sum_of_all", order=NASTY)
    mark = {"c": "//", "javascript": "//"}.get(language, "#")
    assert all(line.partition(mark)[0].isascii() for line in text.split("\n"))
    if missing(language):
        pytest.skip(f"there is no {missing(language)} to run {language} with")
    points = [[Fraction(int(i == j)) for i in range(count)] for j in range(count)]
    [values] = run(language, [Case("sum_of_all", text, False, 1, points)], tmp_path)
    assert values == [[i + 2.5] for i in range(count)]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_no_name_of_a_state_escapes_from_its_comment(language: str, tmp_path: Path):
    worst = ("a\nboom(", "b\\", "*/ boom(", "??/", '"""', "\u2028boom(", "#=", "\rboom(")
    variables = {"X": Variable("X", worst)}
    entries = [Indeterminate(f"p{i}", "X", state) for i, state in enumerate(worst)]
    table = Table("X", (), tuple(entries))
    network = Network(variables, OPEN.graph.__class__(("X",)), {"X": table})
    form = closed_form(network, ask("X"))
    wording = Wording("P(X)\nboom(", ("P(X) > 0\\",))
    text = to_source(form, language, name="cells", order=[p.name for p in entries], wording=wording)
    if missing(language):
        pytest.skip(f"there is no {missing(language)} to run {language} with")
    point = [Fraction(i) for i in range(len(worst))]
    [[values]] = run(language, [Case("cells", text, True, len(worst), [point])], tmp_path)
    assert values == list(range(len(worst)))


def test_comments_say_what_the_arguments_are():
    form = closed_form(OPEN, ask("G=g1", "I=i0"))
    text = to_source(form, "python", order=[p.name for p in OPEN.parameters])
    assert "def probability(theta_D_d0, theta_G_g1_I_i0_D_d0, theta_G_g1_I_i0_D_d1):" in text
    assert "# theta_G_g1_I_i0_D_d1: P(G=g1 | I=i0, D=d1)" in text


def test_a_cell_that_is_not_defined_says_why():
    variables = {"A": Variable("A"), "B": Variable("B")}
    tables = {
        "A": Table("A", (), (Number(Fraction(0)), Number(Fraction(1)))),
        "B": Table("B", ("A",), (Q, plus([ONE, minus(Q)])) * 2),
    }
    network = Network(variables, OPEN.graph.__class__(("A", "B"), [("A", "B")]), tables)
    text = to_source(closed_form(network, ask("B", "A")), "c")
    assert "A=0: not defined, A=0 is impossible" in text
    assert text.count("NAN") == 2


def test_what_cannot_be_written_is_refused():
    form = closed_form(OPEN, ask("I=i1"))
    with pytest.raises(UsageError, match="no language 'fortran'"):
        to_source(form, "fortran")
    for name in ("double", "a b", "", "1x", "f(", "x" * 300):
        with pytest.raises(UsageError):
            to_source(form, "c", name=name)


def test_a_function_that_would_be_too_long_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("symcausal.numbers.source.program.MOST_OPERATIONS", 50)
    with pytest.raises(LimitError, match="sums and products"):
        to_source(closed_form(symbolic(chain(12)), ask("X11=1")), "python")
