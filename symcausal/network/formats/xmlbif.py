"""XMLBIF, version 0.3.

Main definitions
----------------
read_xmlbif : text to network.
write_xmlbif : network to text.

Notation
--------
A table runs through the parents in the order of their ``GIVEN``, the last fastest, and through the
variable's own states fastest of all.
"""

from __future__ import annotations

from symcausal.errors import ModelError, ParseError
from symcausal.network.formats.assembly import DECISIONS, Assembly, Content
from symcausal.network.formats.export import Export
from symcausal.network.formats.markup import Element, read_markup


def read_xmlbif(assembly: Assembly) -> Content:
    """Read an XMLBIF file.

    Raises
    ------
    SymcausalError
        With every fault of the file, or the first if it is no XML.
    """
    root = read_markup(assembly.source)
    if root.tag.lower() != "bif":
        raise ParseError(f"<{root.tag}>", expected="<BIF>", span=root.span)
    network, others = root.first("network") or root, set[str]()
    for element in network.all("variable"):
        kind = element.attributes.get("TYPE", "nature")
        if kind != "nature":
            others.add(_text(element, "name"))
            assembly.fault(
                ModelError(f"a {kind} node", expected="nature alone", hint=DECISIONS), element.span
            )
        states = [outcome.text for outcome in (*element.all("outcome"), *element.all("value"))]
        assembly.variable(_text(element, "name"), states, element.span)
    for element in network.all("definition"):
        if _text(element, "for") not in others:
            _definition(element, assembly)
    if not assembly.variables and not assembly.problems:
        assembly.fault(ModelError("no variable in the file", expected="a network"), root.span)
    return assembly.content()


def _definition(element: Element, assembly: Assembly) -> None:
    names = [child.text for child in element.all("for")]
    if len(names) != 1:
        assembly.fault(
            ModelError(f"a table of {len(names)} variables", expected="one FOR"), element.span
        )
        return
    parents = [child.text for child in element.all("given")]
    family = assembly.family(names[0], parents, element.span)
    table = element.first("table")
    if family is not None and table is not None:
        assembly.table(family, table.text.replace(",", " ").split(), table.span)


def _text(element: Element, tag: str) -> str:
    child = element.first(tag)
    return child.text if child is not None else ""


def write_xmlbif(export: Export) -> str:
    """Write an XMLBIF file."""
    export.needs_numbers()
    export.loses()
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<BIF VERSION="0.3">', "<NETWORK>"]
    lines.append("<NAME>unknown</NAME>")
    for variable in export.network.variables.values():
        lines.append('<VARIABLE TYPE="nature">')
        lines.append(f"  <NAME>{escaped(variable.name)}</NAME>")
        lines += [f"  <OUTCOME>{escaped(state)}</OUTCOME>" for state in variable.states]
        lines.append("</VARIABLE>")
    for name in export.network.variables:
        lines += ["<DEFINITION>", f"  <FOR>{escaped(name)}</FOR>"]
        parents = export.network.tables[name].parents
        lines += [f"  <GIVEN>{escaped(parent)}</GIVEN>" for parent in parents]
        lines.append("  <TABLE>")
        lines += [f"    {' '.join(row)}" for _, row in export.rows(name)]
        lines += ["  </TABLE>", "</DEFINITION>"]
    return "\n".join([*lines, "</NETWORK>", "</BIF>"]) + "\n"


def escaped(text: str) -> str:
    """Text for an element or an attribute."""
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, entity)
    return text
