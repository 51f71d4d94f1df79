"""From a query to its value, worked out on two roads.

The value comes from the closed form. Where everything has a number, the kernel computes it once more
by its own road, and only a value that both give is handed out.

Main definitions
----------------
evaluate : the value of a query.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import inf

from symcausal.algebra.deadline import OutOfTime, within
from symcausal.answer.evaluation import Evaluation
from symcausal.errors import VerificationError
from symcausal.expr.distributions import speaks_of_worlds
from symcausal.expr.nodes import Expr
from symcausal.expr.scope import free_letters
from symcausal.hints import TYPE_CHECKING
from symcausal.kernel.core.interpretation import exact, modular
from symcausal.kernel.core.meaning import meaning
from symcausal.network.network import Network
from symcausal.numbers.evaluate.closed_form import ClosedForm, closed_form
from symcausal.numbers.evaluate.substitution import with_values
from symcausal.numbers.evaluate.value_table import ValueTable
from symcausal.writing.names import names_of
from symcausal.writing.notations import Notation

if TYPE_CHECKING:
    from symcausal.reading.named import NamedQuantity

LONGEST_EXACT = 2.0  # seconds that a confirmation in fractions may take


def evaluate(
    query: Expr,
    network: Network,
    values: Mapping[object, object],
    *,
    asked: str,
    notation: Notation | None = None,
    definitions: tuple[NamedQuantity, ...] = (),
) -> Evaluation:
    """Return the value of a query, with numbers for some or all parameters.

    Raises
    ------
    ImpossibleEventError
        If it is defined nowhere because a condition has probability zero.
    VerificationError
        If the kernel does not confirm the value.
    """
    settled, left = with_values(network, values), query
    form: ClosedForm | None = None
    if speaks_of_worlds(query):
        from symcausal.answer.several_worlds import of_one_world  # few queries do

        reduced = of_one_world(query, settled)
        if reduced is None:
            from symcausal.numbers.evaluate.determined import determined_form

            form = determined_form(query, settled)
        else:
            query = reduced
    if form is None:
        form = closed_form(settled, query)
        if not form.parameters and settled.is_numeric:
            _confirm(form, query, settled)
    names = names_of(network.variables, network.declared)
    return Evaluation(
        asked, form, names, query, settled, notation or Notation(),
        definitions=definitions, left=left,
    )  # fmt: skip


def _confirm(form: ClosedForm, query: Expr, network: Network) -> None:
    """Work the numbers out another way: as fractions, or modulo a prime where that takes long."""
    free = free_letters(query)
    found = form.numbers()
    states = product(*(network.variable(variable).states for variable in free.values()))
    ours: list[Fraction | int | None]
    ours = [found.get(place) if isinstance(found, ValueTable) else found for place in states]
    theirs: Sequence[Fraction | int | None]
    try:
        with within(LONGEST_EXACT if None not in ours else inf):
            theirs = meaning(query, exact(network), free).values
    except OutOfTime:
        from random import Random  # late: few queries take so long

        residues = modular(network, Random(0))
        ours = [residues.field.constant(Fraction(value)) for value in ours if value is not None]
        theirs = meaning(query, residues, free).values
    for one, other in zip(ours, theirs, strict=True):
        if one != other:
            raise VerificationError(f"two computations of this query differ: {one} and {other}")
