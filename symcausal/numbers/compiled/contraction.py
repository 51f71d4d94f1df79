"""Products of two tables with axes summed out, for a whole block of rows in few calls of NumPy.

Rows of data are the last axis of every table. A small product is one ``einsum``, whose innermost
loop runs along the rows. A wide one is a product of matrices for each row, which fewer loads and
stores make several times as fast, once the tables have been turned so that the rows come first.

Main definitions
----------------
Contraction : the shapes of one product, and the faster of both ways.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from string import ascii_letters

import numpy as np
from numpy.typing import NDArray

from symcausal.hints import TypeAlias

try:  # what np.einsum calls after a look at its arguments, which takes as long as a small product
    from numpy._core.multiarray import c_einsum
except ImportError:
    c_einsum = np.einsum

Array: TypeAlias = NDArray[np.float64]
ContractionStep: TypeAlias = Callable[[], object]
AxisScope: TypeAlias = tuple[int, ...]

_WORTH_TURNING, _WORTH_TURNING_ALONE = 200, 1000  # products of a row, among others or alone
# Nanoseconds for a row, roughly: a product in einsum, a matrix, a product in it, an entry turned.
_EINSUM, _MATRIX, _PRODUCT, _TURNED = 0.6, 25.0, 0.1, 0.35


class Contraction:
    """The shapes of the product of two tables with axes summed out.

    Parameters
    ----------
    left, right : tuple of int
        The axes of the factors; ``right`` is ``None`` if there is one only.
    kept : tuple of int
        The axes of the product, all others summed out.
    sizes : mapping of int to int
        How many values each axis runs over.
    """

    __slots__ = (
        "_alone", "_columns", "_formula", "_inner", "_kept", "_left", "_right", "_rows", "_shared",
        "_sizes",
    )  # fmt: skip

    def __init__(
        self, left: AxisScope, right: AxisScope | None, kept: AxisScope, sizes: Mapping[int, int]
    ) -> None:
        self._left, self._right, self._kept, self._sizes = left, right, kept, sizes
        other = right or ()
        axes = dict.fromkeys((*left, *other))
        letters = dict(zip(axes, ascii_letters, strict=False))
        words = ["".join(letters[axis] for axis in scope) + "Z" for scope in (left, other, kept)]
        self._formula = f"{words[0]}->{words[2]}"
        if right is not None:
            self._formula = f"{words[0]},{words[1]}->{words[2]}"
        self._shared = tuple(a for a in kept if a in left and a in other)
        self._rows = tuple(a for a in kept if a not in other)
        self._columns = tuple(a for a in kept if a not in left)
        self._inner = tuple(a for a in left if a in other and a not in kept)
        self._alone = [a for a in axes if a not in kept and a not in self._inner]

    def is_turned(self, rows: int, already: Sequence[bool] = (False, False)) -> bool:
        """Decide whether products of matrices are faster for so many rows of data.

        ``already`` says of each factor whether its rows of data come first as it is.
        """
        if self._right is None or self._alone:
            return False
        products = self._count(tuple({*self._left, *self._right}))
        if products < (_WORTH_TURNING if rows > 1 else _WORTH_TURNING_ALONE):
            return False
        factors = [self._count(scope) for scope in (self._left, self._right)]
        back = sum(count for count, turned in zip(factors, already, strict=True) if turned)
        matrices = self._count(self._shared)
        turning = (sum(factors) + self._count(self._kept)) * _TURNED
        by_matrices = matrices * _MATRIX + products * _PRODUCT + turning
        return by_matrices < products * _EINSUM + back * _TURNED

    def step(self, left: Array, right: Array | None, out: Array) -> ContractionStep:
        """Return the call that computes a product of two tables, rows of data last."""
        if right is None:
            return partial(c_einsum, self._formula, left, out=out)
        if out.shape[-1] == 1 and not self._shared and not self._alone:
            # For a single row a product of matrices costs half of what einsum does.
            first = _matrix(left, self._left, self._rows, self._inner)
            second = _matrix(right, self._right or (), self._inner, self._columns)
            product = _matrix(out, self._kept, self._rows, self._columns)
            if first is not None and second is not None and product is not None:
                return partial(np.dot, first, second, out=product)
        return partial(c_einsum, self._formula, left, right, out=out)

    def turned(self, left: Array, right: Array, rows: int) -> tuple[list[ContractionStep], Array]:
        """Return the calls that compute it as products of matrices, and the place of the product."""
        above, first = self._turn(left, self._left, (self._shared, self._rows, self._inner), rows)
        beside, second = self._turn(
            right, self._right or (), (self._shared, self._inner, self._columns), rows
        )
        shape = [self._count(part) for part in (self._shared, self._rows, self._columns)]
        product = np.empty((rows, *shape))
        order = (*self._shared, *self._rows, *self._columns)
        whole = product.reshape(rows, *(self._sizes[axis] for axis in order))
        back = (*(1 + order.index(axis) for axis in self._kept), 0)
        steps: list[ContractionStep] = [
            above,
            beside,
            partial(np.matmul, first, second, out=product),
        ]
        return steps, whole.transpose(back)

    # -- inside ---------------------------------------------------------------------------------
    def _turn(
        self, table: Array, scope: AxisScope, parts: Sequence[AxisScope], rows: int
    ) -> tuple[ContractionStep, Array]:
        order = [axis for part in parts for axis in part]
        turned = table.transpose(len(scope), *(scope.index(axis) for axis in order))
        matrices = np.empty((rows, *(self._count(part) for part in parts)))
        return partial(np.copyto, matrices.reshape(turned.shape), turned), matrices

    def _count(self, axes: Sequence[int]) -> int:
        return math.prod(self._sizes[axis] for axis in axes)


def _matrix(table: Array, scope: AxisScope, rows: AxisScope, columns: AxisScope) -> Array | None:
    """A table of a single row of data as a matrix, if it is one without being copied."""
    order = [scope.index(axis) for axis in (*rows, *columns)]
    turned = table[..., 0].transpose(order)
    height = math.prod(turned.shape[: len(rows)])
    matrix = turned.reshape(height, turned.size // height)
    return matrix if np.may_share_memory(matrix, table) else None
