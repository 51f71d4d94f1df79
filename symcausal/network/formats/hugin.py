"""The ``.net`` format of Hugin.

Main definitions
----------------
read_hugin : text to network.
write_hugin : network to text.

Notation
--------
Data run through the parents as listed, the last fastest, and through the node's own states fastest of
all; brackets show the nesting and say nothing else.
"""

from __future__ import annotations

import re

from symcausal.errors import ModelError, ParseError, Span
from symcausal.network.formats.assembly import (
    CONTINUOUS,
    DECISIONS,
    MOST_PROBLEMS,
    Assembly,
    Content,
)
from symcausal.network.formats.export import Export
from symcausal.patterns import late

_COMMENT = late(r'"[^"\n]*"|%[^\n]*')
_LIST = r'[^(){};"]*(?:"[^"\n]*"[^(){};"]*)*'
_BLOCK = late(
    rf"\s*(?:(net|class)\b[^{{}};]*|([a-z_]+\s+)?(node)\s+([^\s{{}}();\"]+)\s*"
    rf"|(potential)\s*\(({_LIST})\)\s*|(decision|utility)\s+[^{{}};]*)\{{"
)
_FIELD = late(r'\s*([A-Za-z_]\w*)\s*=([^;{}"]*(?:"[^"]{0,5000}"[^;{}"]*)*);')
_END = late(r"\s*\}\s*;?")
_REST = late(r"[^;{}]*([;{}]?)")
_ITEM = late(r'"([^"]{0,5000})"|([^\s"()]+)')  # Netica breaks long labels over lines
_GAP = late(r"\s*")
_DATA = late(r"[\s()0-9.eE+,-]*")
_KIND, _NODE, _NAME, _POTENTIAL, _HEAD, _OTHER = 2, 3, 4, 5, 6, 7


def read_hugin(assembly: Assembly) -> Content:
    """Read a Hugin file.

    Raises
    ------
    SymcausalError
        With every fault of the file, each with its line and column.
    """
    return _HuginReader(assembly).content()


class _HuginReader:
    def __init__(self, assembly: Assembly) -> None:
        self.source = source = assembly.source
        self.assembly = assembly
        self.text = _COMMENT.sub(
            lambda m: m[0] if m[0].startswith('"') else " " * len(m[0]), source.text
        )
        self.at = 0

    def content(self) -> Content:
        """Read all blocks, then the tables."""
        later = []
        while not self._at_end():
            block = _BLOCK.match(self.text, self.at)
            if block is None:
                self._lost("'net', 'node' or 'potential (...)' with its block")
                continue
            self.at = block.end()
            fields = self._fields()
            span = Span(self.source, block.start(), block.end())
            if block[_POTENTIAL]:
                later.append((block, fields))
            elif block[_OTHER] or (block[_KIND] or "discrete").strip() != "discrete":
                kind = (block[_OTHER] or block[_KIND]).strip()
                hint = CONTINUOUS if kind == "continuous" else DECISIONS
                self.assembly.fault(
                    ModelError(f"a {kind} node", expected="discrete nodes", hint=hint), span
                )
            elif block[_NODE]:
                self._node(block, fields)
        for block, fields in later:
            self._potential(block, fields)
        if not self.assembly.variables and not self.assembly.problems:
            span = Span(self.source, 0, 1)
            self.assembly.fault(ModelError("no node in the file", expected="a network"), span)
        return self.assembly.content()

    def _fields(self) -> dict[str, re.Match[str]]:
        found: dict[str, re.Match[str]] = {}
        while True:
            field = _FIELD.match(self.text, self.at)
            if field is not None:
                self.at = field.end()
                found[field[1]] = field
                continue
            end = _END.match(self.text, self.at)
            if end is not None:
                self.at = end.end()
                return found
            if self._at_end():
                span = Span(self.source, self.at, self.at)
                self.assembly.fault(ParseError("the block does not end", expected="'}'"), span)
                return found
            self._lost("'name = value;' or '}'")

    def _node(self, block: re.Match[str], fields: dict[str, re.Match[str]]) -> None:
        span, states = Span(self.source, *block.span(_NAME)), fields.get("states")
        named = _ITEM.findall(states[2]) if states else []
        label = _ITEM.search(fields["label"][2]) if "label" in fields else None
        shown = " ".join((label[1] or "").split()) if label else ""
        name = block[_NAME]
        label_text = "" if shown == name or not shown.isprintable() else shown
        names = [" ".join(a.split()) if "\n" in a else a or b for a, b in named]
        self.assembly.variable(name, names, span, label=label_text)

    def _potential(self, block: re.Match[str], fields: dict[str, re.Match[str]]) -> None:
        span = Span(self.source, *block.span(_HEAD))
        left, bar, right = block[_HEAD].partition("|")
        if len(left.split()) != 1:
            self.assembly.fault(ModelError("this head", expected="potential ( X | parents )"), span)
            return
        family = self.assembly.family(left.strip(), right.split() if bar else [], span)
        data = fields.get("data")
        if family is None:
            return
        if data is None:
            if fields:
                found = ", ".join(fields)
                error = ModelError(f"a table by {found}", expected="data = (...);")
                self.assembly.fault(error, span)
            return
        where = Span(self.source, *data.span(2))
        if not _DATA.fullmatch(data[2]):
            bad = next(w for w in _ITEM.finditer(data[2]) if not _DATA.fullmatch(w[0]))
            start = data.start(2) + bad.start()
            self.assembly.fault(
                ModelError(f"'{bad[0][:20]}'", expected="a number"),
                Span(self.source, start, start + len(bad[0])),
            )
            return
        if data[2].count("(") != data[2].count(")"):
            self.assembly.fault(ParseError("brackets that do not match"), where)
            return
        texts = re.sub(r"[(),]", " ", data[2]).split()
        self.assembly.table(family, texts, where)

    def _at_end(self) -> bool:
        """Whether only blanks are left; goes past them."""
        gap = _GAP.match(self.text, self.at)
        assert gap is not None
        self.at = gap.end()
        return self.at == len(self.text)

    def _lost(self, expected: str) -> None:
        self._at_end()
        start = self.at
        rest = _REST.match(self.text, start)
        assert rest is not None
        words = " ".join(self.text[start : rest.start(1)][:200].split()) or rest[1]
        shown = words if len(words) <= 30 else words[:27] + "..."
        span = Span(self.source, start, max(rest.start(1), start + 1))
        self.assembly.problems.append(ParseError(f"'{shown}'", expected=expected, span=span))
        self.at = max(rest.end(), start + 1)
        if len(self.assembly.problems) >= MOST_PROBLEMS:
            self.assembly.refuse_problems()


def write_hugin(export: Export) -> str:
    """Write a Hugin file; names become identifiers, which that format asks for."""
    export.needs_numbers()
    export.loses(labels=False)
    network = export.network
    names = export.identifiers(network.variables, "variable")
    lines = ["net", "{", "}"]
    for variable in network.variables.values():
        states = " ".join(f'"{state}"' for state in variable.states)
        lines += [f"node {names[variable.name]}", "{", f"  states = ({states});"]
        lines += [f'  label = "{variable.label or variable.name}";', "}"]
    for name in network.variables:
        table = network.tables[name]
        bar = " | " if table.parents else ""
        head = f"{names[name]}{bar}{' '.join(names[p] for p in table.parents)}"
        rows = [f"({' '.join(row)})" for _, row in export.rows(name)]
        for parent in reversed(table.parents):
            size = network.size(parent)
            rows = [
                "(" + "\n          ".join(rows[i : i + size]) + ")"
                for i in range(0, len(rows), size)
            ]
        lines += [f"potential ( {head} )", "{", f"  data = {rows[0]};", "}"]
    return "\n".join(lines) + "\n"
