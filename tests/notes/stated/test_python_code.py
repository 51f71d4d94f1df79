"""Graphs that calls of graphviz and pyAgrum build up, one after the other and over several cells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from symcausal import check, check_file
from symcausal.notes.stated.agrum import fast_edges
from symcausal.notes.stated.python_code import graphs_in_python
from tests.notes.stated.test_sources import shown

DRAWN = "g = graphviz.Digraph()\ng.edge('A', 'B')\n"
NETWORK = "bn = gum.fastBN('X->Y<-Z')\n"
CODE = [
    (f"{DRAWN}g.edge('B', 'C')\ng", ["A>B B>C"]),
    ("from graphviz import Digraph\nd = Digraph('d', format='png')\nd.edge('A', 'B')", ["A>B"]),
    ("import graphviz as gv\nd = gv.Digraph()\nd.edge('A', 'B')\nd.render('x')", ["A>B"]),
    ("from graphviz import Digraph as D\nd = D()\nd.edge('A', 'B')", ["A>B"]),
    ("g = gr.Digraph()\ng.edges(['AB', 'BC', ('C', 'D')])", ["A>B B>C C>D"]),
    ("g = gr.Digraph(node_attr={'shape': 'circle'})\ng.attr(rankdir='LR')\ng.edge('A', 'B')", ["A>B"]),
    (f"{DRAWN}g.node('C', color='red')\ng.edge('B', 'C', color='blue', penwidth='2')", ["A>B B>C"]),
    (f"{DRAWN}g.format = 'svg'\ng.graph_attr['rankdir'] = 'LR'\nprint(g.source)", ["A>B"]),
    (f"{DRAWN}g.edge('C', 'A', dir='back')", ["A>B A>C"]),
    (f"{DRAWN}g.edge('A', 'B', dir='both')", ["A>B A=B"]),
    ("g = gr.Digraph()\ng.edge('A', 'B'),\ng.edge('A', 'C')", ["A>B A>C"]),
    ("one, other = 'A', 'B'\ng = gr.Digraph()\ng.edge(one, other)", []),
    # no edges between variables, or not all of them
    ("g = graphviz.Graph()\ng.edge('A', 'B')", []),
    (f"{DRAWN}g.edge('B', 'C', dir='none')", []),
    (f"{DRAWN}g.edge('B', 'C', arrowhead='none')", []),
    (f"{DRAWN}g.edge('B', 'C', style='invis')", []),
    (f"{DRAWN}g.edge('B', 'C', label='0.3')", []),
    (f"{DRAWN}g.edge('B', 'C', 'yes')", []),
    (f"{DRAWN}g.edge('B', 'A')", []),
    (f"{DRAWN}g.edge('A', 'A')", []),
    ("g = gr.Digraph(edge_attr={'dir': 'none'})\ng.edge('A', 'B')", []),
    ("g = gr.Digraph(edge_attr=styles)\ng.edge('A', 'B')", []),
    (f"{DRAWN}g.attr('edge', dir='none')\ng.edge('B', 'C')", []),
    (f"{DRAWN}g.edge_attr.update(dir='none')\ng.edge('B', 'C')", []),
    ("g = gr.Digraph(body=['A -> B'])\ng.edge('B', 'C')", []),
    (f"{DRAWN}g.body.append('B -> C')", []),
    (f"{DRAWN}g.edge('B:n', 'C')", []),
    (f"{DRAWN}g.edge('B', name)", []),
    (f"{DRAWN}g.edge(B, C)", []),
    (f"{DRAWN}g.edge('B', f'C_{{i}}')", []),
    (f"{DRAWN}g.edge('B', 'C', **style)", []),
    (f"{DRAWN}g.edges(more)", []),
    (f"{DRAWN}g.edges(['BCD'])", []),
    (f"{DRAWN}for n in 'CD':\n    g.edge('B', n)", []),
    (f"{DRAWN}for n in 'CD':\n    g.edges([('B', n)])", []),
    (f"{DRAWN}if x:\n    g.node('B', 'Q')", []),
    (f"{DRAWN}with g.subgraph() as c:\n    c.edge('B', 'C')", []),
    (f"{DRAWN}g.subgraph(h)", []),
    (f"{DRAWN}h = g\nh.edge('B', 'C')", []),
    (f"{DRAWN}grow(g)", []),
    ("with gr.Digraph() as g:\n    g.edge('A', 'B')", []),
    # causal models of a network
    (f"{NETWORK}m = csl.CausalModel(bn)", ["X>Y Z>Y"]),
    (f"{NETWORK}m = csl.CausalModel(bn, [('U', ['X', 'Z'])])", ["X>Y Z>Y U>X U>Z"]),
    (f"{NETWORK}m = csl.CausalModel(bn, [('U', ['X', 'Y'])])", ["Z>Y U>X U>Y"]),
    (f"{NETWORK}m = csl.CausalModel(bn, [('U', ['X', 'Y'])], True)", ["X>Y Z>Y U>X U>Y"]),
    (f"{NETWORK}m = csl.CausalModel(bn, [('U', ('X', 'Y'))], keepArcs=True)", ["X>Y Z>Y U>X U>Y"]),
    (f"{NETWORK}m = csl.CausalModel(bn, keepArcs=k)", []),
    (f"{NETWORK}m = csl.CausalModel(bn, causes)", []),
    (f"{NETWORK}m = csl.CausalModel(bn, [('U', ['X', 'W'])])", []),
    (f"{NETWORK}m = csl.CausalModel(bn, [('Z', ['X', 'Y'])])", []),
    (f"{NETWORK}m = csl.CausalModel(bn)\nm.addCausalArc('X', 'Z')", []),
    (f"{NETWORK}m = csl.CausalModel(bn)\nm.addLatentVariable('U', ['X', 'Z'])", []),
    (f"{NETWORK}bn.addArc('X', 'Z')\nm = csl.CausalModel(bn)", []),
    ("m = csl.CausalModel(bn, [('U', ['X', 'Z'])])", []),
    ("G = nx.DiGraph([('X', 'Y')])\nm = CausalModel(data=d, graph=G)", ["X>Y"]),
    ("m = CausalModel(data=d, graph=G)", []),
]  # fmt: skip
FAST = [
    ("Lung cancer{no|yes}->Dark X ray<-Old age[3]", "Lung cancer>Dark X ray Old age>Dark X ray"),
    ("A->B->C;A->C;D", "A>B B>C A>C"),
    ("A -> B\nB -> C", "A>B B>C"),
    ("A-B", ""),
    ("A->", ""),
    ("A->->B", ""),
    ("A=>B", ""),
    ("A->B,C", ""),
    ("A;B", ""),
]


@pytest.mark.parametrize(("code", "expected"), CODE)
def test_code(code: str, expected: list[str]) -> None:
    assert [shown(edges) for edges in graphs_in_python(code)] == expected


@pytest.mark.parametrize(("text", "expected"), FAST)
def test_the_short_form_of_networks(text: str, expected: str) -> None:
    assert shown(fast_edges(text)) == expected


def test_a_cause_of_a_causal_model_is_hidden() -> None:
    (edges,) = graphs_in_python(f"{NETWORK}m = csl.CausalModel(bn, [('U', ['X', 'Y'])])")
    assert edges.hidden == ("U",)


SMOKING = "bn = gum.fastBN('Smoking->Tar{no|yes}->Lung cancer')"
GENE = "m = gum.CausalModel(bn, [('Gene', ['Smoking', 'Lung cancer'])], True)"
EFFECTS = (
    "\n\nHere $P(Tar\\mid do(Smoking))=P(Tar\\mid Smoking)$, "
    "$P(LungCancer\\mid do(Smoking))=P(LungCancer\\mid Smoking)$.\n"
)


def verdicts(*cells: str) -> list[str]:
    """The verdicts on the effects under what some cells of code say."""
    text = "\n\nThen:\n\n".join(f"```python\n{cell}\n```" for cell in cells)
    return [claim.verdict for claim in check(text + EFFECTS).claims]


@pytest.mark.parametrize("cells", [(SMOKING, GENE), (f"{SMOKING}\n{GENE}",)])
def test_a_hidden_cause_is_added_to_the_network_before(cells: tuple[str, ...]) -> None:
    assert verdicts(SMOKING) == ["holds", "holds"]
    assert verdicts(*cells) == ["holds", "fails"]


@pytest.mark.parametrize(
    "cells",
    [
        (SMOKING, "bn.addArc('Smoking', 'Lung cancer')", GENE),
        (SMOKING, "bn = load()", GENE),
        (SMOKING, GENE, "m.addCausalArc('Tar', 'Smoking')"),
        (SMOKING, GENE, "n = gum.CausalModel(bn, [('Age', ['Smoking', 'Tar'])])"),
        (f"# wrong\n{SMOKING}", GENE),
    ],
)
def test_a_causal_model_of_a_network_that_is_not_known_states_nothing(
    cells: tuple[str, ...],
) -> None:
    assert verdicts(*cells) == ["undecided", "undecided"]


DRAWING = "g = graphviz.Digraph()\ng.node('C', 'Q')\ng.edge('A', 'B')\ng.edge('B', 'Q')\ng"
CHAIN = "$P(Q\\mid A,B)=P(Q\\mid B)$"


def drawn(*cells: str) -> str:
    """The verdict on a chain under the drawing of some cells."""
    text = "\n\nThen:\n\n".join(f"```python\n{cell}\n```" for cell in cells)
    return check(f"{text}\n\n{CHAIN}").claims[0].verdict


def test_later_cells_add_to_a_drawing() -> None:
    plain = DRAWING.replace("g.node('C', 'Q')\n", "")
    assert drawn(plain) == "holds"
    assert drawn(plain, "g.render('out')") == "holds"
    assert drawn(plain, "g.edge('A', 'Q')") == "undecided"
    assert drawn(plain, "g.edges(['AQ'])") == "undecided"
    assert drawn(plain, "g.node('Q', 'B')") == "undecided"


def test_a_piece_of_which_no_formula_speaks_is_left_out() -> None:
    plain = DRAWING.replace("g.node('C', 'Q')\n", "")
    assert (
        drawn(
            plain.replace("\ng.edge('A'", "\ng.edge(\"Father's age\", 'other thing')\ng.edge('A'")
        )
        == "holds"
    )


def test_a_cell_with_a_graph_that_is_not_asserted_ends_the_one_before(tmp_path: Path) -> None:
    words = ("The graph is:", "Then $P(C|A,B)=P(C|B)$. Is this another?", "Here $P(A,B)=P(A)P(B)$.")
    code = [f"g = Digraph()\ng.edge('A', {b!r})\ng.edge({b!r}, {c!r})" for b, c in ("BC", "CB")]
    cells = [("markdown", words[0]), ("code", code[0]), ("markdown", words[1]), ("code", code[1])]
    cells.append(("markdown", words[2]))
    told = [{"cell_type": kind, "source": text, "metadata": {}} for kind, text in cells]
    path = tmp_path / "notes.ipynb"
    path.write_text(json.dumps({"cells": told, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    assert [claim.verdict for claim in check_file(path).claims] == ["holds", "undecided"]


LOOKS = ["get_roots()", "get_leaves()", "get_cardinality()", "get_ancestors_of('B')", "is_imap(j)"]
MAY_CHANGE = [
    "get_graph()", "get_or_create('C')", "get_random_cpds()", "remove_node('A')", "do(['A'])",
    "get_parts().add_edge('A', 'C')", "getattr(name)", "is_model",
]  # fmt: skip


@pytest.mark.parametrize("use", ["print(m.{})", "m.{}", "some = m.{}"])
@pytest.mark.parametrize(
    ("method", "verdict"),
    [*((one, "holds") for one in LOOKS), *((one, "undecided") for one in MAY_CHANGE)],
)
def test_what_asks_something_of_a_graph_leaves_it(use: str, method: str, verdict: str) -> None:
    text = (
        "```python\nm = BayesianNetwork([('A', 'B'), ('B', 'C')])\n```\n\nWe look at it.\n\n"
        f"```python\n{use.format(method)}\n```\n\n$P(C\\mid A,B)=P(C\\mid B)$"
    )
    assert [claim.verdict for claim in check(text).claims] == [verdict]
