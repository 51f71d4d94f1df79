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

from symcausal.derive.worksheet import Worksheet
from symcausal.errors import VerificationError
from symcausal.expr.build import prob, quotient
from symcausal.expr.nodes import Counterfactual, Event, Events, Prob, State, bound_by
from symcausal.expr.path import NodePath, at
from symcausal.graph.graph import Graph
from symcausal.identify.components import c_components
from symcausal.identify.doors import adjust, adjust_given, front_doors
from symcausal.identify.known import Known, KnownMove, moves_to
from symcausal.identify.moves import (
    MOVES,
    drop_condition,
    reshape,
    see,
    set_instead,
    unset,
)
from symcausal.identify.places import factor_places, prob_at, split, sum_in
from symcausal.identify.question import Hedge
from symcausal.identify.verdict import descend, observed_instead, relevant
from symcausal.rules.adjustment import adjustment
from symcausal.rules.choices import ALL_SUBSETS_UP_TO
from symcausal.rules.components import c_component_factorisation
from symcausal.rules.independence import conditional_independence
from symcausal.rules.intervention import do_calculus_1, do_calculus_2, do_calculus_3
from symcausal.rules.probability import (
    chain_rule,
    conditional_probability,
    product_rule,
)

MOST_STEPS = 2000
_STRENGTH = (do_calculus_2, do_calculus_3, do_calculus_1, conditional_independence)


class Stuck(Exception):  # noqa: N818 - an answer rather than an error; it never leaves this package
    """The exception that says that no way leads from the inputs to a term.

    Attributes
    ----------
    term : Prob or Counterfactual
        The term.
    hedge : Hedge or None
        What is in the way; None if the inputs are too few to say.
    """

    def __init__(self, term: Prob | Counterfactual, hedge: Hedge | None) -> None:
        super().__init__(term)
        self.term = term
        self.hedge = hedge


@dataclass(slots=True)
class Resolver:
    """The search that leads every term of a formula back to the inputs.

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
    lifts : dict
        For terms that are marginals or conditionals of a larger set's law: which input and which set.
    wanted_values : dict of str to Event
        Values at hand for variables that may have any.
    adjust_for : tuple of str or None
        What to average over in adjustments.
    used : set of str
        The arguments used so far, by name.
    """

    sheet: Worksheet
    graph: Graph
    inputs: Sequence[Known]
    states: Mapping[str, tuple[str, ...]]
    lifts: dict[tuple[frozenset[str], frozenset[str], frozenset[str]], tuple[Known, int]] = field(
        default_factory=dict
    )
    wanted_values: dict[str, Event] = field(default_factory=dict)
    adjust_for: tuple[str, ...] | None = None
    used: set[str] = field(default_factory=set)

    def run(self) -> None:
        """Lead every term back to the inputs.

        Raises
        ------
        Stuck
            If one can't be.
        """
        for _ in range(MOST_STEPS):
            places = self.unsettled()
            if not places:
                return
            if self.shortcuts():
                continue
            if not self.advance(self.unsettled()[-1]):
                raise VerificationError(f"no rule fits {prob_at(self.sheet, places[-1])!r}")
        raise VerificationError("the search for an estimand does not end")

    def unsettled(self) -> list[NodePath]:
        """Return the places of terms that no input gives, last ones first."""
        return [p for p in self.sheet.places(Prob) if not self.settled(p)]

    def settled(self, path: NodePath) -> bool:
        """Decide whether an input gives a term as it stands."""
        part = prob_at(self.sheet, path)
        return any(known.gives(part) for known in self.inputs)

    # -- one term -------------------------------------------------------------------------------
    def shortcuts(self) -> bool:
        """Settle as many terms as possible by do-calculus, then by adjustment; a line for each."""
        with self.calculus():
            done = [self.directly(path) for path in self.unsettled()]
        if any(done):
            return True
        with self.calculus():
            done = [self.fewer_treatments(path) for path in self.unsettled()]
        if any(done):
            return True
        if any(known.is_joint for known in self.inputs):
            with self.sheet.line(adjustment):
                adjusted = [adjust(self.sheet, p, self.adjust_for) for p in self.unsettled()]
            if any(adjusted):
                self.used.add("back-door adjustment")
                return True
            paths = [p for p in self.unsettled() if _key(prob_at(self.sheet, p)) not in self.lifts]
            if front_doors(self.sheet, paths):
                self.used.add("front-door adjustment")
                return True
        return False

    def advance(self, path: NodePath) -> bool:
        """Rewrite a term so that it gets nearer to an input."""
        part = prob_at(self.sheet, path)
        lift = self.lifts.get(_key(part))
        if part.given:
            return self.with_conditions(path, lift)
        if lift is not None:
            return self.from_larger(path, *lift)
        self.used.add("c-components")
        return self.by_components(path) or self.from_known(path)

    def directly(self, path: NodePath) -> bool:
        """Rewrite a term to one of an input by dropping what does nothing and seeing what was set."""
        part = prob_at(self.sheet, path)
        for known in self.inputs:
            moves = moves_to(known, self.graph, part, self.value_of(path))
            if moves is not None:
                self.go(path, moves)
                return True
        return False

    @contextmanager
    def calculus(self) -> Iterator[None]:
        """Group moves into one line, named after the strongest rule among them."""
        with self.sheet.line(do_calculus_2):
            yield
        line = self.sheet.lines[-1] if self.sheet.lines else None
        if line is not None and line.rule is do_calculus_2:
            used = {step.rule.name: step.rule for step in line.steps}
            line.rule = next((used[r.name] for r in _STRENGTH if r.name in used), line.rule)

    def go(self, path: NodePath, moves: Sequence[KnownMove]) -> None:
        """Make moves, each of which the graph has to allow."""
        for name, event in moves:
            if not MOVES[name](self.sheet, path, event):
                raise VerificationError(f"'{name}' is refused for {event.variable}")

    def with_conditions(self, path: NodePath, lift: tuple[Known, int] | None) -> bool:
        """Drop conditions, set them instead, and write a ratio for those that are left."""
        part = prob_at(self.sheet, path)
        with self.calculus():
            dropped = [drop_condition(self.sheet, path, event) for event in part.given]
        if any(dropped):
            self.keep_lift(path, lift)
            return True
        if lift is None:
            with self.calculus():
                dropped = [unset(self.sheet, path, event) for event in part.do]
            if any(dropped):
                return True
            if any(known.is_joint for known in self.inputs) and adjust_given(self.sheet, path):
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
        self.used.add("c-components" if lift else "ratio")
        top = prob(part.outcome | part.given, (), part.do)
        bottom = prob(part.given, (), part.do)
        done = self.sheet.use(conditional_probability, path, quotient(top, bottom))
        if done and lift is not None:
            for term in (top, bottom):
                assert isinstance(term, Prob)
                self.lifts[_key(term)] = lift
        return done

    # -- joint terms ----------------------------------------------------------------------------
    def fewer_treatments(self, path: NodePath) -> bool:
        """Drop, by rule 3, every treatment that cannot reach the outcome."""
        part = prob_at(self.sheet, path)
        if part.given or _key(part) in self.lifts:
            return False
        graph = self.graph
        do = graph.mask(part.do.variables)
        acting = relevant(graph, graph.mask(part.outcome.variables), do)
        useless = graph.names(do & ~graph.parents_mask(acting))
        done = [unset(self.sheet, path, event) for event in part.do.of(useless)]
        return any(done)

    def by_components(self, path: NodePath) -> bool:
        """Sum in what acts on the outcome, and split along the c-components."""
        part = prob_at(self.sheet, path)
        graph = self.graph
        outcome, do = graph.mask(part.outcome.variables), graph.mask(part.do.variables)
        acting = relevant(graph, outcome, do)
        components = c_components(graph, acting)
        if acting == outcome and len(components) == 1:
            return False
        path = sum_in(self.sheet, path, graph.names(acting & ~outcome))
        if len(components) > 1 and not self.split_by_calculus(path, components):
            with self.sheet.line(c_component_factorisation):
                return self.sheet.use(c_component_factorisation, path)
        return True

    def split_by_calculus(self, path: NodePath, components: Sequence[int]) -> bool:
        """Factorise by product rule and do-calculus, where the components have an order."""
        graph = self.graph
        ordered = _in_order(graph, components)
        part = prob_at(self.sheet, path)
        if ordered is None or len(part.outcome) > ALL_SUBSETS_UP_TO:
            return False
        present = part.outcome | part.do
        targets = [present.of(graph.names(component)) for component in ordered]
        with self.sheet.line(product_rule):
            first = path
            for last in reversed(targets[1:]):
                first, _ = split(self.sheet, first, last)
        places = factor_places(self.sheet, path, len(targets))
        with self.calculus():
            for component, place in zip(ordered, places, strict=True):
                around = present.of(graph.names(graph.parents_mask(component) & ~component))
                if not reshape(self.sheet, place, Events(), around):
                    raise VerificationError("do-calculus does not give the factorisation")
        return True

    def from_known(self, path: NodePath) -> bool:
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
                if stuck is None and known.is_whole:
                    stuck = _hedge(graph, way.stuck, target, part)
                continue
            self.down(path, known, way.levels[-1].within)
            return True
        raise Stuck(part, stuck)

    def down(self, path: NodePath, known: Known, within: int) -> None:
        """Write ``Q[C]`` as a product of conditionals of the set above it, one step down."""
        graph = known.graph
        part = prob_at(self.sheet, path)
        top = within == known.within
        fixed = known.done if top else graph.names(graph.parents_mask(within) & ~within)
        value = self.value_of(path)
        with self.calculus():
            more: list[KnownMove] = [("set", value(n)) for n in fixed if n not in part.do.variables]
            self.go(path, more)
        part = prob_at(self.sheet, path)
        names = self.sheet.context.graph.topological(part.outcome.variables)
        if len(names) > 1 and not self.sheet.use(chain_rule, path):
            raise VerificationError("a joint probability does not split")
        for place in factor_places(self.sheet, path, len(names)):
            with self.calculus():
                self.seen_inside(place, fixed)
            self.lifts[_key(prob_at(self.sheet, place))] = (known, within)

    def seen_inside(self, path: NodePath, fixed: Sequence[str]) -> None:
        """Set only ``fixed``: drop the other actions that do nothing, and see the rest."""
        for move in (unset, see):
            for name in reversed(self.graph.topological()):
                for event in prob_at(self.sheet, path).do.of((name,)):
                    if name not in fixed:
                        move(self.sheet, path, event)
        if set(prob_at(self.sheet, path).do.variables) - set(fixed):
            raise VerificationError("what comes before the outcome can't be seen instead")

    def from_larger(self, path: NodePath, known: Known, within: int) -> bool:
        """Write a marginal of a set whose law comes from above, by summing the rest of the set in."""
        part = prob_at(self.sheet, path)
        graph = known.graph
        rest = within & ~graph.mask(part.outcome.variables)
        if not rest:
            del self.lifts[_key(part)]
            return self.from_known(path) is not False
        sum_in(self.sheet, path, graph.names(rest))
        return True

    # -- small pieces ---------------------------------------------------------------------------
    def keep_lift(self, path: NodePath, lift: tuple[Known, int] | None) -> None:
        """Remember from which set the law of a term comes, as the term stands now."""
        if lift is not None:
            self.lifts[_key(prob_at(self.sheet, path))] = lift

    def value_of(self, path: NodePath) -> Callable[[str], Event]:
        """Return what gives a variable that may have any value one: at hand, or its first state."""
        at_hand = dict(self.wanted_values)
        for depth in range(len(path)):
            over = bound_by(at(self.sheet.formula, path[:depth]))
            at_hand.update({event.variable: event for event in over})

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
