r"""Lists and products that leave terms out: ``X_1, X_2, \dots, X_4``, ``P(x_1) P(x_2) \cdots P(x_4)``.

Read is what runs on by one step from the names before the dots to the name behind them; in a product
from two factors, each with one head, whose conditions move with the head or are all heads before it.
An end that is a letter, ``x_n``, leaves the number of terms open. So does ``X_3, \dots, X_9`` alone
where the text writes, between these ends, only names in larger steps, such as ``X_5``.

Main definitions
----------------
unrolled : tokens with all that such lists and products leave out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import gcd

from symcausal.errors import ParseError, Source, Span
from symcausal.patterns import late
from symcausal.reading.tokens import Name, Spelling, Token
from symcausal.record import record, replace

MOST = 30
_NUMBERED = late(r"(?P<stem>.*?)(?P<number>\d{1,6})")


def unrolled(
    tokens: Sequence[Token], source: Source, spelling: Spelling | None = None
) -> list[Token]:
    """Return tokens with what the dots of lists and of products leave out.

    Parameters
    ----------
    tokens : sequence of Token
        Among them some dots.
    source : Source
        Their text.
    spelling : Spelling or None
        The known names, which tell how others around it are numbered.

    Raises
    ------
    ParseError
        If what stands around some dots does not tell what they leave out.
    """
    out: list[Token] = []
    places: list[int] = []  # where each token has gone
    for i, token in enumerate(tokens):
        places.append(len(out))
        if token.kind != "DOTS":
            inside = places[token.inside] if 0 <= token.inside < i else token.inside
            moved = Token(
                token.kind, token.text, token.start, token.end, inside=inside, name=token.name
            )
            out.append(moved)
            continue
        factors = _factors_left_out(tokens, i)
        if factors is not None:
            for factor in factors:
                _append(out, factor, token)
            continue
        names = _left_out(tokens, i, () if spelling is None else spelling.written)
        if names is None:
            shown = source.text[token.start : token.end]
            raise ParseError(
                f"'{shown}', a number of terms that is left open, is outside finite discrete models",
                hint="write every term out",
                span=Span(source, token.start, token.end),
            )
        inside = out[-1].inside
        for name in names:
            out.append(Token("NAME", name.text, token.start, token.end, inside=inside, name=name))
            out.append(Token("COMMA", ",", token.end, token.end, inside=inside))
        out.pop()  # the comma behind the dots follows
    return out


def _left_out(tokens: Sequence[Token], i: int, written: Collection[Name]) -> list[Name] | None:
    """Return the names that the dots at a place leave out; None if nothing tells them."""
    commas = [tokens[j].kind if 0 < j < len(tokens) else "" for j in (i - 1, i + 1)]
    last = tokens[i + 2] if i + 2 < len(tokens) else None
    if commas != ["COMMA", "COMMA"] or last is None or last.inside != tokens[i - 1].inside:
        return None
    end = _numbered(last.name)
    before: list[int] = []
    for j in range(i - 2, -1, -2):
        found = _numbered(tokens[j].name)
        if end is None or found is None or found[0] != end[0] or tokens[j].kind != "NAME":
            break
        before.insert(0, found[1])
        if j == 0 or tokens[j - 1].kind != "COMMA":
            break
    if end is None or not before:
        return None
    step = before[-1] - before[-2] if len(before) > 1 else 1
    whole = list(range(before[0], before[-1] + 1, step)) if step > 0 else []
    more = end[1] - before[-1]
    if whole != before or more <= 0 or more % step or more // step > MOST:
        return None
    if len(before) == 1 and _in_larger_steps(end[0], before[0], end[1], tokens, written):
        return None
    name = last.name
    assert name is not None
    return [_with(name, number) for number in range(before[-1] + step, end[1], step)]


def _in_larger_steps(
    stem: str, first: int, last: int, tokens: Sequence[Token], written: Collection[Name]
) -> bool:
    """Whether the names that are written between two ends are numbered in steps of two or more."""
    every = (*(t.name for t in tokens if t.kind == "NAME"), *written)
    found = (one for one in map(_numbered, every) if one is not None)
    between = [n for other, n in found if other.lower() == stem.lower() and first < n < last]
    return bool(between) and gcd(last - first, *(n - first for n in between)) > 1


@record
class _DottedFactor:
    """``P(x_2 | x_1)``: its head, its conditions, and where its tokens begin and end."""

    head: Name
    given: tuple[Name, ...]
    start: int
    end: int

    def numbers(self) -> tuple[int | None, ...]:
        """Return the number of the head and of each condition."""
        found = (_numbered(name) for name in (self.head, *self.given))
        return tuple(None if one is None else one[1] for one in found)

    def stems(self) -> tuple[str, ...]:
        """Return the names without their numbers."""
        found = ((name, _numbered(name)) for name in (self.head, *self.given))
        return tuple(name.text if one is None else one[0] for name, one in found)

    def shifted(self, by: int) -> _DottedFactor:
        """Return the factor with all numbers moved."""

        def moved(name: Name) -> Name:
            one = _numbered(name)
            return name if one is None else _with(name, one[1] + by)

        return replace(self, head=moved(self.head), given=tuple(map(moved, self.given)))

    def is_chain(self) -> bool:
        """Whether the conditions are all heads before this one, from 1."""
        numbers = self.numbers()
        alike = set(self.stems()) == {self.stems()[0]}
        return alike and numbers[0] is not None and numbers[1:] == tuple(range(1, numbers[0]))

    def chained(self, number: int) -> _DottedFactor:
        """Return the factor of such a chain with another head."""
        given = tuple(_with(self.head, n) for n in range(1, number))
        return replace(self, head=_with(self.head, number), given=given)


def _factors_left_out(tokens: Sequence[Token], i: int) -> list[_DottedFactor] | None:
    """Return the factors that the dots at a place leave out; None if nothing tells them."""
    second = _factor_before(tokens, i)
    first = _factor_before(tokens, second.start) if second is not None else None
    last = _factor_at(tokens, i + 1)
    if first is None or second is None or last is None or _kind(tokens, last.end) == "CARET":
        return None
    one, two, end = (factor.numbers()[0] for factor in (first, second, last))
    alike = first.stems()[0] == second.stems()[0] == last.stems()[0]
    if one is None or two is None or end is None or not alike or two != one + 1:
        return None
    if not two < end <= two + MOST:
        return None
    if all(map(_DottedFactor.is_chain, (first, second, last))) and len(last.given) > len(
        second.given
    ):
        return [second.chained(n) for n in range(two + 1, end)]
    back = second.shifted(-1)
    # the first factor has no one before it
    begun = [name for name in second.given if _numbered(name) is None]
    begins = (first.head.text, _texts(first.given)) in (
        (back.head.text, _texts(back.given)),
        (back.head.text, _texts(begun)),
    )
    ends = second.shifted(end - two)
    if not begins or (ends.head.text, _texts(ends.given)) != (last.head.text, _texts(last.given)):
        return None
    return [second.shifted(n - two) for n in range(two + 1, end)]


def _kind(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].kind if i < len(tokens) else ""


def _texts(names: Sequence[Name]) -> list[str]:
    return [name.text for name in names]


def _factor_before(tokens: Sequence[Token], end: int) -> _DottedFactor | None:
    """Return the factor that ends before a place."""
    closing = tokens[end - 1] if end > 0 else None
    if closing is None or closing.kind != "RPAR" or closing.inside < 1:
        return None
    found = _factor_at(tokens, closing.inside - 1)
    return found if found is not None and found.end == end else None


def _factor_at(tokens: Sequence[Token], start: int) -> _DottedFactor | None:
    """Return the factor ``P(x | y, z)`` that begins at a place."""
    kinds = [token.kind for token in tokens[start : start + 2]]
    if kinds != ["PROB", "LPAR"]:
        return None
    names: list[Name] = []
    for i in range(start + 2, min(len(tokens), start + 4 * MOST), 2):
        name, sign = tokens[i].name, tokens[i + 1].kind if i + 1 < len(tokens) else ""
        if tokens[i].kind != "NAME" or name is None:
            return None
        names.append(name)
        if sign == "RPAR":
            return _DottedFactor(names[0], tuple(names[1:]), start, i + 2)
        if sign != ("BAR" if len(names) == 1 else "COMMA"):
            return None
    return None


def _append(out: list[Token], factor: _DottedFactor, at: Token) -> None:
    """Append the tokens of a factor, in the place of some dots."""

    def add(kind: str, text: str, inside: int, name: Name | None = None) -> None:
        out.append(Token(kind, text, at.start, at.end, inside=inside, name=name))

    add("PROB", "P", at.inside)
    opener = len(out)
    add("LPAR", "(", at.inside)
    for i, name in enumerate((factor.head, *factor.given)):
        if i:
            add(*(("BAR", "|") if i == 1 else ("COMMA", ",")), opener)
        add("NAME", name.text, opener, name)
    add("RPAR", ")", opener)


def _numbered(name: Name | None) -> tuple[str, int] | None:
    """Return what a name ends in by its number, and the rest; None for a name without one."""
    if name is None:
        return None
    found = _NUMBERED.fullmatch(name.sub or name.base)
    if found is None:
        return None
    rest = Name(name.base, found["stem"] + "#", name.sup, name.primes)
    return (rest if name.sub else Name(found["stem"], "", name.sup, name.primes)).text, int(
        found["number"]
    )


def _with(name: Name, number: int) -> Name:
    """Return a name with another number."""
    found = _NUMBERED.fullmatch(name.sub or name.base)
    assert found is not None
    written = f"{found['stem']}{number}"
    base, sub = (name.base, written) if name.sub else (written, "")
    return Name(base, sub, name.sup, name.primes, implied=True)
