"""What another well-formed reading of a claim says, where it fails as it was read.

Main definitions
----------------
otherwise : the reason to leave such a claim undecided.
squares_otherwise : the reason to leave a claim undecided that holds, but need not as a mean of squares.
"""

from __future__ import annotations

from itertools import islice, product

from symcausal.expr.distributions import distributions
from symcausal.expr.nodes import Expectation, Expr
from symcausal.expr.path import everywhere
from symcausal.notes.judging.judge import judge_link
from symcausal.notes.judging.link import Link
from symcausal.notes.judging.setting import Setting
from symcausal.notes.reading.stated import StatedRelation

_REACH = "it fails as written, and holds if the sum reaches otherwise; set brackets"
_POWER = "it fails as written, and holds with the power inside the mean; set brackets"
_SQUARE = "it holds as written, and need not with the power inside the mean; set brackets"
_NAME = (
    "it fails with the subscript as an intervention, and holds if it is the name of a mass function; "
    "write p_X(x) or P(x | do(x))"
)
_ACTION = (
    "it fails with the subscript as the name of a mass function, and holds if it is an intervention; "
    "write P(x | do(x))"
)


def otherwise(stated: StatedRelation, link: Link, setting: Setting) -> str:
    """Return the reading of the sides by which a failing claim holds, in words; empty if none does."""
    left, right = stated.sides
    readings = product((left.expr, *left.alternatives), (right.expr, *right.alternatives))
    ours = _actions(left.expr) + _actions(right.expr)
    for one, other in islice(readings, 1, None):  # the first is the one that fails
        if one is None or other is None:
            continue
        if judge_link(link.read_as(one, other), setting).word == "holds":
            theirs = _actions(one) + _actions(other)
            if _means(one) + _means(other) != _means(left.expr) + _means(right.expr):
                return _POWER
            return _NAME if theirs < ours else _ACTION if theirs > ours else _REACH
    return ""


def squares_otherwise(stated: StatedRelation, link: Link, setting: Setting) -> str:
    """Return the words for a claim that holds only if ``E(..)^2`` is no mean of squares; else none."""
    left, right = stated.sides
    means = _means(left.expr) + _means(right.expr)
    readings = product((left.expr, *left.alternatives), (right.expr, *right.alternatives))
    others = [
        (one, other)
        for one, other in islice(readings, 1, None)
        if one is not None and other is not None and _means(one) + _means(other) != means
    ]
    differ = (judge_link(link.read_as(*pair), setting).word != "holds" for pair in others)
    return _SQUARE if others and all(differ) else ""


def _means(expr: Expr | None) -> int:
    """How many means a formula has: the power of one has as many as its exponent says."""
    found = everywhere(expr) if expr is not None else ()
    return sum(isinstance(node, Expectation) for _, node in found)


def _actions(expr: Expr | None) -> int:
    """How many interventions a formula has."""
    return 0 if expr is None else sum(len(found.do) for found in distributions(expr))
