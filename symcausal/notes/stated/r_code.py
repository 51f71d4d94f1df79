"""Graphs in R code: dagitty, ggdag, igraph, bnlearn.

Main definitions
----------------
graphs_in_r : the edges that code states.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from symcausal.notes.stated.drawings import of_text
from symcausal.notes.stated.edges import MOST_EDGES, Edges, NamedEdge
from symcausal.patterns import late

_CALL = late(
    r"(?<![\w.])(?P<name>dagify|dagitty|graph\.formula|graph_from_literal|model2network)\s*\("
)
_CHANGES = late(
    r"\b(?:set|drop|reverse)\.(?:arc|edge)|\badd[._]edges?\b|\bsetEdge\b|\+\s*(?:igraph::)?(?:edges?|path)\s*\("
    r"|\bdelete[._]edges\b|\b(?:latents|arcs|amat|modelstring)\s*\([^()]*\)\s*(?:<-|=)|\brewire\b|%u%"
)
"""What makes another graph of one."""
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
    """
    plain = _COMMENT.sub(lambda found: found[1] or "", code)
    if _CHANGES.search(plain):
        return
    at = 0
    for call in _CALL.finditer(plain):
        if call.start() < at:
            continue
        inside = _inside(plain, call.end())
        if inside is None:
            return
        at = call.end() + len(inside)
        edges = _READERS[call["name"]](inside)
        if edges is not None:
            yield edges


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
