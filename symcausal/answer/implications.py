"""What a graph says about data: independencies, and what hidden causes leave beyond them.

Main definitions
----------------
Implications, implications : the answer.
"""

from __future__ import annotations

from collections.abc import Mapping

from symcausal.answer.constraints import Constraint, verified_constraints
from symcausal.answer.saying import Said, Saying
from symcausal.errors import LimitError
from symcausal.graph.graph import Graph
from symcausal.graph.independencies import Independence, independencies, local_basis
from symcausal.graph.projection import latent_projection
from symcausal.record import record
from symcausal.rules.condition import Separated
from symcausal.writing.blocks import Code, Piece
from symcausal.writing.latex import formula_latex
from symcausal.writing.notations import Notation


@record
class Implications(Said):
    """What holds in every model of a graph.

    Attributes
    ----------
    independencies : tuple of Independence
        Every pair that can be separated with each minimal set, or a basis.
    is_basis : bool
        Whether they are a basis, from which the others follow.
    constraints : tuple of Constraint
        What hidden causes leave beyond independence.
    order : tuple of str
        The variables in declaration order.
    notation : Notation
        How formulas are written.
    remark : str
        What could not be listed; empty if everything is.
    """

    options = ("notation",)

    independencies: tuple[Independence, ...]
    is_basis: bool
    constraints: tuple[Constraint, ...]
    order: tuple[str, ...]
    notation: Notation
    remark: str = ""

    def as_data(self) -> dict[str, object]:
        """Everything as values that ``json`` knows; formulas are LaTeX."""
        return {
            "basis": self.is_basis,
            "independencies": [
                {"left": list(one.left), "right": list(one.right), "given": list(one.given)}
                for one in self.independencies
            ],
            "constraints": [
                {
                    "formula": formula_latex(one.formula, self.style),
                    "does_not_depend_on": list(one.irrelevant),
                    "effect": formula_latex(one.effect, self.style),
                }
                for one in self.constraints
            ],
            "remark": self.remark,
        }

    def sayings(self) -> list[Saying]:
        """The independencies, the constraints, the remark."""
        if not self.independencies:
            found = [Saying(("no independencies follow from this graph",))]
        else:
            kind = "a basis of the independencies" if self.is_basis else "independencies"
            items: tuple[tuple[Piece, ...], ...] = tuple(
                (Separated(one.left, one.right, one.given),) for one in self.independencies
            )
            found = [Saying((f"{kind}, from this graph alone:",), items)]
        if self.constraints:
            head = "constraints beyond independence, since it has hidden causes:"
            found.append(Saying((head,), tuple(map(_pieces, self.constraints))))
        if self.remark:
            found.append(Saying((self.remark,)))
        return found


def _pieces(one: Constraint) -> tuple[Piece, ...]:
    irrelevant = Code(", ".join(one.irrelevant))
    return (one.formula, " does not depend on ", irrelevant, "; it is ", one.effect)


def implications(
    graph: Graph,
    states: Mapping[str, tuple[str, ...]],
    *,
    basis: bool = False,
    notation: Notation,
) -> Implications:
    """Return the independencies and constraints that a graph implies about its observed variables."""
    seen = latent_projection(graph)
    found = local_basis(seen) if basis else independencies(seen)
    constraints, remark = list[Constraint](), ""
    try:
        constraints, too_large = verified_constraints(graph, states)
        if too_large:
            remark = f"constraints that take too long to verify and are not listed: {too_large}"
    except LimitError as error:
        remark = f"constraints beyond independence are not listed: {error.found}"
    return Implications(tuple(found), basis, tuple(constraints), graph.nodes, notation, remark)
