"""Random models with their numbers, their tables in many styles, and their joint distributions."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product

from hypothesis import strategies as st

NAMES = ("A", "B", "C", "D")
STATES = (("0", "1"), ("1", "2", "3"), ("low", "high"), ("red", "green", "blue"))
Place = dict[str, str]


@dataclass(frozen=True)
class Drawn:
    """A model: parents, states, and rows of numbers that sum to one."""

    parents: dict[str, tuple[str, ...]]
    states: dict[str, tuple[str, ...]]
    rows: dict[str, dict[tuple[str, ...], tuple[Fraction, ...]]]

    def entry(self, name: str, at: Place) -> Fraction:
        """Return the number of a table."""
        row = self.rows[name][tuple(at[p] for p in self.parents[name])]
        return row[self.states[name].index(at[name])]

    def probability(self, event: Place) -> Fraction:
        """The sum over the joint distribution."""
        total = Fraction(0)
        for values in product(*self.states.values()):
            at = dict(zip(self.states, values, strict=True))
            if event.items() <= at.items():
                weight = Fraction(1)
                for name in self.states:
                    weight *= self.entry(name, at)
                total += weight
        return total

    @property
    def arrows(self) -> list[tuple[str, str]]:
        """The arrows of the graph."""
        return [(p, name) for name, parents in self.parents.items() for p in parents]


@st.composite
def drawn_models(draw: st.DrawFn) -> Drawn:
    """Models over three or four variables with some arrows, and entries of two digits."""
    names = NAMES[: draw(st.integers(3, 4))]
    order = draw(st.permutations(names))
    parents: dict[str, tuple[str, ...]] = {}
    for number, name in enumerate(order):
        before = order[max(0, number - 2) : number]
        parents[name] = tuple(p for p in before if draw(st.integers(0, 2)))
    if sum(map(len, parents.values())) < 2:
        parents[order[1]], parents[order[2]] = (order[0],), (order[1],)
    states = {name: draw(st.sampled_from(STATES)) for name in names}
    rows = {}
    for name in names:
        width = len(states[name])
        rows[name] = {
            place: tuple(Fraction(n, 100) for n in draw(_rows(width)))
            for place in product(*(states[p] for p in parents[name]))
        }
    return Drawn({name: parents[name] for name in names}, states, rows)


@st.composite
def _rows(draw: st.DrawFn, width: int) -> list[int]:
    cuts = sorted(draw(st.sets(st.integers(4, 96), min_size=width - 1, max_size=width - 1)))
    ends = [0, *cuts, 100]
    row = [b - a for a, b in pairwise(ends)]
    # what may be a rounded third or sixth is a matter of its own
    return draw(_rows(width)) if set(row) <= {17, 33, 34, 50, 67, 83} else row


def decimal(value: Fraction, digits: int) -> str:
    """A value rounded to so many digits, half up."""
    scaled = int(value * 10**digits + Fraction(1, 2))
    whole, rest = divmod(scaled, 10**digits)
    return f"{whole}.{rest:0{digits}d}"


def event(name: str, state: str, *, scripts: bool = False) -> str:
    return f"{name.lower()}^{state}" if scripts and state.isdigit() else f"{name}={state}"


def grid_of(model: Drawn, name: str, shape: str) -> list[list[str]]:
    """The cells of the table of a variable, its head in the first row."""
    parents, states = model.parents[name], model.states
    places = list(product(*(states[p] for p in parents)))
    over = f"P({name} \\mid {', '.join(parents)})" if parents else f"P({name})"
    if shape == "long":
        head = [f"${p}$" for p in (*parents, name)] + [f"${over}$"]
        body = [
            [*place, state, decimal(value, 2)]
            for place in places
            for state, value in zip(states[name], model.rows[name][place], strict=True)
        ]
        return [head, *body]
    if shape == "wide":
        head = [f"${p}$" for p in parents] + [f"${event(name, s)}$" for s in states[name]]
        return [
            head,
            *([*place, *(decimal(v, 2) for v in model.rows[name][place])] for place in places),
        ]
    if shape == "headed":
        bar = f" \\mid {', '.join(parents)}" if parents else ""
        head = [f"${p}$" for p in parents] + [f"$P({event(name, s)}{bar})$" for s in states[name]]
        return [
            head,
            *([*place, *(decimal(v, 2) for v in model.rows[name][place])] for place in places),
        ]
    if shape == "labelled":
        labels = [
            ", ".join(event(p, s) for p, s in zip(parents, place, strict=True)) for place in places
        ]
        head = ["", *(f"${event(name, s)}$" for s in states[name])]
        if not parents:
            return grid_of(model, name, "wide")
        return [
            head,
            *(
                [f"${label}$", *(decimal(v, 2) for v in model.rows[name][place])]
                for label, place in zip(labels, places, strict=True)
            ),
        ]
    if shape == "transposed":
        if not parents:
            return grid_of(model, name, "long")
        labels = [
            ", ".join(event(p, s) for p, s in zip(parents, place, strict=True)) for place in places
        ]
        head = [f"${name}$", *(f"${label}$" for label in labels)]
        return [
            head,
            *(
                [state, *(decimal(model.rows[name][place][number], 2) for place in places)]
                for number, state in enumerate(states[name])
            ),
        ]
    assert shape == "listed"
    body = []
    for place in places:
        given = ", ".join(event(p, s) for p, s in zip(parents, place, strict=True))
        for state, value in zip(states[name], model.rows[name][place], strict=True):
            bar = f" \\mid {given}" if given else ""
            body.append([f"$P({event(name, state)}{bar})$", decimal(value, 2)])
    return [["", "probability"], *body]


SHAPES = ("long", "wide", "headed", "labelled", "transposed", "listed")


def in_markdown(grid: list[list[str]]) -> str:
    rows = ["| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |" for row in grid]
    return "\n".join([rows[0], "|" + "---|" * len(grid[0]), *rows[1:]])


def in_latex(grid: list[list[str]]) -> str:
    rows = [" & ".join(row) + r" \\" for row in grid]
    body = "\n".join([rows[0], r"\hline", *rows[1:]])
    return f"\\begin{{tabular}}{{{'c' * len(grid[0])}}}\n\\hline\n{body}\n\\end{{tabular}}"


def in_html(grid: list[list[str]]) -> str:
    head = "".join(f"<th>{cell}</th>" for cell in grid[0])
    body = "\n".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in grid[1:])
    return f"<table>\n<tr>{head}</tr>\n{body}\n</table>"


def in_borders(grid: list[list[str]]) -> str:
    widths = [max(len(row[n]) for row in grid) + 2 for n in range(len(grid[0]))]
    line = "+" + "+".join("-" * width for width in widths) + "+"
    rows = [
        "|"
        + "|".join(f" {cell}".ljust(width) for cell, width in zip(row, widths, strict=True))
        + "|"
        for row in grid
    ]
    body = "\n".join(f"{row}\n{line}" for row in rows[1:])
    return f"{line}\n{rows[0]}\n{line.replace('-', '=')}\n{body}"


STYLES = {"markdown": in_markdown, "latex": in_latex, "html": in_html, "borders": in_borders}
