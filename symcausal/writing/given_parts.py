"""What people hand to a document, made into its parts or refused where it is handed in.

Main definitions
----------------
piece_of : a piece of a paragraph or a display.
blocks_of : the blocks that show a thing.
graph_of : the graph of a model or of networkx.
instance_of : whether a thing is of a class that is loaded only where there is one.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from fractions import Fraction

from symcausal.algebra.scalar import Number
from symcausal.errors import UnprintableError, UsageError
from symcausal.graph.graph import Graph
from symcausal.hints import Any, cast, get_args
from symcausal.writing.blocks import Block, Code, Display, Drawn, Heading, Piece
from symcausal.writing.boxes import Box
from symcausal.writing.document_facts import DocumentFacts
from symcausal.writing.layout import Printable
from symcausal.writing.picture import Picture
from symcausal.writing.shown import Shown

_FORMULAS = (*get_args(Printable), *get_args(Box))


def piece_of(thing: object) -> Piece:
    """Return a piece of a paragraph or a display; a number is a formula.

    Raises
    ------
    UnprintableError
        If it is neither words nor a formula.
    """
    if isinstance(thing, (str, Code, *_FORMULAS)):
        return cast(Piece, thing)
    if isinstance(thing, int | Fraction) and not isinstance(thing, bool):
        return Number(Fraction(thing))
    hint = ""
    if isinstance(thing, float):
        hint = "write it as text, with the digits that are wanted"
    elif isinstance(thing, Shown) or graph_of(thing) is not None:
        hint = "`.show(...)` adds it below the words"
    raise UnprintableError(
        f"a {type(thing).__name__} among the words of a page",
        expected="text, a formula, an int or a Fraction",
        hint=hint,
    )


def blocks_of(thing: object) -> tuple[Block, ...]:
    """Return the blocks that show an answer, a formula, a number, a model, a graph or a document.

    Raises
    ------
    UnprintableError
        If it is none of these.
    """
    if instance_of(thing, "symcausal.answer.drawing", "PrintedDrawing"):
        thing = thing.drawn  # type: ignore[attr-defined]  # a text in one format, which a page is not
    if isinstance(thing, Shown):
        return tuple(thing.blocks())
    if isinstance(thing, DocumentFacts):
        return titled(thing, level=2)
    graph = graph_of(thing)
    if graph is not None:
        return (drawn(graph),)
    if isinstance(thing, (int, Fraction, *_FORMULAS)) and not isinstance(thing, bool):
        return (Display((piece_of(thing),)),)
    raise UnprintableError(
        f"a page does not show a {type(thing).__name__}",
        expected="an answer, a formula, an int or a Fraction, a model, a graph, a drawing, a document",
        hint="`.paragraph(...)` adds words" if isinstance(thing, str) else "",
    )


def titled(page: DocumentFacts, *, level: int) -> tuple[Block, ...]:
    """Return the blocks of a document below its title as a heading, if it has one."""
    return (*((Heading(page.title, level),) if page.title else ()), *page.blocks)


def figure_of(thing: object, done: Mapping[str, object]) -> Block:
    """Return the picture of a graph or a model, some variables set.

    Raises
    ------
    UsageError
        If it is neither.
    UnknownVariableError, UnknownStateError
        If there is no such variable, or a model has no such state.
    """
    if done and instance_of(thing, "symcausal.model.held", "Held"):
        model: Any = thing  # knows other spellings of names, and which states there are
        (block,) = model.draw("json", do=done).drawn.blocks()
        return block  # type: ignore[no-any-return]
    graph = graph_of(thing)
    if graph is None:
        raise UsageError(
            f"a {type(thing).__name__} as a figure",
            expected="a model or a graph",
            hint="`.show(...)` adds answers and drawings",
        )
    graph.mask(done)  # refuses what is no variable
    return drawn(graph, {name: str(state) for name, state in done.items()})


def drawn(graph: Graph, done: Mapping[str, str] | None = None) -> Drawn:
    """Return the picture of a graph as a block."""
    picture = Picture(graph, done or {})
    return Drawn((picture,), picture.edges)


def graph_of(thing: Any) -> Graph | None:
    """Return the graph that a graph, a model or a graph of networkx is; ``None`` if it is none."""
    if isinstance(thing, Graph):
        return thing
    if instance_of(thing, "symcausal.model.held", "Held"):
        return thing.network.graph  # type: ignore[no-any-return]
    if instance_of(thing, "networkx", "DiGraph"):
        return Graph(
            map(str, thing.nodes),
            [(str(cause), str(effect)) for cause, effect in thing.edges],
            hidden=[str(name) for name, known in thing.nodes(data=True) if known.get("hidden")],
        )
    return None


def instance_of(thing: object, module: str, name: str) -> bool:
    """Decide whether a thing is of a class, which is not loaded for this."""
    kind = getattr(sys.modules.get(module), name, None)
    return isinstance(kind, type) and isinstance(thing, kind)
