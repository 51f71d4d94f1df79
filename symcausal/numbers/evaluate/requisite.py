"""Which tables a conditional probability needs, by the Bayes ball.

Main definitions
----------------
requisite : the tables that ``P(targets | evidence)`` is made of.
closure : what is reached along parents (or children) inside some set.

References
----------
[Shachter1998]_ for the Bayes ball and requisite probability nodes.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcausal.graph.graph import bits


def requisite(targets: int, evidence: int, parents: Sequence[int], children: Sequence[int]) -> int:
    """Return the variables whose tables bear on ``P(targets | evidence)``.

    Parameters
    ----------
    targets, evidence : int
        Bit masks of disjoint sets of variables.
    parents, children : sequence of int
        For each variable the mask of its parents and of its children.

    Returns
    -------
    int
        Mask of the requisite tables. What else depends on neither or cancels where the evidence
        has positive probability.

    Examples
    --------
    In the chain A -> B -> C, ``P(C | B)`` takes the table of C alone, ``P(A | C)`` all three:

    >>> parents, children = (0b000, 0b001, 0b010), (0b010, 0b100, 0b000)
    >>> bin(requisite(0b100, 0b010, parents, children)), bin(requisite(0b001, 0b100, parents, children))
    ('0b100', '0b111')
    """
    top = bottom = 0  # variables that the ball has left upwards, and downwards
    from_child, from_parent = targets, 0
    while from_child or from_parent:
        through = from_child & ~evidence
        up = (through | from_parent & evidence) & ~top
        down = (through | from_parent & ~evidence) & ~bottom
        top |= up
        bottom |= down
        from_child = from_parent = 0
        for node in bits(up):
            from_child |= parents[node]
        for node in bits(down):
            from_parent |= children[node]
    return top


def closure(start: int, steps: Sequence[int], *, inside: int) -> int:
    """Return everything in ``inside`` that is reached from ``start`` along steps inside it."""
    reached = frontier = start & inside
    while frontier:
        grown = 0
        for node in bits(frontier):
            grown |= steps[node]
        frontier = grown & inside & ~reached
        reached |= frontier
    return reached
