"""Tokens: what the lexer makes of characters and the grammar reads.

Main definitions
----------------
Token, Name : a token; the parts of a name with its scripts and primes.
Spelling : what the lexer must know of a vocabulary.
NAMED, named_quantities : counterfactual quantities with a name, and where they stand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from symcausal.expr.nodes import Copy, Expr
from symcausal.hints import Protocol

NAMED = frozenset({"PN", "PS", "PNS", "ETT", "TE", "CDE", "NDE", "NIE", "PSE", "LATE"})


class Name:
    r"""A name in parts: ``g'_{t}^{1}`` has base ``g``, sub ``t``, sup ``1`` and one prime.

    ``\tilde g`` has primes that no other name of its formula has, and says so by ``accented``. A name
    that dots leave out is ``implied``.
    """

    __slots__ = ("accented", "base", "implied", "primes", "sub", "sup")

    def __init__(
        self,
        base: str,
        sub: str = "",
        sup: str = "",
        primes: int = 0,
        *,
        accented: bool = False,
        implied: bool = False,
    ) -> None:
        self.accented = accented
        self.implied = implied
        self.base = base
        self.sub = sub
        self.sup = sup
        self.primes = primes

    @property
    def text(self) -> str:
        """The one spelling of the name: ``x_{10}`` and ``x_10`` are the same."""
        if not (self.sub or self.sup or self.primes):  # as of most names
            return self.base
        return self.base + _script("_", self.sub) + _script("^", self.sup) + "'" * self.primes


class Token:
    """A kind, the normal text, the characters ``start`` to ``end``, and the bracket around it.

    A name with settings, as ``Y_{X=1}``, carries the ``copy`` of the variable that it stands for, and
    a quantity such as ``TE(Y, X)`` the ``formula``.
    """

    __slots__ = ("copy", "end", "formula", "inside", "kind", "name", "start", "text")

    def __init__(
        self,
        kind: str,
        text: str,
        start: int,
        end: int,
        *,
        inside: int = -1,
        name: Name | None = None,
        copy: Copy | None = None,
        formula: Expr | None = None,
    ) -> None:
        self.formula = formula
        self.copy = copy
        self.kind = kind
        self.text = text
        self.start = start
        self.end = end
        self.inside = inside
        self.name = name

    def within(self, inside: int) -> Token:
        """Return the token within another bracket."""
        return Token(
            self.kind, self.text, self.start, self.end,
            inside=inside, name=self.name, copy=self.copy, formula=self.formula,
        )  # fmt: skip

    def __repr__(self) -> str:
        return f"{self.kind}({self.text})"


class Spelling(Protocol):
    """What the lexer asks a vocabulary: which names there are and which are numbers."""

    @property
    def is_closed(self) -> bool:
        """Whether all names are declared; otherwise there may be others."""
        ...

    def knows(self, name: str) -> bool:
        """Whether a spelling means something."""
        ...

    def is_parameter(self, name: str) -> bool:
        """Whether a spelling is a number of the model."""
        ...

    @property
    def written(self) -> Collection[Name]:
        """The names that a text writes, where no model declares any."""
        ...

    @property
    def sizes(self) -> Mapping[str, int]:
        """Numbers for letters that count: the n of ``x_1, ..., x_n``."""
        ...


def _script(sign: str, text: str) -> str:
    if not text:
        return ""
    plain = text.replace("_", "").isalnum() if sign == "_" else text.isdigit() or len(text) == 1
    return sign + (text if plain else "{" + text + "}")


def says_polarity(tokens: Sequence[Token], i: int) -> bool:
    """Return whether a token says yes or no of the name behind it: ``¬b``, or ``+b`` of an event."""
    if i + 1 >= len(tokens) or tokens[i + 1].name is None:
        return False
    if tokens[i].kind == "NOT":
        return True
    starts = i > 0 and tokens[i - 1].kind in ("LPAR", "COMMA", "BAR")
    return starts and tokens[i].kind in ("PLUS", "MINUS")


def named_quantities(
    tokens: Sequence[Token], names: Spelling, defined: Collection[str] = ()
) -> Iterator[tuple[int, int]]:
    """Yield the first and the last token of each quantity with a name, such as ``NDE(Y, X, M)``.

    What the model or the notes call by such a name is theirs.
    """
    for i, token in enumerate(tokens[:-1]):
        if token.text not in NAMED or token.name is None or tokens[i + 1].kind != "LPAR":
            continue
        if names.knows(token.text) or token.text in defined:
            continue
        inside = (k for k in range(i + 2, len(tokens)) if tokens[k].inside == i + 1)
        stop = next((k for k in inside if tokens[k].kind == "RPAR"), 0)
        if stop:
            yield i, stop
