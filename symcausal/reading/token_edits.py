"""Other tokens in the place of some, with the brackets around all of them kept.

Main definitions
----------------
TokensEdit : what stands for the tokens from one place to another.
edited : tokens with edits made.
merged : tokens in which some runs are each one token.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from symcausal.reading.tokens import Token
from symcausal.record import record


@record
class TokensEdit:
    """What stands for the tokens from one place to another.

    Brackets around new tokens are told by their old places, those among them by their places in the
    new ones, from -2 on downwards.
    """

    start: int
    stop: int
    new: tuple[Token, ...]


def edited(tokens: Sequence[Token], edits: Iterable[TokensEdit]) -> list[Token]:
    """Return tokens with edits made, which are in order; one that overlaps the one before is left out."""
    out: list[Token] = []
    places: dict[int, int] = {}

    def put(token: Token, base: int) -> None:
        inside = token.inside
        moved = places.get(inside, inside) if inside > -2 else base - 2 - inside
        out.append(token.within(moved))

    at = 0
    for edit in edits:
        if edit.start < at:
            continue
        for i in range(at, edit.start):
            places[i] = len(out)
            put(tokens[i], 0)
        base = len(out)
        for token in edit.new:
            put(token, base)
        at = edit.stop
    for i in range(at, len(tokens)):
        places[i] = len(out)
        put(tokens[i], 0)
    return out


def merged(
    tokens: Sequence[Token], places: Sequence[tuple[int, int]], whole: Sequence[Token]
) -> list[Token]:
    """Return tokens in which each run, from its first to its last token, is one token instead."""
    runs = zip(places, whole, strict=True)
    return edited(tokens, (TokensEdit(i, last + 1, (one,)) for (i, last), one in runs))
