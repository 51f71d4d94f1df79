r"""What stands beside a number and is none of it: *about*, units, the percentage in brackets.

Main definitions
----------------
without_remarks : a side without them, and whether it says that its number is a rough one.
says_about, says_percent, says_range : what words between formulas say of the number beside them.
is_percentage : whether a text is a percentage in brackets.
entries : the entries of a list of numbers.

Notes
-----
``0.55\quad(55\%)`` is 0.55, and so is ``0.55 (55\%)``. Behind a calculation, or with nothing
between, the brackets may be a factor, so there they are a remark only if they say what stands before
them. A word set in roman after a number may be a parameter, so only well-known units are remarks.
"""

# ruff: noqa: SIM905 - long lists of words read best as text

from __future__ import annotations

import re
from fractions import Fraction

from symcausal.patterns import late
from symcausal.reading.numerals import Numeral, numeral
from symcausal.record import record

_ABOUT = r"(?:about|roughly|approximately|approx\.?|around|circa|ca\.?|nearly|almost)"
_FONT = r"\\(?:text|textrm|textit|textnormal|mathrm|mathit|mbox|operatorname)\s*"
_GAP = r"(?:\s|~|\\[,;:> ]|\\q?quad(?![A-Za-z])|\\enspace(?![A-Za-z]))"
_NUMBER_BEGINS = r"(?=(?:[-−+({]|\\(?:mathbf|boldsymbol|boxed|bm)\s*\{|\\\{)*\.?\d)"
_LEAD = late(
    rf"{_GAP}*(?:(?:{_FONT}\{{\s*{_ABOUT}[\s~]*\}}|{_ABOUT}(?![A-Za-z])|\\sim(?![A-Za-z])|[∼～]){_GAP}*)+"
    rf"{_NUMBER_BEGINS}",
    re.IGNORECASE,
)
_ABOUT_BEFORE = late(rf"{_FONT}\{{[^{{}}]{{0,40}}?\b{_ABOUT}[\s~]*\}}{_GAP}*\Z", re.IGNORECASE)
_PERCENT_AFTER = late(rf"{_GAP}*{_FONT}\{{\s*(?:per ?cent|pct\.?)\b", re.IGNORECASE)
_RANGE_AFTER = late(rf"{_GAP}*{_FONT}\{{\s*(?:-{{1,3}}|[–—]|to)\s*\}}{_GAP}*\.?\d")
_IN_BRACKETS = (
    r"[(\[]\s*(?:\\(?:approx|sim)(?![A-Za-z])|[≈∼=]|i\.e\.)?\s*"
    r"([-−+]?[\d.,{}]{1,40}(?:\\,)?\s*\\?%)\s*(?:\\(?:right|[bB]igr?)\s*)?[)\]]"
)
_PERCENTAGE = late(rf"(?:\s|\\[,;:!> ]|\\(?:left|right)(?![a-z]))*{_IN_BRACKETS}\s*\Z")
_PERCENTAGE_LAST = late(
    rf"(?P<gap>(?:{_GAP}|\\(?:left|[bB]igl?)(?![a-z])){{0,20}}){_IN_BRACKETS}\s*\Z"
)
_BRACKET_SIZE = late(r"\\(?:left|[bB]igl?)(?![a-z])")
_LOOKED_AT = 200
_SIMPLE = late(
    r"\s*(?:\\[dt]?frac\s*\{?\s*(\d{1,9})\s*\}?\s*\{?\s*(\d{1,9})\s*\}?|(\d{1,9})\s*/\s*(\d{1,9}))\s*\Z"
)
_BOLD = late(r"\s*\\(?:mathbf|boldsymbol|bm|boxed|textbf)\s*\{(?P<inside>[^{}]{1,60})\}\s*\Z")
_POWER = late(
    r"\s*(?:\\times|\\cdot|[×·⋅*])\s*10\s*\^\s*(?:\{\s*(?P<sign>[-−+]?)(?P<digits>\d{1,3})\s*\}|(?P<digit>\d))\s*\Z"
)
_UNITS = "|".join(
    "bits? nats? kg g mg cm mm km m s min h hours? days? weeks? months? years? cases? people persons?"
    " units? points? times euros? EUR USD dollars? percent".split()
)
_UNIT = late(rf"(?<=[\d%}}])(?P<gap>{_GAP}+){_FONT}\{{\s*(?:{_UNITS})\.?\s*\}}\s*\Z")
_LIST = late(
    r"(?P<lead>[^⟨]{0,60}?)(?:\\(?:left|[bB]igg?l?)\s*)?(?:\\langle(?![A-Za-z])|⟨)(?P<inside>[^⟨⟩]*?)"
    r"(?:\\(?:right|[bB]igg?r?)\s*)?(?:\\rangle(?![A-Za-z])|⟩)\s*[.,;]?\s*\Z",
    re.DOTALL,
)
_CONSTANT = late(
    r"\s*(?:\\?(?:alpha|beta|eta|kappa|gamma|lambda|zeta)(?![A-Za-z])|[αβηκγλζ]|[kcCK]"
    r"|\\[dt]?frac\s*\{?\s*1\s*\}?\s*\{?\s*Z\s*\}?|1\s*/\s*Z)(?:'|_\w|_\{\w{1,9}\})?"
    rf"(?:{_GAP}|\\!|\\cdot(?![A-Za-z])|\\times(?![A-Za-z])|[*·⋅×])*\Z"
)
_BETWEEN = late(r",|;")
_BETWEEN_COMMAS = late(r",(?=\s|~|\\)|;")


@record
class ListPlaces:
    """The places of the entries of a list; ``constant`` if an unnamed factor stands before it."""

    entries: tuple[tuple[int, int], ...]
    constant: bool


def without_remarks(text: str) -> tuple[str, bool]:
    """Return a side with blanks for remarks on its number, and whether one calls it rough."""
    lead = _LEAD.match(text)
    if lead:
        text = " " * lead.end() + text[lead.end() :]
    start = max(0, len(text) - _LOOKED_AT)
    for pattern in (_UNIT, _PERCENTAGE_LAST):
        last = pattern.search(text, start)
        if last and (pattern is _UNIT or _says(text[: last.start()], last)):
            text = text[: last.start()] + " " * (len(text) - last.start())
    return text, lead is not None


def says_about(words: str) -> bool:
    r"""Decide whether a text ends with words such as ``\text{about}``."""
    return _ABOUT_BEFORE.search(words, max(0, len(words) - _LOOKED_AT)) is not None


def says_percent(text: str, at: int) -> bool:
    r"""Decide whether ``\text{per cent}`` begins at a place."""
    return _PERCENT_AFTER.match(text, at) is not None


def says_range(text: str, at: int) -> bool:
    r"""Decide whether a range of numbers goes on at a place, as in ``0.3 \text{ to } 0.4``."""
    return _RANGE_AFTER.match(text, at) is not None


def is_percentage(text: str, start: int, end: int) -> bool:
    r"""Decide whether a stretch of text is a percentage in brackets: ``(55\%)``.

    Examples
    --------
    >>> is_percentage(r"(55\%)", 0, 6), is_percentage("(see 3)", 0, 7)
    (True, False)
    """
    return end - start < _LOOKED_AT and _PERCENTAGE.match(text, start, end) is not None


def entries(text: str, *, commas: bool = False) -> ListPlaces | None:
    r"""Return the places of the entries of a list of numbers, ``\alpha\langle 0.3, 0.7\rangle``.

    Parameters
    ----------
    text : str
        The side.
    commas : bool
        Whether decimals have a comma, so that only one before a blank, or a semicolon, parts entries.
    """
    match = _LIST.match(text)
    if match is None or "\\langle" in match["inside"] or "\\rangle" in match["inside"]:
        return None
    if match["lead"].strip() and not _CONSTANT.match(match["lead"]):
        return None
    found: list[tuple[int, int]] = []
    at, end = match.span("inside")
    for comma in (_BETWEEN_COMMAS if commas else _BETWEEN).finditer(text, at, end):
        found.append((at, comma.start()))
        at = comma.end()
    return ListPlaces((*found, (at, end)), bool(match["lead"].strip()))


def _number(text: str) -> Numeral | None:
    r"""A numeral, maybe with a power of ten behind it: ``1.7 \times 10^{-1}``."""
    power = _POWER.search(text, max(0, len(text) - _LOOKED_AT))
    if power is None:
        return numeral(text, comma=True)
    found = numeral(text[: power.start()], comma=True)
    exponent = int(power["digits"] or power["digit"])
    return found and found.scaled(-exponent if power["sign"] in ("-", "−") else exponent)


def _says(before: str, last: re.Match[str]) -> bool:
    """Whether a percentage says again what a number before it says."""
    if "\\quad" in last["gap"] or "\\qquad" in last["gap"]:
        return True
    bold = _BOLD.match(before)
    first = _number(bold["inside"] if bold else before)
    if first is not None and _BRACKET_SIZE.sub("", last["gap"]):
        return True
    share = numeral(last.group(2), comma=True)
    simple = _SIMPLE.match(before)
    if share is None:
        return False
    if simple:
        above, below = (int(group) for group in simple.groups() if group)
        return below > 0 and abs(Fraction(above, below) - share.value) <= (share.unit or 0)
    if first is None:
        return False
    return abs(first.value - share.value) <= max(first.unit or 0, share.unit or 0)
