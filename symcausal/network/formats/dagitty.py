"""The text of dagitty: ``dag { X -> Y; X <-> Z; U [latent] }``.

Main definitions
----------------
read_dagitty : text to network with open tables.
write_dagitty : the graph of a network to text.

References
----------
[Textor2016]_ for the program.
"""

from __future__ import annotations

from symcausal.errors import ModelError
from symcausal.network.formats.arrows import read_arrows
from symcausal.network.formats.assembly import Assembly, Content, listed
from symcausal.network.formats.export import Export, quoted_where_needed

_HIDDEN = ("latent", "l", "unobserved", "u")
_ROLES = {
    "exposure": "exposure", "e": "exposure", "outcome": "outcome", "o": "outcome",
    "adjusted": "adjusted", "a": "adjusted", "adjustednode": "adjusted",
    "selected": "selected", "s": "selected",
}  # fmt: skip


def read_dagitty(assembly: Assembly) -> Content:
    """Read a directed graph in dagitty's text; places in the drawing are passed over.

    Raises
    ------
    ParseError
        At the first sign that does not fit.
    ModelError
        If the graph is not directed and acyclic, or is of another kind (pdag, mag, pag).
    """
    picture = read_arrows(assembly.source)
    if picture.kind != "dag":
        assembly.fault(
            ModelError(
                f"a graph of the kind {picture.kind}",
                expected="dag",
                hint="the other kinds stand for several causal graphs, not for one",
            ),
            picture.kind_span,
        )
        assembly.refuse_problems()
    roles: dict[str, list[str]] = {}
    for name, span in picture.names.items():
        assembly.variable(name, ("0", "1"), span)
        for key in picture.attributes.get(name, {}):
            if key in _HIDDEN:
                assembly.hidden.append(name)
            elif key in _ROLES:
                roles.setdefault(_ROLES[key], []).append(name)
    for arrow in picture.arrows:
        assembly.arrow(arrow.left, arrow.sign, arrow.right, arrow.span)
    assembly.notes += [f"passed over: {role} {listed(names)}" for role, names in roles.items()]
    return assembly.graph_content()


def write_dagitty(export: Export) -> str:
    """Write the graph as dagitty reads it."""
    export.loses(hidden=False, tables=True)
    graph = export.network.graph
    word = quoted_where_needed(r"[A-Za-z][A-Za-z0-9_.]*", lambda name: f'"{name}"')
    lines = ["dag {"]
    lines += [f"{word(n)}{' [latent]' if n in graph.hidden else ''}" for n in graph.nodes]
    lines += [f"{word(a)} -> {word(b)}" for a, b in graph.directed]
    lines += [f"{word(a)} <-> {word(b)}" for a, b in graph.bidirected]
    return "\n".join([*lines, "}"]) + "\n"
