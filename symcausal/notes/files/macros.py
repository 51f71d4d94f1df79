r"""The author's own commands: what ``\newcommand`` and its kin define, and writing them out.

Main definitions
----------------
Macro : a command with its number of arguments and its body.
read_definition : the definition that begins at a place.
expand : a formula with the macros written out, and where each character comes from.

Notation
--------
Read are ``\newcommand``, ``\renewcommand``, ``\providecommand`` (with an optional first argument),
``\DeclareMathOperator``, ``\def`` with plain arguments, and ``\let``.

Implementation notes
--------------------
Bodies are substituted as TeX does it, token by token from the left, by a stack of texts instead of
recursion. All work is counted, so a macro that doubles itself ends in an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from symcausal.errors import LimitError, Span
from symcausal.patterns import late
from symcausal.record import record

MAX_EXPANDED = 100_000
MAX_BODY = 2_000
_MAX_WORK = 100_000  # besides ten times the length of the formula
_MAX_FAILURES = 20

_KEYWORDS = r"newcommand|renewcommand|providecommand|DeclareMathOperator|def|gdef|let"
DEFINES = rf"\\(?:{_KEYWORDS})(?![A-Za-z@])"
_HEAD = late(rf"\\({_KEYWORDS})(?![A-Za-z@])(\*?)\s*")
_NAME = late(r"\{?\s*(\\(?:[A-Za-z@]+|[^\sA-Za-z{}]))\s*\}?")
_COUNT = late(r"\s*\[\s*([0-9])\s*\]")
_PARAMETERS = late(r"\s*((?:#[1-9]\s*)*)(?=\{)")
_ALIAS = late(r"\s*=?\s*(\\(?:[A-Za-z@]+|[^\sA-Za-z{}]))")
_HOLE = late(r"#([1-9])")
_BRACE = late(r"\\.|[{}]", re.DOTALL)
_SPACE = late(r"(?:\s|%[^\n]*\n)*")
_PIECE = late(r"\\(?:[A-Za-z@]+|.)|%[^\n]*|[^\\%]+|\\$", re.DOTALL)
_ENDS_IN_COMMAND = late(r"\\[A-Za-z@]+$")


@record
class Macro:
    """A macro: a command with its backslash, and the text that stands for it, ``#1`` an argument."""

    name: str
    arguments: int
    body: str
    default: str | None = None


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


def closing_brace(text: str, start: int, end: int) -> int:
    r"""Return the offset of the brace that closes the one at ``start``, or -1; ``\{`` is none.

    Examples
    --------
    >>> closing_brace(r"\frac{a{b}}{c}", 5, 14)
    10
    """
    depth = 0
    for match in _BRACE.finditer(text, start, end):
        if match.group() == "{":
            depth += 1
        elif match.group() == "}":
            depth -= 1
            if depth == 0:
                return match.start()
    return -1


def read_definition(text: str, start: int, end: int) -> tuple[Macro, int] | None:
    """Return the macro that is defined at a place, and where its definition ends; None for no macro.

    A body longer than ``MAX_BODY`` is of another shape too.
    """
    head = _HEAD.match(text, start, end)
    name = _NAME.match(text, head.end(), end) if head else None
    if head is None or name is None:
        return None
    keyword, at = head.group(1), name.end()
    arguments, default = 0, None
    if keyword == "let":
        alias = _ALIAS.match(text, at, end)
        return (Macro(name.group(1), 0, alias.group(1)), alias.end()) if alias else None
    if keyword in ("def", "gdef"):
        parameters = _PARAMETERS.match(text, at, min(end, at + MAX_BODY))
        if parameters is None:
            return None
        arguments, at = parameters.group(1).count("#"), parameters.end()
    else:
        count = _COUNT.match(text, at, end)
        if count:
            arguments, at = int(count.group(1)), count.end()
            optional = _optional(text, at, end)
            if optional:
                default, at = optional
    at = _space(text, at, end)
    if text[at : at + 1] != "{":
        return None
    close = closing_brace(text, at, min(end, at + MAX_BODY))
    if close < 0:
        return None
    body = text[at + 1 : close]
    if keyword == "DeclareMathOperator":
        body = rf"\operatorname{{{body}}}"
    if r"\mathpalette" in body and r"\perp" in body:
        body = r"\perp"  # the usual way to draw the sign of independence
    return Macro(name.group(1), arguments, body, default), close + 1


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
            called = self._call(self.macros[word], text, places, end)
            if called:
                body, origins, tail, tail_places, tail_at = called
                self.rest.append((tail, tail_places, tail_at))
                self.rest.append(self._filled(body, origins, places[at]))
                return
        elif word[:1] == "\\" and _HEAD.match(text, at):
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
        while True:
            taken = self._arguments(macro, text, places, at)
            if taken is not None:
                return macro.body, taken[0], text, places, taken[1]
            if not self.rest:
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
        found: list[tuple[str, Sequence[int]]] = []
        if macro.default is not None:
            optional = _optional(text, at, len(text))
            if optional:
                start = optional[1] - 1 - len(optional[0])
                found.append((optional[0], places[start : optional[1] - 1]))
                at = optional[1]
            else:
                found.append((macro.default, [places[at - 1] if at else 0] * len(macro.default)))
        while len(found) < macro.arguments:
            at = _space(text, at, len(text))
            if at >= len(text):
                return None
            if text[at] == "{":
                close = closing_brace(text, at, len(text))
                self._spend((close if close >= 0 else len(text)) - at)
                if close < 0:
                    return None
                found.append((text[at + 1 : close], places[at + 1 : close]))
                at = close + 1
            else:
                piece = _PIECE.match(text, at)
                end = piece.end() if piece and text[at] == "\\" else at + 1
                found.append((text[at:end], places[at:end]))
                at = end
        return found, at

    def _filled(
        self, body: str, arguments: list[tuple[str, Sequence[int]]], place: int
    ) -> tuple[str, list[int], int]:
        texts: list[str] = []
        places: list[int] = []
        at = 0
        for hole in _HOLE.finditer(body):
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


def _space(text: str, at: int, end: int) -> int:
    match = _SPACE.match(text, at, end)
    return match.end() if match else at


def _optional(text: str, at: int, end: int) -> tuple[str, int] | None:
    start = _space(text, at, end)
    if text[start : start + 1] != "[":
        return None
    close = text.find("]", start, min(end, start + MAX_BODY))
    return None if close < 0 else (text[start + 1 : close], close + 1)
