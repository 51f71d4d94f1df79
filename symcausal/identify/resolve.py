"""The strategy of identification: every probability with ``do`` is led back to what is known.

A term ``P(b | do(z))`` is tried in this order: drop treatments that do nothing, see instead of do,
adjust for confounders, split along c-components, and at last go down from a larger set whose law is
known, with ratios of its marginals. Each of these is a chain of rules of do-calculus and probability
in the graph as it was given, and every one is decided and replayed like any other step.

Main definitions
----------------
resolve : lead everything on a worksheet back to the inputs.
Stuck : the hedge that stops it.

References
----------
[ShpitserPearl2006]_ Figure 3; [TianPearl2002]_ Section 4; [Lee2019]_ for several inputs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from symcausal.derive.observe import bring_in
from symcausal.derive.worksheet import Worksheet
from symcausal.errors import VerificationError
from symcausal.expr.build import prob, product, quotient
from symcausal.expr.nodes import Event, Events, Prob, Product, State, Sum
from symcausal.expr.path import Path, at
from symcausal.graph.adjustment import AdjustmentSet, adjustment_sets
from symcausal.graph.graph import Graph
from symcausal.identify.components import c_components
from symcausal.identify.known import Known, Move, moves_to
from symcausal.identify.moves import (
    MOVES,
    drop_condition,
    prob_at,
    reshape,
    see,
    set_instead,
    unset,
)
from symcausal.identify.question import Hedge
from symcausal.identify.verdict import descend, observed_instead, relevant
from symcausal.rules.adjustment import adjusted, adjustment
from symcausal.rules.choices import ALL_SUBSETS_UP_TO
from symcausal.rules.components import c_component_factorisation
from symcausal.rules.independence import conditional_independence
from symcausal.rules.intervention import do_calculus_1, do_calculus_2, do_calculus_3
from symcausal.rules.probability import (
    chain_rule,
    conditional_probability,
    product_rule,
    total_probability,
)

MOST_STEPS = 2000
_STRENGTH = (do_calculus_2, do_calculus_3, do_calculus_1, conditional_independence)


class Stuck(Exception):  # noqa: N818 - an answer rather than an error; it never leaves this package
    """No way leads from the inputs to a term.

    Attributes
    ----------
    term : Prob
        The term.
    hedge : Hedge or None
        What is in the way; None if the inputs are too few to say.
    """

    def __init__(self, term: Prob, hedge: Hedge | None) -> None:
        super().__init__(term)
        self.term = term
        self.hedge = hedge


@dataclass(slots=True)
class Resolver:
    """The state of one search.

    Attributes
    ----------
    sheet : Worksheet
        Where the steps are written.
    graph : Graph
        The latent projection of the sheet's graph.
    inputs : sequence of Known
        What is known.
    states : mapping of str to tuple of str
        The states of each variable, for values that may be fixed at will.
    """

    sheet: Worksheet
    graph: Graph
    inputs: Sequence[Known]
    states: Mapping[str, tuple[str, ...]]
    lifts: dict[tuple[frozenset[str], frozenset[str], frozenset[str]], tuple[Known, int]] = field(
        default_factory=dict
    )
    wanted_values: dict[str, Event] = field(default_factory=dict)

    def run(self) -> None:
        """Lead every term back to the inputs.

        Raises
        ------
        Stuck
            If one can't be.
        """
        for _ in range(MOST_STEPS):
            places = [p for p in self.sheet.places(Prob) if not self.settled(p)]
            if not places:
                return
            if not self.advance(places[-1]):
                raise VerificationError(f"no rule fits {prob_at(self.sheet, places[-1])!r}")
        raise VerificationError("the search for an estimand does not end")

    def settled(self, path: Path) -> bool:
        """Whether an input gives a term as it stands."""
        part = prob_at(self.sheet, path)
        return any(known.gives(part) for known in self.inputs)

    # -- one term -------------------------------------------------------------------------------
    def advance(self, path: Path) -> bool:
        """Do to a term what brings it nearer to an input."""
        part = prob_at(self.sheet, path)
        lift = self.lifts.get(_key(part))
        if self.directly(path) or self.by_adjustment(path):
            return True
        if part.given:
            return self.with_conditions(path, lift)
        if lift is not None:
            return self.from_larger(path, *lift)
        return self.fewer_treatments(path) or self.by_components(path) or self.from_known(path)

    def directly(self, path: Path) -> bool:
        """Reach an input by dropping what does nothing and seeing what was set."""
        part = prob_at(self.sheet, path)
        for known in self.inputs:
            moves = moves_to(known, self.graph, part, self.value_of(path))
            if moves is not None:
                with self.calculus():
                    self.go(path, moves)
                return True
        return False

    @contextmanager
    def calculus(self) -> Iterator[None]:
        """Group moves into a line, under the name of the strongest rule among them."""
        with self.sheet.line(do_calculus_2):
            yield
        line = self.sheet.lines[-1] if self.sheet.lines else None
        if line is not None and line.rule is do_calculus_2:
            used = {step.rule.name: step.rule for step in line.steps}
            line.rule = next((used[r.name] for r in _STRENGTH if r.name in used), line.rule)

    def go(self, path: Path, moves: Sequence[Move]) -> None:
        """Write moves that the graph allows."""
        for name, event in moves:
            if not MOVES[name](self.sheet, path, event):
                raise VerificationError(f"'{name}' is refused for {event.variable}")

    def by_adjustment(self, path: Path) -> bool:
        """Average over confounders, as few as possible and those nearest to the outcome."""
        part = prob_at(self.sheet, path)
        if not part.do or part.given or not any(known.is_joint for known in self.inputs):
            return False
        if set(part.outcome.variables) & set(part.do.variables):
            return False
        order = self.graph.topological()
        found = [
            s.variables
            for s in adjustment_sets(
                self.sheet.context.graph, part.do.variables, part.outcome.variables, most=40
            )
            if isinstance(s, AdjustmentSet) and s.back_door
        ]
        if not found:
            return False
        best = min(found, key=lambda names: (len(names), sorted(-order.index(n) for n in names)))
        return self.sheet.use(adjustment, path, adjusted(part.outcome, part.do, best).after)

    def with_conditions(self, path: Path, lift: tuple[Known, int] | None) -> bool:
        """Drop conditions, set them instead, and write a ratio for those that are left."""
        part = prob_at(self.sheet, path)
        with self.calculus():
            dropped = [drop_condition(self.sheet, path, event) for event in part.given]
        if any(dropped):
            self.keep_lift(path, lift)
            return True
        if lift is None:
            with self.calculus():
                if any(unset(self.sheet, path, event) for event in part.do):
                    return True
            if self.by_conditional_adjustment(path):
                return True
            masks = (part.outcome, part.do, part.given)
            moved = observed_instead(
                self.graph, *(self.graph.mask(events.variables) for events in masks)
            )
            if moved:
                with self.calculus():
                    for event in part.given.of(self.graph.names(moved)):
                        set_instead(self.sheet, path, event)
                return True
        top = prob(part.outcome | part.given, (), part.do)
        bottom = prob(part.given, (), part.do)
        done = self.sheet.use(conditional_probability, path, quotient(top, bottom))
        if done and lift is not None:
            for term in (top, bottom):
                assert isinstance(term, Prob)
                self.lifts[_key(term)] = lift
        return done

    def by_conditional_adjustment(self, path: Path) -> bool:
        """``P(y | do(x), z) = sum_w P(y | x, z, w) P(w | z)`` where W and Z close the back doors."""
        part = prob_at(self.sheet, path)
        if not part.do or not any(known.is_joint for known in self.inputs):
            return False
        above = self.graph.mask(part.given.variables) & self.graph.descendants_mask(
            self.graph.mask(part.do.variables)
        )
        if above:
            return False
        found = adjustment_sets(
            self.sheet.context.graph,
            part.do.variables,
            part.outcome.variables,
            forced=part.given.variables,
            most=40,
        )
        sets = [s.variables for s in found if isinstance(s, AdjustmentSet) and s.back_door]
        if not sets:
            return False
        order = self.graph.topological()
        best = min(sets, key=lambda names: (len(names), sorted(-order.index(n) for n in names)))
        added = [n for n in best if n not in part.given.variables]
        with self.sheet.line(adjustment):
            place = self.sum_in(path, added)
            joint = prob_at(self.sheet, place)
            more = joint.outcome - part.outcome
            places = [place]
            if more:
                halves = (prob(joint.outcome - more, joint.given | more, joint.do),
                          prob(more, joint.given, joint.do))  # fmt: skip
                if not self.sheet.use(product_rule, place, product(halves)):
                    raise VerificationError("a joint probability does not split")
                places = self.factor_places(place, 2)
                if not reshape(self.sheet, places[1], joint.given, Events()):
                    raise VerificationError("the weights of an adjustment depend on the treatment")
            now = prob_at(self.sheet, places[0])
            if not reshape(self.sheet, places[0], now.given | now.do, Events()):
                raise VerificationError("an adjustment set does not close the back doors")
        return True

    # -- joint terms ----------------------------------------------------------------------------
    def fewer_treatments(self, path: Path) -> bool:
        """Rule 3 for every treatment that cannot reach the outcome."""
        part = prob_at(self.sheet, path)
        graph = self.graph
        do = graph.mask(part.do.variables)
        acting = relevant(graph, graph.mask(part.outcome.variables), do)
        useless = graph.names(do & ~graph.parents_mask(acting))
        with self.calculus():
            return any(unset(self.sheet, path, event) for event in part.do.of(useless))

    def by_components(self, path: Path) -> bool:
        """Sum in what acts on the outcome, and split along the c-components."""
        part = prob_at(self.sheet, path)
        graph = self.graph
        outcome, do = graph.mask(part.outcome.variables), graph.mask(part.do.variables)
        acting = relevant(graph, outcome, do)
        components = c_components(graph, acting)
        if acting == outcome and len(components) == 1:
            return False
        path = self.sum_in(path, graph.names(acting & ~outcome))
        if len(components) > 1 and not self.split_by_calculus(path, components):
            with self.sheet.line(c_component_factorisation):
                return self.sheet.use(c_component_factorisation, path)
        return True

    def split_by_calculus(self, path: Path, components: Sequence[int]) -> bool:
        """The factorisation by product rule and do-calculus, where the components have an order."""
        graph = self.graph
        ordered = _in_order(graph, components)
        part = prob_at(self.sheet, path)
        if ordered is None or len(part.outcome) > ALL_SUBSETS_UP_TO:
            return False
        present = part.outcome | part.do
        targets = [present.of(graph.names(component)) for component in ordered]
        with self.sheet.line(product_rule):
            place = path
            for last in reversed(targets[1:]):
                now = prob_at(self.sheet, place)
                rest = now.outcome - last
                halves = (prob(rest, (), now.do), prob(last, rest, now.do))
                if not self.sheet.use(product_rule, place, product(halves)):
                    raise VerificationError("a joint probability does not split")
                place = self.factor_places(place, 2)[0]
        places = self.factor_places(path, len(targets))
        for component, place in zip(ordered, places, strict=True):
            around = present.of(graph.names(graph.parents_mask(component) & ~component))
            with self.calculus():
                if not reshape(self.sheet, place, Events(), around):
                    raise VerificationError("do-calculus does not give the factorisation")
        return True

    def factor_places(self, path: Path, count: int) -> list[Path]:
        """Where the factors are that a product put at a place has become part of."""
        if count == 1:
            return [path]
        if path and isinstance(at(self.sheet.formula, path[:-1]), Product):
            return [(*path[:-1], path[-1] + i) for i in range(count)]
        return [(*path, i) for i in range(count)]

    def from_known(self, path: Path) -> bool:
        """Go down to a c-component from a set whose law is known."""
        part = prob_at(self.sheet, path)
        stuck: Hedge | None = None
        for known in self.inputs:
            if not known.covers(part):
                continue
            graph = known.graph
            target = graph.mask(part.outcome.variables)
            way = descend(graph, target, known.within)
            if way.stuck:
                if stuck is None and known.is_joint:
                    stuck = _hedge(graph, way.stuck, target, part)
                continue
            self.down(path, known, way.levels[-1].within)
            return True
        raise Stuck(part, stuck)

    def down(self, path: Path, known: Known, within: int) -> None:
        """One step down: ``Q[C]`` as a product of conditionals of the set above it."""
        graph = known.graph
        part = prob_at(self.sheet, path)
        top = within == known.within
        fixed = known.done if top else graph.names(graph.parents_mask(within) & ~within)
        value = self.value_of(path)
        with self.calculus():
            more: list[Move] = [("set", value(n)) for n in fixed if n not in part.do.variables]
            self.go(path, more)
        part = prob_at(self.sheet, path)
        names = self.sheet.context.graph.topological(part.outcome.variables)
        if len(names) > 1 and not self.sheet.use(chain_rule, path):
            raise VerificationError("a joint probability does not split")
        for place in self.factor_places(path, len(names)):
            with self.calculus():
                self.seen_inside(place, fixed)
            self.lifts[_key(prob_at(self.sheet, place))] = (known, within)

    def seen_inside(self, path: Path, fixed: Sequence[str]) -> None:
        """Of what is set, keep ``fixed``; drop what does nothing, see the rest."""
        for move in (unset, see):
            for name in reversed(self.graph.topological()):
                for event in prob_at(self.sheet, path).do.of((name,)):
                    if name not in fixed:
                        move(self.sheet, path, event)
        if set(prob_at(self.sheet, path).do.variables) - set(fixed):
            raise VerificationError("what comes before the outcome can't be seen instead")

    def from_larger(self, path: Path, known: Known, within: int) -> bool:
        """A marginal of a set whose law comes from above: sum the rest of the set in."""
        part = prob_at(self.sheet, path)
        graph = known.graph
        rest = within & ~graph.mask(part.outcome.variables)
        if not rest:
            del self.lifts[_key(part)]
            return self.from_known(path) is not False
        self.sum_in(path, graph.names(rest))
        return True

    # -- small pieces ---------------------------------------------------------------------------
    def sum_in(self, path: Path, names: Sequence[str]) -> Path:
        """Total probability for some variables; where the joint probability is afterwards."""
        with self.sheet.line(total_probability):
            for name in names:
                bring_in(self.sheet, path, name)
                if not isinstance(at(self.sheet.formula, path), Prob):
                    path = (*path, 0)
        return path

    def keep_lift(self, path: Path, lift: tuple[Known, int] | None) -> None:
        """Remember of a term, as it stands now, which set its law comes from."""
        if lift is not None:
            self.lifts[_key(prob_at(self.sheet, path))] = lift

    def value_of(self, path: Path) -> Callable[[str], Event]:
        """A value for a variable that may have any: one that is at hand, or the first state."""
        at_hand = dict(self.wanted_values)
        for depth in range(len(path)):
            node = at(self.sheet.formula, path[:depth])
            if isinstance(node, Sum):
                at_hand.update({event.variable: event for event in node.over})

        def value(name: str) -> Event:
            return at_hand.get(name) or Event(name, State(self.states[name][0]))

        return value


def _key(part: Prob) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    return tuple(frozenset(e.variables) for e in (part.outcome, part.given, part.do))  # type: ignore[return-value]


def _in_order(graph: Graph, components: Sequence[int]) -> list[int] | None:
    """C-components so that none acts on an earlier one; None if two act on each other."""
    left, ordered, done = list(components), list[int](), 0
    everything = sum(components)
    while left:
        free = [c for c in left if not graph.parents_mask(c) & everything & ~(c | done)]
        if not free:
            return None
        ordered.append(free[0])
        left.remove(free[0])
        done |= free[0]
    return ordered


def _hedge(graph: Graph, larger: int, smaller: int, part: Prob) -> Hedge:
    treatments = larger & graph.mask(part.do.variables)
    return Hedge(graph.names(larger), graph.names(smaller), graph.names(treatments))
