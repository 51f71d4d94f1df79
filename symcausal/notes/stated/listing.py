r"""Arrows that stand one after the other and make one graph: ``$A \to B$, $B \to C$ and $C \to D$``.

A list of single arrows is weaker evidence than a chain: it may as well name some of the edges, those
that are missing, or new ones. It states a graph where what leads to it says no more than that these are
the edges, and where nothing but arrows stands in the list.

Main definitions
----------------
ArrowPiece : a chain or an arrow as it stands in a formula, a span of code or among words.
piece_of : the piece in a formula, in words or in code.
whole_lines : the lines of a block of code.
lists_of : the pieces that make one list each.
joined : all edges of some pieces.
are_one_graph : whether the words before several chains say that together they are a graph.
leads_to_edges : whether the words before a list say that these are the edges.
is_whole_list : whether words and items around a list leave nothing of it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from symcausal.notes.files.items import CODE_SPAN, CodeBlock, FilePart, Formula, Prose
from symcausal.notes.phrases.matching import class_of
from symcausal.notes.stated.arrows import MIXED, counted
from symcausal.notes.stated.edges import Edges
from symcausal.patterns import late
from symcausal.record import record

_FAR = 600
_NEAR = 200
_SIDE = r"(?:[\s$`*_>]|\\[()\[\]])*+"  # what stands beside a formula, a span of code or an emphasis
_AND = (
    r"(?:(?:and|plus|with|where|together with|along with|as well as|also)"
    r"(?: (?:also|finally|then))?|&|\\(?:quad|qquad)|\\\\)?"
)
_ITEM = r"(?:[-*+\u2022]|\(?\d{1,3}[.)]|\(?[a-z][.)]|\\item\b)"
_JOINED = late(rf"{_SIDE}[,;]?{_SIDE}{_AND}{_SIDE}")
_NEXT_ITEM = late(
    rf"[$`*_ \t]*(?:\\[)\]])?(?P<words>[^\n$`]{{0,200}})\n[ \t>]*\n?[ \t>]*{_ITEM}{_SIDE}"
)
_LINE = late(rf"(?P<indent>[ \t>]*)(?P<item>{_ITEM})?[ \t]*(?P<words>[^\n]*)")
_FENCE = late(r"[ \t>]*(?:```|~~~|:::|\\begin\b)")
_PARTED = late(r"[,;\n]|\\\\")
_INK = late(r"\S")
_BLANK_LINE = late(r"\n[ \t>]*\n")
_SENTENCE = late(r"[.!?](?=[\s*_)\]}]|\Z)|\n[ \t>]*\n|\n[ \t>]*#|\A[ \t>]*#+")
_EDGE_NOUN = late(r"\b(?:edges?|arrows?|arcs?|links?)\b", re.I)
_PLAIN = r"(?:following|directed|causal|exactly|precisely|only|all|just)"
_NUMBER = r"(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
_BEFORE_EDGES = late(
    rf"(?:(?:\A[ \t>]*(?:{_ITEM})?|[,;:(]|\b(?:is|are|draw|drawn|and|gives?)\b)[\s*_#>]*"
    rf"(?:(?:the|these|those|its|our)\b[\s*_]*(?:(?:{_PLAIN}|{_NUMBER})\b[\s*_]*)*|(?:{_PLAIN}\b[\s*_]*)*)"
    r"|\b(?:has|have|having|with|by|consists? of|comprises?|given)\b[\s*_]*"
    rf"(?:(?:the|these|those|its|our|{_PLAIN}|{_NUMBER})\b[\s*_]*)*)\Z",
    re.I,
)
_AFTER_EDGES = late(
    r"(?:[\s:*_({]|\b(?:is|are|were|as follows|follows?|namely|given by|here|exactly|only|just|these|the"
    r"|following|set|of (?:the|our|this) (?:\w+ ){0,3}(?:graph|DAG|network|model|diagram))\b)*"
    r"(?:\$E\s*=\s*)?[\s\\{$`*_(]*\Z",
    re.I,
)
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ANNOUNCED = late(rf"\b(?P<number>{_NUMBER})\s+(?:{_PLAIN}\s+)*{_EDGE_NOUN.pattern}", re.I)
_ONE_GRAPH = late(
    rf"(?<!\bof )(?<!\bin )\b(?:the|our|this|its|an?)\s+(?:\w+\s+){{0,2}}?(?:{class_of('graph')})"
    r"\s+(?:is|has|consists\s+of|reads)[\s:\\{$`*_(]*\Z",
    re.I,
)
_MORE = late(
    r"\b(?:more|other|further|remaining|missing)\s+(?:\w+\s+)?(?:edges?|arrows?|arcs?|links?)\b",
    re.I,
)
_GOES_ON = late(
    rf"{_SIDE}[,;]?{_SIDE}{_AND}\s*(?:\$\$?|`|\\\()(?P<next>[^$`]{{1,80}}?)(?:\$|`|\\\))"
)
_NO_EDGE = late(
    r"\\?\w+|[^=]*=.*|.*\\to\s*(?:\\infty|\d+)|.*(?:\(|perp|approx|<|>|\bin\b|\\le|\\ge).*",
    re.DOTALL,
)
_LIST_BEGINS = late(r"\\begin\s*\{(?:itemize|enumerate)\*?\}(?:\[[^\]\n]*\])?\s*\Z")
_OF_A_PART = late(
    r"\bof (?:the|an?|our|this|its) (?:\w+ ){0,2}(?:graph|DAG|network|model|diagram)"
    r"\W+(?:has|have|having|with)\b",
    re.I,
)
"""What has the edges is something of the graph, as a tree of it is."""
_OPEN_ENDED = late(
    r"\betc\b|\.\.\.|\u2026|\\[lc]?dots(?![A-Za-z])"
    r"|\band (?:so (?:on|forth)|(?:\w+ ){0,2}(?:more|others?|further))\b|\bamong\b|\be\.\s?g\."
    r"|\bfor (?:example|instance)\b|\bincluding\b|\bsuch as\b",
    re.I,
)


@record
class ArrowPiece:
    """A chain or an arrow as it stands in a formula, a span of code or among words.

    Attributes
    ----------
    edges : Edges
        What it says.
    part : FilePart
        The text.
    start, end : int
        Where it stands.
    in_words : bool
        Whether it stands among words, without delimiters.
    in_fence : bool
        Whether it is a block of code of its own.
    is_chain : bool
        Whether its arrows follow each other, with no comma and no end of a line between.
    """

    edges: Edges
    part: FilePart
    start: int
    end: int
    in_words: bool = False
    in_fence: bool = False
    is_chain: bool = False


def piece_of(
    edges: Edges, stretch: CodeBlock | Formula | Prose, start: int = 0, end: int | None = None
) -> ArrowPiece:
    """Return what stands in a stretch of a file, or in some of its characters, as a piece of a list."""
    end = len(stretch.text) if end is None else end
    text = stretch.excerpt().text
    is_chain = counted(edges) > 1 and _PARTED.search(text, start, end) is None
    part, first, last = stretch.part, stretch.offset + start, stretch.offset + end
    if not isinstance(stretch, CodeBlock) or stretch.language == CODE_SPAN:
        return ArrowPiece(edges, part, first, last, isinstance(stretch, Prose), is_chain=is_chain)
    first, last = whole_lines(part.source.text, first, last)
    return ArrowPiece(edges, part, first, last, in_fence=True, is_chain=is_chain)


def whole_lines(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the lines begin and end in which a block of code stands, with its fence."""
    first = text.rfind("\n", 0, max(0, start - 1)) + 1
    last = text.find("\n", end + 1)
    if not _FENCE.match(text, first, start):
        first = text.rfind("\n", 0, start) + 1
        last = text.find("\n", end)
    return first, last if last >= 0 else len(text)


def lists_of(pieces: Sequence[ArrowPiece]) -> Iterator[tuple[ArrowPiece, ...]]:
    """Yield the pieces that make one list each: joined by commas or *and*, or items of a list."""
    waiting: list[ArrowPiece] = []
    for piece in pieces:
        if waiting and not _goes_on(waiting[-1], piece):
            yield tuple(waiting)
            waiting = []
        waiting.append(piece)
    if waiting:
        yield tuple(waiting)


def _goes_on(one: ArrowPiece, other: ArrowPiece) -> bool:
    """Whether a piece stands in one list with the piece before it."""
    if one.part is not other.part or one.end > other.start:
        return False
    between = one.part.source.text[one.end : other.start]
    if len(between) > _FAR:
        return False
    if not _BLANK_LINE.search(between) and _JOINED.fullmatch(between):
        return True
    item = _NEXT_ITEM.fullmatch(between)
    return item is not None and not MIXED.search(item["words"])


def joined(pieces: Sequence[ArrowPiece]) -> Edges:
    """Return all edges of some pieces, each once."""
    directed = tuple(dict.fromkeys(edge for piece in pieces for edge in piece.edges.directed))
    both = tuple(dict.fromkeys(edge for piece in pieces for edge in piece.edges.bidirected))
    return Edges(directed, both)


def is_whole_list(pieces: Sequence[ArrowPiece]) -> bool:
    """Decide whether nothing around a list of arrows says that it is a part, or of what is not there."""
    text, start, end = pieces[0].part.source.text, pieces[0].start, pieces[-1].end
    before, is_item = _before(text, start)
    if is_item:
        if not _fills_its_list(text, start, end):
            return False
        after = text[end : _line_end(text, end)]
    else:
        rest = text[end : end + _FAR]
        stop = _SENTENCE.search(rest)
        after = rest[: stop.end()] if stop else rest
        following = _GOES_ON.match(rest)
        more = following["next"].strip() if following else ""
        if more and not MIXED.search(more) and not _NO_EDGE.fullmatch(more):
            return False  # arrows are looked at by themselves
    if _OPEN_ENDED.search(before) or _OPEN_ENDED.search(after):
        return False
    if _announces_others(before, joined(pieces)):
        return False
    if any(piece.is_chain for piece in pieces):
        return True
    if _MORE.search(text, end, end + _NEAR):
        return False
    return _EDGE_NOUN.search(before) is None or _names_edges(before)


def _announces_others(before: str, edges: Edges) -> bool:
    """Whether the words before a list say how many arrows there are, and it has not so many."""
    told = [found["number"].lower() for found in _ANNOUNCED.finditer(before)]
    numbers = [_NUMBERS.index(word) + 2 if word in _NUMBERS else int(word) for word in told]
    return bool(numbers) and numbers[-1] != counted(edges)


def are_one_graph(pieces: Sequence[ArrowPiece]) -> bool:
    """Decide whether the words before several chains say that together they are a graph.

    An arrow that is turned round in another chain says that they are not.
    """
    edges = {edge for piece in pieces for edge in piece.edges.directed}
    if any((effect, cause) in edges for cause, effect in edges):
        return False
    return _ONE_GRAPH.search(_before(pieces[0].part.source.text, pieces[0].start)[0]) is not None


def leads_to_edges(pieces: Sequence[ArrowPiece]) -> bool:
    """Decide whether what stands before a list of arrows says that they are the edges."""
    return _names_edges(_before(pieces[0].part.source.text, pieces[0].start)[0])


def _names_edges(words: str) -> bool:
    nouns = [*_EDGE_NOUN.finditer(words)]
    return (
        bool(nouns)
        and _OF_A_PART.search(words, 0, nouns[-1].start()) is None
        and _BEFORE_EDGES.search(words, 0, nouns[-1].start()) is not None
        and _AFTER_EDGES.match(words, nouns[-1].end()) is not None
    )


def _before(text: str, start: int) -> tuple[str, bool]:
    """Return the words that lead to a place, and whether it is the first of an item in a list."""
    line = text.rfind("\n", 0, start) + 1
    first = _LINE.match(text, line)
    if first is None or not first["item"] or first.start("words") < start - 3:
        return _sentence_before(text[max(0, start - _FAR) : start]), False
    lead = text[max(0, line - _FAR) : line].rstrip()
    return _sentence_before(_LIST_BEGINS.sub("", lead).rstrip()), True


def _fills_its_list(text: str, start: int, end: int) -> bool:
    """Whether no item of a list stands before the line of a place, and none after another."""
    line = text.rfind("\n", 0, start) + 1
    first = _LINE.match(text, line)
    width = len(first["indent"]) if first else 0
    above = text[:line].rstrip().rsplit("\n", 1)[-1]
    before = _LINE.match(above)
    if before is not None and before["item"] and len(before["indent"]) >= width:
        return False
    following = _INK.search(text, _line_end(text, end))
    if following is None:
        return True
    after = _LINE.match(text, text.rfind("\n", 0, following.start()) + 1)
    return after is None or not after["item"] or len(after["indent"]) < width


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return end if end >= 0 else len(text)


def _sentence_before(words: str) -> str:
    ends = [
        found for found in _SENTENCE.finditer(words) if words[found.end() :].strip(" \n$`*_>\\[(")
    ]
    return words[ends[-1].end() :] if ends else words
