"""Ways to learn an effect from what is observed: adjustment, the front door, instruments.

Main definitions
----------------
Adjustment, adjustment : the sets that repair confounding.
FrontDoor, front_door : the sets that carry the effect.
Instruments, instruments : what moves the treatment alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from symcausal.answer.confounding import Names
from symcausal.answer.figures import repaired
from symcausal.answer.saying import Said, Saying
from symcausal.errors import SymcausalError, UsageError
from symcausal.graph import front_door as front
from symcausal.graph import instruments as moving
from symcausal.graph.adjustment import AdjustmentSet, NoAdjustmentSet, adjustment_sets
from symcausal.graph.enumeration import Kind
from symcausal.graph.front_door import FrontDoorSet, NoFrontDoorSet
from symcausal.graph.graph import Graph
from symcausal.graph.instruments import Instrument
from symcausal.record import field, record
from symcausal.writing.blocks import Block, Code, Piece

_KINDS = {"minimal": "minimal", "minimum": "smallest", "all": "all"}
_SHOWN = 5


@record
class Adjustment(Said):
    """The sets that repair confounding of a treatment and an outcome.

    Attributes
    ----------
    treatment, outcome : tuple of str
        Whose effect on what.
    sets : tuple of AdjustmentSet
        Smallest first; the empty set means that nothing needs repair.
    reason : NoAdjustmentSet or None
        Why there is none.
    kind : str
        Which sets these are: ``minimal``, ``minimum`` or ``all``.
    front_door : tuple of FrontDoorSet
        If there is no adjustment set: other ways to the effect, the first few.
    instruments : tuple of Instrument
        The same where effects are linear.
    graph : Graph or None
        The graph, for the figure.
    """

    treatment: Names
    outcome: Names
    sets: tuple[AdjustmentSet, ...]
    reason: NoAdjustmentSet | None
    kind: Kind = "minimal"
    front_door: tuple[FrontDoorSet, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    graph: Graph | None = field(default=None, compare=False, repr=False)

    @property
    def headline(self) -> str:
        """Whose effect on what."""
        return f"{', '.join(self.treatment)} on {', '.join(self.outcome)}"

    def as_data(self) -> dict[str, object]:
        """The sets as values that ``json`` knows."""
        return {
            "treatment": list(self.treatment),
            "outcome": list(self.outcome),
            "kind": self.kind,
            "sets": [list(found.variables) for found in self.sets],
            "reason": None if self.reason is None else str(self.reason.reason),
            "unclear": self.reason is not None and self.reason.unclear,
            "front_door": [list(found.variables) for found in self.front_door],
            "instruments": [_instrument_data(found) for found in self.instruments],
        }

    def sayings(self) -> list[Saying]:
        """The sets, or why there is none."""
        return [self._said()]

    def figures(self) -> list[Block]:
        """The graph with the first set and the back doors, or with the path that stays open."""
        return _figure(self)

    def _said(self) -> Saying:
        effect = _effect(self.treatment, self.outcome)
        if self.reason is None:
            sets = tuple(set_pieces(found) for found in self.sets)
            return Saying((f"{_KINDS[self.kind]} adjustment sets for ", *effect, ":"), sets)
        path = self.reason.reason
        if self.reason.unclear:
            where = " in all graphs with the same independencies: in some of them "
            why = (where, Code(str(path)), " is causal, in others it is not")
            return Saying(("no set adjusts ", *effect, *why))
        # a way along the arrows to another variable: one that had to be in the set
        forced = path.nodes[-1] not in self.outcome
        head: tuple[Piece, ...] = ("no set of observed variables adjusts ", *effect)
        if forced:
            head = ("no adjustment set for ", *effect, " can hold ", Code(path.nodes[-1]))
        others: list[tuple[Piece, ...]] = [
            ("front-door set: ", Code(str(found)))
            if found.variables
            else ("no arrows lead from treatment to outcome: there is no effect",)
            for found in self.front_door
        ]
        others += [
            ("instrument, where effects are linear: ", *_instrument_pieces(found))
            for found in self.instruments
        ]
        return Saying((*head, ": ", Code(str(path))), tuple(others))


@record
class FrontDoor(Said):
    """The sets that carry the whole effect of a treatment on an outcome.

    Attributes
    ----------
    treatment, outcome : tuple of str
        Whose effect on what.
    sets : tuple of FrontDoorSet
        Smallest first; the empty set means that there is no effect.
    reason : NoFrontDoorSet or None
        Why there is none.
    kind : str
        Which sets these are: ``minimal``, ``minimum`` or ``all``.
    graph : Graph or None
        The graph, for the figure.
    """

    treatment: Names
    outcome: Names
    sets: tuple[FrontDoorSet, ...]
    reason: NoFrontDoorSet | None
    kind: Kind = "minimal"
    graph: Graph | None = field(default=None, compare=False, repr=False)

    @property
    def headline(self) -> str:
        """Whose effect on what."""
        return f"{', '.join(self.treatment)} on {', '.join(self.outcome)}"

    def as_data(self) -> dict[str, object]:
        """The sets as values that ``json`` knows."""
        reason = self.reason
        return {
            "treatment": list(self.treatment),
            "outcome": list(self.outcome),
            "kind": self.kind,
            "sets": [list(found.variables) for found in self.sets],
            "reason": None if reason is None else str(reason.reason),
            "obstacles": {}
            if reason is None
            else {name: str(path) for name, path in reason.obstacles},
        }

    def sayings(self) -> list[Saying]:
        """The sets, or why there is none."""
        return [self._said()]

    def figures(self) -> list[Block]:
        """The graph with the first set and the back doors, or with the path in the way."""
        return _figure(self)

    def _said(self) -> Saying:
        effect = _effect(self.treatment, self.outcome)
        if self.reason is None:
            sets: tuple[tuple[Piece, ...], ...] = tuple(
                (Code(str(found)), *[" (there is no effect to carry)"] * (not found.variables))
                for found in self.sets
            )
            return Saying((f"{_KINDS[self.kind]} front-door sets for ", *effect, ":"), sets)
        path = self.reason.reason
        if set(path.arrows) == {"->"} and path.nodes[-1] in self.outcome:
            head: tuple[Piece, ...] = ("no front-door set for ", *effect, " meets ")
        else:
            head = ("no front-door set for ", *effect, " can hold every forced variable: ")
        obstacles = tuple(
            (Code(name), " is no use: ", Code(str(obstacle)))
            for name, obstacle in self.reason.obstacles
        )
        return Saying((*head, Code(str(path))), obstacles)


@record
class Instruments(Said):
    """What moves a treatment and reaches the outcome through it alone.

    Attributes
    ----------
    treatment, outcome : str
        Whose effect on what.
    found : tuple of Instrument
        Those that need fewest other variables first.
    """

    treatment: str
    outcome: str
    found: tuple[Instrument, ...]

    @property
    def headline(self) -> str:
        """Whose effect on what."""
        return f"{self.treatment} on {self.outcome}"

    def as_data(self) -> dict[str, object]:
        """The instruments as values that ``json`` knows."""
        return {
            "treatment": self.treatment,
            "outcome": self.outcome,
            "instruments": [_instrument_data(one) for one in self.found],
        }

    def sayings(self) -> list[Saying]:
        """The instruments."""
        return [self._said()]

    def _said(self) -> Saying:
        effect = _effect((self.treatment,), (self.outcome,))
        if not self.found:
            return Saying(("no observed variable is an instrument for ", *effect))
        head = ("instruments for ", *effect, ", which give it where effects are linear:")
        return Saying(head, tuple(_instrument_pieces(one) for one in self.found))


def _figure(found: Adjustment | FrontDoor) -> list[Block]:
    sets = (one.variables for one in found.sets)
    reason = None if found.reason is None else found.reason.reason
    return repaired(found.graph, found.treatment, found.outcome, sets, reason)


def set_pieces(found: AdjustmentSet) -> tuple[Piece, ...]:
    """Return a set such as ``{S}`` for the page, or words for the empty set."""
    if not found.variables:
        return (Code("{}"), " (nothing to adjust for)")
    return (Code(str(found)), *[" (not a back-door set)"] * (not found.back_door))


def adjustment(
    graph: Graph,
    treatment: Names,
    outcome: Names,
    *,
    forced: Iterable[str] = (),
    forbidden: Iterable[str] = (),
    kind: Kind = "minimal",
    equivalent: bool = False,
) -> Adjustment:
    """Return the adjustment sets of a kind, or the reason why there is none and what else there is."""
    _refuse_same(treatment, outcome, "adjustment")
    forced, forbidden = tuple(forced), tuple(forbidden)
    found = adjustment_sets(
        graph,
        treatment,
        outcome,
        forced=forced,
        forbidden=forbidden,
        kind=kind,
        equivalent=equivalent,
    )
    sets = tuple(f for f in found if isinstance(f, AdjustmentSet))
    reason = next((f for f in found if isinstance(f, NoAdjustmentSet)), None)
    if reason is None or forced or equivalent:
        return Adjustment(treatment, outcome, sets, reason, kind, graph=graph)
    doors = _first_front_doors(graph, treatment, outcome, forbidden)
    moved: tuple[Instrument, ...] = ()
    if all(door.variables for door in doors):
        moved = _first_instruments(graph, treatment, outcome, forbidden)
    return Adjustment(treatment, outcome, sets, reason, kind, doors, moved, graph)


def front_door(
    graph: Graph,
    treatment: Names,
    outcome: Names,
    *,
    forced: Iterable[str] = (),
    forbidden: Iterable[str] = (),
    kind: Kind = "minimal",
) -> FrontDoor:
    """Return the front-door sets of a kind, or the reason why there is none."""
    _refuse_same(treatment, outcome, "the front door")
    found = front.front_door_sets(
        graph, treatment, outcome, forced=forced, forbidden=forbidden, kind=kind
    )
    sets = tuple(f for f in found if isinstance(f, FrontDoorSet))
    reason = next((f for f in found if isinstance(f, NoFrontDoorSet)), None)
    return FrontDoor(treatment, outcome, sets, reason, kind, graph)


def instruments(
    graph: Graph,
    treatment: Names,
    outcome: Names,
    *,
    forced: Iterable[str] = (),
    forbidden: Iterable[str] = (),
) -> Instruments:
    """Return the instruments for the effect of one variable on another."""
    if len(treatment) != 1 or len(outcome) != 1 or treatment == outcome:
        raise UsageError("an instrument needs one treatment and another variable as the outcome")
    found = moving.instruments(graph, treatment[0], outcome[0], forced=forced, forbidden=forbidden)
    return Instruments(treatment[0], outcome[0], tuple(found))


def _refuse_same(treatment: Names, outcome: Names, what: str) -> None:
    if not treatment or not outcome or set(treatment) & set(outcome):
        raise UsageError(f"{what} needs a treatment and another variable as the outcome")


def _first_front_doors(
    graph: Graph, treatment: Names, outcome: Names, forbidden: Names
) -> tuple[FrontDoorSet, ...]:
    found = front.front_door_sets(graph, treatment, outcome, forbidden=forbidden, most=_SHOWN)
    return tuple(f for f in found if isinstance(f, FrontDoorSet))


def _first_instruments(
    graph: Graph, treatment: Names, outcome: Names, forbidden: Names
) -> tuple[Instrument, ...]:
    if len(treatment) != 1 or len(outcome) != 1:
        return ()
    try:
        found = moving.instruments(graph, *treatment, *outcome, forbidden=forbidden)
    except SymcausalError:  # too many to list: then none is worth a remark
        return ()
    return tuple(found[:_SHOWN])


def _effect(treatment: Names, outcome: Names) -> tuple[Piece, ...]:
    return ("the effect of ", Code(", ".join(treatment)), " on ", Code(", ".join(outcome)))


def _instrument_pieces(one: Instrument) -> tuple[Piece, ...]:
    given: tuple[Piece, ...] = (" given ", Code(", ".join(one.given))) if one.given else ()
    return (Code(one.variable), *given)


def _instrument_data(one: Instrument) -> dict[str, object]:
    return {"instrument": one.variable, "given": list(one.given), "path": str(one.relevance)}
