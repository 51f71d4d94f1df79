"""The graph of a model as a picture.

Main definitions
----------------
Drawing : a picture, printable.
drawing : make one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symcausal.network.network import Network
from symcausal.record import record
from symcausal.writing.blocks import Block, Drawn
from symcausal.writing.dot import dot
from symcausal.writing.picture import Picture
from symcausal.writing.shown import Shown
from symcausal.writing.svg import svg
from symcausal.writing.tikz import tikz

PICTURES = ("tikz", "svg", "dot")


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
        arrows, pairs = self._edges()
        joined = {name for edge in (*arrows, *pairs) for name in edge}
        alone = (name for name in self.picture.graph.nodes if name not in joined)
        words = [f"{a} -> {b}" for a, b in arrows] + [f"{a} <-> {b}" for a, b in pairs]
        return [Drawn(self.picture, (*words, *alone))]

    def as_data(self) -> dict[str, object]:
        """The graph after surgery: variables, arrows, hidden common causes, what is set."""
        arrows, pairs = self._edges()
        graph = self.picture.graph
        return {
            "variables": list(graph.nodes),
            "hidden": [name for name in graph.nodes if name in graph.hidden],
            "arrows": [list(arrow) for arrow in arrows],
            "hidden_causes": [list(pair) for pair in pairs],
            "set": dict(self.picture.done),
        }

    def own_formats(self) -> dict[str, Callable[[], str]]:
        """The picture alone, for LaTeX, browsers and Graphviz."""
        return {
            "tikz": lambda: tikz(self.picture),
            "svg": lambda: svg(self.picture),
            "dot": lambda: dot(self.picture),
        }

    def _edges(self) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        after = self.picture.mutilated
        return list(after.directed), list(after.bidirected)


def drawing(network: Network, done: Mapping[str, str]) -> Drawing:
    """Draw the graph of a network, some variables set to states.

    Raises
    ------
    UnknownVariableError, UnknownStateError
        If a variable or a state is not there.
    """
    names = {
        spelt: variable.name
        for variable in network.variables.values()
        for spelt in (*variable.aliases, variable.name)
    }
    actions = {}
    for name, state in done.items():
        variable = network.variable(names.get(name, name))
        actions[variable.name] = variable.states[variable.position(state)]
    return Drawing(Picture(network.graph, actions))
