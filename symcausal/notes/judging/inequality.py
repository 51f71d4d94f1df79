"""Judge an inequality over a graph.

It holds if a polynomial without a negative coefficient shows that it does, and fails if some model
is found in which it does not.

Main definitions
----------------
ordered : the verdict on ``left ≤ right`` and its like.
proved : whether a difference has a sign in all models.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product

from symcausal.algebra.deadline import OutOfTime, remaining, within
from symcausal.errors import LimitError
from symcausal.expr.nodes import Expr, State, Value
from symcausal.expr.scope import free_letters, substitute
from symcausal.kernel.counterexample import counterexample
from symcausal.kernel.inequality import difference_sign
from symcausal.network.network import DEFAULT_STATES
from symcausal.notes.judging.link import Link
from symcausal.notes.judging.setting import Setting, named_variables
from symcausal.notes.reporting.verdict import Verdict

StateNames = Mapping[str, tuple[str, ...]]

MORE_STATES = ("0", "1", "2")
_STRICT = ("<", ">")


def ordered(claimed: Link, setting: Setting) -> Verdict:
    """Return the verdict on an inequality with ``≤``, ``≥``, ``<`` or ``>``."""
    (left, right), sign = claimed.exprs, claimed.sign
    high, low = (right, left) if sign in ("≤", "<") else (left, right)
    least = 1 if sign in _STRICT else 0
    unknown = "no counterexample was found, and no proof either"
    time = remaining()
    try:
        with within(60.0 if time is None else time / 2):
            if proved(high, low, least, setting):
                return Verdict("holds", "exact", reason_of(least))
    except LimitError as error:
        unknown = f"no counterexample was found, and the proof takes too long: {error.message}"
        over = True
    else:
        over = False
    wrong = _at_most if least else is_below
    try:
        example = counterexample(high, low, setting.graph, setting.states, wrong=wrong)
    except OutOfTime as error:
        return Verdict("undecided", reason=error.message, out_of_budget=True)
    if example is None:
        return Verdict("undecided", reason=unknown, out_of_budget=over)
    if high is right:
        example = example.turned()
    if least and _can_be(high, low, setting):
        words = "it is so in some models and not in others; no number says in which"
        return Verdict("undecided", reason=words, example=example)
    if example.left == example.right:
        words = "the two sides can be equal"
    else:
        words = "the order can be the other way round"
    return Verdict("fails", "counterexample", words, example=example)


def _can_be(high: Expr, low: Expr, setting: Setting) -> bool:
    """Whether a strict order is found in some model; notes often say that it is possible."""
    try:
        found = counterexample(low, high, setting.graph, setting.states, wrong=is_below)
    except LimitError:
        return True
    return found is not None


def is_below(high: Fraction, low: Fraction) -> bool:
    """Return whether two values refute that the first is at least the second."""
    return high < low


def _at_most(high: Fraction, low: Fraction) -> bool:
    return high <= low


def reason_of(least: int) -> str:
    """Return why a difference has a sign."""
    what = "positive" if least else "nowhere negative"
    return f"the difference is {what}: as rows sum to one, it is a polynomial without minus signs"


def proved(
    high: Expr,
    low: Expr,
    least: int,
    setting: Setting,
    *,
    apart: bool = False,
    certain: Mapping[str, Sequence[Fraction]] | None = None,
) -> bool:
    """Return whether ``high - low`` has a sign at all values of the letters, for two and three states.

    Parameters
    ----------
    high, low : Expr
        The formulas.
    least : int
        1 for more than zero, 0 for at least that.
    setting : Setting
        Whose models count.
    apart : bool
        Whether letters of one variable stand for different values.
    certain : mapping of str to sequence of Fraction
        The tables of mechanisms; what is not declared then has two states.
    """
    named = named_variables(high, low)
    in_order = named.union(*setting.graph.monotone, setting.variables if certain else ())
    free = [
        name
        for name, variable in setting.variables.items()
        if variable.states == DEFAULT_STATES and name not in named and not certain
    ]
    for states in (setting.states, setting.states | dict.fromkeys(free, MORE_STATES)):
        letters = {**free_letters(high), **free_letters(low)}
        places = list(_places(letters, states, in_order, apart))
        if not places:  # more values than states
            return False
        for place in places:
            sides = substitute(high, place), substitute(low, place)
            found = difference_sign(*sides, setting.graph, states, certain=certain)
            if found is None or found < least:
                return False
        if not free:
            break
    return True


def _places(
    letters: Mapping[str, str], states: StateNames, in_order: set[str], apart: bool
) -> Iterator[dict[str, Value]]:
    """The values of letters, up to the names of states whose order does not matter."""
    choices: list[list[dict[str, Value]]] = []
    for variable in dict.fromkeys(letters.values()):
        own = [letter for letter, of in letters.items() if of == variable]
        known = states.get(variable, DEFAULT_STATES)
        picked = []
        for place in product(range(len(known)), repeat=len(own)):
            first_seen = list(dict.fromkeys(place))
            if apart and len(first_seen) < len(place):
                continue
            if variable in in_order or first_seen == [*range(len(first_seen))]:
                values = [State(known[i]) for i in place]
                picked.append(dict[str, Value](zip(own, values, strict=True)))
        choices.append(picked)
    for chosen in product(*choices):
        yield {letter: value for part in chosen for letter, value in part.items()}
