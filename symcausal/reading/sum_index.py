r"""What the index of a sum counts where it says more than letters: ``x = 0, 1``, ``x \in \{0, 1\}``.

The values may be given by a limit above the sign, ``\sum_{x=0}^{2}``, and letters before the one that
has them share them, ``\sum_{x, y = 0, 1}``. A list of all values of a variable is no restriction. A
limit that is a letter, ``\sum_{x=1}^{K}``, or a size, ``|X|``, is the number of the last value.

Main definitions
----------------
SumIndex : a letter, and the values that it takes.
counted : what an index counts.
"""

from __future__ import annotations

from symcausal.errors import ParseError, Span
from symcausal.expr.nodes import State, Value
from symcausal.hints import TypeGuard
from symcausal.reading.event_reader import FormulaReader, is_name, items, name_of, shown, spelt
from symcausal.reading.syntax import SyntaxPart, SyntaxTree
from symcausal.reading.tokens import Token
from symcausal.reading.vocabulary import Guess, Meaning, state_called
from symcausal.record import record

MOST_LISTED = 12


@record
class SumIndex:
    """A letter that a sum binds, and the values that it takes; None for all of its variable's."""

    name: SyntaxPart
    meaning: Meaning
    values: tuple[Value, ...] | None = None


def counted(tree: SyntaxTree, reader: FormulaReader, bound: frozenset[str]) -> list[SumIndex]:
    """Return what the index of a sum counts.

    Raises
    ------
    ParseError
        If the index lists one value alone, a value twice, or too many; if its limit follows no number;
        or if letters share values that are all of one variable's and not all of another's.
    """
    return _IndexReader(tree, reader, bound).read()


class _IndexReader:
    def __init__(self, tree: SyntaxTree, reader: FormulaReader, bound: frozenset[str]) -> None:
        self.index, self.body = tree.parts[2], tree.parts[-1]
        self.limit = tree.parts[5] if len(tree.parts) > 5 else None
        self.reader = reader
        self.bound = bound
        self.span = reader.span(self.index)
        self.found: list[SumIndex] = []
        self.bare: list[SumIndex] = []  # letters of which nothing was said so far

    def read(self) -> list[SumIndex]:
        """Return what is counted, in order."""
        waiting = items(self.index)
        while waiting:
            item, *waiting = waiting
            if is_name(item):
                self.bare.append(self._letter(item))
            elif isinstance(item, SyntaxTree) and item.kind == "ranged":
                letter = self._letter(item.parts[0])
                self.reader.check_domain(letter.meaning, [p for p in item.parts if is_name(p)][-1])
                self.bare.append(letter)
            elif isinstance(item, SyntaxTree) and item.kind == "listed":
                self._take(self._letter(item.parts[0]), items(item.parts[3]))
            elif isinstance(item, SyntaxTree) and item.kind == "starts":
                letter = self._letter(item.parts[0])
                if self._is_value(item.parts[2], letter.meaning):
                    self.bare.append(letter)
                    continue
                values = [item.parts[2]]
                if not waiting and self._is_open_end():
                    self._take_all(letter, item.parts[2])
                    continue
                while waiting and self._goes_on(waiting[0], letter.meaning.variable):
                    values.append(waiting.pop(0))
                self._take(letter, self._limited(values, last=not waiting))
            else:
                raise self._error("", "a letter", item)
        if self.limit is not None:
            raise self._error("a limit above ", r"a number to begin with, as in \sum_{x=0}^{1}")
        return [*self.found, *self.bare]

    def _letter(self, name: SyntaxPart) -> SumIndex:
        return SumIndex(name, self.reader.letter(name))

    def _take(self, letter: SumIndex, parts: list[SyntaxPart]) -> None:
        """Give values to a letter, and to those before it that have none."""
        variable = letter.meaning.variable
        values = tuple(self.reader.value(variable, part, self.bound) for part in parts)
        if len(values) > MOST_LISTED or len(set(values)) < len(values):
            raise self._error("a sum over ", f"at most {MOST_LISTED} values, each once")
        for other in self.bare:
            states = self.reader.names.states(other.meaning.variable)
            if states is None and not self._is_all(variable, values):
                shared = tuple(
                    self.reader.value(other.meaning.variable, part, self.bound) for part in parts
                )
                self.found.append(SumIndex(other.name, other.meaning, shared))
            elif states is not None and _all(states) != set(values):
                raise self._error("a sum over ", "what each letter counts, under a sign of its own")
            else:
                self.found.append(other)
        self.bare = []
        all_of_it = self._is_all(variable, values)
        self.found.append(SumIndex(letter.name, letter.meaning, None if all_of_it else values))

    def _is_open_end(self) -> bool:
        """Whether the limit above the sign is no number, but stands for one."""
        limit = self.limit
        size = isinstance(limit, SyntaxTree) and limit.kind == "size"
        return size or (limit is not None and is_name(limit))

    def _take_all(self, letter: SumIndex, first: SyntaxPart) -> None:
        """Let a letter, and those before it, run over all values, which a limit without a number ends.

        Raises
        ------
        ParseError
            If it begins at another value than the first, or if the limit is a variable or its value.
        """
        assert self.limit is not None
        limit = self.limit
        self.limit = None
        every = [*self.bare, letter]
        if isinstance(limit, SyntaxTree):
            size = limit.parts[2]
            owner = self.reader.names.lookup(name_of(size))
            if owner is None or owner.variable != letter.meaning.variable:
                raise self._error("a limit above ", rf"|{letter.meaning.variable}|")
        elif self._is_event(limit, every):
            raise self._error("a limit above ", "the number of the last value", limit)
        elif name_of(limit).base[:1].islower() and _is_lone(self.body):
            # the n of \sum_{k=0}^{n} P(X=k) may be any value, up to which the sum is less than 1
            raise self._error("a limit above ", "a number, or a capital", limit)
        start = _whole(first)
        for one in every:
            if start is None or not self._begins(one.meaning.variable, start):
                raise self._error("a sum over ", "the first value to begin with")
        self.found += every
        self.bare = []

    def _is_event(self, limit: SyntaxPart, counted: list[SumIndex]) -> bool:
        """Whether a limit is a variable, and not the capital of a counter: the K of ``k=1``."""
        names = self.reader.names
        meaning = names.lookup(name_of(limit))
        if meaning is None or not isinstance(names, Guess):
            return meaning is not None
        own = {name_of(one.name).text.upper() for one in counted}
        return names.is_event(meaning.variable) and meaning.variable not in own

    def _begins(self, variable: str, first: int) -> bool:
        """Whether a number is that of the first value of a variable."""
        states = self.reader.names.states(variable)
        if states is None:
            names = self.reader.names
            has_zero = isinstance(names, Guess) and names.begins_at_zero(variable)
            return first == 0 or (first == 1 and not has_zero)
        if all(state.lstrip("-").isdecimal() for state in states):
            return first == min(map(int, states))
        return first in (0, 1)

    def _is_all(self, variable: str, values: tuple[Value, ...]) -> bool:
        states = self.reader.names.states(variable)
        return states is not None and _all(states) == set(values)

    def _limited(self, values: list[SyntaxPart], *, last: bool) -> list[SyntaxPart]:
        """Return the values up to the limit above the sign, which the last letter has."""
        if len(values) > 1 and not (last and self.limit is not None):
            return values
        if not last or self.limit is None:
            raise self._error(
                "a sum over one value, ", r"all values, as in \sum_{x=0}^{1} or \sum_{x}"
            )
        first = _whole(values[0]) if len(values) == 1 else None
        if first is None:
            raise self._error("a limit above ", r"a number to begin with, as in \sum_{x=0}^{1}")
        self._check_digits(self.limit)
        end = self.reader.exponent(self.limit)
        if not 0 < end - first < MOST_LISTED:
            raise self._error(
                f"a sum from {first} to {end}, ", f"two to {MOST_LISTED} values, in order"
            )
        place, self.limit = self.limit, None
        return [Token("NUMBER", str(n), place.start, place.end) for n in range(first, end + 1)]

    def _check_digits(self, limit: SyntaxPart) -> None:
        r"""Refuse ``\sum_{x=0}^12``, where TeX sets only the 1 above the sign."""
        text = self.reader.source.text
        braced = isinstance(limit, SyntaxTree) or text[limit.start - 1] in "{("
        if not braced and limit.end - limit.start > 1 and "\\" in text:
            digits = text[limit.start : limit.end]
            raise self._error("", f"^{{{digits}}}, or a blank after the first digit", limit)

    def _goes_on(self, part: SyntaxPart, variable: str) -> bool:
        """Whether a list of values goes on: with a number, or with a state that is no name."""
        if not is_name(part):
            negative = isinstance(part, SyntaxTree) and part.kind == "negative"
            return negative or (isinstance(part, Token) and part.kind == "NUMBER")
        states = self.reader.names.states(variable) or ()
        if state_called(spelt(part), states) is None:
            return False
        if self.reader.names.lookup(name_of(part)) is not None:
            raise self._error("", rf"{variable} \in \{{..\}} for the values of {variable}", part)
        return True

    def _is_value(self, part: SyntaxPart, counted: Meaning) -> bool:
        """Whether ``X = x`` stands below the sign, for all values of X."""
        meaning = self.reader.names.lookup(name_of(part)) if is_name(part) else None
        states = self.reader.names.states(counted.variable) or ()
        return (
            meaning is not None
            and not meaning.script
            and (meaning.variable, meaning.letter) == (counted.variable, counted.letter)
            and state_called(spelt(part), states) is None
        )

    def _error(self, found: str, expected: str, part: SyntaxPart | None = None) -> ParseError:
        span: Span = self.reader.span(part) if part is not None else self.span
        return ParseError(f"{found or 'the index '}'{shown(span)}'", expected=expected, span=span)


def _is_lone(body: SyntaxPart) -> bool:
    """Whether a sum is one over the probability of one event."""
    lists = [p for p in body.parts if isinstance(p, SyntaxTree)] if _is_probability(body) else []
    return bool(lists) and len(items(lists[0])) == 1


def _is_probability(body: SyntaxPart) -> TypeGuard[SyntaxTree]:
    return isinstance(body, SyntaxTree) and body.kind == "probability"


def _all(states: tuple[str, ...]) -> set[Value]:
    return {State(state) for state in states}


def _whole(part: SyntaxPart) -> int | None:
    """Return the whole number that a value is; None for any other value."""
    sign = -1 if isinstance(part, SyntaxTree) and part.kind == "negative" else 1
    digits = part.parts[1] if isinstance(part, SyntaxTree) and sign < 0 else part
    text = spelt(digits)
    return sign * int(text) if text.isdecimal() and len(text) < 7 else None
