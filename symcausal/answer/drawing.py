"""The graph of a model as a picture.

Main definitions
----------------
Drawing : a picture, printable.
PrintedDrawing : its text in one format, which notebooks show as the picture.
drawing : make one.
path_through : a path in a graph, from its text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from symcausal.errors import UsageError
from symcausal.graph.graph import Graph
from symcausal.graph.separation import Path
from symcausal.hints import Self
from symcausal.network.network import Network
from symcausal.patterns import late
from symcausal.record import record
from symcausal.writing.blocks import Block, Drawn
from symcausal.writing.dot import dot
from symcausal.writing.picture import Picture
from symcausal.writing.shown import Shown
from symcausal.writing.style import Style
from symcausal.writing.svg import svg
from symcausal.writing.tikz import tikz

PICTURES = ("tikz", "svg", "dot")
_ARROW = late(r"\s*(<->|->|<-)\s*")


@record
class Drawing(Shown):
    """The graph of a model, some variables set.

    Attributes
    ----------
    picture : Picture
        The graph, and what is set in it.
    """

    picture: Picture

    def blocks(self) -> list[Block]:
        """The picture, which in words is its arrows and the variables that have none."""
        return [Drawn((self.picture,), self.picture.edges)]

    def as_data(self) -> dict[str, object]:
        """The graph after surgery: variables, arrows, hidden common causes, and what is marked."""
        picture, graph, after = self.picture, self.picture.graph, self.picture.mutilated
        marked = {
            "seen": dict(picture.evidence),
            "paths": [str(path) for path in picture.paths],
            "adjusted": list(picture.adjusted),
            "labels": dict(picture.labels),
            "monotone": [list(arrow) for arrow in picture.rising],
        }
        return {
            "variables": list(graph.nodes),
            "hidden": [name for name in graph.nodes if name in graph.hidden],
            "arrows": [list(arrow) for arrow in after.directed],
            "hidden_causes": [list(pair) for pair in after.bidirected],
            "set": dict(picture.done),
        } | {key: value for key, value in marked.items() if value}

    @property
    def headline(self) -> str:
        """How large the graph is."""
        count = len(self.picture.graph.nodes)
        return f"a graph of {count} variable{'s' * (count != 1)}"

    def own_formats(self, style: Style) -> dict[str, Callable[[], str]]:
        """The picture alone, for LaTeX, browsers and Graphviz."""
        return {
            "tikz": lambda: tikz(self.picture),
            "svg": lambda: svg(self.picture),
            "dot": lambda: dot(self.picture),
        }


class PrintedDrawing(str):
    """The text of a drawing in a format, a string like any other, which notebooks show as a picture.

    Parameters
    ----------
    drawn : Drawing
        The drawing.
    shape : str
        The format.
    """

    __slots__ = ("drawn", "shape")
    drawn: Drawing
    shape: str

    def __new__(cls, drawn: Drawing, shape: str) -> Self:
        """Print the drawing."""
        made = super().__new__(cls, drawn.to(shape))
        made.drawn, made.shape = drawn, shape
        return made

    def __getnewargs__(self) -> tuple[Drawing, str]:  # type: ignore[override]  # for copies
        return self.drawn, self.shape

    def __repr__(self) -> str:
        return f"<{self.shape} of {self.drawn.headline}>"

    def _repr_svg_(self) -> str:
        return svg(self.drawn.picture)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        # a picture within the page has its colours, one that is loaded as an image may not
        shown = self._repr_svg_()
        return {"text/html": shown, "image/svg+xml": shown, "text/plain": repr(self)}


def drawing(
    network: Network,
    done: Mapping[str, str],
    *,
    evidence: Mapping[str, str] | None = None,
    paths: Iterable[str | Path] = (),
    adjusted: Iterable[str] = (),
    labels: Mapping[str, str] | None = None,
    states: Iterable[str] = (),
    tables: Iterable[str] = (),
    name_of: Callable[[str], str] | None = None,
) -> Drawing:
    """Draw the graph of a network.

    Parameters
    ----------
    network : Network
        With the graph before surgery.
    done, evidence : mapping of str to str
        What is set, and what is seen; an empty text where no state is said.
    paths : iterable of Path or str
        Paths to be marked.
    adjusted, states, tables : iterable of str
        Variables in a box, those with their states, and those with their tables.
    labels : mapping of str to str
        Words under names.
    name_of : callable, optional
        Finds the variable that a path of text names by another spelling.

    Raises
    ------
    UnknownVariableError, UnknownStateError
        If a variable or a state is not there.
    UsageError
        If a path is not there, or a variable is set and seen.
    """

    def known(name: str) -> str:
        return network.variable(name).name

    def chosen(values: Mapping[str, str]) -> dict[str, str]:
        found = {}
        for name, state in values.items():
            variable = network.variable(name)
            found[variable.name] = variable.states[variable.position(state)] if state else ""
        return found

    actions, seen = chosen(done), chosen(evidence or {})
    twice = next((name for name in seen if name in actions), None)
    if twice is not None:
        raise UsageError(f"{twice} is set and seen", hint="a variable that is set shows its state")
    from symcausal.writing.tables import picture_grid

    picture = Picture(
        network.graph,
        actions,
        seen,
        tuple(
            path_through(network.graph, one, name_of) if isinstance(one, str) else one
            for one in paths
        ),
        tuple(dict.fromkeys(map(known, adjusted))),
        labels={known(name): label for name, label in (labels or {}).items()},
        states={known(name): network.variable(known(name)).states for name in states},
        tables={known(name): picture_grid(network, known(name)) for name in tables},
    )
    return Drawing(picture)


def path_through(graph: Graph, written: str, name_of: Callable[[str], str] | None = None) -> Path:
    """Return the path of a graph that a text such as ``G <- I -> S`` names.

    ``name_of`` finds the variable that a name stands for; without it a name stands for itself.

    Raises
    ------
    UsageError
        If the text is no path, or an edge of it is not in the graph.

    Examples
    --------
    >>> path_through(Graph("XYZ", ["ZX", "ZY"]), "X <- Z -> Y").nodes
    ('X', 'Z', 'Y')
    """
    pieces = _ARROW.split(written.strip())
    arrows = tuple(pieces[1::2])
    if not arrows or not all(pieces):
        raise UsageError(f"'{written}' as a path", expected="variables with arrows between")
    path = Path(tuple(name_of(name) if name_of else name for name in pieces[::2]), arrows)
    for here, arrow, there in path.steps:
        if not graph.has_edge(here, arrow, there):
            raise UsageError(f"the graph has no edge {here} {arrow} {there}")
    return path
