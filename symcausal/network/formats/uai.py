"""The format of the UAI competitions: sizes and numbers, without names.

Main definitions
----------------
read_uai : text to network; variables are called ``X0``, ``X1``..., states ``0``, ``1``...
write_uai : network to text.

Notation
--------
A scope lists the parents and then the variable; its table runs through the last of them fastest.
"""

from __future__ import annotations

from symcausal.errors import LimitError, ModelError, ParseError, Span
from symcausal.network.formats.assembly import MOST_STATES, Assembly, Content
from symcausal.network.formats.export import Export
from symcausal.patterns import late

_WORD = late(r"[^\s#]+|#[^\n]*")
_MOST_VARIABLES = 100_000


def read_uai(assembly: Assembly) -> Content:
    """Read a UAI file of the kind ``BAYES``.

    Raises
    ------
    SymcausalError
        At the first fault, since all that follows hangs on it.
    """
    return _UaiReader(assembly).content()


class _UaiReader:
    def __init__(self, assembly: Assembly) -> None:
        self.assembly = assembly
        self.source = source = assembly.source
        self.words = [m for m in _WORD.finditer(source.text) if not m[0].startswith("#")]
        self.at = 0

    def content(self) -> Content:
        """Read header, sizes, scopes and tables in turn."""
        assembly = self.assembly
        kind = self._word("BAYES")
        if kind.upper() != "BAYES":
            hint = "a Markov network has no conditional tables" if kind.upper() == "MARKOV" else ""
            raise ParseError(f"'{kind[:20]}'", expected="BAYES", hint=hint, span=self._span())
        count = self._whole("the number of variables", _MOST_VARIABLES)
        for i in range(count):
            size = self._whole(f"the number of states of X{i}", MOST_STATES)
            assembly.variable(f"X{i}", [str(k) for k in range(size)], self._span())
        tables = self._whole("the number of tables", _MOST_VARIABLES)
        scopes = []
        for _ in range(tables):
            start = self.at
            length = self._whole("the number of variables of a table", count)
            scope = [f"X{self._whole('a variable of a table', count - 1)}" for _ in range(length)]
            if not scope:
                raise ModelError(
                    "a table of no variable", expected="one at least", span=self._span()
                )
            scopes.append((scope, Span(self.source, self.words[start].start(), self._span().end)))
        self._refuse_other_orders(scopes)
        families = [assembly.family(scope[-1], scope[:-1], span) for scope, span in scopes]
        for family in families:
            length = self._whole("the number of entries of a table", 10**9)
            start = self.at
            self.at = min(start + length, len(self.words))
            texts = [word[0] for word in self.words[start : self.at]]
            if self.at == start:
                raise ParseError("a table without numbers", span=self._span())
            span = Span(self.source, self.words[start].start(), self.words[self.at - 1].end())
            if family is not None:
                assembly.table(family, texts, span)
        commented = (
            "#" in self.source.text
        )  # pyAgrum names the variables so, and turns tables round
        if commented and any(family and len(family.parents) > 1 for family in families):
            assembly.notes.append(
                "tables were read with the last parent fastest, as the rules of the format have it; "
                "pyAgrum writes the first parent fastest"
            )
        if self.at < len(self.words):
            self.at += 1
            raise ParseError("more words", expected="the end of the file", span=self._span())
        return assembly.content()

    def _refuse_other_orders(self, scopes: list[tuple[list[str], Span]]) -> None:
        """Refuse tables whose variable does not come last, which no order of the numbers tells."""
        last = [scope[-1] for scope, _ in scopes]
        again = next((i for i, name in enumerate(last) if name in last[:i]), None)
        if again is None:
            return
        scope, span = scopes[again]
        first = [scope[0] for scope, _ in scopes]
        hint = "write each table with its variable after the parents, and its numbers to match"
        if len(set(first)) == len(first):
            hint = f"here each variable comes first: {hint}; pyAgrum does so, and writes .bif, too"
        raise ModelError(
            f"the table of {', '.join(scope)} is the second one whose last variable is {scope[-1]}",
            expected="tables P(X | parents), each over the parents and then X",
            hint=hint,
            span=span,
        )

    def _word(self, expected: str) -> str:
        if self.at == len(self.words):
            end = len(self.source.text)
            raise ParseError(
                "the end of the file", expected=expected, span=Span(self.source, end, end)
            )
        self.at += 1
        return self.words[self.at - 1][0]

    def _whole(self, what: str, most: int) -> int:
        word = self._word(what)
        if not (word.isascii() and word.isdecimal()):
            raise ParseError(f"'{word[:20]}'", expected=what, span=self._span())
        if len(word) > 10 or int(word) > most:
            raise LimitError(f"{what}: {word[:20]}", expected=f"at most {most}", span=self._span())
        return int(word)

    def _span(self) -> Span:
        word = self.words[max(self.at - 1, 0)] if self.words else None
        return Span(self.source, *(word.span() if word else (0, 0)))


def write_uai(export: Export) -> str:
    """Write a UAI file; names and states are lost, as that format has none."""
    export.needs_numbers()
    export.loses()
    network = export.network
    names = list(network.variables)
    if names != [f"X{i}" for i in range(len(names))]:
        export.lost.append("the names of the variables, which are numbered in their order")
    if any(v.states != tuple(map(str, range(len(v.states)))) for v in network.variables.values()):
        export.lost.append("the names of the states, which are numbered in their order")
    place = {name: str(i) for i, name in enumerate(names)}
    lines = ["BAYES", str(len(names)), " ".join(str(network.size(name)) for name in names)]
    lines.append(str(len(names)))
    for name in names:
        scope = [*network.tables[name].parents, name]
        lines.append(" ".join([str(len(scope)), *(place[n] for n in scope)]))
    for name in names:
        lines += ["", str(len(network.tables[name].entries))]
        lines += [" " + " ".join(row) for _, row in export.rows(name)]
    return "\n".join(lines) + "\n"
