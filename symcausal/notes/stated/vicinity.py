r"""What stands beside arrows and may be one more edge of their graph: ``..., and $A \leftrightarrow C$``.

A chain is the whole graph only if nothing beside it draws or tells another edge. Whatever might is
looked for in its sentence, its list and the next sentence.

Main definitions
----------------
adds_edges : whether something beside arrows may add an edge to their graph.
ties_noises : whether the words beside equations may tie their noises together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

from symcausal.graph.graph import Graph
from symcausal.notes.phrases.matching import said, says
from symcausal.notes.phrases.sentences import beside, clause_around
from symcausal.notes.phrases.table import PhraseMeaning, PhrasePlace
from symcausal.patterns import late

_NEAR = 40
_TELLING: tuple[PhraseMeaning, ...] = ("hidden cause", "shared cause", "direct effect", "acts")
_ARROW = late(
    r"<?[-=.~]{1,3}>|<[-~]{1,3}|[\u2190-\u2194\u21a0-\u21a3\u21dd\u21e0\u21e2\u21c4-\u21c6\u2194\u27f5-\u27f7\u2933]"
    r"|[*o]-{1,2}[>*o]|(?<![\w])-{2,3}(?=\s*[\w\\$])"
    r"|\\(?:x|long|dash|hook|curve|over|no|n|tail)?(?:left|right)(?:left|right)?(?:squig|dashed)?arrows?(?:tail)?(?![A-Za-z])"
    r"|\\(?:to|gets|leadsto|longleadsto|rightharpoonup|rightleftharpoons|leftrightharpoons"
    r"|[ns][ew]arrow|(?:up|down|updown)arrow|rightleftarrows|leftrightarrows|circlearrowright"
    r"|leftrightsquigarrow)(?![A-Za-z])"
)
_IMPLIES = frozenset({"=>", "==>", "<=>"})
_BEFORE = late(
    r"(\\?[A-Za-z][A-Za-z0-9]*(?:_(?:\{[A-Za-z0-9,+-]{1,12}\}|[A-Za-z0-9]))?'*)[\s$`&]*\Z"
)
_AFTER = late(r"[\s$`&]*(\\?[A-Za-z][A-Za-z0-9]*(?:_(?:\{[A-Za-z0-9,+-]{1,12}\}|[A-Za-z0-9]))?'*)")
_LIMIT = late(r"[\s$`&]*(?:[+-]?\s*\\infty|\u221e|[+-]?\d)")
_RIGHT = late(r"-{1,3}>|[\u2192\u27f6]|\\(?:long)?rightarrow|\\to")
_LEFT = late(r"<-{1,3}|[\u2190\u27f5]|\\(?:long)?leftarrow|\\gets")
_NAMES = late(r"\\?[A-Za-z][A-Za-z0-9]*(?:_(?:\{[A-Za-z0-9,+-]{1,12}\}|[A-Za-z0-9]))?'*")
_TIES = late(r"\\Sigma(?![A-Za-z])|\([^()]{1,30},[^()]{1,30}\)\s*\\sim")

_Meant = Callable[[str], str | None]


def adds_edges(text: str, start: int, end: int, graph: Graph, meant: _Meant) -> bool:
    """Decide whether something beside arrows may add an edge to their graph.

    Parameters
    ----------
    text : str
        The text around them.
    start, end : int
        Where they stand.
    graph : Graph
        What they say.
    meant : callable
        The variable that a written name means, None if it can be none.
    """
    return any(
        _draws(side, graph, meant) or _tells(side, place, graph, meant)
        for place, side in _sides(text, start, end)
    )


def ties_noises(text: str, start: int, end: int) -> bool:
    """Decide whether the words beside equations may tie their noises together."""
    for place, side in _sides(text, start, end):
        if _TIES.search(side):
            return True
        if any(not _is_none(side, at) for at, _ in said(side, place, "ties noises")):
            return True
    return False


def _sides(text: str, start: int, end: int) -> tuple[tuple[PhrasePlace, str], ...]:
    before, after = beside(text, start, end)
    return ("before", before), ("after", after)


def _is_none(side: str, at: int) -> bool:
    """Whether the words before a word take it back."""
    return says(side[max(0, at - _NEAR) : at], "before", "none of")


def _draws(side: str, graph: Graph, meant: _Meant) -> bool:
    """Whether an arrow in a text may be one that the graph does not have."""
    for arrow in _ARROW.finditer(side):
        sign = arrow.group()
        if sign in _IMPLIES or _LIMIT.match(side, arrow.end()):
            continue
        left = _BEFORE.search(side, max(0, arrow.start() - 60), arrow.start())
        right = _AFTER.match(side, arrow.end())
        if left is None or right is None:
            return True
        one, other = meant(left[1]), meant(right[1])
        if one is None or other is None:
            return True
        if one not in graph.nodes and other not in graph.nodes:
            continue
        if _RIGHT.fullmatch(sign):
            known = (one, other) in graph.directed
        elif _LEFT.fullmatch(sign):
            known = (other, one) in graph.directed
        else:
            known = (one, other) in graph.bidirected or (other, one) in graph.bidirected
        if not known:
            return True
    return False


def _tells(side: str, place: PhrasePlace, graph: Graph, meant: _Meant) -> bool:
    """Whether words in a text may tell an edge that the graph does not have."""
    for meaning in _TELLING:
        for start, end in said(side, place, meaning):
            if _is_none(side, start):
                continue
            named = _named(clause_around(side, start, end), graph, meant)
            if named is None:
                return True
            if meaning in ("hidden cause", "shared cause"):
                known = _has_shared(graph, named, hidden=meaning == "hidden cause")
            else:
                known = _has_star(graph, named) and (len(named) > 1 or meaning == "acts")
            if not known:
                return True
    return False


def _named(clause: str, graph: Graph, meant: _Meant) -> tuple[str, ...] | None:
    """Return the nodes that a clause names; None if it names something else."""
    found: dict[str, None] = {}
    for name in _NAMES.findall(clause):
        variable = meant(name)
        if (
            variable is not None
            and variable in graph.nodes
            and (len(name) == 1 or name[:1].isupper() or name == variable)
        ):
            found[variable] = None
        elif len(name.split("_")[0]) == 1 and name[:1].isupper() and name not in ("A", "I"):
            return None
    return tuple(found)


def _has_shared(graph: Graph, named: Sequence[str], *, hidden: bool) -> bool:
    """Whether a graph has the common cause that words with some of its names speak of."""
    if not named:
        return bool(graph.bidirected) or (
            not hidden and any(len(graph.children(n)) > 1 for n in graph.nodes)
        )
    if len(named) == 1:
        return True
    both = {frozenset(pair) for pair in graph.bidirected}
    if all(frozenset(pair) in both for pair in combinations(named, 2)):
        return True
    return len(named) > 2 and any(
        set(named) - {name} <= set(graph.children(name)) for name in named
    )


def _has_star(graph: Graph, named: Sequence[str]) -> bool:
    """Whether one of some names is joined to all others, or there is none."""
    return not named or any(
        all(_joined(graph, name, other) for other in named if other != name) for name in named
    )


def _joined(graph: Graph, one: str, other: str) -> bool:
    return any(
        pair in edges
        for edges in (graph.directed, graph.bidirected)
        for pair in ((one, other), (other, one))
    )
