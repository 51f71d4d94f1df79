"""Proposals for the other side of a claim: the laws of probability, and the slips that people make.

A proposal is no more than that: whether it keeps the meaning is found out in exact models.

Main definitions
----------------
question : a probability to begin with.
laws : other ways to write one part of a formula.
slips : ways to get one part of a formula wrong.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator

from tests.notes.fuzz.formulas import (
    Event,
    Formula,
    Letter,
    Minus,
    Prob,
    Ratio,
    Times,
    Total,
    altered,
    children,
    events,
    free,
    letters,
    parts,
    product,
    rebuilt,
    replaced,
)  # fmt: skip
from tests.notes.fuzz.graphs import Shape

Events = tuple[Event, ...]


def question(rng: random.Random, shape: Shape, *, doing: bool) -> Prob:
    """A probability of one variable or two, with conditions or actions."""
    names = rng.sample(shape.seen, min(len(shape.seen), rng.choice([1, 2, 2, 3, 3, 4])))
    cut = rng.choice([1, 1, 1, 2]) if len(names) > 1 else 1
    of, others = names[:cut], names[cut:]
    done = [name for name in others if doing and rng.random() < 0.6]
    given = [name for name in others if name not in done]
    named = {name: rng.randrange(2) for name in names if rng.random() < 0.15}
    return Prob(
        *(tuple(Event(n, named.get(n, Letter(n))) for n in some) for some in (of, given, done))
    )


def laws(rng: random.Random, formula: Formula, shape: Shape) -> Iterator[Formula]:
    """Ways to write one part of a formula by a law, in random order, some of them true."""
    places = [(path, part) for path, part in parts(formula) if isinstance(part, Prob)]
    rng.shuffle(places)
    for path, part in places:
        used = letters(formula)
        for law in rng.sample(LAWS, len(LAWS)):
            new = law(rng, part, shape, used)
            if new is not None and new != part:
                yield _flat(replaced(formula, path, new))


def slips(rng: random.Random, formula: Formula, shape: Shape) -> Iterator[Formula]:
    """Ways to get one part of a formula wrong, in random order, most of them false."""
    places = list(parts(formula))
    rng.shuffle(places)
    for path, part in places:
        for slip in rng.sample(SLIPS, len(SLIPS)):
            new = slip(rng, part, shape, letters(formula))
            if new is not None and new != part:
                yield _flat(replaced(formula, path, new))


def _flat(formula: Formula) -> Formula:
    return rebuilt(formula, tuple(map(_flat, children(formula))))


# --- laws ---

Law = Callable[[random.Random, Prob, Shape, frozenset[Letter]], Formula | None]


def _total(rng: random.Random, p: Prob, shape: Shape, used: frozenset[Letter]) -> Formula | None:
    """P(y | x) = sum_z P(y, z | x), as a product or not."""
    name = _other(rng, p, shape)
    if name is None:
        return None
    letter = _fresh(name, used)
    new = Event(name, letter)
    joint = Prob((*p.of, new), p.given, p.do)
    split = product(Prob(p.of, (*p.given, new), p.do), Prob((new,), p.given, p.do))
    return Total((letter,), rng.choice([joint, split, split]))


def _chain(rng: random.Random, p: Prob, shape: Shape, used: frozenset[Letter]) -> Formula | None:
    """P(x, y) = P(x | y) P(y)."""
    if len(p.of) < 2:
        return None
    order = rng.sample(p.of, len(p.of))
    cut = rng.randrange(1, len(order))
    one, other = tuple(order[:cut]), tuple(order[cut:])
    return product(Prob(one, (*p.given, *other), p.do), Prob(other, p.given, p.do))


def _ratio(rng: random.Random, p: Prob, shape: Shape, used: frozenset[Letter]) -> Formula | None:
    """P(y | x, z) = P(y, x | z) / P(x | z)."""
    if not p.given:
        return None
    some, rest = _split(rng, p.given)
    return Ratio(Prob((*p.of, *some), rest, p.do), Prob(some, rest, p.do))


def _bayes(rng: random.Random, p: Prob, shape: Shape, used: frozenset[Letter]) -> Formula | None:
    """P(y | x) = P(x | y) P(y) / P(x), the denominator as a sum or not."""
    if not p.given:
        return None
    some, rest = _split(rng, p.given)
    above = product(Prob(some, (*rest, *p.of), p.do), Prob(p.of, rest, p.do))
    below: Formula = Prob(some, rest, p.do)
    if len(p.of) == 1 and rng.random() < 0.5:
        letter = _fresh(p.of[0].variable, used)
        one = (Event(p.of[0].variable, letter),)
        below = Total((letter,), product(Prob(some, (*rest, *one), p.do), Prob(one, rest, p.do)))
    return Ratio(above, below)


def _condition(
    rng: random.Random, p: Prob, shape: Shape, used: frozenset[Letter]
) -> Formula | None:
    """P(y | x, z) = P(y | x), where they are independent; either way."""
    if p.given and rng.random() < 0.5:
        gone = rng.choice(p.given)
        return Prob(p.of, tuple(e for e in p.given if e != gone), p.do)
    known = [x for x in used if x.variable not in {e.variable for e in events(p)}]
    if not known:
        return None
    letter = rng.choice(sorted(known))
    return Prob(p.of, (*p.given, Event(letter.variable, letter)), p.do)


def _action(rng: random.Random, p: Prob, shape: Shape, used: frozenset[Letter]) -> Formula | None:
    """Rules 2 and 3 of the calculus, whether they apply or not."""
    if not p.do:
        return None
    one = rng.choice(p.do)
    rest = tuple(e for e in p.do if e != one)
    return Prob(p.of, rng.choice([p.given, (*p.given, one)]), rest)


def _adjusted(rng: random.Random, p: Prob, shape: Shape, used: frozenset[Letter]) -> Formula | None:
    """P(y | do(x)) = sum_z P(y | x, z) P(z), for a set that may do or not."""
    others = sorted(set(shape.seen) - {e.variable for e in events(p)})
    if not p.do or not others:
        return None
    names = rng.sample(others, min(len(others), rng.choice([1, 1, 2])))
    over = tuple(_fresh(name, used) for name in names)
    new = tuple(map(Event, names, over))
    return Total(over, product(Prob(p.of, (*p.given, *p.do, *new)), Prob(new, p.given)))


def _front_door(
    rng: random.Random, p: Prob, shape: Shape, used: frozenset[Letter]
) -> Formula | None:
    """P(y | do(x)) = sum_m P(m | x) sum_x' P(y | x', m) P(x')."""
    if len(p.do) != 1 or p.given:
        return None
    name = _other(rng, p, shape)
    if name is None:
        return None
    letter, cause = _fresh(name, used), p.do[0].variable
    again = _fresh(cause, used | {Letter(cause)})
    middle, copy = (Event(name, letter),), (Event(cause, again),)
    inner = Total((again,), product(Prob(p.of, (*copy, *middle)), Prob(copy)))
    return Total((letter,), product(Prob(middle, p.do), inner))


def _factorised(
    rng: random.Random, p: Prob, shape: Shape, used: frozenset[Letter]
) -> Formula | None:
    """The (truncated) factorisation of the graph, summed over what is not asked for."""
    if p.given:
        return None
    at = {e.variable: e for e in (*p.of, *p.do)}
    over = []
    for name in shape.seen:
        if name not in at:
            over.append(_fresh(name, used))
            at[name] = Event(name, over[-1])
    done = {e.variable for e in p.do}
    factors = [
        Prob((at[name],), tuple(at[q] for q in shape.parents(name) if q in at))
        for name in shape.seen
        if name not in done
    ]
    if len(over) > 3 or not factors:
        return None
    rng.shuffle(factors)
    return Total(tuple(over), product(*factors)) if over else product(*factors)


LAWS: tuple[Law, ...] = (
    _total, _chain, _ratio, _bayes, _condition, _action, _adjusted, _front_door, _factorised,
)  # fmt: skip


# --- slips ---

Slip = Callable[[random.Random, Formula, Shape, frozenset[Letter]], Formula | None]


def _swapped(
    rng: random.Random, f: Formula, shape: Shape, used: frozenset[Letter]
) -> Formula | None:
    """P(x | y) for P(y | x)."""
    return Prob(f.given, f.of, f.do) if isinstance(f, Prob) and f.given else None


def _seen(rng: random.Random, f: Formula, shape: Shape, used: frozenset[Letter]) -> Formula | None:
    """Seeing for doing."""
    if not isinstance(f, Prob) or not f.do:
        return None
    one = rng.choice(f.do)
    return Prob(f.of, (*f.given, one), tuple(e for e in f.do if e != one))


def _lost(rng: random.Random, f: Formula, shape: Shape, used: frozenset[Letter]) -> Formula | None:
    """A factor, a condition, a denominator or a sum left out."""
    match f:
        case Times(factors):
            gone = rng.randrange(len(factors))
            return product(*(g for i, g in enumerate(factors) if i != gone))
        case Prob(of, given, do) if given:
            gone = rng.randrange(len(given))
            return Prob(of, tuple(e for i, e in enumerate(given) if i != gone), do)
        case Ratio(above, _):
            return above
        case Total(_, body) if len(f.over) == 1:
            return body
        case _:
            return None


def _added(rng: random.Random, f: Formula, shape: Shape, used: frozenset[Letter]) -> Formula | None:
    """A condition too many."""
    if not isinstance(f, Prob):
        return None
    return _condition(rng, Prob(f.of, (), ()), shape, used) if not f.given and not f.do else None


def _exchanged(
    rng: random.Random, f: Formula, shape: Shape, used: frozenset[Letter]
) -> Formula | None:
    """Another variable in one event."""
    if not isinstance(f, Prob):
        return None
    name = _other(rng, f, shape)
    if name is None:
        return None
    old, letter = rng.choice(events(f)), Letter(name)
    new = Event(name, letter)
    return altered(f, _put(old, new))


def _primed(
    rng: random.Random, f: Formula, shape: Shape, used: frozenset[Letter]
) -> Formula | None:
    """X for x', or x' for x."""
    if not isinstance(f, Prob):
        return None
    for old in rng.sample(events(f), len(events(f))):
        others = sorted(x for x in used if x.variable == old.variable and x != old.value)
        if others and isinstance(old.value, Letter):
            new = Event(old.variable, rng.choice(others))
            return altered(f, _put(old, new))
    return None


def _turned(
    rng: random.Random, f: Formula, shape: Shape, used: frozenset[Letter]
) -> Formula | None:
    """A ratio or a difference upside down."""
    match f:
        case Ratio(above, below):
            return Ratio(below, above)
        case Minus(left, right):
            return Minus(right, left)
        case _:
            return None


SLIPS: tuple[Slip, ...] = (_swapped, _seen, _lost, _added, _exchanged, _primed, _turned)


# --- what both need ---


def _put(old: Event, new: Event) -> Callable[[Event], Event]:
    return lambda event: new if event == old else event


def _other(rng: random.Random, p: Prob, shape: Shape) -> str | None:
    others = sorted(set(shape.seen) - {e.variable for e in events(p)})
    return rng.choice(others) if others else None


def _fresh(name: str, used: Iterable[Letter]) -> Letter:
    """The first copy of a variable's letter that is not used."""
    copy = 0
    while Letter(name, copy) in used:
        copy += 1
    return Letter(name, copy)


def _split(rng: random.Random, some: Events) -> tuple[Events, Events]:
    """Some events, and the rest of them."""
    order = rng.sample(some, len(some))
    cut = rng.randrange(1, len(order) + 1)
    return tuple(order[:cut]), tuple(order[cut:])


def is_proper(formula: Formula) -> bool:
    """Whether every probability names each variable once, and no sum binds a letter bound around it."""

    def proper(part: Formula, bound: frozenset[Letter]) -> bool:
        match part:
            case Prob():
                names = [e.variable for e in events(part)]
                return bool(part.of) and len(names) == len(set(names))
            case Total(over, body):
                if bound & set(over) or not set(over) <= free(body):
                    return False
                return proper(body, bound | set(over))
            case _:
                return all(proper(child, bound) for child in children(part))

    return proper(formula, frozenset())
