"""Why two queries differ, or that they agree.

Main definitions
----------------
Difference : the verdict, the gap, the open paths, the repairs, an example.
compare : make one.

References
----------
[Pearl2009]_ Section 6.2, confounding as an open back-door path.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from symcausal.algebra.decimals import FIGURES, decimal, written
from symcausal.algebra.scalar import Number
from symcausal.answer.confounding import Repairs, Swap, reasons, repairs
from symcausal.answer.defined import defined, definitions_data
from symcausal.answer.figures import compared
from symcausal.derive.derivation import derive, hidden_causes
from symcausal.derive.step import StepChain
from symcausal.errors import ImpossibleEventError, SymcausalError
from symcausal.expr.build import prob
from symcausal.expr.distributions import first_probability, speaks_of_worlds
from symcausal.expr.nodes import Event, Events, Expr, Minus, State
from symcausal.graph.adjustment import AdjustmentSet, NoAdjustmentSet
from symcausal.graph.graph import Graph
from symcausal.graph.separation import Path
from symcausal.kernel.core.identity import identical, points
from symcausal.kernel.core.mechanisms import mechanisms_of
from symcausal.kernel.counterexample import Counterexample, counterexample
from symcausal.network.network import Network
from symcausal.reading.named import NamedQuantity
from symcausal.record import field, record
from symcausal.rules.rule import Context
from symcausal.writing.blocks import Aside, Block, Code, Derived, Display, Items, Paragraph, Piece
from symcausal.writing.latex import formula_latex
from symcausal.writing.names import names_of
from symcausal.writing.notations import Notation
from symcausal.writing.shown import Shown
from symcausal.writing.text import formula_text

SHOWN_REPAIRS = 3


@record
class Difference(Shown):
    """The verdict on two queries over a graph, with its reasons.

    Attributes
    ----------
    left, right : Expr
        The queries.
    equal : bool
        Whether they agree in every positive model of the graph.
    gap : Expr
        A formula for ``left - right``; 0 if they agree.
    derivation : StepChain or None
        From ``left - right`` to the gap, if there is one.
    open_paths : tuple of Path
        What makes them differ: open back-door paths where doing is compared with seeing.
    confounders : tuple of str
        Common causes of the treatment and the outcome.
    mended : Repairs or None
        The minimal sets to average over so that seeing becomes doing, with a formula for each, or
        why there is none; None if the queries agree, or do not compare doing with seeing.
    example : Counterexample or None
        A small model in which the two differ.
    values : tuple of Fraction or None
        Both values in the model's own numbers, if it has them and the queries are single numbers.
    graph : Graph or None
        The graph, for the figure.
    digits : int
        The significant figures of decimals.
    definitions : tuple of NamedQuantity
        What named quantities of the queries stand for.
    """

    options = ("notation", "digits")

    left: Expr
    right: Expr
    equal: bool
    gap: Expr
    derivation: StepChain | None
    open_paths: tuple[Path, ...]
    confounders: tuple[str, ...]
    mended: Repairs | None
    example: Counterexample | None
    values: tuple[Fraction, Fraction] | None
    order: tuple[str, ...]
    notation: Notation
    graph: Graph | None = field(default=None, compare=False, repr=False)
    digits: int = FIGURES
    definitions: tuple[NamedQuantity, ...] = ()

    @property
    def repairs(self) -> tuple[AdjustmentSet, ...]:
        """The adjustment sets that make seeing equal doing; empty if there is none."""
        return () if self.mended is None else self.mended.sets

    @property
    def repaired(self) -> tuple[Expr, ...]:
        """The formula of the query with ``do`` for each of the repairs."""
        return () if self.mended is None else self.mended.formulas

    @property
    def none_repairs(self) -> NoAdjustmentSet | None:
        """The reason why there is no repair; None if there is one."""
        return None if self.mended is None else self.mended.none

    @property
    def headline(self) -> str:
        """Both queries, and whether they agree."""
        ours, theirs = (formula_text(one, self.style) for one in (self.left, self.right))
        return f"{ours} {'=' if self.equal else '!='} {theirs}"

    # -- printing -------------------------------------------------------------------------------
    def blocks(self) -> list[Block]:
        """The comparison in words and formulas."""
        return explained(self)

    def as_data(self) -> dict[str, object]:
        """Everything as values that ``json`` knows; formulas are LaTeX, numbers are text."""
        return data_of(self)


def compare(
    left: Expr,
    right: Expr,
    network: Network,
    context: Context,
    *,
    notation: Notation,
    values: tuple[Fraction, Fraction] | None = None,
    definitions: tuple[NamedQuantity, ...] = (),
) -> Difference:
    """Decide whether two queries agree over a graph, and return the reasons.

    Parameters
    ----------
    left, right : Expr
        The queries.
    network : Network
        Its graph decides; its numbers are not used.
    context : Context
        For the derivation of the gap.
    values : tuple of Fraction or None
        Both values in the model's own numbers, if known.
    definitions : tuple of NamedQuantity
        What named quantities of the queries stand for.
    """
    states = network.states
    graph = network.graph
    # what is certain holds in all worlds: with it the graph means more than its tables
    certain = (mechanisms_of(network) if speaks_of_worlds(left, right) else None) or {}
    try:
        equal = identical(left, right, points(graph, states, certain=certain))
    except ZeroDivisionError:
        raise ImpossibleEventError("of one of the two queries") from None
    chain = _gap(Minus(left, right), context, states)
    ours, theirs = first_probability(left), first_probability(right)
    swaps = [] if ours is None or theirs is None else [
        Swap.between(ours, theirs), Swap.between(theirs, ours),
    ]  # fmt: skip
    swap = next((one for one in swaps if one.seen and one.outcome), None)
    mended = None if swap is None or equal else repairs(swap, graph, states)
    paths = () if equal or ours is None or theirs is None else reasons(ours, theirs, graph)
    return Difference(
        left,
        right,
        equal,
        chain.end if chain else Minus(left, right),
        chain,
        paths,
        () if swap is None else swap.confounders(graph),
        mended,
        None if equal else counterexample(left, right, graph, states, certain=certain),
        values,
        names_of(network.variables, network.declared),
        notation,
        graph,
        definitions=definitions,
    )


def explained(found: Difference) -> list[Block]:
    """A comparison in words and formulas."""
    blocks: list[Block] = [*defined(found.definitions)]
    blocks.append(Display((found.left, "=" if found.equal else "!=", found.right)))
    if found.equal:
        blocks.append(Paragraph(("The two agree in every positive model of this graph.",)))
    if found.values is not None:
        ours, theirs = (_shown(value, found.digits) for value in found.values)
        pieces = ("The left side is ", *ours, " and the right side is ", *theirs, " in this model.")
        blocks.append(Paragraph(pieces))
    closing = found.repairs[0].variables if found.repairs else ()
    blocks += compared(found.graph, found.left, found.right, found.open_paths, closing)
    if found.open_paths:
        blocks.append(Paragraph(("They differ along these open paths:",)))
        blocks.append(Items(tuple((Code(str(path)),) for path in found.open_paths)))
    if found.confounders:
        word = "Confounder: " if len(found.confounders) == 1 else "Confounders: "
        blocks.append(Paragraph((word, Code(", ".join(found.confounders)), ".")))
    if found.mended is not None:
        blocks += _mended(found.mended)
    if found.derivation is not None and found.derivation.steps and not found.equal:
        blocks.append(Paragraph(("The gap:",)))
        blocks.append(Derived(found.derivation))
    if found.example is not None:
        blocks += _example(found.example, found.order, found.digits)
    return blocks


def _mended(mended: Repairs) -> list[Block]:
    """The sets that repair a query, and what it is for each of the first."""
    if mended.none is not None:
        path = Code(str(mended.none.reason))
        words = "No set of observed variables repairs it: "
        if mended.query.given:
            words = "No set of observed variables was found that repairs it under its conditions: "
        return [Paragraph((words, path, " stays open."))]
    if not mended.sets:
        return []
    sets = ", ".join(map(str, mended.sets))
    blocks: list[Block] = [
        Paragraph(("Adjusting for one of these sets repairs it: ", Code(sets), "."))
    ]
    shown = mended.formulas[:SHOWN_REPAIRS]
    return [*blocks, *(Display((mended.query, "=", formula)) for formula in shown)]


def _example(example: Counterexample, order: Sequence[str], digits: int) -> list[Block]:
    """A small model in which the two differ, row by row."""
    places = ", ".join(f"{letter}={state}" for letter, state in example.at.items())
    at = f" at {places}" if places else ""
    words = (
        f"A small model in which they differ{at}: the left side is ",
        *_shown(example.left, digits),
    )
    more = (", the right side ", *_shown(example.right, digits), "; its rows, all others uniform:")
    entries: list[tuple[Piece, ...]] = []
    for name, parents, row in example.rows:
        given = Events(Event(parent, State(state)) for parent, state in parents)
        pieces: list[Piece] = []
        for state, value in zip(example.states[name], row, strict=True):
            pieces += [", "] if pieces else []
            pieces += [prob((Event(name, State(state)),), given), " = ", *_shown(value, digits)]
        entries.append(tuple(pieces))
    blocks: list[Block] = [Paragraph((*words, *more)), Aside((Items(tuple(entries)),))]
    told = {n for name, parents, _ in example.rows for n in (name, *(p for p, _ in parents))}
    causes = [name for name in example.states if name in told and name not in order]
    if causes:
        named = ", ".join(f'"{cause}"' for cause in causes)
        whose = "is the hidden cause of what its name lists"
        if len(causes) > 1:
            whose = "are the hidden causes of what their names list"
        blocks.append(Paragraph(("Here ", Code(named), f" {whose}.")))
    return blocks


def _shown(value: Fraction, digits: int) -> tuple[Piece, ...]:
    """A number with its decimal beside it."""
    beside = () if value.denominator == 1 else (f" = {decimal(value, figures=digits)}",)
    return (Number(value), *beside)


def data_of(found: Difference) -> dict[str, object]:
    """A comparison as values that ``json`` knows."""

    def tex(expr: Expr) -> str:
        return formula_latex(expr, found.style)

    example, told = found.example, definitions_data(found.definitions, found.style)
    return {
        **({"definitions": told} if told else {}),
        "left": tex(found.left),
        "right": tex(found.right),
        "equal": found.equal,
        "values": None if found.values is None else [written(value) for value in found.values],
        "gap": tex(found.gap),
        "open_paths": [str(path) for path in found.open_paths],
        "confounders": list(found.confounders),
        "repairs": [list(repair.variables) for repair in found.repairs],
        "repaired": [tex(formula) for formula in found.repaired],
        "no_repair": None if found.none_repairs is None else str(found.none_repairs.reason),
        "example": None
        if example is None
        else {
            "rows": [
                {
                    "variable": name,
                    "given": dict(parents),
                    "entries": dict(zip(example.states[name], map(str, row), strict=True)),
                }
                for name, parents, row in example.rows
            ],
            "at": dict(example.at),
            "left": str(example.left),
            "right": str(example.right),
        },
    }


def _gap(minus: Minus, context: Context, states: Mapping[str, tuple[str, ...]]) -> StepChain | None:
    try:
        if hidden_causes(minus, context.graph):
            from symcausal.identify.identification import Identified, identify  # it is asked rarely

            found = identify(minus, context, states)
            return found.chain if isinstance(found, Identified) else None
        return derive(minus, context, states)
    except SymcausalError:
        return None
