r"""The graph after surgery that an independence is claimed in: ``G_{\overline{X}\underline{Z}}``.

Main definitions
----------------
WrittenSurgery : the arrows that are taken away, as notes name them.
surgery_of : reads the name of a graph.
graph_named_near : finds one in the words beside an independence: *in the graph* ``G_{\overline{X}}``.
"""

from __future__ import annotations

import re

from symcausal.errors import ParseError, Source, Span
from symcausal.graph.graph import Graph
from symcausal.patterns import late
from symcausal.reading.event_reader import items
from symcausal.reading.lexer import tokenise
from symcausal.reading.nearby import reach_after, reach_before
from symcausal.reading.parser import parse
from symcausal.reading.reader import Reader
from symcausal.reading.vocabulary import Guess, Vocabulary
from symcausal.record import record

NEAR = 120  # characters
_BRACED = r"\{([^{}]*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}[^{}]*)*)\}"
_OVER = late(r"\\(?:overline|bar|widebar)(?![A-Za-z])\s*(?:" + _BRACED + r"|\s*(\\?\w))")
_UNDER = late(r"\\(?:underline|underbar)(?![A-Za-z])\s*(?:" + _BRACED + r"|\s*(\\?\w))")
_PLAIN = late(r"[{}\s\\_]|mathcal|mathrm|mathbf|text|[GPMDpdg]|sep|tilde|hat")
_SPARED = late(r"\s*(.+?)\s*\(\s*(.+?)\s*\)\s*\Z", re.DOTALL)
_GRAPH = (
    r"\\?(?:mathcal|mathrm|mathbf|text)?\s*\{?\s*[A-Z]\s*\}?'?\s*_\s*"
    r"(?:" + _BRACED + r"|\\\w+\s*\{?\w\}?)"
)
_INK = r"(?:[\s$~]|\\[()\[\],;:! ]|\\q?quad|\\text\s*\{|\\mbox\s*\{|[(){}])*"
_AFTER = late(
    rf"{_INK}(?:(?:holds?|is true|hold true)\s+)?(?:in|within|on)\s+(?:the\s+)?"
    rf"(?:[a-z-]+\s+){{0,2}}{_INK}(?P<graph>{_GRAPH})"
)
_BEFORE = late(
    rf"(?:\b(?:in|within|on)\s+(?:the\s+)?(?:[a-z-]+\s+){{0,2}}{_INK}(?P<graph>{_GRAPH})"
    rf"{_INK},?\s*(?:[a-z]+\s+){{0,4}}{_INK})\Z",
    re.IGNORECASE,
)


@record
class WrittenSurgery:
    """What is cut out of a graph.

    Attributes
    ----------
    into, out_of : tuple of str
        The arrows into the first and those out of the second are taken away.
    spared : tuple of (tuple of str, tuple of str)
        ``Z(W)``: the arrows into those of ``Z`` that are no ancestors of ``W`` once the arrows into
        ``into`` are cut.
    """

    into: tuple[str, ...] = ()
    out_of: tuple[str, ...] = ()
    spared: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.into or self.out_of or self.spared)

    def cuts(self, graph: Graph) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the variables whose incoming, and those whose outgoing arrows are cut in a graph."""
        into = self.into
        cut = graph.cut(into=self.into)
        for some, others in self.spared:
            above = cut.ancestors(others)
            into += tuple(name for name in some if name not in above)
        return tuple(dict.fromkeys(into)), self.out_of


AS_IT_IS = WrittenSurgery()


def surgery_of(source: Source, start: int, end: int, names: Vocabulary | Guess) -> WrittenSurgery:
    """Read the subscript of a graph, the characters from ``start`` to ``end``.

    Raises
    ------
    SymcausalError
        If it names no surgery, or a variable that does not exist.
    """
    text = source.text
    into: list[str] = []
    spared: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    for first, last in _inside(_OVER, text, start, end):
        match = _SPARED.match(text[first:last])
        if match:
            parts = [
                _names(source, first + match.start(i), first + match.end(i), names) for i in (1, 2)
            ]
            spared.append((parts[0], parts[1]))
        else:
            into += _names(source, first, last, names)
    out_of = [
        name
        for first, last in _inside(_UNDER, text, start, end)
        for name in _names(source, first, last, names)
    ]
    rest = _PLAIN.sub("", _UNDER.sub("", _OVER.sub("", text[start:end])))
    if rest.strip(",;"):
        raise ParseError(
            f"the graph '{text[start:end]}'",
            expected=r"a graph such as G_{\overline{X}\underline{Z}}",
            span=Span(source, start, end),
        )
    return WrittenSurgery(tuple(dict.fromkeys(into)), tuple(dict.fromkeys(out_of)), tuple(spared))


def graph_named_near(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the place where words beside a passage name the graph that it speaks of."""
    found = _AFTER.match(text, end, reach_after(text, end, NEAR)) or _BEFORE.search(
        text, reach_before(text, start, NEAR), start
    )
    return found.span("graph") if found else None


def _inside(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = pattern.finditer(text, start, end)
    return [match.span(1 if match.group(1) is not None else 2) for match in found]


def _names(source: Source, start: int, end: int, names: Vocabulary | Guess) -> tuple[str, ...]:
    span = Span(source, start, end)
    spelling = names if isinstance(names, Vocabulary) else None
    tokens = tokenise(span, spelling, events=True)
    part = parse("assignments", tokens, span)
    reader = Reader(source, names, tokens)
    found = [reader.event(item, frozenset()).variable for item in items(part)]
    return tuple(dict.fromkeys(found))
