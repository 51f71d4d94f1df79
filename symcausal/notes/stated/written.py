"""Graphs among formulas and words: arrows, lists of arrows, structural equations.

Main definitions
----------------
graphsgraphs_written : arrows, equations and pictures in formulas, arrows among words.
arrows_stated : the graph of a chain or list of arrows, if its sentence asserts one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from symcausal.errors import SymcausalError
from symcausal.graph.graph import Graph
from symcausal.notes.files.items import CODE_SPAN, CodeBlock, Formula, NotesFile, Prose
from symcausal.notes.phrases.matching import says
from symcausal.notes.reading.measures import PROBABLE
from symcausal.notes.stated.alternatives import OwnEntry, entries_of, paragraph_end
from symcausal.notes.stated.arrows import MIXED, arrow_lines, arrows_in, arrows_of, counted
from symcausal.notes.stated.drawings import PLAIN_LANGUAGES, drawing
from symcausal.notes.stated.edges import Edges, graph_from
from symcausal.notes.stated.equations import EQUATIONS, equations_of
from symcausal.notes.stated.listing import (
    ArrowPiece,
    are_one_graph,
    is_whole_list,
    joined,
    leads_to_edges,
    lists_of,
    piece_of,
)
from symcausal.notes.stated.mood import is_about_graphs, is_asserted
from symcausal.notes.stated.naming import NotesNames
from symcausal.notes.stated.outline import in_caption, place_of
from symcausal.notes.stated.stretches import StatedStretch, closed
from symcausal.notes.stated.vicinity import adds_edges, ties_noises
from symcausal.reading.nearby import words_before

MOST_CHAINS = 2_000  # more than that are no notes
_LONGEST = 4_000  # of a formula that is all arrows, or all equations
_NEAR_EQUATIONS = 300


def graphs_written(document: NotesFile, naming: NotesNames) -> Iterator[StatedStretch]:
    """Yield the graphs in arrows, structural equations and pictures among formulas and words."""
    pieces: list[ArrowPiece] = []
    for item in document.items:
        if isinstance(item, Formula) and len(item.text) <= _LONGEST:
            yield from _equations(item, naming)
            edges = None
            if "{tikz" in item.text:
                yield from _picture(item, naming)
            elif MIXED.search(item.text) and not PROBABLE.search(item.text):
                edges = arrows_of(_expanded(item))
            if edges is not None:
                pieces.append(piece_of(edges, item))
        elif isinstance(item, Prose) and MIXED.search(item.text):
            pieces += _among_words(item)
    for block in document.code:
        is_plain = block.language == CODE_SPAN or block.language in PLAIN_LANGUAGES
        if is_plain and len(block.text) <= _LONGEST:
            edges = arrow_lines(block.excerpt().text)
            if edges is not None:
                pieces.append(piece_of(edges, block))
            else:
                yield from _partly_read(block, naming)
    pieces.sort(key=lambda piece: place_of(piece.part, piece.start))
    pieces = pieces[:MOST_CHAINS]
    entries = entries_of(pieces, naming.variable)
    for some in lists_of(pieces):
        yield from _listed(some, naming, entries)


def _among_words(prose: Prose) -> Iterator[ArrowPiece]:
    for edges in arrows_in(prose.part.source.text[prose.offset : prose.end]):
        yield piece_of(edges, prose, edges.start, edges.end)


def _partly_read(block: CodeBlock, naming: NotesNames) -> Iterator[StatedStretch]:
    """Yield what ends the graphs of the variables between which some lines of a block have arrows."""
    lines = [arrows_of(line) for line in block.excerpt().text.split("\n") if MIXED.search(line)]
    told = {name: None for edges in lines if edges for name in edges.names if naming.is_told(name)}
    names = {naming.variable(name): None for name in told}
    variables = [name for name in names if name is not None]
    if len(variables) > 1:
        yield StatedStretch(
            Graph(variables), "drawing", block.part, block.offset, block.end, void=True
        )


def _more(piece: ArrowPiece, naming: NotesNames) -> Iterator[StatedStretch]:
    """Yield what ends the graphs of the variables that a lone arrow in a block of code joins."""
    ends = [naming.variable(name) for name in piece.edges.names if naming.is_told(name)]
    names = dict.fromkeys(name for name in ends if name is not None)
    if len(names) > 1:
        start, end = piece.start, piece.end
        yield StatedStretch(Graph(names), "drawing", piece.part, start, end, void=True)


def _picture(formula: Formula, naming: NotesNames) -> Iterator[StatedStretch]:
    edges = drawing(formula.text, "tikz")
    if edges is not None and counted(edges) > 1:
        yield from arrows_stated((piece_of(edges, formula),), edges, naming)


def _expanded(formula: Formula) -> str:
    try:
        return formula.expanded().text
    except SymcausalError:
        return ""


def _listed(
    pieces: Sequence[ArrowPiece], naming: NotesNames, entries: Mapping[tuple[int, int], OwnEntry]
) -> Iterator[StatedStretch]:
    """Yield the graph of a list of arrows, of which at most one piece is more than an arrow."""
    several = sum(counted(piece.edges) > 1 for piece in pieces) > 1
    if several and not are_one_graph(pieces):  # alternatives, or a graph and its paths
        for piece in pieces:
            if counted(piece.edges) > 1:
                own = entries.get((id(piece.part), piece.start))
                yield from arrows_stated((piece,), piece.edges, naming, own)
        return
    whole = joined(pieces)
    if counted(whole) == 1 and pieces[0].in_fence:  # more of a graph that stands above it?
        yield from _more(pieces[0], naming)
    if whole.directed and counted(whole) > 1:
        own = entries.get((id(pieces[0].part), pieces[0].start)) if len(pieces) == 1 else None
        yield from arrows_stated(pieces, whole, naming, own)


def arrows_stated(
    pieces: Sequence[ArrowPiece], edges: Edges, naming: NotesNames, own: OwnEntry | None = None
) -> Iterator[StatedStretch]:
    """Yield the graph of a chain or list of arrows, which is only mentioned if nothing asserts it.

    Parameters
    ----------
    pieces : sequence of ArrowPiece
        Where the arrows stand.
    edges : Edges
        What they say together.
    naming : NotesNames
        What their names mean.
    own : OwnEntry, optional
        The item or paragraph that is theirs among others with graphs of their own.
    """
    part, start, end = pieces[0].part, pieces[0].start, pieces[-1].end
    text = part.source.text
    told = [naming.is_told(name) for name in edges.names]
    about = is_about_graphs(text, start, closed(text, end))
    if about is None and leads_to_edges(pieces):
        about = True
    if naming.any_name and not about:
        return
    if about is False or sum(told) < 2 or in_caption(text, start):
        return
    in_words = any(piece.in_words for piece in pieces)
    if in_words and not about and words_before(text, start, 3).rstrip().endswith(":"):
        return  # a type?
    is_list = all(counted(piece.edges) == 1 or piece.in_fence for piece in pieces)
    if not about and (is_list or not all(told)) and (in_words or is_list or not _meets(edges)):
        return
    if not all(told) and in_words and not all(map(_may_be_name, edges.names)):
        return
    graph = graph_from(edges, naming.variable)
    if graph is not None and not is_asserted(text, start, closed(text, end)):
        behind = paragraph_end(text, end)
        yield StatedStretch(graph, "arrows", part, start, end, until=behind, mentioned=True)
    elif graph is not None:
        places = [(piece.start, piece.end) for piece in pieces]
        if own is not None:
            pieces = [own.alone(piece) for piece in pieces]
            text = pieces[0].part.source.text
            lead = len(text[: own.lead].rstrip())
            places += [(lead, lead), (own.tail, own.tail)]
        void = not is_whole_list(pieces) or any(
            adds_edges(text, first, last, graph, naming.variable) for first, last in places
        )
        until = own.end if own is not None and own.is_item else None
        yield StatedStretch(graph, "arrows", part, start, end, void=void, until=until)


def _may_be_name(word: str) -> bool:
    return len(word) == 1 or word[:1].isupper()


def _meets(edges: Edges) -> bool:
    """Whether two arrows leave or reach one name, which no function and no limit does."""
    causes, effects = [a for a, _ in edges.directed], [b for _, b in edges.directed]
    return len(set(causes)) < len(causes) or len(set(effects)) < len(effects)


def _equations(formula: Formula, naming: NotesNames) -> Iterator[StatedStretch]:
    if not EQUATIONS.search(formula.text) or PROBABLE.search(formula.text):
        return
    edges = equations_of(_expanded(formula))
    text, start, end = formula.part.source.text, formula.offset, formula.end
    if edges is None or not any(map(naming.is_told, edges.names)):
        return
    if not is_asserted(text, start, closed(text, end)):
        return
    graph = graph_from(edges, naming.variable)
    before = words_before(text, start, _NEAR_EQUATIONS)
    if graph is not None and not says(before.rsplit(".", 1)[-1], "before", "no mechanism"):
        void = ties_noises(text, start, closed(text, end))
        yield StatedStretch(graph, "equations", formula.part, start, end, void=void)
