"""What is marked in a picture: every format shows it, nothing covers it, and other programs take it."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest

from symcausal import Model, errors
from symcausal.graph.graph import Graph
from symcausal.writing.picture import GAP, PATH_MARKS, Picture
from tests.command_line import EXAMPLES, run
from tests.latex.setting import set_document
from tests.tex_files import has_tex

SVG = "{http://www.w3.org/2000/svg}"
STUDENT = Model.load(str(EXAMPLES / "student.model"))
MARKED = {
    "plain": (STUDENT, {}),
    "set and seen": (STUDENT, {"do": {"G": "A"}, "evidence": {"S": "high"}}),
    "labels": (STUDENT, {"labels": {"G": "Grade & more", "I": "100%"}, "states": True}),
    "paths": (STUDENT, {"path": ["G <- I -> S", "D -> G -> L"], "adjust": "I"}),
    "tables": (STUDENT, {"tables": True, "labels": {"G": "Grade"}, "evidence": "S"}),
    "symbols": (Model("A -> B"), {"tables": "B"}),
    "hidden": (
        Model("W -> R -> X -> Y; W <-> X; W <-> Y; hidden H; H -> Y; W -> Y"),
        {"do": "X", "path": "W <-> Y", "adjust": "R, W", "states": "W"},
    ),
    "rising": (
        Model("Z -> X -> Y; X <-> Y; Z -> W -> V -> Y; monotone Z -> X; monotone X -> Y"),
        {"path": "X -> Y"},
    ),
}
EVERY = pytest.mark.parametrize("name", MARKED)


def drawn(name: str, shape: str) -> str:
    model, marks = MARKED[name]
    return model.draw(shape, **marks)


def elements(name: str, tag: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(drawn(name, "svg")).findall(f"{SVG}{tag}")


# -- what is shown --------------------------------------------------------------------------------
def test_a_monotone_arrow_has_a_plus_as_long_as_it_is_there() -> None:
    signs = [e for e in elements("rising", "text") if e.text == "+"]
    assert len(signs) == 2
    assert drawn("rising", "tikz").count("node[rises] {$+$}") == 2
    assert '"Z" -> "X" [label="+"];' in drawn("rising", "dot")
    model, _ = MARKED["rising"]
    assert model.draw("svg", do="X").count('class="rises"') == 1  # Z -> X is cut
    assert model.draw("tikz", do="X").count("node[rises]") == 1
    assert model.draw("dot", do="X").count("+") == 1
    assert "rises" not in drawn("plain", "tikz") + drawn("plain", "svg")


def test_monotone_arrows_are_told_in_words_and_in_data() -> None:
    model, _ = MARKED["rising"]
    words = model.draw("text").splitlines()
    assert "monotone Z -> X" in " ".join(words)
    assert json.loads(model.draw("json"))["monotone"] == [["Z", "X"], ["X", "Y"]]
    assert "monotone" not in json.loads(Model("X -> Y").draw("json"))


def test_what_is_set_is_framed_and_what_is_seen_is_shaded() -> None:
    (frame,) = elements("set and seen", "rect")
    assert frame.get("fill") is None
    shaded = [e for e in elements("set and seen", "ellipse") if e.get("fill")]
    assert [e.get("fill") for e in shaded] == ["currentColor"]
    words = {e.text for e in elements("set and seen", "text")}
    assert words == {"I", "D", "G = A", "S = high", "L"}
    assert drawn("set and seen", "tikz").count("[observed, evidence]") == 1
    assert drawn("set and seen", "dot").count("fillcolor") == 1


def test_cut_arrows_are_ghosts_and_programs_read_the_graph_after_surgery() -> None:
    cut = [e for e in elements("set and seen", "path") if e.get("class") == "cut"]
    assert len(cut) == 2
    assert drawn("set and seen", "tikz").count(r"\draw[cut]") == 2
    assert "I" not in re.findall(r'"(\w)" -> "G"', drawn("set and seen", "dot"))


def test_paths_have_a_colour_and_a_pattern_each() -> None:
    looks: dict[str, set[tuple[str | None, str | None]]] = {}
    for edge in elements("paths", "path"):
        if edge.get("class"):
            looks.setdefault(str(edge.get("class")), set()).add(
                (edge.get("stroke"), edge.get("stroke-dasharray"))
            )
    assert sorted(looks) == ["path-1", "path-2"]
    (one,), (other,) = looks["path-1"], looks["path-2"]
    assert one[0] != other[0]
    assert one[1] != other[1]
    assert drawn("paths", "tikz").count(", path 1]") == 2
    assert drawn("paths", "dot").count(PATH_MARKS[1].colour) == 2


def luminance(colour: str) -> float:
    """Of a colour in six digits, as the guidelines for accessible pages define it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("mark", PATH_MARKS)
@pytest.mark.parametrize("page", ["ffffff", "121212"])
def test_paths_are_seen_on_light_and_on_dark(mark, page) -> None:
    light, dark = sorted((luminance(mark.colour), luminance(page)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 3


def test_everything_else_has_the_colour_of_the_page() -> None:
    printed = drawn("hidden", "svg")
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', printed))
    assert colours == {"none", "currentColor", f"#{PATH_MARKS[0].colour}"}
    assert "svg:root{color-scheme:light dark}" in printed


def test_an_adjustment_set_stands_in_boxes_and_a_hedge_in_double_lines() -> None:
    assert [e.get("class") for e in elements("paths", "rect")] == ["adjusted"]
    assert drawn("paths", "tikz").count(r"\draw[adjusted]") == 1
    assert drawn("paths", "dot").count("subgraph cluster_") == 1
    from symcausal.writing.svg import svg

    hedge = Picture(Graph("XYZ", ["XY", "ZX"], ["XY"]), held=("X", "Y"))
    assert svg(hedge).count("<ellipse") == 5
    assert svg(hedge).count('stroke-width="2.5"') == 2


def test_labels_and_states_stand_under_names() -> None:
    words = [e.text for e in elements("labels", "text")]
    at = words.index("G")
    assert words[at : at + 3] == ["G", "Grade & more", "A, B, C"]
    assert r"$G$\\ {\scriptsize Grade \& more}\\ {\scriptsize A, B, C}" in drawn("labels", "tikz")
    assert r'"G\nGrade & more\nA, B, C"' in drawn("labels", "dot")


def test_tables_stand_beside_nodes() -> None:
    words = [e.text for e in elements("tables", "text")]
    assert words.count("0.95") == 1
    entries = sum(len(row) for name in STUDENT.variables for _, row in STUDENT.network.rows(name))
    assert len([word for word in words if re.fullmatch(r"0\.\d+", str(word))]) == entries
    assert drawn("tables", "tikz").count(r"\begin{tabular}") == 5
    assert drawn("tables", "dot").count("xlabel=<<table") == 5


# -- where ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("seed", range(25))
def test_no_arrow_runs_through_a_table_or_another_node(seed: int) -> None:
    """Tables of any width, with long arrows over several rows."""
    rng = random.Random(seed)
    names = [f"V{i}" for i in range(rng.randint(2, 7))]
    arrows = [pair for pair in combinations(names, 2) if rng.random() < 0.35]
    model = Model(arrows or [("V0", "V1")], states={name: rng.randint(2, 4) for name in names[:2]})
    picture = model.draw("svg", tables=True, labels={"V0": "the first of them"}).drawn.picture
    arranged = picture.arranged()
    for edge, chain in arranged.bends.items():
        way = [arranged.places[edge[0]], *chain, arranged.places[edge[1]]]
        for name, (x, y) in arranged.places.items():
            half = picture.width(name) / 2
            table = (x + half + GAP, x + half + GAP + sum(picture.columns(name)))
            high = picture.table_height(name) / 2
            assert not any(meets(piece, table, (y - high, y + high)) for piece in pairwise(way))
            if name not in edge:
                deep = picture.height(name) / 2
                around = (x - half, x + half), (y - deep, y + deep)
                assert not any(meets(piece, *around) for piece in pairwise(way))


def meets(piece, across, down) -> bool:
    """Whether a straight line enters a rectangle, looked at from point to point."""
    (x, y), (p, q) = piece
    return any(
        across[0] < x + t / 200 * (p - x) < across[1] and down[0] < y + t / 200 * (q - y) < down[1]
        for t in range(201)
    )


@EVERY
def test_the_picture_holds_every_line_and_word(name: str) -> None:
    """Nothing is cut off at its sides."""
    root = ElementTree.fromstring(drawn(name, "svg"))
    left, top, wide, high = map(float, root.attrib["viewBox"].split())
    for path in root.findall(f"{SVG}path"):
        points = re.findall(r"(-?[\d.]+) (-?[\d.]+)", path.attrib["d"].split("Q")[0])
        assert all(left <= float(x) <= left + wide for x, _ in points)
        assert all(top <= float(y) <= top + high for _, y in points)


# -- who reads it ---------------------------------------------------------------------------------
@EVERY
def test_programs_read_the_graph_of_a_dot_file(name: str, tmp_path) -> None:
    model, marks = MARKED[name]
    text = model.draw("dot", **marks)
    done = marks.get("do", {})
    after = model.network.graph.cut(into=[done] if isinstance(done, str) else done)
    arrows = re.findall(r'^  "(\w+)" -> "(\w+)"(?! \[dir)', text, re.MULTILINE)
    assert arrows == list(after.directed)
    if not after.bidirected:
        (tmp_path / "a.dot").write_text(text, encoding="utf-8")
        assert set(Model.load(tmp_path / "a.dot").graph.edges) == set(after.directed)


@EVERY
@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_graphviz_takes_dot(name: str) -> None:
    ended = subprocess.run(
        ["dot", "-Tsvg"], input=drawn(name, "dot"), capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0
    assert not ended.stderr
    assert "<svg" in ended.stdout


TIKZ = r"\usepackage{tikz, amsmath}\usetikzlibrary{arrows.meta, shapes.geometric}"


@pytest.mark.latex
@EVERY
@pytest.mark.parametrize("kind", ["standalone", "article"])
def test_tikz_compiles_alone_and_inside_an_article(kind: str, name: str, tmp_path) -> None:
    if not has_tex("tikz.sty", f"{kind}.cls"):
        pytest.skip("TikZ is not installed")
    source = rf"\documentclass{{{kind}}}{TIKZ}\begin{{document}}{drawn(name, 'tikz')}"
    set_document(source + r"\end{document}", tmp_path)


# -- how it is asked for --------------------------------------------------------------------------
def test_a_drawing_is_a_string_that_shows_itself() -> None:
    picture = STUDENT.draw("tikz", do={"G": "A"})
    assert isinstance(picture, str)
    assert str(picture).startswith("% ")
    assert repr(picture) == "<tikz of a graph of 5 variables>"
    bundle = picture._repr_mimebundle_()
    assert bundle["image/svg+xml"] == STUDENT.draw("svg", do={"G": "A"})
    assert bundle["text/plain"] == repr(picture)


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"path": "G -> I"}, "no edge G -> I"),
        ({"path": "G"}, "as a path"),
        ({"path": "G <- Q"}, "no variable 'Q'"),
        ({"adjust": "Q"}, "no variable"),
        ({"labels": {"Q": "?"}}, "no variable"),
        ({"evidence": {"S": "middling"}}, "no state"),
        ({"do": {"G": "A"}, "evidence": {"G": "A"}}, "set and seen"),
        ({"states": "Q"}, "no variable"),
        ({"tables": "Q"}, "no variable"),
    ],
)
def test_what_is_not_there_is_refused(options, word) -> None:
    with pytest.raises(errors.SymcausalError, match=word):
        STUDENT.draw("svg", **options)


def test_the_command_marks_what_the_method_marks() -> None:
    model = str(EXAMPLES / "student.model")
    ended = run(
        "draw", model, "--format", "svg", "--do", "G=A", "--evidence", "S=high, L",
        "--path", "G -> L", "--adjust", "I, D", "--label", "G=Grade, in letters",
        "--states", "--tables",
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    expected = STUDENT.draw(
        "svg", do={"G": "A"}, evidence={"S": "high", "L": ""}, path="G -> L", adjust="I, D",
        labels={"G": "Grade, in letters"}, states=True, tables=True,
    )  # fmt: skip
    assert ended.stdout.strip() == expected.strip()
    for words, said in ((["--evidence", "=high"], "NAME=STATE"), (["--label", "G"], "NAME=WORDS"),
                        (["--path", "G"], "as a path")):  # fmt: skip
        ended = run("draw", model, *words)
        assert ended.returncode == 2
        assert said in ended.stderr
