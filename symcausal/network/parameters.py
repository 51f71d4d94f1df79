"""Parameters for table rows that nobody gave numbers for.

A row of ``k`` states has ``k - 1`` parameters, and one entry is ``1 -`` their sum: rows sum to one by
construction, so identities that need it are identities of polynomials. That entry is the last, and of a
yes/no variable the *no*.

Main definitions
----------------
remainder_of : the state whose entry is one minus the others.
symbolic_row : the entries of one open row.
symbolic_table : a whole open table.
told_apart : tables in which no two parameters share a name or look the same in print.
parameter_name : the identifier of an entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import product

from symcausal.algebra.scalar import ONE, Indeterminate, Plus, Term, minus, parameters, replaced
from symcausal.network.network import Table, Variable


def parameter_name(variable: str, state: str, parents: Sequence[tuple[str, str]]) -> str:
    """Return an identifier such as ``theta_G_A_I_high_D_hard``.

    Examples
    --------
    >>> parameter_name("G", "A", [("I", "high")])
    'theta_G_A_I_high'
    """
    return f"theta_{_spoken(variable)}_{_spoken(state)}{_ending(parents)}"


def _ending(parents: Sequence[tuple[str, str]]) -> str:
    """Return the ending of the names of a row's entries."""
    return "".join([f"_{_spoken(word)}" for parent in parents for word in parent])


@lru_cache(maxsize=1 << 14)  # each state of a parent stands in many names
def _spoken(word: str) -> str:
    """A word with its signs in letters, so that -1 and 1, or 1.0 and 10, keep different names."""
    spelled = re.sub(r"^-", "minus", re.sub(r"^\+", "plus", word)).replace(".", "p")
    return re.sub(r"\W+", "", spelled) or "x"


# Who names states so speaks of the first word of a pair. The states 0 and 1 are names by default, which
# nobody chose, and stand in their order like those of any other variable.
_YES_AND_NO = (("yes", "no"), ("y", "n"), ("true", "false"), ("t", "f"))


def remainder_of(variable: Variable) -> int:
    """Return the index of the state whose entry is one minus the others.

    Examples
    --------
    >>> [remainder_of(Variable("A", states)) for states in (("no", "yes"), ("yes", "no"), ("0", "1"))]
    [0, 1, 1]
    """
    backward = tuple(state.lower() for state in variable.states[::-1])
    return 0 if backward in _YES_AND_NO else len(variable.states) - 1


def symbolic_row(
    variable: Variable, parents: Sequence[tuple[str, str]], *, remainder: int | None = None
) -> tuple[Term, ...]:
    """Return a row of which nothing is known: parameters, and one remainder.

    Parameters
    ----------
    variable : Variable
        Whose row it is.
    parents : sequence of (str, str)
        The parents' assignment.
    remainder : int, optional
        Index of the state whose entry is one minus the others; see :func:`remainder_of`.
    """
    last = remainder_of(variable) if remainder is None else remainder % len(variable.states)
    assignment = tuple(parents)
    # Wide tables have rows by the ten thousand: the parents are spelled once for each.
    head = f"theta_{_spoken(variable.name)}_"
    tail = _ending(assignment)
    entries: list[Term] = [
        Indeterminate(f"{head}{_spoken(state)}{tail}", variable.name, state, assignment, False)
        if i != last
        else ONE
        for i, state in enumerate(variable.states)
    ]
    if len(entries) > 1:
        others = entries[:last] + entries[last + 1 :]
        entries[last] = Plus((ONE, *map(minus, others)))
    return tuple(entries)


def symbolic_table(
    variable: Variable,
    parents: Sequence[str],
    variables: Mapping[str, Variable],
    *,
    remainder: int | None = None,
) -> Table:
    """Return a table of which nothing is known."""
    entries: list[Term] = []
    for states in product(*(variables[parent].states for parent in parents)):
        assignment = list(zip(parents, states, strict=True))
        entries += symbolic_row(variable, assignment, remainder=remainder)
    return Table(variable.name, tuple(parents), tuple(entries))


def told_apart(tables: Mapping[str, Table], taken: Iterable[str] = ()) -> dict[str, Table]:
    """Return tables in which no two parameters share a name or look the same in print.

    A name that is taken gets a number. Where two variables would print an entry by the same states,
    all entries of both are printed with their variables.

    Parameters
    ----------
    tables : mapping of str to Table
        The tables of a network.
    taken : iterable of str
        Names that the model uses for something else.
    """
    # A remainder repeats the parameters of its row: told by identity, these need no comparison.
    met = {
        id(p): p
        for t in tables.values()
        for e in t.entries
        for p in ((e,) if isinstance(e, Indeterminate) else parameters(e))
        if p.variable
    }
    own = dict.fromkeys(met.values())
    looks: dict[object, set[str]] = {}
    for entry in own:
        looks.setdefault(_look(entry), set()).add(entry.variable)
    alike = {name for owners in looks.values() if len(owners) > 1 for name in owners}
    used = set(taken)
    changed: dict[Indeterminate, Term] = {}
    for entry in own:
        name, copy = entry.name, 2
        while name in used:
            name, copy = f"{entry.name}_{copy}", copy + 1
        used.add(name)
        spelled_out = entry.variable in alike
        if name != entry.name or spelled_out != entry.spelled_out:
            changed[entry] = Indeterminate(
                name, entry.variable, entry.state, entry.parents, spelled_out
            )
    if not changed:
        return dict(tables)
    return {
        name: t
        if t.mechanism is not None
        else Table(name, t.parents, tuple(replaced(entry, changed) for entry in t.entries))
        for name, t in tables.items()
    }


def _look(entry: Indeterminate) -> tuple[str, ...]:
    return (entry.state, *(state for _, state in entry.parents))
