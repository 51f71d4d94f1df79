"""Makers of claims that compare a formula with one numeral.

Main definitions
----------------
lone : a formula at states and a numeral.
letters : letters beside a numeral are events.
lists : a numeral for each state.
"""

from __future__ import annotations

import random

from tests.notes.fuzz.case import FAILS, HOLDS, UNDECIDED, Expected
from tests.notes.fuzz.formulas import Event, Letter, Prob, free
from tests.notes.fuzz.numbers import Draft, at_states, claim, known, simple, with_states
from tests.notes.fuzz.numerals import (
    SIGNS,
    Numeral,
    Unsettled,
    Verdicts,
    compares,
    equals,
    numeral_for,
    rounded,
)  # fmt: skip
from tests.notes.fuzz.rewriting import question
from tests.notes.fuzz.tables import EVENTS, Tables, Writer, random_tables
from tests.notes.fuzz.worlds import places

COMMA = "<!-- symcausal: decimal comma -->\n\n"


def lone(rng: random.Random, writer: Writer) -> Draft:
    """Every relation with a numeral is judged in the model's numbers."""
    tables = random_tables(rng)
    formula = at_states(rng, simple(rng, tables), tables)
    exact = known(formula, tables)
    numeral = numeral_for(rng, exact)
    sign = rng.choice(["=", "=", "=", r"\approx", r"\approx", *SIGNS])
    is_other = not isinstance(formula, Prob) and numeral.value in (0, 1)
    if is_other and numeral.unit and exact != numeral.value and sign in ("=", r"\approx"):
        raise Unsettled("whether 1.00 may stand for a ratio or a difference")
    verdicts = compares(exact, sign, numeral)
    kind = {"=": "equals", r"\approx": "about"}.get(sign, "compared with")
    what = "0 or 1" if numeral.value in (0, 1) else f"a {numeral.kind}"
    rule, told = f"a value {kind} {what}", f"the value is {exact}"
    writer.take(tables.shape)
    text = numeral.text
    if sign in ("=", r"\approx") and "." in text and rng.random() < 0.3:
        # "Percent in brackets after a gap, units and words after a number are remarks"
        rule, text = "a numeral with a remark", _remarked(rng, numeral)
    before = ""
    # behind another first group than 0 three digits are thousands
    is_thousands = numeral.value >= 1 and len(text.rpartition(".")[2]) == 3
    if "." in text and not is_thousands and numeral.kind != "repeating" and rng.random() < 0.1:
        # "A decimal comma is read where the file says so"
        before, rule = COMMA, "a decimal comma where the notes say so"
        text = text.replace(".", rng.choice([",", "{,}"]))
    found = claim(writer.formula(formula), sign, text, Expected(verdicts, rule, told))
    return Draft(writer.model(tables), (found,), before)


def _remarked(rng: random.Random, numeral: Numeral) -> str:
    percent = rounded(100 * numeral.value, rng.choice([1, 2])).text
    return numeral.text + rng.choice([
        rf" \quad ({percent}\%)", rf"\; ({percent}\%)", rf"\qquad \text{{({percent}\%)}}",
        r" \text{ by the table}", r"\text{ in all}",
    ])  # fmt: skip


def letters(rng: random.Random, writer: Writer) -> Draft:
    """Letters beside a numeral are the events =yes, =true or =1; capitals where they have to be."""
    tables = random_tables(rng, events=0.85, zeros=0)
    formula = question(rng, tables.shape, doing=rng.random() < 0.2)
    if not free(formula):
        raise Unsettled("there is no letter")
    sign = rng.choice(["=", "=", "=", r"\approx", "<", ">", r"\le", r"\ge"])
    at = dict.fromkeys(free(formula), 1)
    numeral = numeral_for(rng, known(with_states(formula, at), tables))
    readings = {
        tuple(sorted(place.items())): compares(
            known(with_states(formula, place), tables), sign, numeral
        )
        for place in places(free(formula), tables.world)
    }
    events = {x: 1 for x in free(formula) if _is_event(x, tables)}
    are_events = len(events) == len(free(formula))
    verdicts = _of_readings(readings, events)
    form = rng.choice(["letter", "letter", "capital"])
    rule = f"{'events' if are_events else 'other states'} in {form}s beside a numeral"
    told = "the readings are " + ", ".join(
        f"{''.join(str(state) for _, state in where)}: {' or '.join(sorted(words))}"
        for where, words in sorted(readings.items())
    )
    writer.take(tables.shape, dict.fromkeys(tables.shape.states, form))
    expected = Expected(verdicts, rule, told)
    found = claim(writer.formula(formula), sign, numeral.text, expected)
    return Draft(writer.model(tables), (found,))


def _is_event(letter: Letter, tables: Tables) -> bool:
    return tables.shape.states[letter.variable] in EVENTS


Readings = dict[tuple[tuple[Letter, int], ...], Verdicts]


def _of_readings(readings: Readings, events: dict[Letter, int]) -> Verdicts:
    """The verdict where letters are events, and other letters stand for all values.

    A failure that another reading makes true is undecided.
    """
    if all(w == HOLDS for w in readings.values()):
        return HOLDS
    words = [w for at, w in readings.items() if events.items() <= dict(at).items()]
    if all(w == HOLDS for w in words):
        # where some letters are events and others are not, nothing says that they are read apart
        return HOLDS if len(words) == 1 else HOLDS | UNDECIDED
    if len(words) == 1 and words[0] != FAILS:
        return words[0] | FAILS if FAILS in readings.values() else words[0]
    if any(w == HOLDS for w in readings.values()):
        return UNDECIDED
    return FAILS if FAILS in words else frozenset().union(*words)


def lists(rng: random.Random, writer: Writer) -> Draft:
    """A list in angle brackets has a numeral for each state, in order."""
    tables = random_tables(rng, zeros=0)
    name = rng.choice(tables.shape.seen)
    others = [n for n in tables.shape.seen if n != name and rng.random() < 0.5]
    given = tuple(Event(n, rng.randrange(tables.world.sizes[n])) for n in others)
    values = [
        known(Prob((Event(name, state),), given), tables)
        for state in range(tables.world.sizes[name])
    ]
    digits = rng.choice([2, 3])
    numerals = [rounded(one, digits) for one in values]
    if rng.random() < 0.4:
        rng.shuffle(numerals)
    if rng.random() < 0.2:
        numerals[0] = rounded(numerals[0].value + numerals[0].unit, digits)
    words = [equals(one, numeral) for one, numeral in zip(values, numerals, strict=True)]
    if UNDECIDED in words:
        raise Unsettled("one of the numerals is 0 or 1")
    expected = Expected(
        FAILS if FAILS in words else HOLDS,
        "a list of numerals",
        f"the values are {', '.join(map(str, values))}",
    )
    writer.take(tables.shape, {name: "capital"})
    text = r"\langle " + ", ".join(n.text for n in numerals) + r" \rangle"
    left = writer.formula(Prob((Event(name, Letter(name)),), given))
    return Draft(writer.model(tables), (claim(left, "=", text, expected),))
