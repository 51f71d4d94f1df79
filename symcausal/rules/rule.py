"""What a rule is: a named equality with a statement, a condition, a source and a transform.

Main definitions
----------------
Rule : the value; ``symcausal.rules.catalogue`` lists them in order.
Rewrite : one proposed use of a rule, with the conditions it needs.
Context : what a transform may look at besides the formula.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator

from symcausal.algebra.scalar import Term
from symcausal.expr.nodes import Expr
from symcausal.graph.graph import Graph
from symcausal.hints import Any, Protocol
from symcausal.record import field, record
from symcausal.rules.condition import Condition


class RuleTables(Protocol):
    """Where a transform reads table entries."""

    def entry_of(self, variable: str, state: str, parents: dict[str, str]) -> Term | None:
        """Return the entry of a table, or None if the model has no table there."""
        ...


@record
class Context:
    """The graph in which a formula is read, and the tables if there are any.

    Attributes
    ----------
    graph : Graph
        The graph.
    tables : RuleTables or None
        Where table entries come from.
    single : bool
        Whether nothing is taken to be independent across worlds, which no experiment can test.
    """

    graph: Graph
    tables: RuleTables | None = None
    single: bool = False


@record
class Rewrite:
    """A proposed equality ``before = after`` and what it requires."""

    after: Expr
    requires: tuple[Condition, ...] = ()


Transform = Callable[[Expr, Context], Iterator[Rewrite]]


@record
class Rule:
    """An equality between formulas, as a textbook states it.

    Attributes
    ----------
    name : str
        The textbook's name: ``bayes``, ``do-calculus.2``.
    title : str
        The words of a printed reason: ``Bayes' rule``.
    statement : str
        The equality, in LaTeX.
    condition : str
        The side-condition, in LaTeX; empty if there is none.
    source : str
        A key of the bibliography.
    transform : callable
        Proposes every rewrite of the rule at a node.
    """

    name: str
    title: str
    statement: str
    condition: str
    source: str
    transform: Transform = field(compare=False)

    def __call__(self, expr: Expr, context: Context) -> Iterator[Rewrite]:
        """Yield every rewrite that the rule proposes for a formula, as a whole."""
        return self.transform(expr, context)

    def __reduce__(self) -> tuple[Any, ...]:
        """Let copies and pickles name the module that states the rule, and the name it has there."""
        home, name = self.transform.__module__, self.transform.__qualname__
        if getattr(sys.modules[home], name, None) is self:
            return _stated, (home, name)
        fields = (self.name, self.title, self.statement, self.condition, self.source)
        return Rule, (*fields, self.transform)


def _stated(home: str, name: str) -> Rule:
    found = getattr(importlib.import_module(home), name)
    assert isinstance(found, Rule)
    return found


def rule(
    *, name: str, title: str, statement: str, source: str, condition: str = ""
) -> Callable[[Transform], Rule]:
    """Decorate a transform, which makes it a rule; the catalogue lists the rules that exist."""

    def made(transform: Transform) -> Rule:
        return Rule(name, title, statement, condition, source, transform)

    return made
