"""What is left of a causal query in data, and what stands in the way.

Main definitions
----------------
Identification : the answer of ``Model.identify``.
identification : make one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from symcausal.algebra.deadline import within
from symcausal.answer.identification_facts import IdentificationFacts
from symcausal.derive.derivation import Detail
from symcausal.errors import LimitError, UsageError
from symcausal.expr.distributions import distributions
from symcausal.expr.nodes import Expr
from symcausal.graph.adjustment import AdjustmentSet, adjustment_sets, is_adjustment_set
from symcausal.graph.graph import Graph
from symcausal.hints import TYPE_CHECKING, Self
from symcausal.identify.identification import (
    identify,
    is_identifiable,
)
from symcausal.identify.question import Input, observational
from symcausal.network.network import Network
from symcausal.rules.rule import Context
from symcausal.writing.notations import Notation
from symcausal.writing.text import text

if TYPE_CHECKING:
    from symcausal.answer.rivals import RivalModel
    from symcausal.reading.named import NamedQuantity
    from symcausal.writing.blocks import Block

SECONDS = 20.0  # for the search and the verification of an argument


class Identification(IdentificationFacts):
    """Whether a query follows from data, by what argument, and what is known if it doesn't.

    Attributes
    ----------
    query : Expr
        What was asked.
    inputs : tuple of Input
        What is known.
    result : Identified or Unidentified
        The answer of ``symcausal.identify``.
    network, context, notation
        Where it was asked, and how it is written.
    make_model : callable
        What turns a network into the object that users hold.
    definitions : tuple of NamedQuantity
        What named quantities of the query stand for.
    """

    def blocks(self) -> list[Block]:
        """The argument, or what is in the way."""
        from symcausal.answer.identification_page import blocks

        return list(blocks(self))

    def as_data(self) -> dict[str, object]:
        """Everything as values that ``json`` knows; formulas are LaTeX."""
        from symcausal.answer.identification_page import as_data

        return as_data(self)

    def _with(self, options: Mapping[str, object]) -> Self:
        """A copy that keeps what was found, however it is written."""
        other = super()._with(options)
        found = {name: known for name, known in vars(self).items() if name not in vars(other)}
        found.pop("derivation", None)  # it is written in a notation of its own
        vars(other).update(found)
        return other


def identification(
    query: Expr,
    network: Network,
    context: Context,
    *,
    notation: Notation,
    make_model: Callable[[Network], RivalModel],
    inputs: Sequence[Input] | None = None,
    adjust_for: Iterable[str] | None = None,
    detail: Detail = "lecture",
    definitions: tuple[NamedQuantity, ...] = (),
) -> Identification:
    """Return what data say of a query; parameters as for `identify.identification.identify`.

    Raises
    ------
    UsageError
        If averaging over ``adjust_for`` does not give the effect that is asked for.
    """
    if not observational(network.graph).observed:
        raise UsageError(
            "this model has no observed variable", expected="one at least that data can show"
        )
    given = tuple(dict.fromkeys(inputs)) if inputs else (observational(network.graph),)
    if adjust_for is not None:
        adjust_for = tuple(adjust_for)
        _refuse_wrong_set(query, network.graph, adjust_for, given)
    try:
        with within(SECONDS):
            found = identify(
                query, context, network.states, inputs=given, adjust_for=adjust_for, detail=detail
            )
    except LimitError as limit:
        raise _too_wide(type(limit), query, network.graph, given, notation) from limit
    return Identification(query, given, found, network, context, notation, make_model, definitions)


def _too_wide(
    kind: type[LimitError],
    query: Expr,
    graph: Graph,
    given: Sequence[Input],
    notation: Notation,
) -> LimitError:
    """What can be said where the argument is too much to be verified: the verdict takes no tables."""
    sides = [
        (part.outcome.variables, part.do.variables, (part.given - part.do).variables)
        for part in distributions(query)
    ]
    known = all(is_identifiable(graph, *side, given) for side in sides)
    asked = text(query, notation)
    return kind(
        f"{asked} is identifiable, but no argument was found that is short enough to be verified"
        if known
        else f"{asked} was not identified: what was tried is too much to be verified",
        hint="leave out what the effect does not need: fewer variables, or fewer conditions",
    )


def _refuse_wrong_set(
    query: Expr, graph: Graph, names: tuple[str, ...], given: Sequence[Input]
) -> None:
    """Never ignore a choice that cannot be followed."""
    averaging = f"averaging over {{{', '.join(names)}}}"
    effects = [
        part
        for part in distributions(query)
        if part.do and not set(part.do.variables) & set(part.outcome.variables)
    ]
    if not effects:
        raise UsageError(
            f"{averaging} is of no use here", expected="a query for an effect, such as P(Y | do(X))"
        )
    if all(one.done for one in given):
        raise UsageError(
            f"{averaging} needs what is seen without an experiment",
            expected="P(V), or a part of it, among what is given",
        )
    for part in effects:
        if part.given - part.do:
            raise UsageError(
                f"{averaging} where something else is seen as well",
                expected="an effect without conditions, such as P(Y | do(X))",
                hint="leave the choice out: what the conditions need is found",
            )
        treatment, outcome = part.do.variables, part.outcome.variables
        if is_adjustment_set(graph, treatment, outcome, names):
            continue
        ends = f"{', '.join(treatment)} on {', '.join(outcome)}"
        found = [s for s in adjustment_sets(graph, treatment, outcome, most=3)
                 if isinstance(s, AdjustmentSet)]  # fmt: skip
        wrong = f"{averaging} does not give the effect of {ends}"
        if not found:
            raise UsageError(
                f"{wrong}: none adjusts, of all sets of observed variables",
                hint="leave the choice out: there may be another formula",
            )
        raise UsageError(
            wrong,
            expected=", ".join(map(str, found)),
            hint="`symcausal adjust` lists the sets that do",
        )
