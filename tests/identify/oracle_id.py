"""Is a causal query identifiable? The published algorithms on sets, as simply as can be.

Shared with nothing in the library. A graph is a pair of sets of pairs: arrows ``(cause, effect)`` and
bidirected edges in either order.

Main definitions
----------------
identifiable : ID for ``P(y | do(x))``, line by line, and IDC for conditions.
identifiable_from : from several experiments in which everything else is observed.

References
----------
[ShpitserPearl2006]_ Figure 3, [ShpitserPearl2006b]_ Figure 5, [Lee2019]_ Theorem 1.
"""

from __future__ import annotations

from collections.abc import Iterable

Edges = frozenset[tuple[str, str]]
Names = frozenset[str]


def ancestors(names: Iterable[str], arrows: Edges, among: Names) -> Names:
    """Ancestors within a set, the start included."""
    found = set(names) & among
    while True:
        more = {a for a, b in arrows if b in found and a in among} - found
        if not more:
            return frozenset(found)
        found |= more


def districts(among: Names, joins: Edges) -> list[Names]:
    """C-components of the subgraph over some variables."""
    left, found = set(among), []
    while left:
        part = {min(left)}
        while True:
            more = {b for a, b in joins if a in part} | {a for a, b in joins if b in part}
            more = (more & among) - part
            if not more:
                break
            part |= more
        found.append(frozenset(part))
        left -= part
    return found


def identified(y: Names, x: Names, v: Names, arrows: Edges, joins: Edges) -> bool:
    """The verdict of ID for ``P(y | do(x))`` from ``P(v)``."""
    x = x & v
    if not x:  # line 1
        return True
    above = ancestors(y, arrows, v)
    if above != v:  # line 2
        return identified(y, x & above, above, arrows, joins)
    without = frozenset((a, b) for a, b in arrows if b not in x)
    idle = v - x - ancestors(y, without, v)
    if idle:  # line 3
        return identified(y, x | idle, v, arrows, joins)
    parts = districts(v - x, joins)
    if len(parts) > 1:  # line 4
        return all(identified(s, v - s, v, arrows, joins) for s in parts)
    (s,) = parts
    wholes = districts(v, joins)
    if wholes == [v]:  # line 5
        return False
    if s in wholes:  # line 6
        return True
    (larger,) = [t for t in wholes if s < t]  # line 7
    return identified(y, x & larger, larger, arrows, joins)


def connected(
    start: Names, end: Names, given: Names, v: Names, arrows: Edges, joins: Edges
) -> bool:
    """Whether an open path joins two sets: every path is walked, colliders and all."""
    opened = ancestors(given, arrows, v)
    steps = [(a, b, False, True) for a, b in arrows] + [(b, a, True, False) for a, b in arrows]
    steps += [(a, b, True, True) for a, b in joins] + [(b, a, True, True) for a, b in joins]
    seen = {(n, True, True) for n in start}  # node; was it come to by a head; is it a start
    waiting = list(seen)
    while waiting:
        node, head, first = waiting.pop()
        if node in end and not first:
            return True
        for a, b, head_at_a, head_at_b in steps:
            if a != node:
                continue
            collider = head and head_at_a
            if first or (node in opened if collider else node not in given):
                place = (b, head_at_b, False)
                if place not in seen:
                    seen.add(place)
                    waiting.append(place)
    return False


def settled(
    y: Names, x: Names, z: Names, v: Names, arrows: Edges, joins: Edges
) -> tuple[Names, Names]:
    """Line 1 of IDC until it no longer applies: what is set, and what is still seen."""
    for c in sorted(z):
        below = frozenset((a, b) for a, b in arrows if b not in x and a != c)
        beside = frozenset((a, b) for a, b in joins if a not in x and b not in x)
        if not connected(frozenset({c}), y, x | (z - {c}), v, below, beside):
            return settled(y, x | {c}, z - {c}, v, arrows, joins)
    return x, z


def identifiable(y: Names, x: Names, z: Names, v: Names, arrows: Edges, joins: Edges) -> bool:
    """The verdict of IDC for ``P(y | do(x), z)`` from ``P(v)``."""
    x, z = settled(y, x, z, v, arrows, joins)
    return identified(y | z, x, v, arrows, joins)


def identifiable_from(
    y: Names, x: Names, z: Names, v: Names, arrows: Edges, joins: Edges, settings: Iterable[Names]
) -> bool:
    """The verdict for ``P(y | do(x), z)`` from ``P(everything else | do(setting))`` for all settings."""
    x, z = settled(y, x, z, v, arrows, joins)
    needed = ancestors(y | z, arrows, v - x)
    return all(
        any(
            not setting & part and identified(part, v - setting - part, v - setting, arrows, joins)
            for setting in settings
        )
        for part in districts(needed, joins)
    )
