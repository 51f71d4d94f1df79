r"""Claims that state themselves in which graphs they hold, where no graph is in force.

``P(y | z, do(x)) = P(y | do(x)) if (Y _||_ Z | X)_{G_{\overline{X}}}`` is about every graph. It holds if
what is stated gives the separation that a rule of do-calculus asks for, and fails if there is a graph in
which it is separated and the two sides differ.

Main definitions
----------------
under_its_separations : the verdict on a relation under the separations that notes state for it.
under_its_criterion : the same under the back-door or front-door criterion.
gives : whether a stated separation gives the one that a rule asks for, in every graph.

References
----------
[Pearl2009]_ Section 3.4 for the rules, Section 1.1.5 for what follows from a separation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from symcausal.errors import CyclicGraphError, LimitError, SymcausalError
from symcausal.expr.distributions import mentions_do
from symcausal.expr.nodes import Expr
from symcausal.expr.scope import variables
from symcausal.graph.graph import Graph
from symcausal.kernel.core.identity import identical
from symcausal.kernel.counterexample import counterexample
from symcausal.network.network import Variable
from symcausal.notes.judging.link import Link
from symcausal.notes.judging.setting import Setting, named_variables, setting_without_model
from symcausal.notes.judging.words.calculus import RULES, Application, application
from symcausal.notes.judging.words.criteria import Criterion, meets
from symcausal.notes.reporting.verdict import Verdict
from symcausal.reading.independence import WrittenIndependence
from symcausal.rules.condition import Separated
from symcausal.writing.text import text

MOST_VARIABLES = 5
MOST_EDGES = 4


def under_its_separations(
    claimed: Link, said: Sequence[WrittenIndependence], setting: Setting, *, is_all: bool
) -> Verdict | None:
    """Return the verdict on a relation in all graphs with some separations; None if it is open.

    Parameters
    ----------
    claimed : Link
        The relation.
    said : sequence of WrittenIndependence
        What is stated for it, as far as it is read.
    setting : Setting
        The variables and their states.
    is_all : bool
        Whether nothing else is stated, so that one graph refutes it.
    """
    in_graphs = [one for one in said if one.holds and (one.of_graph or one.surgery)]
    if claimed.sign != "=" or claimed.constant or not in_graphs:
        return None
    left, right = claimed.exprs
    for number in RULES:
        asked = application(left, right, number)
        given = next((one for one in in_graphs if asked is not None and gives(one, asked)), None)
        if given is not None:
            reason = f"rule {number} of do-calculus, in every graph with {_shown(given)}"
            return Verdict("holds", "derivation", reason)
    if not is_all or len(in_graphs) < len(said):
        return None
    try:
        return _refuted(left, right, in_graphs, setting)
    except (LimitError, ZeroDivisionError):
        return None


def under_its_criterion(claimed: Link, criterion: Criterion, setting: Setting) -> Verdict | None:
    """Return that a relation is what a criterion gives that words state for it; None if it is not."""
    found = meets(criterion, *claimed.exprs)
    if found is None or claimed.sign != "=" or claimed.constant or mentions_do(*found):
        return None
    everywhere = setting_without_model(setting.variables)
    if not identical(*found, everywhere.models(named_variables(*claimed.exprs))):
        return None
    return Verdict("holds", "derivation", f"{criterion.told}, whatever else the graph is")


# -- rules -----------------------------------------------------------------------------------------
def gives(said: WrittenIndependence, asked: Application) -> bool:
    """Decide whether a stated separation gives the one that a rule asks for, in every graph.

    Arrows that are cut separate no less; a part of a separated set is separated, and may be given
    besides; so may what is set, into which no arrows lead in the rule's graph.

    Examples
    --------
    >>> from symcausal.reading.reader import read
    >>> from symcausal.reading.surgery import WrittenSurgery
    >>> asked = application(read("P(Y | Z, do(X))"), read("P(Y | do(X))"), 1)
    >>> gives(WrittenIndependence(("Y",), ("Z",), ("X",), surgery=WrittenSurgery(("X",))), asked)
    True
    >>> gives(WrittenIndependence(("Y",), ("Z",), ("X",), surgery=WrittenSurgery((), ("X",))), asked)
    False
    """
    parts = (asked.outcome, asked.target, asked.set_, asked.observed)
    named = [name for part in parts for name in part]
    if len(named) != len(set(named)) or not _keeps_arrows(said, asked):
        return False
    outcome, target, set_, observed = map(set, parts)
    needed, stated = set_ | observed, set(said.given)
    for left, right in ((set(said.left), set(said.right)), (set(said.right), set(said.left))):
        if outcome <= left and target <= right and not left & right and stated <= needed:
            more = (left - outcome) | (right - target)
            if needed <= stated | more | set_:
                return True
    return False


def _shown(said: WrittenIndependence) -> str:
    """A separation in words, as it is stated."""
    surgery = said.surgery
    into = (*surgery.into, *(n for some, _ in surgery.spared for n in some))
    shown = text(Separated(said.left, said.right, said.given, into, surgery.out_of))
    spared = [f"{', '.join(some)} above {', '.join(others)}" for some, others in surgery.spared]
    return f"{shown} (but for {' and '.join(spared)})" if spared else shown


def _keeps_arrows(said: WrittenIndependence, asked: Application) -> bool:
    """Whether the stated graph has all arrows of the rule's graph."""
    surgery = said.surgery
    set_, target, observed = set(asked.set_), set(asked.target), set(asked.observed)
    out_of = target if asked.number == 2 else set()
    if not set(surgery.out_of) <= out_of:
        return False
    if asked.number != 3:
        cut = {*surgery.into, *(name for some, _ in surgery.spared for name in some)}
        return cut <= set_
    if not observed:
        return {*surgery.into, *(n for some, _ in surgery.spared for n in some)} <= set_ | target
    # what is above the observed may keep its arrows: the fewer are cut before, the more is above
    return set(surgery.into) <= set_ and all(
        set(some) <= set_ or (set(some) <= set_ | target and observed <= set(others))
        for some, others in surgery.spared
    )


# -- graphs ----------------------------------------------------------------------------------------
def _refuted(
    left: Expr, right: Expr, said: Sequence[WrittenIndependence], setting: Setting
) -> Verdict | None:
    """A small graph in which everything stated is separated, and the two sides differ."""
    stated = [n for one in said for n in (*one.left, *one.right, *one.given)]
    names = tuple(dict.fromkeys((*variables(left), *variables(right), *stated)))
    if len(names) > MOST_VARIABLES:
        return None
    told = {name: setting.variables.get(name, Variable(name)) for name in names}
    for graph in graphs_over(names):
        try:
            if any(one.open_path(graph) is not None for one in said):
                continue
        except SymcausalError:
            return None
        there = Setting(graph, told)
        if identical(left, right, there.models(named_variables(left, right))[:1]):
            continue
        example = counterexample(left, right, graph, there.states)
        if example is None:
            continue
        shown = "; ".join(graph.edges)
        reason = f"the two sides differ in the graph {shown}, where what is stated for it is so"
        return Verdict("fails", "counterexample", reason, example=example)
    return None


def graphs_over(names: Sequence[str]) -> Iterator[Graph]:
    """Yield the graphs over some variables, with hidden causes, those with the fewest edges first.

    Examples
    --------
    >>> [graph.edges for graph in graphs_over("AB")]
    [(), ('A -> B',), ('B -> A',), ('A <-> B',)]
    """
    pairs = list(combinations(names, 2))
    for size in range(min(len(pairs), MOST_EDGES) + 1):
        for chosen in combinations(pairs, size):
            for kinds in product("><-", repeat=size):
                drawn = list(zip(chosen, kinds, strict=True))
                arrows = [
                    pair if kind == ">" else pair[::-1] for pair, kind in drawn if kind != "-"
                ]
                causes = [pair for pair, kind in drawn if kind == "-"]
                try:
                    yield Graph(names, arrows, causes)
                except CyclicGraphError:
                    continue
