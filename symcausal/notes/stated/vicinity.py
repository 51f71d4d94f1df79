r"""What stands beside arrows and may be one more edge of their graph: ``..., and $A \leftrightarrow C$``.

A chain is the whole graph only if nothing beside it draws or tells another edge. Whatever might is
looked for in its sentence, its list and the next sentence.

Main definitions
----------------
adds_edges : whether something beside arrows may add an edge to their graph.
ties_noises : whether the words beside equations may tie their noises together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import combinations

from symcausal.graph.graph import Graph
from symcausal.patterns import late

_FAR = 1_000
_ENDS = late(r"[.!?](?=[\s*_)\]}\"']|\Z)|\n[ \t>]*\n(?!\s*[a-z])")
_STOPS = late(
    r"```|~~~|\n[ \t>]*#|\\(?:(?:sub)*section|paragraph|chapter)\b|<!--|\\(?:begin|end)\{"
    r"(?!(?:aligned|array|cases|gather|align|itemize)\b)[a-z*]+\}"
    r"|\n(?=[^\n]{1,200}\n[ \t]*(?:={3,}|-{3,})[ \t]*\n)"
)
_MARKER = r"[ \t>]*(?:[-*+]|\d{1,3}[.)]|\([a-z0-9]{1,3}\)|\\item\b)"
_ITEM = late(_MARKER + r"[ \t]*\S")
_WORDY = late(r"\w")
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
_SHARED = late(
    r"\b(?P<hidden>latents?|hidden|unobserved|unmeasured|unseen|unrecorded|omitted|lurking|bi-?directed"
    r"|double-?headed|two-?headed|exogenous|correlat\w+|shar(?:e|es|ed|ing)\b(?=[^.]*\b(?:cause|parent|noise|ancestor)))"
    r"|\b(?:confound\w*|common (?:\w+ )?(?:causes?|parents?|ancestors?|drivers?)|third variables?)",
    re.I,
)
_DIRECT = late(
    r"\b(?:directly|direct (?:\w+ )?(?:effects?|influences?|causes?|links?|paths?|dependenc\w+)"
    r"|(?:also|additionally|furthermore|moreover|itself) (?:\w+ )?"
    r"(?:affect|influenc|caus|depend|driv|determin|point|has|have|act)\w*"
    r"|(?:affect|influenc|caus|driv|determin)\w* (?:[^.,;]{1,40} )?(?:too|as well)"
    r"|(?:plus|add\w*|extra|additional|another|further|second|missing) (?:\w+ )?"
    r"(?:edges?|arrows?|arcs?|links?)"
    r"|(?:edges?|arrows?|arcs?|links?) (?:\w+ )?(?:from|between|into|joining|connecting))\b",
    re.I,
)
_ACTS = late(
    r"\b(?:affect|influenc|caus|driv|determin|impact|shap)(?:e|es|ed|s|ing)?\b"
    r"|\bdepend(?:s|ing)? (?:also )?on\b|\bparents?\b",
    re.I,
)
_DENIED = late(
    r"\b(?:no|without|any|never|neither|nor|lacks?|lacking|absent|free of"
    r"|remov\w+|delet\w+|cut(?:s|ting)?|not(?! only| just| merely))\W+(?:\w+\W+){0,2}\Z",
    re.I,
)
_NAMES = late(r"\\?[A-Za-z][A-Za-z0-9]*(?:_(?:\{[A-Za-z0-9,+-]{1,12}\}|[A-Za-z0-9]))?'*")
_CLAUSE = late(r"[;:.!?\n]")
_TIED = late(
    r"\b(?:(?:cor|inter)?-?relat\w+|dependen(?:t|ce|cies)|not (?:mutually |jointly )?independent"
    r"|shar(?:e|es|ed|ing)"
    r"|confound\w*|common|joint(?:ly)?(?! distribution)|covarian\w+|coupled|same|multivariate)\b"
    r"|\\Sigma(?![A-Za-z])|\([^()]{1,30},[^()]{1,30}\)\s*\\sim",
    re.I,
)

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
    before, after = _beside(text, start, end)
    return any(_draws(side, graph, meant) or _tells(side, graph, meant) for side in (before, after))


def ties_noises(text: str, start: int, end: int) -> bool:
    """Decide whether the words beside equations may tie their noises together."""
    return any(
        _DENIED.search(side[max(0, word.start() - 40) : word.start()]) is None
        for side in _beside(text, start, end)
        for word in _TIED.finditer(side)
    )


def _beside(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before a place in its sentence or list, and after it up to the next sentence."""
    before, after = text[max(0, start - _FAR) : start], text[end : end + _FAR]
    stops = [*_STOPS.finditer(before)]
    before = before[stops[-1].end() :] if stops else before
    stop_after = _STOPS.search(after)
    after = after[: stop_after.start()] if stop_after else after
    line = before.rsplit("\n", 1)[-1]
    if _ITEM.match(f"{line}x"):
        return _list_before(before), _list_after(after)
    ends = [m for m in _ENDS.finditer(before) if _WORDY.search(before[m.end() :])]
    if not ends:  # a display under a sentence of its own
        ends = [*_ENDS.finditer(before)][:-1]
    return before[ends[-1].end() :] if ends else before, _two_sentences(after)


def _two_sentences(after: str) -> str:
    left, begin = 2, 0
    for found in _ENDS.finditer(after):
        if begin == 0 or _WORDY.search(after[begin : found.start()]):
            left -= 1
            begin = found.end()
        if not left:
            return after[: found.end()]
    return after


def _list_before(before: str) -> str:
    lines = before.split("\n")
    first = len(lines) - 1
    while first and (not lines[first - 1].strip(" >\t") or _ITEM.match(lines[first - 1])):
        first -= 1
    return "\n".join(lines[first:])


def _list_after(after: str) -> str:
    lines = after.split("\n")
    last = 1
    while last < len(lines) and (
        not lines[last].strip(" >\t") or _ITEM.match(lines[last]) or lines[last][:1] in " \t"
    ):
        last += 1
    return "\n".join(lines[:last]) + "\n" + _two_sentences("\n".join(lines[last:]))


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


def _tells(side: str, graph: Graph, meant: _Meant) -> bool:
    """Whether words in a text may tell an edge that the graph does not have."""
    for pattern in (_SHARED, _DIRECT, _ACTS):
        for word in pattern.finditer(side):
            if _DENIED.search(side[max(0, word.start() - 40) : word.start()]):
                continue
            named = _named(side, word.start(), word.end(), graph, meant)
            if named is None:
                return True
            if pattern is _SHARED:
                known = _has_shared(graph, named, hidden=word["hidden"] is not None)
            else:
                known = _has_star(graph, named) and (len(named) > 1 or pattern is _ACTS)
            if not known:
                return True
    return False


def _named(side: str, start: int, end: int, graph: Graph, meant: _Meant) -> tuple[str, ...] | None:
    """Return the nodes that the clause around a word names; None if it names something else."""
    cuts = [m.end() for m in _CLAUSE.finditer(side, 0, start)]
    last = _CLAUSE.search(side, end)
    clause = side[cuts[-1] if cuts else 0 : last.start() if last else len(side)]
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
