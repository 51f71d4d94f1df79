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
    CODE_SPAN,
    CodeBlock,
    Directive,
    FilePart,
    Formula,
    ModelBlock,
    NotesFile,
    Prose,
)
from symcausal.notes.files.passages import Passage
from symcausal.notes.reading.claims import read_claims
from symcausal.notes.reading.measures import PROBABLE
from symcausal.notes.reading.pieces import Extract
from symcausal.notes.reading.stated import Statement
from symcausal.notes.stated.arrows import MIXED, arrows_of, chains_in, counted
from symcausal.notes.stated.drawings import LANGUAGES, drawing
from symcausal.notes.stated.edges import Edges, graph_from
from symcausal.notes.stated.equations import EQUATIONS, equations_of
from symcausal.notes.stated.factorisation import Factorisation, stated_by
from symcausal.notes.stated.mood import draws_no_variables, is_about_graphs, is_asserted
from symcausal.notes.stated.naming import NotesNames
from symcausal.notes.stated.outline import NotesPlace, Outline, in_caption, place_of
from symcausal.notes.stated.python_code import graph_names, graphs_in_python, keeps_graphs
from symcausal.notes.stated.r_code import graphs_in_r
from symcausal.notes.stated.scope import GraphSource, Scopes, StatedGraph, factorises
from symcausal.notes.stated.vicinity import adds_edges, ties_noises
from symcausal.patterns import late
from symcausal.reading.nearby import words_before
from symcausal.reading.vocabulary import Guess
from symcausal.record import record, replace

MOST_GRAPHS = 2_000
_MOST_BACK = 50
_LONGEST = 4_000  # of a formula that is all arrows, or all equations
_PARAGRAPH = late(r"\n[ \t>]*\n|\n[ \t>]*(?:[-*+]|\d{1,3}[.)])[ \t]|\n[ \t>]*#|\\item\b")
_PYTHON = frozenset({"python", "py", "python3", "ipython", "ipython3", "pycon", "sage"})
_CLOSING = late(r"\s*(?:\$\$?|\\\)|\\\])")
_LISTED = late(
    r"\s*[,;]?\s*(?:(?:and|plus|together with|along with|as well as)(?: (?:also|finally|then))?|&)?\s*"
)
_DISOWNED = late(
    r"(?:#|%%|//)[^\n]*\b(?:wrong|incorrect|not|never|false|bad|mistake|broken|todo)\b", re.I
)
_HEADED = late(r">|<-|\\(?:arrow|ar|edge)\b|\b(?:stealth|latex)\b", re.I)
_GRAPH_CODE = late(
    r"\b(?:add_edge\w*|addArc|(?:set|drop)\.arc|BayesianNetwork|DAG|fastBN|graph_from_literal|dagify|dagitty)\s*\("
)
_CODE_WORD = late(r"[A-Za-z]\w{0,40}")
_NEAR_EQUATIONS = 300
_NO_MECHANISM = late(
    r"\b(?:define[sd]?|defining|definitions?|algorithm\w*|(?:pseudo-?)?code|program\w*|procedure|loop|initiali[sz]\w*"
    r"|transform\w*|abbreviat\w*|writ(?:e|ing)|denote)\b",
    re.I,
)
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


@record
class _StatedStretch:
    """A graph on its way: what it is, and where."""

    graph: Graph
    source: GraphSource
    part: FilePart
    start: int
    end: int
    factorisation: Factorisation | None = None
    void: bool = False  # not wholly read: it states nothing, and ends what was stated before


def stated_graphs(
    document: NotesFile | None,
    passages: Sequence[Passage],
    guess: Guess,
    *,
    commas: bool = False,
    supposes: Callable[[int], bool] = lambda _: False,
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
    """
    if document is not None and any(isinstance(item, ModelBlock) for item in document.items):
        return None
    naming = NotesNames(guess)
    found = [*_factorisations(passages, guess, supposes, commas=commas)]
    stating = {place_of(one.part, one.start) for one in found}
    if document is not None:
        found += _beside(document, naming, _turned_off(document))
    if not found or len(found) > MOST_GRAPHS:
        return None
    found.sort(key=lambda one: place_of(one.part, one.start))
    outline = Outline(
        document.parts if document else [found[0].part], document.headings if document else ()
    )
    paragraphs = _Paragraphs()
    graphs: list[StatedGraph] = []
    void: list[StatedGraph] = []
    for one in found:
        stated = _settled(one, graphs, outline, paragraphs)
        if stated is not None:
            graphs.append(stated)
            if one.void:
                void.append(stated)
    claims = [p for p in map(_claim_place, passages) if p is not None and p not in stating]
    scopes = Scopes(graphs, claims, outline)
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
    """Return where the first relation of a passage with a probability stands."""
    for piece in passage.pieces:
        formula = piece.formula
        if "=" in formula.text and PROBABLE.search(formula.text):
            return place_of(formula.part, formula.offset + formula.text.index("="))
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
    one: _StatedStretch, before: Sequence[StatedGraph], outline: Outline, paragraphs: _Paragraphs
) -> StatedGraph | None:
    """Return what a graph states beside those before it; None if it only says again what they say."""
    start, end = place_of(one.part, one.start), place_of(one.part, one.end)
    last = _in_force(before, start, one.graph, outline)
    doubt = ""
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
        elif _is_part(one.graph, last.graph) and (last.is_causal or one.graph != last.graph):
            return None
    return StatedGraph(
        one.graph,
        one.source,
        start,
        end,
        one.part.position(one.start).line,
        one.part.cell,
        paragraphs.number(one.part, one.start),
        doubt,
    )


def _in_force(
    before: Sequence[StatedGraph], place: NotesPlace, graph: Graph, outline: Outline
) -> StatedGraph | None:
    names = set(graph.nodes)
    for stated in reversed(before[-_MOST_BACK:]):
        if names & set(stated.graph.nodes):
            _, end = outline.section(stated.start)
            return stated if place < min(end, outline.next_break(stated.end)) else None
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
) -> Iterator[_StatedStretch]:
    for number, passage in enumerate(passages):
        if passage.skipped or passage.expects_failure or passage.model is not None:
            continue
        text = "".join(piece.formula.text for piece in passage.pieces)
        if not may_factorise(text) or supposes(number):
            continue
        try:
            pieces = [*_extracts(passage)]
            statements = read_claims(pieces, guess, definitions={}, commas=commas)
        except SymcausalError:
            continue
        part = passage.pieces[0].formula.part
        for statement in statements:
            found = _of_statement(statement, part)
            if found is not None:
                yield found


def may_factorise(text: str) -> bool:
    """Decide whether a text may hold a factorisation: a cheap test."""
    return (
        "=" in text
        and sum(map(text.count, "([{")) >= 4
        and ("|" in text or "mid" in text or "∣" in text)
    )


def _extracts(passage: Passage) -> Iterator[Extract]:
    for piece in passage.pieces:
        if piece.sign is not None:
            sign = piece.sign.excerpt()
            yield Extract(sign.text, sign.offsets, sign.whole)
        formula = piece.formula.expanded()
        yield Extract(formula.text, formula.offsets, formula.whole)


def _of_statement(statement: Statement, part: FilePart) -> _StatedStretch | None:
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
    if not is_asserted(source.text, whole.start, _closed(source.text, whole.end), claims=True):
        return None
    end = statement.parts[number + 1].span.end
    return _StatedStretch(
        factorisation.graph, "factorisation", part, span.start, end, factorisation
    )


def _closed(text: str, end: int) -> int:
    """Return where a formula's delimiter ends."""
    closing = _CLOSING.match(text, end)
    return closing.end() if closing else end


# -- what stands in the document ------------------------------------------------------------------
def _turned_off(document: NotesFile) -> Callable[[NotesPlace], bool]:
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
) -> Iterator[_StatedStretch]:
    """Yield the graphs in arrows, drawings, code and structural equations."""
    for one in (
        *_in_formulas(document, naming),
        *_in_words(document, naming),
        *_in_code(document, naming),
    ):
        if not is_off(place_of(one.part, one.start)):
            yield one


def _in_formulas(document: NotesFile, naming: NotesNames) -> Iterator[_StatedStretch]:
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
) -> Iterator[_StatedStretch]:
    """Yield the graph of a list of formulas that are all arrows, at most one of them more than one."""
    if (
        sum(counted(edges) > 1 for _, edges in waiting) > 1
    ):  # alternatives, or a graph and its paths
        for formula, edges in waiting:
            if counted(edges) > 1:
                yield from _arrows(edges, formula.part, formula.offset, formula.end, naming)
        return
    if not waiting:
        return
    first, last = waiting[0][0], waiting[-1][0]
    directed = tuple(dict.fromkeys(edge for _, edges in waiting for edge in edges.directed))
    both = tuple(dict.fromkeys(edge for _, edges in waiting for edge in edges.bidirected))
    whole = Edges(directed, both)
    if first.part is last.part and directed and counted(whole) > 1:
        yield from _arrows(whole, first.part, first.offset, last.end, naming)


def _arrows(
    edges: Edges,
    part: FilePart,
    start: int,
    end: int,
    naming: NotesNames,
    *,
    in_words: bool = False,
) -> Iterator[_StatedStretch]:
    """Yield the graph of a chain or list of arrows, if its sentence asserts one."""
    text = part.source.text
    told = [naming.is_told(name) for name in edges.names]
    about = is_about_graphs(text, start, _closed(text, end))
    if about is False or sum(told) < 2 or in_caption(text, start):
        return
    if not all(told) and (in_words or not (about or _meets(edges))):
        return
    if not is_asserted(text, start, _closed(text, end)):
        return
    graph = graph_from(edges, naming.variable)
    if graph is not None:
        void = adds_edges(text, start, end, graph, naming.variable)
        yield _StatedStretch(graph, "arrows", part, start, end, void=void)


def _meets(edges: Edges) -> bool:
    """Whether two arrows leave or reach one name, which no function and no limit does."""
    causes, effects = [a for a, _ in edges.directed], [b for _, b in edges.directed]
    return len(set(causes)) < len(causes) or len(set(effects)) < len(effects)


def _equations(formula: Formula, naming: NotesNames) -> Iterator[_StatedStretch]:
    if not EQUATIONS.search(formula.text) or PROBABLE.search(formula.text):
        return
    edges = equations_of(_expanded(formula))
    text, start, end = formula.part.source.text, formula.offset, formula.end
    if edges is None or not any(map(naming.is_told, edges.names)):
        return
    if not is_asserted(text, start, _closed(text, end)):
        return
    graph = graph_from(edges, naming.variable)
    before = words_before(text, start, _NEAR_EQUATIONS)
    if graph is not None and not _NO_MECHANISM.search(before.rsplit(".", 1)[-1]):
        void = ties_noises(text, start, _closed(text, end))
        yield _StatedStretch(graph, "equations", formula.part, start, end, void=void)


def _in_words(document: NotesFile, naming: NotesNames) -> Iterator[_StatedStretch]:
    left = MOST_GRAPHS  # more chains than that are no notes
    for item in document.items:
        if isinstance(item, Prose) and MIXED.search(item.text):
            text = item.part.source.text[item.offset : item.end]
            for edges in chains_in(text):
                left -= 1
                if left < 0:
                    return
                start, end = item.offset + edges.start, item.offset + edges.end
                yield from _arrows(edges, item.part, start, end, naming, in_words=True)


def _in_code(document: NotesFile, naming: NotesNames) -> Iterator[_StatedStretch]:
    held: frozenset[str] = frozenset()  # the variables of code that hold graphs
    coded: list[_StatedStretch] = []
    texts = {part.cell or 0: part.source.text for part in document.parts}
    for block in document.code:
        text = block.part.source.text
        if block.language == CODE_SPAN:
            edges = arrows_of(block.text)
            if edges is not None and counted(edges) > 1:
                yield from _arrows(edges, block.part, block.offset, block.end, naming)
            continue
        if block.language in _PYTHON:
            if held and not keeps_graphs(block.text, held):
                yield from (
                    replace(one, part=block.part, start=block.offset, end=block.offset, void=True)
                    for one in coded
                )
            held |= graph_names(block.text)
        every = [*_graphs_in(block)]
        if not every and (block.language in LANGUAGES or _GRAPH_CODE.search(block.text)):
            yield from _unread(block, naming)
        if not every or _DISOWNED.search(block.text):
            continue
        if block.part.cell is None or block.language in LANGUAGES:
            first = text.rfind("\n", 0, max(0, block.offset - 1)) + 1
            last = text.find("\n", block.end + 1)
            last = last if last >= 0 else len(text)
            meant = is_asserted(text, first, last) and not draws_no_variables(text, first, last)
        else:
            before = texts.get(block.part.cell - 1, "")
            meant = is_asserted(before, len(before), len(before))
            meant = meant and not draws_no_variables(before, len(before), len(before))
        source: GraphSource = "drawing" if block.language in LANGUAGES else "code"
        for edges in every if meant else ():
            named = naming.with_labels(edges)
            if named is None:
                yield from _unread(block, naming)
                continue
            graph = graph_from(named, naming.variable)
            told = [naming.is_told(name) for name in named.names]
            if graph is not None and sum(told) > 1 and (all(told) or not named.plain):
                one = _StatedStretch(graph, source, block.part, block.offset, block.end)
                coded += [one] if source == "code" else []
                yield one


def _unread(block: CodeBlock, naming: NotesNames) -> Iterator[_StatedStretch]:
    """Yield what ends the graphs of the variables that a drawing or a cell names, which is not read."""
    if not _HEADED.search(block.text) and not _GRAPH_CODE.search(block.text):
        return
    told = {naming.variable(w): None for w in _CODE_WORD.findall(block.text) if naming.is_told(w)}
    names = [variable for variable in told if variable is not None]
    if len(names) > 1:
        source: GraphSource = "drawing" if block.language in LANGUAGES else "code"
        yield _StatedStretch(Graph(names), source, block.part, block.offset, block.end, void=True)


def _graphs_in(block: CodeBlock) -> Iterator[Edges]:
    text = block.part.source.text[block.offset : block.end]
    if block.language in LANGUAGES:
        edges = drawing(text, block.language)
        if edges is not None:
            yield edges
    elif block.language in _PYTHON:
        yield from graphs_in_python(text)
    elif block.language == "r":
        yield from graphs_in_r(text)
