"""The sides of a statement, read together: their names, what they define, their formulas.

Main definitions
----------------
SideOnItsWay : a side while it is read.
SideReader : reads the sides of the statements of a passage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass, field

from symcausal.errors import ParseError, Source, Span, SymcausalError
from symcausal.expr.nodes import Event, Expr, Letter
from symcausal.expr.scope import free_letters
from symcausal.hints import TypeAlias, TypeVar
from symcausal.notes.reading.boundaries import Boundary
from symcausal.notes.reading.claim_reader import ClaimReader, Polarity, ReadSide, read_side
from symcausal.notes.reading.definitions import (
    CONSTANTS,
    KNOWN_FUNCTIONS,
    Definition,
    application,
    letters_of,
)
from symcausal.notes.reading.foreign import refuse_foreign
from symcausal.notes.reading.letters import families, free_letters_of, own_letters, small_letters
from symcausal.notes.reading.measures import PROBABLE, QUANTITY, Measure, other_measure
from symcausal.notes.reading.pieces import JoinedExtracts, View
from symcausal.notes.reading.remarks import (
    ListPlaces,
    entries,
    says_about,
    says_percent,
    says_range,
    without_remarks,
)
from symcausal.notes.reading.side_tokens import denied_variables, tokens_of
from symcausal.notes.reading.stated import StatedSide
from symcausal.patterns import late
from symcausal.reading.calculation import WrittenCalculation
from symcausal.reading.densities import UnitError, unit
from symcausal.reading.lexer import tokenise
from symcausal.reading.numerals import numeral
from symcausal.reading.parser import parse
from symcausal.reading.syntax import SyntaxTree
from symcausal.reading.tokens import Name, Token
from symcausal.reading.vocabulary import Guess, Vocabulary

Definitions: TypeAlias = MutableMapping[str, Definition]
T = TypeVar("T")

_INTEGRAL = late(r"\\i{1,3}nt(?![A-Za-z])|∫")
_LETTER = late(r"[A-Za-z]")
_CALL = late(r"\\?[A-Za-z]+(?:_\w|_\{[^{}]*\})?\s*[(\[][^()\[\]]*[)\]]\s*")


@dataclass(slots=True)
class SideOnItsWay:
    """A side on its way: its view, its tokens, and what became of it."""

    view: View
    tokens: list[Token] = field(default_factory=list)
    head: tuple[Token, list[Token] | None] | None = None
    side: ReadSide | None = None
    expr: Expr | None = None
    problem: SymcausalError | None = None
    other: Measure | None = None
    remark: str = ""
    introduces: bool = False
    rough: bool = False
    listing: ListPlaces | None = None
    is_probable: bool = field(init=False)

    def __post_init__(self) -> None:
        """Look for a probability once; what is blanked later is none."""
        self.is_probable = PROBABLE.search(self.view.source.text) is not None
        if self.view.is_overclosed:
            self.remark = "a ')' that nothing opens is passed over"


class SideReader:
    """Read the sides of statements, with the names and the definitions of their notes.

    Parameters
    ----------
    stretch : JoinedExtracts
        The text of the passage.
    names : Vocabulary or Guess
        What names mean.
    definitions : mutable mapping of str to Definition
        What the notes define; the definitions that are met are added.
    denied : frozenset of str
        Variables that the notes deny somewhere.
    commas : bool
        Whether decimals have a comma.
    """

    def __init__(
        self,
        stretch: JoinedExtracts,
        names: Vocabulary | Guess,
        definitions: Definitions,
        denied: frozenset[str],
        *,
        commas: bool,
    ) -> None:
        self.stretch = stretch
        self.names = names
        self.definitions = definitions
        self.denied = denied
        self.commas = commas
        self.fresh: set[str] = set()
        self.polarity = Polarity()

    def hear(self, side: SideOnItsWay, words: str) -> None:
        """Take from the words around a number that it is a rough one, or a percentage."""
        source = side.view.source
        side.rough = says_about(words)
        after = side.view.base + len(source.text)
        if says_range(self.stretch.text, after) and numeral(source.text, comma=self.commas):
            side.problem = ParseError("a range of numbers", span=side.view.span)
        elif says_percent(self.stretch.text, after):
            if numeral(source.text, comma=self.commas):
                source.text += r"\%"
            else:
                found = "words for a percentage behind what is no lone number"
                side.problem = ParseError(found, hint=r"write 30\%", span=side.view.span)

    def speaks(self, side: SideOnItsWay, *, alone: bool) -> bool:
        """Whether a side is about probabilities; ``q(x)`` that stands alone claims nothing."""
        if side.is_probable or self._has_quantity(side):
            return True
        text = side.view.source.text
        return not alone and other_measure(text, self.definitions, about=self._about) is not None

    def _has_quantity(self, side: SideOnItsWay) -> bool:
        """Whether a side has a quantity such as ``NDE(Y, X, M)``, which a model gives its meaning."""
        if not isinstance(self.names, Vocabulary):
            return False
        found = QUANTITY.finditer(side.view.source.text)
        return any(
            self.names.lookup(Name(one["word"])) is None
            and one["word"] not in self.definitions
            and self._about(one["first"])
            for one in found
        )

    def _about(self, name: str) -> bool:
        """Whether a name is a variable, or a value of one."""
        meaning = self.names.lookup(Name(name.removeprefix("\\")))
        if meaning is None or isinstance(self.names, Vocabulary):
            return meaning is not None
        return self.names.is_event(meaning.variable)

    def uses_definitions(self, sides: Sequence[SideOnItsWay]) -> bool:
        """Whether sides may have a name that the notes define."""
        if not self.definitions:
            return False
        texts = [side.view.source.text for side in sides]
        return any(
            name.split("_")[0].split("^")[0] in text for name in self.definitions for text in texts
        )

    def is_about_defined(self, side: SideOnItsWay, *, alone: bool) -> bool:
        """Whether a side has a name that the notes define, also if a relation's side is unread."""
        if side.side is not None or alone:
            return side.side is not None and side.side.defined
        known = self.definitions.keys() - CONSTANTS
        return side.problem is not None and any(token.text in known for token in side.tokens)

    def read(
        self, sides: Sequence[SideOnItsWay], signs: Sequence[Boundary], *, anew: bool = False
    ) -> None:
        """Read the sides of a statement; ``anew`` says that the words before introduce a name."""
        for side in sides:
            self._tokenise(side)
        told = [token for side in sides for token in side.tokens]
        denied = frozenset(denied_variables(told, self.names))
        negated = self.denied | denied
        numbers = any(not side.is_probable for side in sides[1:])
        self.polarity = Polarity(denied, small=numbers and bool(negated))
        tokens = [side.tokens for side in sides]
        family = families(tokens, self.names)
        shared = family | free_letters_of(tokens, self.names)
        for i, side in enumerate(sides):
            if side.problem is not None:
                continue
            definable = (
                side.head is not None
                and len(sides) > 1
                and self._is_new(side, i, signs, anew=anew)
                and not self._is_claimed(side, sides, i, signs, anew=anew)
            )
            if definable and (i == 0 or side.other is None) and not self._compares(side, sides):
                side.introduces = True
                continue
            if side.other is not None:
                side.problem = side.view.placed(_unread(side.other, side.view.source))
                continue
            self._attempt_side(side, negated, family, shared)
        if any(_INTEGRAL.search(side.view.source.text) for side in sides):
            self._compare_units(sides)
        for i, side in enumerate(sides):
            if side.introduces:
                explicit = (
                    anew
                    or (i < len(signs) and signs[i].text == ":=")
                    or (i > 0 and signs[i - 1].text == "=:")
                )
                self._define(side, sides, i, explicit=explicit)

    def _compare_units(self, sides: Sequence[SideOnItsWay]) -> None:
        """Refuse sides that are about probabilities alone, where an integral makes them densities."""
        told: Counter[str] | None = None
        for side in sides:
            if side.expr is None:
                continue
            try:
                own = unit(side.expr)
            except UnitError as error:
                own, told = Counter({str(error): 1}), told or Counter()
            if own is not None and own != (own if told is None else told):
                found = f"'{side.view.text[:40]}', which is no density like the other side"
                side.problem, side.expr = ParseError(found, span=side.view.span), None
                continue
            told = own if told is None else told

    def _tokenise(self, side: SideOnItsWay) -> None:
        source = side.view.source
        source.text, rough = without_remarks(source.text)
        side.rough = side.rough or rough
        side.listing = entries(source.text, commas=self.commas)
        if not source.text.strip():
            side.problem = ParseError("nothing on one side of a relation", span=side.view.span)
            return
        foreign = attempt(side.view, lambda: refuse_foreign(source))
        if foreign is not None:
            side.problem = foreign
            return
        written = source.text
        side.other = other_measure(written, self.definitions, about=self._about)
        tokens = attempt(
            side.view,
            lambda: tokens_of(source, self.names, self.definitions, commas=self.commas),
        )
        if isinstance(tokens, list):
            side.tokens = tokens
        if not side.is_probable:
            side.head = self._head(written, side)
        if isinstance(tokens, SymcausalError) and side.head is None and side.other is None:
            side.problem = tokens

    def _head(self, written: str, side: SideOnItsWay) -> tuple[Token, list[Token] | None] | None:
        """A side that is one name, or one function of letters."""
        tokens = side.tokens
        closed = isinstance(self.names, Vocabulary)
        if len(tokens) != 1 and (closed or not tokens or side.view.source.text != written):
            # the names of a model may be in the name that is new
            source = Source(written)
            found = attempt(side.view, lambda: tokenise(_whole(source)))
            tokens = found if isinstance(found, list) else []
        if len(tokens) == 1 and tokens[0].kind == "NAME":
            # or it is a product of letters that the model declares
            return (tokens[0], []) if not closed or len(side.tokens) < 2 else None
        if _CALL.fullmatch(written) and any(t.kind == "BAR" for t in tokens):
            return tokens[0], None  # O(H | E)
        called = bool(tokens) and tokens[0].text not in KNOWN_FUNCTIONS
        if called and application(tokens, 0) == len(tokens) - 1:
            return tokens[0], tokens[2:-1]
        return None

    def _is_new(self, side: SideOnItsWay, i: int, signs: Sequence[Boundary], *, anew: bool) -> bool:
        """Whether a side is a name, or a function of letters, that a definition introduces here."""
        assert side.head is not None
        token, arguments = side.head
        name = token.name
        plain = token.text if name is None else Name(name.base, name.sub).text
        if token.text in self.names.declared or plain in self.names.declared:
            return False
        if plain != token.text and plain in self.definitions and name is not None and name.sup:
            return False  # a power of a number that has a name
        sign = signs[i].text if i < len(signs) else ""
        before = signs[i - 1].text if i else ""
        if sign == ":=" or before == "=:":
            return True
        if i == 0 and sign == "=":
            old = self.definitions.get(token.text)
            if old is None or old.ended or arguments is None or anew:
                return True
            return not (arguments or old.explicit)
        if before != "=" or token.text in self.definitions:
            return False
        # P(g | i) = \theta_{g|i}: a name for what stands before it
        return bool(arguments) or (i == len(signs) and not self._is_value(token))

    def _is_claimed(
        self,
        side: SideOnItsWay,
        sides: Sequence[SideOnItsWay],
        i: int,
        signs: Sequence[Boundary],
        *,
        anew: bool,
    ) -> bool:
        """Whether something is said of a quantity that has a name, not the name given a meaning.

        Where others of them, or numbers alone, stand beside it, it is the one that everybody knows.
        """
        explicit = anew or ":=" in [sign.text for sign in signs[i : i + 1]]
        if explicit or not self._has_quantity(side):
            return False
        others = [other for other in sides if other is not side]
        return any(
            self._has_quantity(other) or not _LETTER.search(other.view.source.text)
            for other in others
        )

    def _compares(self, side: SideOnItsWay, sides: Sequence[SideOnItsWay]) -> bool:
        """Whether ``q(y|x)`` is no name for what stands beside it, since no probability does."""
        assert side.head is not None
        return side.other is not None and not any(
            other.is_probable for other in sides if other is not side
        )

    def _is_value(self, token: Token) -> bool:
        """Whether a name is a variable of the notes, or a constant without a meaning."""
        name = token.name
        meaning = self.names.lookup(name) if name is not None else None
        if token.text in CONSTANTS:
            return True
        known = meaning is not None and (
            isinstance(self.names, Vocabulary) or self.names.is_event(meaning.variable)
        )
        return known

    def _define(
        self, side: SideOnItsWay, sides: Sequence[SideOnItsWay], i: int, *, explicit: bool
    ) -> None:
        """Let a name mean the nearest side that was read."""
        assert side.head is not None
        token, arguments = side.head
        near = [*sides[i + 1 :], *reversed(sides[:i])]
        meant = next((s for s in near if s.expr is not None), None)
        if meant is None or meant.expr is None or arguments is None:
            return
        body = meant.expr
        source = side.view.source

        def letters() -> tuple[object, ...]:
            reader = ClaimReader(source, self.names, arguments, self.definitions)
            if not arguments:
                return ()
            tree = parse("assignments", arguments, _whole(source))
            listed = isinstance(tree, SyntaxTree) and tree.kind == "list"
            return letters_of(reader, tree.parts[::2] if listed else [tree])  # type: ignore[union-attr]

        found = attempt(side.view, letters)
        if isinstance(found, SymcausalError):
            side.problem = found
            return
        events: tuple[Event, ...] = found  # type: ignore[assignment]
        loose = self._loose(events, meant) if events else ()
        self.definitions[token.text] = Definition(token.text, events, body, explicit, loose=loose)
        self.fresh.add(token.text)
        side.expr, side.remark = body, self.definitions[token.text].remark

    def _loose(self, arguments: Sequence[Event], body: SideOnItsWay) -> tuple[str, ...]:
        """The small letters of a body that are free and none of the arguments."""
        assert body.expr is not None
        own = {event.value.name for event in arguments if isinstance(event.value, Letter)}
        free = free_letters(body.expr).keys() - own
        found: dict[str, None] = {}
        for token in body.tokens:
            name = token.name
            meaning = self.names.lookup(name) if name and name.base[:1].islower() else None
            if meaning is not None and not meaning.script and meaning.letter in free:
                found[token.text] = None
        return tuple(found)

    def _attempt_side(
        self,
        side: SideOnItsWay,
        negated: frozenset[str],
        family: dict[str, str],
        shared: dict[str, str],
    ) -> None:
        def read() -> ReadSide:
            source = side.view.source
            tokens, own = own_letters(side.tokens, self.names, family, source)
            letters = shared | own
            names = self.names.with_letters(letters) if letters else self.names
            return read_side(
                source, tokens, names, self.definitions, negated, self.polarity, self.fresh
            )

        found = attempt(side.view, read)
        if isinstance(found, SymcausalError):
            side.problem = found
        else:
            side.side, side.expr = found, found.expr

    def part(self, side: SideOnItsWay, letters: set[str]) -> StatedSide:
        """Return a side as it was read; ``letters`` are those that the statement leaves free."""
        others = side.side.alternatives(letters) if side.side is not None else ()
        return StatedSide(
            side.expr,
            side.view.span,
            side.view.text,
            constant=leaves_out(side),
            alternatives=others,
            problem=side.problem,
            calculation=self._calculation(side),
            about=side.rough,
            listed=self._listed(side),
            small=frozenset(small_letters(side.tokens, self.names)),
            remark=side.remark or (side.side.remark if side.side is not None else ""),
        )

    def _listed(self, side: SideOnItsWay) -> tuple[StatedSide, ...]:
        """The entries of a list of numbers, each read as a side of its own."""
        if side.listing is None:
            return ()
        base = side.view.base
        found = [
            SideOnItsWay(View(self.stretch, [(base + a, base + b)]))
            for a, b in side.listing.entries
        ]
        for entry in found:
            self.read([entry], [])
        return tuple(self.part(entry, set()) for entry in found)

    def _calculation(self, side: SideOnItsWay) -> WrittenCalculation | None:
        read = side.side
        if read is None:
            return None
        found = attempt(side.view, lambda: read.calculation)
        return None if isinstance(found, SymcausalError) else found


def leaves_out(side: SideOnItsWay) -> bool:
    """Whether an unnamed constant factor of a side was left out."""
    if side.listing is not None:
        return side.listing.constant
    return side.side is not None and side.side.constant


def _unread(other: Measure, source: Source) -> ParseError:
    """The refusal of what is about probabilities and is not read."""
    return ParseError(
        f"'{source.text[other.start : other.end]}(...)', {other.what}",
        expected="P, p or Pr for a probability, or a name that the notes define",
        span=Span(source, other.start, other.end),
    )


def _whole(source: Source) -> Span:
    return Span(source, 0, len(source.text))


def attempt(view: View, action: Callable[[], T]) -> T | SymcausalError:
    """Return what an action gives, or the error that it raises, with its place in the notes."""
    try:
        return action()
    except SymcausalError as error:
        return view.placed(error)
