"""The formula language: a closed union of frozen nodes.

A formula is a tree over ``P(...)`` terms. Constructors check and never simplify; the builders of
``symcausal.expr.build`` flatten. ``==`` is sameness of form, with the order of factors as written;
sameness up to the names of bound values is ``symcausal.expr.scope.canonical``, and sameness of
meaning is a question for ``symcausal.kernel``.

Main definitions
----------------
State, Letter : the two kinds of value: a state by name, or a free or bound value symbol.
Event, Events : a variable with a value; a sorted set of them.
Copy, CopyEvent, CopyEvents : what a variable would have been, with a value; a sorted set of them.
Prob, Counterfactual, Expectation, Sum, Product, Quotient, Add, Minus, Scalar, Numeric : the union
    :data:`Expr`.

Notation
--------
The free value of a variable ``X`` is the letter named ``X``, whether it was written ``P(X)`` or
``P(x)``; a second copy is ``X'``. A ``Sum`` binds the letters of its index.

References
----------
[Pearl2009]_ Section 7.1 for counterfactuals.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import pairwise

from symcausal.algebra.scalar import Term
from symcausal.hints import TypeAlias, assert_never
from symcausal.record import record


@record
class State:
    """A state of a variable, by its name."""

    name: str


@record
class Letter:
    """A value symbol: free, or bound by a sum. The variable's own name is its free value."""

    name: str


Value: TypeAlias = State | Letter


@record
class Event:
    """A variable with a value: ``X = x``."""

    variable: str
    value: Value

    @property
    def key(self) -> tuple[str, bool, str]:
        """Order by variable, then states before letters, then names."""
        return (self.variable, isinstance(self.value, Letter), self.value.name)

    # Both are written out, since what a record makes takes twice the time.
    def __eq__(self, other: object) -> bool:
        if type(other) is not Event:
            return NotImplemented
        mine, theirs = self.value, other.value
        return (
            self.variable == other.variable
            and mine.name == theirs.name
            and type(mine) is type(theirs)
        )

    def __hash__(self) -> int:
        return hash((self.variable, self.value.name))


class Events(tuple[Event, ...]):
    """A set of events as a sorted tuple, so that no output depends on hashing.

    A variable may occur twice with different values (``P(x, x')``), not twice with the same.
    """

    __slots__ = ()

    def __new__(cls, events: Iterable[Event] = ()) -> Events:
        """Sort and drop repeats."""
        if type(events) is Events:  # most are made of what is sorted already
            return events
        found = tuple(events)
        if len(found) > 1:
            by_key = {event.key: event for event in found}
            found = tuple([by_key[key] for key in sorted(by_key)])
        return super().__new__(cls, found)

    @classmethod
    def in_order(cls, events: Iterable[Event]) -> Events:
        """Events of different variables that are sorted by these already; nothing is looked at."""
        return super().__new__(cls, events)

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables, sorted, each once."""
        return tuple(dict.fromkeys(event.variable for event in self))

    @property
    def letters(self) -> tuple[str, ...]:
        """The names of the letters among the values, in order, each once."""
        return tuple(dict.fromkeys(e.value.name for e in self if isinstance(e.value, Letter)))

    def of(self, variables: Collection[str]) -> Events:
        """The events of some variables."""
        return Events(event for event in self if event.variable in variables)

    def without(self, variables: Collection[str]) -> Events:
        """The events of all other variables."""
        return Events(event for event in self if event.variable not in variables)

    def __or__(self, other: Iterable[Event]) -> Events:
        """Union."""
        return Events((*self, *other))

    def __sub__(self, other: Iterable[Event]) -> Events:
        """Set difference."""
        dropped = set(other)
        return Events(event for event in self if event not in dropped)

    def __repr__(self) -> str:
        inside = ", ".join(
            f"{e.variable}={e.value.name}"
            if isinstance(e.value, State)
            else f"{e.variable}:{e.value.name}"
            for e in self
        )
        return f"Events({inside})"


NO_EVENTS = Events()


def free_events(variables: Iterable[str]) -> Events:
    """Each variable with its own free value."""
    return Events(Event(variable, Letter(variable)) for variable in variables)


@record
class Imposed:
    """A variable that is set, and what it is set to: a value, or what another would have been."""

    variable: str
    value: Value | Copy


@record
class Copy:
    """A variable as it would have been under settings of others: ``Y_{X=1, M_{X=0}}``.

    Without settings it is the variable as it is. Settings are sorted by their variables, of which
    none occurs twice.
    """

    variable: str
    settings: tuple[Imposed, ...] = ()

    def __post_init__(self) -> None:
        names = [setting.variable for setting in self.settings]
        if any(left >= right for left, right in pairwise(names)):
            raise TypeError("the settings of a Copy are sorted by variable, each once")

    @property
    def key(self) -> tuple[object, ...]:
        """Order by variable, then by settings."""
        return (self.variable, *(_key_of_setting(setting) for setting in self.settings))

    @property
    def variables(self) -> tuple[str, ...]:
        """The variable and those that are set, nested ones too, in reading order, each once."""
        found = {self.variable: None}
        for setting in self.settings:
            found[setting.variable] = None
            if isinstance(setting.value, Copy):
                found.update(dict.fromkeys(setting.value.variables))
        return tuple(found)

    @property
    def values(self) -> tuple[Event, ...]:
        """All values that are set, nested ones too, each with its variable."""
        found = list[Event]()
        for setting in self.settings:
            match setting.value:
                case Letter() | State():
                    found.append(Event(setting.variable, setting.value))
                case Copy():
                    found += setting.value.values
        return tuple(found)

    def with_values(self, change: Callable[[Event], Event]) -> Copy:
        """Return the copy with other values set, nested ones too."""
        changed = list[Imposed]()
        for name, value in ((setting.variable, setting.value) for setting in self.settings):
            match value:
                case Letter() | State():
                    changed.append(Imposed(name, change(Event(name, value)).value))
                case Copy():
                    changed.append(Imposed(name, value.with_values(change)))
        return Copy(self.variable, tuple(changed))


def _key_of_setting(setting: Imposed) -> tuple[object, ...]:
    match setting.value:
        case Letter(name):
            return (setting.variable, 1, (name,))
        case State(name):
            return (setting.variable, 0, (name,))
        case Copy():
            return (setting.variable, 2, setting.value.key)


@record
class CopyEvent:
    """A copy of a variable with a value: ``Y_{X=1} = y``."""

    copy: Copy
    value: Value

    @property
    def key(self) -> tuple[object, ...]:
        """Order by copy, then states before letters, then names."""
        return (self.copy.key, isinstance(self.value, Letter), self.value.name)


class CopyEvents(tuple[CopyEvent, ...]):
    """A set of events of copies as a sorted tuple, so that no output depends on hashing."""

    __slots__ = ()

    def __new__(cls, events: Iterable[CopyEvent] = ()) -> CopyEvents:
        """Sort and drop repeats."""
        by_key = {event.key: event for event in events}
        return super().__new__(cls, [by_key[key] for key in sorted(by_key)])

    @property
    def values(self) -> tuple[Event, ...]:
        """All values, of the copies and of their settings, each with its variable."""
        return tuple(
            value
            for event in self
            for value in (*event.copy.values, Event(event.copy.variable, event.value))
        )

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables and those that are set, in reading order, each once."""
        return tuple(dict.fromkeys(name for event in self for name in event.copy.variables))

    def with_values(self, change: Callable[[Event], Event]) -> CopyEvents:
        """Return the events with other values, of the copies and of their settings."""
        return CopyEvents(
            CopyEvent(
                event.copy.with_values(change),
                change(Event(event.copy.variable, event.value)).value,
            )
            for event in self
        )

    def __or__(self, other: Iterable[CopyEvent]) -> CopyEvents:
        """Union."""
        return CopyEvents((*self, *other))

    def __repr__(self) -> str:
        return f"CopyEvents({list(self)})"


NO_COPIES = CopyEvents()


@record
class Counterfactual:
    """``P(outcome | given)`` over copies of variables, which may be of several worlds."""

    outcome: CopyEvents
    given: CopyEvents = NO_COPIES

    def __post_init__(self) -> None:
        if not self.outcome:
            raise TypeError("a Counterfactual needs an outcome")


@record
class Prob:
    """``P(outcome | given, do(do))``; the condition holds in the graph with arrows into ``do`` cut."""

    outcome: Events
    given: Events = NO_EVENTS
    do: Events = NO_EVENTS

    def __post_init__(self) -> None:
        if not self.outcome:
            raise TypeError("a Prob needs an outcome; build.prob gives 1 without one")


@record
class Expectation:
    """``E[body | given, do(do)]``: the mean of ``body`` over the letters of ``over``."""

    over: Events
    body: Expr
    given: Events = NO_EVENTS
    do: Events = NO_EVENTS


@record
class Sum:
    """``sum over the letters of over of body``; each letter runs over its variable's states."""

    over: Events
    body: Expr

    def __post_init__(self) -> None:
        if not self.over:
            raise TypeError("a Sum needs an index; build.total gives the body without one")
        if any(not isinstance(event.value, Letter) for event in self.over):
            raise TypeError("a Sum runs over letters, not over states")


@record
class Product:
    """A product of at least two factors, none a product itself, in the order written."""

    factors: tuple[Expr, ...]

    def __post_init__(self) -> None:
        if len(self.factors) < 2 or any(isinstance(f, Product) for f in self.factors):
            raise TypeError("a Product has two or more factors and no Product among them")


@record
class Quotient:
    """``numerator / denominator``."""

    numerator: Expr
    denominator: Expr


@record
class Add:
    """A sum of at least two terms, none such a sum itself, in the order written."""

    terms: tuple[Expr, ...]

    def __post_init__(self) -> None:
        if len(self.terms) < 2 or any(isinstance(t, Add) for t in self.terms):
            raise TypeError("an Add has two or more terms and no Add among them")


@record
class Minus:
    """``left - right``."""

    left: Expr
    right: Expr


@record
class Scalar:
    """A number or an expression over parameters."""

    value: Term


@record
class Numeric:
    """The number that a value of a variable stands for: ``y`` in ``sum_y y P(y)``."""

    event: Event


Expr: TypeAlias = (
    Prob | Counterfactual | Expectation | Sum | Product | Quotient | Add | Minus | Scalar | Numeric
)


def bound_by(expr: Expr) -> Events:
    """What a node binds in its parts: the index of a sum, or what a mean is taken over."""
    match expr:
        case Sum(over, _) | Expectation(over, _):
            return over
        case (
            Prob()
            | Counterfactual()
            | Product()
            | Quotient()
            | Add()
            | Minus()
            | Scalar()
            | Numeric()
        ):
            return NO_EVENTS


def divisor_of(expr: Expr) -> Expr | None:
    """What a node divides by; None for any other kind of node."""
    match expr:
        case Quotient(_, denominator):
            return denominator
        case Prob() | Counterfactual() | Expectation() | Sum() | Product():
            return None
        case Add() | Minus() | Scalar() | Numeric():
            return None


def children(expr: Expr) -> Iterator[Expr]:
    """The direct parts of a node, in reading order."""
    match expr:
        case Prob() | Counterfactual() | Scalar() | Numeric():
            return
        case Expectation(_, body) | Sum(_, body):
            yield body
        case Product(parts) | Add(parts):
            yield from parts
        case Quotient(left, right) | Minus(left, right):
            yield left
            yield right
        case _:
            assert_never(expr)
