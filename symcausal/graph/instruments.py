"""Instruments: variables that move a treatment and reach the outcome through it alone.

``Z`` is an instrument for the effect of ``X`` on ``Y`` given ``W`` if, once the arrows out of ``X``
are cut, ``W`` separates it from ``Y``; if it depends on ``X`` given ``W`` all the same; and if ``X``
acts neither on it nor on ``W``. Where effects are linear, the effect is then
``cov(z, y | w) / cov(z, x | w)``; in general an instrument bounds it.

Main definitions
----------------
Instrument : a variable with what has to be observed beside it.
is_instrument : the criterion.
instruments : all instruments, each with its minimal sets.

References
----------
[Pearl2009]_ Definition 7.4.1; [BritoPearl2002]_ for conditional instruments; [vanderZander2015]_ for
the search, and for why a general one is hard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from symcausal.errors import LimitError, UsageError
from symcausal.graph.enumeration import MOST_SETS
from symcausal.graph.graph import Graph, bits
from symcausal.graph.separation import Path, open_path, separated
from symcausal.graph.separators import minimal_separators
from symcausal.record import record

MOST_TRIED = 10


@record
class Instrument:
    """A variable that is an instrument given some others.

    Attributes
    ----------
    variable : str
        The instrument.
    given : tuple of str
        What has to be observed, in declaration order.
    relevance : Path
        An open path from the instrument to the treatment.
    """

    variable: str
    given: tuple[str, ...]
    relevance: Path

    def __str__(self) -> str:
        return " | ".join((self.variable, *[", ".join(self.given)] * bool(self.given)))


def is_instrument(
    graph: Graph, treatment: str, outcome: str, name: str, given: Iterable[str] = ()
) -> bool:
    """Decide whether a variable is an instrument for an effect, given some others.

    Examples
    --------
    >>> encouraged = Graph("ZXYW", ["ZX", "XY", "WZ", "WY"], ["XY"])
    >>> is_instrument(encouraged, "X", "Y", "Z"), is_instrument(encouraged, "X", "Y", "Z", "W")
    (False, True)
    """
    seen = graph.names(graph.mask(given))
    mine = graph.mask((name, *seen))
    barred = graph.descendants_mask(graph.mask((treatment,))) | graph.mask((outcome, *graph.hidden))
    return (
        name not in seen
        and not mine & barred
        and separated(graph, (name,), (outcome,), seen, cut_out_of=(treatment,))
        and not separated(graph, (name,), (treatment,), seen)
    )


def instruments(
    graph: Graph,
    treatment: str,
    outcome: str,
    *,
    forced: Iterable[str] = (),
    forbidden: Iterable[str] = (),
) -> list[Instrument]:
    """Return the instruments for an effect, each with every minimal condition.

    Parameters
    ----------
    graph : Graph
        The graph.
    treatment, outcome : str
        The effect.
    forced, forbidden : iterable of str
        Variables that every set must hold, or may not; a forbidden variable is no instrument either.

    Returns
    -------
    list of Instrument
        Those that need fewest variables first, then in declaration order. A variable may depend on
        the treatment only where more is seen than it takes to separate it. To look for such sets is
        hard in general ([vanderZander2015]_); they are listed if there are no others and at most
        :data:`MOST_TRIED` candidates. :func:`is_instrument` knows all.

    Raises
    ------
    UsageError
        If treatment or outcome are hidden or the same, or a variable is forced that can be in no set.
    LimitError
        If there are more than :data:`~symcausal.graph.enumeration.MOST_SETS`.
    """
    x, y, hidden = graph.mask((treatment,)), graph.mask((outcome,)), graph.mask(graph.hidden)
    if x == y:
        raise UsageError(f"{treatment} as treatment and outcome", expected="two variables")
    for name in graph.names((x | y) & hidden):
        raise UsageError(f"{name} is hidden", expected="an observed treatment and outcome")
    barred = graph.descendants_mask(x) | y | hidden | graph.mask(forbidden)
    kept = graph.mask(forced)
    for name in graph.names(kept & barred):
        raise UsageError(
            f"no set can be forced to hold '{name}'",
            expected="an observed variable that the treatment does not act on",
        )
    without_effect = graph.cut(out_of=(treatment,))
    candidates = (1 << len(graph.nodes)) - 1 & ~(barred | kept)
    found: list[tuple[int, tuple[int, ...], Instrument]] = []
    for i in bits(candidates):
        name, others = graph.nodes[i], candidates & ~(1 << i)
        separating = minimal_separators(without_effect, 1 << i, y, others, kept)
        for mask in _moving(graph, name, treatment, separating, kept) or _larger(
            graph, treatment, outcome, name, others, kept
        ):
            given = graph.names(mask | kept)
            path = open_path(graph, (name,), (treatment,), given)
            if path is not None:
                key = mask.bit_count(), (i, *bits(mask))
                found.append((*key, Instrument(name, given, path)))
    return [one for _, _, one in sorted(found, key=lambda entry: entry[:2])]


def _moving(
    graph: Graph, name: str, treatment: str, separating: Iterator[int], kept: int
) -> list[int]:
    """The sets under which a variable still depends on the treatment."""
    found = []
    for number, mask in enumerate(separating):
        if number == MOST_SETS:
            raise LimitError(
                f"more than {MOST_SETS} sets that separate {name}",
                hint="force or forbid some variables",
            )
        if not separated(graph, (name,), (treatment,), graph.names(mask | kept)):
            found.append(mask)
    return found


def _larger(
    graph: Graph, treatment: str, outcome: str, name: str, others: int, kept: int
) -> list[int]:
    """Minimal sets of all that make a variable an instrument, one by one."""
    found: list[int] = []
    if others.bit_count() > MOST_TRIED:
        return found
    for size in range(others.bit_count() + 1):
        for chosen in combinations(bits(others), size):
            mask = sum(1 << i for i in chosen)
            if any(not smaller & ~mask for smaller in found):
                continue
            if is_instrument(graph, treatment, outcome, name, graph.names(mask | kept)):
                found.append(mask)
    return found
