"""Whether notes assert what they write: no denial, no question, no supposition, no mention.

Where in doubt a graph is not stated.

Main definitions
----------------
is_asserted : whether the sentence around a place asserts what stands there.
doubts : whether a heading, a caption or the lead of a list denies, asks or doubts.
turns_down : whether the words after a graph deny it.
names_no_variables : whether a heading names something else than variables.
draws_no_variables : whether the sentence calls a drawing one of something else.
is_mentioned : whether words say what a formula means, or that it is about another graph.
leaves_graph : whether the sentence of a claim speaks of another graph, or of all.
names_other_figure : whether it names another figure than that of a graph.
names_other_shape : whether it names another shape of three variables in a row.
is_about_graphs : what the sentence says of arrows: True for a graph, False for something else.
"""

from __future__ import annotations

import re
from itertools import pairwise

from symcausal.graph.graph import Graph
from symcausal.notes.phrases.matching import class_of, said, says
from symcausal.notes.phrases.sentences import (
    FAR,
    STOP,
    captions_around,
    figure_around,
    first_sentence,
    lead_of_choices,
    paragraph_before,
    sentence_around,
)
from symcausal.notes.phrases.table import VOIDING, PhraseMeaning
from symcausal.notes.phrases.weaving import woven
from symcausal.notes.reading.measures import PROBABLE
from symcausal.patterns import late
from symcausal.reading.nearby import words_before

_MENTIONING: tuple[PhraseMeaning, ...] = ("in another graph", "defines")
_PROOF_FAR = 3_000
_ASKS = late(r"\?[ \t]*(?=\n|\Z)")
_SHAPES = ("fork", "chain", "collider")  # by the parents of the joint
_STOP = late(STOP)
_OF_INDEPENDENCE = woven(r"<<independent>>|\\perp|[\u22a5\u27c2\u2aeb]|_\|\|_", re.I)
_WHICH = late(rf"\b(?:{class_of('which')})\b", re.I)
_STRUCK = late(r"~~|</?(?:del|s|strike)>", re.I)
_STRIKES = late(r"\\(?:sout|st|cancel|xcancel|bcancel)\s*\{[^{}]*\Z")
_QUERIED = late(r"\{\s*\?\s*\}|\?\s*=|=\s*\?")
_OF_FIGURE = (
    rf"\b(?:{class_of('figure')})s?\.?[\s~]*(?:\(?(\d+\(?[a-z]?)\b|\\[a-zA-Z]*ref\{{([^{{}}]*)\}})"
)
_FIGURE = late(rf"{_OF_FIGURE}|\\label\{{([^{{}}]*)\}}", re.I)
_BELOW = late(rf"[\s>*_]*{_OF_FIGURE}\s*[:.)]", re.I)
_IN_SHAPE = late(
    r"\b(?:in|for|under|to|like|of|im|in)\s+(?:the|a|an|this|that|our|any|every|der|einer|dieser)\s+(?:\w+\s+)?"
    rf"(?:(?P<chain>{class_of('chain')})|(?P<fork>{class_of('fork')})|(?P<collider>{class_of('collider')}))\b"
    r"(?!\s+rule)",
    re.I,
)
_IN_FIGURE = late(rf"\b(?:for|in|under)\s+(?:the\s+)?{_OF_FIGURE}", re.I)
# labels of arrows, decisions, and what programs do with roads and machines
_DRAWS_NO_VARIABLES = late(
    r"--\s*(?:yes|no|true|false)\s*-->?|\|[^|\n]*(?:yes|no|true|false|ja|nein|oui|non|\d)[^|\n]*\|"
    r"|--\s*[\d.]+\s*-->?|\w\{[^{}\n]*\?[^{}\n]*\}|->[^;\n\[]*\[[^\]\n]*\blabel\s*=\s*\"?[^\]\n\"]*[\d\w]"
    r"|\b(?:fsm|finite_state\w*|state_machine|automaton|automata|shortest_path\w*|pagerank|shortest_\w+)"
    r"|\[\s*(?:loop|accepting|initial)\b|\bloop (?:above|below|left|right)\b|\bstate\s*[,\]]"
    r"|\\ar(?:row)?\s*\[[^\]\n]*\"[^\"\n]+\"|\bnode\s*(?:\[[^\]\n]*\])?\s*\{\$?[\d.]+\$?\}"
    r"|\[\s*(?:start|stop|begin|end|load|read|clean|train|deploy|fetch|parse|evaluate|save|test|write)\b",
    re.I,
)


def leaves_graph(text: str, start: int, end: int) -> bool:
    """Decide whether the sentence of a claim speaks of another graph than the one in force, or of all."""
    before, after, _ = sentence_around(text, start, end)
    if says(before, "before", "leaves the graph") or says(after, "after", "leaves the graph"):
        return True
    return is_mentioned(text, start, end)


def is_mentioned(text: str, start: int, end: int) -> bool:
    """Decide whether words say what stands at a place means, or that it is about another graph."""
    before, after, _ = sentence_around(text, start, end)
    if says(before, "before", *_MENTIONING) or says(after, "after", *_MENTIONING):
        return True
    if says(text[start:end], "before", "defines"):  # an equivalence within the formula
        return True
    return says(paragraph_before(text, start), "paragraph", "in another graph")


def names_other_figure(text: str, claim: tuple[int, int], graph: tuple[int, int]) -> bool:
    """Decide whether the sentence of a claim names a figure that is not the one of a graph.

    Parameters
    ----------
    text : str
        The text of both.
    claim, graph : (int, int)
        Where they stand.
    """
    before, after, _ = sentence_around(text, *claim)
    asked = {m[1] or m[2] for m in _IN_FIGURE.finditer(f"{before} ; {after}")}
    if not asked:
        return False
    before, after, following = sentence_around(text, *graph)
    below = following if _BELOW.match(following) else ""
    around = " ".join((before, after, below, *figure_around(text, *graph)))
    told = {m[1] or m[2] or m[3] for m in _FIGURE.finditer(around)}
    return asked.isdisjoint(told or {"1"})


def names_other_shape(text: str, start: int, end: int, graph: Graph) -> bool:
    """Decide whether the sentence of a claim names another shape than that of a graph in a row.

    ``in the fork, ...`` is about no chain. A larger graph may have all three in it.
    """
    joints = [name for name in graph.nodes if len(graph.parents(name) + graph.children(name)) > 1]
    if len(graph.nodes) != 3 or len(graph.directed) != 2 or len(joints) != 1 or graph.bidirected:
        return False
    before, _, _ = sentence_around(text, start, end)
    named = {found.lastgroup for found in _IN_SHAPE.finditer(before)}
    return bool(named) and named != {_SHAPES[len(graph.parents(joints[0]))]}


def is_asserted(text: str, start: int, end: int, *, claims: bool = False) -> bool:
    """Decide whether the notes assert what stands at a place.

    Parameters
    ----------
    text : str
        The text around it.
    start, end : int
        The place.
    claims : bool
        Whether it is an equation, which notes may ask to be shown.
    """
    before, after, following = sentence_around(text, start, end)
    if not claims:  # an equation may be what is asked
        before = "".join(filter(_may_be_of_a_graph, _sentences(before)))
    if says(before, "before", *VOIDING) or _is_turned_down(after, following):
        return False
    if says(before, "before", "names it") and not says(after, "after", "goes on"):
        return False  # unknown words are said of it
    if says(before, "before", "attributes") and (
        says(after, "after", "attributes") or says(following, "next", "attributes", "sides")
    ):
        return False  # whose is it, and is it the one that the notes take?
    led = " ".join(filter(_is_of_what_follows, _sentences(before))) if claims else ""
    if says(led, "before", "asks to show", "assumes independence", "assumes here"):
        return False
    if _is_struck(text, start) or _QUERIED.search(text, start, end):
        return False
    if _is_in_doubtful_paragraph(text, start, end) or _is_for_contradiction(text, start, before):
        return False
    return not _asks(before, after)


def doubts(words: str) -> bool:
    """Decide whether a heading or caption denies, asks or doubts what stands under it.

    Examples
    --------
    >>> doubts("A wrong model"), doubts("The model")
    (True, False)
    """
    return "?" in words or says(words, "before", *VOIDING)


def turns_down(words: str) -> bool:
    """Decide whether the words after a graph begin with a sentence that denies it.

    Examples
    --------
    >>> turns_down("This graph is wrong. Here is another."), turns_down("It is a chain.")
    (True, False)
    """
    return says(first_sentence(words), "next", *VOIDING)


def names_no_variables(words: str) -> bool:
    """Decide whether a heading or caption names something else than variables.

    Examples
    --------
    >>> names_no_variables("A Markov chain with states A, B"), names_no_variables("A chain")
    (True, False)
    """
    return says(words, "before", "of no variables")


def _is_turned_down(after: str, following: str) -> bool:
    """Whether the rest of the sentence, or the next one, denies what stands before it."""
    own = after.split("$")[0]
    consequence = next(said(own, "after", "concludes"), None)
    own = own[: consequence[0]] if consequence else own
    return says(own, "after", *VOIDING) or turns_down(following)


def _is_struck(text: str, start: int) -> bool:
    """Whether a place is struck out."""
    before = paragraph_before(text, start)
    return len(_STRUCK.findall(before)) % 2 == 1 or _STRIKES.search(before) is not None


def _is_in_doubtful_paragraph(text: str, start: int, end: int) -> bool:
    """Whether the paragraph, the list or the figure around a place speaks of errors, or asks."""
    paragraph = paragraph_before(text, start)
    asked = "".join(filter(_may_be_of_a_graph, _sentences(paragraph)))
    if _ASKS.search(asked) or says(paragraph, "paragraph", *VOIDING):
        return True
    lead = lead_of_choices(text, start)
    if "?" in lead or says(lead, "paragraph", *VOIDING):
        return True
    if any(doubts(last) for last in _sentences(lead)[-1:] if _is_of_what_follows(last)):
        return True
    return any(map(doubts, captions_around(text, start, end)))


def _sentences(words: str) -> list[str]:
    """The sentences of some words, each with its stop."""
    ends = [0, *(found.end() for found in _STOP.finditer(words)), len(words)]
    pieces = [words[start:end] for start, end in pairwise(ends)]
    return [piece for piece in pieces if piece.strip()]


def _may_be_of_a_graph(sentence: str) -> bool:
    """Whether a sentence asks nothing of an independence alone: *Is A independent of B?*."""
    return (
        not sentence.rstrip(" \n$*_").endswith("?")
        or not _OF_INDEPENDENCE.search(sentence)
        or _WHICH.search(sentence) is not None
        or says(sentence, "before", "of graphs")
    )


def _is_of_what_follows(sentence: str) -> bool:
    """Whether a sentence has no formula of its own, so that it may be about the one behind it."""
    return not (_STOP.search(sentence) and PROBABLE.search(sentence))


def _is_for_contradiction(text: str, start: int, before: str) -> bool:
    """Whether a proof supposes what stands at a place."""
    if not says(before, "before", "takes as given"):
        return False
    low = max(0, start - _PROOF_FAR)
    return text.rfind("\\begin{proof}", low, start) > text.rfind("\\end{proof}", low, start)


def is_about_graphs(text: str, start: int, end: int) -> bool | None:
    """Decide what arrows at a place are: of a graph, of something else, None if nothing says."""
    before, after, _ = sentence_around(text, start, end)
    around = f"{before} {after}"
    if says(around, "before", "of no variables", "of something else"):
        return False
    heading = words_before(text, start, FAR).rsplit("\n#", 1)
    near = heading[1].split("\n", 1)[0] if len(heading) > 1 else ""
    return True if says(f"{around} {near}", "before", "of graphs") else None


def draws_no_variables(text: str, start: int, end: int) -> bool:
    """Decide whether the sentence around a drawing or code says that it is of no variables."""
    before, after, _ = sentence_around(text, start, end)
    around = " ".join((before, after, *captions_around(text, start, end)))
    return names_no_variables(around) or _DRAWS_NO_VARIABLES.search(text, start, end) is not None


def _asks(before: str, after: str) -> bool:
    ends = re.search(r"[.!?]", after)
    return "?" in before or (ends is not None and ends.group() == "?")
