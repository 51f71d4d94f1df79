r"""The author's own commands: what ``\newcommand`` and its kin define, and writing them out.

Main definitions
----------------
Macro : a command with its number of arguments and its body.
read_definition : the definition that begins at a place.
expand : a formula with the macros written out, and where each character comes from.

Notation
--------
Read are ``\newcommand`` and its kin (with an optional first argument), ``\NewDocumentCommand`` and its
kin with the arguments ``m`` and ``O{..}``, ``\DeclareMathOperator``, ``\DeclarePairedDelimiter``, its
``X`` and its ``XPP``, ``\def`` with arguments that signs delimit, as in ``\def\P(#1|#2){..}``, and
``\let``. A definition of any other shape makes formulas that use its command unreadable: what the
command means elsewhere need not be what it means here.

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

_COMMANDS = (
    "newcommand|renewcommand|providecommand|DeclareRobustCommand|newrobustcmd|renewrobustcmd"
)
_DOCUMENT = "|".join(f"{verb}DocumentCommand" for verb in ("New", "Renew", "Provide", "Declare"))
_PAIRED = "DeclarePairedDelimiter(?:XPP|X)?"
# xargs names its optional arguments, which is not read
_NAMED = "(?:new|renew|provide|Declare)commandx"
_KEYWORDS = rf"{_COMMANDS}|{_NAMED}|{_DOCUMENT}|{_PAIRED}|DeclareMathOperator|[gex]?def|let"
DEFINES = rf"\\(?:{_KEYWORDS})(?![A-Za-z@])"
_HEAD = late(rf"\\({_KEYWORDS})(?![A-Za-z@])(\*?)\s*")
_NAME = late(r"\{?\s*(\\(?:[A-Za-z@]+|[^\sA-Za-z{}]))\s*\}?")
_COUNT = late(r"\s*\[\s*([0-9])\s*\]")
_PARAMETERS = late(r"[^{}%\n]{0,100}(?=\{)")
_SPECIFIED = late(r"\s*(?:(?P<must>m)|O\s*\{(?P<default>[^{}]*)\})")
_SIZED = late(r"\s*(?:\*|\[\s*\\[bB]igg?[lrm]?\s*\])")
_ABOUT_CHANCE = late(r"(?<![A-Za-z])(?:P|Pr|p|E)(?![A-Za-z])|\\mathbb|[ℙ𝔼]")
_UNREAD = r"\unreadmacro{}"
_ALIAS = late(r"\s*=?\s*(\\(?:[A-Za-z@]+|[^\sA-Za-z{}]))")
_HOLE = late(r"#([1-9])")
_BRACE = late(r"\\.|[{}]", re.DOTALL)
_SPACE = late(r"(?:\s|%[^\n]*\n)*")
_PIECE = late(r"\\(?:[A-Za-z@]+|.)|%[^\n]*|[^\\%]+|\\$", re.DOTALL)
_ENDS_IN_COMMAND = late(r"\\[A-Za-z@]+$")


@record
class Macro:
    r"""A macro: a command with its backslash, and the text that stands for it, ``#1`` an argument.

    Attributes
    ----------
    name : str
        With its backslash.
    arguments : int
        How many.
    body : str
        The text.
    default : str or None
        Of an optional first argument.
    defaults : tuple of str or None
        Of each argument, where others may be optional.
    delimiters : tuple of str
        What stands before the first argument, and behind each; empty where no argument has any.
    sized : bool
        Whether a star or a size may stand before the arguments: ``\P*{..}``, ``\P[\big]{..}``.
    """

    name: str
    arguments: int
    body: str
    default: str | None = None
    defaults: tuple[str | None, ...] = ()
    delimiters: tuple[str, ...] = ()
    sized: bool = False


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

    A body longer than ``MAX_BODY`` is of another shape too, which is a macro that cannot be read.
    """
    head = _HEAD.match(text, start, end)
    name = _NAME.match(text, head.end(), end) if head else None
    if head is None or name is None:
        return None
    defined = _Definition(text, head.group(1), name.group(1), name.end(), end)
    return defined.read() or (defined.unread(), name.end())


class _Definition:
    """A definition from the name of its command on."""

    def __init__(self, text: str, keyword: str, name: str, at: int, end: int) -> None:
        self.text, self.keyword, self.name = text, keyword, name
        self.at, self.end = at, end
        self.begun = at

    def unread(self) -> Macro:
        """A macro that makes formulas unreadable; as one about probabilities where it speaks of any."""
        near = self.name[1:] + " " + self.text[self.begun : min(self.end, self.begun + MAX_BODY)]
        return Macro(self.name, 0, (r"\Pr" if _ABOUT_CHANCE.search(near) else "") + _UNREAD)

    def read(self) -> tuple[Macro, int] | None:
        """The macro, and where its definition ends; None for one of a shape that is not read."""
        text, end = self.text, self.end
        match self.keyword:
            case "let":
                alias = _ALIAS.match(text, self.at, end)
                return (Macro(self.name, 0, alias.group(1)), alias.end()) if alias else None
            case "def" | "gdef" | "edef" | "xdef":
                return self._delimited()
            case word if word.endswith("commandx"):
                return None
            case word if word.endswith("DocumentCommand"):
                return self._specified()
            case word if word.startswith("DeclarePaired"):
                return self._paired(word.removeprefix("DeclarePairedDelimiter"))
        arguments = self._count()
        default = self._default() if arguments else None
        body = self._group()
        if body is None:
            return None
        if self.keyword == "DeclareMathOperator":
            body = rf"\operatorname{{{body}}}"
        return Macro(self.name, arguments, _plain(body), default), self.at

    def _delimited(self) -> tuple[Macro, int] | None:
        parameters = _PARAMETERS.match(self.text, self.at, min(self.end, self.at + MAX_BODY))
        if parameters is None:
            return None
        parts = _HOLE.split(parameters.group())
        self.at = parameters.end()
        body = self._group()
        holes = [int(number) for number in parts[1::2]]
        if body is None or holes != list(range(1, len(holes) + 1)) or "#" in "".join(parts[::2]):
            return None
        delimiters = tuple(part.strip() for part in parts[::2])
        plain = not any(delimiters)
        return Macro(
            self.name, len(holes), _plain(body), delimiters=() if plain else delimiters
        ), self.at

    def _specified(self) -> tuple[Macro, int] | None:
        specified = self._group()
        body = self._group() if specified is not None else None
        if specified is None or body is None:
            return None
        defaults: list[str | None] = []
        at = 0
        while specified[at:].strip():
            one = _SPECIFIED.match(specified, at)
            if one is None:
                return None  # a star, a value that may be missing: the body asks for it
            defaults.append(one["default"])
            at = one.end()
        return Macro(self.name, len(defaults), _plain(body), defaults=tuple(defaults)), self.at

    def _paired(self, kind: str) -> tuple[Macro, int] | None:
        arguments = self._count() if kind else 1
        groups = [self._group() for _ in range({"": 2, "X": 3, "XPP": 5}[kind])]
        if None in groups:
            return None
        told = [group or "" for group in groups]
        match kind:
            case "":
                body = rf"{told[0]} #1 {told[1]}"
            case "X":
                body = rf"{told[0]} {told[2]} {told[1]}"
            case _:
                body = rf"{told[0]} {told[1]} {told[4]} {told[2]} {told[3]}"
        body = body.replace(r"\delimsize", "")
        return Macro(self.name, arguments, body, sized=True), self.at

    def _count(self) -> int:
        count = _COUNT.match(self.text, self.at, self.end)
        if count is None:
            return 0
        self.at = count.end()
        return int(count.group(1))

    def _default(self) -> str | None:
        found = _optional(self.text, self.at, self.end)
        if found is None:
            return None
        self.at = found[1]
        return found[0]

    def _group(self) -> str | None:
        """The inside of the braces that open here."""
        start = _space(self.text, self.at, self.end)
        if self.text[start : start + 1] != "{":
            return None
        close = closing_brace(self.text, start, min(self.end, start + MAX_BODY))
        if close < 0:
            return None
        self.at = close + 1
        return self.text[start + 1 : close]


def _plain(body: str) -> str:
    """A body, or what it draws."""
    if r"\mathpalette" in body and r"\perp" in body:
        return r"\perp"  # the usual way to draw the sign of independence
    return body


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
                self.rest.append(self._filled(_UNREAD, [], places[at]))
                return
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
        optional = _optional(text, at, len(text))
        if optional is None:
            return (default, [places[at - 1] if at else 0] * len(default)), at
        start = optional[1] - 1 - len(optional[0])
        return (optional[0], places[start : optional[1] - 1]), optional[1]

    def _plain_argument(
        self, text: str, places: Sequence[int], at: int
    ) -> tuple[tuple[str, Sequence[int]], int] | None:
        """The argument at a place: what braces hold, or one command or sign."""
        at = _space(text, at, len(text))
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
        at = _space(text, at, len(text))  # TeX skips it behind a word
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


def _outside_braces(text: str, sign: str, start: int) -> int:
    """Return where a sign stands first from a place on, outside of all braces; -1 if nowhere."""
    depth, at = 0, start
    while at < len(text):
        if depth == 0 and text.startswith(sign, at):
            return at
        brace = _BRACE.match(text, at)
        if brace is None:
            at += 1
            continue
        depth += {"{": 1, "}": -1}.get(brace.group(), 0)
        if depth < 0:
            return -1
        at = brace.end()
    return -1


def _space(text: str, at: int, end: int) -> int:
    match = _SPACE.match(text, at, end)
    return match.end() if match else at


def _optional(text: str, at: int, end: int) -> tuple[str, int] | None:
    start = _space(text, at, end)
    if text[start : start + 1] != "[":
        return None
    close = text.find("]", start, min(end, start + MAX_BODY))
    return None if close < 0 else (text[start + 1 : close], close + 1)
