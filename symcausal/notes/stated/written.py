"""Graphs among formulas and words: arrows, lists of arrows, structural equations.

Main definitions
----------------
graphsgraphs_in_formulas : arrows and equations in formulas.
graphs_in_words : arrows among words.
arrows_stated : the graph of a chain or list of arrows, if its sentence asserts one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from symcausal.errors import SymcausalError
from symcausal.notes.files.items import FilePart, Formula, NotesFile, Prose
from symcausal.notes.reading.measures import PROBABLE
from symcausal.notes.stated.arrows import MIXED, arrows_of, chains_in, counted
from symcausal.notes.stated.drawings import drawing
from symcausal.notes.stated.edges import Edges, graph_from
from symcausal.notes.stated.equations import EQUATIONS, equations_of
from symcausal.notes.stated.mood import is_about_graphs, is_asserted
from symcausal.notes.stated.naming import NotesNames
from symcausal.notes.stated.outline import in_caption
from symcausal.notes.stated.stretches import StatedStretch, closed
from symcausal.notes.stated.vicinity import adds_edges, ties_noises
from symcausal.patterns import late
from symcausal.reading.nearby import words_before

MOST_CHAINS = 2_000  # more than that are no notes
_LONGEST = 4_000  # of a formula that is all arrows, or all equations
_LISTED = late(
    r"\s*[,;]?\s*(?:(?:and|plus|together with|along with|as well as)(?: (?:also|finally|then))?|&)?\s*"
)
_NEAR_EQUATIONS = 300
_NO_MECHANISM = late(
    r"\b(?:define[sd]?|defining|definitions?|algorithm\w*|(?:pseudo-?)?code|program\w*|procedure|loop|initiali[sz]\w*"
    r"|transform\w*|abbreviat\w*|writ(?:e|ing)|denote)\b",
    re.I,
)


def graphs_in_formulas(document: NotesFile, naming: NotesNames) -> Iterator[StatedStretch]:
    """Yield the graphs in arrows and structural equations of formulas, and in pictures of LaTeX."""
    waiting: list[tuple[Formula, Edges]] = []  # formulas that make a list
    between = ""
    for item in document.items:
        if isinstance(item, Prose):
            between += item.text
            continue
        edges = None
        if isinstance(item, Formula) and len(item.text) <= _LONGEST:
            yield from _equations(item, naming)
            if "{tikz" in item.text:
                edges = drawing(item.text, "tikz")
            elif MIXED.search(item.text) and not PROBABLE.search(item.text):
                edges = arrows_of(_expanded(item))
        if waiting and not (edges and _LISTED.fullmatch(between)):
            yield from _listed(waiting, naming)
            waiting = []
        between = ""
        if edges is not None and isinstance(item, Formula):
            waiting.append((item, edges))
    yield from _listed(waiting, naming)


def _expanded(formula: Formula) -> str:
    try:
        return formula.expanded().text
    except SymcausalError:
        return ""


def _listed(
    waiting: Sequence[tuple[Formula, Edges]], naming: NotesNames
) -> Iterator[StatedStretch]:
    """Yield the graph of a list of formulas that are all arrows, at most one of them more than one."""
    if (
        sum(counted(edges) > 1 for _, edges in waiting) > 1
    ):  # alternatives, or a graph and its paths
        for formula, edges in waiting:
            if counted(edges) > 1:
                yield from arrows_stated(edges, formula.part, formula.offset, formula.end, naming)
        return
    if not waiting:
        return
    first, last = waiting[0][0], waiting[-1][0]
    directed = tuple(dict.fromkeys(edge for _, edges in waiting for edge in edges.directed))
    both = tuple(dict.fromkeys(edge for _, edges in waiting for edge in edges.bidirected))
    whole = Edges(directed, both)
    if first.part is last.part and directed and counted(whole) > 1:
        yield from arrows_stated(whole, first.part, first.offset, last.end, naming)


def arrows_stated(
    edges: Edges,
    part: FilePart,
    start: int,
    end: int,
    naming: NotesNames,
    *,
    in_words: bool = False,
) -> Iterator[StatedStretch]:
    """Yield the graph of a chain or list of arrows, if its sentence asserts one."""
    text = part.source.text
    told = [naming.is_told(name) for name in edges.names]
    about = is_about_graphs(text, start, closed(text, end))
    if about is False or sum(told) < 2 or in_caption(text, start):
        return
    if not all(told) and (in_words or not (about or _meets(edges))):
        return
    if not is_asserted(text, start, closed(text, end)):
        return
    graph = graph_from(edges, naming.variable)
    if graph is not None:
        void = adds_edges(text, start, end, graph, naming.variable)
        yield StatedStretch(graph, "arrows", part, start, end, void=void)


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
    if graph is not None and not _NO_MECHANISM.search(before.rsplit(".", 1)[-1]):
        void = ties_noises(text, start, closed(text, end))
        yield StatedStretch(graph, "equations", formula.part, start, end, void=void)


def graphs_in_words(document: NotesFile, naming: NotesNames) -> Iterator[StatedStretch]:
    """Yield the graphs in arrows among words."""
    left = MOST_CHAINS
    for item in document.items:
        if isinstance(item, Prose) and MIXED.search(item.text):
            text = item.part.source.text[item.offset : item.end]
            for edges in chains_in(text):
                left -= 1
                if left < 0:
                    return
                start, end = item.offset + edges.start, item.offset + edges.end
                yield from arrows_stated(edges, item.part, start, end, naming, in_words=True)
