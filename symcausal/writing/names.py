r"""How a name looks: its letter case, its subscript, its escapes.

Main definitions
----------------
lowered : the lower-case form of a variable's name, where no reader can mistake it.
names_of : all names of a model, for printers to steer clear of.
cut : a name as base and subscript.
latex_name, latex_state, text_name, text_state : a name in LaTeX and in plain text.
latex_escaped, latex_words : words as LaTeX, of a paragraph and of a formula.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from symcausal.hints import TYPE_CHECKING
from symcausal.patterns import late
from symcausal.writing.signs import (
    ACCENTS,
    GREEK_LETTERS,
    GREEK_NAMES,
    SPELT_IN_FORMULAS,
    SPELT_IN_WORDS,
)

if TYPE_CHECKING:
    from symcausal.network.network import Variable

_HARMLESS = late(r"\\([A-Za-z]+)(?:_(?:[A-Za-z0-9]|\{[A-Za-z0-9,+\- ]+\}))?")
_SUBSCRIPTED = late(r"([^\W_]+)_(?:(\w+)|\{([\w,:+\- ]+)\})")
_NUMBER = late(r"-?\d+(?:\.\d+)?")
_WORD = late(r"[^\W\d_][^\W_]*(?:_\w+)?")
_WORDS = late(r"[A-Za-z0-9_ ]+")
_RESERVED = frozenset({"do", "sum", "E", "P", "p", "Pr"})


def lowered(
    name: str, taken: Collection[str], *, words: bool = True, acronyms: bool = False
) -> str:
    """The lower-case form of a name, or the name itself where that could be misread.

    It could be if something else in the model has that form, if the name has capitals further on
    (``SAT``; with ``acronyms`` it is ``sat``), or if the form means something else (``do``, ``p``).
    Without a model nobody can tell whether the word ``rain`` is the variable ``Rain``; then
    ``words`` is false.
    """
    small = name.lower() if acronyms else name[:1].lower() + name[1:]
    if small == name or small != name.lower() or small in _RESERVED:
        return name
    if not words and re.search("[^0-9]", cut(name)[0][1:]):
        return name
    plain = _plain(name)
    shared = any(_plain(other) == plain for other in taken if other != name)
    return name if shared else small


def _plain(name: str) -> str:
    """What is left of a name that is compared regardless of case, scripts and alphabet."""
    bare = "".join(GREEK_LETTERS.get(c, c) for c in name if c not in "\\{}_")
    return bare.lower()


def names_of(variables: Mapping[str, Variable], declared: Iterable[str] = ()) -> tuple[str, ...]:
    """The ``order`` of every printer: the variables as declared, then all else that has a name.

    An alias that differs from its variable only by case may be printed for it, so it is left out.
    """
    aliases = (
        alias
        for variable in variables.values()
        for alias in variable.aliases
        if _plain(alias) != _plain(variable.name)
    )
    return (*variables, *dict.fromkeys((*aliases, *declared)))


def cut(name: str) -> tuple[str, str]:
    """A name as base and subscript, which is empty if there is none: ``x_1`` is ``x``, ``1``."""
    found = _SUBSCRIPTED.fullmatch(name) if "_" in name else None
    return (found[1], found[2] or found[3]) if found else (name, "")


def is_number(name: str) -> bool:
    """Whether a state's name is a number in digits."""
    return name[-1:].isdecimal() and _NUMBER.fullmatch(name) is not None


def is_harmless(name: str) -> bool:
    r"""Whether a name is one Greek letter of LaTeX, such as ``\theta_{1}``, and may stand raw."""
    found = _HARMLESS.fullmatch(name) if name.startswith("\\") else None
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
    return rf"\text{{{latex_words(name)}}}"


def latex_escaped(words: str) -> str:
    r"""Words as LaTeX text: every special character spelt out, and what pdfLaTeX has no letter for.

    Greek letters and signs of mathematics stand as formulas inside the text, an accent that follows
    its letter as a command before it: ``\(\alpha\)``, ``\'{e}``.
    """
    spelt: list[str] = []
    for c in words:
        if c not in ACCENTS:
            spelt.append(SPELT_IN_WORDS.get(c, c))
        elif spelt and spelt[-1].isalpha():
            spelt[-1] = rf"\{ACCENTS[c][0]}{{{spelt[-1]}}}"
        else:
            spelt.append(latex_words(c))
    return "".join(spelt)


def latex_words(words: str) -> str:
    r"""Words for the ``\text`` of a formula, as KaTeX, MathJax and pdfLaTeX set them alike.

    >>> print(latex_words("<5%"))
    \(<\)5\(\%\)
    """
    spelt: list[str] = []
    for c in words:
        if c in ACCENTS:
            letter = spelt.pop() if spelt and spelt[-1].isalpha() else " "
            spelt.append(rf"\({ACCENTS[c][1]}{{\text{{{letter}}}}}\)")
        else:
            spelt.append(SPELT_IN_FORMULAS.get(c, c))
    return "".join(spelt)


def text_name(name: str, primes: int = 0) -> str:
    """A variable's, letter's or parameter's name in plain text, in quotes if it is not one word.

    What quotes cannot hold, a quote or primes behind them, stands as in LaTeX.
    """
    if is_harmless(name) or _is_word(name) or _is_braced(name):
        return name + "'" * primes
    if primes or '"' in name:
        return latex_name(name) + "'" * primes
    return f'"{name}"'


def text_state(name: str) -> str:
    """A state in plain text: a number as it is, anything else as a name."""
    return name if is_number(name) else text_name(name)


def _is_word(name: str) -> bool:
    """Whether the reader takes a name for one word."""
    mixed = len(name) > 1 and name[0] in GREEK_LETTERS
    return (
        name.isidentifier()
        and (name.isalnum() or _WORD.fullmatch(name) is not None)
        and not mixed
        and name != "do"
        and cut(name)[0] != "sum"
    )


def _is_braced(name: str) -> bool:
    """Whether a name has a subscript that only braces hold together, such as ``x_{t-1}``."""
    base, sub = cut(name)
    return sub != "" and name.endswith("}") and _is_word(base)


def _latex_base(name: str) -> str:
    name = GREEK_LETTERS.get(name, name)
    if name in GREEK_NAMES:
        return "\\" + name
    if is_number(name):
        return rf"\text{{{name}}}"
    return name if len(name) == 1 and name.isascii() and name.isalpha() else latex_state(name)
