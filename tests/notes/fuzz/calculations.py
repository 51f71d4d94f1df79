"""Makers of claims with calculations: of numerals, and of declared parameters.

Main definitions
----------------
hand : a formula, a calculation, and what it comes to.
chains : exact sides and decimals one after the other.
parameters, given_parameters : closed forms with letters that the model declares; numbers for these.
"""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from tests.notes.fuzz.case import FAILS, HOLDS, UNDECIDED, Expected
from tests.notes.fuzz.documents import Chain
from tests.notes.fuzz.formulas import Event, Formula, Minus, Plus, Prob
from tests.notes.fuzz.formulas import product as times
from tests.notes.fuzz.numbers import Draft, at_states, claim, known
from tests.notes.fuzz.numerals import (
    Numeral,
    Unsettled,
    Verdicts,
    equals,
    exact_decimal,
    fraction,
    numeral_for,
    rounded,
)  # fmt: skip
from tests.notes.fuzz.rewriting import question
from tests.notes.fuzz.sums import (
    Calc,
    Leaf,
    Op,
    Parameter,
    after_calculation,
    after_formula,
    leaves,
    shown,
    value_of,
    with_leaf,
)  # fmt: skip
from tests.notes.fuzz.tables import Tables, Writer, random_tables

SOME = frozenset({"holds", "fails", "undecided"})


def hand(rng: random.Random, writer: Writer) -> Draft:
    """A formula, a calculation, and mostly what it comes to."""
    tables = random_tables(rng, zeros=0, size=2)
    formula, calc = by_hand(rng, tables)
    chain, expected = calculated(rng, formula, calc, tables, writer)
    return Draft(writer.model(tables), ((chain, expected),))


def calculated(
    rng: random.Random, formula: Formula, calc: Calc, tables: Tables, writer: Writer
) -> tuple[Chain, tuple[Expected, ...]]:
    """The chain of a formula, a calculation that may be wrong, and a numeral; names are taken."""
    exact = known(formula, tables)
    calc = _disturbed(rng, calc, tables)
    words = after_formula(exact, calc, tables.entries)
    if isinstance(formula, Plus) and isinstance(calc, Op) and words != FAILS:
        words = _term_by_term(formula, calc, tables, words)
    told = f"the value is {exact}, as written {_as_written(calc)}"
    sides, signs = [shown(calc, writer.rng)], ["="]
    expected = [Expected(words, "a calculation after a formula", told)]
    if rng.random() < 0.7:
        numeral, sign = _result(rng, exact, calc)
        words = after_calculation(exact, calc, sign, numeral)
        sides.append(numeral.text)
        signs.append(sign)
        expected.append(Expected(words, "a numeral after a calculation", told))
    writer.take(tables.shape)
    return Chain((writer.formula(formula), *sides), tuple(signs)), tuple(expected)


def _term_by_term(formula: Plus, calc: Op, tables: Tables, words: Verdicts) -> Verdicts:
    """Where both sides are sums of products, a term that is off is not made good by another."""
    found = [
        after_formula(known(term, tables), part, tables.entries)
        for term, part in zip(formula.terms, calc.inside, strict=True)
    ]
    if value_of(calc) == known(formula, tables):
        return words
    return words if all(one == HOLDS for one in found) else SOME - HOLDS | words


def _as_written(calc: Calc) -> str:
    try:
        return str(value_of(calc))
    except ZeroDivisionError:
        return "undefined"


def _result(rng: random.Random, exact: Fraction, calc: Calc) -> tuple[Numeral, str]:
    """What a calculation is said to come to."""
    try:
        written = value_of(calc)
    except ZeroDivisionError:
        written = exact
    target = rng.choice([written, written, exact])
    if target < 0:
        numeral = rounded(target, 3)
    else:
        numeral = rng.choice([numeral_for(rng, target), rounded(target, rng.choice([2, 3, 4]))])
    return numeral, rng.choice(["=", "=", "=", r"\approx"])


def by_hand(rng: random.Random, tables: Tables) -> tuple[Formula, Calc]:
    """A formula over a cause and an effect, and its calculation from the entries."""
    a, b = tables.shape.seen
    i, j = (rng.randrange(tables.world.sizes[n]) for n in (a, b))

    def entry(name: str, state: int, at: tuple[int, ...]) -> Leaf:
        row = tables.world.rows[name][at]
        return Leaf(exact_decimal(Fraction(row[state], tables.world.total)))

    def joint(state: int) -> Calc:
        return Op("*", (entry(b, j, (state,)), entry(a, state, ())))

    everything = Op("+", tuple(joint(k) for k in range(tables.world.sizes[a])))
    one, other = (Event(a, i),), (Event(b, j),)
    match rng.randrange(6):
        case 0:
            return Prob((*one, *other)), joint(i)
        case 1:
            return Prob(other), everything
        case 2:
            below: Calc = Leaf(exact_decimal(known(Prob(other), tables), most=4))
            return Prob(one, other), Op("/", (joint(i), rng.choice([everything, below])))
        case 3:
            rest = 1 - entry(a, i, ()).numeral.value
            return Prob(one), Op("-", (Leaf(fraction(rng, Fraction(1))), Leaf(exact_decimal(rest))))
        case 4:
            k = (i + 1) % tables.world.sizes[a]
            left, right = (Prob(other, (Event(a, s),)) for s in (i, k))
            return Minus(left, right), Op("-", tuple(entry(b, j, (s,)) for s in (i, k)))
        case _:
            terms = tuple(
                times(Prob(other, (Event(a, k),)), Prob((Event(a, k),)))
                for k in range(tables.world.sizes[a])
            )
            return Plus(terms), everything


def _disturbed(rng: random.Random, calc: Calc, tables: Tables) -> Calc:
    """The calculation, or with one numeral rounded, a digit off, or another entry."""
    decimals = [leaf for leaf in leaves(calc) if leaf.numeral.kind == "decimal"]
    if rng.random() < 0.35 or not decimals:
        return calc
    old = rng.choice(decimals)
    number, digits = old.numeral.value, rng.choice([1, 2, 3])
    new = rng.choice([
        rounded(number, digits),
        rounded(number + Fraction(rng.choice([1, -1]), 10**digits), digits),
        exact_decimal(rng.choice(sorted(tables.entries))),
        rounded(number * rng.choice([Fraction(9, 10), Fraction(11, 10), Fraction(2)]), 3),
    ])  # fmt: skip
    return with_leaf(calc, old, Leaf(new)) if new.value >= 0 else calc


def chains(rng: random.Random, writer: Writer) -> Draft:
    """A formula, then numerals: an exact one is also judged against the last exact one."""
    tables = random_tables(rng, zeros=0)
    formula = at_states(rng, question(rng, tables.shape, doing=False), tables)
    exact = known(formula, tables)
    numerals = []
    for _ in range(rng.choice([2, 3])):
        digits = rng.choice([1, 2, 3])
        numerals.append(rng.choice([
            rounded(exact, digits),
            rounded(exact + Fraction(rng.choice([1, -1]), 10**digits), digits),
            fraction(rng, exact),
            fraction(rng, rounded(exact, 2).value),
        ]))  # fmt: skip
    if any(n.value in (0, 1) for n in numerals):
        raise Unsettled("a numeral is 0 or 1")
    if len({n.text for n in numerals}) < len(numerals):
        raise Unsettled("two sides are written alike")
    told, last = f"the value is {exact}", exact
    expected = [Expected(equals(exact, numerals[0]), "a numeral in a chain", told)]
    for left, right in pairwise(numerals):
        if not left.unit:
            last = left.value
        expected.append(Expected(_linked(left, right, last, exact), "a numeral in a chain", told))
    writer.take(tables.shape)
    sides = writer.formula(formula), *(n.text for n in numerals)
    chain = Chain(sides, ("=",) * len(numerals))
    return Draft(writer.model(tables), ((chain, tuple(expected)),))


def _linked(left: Numeral, right: Numeral, last: Fraction, first: Fraction) -> Verdicts:
    """What is right of ``numeral = numeral`` after a last exact side."""
    if not left.unit and not right.unit:
        return HOLDS if left.value == right.value else FAILS
    if not right.unit:
        # "An exact side is also judged against the last exact side before it"
        if right.value != last:
            return FAILS
        return HOLDS if abs(right.value - left.value) <= left.half else FAILS
    if not left.unit:
        words = equals(left.value, right)
        return words if words == equals(first, right) else words | UNDECIDED
    # two decimals: the one with more digits is rounded to the other, or the chain's value is
    agree = abs(left.value - right.value) <= max(left.half, right.half)
    if agree and equals(first, right) == HOLDS and left.unit <= right.unit:
        return HOLDS
    far = abs(left.value - right.value) > left.half + right.half
    return FAILS if far and equals(first, right) == FAILS else SOME


# --- parameters ---

LETTERS = "qsfruvw"


def parameters(rng: random.Random, writer: Writer) -> Draft:
    """Declared parameters are quantified over: false at some value is a failure."""
    tables = random_tables(rng, events=1, zeros=0, size=2)
    writer.take(tables.shape)
    letters = _letters(rng, writer)
    asked, right = closed_form(rng, tables, letters)
    written = _slipped(rng, right, letters) if rng.random() < 0.6 else right
    numbers = [[Fraction(rng.randint(1, 96), 97) for _ in range(3)] for _ in range(3)]
    places = [{x.name: n for x, n in zip(letters, some, strict=True)} for some in numbers]
    same = all(value_of(right, at) == value_of(written, at) for at in places)
    words = HOLDS if same else FAILS
    expected = Expected(words, "a closed form with parameters", "by its values at random numbers")
    text = shown(written, writer.rng)
    found = claim(writer.formula(asked), "=", text, expected)
    return Draft(_declared(tables, writer, letters), (found,))


def given_parameters(rng: random.Random, writer: Writer) -> Draft:
    """A number stated for a declared parameter is given."""
    tables = random_tables(rng, events=1, zeros=0, size=2)
    writer.take(tables.shape)
    letters = _letters(rng, writer)
    numbers = {x.name: Fraction(rng.randint(1, 9), 10) for x in letters}
    asked, right = closed_form(rng, tables, letters)
    value = value_of(right, numbers)
    numeral = numeral_for(rng, value) if rng.random() < 0.5 else rounded(value, 3)
    words = equals(value, numeral)
    # numbers of notes may be those of another example
    words |= UNDECIDED if words == FAILS else frozenset()
    given = ", ".join(f"${x} = {exact_decimal(n).text}$" for x, n in numbers.items())
    expected = Expected(words, "numbers given to parameters", f"the value is {value}")
    found = claim(writer.formula(asked), "=", numeral.text, expected)
    return Draft(_declared(tables, writer, letters), (found,), before=f"Let {given}.\n\n")


Letters: TypeAlias = tuple[Parameter, Parameter, Parameter]


def _letters(rng: random.Random, writer: Writer) -> Letters:
    q, s, f = rng.sample(LETTERS, 3)
    if {n.model.lower() for n in writer.names.values()} & {q, s, f}:
        raise Unsettled("a variable's letter is a parameter")
    return Parameter(q), Parameter(s), Parameter(f)


def closed_form(rng: random.Random, tables: Tables, letters: Letters) -> tuple[Prob, Calc]:
    """A probability of a cause and an effect, and what it is in three parameters."""
    cause, effect = tables.shape.seen
    q, s, f = letters
    one = Leaf(Numeral("1", Fraction(1), kind="whole"))

    def entry(state: int, yes: Calc) -> Calc:
        return yes if state else Op("-", (one, yes))

    def joint(i: int, j: int) -> Calc:
        return Op("*", (entry(j, s if i else f), entry(i, q)))

    i, j = rng.randrange(2), rng.randrange(2)
    a, b = (Event(cause, i),), (Event(effect, j),)
    total = Op("+", (joint(0, j), joint(1, j)))
    return rng.choice([
        (Prob(a, b), Op("/", (joint(i, j), total))),
        (Prob(a, b), Op("/", (joint(i, j), total))),
        (Prob(b), total),
        (Prob((*a, *b)), joint(i, j)),
        (Prob(b, a), entry(j, s if i else f)),
        (Prob(a), entry(i, q)),
        (Prob(b, (), a), entry(j, s if i else f)),
    ])  # fmt: skip


def _slipped(rng: random.Random, calc: Calc, letters: tuple[Parameter, ...]) -> Calc:
    """Another letter, a lost factor, term or denominator, or q for 1 - q."""
    places = list(_inside(calc))
    old = rng.choice(places)
    match old:
        case Parameter():
            new: Calc = rng.choice([x for x in letters if x != old])
        case Op("*" | "+" | "/", inside):
            new = rng.choice(inside)
        case Op("-", (_, other)):
            new = other
        case _:
            new = rng.choice(letters)
    return with_leaf(calc, old, new)


def _inside(calc: Calc) -> list[Calc]:
    found = [calc]
    if isinstance(calc, Op):
        for one in calc.inside:
            found += _inside(one)
    return found


def _declared(tables: Tables, writer: Writer, letters: Letters) -> str:
    """The text of a model with parameters; the last state of each variable has them."""
    a, b = (writer.names[v].model for v in tables.shape.seen)
    (no, yes), states = (tables.shape.states[v] or () for v in tables.shape.seen)
    q, s, f = (x.name for x in letters)
    lines = [
        f"{a}: {no}, {yes}", f"{b}: {', '.join(states)}", f"{a} -> {b}",
        f"parameters {q}, {s}, {f} in (0, 1)",
        f"P({a}) = 1 - {q}, {q}",
        f"P({b} | {a}={yes}) = {writer.rng.choice(['rest', f'1 - {s}'])}, {s}",
        f"P({b} | {a}={no}) = 1 - {f}, {f}",
    ]  # fmt: skip
    return "\n".join(lines)
