"""What notes say: chains of relations, independences, and what they suppose.

Main definitions
----------------
Statement : one chain of relations, one independence, or a lone term.
StatedSide, RelationSign, Hypothesis : its sides, its relations, what it supposes.
as_hypothesis : a statement as what another supposes.
"""

from __future__ import annotations

from symcausal.errors import Span, SymcausalError
from symcausal.expr.nodes import Expr
from symcausal.hints import Literal, TypeAlias
from symcausal.reading.calculation import WrittenCalculation
from symcausal.reading.independence import WrittenIndependence
from symcausal.record import record

StatementKind: TypeAlias = Literal["relation", "independence", "term"]


@record
class StatedSide:
    r"""One side of a relation, as it was written and read.

    Attributes
    ----------
    expr : Expr or None
        What was read; for a name that is being defined, what it stands for; None if unreadable.
    span : Span
        Its place in the notes.
    text : str
        As written, without words and typesetting.
    constant : bool
        Whether an unnamed constant factor was left out, as in ``\alpha P(x)``.
    alternatives : tuple of Expr
        Other readings that are as well formed.
    problem : SymcausalError or None
        Why it is unreadable.
    calculation : WrittenCalculation or None
        How it is written, with the digits that its numerals show; None if unreadable.
    about : bool
        Whether words before a number say that it is roughly so.
    small : frozenset of str
        The letters that it writes with a small letter only.
    listed : tuple of Part
        The entries of a list of numbers, as in :math:`\langle 0.3, 0.7\rangle`.
    remark : str
        What a reader should know of a name in it that the notes define.
    """

    expr: Expr | None
    span: Span
    text: str
    constant: bool = False
    alternatives: tuple[Expr, ...] = ()
    problem: SymcausalError | None = None
    calculation: WrittenCalculation | None = None
    about: bool = False
    small: frozenset[str] = frozenset()
    listed: tuple[StatedSide, ...] = ()
    remark: str = ""


@record
class RelationSign:
    """A relation sign, one of ``= ≈ ∝ ≠ ≤ ≥ < > :=``, and how the notes use it.

    ``definition`` says that it only introduces a name; ``proportional`` that it is ``∝``, or an
    equation in which a constant factor was left out.
    """

    sign: str
    span: Span
    definition: bool = False
    proportional: bool = False


@record
class Hypothesis:
    """Something that a claim supposes.

    Attributes
    ----------
    kind : str
        ``independence``, ``positive`` (``part`` is more than zero), ``statement`` (another relation,
        which may be an assumption), ``unreadable`` (``problem`` says why).
    asserted : bool
        Whether the notes give it as a reason (*since*) rather than as a condition (*if*).
    """

    kind: Literal["independence", "positive", "statement", "unreadable"]
    span: Span
    text: str
    asserted: bool = False
    independence: WrittenIndependence | None = None
    part: StatedSide | None = None
    statements: tuple[Statement, ...] = ()
    problem: SymcausalError | None = None


@record
class Statement:
    """One chain of relations, one independence, or a lone term.

    Attributes
    ----------
    kind : str
        ``relation``, ``independence`` or ``term``.
    parts : tuple of Part
        One more than relations.
    relations : tuple of Sign
        Between the parts.
    hypotheses : tuple of Hypothesis
        What it supposes.
    independence : WrittenIndependence or None
        Of the kind ``independence``, what it claims.
    supposed : bool
        Whether an arrow leads on from it, so that it may be an assumption.
    problem : SymcausalError or None
        A fault of the whole.
    """

    kind: StatementKind
    parts: tuple[StatedSide, ...]
    relations: tuple[RelationSign, ...]
    span: Span
    text: str
    hypotheses: tuple[Hypothesis, ...] = ()
    independence: WrittenIndependence | None = None
    supposed: bool = False
    problem: SymcausalError | None = None

    @property
    def definition(self) -> bool:
        """Whether the whole statement only introduces names."""
        return bool(self.relations) and all(r.definition for r in self.relations)

    @property
    def readable(self) -> bool:
        """Whether every side was read."""
        return self.problem is None and all(part.problem is None for part in self.parts)

    @property
    def related(self) -> tuple[StatedRelation, ...]:
        """Each relation with its sides."""
        return tuple(StatedRelation(self, number) for number in range(len(self.relations)))


@record
class StatedRelation:
    """One relation of a statement, between the two sides that it joins.

    Attributes
    ----------
    statement : Statement
        The chain.
    number : int
        Which of its relations.
    """

    statement: Statement
    number: int

    @property
    def left(self) -> StatedSide:
        """What stands before the sign."""
        return self.statement.parts[self.number]

    @property
    def right(self) -> StatedSide:
        """What stands after it."""
        return self.statement.parts[self.number + 1]

    @property
    def sides(self) -> tuple[StatedSide, StatedSide]:
        """Both."""
        return self.left, self.right

    @property
    def relation(self) -> RelationSign:
        """The sign."""
        return self.statement.relations[self.number]


def as_hypothesis(statement: Statement) -> Hypothesis:
    """Return what a statement says as a hypothesis of another."""
    said = statement.independence
    if said is not None:
        return Hypothesis("independence", statement.span, statement.text, independence=said)
    return Hypothesis("statement", statement.span, statement.text, statements=(statement,))
