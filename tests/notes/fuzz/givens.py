"""Makers of claims with numbers that the notes themselves give.

Main definitions
----------------
exercise : numbers of two events, without a model or with a graph alone, and what follows.
half_open : a model in which a row has no numbers.
"""

from __future__ import annotations

import random
from fractions import Fraction

from tests.notes.fuzz.calculations import SOME
from tests.notes.fuzz.case import DEFINITION, FAILS, HOLDS, UNDECIDED, Expected
from tests.notes.fuzz.documents import Chain, model_text
from tests.notes.fuzz.formulas import Event, Prob
from tests.notes.fuzz.numbers import Draft, claim, known
from tests.notes.fuzz.numerals import Unsettled, equals, exact_decimal, numeral_for, rounded
from tests.notes.fuzz.sums import (
    Leaf,
    Op,
    after_calculation,
    after_formula,
    shown,
    value_of,
    with_leaf,
)
from tests.notes.fuzz.tables import Writer, random_tables
from tests.notes.fuzz.worlds import value


def exercise(rng: random.Random, writer: Writer) -> Draft:
    """P(A), P(B | A) and P(B | not A) are given; P(B) and P(A | B) follow."""
    tables = random_tables(rng, events=1, zeros=0, twins=0, size=2)
    if tables.world.total not in (10, 20, 100):
        raise Unsettled("the numbers are no short decimals")
    a, b = tables.shape.seen

    def entry(name: str, state: int, at: tuple[int, ...]) -> Leaf:
        return Leaf(exact_decimal(Fraction(tables.world.rows[name][at][state], tables.world.total)))

    writer.take(tables.shape)
    kind = rng.choice(["capitals", "states"])
    with_model = kind == "states" and rng.random() < 0.5
    name_a, name_b = (writer.names[v].capital for v in (a, b))
    negated = writer.rng.choice([rf"\neg {name_a}", rf"\bar{{{name_a}}}", rf"\lnot {name_a}"])
    if kind == "states":
        (no, yes), (_, other_yes) = (tables.shape.states[v] or () for v in (a, b))
        yes_a, no_a, yes_b = f"{name_a}={yes}", f"{name_a}={no}", f"{name_b}={other_yes}"
    else:
        yes_a, no_a, yes_b = name_a, negated, name_b
    prior, hit, false = entry(a, 1, ()), entry(b, 1, (1,)), entry(b, 1, (0,))
    rest = Leaf(exact_decimal(1 - prior.numeral.value))
    given = [
        claim(f"P({what})", "=", leaf.numeral.text,
              Expected(DEFINITION, "a given number", "it is given"))
        for what, leaf in (
            (yes_a, prior), (rf"{yes_b} \mid {yes_a}", hit), (rf"{yes_b} \mid {no_a}", false),
        )
    ]  # fmt: skip
    one, other = Op("*", (hit, prior)), Op("*", (false, rest))
    event_a, event_b = (Event(a, 1),), (Event(b, 1),)
    pb, pab = (value(p, tables.world, {}) for p in (Prob(event_b), Prob(event_a, event_b)))
    assert pb is not None
    assert pab is not None
    question = rng.choice(["joint", "total", "bayes", "bayes with its denominator"])
    match question:
        case "joint":
            left, middle = f"P({yes_a}, {yes_b})", rf"P({yes_b} \mid {yes_a}) P({yes_a})"
            calc, exact = one, value_of(one)
        case "total":
            left = f"P({yes_b})"
            middle = rf"P({yes_b} \mid {yes_a}) P({yes_a}) + P({yes_b} \mid {no_a}) P({no_a})"
            calc, exact = Op("+", (one, other)), pb
        case _:
            left = rf"P({yes_a} \mid {yes_b})"
            middle = rf"\frac{{P({yes_b} \mid {yes_a}) P({yes_a})}}{{P({yes_b})}}"
            calc, exact = Op("/", (one, Op("+", (one, other)))), pab
    known_numbers = frozenset(x.numeral.value for x in (prior, hit, false))
    if question.endswith("denominator"):
        below = Leaf(exact_decimal(pb))
        told = Expected(DEFINITION | HOLDS, "a given number", "it is given, and follows besides")
        given.append(claim(f"P({yes_b})", "=", below.numeral.text, told))
        calc, known_numbers = Op("/", (one, below)), known_numbers | {pb}
    if rng.random() < 0.3:
        calc = with_leaf(calc, hit, Leaf(rounded(hit.numeral.value / 2, 3)))
    numeral = numeral_for(rng, exact) if rng.random() < 0.5 else rounded(exact, 3)
    words = after_formula(exact, calc, known_numbers)
    if question == "total" and words != FAILS and value_of(calc) != exact:
        words = words | SOME
    if question in ("total", "bayes") and kind == "states" and not with_model:
        words = words | SOME | DEFINITION  # nobody says that there is no third state
    result = after_calculation(exact, calc, "=", numeral)
    # numbers of notes may be those of another example, so that what they contradict may stay open
    words, result = (w | UNDECIDED if w == FAILS else w for w in (words, result))
    if question == "bayes":
        words |= UNDECIDED  # P(B) is settled by what is given, and given nowhere
    if kind == "capitals" and question.startswith("bayes"):
        words |= UNDECIDED  # by accident it may nearly be true of the events that are denied, too
    if result == UNDECIDED:
        result |= FAILS  # it is wrong as written, whatever the first side is
    because = f"the value is {exact}"
    expected = (
        Expected(HOLDS, "an identity among given numbers", "it is true of all distributions"),
        Expected(words, f"{question} from given numbers", because),
        Expected(result, "a result from given numbers", because),
    )
    chain = Chain((left, middle, shown(calc, writer.rng), numeral.text), ("=",) * 3)
    model = model_text(tables.shape, writer.names, writer.rng) if with_model else None
    return Draft(model, (*given, (chain, expected)))


def half_open(rng: random.Random, writer: Writer) -> Draft:
    """Where a row is open, what it settles is given, and what it does not touch is judged."""
    tables = random_tables(rng, zeros=0, twins=0, size=2)
    a, b = tables.shape.seen
    rows = [(name, at) for name in (a, b) for at in tables.world.rows[name]]
    gone = rng.choice(rows)
    tables = tables._replace(missing=frozenset({gone}))
    name, at = rng.choice(rows)
    state = rng.randrange(tables.world.sizes[name])
    given = tuple(Event(p, s) for p, s in zip(tables.shape.parents(name), at, strict=True))
    formula = Prob((Event(name, state),), given)
    numeral = numeral_for(rng, known(formula, tables))
    if (name, at) == gone:
        if not 0 < numeral.value < 1 or not numeral.unit:
            raise Unsettled("no row has such an entry")
        expected = Expected(DEFINITION, "a number for an open row", "the row is open")
    else:
        words = equals(known(formula, tables), numeral)
        told = f"the entry is {known(formula, tables)}"
        expected = Expected(words, "an entry beside an open row", told)
    writer.take(tables.shape)
    found = claim(writer.formula(formula), "=", numeral.text, expected)
    return Draft(writer.model(tables), (found,))
