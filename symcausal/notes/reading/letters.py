r"""Letters that belong to no variable by their name: ``\sum_a P(X=a)``, ``\sum_i P(X=x_i)``.

Such a letter takes the variable that it is assigned to. It must be one variable throughout, or
variables with the same values; and it may stand nowhere else but behind ``=``.

Main definitions
----------------
own_letters : the letters of a side, and its tokens with the index of a sum put in their terms.
families : the events of a statement that a sum counts.
free_letters_of : the letters that several sides of a statement share.
small_letters : the letters that a side writes small.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from symcausal.errors import ParseError, Source, Span
from symcausal.patterns import late
from symcausal.reading.tokens import Name, Token
from symcausal.reading.vocabulary import Guess, Vocabulary

_COUNTERS = frozenset("ijklmn")
_LONGEST = 2000
_LAST = late(r"[nNkKmMrJLT]|\d{1,3}")


def own_letters(
    tokens: Sequence[Token],
    names: Vocabulary | Guess,
    family: Mapping[str, str],
    source: Source,
) -> tuple[list[Token], dict[str, str]]:
    """Return the tokens of a side with letters of its own, and their variables.

    Parameters
    ----------
    tokens : sequence of Token
        The side.
    names : Vocabulary or Guess
        What names mean.
    family : mapping of str to str
        What :func:`families` found in all sides of the statement.
    source : Source
        The text of the side.

    Raises
    ------
    ParseError
        If a sum counts events that may overlap.
    """
    letters: dict[str, str] = {}
    indices = _indices(tokens)
    if not indices or len(tokens) > _LONGEST:
        return list(tokens), letters
    values = _values(tokens, names)
    for at in reversed(indices):  # from the end, for a counter may take tokens away
        name = tokens[at].name
        if name is None or name.text not in _COUNTERS or _assigned(name.text, values):
            continue
        counted = [v for v in values if v.sub == name.text]
        spellings = {v.text for v in counted}
        count = _count(tokens, at)
        if len(spellings) != 1 or count is None:
            continue
        variable = _one_variable(spellings.pop(), values, names)
        if variable is None or not _all_states(variable, count, names):
            continue
        value = counted[0]
        letters[value.text] = variable
        index = Token("NAME", value.text, tokens[at].start, tokens[at].end,
                      inside=tokens[at].inside, name=value)  # fmt: skip
        tokens = _with_index(tokens, at, index, count)
    for at in _indices(tokens):
        name = tokens[at].name
        if name is not None and name.text in _COUNTERS and isinstance(names, Guess):
            tokens = _counted_events(tokens, at, family, source)
    for at in _indices(tokens):
        name = tokens[at].name
        if name is not None and name.text not in letters and _is_letter(name):
            variable = _owner(name, tokens, values, names)
            if variable is not None:
                letters[name.text] = variable
    return list(tokens), letters


def free_letters_of(sides: Sequence[Sequence[Token]], names: Vocabulary | Guess) -> dict[str, str]:
    """Return the free letters that several sides assign to one variable of a model."""
    found: dict[str, str] = {}
    if not isinstance(names, Vocabulary) or sum(map(len, sides)) > _LONGEST:
        return found
    every = [token for side in sides for token in side]
    bound = {tokens[at].text for tokens in sides for at in _indices(tokens)}
    values = [v for side in sides for v in _values(side, names)]
    for value in values:
        text = value.text
        if text in bound or text in found or not _is_letter(value):
            continue
        if sum(any(t.text == text for t in side) for side in sides) < 2:
            continue
        variable = _owner(value, every, values, names)
        states = names.states(variable) if variable is not None else None
        if variable is not None and text.casefold() not in {s.casefold() for s in states or ()}:
            found[text] = variable
    return found


def small_letters(tokens: Sequence[Token], names: Vocabulary | Guess) -> set[str]:
    """Return the letters of values that a side writes small only: Y and X of ``P(y | x)``."""
    small: set[str] = set()
    large: set[str] = set()
    for token in tokens:
        meaning = names.lookup(token.name) if token.name is not None else None
        if meaning is None or meaning.script or token.name is None:
            continue
        is_value = token.name.base[:1].islower() and meaning.letter != token.name.text
        (small if is_value else large).add(meaning.letter)
    return small - large


def families(sides: Sequence[Sequence[Token]], names: Vocabulary | Guess) -> dict[str, str]:
    r"""Return the families of events ``A_i`` in ``\sum_i P(B|A_i) P(A_i)``, which divide all cases.

    They are the values of one variable, and so are ``A_j`` and ``A_k`` in the other sides.
    """
    found: dict[str, str] = {}
    if not isinstance(names, Guess) or sum(map(len, sides)) > _LONGEST:
        return found
    for tokens in sides:
        for at in _indices(tokens):
            counter = tokens[at].text
            if counter not in _COUNTERS:
                continue
            bases = {t.name.base for t in tokens if t.name is not None and t.name.sub == counter}
            if len(bases) != 1:
                continue
            base = bases.pop()
            members = [
                t.name for side in sides for t in side if t.name is not None and t.name.base == base
            ]
            plain = all(n.sub in _COUNTERS and not n.sup and not n.primes for n in members)
            if base[:1].isupper() and plain and _beside_others(tokens, f"{base}_{counter}"):
                found |= {n.text: base for n in members}
    return found


def _beside_others(tokens: Sequence[Token], text: str) -> bool:
    """Whether an event stands in a probability with others, as the cases of a total do."""
    for i, token in enumerate(tokens[:-1]):
        if token.text == text and token.kind == "NAME":
            around = {tokens[i - 1].kind, tokens[i + 1].kind}
            if around & {"COMMA", "BAR"}:
                return True
    return False


def _counted_events(
    tokens: Sequence[Token], at: int, family: Mapping[str, str], source: Source
) -> Sequence[Token]:
    """The tokens of a side in which a counter has become the event that it counts."""
    counter = tokens[at].text
    counted = [t for t in tokens if t.name is not None and t.name.sub == counter]
    alone = sum(t.text == counter and t.kind == "NAME" for t in tokens) == 1
    if not counted or not alone:
        return tokens
    count = _count(tokens, at)
    known = {t.text for t in counted} <= set(family)
    if not known or count is None or count[0] not in ("0", "1"):
        raise ParseError(
            f"a sum over the numbers of {counted[0].text}",
            expected="a variable and its values",
            hint="write P(X=x_i) for the values of X",
            span=Span(source, tokens[at].start, tokens[at].end),
        )
    event = counted[0]
    index = Token("NAME", event.text, tokens[at].start, tokens[at].end,
                  inside=tokens[at].inside, name=event.name)  # fmt: skip
    return _with_index(tokens, at, index, count)


def _with_index(
    tokens: Sequence[Token], at: int, index: Token, count: tuple[str, str, int, int]
) -> list[Token]:
    """The tokens with another index for a count; what stands behind finds its brackets again."""
    _, _, close, after = count
    gone = after - at - 2
    behind = [
        Token(t.kind, t.text, t.start, t.end,
              inside=t.inside - gone * (t.inside >= after), name=t.name)
        for t in tokens[after:]
    ]  # fmt: skip
    return [*tokens[:at], index, tokens[close], *behind]


class _NamedValue(Name):
    """A name behind ``=``, and the variable before it."""

    __slots__ = ("variable",)

    def __init__(self, name: Name, variable: str) -> None:
        super().__init__(name.base, name.sub, name.sup, name.primes)
        self.variable = variable


def _values(tokens: Sequence[Token], names: Vocabulary | Guess) -> list[_NamedValue]:
    found = []
    for before, sign, value in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if sign.kind == "EQ" and before.name is not None and value.name is not None:
            meaning = names.lookup(before.name)
            if meaning is not None and not meaning.script and meaning.letter == meaning.variable:
                found.append(_NamedValue(value.name, meaning.variable))
    return found


def _assigned(text: str, values: Sequence[_NamedValue]) -> bool:
    return any(value.text == text for value in values)


def _indices(tokens: Sequence[Token]) -> list[int]:
    """Return the places of the names of sums' indices."""
    found = []
    for i, token in enumerate(tokens):
        if token.kind != "SUM":
            continue
        for j in range(i + 2, min(len(tokens), i + 40)):
            if tokens[j].kind == "GCLOSE":
                break
            if tokens[j].name is not None and tokens[j - 1].kind in ("GOPEN", "COMMA"):
                found.append(j)
    return found


def _count(tokens: Sequence[Token], at: int) -> tuple[str, str, int, int] | None:
    """A lone counter's first and last number, where its brace closes, and where its term begins."""
    if tokens[at - 1].kind != "GOPEN":
        return None
    first, i = "1", at + 1
    if [t.kind for t in tokens[i : i + 2]] == ["EQ", "NUMBER"]:
        first, i = tokens[i + 1].text, i + 2
    if i >= len(tokens) or tokens[i].kind != "GCLOSE":
        return None
    close = i
    if i + 1 < len(tokens) and tokens[i + 1].kind == "CARET":
        i += 2
        bracket = i < len(tokens) and tokens[i].kind == "LPAR"
        i += bracket
        if i >= len(tokens) or not _LAST.fullmatch(tokens[i].text):
            return None
        last = tokens[i].text
        i += 1 + bracket
        if bracket and tokens[i - 1].kind != "RPAR":
            return None
        return first, last, close, i
    return first, "n", close, close + 1


def _all_states(variable: str, count: tuple[str, str, int, int], names: Vocabulary | Guess) -> bool:
    """Whether a counter runs over all values of a variable."""
    first, last, _, _ = count
    states = names.states(variable)
    if first not in ("0", "1"):
        return False
    if not last.isdecimal():
        return first == "1"
    many = int(last) - int(first) + 1
    return many == len(states) if states is not None else many > 1


def _is_letter(name: Name) -> bool:
    return len(name.base) == 1 and name.base.islower() and not name.sup


def _one_variable(
    text: str, values: Sequence[_NamedValue], names: Vocabulary | Guess
) -> str | None:
    """The variable of all values of one spelling; the first of several that have the same states."""
    owners = list(dict.fromkeys(v.variable for v in values if v.text == text))
    if not owners:
        return None
    return owners[0] if len({names.states(owner) for owner in owners}) == 1 else None


def _owner(
    name: Name, tokens: Sequence[Token], values: Sequence[_NamedValue], names: Vocabulary | Guess
) -> str | None:
    """The variable that a letter takes; None if it has one, or stands elsewhere than behind ``=``."""
    text = name.text
    variable = _one_variable(text, values, names)
    if variable is None:
        return None
    meaning = names.lookup(name)
    if isinstance(names, Vocabulary):
        if meaning is not None or text in names.declared:
            return None
    elif meaning is None or meaning.variable in {v.variable for v in values if v.text == text}:
        return None
    told = sum(t.text == text and t.kind == "NAME" for t in tokens)
    assigned = sum(v.text == text for v in values)
    bound = sum(tokens[at].text == text for at in _indices(tokens))
    return variable if told == assigned + bound else None
