r"""Variances and covariances, written out as means: ``Cov(X, Y)`` is ``E[XY] - E[X] E[Y]``.

Main definitions
----------------
moment : the formula of ``Var(X)``, ``Var(X \mid Y)``, ``Cov(X, Y)`` or ``Cov(X, Y \mid Z)``.
"""

from __future__ import annotations

from symcausal.errors import ParseError
from symcausal.expr.nodes import Expr
from symcausal.reading import arithmetic
from symcausal.reading.event_reader import FormulaReader, shown
from symcausal.reading.syntax import SyntaxPart, SyntaxTree
from symcausal.reading.tokens import Token
from symcausal.writing.signs import MOMENTS


def moment(tree: SyntaxTree, reader: FormulaReader, bound: frozenset[str]) -> Expr:
    """Return the means that a variance or a covariance stands for.

    Raises
    ------
    ParseError
        If a variance has two arguments, or a covariance one.
    """
    sign = tree.parts[0]
    asked = MOMENTS.get(sign.text, 1) if isinstance(sign, Token) else 1
    told = [tree.parts[2], *(tree.parts[4:5] if tree.kind == "covariance" else [])]
    if len(told) != asked:
        raise ParseError(
            f"'{shown(reader.span(tree))}' with {len(told)} arguments",
            expected=f"{asked}",
            span=reader.span(tree),
        )
    condition = tree.parts[2 * len(told) + 1 : -1]  # the bar and the events behind it
    one, other = told[0], told[-1]

    def mean(*factors: SyntaxPart) -> Expr:
        brackets = [_like(tree, "bracket", [factor]) for factor in factors]
        body = _like(tree, "factors", [*brackets]) if len(brackets) > 1 else brackets[0]
        expect = Token("EXPECT", "E", tree.start, tree.start)
        parts = [expect, tree.parts[1], body, *condition, tree.parts[-1]]
        return reader.formula(_like(tree, "expectation", parts), bound)

    span = reader.span(tree)
    product = arithmetic.multiply([("*", mean(one)), ("*", mean(other))], span)
    return arithmetic.add([("+", mean(one, other)), ("-", product)], span)


def _like(tree: SyntaxTree, kind: str, parts: list[SyntaxPart]) -> SyntaxTree:
    made = SyntaxTree(kind, parts)
    made.start, made.end = tree.start, tree.end
    return made
