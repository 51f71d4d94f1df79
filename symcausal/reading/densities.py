r"""Integrals of densities, ``\int p(x, y)\,dx``, which are read as sums over all values.

What is true of all discrete laws is true of densities, if both sides have the same unit: a density of
X counts *per x*, and an integral over it takes that away. ``p(x) \le 1`` and ``1 - p(x)`` are about no
density.

Main definitions
----------------
integrated : tokens with sums in the place of integrals.
unit : in what a formula counts, by variable.
UnitError : a formula that is about probabilities, and about no densities.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from symcausal.errors import ParseError, Source, Span
from symcausal.expr import build
from symcausal.expr.nodes import (
    Add,
    Counterfactual,
    Event,
    Expectation,
    Expr,
    Letter,
    Minus,
    Numeric,
    Prob,
    Product,
    Quotient,
    Scalar,
    Sum,
)
from symcausal.reading.tokens import Token


class UnitError(ValueError):
    """A formula has no unit: its terms have different ones, or a density is asked at one value."""


def integrated(tokens: Sequence[Token], source: Source) -> list[Token]:
    r"""Return tokens in which a sum stands for each integral, with brackets around it.

    Raises
    ------
    ParseError
        If an integral has no ``dx`` that ends it, or none belongs to a ``dx``.
    """
    names, ends = _matched(tokens, source)
    out: list[Token] = []
    places: list[int] = []  # where each token has gone
    opened: list[tuple[int, int]] = []

    def add(kind: str, text: str, at: int, inside: int) -> int:
        out.append(Token(kind, text, at, at, inside=inside))
        return len(out) - 1

    for i, token in enumerate(tokens):
        places.append(len(out))
        inside = places[token.inside] if 0 <= token.inside < i else token.inside
        if token.kind == "INTEGRAL":
            outer = add("LPAR", "(", token.start, inside)
            out.append(Token("SUM", "sum", token.start, token.end, inside=outer))
            index = add("GOPEN", "{", token.end, outer)
            for count, one in enumerate(names[i]):
                if count:
                    add("COMMA", ",", one.start, index)
                out.append(Token("NAME", one.text, one.start, one.end, inside=index, name=one.name))
            add("GCLOSE", "}", token.end, index)
            opened.append((outer, add("LPAR", "(", token.end, outer)))
        elif token.kind == "DIFFERENTIAL":
            for _ in range(ends.get(i, 0)):
                outer, inner = opened.pop()
                add("RPAR", ")", token.end, inner)
                add("RPAR", ")", token.end, outer)
        else:
            out.append(
                Token(
                    token.kind, token.text, token.start, token.end, inside=inside, name=token.name
                )
            )
    return out


def _matched(
    tokens: Sequence[Token], source: Source
) -> tuple[Mapping[int, list[Token]], Mapping[int, int]]:
    """The variables of each integral, and how many integrals end at each place."""
    names: dict[int, list[Token]] = {}
    ends: dict[int, int] = {}
    waiting: list[int] = []
    last = -1  # the integral that ended right before
    for i, token in enumerate(tokens):
        if token.kind == "INTEGRAL":
            waiting.append(i)
            names[i] = []
            last = -1
        elif token.kind == "DIFFERENTIAL":
            follows = i > 0 and tokens[i - 1].kind == "DIFFERENTIAL"
            open_ = [w for w in waiting if tokens[w].inside == token.inside]
            empty = i > 0 and tokens[i - 1].kind == "INTEGRAL"
            if (
                (open_ and waiting[-1] != open_[-1])
                or empty
                or not (open_ or (follows and last >= 0))
            ):
                raise _unmatched(token, source)
            if open_:
                last = waiting.pop()
                ends[i] = 1
            else:  # \int p(x, y) dx dy, with one sign for both
                ends[i] = ends.pop(i - 1)
            names[last].append(token)
        else:
            last = -1
    if waiting:
        raise _unmatched(tokens[waiting[-1]], source)
    return names, ends


def _unmatched(token: Token, source: Source) -> ParseError:
    shown = source.text[token.start : token.end]
    return ParseError(
        f"'{shown}' alone",
        expected=r"an integral and its variable, as in \int p(x)\,dx",
        span=Span(source, token.start, token.end),
    )


def unit(expr: Expr) -> Counter[str] | None:
    """Return how often a formula counts per each variable; None for zero, which has any unit.

    Raises
    ------
    UnitError
        If it has none.

    Examples
    --------
    >>> from symcausal.reading.reader import read
    >>> unit(read("P(x, y) / P(x)")) == Counter({"Y": 1}), unit(read("sum_{x} x P(x)")) == Counter()
    (True, True)
    """
    match expr:
        case Prob(outcome, given, do):
            told = [*outcome, *given, *do]
            if len({event.variable for event in told}) < len(told):
                raise UnitError("one variable twice in a density")
            return Counter(e.variable for e in outcome if isinstance(e.value, Letter))
        case Counterfactual():
            raise UnitError("a density over several worlds")
        case Scalar():
            return None if expr == build.ZERO else Counter()
        case Numeric():
            return Counter()
        case Sum(over, body):
            return _less(unit(body), Counter(map(_variable, over)))
        case Expectation(_, body, _, _):
            return unit(body)
        case Product(parts):
            found: Counter[str] = Counter()
            for part in parts:
                one = unit(part)
                if one is None:
                    return None
                found = _less(found, _less(Counter(), one) or Counter()) or Counter()
            return _plain(found)
        case Quotient(left, right):
            return _less(unit(left), unit(right) or Counter())
        case Add(parts):
            return _same([unit(part) for part in parts])
        case Minus(left, right):
            return _same([unit(left), unit(right)])


def _variable(event: Event) -> str:
    return event.variable


def _less(one: Counter[str] | None, other: Counter[str]) -> Counter[str] | None:
    if one is None:
        return None
    found = Counter(one)
    found.subtract(other)
    return _plain(found)


def _plain(found: Counter[str]) -> Counter[str]:
    return Counter({name: count for name, count in found.items() if count})


def _same(units: Sequence[Counter[str] | None]) -> Counter[str] | None:
    told = [one for one in units if one is not None]
    if any(one != told[0] for one in told):
        raise UnitError("terms that count per different variables")
    return told[0] if told else None
