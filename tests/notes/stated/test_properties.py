"""Random models and true identities, written as notes, judged by joint distributions in fractions."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
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


STYLES = {
    "factorisation": factorisation,
    "arrows": lambda arrows: "The graph is $" + ", ".join(rf"{a} \to {b}" for a, b in arrows) + "$.",
    "words": lambda arrows: "The graph is " + ", ".join(f"{a} -> {b}" for a, b in arrows) + ".",
    "mermaid": lambda arrows: "```mermaid\ngraph LR\n"
    + "\n".join(f"{a} --> {b}" for a, b in arrows) + "\n```",
    "dot": lambda arrows: "```dot\ndigraph { " + "; ".join(f"{a} -> {b}" for a, b in arrows) + " }\n```",
    "python": lambda arrows: f"```python\nm = BayesianNetwork({arrows!r})\n```",
    "r": lambda arrows: "```r\ng <- dagitty('dag {" + "; ".join(f"{a} -> {b}" for a, b in arrows)
    + "}')\n```",
}  # fmt: skip


@settings(max_examples=many(25), deadline=None)
@given(st.data())
def test_claims_are_judged_under_the_graph_of_their_section(data: st.DataObject) -> None:
    sections, expected = [], []
    for number in range(data.draw(st.integers(1, 2))):
        arrows = data.draw(graphs())
        style = data.draw(st.sampled_from(sorted(STYLES)))
        lines = [f"# Section {number}", STYLES[style](arrows)]
        names = names_of(arrows)
        expected += [None] if style == "factorisation" else []
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
