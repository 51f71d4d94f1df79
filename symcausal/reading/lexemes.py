r"""Lexemes: the commands, words, signs and brackets of a text of formulas, each with its place.

A lexeme is what TeX, or the eye, takes for one thing: ``\frac``, ``\\[2pt]``, ``\begin{aligned}``,
``Rain``, ``:=``, ``(``. Nothing is refused and nothing is lost but blanks, so that a text which fits no
grammar has lexemes, too. Where a text falls apart is decided over them; of a stretch that is one formula
:mod:`symcausal.reading.lexer` then makes the tokens of the grammar.

Main definitions
----------------
Lexeme : one of them.
Lexemes : all of a text, made once.
RELATIONS, OPERATORS : what the signs and commands are that relate or join formulas.
meaning_of : the kind and the meaning of a sign or command.
"""

# ruff: noqa: SIM905 - long lists of words read best as text

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

from symcausal.patterns import late
from symcausal.reading.brackets import closing_braces
from symcausal.writing import signs

_LEXEME = late(
    r"\\(?:begin|end)\s*\{([^{}]{0,40})\}(?:\s*\{[lcr|@{}\d\s]{0,20}\})?"
    r"|\\\\\*?(?:\s*\[[^\[\]()\\]{0,20}(?:\\jot|pt|em|ex|mm|cm|jot)\])?"
    r"|\\([A-Za-z]+)\*?|\\.|:=|=:|<=|>=|!=|==|<->|->|<-|_\|\|?_"
    r"|[{}()\[\],;&=<>≈≃∝≠≤≥⩽⩾≔≡⟂⊥⫫⇒⟹⇔⟺∴]|[^\W_]+|[^\s~]",
    re.DOTALL,
)
_SEAM = late(r"\\(?:\\|begin|end|\Z)")
_REACH = 100  # no lexeme with blanks in it is longer
_RELATING = frozenset({"EQ", "DEFINE", "REL"})

RELATIONS: dict[str, str] = {
    **{sign: meaning for sign, (kind, meaning) in signs.SIGNS.items() if kind in _RELATING},
    **{word: meaning for word, (kind, meaning) in signs.COMMANDS.items() if kind in _RELATING},
    "=:": "=:", "eqqcolon": "=:", "cong": "≈", "thickapprox": "≈", "varpropto": "∝",
}  # fmt: skip
OPERATORS = frozenset("+ - * / × · ⋅ − – times cdot div ast".split())

_INDEPENDENT = (
    *(text for text, (kind, _) in signs.SIGNS.items() if kind == "INDEP"),
    *(word for word, (kind, _) in signs.COMMANDS.items() if kind == "INDEP"),
    *"nperp nindep notindep models".split(),
)
_ARROWS = (
    "implies impliedby iff Rightarrow Leftarrow Leftrightarrow Longrightarrow Longleftrightarrow "
    "Longleftarrow therefore because to rightarrow ⇒ ⟹ ⇔ ⟺ ∴"
).split()
_BOTH_WAYS = frozenset("iff Leftrightarrow Longleftrightarrow ⇔ ⟺".split())
_FONTS = (
    "text textrm textit textbf textnormal textsf mbox hbox intertext shortintertext mathrm emph "
    "operatorname textsc mathit"
).split()
_NO_INK = (
    "left right middle big Big bigg Bigg bigl bigr bigm Bigl Bigr Bigm biggl biggr biggm Biggl "
    "Biggr Biggm enspace thinspace hline limits nolimits"
).split()
_SIGN_KINDS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("(", "[", "\\{"), ("opening", "")),
    **dict.fromkeys((")", "]", "\\}"), ("closing", "")),
    "{": ("brace", ""), "}": ("unbrace", ""), "⟨": ("angle", ""), "⟩": ("unangle", ""),
    ",": ("comma", ""), ";": ("comma", ""), "&": ("column", ""),
    **dict.fromkeys(("\\ ", "\\,", "\\;", "\\:", "\\!", "\\>"), ("blank", "")),
    **dict.fromkeys(("'", "_", "^", "$"), ("mark", "")),
}  # fmt: skip
_WORD_KINDS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(_NO_INK, ("blank", "")), **dict.fromkeys(("quad", "qquad"), ("gap", "")),
    **dict.fromkeys(_FONTS, ("font", "")),
    **dict.fromkeys(("overset", "stackrel", "underset"), ("stack", "")),
    "langle": ("angle", ""), "rangle": ("unangle", ""),
    "forall": ("quantifier", "all"), "exists": ("quantifier", "exists"),
    "in": ("member", "all"), "notin": ("member", "all"),
    "sim": ("roughly", "≈"), "not": ("denial", ""), "centernot": ("denial", ""),
}  # fmt: skip
_KINDS: dict[str, tuple[str, str]] = {
    **{sign: ("operator", sign if sign.isalpha() else "") for sign in OPERATORS},
    **{sign: ("independent", sign) for sign in _INDEPENDENT},
    **{sign: ("implies", "iff" if sign in _BOTH_WAYS else "") for sign in _ARROWS},
    **{sign: ("relation", meaning) for sign, meaning in RELATIONS.items()},
}
# by spelling; a word may stand for a relation, too: P(x) le 1
_FORMS: dict[str, tuple[str, str, str]] = {
    **{sign: (*_KINDS[sign], "") for sign in _KINDS if not sign.isalpha() or sign in RELATIONS},
    **{sign: (*kind, "") for sign, kind in _SIGN_KINDS.items()},
    **{"\\" + word: (*kind, word) for word, kind in _KINDS.items() if word.isalpha()},
    **{"\\" + word: (*kind, word) for word, kind in _WORD_KINDS.items()},
}


class Lexeme:
    r"""What is one thing in a text, from ``start`` to ``end``.

    ``kind`` says what it does: ``edge`` (of an environment), ``row`` (its end), ``column``, ``comma``,
    ``gap``, ``blank``, ``relation``, ``independent``, ``implies``, ``operator``, ``quantifier``,
    ``member``, ``roughly``, ``denial``, ``font``, ``stack``, ``opening`` and ``closing`` (brackets),
    ``brace`` and ``unbrace``, ``angle`` and ``unangle``, ``mark``, ``word``, ``command``, ``other``.
    ``name`` is the command without its backslash, or the environment. ``meaning`` is one for all
    spellings of a sign: of ``\leq``, ``<=`` and ``≤``.
    """

    __slots__ = ("end", "kind", "meaning", "name", "start", "text")

    def __init__(
        self, kind: str, text: str, start: int, end: int, name: str = "", meaning: str = ""
    ) -> None:
        self.kind = kind
        self.text = text
        self.start = start
        self.end = end
        self.name = name
        self.meaning = meaning

    def __repr__(self) -> str:
        return f"{self.kind}({self.text})"

    def moved(self, by: int) -> Lexeme:
        """Return the same lexeme some characters further on."""
        start, end = self.start + by, self.end + by
        return Lexeme(self.kind, self.text, start, end, self.name, self.meaning)


class Lexemes:
    """The lexemes of a text.

    Attributes
    ----------
    text : str
        The text.
    """

    def __init__(self, text: str, lexemes: list[Lexeme] | None = None) -> None:
        self.text = text
        self._all = list(_lexemes(text, 0, len(text))) if lexemes is None else lexemes

    @classmethod
    def joined(cls, parts: Sequence[Lexemes]) -> Lexemes:
        """Return the lexemes of several texts that blanks join."""
        if len(parts) == 1:
            return parts[0]
        text = " ".join(part.text for part in parts)
        if any(_SEAM.search(part.text, len(part.text) - _REACH) for part in parts[:-1]):
            return cls(text)  # what follows may belong to a row's end or an edge
        at, found = 0, []
        for part in parts:
            found += [lexeme.moved(at) for lexeme in part._all]
            at += len(part.text) + 1
        return cls(text, found)

    def within(self, start: int, end: int) -> Sequence[Lexeme]:
        """Return the lexemes of a stretch."""
        first, stop = bisect_left(self._starts, start), bisect_left(self._starts, end)
        cut = (first and self._all[first - 1].end > start) or (
            stop > first and self._all[stop - 1].end > end
        )
        if cut:  # the stretch begins or ends within a lexeme, as at the dollar of \$
            return list(_lexemes(self.text, start, end))
        return self._all[first:stop]

    def at(self, place: int) -> Lexeme | None:
        """Return the lexeme that begins at a place; None if none does."""
        found = bisect_left(self._starts, place)
        if found < len(self._all) and self._all[found].start == place:
            return self._all[found]
        return None

    @cached_property
    def closing(self) -> dict[int, int]:
        """Where each brace of the text closes."""
        return closing_braces(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [lexeme.start for lexeme in self._all]


def _lexemes(text: str, start: int, end: int) -> Iterator[Lexeme]:
    for match in _LEXEME.finditer(text, start, end):
        written = match.group()
        kind, meaning, name = _FORMS.get(written) or _form(match)
        yield Lexeme(kind, written, match.start(), match.end(), name, meaning)


def _form(match: re.Match[str]) -> tuple[str, str, str]:
    """The kind, the meaning and the name of a lexeme whose spelling is in no table."""
    written, environment, word = match.group(0, 1, 2)
    if written[0].isalnum():
        return "word", "", ""
    if word is not None:
        kind, meaning, _ = _FORMS.get("\\" + word) or ("command", "", "")
        return kind, meaning, word
    if environment is not None:
        return "edge", "", environment.strip().rstrip("*")
    return ("row" if written.startswith("\\\\") else "other"), "", ""


def meaning_of(word: str) -> tuple[str, str]:
    r"""Return the kind and the meaning of a sign, or of a command without its backslash.

    Examples
    --------
    >>> meaning_of("leq"), meaning_of("⊥"), meaning_of("alpha")
    (('relation', '≤'), ('independent', '⊥'), ('command', ''))
    """
    return _KINDS.get(word) or ("command", "")
