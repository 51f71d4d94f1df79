"""Identifiers that a language accepts, none used twice.

Main definitions
----------------
Identifiers : gives out identifiers.
plain : a word in ASCII letters, digits and underscores.
"""

from __future__ import annotations

import unicodedata

from symcausal.errors import UsageError
from symcausal.patterns import late

_ACCEPTED = late(r"[A-Za-z][A-Za-z0-9_]*")
_LONGEST = 200


class Identifiers:
    """Gives out identifiers that differ from each other and from reserved words.

    Parameters
    ----------
    reserved : frozenset of str
        What no identifier may be.
    """

    def __init__(self, reserved: frozenset[str]) -> None:
        self._taken = set(reserved)

    def of(self, word: str) -> str:
        """A new identifier that reads like a word."""
        base = plain(word)
        name, copy = base, 2
        if name in self._taken:
            name = f"{base}_"
        while name in self._taken:
            name, copy = f"{base}_{copy}", copy + 1
        self._taken.add(name)
        return name

    def exactly(self, word: str) -> str:
        """An identifier that somebody chose.

        Raises
        ------
        UsageError
            If the language does not accept it.
        """
        if not _ACCEPTED.fullmatch(word) or len(word) > _LONGEST or word in self._taken:
            raise UsageError(
                f"{word[:60]!r} as the name of a function",
                expected="letters of ASCII, digits and underscores, and no word of the language",
            )
        self._taken.add(word)
        return word


def plain(word: str) -> str:
    """A word in ASCII letters, digits and underscores, a letter first."""
    spelled = "".join(map(_spelled, unicodedata.normalize("NFKD", word)))[:_LONGEST]
    return spelled if spelled[:1].isalpha() else f"p{spelled}"


def _spelled(sign: str) -> str:
    if sign.isascii():
        return sign if sign.isalnum() or sign == "_" else _SIGNS.get(sign, "_")
    if unicodedata.combining(sign):
        return ""
    if sign in "′’ʹ":  # NFKD has made two of a double prime
        return "_prime"
    words = unicodedata.name(sign, "").split()
    if words[:1] == ["GREEK"] and "LETTER" in words:
        at = words.index("LETTER") + 1
        letter = words[at] if at < len(words) else ""
        return letter.capitalize() if "CAPITAL" in words else letter.lower()
    return f"u{ord(sign):x}"


_SIGNS = {"'": "_prime"}
