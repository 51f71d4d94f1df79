r"""Means, ``E[Y \mid X]``; those over a subscript: ``E_X[P(Y \mid X)]`` is ``\sum_x P(x) P(Y \mid x)``.

The subscript may say the law, too: ``E_{x \sim P(x \mid z)}[..]``. Of ``E_{x \sim p}`` it is ``P(x)``.
A subscript might also say what is set, ``E_x[Y]``. Where nothing in the brackets depends on it, or
something in them is random besides, the mean is refused.

Main definitions
----------------
mean : a mean of what stands between brackets, ``E[Y | do(X)]``.
mean_over : the formula of a mean over the variables of a subscript.
"""

from __future__ import annotations

from collections.abc import Iterator

from symcausal.errors import ParseError
from symcausal.expr import build
from symcausal.expr.nodes import NO_EVENTS, Event, Events, Expectation, Expr, Letter, Prob
from symcausal.expr.scope import free_letters
from symcausal.hints import TypeGuard
from symcausal.reading.event_reader import FormulaReader, is_name, items, name_of, shown, spelt
from symcausal.reading.syntax import SyntaxPart, SyntaxTree
from symcausal.reading.tokens import Token
from symcausal.reading.vocabulary import Meaning
from symcausal.writing.signs import MOMENTS, PROBABILITIES


def mean(tree: SyntaxTree, reader: FormulaReader, bound: frozenset[str]) -> Expr:
    """Return the mean of what the brackets of ``E[..]`` hold, over what is random in it.

    Raises
    ------
    ParseError
        If nothing in it is.
    """
    body = reader.formula(tree.parts[2], bound)
    given, do = NO_EVENTS, NO_EVENTS
    if len(tree.parts) > 4:
        given, do = reader.conditions(tree.parts[4], bound)
    reader.check_single(do, tree)
    free = free_letters(body)
    # a letter that a sum outside binds is a number here, unless it is written as the variable
    random = {m.letter for m in _capitals(tree.parts[2], reader)}
    over = Events(
        Event(variable, Letter(letter))
        for letter, variable in free.items()
        if letter not in bound or letter in random
    )
    if not over:
        raise ParseError(
            "an expectation without a random variable",
            expected="one, as in E[Y | X]",
            span=reader.span(tree),
        )
    return Expectation(over, body, given, do)


def mean_over(tree: SyntaxTree, reader: FormulaReader, bound: frozenset[str]) -> Expr:
    r"""Return the sum that ``E_X[..]``, ``E_{X \mid z}[..]`` or ``E_X[.. \mid z]`` stands for.

    Raises
    ------
    ParseError
        If the subscript may mean something else, or there are two conditions.
    """
    mark = tree.parts[1]
    assert isinstance(mark, SyntaxTree)
    if spelt(tree.parts[0]) in MOMENTS:
        raise _doubtful(tree, reader, "a variance without one")
    lists = [part for part in mark.parts if isinstance(part, SyntaxTree)]
    below = items(lists[0])
    if mark.kind == "drawn" and len(below) == 1 and _is_group(below[0]):
        below = items(below[0].parts[1])  # (x, z) \sim p
    over = Events(_letter(item, reader) for item in below)
    if mark.kind == "drawn":
        return _drawn(tree, over, reader, bound)
    conditions: list[SyntaxPart] = (
        [*lists[1:], *tree.parts[5:6]] if len(tree.parts) > 5 else [*lists[1:]]
    )
    if len(conditions) > 1:
        raise _doubtful(tree, reader, "one condition, in the subscript or behind the bar")
    given, do = reader.conditions(conditions[0], bound) if conditions else (NO_EVENTS, NO_EVENTS)
    reader.check_single(do, tree)
    return _weighted(tree, Prob(over, given, do), reader, bound)


def _drawn(tree: SyntaxTree, over: Events, reader: FormulaReader, bound: frozenset[str]) -> Expr:
    r"""Return the sum that ``E_{x \sim P(x \mid z)}[..]`` stands for."""
    mark = tree.parts[1]
    assert isinstance(mark, SyntaxTree)
    law = mark.parts[3]
    if len(tree.parts) > 5:
        raise _doubtful(tree, reader, "no condition beside the law in the subscript")
    if is_name(law):
        if name_of(law).text not in PROBABILITIES:
            raise _doubtful(tree, reader, "P, or a law such as P(x | z)")
        return _weighted(tree, Prob(over), reader, bound)
    weight = reader.formula(law, bound | frozenset(over.letters))
    if not isinstance(weight, Prob) or weight.outcome != over:
        raise _doubtful(tree, reader, "the law of the variables before the sign")
    return _weighted(tree, weight, reader, bound)


def _weighted(tree: SyntaxTree, weight: Prob, reader: FormulaReader, bound: frozenset[str]) -> Expr:
    """Return the mean of what stands in the brackets, with a probability for each of its values."""
    letters = frozenset(weight.outcome.letters)
    body = reader.formula(tree.parts[3], bound | letters)
    told = Events((*weight.given, *weight.do))
    known = {*told.letters, *told.variables}
    random = {m for m in _symbols(tree.parts[3], reader, frozenset()) if m not in letters | bound}
    if not letters <= free_letters(body).keys() or random or letters & known:
        raise _doubtful(
            tree, reader, "what depends on the variables of the subscript, and on no other"
        )
    return build.total(weight.outcome, build.product((weight, body)))


def _capitals(part: SyntaxPart, reader: FormulaReader) -> Iterator[Meaning]:
    if isinstance(part, Token):
        if part.name is not None and part.name.base[:1].isupper():
            meaning = reader.names.lookup(part.name)
            if meaning is not None:
                yield meaning
        return
    for inner in part.parts:
        yield from _capitals(inner, reader)


def _is_group(item: SyntaxPart) -> TypeGuard[SyntaxTree]:
    return isinstance(item, SyntaxTree) and item.kind == "group"


def _letter(item: SyntaxPart, reader: FormulaReader) -> Event:
    if not isinstance(item, SyntaxTree) or item.kind != "bare":
        raise ParseError(
            f"'{shown(reader.span(item))}' below the sign of a mean",
            expected="variables",
            span=reader.span(item),
        )
    meaning = reader.letter(item.parts[0])
    return Event(meaning.variable, Letter(meaning.letter))


def _symbols(part: SyntaxPart, reader: FormulaReader, own: frozenset[str]) -> Iterator[str]:
    """Yield the letters of the variables that stand as numbers, outside of means of their own."""
    if not isinstance(part, SyntaxTree) or part.kind in ("expectation", "mean_over", "probability"):
        return
    if part.kind == "sum":
        index = [name for item in items(part.parts[2]) for name in _names(item)]
        found = [reader.names.lookup(name_of(name)) for name in index]
        own = own | {meaning.letter for meaning in found if meaning is not None}
    if part.kind == "symbol":
        name = name_of(part.parts[0])
        meaning = reader.names.lookup(name)
        if (
            meaning is not None
            and meaning.letter not in own
            and name.text not in reader.names.declared
        ):
            yield meaning.letter
        return
    for inner in part.parts:
        yield from _symbols(inner, reader, own)


def _names(item: SyntaxPart) -> list[SyntaxPart]:
    first = item.parts[0] if isinstance(item, SyntaxTree) else item
    return [first] if is_name(first) else []


def _doubtful(tree: SyntaxTree, reader: FormulaReader, expected: str) -> ParseError:
    mark = tree.parts[1]
    return ParseError(
        f"the subscript '{shown(reader.span(mark))}' of a mean",
        expected=expected,
        hint="what is set is written E[Y | do(X=x)]",
        span=reader.span(mark),
    )
