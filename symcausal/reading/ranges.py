r"""Ranges of numbered names, ``x_{1:3}``, ``e_{1..t}``, ``x_{<i}``, and scripts that count: ``x_{i-1}``.

An end is a number, or a letter with a number added; with a number for the letter it is a number.

Main definitions
----------------
is_range : whether a subscript is a range.
members : the names of a range.
numbered : a subscript with numbers for its letters.
counts_in : the letters that the ends of a subscript have, and what is added to each.
letters_in : these letters alone.
product_indexes : the letters that products over numbers count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from symcausal.patterns import late
from symcausal.reading.tokens import Name, Token

MOST = 30
_RANGE = late(r"(?P<first>\w[\w+−-]*)(?::|\.\.)(?P<last>\w[\w+−-]*)|<(?P<below>\w[\w+−-]*)")
_END = late(
    r"(?P<stem>(?:[A-Za-z]\w*_)?)(?P<letter>[A-Za-z])(?:(?P<sign>[+−-])(?P<number>\d{1,3}))?"
)


def is_range(script: str) -> bool:
    """Whether a subscript is a range, such as ``1:3``, ``1..t`` or ``<i``."""
    return _ends(script) is not None


def members(name: Name) -> list[Name] | None:
    """Return the names of a range whose ends are numbers, in order; None for any other name.

    A range that ends one before it begins has none.

    Raises
    ------
    ValueError
        If they are too many, or if it ends further down.
    """
    ends = _ends(name.sub)
    if ends is None or not all(end.isdecimal() for end in ends):
        return None
    first, last = (int(end[:7]) for end in ends)
    if not -1 <= last - first < MOST:
        raise ValueError
    return [Name(name.base, str(n), name.sup, name.primes) for n in range(first, last + 1)]


def numbered(script: str, numbers: Mapping[str, int]) -> str | None:
    """Return a subscript with numbers for its letters; None where a letter stands in another way.

    Examples
    --------
    >>> numbered("i-1", {"i": 3}), numbered("1:i-1", {"i": 3}), numbered("<i", {"i": 3})
    ('2', '1:2', '1:2')
    """
    ends = _ends(script)
    if ends is not None:
        found = [_at(end, numbers) for end in ends]
        return None if None in found else f"{found[0]}:{found[1]}"
    parts = [_at(part, numbers) for part in script.split(",")]
    return None if None in parts else ",".join(part for part in parts if part is not None)


def counts_in(script: str) -> Iterator[tuple[str, str, int]]:
    """Yield each end of a range, or of a subscript that counts: what stands first, a letter, a shift.

    Examples
    --------
    >>> [*counts_in("i-1")], [*counts_in("v_i")], [*counts_in("1:t")]
    ([('', 'i', -1)], [('v_', 'i', 0)], [('', 't', 0)])
    """
    for end in _ends(script) or script.split(","):
        found = _END.fullmatch(end)
        if found is not None:
            yield found["stem"], found["letter"], _shift(found)


def letters_in(script: str) -> Iterator[str]:
    """Yield the letters that the ends of a range, or a subscript that counts, have."""
    return (letter for _, letter, _ in counts_in(script))


def _shift(end: re.Match[str]) -> int:
    return int(end["number"] or 0) * (1 if end["sign"] == "+" else -1)


def product_indexes(tokens: Sequence[Token]) -> frozenset[str]:
    r"""Return the letters that products over numbers count: the ``i`` of ``\prod_{i=1}^{3}``."""
    return frozenset(
        tokens[i + 2].text
        for i, token in enumerate(tokens[:-2])
        if token.kind == "PRODUCT" and tokens[i + 2].kind == "NAME"
    )


def _ends(script: str) -> tuple[str, str] | None:
    """The two ends of a range, which begins at 1 where only its end is written."""
    found = _RANGE.fullmatch(script)
    if found is None:
        return None
    return ("1", f"{found['below']}-1") if found["below"] else (found["first"], found["last"])


def _at(end: str, numbers: Mapping[str, int]) -> str | None:
    """An end with numbers for its letters."""
    if not any(re.search(rf"(?<![^\W_]){re.escape(one)}(?![^\W_])", end) for one in numbers):
        return end
    found = _END.fullmatch(end)
    if found is None or found["letter"] not in numbers:
        return None
    number = numbers[found["letter"]] + _shift(found)
    return f"{found['stem']}{number}" if number >= 0 else None
