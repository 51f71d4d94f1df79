r"""BIF, the format of the bnlearn repository and of JavaBayes.

Main definitions
----------------
read_bif : text to network.
write_bif : network to text.

Notation
--------
``table`` runs through the variable's own states slowest and through the last parent's fastest; a line
``(states of the parents) numbers`` is one row. Commas may be left out, as in JavaBayes's files, and so
may the bar before the parents. Words may stand in double quotes.

Implementation notes
--------------------
Each statement is one match of a compiled expression; the numbers of a file are never tokens of their
own. What few files need is compiled when it is met. Where nothing matches, the fault is noted and
reading goes on after the next semicolon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from symcausal.errors import ModelError, ParseError, Span
from symcausal.hints import TYPE_CHECKING
from symcausal.network.formats.assembly import MOST_PROBLEMS, Assembly, Content, Family
from symcausal.network.network import Variable
from symcausal.patterns import late

if TYPE_CHECKING:
    from symcausal.network.formats.export import Export

WORD = r'(?:"[^"\n]*"|[^\s"{}()\[\],;|]+)'
LIST = r'[^(){};"]*(?:"[^"\n]*"[^(){};"]*)*'
LINE = r'[^{};"]*(?:"[^"\n]*"[^{};"]*)*'
_GAP = late(r"\s*")
_WORDS = r'"([^"\n]*)"|([^\s",|]+)|(\|)'
_BLOCK = late(
    rf"\s*(?:(network)\b[^{{}};]*|(variable)\s*({WORD})\s*|(probability)\s*\(({LIST})\)\s*)\{{"
)
_VALUES = late(rf"\s*type\s+discrete\s*(?:\[\s*(\d+)\s*\])?\s*\{{({LIST})\}}\s*;?")
_PROPERTY = rf"\s*property\b({LINE});"
_ROW = late(rf"\s*\(({LIST})\)\s*([^;{{}}()]*);")
_TABLE = late(r"\s*(table|default)\b\s*([^;{}()]*);")
_END = late(r"\s*\}\s*;?")
_BRACE = late(r"\s*\{")
_REST = r"[^;{}]*([;{}]?)"
_COMMENT = r'"[^"\n]*"|//[^\n]*|/\*(?:.*?\*/|.*)'
_PLAIN = r"[A-Za-z_][A-Za-z0-9_]*|[0-9]+"
_NETWORK, _VARIABLE, _NAME, _PROBABILITY, _HEAD = range(1, 6)


def read_bif(assembly: Assembly) -> Content:
    """Read a BIF file.

    Raises
    ------
    SymcausalError
        With every fault of the file, each with its line and column.
    LimitError
        If a table would be too large.
    """
    return BifReader(assembly).content()


def write_bif(export: Export) -> str:
    """Write a BIF file; names that are not plain stand in quotes."""
    from symcausal.network.formats.export import quoted_where_needed  # readers need not wait for it

    export.needs_numbers()
    export.loses()
    network, word = export.network, quoted_where_needed(_PLAIN, _in_quotes)
    lines = ["network unknown {", "}"]
    for variable in network.variables.values():
        states = ", ".join(map(word, variable.states))
        lines.append(f"variable {word(variable.name)} {{")
        lines.append(f"  type discrete [ {len(variable.states)} ] {{ {states} }};")
        lines.append("}")
    for name in network.variables:
        parents = network.tables[name].parents
        bar = " | " if parents else ""
        head = f"{word(name)}{bar}{', '.join(map(word, parents))}"
        lines.append(f"probability ( {head} ) {{")
        for at, row in export.rows(name):
            start = f"({', '.join(map(word, at))})" if parents else "table"
            lines.append(f"  {start} {', '.join(row)};")
        lines.append("}")
    return "\n".join(lines) + "\n"


def _in_quotes(name: str) -> str:
    return f'"{name}"'


class BifReader:
    """One pass over the text; families wait until all variables are known.

    What the language of ``.dsc`` says in other words is in attributes and methods of their own.
    """

    format = "BIF"
    block = _BLOCK
    values = _VALUES
    row = _ROW
    table = _TABLE
    property = _PROPERTY
    expected_block = "'network', 'variable' or 'probability (...)' with its block"
    expected_states = "'type discrete [n] { states };' or a property"
    expected_row = "a row '(states) numbers;', 'table numbers;' or 'default numbers;'"

    def __init__(self, assembly: Assembly) -> None:
        self.source = assembly.source
        self.assembly = assembly
        self.text = self._bare(self.source.text)
        self.at = 0
        self.passed = 0
        self.label = ""
        self.around = 0  # where a brace around the whole file was left open
        self._entries: dict[str, list[str]] = {}

    def content(self) -> Content:
        """Read all blocks: networks and variables first, tables when their names are known."""
        text, later = self.text, list[tuple[re.Match[str], int]]()
        while True:
            self.at = _gap(text, self.at)
            if self.at == len(text):
                break
            block = self.block.match(text, self.at)
            if block is None:
                if self._brace_around() or (self.around and self._property()):
                    continue
                self._lost(self.expected_block)
                self.at += self.text.startswith("}", self.at)
                continue
            self.at = block.end()
            if block[_PROBABILITY] and self._awaits(block):
                later.append((block, self.at))
                self._skip_block()
            elif block[_PROBABILITY]:
                self._probability(block)
            elif block[_VARIABLE]:
                self._variable(block)
            else:
                self._properties_to_end()
        if self.around:
            self._fault(self.around - 1, self.around, "the brace does not end", "'}'")
        for block, start in later:
            self.at = start
            self._probability(block)
        if not self.assembly.variables and not self.assembly.problems:
            self._fault(
                0, min(len(text), 1), "no variable in the file", f"a network in {self.format}"
            )
        if self.passed:
            plural = "property" if self.passed == 1 else "properties"
            self.assembly.notes.append(f"passed over: {self.passed} {plural}")
        return self.assembly.content()

    def _brace_around(self) -> bool:
        """Go past a brace around the whole file, which some programs write, or past its end."""
        brace = (_END if self.around else _BRACE).match(self.text, self.at)
        if brace is not None:
            self.at = brace.end()
            self.around = 0 if self.around else self.at
        return brace is not None

    # -- blocks ---------------------------------------------------------------------------------
    def _variable(self, block: re.Match[str]) -> None:
        name, span = block[_NAME].strip('"'), self._span(*block.span(_NAME))
        values: re.Match[str] | None = None
        before = len(self.assembly.problems)
        for _ in self._statements():
            found = self.values.match(self.text, self.at)
            if found is not None and values is None:
                values, self.at = found, found.end()
            elif not self._property():
                self._lost(self.expected_states)
        if values is None:
            said = len(self.assembly.problems) > before
            self.assembly.variable(name, (), span)
            if said:  # a fault of the block is why there are no states
                self.assembly.problems.pop()
            return
        states = self._names(values[2])
        if values[1] and int(values[1][:9]) != len(states):
            self._fault(
                *values.span(2), f"{len(states)} states of {name}", f"{values[1]}, as announced"
            )
        self.assembly.variable(name, states, span, label="" if self.label == name else self.label)
        self.label = ""

    def _awaits(self, block: re.Match[str]) -> bool:
        known = self.assembly.variables
        return any(name not in known and name != "|" for name in self._names(block[_HEAD]))

    def _probability(self, block: re.Match[str]) -> None:
        names = self._names(block[_HEAD])
        bars = names.count("|")
        span = self._span(*block.span(_HEAD))
        if not names or bars > 1 or (bars and names.index("|") != 1):
            self._fault(*block.span(_HEAD), "this head", "probability ( X | parents )")
            self._skip_block()
            return
        family = self.assembly.family(names[0], [n for n in names[1:] if n != "|"], span)
        if family is None:
            self._skip_block()
            return
        text, assembly = self.text, self.assembly
        for _ in self._statements():
            row = self.row.match(text, self.at)
            if row is not None:
                self.at = row.end()
                index = self._index(family, row)
                if index is not None:
                    texts = self._numbers(row[2])
                    assembly.row(family, index, texts, self._span(*row.span(2)))
                continue
            table = self.table.match(text, self.at)
            if table is not None:
                self.at = table.end()
                self._table(family, table)
            elif not self._property():
                self._lost(self.expected_row)

    def _table(self, family: Family, table: re.Match[str]) -> None:
        texts, span = self._numbers(table[2]), self._span(*table.span(2))
        if table[1] == "default":
            family.default = self.assembly.entries(family, texts, span, None)
            return
        height = family.height
        if len(texts) == height * family.width:  # own states slowest: one column is one row
            texts = [texts[i + k * height] for i in range(height) for k in range(family.width)]
        self.assembly.table(family, texts, span)

    def _index(self, family: Family, row: re.Match[str]) -> int | None:
        states = self._names(row[1])
        if len(states) != len(family.parents):
            parents = ", ".join(p.name for p in family.parents)
            self._fault(
                *row.span(1),
                f"{len(states)} states in a row of {family.variable.name}",
                f"one for each of {parents}" if parents else "none, as it has no parents",
            )
            return None
        index = 0
        for parent, state in zip(family.parents, states, strict=True):
            place = self._place(parent, state)
            if place is None:
                self.assembly.problems[-1].span = self._span(*row.span(1))
                return None
            index = index * len(parent.states) + place
        return index

    def _place(self, parent: Variable, state: str) -> int | None:
        return self.assembly.state(parent, state, None)

    # -- statements -----------------------------------------------------------------------------
    def _statements(self, *, around: bool = False) -> Iterator[None]:
        """Stop at each statement of a block, until its end, or to where it holds other blocks."""
        text = self.text
        while True:
            end = _END.match(text, self.at)
            if end is not None:
                self.at = end.end()
                return
            self.at = _gap(text, self.at)
            inside = self.block.match(text, self.at)
            if around and inside is not None:
                self.around = self.at
                return
            if self.at == len(text) or inside is not None:
                self._fault(self.at, self.at + 1, "the block does not end", "'}'")
                return
            yield

    def _property(self) -> bool:
        found = re.compile(self.property).match(self.text, self.at)
        if found is None:
            return False
        self.at = found.end()
        if not found[1].split("=")[0].strip().startswith("position"):
            self.passed += 1
        return True

    def _properties_to_end(self) -> None:
        for _ in self._statements(around=not self.around):
            if not self._property():
                self._lost("a property or '}'")

    def _skip_block(self) -> None:
        """Go to the end of a block whose statements are all without braces."""
        end = self.text.find("}", self.at)
        self.at = len(self.text) if end < 0 else end + 1
        semicolon = re.compile(r"\s*;").match(self.text, self.at)
        self.at = semicolon.end() if semicolon else self.at

    def _lost(self, expected: str) -> None:
        start = _gap(self.text, self.at)
        rest = re.compile(_REST).match(self.text, start)
        assert rest is not None
        found = " ".join(rest[0].split())
        shown = found if len(found) <= 30 else found[:27] + "..."
        self.assembly.problems.append(
            ParseError(
                f"'{shown}'",
                expected=expected,
                span=self._span(start, max(rest.start(1), start + 1)),
            )
        )
        end = rest.start(1) if rest[1] == "}" else rest.end()
        self.at = max(end, start + (rest[0] != "}"))
        if len(self.assembly.problems) >= MOST_PROBLEMS:  # a text of another kind
            self.assembly.refuse_problems()

    # -- words ----------------------------------------------------------------------------------
    def _names(self, listed: str) -> list[str]:
        if '"' not in listed and "|" not in listed:
            return listed.replace(",", " ").split()
        return [m[1] if m[1] is not None else m[2] or "|" for m in re.finditer(_WORDS, listed)]

    def _numbers(self, listed: str) -> list[str]:
        found = self._entries.get(listed)
        if found is None:
            found = self._entries[listed] = listed.replace(",", " ").split()
        return found

    def _bare(self, text: str) -> str:
        """The text with blanks in place of comments, so that places stay."""
        if "//" not in text and "/*" not in text:
            return text

        def blank(found: re.Match[str]) -> str:
            if found[0].startswith('"'):
                return found[0]
            if found[0].startswith("/*") and (len(found[0]) < 4 or not found[0].endswith("*/")):
                self._fault(found.start(), found.start() + 2, "a comment without an end", "'*/'")
            return re.sub(r"[^\n]", " ", found[0])

        return re.sub(_COMMENT, blank, text, flags=re.DOTALL)

    def _past_gap(self) -> int:
        return _gap(self.text, self.at)

    def _span(self, start: int, end: int) -> Span:
        return Span(self.source, start, end)

    def _fault(self, start: int, end: int, found: str, expected: str) -> None:
        self.assembly.problems.append(
            ModelError(found, expected=expected, span=self._span(start, end))
        )


def _gap(text: str, at: int) -> int:
    found = _GAP.match(text, at)
    assert found is not None
    return found.end()
