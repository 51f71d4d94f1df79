r"""The other ways in which a formula may have been meant.

A sum sign binds the product after it, and nothing beyond a ``+``. An author who leaves the brackets
out may have meant the sum to go on: ``\sum_z P(y|z) P(z) + P(w)``; or to end earlier, before a factor
that names the same letter. A product over numbers ends before a factor without its index, and may
have been meant to go on. ``E(X - E(X))^2`` is the square of a mean, or a mean of squares. A subscript
of the very letters that stand in the brackets, ``p_x(x)``, may set their variables or may be the name
of a mass function. Nobody should be told that a line holds, or fails, under a reading that was only
guessed.

Main definitions
----------------
other_readings : syntax trees of the other readings of a formula.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from symcausal.reading.syntax import SyntaxPart, SyntaxTree
from symcausal.reading.tokens import Token

MOST = 4


def other_readings(tree: SyntaxPart, text: str) -> Iterator[SyntaxPart]:
    """Yield up to four other syntax trees over the tokens of a text."""
    return islice(_readings(tree, text), MOST)


def _readings(tree: SyntaxPart, text: str) -> Iterator[SyntaxPart]:
    if not isinstance(tree, SyntaxTree) or tree.kind == "symbol":
        return
    if tree.kind == "power":
        yield from _inside(tree)
        return
    if tree.kind == "probability":
        yield from _marked(tree)
        return
    if tree.kind == "terms":
        yield from _longer(tree, text)
    if tree.kind == "sum":
        yield from _shorter(tree)
    if tree.kind == "product_over" and isinstance(tree.parts[-1], SyntaxTree):
        # a product that goes on over factors without its index
        body = tree.parts[-1]
        yield _like(tree, [*tree.parts[:-1], _like(body, [body], kind="bracket")])
    for i, part in enumerate(tree.parts):
        for other in _readings(part, text):
            yield _like(tree, [*tree.parts[:i], other, *tree.parts[i + 1 :]])


def _inside(tree: SyntaxTree) -> Iterator[SyntaxPart]:
    """The mean of a power, where the power of a mean of more than a name is written."""
    mean, *power = tree.parts
    if isinstance(mean, SyntaxTree) and mean.kind in ("expectation", "mean_over"):
        at = 2 if mean.kind == "expectation" else 3
        body = mean.parts[at]
        if isinstance(body, SyntaxTree) and body.kind != "symbol":
            bracket = _like(body, [body], kind="bracket")
            inner = _like(tree, [bracket, *power])
            yield _like(mean, [*mean.parts[:at], inner, *mean.parts[at + 1 :]])


def _marked(tree: SyntaxTree) -> Iterator[SyntaxPart]:
    """The two readings of a subscript of small letters that are those of the outcome."""
    mark, outcome = tree.parts[1], tree.parts[3 if len(tree.parts) > 4 else 2]
    if not isinstance(mark, SyntaxTree) or mark.kind != "mark" or len(mark.parts) > 3:
        return
    inside = mark.parts[1]
    if not isinstance(inside, SyntaxTree) or not all(map(_is_small, inside.parts[::2])):
        return
    if {t.text.casefold() for t in _names(inside)} != {t.text.casefold() for t in _named(outcome)}:
        return
    yield _like(tree, [tree.parts[0], *tree.parts[2:]])
    act = _like(inside, [mark.parts[0], mark.parts[0], inside, mark.parts[2]], kind="act")
    acts = _like(mark, [mark.parts[0], _like(inside, [act], kind="list"), mark.parts[2]])
    yield _like(tree, [tree.parts[0], acts, *tree.parts[2:]])


def _is_small(part: SyntaxPart) -> bool:
    """Whether an event is a name that begins with a small letter, and nothing else."""
    if not isinstance(part, SyntaxTree) or part.kind != "bare":
        return False
    return all(t.name is not None and t.name.base[:1].islower() for t in _names(part))


def _named(part: SyntaxPart) -> Iterator[Token]:
    """The names of the variables of a list of events."""
    if isinstance(part, SyntaxTree) and part.kind == "equals":
        yield from _names(part.parts[0])
    elif isinstance(part, SyntaxTree):
        for inner in part.parts:
            yield from _named(inner)
    else:
        yield from _names(part)


def _longer(tree: SyntaxTree, text: str) -> Iterator[SyntaxPart]:
    """A sum that goes on over the terms behind it."""
    for i, part in enumerate(tree.parts[:-1]):
        if not isinstance(part, SyntaxTree):
            continue
        lead, last = _split(part)
        if last is None or _is_bracketed(last, text):
            continue
        rest = tree.parts[i + 1 :]
        if not _plain(rest):
            return
        body = _like(tree, [last.parts[-1], *rest], kind="terms")
        longer: SyntaxPart = _like(last, [*last.parts[:-1], body])
        if lead:
            longer = _like(part, [*lead, longer])
        yield _like(tree, [*tree.parts[:i], longer]) if i else longer
        return


def _split(part: SyntaxTree) -> tuple[list[SyntaxPart], SyntaxTree | None]:
    if part.kind == "sum":
        return [], part
    last = part.parts[-1]
    if part.kind == "factors" and isinstance(last, SyntaxTree) and last.kind == "sum":
        return part.parts[:-1], last
    return [], None


def _plain(rest: list[SyntaxPart]) -> bool:
    """Whether what follows is a term with a probability that is no sum of its own."""
    second = rest[1] if len(rest) > 1 else None
    return isinstance(second, SyntaxTree) and second.kind != "sum" and _probable(second)


def _probable(part: SyntaxPart) -> bool:
    if isinstance(part, Token):
        return part.kind in ("PROB", "EXPECT")
    return any(_probable(inner) for inner in part.parts)


def _is_bracketed(tree: SyntaxTree, text: str) -> bool:
    """Whether brackets show where a sum ends."""
    body = tree.parts[-1]
    if isinstance(body, SyntaxTree) and body.kind == "factors":
        return False
    between = text[tree.parts[-2].end : body.start]
    bracket = isinstance(body, SyntaxTree) and body.kind == "bracket"
    return bracket or "(" in between or "[" in between


def _shorter(tree: SyntaxTree) -> Iterator[SyntaxPart]:
    """A sum that ends before a factor which names one of its letters."""
    body = tree.parts[-1]
    if not isinstance(body, SyntaxTree) or body.kind != "factors":
        return
    index = {t.text.casefold() for t in _names(tree.parts[2])}
    for i in range(1, len(body.parts)):
        part = body.parts[i]
        if isinstance(part, Token):
            continue
        names = {t.text.casefold() for t in _names(part)}
        if isinstance(part, SyntaxTree) and part.kind == "sum":
            names -= {t.text.casefold() for t in _names(part.parts[2])}
        if not index & names:
            continue
        cut = i - 1 if i > 1 and isinstance(body.parts[i - 1], Token) else i
        inner = body.parts[:cut]
        head = inner[0] if len(inner) == 1 else _like(body, inner)
        short = _like(tree, [*tree.parts[:-1], head])
        yield _like(body, [_like(short, [short], kind="bracket"), *body.parts[cut:]])


def _names(part: SyntaxPart) -> Iterator[Token]:
    if isinstance(part, Token):
        if part.name is not None:
            yield part
        return
    for inner in part.parts:
        yield from _names(inner)


def _like(tree: SyntaxTree, parts: list[SyntaxPart], *, kind: str = "") -> SyntaxTree:
    made = SyntaxTree(kind or tree.kind, parts)
    made.start, made.end = tree.start, tree.end
    return made
