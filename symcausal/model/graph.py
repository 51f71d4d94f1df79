"""Questions to the graph of a model.

Main definitions
----------------
GraphQuestions : independence, adjustment, instruments, constraints, pictures.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from symcausal.graph.separation import separated

if TYPE_CHECKING:
    from symcausal.answer.constraints import Constraint
    from symcausal.answer.implications import Implications
    from symcausal.answer.questions import IndependenceAnswer
    from symcausal.answer.repairs import Adjustment, FrontDoor, Instruments
    from symcausal.graph.adjustment import AdjustmentSet
    from symcausal.graph.enumeration import Kind
    from symcausal.graph.essential import EssentialGraph
    from symcausal.graph.front_door import FrontDoorSet
    from symcausal.graph.independencies import Independence

from symcausal.model.held import Held, NamesLike


class GraphQuestions(Held):
    """What the arrows alone say."""

    __slots__ = ()

    def draw(self, shape: str = "tikz", *, do: Mapping[str, object] | None = None) -> str:
        """The graph as ``tikz``, ``svg``, ``dot``, or in any format of an answer.

        It is drawn after surgery if something is set.
        """
        from symcausal.answer.drawing import drawing

        if do:
            self._refuse_do()
        actions = {name: str(state) for name, state in (do or {}).items()}
        return drawing(self.network, actions).to(shape)

    def adjustment_sets(
        self,
        treatment: NamesLike,
        outcome: NamesLike,
        *,
        forced: NamesLike = (),
        forbidden: NamesLike = (),
        kind: Kind = "minimal",
        equivalent: bool = False,
    ) -> list[AdjustmentSet]:
        """The sets that repair confounding; empty if there is none.

        Parameters
        ----------
        treatment, outcome : str or iterable of str
            Whose effect on what.
        forced, forbidden : str or iterable of str
            Variables that every set must hold, or may not.
        kind : {"minimal", "minimum", "all"}
            The sets of which no part would do, the smallest, or every set.
        equivalent : bool
            Only sets that adjust in every graph that implies the same independencies.
        """
        rules = {"forced": forced, "forbidden": forbidden}
        found = self.adjustment(treatment, outcome, kind=kind, equivalent=equivalent, **rules)
        return list(found.sets)

    def adjustment(
        self,
        treatment: NamesLike,
        outcome: NamesLike,
        *,
        forced: NamesLike = (),
        forbidden: NamesLike = (),
        kind: Kind = "minimal",
        equivalent: bool = False,
    ) -> Adjustment:
        """The adjustment sets, or the reason why there is none; arguments as above."""
        from symcausal.answer.repairs import adjustment

        self._refuse_do()
        graph, ends = self.network.graph, (self._names(treatment), self._names(outcome))
        rules = {"forced": self._names(forced), "forbidden": self._names(forbidden)}
        return adjustment(graph, *ends, kind=kind, equivalent=equivalent, **rules)

    def front_door_sets(
        self, treatment: NamesLike, outcome: NamesLike, *, kind: Kind = "minimal"
    ) -> list[FrontDoorSet]:
        """The sets that carry an effect whose confounders are hidden; empty if there is none."""
        return list(self.front_door(treatment, outcome, kind=kind).sets)

    def front_door(
        self,
        treatment: NamesLike,
        outcome: NamesLike,
        *,
        forced: NamesLike = (),
        forbidden: NamesLike = (),
        kind: Kind = "minimal",
    ) -> FrontDoor:
        """The front-door sets, or the reason why there is none."""
        from symcausal.answer.repairs import front_door

        self._refuse_do()
        graph, ends = self.network.graph, (self._names(treatment), self._names(outcome))
        rules = {"forced": self._names(forced), "forbidden": self._names(forbidden)}
        return front_door(graph, *ends, kind=kind, **rules)

    def instruments(
        self,
        treatment: NamesLike,
        outcome: NamesLike,
        *,
        forced: NamesLike = (),
        forbidden: NamesLike = (),
    ) -> Instruments:
        """What moves a treatment and reaches the outcome through it alone, given what."""
        from symcausal.answer.repairs import instruments

        self._refuse_do()
        graph, ends = self.network.graph, (self._names(treatment), self._names(outcome))
        rules = {"forced": self._names(forced), "forbidden": self._names(forbidden)}
        return instruments(graph, *ends, **rules)

    def independent(self, left: NamesLike, right: NamesLike, *, given: NamesLike = ()) -> bool:
        """Whether the arrows alone make two sets of variables independent given a third."""
        return separated(
            self.network.graph, self._names(left), self._names(right), self._names(given)
        )

    def separating_sets(
        self,
        left: NamesLike,
        right: NamesLike,
        *,
        forced: NamesLike = (),
        forbidden: NamesLike = (),
        kind: Kind = "minimal",
    ) -> list[tuple[str, ...]]:
        """The sets given which the arrows make two others independent; empty if there is none."""
        from symcausal.graph.separating import separating_sets

        return separating_sets(
            self.network.graph,
            self._names(left),
            self._names(right),
            forced=self._names(forced),
            forbidden=self._names(forbidden),
            kind=kind,
        )

    def independence(self, statement: str) -> IndependenceAnswer:
        """Decide ``D _||_ L | G``, with an open path, or what blocks each path, as the witness."""
        from symcausal.answer.questions import independence

        return independence(statement, self.network, self._vocabulary)

    def independencies(self) -> list[Independence]:
        """The conditional independencies that the arrows imply."""
        from symcausal.graph.independencies import independencies

        return list(independencies(self.network.graph))

    def implications(self, *, basis: bool = False) -> Implications:
        """What the arrows imply about data, printable: independencies, or a basis of them, and
        constraints.
        """  # noqa: D205 - one sentence
        from symcausal.answer.implications import implications

        return implications(self.network.graph, self.variables, basis=basis, notation=self.notation)

    def constraints(self) -> list[Constraint]:
        """The constraints that hidden causes leave beyond independence."""
        from symcausal.answer.constraints import verma_constraints

        return verma_constraints(self.network.graph, self.variables)

    def equivalent(self, other: Held) -> bool:
        """Whether another model's arrows imply the same independencies."""
        from symcausal.graph.equivalence import markov_equivalent

        return markov_equivalent(self.network.graph, other.network.graph)

    def essential_graph(self) -> EssentialGraph:
        """The arrows that data can tell the direction of, and those that they can't."""
        from symcausal.graph.essential import essential_graph

        return essential_graph(self.network.graph)
