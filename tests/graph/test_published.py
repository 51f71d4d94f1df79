"""Answers that others have published for graphs of their own.

The sets and independencies are those that the authors of DAGitty state for it (Textor and others
2016; its manual pages and the facts that it is tested for), unless a line names another source.
"""

from __future__ import annotations

import pytest

from symcausal.graph.adjustment import AdjustmentSet, NoAdjustmentSet, adjustment_sets
from symcausal.graph.front_door import FrontDoorSet, front_door_sets
from symcausal.graph.graph import Graph
from symcausal.graph.independencies import independencies
from symcausal.graph.instruments import instruments


def graph(text: str, *, hidden: str = "") -> Graph:
    """Arrows ``A->B C``, bidirected edges ``A<->B``, with semicolons between them."""
    directed: list[tuple[str, str]] = []
    both: list[tuple[str, str]] = []
    for part in text.split(";"):
        sign = "<->" if "<->" in part else "->"
        left, _, right = part.partition(sign)
        pairs = [(left.strip(), name) for name in right.split()]
        (both if sign == "<->" else directed).extend(pairs)
    names = sorted({name for pair in (*directed, *both) for name in pair})
    return Graph(names, directed, both, hidden.split())


# Shrier and Platt (2008), Figure 2: warming up and injuries
INJURY = graph(
    "Coach->Motivation Fitness; Genetics->Fitness Fatigue Tissue; Tissue->Fatigue Weakness;"
    "Fitness->PreGame Fatigue; Motivation->WarmUp Previous; PreGame->WarmUp; WarmUp->InGame;"
    "Contact->Previous InGame; Fatigue->InGame Injury; InGame->Injury; Weakness->Injury"
)
LATTICE = graph(
    "S->T; a->h c T; b->e f; d->j i; e->a f; f->n; g->d m j; h->T S; i->h T; i4->p; m->j i;"
    "n->c S; o->y q; p->q o; q->y; x->S o p; z->T q p"
)


@pytest.mark.parametrize(
    ("given", "x", "y", "rules", "expected"),
    [
        ("X->Y; X<->M; M<->Y", "X", "Y", {}, {""}),
        ("a->x m; b->m y", "x", "y", {}, {""}),
        ("a->x m; b->m y", "x", "y", {"forced": "m"}, {"a m", "b m"}),
        ("A->B; U1->A M; U2->M B", "A", "B", {"forced": "M"}, {"M U1", "M U2"}),
        ("m->x y; a->m x; b->m y", "x", "y", {}, {"a m", "b m"}),
        ("S->T; h->S; i->h T; x->S z; z->T", "S", "T", {}, {"h x", "h z", "i x", "i z"}),
        ("X1->M1; Y->M2; M1->M2; M2->X2", "X1 X2", "Y", {}, {"M1 M2"}),
        ("A->U; B->Z; Z->E; U->Z", "A E", "B", {}, {"U Z"}),
        (
            "C->Y1 m; X1->X2 Y2 m2; Y2->Y1; X2->Y1; m2->m; m->X2",
            "X1 X2",
            "Y1 Y2",
            {},
            {"C", "m m2"},
        ),
        ("Z->a b c; a->b c; b->c", "a", "c", {}, {"Z"}),
    ],
)
def test_adjustment(given: str, x: str, y: str, rules: dict[str, str], expected: set[str]) -> None:
    split = {name: text.split() for name, text in rules.items()}
    found = adjustment_sets(graph(given), x.split(), y.split(), **split)
    assert _sets(found) == expected


def _sets(found: list[AdjustmentSet] | list[NoAdjustmentSet]) -> set[str]:
    assert all(isinstance(one, AdjustmentSet) for one in found)
    return {" ".join(sorted(one.variables)) for one in found if isinstance(one, AdjustmentSet)}


def test_an_outcome_that_acts_on_a_treatment() -> None:
    """Without an arrow into the outcome there is a set, with one there is none."""
    [found] = adjustment_sets(graph("X1->Y M1; Y->M2; M1->M2; M2->X2"), ["X1", "X2"], ["Y"])
    assert isinstance(found, NoAdjustmentSet)


def test_warming_up_and_injuries() -> None:
    forbidden = ["Genetics", "Tissue", "InGame"]
    found = adjustment_sets(INJURY, ["WarmUp"], ["Injury"], forced=["Fitness"], forbidden=forbidden)
    assert _sets(found) == {
        "Coach Fitness",
        "Fatigue Fitness Weakness",
        "Fitness Motivation",
    }


def test_a_graph_of_twenty_one_variables() -> None:
    found = adjustment_sets(LATTICE, "S", "T", forced="y")
    assert _sets(found) == {
        f"{first} h {last}" if first < "h" else f"h {first} {last}"
        for first in "aefn"
        for last in ("x y", "y z")
    }


@pytest.mark.parametrize(
    ("given", "hidden", "expected"),
    [
        ("i->x; x->y; x<->y", "", {"i": [()]}),
        ("i->x; x->y; x<->y; z->y i", "", {"i": [("z",)]}),
        ("w->z u; z->x; x->y; u->x y", "u", {"z": [("w",)]}),
        ("z->x; x->y; u->x y", "u", {"z": [()]}),
    ],
)
def test_instruments(given: str, hidden: str, expected: dict[str, list[tuple[str, ...]]]) -> None:
    """The manual page of instrumentalVariables; van der Zander and others (2015)."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for one in instruments(graph(given, hidden=hidden), "x", "y"):
        found.setdefault(one.variable, []).append(one.given)
    assert found == expected


def test_implied_independencies_with_hidden_causes() -> None:
    made = graph(
        "A->W2 W1; B->W1 X; C->Y W2; V->Z1 Z2; W1->Z1; W2->Z2; X->Y; Z1->X; Z2->Y",
        hidden="A B C",
    )
    expected = {
        ("V", "X"): {"W1 Z1"},
        ("X", "Z2"): {"V W2", "W1 W2 Z1"},
        ("V", "Y"): {"W1 W2 Z1 Z2"},
        ("V", "W1"): {""},
        ("V", "W2"): {""},
        ("W1", "Z2"): {"W2"},
        ("W2", "Z1"): {"W1"},
        ("Z1", "Z2"): {"V W2", "V W1"},
    }
    found: dict[tuple[str, str], set[str]] = {}
    for one in independencies(made):
        found.setdefault((one.left[0], one.right[0]), set()).add(" ".join(one.given))
    assert found == expected


@pytest.mark.parametrize(
    ("given", "x", "y", "expected"),
    [
        # Pearl (2009), Figure 3.5
        ("X->Z; Z->Y; X<->Y", "X", "Y", [("Z",)]),
        # Pearl (2009), Section 3.3.3: smoking, tar and cancer
        ("Smoking->Tar; Tar->Cancer; Smoking<->Cancer", "Smoking", "Cancer", [("Tar",)]),
    ],
)
def test_front_door(given: str, x: str, y: str, expected: list[tuple[str, ...]]) -> None:
    found = front_door_sets(graph(given), [x], [y])
    assert [one.variables for one in found if isinstance(one, FrontDoorSet)] == expected
