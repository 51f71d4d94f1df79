r"""Read notes: chains of formulas as people write them, with what is supposed and what is defined.

A derivation may run over several formulas and rows; reasons in words, tags and colours stand in
between. What can be read is read, what cannot is said to be unreadable where it stands, and nothing
is dropped: every probability of the text is in a part of some statement or hypothesis.

Main definitions
----------------
read_claims : the statements of a derivation.

Notes
-----
A formula without any probability is no claim and gives no statement. A lone probability gives a
statement of kind ``term``, which claims nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias, TypeVar

from symcausal.errors import LimitError, ParseError, Source, Span, SymcausalError
from symcausal.expr.nodes import Event, Expr, Letter
from symcausal.expr.scope import free_letters
from symcausal.notes.reading.assembly import ChainDraft, assemble
from symcausal.notes.reading.boundaries import Boundary
from symcausal.notes.reading.claim_reader import ClaimReader, Polarity, ReadSide, read_side
from symcausal.notes.reading.definitions import (
    CONSTANTS,
    KNOWN_FUNCTIONS,
    Definition,
    application,
    letters_of,
    undefined,
)
from symcausal.notes.reading.foreign import OUTSIDE, refuse_foreign
from symcausal.notes.reading.guessing import event_names
from symcausal.notes.reading.letters import families, free_letters_of, own_letters, small_letters
from symcausal.notes.reading.measures import PROBABLE, Measure, other_measure, speaks
from symcausal.notes.reading.pieces import Extract, JoinedExtracts, View
from symcausal.notes.reading.remarks import (
    ListPlaces,
    entries,
    says_about,
    says_percent,
    says_range,
    without_remarks,
)
from symcausal.notes.reading.side_tokens import COMPLEMENTS, is_complement, tokens_of
from symcausal.notes.reading.stated import (
    Hypothesis,
    RelationSign,
    StatedSide,
    Statement,
    StatementKind,
    as_hypothesis,
)
from symcausal.patterns import late
from symcausal.reading.calculation import WrittenCalculation
from symcausal.reading.densities import UnitError, unit
from symcausal.reading.independence import WrittenIndependence, independence_of
from symcausal.reading.lexer import MAX_FORMULA, tokenise
from symcausal.reading.numerals import numeral
from symcausal.reading.parser import parse
from symcausal.reading.syntax import SyntaxTree
from symcausal.reading.tokens import Name, Token, says_polarity
from symcausal.reading.vocabulary import Guess, Vocabulary
from symcausal.record import replace

Definitions: TypeAlias = MutableMapping[str, Definition]

_INTEGRAL = late(r"\\i{1,3}nt(?![A-Za-z])|∫")
_CALL = late(r"\\?[A-Za-z]+(?:_\w|_\{[^{}]*\})?\s*[(\[][^()\[\]]*[)\]]\s*")
_POSITIVE = late(
    r"\A(?P<left>.*?)(?:>|\\gt(?![a-z])|\\neq?(?![a-z])|≠)\s*0[\s.,;)]*\Z"
    r"|\A\s*0\s*(?:<|\\lt(?![a-z]))(?P<right>.*)\Z",
    re.DOTALL,
)


def read_claims(
    pieces: Sequence[Span | Extract],
    vocabulary: Vocabulary | Guess | None = None,
    *,
    definitions: Definitions | None = None,
    denied: frozenset[str] = frozenset(),
    anew: bool = False,
    commas: bool = False,
) -> list[Statement]:
    """Return the statements in the formulas of one derivation.

    Parameters
    ----------
    pieces : sequence of Span or Piece
        Its formulas in order, without delimiters; a sign of relation from the words between two
        formulas is a piece too.
    vocabulary : Vocabulary, Guess or None
        The names of the model; for notes without one,
        :func:`symcausal.notes.reading.guessing.guess_vocabulary` of all their formulas; None to guess
        from these pieces.
    definitions : mutable mapping or None
        What earlier formulas have defined, by name; the definitions met here are added.
    denied : frozenset of str
        Variables that the notes deny somewhere (:func:`symcausal.notes.reading.guessing.denied`), of
        which a small letter then says *yes*.
    anew : bool
        Whether the words before introduce a name (*let*, *now*, *define*), whatever it meant so far.
    commas : bool
        Whether decimals have a comma, as in ``0,65``.

    Returns
    -------
    list of Statement
        In reading order. Faults are in the statements; nothing is raised.
    """
    stretch = JoinedExtracts(pieces)
    if "perp" not in stretch.text and not speaks(stretch.text, about=lambda _: True):
        known = definitions or {}
        if not any(name.split("_")[0].strip("\\") in stretch.text for name in known) and not (
            any(c in stretch.text for c in "⟂⊥⫫") or "_||_" in stretch.text
            or "indep" in stretch.text or "_|_" in stretch.text
        ):  # fmt: skip
            return []
    if len(stretch.text) > MAX_FORMULA:
        return [_too_long(stretch)]
    known = {} if definitions is None else definitions
    notes = _PassageReader(stretch, vocabulary, known, denied, anew=anew, commas=commas)
    return notes.read()


def _too_long(stretch: JoinedExtracts) -> Statement:
    span = stretch.span(0, 1)
    error = LimitError(
        f"a derivation of {len(stretch.text)} characters",
        expected=f"at most {MAX_FORMULA}",
        hint="split it",
        span=span,
    )
    part = StatedSide(None, span, stretch.text[:40] + "...", problem=error)
    return Statement("relation", (part,), (), span, part.text, problem=error)


@dataclass(slots=True)
class _SideOnItsWay:
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


T = TypeVar("T")


class _PassageReader:
    def __init__(
        self,
        stretch: JoinedExtracts,
        vocabulary: Vocabulary | Guess | None,
        definitions: Definitions,
        denied: frozenset[str],
        *,
        anew: bool,
        commas: bool,
    ) -> None:
        self.anew = anew
        self.stretch = stretch
        self.definitions = definitions
        self.denied = denied
        self.commas = commas
        self.fresh: set[str] = set()
        self.polarity = Polarity()
        self.drafts = assemble(stretch.text, stretch.ends)
        self.names = self._guessed() if vocabulary is None else vocabulary

    def read(self) -> list[Statement]:
        """Every statement; what *where* explains is read first."""
        done: dict[int, Statement | None] = {}
        order = sorted(range(len(self.drafts)), key=lambda i: not self.drafts[i].explains)
        for i in order:
            done[id(self.drafts[i])] = self._statement(self.drafts[i])
        found = []
        for draft in self.drafts:
            statement = done[id(draft)]
            if statement is None:
                continue
            if draft.implied_by is not None:
                cause = self._cause(draft.implied_by, done.get(id(draft.implied_by)))
                statement = replace(statement, hypotheses=(*statement.hypotheses, cause))
            found.append(statement)
        return found

    def _cause(self, draft: ChainDraft, statement: Statement | None) -> Hypothesis:
        r"""What an arrow leads on from; ``A = C`` is about no probability, and is supposed unread."""
        if statement is not None:
            return as_hypothesis(statement)
        view = View(self.stretch, draft.ranges)
        return Hypothesis("unreadable", view.span, view.text)

    def _guessed(self) -> Guess:
        events: list[Token] = []
        for draft in self.drafts:
            view = View(self.stretch, draft.ranges)
            tokens = self._attempt(view, partial(tokenise, _whole(view.source)))
            if isinstance(tokens, list):
                events += event_names(tokens)
            if draft.kind == "independence":
                events += [t for t in tokens if t.name] if isinstance(tokens, list) else []
        return Guess(events, events)

    # -- statements -----------------------------------------------------------------------------
    def _statement(self, draft: ChainDraft) -> Statement | None:
        whole = View(self.stretch, draft.ranges)
        if draft.kind == "independence":
            return self._independent(draft, whole)
        sides, signs = self._sides(draft)
        probable = any(self._speaks(side, alone=not signs) for side in sides)
        supposes = any(PROBABLE.search(self.stretch.text, a, b) for a, b, _ in draft.hypotheses)
        if not probable and not supposes and not self._uses_definitions(sides):
            return None
        first = self.anew and draft is self.drafts[0]
        self._read_sides(sides, signs, anew=first or draft.explains)
        hypotheses = tuple(self._hypothesis(*h) for h in draft.hypotheses)
        used = probable or any(self._is_about_defined(side, alone=not signs) for side in sides)
        if not used and not supposes:
            return None
        letters = {n for s in sides if s.expr is not None for n in free_letters(s.expr)}
        parts = [self._part(side, letters) for side in sides]
        relations = tuple(
            self._sign(mark, left, right)
            for mark, left, right in zip(signs, sides, sides[1:], strict=False)
        )
        problem = self._fault(draft, whole) if draft.unclear >= 0 else None
        kind: StatementKind = "relation" if relations else "term"
        return Statement(
            kind, tuple(parts), relations, whole.span, whole.text, hypotheses,
            supposed=draft.supposed, problem=problem,
        )  # fmt: skip

    def _fault(self, draft: ChainDraft, whole: View) -> SymcausalError:
        return ParseError(
            "a wide gap between two formulas",
            expected="a comma, an operator or a row of its own",
            span=self.stretch.span(draft.unclear, draft.unclear + 1),
        )

    def _sides(self, draft: ChainDraft) -> tuple[list[_SideOnItsWay], list[Boundary]]:
        """The ranges between the relations."""
        signs = sorted(draft.relations, key=lambda m: m.start)
        sides: list[_SideOnItsWay] = []
        ranges = sorted(draft.ranges)
        current: list[tuple[int, int]] = []
        waiting = list(signs)
        for start, end in ranges:
            at = start
            while waiting and waiting[0].start < end:
                sign = waiting.pop(0)
                current.append((at, sign.start))
                sides.append(_SideOnItsWay(View(self.stretch, current)))
                current, at = [], sign.end
            current.append((at, end))
        sides.append(_SideOnItsWay(View(self.stretch, current)))
        for sign, side in zip(signs, sides[1:], strict=True):
            self._hear(side, self.stretch.text[sign.end : side.view.base])
        return sides, signs

    def _hear(self, side: _SideOnItsWay, words: str) -> None:
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

    def _speaks(self, side: _SideOnItsWay, *, alone: bool) -> bool:
        """Whether a side is about probabilities; ``q(x)`` that stands alone claims nothing."""
        text = side.view.source.text
        if PROBABLE.search(text):
            return True
        return not alone and other_measure(text, self.definitions, about=self._about) is not None

    def _about(self, name: str) -> bool:
        """Whether a name is a variable, or a value of one."""
        meaning = self.names.lookup(Name(name.removeprefix("\\")))
        if meaning is None or isinstance(self.names, Vocabulary):
            return meaning is not None
        return self.names.is_event(meaning.variable)

    def _uses_definitions(self, sides: Sequence[_SideOnItsWay]) -> bool:
        if not self.definitions:
            return False
        texts = [side.view.source.text for side in sides]
        return any(
            name.split("_")[0].split("^")[0] in text for name in self.definitions for text in texts
        )

    def _is_about_defined(self, side: _SideOnItsWay, *, alone: bool) -> bool:
        """Whether a side has a name that the notes define, also if a relation's side is unread."""
        if side.side is not None or alone:
            return side.side is not None and side.side.defined
        known = self.definitions.keys() - CONSTANTS
        return side.problem is not None and any(token.text in known for token in side.tokens)

    def _read_sides(
        self, sides: Sequence[_SideOnItsWay], signs: Sequence[Boundary], *, anew: bool = False
    ) -> None:
        for side in sides:
            self._tokenise(side)
        told = [token for side in sides for token in side.tokens]
        denied = frozenset(_denied(told, self.names))
        negated = self.denied | denied
        numbers = any(not PROBABLE.search(side.view.source.text) for side in sides[1:])
        self.polarity = Polarity(denied, small=numbers and bool(negated))
        tokens = [side.tokens for side in sides]
        family = families(tokens, self.names)
        shared = family | free_letters_of(tokens, self.names)
        for i, side in enumerate(sides):
            if side.problem is not None:
                continue
            definable = (
                side.head is not None and len(sides) > 1 and self._is_new(side, i, signs, anew=anew)
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

    def _compare_units(self, sides: Sequence[_SideOnItsWay]) -> None:
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

    def _tokenise(self, side: _SideOnItsWay) -> None:
        source = side.view.source
        source.text, rough = without_remarks(source.text)
        side.rough = side.rough or rough
        side.listing = entries(source.text, commas=self.commas)
        if not source.text.strip():
            side.problem = ParseError("nothing on one side of a relation", span=side.view.span)
            return
        foreign = self._attempt(side.view, lambda: refuse_foreign(source))
        if foreign is not None:
            side.problem = foreign
            return
        if not PROBABLE.search(source.text):
            head = self._attempt(side.view, lambda: _head(source))
            if isinstance(head, tuple):
                side.head = head
        side.other = other_measure(source.text, self.definitions, about=self._about)
        tokens = self._attempt(
            side.view,
            lambda: tokens_of(source, self.names, self.definitions, commas=self.commas),
        )
        if isinstance(tokens, SymcausalError):
            if side.head is None and side.other is None:
                side.problem = tokens
        else:
            side.tokens = tokens
            closed = isinstance(self.names, Vocabulary)
            if closed and len(tokens) > 1 and side.head is not None and side.head[1] == []:
                side.head = None  # a product of letters that the model declares

    def _is_new(
        self, side: _SideOnItsWay, i: int, signs: Sequence[Boundary], *, anew: bool
    ) -> bool:
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

    def _compares(self, side: _SideOnItsWay, sides: Sequence[_SideOnItsWay]) -> bool:
        """Whether ``q(y|x)`` is no name for what stands beside it, since no probability does."""
        assert side.head is not None
        return side.other is not None and not any(
            PROBABLE.search(other.view.source.text) for other in sides if other is not side
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
        self, side: _SideOnItsWay, sides: Sequence[_SideOnItsWay], i: int, *, explicit: bool
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

        found = self._attempt(side.view, letters)
        if isinstance(found, SymcausalError):
            side.problem = found
            return
        events: tuple[Event, ...] = found  # type: ignore[assignment]
        loose = self._loose(events, meant) if events else ()
        self.definitions[token.text] = Definition(token.text, events, body, explicit, loose=loose)
        self.fresh.add(token.text)
        side.expr, side.remark = body, self.definitions[token.text].remark

    def _loose(self, arguments: Sequence[Event], body: _SideOnItsWay) -> tuple[str, ...]:
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
        side: _SideOnItsWay,
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

        found = self._attempt(side.view, read)
        if isinstance(found, SymcausalError):
            side.problem = found
        else:
            side.side, side.expr = found, found.expr

    def _attempt(self, view: View, action: Callable[[], T]) -> T | SymcausalError:
        try:
            return action()
        except SymcausalError as error:
            return view.placed(error)

    def _part(self, side: _SideOnItsWay, letters: set[str]) -> StatedSide:
        others = side.side.alternatives(letters) if side.side is not None else ()
        return StatedSide(
            side.expr,
            side.view.span,
            side.view.text,
            constant=_leaves_out(side),
            alternatives=others,
            problem=side.problem,
            calculation=self._calculation(side),
            about=side.rough,
            listed=self._listed(side),
            small=frozenset(small_letters(side.tokens, self.names)),
            remark=side.remark or (side.side.remark if side.side is not None else ""),
        )

    def _listed(self, side: _SideOnItsWay) -> tuple[StatedSide, ...]:
        """The entries of a list of numbers, each read as a side of its own."""
        if side.listing is None:
            return ()
        base = side.view.base
        found = [
            _SideOnItsWay(View(self.stretch, [(base + a, base + b)]))
            for a, b in side.listing.entries
        ]
        for entry in found:
            self._read_sides([entry], [])
        return tuple(self._part(entry, set()) for entry in found)

    def _calculation(self, side: _SideOnItsWay) -> WrittenCalculation | None:
        read = side.side
        if read is None:
            return None
        found = self._attempt(side.view, lambda: read.calculation)
        return None if isinstance(found, SymcausalError) else found

    def _sign(self, mark: Boundary, left: _SideOnItsWay, right: _SideOnItsWay) -> RelationSign:
        names = left.introduces or right.introduces
        sign = ":=" if mark.text == "=:" else mark.text
        constants = any(map(_leaves_out, (left, right)))
        return RelationSign(
            sign,
            self.stretch.span(mark.start, mark.end),
            definition=sign == ":=" or names,
            proportional=sign == "∝" or (constants and sign in ("=", "≈")),
        )

    # -- independences and hypotheses ---------------------------------------------------------------
    def _independent(self, draft: ChainDraft, whole: View) -> Statement:
        found = self._attempt(whole, lambda: independence_of(whole.source, self.names))
        hypotheses = tuple(self._hypothesis(*h) for h in draft.hypotheses)
        if isinstance(found, SymcausalError):
            return Statement(
                "independence", (), (), whole.span, whole.text, hypotheses, problem=found
            )
        return Statement(
            "independence", (), (), whole.span, whole.text, hypotheses, found,
            supposed=draft.supposed,
        )  # fmt: skip

    def _hypothesis(self, start: int, end: int, asserted: bool) -> Hypothesis:
        view = View(self.stretch, [(start, end)])
        text = view.source.text
        found = self._attempt(view, lambda: independence_of(view.source, self.names))
        if isinstance(found, WrittenIndependence):
            return Hypothesis("independence", view.span, view.text, asserted, independence=found)
        positive = _POSITIVE.match(text)
        if positive:
            group = "left" if positive.group("left") is not None else "right"
            first, last = positive.span(group)
            side = _SideOnItsWay(View(self.stretch, [(view.base + first, view.base + last)]))
            self._read_sides([side], [])
            if side.expr is not None:
                part = self._part(side, set())
                return Hypothesis("positive", view.span, view.text, asserted, part=part)
            return Hypothesis("unreadable", view.span, view.text, asserted, problem=side.problem)
        if PROBABLE.search(text):
            inner = read_claims(
                [Extract(text, range(view.base, view.base + len(text)), _Through(self.stretch))],
                self.names, definitions=self.definitions, denied=self.denied, commas=self.commas,
            )  # fmt: skip
            if any(s.relations for s in inner):
                placed = tuple(_carried(s, self.stretch) for s in inner)
                return Hypothesis("statement", view.span, view.text, asserted, statements=placed)
        error = found if isinstance(found, SymcausalError) else None
        return Hypothesis("unreadable", view.span, view.text, asserted, problem=error)


def _leaves_out(side: _SideOnItsWay) -> bool:
    """Whether an unnamed constant factor of a side was left out."""
    if side.listing is not None:
        return side.listing.constant
    return side.side is not None and side.side.constant


class _Through(Source):
    """The joined text as a source, for what is read a second time."""

    __slots__ = ("stretch",)

    def __init__(self, stretch: JoinedExtracts) -> None:
        super().__init__(stretch.text)
        self.stretch = stretch


def _carried(statement: Statement, stretch: JoinedExtracts) -> Statement:
    def span(old: Span) -> Span:
        return stretch.span(old.start, old.end) if isinstance(old.source, _Through) else old

    def part(old: StatedSide) -> StatedSide:
        if old.problem is not None and old.problem.span is not None:
            old.problem.span = span(old.problem.span)
        return replace(old, span=span(old.span))

    return replace(
        statement,
        span=span(statement.span),
        parts=tuple(map(part, statement.parts)),
        relations=tuple(replace(r, span=span(r.span)) for r in statement.relations),
    )


def _denied(tokens: Sequence[Token], names: Vocabulary | Guess) -> Iterator[str]:
    """The variables that a statement denies."""
    for i, token in enumerate(tokens):
        after = tokens[i + 1].name if says_polarity(tokens, i) else None
        name = token.name
        if after is None and name is not None and name.sup in COMPLEMENTS:
            after = Name(name.base, name.sub, "", name.primes)
        if after is None and name is not None and is_complement(tokens, i, names):
            after = Name(name.base, name.sub)
        meaning = names.lookup(after) if after is not None else None
        states = names.states(meaning.variable) if meaning else None
        if meaning is not None and not (name is not None and states and name.sup in states):
            yield meaning.variable


def _head(source: Source) -> tuple[Token, list[Token] | None] | None:
    """A side that is one name, or one function of letters."""
    tokens = tokenise(_whole(source))
    if len(tokens) == 1 and tokens[0].kind == "NAME":
        return tokens[0], []
    if _CALL.fullmatch(source.text) and any(t.kind == "BAR" for t in tokens):
        return tokens[0], None  # O(H | E)
    called = bool(tokens) and tokens[0].text not in KNOWN_FUNCTIONS
    if called and application(tokens, 0) == len(tokens) - 1:
        return tokens[0], tokens[2:-1]
    return None


def _unread(other: Measure, source: Source) -> ParseError:
    """The refusal of what is about probabilities and is not read."""
    return ParseError(
        f"'{source.text[other.start : other.end]}(...)', {other.what}",
        expected="P, p or Pr for a probability, or a name that the notes define",
        span=Span(source, other.start, other.end),
    )


def _whole(source: Source) -> Span:
    return Span(source, 0, len(source.text))


__all__ = [
    "OUTSIDE",
    "Definition",
    "Definitions",
    "Extract",
    "Hypothesis",
    "RelationSign",
    "StatedSide",
    "Statement",
    "WrittenIndependence",
    "read_claims",
    "undefined",
]  # fmt: skip
