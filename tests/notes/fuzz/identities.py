"""Cases for claims over graphs with hidden causes, and over all joint distributions.

Main definitions
----------------
identity_sketch : a random chain of formulas over a random graph, or over none.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import lru_cache, partial
from itertools import pairwise
from typing import NamedTuple

from tests.notes.fuzz.case import FAILS, HOLDS, UNDECIDED, UNREADABLE, Case, Expected
from tests.notes.fuzz.documents import Chain, Layout, model_text, notes, random_layout
from tests.notes.fuzz.formulas import (
    Formula,
    Mean,
    Plus,
    Prob,
    Ratio,
    Times,
    Total,
    averaged,
    children,
    free,
    letters,
    named,
    parts,
    rebuilt,
    variables,
)  # fmt: skip
from tests.notes.fuzz.graphs import (
    Shape,
    independent_shape,
    random_shape,
    unknown_shape,
    worlds,
)  # fmt: skip
from tests.notes.fuzz.notation import Style, dull_style, names, random_style, written
from tests.notes.fuzz.numerals import Unsettled
from tests.notes.fuzz.reach import or_undecided
from tests.notes.fuzz.rewriting import is_proper, laws, question, slips
from tests.notes.fuzz.worlds import agreement

LARGEST = 26  # parts of a formula
TRIES = 8


class Identities(NamedTuple):
    """Chains of formulas over a shape, and how they are written."""

    shape: Shape | None  # none: no model at all
    chains: tuple[tuple[Formula, ...], ...]
    style: Style
    layout: Layout
    seed: int
    barren: int = 0

    def case(self) -> Case:
        """The notes, with the truth from exact models."""
        expected = tuple(
            self._expected(left, right) for chain in self.chains for left, right in pairwise(chain)
        )
        texts = [
            Chain(tuple(written(f, self.style) for f in chain), ("=",) * (len(chain) - 1))
            for chain in self.chains
        ]
        if any(one == other for text in texts for one, other in pairwise(text.sides)):
            raise Unsettled("two sides are written alike")
        model = None
        if self.shape is not None:
            rng = random.Random(self.seed)
            model = model_text(self.shape, self.style.names, rng, barren=self.barren)
        text = notes(texts, self.layout, model)
        return Case(None if self.layout.model else model, text, self.layout.ending, expected)

    def twin(self) -> Identities | None:
        """The same claims in another notation and layout, sides swapped, with barren variables."""
        rng = random.Random(self.seed + 1)
        style = random_style(rng, names(rng, self.style.names), self.style.states)
        layout = random_layout(rng, alone=len(self.chains) == 1)
        if self.shape is None:
            layout = layout._replace(model="")
        chains = tuple(chain[::-1] for chain in self.chains)
        barren = 0 if self.shape is None else rng.choice([0, 1, 2])
        return Identities(self.shape, chains, style, layout, self.seed + 1, barren)

    def smaller(self) -> Iterator[Identities]:
        """One claim only, in dull notation, with less in it, over a smaller graph."""
        pairs = [pair for chain in self.chains for pair in pairwise(chain)]
        if len(self.chains) > 1 or len(self.chains[0]) > 2:
            for pair in pairs:
                yield self._replace(chains=(pair,))
            return
        plain = Layout(".md", "$", "", words=False)
        if self.layout != plain:
            yield self._replace(layout=plain)
        if dull_style(self.style) != self.style:
            yield self._replace(style=dull_style(self.style))
            for field in Style._fields:
                dull = getattr(dull_style(self.style), field)
                if getattr(self.style, field) != dull:
                    yield self._replace(style=self.style._replace(**{field: dull}))
        if self.barren:
            yield self._replace(barren=0)
        ((left, right),) = self.chains
        smaller = [(one, right) for one in _simpler(left)]
        smaller += [(left, other) for other in _simpler(right)]
        for pair in smaller:
            if all(map(is_proper, pair)):
                yield self._replace(chains=(pair,))
        if self.shape is not None:
            yield from (self._replace(shape=shape) for shape in self._shapes(self.shape))

    def _shapes(self, shape: Shape) -> Iterator[Shape]:
        for i in range(len(shape.arrows)):
            yield shape._replace(arrows=shape.arrows[:i] + shape.arrows[i + 1 :])
        for i in range(len(shape.causes)):
            yield shape._replace(causes=shape.causes[:i] + shape.causes[i + 1 :])
        used = frozenset[str]().union(*(variables(f) for chain in self.chains for f in chain))
        for name, states in shape.states.items():
            if name not in used and not any(name in pair for pair in shape.arrows + shape.causes):
                yield shape._replace(
                    stated=tuple((n, s) for n, s in shape.stated if n != name),
                    hidden=tuple(n for n in shape.hidden if n != name),
                )
            elif states and name not in named(self.chains[0][0]) | named(self.chains[0][1]):
                yield shape._replace(
                    stated=tuple((n, None if n == name else s) for n, s in shape.stated)
                )

    def _expected(self, left: Formula, right: Formula) -> Expected:
        if self.shape is None:
            return _without_graph(left, right)
        does = "with actions" if _acts(left) or _acts(right) else "by seeing"
        hidden = ", hidden causes" if self.shape.causes or self.shape.hidden else ""
        if truth(left, right, self.shape):
            why = "both sides are equal in exact models"
            return Expected(HOLDS, f"true over a graph {does}{hidden}", why, "not numbers")
        why = "the two sides differ in an exact model"
        words = FAILS | or_undecided(left, right, partial(truth, shape=self.shape))
        return Expected(words, f"false over a graph {does}{hidden}", why)


@lru_cache(maxsize=4096)
def truth(left: Formula, right: Formula, shape: Shape) -> bool:
    """Whether two formulas agree in exact models of a shape.

    Raises
    ------
    Unsettled
        If a side is undefined somewhere, or the answer depends on how many states a named one has.
    """
    fixed = named(left) | named(right)
    found = [agreement(left, right, world) for world in worlds(shape, 11, fixed)]
    if any(result.undefined for result in found):
        raise Unsettled("a side is undefined somewhere")
    differs = [result.different > 0 for result in found]
    if any(shape.states[name] is None for name in fixed):
        wide = [agreement(left, right, world) for world in worlds(shape, 12)]
        if any(result.different > 0 for result in wide) != any(differs):
            raise Unsettled("it depends on the states that nobody declares")
    return not any(differs)


def _without_graph(left: Formula, right: Formula) -> Expected:
    """What holds over all joint distributions holds; what is false even so under independence fails."""
    names = sorted(variables(left) | variables(right))
    holds = truth(left, right, unknown_shape(names))
    if _acts(left) or _acts(right):
        # every order of the variables, since none is known
        holds = holds and truth(left, right, unknown_shape(names[::-1]))
        word = HOLDS | UNDECIDED if holds else UNDECIDED | FAILS
        # a subscript that names nothing else in the notes is no action for sure
        word |= UNREADABLE
        return Expected(word, "without a graph, with actions", "actions need a causal graph")
    if states_a_graph(left) or states_a_graph(right):
        raise Unsettled("a factorisation states a graph")
    if holds:
        why = "it is true of every joint distribution"
        return Expected(HOLDS, "true without a graph", why, "not numbers")
    if truth(left, right, independent_shape(names)):
        why = "it is true where all variables are independent, and not otherwise"
        return Expected(UNDECIDED, "an independence without a graph", why)
    words = FAILS
    if isinstance(left, Plus) or isinstance(right, Plus):
        words |= UNDECIDED  # the terms may be events that exclude each other
    return Expected(words, "false without a graph", "it is false even if all are independent")


def states_a_graph(formula: Formula) -> bool:
    """Whether a product has one head in each factor and is not the chain rule."""
    for _, part in parts(formula):
        if isinstance(part, Times) and all(isinstance(f, Prob) for f in part.factors):
            heads = [
                f.of[0].variable for f in part.factors if isinstance(f, Prob) and len(f.of) == 1
            ]
            if len(heads) > 2 and len(set(heads)) == len(part.factors):
                return True
    return False


def _acts(formula: Formula) -> bool:
    return any(isinstance(part, Prob | Mean) and part.do for _, part in parts(formula))


def _simpler(formula: Formula) -> Iterator[Formula]:
    """Formulas with one thing less, largest steps first."""
    yield from children(formula)
    for i, child in enumerate(children(formula)):
        for new in _simpler(child):
            inside = list(children(formula))
            inside[i] = new
            yield rebuilt(formula, tuple(inside))
    match formula:
        case Prob(of, given, do):
            if len(of) > 1:
                yield from (Prob(of[:i] + of[i + 1 :], given, do) for i in range(len(of)))
            yield from (Prob(of, given[:i] + given[i + 1 :], do) for i in range(len(given)))
            yield from (Prob(of, given, do[:i] + do[i + 1 :]) for i in range(len(do)))
        case Times(inside) | Plus(inside) if len(inside) > 2:
            for i in range(len(inside)):
                yield rebuilt(formula, inside[:i] + inside[i + 1 :])
        case Total(over, body) if len(over) > 1:
            yield from (Total(over[:i] + over[i + 1 :], body) for i in range(len(over)))


def identity_sketch(rng: random.Random) -> Identities:
    """One, two or three chains of formulas, true and false."""
    while True:
        known = rng.random() < 0.75
        shape = random_shape(rng, rng.choice([2, 3, 3, 4, 4, 5]))
        doing = rng.random() < (0.6 if known else 0.15)
        if not known:
            shape = unknown_shape(shape.states)
        chains = tuple(_chain(rng, shape, doing=doing) for _ in range(rng.choice([1, 1, 1, 2, 3])))
        if known and rng.random() < 0.3:
            chains = tuple(_averaged(chain, shape) for chain in chains)
        named_ = names(rng, shape.states)
        layout = random_layout(rng, alone=len(chains) == 1)
        style = random_style(
            rng, named_, shape.states, plain=not layout.ending and rng.random() < 0.5
        )
        if not known:
            layout = layout._replace(model="")
        sketch = Identities(shape if known else None, chains, style, layout, rng.randrange(10**6))
        try:
            sketch.case()
        except Unsettled:
            continue
        return sketch


def _chain(rng: random.Random, shape: Shape, *, doing: bool) -> tuple[Formula, ...]:
    """A question, and what it is written as, one way after the other; slips in between."""
    formulas: list[Formula] = [_start(rng, shape, doing=doing)]
    for _ in range(rng.choice([1, 1, 2, 3])):
        wanted = rng.random() < 0.6
        new = formulas[-1]
        for _ in range(rng.choice([1, 1, 2, 3])):
            new = _step(rng, new, shape, wanted=wanted)
        if new != formulas[-1]:
            formulas.append(new)
    return tuple(formulas) if len(formulas) > 1 else _chain(rng, shape, doing=doing)


def _averaged(chain: tuple[Formula, ...], shape: Shape) -> tuple[Formula, ...]:
    """The chain with means for probabilities, if it is about one variable with numbers for states."""
    first = chain[0]
    if not isinstance(first, Prob) or len(first.of) > 1:
        return chain
    states, letter = shape.states[first.of[0].variable], first.of[0].value
    if isinstance(letter, int) or not (states is None or states[0] == "0"):
        return chain
    if any(letter.variable in {x.variable for x in letters(f) - {letter}} for f in chain):
        return chain
    if any(isinstance(p, Total) and letter in p.over for f in chain for _, p in parts(f)):
        return chain  # E[y | x] below a sum over y would be about its value
    found = [averaged(formula, letter) for formula in chain]
    means = [formula for formula in found if formula is not None]
    return tuple(means) if len(means) == len(chain) else chain


def _start(rng: random.Random, shape: Shape, *, doing: bool) -> Formula:
    one = question(rng, shape, doing=doing)
    if rng.random() < 0.85:
        return one
    match rng.randrange(3):
        case 0:
            letter = min(free(one), default=None)
            asked = [e.value for e in one.of]
            if letter in asked:
                return Total((letter,), one)  # type: ignore[arg-type]
            return one
        case 1:
            return Ratio(one, question(rng, shape, doing=doing))
        case _:
            return Plus((one, question(rng, shape, doing=doing)))


def _step(rng: random.Random, formula: Formula, shape: Shape, *, wanted: bool) -> Formula:
    """The formula after a law that is true here, or after a step that need not be."""
    proposals = laws if wanted or rng.random() < 0.4 else slips
    for tried, new in enumerate(proposals(rng, formula, shape)):
        if tried > TRIES:
            break
        size = sum(1 for _ in parts(new))
        if size > LARGEST or not is_proper(new) or len(free(formula) | free(new)) > 5:
            continue
        if not wanted:
            return new
        try:
            if truth(formula, new, shape):
                return new
        except Unsettled:
            continue
    return formula
