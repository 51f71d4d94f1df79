"""XDSL, the format of GeNIe and SMILE: nodes with general and deterministic tables.

Main definitions
----------------
read_xdsl : text to network.
write_xdsl : network to text.

Notation
--------
Probabilities run through the parents as listed, the last fastest, and through the node's own states
fastest of all. A name that people see (``<name>`` in the extensions) is the variable's label.

Implementation notes
--------------------
aGrUM signs its files and writes them with the first parent fastest, against GeNIe and SMILE. As that may
differ from version to version, a table of two parents is refused there instead of guessed.
"""

from __future__ import annotations

from symcausal.algebra.scalar import ONE, ZERO
from symcausal.errors import ModelError, ParseError
from symcausal.network.formats.assembly import CONTINUOUS, DECISIONS, Assembly, Content
from symcausal.network.formats.export import Export
from symcausal.network.formats.markup import Element, read_markup
from symcausal.network.formats.xmlbif import escaped

_KINDS = ("cpt", "deterministic")
_WRITE_OUT = "change its type to 'general' in GeNIe, which writes the table out"
_HINTS = {
    **dict.fromkeys(("decision", "utility", "mau"), DECISIONS),
    **dict.fromkeys(("equation", "distribution"), CONTINUOUS),
}


def read_xdsl(assembly: Assembly) -> Content:
    """Read an XDSL file.

    Raises
    ------
    SymcausalError
        With every fault of the file, or the first if it is no XML.
    """
    root = read_markup(assembly.source)
    nodes = root.first("nodes")
    if root.tag.lower() != "smile" or nodes is None:
        raise ParseError(f"<{root.tag}>", expected="<smile> with <nodes>", span=root.span)
    labels: dict[str, str] = {}
    _labels(root.first("extensions"), labels)
    known = []
    for node in nodes.children:
        if node.tag not in _KINDS:
            assembly.fault(
                ModelError(
                    f"a node of the kind {node.tag}",
                    expected="cpt or deterministic",
                    hint=_HINTS.get(node.tag, _WRITE_OUT),
                ),
                node.span,
            )
            continue
        name = node.attributes.get("id", "")
        states = [state.attributes.get("id", "") for state in node.all("state")]
        label = labels.get(name, "")
        assembly.variable(name, states, node.span, label="" if label == name else label)
        known.append((name, node))
    if (
        _writer(root) == "symcausal"
    ):  # causes stand first in the file, as SMILE wants; this is our own order
        order = [name for name in labels if name in assembly.variables]
        assembly.variables = {n: assembly.variables[n] for n in (*order, *assembly.variables)}
    turned = _writer(root).startswith("agrum")
    for name, node in known:
        _table(name, node, assembly, turned=turned)
    if not assembly.variables and not assembly.problems:
        assembly.fault(ModelError("no node in the file", expected="a network"), root.span)
    return assembly.content()


def _writer(root: Element) -> str:
    """The program that signed the file, in small letters, or nothing."""
    extensions = root.first("extensions")
    genie = extensions.first("genie") if extensions else None
    return genie.attributes.get("app", "").lower() if genie else ""


def _labels(element: Element | None, labels: dict[str, str]) -> None:
    for child in element.children if element is not None else ():
        if child.tag == "node":
            name = child.first("name")
            if name is not None and name.text.isprintable() and '"' not in name.text:
                labels[child.attributes.get("id", "")] = name.text
        else:
            _labels(child, labels)


def _table(name: str, node: Element, assembly: Assembly, *, turned: bool) -> None:
    listed = node.first("parents")
    family = assembly.family(name, listed.text.split() if listed else [], node.span)
    if family is None:
        return
    if turned and len(family.parents) > 1:
        assembly.fault(
            ModelError(
                f"the table of {name} in a file of aGrUM, whose parents may run in either order",
                expected="one parent at most",
                hint="save the network as BIF or XMLBIF, or use Model.from_pyagrum",
            ),
            node.span,
        )
        return
    if node.tag == "cpt":
        numbers = node.first("probabilities")
        if numbers is not None:
            assembly.table(family, numbers.text.split(), numbers.span)
        return
    results = node.first("resultingstates")
    states = results.text.split() if results else []
    if len(states) != family.height:
        assembly.fault(
            ModelError(f"{len(states)} resulting states of {name}", expected=str(family.height)),
            results.span if results else node.span,
        )
        return
    for index, state in enumerate(states):
        place = assembly.state(family.variable, state, results.span if results else None)
        if place is not None:
            row = tuple(ONE if i == place else ZERO for i in range(family.width))
            assembly.put(family, index, row, node.span)


def write_xdsl(export: Export) -> str:
    """Write an XDSL file; names become identifiers, which that format asks for."""
    export.needs_numbers()
    export.loses(labels=False)
    network = export.network
    names = export.identifiers(network.variables, "variable")
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<smile version="1.0" id="network">']
    lines.append("  <nodes>")
    for name in network.graph.topological():
        variable, parents = network.variable(name), network.tables[name].parents
        states = export.identifiers(variable.states, f"state of {name}") if any(
            not state.replace("_", "a").isalnum() or not state.isascii() for state in variable.states
        ) else {state: state for state in variable.states}  # fmt: skip
        lines.append(f'    <cpt id="{names[name]}">')
        lines += [f'      <state id="{states[state]}" />' for state in variable.states]
        if parents:
            lines.append(f"      <parents>{' '.join(names[p] for p in parents)}</parents>")
        lines.append(f"      <probabilities>{' '.join(export.numbers(name))}</probabilities>")
        lines.append("    </cpt>")
    lines += ["  </nodes>", "  <extensions>"]
    lines.append('    <genie version="1.0" app="symcausal" name="network">')
    for variable in network.variables.values():
        label = variable.label or variable.name
        lines.append(
            f'      <node id="{names[variable.name]}"><name>{escaped(label)}</name></node>'
        )
    return "\n".join([*lines, "    </genie>", "  </extensions>", "</smile>"]) + "\n"
