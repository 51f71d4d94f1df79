r"""The states that notes state: in sets, in words, and as a number of values.

``C \in \{low, high\}``, ``Val(G) = \{g^1, g^2, g^3\}``, *D (difficulty) can be easy or hard*, *G takes
three values*. A set of variables, such as ``Z = \{A, B\}``, states none.

Main definitions
----------------
states_listed : the states of variables that formulas list.
states_said : the states of variables that words list.
counts_said : how many values variables have, in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from symcausal.errors import Source, Span, SymcausalError
from symcausal.notes.stated.naming import NotesNames
from symcausal.patterns import late
from symcausal.reading.lexer import tokenise
from symcausal.reading.vocabulary import Guess, Vocabulary

_DOMAIN = r"(?:Val|val|Dom|dom|domain|Range|range|values|states|Omega|supp|Supp)(?![A-Za-z])"
_SET = late(
    rf"(?<![\w\\])(?P<domain>(?:\\(?:mathrm|text|operatorname|mathit)\s*+\{{\s*+)?\\?{_DOMAIN}\s*+\}}?\s*+[({{_]\s*+)?"
    r"\\?(?P<name>[^\W\d_]\w{0,40})\s*+[)}]?\s*+(?P<sign>\\in(?![a-z])|∈|:?=|\\coloneqq(?![a-z]))\s*+\\?\{"
    r"(?P<states>[^{}\\|]{0,200}+"
    r"(?:(?:\\(?:text|mathrm|mathit)|[_^])\{[^{}\\]{0,60}\}[^{}\\|]{0,200}+){0,50})\\?\}"
)
_DRESS = late(r"\\(?:text|mathrm|mathit)(?=\{)")
_STATE = late(r"[\w.+-]{1,40}(?: [\w.+-]{1,40}){0,3}")
_COUNTS = {
    word: count
    for count, word in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 2
    )
}
_HOW_MANY = late(
    r"(?<![\w\\])(?P<name>[^\W\d_]\w{0,40})\$?\s+(?:takes?|has|have|with|can take)\s+"
    rf"(?:on\s+)?(?:one of\s+)?(?P<count>[2-9]|[1-4]\d|{'|'.join(_COUNTS)})\s+"
    r"(?:possible\s+|different\s+)?(?:values|states|levels|outcomes|categories)\b",
    re.IGNORECASE,
)
_EITHER = late(
    r"(?<![\w\\])(?P<name>[^\W\d_]\w{0,40})\$?(?:\s*\([^()]{1,60}\))?,?\s+"
    r"(?:can be|may be|is either|takes? (?:on )?(?:one of )?the values?|has the (?:values|states))\s+"
    r"(?P<states>\$?[\w+-]{1,20}\$?(?:,\s+\$?[\w+-]{1,20}\$?){0,8},?\s+(?:or|and)\s+\$?[\w+-]{1,20}\$?)"
    r"(?=\s*(?:[.,;:)]|\Z|\n))"
)
_PARTED = late(r",?\s+(?:or|and)\s+|,\s+")


def states_listed(
    texts: Iterable[str], names: Vocabulary | Guess
) -> Iterator[tuple[str, list[str]]]:
    r"""Yield the variables and states of sets, such as ``C \in \{low, high\}``."""
    for text in texts:
        for found in _SET.finditer(text):
            variable = _variable(found["name"], names)
            if variable is None or (found["sign"][-1] in "=q" and not _may_equal(found, text)):
                continue
            parts = [part.strip() for part in found["states"].split(",")]
            states = [_state(part, variable, names) for part in parts]
            named = [state for state in states if state is not None]
            are_states = len(named) == len(states) == len(set(named)) > 1
            if are_states and not any(_variable(part, names) for part in parts):
                yield variable, named


def _may_equal(found: re.Match[str], text: str) -> bool:
    """Whether what stands before an equals sign is a domain, and no event within brackets."""
    before = text[: found.start()]
    return bool(found["domain"]) or before.count("(") == before.count(")")


def _variable(written: str, names: Vocabulary | Guess) -> str | None:
    """The variable that a name means, which formulas have to speak of where no model declares it."""
    if isinstance(names, Vocabulary):
        return names.name_of(written) or names.name_of(written.upper())
    known = NotesNames(names)
    return known.variable(written) if known.is_told(written) else None


def _state(written: str, variable: str, names: Vocabulary | Guess) -> str | None:
    """The state that an element of a set is: a word, a number, or ``g^1`` of G."""
    plain = _DRESS.sub("", written).strip(" {}~$")
    if _STATE.fullmatch(plain) and not plain.startswith("_"):
        return plain
    try:
        tokens = tokenise(Span(Source(written), 0, len(written)))
    except SymcausalError:
        return None
    name = tokens[0].name if len(tokens) == 1 else None
    meaning = None if name is None else names.lookup(name)
    is_own = meaning is not None and meaning.variable == variable
    return meaning.script or None if is_own and meaning is not None else None


def states_said(words: Iterable[str], names: Vocabulary | Guess) -> Iterator[tuple[str, list[str]]]:
    """Yield the variables and states of sentences such as *D (difficulty) can be easy or hard*."""
    for text in words:
        for found in _EITHER.finditer(text):
            variable = _variable(found["name"], names)
            if variable is not None:
                yield variable, [word.strip("$ ") for word in _PARTED.split(found["states"])]


def counts_said(words: Iterable[str], names: Vocabulary | Guess) -> Iterator[tuple[str, int]]:
    """Yield the variables of which words say how many values they have."""
    for text in words:
        for found in _HOW_MANY.finditer(text):
            variable = _variable(found["name"], names)
            count = found["count"].casefold()
            if variable is not None:
                yield variable, int(count) if count.isdecimal() else _COUNTS[count]
