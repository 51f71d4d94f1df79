r"""Names that notes define, and where they are applied: ``f(x, y)``.

Main definitions
----------------
Definition : what a name stands for, and the letters of its arguments.
CONSTANTS : the names of constants that need no definition.
KNOWN_FUNCTIONS : the names of functions that nobody defines.
application : where ``f(x, y)`` ends.
letters_of : the arguments of a definition.
undefined : the error for a function that nobody defined.
"""

# ruff: noqa: SIM905 - long lists of words read best as text

from __future__ import annotations

from collections.abc import Sequence

from symcausal.errors import ParseError, Source, Span
from symcausal.expr.nodes import Event, Expr, Letter
from symcausal.reading.reader import Reader
from symcausal.reading.syntax import SyntaxPart
from symcausal.reading.tokens import Token
from symcausal.record import record

CONSTANTS = frozenset(
    "alpha beta gamma eta kappa lambda zeta delta nu c C k K Z N const constant normalizer "
    "normaliser normalization normalisation".split()
)
KNOWN_FUNCTIONS = frozenset(
    "Var Cov Corr H I KL D log ln exp max min argmax argmin sgn erf Normal Bern Bernoulli Unif Beta "
    "Gamma Poisson Dir Cat N U do P p Pr E".split()
)


@record
class Definition:
    """A name of the notes, with the formula that it stands for.

    Attributes
    ----------
    name : str
        As the notes spell it.
    arguments : tuple of Event
        Letters of ``body``.
    body : Expr
        What it stands for.
    explicit : bool
        Whether ``:=`` or words such as *let* introduce it, so that another ``=`` is a claim.
    ended : bool
        Whether its section is over, so that another ``=`` introduces the name anew.
    loose : tuple of str
        Small letters of a function's body that are none of its arguments.
    """

    name: str
    arguments: tuple[Event, ...]
    body: Expr
    explicit: bool = False
    ended: bool = False
    loose: tuple[str, ...] = ()

    @property
    def remark(self) -> str:
        """What a reader should know of the letters of the definition."""
        if not self.loose:
            return ""
        some = " and ".join(self.loose)
        stand, are = ("stands", "is") if len(self.loose) == 1 else ("stand", "are")
        return f"{some} {stand} in what '{self.name}' means and {are} none of its arguments"


def undefined(token: Token, source: Source) -> ParseError:
    """Return the error for a function that nobody defined."""
    return ParseError(
        f"'{token.text}(...)', a function that the notes do not define",
        expected=f"a definition before it, {token.text}(x) := ...",
        span=Span(source, token.start, token.end),
    )


def application(tokens: Sequence[Token], i: int) -> int:
    """Return where ``f(x, y)`` that begins at a token ends; -1 if none does."""
    token = tokens[i]
    if token.kind != "NAME" or token.name is None or i + 3 > len(tokens):
        return -1
    opener = tokens[i + 1]
    if opener.kind != "LPAR" or opener.text not in ("(", "[") or opener.end == opener.start:
        return -1
    if i and tokens[i - 1].kind in ("BAR", "COMMA", "EQ", "DEFINE", "LARROW", "IN"):
        return -1
    named = False
    for stop in range(i + 2, min(len(tokens), i + 40)):
        kind = tokens[stop].kind
        if kind == "RPAR" and tokens[stop].inside == i + 1:
            return stop if named else -1
        negative = kind == "MINUS" and tokens[stop - 1].kind == "EQ"  # the state of X=-1
        if not negative and kind not in ("NAME", "STRING", "COMMA", "EQ", "NUMBER", "NOT"):
            return -1
        named = named or kind == "NAME"
    return -1


def letters_of(reader: Reader, arguments: Sequence[SyntaxPart]) -> tuple[Event, ...]:
    """Return the arguments of a definition as letters."""
    found = []
    for argument in arguments:
        event = reader.event(argument, frozenset())
        if not isinstance(event.value, Letter):
            raise ParseError("a state as an argument", span=reader.span(argument))
        found.append(event)
    return tuple(found)
