"""Questions about the graph alone: independence and adjustment.

Main definitions
----------------
IndependenceAnswer, independence : whether the arrows imply an independence.
Adjustment, adjustment : the sets that repair confounding.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from symcausal.errors import UsageError
from symcausal.graph.adjustment import AdjustmentSet, NoAdjustmentSet, adjustment_sets
from symcausal.graph.graph import Graph
from symcausal.graph.separation import Path, open_path
from symcausal.notation.reader import read_independence
from symcausal.notation.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class IndependenceAnswer:
    """Whether the arrows make two sets independent given a third.

    Attributes
    ----------
    left, right, given : tuple of str
        The sets.
    path : Path or None
        A shortest open path, if they are not.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    given: tuple[str, ...]
    path: Path | None

    @property
    def holds(self) -> bool:
        """Whether the independence follows from the graph."""
        return self.path is None

    @property
    def statement(self) -> str:
        """``D _||_ L | G``."""
        given = f" | {', '.join(self.given)}" if self.given else ""
        return f"{', '.join(self.left)} _||_ {', '.join(self.right)}{given}"

    def __bool__(self) -> bool:
        return self.holds

    def __str__(self) -> str:
        return self.to_text()

    def to(self, shape: str) -> str:
        """Print as ``text`` or ``json``."""
        return {"text": self.to_text, "json": self.to_json}[shape]()

    def to_text(self) -> str:
        """One line, and the open path below it."""
        if self.path is None:
            return f"{self.statement}: holds in every model of this graph"
        lines = [
            f"{self.statement}: does not follow from this graph",
            f"  open path: {self.path}",
        ]
        for collider, below in self.path.opened_by:
            lines.append(f"  the collider {collider} is open because {below} is observed")
        lines += [
            f"  the collider {collider} is open because it is observed"
            for collider in self.path.colliders
            if collider in self.given
        ]
        return "\n".join(lines)

    def to_json(self) -> str:
        """The answer as JSON."""
        data = {
            "statement": self.statement,
            "independent": self.holds,
            "open_path": None if self.path is None else str(self.path),
        }
        return json.dumps(data, indent=2, ensure_ascii=False)


def independence(statement: str, graph: Graph, vocabulary: Vocabulary) -> IndependenceAnswer:
    """Decide a statement such as ``D _||_ L | G``."""
    left, right, given = read_independence(statement, vocabulary)
    if set(left) & set(right):
        raise UsageError(
            f"{', '.join(sorted(set(left) & set(right)))} on both sides",
            expected="two sets without common variables",
        )
    return IndependenceAnswer(left, right, given, open_path(graph, left, right, given))


@dataclass(frozen=True, slots=True)
class Adjustment:
    """The minimal sets that repair confounding of a treatment and an outcome.

    Attributes
    ----------
    treatment, outcome : tuple of str
        Whose effect on what.
    sets : tuple of AdjustmentSet
        Smallest first; the empty set means that nothing needs repair.
    reason : NoAdjustmentSet or None
        Why there is none.
    """

    treatment: tuple[str, ...]
    outcome: tuple[str, ...]
    sets: tuple[AdjustmentSet, ...]
    reason: NoAdjustmentSet | None

    def __str__(self) -> str:
        return self.to_text()

    def to(self, shape: str) -> str:
        """Print as ``text`` or ``json``."""
        return {"text": self.to_text, "json": self.to_json}[shape]()

    def to_text(self) -> str:
        """A line for each set, or the reason why there is none."""
        effect = f"the effect of {', '.join(self.treatment)} on {', '.join(self.outcome)}"
        if self.reason is not None:
            return f"no set of observed variables adjusts {effect}: {self.reason.reason}"
        lines = [f"minimal adjustment sets for {effect}:"]
        lines += [f"  {set_text(found)}" for found in self.sets]
        return "\n".join(lines)

    def to_json(self) -> str:
        """The sets as JSON."""
        data = {
            "treatment": list(self.treatment),
            "outcome": list(self.outcome),
            "sets": [list(found.variables) for found in self.sets],
            "reason": None if self.reason is None else str(self.reason.reason),
        }
        return json.dumps(data, indent=2, ensure_ascii=False)


def set_text(found: AdjustmentSet) -> str:
    """``{S}``, or words for the empty set."""
    if not found.variables:
        return "{} (nothing to adjust for)"
    note = "" if found.back_door else " (not a back-door set)"
    return "{" + ", ".join(found.variables) + "}" + note


def adjustment(graph: Graph, treatment: tuple[str, ...], outcome: tuple[str, ...]) -> Adjustment:
    """The minimal adjustment sets, or the reason why there is none."""
    if not treatment or not outcome or set(treatment) & set(outcome):
        raise UsageError("adjustment needs a treatment and another variable as the outcome")
    found = adjustment_sets(graph, treatment, outcome)
    sets = tuple(f for f in found if isinstance(f, AdjustmentSet))
    reason = next((f for f in found if isinstance(f, NoAdjustmentSet)), None)
    return Adjustment(treatment, outcome, sets, reason)
