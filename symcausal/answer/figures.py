"""The figures of answers: the graph with what an answer is about marked in it.

Text has no figure: what a figure shows is said on the same page in words.

Main definitions
----------------
compared : two queries side by side, the open paths between and a set that closes them.
repaired : a graph with a set to average over, or with a path that nothing closes.
identified, held_together : an effect with its adjustment, or the hedge in its way.
separation, acted : the graph after the surgery of a separation, or of an action.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice, starmap

from symcausal.errors import LimitError
from symcausal.expr.distributions import first_probability
from symcausal.expr.nodes import Events, Expr, State, Sum
from symcausal.expr.path import everywhere
from symcausal.expr.scope import variables
from symcausal.graph.graph import Graph
from symcausal.graph.paths import back_door_paths
from symcausal.graph.separation import Path
from symcausal.rules.condition import Decision, Separated
from symcausal.writing.blocks import Block, Code, Drawn, Paragraph, Piece
from symcausal.writing.picture import Picture

MOST_DRAWN = 25  # variables; a larger graph is a page of its own
MOST_PATHS = 3  # as many as have a mark of their own

_ADJUSTED = "back-door adjustment"
_VERDICTS = {"holds": "holds", "assumed": "is assumed", "fails": "fails"}


def compared(
    graph: Graph | None,
    left: Expr,
    right: Expr,
    paths: Sequence[Path],
    adjusted: Sequence[str],
) -> list[Block]:
    """Return the graphs of two queries: what is set and seen, what is open, what closes it."""
    if graph is None or not _fits(graph):
        return []
    asked = [first_probability(query) for query in (left, right)]
    pictures: list[Picture] = []
    for one in asked:
        if one is None:
            continue
        done, seen = _states(one.do), _states(one.given)
        seen = {name: state for name, state in seen.items() if name not in done}
        left_over = graph.cut(into=done)
        runs = (path for path in paths if all(starmap(left_over.has_edge, path.steps)))
        shown = tuple(islice(runs, MOST_PATHS))
        # what closes a path is told where the path is
        boxed = tuple(adjusted) if shown else ()
        picture = Picture(graph, done, seen, shown, boxed)
        if picture not in pictures:
            pictures.append(picture)
    return [Drawn(tuple(pictures))] if pictures else []


def repaired(
    graph: Graph | None,
    treatment: Sequence[str],
    outcome: Sequence[str],
    sets: Iterable[Sequence[str]],
    reason: Path | None,
) -> list[Block]:
    """Return the graph with the first of some sets in boxes and the back doors, or the reason."""
    if graph is None or not _fits(graph):
        return []
    if reason is not None:
        return [Drawn((Picture(graph, paths=(reason,)),))]
    adjusted = next((tuple(names) for names in sets), ())
    paths = _back_doors(graph, treatment, outcome)
    return [Drawn((Picture(graph, paths=paths, adjusted=adjusted),))]


def identified(graph: Graph, query: Expr, estimand: Expr, method: str) -> list[Block]:
    """Return the graph of an effect, with the back doors and the adjustment set if there is one."""
    asked = first_probability(query)
    if asked is None or not _fits(graph):
        return []
    named = variables(query)
    adjusted: tuple[str, ...] = ()
    if method == _ADJUSTED:
        sums = (node for _, node in everywhere(estimand) if isinstance(node, Sum))
        over = (name for node in sums for name in node.over.variables)
        adjusted = tuple(dict.fromkeys(name for name in over if name not in named))
    paths = _back_doors(graph, asked.do.variables, asked.outcome.variables)
    return [Drawn((Picture(graph, paths=paths, adjusted=adjusted),))]


def held_together(graph: Graph, held: Sequence[str], edges: tuple[str, ...]) -> Block:
    """Return the graph with a hedge in double lines, of a large graph the hedge alone."""
    shown = graph if _fits(graph) else graph.restricted(held)
    return Drawn((Picture(shown, held=tuple(held)),), edges)


def separation(graph: Graph, asked: Separated, decision: Decision, *, drawn: bool) -> list[Block]:
    """Return what was decided about a separation, and the graph in which it is read off.

    What is set stands in rectangles, what is conditioned on is shaded, and the arrows that the
    separation cuts are ghosts. Of a large graph the part above its variables is drawn, which decides.
    """
    graph = _above(graph, (*asked.left, *asked.right, *asked.given))
    cut_into = [name for name in asked.cut_into if name in graph.nodes]
    cut_out_of = tuple(name for name in asked.cut_out_of if name in graph.nodes)
    seen = {name: "" for name in asked.given if name not in cut_into}
    picture = Picture(graph, dict.fromkeys(cut_into, ""), seen, cut_out_of=cut_out_of)
    cut = _cut_edges(picture)
    pieces: list[Piece] = [asked, f" {_VERDICTS[decision.verdict]}", *(["; cut: "] if cut else [])]
    pieces += [*cut, "."]
    if decision.witness:
        pieces += [" Open is ", Code(decision.witness), "."]
    figure = [Drawn((picture,))] if drawn and _fits(graph) else []
    return [Paragraph(tuple(pieces)), *figure]


def acted(graph: Graph, done: Events) -> list[Block]:
    """Return the graph under an action, with the arrows that it cuts."""
    picture = Picture(graph, _states(done))
    names = ", ".join(done.variables)
    cut = _cut_edges(picture)
    words: tuple[Piece, ...] = ("Setting ", Code(names), " cuts ", *cut, ".")
    if not cut:
        words = ("No arrow leads into ", Code(names), ".")
    return [Paragraph(words), *([Drawn((picture,))] if _fits(graph) else [])]


def _cut_edges(picture: Picture) -> list[Piece]:
    """What surgery takes away, in words; nothing if it takes nothing."""
    pieces: list[Piece] = []
    for edge in picture.cut.edges:
        pieces += [", ", Code(edge)] if pieces else [Code(edge)]
    return pieces


def _above(graph: Graph, names: Sequence[str]) -> Graph:
    """A graph that can be drawn: of a large one, some variables with all that lies above them."""
    return graph if _fits(graph) else graph.restricted(graph.ancestors(names))


def _fits(graph: Graph) -> bool:
    return len(graph.nodes) <= MOST_DRAWN


def _states(events: Events) -> dict[str, str]:
    """The variables of some events with the states they name."""
    return {
        event.variable: event.value.name if isinstance(event.value, State) else ""
        for event in events
    }


def _back_doors(graph: Graph, treatment: Sequence[str], outcome: Sequence[str]) -> tuple[Path, ...]:
    ends = [name for name in outcome if name not in treatment]
    if not treatment or not ends:
        return ()
    try:
        return tuple(back_door_paths(graph, treatment, ends, most=MOST_PATHS)[:MOST_PATHS])
    except LimitError:
        return ()
