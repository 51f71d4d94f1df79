"""What a graph says about data: independencies, and what hidden causes leave beyond them.

Main definitions
----------------
Implications, implications : the answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from symcausal.answer.constraints import Constraint, verified_constraints
from symcausal.answer.saying import Saying, said
from symcausal.errors import LimitError
from symcausal.graph.graph import Graph
from symcausal.graph.independencies import Independence, independencies, local_basis
from symcausal.graph.projection import latent_projection
from symcausal.record import record
from symcausal.rules.condition import Separated
from symcausal.writing.blocks import Code, Piece
from symcausal.writing.latex import latex
from symcausal.writing.notations import Notation
from symcausal.writing.style import Style


@record
class Implications:
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

    independencies: tuple[Independence, ...]
    is_basis: bool
    constraints: tuple[Constraint, ...]
    order: tuple[str, ...]
    notation: Notation
    remark: str = ""

    def __str__(self) -> str:
        return self.to("text")

    def to(self, shape: str) -> str:
        """Print as ``text``, ``latex``, ``markdown`` or ``json``."""
        if shape == "json":
            return self.to_json()
        return said(shape, self._said(), Style(self.notation, self.order))

    def to_json(self) -> str:
        """Everything as JSON; formulas are LaTeX."""
        data = {
            "basis": self.is_basis,
            "independencies": [
                {"left": list(one.left), "right": list(one.right), "given": list(one.given)}
                for one in self.independencies
            ],
            "constraints": [
                {
                    "formula": latex(one.formula, self.notation, self.order),
                    "does_not_depend_on": list(one.irrelevant),
                    "effect": latex(one.effect, self.notation, self.order),
                }
                for one in self.constraints
            ],
            "remark": self.remark,
        }
        return json.dumps(data, indent=2, ensure_ascii=False)

    def _said(self) -> list[Saying]:
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
    """List what a graph implies about its observed variables."""
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
