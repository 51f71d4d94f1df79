"""Numbers for the parameters of a network, many rows at once."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from symcausal.algebra.scalar import Indeterminate
from symcausal.network.network import Network


def random_columns(network: Network, rows: int, seed: int) -> dict[str, np.ndarray]:
    """A column for each symbol, of rows of tables drawn at random."""
    rng, found = np.random.default_rng(seed), {}
    for name in network.tables:
        for _, row in network.rows(name):
            drawn = rng.dirichlet(np.ones(len(row)), rows).T
            for entry, column in zip(row, drawn, strict=True):
                if isinstance(entry, Indeterminate):
                    found[entry.name] = column
    return found


def repeated(values: dict[str, Fraction], rows: int) -> dict[str, np.ndarray]:
    """Every number as a column of equal numbers."""
    return {name: np.full(rows, float(value)) for name, value in values.items()}
