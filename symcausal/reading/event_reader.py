"""From the syntax of events to events: names become variables, states and letters.

Main definitions
----------------
EventReader : reads names, events and values in a vocabulary.

Notation
--------
``bound`` is throughout the set of letters that an enclosing sum binds. In ``X = v`` the bound letter
of ``X`` wins over a state of its name; a state of ``X`` wins over the letters of other variables.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection

from symcausal.errors import (
    ParseError,
    Source,
    Span,
    SymcausalError,
    UnknownStateError,
    UnknownVariableError,
    nearest,
)
from symcausal.expr.nodes import Copy, Event, Events, Expr, Letter, State, Value
from symcausal.reading.syntax import SyntaxPart, SyntaxTree
from symcausal.reading.tokens import Name, Token, says_polarity
from symcausal.reading.vocabulary import (
    Guess,
    Meaning,
    Vocabulary,
    negative_state,
    state_called,
    state_of_script,
)
from symcausal.reading.words import greek

_EVENTS = frozenset({"bare", "equals", "negated", "affirmed", "sets"})


class EventReader:
    """Give the syntax of events its meaning in a vocabulary."""

    def __init__(self, source: Source, names: Vocabulary | Guess, tokens: list[Token]) -> None:
        self.source = source
        self.names = names
        self.negated = self._negated(tokens)

    def span(self, part: SyntaxPart) -> Span:
        """Return the span of a part."""
        return Span(self.source, part.start, part.end)

    def event(self, part: SyntaxPart, bound: Collection[str]) -> Event:
        """Return the event that a part of the syntax tree stands for."""
        if not isinstance(part, SyntaxTree) or part.kind not in _EVENTS:
            raise ParseError(f"'{shown(self.span(part))}'", expected="X=x", span=self.span(part))
        if part.kind == "sets":
            raise self.sets_outside_do(part)
        if part.kind == "equals":
            return self.assigned(part, bound)
        if part.kind in ("negated", "affirmed"):
            variable = self.meaning(part.parts[1]).variable
            said = self._polar(variable, part, positive=part.kind == "affirmed")
            return Event(variable, said)
        token = part.parts[0]
        state = None if copy_in(token) else self._bare_state(token)
        if state is not None:
            return state
        meaning = self.meaning(token)
        name = name_of(token)
        small = name.base[:1].islower() and not name.primes and not name.sup
        if meaning.variable in self.negated and small and meaning.letter not in bound:
            return Event(meaning.variable, self._polar(meaning.variable, part, positive=True))
        return Event(meaning.variable, self.named_value(meaning, name, token))

    def _bare_state(self, token: SyntaxPart) -> Event | None:
        """Return the event of a state that stands alone, as ``strong``; None for any other name."""
        name = name_of(token)
        if isinstance(self.names, Guess) or self.names.lookup(name) is not None:
            return None
        found = self.names.bare_states(name)
        if len(found) > 1:
            written = [f"{variable}={state}" for variable, state in found]
            raise UnknownVariableError(
                f"'{spelt(token)}' has more than one reading: {' and '.join(written)}",
                hint="write the variable with its state",
                span=self.span(token),
            )
        return Event(found[0][0], State(found[0][1])) if found else None

    def assigned(self, part: SyntaxTree, bound: Collection[str]) -> Event:
        """Return the event of ``X = x``, or of ``X := x`` and its like, which set a variable."""
        variable = self.variable(part.parts[0])
        return Event(variable, self.value(variable, part.parts[2], bound))

    def sets_outside_do(self, part: SyntaxTree) -> ParseError:
        """Return the error for ``X := x`` where nothing can be set, or for a doubtful ``X <- 1``."""
        name, sign, value = (shown(self.span(piece)) for piece in part.parts)
        return ParseError(
            f"'{sign}' between {name} and {value}",
            expected="'='",
            hint=f"to set {name}, write P(... | do({name}={value}))",
            span=self.span(part),
        )

    def variable(self, token: SyntaxPart) -> str:
        """Return the variable that a name stands for, in capitals or not."""
        meaning = self.meaning(token)
        if meaning.script or meaning.letter != meaning.variable:
            raise self.unknown(token, "variable")
        return meaning.variable

    def meaning(self, token: SyntaxPart) -> Meaning:
        """Return the meaning of a name: a variable, a letter, perhaps a script."""
        if copy_in(token) is not None:
            raise self.misplaced_copy(token)
        name = name_of(token)
        meaning = self.names.lookup(name)
        if meaning is None:
            raise self.unknown(token, "variable")
        return meaning

    def misplaced_copy(self, token: SyntaxPart) -> ParseError:
        """Return the error for a copy of a variable where none has a meaning."""
        return ParseError(
            f"'{shown(self.span(token))}', what a variable would have been, at this place",
            expected="it among the events of P(...), or as a term of E[...]",
            span=self.span(token),
        )

    def unknown(self, token: SyntaxPart, kind: str) -> SymcausalError:
        """Return the error for a name that means nothing here."""
        text = spelt(token)
        if kind == "variable" and text in self.names.declared:
            return ParseError(
                f"the parameter '{text}'", expected="a variable", span=self.span(token)
            )
        hint = self.names.hint(text)
        return UnknownVariableError(
            f"there is no {kind} '{text}'", hint=hint, span=self.span(token)
        )

    def named_value(self, meaning: Meaning, name: Name, token: SyntaxPart) -> Value:
        """Return the state that a script names, or else the letter."""
        if not meaning.script:
            return Letter(meaning.letter)
        if meaning.letter != meaning.variable:
            raise ParseError(
                f"'{shown(self.span(token))}', a state with a prime",
                expected="a state, or a value with a prime",
                hint=f"{meaning.variable}={meaning.script} is a state, and has no second copy",
                span=self.span(token),
            )
        states = self.names.states(meaning.variable)
        if states is None:
            return State(meaning.script.replace("−", "-"))
        state = state_of_script(meaning.script, name, meaning.variable, states)
        if state is None and meaning.script in ("+", "-", "−"):
            return self._polar(meaning.variable, token, positive=meaning.script == "+")
        if state is None:
            raise self._no_state(meaning.variable, meaning.script, token)
        return State(state)

    def value(self, variable: str, part: SyntaxPart, bound: Collection[str]) -> Value:
        """Return the value that stands behind ``X =``."""
        if isinstance(part, SyntaxTree):
            if part.kind in ("negated", "affirmed"):
                if self.meaning(part.parts[1]).variable != variable:
                    raise self._no_state(variable, shown(self.span(part)), part)
                return self._polar(variable, part, positive=part.kind == "affirmed")
            return self._state(variable, "-" + spelt(part.parts[1]), part)
        if part.kind != "NAME":
            return self._state(variable, part.text, part)
        if copy_in(part) is not None:
            raise self.misplaced_copy(part)
        states = self.names.states(variable)
        name = name_of(part)
        meaning = self.names.lookup(name)
        is_bound = meaning is not None and not meaning.script and meaning.letter in bound
        if meaning is not None and is_bound and meaning.variable == variable:
            return Letter(meaning.letter)
        if states is None:
            if meaning is not None and is_bound:
                return Letter(meaning.letter)
            return self._guessed_value(variable, name, meaning)
        same = state_called(part.text, states) or next(
            (state for state in states if part.text == greek(state)), None
        )
        if same is not None:
            return State(same)
        if meaning is not None and meaning.variable == variable:
            return self.named_value(meaning, name, part)
        # the small letter of another variable, if the two have the same values
        if (
            meaning is not None
            and not meaning.script
            and (is_bound or name.base[:1].islower())
            and self.names.states(meaning.variable) == states
        ):
            return Letter(meaning.letter)
        raise self._no_state(variable, part.text, part)

    def _guessed_value(self, variable: str, name: Name, meaning: Meaning | None) -> Value:
        if meaning is None or not name.base[:1].islower() or meaning.variable == name.base:
            return State(name.text)
        script = name.sup or name.sub
        capital = name.base[0].upper() + name.base[1:]
        if meaning.variable == variable or (script == "" and capital == variable):
            return State(meaning.script) if meaning.script else Letter(meaning.letter)
        if capital == variable and script:
            return State(script)
        known = isinstance(self.names, Guess) and self.names.mentions(meaning.variable)
        return Letter(meaning.letter) if known and not script else State(name.text)

    def _state(self, variable: str, text: str, part: SyntaxPart) -> State:
        states = self.names.states(variable)
        if states is None:
            return State(text)
        state = state_called(text, states)
        if state is None:
            raise self._no_state(variable, text, part)
        return State(state)

    def _no_state(self, variable: str, text: str, part: SyntaxPart) -> UnknownStateError:
        states = self.names.states(variable) or ()
        return UnknownStateError(
            f"{variable} has no state '{text}'", hint=nearest(text, states), span=self.span(part)
        )

    def _polar(self, variable: str, part: SyntaxPart, *, positive: bool) -> State:
        states = self.names.states(variable) or ("0", "1")
        no = negative_state(variable, states)
        if no is None:
            raise ParseError(
                f"'{shown(self.span(part))}' for {variable} with states {', '.join(states)}",
                expected="a variable with a plain yes and no",
                hint=f"write {variable}={states[0]}",
                span=self.span(part),
            )
        return State(no if not positive else next(s for s in states if s != no))

    def _negated(self, tokens: list[Token]) -> frozenset[str]:
        found = set[str]()
        for i in range(len(tokens) - 1):
            name = tokens[i + 1].name
            if name is not None and says_polarity(tokens, i):
                meaning = self.names.lookup(name)
                if meaning is not None:
                    found.add(meaning.variable)
        return frozenset(found)


class FormulaReader(EventReader, ABC):
    """Gives the syntax of formulas its meaning; sums, means and products are read through it."""

    @abstractmethod
    def formula(self, part: SyntaxPart, bound: frozenset[str]) -> Expr:
        """Return the formula of a syntax tree of any kind."""

    @abstractmethod
    def exponent(self, part: SyntaxPart) -> int:
        """Return a whole number that stands above a sign."""

    @abstractmethod
    def letter(self, name: SyntaxPart) -> Meaning:
        """Return the meaning of the letter that an index binds."""

    @abstractmethod
    def check_domain(self, meaning: Meaning, domain: SyntaxPart) -> None:
        """Refuse a domain that is not all values of a variable."""

    @abstractmethod
    def check_single(self, do: Events, tree: SyntaxTree) -> None:
        """Refuse two actions on one variable."""

    @abstractmethod
    def set_below(
        self, mark: SyntaxTree, outcome: Events, given: Events, do: Events, bound: frozenset[str]
    ) -> Events:
        """Return what a subscript of P sets, whose brackets have an outcome, conditions and actions."""

    @abstractmethod
    def conditions(
        self, tree: SyntaxPart, bound: frozenset[str], *, acts: bool = True
    ) -> tuple[Events, Events]:
        """Return the events of a list that are seen, and those that are set; ``acts`` lets ``:=`` set."""


def copy_in(part: SyntaxPart) -> Copy | None:
    """Return the copy that a name stands for; None for any other part of a syntax tree."""
    return part.copy if isinstance(part, Token) else None


def has_copy(part: SyntaxPart) -> bool:
    """Whether a copy stands anywhere in a part of a syntax tree."""
    if isinstance(part, Token):
        return part.copy is not None
    return any(map(has_copy, part.parts))


def items(part: SyntaxPart) -> list[SyntaxPart]:
    """Return the members of a list, without the commas; of any other part the part."""
    return part.parts[::2] if isinstance(part, SyntaxTree) and part.kind == "list" else [part]


def is_name(part: SyntaxPart) -> bool:
    """Whether a part of a syntax tree is a name."""
    return isinstance(part, Token) and part.name is not None


def name_of(part: SyntaxPart) -> Name:
    """Return the name that a part is: base, scripts and primes."""
    if isinstance(part, Token) and part.name is not None:
        return part.name
    raise AssertionError("the grammar puts a name here")


def spelt(part: SyntaxPart) -> str:
    """Return the normal text of a token, for messages."""
    return part.text if isinstance(part, Token) else part.kind


def shown(span: Span) -> str:
    """Return a stretch of text for a message, cut if it is long."""
    text = span.source.text[span.start : span.end]
    return text if len(text) <= 40 else text[:37] + "..."
