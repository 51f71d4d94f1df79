"""Syntax trees: what was written, before names mean anything.

Main definitions
----------------
SyntaxTree : a kind, parts, and the characters that it covers. A part is a tree or a token.
grow : the tree that a production of the grammar makes.
signed : the parts of a sum or product with their signs.
COMPOUND : the kinds of trees of events that are not one conjunction.
"""

from __future__ import annotations

from collections.abc import Iterator

from symcausal.errors import LimitError, Source, Span
from symcausal.hints import TypeAlias
from symcausal.reading.tokens import Token

MAX_HEIGHT = 200
COMPOUND = frozenset(
    "either without compared within outside group complement denied impossible".split()  # noqa: SIM905
)


class SyntaxTree:
    """One construct of the text; ``height`` bounds the recursion of whoever walks it."""

    __slots__ = ("end", "height", "kind", "parts", "start")

    def __init__(self, kind: str, parts: list[SyntaxTree | Token]) -> None:
        self.kind = kind
        self.parts = parts
        self.start: int = parts[0].start
        self.end: int = parts[-1].end
        self.height = 1 + _highest(parts)

    def __repr__(self) -> str:
        return f"{self.kind}{self.parts}"


SyntaxPart: TypeAlias = SyntaxTree | Token


def grow(kind: str, parts: list[SyntaxPart], source: Source) -> SyntaxPart:
    """Return the tree of a production; lists grow in place, so that long ones stay flat and cheap."""
    if kind == "keep":
        return parts[0]
    if kind == "inner":
        return _bracketed(parts)
    first = parts[0]
    if kind == "more" and isinstance(first, SyntaxTree):
        return _longer(first, parts[1:])
    if kind in ("terms", "factors") and isinstance(first, SyntaxTree) and first.kind == kind:
        return _longer(first, parts[1:])
    tree = SyntaxTree(kind, parts)
    if tree.height > MAX_HEIGHT:
        raise LimitError(
            "a formula nested too deep",
            expected=f"at most {MAX_HEIGHT} levels",
            span=Span(source, tree.start, tree.start + 1),
        )
    return tree


def _highest(parts: list[SyntaxPart]) -> int:
    return max((part.height for part in parts if isinstance(part, SyntaxTree)), default=0)


def _longer(tree: SyntaxTree, parts: list[SyntaxPart]) -> SyntaxTree:
    tree.parts += parts
    tree.end = parts[-1].end
    tree.height = max(tree.height, 1 + _highest(parts))
    return tree


def _bracketed(parts: list[SyntaxPart]) -> SyntaxPart:
    """Return what brackets hold; a sum or product stays a tree of its own, apart from what follows."""
    inside = parts[1]
    if isinstance(inside, SyntaxTree) and inside.kind in ("terms", "factors"):
        whole = SyntaxTree("bracket", parts[1:2])
        whole.start, whole.end = parts[0].start, parts[-1].end
        return whole
    return inside


_SIGNS = {"MINUS": "-", "PLUS": "+", "TIMES": "*", "SLASH": "/"}


def signed(tree: SyntaxTree) -> Iterator[tuple[str, SyntaxPart]]:
    """Yield the parts of a sum or product, each with the sign before it."""
    plain = "+" if tree.kind == "terms" else "*"
    sign = plain
    for part in tree.parts:
        if isinstance(part, Token) and part.kind in _SIGNS:
            sign = _SIGNS[part.kind]
        else:
            yield sign, part
            sign = plain
