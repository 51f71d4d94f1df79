r"""Numerals: numbers as they are written, with their value and the digits that they show.

Main definitions
----------------
Numeral : a value and the size of one unit of its last place.
numeral : reads one as it is written: ``0.65``, ``1.6\%``, ``6e-4``, ``1{,}000``, ``0.\overline{3}``.
matched : where a numeral begins in a formula, all of it.
DOTTED : the digits of a decimal that go on.
writes_commas : whether formulas write all their decimals with a comma.

Notation
--------
A number without a decimal point is exact. A decimal, a percentage and a number with a power of ten
show digits: ``0.65`` and ``65\%`` are 65 hundredths, ``5.9e-4`` is 59 hundred-thousandths.

Digits that go on repeat if what stands last does. Of ``0.1666...`` the longest end is taken that goes
on as it began: ``666``, the block ``6`` three times. A block counts if it is there twice, and if two
digits more than the block repeat it or all digits after the point do. So ``0.333...`` and ``0.33...``
are 1/3, ``0.1666...`` is 1/6, ``0.142857142857...`` is 1/7. Else (``0.3644...``) the number is
decimal and cut off after the digits shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from symcausal.patterns import late
from symcausal.record import record

MAX_DIGITS = 1000

_COMMA = r"(?:,|\{,\})"
_GROUPS = r"[1-9]\d{0,2}(?:(?:,|\{,\}|\\,)\d{3})+(?!\d)"
_EXPONENT = r"(?:e[+-]?|E[+-])\d{1,3}(?!\d)"
_DOTS = r"(?:\s*(?:\\l?dots(?![A-Za-z])|\.\.\.|…))"
_OVER = r"\\(?:overline|bar)\s*(?:\{\d+\}|\d)|\\dot\s*(?:\{\d\}|\d)(?:\d*\\dot\s*(?:\{\d\}|\d))?"
_PERCENT = r"(?:(?:\s|\\[ ,;:!])*\\%|[ \t]*%(?!.*\n))"
_PLAIN = late(
    rf"(?P<whole>{_GROUPS}|\d*)"
    rf"(?:(?P<point>\.)(?:(?P<fixed>\d*)(?P<over>{_OVER})|(?P<decimals>\d+)(?P<dots>{_DOTS})?))?"
    rf"(?P<exponent>{_EXPONENT})?(?P<percent>{_PERCENT})?"
)
_WITH_COMMA = late(
    rf"(?P<whole>{_GROUPS}|\d+)"
    rf"(?P<point>{_COMMA})(?:(?P<fixed>\d*)(?P<over>{_OVER})|(?P<decimals>\d+)(?P<dots>{_DOTS})?)"
    rf"(?P<exponent>{_EXPONENT})?(?P<percent>{_PERCENT})?"
)
DOTTED = late(rf"(?<!\d)\d{{0,{MAX_DIGITS}}}(?:\.|{_COMMA})\d+{_DOTS}")
_PIECES = late(r"\.?\d+|\\[A-Za-z]+|\\.|\S", re.DOTALL | re.ASCII)
_OPENERS, _CLOSERS = frozenset({"(", "[", "{", "\\{"}), frozenset({")", "]", "}", "\\}"})
_SIZES = frozenset({"\\left", "\\right", "\\big", "\\Big", "\\bigl", "\\Bigl"})
_SIGN = late(r"\s*([-−+]?)\s*")
_NOT_DIGITS = late(r"\D+")


@record
class Numeral:
    """A number as it is written.

    Attributes
    ----------
    value : Fraction
        What its digits say.
    unit : Fraction or None
        The size of one unit of the last place shown; None if the number is exact.
    goes_on : bool
        Whether dots say that more digits follow, so that it was cut off and not rounded.
    """

    value: Fraction
    unit: Fraction | None = None
    goes_on: bool = False

    def negative(self) -> Numeral:
        """The number with a minus sign before it."""
        return Numeral(-self.value, self.unit, self.goes_on)

    def scaled(self, exponent: int) -> Numeral:
        r"""The number times a power of ten, as in ``5.9\times10^{-4}``."""
        factor = Fraction(10) ** exponent
        unit = self.unit
        if unit is None and exponent < 0 and self.value.denominator == 1:
            unit = Fraction(1)  # 6e-4 shows one digit, as 0.0006 does
        return Numeral(self.value * factor, None if unit is None else unit * factor, self.goes_on)


def numeral(written: str, *, comma: bool = False) -> Numeral | None:
    r"""Read a numeral, with its sign; None if it is none or longer than a thousand characters.

    Parameters
    ----------
    written : str
        In plain text or LaTeX.
    comma : bool
        Whether decimals have a comma.

    Examples
    --------
    >>> numeral(r"1.6\%")
    Numeral(value=Fraction(2, 125), unit=Fraction(1, 1000), goes_on=False)
    >>> numeral("0.1666...")
    Numeral(value=Fraction(1, 6), unit=None, goes_on=False)
    """
    sign = _SIGN.match(written)
    start = sign.end() if sign else 0
    text = written.rstrip()
    if text.endswith(".") and text[-2:-1].isdigit():
        text = text[:-1]  # a point without digits after it shows none
    match = matched(text, start, comma=comma)
    if match is None or match.end() != len(text) or len(text) > MAX_DIGITS:
        return None
    found = value_of(match)
    return found.negative() if sign and sign.group(1) in ("-", "−") else found


def matched(
    text: str, start: int, end: int | None = None, *, comma: bool = False
) -> re.Match[str] | None:
    """Return the match of the numeral that begins at a place; None if none does."""
    stop = len(text) if end is None else end
    with_comma = _WITH_COMMA.match(text, start, stop) if comma else None
    # after a first group other than 0, groups of three digits are thousands
    plain = _PLAIN.match(text, start, stop)
    if with_comma is not None and (plain is None or with_comma.end() > plain.end()):
        return with_comma
    if plain is None or not (plain["whole"] or plain["point"]):
        return None
    return plain


def writes_commas(texts: Iterable[str]) -> bool:
    """Whether formulas write decimals with a comma, twice at least, and none with a point.

    What stands in the brackets of a function, in a set or in a script is a list: ``f(0,1)``.
    """
    found = 0
    for text in texts:
        for point in _decimals(text):
            if point == ".":
                return False
            found += 1
    return found > 1


def _decimals(text: str) -> Iterator[str]:
    """Yield the decimal points and decimal commas of a formula."""
    listing: list[bool] = []
    before, at = "", 0
    for match in _PIECES.finditer(text):
        if match.start() < at:
            continue
        piece = match.group()
        if piece in _OPENERS:
            script = piece == "{" and before[:1] in ("_", "^")
            called = piece in "([" and (before[:1].isalpha() or before[:1] in ("\\", "}"))
            listing.append(script or called or piece == "\\{" or (bool(listing) and listing[-1]))
        elif piece in _CLOSERS:
            if listing:
                listing.pop()
        elif piece[-1].isdecimal():
            number = matched(text, match.start(), comma=True)
            at = match.end() if number is None else number.end()
            apart = before in (",", "/", "_", "^") or text[at : at + 1] in ("/", ",")
            listed = (bool(listing) and listing[-1]) or apart
            if number is not None and number["point"] and not (listed and number["point"] != "."):
                yield number["point"]
        if not (piece.isspace() or piece in _SIZES):
            before = piece


def value_of(match: re.Match[str]) -> Numeral:
    """Return the numeral of a match of at most a thousand characters; see :func:`matched`."""
    whole = _NOT_DIGITS.sub("", match["whole"]) or "0"
    found = _before_scale(match, whole)
    if match["exponent"]:
        found = found.scaled(int(match["exponent"][1:]))
    if match["percent"]:
        unit = Fraction(1) if found.unit is None and not match["point"] else found.unit
        found = Numeral(found.value, unit, found.goes_on).scaled(-2)
    return found


def _before_scale(match: re.Match[str], whole: str) -> Numeral:
    if match["over"]:
        fixed, block = match["fixed"] or "", _NOT_DIGITS.sub("", match["over"])
        return Numeral(_repeating(whole, fixed, block))
    if not match["point"]:
        return Numeral(Fraction(int(whole)))
    decimals = match["decimals"]
    unit = Fraction(1, 10 ** len(decimals))
    block = _block(decimals) if match["dots"] else ""
    if block:
        return Numeral(_repeating(whole, decimals, block))
    return Numeral(int(whole + decimals) * unit, unit, bool(match["dots"]))


def _repeating(whole: str, fixed: str, block: str) -> Fraction:
    """Return the value of digits after which a block repeats for ever, as in ``0.1(6)``."""
    scale = 10 ** len(fixed)
    return Fraction(int(whole + fixed), scale) + Fraction(
        int(block), scale * (10 ** len(block) - 1)
    )


def _block(digits: str) -> str:
    """Return the block that repeats at the end of digits, as in ``0.166...``; empty if none does."""
    count = len(digits)
    best, evidence = 0, 0
    for period, same in enumerate(_prefixes(digits[::-1])):
        covered = period + same
        enough = same >= 2 or covered == count
        if period and covered >= 2 * period and enough and same > evidence:
            best, evidence = period, same
    return digits[count - best :] if best else ""


def _prefixes(text: str) -> list[int]:
    """Return the Z-function of a text: how far it agrees at each place with its beginning."""
    found = [0] * len(text)
    left = right = 0
    for i in range(1, len(text)):
        same = min(right - i, found[i - left]) if i < right else 0
        while i + same < len(text) and text[same] == text[i + same]:
            same += 1
        found[i] = same
        if i + same > right:
            left, right = i, i + same
    return found
