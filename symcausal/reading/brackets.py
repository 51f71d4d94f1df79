"""Brackets of the lexer: what is open, what closes it, and what its inside is.

Main definitions
----------------
Brackets : the tokens so far and the stack of open frames.
closing_braces : where each brace of a text closes.

Implementation notes
--------------------
Braces are matched first. A brace then either means nothing (a font, a group inside an event), or it
opens a frame on the same stack as the other brackets, so that what is left open is known and deep
nesting is refused before any recursion. A frame also says whether its inside is arithmetic or
events, which decides what a bare group and a split word mean.
"""

from __future__ import annotations

import re

from symcausal.errors import LimitError, ParseError, Source, Span
from symcausal.patterns import late
from symcausal.reading.tokens import Name, Spelling, Token

MAX_DEPTH = 64
MAX_NAME = 300

_BRACKET_AHEAD = late(
    r"(?:[\s}]|\\left(?![a-z])|\\[bB]igg?l?(?![a-z])|\\[!,;: ]){0,20}"
    r"(?:[(\[]|\\\{|\{\s*(?:\\left\s*)?[(\[])"
)
_BRACE = late(r"\\.|[{}]", re.DOTALL)
_BRACE_OR_QUOTED = late(r"\\.|[{}]|\"[^\"]*\"?", re.DOTALL)
_SET = late(r"\\.", re.DOTALL)
_OPENERS = {"(": ")", "[": "]", "{": "}", "\\{": "\\}"}
_TAKES_EVENTS = frozenset({"PROB", "DO"})


class Frame:
    """An open bracket or brace: where, what closes it, and what its inside is."""

    __slots__ = ("closer", "events", "kind", "position", "then", "token")

    def __init__(
        self, position: int, closer: str, kind: str, events: bool, token: int, then: str = ""
    ) -> None:
        self.position = position
        self.closer = closer
        self.kind = kind
        self.events = events
        self.token = token
        self.then = then


class Brackets:
    """Emit tokens and keep the brackets in order."""

    def __init__(
        self,
        span: Span,
        spelling: Spelling | None,
        events: bool,
        model: bool,
        commas: bool = False,
    ) -> None:
        self.source: Source = span.source
        self.text = span.source.text
        self.start, self.end = span.start, span.end
        self.spelling = spelling
        self.events = events
        self.model = model
        self.commas = commas
        self.tokens: list[Token] = []
        self.stack: list[Frame] = []
        self.jumps: dict[int, int] = {}
        self.limits: list[tuple[int, int]] = []  # of sums, that stand before the index
        self.integrals: set[int] = set()  # how many brackets are open around one
        self.gaps: list[tuple[int, int, int]] = []
        self.is_tex: bool | None = None
        self.accented: dict[tuple[str, str], int] = {}  # the primes of letters under accents
        self.close_of = self._match_braces()
        self._sets: dict[int, int] | None = None

    @property
    def _in_events(self) -> bool:
        return self.stack[-1].events if self.stack else self.events

    def _open(self, i: int, end: int, character: str, kind: str, then: str = "") -> None:
        before = self.tokens[-1].kind if self.tokens else ""
        if kind == "PAREN":
            events = self._takes_events or self._in_events
            if before == "EXPECT":
                events = False
        else:
            events = kind in ("INDEX", "MARK")
        name = "LPAR" if kind == "PAREN" else "GOPEN"
        self._emit(name, character, i, end)
        self._push(Frame(end - 1, _OPENERS[character], kind, events, len(self.tokens) - 1, then))

    @property
    def _takes_events(self) -> bool:
        """Whether the next bracket is that of a probability or of an action."""
        before = self.tokens[-1].kind if self.tokens else ""
        return before in _TAKES_EVENTS or (before == "GCLOSE" and self._pending_probability)

    @property
    def _pending_probability(self) -> bool:
        opener = self.tokens[self.tokens[-1].inside]
        return opener.inside >= 0 and self.tokens[opener.inside].kind == "PROB"

    def _push(self, frame: Frame) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise LimitError(
                f"brackets nested {MAX_DEPTH} deep",
                expected="a shallower formula",
                span=Span(self.source, frame.position, frame.position + 1),
            )
        self.stack.append(frame)

    def _close(self, i: int, end: int, character: str) -> int:
        if not self.stack:
            raise self._error(f"'{character}'", i, expected=f"a '{_opener(character)}' before it")
        frame = self.stack[-1]
        if frame.closer != character:
            raise self._left_open(frame, i)
        self.stack.pop()
        kind = "RPAR" if frame.kind == "PAREN" else "GCLOSE"
        self._emit(kind, character, i, end, inside=frame.token)
        return end

    def _left_open(self, frame: Frame, i: int) -> ParseError:
        opener = self.text[frame.position]
        line, column = self.source.position(frame.position)
        here, _ = self.source.position(i)
        place = f"column {column}" if here == line else f"line {line}, column {column}"
        found = f"'{self.text[i]}'" if i < self.end else "the end"
        return ParseError(
            found,
            expected=f"'{frame.closer}'",
            hint=f"the '{opener}' opened at {place} is not closed",
            span=Span(self.source, i, i + 1)
            if i < self.end
            else Span(self.source, frame.position, frame.position + 1),
        )

    def _match_braces(self) -> dict[int, int]:
        if self.text.find("{", self.start, self.end) < 0:
            return {}
        return closing_braces(self.text, self.start, self.end, quotes=self.model)

    def _set_closing(self, i: int) -> int:
        r"""Return the place where the ``\{`` at ``i`` closes; -1 if it never does."""
        if self._sets is None:
            self._sets = {}
            opened: list[int] = []
            for sign in _SET.finditer(self.text, self.start, self.end):
                if sign.group() == r"\{":
                    opened.append(sign.start())
                elif sign.group() == r"\}" and opened:
                    self._sets[opened.pop()] = sign.start()
        return self._sets.get(i, -1)

    def _closing(self, i: int) -> int:
        """Return the place where the brace at ``i`` closes."""
        if i not in self.close_of:
            raise self._left_open(Frame(i, "}", "", False, -1), self.end)
        return self.close_of[i]

    def _pass_over(self, i: int) -> int:
        """Pass over the brace at ``i`` and its partner: neither becomes a token."""
        close = self._closing(i)
        self.jumps[close] = close + 1
        return i + 1

    # -- small things ---------------------------------------------------------------------------
    def _emit(
        self,
        kind: str,
        text: str,
        start: int,
        end: int,
        *,
        inside: int = -2,
        name: Name | None = None,
    ) -> None:
        around = self.stack[-1].token if self.stack else -1
        last = self.tokens[-1].kind if self.tokens else ""
        if kind == "INDEP" and last == "INDEP":
            return
        token = Token(kind, text, start, end, inside=around if inside == -2 else inside, name=name)
        self.tokens.append(token)

    def _emit_name(self, name: Name, start: int, end: int) -> None:
        if end - start > MAX_NAME:
            raise LimitError(
                f"a name of {end - start} characters",
                expected=f"at most {MAX_NAME}",
                span=Span(self.source, start, start + 1),
            )
        self._emit("NAME", name.text, start, end, name=name)

    def _blank(self, i: int) -> int:
        while i < self.end and (self.text[i].isspace() or self.text[i] == "~"):
            i += 1
        return i

    def _bracket_at(self, i: int) -> bool:
        sign = self.text[i] if i < self.end else ""
        if sign and sign in "([":  # as nearly always: the pattern takes milliseconds to compile
            return True
        if not sign.isspace() and sign not in "\\{}":
            return False
        return _BRACKET_AHEAD.match(self.text, i, self.end) is not None

    def _shown(self, i: int) -> str:
        return f"'{self.text[i]}'" if i < self.end else "the end"

    def _error(
        self, found: str, start: int, end: int | None = None, *, expected: str = "", hint: str = ""
    ) -> ParseError:
        span = Span(self.source, start, start + 1 if end is None else end)
        return ParseError(found, expected=expected, hint=hint, span=span)


def _opener(closer: str) -> str:
    return {")": "(", "]": "[", "}": "{", "\\}": "\\{"}[closer]


def closing_braces(
    text: str, start: int = 0, end: int | None = None, *, quotes: bool = False
) -> dict[int, int]:
    r"""Return the offset at which each brace of a stretch closes; ``\{`` is none.

    Parameters
    ----------
    text : str
        The text.
    start, end : int
        The stretch; all of it if not given.
    quotes : bool
        Whether braces between double quotes are none, either.

    Examples
    --------
    >>> closing_braces(r"\frac{a{b}}{c}")
    {7: 9, 5: 10, 11: 13}
    """
    pairs: dict[int, int] = {}
    opened: list[int] = []
    pattern = _BRACE_OR_QUOTED if quotes else _BRACE
    for match in pattern.finditer(text, start, len(text) if end is None else end):
        if match.group() == "{":
            opened.append(match.start())
        elif match.group() == "}" and opened:
            pairs[opened.pop()] = match.start()
    return pairs
