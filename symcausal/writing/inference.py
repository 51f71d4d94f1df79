r"""Read somebody's notation off their formulas.

The marks of each choice are looked for with regular expressions, and the commonest is taken. Nothing
has to be understood for that, so half a formula is enough.

Main definitions
----------------
choices_shown : the choices of a notation that the formulas of a text show.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from symcausal.hints import TypeVar
from symcausal.patterns import late

C = TypeVar("C", bound=str)

_SPACE = r"(?:\s|~|\\[,;:! ])*"
_HEAD = late(
    r"(?P<letter>\\Pr\b|\\(?:mathbb|mathbf|mathrm|mathcal|operatorname)\s*\{\s*[Pp]r?\s*\}"
    r"|(?<![A-Za-z\\{])[Pp](?:r(?=\s*[([]))?)"
    r"(?P<sub>_\{[^{}]*\}|_\w)?" + _SPACE + r"(?:\\(?:left|[bB]igg?l?))?\s*(?P<open>[(\[])"
)
_DO = {
    "upright": late(r"\\(?:mathrm|text|textrm|textit|mathit)\s*\{\s*do\s*[(}]"),
    "operator": late(r"\\operatorname\*?\s*\{\s*do\s*\}|\\do\b"),
    "hat": late(r"\\(?:wide)?hat\b"),
    "plain": late(r"(?<![A-Za-z{\\])d\s?o\s*(?:\\left)?[(\[]"),
}
_COMMAND = late(
    r"\\(?:mathrm|text|textrm|textit|mathit|operatorname|mathbf|boldsymbol)\s*\{[^{}]*\}"
    r"|\\(?:[A-Za-z]+|.)"
)
_STATE = late(r"[=←]\s*(?:\\\w+\s*)?(?:\{[^{}]*\}|[\w.]+)|\\leftarrow\s*\w+")
_VALUE = late(r"(?:=|←|\\leftarrow|\^).*", re.DOTALL)
_FONT = late(r"\\(?:math\w+|text\w*|boldsymbol|bm)")
_INDEX = late(r"\\sum\s*(?:\\(?:no)?limits)?\s*_\s*(\{(?:[^{}]|\{[^{}]*\})*\}|\\?\w)")


def choices_shown(text: str) -> dict[str, str]:
    """Return the choices of a notation that the formulas of a text show, by the names of its fields."""
    heads = [(match, _inside(text, match.end())) for match in _HEAD.finditer(text)]
    bodies = [body for _, body in heads]
    do = [kind for kind, mark in _DO.items() for _ in mark.finditer(text)]
    do += ["subscript" for match, body in heads if _is_intervention(match["sub"], body)]
    bare = [_bare(body) for body in bodies]
    found: dict[str, str] = {
        "letter": _commonest(_letter(match["letter"]) for match, _ in heads),
        "brackets": _commonest("round" if m["open"] == "(" else "square" for m, _ in heads),
        "bar": _commonest(
            r"\mid" if mark == r"\mid" else "|"
            for body in bodies
            for mark in re.findall(r"\\mid\b|\\(?:l|r)?vert\b|\||∣", body)
        ),
        "do": _commonest(do),
        "values": _commonest(
            "lower" if name.islower() else "capital"
            for body in bare
            for name in re.findall(r"(?<![A-Za-z\\])([A-Za-z])(?![A-Za-z(^])", body)
        ),
        "states": _commonest(
            "equals" if mark.lstrip().startswith(("=", "\\", "←")) else "superscript"
            for body in bodies
            for mark in re.findall(
                r"(?<=[\w}])\s*=|\\leftarrow|←|(?<=[a-z])\^(?:\{\s*\w+\s*\}|\\math\w+|\w)", body
            )
        ),
    }
    found["sums"] = _sums(_INDEX.findall(text), found["values"])
    return {name: value for name, value in found.items() if value}


def _sums(indices: Iterable[str], values: str) -> str:
    kinds = []
    for index in indices:
        names = _COMMAND.sub(" ", index)
        if r"\{" in index:
            kinds.append("set")
        elif names.islower() and values != "lower":
            kinds.append("lower")
        else:
            kinds.append("plain")
    return _commonest(kinds)


def _letter(found: str) -> str:
    if found.startswith(r"\mathbb"):
        return r"\mathbb{P}"
    if found.startswith(r"\Pr") or "Pr" in found:
        return r"\Pr"
    return "p" if "p" in found[-3:] else "P"


def _is_intervention(sub: str | None, body: str) -> bool:
    """Whether a subscript sets something, unlike the name of a mass function: ``p_X(x)``."""
    if not sub or re.search(r"\\mid|\|", sub):
        return False
    if _VALUE.search(sub):
        return True
    outcome = re.split(r"\\mid\b|\\(?:l|r)?vert\b|\||∣", body)[0]
    return _names(sub) != _names(outcome)


def _names(events: str) -> set[str]:
    """The variables of a list of events, roughly: without values, fonts, scripts and case."""
    bare = (_VALUE.sub("", event) for event in _FONT.sub("", events).split(","))
    names = ("".join(filter(str.isalnum, event)).lower() for event in bare)
    return {name for name in names if name}


def _bare(body: str) -> str:
    """The inside of a probability without states and commands: what is left are free values."""
    return _COMMAND.sub(" ", _STATE.sub("=()", body)).replace("=()", "^")


def _inside(text: str, start: int) -> str:
    """The text up to the bracket that closes the one just opened."""
    depth = 1
    for position in range(start, min(len(text), start + 500)):
        depth += (text[position] in "([") - (text[position] in ")]")
        if not depth:
            return text[start:position]
    return text[start : start + 80]


def _commonest(found: Iterable[C]) -> C | str:
    counts = Counter(found)
    return counts.most_common(1)[0][0] if counts else ""
