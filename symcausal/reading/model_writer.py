"""From a model back to text that reads as the same model.

Main definitions
----------------
write_model : the text of a model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from symcausal.algebra.scalar import Number, Term
from symcausal.errors import ModelError
from symcausal.network.network import DEFAULT_STATES, Network, Table, Variable
from symcausal.patterns import late
from symcausal.reading.model_language import ModelText
from symcausal.reading.model_rows import is_open, undeclared
from symcausal.reading.statements import KEYWORDS
from symcausal.writing.terms import decimal
from symcausal.writing.text import text

_BARE = late(r"[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*")
_NUMERAL = late(r"-?\d{1,20}(\.\d{1,20})?", re.ASCII)


def write_model(model: ModelText) -> str:
    """Write a model, a statement a line.

    Open rows are left out, so that they are open again when the text is read.

    Raises
    ------
    ModelError
        If a name holds a quote or a line break, which the language cannot write.
    """
    network = model.network
    mechanisms = [table for table in network.made.values() if table.mechanism is not None]
    following = _following(network, mechanisms) if mechanisms else frozenset()
    lines = [_declaration(v, v.name in following) for v in network.variables.values()]
    lines += _edges(network)
    lines += map(_mechanism, mechanisms)
    if not model.causal:
        lines.append("not causal")
    rows = list(_rows(network))
    extra = dict.fromkeys(name for row in rows for name in undeclared(row[1], network.declared))
    numbers = [*network.declared, *extra]
    if numbers:
        lines.append(f"parameters {', '.join(map(_quoted, numbers))} in (0, 1)")
    lines += [f"{head} = {', '.join(map(_entry, row))}" for head, row in rows]
    lines += ["given " + " ".join(chain.text.split()) for chain in model.given]
    if model.decimal_comma:
        lines.append("decimal comma")
    if model.notation:
        lines.append(f"notation {model.notation}")
    return "".join(line + "\n" for line in lines)


def _following(network: Network, mechanisms: Iterable[Table]) -> frozenset[str]:
    """The variables whose states follow from their mechanisms."""
    from symcausal.reading.mechanism_tables import following_states  # few models have one

    states = network.states
    return frozenset(
        table.variable
        for table in mechanisms
        if following_states(table, states) == states[table.variable]
    )


def _mechanism(table: Table) -> str:
    from symcausal.network.mechanism import WORDS, written_mechanism

    def spelt(name: str) -> str:
        return f'"{_raw(name)}"' if name in WORDS else _quoted(name)

    assert table.mechanism is not None
    return f"{_quoted(table.variable)} := {written_mechanism(table.mechanism, spelt)}"


def _declaration(variable: Variable, follows: bool) -> str:
    line = _quoted(variable.name)
    if variable.label:
        line += f' "{_raw(variable.label)}"'
    if variable.aliases:
        line += " alias " + ", ".join(map(_quoted, variable.aliases))
    if variable.states != DEFAULT_STATES and not follows:
        line += ": " + _states(variable.states)
    return line


def _states(states: tuple[str, ...]) -> str:
    if states == tuple(map(str, range(len(states)))):
        return str(len(states))
    if len(states) == 1:
        return f'"{_raw(states[0])}"'
    return ", ".join(map(_state, states))


def _edges(network: Network) -> Iterator[str]:
    graph = network.graph
    for name in graph.nodes:
        parents = graph.parents(name)
        told = name not in network.unmade and network.tables[name].mechanism is not None
        if parents and not told:
            yield f"{', '.join(map(_quoted, parents))} -> {_quoted(name)}"
    for cause, effect in graph.monotone:
        yield f"monotone {_quoted(cause)} -> {_quoted(effect)}"
    for left, right in graph.bidirected:
        yield f"{_quoted(left)} <-> {_quoted(right)}"
    hidden = [name for name in graph.nodes if name in graph.hidden]
    if hidden:
        yield f"hidden {', '.join(map(_quoted, hidden))}"


def _rows(network: Network) -> Iterator[tuple[str, tuple[Term, ...]]]:
    for name, variable in network.variables.items():
        if name in network.unmade:
            continue
        parents = network.tables[name].parents
        if network.tables[name].mechanism is not None:
            continue
        for states, row in network.rows(name):
            assignment = tuple(zip(parents, states, strict=True))
            if not is_open(row, variable, assignment):
                given = ", ".join(f"{_quoted(p)}={_state(s)}" for p, s in assignment)
                yield f"P({_quoted(name)}{' | ' if given else ''}{given})", row


def _entry(entry: Term) -> str:
    return decimal(entry.value) if isinstance(entry, Number) else text(entry)


def _state(name: str) -> str:
    return name if _NUMERAL.fullmatch(name) else _quoted(name)


def _quoted(name: str) -> str:
    return name if _BARE.fullmatch(name) and name not in KEYWORDS else f'"{_raw(name)}"'


def _raw(name: str) -> str:
    if '"' in name or "\n" in name:
        raise ModelError(
            f"the name {name!r}",
            expected="a name without quotes and line breaks",
            hint="rename it before writing the model as text",
        )
    return name
