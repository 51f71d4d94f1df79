"""Everything that a question returns shows itself in a notebook, and is short where it is only named."""

from __future__ import annotations

import copy
import pickle
import re
from collections.abc import Callable, Iterator
from functools import cache
from xml.etree import ElementTree

import pytest

import symcausal
from symcausal import Model
from symcausal.answer.findings import Findings
from symcausal.record import LONGEST_REPR, shortened
from symcausal.writing.shown import Shown
from tests.command_line import EXAMPLES

STUDENT = Model.load(str(EXAMPLES / "student.model"))
ARROWS = Model("I -> G <- D; I -> S; G -> L")
CONFOUNDED_PAIR = Model("X -> Y; X <-> Y")
FRONT_DOOR = Model("X -> Z -> Y; X <-> Y")
BOW = Model("Z -> X; Z -> Y; X -> Y; X <-> Y")
VERMA = Model("A -> B -> C -> D; B <-> D")
LARGE = Model([(f"V{i}", f"V{i + 1}") for i in range(200)])
ENTRY, POSTERIOR = "P(S=high | I=low)", "P(I=high | S=high)"
EFFECT = "P(Y | do(X))"

# the questions of a model, by the name of the method or property
RESULTS: dict[str, list[Callable[[], object]]] = {
    "adjustment": [lambda: STUDENT.adjustment("G", "L"), lambda: FRONT_DOOR.adjustment("X", "Y")],
    "adjustment_sets": [lambda: STUDENT.adjustment_sets("G", "S")],
    "bounds": [
        lambda: CONFOUNDED_PAIR.bounds("P(Y=1 | do(X=1))"),
        lambda: CONFOUNDED_PAIR.bounds("P(Y=1 | do(X=1))").lower[0],
    ],
    "check": [
        lambda: STUDENT.check("$P(I, D) = P(I) P(D) = P(D)$"),
        lambda: STUDENT.check("$P(I, D) = P(I) P(D)$").claims[0],
    ],
    "check_file": [lambda: STUDENT.check_file(EXAMPLES / "notes.md")],
    "compare": [
        lambda: STUDENT.compare("P(S=high | do(G=A))", "P(S=high | G=A)"),
        lambda: STUDENT.compare("P(S | do(G))", "P(S | G)").open_paths[0],
        lambda: STUDENT.compare("P(S | do(G))", "P(S | G)").repairs[0],
        lambda: STUDENT.compare("P(S | do(G))", "P(S | G)").example,
    ],
    "compile": [lambda: STUDENT.symbolic().compile("P(L=strong)")],
    "constraints": [VERMA.constraints, lambda: VERMA.constraints()[0]],
    "counts": [lambda: STUDENT.counts],
    "counting": [STUDENT.counting, lambda: STUDENT.counting("P(L | I)")],
    "cpt": [lambda: STUDENT.cpt("G")],
    "derive": [
        lambda: ARROWS.derive("P(I | L)"),
        lambda: ARROWS.derive("P(I | L)").steps[1],
        lambda: ARROWS.derive("P(I | L)").chain,
        lambda: ARROWS.derive("P(I | L)").formula,
        lambda: ARROWS.derive("P(I | L)").assumptions[0],
        lambda: ARROWS.derive("P(I | L)").steps[0].rule,
        lambda: STUDENT.derive("P(S | do(G=A))").steps[0],
    ],
    "do": [lambda: STUDENT.do(G="A")],
    "draw": [STUDENT.draw, lambda: STUDENT.draw("svg", do="G")],
    "elimination": [lambda: STUDENT.elimination("P(L)")],
    "essential_graph": [STUDENT.essential_graph],
    "evaluation": [lambda: STUDENT.evaluation("P(L | I)"), lambda: ARROWS.evaluation("P(L)")],
    "front_door": [lambda: FRONT_DOOR.front_door("X", "Y")],
    "front_door_sets": [lambda: FRONT_DOOR.front_door_sets("X", "Y")],
    "closed_form": [lambda: ARROWS.closed_form("P(L | I)")],
    "identify": [
        lambda: FRONT_DOOR.identify(EFFECT),
        lambda: BOW.identify(EFFECT),
        lambda: BOW.identify(EFFECT).hedge,
        lambda: BOW.identify(EFFECT).rivals,
        lambda: BOW.identify(EFFECT).bounds,
        lambda: BOW.identify(EFFECT).remedies[0],
    ],
    "implications": [STUDENT.implications],
    "independence": [
        lambda: STUDENT.independence("D _||_ L | G"),
        lambda: STUDENT.independence("D _||_ L | G").blocking,
    ],
    "independencies": [STUDENT.independencies, lambda: STUDENT.independencies()[0]],
    "instruments": [lambda: FRONT_DOOR.instruments("X", "Y")],
    "network": [
        lambda: STUDENT.network,
        lambda: STUDENT.network.graph,
        lambda: STUDENT.network.table("G"),
        lambda: LARGE.network.graph,
    ],
    "notation": [lambda: STUDENT.notation],
    "parse": [lambda: STUDENT, lambda: LARGE, lambda: ARROWS],
    "probability": [lambda: STUDENT.probability("P(L, S | I, D)")],
    "query": [lambda: STUDENT.query("P(L | do(G=A), I) - E[S]")],
    "sensitivities": [lambda: STUDENT.sensitivities(POSTERIOR)],
    "sensitivity": [
        lambda: STUDENT.sensitivity(POSTERIOR, ENTRY),
        lambda: STUDENT.sensitivity("P(I | S=high)", ENTRY),
        lambda: STUDENT.sensitivity(POSTERIOR, [ENTRY, "P(I=high)"]),
    ],
    "separating_sets": [lambda: STUDENT.separating_sets("I", "L")],
    "symbolic": [STUDENT.symbolic],
    "table": [STUDENT.table, lambda: STUDENT.table("P(L | I)")],
    "to_format": [lambda: STUDENT.to_format("bif")],
    "values": [lambda: STUDENT.values],
}
# builtin types and those of other packages, which show themselves; files; and the same answer again
OTHERS = {
    "causal", "content", "variables", "notes", "given", "graph", "parameters", "independent",
    "equivalent",
    "rounded_rows", "rescaled_rows", "to_text", "to_pgmpy", "to_pyagrum", "from_pgmpy",
    "from_pyagrum", "from_network", "load", "save", "fit", "count", "counted", "evaluate_rows",
}  # fmt: skip


@cache
def results() -> dict[str, object]:
    return {f"{name} {i}": make() for name, many in RESULTS.items() for i, make in enumerate(many)}


def test_every_question_is_here() -> None:
    asked = {name for name in dir(Model) if not name.startswith("_")}
    assert asked == set(RESULTS) | OTHERS
    assert len(results()) >= 36


EVERY = pytest.mark.parametrize(
    "name", [f"{name} {i}" for name, many in RESULTS.items() for i in range(len(many))]
)


@EVERY
def test_a_repr_is_short_and_answers_have_no_dump(name: str) -> None:
    made = results()[name]
    assert 0 < len(repr(made)) <= LONGEST_REPR
    if isinstance(made, Shown | Findings):
        assert not re.search(r"[A-Za-z]{2,}\([a-z]{2,}=", repr(made))


@EVERY
def test_everything_shows_itself(name: str) -> None:
    made = results()[name]
    show = getattr(made, "_repr_mimebundle_", None)
    if show is None:  # said in a line, by itself
        assert "\n" not in repr(made)
        return
    bundle = show()
    assert bundle["text/plain"].strip()
    assert all(isinstance(shown, str) and shown.strip() for shown in bundle.values())
    for kind in ("text/latex", "text/markdown"):
        shown = bundle.get(kind, "")
        assert shown.count("$$") % 2 == 0
        # what VS Code and Colab take as it stands
        assert r"\[" not in shown
        assert "align*" not in shown
        assert r"\label" not in shown
    if kind == "text/latex" and "text/latex" in bundle:
        assert bundle["text/latex"].startswith("$$")
    for picture in re.findall(r"<svg .*?</svg>", bundle.get("text/html", ""), re.DOTALL):
        ElementTree.fromstring(picture)


def test_a_model_is_its_picture_with_its_tables_folded() -> None:
    page = STUDENT._repr_mimebundle_()["text/html"]
    assert page.count("<svg") == 1
    assert page.count("<details>") == 1
    assert page.partition("<details>")[2].count("<table>") == len(STUDENT.variables)
    assert "<table>" not in ARROWS._repr_mimebundle_()["text/html"]
    assert "<svg" not in LARGE._repr_mimebundle_()["text/html"]
    assert repr(LARGE) == "Model(201 variables, 200 arrows)"


def test_values_have_decimals_beside_fractions() -> None:
    table = STUDENT.probability("P(L | I)")
    page = table._repr_mimebundle_()
    for value in table.values():
        assert str(value) in page["text/html"]
    decimals = [float(shown) for shown in re.findall(r"<td[^>]*>(0\.\d+)</td>", page["text/html"])]
    assert decimals == pytest.approx([float(value) for value in table.values()])
    long = STUDENT.probability("P(L, S, G | I, D)")
    assert len(long) == 48
    assert "... 48 values of" in repr(long)
    assert long._repr_mimebundle_()["text/plain"].count("\n") >= 48


def test_a_step_shows_both_sides_and_its_reason() -> None:
    step = ARROWS.derive("P(I | L)").steps[0]
    bundle = step._repr_mimebundle_()
    assert "Bayes' rule" in bundle["text/plain"]
    assert r"\begin{aligned}" in bundle["text/markdown"]
    assert repr(step) == "<Step: Bayes' rule>"


def test_a_step_that_cuts_arrows_shows_the_graph_that_is_left() -> None:
    page = STUDENT.derive("P(S | do(G=A))").steps[0]._repr_mimebundle_()["text/html"]
    (picture,) = re.findall(r"<svg .*?</svg>", page, re.DOTALL)
    assert picture.count('class="cut"') == 2  # I -> G and D -> G


def test_a_formula_is_set_in_maths() -> None:
    bundle = STUDENT.query("P(L | G)")._repr_mimebundle_()
    assert bundle["text/latex"] == r"$$P[L \mid G]$$"
    assert bundle["text/plain"] == "P(L | G)"


def test_findings_are_lists_that_say_what_is_in_them() -> None:
    sets = STUDENT.adjustment_sets("G", "S")
    assert sets == list(sets)
    assert repr(sets) == "[{I}]"
    assert sets._repr_mimebundle_()["text/markdown"] == "- `{I}`"
    assert FRONT_DOOR.adjustment_sets("X", "Y")._repr_mimebundle_()["text/plain"] == "none"


def parts(html: str) -> Iterator[str]:
    yield from re.findall(r"<div>(.*?)</div>", html, re.DOTALL)


def test_things_stand_side_by_side() -> None:
    answer = STUDENT.compare("P(S=high | do(G=A))", "P(S=high | G=A)")
    shown = symcausal.side_by_side(answer, STUDENT.query("P(L)"), STUDENT.draw(do="G"), 3)
    assert repr(shown) == "<4 things side by side>"
    html = shown._repr_mimebundle_()["text/html"]
    assert html == shown._repr_html_()
    assert html.count("<svg") == 3
    assert "<pre>3</pre>" in html
    assert "<math" in html
    assert "flex-wrap" in html
    assert answer.to_text() in shown._repr_mimebundle_()["text/plain"]


@pytest.mark.parametrize("length", [1, 299, 300, 301, 10_000])
def test_what_is_long_is_cut(length: int) -> None:
    cut = shortened("x" * length)
    assert len(cut) <= LONGEST_REPR
    assert (cut == "x" * length) == (length <= LONGEST_REPR)


@pytest.mark.parametrize("name", ["draw 1", "independencies 0", "derive 1", "adjustment 0"])
@pytest.mark.parametrize("way", [copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))])
def test_a_copy_shows_the_same(name: str, way: Callable[[object], object]) -> None:
    made = results()[name]
    again = way(made)
    assert type(again) is type(made)
    assert again == made
    assert again._repr_mimebundle_() == made._repr_mimebundle_()  # type: ignore[attr-defined]


def test_a_value_without_words_is_a_table_of_what_it_holds() -> None:
    shown = results()["identify 4"]._repr_mimebundle_()  # type: ignore[attr-defined]
    assert "$P[X, Y] + 1 - P[X]$" in shown["text/markdown"]
    lines = results()["counts 0"]._repr_mimebundle_()["text/plain"].splitlines()  # type: ignore[attr-defined]
    assert [line.split() for line in lines[2:]] == [
        ["joint", "entries", "48"], ["table", "entries", "26"], ["free", "parameters", "15"],
    ]  # fmt: skip
    rule = results()["derive 5"]._repr_mimebundle_()  # type: ignore[attr-defined]
    assert "transform" not in rule["text/plain"]
    assert "function" not in rule["text/html"]


def test_a_condition_is_a_formula() -> None:
    shown = results()["derive 4"]._repr_mimebundle_()  # type: ignore[attr-defined]
    assert shown["text/latex"] == "$$P[L] > 0$$"


@EVERY
def test_no_display_is_a_call_of_a_class(name: str) -> None:
    show = getattr(results()[name], "_repr_mimebundle_", None)
    for shown in (show() if show else {}).values():
        assert not re.search(r"\b[A-Z][A-Za-z]+\([a-z_]+=|object at 0x", shown)
