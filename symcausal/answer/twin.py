"""The graph of a query of several worlds: each world beside the others, what they share between.

A variable that no action reaches is the same in all worlds and stands once. Of any other there is a copy
in each world; where no mechanism makes it, its copies share what else it answers to, a hidden cause. What
is set stands in a rectangle, what is seen is shaded.

Main definitions
----------------
twin_picture, twin_drawing : the picture of a query.

References
----------
[Pearl2009]_ Section 7.1.4 for twin networks.
"""

from __future__ import annotations

from typing import NamedTuple

from symcausal.answer.drawing import Drawing
from symcausal.errors import LimitError, UsageError
from symcausal.expr.nodes import Copy, Counterfactual, Expr, Imposed, Letter, State, Value
from symcausal.expr.path import everywhere
from symcausal.graph.graph import Graph
from symcausal.kernel.core.worlds import minimal
from symcausal.network.network import Network
from symcausal.writing.names import latex_name, latex_state
from symcausal.writing.picture import Picture

MOST_COPIES = 200


class CopyName(NamedTuple):
    """The name of a copy in plain words, and in LaTeX."""

    words: str
    latex: str


def twin_picture(query: Expr, network: Network) -> Picture:
    """Return the picture of all copies that a query needs.

    Raises
    ------
    UsageError
        If nothing in the query speaks of several worlds.
    LimitError
        If there are too many copies.
    """
    laws = [part for _, part in everywhere(query) if isinstance(part, Counterfactual)]
    if not laws:
        raise UsageError(
            "a query that asks for nothing that would have been",
            expected="such as P(Y_{X=1}=1 | X=0, Y=0)",
        )
    worlds = _TwinGraph(network)
    seen = dict[str, str]()
    for law in laws:
        for event in (*law.outcome, *law.given):
            name = worlds.add(minimal(event.copy, network.graph))
            if event in law.given:
                seen[name] = _said(event.value)
    worlds.share_causes()
    graph = Graph(worlds.shown, worlds.arrows, (), worlds.hidden)
    evidence = {name: state for name, state in seen.items() if name not in worlds.held}
    names = {name: shown.latex for name, shown in worlds.shown.items()}
    return Picture(graph, worlds.held, evidence, names=names)


class _TwinGraph:
    """The copies that have been met: their nodes, and the arrows between these."""

    def __init__(self, network: Network) -> None:
        self.shown: dict[str, CopyName] = {}
        self.arrows: list[tuple[str, str]] = []
        self.hidden: list[str] = []
        self.held: dict[str, str] = {}
        self._network = network
        self._graph = network.graph
        self._copies: dict[str, list[str]] = {}

    def add(self, copy: Copy) -> str:
        """Return the node of a minimal copy; with all above it, if it is new."""
        own = next((s for s in copy.settings if s.variable == copy.variable), None)
        if own is not None:
            return self._set(own)
        shown = spelt_copy(copy)
        if shown.words in self.shown:
            return shown.words
        if len(self.shown) >= MOST_COPIES:
            raise LimitError(
                f"more than {MOST_COPIES} copies of variables", hint="ask about fewer worlds"
            )
        self.shown[shown.words] = shown
        self._copies.setdefault(copy.variable, []).append(shown.words)
        if copy.variable in self._graph.hidden:
            self.hidden.append(shown.words)
        held = {s.variable: s for s in copy.settings}
        for parent in self._graph.parents(copy.variable):
            if parent in held:
                above = self._set(held[parent])
            else:
                above = self.add(minimal(Copy(parent, copy.settings), self._graph))
            self.arrows.append((above, shown.words))
        return shown.words

    def _set(self, setting: Imposed) -> str:
        """The node of what is set; what is set to a copy is that copy."""
        if isinstance(setting.value, Copy):
            inner = self.add(minimal(setting.value, self._graph))
            if setting.value.variable == setting.variable:
                return inner
            shown = _equal(setting.variable, self.shown[inner])
            self.arrows.append((inner, shown.words))
        else:
            value = _said(setting.value)
            shown = _equal(setting.variable, CopyName(value, latex_state(value)))
            self.held[shown.words] = ""
        self.shown[shown.words] = shown
        return shown.words

    def share_causes(self) -> None:
        """Add the hidden causes that copies share, and those that bidirected edges stand for."""
        for name, copies in self._copies.items():
            tables = self._network.made
            certain = name in tables and tables[name].mechanism is not None
            if len(copies) > 1 and not certain:
                self._add_cause(f"U_{name}", copies)
        for left, right in self._graph.bidirected:
            ends = [*self._copies.get(left, ()), *self._copies.get(right, ())]
            if left in self._copies and right in self._copies:
                self._add_cause(f"U_{left}{right}", ends)

    def _add_cause(self, name: str, ends: list[str]) -> None:
        while name in self.shown:
            name += "'"
        self.shown[name] = CopyName(name, latex_name(name))
        self.hidden.append(name)
        self.arrows += [(name, end) for end in ends]


def _said(value: Value) -> str:
    match value:
        case State(name):
            return name
        case Letter(name):
            return name.lower()


def _equal(name: str, value: CopyName) -> CopyName:
    return CopyName(f"{name}={value.words}", f"{latex_name(name)} = {value.latex}")


def spelt_copy(copy: Copy) -> CopyName:
    r"""Return how a copy is written: ``Y_{X=1, M_{X=0}}``.

    Examples
    --------
    >>> spelt_copy(Copy("Rain", (Imposed("X", State("1")),)))
    CopyName(words='Rain_{X=1}', latex='\\mathrm{Rain}_{X = 1}')
    """
    found = []
    for setting in copy.settings:
        if isinstance(setting.value, Copy):
            inner = spelt_copy(setting.value)
            same = setting.value.variable == setting.variable
            found.append(inner if same else _equal(setting.variable, inner))
        else:
            value = _said(setting.value)
            found.append(_equal(setting.variable, CopyName(value, latex_state(value))))
    if not found:
        return CopyName(copy.variable, latex_name(copy.variable))
    words, signs = (", ".join(parts) for parts in zip(*found, strict=True))
    base = latex_name(copy.variable)
    base = f"{{{base}}}" if "_" in base else base
    return CopyName(f"{copy.variable}_{{{words}}}", f"{base}_{{{signs}}}")


def twin_drawing(query: Expr, network: Network) -> Drawing:
    """Return the drawing of :func:`twin_picture`."""
    return Drawing(twin_picture(query, network))
