r"""Lists that leave terms out: ``X_1, X_2, \dots, X_4``.

Read is what runs on by one step from the names before the dots to the name behind them. An end that
is a letter, ``x_n``, leaves the number of terms open.

Main definitions
----------------
unrolled : tokens with all names of such lists.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcausal.errors import ParseError, Source, Span
from symcausal.patterns import late
from symcausal.reading.tokens import Name, Token

MOST = 30
_NUMBERED = late(r"(?P<stem>.*?)(?P<number>\d{1,6})")


def unrolled(tokens: Sequence[Token], source: Source) -> list[Token]:
    """Return tokens with the names that the dots of lists leave out.

    Raises
    ------
    ParseError
        If the names around some dots do not tell what they leave out.
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
        names = _left_out(tokens, i)
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


def _left_out(tokens: Sequence[Token], i: int) -> list[Name] | None:
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
    name = last.name
    assert name is not None
    return [_with(name, number) for number in range(before[-1] + step, end[1], step)]


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
    return Name(base, sub, name.sup, name.primes)
