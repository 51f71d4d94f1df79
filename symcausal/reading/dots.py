r"""Lists, products and sums that leave terms out: ``X_1, \dots, X_4``, ``P(x_1) P(x_2) \cdots P(x_4)``.

Read is what runs on by one step from the names before the dots to the name behind them, up or down; in a
product from two factors, each with one head, whose conditions move with the head or are all heads before
it; in a sum from terms that differ in one number. An end that is a letter, ``x_n``, leaves the number of
terms open, unless a product counts that letter. So does ``X_3, \dots, X_9`` alone where the text writes,
between these ends, only names in larger steps, such as ``X_5``.

Main definitions
----------------
unrolled : tokens with all that such lists and products leave out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from math import gcd

from symcausal.errors import ParseError, Source, Span
from symcausal.patterns import late
from symcausal.reading.ranges import counts_in, letters_in, product_indexes
from symcausal.reading.token_edits import TokensEdit, edited
from symcausal.reading.tokens import Name, Spelling, Token
from symcausal.record import record, replace

MOST = 30
_NUMBERED = late(r"(?P<stem>.*?)(?P<number>\d{1,6})")


def unrolled(
    tokens: Sequence[Token], source: Source, spelling: Spelling | None = None
) -> list[Token]:
    """Return tokens with what the dots of lists, of products and of sums leave out.

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
    written = () if spelling is None else spelling.written
    tokens = _edited(tokens, _comma_behind)
    indexes = product_indexes(tokens)
    listed = _edited(tokens, lambda found, i: _in_list(found, i, written, indexes))
    out = _edited(listed, lambda found, i: _among_terms(found, i, written))
    for token in out:
        if token.kind == "DOTS":
            shown = source.text[token.start : token.end]
            raise ParseError(
                f"'{shown}', a number of terms that is left open, is outside finite discrete models",
                hint="write every term out",
                span=Span(source, token.start, token.end),
            )
    return out


def _edited(
    tokens: Sequence[Token], found: Callable[[Sequence[Token], int], TokensEdit | None]
) -> list[Token]:
    """Tokens with what is found for dots in their place."""
    edits = (found(tokens, i) for i, token in enumerate(tokens) if token.kind == "DOTS")
    return edited(tokens, (edit for edit in edits if edit is not None))


def _comma_behind(tokens: Sequence[Token], i: int) -> TokensEdit | None:
    r"""The comma that ``x_1, \dots x_4`` forgets."""
    if (_kind(tokens, i - 1), _kind(tokens, i + 1)) != ("COMMA", "NAME"):
        return None
    dots, inside = tokens[i], tokens[i - 1].inside
    comma = Token("COMMA", ",", dots.end, dots.end, inside=inside)
    return TokensEdit(i, i + 1, (dots, comma))


# -- lists ----------------------------------------------------------------------------------------
def _in_list(
    tokens: Sequence[Token], i: int, written: Collection[Name], indexes: Collection[str]
) -> TokensEdit | None:
    """What the dots of a list leave out, or its range where a product counts its end."""
    commas = [_kind(tokens, j) for j in (i - 1, i + 1)]
    last = tokens[i + 2] if i + 2 < len(tokens) else None
    if commas != ["COMMA", "COMMA"] or last is None or last.inside != tokens[i - 1].inside:
        return None
    return _counted(tokens, i, indexes) or _left_out(tokens, i, written)


def _counted(tokens: Sequence[Token], i: int, indexes: Collection[str]) -> TokensEdit | None:
    r"""The range of ``x_1, \dots, x_{i-1}`` where a product counts i."""
    last = tokens[i + 2].name
    before = _run_before(tokens, i)
    if last is None or not before:
        return None
    scripts = [_script_of(tokens[j].name, last) for j in before] + [last.sub]
    if not any(letter in indexes for one in scripts if one for letter in letters_in(one)):
        return None
    if all(map(str.isdecimal, scripts[:-1])):
        first, end = scripts[0], scripts[-1]
        numbers = list(map(int, scripts[:-1]))
        if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            return None
    elif scripts[-1].isdecimal() and _by_one(scripts[:-1], down=int(scripts[-1]) < 2):
        ends = scripts[0], scripts[-1]
        first, end = ends[::-1] if int(scripts[-1]) < 2 else ends
    else:
        return None
    name = Name(last.base, f"{first}:{end}", last.sup, last.primes, implied=True)
    place = tokens[i]
    made = Token("NAME", name.text, place.start, place.end, inside=place.inside, name=name)
    return TokensEdit(before[0], i + 3, (made,))


def _by_one(scripts: Sequence[str], *, down: bool) -> bool:
    """Whether scripts with one letter go up or down by one: ``i-1``, ``i-2``."""
    counts = [[*counts_in(one)] for one in scripts]
    if any(len(ends) != 1 for ends in counts):
        return False
    (stem, letter, first), step = counts[0][0], -1 if down else 1
    return not stem and all(
        ends[0] == ("", letter, first + step * n) for n, ends in enumerate(counts)
    )


def _script_of(name: Name | None, like: Name) -> str:
    """The script of a name that is otherwise like another; empty if it is not."""
    alike = name is not None and (name.base, name.sup, name.primes) == (
        like.base,
        like.sup,
        like.primes,
    )
    return name.sub if alike and name is not None else ""


def _run_before(tokens: Sequence[Token], i: int) -> list[int]:
    """The places of the names of one letter that stand in a row before the dots of a list."""
    end = tokens[i + 2].name
    found: list[int] = []
    for j in range(i - 2, -1, -2):
        name = tokens[j].name
        if name is None or end is None or tokens[j].kind != "NAME" or not _script_of(name, end):
            break
        found.insert(0, j)
        if j == 0 or tokens[j - 1].kind != "COMMA":
            break
    return found


def _left_out(tokens: Sequence[Token], i: int, written: Collection[Name]) -> TokensEdit | None:
    """The names that the dots of a list leave out; None if nothing tells them."""
    last = tokens[i + 2]
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
    more = end[1] - before[-1]
    step = before[-1] - before[-2] if len(before) > 1 else (1 if more > 0 else -1)
    whole = list(range(before[0], before[-1] + step, step)) if step else []
    if whole != before or more * step <= 0 or more % step or more // step > MOST:
        return None
    ends = min(before[0], end[1]), max(before[0], end[1])
    if len(before) == 1 and _in_larger_steps(end[0], *ends, tokens, written):
        return None
    name, place = last.name, tokens[i]
    assert name is not None
    made: list[Token] = []
    for number in range(before[-1] + step, end[1], step):
        one = _with(name, number)
        made += [
            Token("NAME", one.text, place.start, place.end, inside=place.inside, name=one),
            Token("COMMA", ",", place.end, place.end, inside=place.inside),
        ]
    # the comma behind the dots follows; with nothing left out, the one before them is enough
    return TokensEdit(i, i + 1, tuple(made[:-1])) if made else TokensEdit(i, i + 2, ())


def _in_larger_steps(
    stem: str, first: int, last: int, tokens: Sequence[Token], written: Collection[Name]
) -> bool:
    """Whether the names that are written between two ends are numbered in steps of two or more."""
    # x_i with a number for i says nothing of steps
    here = (t.name for t in tokens if t.name is not None and not t.name.implied)
    every = (*here, *written)
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
        if not alike or numbers[0] is None or None in numbers:
            return False
        return sorted(n for n in numbers[1:] if n is not None) == list(range(1, numbers[0]))

    def chained(self, number: int) -> _DottedFactor:
        """Return the factor of such a chain with another head."""
        given = tuple(_with(self.head, n) for n in range(1, number))
        return replace(self, head=_with(self.head, number), given=given)


# -- terms ----------------------------------------------------------------------------------------
def _among_terms(tokens: Sequence[Token], i: int, written: Collection[Name]) -> TokensEdit | None:
    """What the dots between factors, signs of sums, or terms of a sum leave out."""
    if (_kind(tokens, i - 1), _kind(tokens, i + 1)) == ("PLUS", "PLUS"):
        return _terms_left_out(tokens, i, written)
    if _kind(tokens, i - 1) == "GCLOSE" and _kind(tokens, i + 1) == "SUM":
        return _sums_left_out(tokens, i, written)
    start, stop = i, i + 1
    if (_kind(tokens, i - 1), _kind(tokens, i + 1)) == ("TIMES", "TIMES"):
        start, stop = i - 1, i + 2
    factors = _factors_left_out(tokens, start, stop, written)
    if factors is None:
        return None
    made: list[Token] = []
    for factor in factors:
        _append(made, factor, tokens[i])
    return TokensEdit(start, stop, tuple(made))


def _factors_left_out(
    tokens: Sequence[Token], i: int, after: int, written: Collection[Name]
) -> list[_DottedFactor] | None:
    """Return the factors that the dots at a place leave out; None if nothing tells them."""
    second = _factor_before(tokens, i)
    times = second is not None and _kind(tokens, second.start - 1) == "TIMES"
    first = _factor_before(tokens, second.start - times) if second is not None else None
    last = _factor_at(tokens, after)
    if second is None or last is None or _kind(tokens, last.end) == "CARET":
        return None
    two, end = second.numbers()[0], last.numbers()[0]
    alike = second.stems()[0] == last.stems()[0]
    if two is None or end is None or not alike or not two < end <= two + MOST:
        return None
    if first is None or first.stems()[0] != second.stems()[0]:  # P(x_1) \\cdots P(x_4)
        plain = not second.given and not last.given
        stem = second.stems()[0]
        if not plain or _kind(tokens, second.start - 1) in _ENDS_A_PRODUCT:
            return None
        if _in_larger_steps(stem, two, end, tokens, written):
            return None
        return [second.shifted(n - two) for n in range(two + 1, end)]
    if first.numbers()[0] != two - 1:
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


def _sums_left_out(tokens: Sequence[Token], i: int, written: Collection[Name]) -> TokensEdit | None:
    r"""The signs that ``\sum_{x_1} \cdots \sum_{x_4}`` leaves out."""
    before, after = tokens[max(0, i - 4) : i], tokens[i + 1 : i + 5]
    shape = ["SUM", "GOPEN", "NAME", "GCLOSE"]
    if [t.kind for t in before] != shape or [t.kind for t in after] != shape:
        return None
    first, last = _numbered(before[2].name), _numbered(after[2].name)
    if first is None or last is None or first[0] != last[0] or abs(last[1] - first[1]) > MOST:
        return None
    ends = min(first[1], last[1]), max(first[1], last[1])
    if _in_larger_steps(first[0], *ends, tokens, written):
        return None
    name, place = after[2].name, tokens[i]
    assert name is not None
    step = 1 if last[1] > first[1] else -1
    made: list[Token] = []
    for number in range(first[1] + step, last[1], step):
        one, opener = _with(name, number), -2 - (len(made) + 1)
        for kind, text, inside, called in (
            ("SUM", "sum", place.inside, None),
            ("GOPEN", "{", place.inside, None),
            ("NAME", one.text, opener, one),
            ("GCLOSE", "}", opener, None),
        ):
            made.append(Token(kind, text, place.start, place.end, inside=inside, name=called))
    return TokensEdit(i, i + 1, tuple(made))


def _terms_left_out(
    tokens: Sequence[Token], i: int, written: Collection[Name]
) -> TokensEdit | None:
    r"""The terms that ``P(A, B_1) + \dots + P(A, B_4)`` leaves out: alike but for one number."""
    last = _term(tokens, i + 2, 1)
    before = _term(tokens, i - 2, -1)
    moves = _moves(before, last, tokens)
    if moves is None or not 0 < moves[1] - moves[0] <= MOST:
        return None
    first, end = moves
    started = (
        _term(tokens, before.start - 2, -1) if _kind(tokens, before.start - 1) == "PLUS" else None
    )
    if started is not None:  # a second term says that it goes on by one
        steps = _moves(started, before, tokens)
        if steps is not None and steps != (first - 1, first):
            return None
    elif any(
        _in_larger_steps(found[0], first, end, tokens, written)
        for found in (_numbered(tokens[j].name) for j in before)
        if found is not None and found[1] == first
    ):
        return None
    place = tokens[i]
    made: list[Token] = []
    for number in range(first + 1, end):
        base = len(made)
        for j in before:
            token = tokens[j]
            found = _numbered(token.name)
            moved = (
                token.name is not None
                and found is not None
                and found[1] == first
                and (_numbered(tokens[last.start + j - before.start].name) or ("", first))[1]
                != first
            )
            name = _with(token.name, number) if moved and token.name is not None else token.name
            inside = token.inside
            if inside >= before.start:
                inside = -2 - (base + inside - before.start)
            text = name.text if name is not None else token.text
            made.append(Token(token.kind, text, place.start, place.end, inside=inside, name=name))
        made.append(Token("PLUS", "+", place.end, place.end, inside=place.inside))
    # the sign behind the dots follows
    return TokensEdit(i, i + 1, tuple(made[:-1])) if made else TokensEdit(i, i + 2, ())


_ENDS_A_TERM = frozenset({"PLUS", "MINUS", "DOTS", "EQ"})
# before P(x_1) \cdots P(x_4): it is not clear how far what stands after the sign goes
_ENDS_A_PRODUCT = frozenset({"PLUS", "MINUS", "SLASH"})


def _term(tokens: Sequence[Token], at: int, step: int) -> range:
    """The places of the term of a sum that begins or ends at a place."""
    around = tokens[at].inside if 0 <= at < len(tokens) else -1
    if 0 <= at < len(tokens) and step < 0 and tokens[at].kind in ("RPAR", "GCLOSE"):
        around = tokens[tokens[at].inside].inside
    j = at
    while 0 <= j < len(tokens):
        level = tokens[j].inside
        if level == around and (tokens[j].kind in _ENDS_A_TERM):
            break
        if tokens[j].kind in ("LPAR", "GOPEN") and step < 0 and j == around:
            break
        if tokens[j].kind in ("RPAR", "GCLOSE") and step > 0 and level == around and around >= 0:
            break
        j += step
    return range(at, j) if step > 0 else range(j + 1, at + 1)


def _moves(one: range, other: range, tokens: Sequence[Token]) -> tuple[int, int] | None:
    """The numbers in which two terms differ, which are the same wherever they do; None for others."""
    if len(one) != len(other) or not one:
        return None
    found: set[tuple[int, int]] = set()
    for i, j in zip(one, other, strict=True):
        a, b = tokens[i], tokens[j]
        if a.kind != b.kind:
            return None
        if a.text == b.text:
            continue
        left, right = _numbered(a.name), _numbered(b.name)
        if left is None or right is None or left[0] != right[0]:
            return None
        found.add((left[1], right[1]))
    return found.pop() if len(found) == 1 else None


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
    opener = -2 - len(out)
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
