"""A graph on its way from where notes state it: what it is, and where it stands.

Main definitions
----------------
StatedStretch : a graph and its place, as a reader finds it.
closed : where a formula's delimiter ends.
"""

from __future__ import annotations

from symcausal.graph.graph import Graph
from symcausal.network.network import Network
from symcausal.notes.files.items import FilePart
from symcausal.notes.stated.factorisation import Factorisation
from symcausal.notes.stated.scope import GraphSource
from symcausal.patterns import late
from symcausal.record import record

_CLOSING = late(r"\s*(?:\$\$?|\\\)|\\\])")


@record
class StatedStretch:
    """A graph on its way: what it is, and where."""

    graph: Graph
    source: GraphSource
    part: FilePart
    start: int
    end: int
    factorisation: Factorisation | None = None
    network: Network | None = None
    base: Graph | None = None  # the graph of which code makes it, by adding hidden causes
    until: int | None = None  # where it ends, if it is meant in its item of a list only
    mentioned: bool = False  # the words around it do not assert it: it is in force nowhere
    void: bool = False  # not wholly read: it states nothing, and ends what was stated before


def closed(text: str, end: int) -> int:
    """Return where a formula's delimiter ends."""
    closing = _CLOSING.match(text, end)
    return closing.end() if closing else end
