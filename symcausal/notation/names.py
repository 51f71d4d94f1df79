r"""How a name looks: its letter case, its subscript, its escapes.

Main definitions
----------------
lowered : the lower-case form of a variable's name, where no reader can mistake it.
cut : a name as base and subscript.
latex_name, latex_state, text_name : a name in LaTeX and in plain text.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from symcausal.notation.signs import GREEK_LETTERS, GREEK_NAMES

_HARMLESS = re.compile(r"\\([A-Za-z]+)(?:_(?:[A-Za-z0-9]|\{[A-Za-z0-9,+\- ]+\}))?")
_SUBSCRIPTED = re.compile(r"([^\W_]+)_(?:(\w+)|\{([\w,:+\- ]+)\})")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_WORDS = re.compile(r"[A-Za-z0-9_ ]+")
_RESERVED = frozenset({"do", "sum", "E", "P", "p", "Pr"})
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    **{c: "\\" + c for c in "_%&#${}"},
}


def lowered(name: str, taken: Collection[str]) -> str:
    """The lower-case form of a name, or the name itself where that could be misread.

    It could be if another variable has that form, if the name has capitals further on (``SAT``),
    or if the form means something else (``do``, ``p``).
    """
    small = name[:1].lower() + name[1:]
    shared = any(other.lower() == small for other in taken if other != name)
    return name if small != name.lower() or shared or small in _RESERVED else small


def cut(name: str) -> tuple[str, str]:
    """A name as base and subscript, which is empty if there is none: ``x_1`` is ``x``, ``1``."""
    found = _SUBSCRIPTED.fullmatch(name)
    return (found[1], found[2] or found[3]) if found else (name, "")


def is_number(name: str) -> bool:
    """Whether a state's name is a number in digits."""
    return bool(_NUMBER.fullmatch(name))


def is_harmless(name: str) -> bool:
    r"""Whether a name is one Greek letter of LaTeX, such as ``\theta_{1}``, and may stand raw."""
    found = _HARMLESS.fullmatch(name)
    return found is not None and found[1] in GREEK_NAMES


def latex_name(name: str) -> str:
    r"""A variable's or parameter's name: ``X``, ``x_{1}``, ``\mathrm{rain}``, ``\alpha``."""
    if is_harmless(name):
        return name
    base, sub = cut(name)
    if not sub:
        return _latex_base(name)
    plain = sub.isdigit() or not re.fullmatch(r"\w{2,}", sub)
    return f"{_latex_base(base)}_{{{sub if plain and sub.isascii() else latex_state(sub)}}}"


def latex_state(name: str) -> str:
    r"""A state: digits as they are, a word in ``\mathrm``, unusual characters in ``\text``."""
    if is_number(name):
        return name
    if _WORDS.fullmatch(name):
        return rf"\mathrm{{{name.replace('_', chr(92) + '_').replace(' ', chr(92) + ' ')}}}"
    return rf"\text{{{latex_escaped(name)}}}"


def latex_escaped(words: str) -> str:
    """Words as LaTeX text: every special character spelt out."""
    return "".join(_ESCAPES.get(c, c) for c in words)


def text_name(name: str) -> str:
    """A name in plain text, in double quotes if it is not one word."""
    bare = name.isidentifier() or is_number(name) or is_harmless(name) or cut(name)[1]
    return name if bare and name not in ("do", "sum") else f'"{name}"'


def _latex_base(name: str) -> str:
    name = GREEK_LETTERS.get(name, name)
    if name in GREEK_NAMES:
        return "\\" + name
    return name if len(name) == 1 and name.isascii() and name.isalpha() else latex_state(name)
