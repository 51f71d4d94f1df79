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

from symcausal.algebra.decimals import decimal
from symcausal.algebra.scalar import Number
from symcausal.derive.derivation import derive, hidden_causes
from symcausal.derive.step import Chain
from symcausal.errors import ImpossibleEventError, SymcausalError, UsageError
from symcausal.expr.build import prob
from symcausal.expr.nodes import Event, Events, Expr, Minus, Prob, State
from symcausal.expr.path import everywhere
from symcausal.graph.adjustment import AdjustmentSet, NoAdjustmentSet, adjustment_sets
from symcausal.graph.paths import back_door_paths, confounders, directed_paths
from symcausal.graph.separation import Path, open_path
from symcausal.kernel.counterexample import Counterexample, counterexample
from symcausal.kernel.identity import identical, points
from symcausal.network.network import Network
from symcausal.notation.document import (
    Block,
    Code,
    Derived,
    Display,
    Document,
    Items,
    Paragraph,
    Piece,
)
from symcausal.notation.latex import latex
from symcausal.notation.names import names_of
from symcausal.notation.notations import Notation
from symcausal.record import record
from symcausal.rules.rule import Context

SHOWN_PATHS = 5


@record
class Difference:
    """The verdict on two queries over a graph, with its reasons.

    Attributes
    ----------
    left, right : Expr
        The queries.
    equal : bool
        Whether they agree in every positive model of the graph.
    gap : Expr
        A formula for ``left - right``; 0 if they agree.
    derivation : Chain or None
        From ``left - right`` to the gap, if there is one.
    open_paths : tuple of Path
        What makes them differ: open back-door paths where doing is compared with seeing.
    confounders : tuple of str
        Common causes of the treatment and the outcome.
    repairs : tuple of AdjustmentSet
        The minimal sets that close the back doors; empty if the queries agree.
    none_repairs : NoAdjustmentSet or None
        Why there is no such set, if there is none.
    example : Counterexample or None
        A small model in which the two differ.
    values : tuple of Fraction or None
        Both values in the model's own numbers, if it has them and the queries are single numbers.
    """

    left: Expr
    right: Expr
    equal: bool
    gap: Expr
    derivation: Chain | None
    open_paths: tuple[Path, ...]
    confounders: tuple[str, ...]
    repairs: tuple[AdjustmentSet, ...]
    none_repairs: NoAdjustmentSet | None
    example: Counterexample | None
    values: tuple[Fraction, Fraction] | None
    order: tuple[str, ...]
    notation: Notation

    def __str__(self) -> str:
        return self.to_text()

    def to(self, shape: str, *, notation: Notation | str | None = None) -> str:
        """Print as ``text``, ``latex``, ``markdown``, ``html`` or ``json``."""
        if shape == "json":
            return self.to_json(notation=notation)
        document = explained(self, _written(notation, self.notation))
        printers = {
            "text": document.to_text,
            "latex": document.to_latex,
            "markdown": document.to_markdown,
            "html": document.to_html,
        }
        if shape not in printers:
            raise UsageError(f"no format '{shape}'", expected=", ".join((*printers, "json")))
        return printers[shape]()

    def to_text(self) -> str:
        """Plain text."""
        return self.to("text")

    def to_latex(self, *, notation: Notation | str | None = None) -> str:
        """LaTeX that needs amsmath, and amssymb for expectations."""
        return self.to("latex", notation=notation)

    def to_markdown(self, *, notation: Notation | str | None = None) -> str:
        """Markdown with ``$`` formulas."""
        return self.to("markdown", notation=notation)

    def to_html(self, *, notation: Notation | str | None = None) -> str:
        """A page of its own."""
        return self.to("html", notation=notation)

    def to_json(self, *, notation: Notation | str | None = None) -> str:
        """Everything as JSON; formulas are LaTeX, numbers are text."""
        import json

        how = _written(notation, self.notation)
        return json.dumps(as_data(self, how), indent=2, ensure_ascii=False)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/markdown": self.to_markdown(), "text/plain": self.to_text()}


def _written(notation: Notation | str | None, default: Notation) -> Notation:
    return Notation.preset(notation) if isinstance(notation, str) else notation or default


def compare(
    left: Expr,
    right: Expr,
    network: Network,
    context: Context,
    *,
    notation: Notation,
    values: tuple[Fraction, Fraction] | None = None,
) -> Difference:
    """Say whether two queries agree over a graph, and why not.

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
    """
    states = {name: variable.states for name, variable in network.variables.items()}
    graph = network.graph
    try:
        equal = identical(left, right, points(graph, states))
    except ZeroDivisionError:
        raise ImpossibleEventError("of one of the two queries") from None
    chain = _gap(Minus(left, right), context, states)
    treatment, outcome = _treatment(left, right)
    repairs: tuple[AdjustmentSet, ...] = ()
    none_repairs = None
    if treatment and not equal:
        found = adjustment_sets(graph, treatment, outcome)
        repairs = tuple(f for f in found if isinstance(f, AdjustmentSet))
        none_repairs = next((f for f in found if isinstance(f, NoAdjustmentSet)), None)
    return Difference(
        left,
        right,
        equal,
        chain.end if chain else Minus(left, right),
        chain,
        () if equal else _reasons(left, right, network),
        tuple(map(str, confounders(graph, treatment, outcome))) if treatment else (),
        repairs,
        none_repairs,
        None if equal else counterexample(left, right, graph, states),
        values,
        names_of(network.variables, network.declared),
        notation,
    )


def explained(found: Difference, notation: Notation) -> Document:
    """A comparison in words and formulas."""
    blocks: list[Block] = [Display((found.left, "=" if found.equal else "!=", found.right))]
    if found.equal:
        blocks.append(Paragraph(("The two agree in every positive model of this graph.",)))
    if found.values is not None:
        ours, theirs = map(_shown, found.values)
        pieces = ("The left side is ", *ours, " and the right side is ", *theirs, " in this model.")
        blocks.append(Paragraph(pieces))
    if found.open_paths:
        blocks.append(Paragraph(("They differ along these open paths:",)))
        blocks.append(Items(tuple((Code(str(path)),) for path in found.open_paths)))
    if found.confounders:
        word = "Confounder: " if len(found.confounders) == 1 else "Confounders: "
        blocks.append(Paragraph((word, Code(", ".join(found.confounders)), ".")))
    if found.repairs:
        sets = ", ".join(str(repair) for repair in found.repairs)
        blocks.append(Paragraph(("Adjusting for one of these sets repairs it: ", Code(sets), ".")))
    if found.none_repairs is not None:
        path = Code(str(found.none_repairs.reason))
        blocks.append(
            Paragraph(("No set of observed variables repairs it: ", path, " stays open."))
        )
    if found.derivation is not None and found.derivation.steps and not found.equal:
        blocks.append(Paragraph(("The gap:",)))
        blocks.append(Derived(found.derivation))
    if found.example is not None:
        blocks += _example(found.example, found.order)
    return Document("", tuple(blocks), notation, found.order)


def _example(example: Counterexample, order: Sequence[str]) -> list[Block]:
    """A small model in which the two differ, row by row."""
    places = ", ".join(f"{letter}={state}" for letter, state in example.at.items())
    at = f" at {places}" if places else ""
    words = (f"A small model in which they differ{at}: the left side is ", *_shown(example.left))
    more = (", the right side ", *_shown(example.right), "; its rows, all others uniform:")
    entries: list[tuple[Piece, ...]] = []
    for name, parents, row in example.rows:
        given = Events(Event(parent, State(state)) for parent, state in parents)
        pieces: list[Piece] = []
        for state, value in zip(example.states[name], row, strict=True):
            pieces += [", "] if pieces else []
            pieces += [prob((Event(name, State(state)),), given), " = ", *_shown(value)]
        entries.append(tuple(pieces))
    blocks: list[Block] = [Paragraph((*words, *more)), Items(tuple(entries))]
    told = {n for name, parents, _ in example.rows for n in (name, *(p for p, _ in parents))}
    causes = [name for name in example.states if name in told and name not in order]
    if causes:
        named = ", ".join(f'"{cause}"' for cause in causes)
        whose = "is the hidden cause of what its name lists"
        if len(causes) > 1:
            whose = "are the hidden causes of what their names list"
        blocks.append(Paragraph(("Here ", Code(named), f" {whose}.")))
    return blocks


def _shown(value: Fraction) -> tuple[Piece, ...]:
    """A number with its decimal beside it."""
    beside = () if value.denominator == 1 else (f" = {decimal(value)}",)
    return (Number(value), *beside)


def as_data(found: Difference, notation: Notation) -> dict[str, object]:
    """A comparison as values that ``json`` knows."""

    def tex(expr: Expr) -> str:
        return latex(expr, notation, found.order)

    example = found.example
    return {
        "left": tex(found.left),
        "right": tex(found.right),
        "equal": found.equal,
        "values": None if found.values is None else [str(value) for value in found.values],
        "gap": tex(found.gap),
        "open_paths": [str(path) for path in found.open_paths],
        "confounders": list(found.confounders),
        "repairs": [list(repair.variables) for repair in found.repairs],
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


def _gap(minus: Minus, context: Context, states: Mapping[str, tuple[str, ...]]) -> Chain | None:
    try:
        if hidden_causes(minus, context.graph):
            from symcausal.identify.identification import Identified, identify  # it is asked rarely

            found = identify(minus, context, states)
            return found.chain if isinstance(found, Identified) else None
        return derive(minus, context, states)
    except SymcausalError:
        return None


def _treatment(left: Expr, right: Expr) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is set on one side and only seen on the other, and the outcome."""
    ours, theirs = _first(left), _first(right)
    if ours is None or theirs is None:
        return (), ()
    doing, seeing = (ours, theirs) if ours.do else (theirs, ours)
    done = tuple(v for v in doing.do.variables if v in seeing.given.variables)
    outcome = tuple(v for v in doing.outcome.variables if v not in done)
    return (done, outcome) if outcome else ((), ())


def _reasons(left: Expr, right: Expr, network: Network) -> tuple[Path, ...]:
    """The open paths that the difference runs along."""
    ours, theirs = _first(left), _first(right)
    if ours is None or theirs is None:
        return ()
    graph = network.graph
    paths: list[Path] = []
    for one, other in ((ours, theirs), (theirs, ours)):
        for x in one.do.variables:
            if x in other.do.variables:
                continue
            given = tuple(v for v in one.given.variables if v != x)
            for y in one.outcome.variables:
                if y == x:
                    continue
                if x in other.given.variables:
                    paths += back_door_paths(graph, (x,), (y,), given)[:SHOWN_PATHS]
                else:
                    paths += directed_paths(graph, (x,), (y,))[:SHOWN_PATHS]
        for z in one.given.variables:
            if z in (*other.given.variables, *other.do.variables, *one.outcome.variables):
                continue
            rest = tuple(v for v in (*one.given.variables, *one.do.variables) if v != z)
            path = open_path(graph, one.outcome.variables, (z,), rest, cut_into=one.do.variables)
            if path is not None:
                paths.append(path)
    return tuple(dict.fromkeys(paths))


def _first(expr: Expr) -> Prob | None:
    return next((node for _, node in everywhere(expr) if isinstance(node, Prob)), None)
