"""The ``.dsc`` format of Microsoft's MSBN, which bnlearn writes, too.

Main definitions
----------------
read_dsc : text to network.
write_dsc : network to text.

Notation
--------
It is BIF in other words: ``node`` for ``variable``, ``name : value;`` for a property, and a row is
``(0, 1) : numbers;``, where the parents' states are counted from zero. A row alone is without brackets.
"""

from __future__ import annotations

from symcausal.network.formats.assembly import Assembly, Content
from symcausal.network.formats.bif import LINE, LIST, WORD, BifReader
from symcausal.network.formats.export import Export
from symcausal.network.network import Variable
from symcausal.patterns import late

_HEAD = late(r'\s*belief\s+network\b(?:\s*"[^"\n]*"|\s+(?!node\b)[^\s{}"]+)?')
_NAME = late(r'name\s*[:=]\s*"([^"\n]*)"')


def read_dsc(assembly: Assembly) -> Content:
    """Read a DSC file.

    Raises
    ------
    SymcausalError
        With every fault of the file, each with its line and column.
    """
    return _DscReader(assembly).content()


class _DscReader(BifReader):
    format = "DSC"
    block = late(rf"\s*(?:(network)\s*|(node)\s*({WORD})\s*|(probability)\s*\(({LIST})\)\s*)\{{")
    values = late(rf"\s*type\s*:\s*discrete\s*(?:\[\s*(\d+)\s*\])?\s*=\s*\{{({LIST})\}}\s*;?")
    row = late(rf"\s*\(({LIST})\)\s*:\s*([^;{{}}()]*);")
    table = late(r"\s*(default(?=\s*:)|)\s*:?\s*([-+.\d][^;{}():]*);")
    property = rf"\s*((?!type\b|function\b)[A-Za-z_]\w*\s*[:=]{LINE});"
    expected_block = "'node' or 'probability (...)' with its block"
    expected_states = "'type : discrete [n] = { states };' or a property"
    expected_row = "a row '(numbers of states) : numbers;', 'numbers;' or 'default : numbers;'"

    def __init__(self, assembly: Assembly) -> None:
        super().__init__(assembly)
        head = _HEAD.match(self.text)
        self.at = head.end() if head else 0

    def _property(self) -> bool:
        named, passed = _NAME.match(self.text, self._past_gap()), self.passed
        found = super()._property()
        if named is not None:
            self.label, self.passed = named[1] if named[1].isprintable() else "", passed
        return found

    def _place(self, parent: Variable, state: str) -> int | None:
        counted = state.isascii() and state.isdecimal() and len(state) < 5
        if counted and int(state) < len(parent.states):
            return int(state)
        return super()._place(parent, state)


def write_dsc(export: Export) -> str:
    """Write a DSC file; names of variables become identifiers, which that format asks for."""
    export.needs_numbers()
    export.loses(labels=False)
    network = export.network
    names = export.identifiers(network.variables, "variable")
    lines = ['belief network "unknown"']
    for variable in network.variables.values():
        states = ", ".join(f'"{state}"' for state in variable.states)
        lines.append(f"node {names[variable.name]} {{")
        lines.append(f'  name : "{variable.label or variable.name}";')
        lines += [f"  type : discrete [ {len(variable.states)} ] = {{ {states} }};", "}"]
    for name in network.variables:
        parents = network.tables[name].parents
        bar = " | " if parents else ""
        lines.append(f"probability ( {names[name]}{bar}{', '.join(names[p] for p in parents)} ) {{")
        for at, row in export.rows(name):
            places = [
                str(network.variable(p).position(s)) for p, s in zip(parents, at, strict=True)
            ]
            start = f"({', '.join(places)}) : " if parents else ""
            lines.append(f"  {start}{', '.join(row)};")
        lines.append("}")
    return "\n".join(lines) + "\n"
