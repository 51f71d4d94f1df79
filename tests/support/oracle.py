"""Brute-force semantics: what a formula means, read straight off the joint distribution.

Nothing here uses the library's algorithms. The joint of a network is written out entry by entry
(``do(x)`` replaces the table of X by a point mass), a probability is a sum of entries, and every
other node is evaluated by its definition. A value is an exact fraction, or ``None`` where it is not
defined: a condition of probability zero, a denominator that is zero. Zero times a value that is not
defined is zero; anything else that touches such a value is not defined either.

The only liberty is that sums of joint entries are kept in a dictionary once they have been made.

Main definitions
----------------
Oracle : the semantics of one network with numbers.
value, table, tree_value : the same as functions.
free_letters_of, tree_letters : the letters that a value is needed for.
disagreements : where two formulas differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from math import lcm

from symcausal.algebra.scalar import Indeterminate, Number, Plus, Power, Term, Times
from symcausal.expr.nodes import (
    Add,
    Event,
    Expectation,
    Expr,
    Letter,
    Minus,
    Numeric,
    Prob,
    Product,
    Quotient,
    Scalar,
    State,
    Sum,
)
from symcausal.network.network import Network

Maybe = Fraction | None
Assignment = Mapping[str, str]  # letter -> name of a state
Settled = tuple[tuple[str, str], ...]  # (variable, name of a state), sorted
Events = tuple[tuple[str, str], ...]  # the same as they come


class Oracle:
    """The meaning of formulas in one network.

    Parameters
    ----------
    network : Network
        Without bidirected edges; hidden variables have tables like all others.
    parameters : mapping of str to Fraction
        Numbers for the parameters of its tables, by name.
    """

    def __init__(self, network: Network, parameters: Mapping[str, Fraction] | None = None) -> None:
        if network.graph.bidirected:
            raise NotImplementedError("the oracle needs hidden causes as explicit variables")
        self.network = network
        self.parameters = dict(parameters or {})
        self.names = tuple(network.variables)
        self.states = network.states
        self._rows = {name: self._integer_rows(name) for name in self.names}
        self._joints: dict[Settled, dict[tuple[str, ...], int]] = {}
        self._marginals: dict[tuple[Settled, tuple[str, ...]], dict[tuple[str, ...], int]] = {}
        self._probabilities: dict[tuple[Events, Events, Events], Maybe] = {}

    # -- the joint ------------------------------------------------------------------------------
    def joint(self, do: Assignment | None = None) -> dict[tuple[str, ...], Fraction]:
        """Every assignment of positive probability, states in the order of ``names``."""
        settled = tuple(sorted((do or {}).items()))
        weights = self._joint(settled)
        whole = sum(weights.values())
        return {states: Fraction(weight, whole) for states, weight in weights.items()}

    def _integer_rows(self, name: str) -> dict[tuple[str, ...], tuple[int, ...]]:
        """The table over one common denominator, which cancels from every probability."""
        table = self.network.tables[name]
        entries = [self.number(entry) for entry in table.entries]
        width = len(self.states[name])
        common = lcm(*(entry.denominator for entry in entries))
        rows = {}
        for i, parents in enumerate(product(*(self.states[p] for p in table.parents))):
            row = entries[i * width : (i + 1) * width]
            if sum(row) != 1 or min(row) < 0:
                raise ArithmeticError(f"row {parents} of {name} is no distribution: {row}")
            rows[parents] = tuple(int(entry * common) for entry in row)
        return rows

    def _joint(self, do: Settled) -> dict[tuple[str, ...], int]:
        if do not in self._joints:
            settled, order = dict(do), self._causes_first()
            partial: list[tuple[dict[str, str], int]] = [({}, 1)]
            for name in order:
                grown = []
                for states, weight in partial:
                    row = self._row(name, states, settled)
                    for state, entry in zip(self.states[name], row, strict=True):
                        if entry:
                            grown.append(({**states, name: state}, weight * entry))
                partial = grown
            self._joints[do] = {tuple(s[n] for n in self.names): weight for s, weight in partial}
        return self._joints[do]

    def _row(self, name: str, states: Assignment, do: Assignment) -> tuple[int, ...]:
        if name in do:
            return tuple(int(state == do[name]) for state in self.states[name])
        return self._rows[name][tuple(states[p] for p in self.network.tables[name].parents)]

    def _causes_first(self) -> list[str]:
        order: list[str] = []
        while len(order) < len(self.names):
            order += [
                name
                for name in self.names
                if name not in order and set(self.network.tables[name].parents) <= set(order)
            ]
        return order

    def _marginal(self, do: Settled, names: tuple[str, ...]) -> dict[tuple[str, ...], int]:
        key = (do, names)
        if key not in self._marginals:
            places = [self.names.index(name) for name in names]
            sums: dict[tuple[str, ...], int] = {}
            for states, weight in self._joint(do).items():
                part = tuple(states[place] for place in places)
                sums[part] = sums.get(part, 0) + weight
            self._marginals[key] = sums
        return self._marginals[key]

    def _weight(self, events: Iterable[tuple[str, str]], do: Settled) -> int:
        """The weight of all joint entries in which every event happens."""
        wanted: dict[str, str] = {}
        for variable, state in events:
            if wanted.setdefault(variable, state) != state:
                return 0
        names = tuple(sorted(wanted))
        return self._marginal(do, names).get(tuple(wanted[name] for name in names), 0)

    def probability(
        self,
        outcome: Iterable[tuple[str, str]],
        given: Iterable[tuple[str, str]] = (),
        do: Iterable[tuple[str, str]] = (),
    ) -> Maybe:
        """``P(outcome | given, do(do))``, every event a pair of a variable and a state."""
        events = tuple(outcome), tuple(given), tuple(do)
        if events not in self._probabilities:
            self._probabilities[events] = self._probability(*events)
        return self._probabilities[events]

    def _probability(self, outcome: Events, given: Events, do: Events) -> Maybe:
        do = tuple(sorted(set(do)))
        for variable, state in (*outcome, *given, *do):
            if state not in self.states[variable]:
                raise KeyError(f"{variable} has no state {state}")
        if len(dict(do)) < len(do):
            return None  # one variable can't be set to two states at once
        condition = self._weight(given, do)
        return Fraction(self._weight((*outcome, *given), do), condition) if condition else None

    # -- formulas -------------------------------------------------------------------------------
    def number(self, term: Term) -> Fraction:
        """The value of a table entry or another scalar."""
        match term:
            case Number(value):
                return value
            case Indeterminate(name=name):
                return self.parameters[name]
            case Plus(parts):
                return sum((self.number(part) for part in parts), Fraction(0))
            case Times(parts):
                result = Fraction(1)
                for part in parts:
                    result *= self.number(part)
                return result
            case Power(base, exponent):
                return self.number(base) ** exponent
        raise TypeError(term)

    def value(self, expr: Expr, at: Assignment | None = None) -> Maybe:
        """The value of a formula where its free letters stand for these states."""
        at = at or {}
        match expr:
            case Scalar(term):
                return self.number(term)
            case Numeric(event):
                return Fraction(self._settle(event, at)[1])
            case Prob(outcome, given, do):
                return self.probability(
                    [self._settle(e, at) for e in outcome],
                    [self._settle(e, at) for e in given],
                    [self._settle(e, at) for e in do],
                )
            case Sum(over, body):
                return total(self.value(body, inner) for inner in self._inner(over, at))
            case Expectation(over, body, given, do):
                terms = []
                for inner in self._inner(over, at):
                    chance = self.probability(
                        [self._settle(e, inner) for e in over],
                        [self._settle(e, at) for e in given],
                        [self._settle(e, at) for e in do],
                    )
                    terms.append(times(self.value(body, inner), chance))
                return total(terms)
            case Product(parts):
                result: Maybe = Fraction(1)
                for part in parts:
                    result = times(result, self.value(part, at))
                return result
            case Quotient(top, bottom):
                return divided(self.value(top, at), self.value(bottom, at))
            case Add(parts):
                return total(self.value(part, at) for part in parts)
            case Minus(left, right):
                return difference(self.value(left, at), self.value(right, at))
        raise TypeError(expr)

    def table(self, expr: Expr, letters: Mapping[str, str] | None = None) -> dict[Settled, Maybe]:
        """The values of a formula at every assignment of letters; its own free ones by default."""
        return {
            tuple(sorted(at.items())): self.value(expr, at)
            for at in self.assignments(free_letters_of(expr) if letters is None else letters)
        }

    def assignments(self, letters: Mapping[str, str]) -> Iterator[dict[str, str]]:
        """Every way to let letters stand for states; ``letters`` maps each to its variable."""
        for states in product(*(self.states[variable] for variable in letters.values())):
            yield dict(zip(letters, states, strict=True))

    def _settle(self, event: Event, at: Assignment) -> tuple[str, str]:
        match event.value:
            case State(name):
                return event.variable, name
            case Letter(name):
                return event.variable, at[name]
        raise TypeError(event)

    def _inner(self, over: Iterable[Event], at: Assignment) -> Iterator[dict[str, str]]:
        for inner in self.assignments({event.value.name: event.variable for event in over}):
            yield {**at, **inner}

    # -- trees ----------------------------------------------------------------------------------
    def tree_value(self, tree: list[object], at: Assignment | None = None) -> Maybe:
        """The value of a formula written as nested JSON lists."""
        at = at or {}
        match tree:
            case ["P", dict(parts)]:
                if set(parts) - {"of", "given", "do"}:
                    raise KeyError(f"unknown parts of a P: {sorted(parts)}")
                return self.probability(
                    *([self._tree_event(e, at) for e in parts.get(key, [])]
                      for key in ("of", "given", "do"))
                )  # fmt: skip
            case ["sum", list(letters), body]:
                ranges = {letter: variable_of(letter) for letter in letters}
                return total(self.tree_value(body, {**at, **i}) for i in self.assignments(ranges))
            case ["prod", list(parts)]:
                result: Maybe = Fraction(1)
                for part in parts:
                    result = times(result, self.tree_value(part, at))
                return result
            case ["frac", top, bottom]:
                return divided(self.tree_value(top, at), self.tree_value(bottom, at))
            case ["add", *parts]:
                return total(self.tree_value(part, at) for part in parts)
            case ["sub", left, right]:
                return difference(self.tree_value(left, at), self.tree_value(right, at))
            case ["const", str(number)]:
                return Fraction(number)
        raise TypeError(f"not a tree: {tree}")

    def _tree_event(self, event: list[object], at: Assignment) -> tuple[str, str]:
        match event:
            case [str(variable), str(letter)]:
                return variable, at[letter]
            case [str(variable), int(index)]:
                return variable, self.states[variable][index]
        raise TypeError(f"not an event: {event}")


# -- arithmetic where something may not be defined ----------------------------------------------
def total(values: Iterable[Maybe]) -> Maybe:
    """Add; not defined if any value is not."""
    result = Fraction(0)
    undefined = False
    for value in values:
        if value is None:
            undefined = True
        else:
            result += value
    return None if undefined else result


def times(left: Maybe, right: Maybe) -> Maybe:
    """Multiply; zero wins over a value that is not defined."""
    if left == 0 or right == 0:
        return Fraction(0)
    return None if left is None or right is None else left * right


def divided(top: Maybe, bottom: Maybe) -> Maybe:
    """Divide; not defined by zero or by what is not defined."""
    return None if top is None or bottom is None or bottom == 0 else top / bottom


def difference(left: Maybe, right: Maybe) -> Maybe:
    """Subtract; not defined if either value is not."""
    return None if left is None or right is None else left - right


# -- letters ------------------------------------------------------------------------------------
def free_letters_of(expr: Expr) -> dict[str, str]:
    """Each free letter of a formula with its variable."""
    match expr:
        case Scalar():
            return {}
        case Numeric(event):
            return _letters([event])
        case Prob(outcome, given, do):
            return _letters([*outcome, *given, *do])
        case Sum(over, body):
            return _apart(free_letters_of(body), over)
        case Expectation(over, body, given, do):
            return {**_letters([*given, *do]), **_apart(free_letters_of(body), over)}
        case Product(parts) | Add(parts):
            found: dict[str, str] = {}
            for part in parts:
                found |= free_letters_of(part)
            return found
        case Quotient(left, right) | Minus(left, right):
            return free_letters_of(left) | free_letters_of(right)
    raise TypeError(expr)


def _letters(events: Iterable[Event]) -> dict[str, str]:
    return {e.value.name: e.variable for e in events if isinstance(e.value, Letter)}


def _apart(found: dict[str, str], over: Iterable[Event]) -> dict[str, str]:
    bound = {event.value.name for event in over}
    return {letter: variable for letter, variable in found.items() if letter not in bound}


def variable_of(letter: str) -> str:
    """The variable of a tree's letter: the letter without its primes."""
    return letter.rstrip("'")


def tree_letters(tree: list[object]) -> dict[str, str]:
    """Each free letter of a tree with its variable."""
    match tree:
        case ["P", dict(parts)]:
            events = [event for key in ("of", "given", "do") for event in parts.get(key, [])]
            return {value: variable for variable, value in events if isinstance(value, str)}
        case ["sum", list(letters), body]:
            return {k: v for k, v in tree_letters(body).items() if k not in letters}
        case ["prod", list(parts)]:
            return {k: v for part in parts for k, v in tree_letters(part).items()}
        case ["frac" | "sub" | "add", *parts]:
            return {k: v for part in parts for k, v in tree_letters(part).items()}
        case ["const", _]:
            return {}
    raise TypeError(f"not a tree: {tree}")


# -- as functions -------------------------------------------------------------------------------
def value(expr: Expr, network: Network, at: Assignment | None = None) -> Maybe:
    """The value of a formula in a network where its free letters stand for these states."""
    return Oracle(network).value(expr, at)


def table(expr: Expr, network: Network) -> dict[Settled, Maybe]:
    """The values of a formula at every assignment of its free letters."""
    return Oracle(network).table(expr)


def tree_value(tree: list[object], network: Network, at: Assignment | None = None) -> Maybe:
    """The value of a JSON tree in a network."""
    return Oracle(network).tree_value(tree, at)


def disagreements(
    left: Expr, right: Expr, oracle: Oracle, *, where_defined: bool = False
) -> Iterator[tuple[dict[str, str], Maybe, Maybe]]:
    """Assignments of the free letters at which two formulas have different values.

    Parameters
    ----------
    left, right : Expr
        The formulas.
    oracle : Oracle
        Where to evaluate them.
    where_defined : bool
        Compare only where both sides are defined.
    """
    for at in oracle.assignments(free_letters_of(left) | free_letters_of(right)):
        one, other = oracle.value(left, at), oracle.value(right, at)
        if one != other and not (where_defined and (one is None or other is None)):
            yield at, one, other
