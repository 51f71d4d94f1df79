r"""The states that notes state: sets (``C \in \{low, high\}``), and numbers of values in words.

Main definitions
----------------
states_listed : the states of variables that formulas list.
counts_said : how many values variables have, in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from symcausal.patterns import late
from symcausal.reading.vocabulary import Vocabulary

_SET = late(
    r"(?<![\w\\])\\?(?P<name>[^\W\d_]\w{0,40})\s*(?:\\in(?![a-z])|∈)\s*\\?\{(?P<states>[^{}\\|]{0,200}+"
    r"(?:\\(?:text|mathrm|mathit)\{[^{}\\]{0,60}\}[^{}\\|]{0,200}+){0,50})\\?\}"
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


def states_listed(texts: Iterable[str], names: Vocabulary) -> Iterator[tuple[str, list[str]]]:
    r"""Yield the variables and states of sets, such as ``C \in \{low, high\}``."""
    for text in texts:
        for found in _SET.finditer(text):
            variable = names.name_of(found["name"]) or names.name_of(found["name"].upper())
            states = [_DRESS.sub("", state).strip(" {}~") for state in found["states"].split(",")]
            if variable is not None and len(states) > 1 and all(map(_STATE.fullmatch, states)):
                yield variable, states


def counts_said(words: Iterable[str], names: Vocabulary) -> Iterator[tuple[str, int]]:
    """Yield the variables of which words say how many values they have."""
    for text in words:
        for found in _HOW_MANY.finditer(text):
            variable = names.name_of(found["name"])
            count = found["count"].casefold()
            if variable is not None:
                yield variable, int(count) if count.isdecimal() else _COUNTS[count]
