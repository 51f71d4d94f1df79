"""The reader's own model in numbers, with numbers put for whatever is open in it.

A model with all its numbers is one interpretation. Where entries are open, or parameters are declared,
two random choices say whether values depend on them, and some with small fractions show that they do.

Main definitions
----------------
Filling : a model in numbers, and the numbers that were chosen.
Fillings : those of a setting.
fillings : makes them, once for each setting.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from symcausal.algebra.scalar import Number
from symcausal.expr.nodes import Expr
from symcausal.kernel.core.draws import Draws
from symcausal.kernel.core.interpretation import Interpretation, exact
from symcausal.kernel.core.meaning import meaning
from symcausal.network.network import Network
from symcausal.notes.judging.numbers.givens import entries_known
from symcausal.notes.judging.setting import Setting
from symcausal.record import record

_PRECISION = 2**40
_SEED = 271828
_TRIES = 40
_ENOUGH = 6
_SMALL = tuple(Fraction(n, d) for n, d in ((1, 2), (1, 4), (3, 4), (1, 8), (2, 3), (1, 5)))


@record
class Filling:
    """A model whose open entries were filled with numbers.

    Attributes
    ----------
    at : Interpretation
        In exact fractions; None is a value that is not defined.
    chosen : mapping of str to Fraction
        The numbers put for open entries and for parameters without a given number.
    """

    at: Interpretation[Fraction | None]
    chosen: Mapping[str, Fraction]

    def values(self, expr: Expr, letters: Mapping[str, str]) -> list[Fraction | None]:
        """Return the values of a formula, one for each assignment of its letters, the last fastest."""
        return list(meaning(expr, self.at, letters).values)


@record
class Fillings:
    """The fillings of a setting: its numbers, and numbers chosen for what is open.

    Attributes
    ----------
    first, other : Filling
        Random where something is open; the same filling where nothing is.
    other_entries : Filling
        With the declared parameters of ``first`` and the open entries of ``other``.
    small : tuple of Filling
        With small fractions, all entries positive; the model itself where nothing is open.
    has_open : bool
        Whether some entry is open or some parameter has no number.
    on_notes : bool
        Whether some number was given by the notes on their way.
    at_all : bool
        Whether some number was given beside the tables.
    entries : frozenset of Fraction
        The numbers in the tables.
    """

    first: Filling
    other: Filling
    other_entries: Filling
    small: tuple[Filling, ...]
    has_open: bool
    on_notes: bool
    at_all: bool
    entries: frozenset[Fraction]


def fillings(setting: Setting) -> Fillings | None:
    """Return the numbers of a setting; None where no model is, or hidden causes have no tables."""
    network = setting.network
    if network is None or setting.graph.bidirected:
        return None
    key = tuple(setting.known.items()) if setting.known else ()
    if key not in setting.filled:
        setting.filled.clear()  # notes give numbers as they go on, and never take them back
        setting.filled[key] = _made(network, setting)
    found = setting.filled[key]
    assert isinstance(found, Fillings)
    return found


def _made(network: Network, setting: Setting) -> Fillings:
    told = frozenset(
        e.value for t in network.made.values() for e in t.entries if isinstance(e, Number)
    )
    if network.is_numeric and not network.declared:
        only = Filling(exact(network), {})
        return Fillings(only, only, only, (only,), False, False, False, told)
    known, on_notes = entries_known(network, setting)
    entries = [p.name for p in network.parameters if p.name not in network.declared]
    names = dict.fromkeys((*entries, *network.declared))
    free = [name for name in names if name not in known]
    rng = Draws(_SEED)
    one, two = (
        {name: Fraction(rng.randrange(1, _PRECISION), _PRECISION + 15) for name in free}
        for _ in range(2)
    )
    mixed = {name: (one if name in network.declared else two)[name] for name in free}
    first, other, between = (
        Filling(exact(network, known | chosen), chosen) for chosen in (one, two, mixed)
    )
    small = tuple(_small(network, known, free)) if free else (first,)
    return Fillings(first, other, between, small, bool(free), on_notes, bool(known), told)


def _small(network: Network, known: Mapping[str, Fraction], free: list[str]) -> Iterator[Filling]:
    """Yield fillings with small fractions in which every entry lies between 0 and 1."""
    rng = Draws(_SEED)
    found = 0
    most = max(network.size(name) for name in network.variables)
    for attempt in range(_TRIES):
        less = 1 if attempt % 2 == 0 else most  # the entries of a wide row have to leave a rest
        chosen = {name: _SMALL[rng.randrange(0, len(_SMALL))] / less for name in free}
        at = exact(network, {**known, **chosen})
        entries = (value for _, column in at.columns.values() for value in column)
        if all(value is not None and 0 <= value <= 1 for value in entries):
            yield Filling(at, chosen)
            found += 1
            if found == _ENOUGH:
                return
