"""Networks with known numbers, built without the model language.

The tables come from books and papers, so tests can expect published values.

Main definitions
----------------
network_of : a network from arrows, states and rows of decimals or fractions.
student, student_with_sat_letter, kidney_stones, front_door, m_bias, chain, asia : networks.

References
----------
Koller & Friedman 2009, Figure 3.4 (student); Charig et al. 1986 (kidney stones);
Lauritzen & Spiegelhalter 1988 (asia).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise, product

from symcausal.algebra.scalar import Number
from symcausal.graph.graph import Graph
from symcausal.network.network import Network, Table, Variable

Rows = Sequence[str]  # a row is words: "0.3 0.4 0.3"; rows run with the last parent fastest

WORDS = {
    "I": ("low", "high"),
    "D": ("easy", "hard"),
    "S": ("low", "high"),
    "G": ("A", "B", "C"),
    "L": ("weak", "strong"),
}
SUPERSCRIPTS = {
    "I": ("i0", "i1"),
    "D": ("d0", "d1"),
    "S": ("s0", "s1"),
    "G": ("g1", "g2", "g3"),
    "L": ("l0", "l1"),
}
STUDENT_EDGES = (("I", "S"), ("I", "G"), ("D", "G"), ("G", "L"))
STUDENT_ROWS: dict[str, Rows] = {
    "I": ["0.7 0.3"],
    "D": ["0.6 0.4"],
    "S": ["0.95 0.05", "0.2 0.8"],
    "G": ["0.3 0.4 0.3", "0.05 0.25 0.7", "0.9 0.08 0.02", "0.5 0.3 0.2"],
    "L": ["0.1 0.9", "0.4 0.6", "0.99 0.01"],
}


def network_of(
    edges: Iterable[tuple[str, str]],
    states: Mapping[str, Sequence[str]],
    rows: Mapping[str, Rows],
    *,
    hidden: Iterable[str] = (),
) -> Network:
    """Build a network; the parents of a table stand in the order of ``states``."""
    graph = Graph(states, edges, (), hidden)
    variables = {name: Variable(name, tuple(values)) for name, values in states.items()}
    tables = {}
    for name in states:
        parents = graph.parents(name)
        assignments = list(product(*(states[parent] for parent in parents)))
        entries = []
        for _, row in zip(assignments, rows[name], strict=True):
            numbers = [Fraction(word) for word in row.split()]
            if sum(numbers) != 1 or len(numbers) != len(states[name]):
                raise ArithmeticError(f"a row of {name} is no distribution: {row}")
            entries += [Number(number) for number in numbers]
        tables[name] = Table(name, parents, tuple(entries))
    return Network(variables, graph, tables)


def student(states: Mapping[str, Sequence[str]] = WORDS) -> Network:
    """``I -> S; I, D -> G; G -> L`` with the book's tables."""
    return network_of(STUDENT_EDGES, states, STUDENT_ROWS)


def student_with_sat_letter(states: Mapping[str, Sequence[str]] = WORDS) -> Network:
    """The student network with ``S -> L`` added; L's rows run over S, then G, as declared."""
    letter = ["0.2 0.8", "0.5 0.5", "0.9 0.1", "0.05 0.95", "0.3 0.7", "0.75 0.25"]
    return network_of((*STUDENT_EDGES, ("S", "L")), states, {**STUDENT_ROWS, "L": letter})


def confounded_letter(states: Mapping[str, Sequence[str]] = WORDS) -> Network:
    """The same graph, where ``P(l1 | do(A)) = 1/2`` and ``P(l1 | A) = 9/16``."""
    half = "1/2 1/2"
    return network_of(
        (*STUDENT_EDGES, ("S", "L")),
        states,
        {
            "I": [half],
            "D": [half],
            "S": ["3/4 1/4", "1/4 3/4"],
            "G": ["1/4 1/2 1/4", "1/4 1/2 1/4", "3/4 1/8 1/8", "3/4 1/8 1/8"],
            "L": ["3/4 1/4", half, half, "1/4 3/4", half, half],
        },
    )


def kidney_stones() -> Network:
    """Simpson's paradox: the size of a stone decides treatment and recovery."""
    return network_of(
        [("Z", "X"), ("Z", "Y"), ("X", "Y")],
        {"Z": ("small", "large"), "X": ("a", "b"), "Y": ("0", "1")},
        {
            "Z": ["357/700 343/700"],
            "X": ["87/357 270/357", "263/343 80/343"],
            "Y": ["6/87 81/87", "36/270 234/270", "71/263 192/263", "25/80 55/80"],
        },
    )


def front_door() -> Network:
    """``X -> M -> Y`` with the hidden cause U of X and Y as a variable of its own."""
    return network_of(
        [("U", "X"), ("X", "M"), ("M", "Y"), ("U", "Y")],
        {"U": ("0", "1"), "X": ("0", "1"), "M": ("0", "1"), "Y": ("0", "1")},
        {
            "U": ["2/5 3/5"],
            "X": ["3/4 1/4", "1/3 2/3"],
            "M": ["4/5 1/5", "1/4 3/4"],
            "Y": ["9/10 1/10", "1/2 1/2", "2/5 3/5", "1/8 7/8"],
        },
        hidden=["U"],
    )


def m_bias() -> Network:
    """``A -> X, A -> Z, B -> Z, B -> Y, X -> Y``: adjusting for Z opens what was closed."""
    bit = ("0", "1")
    return network_of(
        [("A", "X"), ("A", "Z"), ("B", "Z"), ("B", "Y"), ("X", "Y")],
        {"A": bit, "B": bit, "Z": bit, "X": bit, "Y": bit},
        {
            "A": ["1/2 1/2"],
            "B": ["1/3 2/3"],
            "Z": ["9/10 1/10", "1/4 3/4", "1/5 4/5", "1/20 19/20"],
            "X": ["4/5 1/5", "1/5 4/5"],
            "Y": ["7/10 3/10", "2/5 3/5", "1/2 1/2", "1/10 9/10"],
        },
    )


def chain(length: int = 4) -> Network:
    """``X0 -> X1 -> ...``, two states each."""
    names = [f"X{i}" for i in range(length)]
    rows: dict[str, Rows] = {name: ["3/4 1/4", "2/5 3/5"] for name in names}
    rows[names[0]] = ["1/3 2/3"]
    states = dict.fromkeys(names, ("0", "1"))
    return network_of(pairwise(names), states, rows)


def asia() -> Network:
    """The chest clinic; ``E`` is the deterministic "tuberculosis or cancer"."""
    answer = ("yes", "no")
    return network_of(
        [("A", "T"), ("S", "L"), ("S", "B"), ("T", "E"), ("L", "E"), ("E", "X"), ("E", "D"),
         ("B", "D")],
        dict.fromkeys("ASTLBEXD", answer),
        {
            "A": ["0.01 0.99"],
            "S": ["0.5 0.5"],
            "T": ["0.05 0.95", "0.01 0.99"],
            "L": ["0.1 0.9", "0.01 0.99"],
            "B": ["0.6 0.4", "0.3 0.7"],
            "E": ["1 0", "1 0", "1 0", "0 1"],
            "X": ["0.98 0.02", "0.05 0.95"],
            "D": ["0.9 0.1", "0.8 0.2", "0.7 0.3", "0.1 0.9"],
        },
    )  # fmt: skip
