"""On which graph a claim stands, where notes declare no model and state one themselves.

Main definitions
----------------
Footing : the graphs that some notes state, and which of them a claim stands on.
footing_of : finds them; None where notes state none.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from symcausal.errors import Span
from symcausal.hints import TYPE_CHECKING
from symcausal.notes.files.items import ModelBlock, NotesFile
from symcausal.notes.files.passages import Passage
from symcausal.notes.judging.words.premises import premise, reaches
from symcausal.notes.reading.measures import may_factorise
from symcausal.patterns import late
from symcausal.reading.vocabulary import Guess

if TYPE_CHECKING:
    from symcausal.notes.stated.graphs import StatedGraphs
    from symcausal.notes.stated.scope import Reach, Standing, StatedGraph

_MOST_PREMISES = 6
# a text without any of these states no graph, and does not wait for what reads them
_MAY_STATE = late(
    r"->|<-|[\u2190-\u2194\u27f5-\u27f7]|\\(?:long)?(?:left|right)arrow|\\(?:to|gets)(?![A-Za-z])"
    r"|:=|\\coloneqq|=\s*f[_(]"
)


class Footing:
    """The graphs that notes state, for the claims of their passages."""

    def __init__(self, found: StatedGraphs) -> None:
        self._found = found

    def standing(self, passage: Passage, span: Span, names: Collection[str]) -> Standing | None:
        """Return the graph in force at a place of a passage, over any of some variables."""
        from symcausal.notes.stated.mood import leaves_graph, names_other_figure, names_other_shape
        from symcausal.notes.stated.outline import in_caption

        part = passage.pieces[0].formula.part
        if span.source is part.source and in_caption(part.source.text, span.start):
            return None
        if leaves_graph(part.source.text, span.start, passage.pieces[-1].formula.end):
            return None
        place = self._place(passage, span)
        found = self._found.scopes.at(place, names)
        if found is not None and found.stated.start[0] == place[0]:
            graph = found.stated.start[1], found.stated.end[1]
            claim = span.start, passage.pieces[-1].formula.end
            if names_other_figure(part.source.text, claim, graph):
                return None
            if names_other_shape(part.source.text, *claim, found.stated.graph):
                return None
        return found

    def at(self, place: tuple[int, int], names: Collection[str]) -> Standing | None:
        """Return the graph in force at a place of the notes, over any of some variables."""
        return self._found.scopes.at(place, names)

    def stated_by(self, passage: Passage, sign: Span) -> StatedGraph | None:
        """Return the graph that the relation with a sign states."""
        return self._found.stating.get(self._place(passage, sign))

    def ended(self, passage: Passage, span: Span, names: Collection[str]) -> Reach | None:
        """Return the last graph over all of some variables, which is in force no more."""
        return self._found.scopes.ended_before(self._place(passage, span), names)

    @property
    def reaches(self) -> Sequence[Reach]:
        """All graphs, in their order, with the stretches in which they are in force."""
        return self._found.scopes.reaches

    def _place(self, passage: Passage, span: Span) -> tuple[int, int]:
        formula = next(
            (p.formula for p in passage.pieces if p.formula.part.source is span.source),
            passage.pieces[0].formula,
        )
        return formula.part.cell or 0, span.start


def footing_of(
    document: NotesFile | None,
    passages: Sequence[Passage],
    guess: Guess,
    *,
    commas: bool = False,
    any_name: bool = False,
) -> Footing | None:
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
    any_name : bool
        Whether graphs count of whose names no formula speaks.
    """
    if document is not None and any(isinstance(item, ModelBlock) for item in document.items):
        return None
    if not _may_state(document, passages):
        return None
    from symcausal.notes.stated.graphs import stated_graphs

    supposes = partial(_is_supposed, passages)
    found = stated_graphs(
        document, passages, guess, commas=commas, supposes=supposes, any_name=any_name
    )
    return None if found is None else Footing(found)


def _is_supposed(passages: Sequence[Passage], number: int) -> bool:
    """Whether passages before one suppose something for it: *Case 1:* an independence."""
    for before in passages[max(0, number - _MOST_PREMISES) : number]:
        kind = premise(before)
        if kind and reaches(kind, before, passages[number]):
            return True
    return False


def _may_state(document: NotesFile | None, passages: Sequence[Passage]) -> bool:
    """Whether some notes may state a graph: a cheap test."""
    if document is not None:
        if any(block.language for block in document.code):
            return True
        if any(_MAY_STATE.search(part.source.text) for part in document.parts):
            return True
        if any("tikz" in part.source.text for part in document.parts):
            return True
    texts = ("".join(piece.formula.text for piece in passage.pieces) for passage in passages)
    return any(map(may_factorise, texts))
