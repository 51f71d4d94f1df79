"""Makers of claims that compare formulas in a model with all its numbers.

Main definitions
----------------
formulas : what holds over the graph holds; else the numbers tell.
independence : the same for ``X _||_ Y | Z``.
proportional : as functions of what the chain's first side asks for.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from itertools import pairwise

from tests.notes.fuzz.case import FAILS, HOLDS, UNDECIDED, Expected
from tests.notes.fuzz.documents import Chain, model_text
from tests.notes.fuzz.formulas import (
    Event,
    Formula,
    Letter,
    Prob,
    Ratio,
    Times,
    free,
    parts,
    product,
    variables,
)  # fmt: skip
from tests.notes.fuzz.graphs import (
    Shape,
    independent_shape,
    random_shape,
    unknown_shape,
    worlds,
)  # fmt: skip
from tests.notes.fuzz.identities import states_a_graph, truth
from tests.notes.fuzz.numbers import Draft, claim, known, with_states
from tests.notes.fuzz.numerals import SIGNS, Unsettled
from tests.notes.fuzz.reach import or_undecided
from tests.notes.fuzz.rewriting import is_proper, laws, question, slips
from tests.notes.fuzz.tables import Tables, Writer, random_tables
from tests.notes.fuzz.worlds import World, agreement, places, value


def formulas(rng: random.Random, writer: Writer) -> Draft:
    """Two formulas: what holds over the graph holds; else the model's numbers tell."""
    tables = random_tables(rng, zeros=rng.choice([0, 0, 0.3]), twins=0.5)
    left: Formula = question(rng, tables.shape, doing=rng.random() < 0.3)
    right = _rewritten(rng, left, tables.shape)
    sign = rng.choice(["=", "=", "=", r"\neq", "<", r"\le", r"\geq", ">"])
    if sign not in ("=", r"\neq") or rng.random() < 0.3:
        letters = sorted(free(left) | free(right))
        at = {x: rng.randrange(tables.world.sizes[x.variable]) for x in letters}
        left, right = with_states(left, at), with_states(right, at)
    expected = _compared(left, sign, right, tables)
    writer.take(tables.shape)
    sides = writer.formula(left), writer.formula(right)
    if sides[0] == sides[1]:
        raise Unsettled("both sides are written alike")
    return Draft(writer.model(tables), (claim(sides[0], sign, sides[1], expected),))


def _rewritten(rng: random.Random, formula: Formula, shape: Shape) -> Formula:
    """The formula after a law or a slip or two."""
    new = formula
    for _ in range(rng.choice([1, 1, 2])):
        proposals = laws if rng.random() < 0.6 else slips
        found = [f for f, _ in zip(proposals(rng, new, shape), range(6), strict=False)]
        proper = [f for f in found if is_proper(f) and f != formula]
        new = rng.choice(proper) if proper else new
    if new == formula:
        raise Unsettled("both sides are the same")
    return new


def _compared(left: Formula, sign: str, right: Formula, tables: Tables) -> Expected:
    here = agreement(left, right, tables.world)
    told = f"equal at {here.same} places, not at {here.different}, undefined at {here.undefined}"
    if sign == "=":
        if not here.different and truth(left, right, tables.shape):
            return Expected(HOLDS, "formulas equal over the graph", told, "not numbers")
        if here.undefined:
            words = UNDECIDED | FAILS if here.different else UNDECIDED
            return Expected(words, "an undefined side", told)
        if here.different:
            words = FAILS | or_undecided(
                left, right, lambda x, y: not agreement(x, y, tables.world).different
            )
            return Expected(words, "formulas unequal in numbers", told)
        return Expected(HOLDS, "formulas equal in numbers only", told, "numbers")
    if here.undefined:
        words = UNDECIDED
        if sign == r"\neq" and not here.different:
            words = UNDECIDED | FAILS  # what is equal over the graph is not different
        elif here.different if sign == r"\neq" else _always(left, sign, right, tables.shape):
            words = UNDECIDED | HOLDS  # what holds over the graph holds
        return Expected(words, "an undefined side", told)
    if sign == r"\neq":
        words = HOLDS
        if not here.different:
            words = FAILS | or_undecided(
                left, right, lambda x, y: bool(agreement(x, y, tables.world).different)
            )
        return Expected(words, "formulas not equal", told)
    one, other = known(left, tables), known(right, tables)
    words = HOLDS
    if not SIGNS[sign](one, other):
        words = FAILS | or_undecided(
            left, right, lambda x, y: SIGNS[sign](known(x, tables), known(y, tables))
        )
    return Expected(words, "formulas in an order", f"left {one}, right {other}")


def _always(left: Formula, sign: str, right: Formula, shape: Shape) -> bool:
    """Whether an order of two values is kept in some positive models."""
    for world in worlds(shape, 23):
        one, other = value(left, world, {}), value(right, world, {})
        if one is None or other is None or not SIGNS[sign](one, other):
            return False
    return True


def independence(rng: random.Random, writer: Writer) -> Draft:
    """X _||_ Y | Z is about the model's numbers where it has them all, and no graph is named."""
    tables = random_tables(rng, zeros=0, twins=0.6)
    kind = rng.choice(["numbers", "numbers", "graph", "named graph"])
    shape = random_shape(rng, rng.choice([2, 3, 4])) if kind == "graph" else tables.shape
    names = rng.sample(shape.seen, min(len(shape.seen), rng.choice([2, 3, 4])))
    if len(names) < 2:
        raise Unsettled("there is one variable alone")
    one, other, rest = (
        tuple(Event(n, Letter(n)) for n in some) for some in (names[:1], names[1:2], names[2:])
    )
    left, right = Prob((*one, *other), rest), product(Prob(one, rest), Prob(other, rest))
    if kind == "numbers":
        found = _compared(left, "=", right, tables)._replace(rule="an independence in numbers")
    else:
        words = HOLDS if truth(left, right, shape) else FAILS
        found = Expected(words, f"an independence in a {kind}", "by exact models", "not numbers")
    writer.take(shape)
    x, y, *z = (writer.names[n].capital for n in names)
    sign = writer.rng.choice([r"\perp", r"\perp\!\!\!\perp", r"\perp"])
    bar = writer.rng.choice([r" \mid ", " | "])
    text = f"{x} {sign} {y}" + (f"{bar}{', '.join(z)}" if z else "")
    if kind == "named graph":
        text = f"({text})_{writer.rng.choice(['G', '{G}', '{' + chr(92) + 'mathcal{G}}'])}"
    model = model_text(shape, writer.names, writer.rng) if kind == "graph" else writer.model(tables)
    return Draft(model, ((Chain((text,), ()), (found,)),))


# --- proportional ---

MODELS = ("numbers", "graph", "none")


def proportional(rng: random.Random, writer: Writer) -> Draft:
    """Proportional as functions of the variables left of the bar in the chain's first side."""
    kind = rng.choice(MODELS)
    tables = random_tables(rng, zeros=0, events=1)
    shape = tables.shape if kind == "numbers" else random_shape(rng, rng.choice([2, 3, 3]))
    if kind == "none":
        shape = unknown_shape(shape.states)
    first = question(rng, shape, doing=False)
    if not first.given:
        raise Unsettled("nothing is given")
    first = Prob(tuple(Event(e.variable, Letter(e.variable)) for e in first.of), first.given)
    chain = [first]
    for _ in range(rng.choice([1, 1, 2])):
        new = next(iter(_proposals(rng, chain[-1], shape)), None)
        if new is None:
            raise Unsettled("there is nothing to propose")
        chain.append(new)
    asked = frozenset(e.value for e in first.of if isinstance(e.value, Letter))
    expected = tuple(
        _proportional(one, other, asked, kind, shape, tables) for one, other in pairwise(chain)
    )
    writer.take(shape, _forms(rng, shape))
    written = list(chain)
    if rng.random() < 0.25:
        # "a named state of the query stands for its letter"
        at = {x: rng.randrange(2) for x in asked}
        written = [with_states(f, at) for f in chain]
        expected = tuple(e._replace(rule=f"{e.rule}, at a state") for e in expected)
    sides = [writer.formula(f) for f in written]
    signs = [r"\propto"] * len(expected)
    if len(expected) == 1 and rng.random() < 0.3:
        signs, sides[1] = ["="], rf"\alpha {sides[1]}"
        expected = (expected[0]._replace(rule=f"{expected[0].rule}, by a constant"),)
    if len(set(sides)) < len(sides):
        raise Unsettled("two sides are written alike")
    model = {
        "numbers": lambda: writer.model(tables),
        "graph": lambda: model_text(shape, writer.names, writer.rng),
        "none": lambda: None,
    }[kind]()
    return Draft(model, ((Chain(tuple(sides), tuple(signs)), expected),))


def _forms(rng: random.Random, shape: Shape) -> dict[str, str]:
    """Letters or capitals throughout: a letter beside a constant is no event."""
    return dict.fromkeys(shape.states, rng.choice(["letter", "capital", "assigned"]))


def _proposals(rng: random.Random, formula: Formula, shape: Shape) -> Iterator[Formula]:
    """The numerator of a law, a factor less, or any law and slip."""
    found: list[Formula] = []
    for new in laws(rng, formula, shape):
        found += [part.above for _, part in parts(new) if isinstance(part, Ratio)]
        found += [new] if rng.random() < 0.3 else []
        if len(found) > 6:
            break
    if isinstance(formula, Times):
        found += [
            product(*(f for j, f in enumerate(formula.factors) if j != i))
            for i in range(len(formula.factors))
        ]
    rng.shuffle(found)
    for new in found:
        if is_proper(new) and new != formula and sum(1 for _ in parts(new)) < 12:
            yield new


def _proportional(
    left: Formula,
    right: Formula,
    asked: frozenset[Letter],
    kind: str,
    shape: Shape,
    tables: Tables,
) -> Expected:
    rule = {"numbers": "in numbers", "graph": "over a graph", "none": "without a graph"}[kind]
    rule = f"proportional {rule}"
    if kind == "numbers":
        words = HOLDS if are_proportional(left, right, asked, [tables.world]) else FAILS
        return Expected(words, rule, "by the numbers of the model")
    if are_proportional(left, right, asked, worlds(shape, 21)):
        return Expected(HOLDS, rule, "the ratio does not depend on what is asked for")
    if kind == "graph":
        return Expected(FAILS, rule, "the ratio depends on what is asked for")
    if states_a_graph(left) or states_a_graph(right):
        raise Unsettled("a factorisation states a graph")
    names = variables(left) | variables(right)
    if are_proportional(left, right, asked, worlds(independent_shape(sorted(names)), 22)):
        return Expected(UNDECIDED, rule, "only where all are independent")
    return Expected(FAILS, rule, "not even where all are independent")


def are_proportional(
    left: Formula, right: Formula, asked: frozenset[Letter], models: Iterable[World]
) -> bool:
    """Whether the ratio of two formulas is the same at all states of some letters.

    Raises
    ------
    Unsettled
        If a side has no value somewhere, or is zero.
    """
    for world in models:
        rest = (free(left) | free(right)) - asked
        for at in places(rest, world):
            ratios = set()
            for inside in places(asked, world):
                one, other = value(left, world, at | inside), value(right, world, at | inside)
                if not one or not other:
                    raise Unsettled("a side is zero or undefined somewhere")
                ratios.add(one / other)
            if len(ratios) > 1:
                return False
    return True
