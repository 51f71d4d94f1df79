"""Graphs in R code: dagitty, ggdag, igraph, bnlearn.

A graph counts where a statement of its own makes it. A statement that makes or uses one in any other
way may change it, or may never be run, and then nothing is stated.

Main definitions
----------------
graphs_in_r : the edges that code states.
names_in_r : the variables that hold them.
keeps_in_r : whether code certainly leaves what some variables hold.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from symcausal.notes.stated.drawings import of_text
from symcausal.notes.stated.edges import MOST_EDGES, Edges, NamedEdge
from symcausal.patterns import late

_MAKERS = r"dagify|dagitty|graph\.formula|graph_from_literal|model2network"
_CALL = late(rf"(?<![\w.])(?:{_MAKERS})\s*\(")
_MAKES = late(rf"\s*(?:[\w.]+::)?(?P<name>{_MAKERS})\s*\(")
_MAKER = late(_MAKERS)
_LOOKERS = (
    r"gg\w+|(?:graphviz\.)?(?:plot|dag)\w*|(?:dag|node|as|is)[._]\w+|print|cat|str|summary|show|head|length"
    r"|tidy_dagitty|tidy|graphLayout|adjustmentSets|isAdjustmentSet|instrumentalVariables"
    r"|impliedConditionalIndependencies|d(?:separated|connected)|dsep|paths|parents|children|ancestors"
    r"|descendants|neighbours|spouses|markovBlanket|exposures|outcomes|coordinates|edges|names|nodes|arcs"
    r"|localTests|vanishingTetrads|simulateSEM|simulateLogistic|topologicalOrdering|V|E|topo_sort|mb|score"
    r"|modelstring|bn\.fit|custom\.fit|identical"
)
_LOOKER = late(_LOOKERS)
_LOOKS = late(rf"\s*(?:[\w.]+::)?(?:{_LOOKERS})\s*\(")
_PIPED = late(rf"\s*(?:%>%|\|>)\s*(?:[\w.]+::)?(?:{_LOOKERS})(?![\w.])")
_OPENS = late(r"\s*\(")
_ADDED = late(r"\s*\+")
_ASSIGNMENT = late(r"\s*(?P<name>[A-Za-z.][\w.]*)\s*(?:<-|=(?!=))\s*")
_ASSIGNED = late(r"\s*->\s*(?P<name>[A-Za-z.][\w.]*)\s*\Z")
_PLACED = late(r"\s*(?:coordinates|exposures|outcomes)\s*\(\s*[A-Za-z.][\w.]*\s*\)\s*(?:<-|=(?!=))")
_ASSIGNS = late(r"<-|->|(?<![=<>!])=(?!=)")
_DYNAMIC = late(
    r"\b(?:assign|eval\w*|local|source|rm|delayedAssign|makeActiveBinding|load|attach|with)\s*\("
)
"""What may change any variable."""
_GOES_ON = late(r"(?:[-+*/^<>=~|&,!%:$@]|\b(?:else|repeat|in))\s*\Z")
_HEAD = late(r"(?:\b(?:if|for|while|function)|\\)\s*\Z")
_CALLED = late(
    r"(?P<opens>(?P<function>[A-Za-z.][\w.]*)?\s*[(\[{])|(?P<closes>[)\]}])|(?P<word>[A-Za-z.][\w.]*)"
)
_DEEPEST = 5
_COMMENT = late(r"(\"[^\"\n]*\"|'[^'\n]*')|#[^\n]*")
_LONGEST = 20_000
_NAME = late(r"[A-Za-z.][\w.]*")
_FORMULA = late(r"\s*(?P<head>[A-Za-z.][\w.]*)\s*(?P<sign>~~?)\s*(?P<body>[\w.+\s]+)\Z")
_OPTION = late(r"\s*(?P<name>[A-Za-z.][\w.]*)\s*=(?!=)\s*(?P<value>.*)\Z", re.DOTALL)
_STRING = late(r"\s*(['\"])(?P<text>.*?)\1\s*\Z", re.DOTALL)
_SIGN = late(r"(\+-+\+|-+\+|\+-+|-{2,})")
_FACTOR = late(r"\[([\w.]+)(?:\|([\w.:]+))?\]")


def graphs_in_r(code: str) -> Iterator[Edges]:
    """Yield the edges of each graph that code makes from names as they stand, in order.

    Examples
    --------
    >>> [e.directed for e in graphs_in_r("dag <- dagify(Y ~ X + Z, X ~ Z)")]
    [(('X', 'Y'), ('Z', 'Y'), ('Z', 'X'))]
    >>> list(graphs_in_r("if (FALSE) dag <- dagify(Y ~ X)"))
    []
    """
    told = _told(code, frozenset())
    for maker, inside in told.calls if told else ():
        edges = _READERS[maker](inside)
        if edges is not None:
            yield edges


def names_in_r(code: str) -> frozenset[str]:
    """Return the variables that hold the graphs of code."""
    told = _told(code, frozenset())
    return told.names if told else frozenset()


def keeps_in_r(code: str, names: frozenset[str]) -> bool:
    """Decide whether code certainly leaves the graphs that some of its variables hold as they are."""
    return _told(code, names) is not None


class _ToldInR(NamedTuple):
    """The variables that hold graphs, and the calls that make them with what stands in their brackets."""

    names: frozenset[str]
    calls: tuple[tuple[str, str], ...]


def _told(code: str, held: frozenset[str]) -> _ToldInR | None:
    """Return the graphs of code, where some variables hold others; None if any may be changed."""
    names, calls = set(held), list[tuple[str, str]]()
    for statement in _statements(_COMMENT.sub(lambda found: found[1] or "", code)):
        bare = _bare(statement)
        assignment = _ASSIGNMENT.match(statement)
        target = assignment["name"] if assignment else ""
        made = _made_by(statement[assignment.end() :] if assignment else statement)
        if made is not None:
            maker, inside, behind = made
            calls.append((maker, inside))
            names |= {name for name in (target, behind) if name}
        elif _MAKER.fullmatch(target) or _may_change(bare, target, names):
            return None
    return _ToldInR(frozenset(names), tuple(calls))


def _may_change(bare: str, target: str, names: Collection[str]) -> bool:
    """Whether a statement that makes no graph by itself may change what some variables hold."""
    if _CALL.search(bare):
        return True
    if not names:
        return False
    if target in names or _DYNAMIC.search(bare):
        return True
    return any(word in names for word in _NAME.findall(bare)) and not _only_looks(bare, names)


def _statements(code: str) -> Iterator[str]:
    """Yield the statements of code, each with all that stands in its brackets."""
    begin = opened = closed = depth = 0
    for at, character, now in _unquoted(code, 0, len(code)):
        if now > depth == 0:
            opened = at
        if now == 0 < depth:
            closed = at + 1
        depth = now
        if depth or character not in "\n;":
            continue
        text = code[begin:at].rstrip()
        is_head = closed == begin + len(text) and _HEAD.search(code[begin:opened])
        if character == "\n" and (is_head or _GOES_ON.search(text)):
            continue
        if text.strip():
            yield text.strip()
        begin = at + 1
    if code[begin:].strip():
        yield code[begin:].strip()


def _bare(statement: str) -> str:
    """Return a statement with blanks for what stands in quotes."""
    found = [" "] * len(statement)
    for at, character, _ in _unquoted(statement, 0, len(statement)):
        found[at] = character
    return "".join(found)


def _made_by(expression: str, depth: int = 0) -> tuple[str, str, str] | None:
    """Return the call that makes a graph, what stands in it, and the variable that it is assigned to.

    None where an expression is no such call, nor one that only looks at what it makes.
    """
    call = _MAKES.match(expression)
    if call is not None:
        inside = _inside(expression, call.end())
        if inside is None:
            return None
        rest = expression[call.end() + len(inside) + 1 :]
        behind = _ASSIGNED.match(rest)
        if _CALL.search(rest) or not (behind or _is_looked_at(rest)):
            return None
        return call["name"], inside, behind["name"] if behind else ""
    looks = _LOOKS.match(expression)
    inside = _inside(expression, looks.end()) if looks and depth < _DEEPEST else None
    if inside is None:
        return None
    first, *others = _arguments(inside)
    made = _made_by(first, depth + 1)
    rest = expression[looks.end() + len(inside) :] if looks else ""
    return None if _CALL.search(" ".join((*others, rest))) else made


def _is_looked_at(rest: str) -> bool:
    """Whether what follows a graph is nothing, or pipes into what only looks at it."""
    while (pipe := _PIPED.match(rest)) is not None:
        opened = _OPENS.match(rest, pipe.end())
        inside = _inside(rest, opened.end()) if opened else ""
        if inside is None:
            return False
        rest = rest[opened.end() + len(inside) + 1 :] if opened else rest[pipe.end() :]
        if _ADDED.match(rest):  # layers of a plot
            return True
    return not rest.strip()


def _only_looks(bare: str, names: Collection[str]) -> bool:
    """Whether a statement only looks at what some variables hold."""
    if _PLACED.match(bare):
        return True
    assignment = _ASSIGNMENT.match(bare)
    at = assignment.end() if assignment else 0
    around: list[str] = []
    for token in _CALLED.finditer(bare, at):
        if not around and _ASSIGNS.search(bare, at, token.start()):
            return False
        if token["function"] in names:
            return False
        if token["opens"]:
            around.append(token["function"] or "")
        elif token["closes"]:
            del around[-1:]
        elif token["word"] in names and not (
            all(map(_LOOKER.fullmatch, around))
            if around
            else not bare[at : token.start()].strip()
            and (
                _PIPED.match(bare, token.end())
                or (not assignment and not bare[token.end() :].strip())
            )
        ):
            return False
        at = token.end()
    return True


def _unquoted(code: str, start: int, end: int) -> Iterator[tuple[int, str, int]]:
    """Yield the places and characters outside quotes, and how many more brackets are open behind each."""
    depth, quote = 0, ""
    for at in range(start, end):
        character = code[at]
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        else:
            depth += (character in "([{") - (character in ")]}")
            yield at, character, depth


def _inside(code: str, start: int) -> str | None:
    """Return what stands between a bracket and its partner."""
    for at, _, depth in _unquoted(code, start, min(len(code), start + _LONGEST)):
        if depth < 0:
            return code[start:at]
    return None


def _arguments(inside: str) -> list[str]:
    found, begin = [], 0
    for at, character, depth in _unquoted(inside, 0, len(inside)):
        if character == "," and not depth:
            found.append(inside[begin:at])
            begin = at + 1
    return [*found, inside[begin:]]


def _dagify(inside: str) -> Edges | None:
    directed: list[NamedEdge] = []
    both: list[NamedEdge] = []
    hidden: list[str] = []
    for argument in _arguments(inside):
        option = _OPTION.match(argument)
        if option and not _FORMULA.match(argument):
            if option["name"] == "latent":
                hidden += [t[1] for t in re.findall(r"(['\"])(.*?)\1", option["value"])]
            continue
        formula = _FORMULA.match(argument)
        if formula is None:
            if argument.strip():
                return None
            continue
        names = [name.strip() for name in formula["body"].split("+")]
        if not all(_NAME.fullmatch(name) for name in names):
            return None
        pairs = [(name, formula["head"]) for name in names]
        (both if formula["sign"] == "~~" else directed).extend(pairs)
    return _made(directed, both, hidden)


def _dagitty(inside: str) -> Edges | None:
    first = _STRING.match(_arguments(inside)[0])
    return None if first is None else of_text(first["text"])


def _igraph(inside: str) -> Edges | None:
    """``x -+ y`` is an arrow, ``x +-+ y`` has both heads, ``x - y`` none."""
    directed: list[NamedEdge] = []
    both: list[NamedEdge] = []
    for argument in _arguments(inside):
        if _OPTION.match(argument):
            continue
        pieces = _SIGN.split(argument)
        groups = [[name.strip() for name in group.split(":")] for group in pieces[::2]]
        if not all(_NAME.fullmatch(name) for group in groups for name in group):
            return None
        for left, sign, right in zip(groups, pieces[1::2], groups[1:], strict=False):
            pairs = [(a, b) for a in left for b in right]
            if sign.startswith("+") and sign.endswith("+"):
                both += pairs
            elif sign.endswith("+"):
                directed += pairs
            elif sign.startswith("+"):
                directed += [(b, a) for a, b in pairs]
            else:
                return None
    # both heads over an arrow of their own are causes in both directions, not a hidden one
    return _made(directed, both, [])


def _bnlearn(inside: str) -> Edges | None:
    first = _STRING.match(_arguments(inside)[0])
    if first is None or _FACTOR.sub("", first["text"]).strip():
        return None
    return _made(
        [
            (parent, head)
            for head, given in _FACTOR.findall(first["text"])
            for parent in given.split(":")
            if parent
        ],
        [],
        [],
    )


def _made(directed: list[NamedEdge], both: list[NamedEdge], hidden: list[str]) -> Edges | None:
    if not directed or len(directed) + len(both) > MOST_EDGES:
        return None
    return Edges(tuple(dict.fromkeys(directed)), tuple(dict.fromkeys(both)), tuple(hidden))


_READERS = {
    "dagify": _dagify,
    "dagitty": _dagitty,
    "graph.formula": _igraph,
    "graph_from_literal": _igraph,
    "model2network": _bnlearn,
}
