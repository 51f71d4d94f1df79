"""Decide the side-conditions of rules: the graph proves or refutes, positivity is assumed."""

from __future__ import annotations

from symcausal.graph.graph import Graph
from symcausal.graph.separation import open_path, separated
from symcausal.rules.condition import (
    AcrossWorlds,
    Condition,
    Decision,
    Distinct,
    Positive,
    Rises,
    Separated,
    TwoStates,
)


def decide(condition: Condition, graph: Graph) -> Decision:
    """Answer a condition in a graph, with an open path as the witness of a failing separation."""
    match condition:
        case Separated(left, right, given, cut_into, cut_out_of):
            if separated(graph, left, right, given, cut_into=cut_into, cut_out_of=cut_out_of):
                return Decision(condition, "holds")
            path = open_path(graph, left, right, given, cut_into=cut_into, cut_out_of=cut_out_of)
            return Decision(condition, "fails", str(path))
        case Positive() | Distinct() | AcrossWorlds() | TwoStates():
            return Decision(condition, "assumed")
        case Rises(cause, effect):
            from symcausal.rules.components import projected  # few models declare it

            declared = (cause, effect) in projected(graph).monotone
            return Decision(condition, "assumed" if declared else "fails")
