r"""The author's own commands, which are written out.

Main definitions
----------------
Macros : the commands that hold at some place.
expand : a formula with the macros written out, and where each character comes from.

Implementation notes
--------------------
Bodies are substituted as TeX does it, token by token from the left, by a stack of texts instead of
recursion. All work is counted, so a macro that doubles itself ends in an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from symcausal.errors import LimitError, Span
from symcausal.notes.files.definitions import (
    BRACE,
    DEFINES,
    DEFINITION,
    HOLE,
    MAX_BODY,
    UNREAD,
    Macro,
    closing_brace,
    optional_argument,
    past_space,
    read_definition,
)
from symcausal.patterns import late

MAX_EXPANDED = 100_000
_MAX_WORK = 100_000  # besides ten times the length of the formula
_MAX_FAILURES = 20
_SIZED = late(r"\s*(?:\*|\[\s*\\[bB]igg?[lrm]?\s*\])")
_PIECE = late(r"\\(?:[A-Za-z@]+|.)|%[^\n]*|[^\\%]+|\\$", re.DOTALL)
_ENDS_IN_COMMAND = late(r"\\[A-Za-z@]+$")


class Macros(dict[str, Macro]):
    """The macros that hold at some place of a file.

    All places of a file count together how many formulas had macros without an end, so that a file
    full of them does not take as many times the work of one.
    """

    __slots__ = ("failures",)

    def __init__(self, known: Mapping[str, Macro] | None = None) -> None:
        super().__init__(known or {})
        self.failures: list[int] = known.failures if isinstance(known, Macros) else [0]

    def with_macro(self, macro: Macro) -> Macros:
        """Return these macros and one more."""
        more = Macros(self)
        more[macro.name] = macro
        return more


def expand(
    text: str, macros: Mapping[str, Macro], *, span: Span | None = None
) -> tuple[str, Sequence[int]]:
    """Return a text with the author's macros written out.

    Definitions inside the text hold from there on, and vanish.

    Parameters
    ----------
    text : str
        A formula.
    macros : mapping of str to Macro
        By name, with the backslash.
    span : Span or None
        Where the formula stands, for messages.

    Returns
    -------
    tuple of str and sequence of int
        The text, and for each of its characters the character of the given text that it comes from:
        of an argument its own place, of a body the place of the command.

    Raises
    ------
    LimitError
        If the result is longer than ``MAX_EXPANDED``, or the macros never end.
    """
    known = dict(macros)
    if not _touched(text, known):
        return text, range(len(text))
    failures = macros.failures if isinstance(macros, Macros) else [0]
    expansion = _Expansion(text, known, span)
    if failures[0] >= _MAX_FAILURES:
        raise expansion.too_long()
    try:
        return expansion.run()
    except LimitError:
        failures[0] += 1
        raise


def _touched(text: str, macros: Mapping[str, Macro]) -> bool:
    if re.search(DEFINES, text):
        return True
    return bool(macros) and any(m.group() in macros for m in _PIECE.finditer(text))


class _Expansion:
    """Texts still to be read, the innermost last, and what has been written."""

    def __init__(self, text: str, macros: dict[str, Macro], span: Span | None) -> None:
        self.macros = macros
        self.span = span
        self.rest: list[tuple[str, Sequence[int], int]] = [(text, range(len(text)), 0)]
        self.written: list[str] = []
        self.offsets: list[int] = []
        self.work = _MAX_WORK + 10 * len(text)

    def run(self) -> tuple[str, list[int]]:
        while self.rest:
            text, places, at = self.rest.pop()
            if at < len(text):
                self._step(text, places, at)
        return "".join(self.written), self.offsets

    def _step(self, text: str, places: Sequence[int], at: int) -> None:
        piece = _PIECE.match(text, at)
        end = piece.end() if piece else at + 1
        word = text[at:end]
        if word in self.macros:
            self._spend(20)
            macro = self.macros[word]
            called = self._call(macro, text, places, end)
            if called is None and macro.delimiters:
                self.rest.append((text, places, end))
                self.rest.append(self._filled(UNREAD, [], places[at]))
                return
            if called:
                body, origins, tail, tail_places, tail_at = called
                self.rest.append((tail, tail_places, tail_at))
                self.rest.append(self._filled(body, origins, places[at]))
                return
        elif word[:1] == "\\" and DEFINITION.match(text, at):
            self._spend(min(len(text) - at, MAX_BODY))
            defined = read_definition(text, at, len(text))
            if defined:
                self.macros[defined[0].name] = defined[0]
                self.rest.append((text, places, defined[1]))
                return
        self._write(word, places[at:end])
        self.rest.append((text, places, end))

    def _write(self, word: str, places: Sequence[int]) -> None:
        self._spend(len(word))
        last = self.written[-1] if self.written else ""
        if word[:1].isalpha() and _ENDS_IN_COMMAND.match(last):
            self.written.append(" ")  # \alpha and x meet: \alpha x
            self.offsets.append(places[0])
        self.written.append(word)
        self.offsets.extend(places)
        if len(self.offsets) > MAX_EXPANDED:
            raise self.too_long()

    def _call(
        self, macro: Macro, text: str, places: Sequence[int], at: int
    ) -> tuple[str, list[tuple[str, Sequence[int]]], str, Sequence[int], int] | None:
        """The body, the arguments and the rest of the text; None where an argument is missing."""
        outside = list(self.rest)
        while True:
            taken = self._arguments(macro, text, places, at)
            if taken is not None:
                return macro.body, taken[0], text, places, taken[1]
            if not self.rest:
                self.rest = outside
                return None
            # the arguments of a command at the end of a body stand after the call
            outer, outer_places, outer_at = self.rest.pop()
            text = text[at:] + outer[outer_at:]
            places = [*places[at:], *outer_places[outer_at:]]
            self._spend(len(text))
            at = 0

    def _arguments(
        self, macro: Macro, text: str, places: Sequence[int], at: int
    ) -> tuple[list[tuple[str, Sequence[int]]], int] | None:
        if macro.sized:
            size = _SIZED.match(text, at)
            at = size.end() if size else at
        if macro.delimiters:
            return self._delimited(macro, text, places, at)
        found: list[tuple[str, Sequence[int]]] = []
        defaults = macro.defaults or (macro.default, *[None] * macro.arguments)
        for default in defaults[: macro.arguments]:
            one = (
                self._plain_argument(text, places, at)
                if default is None
                else self._optional_argument(default, text, places, at)
            )
            if one is None:
                return None
            found.append(one[0])
            at = one[1]
        return found, at

    def _optional_argument(
        self, default: str, text: str, places: Sequence[int], at: int
    ) -> tuple[tuple[str, Sequence[int]], int]:
        optional = optional_argument(text, at, len(text))
        if optional is None:
            return (default, [places[at - 1] if at else 0] * len(default)), at
        start = optional[1] - 1 - len(optional[0])
        return (optional[0], places[start : optional[1] - 1]), optional[1]

    def _plain_argument(
        self, text: str, places: Sequence[int], at: int
    ) -> tuple[tuple[str, Sequence[int]], int] | None:
        """The argument at a place: what braces hold, or one command or sign."""
        at = past_space(text, at, len(text))
        if at >= len(text):
            return None
        if text[at] == "{":
            close = closing_brace(text, at, len(text))
            self._spend((close if close >= 0 else len(text)) - at)
            return (
                None if close < 0 else ((text[at + 1 : close], places[at + 1 : close]), close + 1)
            )
        piece = _PIECE.match(text, at)
        end = piece.end() if piece and text[at] == "\\" else at + 1
        return (text[at:end], places[at:end]), end

    def _delimited(
        self, macro: Macro, text: str, places: Sequence[int], at: int
    ) -> tuple[list[tuple[str, Sequence[int]]], int] | None:
        """The arguments of a macro that signs delimit; what braces hold hides no sign."""
        found: list[tuple[str, Sequence[int]]] = []
        before, *behind = macro.delimiters
        at = past_space(text, at, len(text))  # TeX skips it behind a word
        if not text.startswith(before, at):
            return None
        at += len(before)
        for delimiter in behind:
            if not delimiter:
                one = self._plain_argument(text, places, at)
                if one is None:
                    return None
                found.append(one[0])
                at = one[1]
                continue
            stop = _outside_braces(text, delimiter, at)
            self._spend((stop if stop >= 0 else len(text)) - at + 1)
            if stop < 0:
                return None
            first, last = at, stop
            if text[first : first + 1] == "{" and closing_brace(text, first, last) == last - 1:
                first, last = first + 1, last - 1
            found.append((text[first:last], places[first:last]))
            at = stop + len(delimiter)
        return found, at

    def _filled(
        self, body: str, arguments: list[tuple[str, Sequence[int]]], place: int
    ) -> tuple[str, list[int], int]:
        texts: list[str] = []
        places: list[int] = []
        at = 0
        for hole in HOLE.finditer(body):
            number = int(hole.group(1))
            if number > len(arguments):
                continue
            argument, origin = arguments[number - 1]
            before = body[at : hole.start()]
            if argument[:1].isalpha() and _ENDS_IN_COMMAND.search(before[-80:]):
                before += " "
            self._spend(len(before) + len(argument) + 1)
            texts += (before, argument)
            places += [place] * len(before)
            places += origin
            at = hole.end()
        texts.append(body[at:])
        places += [place] * (len(body) - at)
        self._spend(len(body) - at + 1)
        return "".join(texts), places, 0

    def _spend(self, work: int) -> None:
        self.work -= work
        if self.work < 0:
            raise self.too_long()

    def too_long(self) -> LimitError:
        """What to say of macros without an end."""
        return LimitError(
            f"macros that make a formula longer than {MAX_EXPANDED} characters, or never end",
            hint="a macro must not contain itself",
            span=self.span,
        )


def _outside_braces(text: str, sign: str, start: int) -> int:
    """Return where a sign stands first from a place on, outside of all braces; -1 if nowhere."""
    depth, at = 0, start
    while at < len(text):
        if depth == 0 and text.startswith(sign, at):
            return at
        brace = BRACE.match(text, at)
        if brace is None:
            at += 1
            continue
        depth += {"{": 1, "}": -1}.get(brace.group(), 0)
        if depth < 0:
            return -1
        at = brace.end()
    return -1
