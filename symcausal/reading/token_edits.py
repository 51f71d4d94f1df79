"""Other tokens in the place of some, with the brackets around all of them kept.

Main definitions
----------------
TokensEdit : what stands for the tokens from one place to another.
edited : tokens with edits made.
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
        out.append(
            Token(token.kind, token.text, token.start, token.end, inside=moved, name=token.name)
        )

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
