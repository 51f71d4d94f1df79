"""All graphs that notes state, in their order, with the stretches in which they are in force.

Main definitions
----------------
StatedGraphs : the graphs of some notes, and the equations that state some of them.
stated_graphs : finds them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from symcausal.errors import SymcausalError
from symcausal.graph.graph import Graph
from symcausal.notes.files.items import (
    Directive,
    FilePart,
    ModelBlock,
    NotesFile,
)
from symcausal.notes.files.passages import Passage
from symcausal.notes.reading.claims import read_claims
from symcausal.notes.reading.measures import PROBABLE, may_factorise
from symcausal.notes.reading.stated import Statement
from symcausal.notes.stated.coded import graphs_in_code, with_languages
from symcausal.notes.stated.factorisation import stated_by
from symcausal.notes.stated.mood import is_asserted
from symcausal.notes.stated.naming import NotesNames
from symcausal.notes.stated.outline import (
    END,
    NotesPlace,
    Outline,
    in_caption,
    outline_of,
    place_of,
)
from symcausal.notes.stated.scope import GraphSource, Scopes, StatedGraph, factorises
from symcausal.notes.stated.spoken import extracts, named_in_independences, sign_of_independence
from symcausal.notes.stated.stretches import StatedStretch, closed
from symcausal.notes.stated.written import graphs_written
from symcausal.patterns import late
from symcausal.reading.vocabulary import Guess
from symcausal.record import record, replace

MOST_GRAPHS = 2_000
_MOST_BACK = 50
_AT_A_POINT = late(
    r"[^.$\n]{0,60}\b(?:these|this|those|that|one|some|certain) (?:\w+ )?"
    r"(?:values?|states?|points?|assignments?|outcomes?|cases?)\b",
    re.I,
)
_PARAGRAPH = late(r"\n[ \t>]*\n|\n[ \t>]*(?:[-*+]|\d{1,3}[.)])[ \t]|\n[ \t>]*#|\\item\b")
_DRAWN: frozenset[GraphSource] = frozenset({"arrows", "drawing"})


@record
class StatedGraphs:
    """The graphs of some notes.

    Attributes
    ----------
    scopes : Scopes
        Which of them is in force where.
    stating : dict of NotesPlace to StatedGraph
        The graph that an equation states, by the place of its sign.
    outline : Outline
        The sections of the notes.
    """

    scopes: Scopes
    stating: dict[NotesPlace, StatedGraph]
    outline: Outline


def stated_graphs(
    document: NotesFile | None,
    passages: Sequence[Passage],
    guess: Guess,
    *,
    commas: bool = False,
    supposes: Callable[[int], bool] = lambda _: False,
    any_name: bool = False,
) -> StatedGraphs | None:
    """Return the graphs that notes state; None if they state none, or declare a model.

    Parameters
    ----------
    document : NotesFile or None
        The notes; None for formulas without words.
    passages : sequence of Passage
        Their derivations.
    guess : Guess
        What the names of their formulas mean.
    commas : bool
        Whether decimals have a comma.
    supposes : callable
        Whether something is supposed for a passage, by its number, so that it states no graph.
    any_name : bool
        Whether graphs count of whose names no formula speaks.
    """
    if document is not None and any(isinstance(item, ModelBlock) for item in document.items):
        return None
    spoken = named_in_independences(passages, guess, commas=commas)
    naming = NotesNames(guess, spoken, any_name=any_name)
    found = [*_factorisations(passages, guess, supposes, commas=commas)]
    stating = {place_of(one.part, one.start) for one in found}
    if document is not None:
        document = with_languages(document)
        found += _beside(document, naming, turned_off(document))
    if all(one.mentioned for one in found) or len(found) > MOST_GRAPHS:
        return None
    found.sort(key=lambda one: place_of(one.part, one.start))
    outline = outline_of(document) if document is not None else Outline([found[0].part], ())
    paragraphs = _Paragraphs()
    graphs: list[StatedGraph] = []
    void: list[StatedGraph] = []
    parts: list[StatedGraph] = []
    mentioned = [_placed(one, paragraphs) for one in found if one.mentioned]
    for one in found:
        if one.mentioned:
            continue
        stated = _settled(one, graphs, outline, paragraphs)
        if stated is None and one.source in ("code", "drawing"):
            parts.append(_placed(one, paragraphs))
        if stated is not None:
            graphs.append(stated)
            if one.void:
                void.append(stated)
    claims = [p for p in map(_claim_place, passages) if p is not None and p not in stating]
    scopes = Scopes(graphs, claims, outline, parts, mentioned)
    unread = {id(stated) for stated in void}
    scopes.reaches = [
        replace(reach, in_force=False) if id(reach.stated) in unread else reach
        for reach in scopes.reaches
    ]
    return StatedGraphs(
        scopes,
        {g.start: g for g in graphs if g.source == "factorisation"},
        outline,
    )


def _claim_place(passage: Passage) -> NotesPlace | None:
    """Return where the first relation of a passage with a probability, or independence, stands."""
    for piece in passage.pieces:
        formula = piece.formula
        if "=" in formula.text and PROBABLE.search(formula.text):
            return place_of(formula.part, formula.offset + formula.text.index("="))
        sign = sign_of_independence(formula.text)
        if sign >= 0:
            return place_of(formula.part, formula.offset + sign)
    return None


class _Paragraphs:
    """The numbers of the paragraphs of each part."""

    def __init__(self) -> None:
        self._breaks: dict[int, list[int]] = {}

    def number(self, part: FilePart, offset: int) -> int:
        """Return the number of the paragraph around a place."""
        if id(part) not in self._breaks:
            text = part.source.text
            self._breaks[id(part)] = [m.start() for m in _PARAGRAPH.finditer(text)]
        return bisect_right(self._breaks[id(part)], offset)


def _settled(
    one: StatedStretch, before: Sequence[StatedGraph], outline: Outline, paragraphs: _Paragraphs
) -> StatedGraph | None:
    """Return what a graph states beside those before it; None if it only says again what they say."""
    start = place_of(one.part, one.start)
    last = _in_force(before, start, one.graph, outline)
    doubt = "it is not wholly read, and may have more edges" if one.void else ""
    if one.factorisation is not None:
        left, right = one.factorisation.left_only, one.factorisation.right_only
        doubt = f"{left} stands on the left only: same variable as {right}?" if left else ""
    if last is not None and set(one.graph.nodes) <= set(last.graph.nodes):
        if one.factorisation is not None:
            if factorises(one.graph, last.graph):
                return None
            same = _observed(one.graph) == _observed(last.graph)
            beside = outline.section(start) == outline.section(last.start)
            if last.source in _DRAWN and same and beside:
                return None  # a claim about the drawing
            doubt = f"it contradicts {last.where}, or is it another graph?"
        elif one.void:
            pass  # what was not read may be more than a part
        elif one.network is not None and one.graph == last.graph and last.network is None:
            pass  # the same graph, with numbers
        elif _is_part(one.graph, last.graph) and (last.is_causal or one.graph != last.graph):
            return None
    return replace(_placed(one, paragraphs), doubt=doubt)


def _placed(one: StatedStretch, paragraphs: _Paragraphs) -> StatedGraph:
    """Return what a graph states by itself."""
    return StatedGraph(
        one.graph,
        one.source,
        place_of(one.part, one.start),
        place_of(one.part, one.end),
        one.part.position(one.start).line,
        one.part.cell,
        paragraphs.number(one.part, one.start),
        network=one.network,
        base=one.base,
        until=END if one.until is None else place_of(one.part, one.until),
    )


def _in_force(
    before: Sequence[StatedGraph], place: NotesPlace, graph: Graph, outline: Outline
) -> StatedGraph | None:
    names = set(graph.nodes)
    for stated in reversed(before[-_MOST_BACK:]):
        if names & set(stated.graph.nodes):
            _, end = outline.section(stated.start)
            return (
                stated if place < min(end, stated.until, outline.next_break(stated.end)) else None
            )
    return None


def _observed(graph: Graph) -> set[str]:
    return set(graph.nodes) - graph.hidden


def _is_part(small: Graph, large: Graph) -> bool:
    """Whether a graph only repeats edges of another, as a path through it does."""
    return set(small.directed) <= set(large.directed) and set(small.bidirected) <= set(
        large.bidirected
    )


# -- factorisations -------------------------------------------------------------------------------
def _factorisations(
    passages: Sequence[Passage], guess: Guess, supposes: Callable[[int], bool], *, commas: bool
) -> Iterator[StatedStretch]:
    for number, passage in enumerate(passages):
        if passage.skipped or passage.expects_failure or passage.model is not None:
            continue
        text = "".join(piece.formula.text for piece in passage.pieces)
        if not may_factorise(text) or supposes(number):
            continue
        try:
            pieces = [*extracts(passage)]
            statements = read_claims(pieces, guess, definitions={}, commas=commas)
        except SymcausalError:
            continue
        part = passage.pieces[0].formula.part
        for statement in statements:
            found = _of_statement(statement, part)
            if found is not None:
                yield found


def _of_statement(statement: Statement, part: FilePart) -> StatedStretch | None:
    told = stated_by(statement)
    if told is None or statement.supposed or statement.hypotheses:
        return None
    number, factorisation = told
    span = statement.relations[number].span
    source = part.source
    if span.source is not source:
        return None
    whole = statement.span
    if in_caption(source.text, span.start):
        return None
    behind = closed(source.text, whole.end)
    if not is_asserted(source.text, whole.start, behind, claims=True):
        return None
    if _AT_A_POINT.match(source.text, behind):
        return None
    end = statement.parts[number + 1].span.end
    return StatedStretch(factorisation.graph, "factorisation", part, span.start, end, factorisation)


# -- what stands in the document -----------------------------------------------------------------
def turned_off(document: NotesFile) -> Callable[[NotesPlace], bool]:
    """Return the test whether a place lies between ``off`` and ``on``."""
    edges = [
        (place_of(item.part, item.offset), item.kind == "off")
        for item in document.items
        if isinstance(item, Directive) and item.kind in ("off", "on")
    ]
    places = [place for place, _ in edges]

    def is_off(place: NotesPlace) -> bool:
        number = bisect_right(places, place)
        return bool(number) and edges[number - 1][1]

    return is_off


def _beside(
    document: NotesFile, naming: NotesNames, is_off: Callable[[NotesPlace], bool]
) -> Iterator[StatedStretch]:
    """Yield the graphs in arrows, drawings, code and structural equations."""
    for one in (
        *graphs_written(document, naming),
        *graphs_in_code(document, naming),
    ):
        if not is_off(place_of(one.part, one.start)):
            yield one
