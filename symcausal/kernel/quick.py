"""The value of a formula at one place: a random model with a state for each free letter.

Formulas that differ there differ. To look takes a tenth of the time of an identity test, so a search
through many formulas looks here first. Nothing is ever said to hold because of one place.

Main definitions
----------------
Place : one place, and the value of formulas there.
Glance : one formula's value at a place, against which many others are held.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from itertools import product
from math import prod

from symcausal.algebra.deadline import spend
from symcausal.algebra.field import MERSENNE_127
from symcausal.errors import SymcausalError
from symcausal.expr.nodes import (
    Add,
    Counterfactual,
    Expectation,
    Expr,
    Minus,
    Numeric,
    Prob,
    Product,
    Quotient,
    Scalar,
    Sum,
)
from symcausal.hints import assert_never
from symcausal.kernel.core.draws import SEED, Draws, RandomSource
from symcausal.kernel.core.factor import Factor
from symcausal.kernel.core.interpretation import Interpretation
from symcausal.kernel.core.meaning import MOST_REMEMBERED, law

MOST_TERMS = 256

_LetterStates = dict[str, int]  # the number of each letter's state
_Valued = Callable[[_LetterStates], int]


class _TooMuch(Exception):  # noqa: N818 - never leaves this module
    pass


class Place:
    """A random model, with a state for each of some letters."""

    __slots__ = ("_at", "_prime", "_sizes", "_states", "_values")

    def __init__(
        self, at: Interpretation[int], prime: int, letters: Mapping[str, str], rng: RandomSource
    ) -> None:
        self._at, self._prime = at, prime
        self._values: dict[int, tuple[Expr, int]] = {}  # by identity: to compare takes longer
        self._sizes = {letter: len(at.states_of(name)) for letter, name in letters.items()}
        self._states = {letter: rng.randrange(0, size) for letter, size in self._sizes.items()}

    def value(self, formula: Expr) -> int | None:
        """Return the value of a formula there, None if it has none or it is not quickly found."""
        try:
            return self._here(formula)
        except (_TooMuch, SymcausalError, KeyError, ZeroDivisionError):
            return None

    def _here(self, formula: Expr) -> int:
        """The value, with those of the parts remembered: edited formulas share most of them."""
        known = self._values.get(id(formula))
        if known is not None:
            return known[1]
        divide = self._at.field.div
        match formula:
            case Product(parts):
                found = 1
                for part in parts:
                    found = found * self._here(part) % self._prime
            case Quotient(top, bottom):
                found = divide(self._here(top), self._here(bottom))
            case (
                Prob()
                | Counterfactual()
                | Sum()
                | Expectation()
                | Add()
                | Minus()
                | Scalar()
                | Numeric()
            ):
                valued = self._valued(formula, self._sizes, 1)
                spend(MOST_TERMS)
                found = valued(self._states)
            case _:
                assert_never(formula)
        self._values[id(formula)] = formula, found
        return found

    def _valued(self, formula: Expr, sizes: Mapping[str, int], terms: int) -> _Valued:
        """A function of the letters' states; ``terms`` is how often it will be called."""
        prime, divide = self._prime, self._at.field.div
        if terms > MOST_TERMS:
            raise _TooMuch
        match formula:
            case Prob():
                return self._law(formula, sizes)
            case Product(parts):
                factors = [self._valued(part, sizes, terms) for part in parts]
                return lambda at: reduce(lambda x, f: x * f(at) % prime, factors, 1)
            case Sum(over, body):
                counts = {e.value.name: len(self._at.states_of(e.variable)) for e in over}
                inner = self._valued(body, {**sizes, **counts}, terms * prod(counts.values()))
                places = [dict(zip(counts, place, strict=True))
                          for place in product(*map(range, counts.values()))]  # fmt: skip
                return lambda at: sum([inner({**at, **place}) for place in places]) % prime
            case Quotient(top, bottom):
                above, below = (self._valued(side, sizes, terms) for side in (top, bottom))
                return lambda at: divide(above(at), below(at))
            case Add(parts):
                summands = [self._valued(part, sizes, terms) for part in parts]
                return lambda at: sum([f(at) for f in summands]) % prime
            case Minus(left, right):
                more, less = (self._valued(side, sizes, terms) for side in (left, right))
                return lambda at: (more(at) - less(at)) % prime
            case Counterfactual() | Expectation() | Scalar() | Numeric():
                raise _TooMuch

    def _law(self, formula: Prob, sizes: Mapping[str, int]) -> _Valued:
        entries = self._at.entries
        known = entries.get(formula)
        if known is None:
            if len(entries) > MOST_REMEMBERED:
                entries.clear()
            pool, own = law(formula, self._at)
            valued = _entry([_strided(factor, own) for factor in pool], self._prime)
            own = {letter: own[letter] for factor in pool for letter in factor.scope}
            known = entries[formula] = valued, own
        valued, own = known
        for letter in own:
            if sizes.get(letter) != own[letter]:  # it stands for another variable
                raise _TooMuch
        return valued


_Strided = tuple[Sequence[int], list[tuple[str, int]]]


def _strided(factor: Factor[int], sizes: Mapping[str, int]) -> _Strided:
    steps, stride = list[tuple[str, int]](), 1
    for letter in reversed(factor.scope):
        steps.append((letter, stride))
        stride *= sizes[letter]
    return factor.values, steps


def _entry(pool: Sequence[_Strided], prime: int) -> _Valued:
    """The product of one entry of each table."""

    def entry(at: _LetterStates) -> int:
        found = 1
        for values, steps in pool:
            place = 0
            for letter, stride in steps:
                place += at[letter] * stride
            found = found * values[place] % prime
        return found

    return entry


class Glance:
    """The value of a formula at one place, against which many others can be held.

    Parameters
    ----------
    formula : Expr
        The formula.
    at : Interpretation
        A random model.
    letters : mapping of str to str
        All letters that may be free, with their variables.
    """

    __slots__ = ("_expected", "_place")

    def __init__(self, formula: Expr, at: Interpretation[int], letters: Mapping[str, str]) -> None:
        self._place = Place(at, MERSENNE_127, letters, Draws(SEED))
        self._expected = self._place.value(formula)

    def may_agree(self, formula: Expr) -> bool:
        """Return whether a formula has the same value at the place; if not, the two disagree."""
        return self._expected is None or self._place.value(formula) in (self._expected, None)
