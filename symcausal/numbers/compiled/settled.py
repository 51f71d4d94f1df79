"""Tables that no parameter reaches: worked out once, and the same for every row of data.

Main definitions
----------------
settled_tables : the values of those that others read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from symcausal.numbers.compiled.block import TableBlock
from symcausal.numbers.compiled.contraction import Array
from symcausal.numbers.compiled.line_map import LineMap
from symcausal.numbers.compiled.lines import Lines
from symcausal.numbers.compiled.tape import Tape, reason_of


def settled_tables(
    tape: Tape, needed: Sequence[int], wanted: Iterable[int], line_map: LineMap, *, guarded: bool
) -> tuple[list[int], dict[int, Array]]:
    """Return the tables left to compute for each row of data, and the values of settled ones.

    Parameters
    ----------
    tape : Tape
        The operations.
    needed : sequence of int
        The tables that are needed, in order.
    wanted : iterable of int
        Those of them that are read from outside.
    line_map : LineMap
        What is gathered.
    guarded : bool
        Whether guards look at what they guard.

    Returns
    -------
    list of int
        The tables that are left to work out for each row of data, gathered ones included, and those
        settled ones that they read.
    dict of int to array
        The values of these settled ones.
    """
    settled = dict.fromkeys(line_map.settled)
    for at in needed:
        parts = tape.parts(at, guarded=guarded)
        # Where a denominator is zero is said by whoever computes for rows of data.
        is_plain = reason_of(tape.operations[at]) is None
        if parts and is_plain and all(part in settled for part in parts):
            settled[at] = None
    left = [at for at in needed if at not in settled]
    read = {part for at in left for part in tape.parts(at, guarded=guarded)} | set(wanted)
    kept = [at for at in settled if at in read]
    if not kept:
        return left, {}
    before = {
        at: np.array(values).reshape(*(tape.sizes[axis] for axis in tape.scopes[at]), 1)
        for at, values in line_map.settled.items()
    }
    one = Lines.of_nothing(line_map)
    block = TableBlock(
        tape,
        [at for at in needed if at in settled],
        one,
        settled=before,
        reverse={},
        guarded=guarded,
    )
    block.run()
    return sorted([*left, *kept]), {at: block.tables[at].copy() for at in kept}
