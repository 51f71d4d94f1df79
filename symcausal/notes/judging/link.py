"""One relation sign of a chain, with the two sides as they were read and written.

Main definitions
----------------
Member : a side: its formula, and how its numbers are written.
Link : a relation between two members, and the members before it.
link_of : the link of a relation in a statement.
"""

from __future__ import annotations

from symcausal.expr.nodes import Expr
from symcausal.notes.reading.definitions import CONSTANTS
from symcausal.notes.reading.stated import StatedRelation, StatedSide
from symcausal.patterns import late
from symcausal.reading.calculation import WrittenCalculation, is_arithmetic, numerals
from symcausal.record import field, record, replace

_CONSTANT = late(rf"\\?\b({'|'.join(sorted(CONSTANTS, key=len, reverse=True))})(?![A-Za-z])")

_MOST_BACK = 64


@record
class Member:
    """A side of a relation: its formula, and how its numbers are written.

    Attributes
    ----------
    expr : Expr
        Its formula, numbers as written.
    written : WrittenCalculation or None
        The same with the digits that its numbers show; None where they count as exact.
    small : frozenset of str
        The letters that are written with a small letter only, as ``P(y | x)`` writes Y and X.
    about : bool
        Whether a word such as *about* stands before it.
    constant : str
        The constant factor that was left out, as ``alpha``; empty without one.
    """

    expr: Expr
    written: WrittenCalculation | None = None
    small: frozenset[str] = field(default_factory=frozenset)
    about: bool = False
    constant: str = ""

    def read_as(self, expr: Expr) -> Member:
        """Return the side with another formula, of which it is not known how it is written."""
        if expr == self.expr or (self.written is not None and is_arithmetic(self.written)):
            return replace(self, expr=expr)
        return Member(expr, None, self.small, self.about, self.constant)


@record
class Link:
    """A relation sign between two sides, and the sides of its chain before it.

    Attributes
    ----------
    left, right : Member
        The two sides.
    sign : str
        ``=``, ``≈``, ``∝``, ``≠``, ``≤``, ``≥``, ``<`` or ``>``.
    constant : bool
        Whether one side has an unnamed constant factor, which makes ``=`` mean ``∝``.
    first : Member or None
        What the chain starts from, where that is another side than ``left``.
    exact : Member or None
        The last side before ``left`` without rounded numbers, where ``left`` has some.
    """

    left: Member
    sign: str
    right: Member
    constant: bool = False
    first: Member | None = None
    exact: Member | None = None

    @property
    def start(self) -> Member:
        """The side from which the chain starts."""
        return self.first or self.left

    @property
    def exprs(self) -> tuple[Expr, Expr]:
        """The formulas of both sides."""
        return self.left.expr, self.right.expr

    @property
    def small(self) -> frozenset[str]:
        """The letters that both sides write small."""
        return self.left.small | self.right.small

    def with_exprs(self, left: Expr, right: Expr) -> Link:
        """Return the same relation with values put in its formulas."""
        return replace(
            self, left=replace(self.left, expr=left), right=replace(self.right, expr=right)
        )

    def read_as(self, left: Expr, right: Expr) -> Link:
        """Return the relation between other readings of its sides."""
        return replace(self, left=self.left.read_as(left), right=self.right.read_as(right))


def link(left: Expr, sign: str, right: Expr) -> Link:
    """Return the link between two formulas whose numbers are exact."""
    return Link(Member(left), sign, Member(right))


def link_of(stated: StatedRelation) -> Link | None:
    """Return a relation of a statement as a link; None if one of its sides was not read."""
    left, right = map(member_of, stated.sides)
    if left is None or right is None:
        return None
    before = stated.statement.parts[: stated.number]
    start = next((m for m in map(member_of, before) if m is not None), None)
    exact = _last_exact(stated) if is_rounded(left) else None
    sign = "=" if stated.relation.sign == ":=" else stated.relation.sign
    return Link(left, sign, right, stated.relation.proportional, start, exact)


def _last_exact(stated: StatedRelation) -> Member | None:
    """Return the last side without rounded numbers from which only ``=`` leads to the left side."""
    statement, number = stated.statement, stated.number
    for before in range(number - 1, max(-1, number - 1 - _MOST_BACK), -1):
        if statement.relations[before].sign != "=":
            return None
        member = member_of(statement.parts[before])
        if member is not None and not is_rounded(member):
            return member
    return None


def is_rounded(member: Member) -> bool:
    """Decide whether a side has decimals, which stand for what rounds to them."""
    return member.written is not None and any(n.unit is not None for n in numerals(member.written))


def member_of(part: StatedSide) -> Member | None:
    """Return a side of a statement as a member of a link; None if it was not read."""
    if part.expr is None:
        return None
    constant = _CONSTANT.search(part.text) if part.constant else None
    named = constant.group(1) if constant else ""
    return Member(part.expr, part.calculation, part.small, part.about, named)
