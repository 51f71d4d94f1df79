r"""What in a formula speaks of probabilities: those that are read, and those that only could be.

``P(..)``, ``\Pr\{..\}`` or ``\mathbb{E}[..]`` is read, or refused where it stands. ``q(y \mid x)``,
``f_{Y|X}(y|x)`` or ``\mathrm{Var}(X)`` is about probabilities too, but of another distribution, or
not a probability: a side that has one is unreadable, and says why.

Main definitions
----------------
PROBABLE : where a probability or a mean begins that the reader is to read.
may_factorise : whether a text may hold a factorisation.
QUANTITY : where a quantity such as ``NDE(Y, X, M)`` begins, which a model gives its meaning.
speaks : whether a text speaks of probabilities at all.
other_measure : the first thing in a text that is about probabilities and is not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from symcausal.patterns import late
from symcausal.reading.tokens import NAMED
from symcausal.record import record
from symcausal.writing.signs import (
    EXPECTATION_COMMANDS,
    GREEK_NAMES,
    PROBABILITY_COMMANDS,
)

_SCRIPT = r"[_^]\s{0,3}(?:\{(?:[^{}]|\{[^{}]{0,60}\}){0,100}+\}|\\[A-Za-z]++|\w|\*)"
_SIZE = r"\\left(?![a-z])|\\[bB]igg?l?(?![a-z])|\\(?:no)?limits(?![a-z])|\\[!,;: ]"
_OPENS = r"[(\[]|\{\s*(?:\\left\s*)?[(\[]|\\\{|\\l(?:brace|brack|paren|vert)(?![a-z])"
_COMMANDS_KNOWN = PROBABILITY_COMMANDS | EXPECTATION_COMMANDS
_COMMANDS = "|".join(sorted(_COMMANDS_KNOWN, key=len, reverse=True))
PROBABLE = late(
    r"(?:(?<![A-Za-z\\])(?:P|p|Pr|PR|PP|pr|Prob|prob|E|EE|[Vv]ar|[Cc]ov)|(?<=[a-z])P|(?<=[_^][A-Za-z])(?:Pr?|p)"
    rf"|(?<![A-Za-z\\])[a-z]Pr?|ℙ|𝔼|\\(?:{_COMMANDS}))(?![A-Za-z])"
    rf"\s*\}}{{0,3}}(?:{_SCRIPT}|['′*\s]|{_SIZE}){{0,12}}(?:{_OPENS})"
    rf"|\\(?:{_COMMANDS})(?![A-Za-z])\s*\{{"
    r"|\\Pr(?![a-z])"
)
QUANTITY = late(
    rf"(?<![A-Za-z])(?P<word>{'|'.join(sorted(NAMED))})\}}?\s*\(\s*(?P<first>\\?[A-Za-z]+)[^(),]*,"
)

_FONT = (
    r"\\(?:math(?:rm|bb|bf|cal|sf|it|frak|scr)|operatorname\*?|text(?:rm|it|bf)?|boldsymbol|bm"
    r"|(?:wide)?(?:tilde|hat)|bar)\s*"
)
_HEAD = late(
    rf"(?P<font>{_FONT}(?:\{{\s*(?:{_FONT})?\{{?)?)?(?<![A-Za-z\\])(?P<name>\\?[A-Za-z]++)"
    rf"(?:\s*\}}){{0,3}}(?P<scripts>(?:{_SCRIPT}|['′*]){{0,20}}+)(?:\s|{_SIZE}){{0,6}}(?P<open>[(\[]|\\\{{)"
)
_PIECE = late(r"\\[A-Za-z]+|\\.|[()\[\]{}|∣]", re.DOTALL)
_FLAT = late(r"(?:[^()\[\]{}\\]|\\[A-Za-z,;:! |])*+")
_PARTED = late(r"[|∣]|\\(?:mid|vert|given|Vert|parallel)(?![a-z])")
_RELATED = late(r"\\(?:perp|in|to|colon)(?![a-z])|[⟂⊥∈]")
_OPENERS, _CLOSERS = frozenset({"(", "[", "{", r"\{"}), frozenset({")", "]", "}", r"\}"})
_BARS = frozenset({"|", "∣", r"\mid", r"\vert", r"\given", r"\|", r"\Vert", r"\parallel"})
_NAME = late(r"\\?[A-Za-z]+")
_LONGEST = 160
_FUNCTIONALS = {
    "V": "a variance", "Corr": "a correlation", "corr": "a correlation",
    "SD": "a standard deviation", "sd": "a standard deviation", "KL": "a divergence",
    "TV": "a distance", "H": "an entropy", "I": "an information", "MI": "an information",
}  # fmt: skip
_NAMES_OF_MUCH = frozenset({"V", "H", "I", "SD", "sd", "TV"})
_MEASURES = frozenset({"q", "Q"})
_DENSITIES = frozenset({"f", "F", "q", "Q"})
_SETS_TYPE = late(r"\\(?:math[a-z]+|text)(?![a-z])|[\\{}\s]")
_SUBSCRIPT = late(r"_\s*(?:\{([^{}]*)\}|([A-Z]))")
_WORDS = frozenset({"do", "Val", "val", "Pa", "pa", "if", "for", "and", "or", "where", "when"})


@record
class Measure:
    """A quantity about probabilities that is not read: its name, its characters, its kind."""

    name: str
    start: int
    end: int
    what: str


def may_factorise(text: str) -> bool:
    """Decide whether a text may hold a factorisation: a cheap test.

    It has as many brackets, and something is given.
    """
    return "=" in text and sum(map(text.count, "([{")) >= 4 and _PARTED.search(text) is not None


def speaks(
    text: str, start: int = 0, end: int | None = None, *, about: Callable[[str], bool]
) -> bool:
    """Decide whether a text has a probability, a mean, or another quantity about them.

    Parameters
    ----------
    about : callable
        Whether a name is that of a variable.
    """
    end = len(text) if end is None else end
    if PROBABLE.search(text, start, end) or QUANTITY.search(text, start, end):
        return True
    return next(_others(text, start, end, about), None) is not None


def other_measure(
    text: str, defined: Collection[str], *, about: Callable[[str], bool]
) -> Measure | None:
    """Return the first quantity in a text that is about probabilities and that nobody reads.

    What the notes have ``defined`` is a function of theirs, whatever its letter.
    """
    own = {_bare(name) for name in defined}
    found = _others(text, 0, len(text), about)
    return next((one for one in found if one.name not in own), None)


def _bare(name: str) -> str:
    """A name without what only sets its type."""
    return _SETS_TYPE.sub("", name)


def _others(text: str, start: int, end: int, about: Callable[[str], bool]) -> Iterator[Measure]:
    for head in _HEAD.finditer(text, start, end):
        name = head["name"]
        base = name.removeprefix("\\")
        if base in _WORDS or (name[0] == "\\" and not _is_letter(base)):
            continue
        if PROBABLE.search(text, head.start(), head.end()):
            continue
        what = _what(head, base, _inside(text, head.end(), end), about)
        if what:
            yield Measure(
                _bare(base + head["scripts"]), head.start("name"), head.end("scripts"), what
            )


def _what(head: re.Match[str], base: str, inside: _Inside, about: Callable[[str], bool]) -> str:
    """Return the name of the quantity that a head with its arguments is; empty if it is no quantity."""
    if base == "D" and "KL" in head["scripts"]:
        return _FUNCTIONALS["KL"]
    functional = _FUNCTIONALS.get(base)
    if functional and base not in _NAMES_OF_MUCH:
        return functional
    names = _NAME.findall(inside.text) if inside.flat else []
    known = bool(names) and all(map(about, names))
    several = inside.flat and (inside.semicolon or "," in inside.text)
    alone = {"V": bool(head["font"]), "I": several, "H": known or several}.get(base, known)
    if functional and (inside.bar or alone):
        return functional
    if inside.bar:
        return "which is no probability P"
    capital = known and base in _MEASURES
    mass = inside.flat and base in _DENSITIES and _is_mass(head["scripts"], inside.text)
    return "which is no probability P" if capital or mass else ""


def _is_letter(base: str) -> bool:
    return base in GREEK_NAMES or base in _FUNCTIONALS or len(base) == 1


def _is_mass(scripts: str, inside: str) -> bool:
    """Whether a subscript names the variables of the arguments, as in ``f_{X,Y}(x, y)``."""
    subscript = _SUBSCRIPT.match(scripts)
    letters = re.findall("[A-Z]", (subscript[1] or subscript[2]) if subscript else "")
    return bool(letters) and all(x in inside or x.lower() in inside for x in letters)


@record
class _Inside:
    """The inside of a bracket: whether it holds no other, and whether a bar or a semicolon parts it."""

    text: str
    flat: bool
    bar: bool
    semicolon: bool


def _inside(text: str, start: int, end: int) -> _Inside:
    """The inside of the bracket that opens before a place, as far as it is looked at."""
    stop = min(end, start + _LONGEST)
    flat = _FLAT.match(text, start, stop)
    whole = flat is not None and flat.end() < stop and text[flat.end()] in ")]}\\"
    if flat is not None and whole:
        stop = flat.end()
    window = text[start:stop]
    if _PARTED.search(window) is None or _RELATED.search(window):
        return _Inside(window, whole, bar=False, semicolon=whole and ";" in window)
    depth, bars = 0, []
    for piece in _PIECE.finditer(window):
        sign = piece.group()
        if sign in _OPENERS:
            depth += 1
        elif sign in _CLOSERS:
            depth -= 1
            if depth < 0:
                window = window[: piece.start()]
                break
        elif depth == 0 and sign in _BARS:
            bars.append(piece.span())
    if len(bars) == 2 and not window[bars[0][1] : bars[1][0]].strip():  # p || q
        bars = [(bars[0][0], bars[1][1])]
    parted = len(bars) == 1 and window[: bars[0][0]].strip() and window[bars[0][1] :].strip()
    return _Inside(window, whole, bar=bool(parted), semicolon=False)
