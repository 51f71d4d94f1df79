"""Makers of claims with letters and constants that stand for numbers.

Main definitions
----------------
coins : one numeral at the end of a chain of lone probabilities.
named : letters that nobody declared, and the same one twice.
constants : lines with the same constant are judged by their ratio.
expectations : means, near whole numbers.
"""

from __future__ import annotations

import random
from fractions import Fraction

from tests.notes.fuzz.case import DEFINITION, FAILS, HOLDS, UNDECIDED, Expected
from tests.notes.fuzz.documents import Chain
from tests.notes.fuzz.formulas import Event, Prob
from tests.notes.fuzz.numbers import Draft, claim, known
from tests.notes.fuzz.numerals import (
    Numeral,
    Unsettled,
    about,
    equals,
    exact_decimal,
)  # fmt: skip
from tests.notes.fuzz.tables import Writer, random_tables

INTRODUCED = DEFINITION | UNDECIDED


def coins(rng: random.Random, writer: Writer) -> Draft:
    """P(H) = P(T) = 0.5 gives two numbers; P(A | B) = P(B | A) = 0.3 does not excuse the swap."""
    tables = random_tables(rng, events=1, zeros=0, size=2)
    writer.take(tables.shape)
    a, b = (writer.names[v].capital for v in tables.shape.seen)
    states = tables.shape.states[tables.shape.seen[0]] or ()
    one, other = (f"P({a}={state})" for state in states)
    numeral = exact_decimal(Fraction(rng.randint(1, 9), 10))
    if rng.random() < 0.5:
        half = exact_decimal(Fraction(1, 2))
        # "a numeral at a chain's end is given to each lone probability of one and the same variable
        # under one condition in it: the = between them is then a definition"
        chain = Chain((one, other, half.text), ("=", "="))
        words = (Expected(DEFINITION, "a numeral for all states", "it is given to both"),) * 2
    else:
        # "any other = is judged without it"
        chain = Chain((rf"P({a} \mid {b})", rf"P({b} \mid {a})", numeral.text), ("=", "="))
        words = (
            Expected(FAILS, "a swap with a numeral behind it", "it is false of independent events"),
            Expected(DEFINITION, "a numeral behind a swap", "it is given"),
        )
    return Draft(None, ((chain, words),))


def named(rng: random.Random, writer: Writer) -> Draft:
    """An undeclared letter stated twice is given, not contradicted."""
    tables = random_tables(rng, events=1, zeros=0, size=2)
    writer.take(tables.shape)
    letter = rng.choice("pqr")
    chains = []
    for variable in tables.shape.seen:
        name, state = writer.names[variable].capital, (tables.shape.states[variable] or ())[1]
        if letter.upper() == name:
            raise Unsettled("the letter is a variable's")
        told = Expected(DEFINITION, "a letter for a probability", "it introduces the letter")
        if chains:
            told = Expected(INTRODUCED, "a letter stated twice", "it is given, not contradicted")
        chains.append(claim(f"P({name}={state})", "=", letter, told))
    return Draft(None, tuple(chains))


def constants(rng: random.Random, writer: Writer) -> Draft:
    r"""P(a | b) = \alpha 0.06 and P(not a | b) = \alpha 0.14 are judged by their ratio."""
    tables = random_tables(rng, zeros=0, size=2)
    a, b = tables.shape.seen
    state = rng.randrange(tables.world.sizes[b])
    joint = [
        known(Prob((Event(a, i), Event(b, state))), tables) for i in range(tables.world.sizes[a])
    ]
    numerals = [exact_decimal(one) for one in joint]
    if any(n.value != one for n, one in zip(numerals, joint, strict=True)):
        raise Unsettled("the numbers are no short decimals")
    at = rng.choice([None, *range(len(numerals))])
    if at is not None:
        numerals[at] = exact_decimal(numerals[at].value * rng.choice([2, 3]))
    writer.take(tables.shape)
    # "numbers without the letter claim nothing alone, but lines with the same constant are judged
    # by their ratio": here to the first
    words = [HOLDS | UNDECIDED] + [
        HOLDS if at is None or at not in (0, i) else FAILS for i in range(1, len(numerals))
    ]
    if any(n.half * 20 > n.value for n in numerals):
        # too few digits: half a unit may make a failing line true
        words = [w | UNDECIDED for w in words]
    chains = tuple(
        claim(
            writer.formula(Prob((Event(a, i),), (Event(b, state),))), "=",
            rf"\alpha {rng.choice(['', chr(92) + 'cdot '])}{numeral.text}",
            Expected(words[i], "lines with one constant", "by the ratio to the first line"),
        )
        for i, numeral in enumerate(numerals)
    )  # fmt: skip
    return Draft(writer.model(tables), chains)


def expectations(rng: random.Random, writer: Writer) -> Draft:
    """E[N] near a whole number: what rounds to its last non-zero digit, within a tenth."""
    tables = random_tables(rng, events=1, zeros=0, size=2)
    name = rng.choice(tables.shape.seen)
    values = sorted(rng.sample(range(10, 400, 10), 2))
    stated = tuple((n, tuple(map(str, values)) if n == name else s) for n, s in tables.shape.stated)
    tables = tables._replace(shape=tables.shape._replace(stated=stated))
    mean = sum((values[i] * known(Prob((Event(name, i),)), tables) for i in range(2)), Fraction(0))
    writer.take(tables.shape)
    sign = rng.choice(["=", r"\approx", r"\approx", "<", ">"])
    digits = rng.choice([1, 1, 10, 100])
    number = Fraction(round(mean / digits) * digits + rng.choice([0, 0, 0, digits, -digits]))
    if number < 2:
        raise Unsettled("the numeral is too small")
    numeral = Numeral(str(number), number, kind="whole")
    words = {
        "=": lambda: equals(mean, numeral),
        r"\approx": lambda: about(mean, numeral),
        "<": lambda: HOLDS if mean < number else FAILS,
        ">": lambda: HOLDS if mean > number else FAILS,
    }[sign]()
    expected = Expected(words, "a mean and a whole number", f"the mean is {mean}")
    bracket = writer.rng.choice(["E[{}]", r"\mathbb{{E}}[{}]", r"\operatorname{{E}}[{}]"])
    found = claim(bracket.format(writer.names[name].capital), sign, numeral.text, expected)
    return Draft(writer.model(tables), (found,))
