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
from collections.abc import Sequence
from functools import partial

from symcausal.errors import LimitError, ParseError, Source, Span, SymcausalError
from symcausal.expr.scope import free_letters
from symcausal.notes.reading.assembly import ChainDraft, assemble
from symcausal.notes.reading.boundaries import Boundary
from symcausal.notes.reading.definitions import (
    Definition,
    undefined,
)
from symcausal.notes.reading.foreign import OUTSIDE
from symcausal.notes.reading.guessing import event_names
from symcausal.notes.reading.measures import PROBABLE, speaks
from symcausal.notes.reading.pieces import Extract, JoinedExtracts, View
from symcausal.notes.reading.sides import Definitions, SideOnItsWay, SideReader, attempt, leaves_out
from symcausal.notes.reading.stated import (
    Hypothesis,
    RelationSign,
    StatedSide,
    Statement,
    StatementKind,
    as_hypothesis,
)
from symcausal.patterns import late
from symcausal.reading.independence import WrittenIndependence, independence_of
from symcausal.reading.lexer import MAX_FORMULA, tokenise
from symcausal.reading.tokens import Token
from symcausal.reading.vocabulary import Guess, Vocabulary
from symcausal.record import replace

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
        self.drafts = assemble(stretch.lexemes, stretch.ends)
        self.names = self._guessed() if vocabulary is None else vocabulary
        self.sides = SideReader(stretch, self.names, definitions, denied, commas=commas)

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
            whole = Span(view.source, 0, len(view.source.text))
            tokens = attempt(view, partial(tokenise, whole))
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
        probable = any(self.sides.speaks(side, alone=not signs) for side in sides)
        supposes = any(PROBABLE.search(self.stretch.text, a, b) for a, b, _ in draft.hypotheses)
        if not probable and not supposes and not self.sides.uses_definitions(sides):
            return None
        first = self.anew and draft is self.drafts[0]
        self.sides.read(sides, signs, anew=first or draft.explains)
        hypotheses = tuple(self._hypothesis(*h) for h in draft.hypotheses)
        used = probable or any(self.sides.is_about_defined(side, alone=not signs) for side in sides)
        if not used and not supposes:
            return None
        letters = {n for s in sides if s.expr is not None for n in free_letters(s.expr)}
        parts = [self.sides.part(side, letters) for side in sides]
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

    def _sides(self, draft: ChainDraft) -> tuple[list[SideOnItsWay], list[Boundary]]:
        """The ranges between the relations."""
        signs = sorted(draft.relations, key=lambda m: m.start)
        sides: list[SideOnItsWay] = []
        ranges = sorted(draft.ranges)
        current: list[tuple[int, int]] = []
        waiting = list(signs)
        for start, end in ranges:
            at = start
            while waiting and waiting[0].start < end:
                sign = waiting.pop(0)
                current.append((at, sign.start))
                sides.append(SideOnItsWay(View(self.stretch, current)))
                current, at = [], sign.end
            current.append((at, end))
        sides.append(SideOnItsWay(View(self.stretch, current)))
        for sign, side in zip(signs, sides[1:], strict=True):
            self.sides.hear(side, self.stretch.text[sign.end : side.view.base])
        return sides, signs

    def _sign(self, mark: Boundary, left: SideOnItsWay, right: SideOnItsWay) -> RelationSign:
        names = left.introduces or right.introduces
        sign = ":=" if mark.text == "=:" else mark.text
        constants = any(map(leaves_out, (left, right)))
        return RelationSign(
            sign,
            self.stretch.span(mark.start, mark.end),
            definition=sign == ":=" or names,
            proportional=sign == "∝" or (constants and sign in ("=", "≈")),
        )

    # -- independences and hypotheses ---------------------------------------------------------------
    def _independent(self, draft: ChainDraft, whole: View) -> Statement:
        found = attempt(whole, lambda: independence_of(whole.source, self.names))
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
        found = attempt(view, lambda: independence_of(view.source, self.names))
        if isinstance(found, WrittenIndependence):
            return Hypothesis("independence", view.span, view.text, asserted, independence=found)
        positive = _POSITIVE.match(text)
        if positive:
            group = "left" if positive.group("left") is not None else "right"
            first, last = positive.span(group)
            side = SideOnItsWay(View(self.stretch, [(view.base + first, view.base + last)]))
            self.sides.read([side], [])
            if side.expr is not None:
                part = self.sides.part(side, set())
                return Hypothesis("positive", view.span, view.text, asserted, part=part)
            return Hypothesis("unreadable", view.span, view.text, asserted, problem=side.problem)
        if PROBABLE.search(text):
            inner = read_claims(
                [Extract(text, range(view.base, view.base + len(text)), _Through(self.stretch))],
                self.names, definitions=self.sides.definitions, denied=self.sides.denied,
                commas=self.sides.commas,
            )  # fmt: skip
            if any(s.relations for s in inner):
                placed = tuple(_carried(s, self.stretch) for s in inner)
                return Hypothesis("statement", view.span, view.text, asserted, statements=placed)
        error = found if isinstance(found, SymcausalError) else None
        return Hypothesis("unreadable", view.span, view.text, asserted, problem=error)


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
