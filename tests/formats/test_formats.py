"""Every format: what it says, what is wrong in it, and that what is written is read back."""

from __future__ import annotations

import itertools
import random
import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal.algebra.scalar import Number
from symcausal.errors import ModelError, Source, SymcausalError
from symcausal.graph.graph import Graph
from symcausal.network.formats.assembly import Content
from symcausal.network.formats.catalogue import (
    FORMATS,
    format_of,
    named,
    read_format,
    write_format,
)
from symcausal.network.formats.encodings import Decoded, decoded
from symcausal.network.network import Network, Table, Variable
from tests.support.pace import soon

TABLES = ("bif", "xmlbif", "dsc", "uai", "xdsl", "hugin")
GRAPHS = ("dagitty", "dot", "gml")


def read(text: str, form: str) -> Content:
    return read_format(Source(text, "net"), form)


# The same network in every format: rain and sprinkler make the grass wet (three states), with the
# numbers of P(wet | rain, sprinkler) chosen so that every mistaken order of entries shows.
WET = [".7", ".2", ".1", ".3", ".4", ".3", ".05", ".25", ".7", ".01", ".19", ".8"]
SAME = {
    "bif": """network w {} variable R { type discrete [2] { no, yes }; }
        variable S { type discrete [2] { off, on }; } variable W { type discrete [3] { a, b, c }; }
        probability ( R ) { table .8, .2; } probability ( S | R ) { (no) .6, .4; (yes) .99, .01; }
        probability ( W | R, S ) { (no, off) .7 .2 .1; (no, on) .3 .4 .3;
          (yes, off) .05 .25 .7; (yes, on) .01 .19 .8; }""",
    "dsc": """belief network "w" node R { type : discrete [2] = { "no", "yes" }; }
        node S { type : discrete [2] = { "off", "on" }; }
        node W { type : discrete [3] = { "a", "b", "c" }; }
        probability ( R ) { .8, .2; } probability ( S | R ) { (1) : .99, .01; (0) : .6, .4; }
        probability ( W | R, S ) { (0, 0) : .7, .2, .1; (0, 1) : .3 .4 .3;
          (1, 0) : .05, .25, .7; (1, 1) : .01, .19, .8; }""",
    "xmlbif": """<?xml version="1.0"?><!DOCTYPE BIF [ <!ELEMENT BIF ( NETWORK )*> ]>
        <BIF VERSION="0.3"><NETWORK><NAME>w</NAME>
        <VARIABLE TYPE="nature"><NAME>R</NAME><OUTCOME>no</OUTCOME><OUTCOME>yes</OUTCOME></VARIABLE>
        <VARIABLE TYPE="nature"><NAME>S</NAME><OUTCOME>off</OUTCOME><OUTCOME>on</OUTCOME></VARIABLE>
        <VARIABLE><NAME>W</NAME><OUTCOME>a</OUTCOME><OUTCOME>b</OUTCOME><OUTCOME>c</OUTCOME></VARIABLE>
        <DEFINITION><FOR>R</FOR><TABLE>.8 .2</TABLE></DEFINITION>
        <DEFINITION><FOR>S</FOR><GIVEN>R</GIVEN><TABLE>.6 .4 <!-- no --> .99 .01</TABLE></DEFINITION>
        <DEFINITION><FOR>W</FOR><GIVEN>R</GIVEN><GIVEN>S</GIVEN><TABLE>.7 .2 .1 .3 .4 .3
          .05 .25 .7 .01 .19 .8</TABLE></DEFINITION></NETWORK></BIF>""",
    "xdsl": """<?xml version="1.0" encoding="UTF-8"?><smile version="1.0" id="w"><nodes>
        <cpt id="R"><state id="no"/><state id="yes"/><probabilities>0.8 0.2</probabilities></cpt>
        <cpt id="S"><state id="off"/><state id="on"/><parents>R</parents>
          <probabilities>0.6 0.4 0.99 0.01</probabilities></cpt>
        <cpt id="W"><state id="a"/><state id="b"/><state id="c"/><parents>R S</parents>
          <probabilities>.7 .2 .1 .3 .4 .3 .05 .25 .7 .01 .19 .8</probabilities></cpt></nodes>
        <extensions><genie><node id="R"><name>R</name></node></genie></extensions></smile>""",
    "hugin": """net { node_size = (80 40); } % the picture
        node R { label = "R"; states = ("no" "yes"); position = (1 2); }
        discrete node S { states = ("off" "on"); } node W { states = ("a" "b" "c"); }
        potential (R) { data = (0.8 0.2); } potential (S | R) { data = ((0.6 0.4)(0.99 0.01)); }
        potential (W | R S) { data = (((.7 .2 .1) % R=no S=off
           (.3 .4 .3)) ((.05 .25 .7)(.01 .19 .8))); }""",
}


@pytest.mark.parametrize("form", SAME)
def test_the_same_network_in_every_format(form):
    network = read(SAME[form], form).network
    assert network.variables == {
        "R": Variable("R", ("no", "yes")),
        "S": Variable("S", ("off", "on")),
        "W": Variable("W", ("a", "b", "c")),
    }
    assert network.table("S").entries == tuple(
        Number(Fraction(t)) for t in [".6", ".4", ".99", ".01"]
    )
    assert network.table("W").entries == tuple(Number(Fraction(t)) for t in WET)


# The network of the example in the rules of the competition: P(0), P(1 | 0), P(2 | 1).
SAME_WITHOUT_NAMES = {
    "uai": """BAYES
3
2 2 3
3
1 0   # the first
2 0 1
2 1 2

2
 0.436 0.564

4
 0.128 0.872
 0.920 0.080

6
 0.210 0.333 0.457
 0.811 0.000 0.189
""",
}


@pytest.mark.parametrize("form", SAME_WITHOUT_NAMES)
def test_formats_without_names_have_the_last_of_a_scope_fastest(form):
    network = read(SAME_WITHOUT_NAMES[form], form).network
    assert network.variables["X2"].states == ("0", "1", "2")
    assert network.entry("X1", "0", {"X0": "1"}) == Number(Fraction("0.92"))
    assert network.entry("X2", "2", {"X1": "0"}) == Number(Fraction("0.457"))


# -- graphs -----------------------------------------------------------------------------------------
FRONT_DOOR = Graph("UXMY", [("U", "X"), ("X", "M"), ("M", "Y"), ("U", "Y")], [("X", "M")], "U")
SAME_GRAPH = {
    "dagitty": """dag { bb="0,0,1,1" U [latent, pos="0.1,-1"] X [exposure,pos="1,2"]; M Y [outcome]
        U -> {X Y} /* both */ Y <- M <- X // a chain
        X <-> M }""",
    "dot": """strict digraph "front door" { rankdir=LR; node [shape=box]
        U [style=dashed]; X; M; Y
# a comment has a line of its own
        U -> X -> M -> Y; U -> "Y" [color=red, label="a \\"b\\""]
        X:n -> M [dir=both] }""",
    "gml": """graph [ directed 1 # comment
        node [ id 4 label "U" hidden 1 graphics [ x 1.5 ] ] node [ id 1 label "X" ]
        node [ id 2 label "M" ] node [ id 3 label "Y" ]
        edge [ source 4 target 1 ] edge [ source 1 target 2 ] edge [ source 2 target 3 ]
        edge [ source 4 target 3 ] edge [ source 1 target 2 bidirected 1 ] ]""",
}


@pytest.mark.parametrize("form", GRAPHS)
def test_the_same_graph_in_every_format(form):
    network = read(SAME_GRAPH[form], form).network
    assert network.graph == FRONT_DOOR
    assert network.is_open


def test_roles_in_dagitty_are_told_not_kept():
    assert read(SAME_GRAPH["dagitty"], "dagitty").notes == (
        "passed over: exposure X",
        "passed over: outcome Y",
    )


AGRUM = "<smile><nodes>{}</nodes><extensions><genie app='aGrUM 3.3.1'/></extensions></smile>"


def test_tables_of_agrum_in_xdsl_are_not_guessed():
    """It writes 0.1 0.3 0.2 0.4 where GeNIe writes 0.1 0.2 0.3 0.4."""
    states = "<state id='x'/><state id='y'/>"
    node = "<cpt id='{}'>" + states + "<parents>{}</parents><probabilities>{}</probabilities></cpt>"
    a = f"<cpt id='A'>{states}<probabilities>.5 .5</probabilities></cpt>"
    b = node.format("B", "A", ".1 .9 .2 .8")
    network = read(AGRUM.format(a + b), "xdsl").network
    assert network.entry("B", "x", {"A": "y"}) == Number(Fraction(1, 5))
    c = node.format("C", "A B", ".1 .9 .3 .7 .2 .8 .4 .6")
    with pytest.raises(ModelError, match="table of C in a file of aGrUM"):
        read(AGRUM.format(a + b + c), "xdsl")
    assert read(AGRUM.format(a + b + c).replace("aGrUM", "GeNIe"), "xdsl").notes == ()


def test_the_order_of_commented_uai_files_is_told():
    text = "BAYES 3 2 2 2 3 1 0 # A\n 1 1 # B\n 3 0 1 2 # C\n 2 .5 .5 2 .5 .5 8" + " .1 .9" * 4
    (note,) = read(text, "uai").notes
    assert "the last parent fastest" in note
    assert read(re.sub("#.*", "", text), "uai").notes == ()


# -- faults -----------------------------------------------------------------------------------------
BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'
WRONG = [
    ("xmlbif", BOMB, "entity", "1:"),
    ("xmlbif", OUTSIDE, "entity", "1:"),
    ("xdsl", BOMB, "entity", "1:"),
    ("xmlbif", "hello", "no XML", "1:1"),
    ("xmlbif", "<BIF>\n  <NETWORK></BIF>", "no XML", "2:"),
    ("xmlbif", "<x/>", "<x>", "1:1"),
    ("xmlbif", "<BIF><NETWORK/></BIF>", "no variable", "1:1"),
    ("xmlbif", SAME["xmlbif"].replace(".8 .2", ".8 .1"), "sum of 0.9", "6:"),
    ("xmlbif", SAME["xmlbif"].replace("<GIVEN>R", "<GIVEN>Q"), "'Q'", ""),
    ("xmlbif", SAME["xmlbif"].replace('TYPE="nature"', 'TYPE="utility"', 1), "utility", "3:"),
    ("dsc", SAME["dsc"].replace(".99, .01", ".9, .01"), "sum of 0.91", "4:"),
    ("dsc", SAME["dsc"].replace("( S | R )", "( S | Q )"), "'Q'", "4:"),
    ("dsc", SAME["dsc"].replace("[2]", "[4]", 1), "2 states of R", "1:"),
    ("xdsl", "<smile><nodes><noisymax id='N'/></nodes></smile>", "noisymax", "1:15"),
    ("xdsl", SAME["xdsl"].replace("0.8 0.2", "0.8"), "1 number; expected 2", "2:"),
    ("xdsl", SAME["xdsl"].replace("<parents>R S", "<parents>R W"), "circle", "5:"),
    ("hugin", "node A { states = (a b); }\npotential (A B) { data = (1 0); }", "head", "2:"),
    ("hugin", "node A { states = (a b); }\npotential (A) { data = (1 x); }", "'x'", "2:27"),
    ("hugin", "node A { states = (a b); }\npotential (A) { data = ((1 0); }", "brackets", "2:"),
    (
        "hugin",
        "node A { states = (a b); }\npotential (A) { model_data = (1); }",
        "model_data",
        "2:",
    ),
    ("hugin", "continuous node A { }", "continuous", "1:1"),
    ("hugin", "node A { states = (a b);", "does not end", "1:"),
    ("hugin", "what is this", "'what is this'", "1:1"),
    ("uai", "MARKOV\n2\n2 2\n", "Markov network has no conditional", "1:1"),
    ("uai", "BAYES\n1\n2\n1\n1 0\n2\n0.5", "1 number", "7:1"),
    ("uai", "BAYES\n1\n2\n1\n1 5\n2\n0.5 0.5", "a variable of a table: 5", "5:3"),
    ("uai", "BAYES\n1\n2\n1\n1 0\n2\n0.5 0.5 7", "more words", "7:9"),
    ("uai", "BAYES 1 x", "'x'", "1:9"),
    ("uai", "BAYES 99999999999", "99999999999", "1:7"),
    ("dagitty", "pdag { A -> B }", "pdag", "1:1"),
    ("dagitty", "mag { A -> B }", "mag", "1:1"),
    ("dagitty", "dag { A -- B }", "A -- B", "1:7"),
    ("dagitty", "dag { A -> B -> A }", "circle", "1:"),
    ("dagitty", "dag { A -> }", "'}'", "1:12"),
    ("dagitty", "dag { A -> B", "end of the text", "1:13"),
    ("dagitty", "dag { A <-> A }", "A <-> A", "1:7"),
    ("dot", "graph { A -- B }", "graph", "1:1"),
    ("dot", "digraph { A -> B [dir=none] }", "A -- B", "1:11"),
    ("dot", "digraph { A -> B ] }", "']'", "1:18"),
    ("gml", "graph [ node [ id 1 ] ]", "without directions", "1:"),
    ("gml", "graph [ directed 1 edge [ source 1 target 2 ] ]", "'1'", "1:"),
    ("gml", "graph [ directed 1", "end of the text", "1:19"),
    ("gml", "graph ] directed", "']'", "1:7"),
    ("nope", "", "no format 'nope'", ""),
]


@pytest.mark.parametrize(("form", "text", "found", "place"), WRONG)
def test_faults_are_named_at_their_place(form, text, found, place):
    with pytest.raises(SymcausalError) as raised:
        read(text, form)
    assert found in str(raised.value)
    assert f"net:{place}" in str(raised.value) or not place


HOSTILE = {
    "dsc": [
        'belief network "' * 100_000,
        "belief network {" + "node A { " * 100_000,
        'belief network "a" node A { type : discrete [ 2 ] = {' + '"a", ' * 500_000,
    ],
    "xmlbif": ["<a>" * 500_000, "<BIF>" + "<VARIABLE/>" * 100_000 + "</BIF>"],
    "xdsl": ["<smile><nodes>" + "<cpt/>" * 100_000],
    "uai": ["BAYES 50 " + "2 " * 50 + "1 50 " + " ".join(map(str, range(50))), "# " * 1_000_000],
    "hugin": ["node A { " * 100_000, "(" * 1_000_000, 'node A { states = "' * 100_000],
    "dagitty": ["dag {" + "{" * 100_000, "dag { " + "A -> " * 100_000, "dag { /*" * 100_000],
    "dot": [
        "digraph { subgraph " + "{" * 100_000,
        'digraph { "' + "\\" * 1_000_000,
        "digraph { A [label=<" + "<b>" * 300_000,
        "digraph { A [label=" + "<x" * 300_000,
    ],
    "gml": ["graph [" * 100_000, "graph [ directed 1 " + "node [ ] " * 100_000],
}


@pytest.mark.parametrize(("form", "text"), [(f, t) for f, ts in HOSTILE.items() for t in ts])
def test_hostile_files_end_soon(form, text):
    with soon(2):
        with pytest.raises(SymcausalError) as raised:
            read(text, form)
        assert len(str(raised.value)) < 100_000


# -- round trips ------------------------------------------------------------------------------------
NAMES = st.lists(
    st.text("abcXYZ019_ .-<>=&'é/|{}%", min_size=1, max_size=6).filter(lambda s: s.strip() == s),
    min_size=1, max_size=5, unique=True,
)  # fmt: skip
PLAIN = st.lists(
    st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,5}", fullmatch=True).filter(
        lambda s: s.lower() not in ("node", "edge", "graph", "subgraph")
    ),
    min_size=1, max_size=5, unique=True,
)  # fmt: skip


def network_of(names: list[str], seed: int) -> Network:
    """A random network; every number has a few decimals."""
    rng = random.Random(seed)
    variables = {
        name: Variable(name, tuple(f"s{i}" for i in range(rng.randint(1, 3)))) for name in names
    }
    order = rng.sample(names, len(names))
    arrows = [(a, b) for i, a in enumerate(order) for b in order[i + 1 :] if rng.random() < 0.5]
    graph = Graph(names, arrows)
    tables = {}
    for name in names:
        entries: list[Number] = []
        height = 1
        for parent in graph.parents(name):
            height *= len(variables[parent].states)
        for _ in range(height):
            cuts = sorted(rng.randint(0, 1000) for _ in variables[name].states[1:])
            bounds = [0, *cuts, 1000]
            entries += [Number(Fraction(b - a, 1000)) for a, b in itertools.pairwise(bounds)]
        tables[name] = Table(name, graph.parents(name), tuple(entries))
    return Network(variables, graph, tables)


@pytest.mark.parametrize("form", TABLES)
@settings(max_examples=30)
@given(names=PLAIN, seed=st.integers(0, 10**6))
def test_networks_are_read_back_exactly(form, names, seed):
    network = network_of(names, seed)
    text, lost = write_format(network, form)
    again = read(text, form).network
    if form == "uai":
        assert [t.entries for t in again.tables.values()] == [
            t.entries for t in network.tables.values()
        ]
        return
    assert again == network
    assert lost == []


@pytest.mark.parametrize("form", ["xmlbif"])
@settings(max_examples=30)
@given(names=NAMES, seed=st.integers(0, 10**6))
def test_names_of_all_kinds_are_read_back(form, names, seed):
    network = network_of(names, seed)
    assert read(write_format(network, form)[0], form).network == network


@pytest.mark.parametrize("form", ["xdsl", "hugin"])
def test_names_that_do_not_fit_are_told(form):
    network = network_of(["light on", "light_on"], 3)
    text, lost = write_format(network, form)
    assert "the variable 'light on' is written as light_on_2" in lost
    again = read(text, form).network
    assert set(again.variables) == {"light_on", "light_on_2"}
    assert again.variables["light_on_2"].label == "light on"


@pytest.mark.parametrize("form", GRAPHS)
@settings(max_examples=30)
@given(names=PLAIN, seed=st.integers(0, 10**6))
def test_graphs_are_read_back(form, names, seed):
    rng = random.Random(seed)
    arrows = network_of(names, seed).graph.directed
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :] if rng.random() < 0.3]
    hidden = [name for name in names if rng.random() < 0.3]
    graph = Graph(names, arrows, pairs, hidden)
    base = network_of(names, seed)
    text, _ = write_format(Network(base.variables, graph, base.tables), form)
    assert read(text, form).network.graph == graph


@pytest.mark.parametrize("form", TABLES)
def test_what_a_table_format_cannot_hold_is_refused(form):
    bow = read("dag { X -> Y X <-> Y }", "dagitty").network
    with pytest.raises(ModelError, match="hidden common causes: X <-> Y"):
        write_format(bow, form)
    with pytest.raises(ModelError, match="symbols"):
        write_format(read("dag { X -> Y }", "dagitty").network, form)


def test_thirds_are_written_to_seventeen_figures_and_told():
    third = (Number(Fraction(1, 3)),) * 3
    network = Network(
        {"A": Variable("A", ("x", "y", "z"))}, Graph("A"), {"A": Table("A", (), third)}
    )
    text, lost = write_format(network, "bif")
    assert lost == ["3 numbers without a finite decimal, written to 17 figures"]
    content = read(text, "bif")
    assert content.network == network
    assert list(content.rounded) == ["P(A)"]


# -- names of formats, bytes --------------------------------------------------------------------------
def test_formats_by_ending():
    assert format_of("a/B.BIF") == "bif"
    assert format_of("student.model") is None
    assert [named(n) for n in ("net", ".xml", "HUGIN", "gv")] == ["hugin", "xmlbif", "hugin", "dot"]
    endings = [ending for _, found in FORMATS.values() for ending in found]
    assert len(set(endings)) == len(endings)


def test_bytes_are_read_as_they_are_declared():
    assert decoded("né".encode(), "a") == Decoded("né")
    assert decoded(b"\xef\xbb\xbfa\r\nb", "a") == Decoded("a\nb")
    russian = '<?xml version="1.0" encoding="windows-1251"?>ж'.encode("cp1251")
    assert decoded(russian, "a").text[-1] == "ж"
    assert decoded(b"n\xe9", "a").text == "né"
