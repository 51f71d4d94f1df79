r"""Read one side of a claim: a formula in which names may have been defined and constants left out.

Main definitions
----------------
Definition : what a name stands for, and the letters of its arguments.
ReadSide : what one side of a claim was read as.
read_side : reads it.

Notation
--------
``\alpha P(x)`` has a constant that nobody names; it is read as ``P(x)`` and said to have one.
"""

# ruff: noqa: SIM905 - long lists of words read best as text

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import zip_longest

from symcausal.errors import LimitError, ParseError, Source, Span, SymcausalError
from symcausal.expr import build
from symcausal.expr.nodes import Event, Events, Expr, Letter, State, Value
from symcausal.expr.scope import free_letters, substitute
from symcausal.notes.reading.alternatives import other_readings
from symcausal.patterns import late
from symcausal.reading import arithmetic
from symcausal.reading.calculation import WrittenCalculation, calculation_of
from symcausal.reading.counterfactuals import copies_read
from symcausal.reading.event_reader import items, name_of
from symcausal.reading.lexer import PRODUCT_OVER, tokenise
from symcausal.reading.numerals import DOTTED, Numeral, matched, numeral, value_of
from symcausal.reading.parser import parse
from symcausal.reading.reader import Reader
from symcausal.reading.syntax import SyntaxPart, SyntaxTree
from symcausal.reading.tokens import Name, Token
from symcausal.reading.vocabulary import Guess, Vocabulary, negative_state
from symcausal.record import record
from symcausal.writing.signs import SPELT_IN_FORMULAS

OUTSIDE = "outside finite discrete models"
CONSTANTS = frozenset(
    "alpha beta gamma eta kappa lambda zeta delta nu c C k K Z N const constant normalizer "
    "normaliser normalization normalisation".split()
)
_FOREIGN = late(
    r"\\(?:oint|prod|log|ln|lg|exp|sqrt|lim|limsup|liminf|max|min|sup|inf|arg|argmax|argmin"
    r"|infty|partial|nabla|binom|bigcap|bigcup|bigwedge|sim|mathcal\s*\{?\s*[NUB]\s*\}?\s*\("
    r"|[lcdv]?dots[cbmi]?)(?![A-Za-z])"
    r"|\\mathcal\s*\{?\s*[NUB]\s*\}?\s*(?=\()"
    r"|\\(?:operatorname\*?|mathrm|text)\s*\{\s*(?:arg\s*\\?,?\s*(?:max|min)|argmax|argmin|max|min|log"
    r"|exp|ln|Corr|Normal|Bern|Bernoulli|Unif|Beta|Gamma|Poisson|Dir|Cat|KL|sgn)\s*\}"
    r"|\\[dt]?frac\s*\{\s*(?:d|\\mathrm\s*\{d\})(?:\s*\^\s*\d)?\s*\}\s*\{\s*(?:d|\\mathrm\s*\{d\})\\?[A-Za-z]"
    r"|\.\.\.|…|⋯|∏|√|∞"
)
_OF_INTEGRAL = late(
    r"(?:\\i*int|∫)\s*(?:\\(?:no)?limits\s*)?_\s*\{?\s*[-−]\s*(?:\\infty|∞)(?:\s*\}?\s*\^\s*\{?\s*\+?\s*(?:\\infty|∞))?\Z"
)
_BELOW_A_SIGN = late(r"_\s*\{(?:[^{}]|\{[^{}]{0,40}\}){0,80}\Z")
_AND_SO_ON = late(r"\\[lcd]?dots[cb]?|\.\.\.|…|⋯")
_LISTED = late(r"[,)\]](?:\s|\\[,;:! ]){0,9}\Z")
# a sign in the text of a name, such as \text{\(\infty\)}
_SPELT_SIGNS = frozenset(spelt for spelt in SPELT_IN_FORMULAS.values() if spelt.startswith(r"\("))
_GREEK = frozenset({"alpha", "beta", "gamma", "eta", "kappa", "lambda", "zeta"})
COMPLEMENTS = frozenset({"c", "C", "complement"})
KNOWN_FUNCTIONS = frozenset(
    "Var Cov Corr H I KL D log ln exp max min argmax argmin sgn erf Normal Bern Bernoulli Unif Beta "
    "Gamma Poisson Dir Cat N U do P p Pr E".split()
)
_SURELY_DIGITS = late(r"\d{3}(?:\\|\.|…)")  # three digits, and no blank before the dots
_TERM_BEFORE = late(r"[\d)\]}]")
_NOTHING_GIVEN = late(
    r"(?:\\mid|\\vert|\\given|\||∣)(?:\s|\\[,;:! ])*"
    r"(?:\\(?:text|mathrm|mbox)\s*\{\s*(?:nothing|no evidence|no data|nothing else)\s*\}"
    r"|\\emptyset|\\varnothing|∅|\{\s*\}|\\\{\s*\\\})\s*(?=[)\]])"
)
_RANGE = late(r"(\w[\w+-]*)(?::|\.\.)(\w[\w+-]*)")
# looked for as it is written, since commands in a subscript leave their letters in the name
_ALL_BUT_ONE = late(
    r"_\s*\{\s*(?:[-−]|[^{}]*?\\(?:setminus|backslash|neq?)(?![A-Za-z]))\s*(?:\\\{)?\s*[^\W\d]"
)
_MAX_RANGE = 30
_EVENT_OPENS = frozenset({"LPAR", "COMMA", "BAR", "OR", "LESS"})
_EVENT_CLOSES = frozenset({"RPAR", "COMMA", "BAR", "OR", "LESS"})
MAX_TOKENS = 40_000


@record
class Definition:
    """A name of the notes, with the formula that it stands for.

    Attributes
    ----------
    name : str
        As the notes spell it.
    arguments : tuple of Event
        Letters of ``body``.
    body : Expr
        What it stands for.
    explicit : bool
        Whether ``:=`` or words such as *let* introduce it, so that another ``=`` is a claim.
    ended : bool
        Whether its section is over, so that another ``=`` introduces the name anew.
    loose : tuple of str
        Small letters of a function's body that are none of its arguments.
    """

    name: str
    arguments: tuple[Event, ...]
    body: Expr
    explicit: bool = False
    ended: bool = False
    loose: tuple[str, ...] = ()

    @property
    def remark(self) -> str:
        """What a reader should know of the letters of the definition."""
        if not self.loose:
            return ""
        some = " and ".join(self.loose)
        stand, are = ("stands", "is") if len(self.loose) == 1 else ("stand", "are")
        return f"{some} {stand} in what '{self.name}' means and {are} none of its arguments"


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


class Spelt:
    """The names of a vocabulary, and those that the notes define."""

    def __init__(self, names: Vocabulary | Guess, defined: Mapping[str, Definition]) -> None:
        self.names = names
        self.defined = defined

    @property
    def is_closed(self) -> bool:
        """Whether the names are those of a model."""
        return isinstance(self.names, Vocabulary)

    def knows(self, name: str) -> bool:
        """Decide whether a spelling is a known name."""
        return self.names.knows(name) or name in self.defined

    def is_parameter(self, name: str) -> bool:
        """Decide whether a spelling is a declared parameter."""
        return self.names.is_parameter(name)

    @property
    def written(self) -> Collection[Name]:
        """The names that the notes write, where no model declares any."""
        return self.names.written


def refuse_foreign(source: Source) -> None:
    """Refuse what no finite model has.

    Raises
    ------
    ParseError
        If there is an integral, a logarithm, a number of terms that is left open, and so on.
    """
    more = {match.end() for match in DOTTED.finditer(source.text) if _goes_on(match)}
    for foreign in _FOREIGN.finditer(source.text):
        if foreign.group() == r"\sim" and _BELOW_A_SIGN.search(source.text, 0, foreign.start()):
            continue  # a mean over x \sim p(x)
        if foreign.group() in (r"\infty", "∞") and _OF_INTEGRAL.search(
            source.text, 0, foreign.end()
        ):
            continue
        if PRODUCT_OVER.match(source.text, foreign.start()):
            continue
        if _LISTED.search(source.text, 0, foreign.start()) and _AND_SO_ON.fullmatch(
            foreign.group()
        ):
            continue  # x_1, \dots, x_4 says which
        spelt = source.text[foreign.start() - 2 : foreign.end() + 2] in _SPELT_SIGNS
        if foreign.end() not in more and not spelt:
            raise _foreign(foreign, source)


def tokens_of(
    source: Source,
    names: Vocabulary | Guess,
    defined: Mapping[str, Definition],
    *,
    commas: bool = False,
) -> list[Token]:
    """Return the tokens of a side; odds such as ``3:2`` are a fraction."""
    text = source.text
    nothing = list(_NOTHING_GIVEN.finditer(text))
    if nothing:
        letters = list(text)
        for match in nothing:
            letters[match.start() : match.end()] = " " * (match.end() - match.start())
        source.text = "".join(letters)
    spelling = Spelt(names, defined)
    tokens = tokenise(Span(source, 0, len(text)), spelling, commas=commas)
    if [token.kind for token in tokens] == ["NUMBER", "COLON", "NUMBER"]:
        tokens[1] = Token("SLASH", "/", tokens[1].start, tokens[1].end, inside=tokens[1].inside)
    return list(_multiplied(tokens))


def _multiplied(tokens: Sequence[Token]) -> Iterator[Token]:
    r"""Yield tokens with the product sign that ``\alpha 0.12`` leaves out."""
    for token, after in zip_longest(tokens, tokens[1:]):
        yield token
        greek = token.text.startswith("\\") and token.text.lstrip("\\") in CONSTANTS
        if (greek or token.text in _GREEK) and after is not None and after.kind == "NUMBER":
            yield Token("TIMES", "*", after.start, after.start, inside=token.inside)


def _goes_on(match: re.Match[str]) -> bool:
    r"""Whether the dots are those of a number, and not of terms: ``0.5 \cdot 0.25 \ldots``."""
    if not _TERM_BEFORE.search(match.string, 0, match.start()):
        return True
    found = numeral(match.group(), comma=True)
    repeats = found is not None and found.unit is None
    return repeats and _SURELY_DIGITS.search(match.group()) is not None


def _foreign(match: re.Match[str], source: Source) -> ParseError:
    what = match.group()
    if "dots" in what or what in ("...", "…", "⋯"):
        found = f"'{what}', a number of terms that is left open, is {OUTSIDE}"
        hint = "write every term out"
    else:
        found, hint = f"'{what}' is {OUTSIDE}", ""
    return ParseError(found, hint=hint, span=Span(source, match.start(), match.end()))


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
        What :func:`tokens_of` made of it.
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
    placed = reader.place(_ranges(_complements(list(tokens), reader), source, names))
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
        if caught or (unused and definition.loose):
            found = f"'{definition.name}(...)' in a sum over {caught[0]}" if caught else ""
            raise ParseError(
                found or definition.remark,
                expected="" if found else f"{unused[0]}, which is one",
                hint=f"its definition has {caught[0]} and no such argument" if caught else "",
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

    def _mark(
        self, mark: SyntaxTree, outcome: Events, given: Events, do: Events, bound: frozenset[str]
    ) -> Events:
        acts = super()._mark(mark, outcome, given, do, bound)
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


def undefined(token: Token, source: Source) -> ParseError:
    """Return the error for a function that nobody defined."""
    return ParseError(
        f"'{token.text}(...)', a function that the notes do not define",
        expected=f"a definition before it, {token.text}(x) := ...",
        span=Span(source, token.start, token.end),
    )


def application(tokens: Sequence[Token], i: int) -> int:
    """Return where ``f(x, y)`` that begins at a token ends; -1 if none does."""
    token = tokens[i]
    if token.kind != "NAME" or token.name is None or i + 3 > len(tokens):
        return -1
    opener = tokens[i + 1]
    if opener.kind != "LPAR" or opener.text not in ("(", "[") or opener.end == opener.start:
        return -1
    if i and tokens[i - 1].kind in ("BAR", "COMMA", "EQ", "DEFINE", "LARROW", "IN"):
        return -1
    named = False
    for stop in range(i + 2, min(len(tokens), i + 40)):
        kind = tokens[stop].kind
        if kind == "RPAR" and tokens[stop].inside == i + 1:
            return stop if named else -1
        negative = kind == "MINUS" and tokens[stop - 1].kind == "EQ"  # the state of X=-1
        if not negative and kind not in ("NAME", "STRING", "COMMA", "EQ", "NUMBER", "NOT"):
            return -1
        named = named or kind == "NAME"
    return -1


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


def _complements(tokens: list[Token], reader: ClaimReader) -> list[Token]:
    """``a^c`` is *not a*, unless a state has that name."""
    out: list[Token] = []
    for i, token in enumerate(tokens):
        name = token.name
        if name is not None and is_complement(tokens, i, reader.names):
            if _with_itself(tokens, i):
                raise ParseError(
                    f"'{name.text}' beside '{name.base}'",
                    hint="it may be the denial, another value or another variable",
                    span=Span(reader.source, token.start, token.end),
                )
            name = Name(name.base, name.sub, "c")
        if name is None or name.sup not in COMPLEMENTS or token.kind != "NAME":
            out.append(token)
            continue
        plain = Name(name.base, name.sub, "", name.primes)
        meaning = reader.names.lookup(plain)
        states = reader.names.states(meaning.variable) if meaning else None
        if meaning is None or (states and name.sup in states):
            out.append(token)
            continue
        out.append(Token("NOT", "¬", token.start, token.start, inside=token.inside))
        out.append(
            Token("NAME", plain.text, token.start, token.end, inside=token.inside, name=plain)
        )
    return out


def is_complement(tokens: Sequence[Token], i: int, names: Vocabulary | Guess) -> bool:
    """Decide whether ``A'`` says *not A*: a capital, without a model, that no sum binds."""
    token = tokens[i]
    name = token.name
    if name is None or name.primes != 1 or name.sup or not isinstance(names, Guess):
        return False
    if not name.base[:1].isupper() or token.kind != "NAME" or not 0 < i < len(tokens) - 1:
        return False
    if tokens[i - 1].kind not in _EVENT_OPENS or tokens[i + 1].kind not in _EVENT_CLOSES:
        return False
    for j, other in enumerate(tokens[:-1]):
        if other.text == token.text and tokens[j - 1].kind in ("GOPEN", "COMMA"):
            k = j - 1
            while k > 0 and tokens[k].kind in ("COMMA", "NAME"):
                k -= 1
            if tokens[k].kind == "GOPEN":
                return False
    return True


def _with_itself(tokens: Sequence[Token], i: int) -> bool:
    """Whether the same probability has the name without its prime."""
    name = tokens[i].name
    assert name is not None
    inside = tokens[i].inside
    plain = Name(name.base, name.sub).text
    return any(t.kind == "NAME" and t.text == plain and t.inside == inside for t in tokens)


def _ranges(tokens: list[Token], source: Source, names: Vocabulary | Guess) -> list[Token]:
    """``e_{1:3}`` and ``e_{1..3}`` are three variables; a range needs ends that are known."""
    out: list[Token] = []
    for token in tokens:
        name = token.name
        if name is None or not name.sub or token.kind != "NAME":
            out.append(token)
            continue
        if isinstance(names, Vocabulary) and names.knows(name.text):
            out.append(token)
            continue
        span = Span(source, token.start, token.end)
        shown = source.text[token.start : token.end]
        if _ALL_BUT_ONE.search(shown):
            raise ParseError(f"'{shown}', all variables but one, is {OUTSIDE}", span=span)
        match = _RANGE.fullmatch(name.sub)
        if match is None:
            out.append(token)
            continue
        first, last = match.groups()
        if not (first.isdecimal() and last.isdecimal()):
            raise ParseError(f"'{name.text}', a range that is left open, is {OUTSIDE}", span=span)
        if len(last) > 6 or not 0 <= int(last) - int(first) < _MAX_RANGE:
            raise ParseError(f"the range '{name.text}'", expected="a short one", span=span)
        for number in range(int(first), int(last) + 1):
            if number > int(first):
                out.append(Token("COMMA", ",", token.start, token.start, inside=token.inside))
            part = Name(name.base, str(number), name.sup, name.primes)
            out.append(
                Token("NAME", part.text, token.start, token.end, inside=token.inside, name=part)
            )
    return out


def letters_of(reader: Reader, arguments: Sequence[SyntaxPart]) -> tuple[Event, ...]:
    """Return the arguments of a definition as letters."""
    found = []
    for argument in arguments:
        event = reader.event(argument, frozenset())
        if not isinstance(event.value, Letter):
            raise ParseError("a state as an argument", span=reader.span(argument))
        found.append(event)
    return tuple(found)
