"""Pictures hold every variable and edge, show surgery, and are safe whatever the names are."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from symcausal import Model, errors
from tests.command_line import EXAMPLES, run

SVG = "{http://www.w3.org/2000/svg}"
NAPKIN = "W -> R -> X -> Y; W <-> X; W <-> Y; hidden H; H -> Y"


def test_tikz_has_every_node_and_edge():
    """With styles for what is hidden, set and confounded."""
    drawn = Model.parse(NAPKIN).draw()
    nodes = dict(re.findall(r"\\node\[\w+\] \((v\d)\) at \([-\d., ]+\) \{\$(.+)\$\};", drawn))
    assert sorted(nodes.values()) == ["H", "R", "W", "X", "Y"]
    assert len(re.findall(r"\\draw\[->\]", drawn)) == 4
    arcs = re.findall(
        r"\\draw\[confounded\] \((v\d)\) to\[bend (?:left|right)=40\] \((v\d)\);", drawn
    )
    assert [(nodes[a], nodes[b]) for a, b in arcs] == [("W", "X"), ("W", "Y")]
    assert r"\node[hidden]" in drawn
    assert drawn.count("{") == drawn.count("}")


def test_surgery_cuts_and_keeps_the_arrangement():
    """The arrows and the hidden cause that led into X are gone."""
    model = Model.parse(NAPKIN)
    before, after = model.draw(), model.draw(do={"X": "1"})
    assert "$X = 1$" in after
    assert len(re.findall(r"\\draw\[->\]", after)) == 3
    assert after.count(r"\draw[confounded]") == 1
    was, now = (places(drawn) for drawn in (before, after))
    assert [y for _, y in was] == [y for _, y in now]
    assert [x > p for x, _ in was for p, _ in was] == [x > p for x, _ in now for p, _ in now]


def places(drawn):
    """Where the nodes are."""
    return [tuple(map(float, p)) for p in re.findall(r" at \(([-\d.]+), ([-\d.]+)\)", drawn)]


def test_svg_is_xml_with_every_node_and_edge():
    """Five ellipses or rectangles, four arrows, two dashed arcs."""
    picture = ElementTree.fromstring(Model.parse(NAPKIN).draw("svg", do={"R": "0"}))
    assert len(picture.findall(f"{SVG}ellipse")) == 4
    assert len(picture.findall(f"{SVG}rect")) == 1
    assert {node.text for node in picture.findall(f"{SVG}text")} == {"W", "R = 0", "X", "Y", "H"}
    edges = picture.findall(f"{SVG}path")
    left = [edge for edge in edges if edge.get("class") != "cut"]
    assert len(left) == len(edges) - 1
    arcs = [edge for edge in left if edge.get("marker-start")]
    assert len(arcs) == 2
    assert len(left) - len(arcs) == 3


def test_dot_leaves_the_layout_to_graphviz():
    """An edge a line."""
    drawn = Model.parse("X -> Y; X <-> Y; hidden U; U -> X").draw("dot", do={"Y": "1"})
    assert drawn.splitlines() == [
        "digraph {", '  "X";', '  "Y" [shape=box, label="Y = 1"];', '  "U" [style=dashed];',
        '  "U" -> "X";', "}",
    ]  # fmt: skip


@pytest.mark.parametrize("shape", ["tikz", "svg", "dot"])
def test_names_cannot_break_out(shape):
    """Signs that mean something to TeX, XML or Graphviz are spelt out."""
    model = Model([("a<b&c", "50%_{x}"), ("$y$ \\end", "50%_{x}")])
    drawn = model.draw(shape)
    if shape == "svg":
        words = {node.text for node in ElementTree.fromstring(drawn).findall(f"{SVG}text")}
        assert words == {"a<b&c", "50%_{x}", "$y$ \\end"}
    if shape == "dot":
        assert '"$y$ \\\\end"' in drawn
    if shape == "tikz":
        assert r"\end}" not in drawn
        assert not re.search(r"(?<!\\)%", drawn.partition("\n")[2])


def test_the_command_draws():
    """The states of a model, aliases, and refusals in words."""
    student = str(EXAMPLES / "student.model")
    ended = run("draw", student, "--do", "G=A", "--format", "svg")
    assert ended.returncode == 0
    assert "G = A" in ended.stdout
    for actions, word in ((["--do", "G"], "NAME=STATE"), (["--do", "G=Z"], "no state"),
                          (["--do", "Q=1"], "no variable"), (["--do", "G=A,G=B"], "twice")):  # fmt: skip
        ended = run("draw", student, *actions)
        assert ended.returncode == 2
        assert word in ended.stderr
    with pytest.raises(errors.UsageError, match="no format"):
        Model.parse("A").draw("png")
