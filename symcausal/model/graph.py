"""Questions to the graph of a model.

Main definitions
----------------
GraphQuestions : independence, adjustment, instruments, constraints, pictures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from symcausal.graph.separation import separated
from symcausal.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from symcausal.answer.constraints import Constraint
    from symcausal.answer.drawing import PrintedDrawing
    from symcausal.answer.findings import Findings
    from symcausal.answer.implications import Implications
    from symcausal.answer.questions import IndependenceAnswer
    from symcausal.answer.repairs import Adjustment, FrontDoor, Instruments
    from symcausal.expr.nodes import Expr
    from symcausal.graph.adjustment import AdjustmentSet
    from symcausal.graph.enumeration import Kind
    from symcausal.graph.essential import EssentialGraph
    from symcausal.graph.front_door import FrontDoorSet
    from symcausal.graph.independencies import Independence
    from symcausal.graph.separation import Path

from symcausal.errors import UsageError
from symcausal.model.held import Held, NamesLike, StatesLike


class GraphQuestions(Held):
    """The questions to the graph of a model: independence, adjustment, instruments, pictures."""

    __slots__ = ()

    def draw(
        self,
        shape: str = "tikz",
        *,
        do: StatesLike | None = None,
        evidence: StatesLike | None = None,
        path: str | Path | Iterable[str | Path] = (),
        adjust: NamesLike | AdjustmentSet = (),
        labels: Mapping[str, str] | None = None,
        states: bool | NamesLike = False,
        tables: bool | NamesLike = False,
        query: str | Expr | None = None,
    ) -> PrintedDrawing:
        """Return a picture of the graph: a string, which a notebook shows as the picture.

        Parameters
        ----------
        shape : str
            ``tikz``, ``svg``, ``dot``, or any format of an answer.
        do : mapping of str to state, or names, optional
            What is set, and to which state; the arrows into it are dotted and grey.
        evidence : mapping of str to state, or names, optional
            What is seen; it is shaded.
        path : str, Path, or several, optional
            Paths to be marked, such as ``G <- I -> S``; each has a colour and a pattern.
        adjust : str, iterable of str or AdjustmentSet, optional
            Variables that stand in a box: those over which is averaged.
        labels : mapping of str to str, optional
            Words under the names.
        states, tables : bool, or names
            Whether states stand under the names, and tables beside the nodes; or those that do.
        query : str or Expr, optional
            What would have been: the worlds that it speaks of are drawn beside each other, and nothing
            else is marked.

        Raises
        ------
        UnknownVariableError, UnknownStateError
            If a variable or a state is not there.
        UsageError
            If a path is not there, a variable is set and seen, or something is marked beside a query.

        Examples
        --------
        >>> from symcausal import Model
        >>> print(Model("A -> B").draw("dot").replace(chr(10), ""))
        digraph {  "A";  "B";  "A" -> "B";}
        >>> Model("Z -> X; Z -> Y; X -> Y").draw("svg", path="X <- Z -> Y", adjust="Z")
        <svg of a graph of 3 variables>
        """
        from symcausal.answer.drawing import PrintedDrawing, drawing
        from symcausal.graph.adjustment import AdjustmentSet
        from symcausal.graph.separation import Path

        if do or query is not None:
            self._refuse_do()
        if query is not None:
            from symcausal.answer.twin import twin_drawing

            if any((do, evidence, path, adjust, labels, states, tables)):
                raise UsageError(
                    "marks beside a query",
                    expected="a query alone",
                    hint="what the query sets and sees is marked already",
                )
            return PrintedDrawing(twin_drawing(self.query(query), self.network), shape)
        every = tuple(self.network.variables)

        def some(chosen: bool | NamesLike) -> tuple[str, ...]:
            if isinstance(chosen, bool):
                return every if chosen else ()
            return self._names(chosen)

        drawn = drawing(
            self.network,
            self._states(do),
            evidence=self._states(evidence),
            paths=(path,) if isinstance(path, str | Path) else path,
            name_of=lambda written: self._vocabulary.name_of(written) or written,
            adjusted=self._names(adjust.variables if isinstance(adjust, AdjustmentSet) else adjust),
            labels=self._by_name(labels or {}, "the label"),
            states=some(states),
            tables=some(tables),
        )
        return PrintedDrawing(drawn, shape)

    def _states(self, values: StatesLike | None) -> dict[str, str]:
        """Variables with their states, an empty text where none is said."""
        if values is None:
            return {}
        if isinstance(values, Mapping):
            return {n: str(state) for n, state in self._by_name(values, "the state").items()}
        return dict.fromkeys(self._names(values), "")

    def adjustment_sets(
        self,
        treatment: NamesLike,
        outcome: NamesLike,
        *,
        forced: NamesLike = (),
        forbidden: NamesLike = (),
        kind: Kind = "minimal",
        equivalent: bool = False,
    ) -> Findings[AdjustmentSet]:
        """Return the sets of variables that repair confounding; an empty list if there is none.

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

        Examples
        --------
        >>> from symcausal import Model
        >>> [str(found) for found in Model("Z -> X; Z -> Y; X -> Y").adjustment_sets("X", "Y")]
        ['{Z}']
        >>> Model("X -> Y; X <-> Y").adjustment_sets("X", "Y")
        []
        """
        rules = {"forced": forced, "forbidden": forbidden}
        found = self.adjustment(treatment, outcome, kind=kind, equivalent=equivalent, **rules)
        from symcausal.answer.findings import Findings

        return Findings(found.sets)

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
        """Return the adjustment sets, or the reason why there is none.

        The arguments are those of :meth:`adjustment_sets`.

        Examples
        --------
        >>> from symcausal import Model
        >>> Model("Z -> X; Z -> Y; X -> Y").adjustment("X", "Y").reason is None
        True
        >>> Model("X -> Y; X <-> Y").adjustment("X", "Y").reason is None
        False
        """
        from symcausal.answer.repairs import adjustment

        self._refuse_do()
        graph, ends = self.network.graph, (self._names(treatment), self._names(outcome))
        rules = {"forced": self._names(forced), "forbidden": self._names(forbidden)}
        return adjustment(graph, *ends, kind=kind, equivalent=equivalent, **rules)

    def front_door_sets(
        self, treatment: NamesLike, outcome: NamesLike, *, kind: Kind = "minimal"
    ) -> Findings[FrontDoorSet]:
        """Return the front-door sets, which carry an effect past hidden confounders; empty if none do.

        Examples
        --------
        >>> from symcausal import Model
        >>> [str(found) for found in Model("X -> M -> Y; X <-> Y").front_door_sets("X", "Y")]
        ['{M}']
        """
        from symcausal.answer.findings import Findings

        return Findings(self.front_door(treatment, outcome, kind=kind).sets)

    def front_door(
        self,
        treatment: NamesLike,
        outcome: NamesLike,
        *,
        forced: NamesLike = (),
        forbidden: NamesLike = (),
        kind: Kind = "minimal",
    ) -> FrontDoor:
        """Return the front-door sets, or the reason why there is none.

        Parameters
        ----------
        treatment, outcome, forced, forbidden, kind
            As for :meth:`adjustment_sets`.

        Examples
        --------
        >>> from symcausal import Model
        >>> Model("X -> Y; X <-> Y").front_door("X", "Y").sets
        ()
        """
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
        """Return the instruments: what moves the treatment and reaches the outcome through it alone.

        Parameters
        ----------
        treatment, outcome : str
            Whose effect on what.
        forced, forbidden : str or iterable of str
            Variables that the condition of each must hold, or may not.

        Examples
        --------
        >>> from symcausal import Model
        >>> found = Model("Z -> X -> Y; X <-> Y").instruments("X", "Y").found
        >>> [(one.variable, one.given) for one in found]
        [('Z', ())]
        """
        from symcausal.answer.repairs import instruments

        self._refuse_do()
        graph, ends = self.network.graph, (self._names(treatment), self._names(outcome))
        rules = {"forced": self._names(forced), "forbidden": self._names(forbidden)}
        return instruments(graph, *ends, **rules)

    def independent(self, left: NamesLike, right: NamesLike, *, given: NamesLike = ()) -> bool:
        """Decide whether the arrows alone make two sets of variables independent given a third.

        Examples
        --------
        >>> from symcausal import Model
        >>> model = Model("A -> B -> C")
        >>> model.independent("A", "C", given="B"), model.independent("A", "C")
        (True, False)
        """
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
    ) -> Findings[tuple[str, ...]]:
        """Return the sets given which two others are separated; an empty list if there is none.

        Parameters
        ----------
        left, right, forced, forbidden : str or iterable of str
            The two sets; variables that every separating set must hold, or may not.
        kind : {"minimal", "minimum", "all"}
            The sets of which no part would do, the smallest, or every set.

        Examples
        --------
        >>> from symcausal import Model
        >>> Model("A -> B -> C").separating_sets("A", "C")
        [('B',)]
        """
        from symcausal.answer.findings import Findings
        from symcausal.graph.separating import separating_sets

        found = separating_sets(
            self.network.graph,
            self._names(left),
            self._names(right),
            forced=self._names(forced),
            forbidden=self._names(forbidden),
            kind=kind,
        )
        return Findings(found)

    def independence(self, statement: str) -> IndependenceAnswer:
        """Decide ``D _||_ L | G``, with an open path, or what blocks each path, as the witness.

        Examples
        --------
        >>> from symcausal import Model
        >>> found = Model("A -> B <- C").independence("A _||_ C | B")
        >>> found.holds, str(found.path)
        (False, 'A -> B <- C')
        """
        from symcausal.answer.questions import independence

        return independence(statement, self.network, self._vocabulary)

    def independencies(self) -> Findings[Independence]:
        """Return the conditional independencies that the arrows imply, each with a minimal condition.

        Examples
        --------
        >>> from symcausal import Model
        >>> [str(found) for found in Model("A -> B -> C").independencies()]
        ['A _||_ C | B']
        """
        from symcausal.answer.findings import Findings
        from symcausal.graph.independencies import independencies

        return Findings(independencies(self.network.graph))

    def implications(self, *, basis: bool = False) -> Implications:
        """Return all that the arrows imply about data, to be printed: independencies and constraints.

        Parameters
        ----------
        basis : bool
            Whether only independencies are listed from which all others follow.

        Examples
        --------
        >>> from symcausal import Model
        >>> found = Model("A -> B -> C").implications()
        >>> [str(one) for one in found.independencies], found.constraints
        (['A _||_ C | B'], ())
        """
        from symcausal.answer.implications import implications

        return implications(self.network.graph, self.variables, basis=basis, notation=self.notation)

    def constraints(self) -> Findings[Constraint]:
        """Return the constraints that hidden causes leave beyond independence (Verma constraints).

        Examples
        --------
        >>> from symcausal import Model
        >>> (found,) = Model("A -> B -> C -> D; B <-> D").constraints()
        >>> found.irrelevant, found.effect == Model("C -> D").query("P(D | do(C))")
        (('A',), True)
        """
        from symcausal.answer.constraints import verma_constraints
        from symcausal.answer.findings import Findings

        return Findings(verma_constraints(self.network.graph, self.variables))

    def equivalent(self, other: Held) -> bool:
        """Decide whether the arrows of another model imply the same independencies.

        Examples
        --------
        >>> from symcausal import Model
        >>> chain = Model("A -> B -> C")
        >>> chain.equivalent(Model("A <- B -> C")), chain.equivalent(Model("A -> B <- C"))
        (True, False)
        """
        from symcausal.graph.equivalence import markov_equivalent

        return markov_equivalent(self.network.graph, other.network.graph)

    def essential_graph(self) -> EssentialGraph:
        """Return the essential graph: arrows that are compelled, and arrows that may be turned.

        Examples
        --------
        >>> from symcausal import Model
        >>> Model("A -> B <- C").essential_graph().compelled
        (('A', 'B'), ('C', 'B'))
        >>> Model("A -> B -> C").essential_graph().reversible
        (('A', 'B'), ('B', 'C'))
        """
        from symcausal.graph.essential import essential_graph

        return essential_graph(self.network.graph)
