"""Every way in which symcausal says no.

One class per kind of failure, with :class:`SymcausalError` at the root and the closest built-in
exception as a second base, so that a caller may catch either. A message has three parts: what was
found, what was expected, what to try. Where the failure stands in a text, the error carries a
:class:`Span` and its string shows the line with a caret under it.

Main definitions
----------------
Source, Span : a text with a name, and a stretch of it.
SymcausalError : the root, with fields ``found``, ``expected``, ``hint``, ``span``.
nearest : the names that a misspelt one may have meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from symcausal.controls import escaped, in_a_line

LISTED_WHEN_FEWER_THAN = 8
_SHOWN_LINE = 100


class Source:
    """A text and the name that messages call it by (a path, ``query``, ``model``)."""

    __slots__ = ("_starts", "name", "text")

    def __init__(self, text: str, name: str = "query") -> None:
        self.text = text
        self.name = name
        self._starts: list[int] | None = None

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both counted from one."""
        if self._starts is None:
            self._starts = [0, *(i + 1 for i, c in enumerate(self.text) if c == "\n")]
        from bisect import bisect_right  # where there is an error to place

        line = bisect_right(self._starts, offset) - 1
        return line + 1, offset - self._starts[line] + 1

    def line(self, number: int) -> str:
        """The text of a line, counted from one, without its end."""
        self.position(0)
        assert self._starts is not None
        start = self._starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start : len(self.text) if end < 0 else end]


class Span:
    """The characters ``start`` up to ``end`` of a source."""

    __slots__ = ("end", "source", "start")

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.start = max(0, min(start, len(source.text)))
        self.end = max(self.start, min(end, len(source.text)))

    @property
    def line(self) -> int:
        """Line of the first character, from one."""
        return self.source.position(self.start)[0]

    @property
    def column(self) -> int:
        """Column of the first character, from one."""
        return self.source.position(self.start)[1]

    @property
    def where(self) -> str:
        """``name:line:column``, which editors can jump to."""
        line, column = self.source.position(self.start)
        return f"{in_a_line(self.source.name)}:{line}:{column}"

    def picture(self) -> str:
        """The line with carets under the span; a long line is shown around the span only."""
        line, column = self.source.position(self.start)
        text = self.source.line(line).replace("\t", " ").rstrip("\r")
        left = max(0, column - 1 - _SHOWN_LINE // 2) if len(text) > _SHOWN_LINE else 0
        shown = text[left : left + _SHOWN_LINE]
        start = column - 1 - left
        under = shown[start : start + self.end - self.start]
        before = ("..." if left else "") + escaped(shown[:start])
        after = escaped(shown[start:]) + ("..." if left + _SHOWN_LINE < len(text) else "")
        return f"  | {before}{after}\n  | {' ' * len(before)}{'^' * max(1, len(escaped(under)))}"


class SymcausalError(Exception):
    """Say what was found, what was expected and what to try.

    Parameters
    ----------
    found : str
        What stands there.
    expected : str
        What should have stood there; empty if that is plain from ``found``.
    hint : str
        What to try next.
    span : Span or None
        Where it stands, if in a text.
    """

    code = "SC000"

    def __init__(
        self, found: str, *, expected: str = "", hint: str = "", span: Span | None = None
    ) -> None:
        super().__init__(found)
        self.found = found
        self.expected = expected
        self.hint = hint
        self.span = span

    @property
    def message(self) -> str:
        """The sentence without the place and the picture."""
        return self.found + (f"; expected {self.expected}" if self.expected else "")

    def __str__(self) -> str:
        place = f"{self.span.where}: " if self.span else ""
        lines = [f"{place}error[{self.code}] {self.message}"]
        if self.span:
            lines.append(self.span.picture())
        if self.hint:
            lines.append(f"  = {self.hint}")
        return "\n".join(lines)


class ParseError(SymcausalError, ValueError):
    """Refuse a text that the grammar does not read."""

    code = "SC001"


class UnknownVariableError(SymcausalError, KeyError):
    """Refuse a name that is no variable here."""

    code = "SC002"
    __str__ = SymcausalError.__str__


class UnknownStateError(SymcausalError, KeyError):
    """Refuse a value that is no state of its variable."""

    code = "SC003"
    __str__ = SymcausalError.__str__


class ModelError(SymcausalError, ValueError):
    """Refuse a model whose parts do not fit: a row, a sum, a table.

    ``problems`` holds every fault that was found, each an error of its own.
    """

    code = "SC004"

    def __init__(
        self,
        found: str,
        *,
        expected: str = "",
        hint: str = "",
        span: Span | None = None,
        problems: Sequence[SymcausalError] = (),
    ) -> None:
        super().__init__(found, expected=expected, hint=hint, span=span)
        self.problems = tuple(problems) or (self,)

    def __str__(self) -> str:
        if len(self.problems) > 1:
            return "\n".join(str(problem) for problem in self.problems)
        return super().__str__()


class CyclicGraphError(ModelError):
    """Refuse arrows that run in a circle; ``cycle`` lists its variables in order."""

    code = "SC005"

    def __init__(self, cycle: Sequence[str], *, span: Span | None = None) -> None:
        self.cycle = tuple(cycle)
        circle = " -> ".join((*self.cycle, self.cycle[0]))
        super().__init__(
            f"the arrows run in a circle: {circle}",
            expected="a graph without directed cycles",
            hint="turn or drop one of these arrows",
            span=span,
        )


class NotIdentifiableError(SymcausalError, ValueError):
    """Say that the data cannot settle a causal query; ``hedge`` is the proof."""

    code = "SC006"

    def __init__(self, found: str, *, hedge: object = None, hint: str = "") -> None:
        super().__init__(found, hint=hint)
        self.hedge = hedge


class ImpossibleEventError(SymcausalError, ZeroDivisionError):
    """Say that a condition has probability zero; ``event`` names it."""

    code = "SC007"

    def __init__(self, event: str, *, hint: str = "", span: Span | None = None) -> None:
        self.event = event
        super().__init__(
            f"the condition {event} has probability zero, so nothing is defined given it",
            hint=hint,
            span=span,
        )


class MissingParameterError(SymcausalError, KeyError):
    """Say which parameters still need a number; ``names`` lists them."""

    code = "SC008"
    __str__ = SymcausalError.__str__

    def __init__(self, names: Sequence[str], *, hint: str = "") -> None:
        self.names = tuple(names)
        shown = ", ".join(self.names[:LISTED_WHEN_FEWER_THAN])
        more = len(self.names) - LISTED_WHEN_FEWER_THAN
        super().__init__(
            f"no number for {shown}" + (f" and {more} more" if more > 0 else ""), hint=hint
        )


class ParameterRangeError(SymcausalError, ValueError):
    """Refuse numbers outside [0, 1] or rows that no longer sum to one; ``rows`` lists them."""

    code = "SC009"

    def __init__(self, found: str, *, rows: Sequence[str] = (), hint: str = "") -> None:
        super().__init__(found, hint=hint)
        self.rows = tuple(rows)


class LimitError(SymcausalError, RuntimeError):
    """Stop before time or memory is gone, naming the budget or the size."""

    code = "SC010"


class UsageError(SymcausalError, ValueError):
    """Refuse a question that makes no sense as asked (a do on an unknown format, X adjusted for X)."""

    code = "SC011"


class UnprintableError(SymcausalError, TypeError):
    """Refuse to print a thing of a class that has no LaTeX."""

    code = "SC014"


class VerificationError(SymcausalError, RuntimeError):
    """Withhold a result that the kernel does not confirm; it is a defect of the library."""

    code = "SC012"

    def __init__(self, found: str) -> None:
        super().__init__(found, hint="this is a defect of symcausal: please report the question")


class InternalError(SymcausalError, RuntimeError):
    """Say that something went wrong which nobody foresaw; ``detail`` is what a report needs."""

    code = "SC013"

    def __init__(self, detail: str) -> None:
        self.detail = detail
        super().__init__(f"internal error, please report ({detail})")


def nearest(name: str, known: Iterable[str]) -> str:
    """Say which known names a misspelt one may have meant.

    Parameters
    ----------
    name : str
        What was written.
    known : iterable of str
        What could have been written.

    Returns
    -------
    str
        ``did you mean 'D'?``, followed by the whole list where it has fewer than eight names;
        empty if nothing is close and the list is long.
    """
    names = list(dict.fromkeys(known))
    close = close_to(name, names)
    parts = []
    if close:
        parts.append("did you mean " + " or ".join(f"'{n}'" for n in close) + "?")
    if 0 < len(names) < LISTED_WHEN_FEWER_THAN:
        parts.append("known: " + ", ".join(names))
    return " ".join(parts)


def close_to(name: str, known: Iterable[str]) -> list[str]:
    """The one or two known names that are nearest to a misspelt one; none if all are far."""
    import difflib  # only failures pay for it

    names = list(dict.fromkeys(known))
    folded = {n.casefold(): n for n in reversed(names)}
    close = [folded[name.casefold()]] if name.casefold() in folded else []
    close += [n for n in difflib.get_close_matches(name, names, n=3, cutoff=0.6) if n not in close]
    return close[:2]
