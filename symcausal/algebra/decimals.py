"""Exact numbers as people read them: the fraction with its decimal beside it.

Main definitions
----------------
decimal : the decimal of a number, with dots where it goes on.
with_decimal : a number and its decimal, ``1/2 = 0.5``.
number_decimal : the whole decimal of a number, if it ends soon.
written : an exact number, however long.
length : how many characters that takes, without writing them.
digit_count : how many digits a whole number has, without writing them.

Implementation notes
--------------------
Python writes no whole number of more than 4,300 digits, and what a chain of exact numbers comes to may be
longer. So a number is measured before it is written, and written by the decimals where it is long.
"""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from fractions import Fraction

FIGURES = 6
LONGEST = 24  # characters of a fraction that a message still shows
_LONGEST_DECIMAL = 12  # places
_MOST_NINES = 40  # figures of a number that is nearly one
_LONG = 10_000  # bits of a number that Python may not write
_PLAIN = range(-7, 15)  # powers of ten of the first figure that are written without an exponent


def decimal(value: Fraction, *, figures: int = FIGURES) -> str:
    """The decimal of a number to so many significant figures.

    Returns
    -------
    str
        With three dots at its end where that is not all of the number. What is less than one is shown
        with as many figures more as it takes to see that; of what is more, no figure before the point
        is rounded.

    Examples
    --------
    >>> decimal(Fraction(19, 32)), decimal(Fraction(1, 3)), decimal(Fraction(2))
    ('0.59375', '0.333333...', '2')
    >>> decimal(Fraction(199998, 199999), figures=3)
    '0.99999...'
    """
    whole = digit_count(int(value))
    if abs(value) >= 1 and whole in _PLAIN:
        # figures of the whole part are never left out, or zeros would stand for them
        figures = max(figures, whole + (value.denominator != 1))
    rounded = _rounded(value, figures)
    while abs(value) < 1 == abs(rounded) and figures < _MOST_NINES:
        figures += 1
        rounded = _rounded(value, figures)
    context = _context(figures)
    plain = rounded.normalize(context)
    shown = f"{plain:f}" if plain.adjusted() in _PLAIN else f"{plain:e}"
    return shown if Fraction(rounded) == value else f"{shown}..."


def _rounded(value: Fraction, figures: int) -> Decimal:
    return _context(figures).divide(Decimal(value.numerator), Decimal(value.denominator))


def _context(figures: int) -> Context:
    return Context(prec=figures, Emax=MAX_EMAX, Emin=MIN_EMIN)


def with_decimal(value: Fraction, *, longest: int | None = LONGEST, figures: int = FIGURES) -> str:
    """A number as a fraction and as a decimal: what every message shows of a number.

    Parameters
    ----------
    value : Fraction
        The number. A whole number is written once.
    longest : int or None
        How many characters a fraction may have; of a longer one the decimal alone is shown. None
        for any.
    figures : int
        The significant figures of the decimal.

    Examples
    --------
    >>> with_decimal(Fraction(1, 2)), with_decimal(Fraction(1, 3)), with_decimal(Fraction(1))
    ('1/2 = 0.5', '1/3 = 0.333333...', '1')
    """
    if longest is not None and length(value) > longest:
        return decimal(value, figures=figures)
    shown = written(value)
    return shown if value.denominator == 1 else f"{shown} = {decimal(value, figures=figures)}"


def number_decimal(value: Fraction) -> str | None:
    """A number as a decimal that ends soon; ``None`` if it doesn't.

    Examples
    --------
    >>> number_decimal(Fraction(-3, 8)), number_decimal(Fraction(1, 3))
    ('-0.375', None)
    """
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
        if places > _LONGEST_DECIMAL:
            return None
    digits = written(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + digits if not places else f"{sign}{digits[:-places]}.{digits[-places:]}"


def written(value: object) -> str:
    """What ``str`` writes, of an exact number however long it is."""
    if not isinstance(value, Fraction | int):
        return str(value)
    if value.denominator == 1:
        whole = value.numerator
        return str(whole) if whole.bit_length() < _LONG else str(Decimal(whole))
    return f"{written(value.numerator)}/{written(value.denominator)}"


def length(value: Fraction | int) -> int:
    """How many characters an exact number takes, of which none is written.

    Examples
    --------
    >>> length(Fraction(-31, 100)), length(10**5000)
    (7, 5001)
    """
    below = 0 if value.denominator == 1 else 1 + digit_count(value.denominator)
    return (value < 0) + digit_count(value.numerator) + below


def digit_count(number: int) -> int:
    """How many digits a whole number has, of which none is written.

    Examples
    --------
    >>> digit_count(0), digit_count(-999), digit_count(1000)
    (1, 3, 4)
    """
    number = abs(number)
    # less than its logarithm, 0.30102999566398... for each bit but the last, and by less than two
    count = max(number.bit_length() - 1, 0) * 30102999566 // 10**11
    while number >= 10**count:
        count += 1
    return max(count, 1)
