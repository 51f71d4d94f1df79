"""Where things stand on a worksheet after a step.

Main definitions
----------------
prob_at : the probability at a place.
factor_places : where the factors are that a product put somewhere has become part of.
sum_in : total probability for some variables, and where the joint probability is afterwards.
split : the product rule at a place.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcausal.derive.observe import bring_in
from symcausal.derive.worksheet import Worksheet
from symcausal.errors import VerificationError
from symcausal.expr.build import prob, product
from symcausal.expr.nodes import Events, Prob, Product
from symcausal.expr.path import NodePath, at
from symcausal.rules.probability import product_rule, total_probability


def prob_at(sheet: Worksheet, path: NodePath) -> Prob:
    """Return the probability at a place of a worksheet's formula."""
    part = at(sheet.formula, path)
    if not isinstance(part, Prob):
        raise TypeError(f"no probability at {path}")
    return part


def factor_places(sheet: Worksheet, path: NodePath, count: int) -> list[NodePath]:
    """Return the places of factors that were just put at a place, since products stay flat."""
    if count == 1:
        return [path]
    if path and isinstance(at(sheet.formula, path[:-1]), Product):
        return [(*path[:-1], path[-1] + i) for i in range(count)]
    return [(*path, i) for i in range(count)]


def sum_in(sheet: Worksheet, path: NodePath, names: Sequence[str]) -> NodePath:
    """Bring in variables by total probability, and return where the old term is now."""
    with sheet.line(total_probability):
        for name in names:
            bring_in(sheet, path, name)
            if not isinstance(at(sheet.formula, path), Prob):
                path = (*path, 0)
    return path


def split(sheet: Worksheet, path: NodePath, last: Events) -> tuple[NodePath, NodePath]:
    """Write ``P(rest) P(last | rest)`` for a joint probability, and return both places."""
    part = prob_at(sheet, path)
    rest = part.outcome - last
    halves = (prob(rest, part.given, part.do), prob(last, rest | part.given, part.do))
    if not sheet.use(product_rule, path, product(halves)):
        raise VerificationError(f"{part!r} does not split")
    first, second = factor_places(sheet, path, 2)
    return first, second
