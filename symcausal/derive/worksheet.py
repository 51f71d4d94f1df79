"""A formula being rewritten: rules are applied at places, conditions decided, lines opened and closed.

A strategy says what it wants at a place; the worksheet asks the rule whether it proposes that, decides
the conditions, and only then writes the step. So a strategy can be clever without being trusted.

Main definitions
----------------
Worksheet : the current formula, the steps so far, and the lines they are grouped in.
same_form : equality up to bound names and the order of factors.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from symcausal.algebra.deadline import spend
from symcausal.derive.step import Step
from symcausal.expr.nodes import (
    Add,
    Counterfactual,
    Expectation,
    Expr,
    Minus,
    Numeric,
    Prob,
    Product,
    Quotient,
    Scalar,
    Sum,
    bound_by,
)
from symcausal.expr.path import NodePath, at, everywhere, replace
from symcausal.expr.scope import apart_from, canonical, free_letters
from symcausal.rules.condition import Decision
from symcausal.rules.decide import decide
from symcausal.rules.rule import Context, Rewrite, Rule

EFFORT = 100  # what a rule at a place costs, in operations on numbers


class Line:
    """The steps that a reader sees as one equals sign, under the name of one rule."""

    __slots__ = ("rule", "steps")

    def __init__(self, rule: Rule, steps: list[Step]) -> None:
        self.rule = rule
        self.steps = steps


class Worksheet:
    """The formula that is being rewritten, and everything done to it.

    Attributes
    ----------
    formula : Expr
        As it stands now.
    context : Context
        The graph and the tables.
    lines : list of Line
        What has been done.
    finished : set of Expr
        Parts that no strategy should touch again.
    """

    __slots__ = ("_open", "context", "finished", "formula", "lines")

    def __init__(self, formula: Expr, context: Context) -> None:
        self.formula = formula
        self.context = context
        self.lines: list[Line] = []
        self.finished: set[Expr] = set()
        self._open: Line | None = None

    def places(self, kind: type[Expr], under: NodePath = ()) -> list[NodePath]:
        """Return the paths of the nodes of a kind, last in reading order first.

        In this order a rewrite at one place leaves the paths of those still to come as they are.
        """
        part = at(self.formula, under)
        found = [path for path, node in everywhere(part, under) if isinstance(node, kind)]
        return found[::-1]

    def use_everywhere(self, rule: Rule, kind: type[Expr]) -> bool:
        """Apply a rule to nodes of a kind until it applies nowhere; return whether it ever did.

        The places are looked up again after every step: a factor that becomes 1 goes, and what is
        left of its product may move up.
        """
        ever = False
        while any(self.use(rule, path) for path in self.places(kind)):
            ever = True
        return ever

    @contextmanager
    def line(self, rule: Rule) -> Iterator[None]:
        """Group the steps inside into one line; without a step there is none, and lines do not nest."""
        if self._open is not None:
            yield
            return
        self._open = Line(rule, [])
        try:
            yield
        finally:
            if self._open.steps:
                self.lines.append(self._open)
            self._open = None

    def use(
        self, rule: Rule, path: NodePath, wanted: Expr | None = None, *, backward: bool = False
    ) -> bool:
        """Apply a rule at a place, if it proposes what is wanted and no condition fails.

        Parameters
        ----------
        rule : Rule
            The rule.
        path : NodePath
            Where.
        wanted : Expr or None
            The part that should stand there afterwards; the first proposal if None.
        backward : bool
            Read the rule from right to left: it must lead from ``wanted`` to what stands there.

        Returns
        -------
        bool
            Whether the step was written.
        """
        part = at(self.formula, path)
        spend(EFFORT)
        for rewrite in self._proposals(rule, part, wanted, backward=backward):
            decisions = tuple(decide(c, self.context.graph) for c in rewrite.requires)
            if all(decision.verdict != "fails" for decision in decisions):
                self._write(rule, path, rewrite.after, decisions, backward=backward)
                return True
        return False

    def _proposals(
        self, rule: Rule, part: Expr, wanted: Expr | None, *, backward: bool
    ) -> Iterator[Rewrite]:
        if wanted is None:
            yield from rule(part, self.context)
        elif backward:
            for rewrite in rule(wanted, self.context):
                if same_form(rewrite.after, part):
                    yield Rewrite(wanted, rewrite.requires)
        else:
            for rewrite in rule(part, self.context):
                if same_form(rewrite.after, wanted):
                    yield Rewrite(wanted, rewrite.requires)

    def _write(
        self,
        rule: Rule,
        path: NodePath,
        part: Expr,
        decisions: tuple[Decision, ...],
        *,
        backward: bool,
    ) -> None:
        before = self.formula
        part = _set_apart(part, _bound_around(before, path) | set(free_letters(before)))
        self.formula = replace(before, path, part)
        step = Step(before, self.formula, rule, path, (at(before, path), part), decisions, backward)
        if self._open is not None:
            self._open.steps.append(step)
        else:
            self.lines.append(Line(rule, [step]))


def same_form(left: Expr, right: Expr) -> bool:
    """Decide whether formulas are equal up to bound letters and the order of factors and terms."""
    return form(left) == form(right)


_spelled = lru_cache(1024)(repr)


def form(expr: Expr) -> Expr:
    """Return what is the same for all formulas that are equal up to bound names and order of factors."""
    return _sorted(canonical(expr))


def _sorted(expr: Expr) -> Expr:
    match expr:
        case Product(parts):
            return Product(tuple(sorted(map(_sorted, parts), key=_spelled)))
        case Add(parts):
            return Add(tuple(sorted(map(_sorted, parts), key=_spelled)))
        case Sum(over, body):
            return Sum(over, _sorted(body))
        case Quotient(left, right):
            return Quotient(_sorted(left), _sorted(right))
        case Minus(left, right):
            return Minus(_sorted(left), _sorted(right))
        case Expectation() | Prob() | Counterfactual() | Scalar() | Numeric():
            return expr


def _bound_around(expr: Expr, path: NodePath) -> set[str]:
    """The letters bound by the sums that enclose a place."""
    bound: set[str] = set()
    for depth in range(len(path)):
        bound.update(bound_by(at(expr, path[:depth])).letters)
    return bound


def _set_apart(part: Expr, taken: set[str]) -> Expr:
    """Rename the letters that the part binds at its top, where they are used around it.

    Scoping would allow the same letter inside and outside. A reader is spared it: ``I'``.
    """
    match part:
        case Sum(over, body) if set(over.letters) & taken:
            return Sum(*apart_from(over, body, taken))
        case Product(parts):
            return Product(tuple(_set_apart(p, taken) for p in parts))
        case Quotient(left, right):
            return Quotient(_set_apart(left, taken), _set_apart(right, taken))
        case Sum() | Expectation() | Add() | Minus():
            return part
        case Prob() | Counterfactual() | Scalar() | Numeric():
            return part
