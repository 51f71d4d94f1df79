r"""Read one side of a claim: a formula in which names may have been defined and constants left out.

Main definitions
----------------
ReadSide : what one side of a claim was read as.
read_side : reads it.

Notation
--------
``\alpha P(x)`` has a constant that nobody names; it is read as ``P(x)`` and said to have one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from symcausal.errors import LimitError, ParseError, Source, Span, SymcausalError
from symcausal.expr import build
from symcausal.expr.nodes import Event, Events, Expr, Letter, State, Value
from symcausal.expr.scope import free_letters, substitute
from symcausal.notes.reading.alternatives import other_readings
from symcausal.notes.reading.definitions import CONSTANTS, Definition, application, undefined
from symcausal.notes.reading.side_tokens import completed
from symcausal.reading import arithmetic
from symcausal.reading.calculation import WrittenCalculation, calculation_of
from symcausal.reading.counterfactuals import copies_read
from symcausal.reading.event_reader import items, name_of, shown
from symcausal.reading.numerals import Numeral, matched, value_of
from symcausal.reading.parser import parse
from symcausal.reading.reader import Reader
from symcausal.reading.syntax import SyntaxPart, SyntaxTree
from symcausal.reading.tokens import Name, Token
from symcausal.reading.vocabulary import Guess, Vocabulary, negative_state
from symcausal.record import record
from symcausal.writing.text import text

MAX_TOKENS = 40_000


@record
class ReadSide:
    """One side as it was read, and whether it used names that the notes define."""

    expr: Expr
    constant: bool
    defined: bool
    remark: str
    _tree: SyntaxPart
    _reader: ClaimReader

    @property
    def calculation(self) -> WrittenCalculation:
        """The side as it is written, with the digits that its numerals show."""
        return calculation_of(self._tree, self._reader.part, self._reader.numeral)

    def alternatives(self, letters: Iterable[str]) -> tuple[Expr, ...]:
        """Return other readings of the side, with no free letters but its own and ``letters``."""
        allowed = {*letters, *free_letters(self.expr)}
        found: list[Expr] = []
        for other in other_readings(self._tree, self._reader.source.text):
            try:
                reading = self._reader.whole(other)
            except SymcausalError:
                continue
            known = reading == self.expr or reading in found
            if not known and allowed.issuperset(free_letters(reading)):
                found.append(reading)
        return tuple(found)


@record
class Polarity:
    """The names that say *yes* where they stand without a value.

    ``denied`` are the variables of which the statement also has the denial; ``small`` says whether
    all small letters do, as they do beside denials in a statement about numbers.
    """

    denied: frozenset[str] = frozenset()
    small: bool = False


def read_side(
    source: Source,
    tokens: Sequence[Token],
    names: Vocabulary | Guess,
    defined: Mapping[str, Definition],
    negated: frozenset[str] = frozenset(),
    polarity: Polarity | None = None,
    fresh: Collection[str] = (),
) -> ReadSide:
    r"""Return the reading of one side of a relation.

    Parameters
    ----------
    source : Source
        Its text.
    tokens : sequence of Token
        What :func:`symcausal.notes.reading.side_tokens.tokens_of` made of it.
    names : Vocabulary or Guess
        The names.
    defined : mapping of str to Definition
        What the notes have defined so far.
    negated : frozenset of str
        Variables that the statement or the notes deny somewhere, whose small letters then say *yes*.
    fresh : collection of str
        What was defined in the same derivation. A constant such as ``\alpha`` that another one
        defined may be a new one here, unless the notes introduce it by ``:=`` or *let*.

    Raises
    ------
    SymcausalError
        If it cannot be read.
    """
    reader = ClaimReader(source, names, [], defined, fresh)
    tokens = copies_read(tokens, names, source, defined=defined)
    reader.negated = negated
    reader.polarity = polarity or Polarity()
    placed = reader.place(completed(tokens, source, names))
    span = Span(source, 0, len(source.text))
    if len(placed) > MAX_TOKENS:
        raise LimitError(f"a formula of {len(placed)} signs", expected=f"at most {MAX_TOKENS}",
                         hint="split it", span=Span(source, 0, min(40, span.end)))  # fmt: skip
    tree = parse("formula", placed, span)
    expr = reader.whole(tree)
    return ReadSide(expr, reader.constant, reader.used, reader.remark, tree, reader)


class ClaimReader(Reader):
    """A reader of formulas that knows definitions and unnamed constants."""

    def __init__(
        self,
        source: Source,
        names: Vocabulary | Guess,
        tokens: list[Token],
        defined: Mapping[str, Definition],
        fresh: Collection[str] = (),
    ) -> None:
        super().__init__(source, names, tokens)
        self.defined = defined
        self.fresh = fresh
        self.polarity = Polarity()
        self.applied: dict[str, tuple[Definition, list[SyntaxPart]]] = {}
        self.constant = False
        self.used = False
        self.remark = ""
        self.means = 0
        self.multipliers: set[int] = set()
        self.below: set[int] = set()

    def whole(self, tree: SyntaxPart) -> Expr:
        """Return the formula of a tree; unnamed constants may only be factors of all of it."""
        factors = list(_factors(tree))
        self.multipliers = {id(token) for token, _ in factors}
        self.below = {id(token) for token, below in factors if below}
        expr = self.bound_formula(tree)
        if self.constant and expr == build.ONE:
            token = next(token for token, _ in factors if token.text not in self.names.declared)
            raise self.unknown(token, "variable or parameter")
        return expr

    def part(self, tree: SyntaxPart) -> Expr:
        """Return a part of the formula that no sum around it binds."""
        return self.formula(tree, frozenset())

    def numeral(self, token: Token) -> Numeral:
        """Return the number that a numeral says by its digits."""
        match = matched(self.source.text, token.start, token.end, comma=True)
        if match is None or match.end() < token.end:  # a superscript
            return Numeral(Fraction(token.text))
        return value_of(match)

    def event(self, part: SyntaxPart, bound: Collection[str]) -> Event:
        """Return a variable with its value; where *not a* stands beside it, ``A`` is *a*."""
        event = super().event(part, bound)
        if (
            not isinstance(part, SyntaxTree)
            or part.kind != "bare"
            or event.value != Letter(event.variable)
        ):
            return event
        small = name_of(part.parts[0]).base[:1].islower()
        meant = event.variable in self.polarity.denied or (small and self.polarity.small)
        states = self.names.states(event.variable) or ("0", "1")
        no = negative_state(event.variable, states)
        if not meant or event.variable in bound or no is None:
            return event
        return Event(event.variable, State(next(state for state in states if state != no)))

    def value(self, variable: str, part: SyntaxPart, bound: Collection[str]) -> Value:
        """Return the value behind ``X =``; ``P(X = Y)`` of two variables is refused."""
        capital = isinstance(part, Token) and part.name is not None and part.text[:1].isupper()
        if capital and isinstance(self.names, Guess) and self.source.text[part.start] != "\\":
            other = self.names.lookup(name_of(part))
            if (
                other is not None
                and not other.script
                and other.variable != variable
                and self.names.is_event(other.variable)
            ):
                raise ParseError(
                    f"'{name_of(part).text}' as a value of {variable}, and a variable elsewhere",
                    expected="a value",
                    span=self.span(part),
                )
        return super().value(variable, part, bound)

    # -- functions ------------------------------------------------------------------------------
    def place(self, tokens: list[Token]) -> list[Token]:
        """Return tokens with one in the place of each ``f(x)`` whose ``f`` the notes define."""
        out: list[Token] = []
        i = 0
        while i < len(tokens):
            stop = application(tokens, i)
            if stop < 0:
                out.append(tokens[i])
                i += 1
                continue
            token, inside = tokens[i], tokens[i + 2 : stop]
            if token.text in self.names.declared:
                out.append(token)
                i += 1
                continue
            definition = self.defined.get(token.text)
            if definition is None:
                raise undefined(token, self.source)
            tree = parse("assignments", inside, Span(self.source, token.start, tokens[stop].end))
            arguments = items(tree)
            if len(arguments) != len(definition.arguments):
                raise ParseError(
                    f"{token.text} with {len(arguments)} arguments",
                    expected=f"{len(definition.arguments)}, as it was defined",
                    span=Span(self.source, token.start, tokens[stop].end),
                )
            key = f"#{len(self.applied)}"
            self.applied[key] = (definition, arguments)
            out.append(
                Token("NAME", key, token.start, tokens[stop].end, inside=token.inside,
                      name=Name(key))
            )  # fmt: skip
            i = stop + 1
        return out

    def _symbol(self, token: SyntaxPart, bound: frozenset[str]) -> Expr:
        if isinstance(token, Token) and token.formula is not None:
            told = f"{shown(self.span(token))} stands for {text(token.formula)}"
            self.remark = f"{self.remark}; {told}" if self.remark else told
            return token.formula
        name = name_of(token)
        applied = self.applied.get(name.text)
        if applied is not None:
            self.used = True
            self._check_letters(applied[0], token, bound)
            return self._apply(*applied, bound)
        if any(whole in self.names.declared for whole, _ in self._powers(name)):
            return super()._symbol(token, bound)
        meaning = self.names.lookup(name)
        is_bound = meaning is not None and meaning.letter in bound and not meaning.script
        definition = self.defined.get(name.text)
        stale = (
            name.text in CONSTANTS
            and name.text not in self.fresh
            and id(token) in self.multipliers
            and (definition is None or not definition.explicit or definition.ended)
        )
        if definition is not None and not definition.arguments and not is_bound and not stale:
            self.used = True
            self._check_script(name, token, bound)
            return definition.body
        for whole, exponent in self._powers(name):
            raised = self.defined.get(whole) if exponent != 1 and not is_bound else None
            if raised is not None and not raised.arguments and whole not in CONSTANTS:
                self.used = True
                return arithmetic.power(raised.body, exponent, self.span(token))
        inverse = Name(name.base, name.sub, "", name.primes) if name.sup == "-1" else name
        if not is_bound and id(token) in self.multipliers and inverse.text in CONSTANTS:
            known = isinstance(self.names, Vocabulary) and meaning is not None
            below = id(token) in self.below or name.sup == "-1"
            if (not known and not self._mentioned(name)) or (
                below and name.base in ("Z", "C", "N")
            ):
                self.constant = True
                return build.ONE
        if not is_bound and not self.means and not self._mentioned(name):
            raise self.unknown(token, "variable or parameter")
        return super()._symbol(token, bound)

    def _mentioned(self, name: Name) -> bool:
        if isinstance(self.names, Vocabulary):
            return self.names.lookup(name) is not None
        meaning = self.names.lookup(name)
        return meaning is not None and self.names.is_event(meaning.variable)

    def _expectation(self, tree: SyntaxTree, bound: frozenset[str]) -> Expr:
        self.means += 1
        try:
            return super()._expectation(tree, bound)
        finally:
            self.means -= 1

    def _check_letters(
        self, definition: Definition, token: SyntaxPart, bound: frozenset[str]
    ) -> None:
        """Refuse a function whose own letters a sum around it would bind, or that lacks one of them."""
        arguments = {e.value.name for e in definition.arguments if isinstance(e.value, Letter)}
        own = frozenset(free_letters(definition.body))
        caught = sorted((own - arguments) & bound)
        unused = sorted(arguments - own)
        self.remark = self.remark or definition.remark
        told = {event.value.name for event in definition.arguments} & bound
        if caught or (unused and (definition.loose or told & set(unused))):
            found = f"'{definition.name}(...)' in a sum over {caught[0]}" if caught else ""
            raise ParseError(
                found
                or definition.remark
                or f"'{definition.name}(...)' without its argument {unused[0]}",
                expected="" if found else f"{unused[0]}, which is one",
                hint=f"its definition has {caught[0]} and no such argument" if caught else "",
                span=self.span(token),
            )

    def _check_script(self, name: Name, token: SyntaxPart, bound: frozenset[str]) -> None:
        """Refuse ``A_{ij}`` in a sum over ``j``, since it stands for one number."""
        for letter in filter(str.isalpha, name.sub):
            meaning = self.names.lookup(Name(letter))
            if meaning is not None and meaning.letter in bound:
                raise ParseError(
                    f"'{name.text}' in a sum over {letter}",
                    expected=f"a function of {letter}, such as {name.base}({letter})",
                    span=self.span(token),
                )

    def _apply(
        self, definition: Definition, arguments: list[SyntaxPart], bound: frozenset[str]
    ) -> Expr:
        values: dict[str, Value] = {}
        for parameter, argument in zip(definition.arguments, arguments, strict=True):
            values[parameter.value.name] = self._argument(parameter, argument, bound)
        return substitute(definition.body, values)

    def _argument(self, parameter: Event, argument: SyntaxPart, bound: frozenset[str]) -> Value:
        if isinstance(argument, SyntaxTree) and argument.kind == "bare":
            name = name_of(argument.parts[0])
            states = self.names.states(parameter.variable)
            meaning = self.names.lookup(name)
            if states and name.text in states and (meaning is None or meaning.letter not in bound):
                return State(name.text)
        event = self.event(argument, bound)
        if event.variable != parameter.variable:
            raise ParseError(
                f"'{self.source.text[argument.start : argument.end]}' as an argument",
                expected=f"a value of {parameter.variable}, as in the definition",
                span=self.span(argument),
            )
        return event.value

    def set_below(
        self, mark: SyntaxTree, outcome: Events, given: Events, do: Events, bound: frozenset[str]
    ) -> Events:
        """Return what a subscript of P sets; refuse one that names nothing of these notes."""
        acts = super().set_below(mark, outcome, given, do, bound)
        if isinstance(self.names, Guess):
            for variable in acts.variables:
                if not self.names.is_event(variable):
                    raise ParseError(
                        f"the subscript '{self.source.text[mark.start : mark.end].strip('{}')}' of a "
                        "probability, which names no variable of these notes",
                        expected="an intervention",
                        span=self.span(mark),
                    )
        return acts


def _factors(tree: SyntaxPart, *, below: bool = False) -> Iterator[tuple[Token, bool]]:
    """The names that multiply or divide the whole of a formula, and which of them divide it."""
    if isinstance(tree, Token):
        return
    if tree.kind == "symbol":
        token = tree.parts[0]
        if isinstance(token, Token):
            yield token, below
    elif tree.kind in ("factors", "bracket"):
        divides = False
        for part in tree.parts:
            if isinstance(part, Token):
                divides = part.kind == "SLASH"
            else:
                yield from _factors(part, below=below != divides)
                divides = False
    elif tree.kind == "fraction":
        yield from _factors(tree.parts[2], below=below)
        yield from _factors(tree.parts[5], below=not below)
    elif tree.kind == "sum":
        yield from _factors(tree.parts[-1], below=below)
