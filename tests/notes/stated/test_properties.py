"""Random models and true identities, written as notes, judged by joint distributions in fractions."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from symcausal import check
from tests.support.depth import many

NAMES = "ABCD"
Arrows = list[tuple[str, str]]
Statement = tuple[str, frozenset[str], frozenset[str]]  # X, all that it is conditioned on, less


@st.composite
def graphs(draw: st.DrawFn) -> Arrows:
    """Graphs over three or four names that are neither complete nor without arrows."""
    names = draw(st.permutations(NAMES[: draw(st.integers(3, 4))]))
    pairs = [(a, b) for i, b in enumerate(names) for a in names[:i]]
    kept = draw(st.lists(st.sampled_from(pairs), min_size=2, max_size=len(pairs) - 1, unique=True))
    return kept


@st.composite
def statements(draw: st.DrawFn, names: list[str]) -> Statement:
    """``P(X | more) = P(X | less)``."""
    name = draw(st.sampled_from(names))
    others = [other for other in names if other != name]
    more = draw(st.sets(st.sampled_from(others), min_size=1))
    less = draw(st.sets(st.sampled_from(sorted(more)), max_size=len(more) - 1))
    return name, frozenset(more), frozenset(less)


def all_statements(names: list[str]) -> Iterator[Statement]:
    """All statements over some names."""
    for name in names:
        others = [other for other in names if other != name]
        for size in range(1, len(others) + 1):
            for more in combinations(others, size):
                for fewer in range(size):
                    for less in combinations(more, fewer):
                        yield name, frozenset(more), frozenset(less)


def names_of(arrows: Arrows) -> list[str]:
    return sorted({name for arrow in arrows for name in arrow})


def joint(arrows: Arrows, seed: int) -> dict[tuple[int, ...], Fraction]:
    """A joint distribution of binary variables that factorises over the arrows."""
    names = names_of(arrows)
    parents = {n: [a for a, b in arrows if b == n] for n in names}
    table: dict[tuple[int, ...], Fraction] = {}
    for states in product((0, 1), repeat=len(names)):
        at = dict(zip(names, states, strict=True))
        weight = Fraction(1)
        for number, name in enumerate(names):
            row = [at[p] for p in parents[name]]
            spread = sum(value * 7 ** (i + 1) for i, value in enumerate(row))
            one = Fraction((seed * (number + 3) + 31 * spread + 17 * number) % 89 + 5, 101)
            weight *= one if at[name] else 1 - one
        table[states] = weight
    return table


def is_true(statement: Statement, arrows: Arrows) -> bool:
    """Whether a statement is true in two joint distributions of a graph."""
    return all(_is_true_in(statement, arrows, seed) for seed in (11, 58))


def _is_true_in(statement: Statement, arrows: Arrows, seed: int) -> bool:
    names, table = names_of(arrows), joint(arrows, seed)
    name, more, less = statement

    def mass(at: dict[str, int]) -> Fraction:
        places = [(names.index(n), v) for n, v in at.items()]
        return sum(
            (w for states, w in table.items() if all(states[i] == v for i, v in places)),
            Fraction(0),
        )

    for values in product((0, 1), repeat=len(more) + 1):
        at = dict(zip((name, *sorted(more)), values, strict=True))
        given = {n: at[n] for n in more}
        fewer = {n: at[n] for n in less}
        left, right = mass(at) / mass(given), mass({name: at[name], **fewer}) / mass(fewer)
        if left != right:
            return False
    return True


def written(statement: Statement) -> str:
    name, more, less = statement
    bar = rf" \mid {', '.join(sorted(less))}" if less else ""
    return rf"$P({name} \mid {', '.join(sorted(more))}) = P({name}{bar})$"


def factorisation(arrows: Arrows) -> str:
    names = names_of(arrows)
    factors = []
    for name in names:
        parents = sorted(a for a, b in arrows if b == name)
        factors.append(rf"P({name} \mid {', '.join(parents)})" if parents else f"P({name})")
    return f"$P({', '.join(names)}) = {' '.join(factors)}$"


def wrapped(arrows: Arrows, around: str) -> str:
    """A factorisation with the same formula around both of its sides."""
    left, right = factorisation(arrows).strip("$").split(" = ")
    return f"${around % left} = {around % right}$"


def drawn(arrows: Arrows, sign: str, between: str) -> str:
    """The arrows with a sign between their names, one after the other."""
    return between.join(f"{a}{sign}{b}" for a, b in arrows)


def enumerated(arrows: Arrows) -> str:
    *most, last = [rf"${a} \to {b}$" for a, b in arrows]
    return f"The graph has edges {', '.join(most)} and {last}."


def fenced(language: str, text: str) -> str:
    return f"```{language}\n{text}\n```"


def equations(arrows: Arrows) -> str:
    rows = []
    for name in names_of(arrows):
        parents = sorted(a for a, b in arrows if b == name)
        rows.append(f"{name} := f_{name}({', '.join([*parents, f'U_{name}'])})")
    return "$$\\begin{cases} " + r" \\ ".join(rows) + " \\end{cases}$$"


def picture(arrows: Arrows) -> str:
    """Nodes with names at places, joined by paths."""
    names = names_of(arrows)
    nodes = [rf"\node ({n.lower()}) at ({i},0) {{${n}$}};" for i, n in enumerate(names)]
    paths = [rf"\path[->] ({a.lower()}) edge[bend left] ({b.lower()});" for a, b in arrows]
    return "\n".join((r"\begin{tikzpicture}", *nodes, *paths, r"\end{tikzpicture}"))


def picture_by_places(arrows: Arrows) -> str:
    """Nodes without names, joined between their places."""
    names = names_of(arrows)
    nodes = [rf"\node at ({i}, {i % 2}) {{${n}$}};" for i, n in enumerate(names)]
    places = {n: f"({i},{i % 2})" for i, n in enumerate(names)}
    paths = [rf"\draw[-{{Latex[length=2mm]}}] {places[a]} -- {places[b]};" for a, b in arrows]
    return "\n".join((r"\begin{tikzpicture}", *nodes, *paths, r"\end{tikzpicture}"))


def picture_in_a_row(arrows: Arrows) -> str:
    """The cells of a row, joined by moves to the right and to the left."""
    names = names_of(arrows)
    cells = []
    for i, name in enumerate(names):
        moves = [names.index(b) - i for a, b in arrows if a == name]
        ways = ["r" * step if step > 0 else "l" * -step for step in moves]
        cells.append(name + "".join(rf" \arrow[{way}, bend left]" for way in ways))
    return r"\begin{tikzcd} " + " & ".join(cells) + r" \end{tikzcd}"


def by_head(arrows: Arrows) -> list[tuple[str, list[str]]]:
    return [(n, sorted(a for a, b in arrows if b == n)) for n in names_of(arrows)]


def gml(arrows: Arrows) -> str:
    nodes = " ".join(f'node [id "{n}" label "{n}"]' for n in names_of(arrows))
    edges = " ".join(f'edge [source "{a}" target "{b}"]' for a, b in arrows)
    return f"graph [directed 1 {nodes} {edges}]"


FACTORISED = {
    "factorisation": factorisation,
    "factorisation in a fraction": lambda arrows: wrapped(
        arrows, rf"\frac{{%s}}{{P({names_of(arrows)[-1]})}}"
    ),
    "factorisation under a sum": lambda arrows: wrapped(
        arrows, rf"\sum_{{{names_of(arrows)[0]}}} %s"
    ),
    "factorisation of states": lambda arrows: factorisation(arrows).replace("B", r"\neg b").lower(),
}
STYLES = {
    **FACTORISED,
    "arrows": lambda arrows: f"The graph is ${drawn(arrows, chr(92) + 'to ', ', ')}$.",
    "arrows, one by one": enumerated,
    "words": lambda arrows: f"The graph is {drawn(arrows, ' -> ', ', ')}.",
    "words with signs": lambda arrows: f"The DAG has the edges {drawn(arrows, '→', ', ')}.",
    "items": lambda arrows: "Edges:\n\n- $" + drawn(arrows, r" \to ", "$\n- $") + "$",
    "items of words": lambda arrows: "The edges are:\n\n* " + drawn(arrows, " -> ", "\n* "),
    "items of code": lambda arrows: "The edges are:\n\n1. `" + drawn(arrows, " -> ", "`\n1. `") + "`",
    "mermaid": lambda arrows: fenced("mermaid", "graph LR\n" + drawn(arrows, " --> ", "\n")),
    "dot": lambda arrows: fenced("dot", "digraph { " + drawn(arrows, " -> ", "; ") + " }"),
    "mermaid, untold": lambda arrows: fenced("", "graph LR\n" + drawn(arrows, " --> ", "\n")),
    "dot, untold": lambda arrows: fenced("", "digraph { " + drawn(arrows, " -> ", "; ") + " }"),
    "lines": lambda arrows: "The graph is\n\n" + fenced("", drawn(arrows, " -> ", "\n")),
    "TikZ": lambda arrows: fenced("tikz", picture(arrows)),
    "TikZ by places": lambda arrows: fenced("tikz", picture_by_places(arrows)),
    "tikz-cd": lambda arrows: fenced("tikz", picture_in_a_row(arrows)),
    "equations": equations,
    "pgmpy": lambda arrows: fenced("python", f"m = BayesianNetwork({arrows!r})\nm.check_model()"),
    "networkx": lambda arrows: fenced(
        "python", f"G = nx.DiGraph()\nG.add_edges_from({arrows!r})\nnx.draw(G)"
    ),
    "graphviz": lambda arrows: fenced(
        "python",
        "g = graphviz.Digraph()\n" + "".join(f"g.edge({a!r}, {b!r})\n" for a, b in arrows) + "g",
    ),
    "pyAgrum": lambda arrows: fenced("python", f"bn = gum.fastBN('{drawn(arrows, '->', ';')}')"),
    "y0": lambda arrows: fenced(
        "python", f"g = NxMixedGraph.from_edges(directed=[{', '.join(f'({a}, {b})' for a, b in arrows)}])"
    ),
    "DoWhy": lambda arrows: fenced("python", f"m = CausalModel(data=d, graph='{gml(arrows)}')"),
    "dagitty": lambda arrows: fenced(
        "r", f"g <- dagitty('dag {{ {drawn(arrows, ' -> ', '; ')} }}')\nplot(g)"
    ),
    "ggdag": lambda arrows: fenced(
        "{r}", "g <- dagify(" + ", ".join(f"{b} ~ {a}" for a, b in arrows) + ")\nggdag(g) + theme_dag()"
    ),
    "igraph": lambda arrows: fenced("r", f"graph_from_literal({drawn(arrows, ' -+ ', ', ')})"),
    "bnlearn": lambda arrows: fenced(
        "r",
        "model2network('"
        + "".join(f"[{n}|{':'.join(ps)}]" if ps else f"[{n}]" for n, ps in by_head(arrows))
        + "')",
    ),
}  # fmt: skip


def joint_of(names: list[str]) -> str:
    """A sentence with all names, without which a graph of anything is none of variables."""
    return f"We look at $P({', '.join(names)})$."


@st.composite
def stated(draw: st.DrawFn) -> tuple[Arrows, list[str]]:
    """A graph, and one or two statements of it, a factorisation only first."""
    arrows = draw(graphs())
    styles = [draw(st.sampled_from(sorted(STYLES)))]
    if draw(st.booleans()):
        styles.append(draw(st.sampled_from(sorted(STYLES.keys() - FACTORISED))))
    return arrows, styles


@settings(max_examples=many(25), deadline=None)
@given(st.data())
def test_claims_are_judged_under_the_graph_of_their_section(data: st.DataObject) -> None:
    sections, expected = [], list[bool | None]()
    for number in range(data.draw(st.integers(1, 2))):
        arrows, styles = data.draw(stated())
        names = names_of(arrows)
        lines = [
            f"# Section {number}",
            *(STYLES[style](arrows) for style in styles),
            joint_of(names),
        ]
        expected += [None for style in styles if style in FACTORISED]
        for statement in data.draw(st.lists(statements(names), min_size=1, max_size=3)):
            lines.append(f"Here {written(statement)}.")
            expected.append(is_true(statement, arrows))
        sections.append("\n\n".join(lines))
    found = [claim.verdict for claim in check("\n\n".join(sections)).claims]
    assert len(found) == len(expected)
    for verdict, truth in zip(found, expected, strict=True):
        if truth is None:
            assert verdict in ("definition", "holds")
        elif truth:
            assert verdict == "holds"
        else:
            assert verdict in ("fails", "undecided")


@pytest.mark.parametrize("style", sorted(STYLES))
@settings(max_examples=many(2), deadline=None)
@given(data=st.data())
def test_one_false_claim_among_true_ones_fails_alone(style: str, data: st.DataObject) -> None:
    arrows = data.draw(graphs())
    every = [*all_statements(names_of(arrows))]
    true = [s for s in every if is_true(s, arrows)]
    false = [s for s in every if s not in true]
    assume(true and false)
    chosen = data.draw(st.lists(st.sampled_from(true), max_size=3))
    wrong = data.draw(st.sampled_from(false))
    place = data.draw(st.integers(0, len(chosen)))
    told = [*chosen[:place], wrong, *chosen[place:]]
    lines = [STYLES[style](arrows), joint_of(names_of(arrows))]
    lines += [f"Here {written(statement)}." for statement in told]
    found = [claim.verdict for claim in check("\n\n".join(lines)).claims]
    found = found[style in FACTORISED :]
    assert found == ["fails" if number == place else "holds" for number in range(len(told))]
