"""Parameters for table rows that nobody gave numbers for.

A row of ``k`` states has ``k - 1`` parameters, and one entry is ``1 -`` their sum: rows sum to one by
construction, so identities that need it are identities of polynomials.

Main definitions
----------------
symbolic_row : the entries of one open row.
symbolic_table : a whole open table.
parameter_name : the identifier of an entry.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import product

from symcausal.algebra.scalar import ONE, Parameter, Term, minus, plus
from symcausal.network.network import Table, Variable


def parameter_name(variable: str, state: str, parents: Sequence[tuple[str, str]]) -> str:
    """An identifier such as ``theta_G_A_I_high_D_hard``."""
    words = [variable, state, *(word for parent in parents for word in parent)]
    return "theta_" + "_".join(re.sub(r"\W+", "", word) or "x" for word in words)


def symbolic_row(
    variable: Variable, parents: Sequence[tuple[str, str]], *, remainder: int = -1
) -> tuple[Term, ...]:
    """The entries of a row with nothing known: parameters, and one remainder.

    Parameters
    ----------
    variable : Variable
        Whose row it is.
    parents : sequence of (str, str)
        The parents' assignment.
    remainder : int
        Index of the state whose entry is one minus the others; the last by default.
    """
    last = remainder % len(variable.states)
    entries: list[Term] = [
        Parameter(
            parameter_name(variable.name, state, parents), variable.name, state, tuple(parents)
        )
        for state in variable.states
    ]
    entries[last] = plus([ONE, *(minus(e) for i, e in enumerate(entries) if i != last)])
    return tuple(entries)


def symbolic_table(
    variable: Variable,
    parents: Sequence[str],
    variables: Mapping[str, Variable],
    *,
    remainder: int = -1,
) -> Table:
    """A table with nothing known."""
    entries: list[Term] = []
    for states in product(*(variables[parent].states for parent in parents)):
        assignment = list(zip(parents, states, strict=True))
        entries += symbolic_row(variable, assignment, remainder=remainder)
    return Table(variable.name, tuple(parents), tuple(entries))
