"""Graphs beside the words: drawings, cells of code, spans of code.

Main definitions
----------------
with_languages : notes in which all drawings have their language.
graphs_in_code : what drawings and code state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from symcausal.graph.graph import Graph
from symcausal.notes.files.items import CODE_SPAN, CodeBlock, NotesFile
from symcausal.notes.phrases.sentences import with_frame
from symcausal.notes.stated.drawings import LANGUAGES, PLAIN_LANGUAGES, drawing, language_of
from symcausal.notes.stated.edges import Edges, graph_from
from symcausal.notes.stated.listing import whole_lines
from symcausal.notes.stated.mood import draws_no_variables, is_about_graphs, is_asserted
from symcausal.notes.stated.naming import NotesNames
from symcausal.notes.stated.python_code import graphs_in_python, keeps_in_python, names_in_python
from symcausal.notes.stated.python_tables import network_of, tables_in_python
from symcausal.notes.stated.r_code import graphs_in_r, keeps_in_r, names_in_r
from symcausal.notes.stated.scope import GraphSource
from symcausal.notes.stated.stretches import StatedStretch
from symcausal.patterns import late
from symcausal.record import replace

_PYTHON = frozenset({"python", "py", "python3", "ipython", "ipython3", "pycon", "sage"})
_DISOWNED = late(
    r"(?:#|%%|//)[^\n]*\b(?:wrong|incorrect|not|never|false|bad|mistake|broken|todo)\b", re.I
)
_NOT_RUN = late(r"(?:\{[^{}\n]*,\s*|#\|\s*)eval\s*[=:]\s*(?:FALSE|F|false)\b")
"""A chunk that is shown, and not run: of the text's graph only where the text says so."""
_HEADED = late(r">|<-|\\(?:arrow|ar|edge)\b|\b(?:stealth|latex)\b", re.I)
_GRAPH_CODE = late(
    r"\b(?:add_edge\w*|addArc|(?:set|drop)\.arc|\w*BayesianNetwork|BayesianModel|DAG|DiGraph|Digraph|fastBN"
    r"|CausalModel|CausalGraphicalModel|from_edges|graph_from_literal|graph\.formula|model2network|dagify"
    r"|dagitty)\s*\("
)
_CODE_WORD = late(r"[A-Za-z]\w{0,40}")


def with_languages(document: NotesFile) -> NotesFile:
    """Return notes in which what is plainly a drawing has its language, where they name none."""
    code = []
    for block in document.code:
        language = language_of(block.text) if block.language in PLAIN_LANGUAGES else ""
        code.append(replace(block, language=language) if language else block)
    return replace(document, code=tuple(code))


def graphs_in_code(document: NotesFile, naming: NotesNames) -> Iterator[StatedStretch]:
    """Yield the graphs in drawings, code and spans of code."""
    held = {kind: _HeldGraphs() for kind in ("python", "r")}
    tables = tables_in_python([b.text for b in document.code if b.language in _PYTHON])
    texts = {part.cell or 0: part.source.text for part in document.parts}
    for block in document.code:
        text = block.part.source.text
        if block.language == CODE_SPAN:  # which stands among words
            continue
        kept = held.get("python" if block.language in _PYTHON else block.language)
        if kept is not None:
            yield from kept.changed_by(block)
        every = [*_graphs_in(block, kept.graphs if kept is not None else {})]
        if not every and (block.language in LANGUAGES or _GRAPH_CODE.search(block.text)):
            yield from _unread(block, naming)
        if not every or _DISOWNED.search(block.text):
            continue
        if kept is not None:
            kept.graphs |= {edges.held_as: edges for edges in every if edges.held_as}
        if block.part.cell is None or block.language in LANGUAGES:
            lines = whole_lines(text, block.offset, block.end)
            first, last = with_frame(text, block.offset, block.end, lines)
            meant = is_asserted(text, first, last) and not draws_no_variables(text, first, last)
            if meant and _NOT_RUN.search(
                text, text.rfind("\n", 0, block.offset - 1) + 1, block.end
            ):
                meant = is_about_graphs(text, first, last) is True
        else:
            before = texts.get(block.part.cell - 1, "")
            meant = is_asserted(before, len(before), len(before))
            meant = meant and not draws_no_variables(before, len(before), len(before))
            if not meant:  # what is said below is no more said of the graph before
                yield from _unread(block, naming)
        source: GraphSource = "drawing" if block.language in LANGUAGES else "code"
        for edges in every if meant else ():
            named = naming.with_labels(edges)
            if named is None:
                yield from _unread(block, naming)
                continue
            named = _of_the_formulas(named, naming)
            graph = graph_from(named, naming.variable)
            told = [naming.is_told(name) for name in named.names]
            if graph is None:
                continue
            network = None
            if edges.held_as in tables and block.language in _PYTHON:
                network = network_of(graph, tables[edges.held_as], naming.variable)
            enough = (
                1 if network is not None else 2
            )  # a formula of one variable may be about numbers
            if sum(told) >= enough and (all(told) or not named.plain):
                one = StatedStretch(
                    graph, source, block.part, block.offset, block.end, network=network
                )
                if edges.base is not None:
                    one = replace(one, base=graph_from(edges.base, naming.variable))
                if kept is not None:
                    kept.stated.append(one)
                yield one


class _HeldGraphs:
    """The variables of a language that hold graphs in the cells so far, and what was stated by them."""

    def __init__(self) -> None:
        self.names: frozenset[str] = frozenset()
        self.graphs: dict[str, Edges] = {}
        self.stated: list[StatedStretch] = []

    def changed_by(self, block: CodeBlock) -> Iterator[StatedStretch]:
        """Yield what ends the graphs so far where a cell may change one; its variables count below."""
        is_python = block.language in _PYTHON
        if is_python:
            keeps = keeps_in_python(block.text, self.names, self.graphs)
            made = names_in_python(block.text, self.graphs)
        else:
            keeps, made = keeps_in_r(block.text, self.names), names_in_r(block.text)
        if self.names and not keeps:
            self.graphs.clear()
            for one in self.stated:
                yield replace(one, part=block.part, start=block.offset, end=block.offset, void=True)
        self.names |= made


def _unread(block: CodeBlock, naming: NotesNames) -> Iterator[StatedStretch]:
    """Yield what ends the graphs of the variables that a drawing or a cell names, which is not read."""
    if not _HEADED.search(block.text) and not _GRAPH_CODE.search(block.text):
        return
    told = {naming.variable(w): None for w in _CODE_WORD.findall(block.text) if naming.is_told(w)}
    names = [variable for variable in told if variable is not None]
    if len(names) > 1:
        source: GraphSource = "drawing" if block.language in LANGUAGES else "code"
        yield StatedStretch(Graph(names), source, block.part, block.offset, block.end, void=True)


def _of_the_formulas(edges: Edges, naming: NotesNames) -> Edges:
    """Return edges without the pieces, joined to nothing else, of which no formula speaks."""
    pieces: list[set[str]] = []
    for ends in (*edges.directed, *edges.bidirected, *((name,) for name in edges.names)):
        joined = [piece for piece in pieces if not piece.isdisjoint(ends)]
        pieces = [piece for piece in pieces if piece not in joined]
        pieces.append(set(ends).union(*joined))
    gone = {name for piece in pieces if not any(map(naming.is_told, piece)) for name in piece}
    return replace(
        edges,
        directed=tuple(edge for edge in edges.directed if edge[0] not in gone),
        bidirected=tuple(edge for edge in edges.bidirected if edge[0] not in gone),
        hidden=tuple(name for name in edges.hidden if name not in gone),
        alone=tuple(name for name in edges.alone if name not in gone),
    )


def _graphs_in(block: CodeBlock, held: Mapping[str, Edges]) -> Iterator[Edges]:
    text = block.part.source.text[block.offset : block.end]
    if block.language in LANGUAGES:
        edges = drawing(text, block.language)
        if edges is not None:
            yield edges
    elif block.language in _PYTHON:
        yield from graphs_in_python(text, held)
    elif block.language == "r":
        yield from graphs_in_r(text)
