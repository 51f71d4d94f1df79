"""The tables of a network as columns of circuit nodes, read in when they are first needed.

Main definitions
----------------
Column : one table: nodes, and what kind of numbers they are.
TableColumns : the columns of a network, and their slices over axes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

from symcausal.algebra.scalar import Number
from symcausal.errors import UsageError
from symcausal.network.network import Network
from symcausal.numbers.evaluate.circuit import CONSTANT, ZERO, Circuit
from symcausal.numbers.evaluate.elimination import AxisFactor


class Column:
    """The entries of one table, flat, with the variable's own states fastest.

    Attributes
    ----------
    nodes : list of int
        The entries as circuit nodes.
    has_zero, is_numeric : bool
        Whether some entry is zero; whether every entry is a number.
    """

    __slots__ = ("has_zero", "is_numeric", "nodes")

    def __init__(self, nodes: list[int], kinds: Sequence[int]) -> None:
        self.nodes = nodes
        self.has_zero = ZERO in nodes
        self.is_numeric = {kinds[node] for node in nodes} == {CONSTANT}


class TableColumns:
    """The tables of a network as columns, read in when they are first needed.

    A *place* says where a variable of a table goes: an axis (zero or more), or a fixed state, whose
    position ``k`` is written ``~k``.
    """

    __slots__ = ("_columns", "_whole", "circuit", "network", "sizes")

    def __init__(self, network: Network, circuit: Circuit) -> None:
        self.network = network
        self.circuit = circuit
        self.sizes = [network.size(name) for name in network.graph.nodes]
        self._columns: dict[int, Column] = {}
        self._whole: dict[int, tuple[list[int], int]] = {}

    def __getitem__(self, variable: int) -> Column:
        column = self._columns.get(variable)
        if column is None:
            column = self._columns[variable] = self._read(variable)
        return column

    def axes(self, variable: int) -> tuple[int, ...]:
        """Return the parents, in the order of the table, and the variable itself."""
        graph = self.network.graph
        table = self.network.tables[graph.nodes[variable]]
        return (*map(graph.index, table.parents), variable)

    def nodes(self, variable: int) -> list[int]:
        """Return the entries of a table as circuit nodes."""
        return self[variable].nodes

    def support(self, variable: int) -> list[int]:
        """Return 1 for each entry of a table that is not zero, else 0."""
        return [int(node != ZERO) for node in self[variable].nodes]

    def integers(self, variable: int) -> tuple[list[int], int]:
        """Return the entries of a table as whole numbers, and their common denominator."""
        found = self._whole.get(variable)
        if found is None:
            entries = self.network.tables[self.network.graph.nodes[variable]].entries
            values = [entry.value for entry in entries if isinstance(entry, Number)]
            if len(values) < len(entries):  # expressions that come to numbers
                parts, constants = self.circuit.parts, self.circuit.constants
                values = [constants[parts[node][0]] for node in self[variable].nodes]
            scale = math.lcm(*(value.denominator for value in values))
            whole = [value.numerator * (scale // value.denominator) for value in values]
            found = self._whole[variable] = (whole, scale)
        return found

    def slice(
        self,
        variable: int,
        values: Sequence[int],
        place: Mapping[int, int],
        sizes: dict[int, int],
    ) -> AxisFactor:
        """Return a table with each of its variables put in its place.

        Raises
        ------
        UsageError
            If one axis stands for two variables with different numbers of states.
        """
        start, stride = 0, 1
        strides: dict[int, int] = {}
        for axis in reversed(self.axes(variable)):
            size, where = self.sizes[axis], place[axis]
            if where < 0:
                start += ~where * stride
            else:
                if sizes.setdefault(where, size) != size:
                    raise UsageError(
                        "one letter stands for values of two variables with different numbers of "
                        f"states, one of them {self.network.graph.nodes[axis]}",
                        hint="use a letter of its own for each variable",
                    )
                strides[where] = strides.get(where, 0) + stride
            stride *= size
        offsets = [start]
        for where, step in strides.items():
            steps = range(0, sizes[where] * step, step)
            offsets = [offset + more for offset in offsets for more in steps]
        return AxisFactor(tuple(strides), [values[offset] for offset in offsets])

    def _read(self, variable: int) -> Column:
        table = self.network.tables[self.network.graph.nodes[variable]]
        nodes = [self.circuit.term(entry) for entry in table.entries]
        return Column(nodes, self.circuit.kinds)


def constants(factors: Sequence[AxisFactor], scale: Fraction, circuit: Circuit) -> list[AxisFactor]:
    """Return factors of whole numbers as factors of constants, the first of them times ``scale``."""
    constant = circuit.constant
    return [
        AxisFactor(f.scope, [constant(Fraction(v) if i else v * scale) for v in f.values])
        for i, f in enumerate(factors)
    ]
