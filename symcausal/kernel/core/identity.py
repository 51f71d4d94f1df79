"""Whether two formulas mean the same in every strictly positive model of a graph.

Both sides are rational functions of the table entries. They are compared at a random point modulo
the prime ``2**127 - 1``, with the free letters summed against random weights so that one number
stands for the whole table. Different functions agree at a random point with probability at most
their degree divided by the prime, which is below ``2**-60`` up to a degree of ``2**67``.

Main definitions
----------------
identical : the verdict on two formulas.
all_identical : the verdict on a whole chain.
Probe : one formula against which many are held.

References
----------
[Schwartz1980]_, [Zippel1979]_.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from symcausal.algebra.field import MERSENNE_127
from symcausal.expr.nodes import Expr
from symcausal.expr.scope import free_letters
from symcausal.graph.graph import Graph
from symcausal.kernel.core.draws import SEED, Draws, RandomSource
from symcausal.kernel.core.factor import Factor
from symcausal.kernel.core.interpretation import Interpretation, generic
from symcausal.kernel.core.meaning import weighed


def points(
    graph: Graph,
    states: Mapping[str, tuple[str, ...]],
    *,
    lean: bool = False,
    certain: Mapping[str, Sequence[Fraction]] | None = None,
) -> tuple[Interpretation[int], ...]:
    """Return random models of a graph, the same at every run.

    One is enough: what holds with a hidden cause of three states holds with one of two, since no
    formula names them. A ``lean`` model has hidden causes of two states.
    """
    rng = Draws(SEED)
    hidden_states = 2 if lean else 3
    return (generic(graph, states, rng, hidden_states=hidden_states, lean=lean, certain=certain),)


def identical(
    left: Expr,
    right: Expr,
    at: Sequence[Interpretation[int]],
    *,
    apart: Iterable[tuple[str, str]] = (),
) -> bool:
    """Decide whether two formulas agree at random models, for all values of their free letters.

    Parameters
    ----------
    left, right : Expr
        The formulas.
    at : sequence of Interpretation
        Random models, as :func:`points` makes them.
    apart : iterable of (str, str)
        Pairs of letters of one variable that stand for different values.

    Raises
    ------
    ZeroDivisionError
        If a denominator is zero in every model.

    Examples
    --------
    >>> from symcausal.reading.reader import read
    >>> models = points(Graph("XY", ["XY"]), {"X": ("0", "1"), "Y": ("0", "1")})
    >>> identical(read("P(Y | X) P(X)"), read("P(X, Y)"), models)
    True
    >>> identical(read("P(Y) P(X)"), read("P(X, Y)"), models)
    False
    """
    return all_identical((left, right), at, apart=apart)


def all_identical(
    formulas: Sequence[Expr],
    at: Sequence[Interpretation[int]],
    *,
    apart: Iterable[tuple[str, str]] = (),
) -> bool:
    """Decide whether all formulas of a chain agree at random models.

    The parameters are those of :func:`identical`.
    """
    letters: dict[str, str] = {}
    for formula in formulas:
        letters.update(free_letters(formula))
    pairs = tuple(apart)
    for number, point in enumerate(at):  # one after the other: a difference shows at the first
        probe = Probe(formulas[0], (point,), letters, apart=pairs, first=number)
        if not all(probe.agrees(formula) for formula in formulas[1:]):
            return False
    return True


class Probe:
    """The values of a formula at random models, against which many others can be held.

    Parameters
    ----------
    formula : Expr
        The formula.
    at : sequence of Interpretation
        Random models.
    letters : mapping of str to str
        All letters that may be free, with their variables.
    apart : iterable of (str, str)
        Pairs of letters of one variable that stand for different values.
    first : int
        The number of the first model, on which the weights of letters depend.
    """

    __slots__ = ("_letters", "_points")

    def __init__(
        self,
        formula: Expr,
        at: Sequence[Interpretation[int]],
        letters: Mapping[str, str],
        *,
        apart: Iterable[tuple[str, str]] = (),
        first: int = 0,
    ) -> None:
        pairs = tuple(apart)
        self._letters = letters
        self._points = []
        for number, interpretation in enumerate(at, first):
            weights = _weights(letters, interpretation, Draws(SEED + number), pairs)
            value = weighed(formula, interpretation, weights, letters)
            self._points.append((interpretation, weights, value))

    def agrees(self, formula: Expr) -> bool:
        """Decide whether a formula whose free letters are known has the same values."""
        return all(
            weighed(formula, interpretation, weights, self._letters) == value
            for interpretation, weights, value in self._points
        )


def _weights(
    letters: Mapping[str, str],
    interpretation: Interpretation[int],
    rng: RandomSource,
    apart: Iterable[tuple[str, str]],
) -> list[Factor[int]]:
    weights = []
    for letter in sorted(letters):
        count = len(interpretation.states_of(letters[letter]))
        weights.append(Factor((letter,), [rng.randrange(1, MERSENNE_127) for _ in range(count)]))
    for pair in apart:
        count = len(interpretation.states_of(letters[pair[0]]))
        differ = [int(x != y) for x in range(count) for y in range(count)]
        weights.append(Factor(pair, differ))
    return weights
