"""The numbers that are given: by a model's text, or by notes on their way.

Main definitions
----------------
numbers_given : those of a model's text.
as_events : a formula whose names without a value are events.
given_for : the number that is given for a probability.
with_known : given numbers in place of their probabilities.
with_names : what numbers are given for, in place of the numbers.
gives_to_start : whether a formula's number is that of what its chain starts from.
agrees_with_given : whether a calculation shows the numbers that are given.
given_together : whether two probabilities are given one number.
parameters_given : the numbers that notes state for declared parameters.
give : keeps a number.
entries_known : the open table entries and declared parameters that are given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from symcausal.algebra.scalar import Indeterminate, Number, Plus, Term, Times
from symcausal.errors import SymcausalError
from symcausal.expr import build
from symcausal.expr.distributions import distributions
from symcausal.expr.nodes import Event, Events, Expr, Minus, Prob, Scalar, State, Value
from symcausal.expr.path import rewritten
from symcausal.expr.scope import canonical, free_letters, substitute
from symcausal.network.network import DEFAULT_STATES, Network
from symcausal.notes.judging.link import Link, Member
from symcausal.notes.judging.setting import Setting
from symcausal.notes.reading.stated import StatedRelation
from symcausal.patterns import late
from symcausal.reading.calculation import formula_of, numerals
from symcausal.reading.model_language import ModelText
from symcausal.reading.numerals import numeral
from symcausal.reading.reader import read
from symcausal.reading.vocabulary import Vocabulary, negative_state

_STATED = late(
    r"(?:\A|[,;]|\\\\|\\quad)\s*\\?(?P<name>[A-Za-z]+(?:_(?:\w+|\{\w+\}))?)\s*&?=\s*"
    r"(?P<number>[^=,;$]{1,60}?)\s*(?=\Z|[,;]|\.(?:\s|\Z)|\\\\|\\quad)"
)
_POSITIVE = frozenset({"1", "yes", "true", "t", "y", "on", "present", "positive", "+"})
_PLAIN = (Fraction(0), Fraction(1))


def numbers_given(content: ModelText) -> dict[Expr, Fraction]:
    """Return the numbers that a model's text takes as known: ``given P(L=strong) = 0.502``."""
    found: dict[Expr, Fraction] = {}
    for chain in content.given:
        values = [
            formula.value.value
            for formula in chain.formulas
            if isinstance(formula, Scalar) and isinstance(formula.value, Number)
        ]
        for formula in chain.formulas if values else ():
            if isinstance(formula, Prob):
                found[formula] = values[0]
    return found


def positive_state(variable: str, states: tuple[str, ...]) -> str | None:
    """Return the state of two that says *yes*, ``true`` or the like, None if none does.

    Examples
    --------
    >>> positive_state("Rain", ("no", "yes")), positive_state("Grade", ("low", "high"))
    ('yes', None)
    """
    no = negative_state(variable, states)
    if no is None:
        return None
    yes = next(state for state in states if state != no)
    said = yes.casefold()
    return yes if said in _POSITIVE or said == variable.casefold() else None


def events_of(
    letters: Mapping[str, str], states: Mapping[str, tuple[str, ...]]
) -> dict[str, Value]:
    """Return the values of letters as events: *yes* for each that is its variable's own letter.

    Letters of variables without a state that says *yes*, and second letters such as ``x'``, have none.
    """
    found: dict[str, Value] = {}
    for letter, variable in letters.items():
        yes = positive_state(variable, states.get(variable, ()))
        if letter == variable and yes is not None:
            found[letter] = State(yes)
    return found


def as_events(expr: Expr, setting: Setting) -> Expr:
    """Return a formula in which ``P(A | B)`` is ``P(A=yes | B=yes)``, as numbers are given for it."""
    return substitute(expr, events_of(free_letters(expr), setting.states))


def as_key(expr: Expr, setting: Setting) -> Expr:
    """Return the form under which a number is kept for a formula."""
    return canonical(as_events(expr, setting))


class Given(NamedTuple):
    """A number that is given for a probability, and whether the model's text gives it."""

    value: Fraction
    fixed: bool


def given_for(expr: Expr, setting: Setting) -> Given | None:
    """Return the number that is given for a probability, or one minus that for its denial."""
    if not isinstance(expr, Prob):
        return None
    form = as_key(expr, setting)
    if form in setting.known:
        return Given(setting.known[form], form in setting.fixed)
    denial = _denial(form, setting)
    if denial is not None and denial in setting.known:
        return Given(1 - setting.known[denial], denial in setting.fixed)
    return None


def _denial(form: Expr, setting: Setting) -> Expr | None:
    """Return ``P(X=no | z)`` for ``P(X=yes | z)``, where X has two states."""
    if not isinstance(form, Prob) or len(form.outcome) != 1:
        return None
    (event,) = form.outcome
    states = setting.states.get(event.variable, ())
    if not isinstance(event.value, State) or len(states) != 2 or event.value.name not in states:
        return None
    if not setting.is_model and states != DEFAULT_STATES:
        return None  # there may be more states than the notes name
    (other,) = (state for state in states if state != event.value.name)
    return canonical(Prob(Events((Event(event.variable, State(other)),)), form.given, form.do))


def with_known(expr: Expr, setting: Setting) -> Expr:
    """Return a formula with given numbers in place of their probabilities.

    In a model with all its numbers nothing is replaced: these decide.
    """
    if not setting.known or (setting.network is not None and setting.network.is_numeric):
        return expr

    def number(part: Expr) -> Expr | None:
        given = given_for(part, setting)
        return None if given is None else Scalar(Number(given.value))

    return rewritten(expr, number)


def with_names(member: Member, setting: Setting) -> Expr:
    """Return the formula of a side, with probabilities in the place of the numbers given for them."""
    named = dict(_named(setting))
    if member.written is not None:
        return formula_of(member.written, lambda number: named.get(number.value))

    def formula(part: Expr) -> Expr | None:
        if isinstance(part, Scalar) and isinstance(part.value, Number):
            return named.get(part.value.value)
        return None

    return rewritten(member.expr, formula)


def _named(setting: Setting) -> Iterator[tuple[Fraction, Expr]]:
    """Yield given numbers with their formulas, later ones to be preferred: one minus a number first."""
    given = [(f, v) for f, v in setting.known.items() if isinstance(f, Prob) and v not in _PLAIN]
    for formula, value in given:
        yield 1 - value, Minus(build.ONE, formula)
    for formula, value in given:
        yield value, formula


def entries_known(network: Network, setting: Setting) -> tuple[dict[str, Fraction], bool]:
    """Return the open entries and declared parameters that are given, by name.

    Returns
    -------
    dict of str to Fraction
        The numbers.
    bool
        Whether notes gave one of them, rather than the model's text.
    """
    found: dict[str, Fraction] = {}
    on_notes = False
    for formula, value in setting.known.items():
        match _entry(formula, network):
            case Indeterminate(name):
                found[name] = value
            case Plus((Number(one), Times((Number(minus), Indeterminate(name))))) if (
                one == -minus == 1
            ):
                found[name] = 1 - value
            case _:  # neither a symbol nor what one leaves
                continue
        on_notes = on_notes or formula not in setting.fixed
    return found, on_notes


def _entry(formula: Expr, network: Network) -> Term | None:
    """Return the table entry that a probability is, or the parameter that a letter is."""
    if isinstance(formula, Scalar):
        return formula.value
    if not isinstance(formula, Prob) or len(formula.outcome) != 1 or formula.do:
        return None
    (event,) = formula.outcome
    places = {e.variable: e.value.name for e in formula.given if isinstance(e.value, State)}
    if event.variable not in network.tables or not isinstance(event.value, State):
        return None
    parents = set(network.graph.parents(event.variable))
    if len(places) < len(formula.given) or set(places) != parents:
        return None
    return network.entry(event.variable, event.value.name, places)


def given_together(stated: StatedRelation, setting: Setting) -> bool:
    """Decide whether both sides of a relation are given the number at the chain's end.

    They are if they are lone probabilities of one variable under one condition, as in
    ``P(X=head) = P(X=tail) = 0.5``, and the model does not have all its numbers. Without a model two
    names may be two outcomes of one thing.
    """
    if setting.network is not None and setting.network.is_numeric:
        return False
    end = stated.statement.parts[-1].expr
    if not isinstance(end, Scalar) or not isinstance(end.value, Number):
        return False
    if any(relation.sign != "=" for relation in stated.statement.relations):
        return False
    match stated.left.expr, stated.right.expr:
        case Prob(one, given, do), Prob(other, same, rest) if (given, do) == (same, rest):
            alike = one.variables == other.variables or not setting.is_model
            return alike and len(one) == len(other) == 1
        case _:  # this is about two probabilities side by side
            return False


def gives_to_start(claimed: Link, is_law: Callable[[Expr, Expr], bool]) -> bool:
    """Decide whether a formula's number is that of the probability that its chain starts from.

    ``P(a, b) = P(a | b) P(b) = 0.2 * 0.5`` gives a number to ``P(a, b)``, as the first side equals the
    second whatever the numbers are.
    """
    start = None if claimed.first is None else claimed.first.expr
    if not isinstance(start, Prob) or isinstance(claimed.left.expr, Scalar):
        return False
    return is_law(start, claimed.left.expr)


def agrees_with_given(claimed: Link, setting: Setting) -> bool:
    """Decide whether a calculation shows all numbers that are given for what it stands for."""
    written = claimed.right.written
    if written is None or claimed.first is None:
        return False
    shown = {numeral.value for numeral in numerals(written)}
    parts = {p for side in (claimed.first, claimed.left) for p in distributions(side.expr)}
    given = [given_for(part, setting) for part in parts]
    return all(one is None or one.value in shown for one in given)


def parameters_given(texts: Iterable[str], network: Network) -> Iterator[tuple[Expr, Fraction]]:
    """Yield the numbers that formulas state for declared parameters: ``q = 0.01``, ``s = 1/2``."""
    names = Vocabulary.of(network)
    for text in texts:
        for stated in _STATED.finditer(text):
            parameter = network.declared.get(stated["name"].replace("{", "").replace("}", ""))
            value = None if parameter is None else _number(stated["number"], names)
            if parameter is not None and value is not None:
                yield Scalar(parameter), value


def _number(written: str, names: Vocabulary) -> Fraction | None:
    """Return the value of a number or a calculation with numbers."""
    shown = numeral(written)
    if shown is not None:
        return shown.value
    try:
        found = read(written, names)
    except SymcausalError:
        return None
    is_number = isinstance(found, Scalar) and isinstance(found.value, Number)
    return found.value.value if is_number else None  # type: ignore[union-attr]


def give(known: dict[Expr, Fraction], formula: Expr, value: Fraction) -> None:
    """Keep the number that notes give for a formula.

    Another number than before begins another example: what was given later than the old number, and
    may have been worked out from it, is given no more. What is conditional on the same variables is not
    touched by it.
    """
    if known.get(formula, value) != value:
        forms = list(known)
        changed = set(_outcome(formula))
        for later in forms[forms.index(formula) :]:
            if not changed <= set(later.given.variables if isinstance(later, Prob) else ()):
                del known[later]
    known[formula] = value


def _outcome(formula: Expr) -> tuple[str, ...]:
    return formula.outcome.variables if isinstance(formula, Prob) else ()
