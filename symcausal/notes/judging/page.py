"""The claims of a page of notes, one after the other.

Main definitions
----------------
Page : reads passages and judges their claims.
sentences : what stands around the formulas of notes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from symcausal.errors import InternalError, SymcausalError
from symcausal.guard import sheltered
from symcausal.hints import TYPE_CHECKING
from symcausal.notes.files.items import Formula, Item, ModelBlock, NotesFile, Prose
from symcausal.notes.files.passages import Passage
from symcausal.notes.judging.footing import Footing, footing_of
from symcausal.notes.judging.memory import Memory
from symcausal.notes.judging.on_stated_graphs import OnStatedGraphs
from symcausal.notes.judging.passage_words import PassageWords
from symcausal.notes.judging.rereading import Rereading
from symcausal.notes.judging.spellings import legend_in
from symcausal.notes.judging.statement_claims import StatementClaims
from symcausal.notes.judging.states_elsewhere import StatesElsewhere
from symcausal.notes.judging.tabled import (
    NotesTables,
    tabled_of,
)
from symcausal.notes.judging.words.asked import AnswerGiven, answer_to
from symcausal.notes.judging.words.premises import (
    Premise,
    goes_on,
    is_announced_wrong,
    is_reason_for,
    is_required,
    premise,
    reaches,
    supposed_by,
)
from symcausal.notes.judging.words.surroundings import (
    begins_an_example,
    begins_section,
    denies,
    equates_events,
    introduces,
    is_conditional,
    is_denied,
    is_left_open,
    percentage_follows,
    reason_words,
    relates_parameters,
    relation_starts,
)
from symcausal.notes.reading.claims import Hypothesis, Statement, read_claims
from symcausal.notes.reading.guessing import guess_vocabulary
from symcausal.notes.reading.pieces import Extract as ReaderPiece
from symcausal.notes.reporting.claim import Claim
from symcausal.notes.reporting.lost import lost_passage
from symcausal.patterns import late
from symcausal.reading.model_language import ModelText
from symcausal.reading.numerals import writes_commas
from symcausal.reading.vocabulary import Guess, Vocabulary
from symcausal.record import replace
from symcausal.writing.notations import Notation

if TYPE_CHECKING:
    from symcausal.notes.stated.legends import Legend

_MOST_PREMISES = 6
MOST_INFERRED = 20_000
_ACT = late(r"(?<![A-Za-z])do(?![A-Za-z])|\\(?:wide)?hat\b")


@dataclass(slots=True)
class Page:
    """A file of notes while its claims are judged, passage by passage.

    Attributes
    ----------
    memory : Memory
        What the notes have said so far.
    budget : float
        Seconds for one claim.
    document : NotesFile or None
        The notes, where they are more than formulas.
    infer : bool
        Whether graphs that the notes state count where no model is declared.
    """

    memory: Memory
    budget: float
    document: NotesFile | None = None
    infer: bool = True
    guess: Guess = field(default_factory=Guess)
    commas: bool = False
    _notation: Notation = field(default_factory=Notation)
    _acts: bool = False
    _read_to: dict[int, int] = field(default_factory=dict)
    _required: Passage | None = None
    _footing: Footing | None = None
    _graphs: OnStatedGraphs | None = None
    _elsewhere: StatesElsewhere = field(init=False)
    _legend: Legend | None = None
    _tabled: NotesTables | None = None
    _words: Sequence[str] = ()
    _premises: list[tuple[Premise, Passage, tuple[Hypothesis, ...]]] = field(default_factory=list)

    def all_claims(self, passages: Sequence[Passage]) -> Iterator[tuple[int, list[Claim]]]:
        """Yield the number of each passage, from one, and its claims."""
        if not passages:  # what notes say of names and graphs matters to claims only
            return
        texts = [piece.formula.excerpt().text for passage in passages for piece in passage.pieces]
        guess = sheltered(lambda: guess_vocabulary(texts), lambda _: self._guess_singly(texts))
        self.guess = guess or Guess()
        whole = " ".join(texts)
        inferred = sheltered(partial(Notation.infer, whole[:MOST_INFERRED]), self._defect)
        self._notation = inferred or Notation()
        self._acts = _ACT.search(whole) is not None
        self.commas = any(p.decimal_comma for p in passages) or writes_commas(texts)
        self._words = sentences(() if self.document is None else self.document.items)
        if self.infer:
            self._take_legend(passages, texts)
        sheltered(partial(self._take_states, passages), self._defect)
        self._elsewhere = StatesElsewhere(texts, self._words, self.guess, self._defect)
        if self.infer and self.memory.given is None:
            find = partial(footing_of, self.document, passages, self.guess, commas=self.commas)
            self._footing = sheltered(find, self._defect)
        if self.infer:
            open_in = self.memory.open_in
            found = (self.document, texts, self._words, self.guess, self._footing, open_in)
            tables = partial(tabled_of, *found, commas=self.commas)
            self._tabled = sheltered(tables, self._defect)
        if self._footing is not None:
            self._graphs = OnStatedGraphs(
                self.memory, self._footing, self._tabled, self.budget, passages[0]
            )
        for number, passage in enumerate(passages, 1):
            if number > 1:
                sheltered(partial(self._enter, passage, passages[number - 2]), self._defect)
            after = passages[number] if number < len(passages) else None
            yield number, self._claims_of(passage, after)

    @property
    def unread_tables(self) -> list[SymcausalError]:
        """The tables of probabilities that were not read, as far as a claim asked for them."""
        return [] if self._tabled is None else self._tabled.unread

    def _take_legend(self, passages: Sequence[Passage], texts: Sequence[str]) -> None:
        """Let names have the spellings that the notes give them."""
        blocks = list({id(passage.model): passage.model for passage in passages}.values())
        told = [self.memory.content(block) for block in blocks]
        contents = [content for content in told if content is not None]
        find = partial(legend_in, self.document, texts, self._words, self.guess, contents)
        legend = sheltered(find, self._defect)
        if legend is None:
            return
        self._legend = legend
        for block in blocks:
            self.memory.use_spellings(block, legend, self.guess)
        self.guess = self.guess.with_words(legend.spellings)

    def _take_states(self, passages: Sequence[Passage]) -> None:
        """Let each model have the states that the passages below it name."""
        texts: dict[int, tuple[ModelBlock | None, list[str]]] = {}
        for passage in passages:
            _, found = texts.setdefault(id(passage.model), (passage.model, []))
            found += [piece.formula.excerpt().text for piece in passage.pieces]
        for block, found in texts.values():
            self.memory.use_states(block, found, self._words)

    def _enter(self, passage: Passage, last: Passage) -> None:
        """Let definitions end where a section does."""
        if begins_section(passage, last):
            self.memory.end_definitions()

    def _claims_of(self, passage: Passage, after: Passage | None) -> list[Claim]:
        """The claims of one passage, and what a defect keeps from being taken apart."""
        found: list[Claim] = []
        sheltered(
            lambda: found.extend(self.claims(passage, after)),
            lambda error: found.extend(lost_passage(passage, error)),
        )
        return found

    def _guess_singly(self, texts: Sequence[str]) -> Guess | None:
        """Return the guess from the formulas that can be looked at, where one of them cannot."""
        sound = [t for t in texts if sheltered(partial(guess_vocabulary, (t,)), self._defect)]
        return sheltered(partial(guess_vocabulary, sound), self._defect)

    def _defect(self, error: InternalError) -> None:
        """Keep that something unforeseen happened."""
        self.memory.problems.append(error)

    def claims(self, passage: Passage, after: Passage | None = None) -> Iterator[Claim]:
        """Yield the claims of one passage; the next passage may give its reason."""
        if passage.skipped:
            return
        plain = self.memory.content(passage.model)
        first, last = passage.pieces[0].formula, passage.pieces[-1].formula
        if begins_an_example(passage, self._read_to.get(id(first.part.source), 0)):
            self.memory.forget(plain)
        self._read_to[id(last.part.source)] = last.end
        content, numbers = plain, None
        if plain is not None and self._tabled is not None:
            content, numbers = self._tabled.of_model(plain, passage)
            self.memory.shares(plain, content)
        names = self.guess if content is None else Vocabulary.of(content.network)
        try:
            pieces = list(_pieces(passage))
        except SymcausalError as error:
            self.memory.problems.append(error)
            return
        self.commas = self.commas or (content is not None and content.decimal_comma)
        again = Rereading(self.memory, pieces, self.commas)
        if self._graphs is not None:
            self._graphs.passage = passage
        answer: AnswerGiven = "" if passage.expects_failure else answer_to(passage)
        self.memory.take_parameters([piece.text for piece in pieces], content)
        statements = read_claims(
            pieces,
            names,
            definitions=self.memory.definitions,
            anew=introduces(passage),
            commas=self.commas,
        )
        if isinstance(names, Vocabulary):
            statements = [again.in_capitals(s, names) for s in statements]
        around = self._words_of(passage, after, statements, content, names, answer)
        if around.causes:
            statements = [
                replace(s, hypotheses=(*s.hypotheses, *around.causes)) for s in statements
            ]
        judge = StatementClaims(
            self.memory,
            passage,
            content,
            plain,
            numbers,
            names,
            self.guess,
            again,
            self._graphs if content is None else None,
            self._elsewhere,
            self._tabled,
            self.budget,
            self._notation,
            self._acts,
            lambda statement: around.is_denied or denies(passage, statement),
        )
        parts = (piece.formula.part for piece in passage.pieces)
        cells = {id(part.source): part.cell for part in parts}
        starts = relation_starts(statements, passage)
        for statement in statements:
            words = reason_words(statement, starts, passage)
            for found in judge.of(statement, words):
                claim = around.judged(found, statement)
                if claim is None:
                    continue
                claim = self._spelt(claim)
                cell = cells.get(id(claim.span.source))
                yield replace(claim, cell=cell, expected_to_fail=around.expects(claim, statement))

    def _words_of(
        self,
        passage: Passage,
        after: Passage | None,
        statements: Sequence[Statement],
        content: ModelText | None,
        names: Vocabulary | Guess,
        answer: AnswerGiven,
    ) -> PassageWords:
        """What the words around a passage say of its statements."""
        network = None if content is None else content.network
        graphs = self._graphs
        on_graph = content is None and graphs is not None
        has_model = network is not None or (
            on_graph and graphs is not None and any(map(graphs.stand_under, statements))
        )
        supposes = is_conditional(passage, has_model=has_model) or equates_events(passage, names)
        if network is not None and network.declared:
            supposes = supposes or relates_parameters(passage, network)
        kind, supposed_before = self._supposing(passage, statements, is_model=has_model)
        reasons = self._reasons_after(passage, after, names, has_model=has_model)
        required = is_required(passage, self._required)
        self._required = passage if required else None
        return PassageWords(
            passage,
            content is None and passage.model is not None,
            supposes,
            kind,
            (*supposed_before, *reasons),
            has_model,
            answer,
            is_announced_wrong(passage),
            is_denied(passage) or answer == "no",
            required,
            is_left_open(passage),
        )

    def _spelt(self, claim: Claim) -> Claim:
        """A claim, and which words of it the notes call other spellings of a symbol."""
        if self._legend is None or claim.verdict not in ("holds", "fails", "undecided"):
            return claim
        told = self._legend.told(f"{claim.left} {claim.relation} {claim.right}")
        message = "; ".join(filter(None, (claim.message, told)))
        return replace(claim, message=message) if told else claim

    def _supposing(
        self, passage: Passage, statements: Sequence[Statement], *, is_model: bool
    ) -> tuple[Premise, list[Hypothesis]]:
        """Whether a passage is supposed itself, and what is supposed for it."""
        self._premises = [p for p in self._premises[-_MOST_PREMISES:] if reaches(*p[:2], passage)]
        causes = [cause for _, _, told in self._premises for cause in told]
        kind = premise(passage)
        if self._premises and not kind and goes_on(passage, self._premises[-1][1]):
            kind = self._premises[-1][0]
        if kind == "reason" and is_model:  # a reason is a claim about the model
            return "", causes
        if kind:
            self._premises.append((kind, passage, tuple(supposed_by(statements))))
        return kind, causes

    def _reasons_after(
        self,
        passage: Passage,
        after: Passage | None,
        names: Vocabulary | Guess,
        *,
        has_model: bool,
    ) -> list[Hypothesis]:
        """What the next passage gives as the reason of one, where no model says whether it is so.

        Whether a reason is so, a stated graph says; a condition need not be so there.
        """
        if after is None or isinstance(names, Vocabulary):
            return []
        kind = is_reason_for(after, passage)
        if not kind or (has_model and kind != "condition"):
            return []
        try:
            pieces = list(_pieces(after))
        except SymcausalError:
            return []
        known = dict(self.memory.definitions)
        return list(supposed_by(read_claims(pieces, names, definitions=known, commas=self.commas)))


def sentences(items: Sequence[Item]) -> list[str]:
    """Return what stands around the formulas of notes, with these in their places, a paragraph each."""
    found: list[str] = []
    for item in items:
        if isinstance(item, Formula) and not item.display and found:
            found[-1] += f" {item.text} "
        elif isinstance(item, Prose | Formula):
            joined = found and isinstance(item, Prose) and not item.text[:1].isupper()
            if joined:
                found[-1] += f" {item.text}"
            else:
                found.append(item.text)
    return found


def _pieces(passage: Passage) -> Iterator[ReaderPiece]:
    """The formulas of a passage, macros written out, and the signs that join them."""
    for piece in passage.pieces:
        if piece.sign is not None:
            sign = piece.sign.excerpt()
            yield ReaderPiece(sign.text, sign.offsets, sign.whole)
        formula = piece.formula.expanded()
        text, offsets = formula.text, formula.offsets
        if piece is passage.pieces[-1] and offsets and percentage_follows(piece.formula):
            text = text.rstrip()
            offsets = [*offsets[: len(text)], offsets[-1], offsets[-1]]
            text += r"\%"
        yield ReaderPiece(text, offsets, formula.whole)
