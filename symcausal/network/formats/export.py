"""What every writer needs: rows as printed numbers, names that fit, and a list of what is lost.

Main definitions
----------------
Export : a network on its way into a format; ``lost`` says in words what the format does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from symcausal.algebra.scalar import Number
from symcausal.errors import ModelError
from symcausal.network.formats.assembly import listed
from symcausal.network.formats.printed import printed
from symcausal.network.network import DEFAULT_STATES, Network
from symcausal.patterns import late

_PLAIN = late(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)


class Export:
    """A network on its way into a format.

    Parameters
    ----------
    network : Network
        What is written.
    title : str
        What messages call the format.
    """

    __slots__ = ("_rounded", "lost", "network", "title")

    def __init__(self, network: Network, title: str) -> None:
        self.network = network
        self.title = title
        self.lost: list[str] = []
        self._rounded = 0

    def needs_numbers(self) -> None:
        """Refuse what a file of plain tables has no place for.

        Raises
        ------
        ModelError
            If the network has hidden common causes, or entries that are no numbers.
        """
        network = self.network
        if network.graph.bidirected:
            pairs = [f"{a} <-> {b}" for a, b in network.graph.bidirected]
            raise ModelError(
                f"{self.title} cannot hold hidden common causes: {listed(pairs)}",
                hint="the formats model, dagitty, dot and gml can",
            )
        for name in network.variables:
            for entry in network.tables[name].entries:
                if not isinstance(entry, Number):
                    raise ModelError(
                        f"{self.title} cannot hold symbols, and the table of {name} has some",
                        expected="a number in every entry",
                        hint="the format model can; dagitty, dot and gml hold the graph alone",
                    )

    def loses(self, *, labels: bool = True, hidden: bool = True, tables: bool = False) -> None:
        """Note what of labels, aliases, hidden variables, states and tables is lost."""
        network = self.network
        variables = network.variables.values()
        self._lose("labels of", (v.name for v in variables if labels and v.label))
        monotone = (f"{cause} -> {effect}" for cause, effect in network.graph.monotone)
        self._lose("what is monotone:", monotone)
        self._lose("aliases of", (v.name for v in variables if v.aliases))
        if hidden:
            self._lose(
                "what is hidden:", (n for n in network.graph.nodes if n in network.graph.hidden)
            )
        if tables:
            self._lose("states of", (v.name for v in variables if v.states != DEFAULT_STATES))
            if not network.is_open:
                self.lost.append("the tables")

    def _lose(self, what: str, names: Iterable[str]) -> None:
        names = list(names)
        if names:
            self.lost.append(f"{what} {listed(names)}")

    def rows(self, name: str) -> Iterator[tuple[tuple[str, ...], list[str]]]:
        """The rows of a table: the parents' states, and the numbers as they are printed."""
        for states, entries in self.network.rows(name):
            texts = []
            for entry in entries:
                assert isinstance(entry, Number)
                text, whole = printed(entry.value)
                self._rounded += not whole
                texts.append(text)
            yield states, texts

    def numbers(self, name: str) -> list[str]:
        """All numbers of a table, row after row."""
        return [text for _, row in self.rows(name) for text in row]

    def finish(self) -> None:
        """Note how many numbers have no finite decimal."""
        if self._rounded:
            self.lost.append(
                f"{self._rounded} number{'s' if self._rounded > 1 else ''} without a finite decimal,"
                " written to 17 figures"
            )

    def identifiers(self, names: Iterable[str], what: str) -> dict[str, str]:
        """Names made of letters, digits and underscores for all names, each once."""
        found: dict[str, str] = {}
        names = list(names)
        kept = {name for name in names if _PLAIN.fullmatch(name)}
        for name in names:
            new = name
            if name not in kept:
                base = re.sub(r"[^A-Za-z0-9_]", "_", name)
                base = base if _PLAIN.fullmatch(base) else "x" + base
                new, copy = base, 2
                while new in kept:
                    new, copy = f"{base}_{copy}", copy + 1
                kept.add(new)
                self.lost.append(f"the {what} '{name}' is written as {new}")
            found[name] = new
        return found


def quoted_where_needed(plain: str, quote: Callable[[str], str]) -> Callable[[str], str]:
    """A function that puts a name in quotes unless it is plain."""
    pattern = re.compile(plain, re.ASCII)
    return lambda name: name if pattern.fullmatch(name) else quote(name)
