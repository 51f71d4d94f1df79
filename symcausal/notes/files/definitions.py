r"""Definitions of the author's own commands: ``\newcommand`` and its kin.

Main definitions
----------------
Macro : a command with its number of arguments and its body.
read_definition : the definition that begins at a place.
closing_brace, optional_argument, past_space : where a brace closes, what square brackets hold, where
    blanks end.

Notation
--------
Read are ``\newcommand`` and its kin (with an optional first argument), ``\NewDocumentCommand`` and its
kin with the arguments ``m`` and ``O{..}``, ``\DeclareMathOperator``, ``\DeclarePairedDelimiter``, its
``X`` and its ``XPP``, ``\def`` with arguments that signs delimit, as in ``\def\P(#1|#2){..}``, and
``\let``. A definition of any other shape makes formulas that use its command unreadable: what the
command means elsewhere need not be what it means here.
"""

from __future__ import annotations

import re

from symcausal.patterns import late
from symcausal.record import record

MAX_BODY = 2_000
_COMMANDS = (
    "newcommand|renewcommand|providecommand|DeclareRobustCommand|newrobustcmd|renewrobustcmd"
)
_DOCUMENT = "|".join(f"{verb}DocumentCommand" for verb in ("New", "Renew", "Provide", "Declare"))
_PAIRED = "DeclarePairedDelimiter(?:XPP|X)?"
# xargs names its optional arguments, which is not read
_NAMED = "(?:new|renew|provide|Declare)commandx"
_KEYWORDS = rf"{_COMMANDS}|{_NAMED}|{_DOCUMENT}|{_PAIRED}|DeclareMathOperator|[gex]?def|let"
DEFINES = rf"\\(?:{_KEYWORDS})(?![A-Za-z@])"
DEFINITION = late(rf"\\({_KEYWORDS})(?![A-Za-z@])(\*?)\s*")
_NAME = late(r"\{?\s*(\\(?:[A-Za-z@]+|[^\sA-Za-z{}]))\s*\}?")
_COUNT = late(r"\s*\[\s*([0-9])\s*\]")
_PARAMETERS = late(r"[^{}%\n]{0,100}(?=\{)")
_SPECIFIED = late(r"\s*(?:(?P<must>m)|O\s*\{(?P<default>[^{}]*)\})")
_ABOUT_CHANCE = late(r"(?<![A-Za-z])(?:P|Pr|p|E)(?![A-Za-z])|\\mathbb|[ℙ𝔼]")
UNREAD = r"\unreadmacro{}"
_ALIAS = late(r"\s*=?\s*(\\(?:[A-Za-z@]+|[^\sA-Za-z{}]))")
HOLE = late(r"#([1-9])")
BRACE = late(r"\\.|[{}]", re.DOTALL)
_SPACE = late(r"(?:\s|%[^\n]*\n)*")


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


def closing_brace(text: str, start: int, end: int) -> int:
    r"""Return the offset of the brace that closes the one at ``start``, or -1; ``\{`` is none.

    Examples
    --------
    >>> closing_brace(r"\frac{a{b}}{c}", 5, 14)
    10
    """
    depth = 0
    for match in BRACE.finditer(text, start, end):
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
    head = DEFINITION.match(text, start, end)
    name = _NAME.match(text, head.end(), end) if head else None
    if head is None or name is None:
        return None
    defined = _MacroDefinition(text, head.group(1), name.group(1), name.end(), end)
    return defined.read() or (defined.unread(), name.end())


class _MacroDefinition:
    """A definition from the name of its command on."""

    def __init__(self, text: str, keyword: str, name: str, at: int, end: int) -> None:
        self.text, self.keyword, self.name = text, keyword, name
        self.at, self.end = at, end
        self.begun = at

    def unread(self) -> Macro:
        """A macro that makes formulas unreadable; as one about probabilities where it speaks of any."""
        near = self.name[1:] + " " + self.text[self.begun : min(self.end, self.begun + MAX_BODY)]
        return Macro(self.name, 0, (r"\Pr" if _ABOUT_CHANCE.search(near) else "") + UNREAD)

    def read(self) -> tuple[Macro, int] | None:
        """The macro, and where its definition ends; None for one of a shape that is not read."""
        keyword = self.keyword
        if keyword == "let":
            alias = _ALIAS.match(self.text, self.at, self.end)
            return (Macro(self.name, 0, alias.group(1)), alias.end()) if alias else None
        if keyword.endswith("commandx"):
            return None
        if keyword.endswith("def"):
            return self._delimited()
        if keyword.endswith("DocumentCommand"):
            return self._specified()
        if keyword.startswith("DeclarePaired"):
            return self._paired(keyword.removeprefix("DeclarePairedDelimiter"))
        arguments = self._count()
        default = self._default() if arguments else None
        body = self._group()
        if body is None:
            return None
        if keyword == "DeclareMathOperator":
            body = rf"\operatorname{{{body}}}"
        return Macro(self.name, arguments, _plain(body), default), self.at

    def _delimited(self) -> tuple[Macro, int] | None:
        parameters = _PARAMETERS.match(self.text, self.at, min(self.end, self.at + MAX_BODY))
        if parameters is None:
            return None
        parts = HOLE.split(parameters.group())
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
            case _:  # with a scale or a second delimiter
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
        found = optional_argument(self.text, self.at, self.end)
        if found is None:
            return None
        self.at = found[1]
        return found[0]

    def _group(self) -> str | None:
        """The inside of the braces that open here."""
        start = past_space(self.text, self.at, self.end)
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


def past_space(text: str, at: int, end: int) -> int:
    """Return where the blanks and comments at a place end."""
    match = _SPACE.match(text, at, end)
    return match.end() if match else at


def optional_argument(text: str, at: int, end: int) -> tuple[str, int] | None:
    """Return what square brackets at a place hold, and where they end; None where none open."""
    start = past_space(text, at, end)
    if text[start : start + 1] != "[":
        return None
    close = text.find("]", start, min(end, start + MAX_BODY))
    return None if close < 0 else (text[start + 1 : close], close + 1)
