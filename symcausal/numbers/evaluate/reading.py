"""A formula as a product of tables over its letters, its cells nodes of a circuit.

Main definitions
----------------
Reading : one pass over a formula in a network.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce

from symcausal.algebra.scalar import Term
from symcausal.expr.nodes import Expr
from symcausal.network.network import Network
from symcausal.numbers.evaluate.circuit import Circuit
from symcausal.numbers.evaluate.columns import TableColumns
from symcausal.numbers.evaluate.conditional import Run
from symcausal.numbers.evaluate.elimination import AxisFactor, eliminate, joined
from symcausal.numbers.evaluate.formula import ConditionShown, FormulaReading, Letters, shown
from symcausal.numbers.evaluate.plan import Plan
from symcausal.rules.condition import Positive


class Reading(FormulaReading[AxisFactor]):
    """The reading of a formula in a network, as factors over axes.

    Attributes
    ----------
    circuit : Circuit
        Where its cells are built.
    assumes : dict of Positive to None
        In order, the conditions that must be possible and are not known to be.
    """

    __slots__ = ("assumes", "circuit")

    def __init__(self, network: Network, circuit: Circuit) -> None:
        super().__init__(network, TableColumns(network, circuit))
        self.circuit = circuit
        self.assumes: dict[Positive, None] = {}

    def cells(self, expr: Expr, letters: Letters) -> list[int]:
        """Return the values of a formula over its letters, the last fastest."""
        scope = list(letters.values())
        return joined(self.pool(expr, letters), scope, self.sizes, self.circuit)

    def term(self, term: Term) -> AxisFactor:
        """Return a scalar as a factor without axes."""
        return AxisFactor((), [self.circuit.term(term)])

    def numbers(self, scope: tuple[int, ...], numbers: Sequence[Fraction]) -> AxisFactor:
        """Return a factor of constants."""
        return AxisFactor(scope, [self.circuit.constant(number) for number in numbers])

    def conditional(self, plan: Plan, condition: ConditionShown) -> list[AxisFactor]:
        """Return a conditional probability as factors over the letters in it."""
        run = Run(plan, self.columns, self.sizes)
        run.refuse_if_endless()
        if plan.evidence and not run.is_certain():
            self.assumes[condition.positive] = None
        return run.factors(condition.spelled)

    def summed(self, pool: list[AxisFactor], axes: list[int]) -> list[AxisFactor]:
        """Return a product with axes summed out."""
        mentioned = {axis for factor in pool for axis in factor.scope}
        # A sum over a letter that its body lacks counts the states.
        idle = [
            AxisFactor((axis,), [1] * self.sizes[axis]) for axis in axes if axis not in mentioned
        ]
        return eliminate([*pool, *idle], axes, self.sizes, self.circuit)

    def joined(self, pool: list[AxisFactor]) -> AxisFactor:
        """Return the product of some factors as one."""
        scope = tuple(sorted({axis for factor in pool for axis in factor.scope}))
        return AxisFactor(scope, joined(pool, scope, self.sizes, self.circuit))

    def added(self, tables: Sequence[AxisFactor]) -> AxisFactor:
        """Return the sum of some factors."""
        return reduce(self._plus, tables)

    def divided(self, top: AxisFactor, bottom: AxisFactor, divisor: Positive | None) -> AxisFactor:
        """Return a quotient of factors."""
        scope, (above, below) = self._aligned(top, bottom)
        reason = "a denominator"
        if divisor is not None:
            reason = shown(divisor)
            if any(self.circuit.number(node) is None for node in below):
                self.assumes[divisor] = None
        return AxisFactor(
            scope, [self.circuit.quotient(x, y, reason) for x, y in zip(above, below, strict=True)]
        )

    def _plus(self, left: AxisFactor, right: AxisFactor) -> AxisFactor:
        scope, columns = self._aligned(left, right)
        return AxisFactor(scope, self.circuit.add_all(*columns))

    def _aligned(
        self, left: AxisFactor, right: AxisFactor
    ) -> tuple[tuple[int, ...], list[list[int]]]:
        scope = tuple(sorted({*left.scope, *right.scope}))
        return scope, [joined([side], scope, self.sizes, self.circuit) for side in (left, right)]
