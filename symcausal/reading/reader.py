"""From syntax to formulas: names become variables, states, letters and parameters.

Main definitions
----------------
read : a formula.
read_chain : formulas joined by relations, ``a = b = c``.
read_independence : ``D _||_ L | G``.

References
----------
[Pearl2009]_ Section 3.2 for ``P_x(y)``; [Koller2009]_ Section 2.1 for ``g^1``.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symcausal.algebra.scalar import number
from symcausal.errors import (
    LimitError,
    ParseError,
    Source,
    Span,
)
from symcausal.expr import build
from symcausal.expr.nodes import (
    NO_EVENTS,
    Event,
    Events,
    Expr,
    Letter,
    Numeric,
    Prob,
    Scalar,
)
from symcausal.expr.scope import free_letters, substitute
from symcausal.reading import arithmetic
from symcausal.reading.characters import plain_characters
from symcausal.reading.counterfactuals import copies_read, refuse_counterfactuals
from symcausal.reading.event_reader import (
    FormulaReader,
    has_copy,
    is_name,
    items,
    name_of,
    shown,
    spelt,
)
from symcausal.reading.lexer import tokenise
from symcausal.reading.parser import parse
from symcausal.reading.syntax import COMPOUND, SyntaxPart, SyntaxTree, signed
from symcausal.reading.tokens import Name, Token
from symcausal.reading.vocabulary import (
    Guess,
    Meaning,
    Vocabulary,
    names_parents,
)
from symcausal.record import field, record
from symcausal.writing.signs import MOMENTS


@record
class Relation:
    """A sign between two formulas, one of ``= ≈ ∝ ≠ ≤ ≥ < > :=``, with its place."""

    sign: str
    span: Span = field(compare=False)


@record
class Chain:
    """Formulas joined by relations, one more than there are relations: ``a = b <= c``.

    Attributes
    ----------
    formulas : tuple of Expr
        In the order written.
    relations : tuple of Relation
        Between them.
    spans : tuple of Span
        Where each formula stands.
    """

    formulas: tuple[Expr, ...]
    relations: tuple[Relation, ...]
    spans: tuple[Span, ...] = field(compare=False)

    @property
    def span(self) -> Span:
        """The place of the whole chain."""
        return Span(self.spans[0].source, self.spans[0].start, self.spans[-1].end)

    @property
    def text(self) -> str:
        """The chain as it was written."""
        return self.span.source.text[self.span.start : self.span.end]


def read(text: str | Source | Span, vocabulary: Vocabulary | Guess | None = None) -> Expr:
    r"""Return the formula that a text in plain text, Unicode or LaTeX stands for.

    Parameters
    ----------
    text : str, Source or Span
        ``P(L=strong | do(G=A))``, ``\sum_{z} P(y \mid x, z) P(z)``...
    vocabulary : Vocabulary, Guess or None
        The names of the model, or of a longer text; without it they are guessed from their case.

    Raises
    ------
    ParseError, LimitError
        If the text is no formula, or too large.
    UnknownVariableError, UnknownStateError
        If a name means nothing in the vocabulary.

    Examples
    --------
    >>> read(r"\sum_{z} P(y \mid z) P(z)") == read("sum_{Z} P(Y | Z) P(Z)")
    True
    """
    tree, reader = _parsed("formula", text, vocabulary)
    return reader.bound_formula(tree)


def read_chain(text: str | Source | Span, vocabulary: Vocabulary | None = None) -> Chain:
    """Return the formulas of a text and the relations between them; a lone formula has none."""
    tree, reader = _parsed("chain", text, vocabulary)
    return reader.chain(tree)


def read_independence(
    text: str | Source | Span, vocabulary: Vocabulary | None = None
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    r"""Return the three sets of variables that ``D _||_ L | G`` (also ``\perp``, ``⟂``) names."""
    tree, reader = _parsed("independence", text, vocabulary, events=True)
    lists = [part for part in tree.parts if isinstance(part, SyntaxTree)]
    sides = [tuple(reader.variable(token) for token in items(side)) for side in lists]
    return sides[0], sides[1], sides[2] if len(sides) > 2 else ()


def _parsed(
    start: str,
    text: str | Source | Span,
    vocabulary: Vocabulary | Guess | None,
    *,
    events: bool = False,
) -> tuple[SyntaxTree, Reader]:
    span = as_span(text)
    spelling = vocabulary if isinstance(vocabulary, Vocabulary) else None
    tokens = tokenise(span, spelling, events=events)
    names = Guess(tokens) if vocabulary is None else vocabulary
    if events:
        refuse_counterfactuals(tokens, names, span.source, events=True)
    else:
        tokens = copies_read(tokens, names, span.source)
    part = parse(start, tokens, span)
    tree = part if isinstance(part, SyntaxTree) else SyntaxTree("bracket", [part])
    return tree, Reader(span.source, names, tokens)


def as_span(text: str | Source | Span) -> Span:
    """Return the whole of a text as a span, unless a part of it is given already."""
    if isinstance(text, Span):
        return text
    source = Source(plain_characters(text)) if isinstance(text, str) else text
    return Span(source, 0, len(source.text))


class Reader(FormulaReader):
    """The reader that gives the syntax of formulas its meaning in a vocabulary."""

    # -- arithmetic -----------------------------------------------------------------------------
    def chain(self, tree: SyntaxTree) -> Chain:
        """Return the formulas of a syntax tree, and the relations between them."""
        parts = tree.parts if tree.kind == "chain" else [tree]
        members, signs = parts[::2], parts[1::2]
        return Chain(
            tuple(map(self.bound_formula, members)),
            tuple(Relation(s.text, self.span(s)) for s in signs if isinstance(s, Token)),
            tuple(map(self.span, members)),
        )

    def bound_formula(self, part: SyntaxPart) -> Expr:
        r"""Return the formula of a syntax tree, in which sums bind all letters with accents.

        Raises
        ------
        ParseError
            If one is left free, as in ``P(\tilde x)``.
        """
        expr = self.formula(part, frozenset())
        accented = [token for token in _accented(part) if token.name is not None]
        free = free_letters(expr) if accented else {}
        for token in accented:
            meaning = self.names.lookup(name_of(token))
            if meaning is not None and meaning.letter in free:
                raise ParseError(
                    f"'{shown(self.span(token))}' outside the sum that binds it",
                    hint="another value of a variable is written with a prime",
                    span=self.span(token),
                )
        return expr

    def formula(self, part: SyntaxPart, bound: frozenset[str]) -> Expr:
        """Return the formula of a syntax tree of any kind."""
        if isinstance(part, Token):
            return Scalar(number(Fraction(part.text)))
        match part.kind:
            case "terms":
                return arithmetic.add(list(self._signed(part, bound)), self.span(part))
            case "factors":
                return arithmetic.multiply(list(self._signed(part, bound)), self.span(part))
            case "bracket":
                return self.formula(part.parts[0], bound)
            case "fraction":
                return arithmetic.divide(
                    self.formula(part.parts[2], bound),
                    self.formula(part.parts[5], bound),
                    self.span(part),
                )
            case "power":
                exponent = self.exponent(part.parts[2])
                return arithmetic.power(
                    self.formula(part.parts[0], bound), exponent, self.span(part)
                )
            case "sum":
                return self._sum(part, bound)
            case "probability":
                return self._probability(part, bound)
            case "expectation" | "covariance":
                if part.kind == "covariance" or spelt(part.parts[0]) in MOMENTS:
                    from symcausal.reading.moments import moment  # few formulas have one

                    return moment(part, self, bound)
                return self._expectation(part, bound)
            case "mean_over":
                from symcausal.reading.means import mean_over  # few means have a subscript

                return mean_over(part, self, bound)
            case "product_over":
                from symcausal.reading.products import product_over  # few formulas have one

                return product_over(part, self, bound)
            case "symbol":
                return self._symbol(part.parts[0], bound)
            case _:  # the grammar makes no other kind of formula
                raise AssertionError(part.kind)

    def _signed(self, tree: SyntaxTree, bound: frozenset[str]) -> Iterator[tuple[str, Expr]]:
        return ((sign, self.formula(part, bound)) for sign, part in signed(tree))

    def exponent(self, part: SyntaxPart) -> int:
        """Return the whole number that stands above a sign."""
        tokens = part.parts if isinstance(part, SyntaxTree) else [part]
        digits = tokens[-1]
        if not isinstance(digits, Token) or not digits.text.isdecimal():
            raise ParseError(
                f"the exponent '{shown(self.span(part))}'",
                expected="a whole number",
                span=self.span(part),
            )
        if len(digits.text) > 6:
            raise LimitError("a power that is too large", span=self.span(part))
        return int(digits.text) * (-1 if len(tokens) > 1 else 1)

    def _symbol(self, token: SyntaxPart, bound: frozenset[str]) -> Expr:
        if has_copy(token):
            raise self.misplaced_copy(token)
        if isinstance(token, Token) and token.formula is not None:
            return token.formula
        name = name_of(token)
        for whole, exponent in self._powers(name):
            parameter = self.names.declared.get(whole)
            if parameter is not None:
                return arithmetic.power(Scalar(parameter), exponent, self.span(token))
        raised = name.sup.isdecimal() and len(name.sup) < 3
        plain = Name(name.base, name.sub, "", name.primes) if raised else name
        exact = self.names.lookup(name)
        if exact is not None and not exact.script:
            return Numeric(Event(exact.variable, Letter(exact.letter)))
        meaning = self.names.lookup(plain)
        if meaning is None:
            raise self.unknown(token, "variable or parameter")
        value = self.named_value(meaning, plain, token)
        exponent = int(name.sup) if raised else 1
        return arithmetic.power(Numeric(Event(meaning.variable, value)), exponent, self.span(token))

    def _powers(self, name: Name) -> Iterator[tuple[str, int]]:
        yield name.text, 1
        sign = -1 if name.sup.startswith("-") else 1
        if name.sup.lstrip("-").isdecimal() and len(name.sup) < 7:
            digits = name.sup.lstrip("-")
            yield Name(name.base, name.sub, "", name.primes).text, sign * int(digits)

    def _sum(self, tree: SyntaxTree, bound: frozenset[str]) -> Expr:
        index = items(tree.parts[2])
        if len(tree.parts) > 5 or not all(map(is_name, index)):
            from symcausal.reading.sum_index import counted  # few sums say more than letters

            over = [(c.name, c.meaning, c.values) for c in counted(tree, self, bound)]
        else:
            over = [(name, self.letter(name), None) for name in index]
        events: list[Event] = []
        for name, meaning, _ in over:
            event = Event(meaning.variable, Letter(meaning.letter))
            if event in events:
                raise ParseError(
                    f"the index '{shown(self.span(name))}' twice",
                    expected="once",
                    span=self.span(name),
                )
            events.append(event)
        body = self.formula(tree.parts[-1], bound | {event.value.name for event in events})
        for _, meaning, values in over:
            if values is not None:
                body = build.add([substitute(body, {meaning.letter: value}) for value in values])
        events = [event for event, (*_, values) in zip(events, over, strict=True) if values is None]
        return build.total(events, body) if events else body

    def letter(self, name: SyntaxPart) -> Meaning:
        """Return the meaning of a letter that a sum binds."""
        meaning = self.meaning(name)
        if meaning.script:
            raise ParseError(
                f"the index '{shown(self.span(name))}'",
                expected="a letter, not one state",
                span=self.span(name),
            )
        return meaning

    def check_domain(self, meaning: Meaning, domain: SyntaxPart) -> None:
        """Refuse the set of another variable's values as what a letter runs over."""
        if self.meaning(domain).variable != meaning.variable:
            raise ParseError(
                f"a sum over '{shown(self.span(domain))}'",
                expected=f"all values of {meaning.variable}",
                span=self.span(domain),
            )

    # -- probabilities --------------------------------------------------------------------------
    def _probability(self, tree: SyntaxTree, bound: frozenset[str]) -> Expr:
        lists = [p for p in tree.parts if isinstance(p, SyntaxTree) and p.kind == "list"]
        marks = [p for p in tree.parts if isinstance(p, SyntaxTree) and p.kind in _MARKS]
        if marks:
            from symcausal.reading.mass_functions import placed  # few formulas have a subscript

            lists = placed(lists, marks[0], self)
        if has_copy(tree):
            from symcausal.reading.worlds import over_copies  # few formulas speak of several worlds

            return over_copies(tree, lists, self, bound)
        if any(
            isinstance(p, SyntaxTree) and p.kind in COMPOUND for one in lists for p in one.parts
        ):
            from symcausal.reading.compound import put_together  # few formulas have such events

            return put_together(tree, lists, marks, self, bound)
        outcome = self._seen(lists[0], bound)
        if not outcome:
            raise ParseError(
                f"'{shown(self.span(lists[0]))}', which are none",
                expected="an event before the bar",
                span=self.span(lists[0]),
            )
        given, do = self.conditions(lists[1], bound) if len(lists) > 1 else (NO_EVENTS, NO_EVENTS)
        for mark in marks:
            do = Events((*do, *self.set_below(mark, outcome, given, do, bound)))
        self.check_single(do, tree)
        return Prob(outcome, given, do)

    def set_below(
        self, mark: SyntaxTree, outcome: Events, given: Events, do: Events, bound: frozenset[str]
    ) -> Events:
        """Return what a subscript of P sets; nothing if it is the name of a mass function, ``p_X(x)``."""
        from symcausal.reading.mass_functions import set_by  # few formulas have a subscript

        return set_by(mark, (outcome, given, do), self, bound)

    def _expectation(self, tree: SyntaxTree, bound: frozenset[str]) -> Expr:
        if has_copy(tree):
            from symcausal.reading.worlds import mean_of_copies  # few speak of several worlds

            return mean_of_copies(tree, self, bound)
        from symcausal.reading.means import mean  # few formulas have one

        return mean(tree, self, bound)

    def check_single(self, do: Events, tree: SyntaxTree) -> None:
        """Refuse one variable that is set twice."""
        if len(do.variables) < len(do):
            raise ParseError(
                "one variable set twice by do", expected="one value for each", span=self.span(tree)
            )

    def _seen(self, tree: SyntaxPart, bound: frozenset[str]) -> Events:
        seen, do = self.conditions(tree, bound, acts=False)
        if do:
            part = next(
                p for p in items(tree) if isinstance(p, SyntaxTree) and p.kind.startswith("act")
            )
            raise ParseError(
                f"'{shown(self.span(part))}' before the bar",
                expected="it after the bar",
                hint="write P(Y | do(X))",
                span=self.span(part),
            )
        return seen

    def _is_arrow(self, sign: SyntaxPart) -> bool:
        """Whether a sign is ``<-``, which may also be *less than minus*."""
        return self.source.text[sign.start : sign.end] == "<-"

    def conditions(
        self, tree: SyntaxPart, bound: frozenset[str], *, acts: bool = True
    ) -> tuple[Events, Events]:
        """Return the events of a list that are seen, and those that are set; ``acts`` lets ``:=`` set."""
        seen: list[Event] = []
        do: list[Event] = []
        for part in items(tree):
            if isinstance(part, SyntaxTree) and part.kind == "act":
                do += self._act(part, bound)
            elif isinstance(part, SyntaxTree) and part.kind == "act_equals":
                do.append(self._act_equals(part, bound))
            elif isinstance(part, SyntaxTree) and part.kind == "sets" and acts:
                if part.parts[1].end - part.parts[1].start == 2 and self._is_arrow(part.parts[1]):
                    raise self.sets_outside_do(part)
                do.append(self.assigned(part, bound))
            elif self._names_parents(part):
                from symcausal.reading.families import parents_of  # few formulas have them

                seen += parents_of(part, self)
            else:
                seen.append(self.event(part, bound))
        return Events(seen), Events(do)

    def _names_parents(self, part: SyntaxPart) -> bool:
        """Whether an event stands for the parents of a variable; without a graph it is one itself."""
        if self.names.graph is None or not isinstance(part, SyntaxTree) or part.kind != "bare":
            return False
        return names_parents(name_of(part.parts[0]), self.names)

    def _act(self, tree: SyntaxTree, bound: frozenset[str]) -> Iterator[Event]:
        for part in items(tree.parts[2]):
            if isinstance(part, SyntaxTree) and part.kind.startswith("act"):
                raise ParseError("a do inside a do", expected="one", span=self.span(part))
            if isinstance(part, SyntaxTree) and part.kind == "sets":
                yield self.assigned(part, bound)
            else:
                yield self.event(part, bound)

    def _act_equals(self, tree: SyntaxTree, bound: frozenset[str]) -> Event:
        r"""Return the event that ``\hat{X} = x`` sets."""
        inside = items(tree.parts[2])
        if len(inside) != 1 or not isinstance(inside[0], SyntaxTree) or inside[0].kind != "bare":
            raise ParseError(
                "'=' after do(...)", hint="write do(X=x)", span=self.span(tree.parts[4])
            )
        variable = self.meaning(inside[0].parts[0]).variable
        return Event(variable, self.value(variable, tree.parts[5], bound))


_MARKS = frozenset({"mark", "drawn"})


def _accented(part: SyntaxPart) -> Iterator[Token]:
    """Yield the names with accents of a syntax tree."""
    if isinstance(part, Token):
        if part.name is not None and part.name.accented:
            yield part
        return
    for inner in part.parts:
        yield from _accented(inner)
