"""Expressions over table entries as one shared graph of sums and products.

An expression is a whole number: the position of a node in the columns of a :class:`Circuit`. Equal
nodes are made once, so what two cells have in common is stored once, and a closed form stays as
small as the elimination that made it. Nothing is ever multiplied out.

Main definitions
----------------
CONSTANT, PARAMETER, SUM, PRODUCT, QUOTIENT, POWER, UNDEFINED : what a node is.
Circuit : the nodes; a :class:`~symcausal.algebra.field.Field` whose values are positions.

Implementation notes
--------------------
Zeros, ones and constants are folded. A sum collects equal terms and takes in the terms of a short
sum inside it, so that a full row ``θ + (1 - θ)`` is 1; a product takes in the factors of products
and collects powers; a quotient drops common factors, whose sign is a side-condition of the caller.
A value that is not defined is a node too: zero times it is zero, and it spoils anything else.

References
----------
[Darwiche2003]_ for arithmetic circuits as the shape of inference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from symcausal.algebra import scalar

ZERO, ONE = 0, 1
_LONGEST_INNER_SUM = 8


# What a node is, and what its parts are. Plain numbers: they are compared in the innermost loops.
CONSTANT = 0  # (position among the constants,)
PARAMETER = 1  # (position among the parameters,)
SUM = 2  # the terms, a constant first
PRODUCT = 3  # the factors, a constant first
QUOTIENT = 4  # (numerator, denominator)
POWER = 5  # (base, exponent), the exponent a plain whole number, not 0 or 1
UNDEFINED = 6  # (position among the reasons,)

_PLAIN_FACTORS = (PARAMETER, SUM, QUOTIENT)
_PLAIN_TERMS = (PARAMETER, QUOTIENT, POWER)


def made_of(kind: int, parts: tuple[int, ...]) -> tuple[int, ...]:
    """Return those parts of a node that are nodes themselves."""
    if kind in (SUM, PRODUCT, QUOTIENT):
        return parts
    return parts[:1] if kind == POWER else ()


class Circuit:
    """A graph of nodes, each made once, children before their parents.

    Attributes
    ----------
    kinds : list of int
        What each node is: one of the kinds above.
    parts : list of tuple of int
        Positions of its parts, or what the kind says.
    constants : list of Fraction
        The numbers that occur.
    parameters : list of Indeterminate
        The parameters that occur.
    reasons : list of str
        For values that are not defined: the impossible events.
    """

    __slots__ = (
        "_known", "_leaves", "_terms", "constants", "kinds", "parameters", "parts", "reasons",
    )  # fmt: skip

    zero = ZERO
    one = ONE
    most = 3_000_000  # about a gigabyte of nodes

    def __init__(self) -> None:
        self.kinds: list[int] = []
        self.parts: list[tuple[int, ...]] = []
        self.constants: list[Fraction] = []
        self.parameters: list[scalar.Indeterminate] = []
        self.reasons: list[str] = []
        self._known: list[dict[tuple[int, ...], int]] = [{} for _ in range(UNDEFINED + 1)]
        self._terms: dict[int, tuple[scalar.Term, int]] = {}
        self._leaves: dict[tuple[int, int] | str, int] = {}
        self.constant(Fraction(0))
        self.constant(Fraction(1))

    # -- leaves ---------------------------------------------------------------------------------
    def constant(self, value: Fraction) -> int:
        """Return the node of a rational number."""
        key = (value.numerator, value.denominator)
        node = self._leaves.get(key)
        if node is None:
            node = self._leaves[key] = self._append(CONSTANT, (len(self.constants),))
            self.constants.append(value)
        return node

    def parameter(self, entry: scalar.Indeterminate) -> int:
        """Return the node of a parameter, which is known by its name."""
        node = self._leaves.get(entry.name)
        if node is None:
            node = self._leaves[entry.name] = self._append(PARAMETER, (len(self.parameters),))
            self.parameters.append(entry)
        return node

    def undefined(self, reason: str) -> int:
        """Return the node of a value that is not defined, since an event has probability zero."""
        if reason not in self.reasons:
            self.reasons.append(reason)
        return self._node(UNDEFINED, (self.reasons.index(reason),))

    def term(self, term: scalar.Term) -> int:
        """Return the node of a table entry."""
        # Rows share their parameters and ones. The term is kept, so that its id stays its own.
        known = self._terms.get(id(term))
        if known is None:
            known = self._terms[id(term)] = (term, self._read(term))
        return known[1]

    # -- what stands in a node ------------------------------------------------------------------
    def number(self, node: int) -> Fraction | None:
        """Return the value of a constant node, None for any other."""
        return self.constants[self.parts[node][0]] if self.kinds[node] == CONSTANT else None

    def entry(self, node: int) -> scalar.Indeterminate | None:
        """Return the parameter of a node, None if it is none."""
        return self.parameters[self.parts[node][0]] if self.kinds[node] == PARAMETER else None

    def reason(self, node: int) -> str | None:
        """Return the impossible event of a node that is not defined, None for any other."""
        return self.reasons[self.parts[node][0]] if self.kinds[node] == UNDEFINED else None

    def children(self, node: int) -> tuple[int, ...]:
        """Return the nodes that a node is made of."""
        return made_of(self.kinds[node], self.parts[node])

    def reachable(self, nodes: Iterable[int]) -> list[int]:
        """Return some nodes and all that they are made of, parts before wholes."""
        seen = set(nodes)
        waiting = list(seen)
        while waiting:
            for child in self.children(waiting.pop()):
                if child not in seen:
                    seen.add(child)
                    waiting.append(child)
        return sorted(seen)

    # -- arithmetic -----------------------------------------------------------------------------
    def product(self, factors: Sequence[int]) -> int:
        """Return the product of nodes, flat, with the constant in front."""
        if ZERO in factors:
            return ZERO
        kinds, parts = self.kinds, self.parts
        if len(factors) == 2 and kinds[factors[0]] == CONSTANT and kinds[factors[1]] == PARAMETER:
            return factors[1] if factors[0] == ONE else self._node(PRODUCT, tuple(factors))
        flat: list[int] = []
        constant = ONE
        collect = False
        for factor in factors:
            kind = kinds[factor]
            if kind in _PLAIN_FACTORS:
                flat.append(factor)
            elif kind == PRODUCT:
                inner = parts[factor]
                if kinds[inner[0]] == CONSTANT:
                    constant = self._times(constant, inner[0])
                    inner = inner[1:]
                flat.extend(inner)
            elif kind == CONSTANT:
                constant = self._times(constant, factor)
            elif kind == POWER:
                flat.append(factor)
                collect = True
            else:
                return factor
        if len(flat) > 1:
            if collect or len(set(flat)) < len(flat):
                flat = self._collect_powers(flat)
            flat.sort()
        if constant != ONE:
            flat.insert(0, constant)
        if len(flat) > 1:
            return self._node(PRODUCT, tuple(flat))
        return flat[0] if flat else ONE

    def total(self, terms: Sequence[int]) -> int:
        """Return the sum of nodes, equal terms collected, the constant in front."""
        kinds, parts = self.kinds, self.parts
        flat: list[int] = []
        plain = True
        for term in terms:
            kind = kinds[term]
            if kind in _PLAIN_TERMS:
                flat.append(term)
            elif kind == PRODUCT:
                flat.append(term)
                plain = plain and kinds[parts[term][0]] != CONSTANT
            elif kind == SUM:
                short = len(parts[term]) <= _LONGEST_INNER_SUM
                flat.extend(parts[term] if short else (term,))
                plain = plain and not short
            elif kind == UNDEFINED:
                return term
            elif term != ZERO:
                flat.append(term)
                plain = False
        if len(flat) < 2:
            return flat[0] if flat else ZERO
        if not plain or len(set(flat)) < len(flat):
            if len(flat) > 2 or kinds[flat[0]] != CONSTANT or kinds[flat[1]] == CONSTANT:
                return self._collect_terms(flat)
            return self._node(SUM, (flat[0], flat[1]))  # 1 - θ: half of all binary entries
        flat.sort()
        return self._node(SUM, tuple(flat))

    def power(self, base: int, exponent: int) -> int:
        """Return a whole power of a node."""
        if self.kinds[base] == CONSTANT:
            value = self.constants[self.parts[base][0]]
            if not value and exponent < 0:
                return self.undefined("a denominator")
            return self.constant(value**exponent)
        if exponent == 0 or self.kinds[base] == UNDEFINED:
            return base if exponent else ONE
        if self.kinds[base] == POWER:
            base, inner = self.parts[base]
            if exponent < 0 < inner or inner < 0 < exponent:
                return self._node(POWER, (self._node(POWER, (base, inner)), exponent))
            exponent *= inner
        return base if exponent == 1 else self._node(POWER, (base, exponent))

    def quotient(self, numerator: int, denominator: int, reason: str = "a denominator") -> int:
        """Return a quotient without common factors, not defined where the denominator is zero."""
        kinds = self.kinds
        if denominator == ZERO:
            return self.undefined(reason)
        if kinds[denominator] == UNDEFINED:
            return denominator
        if numerator == denominator:
            return ONE
        if denominator == ONE or numerator == ZERO or kinds[numerator] == UNDEFINED:
            return numerator
        if kinds[numerator] == QUOTIENT or kinds[denominator] == QUOTIENT:
            top, over = self._fraction(numerator)
            under, bottom = self._fraction(denominator)
            return self.quotient(self.product((top, bottom)), self.product((over, under)), reason)
        above, below = self._factors(numerator), self._factors(denominator)
        common = set(above) & set(below)
        numbers = [n for n in below if kinds[n] == CONSTANT]
        if common or numbers:
            inverse = [self.constant(1 / self.constants[self.parts[n][0]]) for n in numbers]
            above = tuple(f for f in above if f not in common or kinds[f] == CONSTANT)
            numerator = self.product((*inverse, *above))
            denominator = self.product([f for f in below if f not in common and f not in numbers])
            if denominator == ONE:
                return numerator
        return self._node(QUOTIENT, (numerator, denominator))

    # -- the Field protocol -----------------------------------------------------------------------
    def add(self, left: int, right: int) -> int:
        """Return the sum of two nodes."""
        return self.total((left, right))

    def mul(self, left: int, right: int) -> int:
        """Return the product of two nodes."""
        return self.product((left, right))

    def div(self, left: int, right: int) -> int:
        """Return the quotient of two nodes."""
        return self.quotient(left, right)

    def add_all(self, left: Sequence[int], right: Sequence[int]) -> list[int]:
        """Return the sums of two columns of nodes."""
        return [self.total(pair) for pair in zip(left, right, strict=True)]

    def mul_all(self, left: Sequence[int], right: Sequence[int]) -> list[int]:
        """Return the products of two columns of nodes."""
        return [self.product(pair) for pair in zip(left, right, strict=True)]

    def div_all(self, left: Sequence[int], right: Sequence[int]) -> list[int]:
        """Return the quotients of two columns of nodes."""
        return [self.quotient(x, y) for x, y in zip(left, right, strict=True)]

    # -- inside ---------------------------------------------------------------------------------
    def _read(self, term: scalar.Term) -> int:
        match term:
            case scalar.Indeterminate():
                return self.parameter(term)
            case scalar.Number(value):
                return self.constant(value)
            case scalar.Plus(parts):
                return self.total([self.term(part) for part in parts])
            case scalar.Times(parts):
                return self.product([self.term(part) for part in parts])
            case scalar.Power(base, exponent):
                return self.power(self.term(base), exponent)

    def _append(self, kind: int, parts: tuple[int, ...]) -> int:
        self.kinds.append(kind)
        self.parts.append(parts)
        return len(self.kinds) - 1

    def _node(self, kind: int, parts: tuple[int, ...]) -> int:
        known = self._known[kind]
        node = known.get(parts)
        if node is None:
            node = known[parts] = self._append(kind, parts)
        return node

    def _times(self, left: int, right: int) -> int:
        """The product of two constants."""
        if left == ONE:
            return right
        value = self.constants[self.parts[left][0]] * self.constants[self.parts[right][0]]
        return self.constant(value)

    def _factors(self, node: int) -> tuple[int, ...]:
        return self.parts[node] if self.kinds[node] == PRODUCT else (node,)

    def _fraction(self, node: int) -> tuple[int, int]:
        if self.kinds[node] == QUOTIENT:
            numerator, denominator = self.parts[node]
            return numerator, denominator
        return node, ONE

    def _collect_powers(self, factors: list[int]) -> list[int]:
        # Powers above and below zero apart: q * q**-1 is not 1 where q is zero.
        exponents: dict[tuple[int, bool], int] = {}
        for factor in factors:
            base, exponent = factor, 1
            if self.kinds[factor] == POWER:
                base, exponent = self.parts[factor]
            key = (base, exponent < 0)
            exponents[key] = exponents.get(key, 0) + exponent
        return [self.power(base, exponent) for (base, _), exponent in exponents.items()]

    def _collect_terms(self, terms: list[int]) -> int:
        kinds = self.kinds
        constant: Fraction | None = None
        found: dict[tuple[int, ...], int] = {}  # factors without a constant -> with it
        for term in terms:
            kind = kinds[term]
            key: tuple[int, ...] = (term,)
            if kind == CONSTANT:
                value = self.constants[self.parts[term][0]]
                constant = value if constant is None else constant + value
                continue
            if kind == PRODUCT:
                key = self.parts[term]
                key = key[1:] if kinds[key[0]] == CONSTANT else key
            known = found.get(key)
            found[key] = term if known is None else self._merged(known, term, key)
        flat = sorted(term for term in found.values() if term != ZERO)
        if constant:
            flat.insert(0, self.constant(constant))
        if len(flat) > 1:
            return self._node(SUM, tuple(flat))
        return flat[0] if flat else ZERO

    def _merged(self, left: int, right: int, key: tuple[int, ...]) -> int:
        weight = self._weight(left) + self._weight(right)
        return self.product((self.constant(weight), *key))

    def _weight(self, term: int) -> Fraction:
        first = self._factors(term)[0]
        if self.kinds[first] == CONSTANT:
            return self.constants[self.parts[first][0]]
        return Fraction(1)
