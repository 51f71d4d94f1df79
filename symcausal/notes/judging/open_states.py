r"""The states of variables that a model leaves open, which are those that the notes use.

A model ``E -> C`` says nothing of states. Notes that go on with ``P(C=t \mid E=f)`` mean variables
with the states *t* and *f*; those that name none, or 0 and 1, mean 0 and 1.

Main definitions
----------------
with_states_of : a model with the states that formulas name.
named_states : the states that formulas name, by variable.
stated_states : those, and what sets and words list.
counted_states : those of variables of which words say how many they have.
completed : all states of a variable of which notes name some.
open_variables : the variables of a model of which nobody has said anything.
with_states : a network with other states of some variables.
OTHERS : by a state that says yes or no the pair, no first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from math import prod

from symcausal.expr.nodes import Expr, Numeric, children
from symcausal.network.network import DEFAULT_STATES, Network, Variable
from symcausal.network.parameters import symbolic_table, told_apart
from symcausal.network.unmade import MOST_OPEN, with_unmade
from symcausal.notes.judging.setting import Setting, named_variables
from symcausal.notes.reading.guessing import tokens_within
from symcausal.notes.stated.values import counts_said, states_listed, states_said
from symcausal.reading.model_language import ModelText
from symcausal.reading.tokens import Token
from symcausal.reading.vocabulary import Guess, Meaning, Vocabulary
from symcausal.record import replace

MOST_STATES = 50
_ANY_NUMBERS = ("0", "1", "3", "-2")
_GENERIC = frozenset("ijklmn")  # letters for any state: P(C=k)
_PAIRS = (("f", "t"), ("false", "true"), ("no", "yes"), ("n", "y"), ("off", "on"))
OTHERS = {
    spelt(one): (spelt(no), spelt(yes))
    for no, yes in _PAIRS
    for one in (no, yes)
    for spelt in (str.lower, str.upper, str.title)
}


def with_states_of(
    content: ModelText, texts: Sequence[str], words: Iterable[str] = ()
) -> ModelText:
    r"""Return a model in which the variables that it leaves open have the states that notes name.

    Parameters
    ----------
    content : ModelText
        What the model's text says.
    texts : sequence of str
        The formulas of the notes: the events of their probabilities, and sets (``C \in \{a, b\}``).
    words : iterable of str
        What stands between formulas: *C takes three values*.
    """
    network = content.network
    open_ = open_variables(content)
    if not open_:
        return content
    names = Vocabulary.of(network)
    words = tuple(words)
    named = stated_states(texts, words, names, open_)
    found = {name: completed(tuple(states)) for name, states in named.items() if not _mixes(states)}
    found |= {n: s for n, s in counted_states(found, words, names).items() if n in open_}
    found = {name: states for name, states in found.items() if states != DEFAULT_STATES}
    return replace(content, network=with_states(network, found)) if found else content


def stated_states(
    texts: Sequence[str],
    words: Iterable[str],
    names: Vocabulary | Guess,
    asked: Collection[str] | None = None,
) -> dict[str, dict[str, None]]:
    """Return the states that formulas name, and those that sets and words list, by variable.

    What words list counts where a formula names one of it.
    """
    named = named_states(texts, names, asked)
    for variable, states in states_listed((*texts, *words), names):
        if asked is None or variable in asked:
            named[variable] = dict.fromkeys(states) | named.get(variable, {})
    for variable, states in states_said(words, names):
        if not named.get(variable, {}).keys().isdisjoint(states):
            named[variable] = dict.fromkeys(states) | named[variable]
    return named


def counted_states(
    named: Mapping[str, Collection[str]], words: Iterable[str], names: Vocabulary | Guess
) -> dict[str, tuple[str, ...]]:
    """Return the states of variables of which words say that they have more than are named."""
    found: dict[str, tuple[str, ...]] = {}
    for variable, count in counts_said(words, names):
        given = completed(tuple(named.get(variable, DEFAULT_STATES)))
        if count > len(given):
            others = tuple(f"other {n}" for n in range(1, count - len(given) + 1))
            numbered = tuple(map(str, range(count)))
            found[variable] = numbered if given == DEFAULT_STATES else given + others
    return found


def open_variables(content: ModelText) -> frozenset[str]:
    """Return the variables of which a model says nothing: no states, no numbers, no given equation."""
    network = content.network
    told = named_variables(*(member for chain in content.given for member in chain.formulas))
    graph = network.graph
    return frozenset(
        name
        for name, variable in network.variables.items()
        if variable.states == DEFAULT_STATES
        and name not in content.closed
        and name not in told
        and all(map(network.is_open_table, (name, *graph.children(name))))
    )


def named_states(
    texts: Iterable[str], names: Vocabulary | Guess, asked: Collection[str] | None = None
) -> dict[str, dict[str, None]]:
    """Return the states that formulas name for some variables, or for all, in reading order.

    A state stands behind ``=`` in a probability, or as a superscript of a small letter, or is one of
    those that the index of a sum counts. What a sum runs over is no state, nor is the letter of
    another variable.
    """
    found: dict[str, dict[str, None]] = {}
    bound: set[str] = set()
    for text in texts:
        for tokens in tokens_within(text, names if isinstance(names, Vocabulary) else None):
            bound.update(_indices(tokens))
            for variable, state in chain(_states(tokens, names), _counted(tokens, names)):
                if asked is None or variable in asked:
                    found.setdefault(variable, {})[state] = None
    return {
        name: {state: None for state in states if state not in bound and state not in _GENERIC}
        for name, states in found.items()
    }


def _mixes(states: Collection[str]) -> bool:
    """Whether states may say the same in two ways: numbers and words, small letters and capitals."""
    kinds = {state.lstrip("-")[:1].isdecimal() for state in states}
    return len(kinds) > 1 or len(set(map(str.casefold, states))) < len(states)


def _indices(tokens: Sequence[Token]) -> Iterator[str]:
    """The names that sums run over."""
    for i, token in enumerate(tokens[2:], 2):
        opens = tokens[i - 2].kind == "SUM" and tokens[i - 1].kind == "GOPEN"
        if token.kind == "NAME" and opens:
            yield token.text


def _states(tokens: Sequence[Token], names: Vocabulary | Guess) -> Iterator[tuple[str, str]]:
    """The variables and states of the events ``C=t`` and ``g^3`` in probabilities."""
    inside: list[bool] = []
    for i, token in enumerate(tokens):
        if token.kind in ("LPAR", "GOPEN"):
            before = tokens[i - 1].kind if i else ""
            inside.append(before in ("PROB", "DO") or bool(inside and inside[-1]))
        elif token.kind in ("RPAR", "GCLOSE"):
            inside = inside[:-1]
        elif token.name is not None and inside and inside[-1]:
            yield from _named(tokens, i, names)


def _counted(tokens: Sequence[Token], names: Vocabulary | Guess) -> Iterator[tuple[str, str]]:
    r"""The variables and states of ``\sum_{x=0}^{2} P(x)`` and ``\sum_{k \in \{0, 1\}} P(X=k)``."""
    for i in [i for i, token in enumerate(tokens[:-1]) if token.kind == "SUM"]:
        close = next((j for j in range(i, len(tokens)) if tokens[j].kind == "GCLOSE"), i)
        index = tokens[i + 2 : close]
        signs = [j for j, token in enumerate(index) if token.kind in ("EQ", "IN")]
        if len(signs) != 1 or not signs[0]:
            continue
        values = [t.text for t in index[signs[0] :] if t.kind == "NUMBER" and t.text.isdecimal()]
        limit = [t.text for t in tokens[close + 1 : close + 4] if t.kind == "NUMBER"]
        if len(values) == 1 and [t.kind for t in tokens[close + 1 : close + 2]] == ["CARET"]:
            last = int(limit[0]) if limit and limit[0].isdecimal() else -1
            values = [str(n) for n in range(int(values[0]), min(last, MOST_STATES) + 1)]
        for letter in (t for t in index[: signs[0]] if t.name is not None):
            for variable in _variables_of(letter, tokens[close + 1 :], names):
                yield from ((variable, value) for value in values if len(values) > 1)


def _variables_of(
    letter: Token, tokens: Sequence[Token], names: Vocabulary | Guess
) -> Iterator[str]:
    """The variables whose value a letter is: those that it is assigned to, or else its own."""
    assigned = [
        tokens[i - 2] for i, token in enumerate(tokens)
        if i > 1 and token.text == letter.text and tokens[i - 1].kind == "EQ"
    ]  # fmt: skip
    for token in assigned or [letter]:
        meaning = names.lookup(token.name) if token.name is not None else None
        if (
            meaning is not None
            and not meaning.script
            and (assigned or _has(tokens, meaning, names))
        ):
            yield meaning.variable


def _has(tokens: Sequence[Token], meaning: Meaning, names: Vocabulary | Guess) -> bool:
    """Whether a letter stands somewhere, other than as the number of an event."""
    found = [names.lookup(token.name) for token in tokens if token.name is not None]
    asked = (meaning.variable, meaning.letter)
    return any(one is not None and (one.variable, one.letter) == asked for one in found)


def _named(tokens: Sequence[Token], i: int, names: Vocabulary | Guess) -> Iterator[tuple[str, str]]:
    name = tokens[i].name
    assert name is not None
    meaning = names.lookup(name)
    if meaning is None:
        return
    if meaning.script:
        if name.sup == meaning.script and name.base[:1].islower() and name.sup not in "+-−":
            yield meaning.variable, meaning.script
        return
    if i + 2 >= len(tokens) or tokens[i + 1].kind != "EQ" or name.primes:
        return
    value = tokens[i + 2]
    if value.kind == "NUMBER":
        if value.text.isdecimal():
            yield meaning.variable, value.text
    elif value.name is not None:
        own = names.lookup(value.name)
        if isinstance(names, Guess):
            is_letter = own is not None and own.variable == meaning.variable and not own.script
            own = own if is_letter or (own is not None and own.script) else None
        if own is None and not value.name.primes:
            yield meaning.variable, value.text
        elif own is not None and own.variable == meaning.variable and own.script:
            yield meaning.variable, own.script


def completed(named: Sequence[str]) -> tuple[str, ...]:
    """Return the states of a variable of which notes name some.

    Numbers are counted from 0 or 1 to the largest; a lone word has its opposite, or *other*, beside it.

    Examples
    --------
    >>> completed(["3"]), completed(["t"]), completed(["rain", "sun"])
    (('1', '2', '3'), ('f', 't'), ('rain', 'sun'))
    """
    if not named or set(named) <= set(DEFAULT_STATES):
        return DEFAULT_STATES
    numbers = [int(s) for s in named if s.isdecimal() and s.isascii() and len(s) < 4]
    if len(numbers) == len(named) and max(numbers) <= MOST_STATES:
        return tuple(map(str, range(min(1, *numbers), max(numbers) + 1)))
    pair = OTHERS.get(named[0])
    if pair is not None and set(named) <= set(pair):
        return pair
    return tuple(named) if len(named) > 1 else (*named, "other")


def with_states(network: Network, found: Mapping[str, tuple[str, ...]]) -> Network:
    """Return a network with other states, and new symbols in all tables that have them."""
    variables = {
        name: replace(v, states=found[name]) if name in found else v
        for name, v in network.variables.items()
    }
    tables = dict(network.made)
    unmade = set(network.unmade)
    for name in variables:
        family = (name, *network.graph.parents(name))
        if name in unmade or not found.keys() & set(family):
            continue
        if prod(len(variables[one].states) for one in family) > MOST_OPEN:
            unmade.add(name)
            tables.pop(name)
        else:
            tables[name] = symbolic_table(variables[name], family[1:], variables)
    made = told_apart(tables, network.declared)
    return Network(variables, network.graph, with_unmade(made, unmade), network.declared)


def any_numbers(exprs: Iterable[Expr]) -> dict[str, tuple[str, ...]]:
    """Return some states, for the variables whose values formulas calculate with, that are any numbers.

    What is true of the mean of a variable with the values 0 and 1, such as ``E[X^2] = E[X]``, need not
    be true of another.
    """
    found: dict[str, tuple[str, ...]] = {}
    for expr in exprs:
        match expr:
            case Numeric(event):
                found[event.variable] = _ANY_NUMBERS
            case _:  # this is about numbers that stand for values
                found |= any_numbers(children(expr))
    return found


def with_more_states(setting: Setting, named: Mapping[str, Collection[str]]) -> Setting | None:
    """Return a setting with the states that the notes name elsewhere, too; None if there are no more."""
    variables: dict[str, Variable] = {}
    for name, variable in setting.variables.items():
        told = [s for s in dict.fromkeys((*variable.states, *named.get(name, ()))) if s != "other"]
        if not set(told) <= set(variable.states) and not _mixes(told):
            variables[name] = Variable(name, completed(told))
    if not variables:
        return None
    every = {**setting.variables, **variables}
    return replace(setting, variables=every, network=None, points={}, filled={})


def with_fewer_states(setting: Setting, named: Mapping[str, Collection[str]]) -> Setting | None:
    """Return a setting without the states that nobody names; None if all are named, or too few."""
    variables: dict[str, Variable] = {}
    for name, variable in setting.variables.items():
        told = tuple(s for s in variable.states if s in named.get(name, ()))
        if 1 < len(told) < len(variable.states):
            variables[name] = Variable(name, told)
    if not variables:
        return None
    every = {**setting.variables, **variables}
    return replace(setting, variables=every, network=None, points={}, filled={})
