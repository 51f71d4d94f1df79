"""Two names that may be meant for one variable: *C* on the left, *D* on the right.

Main definitions
----------------
as_alias : the names of a model in which a name that it lacks is another spelling of a variable.
candidates : the variables for which an unknown name may stand in a chain.
one_of_each : the variables of which each stands in one term of a sum only.
identified : the pairs of variables that only one side has, and the left side with the two made one.
"""

from __future__ import annotations

from collections.abc import Iterator

from symcausal.errors import SymcausalError, UnknownVariableError
from symcausal.expr import build
from symcausal.expr.nodes import Add, Event, Events, Expr, Letter, Minus, Prob, Scalar
from symcausal.expr.path import everywhere, replace
from symcausal.expr.scope import free_letters, variables
from symcausal.network.network import Network, Variable
from symcausal.notes.reading.stated import Statement
from symcausal.patterns import late
from symcausal.reading.vocabulary import Vocabulary

MOST = 8
_NAME = late(r"[^\W\d_]\w*")


def unknown_name(problem: SymcausalError | None) -> str | None:
    """Return the unknown name that kept a side from being read."""
    if not isinstance(problem, UnknownVariableError) or problem.span is None:
        return None
    span = problem.span
    name = span.source.text[span.start : span.end]
    return name if _NAME.fullmatch(name) else None


def candidates(statement: Statement, network: Network) -> list[str]:
    """Return the variables that a chain speaks of."""
    read = {name for part in statement.parts if part.expr for name in variables(part.expr)}
    told = {word.casefold() for word in _NAME.findall(statement.text)}
    known = [
        v.name
        for v in network.variables.values()
        if v.name in read or any(n.casefold() in told for n in (v.name, *v.aliases))
    ]
    return known[:MOST]


def as_alias(name: str, variable: str, network: Network) -> Vocabulary:
    """Return the names of a model in which ``name`` is another spelling of a variable."""
    spelled = name[:1].upper() + name[1:]
    known = dict(network.variables)
    old = known[variable]
    aliases = (*old.aliases, *dict.fromkeys((name, spelled)))
    known[variable] = Variable(old.name, old.states, old.label, aliases)
    return Vocabulary(known, network.declared)


def as_variable(name: str, network: Network) -> Vocabulary:
    """Return the names of a model in which ``name`` is a variable of its own."""
    return Vocabulary({**network.variables, name: Variable(name)}, network.declared)


def beside(name: str, variable: str, statement: Statement) -> bool:
    """Decide whether two names stand in one probability, and so are not one."""
    return any(
        isinstance(node, Prob) and {name, variable} <= set(variables(node))
        for part in statement.parts
        if part.expr is not None
        for _, node in everywhere(part.expr)
    )


def identified(left: Expr, right: Expr) -> Iterator[tuple[str, str, Expr]]:
    """Yield pairs of variables that one side alone has, and the left side with the two as one."""
    ours, theirs = variables(left), variables(right)
    pairs = [(a, b) for a in ours if a not in theirs for b in theirs if b not in ours]
    for old, new in pairs[:MOST]:
        letters = {x: v for x, v in free_letters(left).items() if v == old}
        if list(letters) == [old] and new in free_letters(right):
            yield old, new, _renamed(left, old, new)


def _renamed(expr: Expr, old: str, new: str) -> Expr:
    def told(events: Events) -> Events:
        return Events(
            Event(new, Letter(new)) if e == Event(old, Letter(old)) else e for e in events
        )

    for path, node in list(everywhere(expr)):
        if isinstance(node, Prob):
            expr = replace(expr, path, Prob(told(node.outcome), told(node.given), told(node.do)))
    return expr


def opposites(one: Expr, other: Expr) -> bool:
    """Decide whether a claim is ``P(a) = 1 - P(b)``, which words may mean: *late* and *on time*.

    Examples
    --------
    >>> from symcausal.reading.reader import read
    >>> opposites(read("P(A)"), read("1 - P(B)")), opposites(read("P(A)"), read("P(B)"))
    (True, False)
    """
    match one, other:
        case Prob(first, given, do), Minus(Scalar() as whole, Prob(second, seen, set_)):
            same = (given, do) == (seen, set_) and whole == build.ONE
            return same and len(first) == len(second) == 1 and first.variables != second.variables
        case _:  # this is about the one form above
            return False


def one_of_each(expr: Expr) -> tuple[str, ...]:
    """Return the variables of which each stands in one term of a sum only, as *spam* and *ham* do."""
    if not isinstance(expr, Add):
        return ()
    terms = [frozenset(variables(term)) for term in expr.terms]
    alone = [
        sorted(t - frozenset().union(*terms[:i], *terms[i + 1 :])) for i, t in enumerate(terms)
    ]
    return tuple(names[0] for names in alone) if all(map(len, alone)) else ()
