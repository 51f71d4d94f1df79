"""The claims of a page of notes, one after the other.

Main definitions
----------------
Page : reads passages and judges their claims.
sentences : what stands around the formulas of notes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from symcausal.errors import InternalError, Span, SymcausalError
from symcausal.expr.distributions import mentions_do
from symcausal.expr.nodes import Expr
from symcausal.guard import sheltered
from symcausal.network.network import Variable
from symcausal.notes.files.items import Formula, Item, ModelBlock, NotesFile, Prose
from symcausal.notes.files.passages import Passage
from symcausal.notes.judging.beside import (
    are_variables,
    is_foreign,
    setting_beside,
    told_beside,
    unknown_names,
)
from symcausal.notes.judging.explaining.wording import (
    independence_claim,
    unreadable_claim,
)
from symcausal.notes.judging.footing import Footing, footing_of
from symcausal.notes.judging.link import link_of
from symcausal.notes.judging.memory import Memory
from symcausal.notes.judging.mending.renaming import Named
from symcausal.notes.judging.open_states import (
    any_numbers,
    counted_states,
    stated_states,
    with_more_states,
)
from symcausal.notes.judging.relation import Manner, claim_of
from symcausal.notes.judging.setting import Setting
from symcausal.notes.judging.spellings import legend_in
from symcausal.notes.judging.tabled import (
    NotesTables,
    TabledNetwork,
    doubted,
    states_named,
    tabled_of,
)
from symcausal.notes.judging.words.asked import AnswerGiven, answer_to, is_spoken_of
from symcausal.notes.judging.words.premises import (
    Premise,
    asks_positive,
    goes_on,
    is_announced_wrong,
    is_reason_for,
    is_required,
    premise,
    reaches,
    supposed_by,
)
from symcausal.notes.judging.words.supposing import is_reason, variables_of
from symcausal.notes.judging.words.surroundings import (
    begins_an_example,
    begins_section,
    equates_events,
    in_named_graph,
    introduces,
    is_conditional,
    is_denied,
    percentage_follows,
    reason_words,
    relates_parameters,
    relation_starts,
)
from symcausal.notes.reading.claims import Hypothesis, Statement, read_claims
from symcausal.notes.reading.guessing import guess_vocabulary
from symcausal.notes.reading.pieces import Extract as ReaderPiece
from symcausal.notes.reading.stated import StatedRelation
from symcausal.notes.reporting.claim import Claim
from symcausal.notes.reporting.lost import lost_passage, lost_relation, lost_statement
from symcausal.notes.reporting.verdict import Verdict
from symcausal.patterns import late
from symcausal.reading.independence import WrittenIndependence
from symcausal.reading.model_language import ModelText
from symcausal.reading.numerals import writes_commas
from symcausal.reading.vocabulary import Guess, Vocabulary
from symcausal.record import replace
from symcausal.writing.notations import Notation

if TYPE_CHECKING:
    from symcausal.notes.judging.grounds import Ground, Grounds
    from symcausal.notes.stated.legends import Legend
    from symcausal.notes.stated.numbers import PlacedTable

_LETTERS = late(r"(?<![\\A-Za-z])[A-Za-z]|\\(?:Pr|operatorname|mathbb|mathrm)")
_CONDITIONAL = Verdict(
    "undecided", reason="it does not hold in general, and the words around it make it conditional"
)
_WITHOUT_ITS_MODEL = Verdict("undecided", reason="the model declared for it could not be read")
_NOT_SHOWN = frozenset({"fails", "undecided"})
_MOST_PREMISES = 6
_SUPPOSED = Verdict("undecided", reason="the notes suppose it here: it need not hold in general")
_ASKED = Verdict("undecided", reason="the notes ask it here, and do not say that it is so")
_SPOKEN_OF = Verdict(
    "undecided", reason="the words around it say what it means, or speak of another graph"
)
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
    _pieces: Sequence[ReaderPiece] = ()
    _reread: dict[str, dict[int, list[Statement]]] = field(default_factory=dict)
    _read_to: dict[int, int] = field(default_factory=dict)
    _required: Passage | None = None
    _passage: Passage | None = None
    _answer: AnswerGiven = ""
    _footing: Footing | None = None
    _grounds: Grounds | None = None
    _legend: Legend | None = None
    _tabled: NotesTables | None = None
    _numbers: TabledNetwork | None = None
    _plain: ModelText | None = None
    _texts: Sequence[str] = ()
    _words: Sequence[str] = ()
    _named: Mapping[str, Collection[str]] | None = None
    _last_aside: tuple[
        Statement | None, tuple[tuple[str, ...], Statement | None, Setting | None]
    ] = (None, ((), None, None))
    _found: tuple[Statement | None, Mapping[str, Variable]] = (None, MappingProxyType({}))
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
        self._texts = texts
        if self.infer and self.memory.given is None:
            find = partial(footing_of, self.document, passages, self.guess, commas=self.commas)
            self._footing = sheltered(find, self._defect)
        if self.infer:
            open_in = self.memory.open_in
            found = (self.document, texts, self._words, self.guess, self._footing, open_in)
            tables = partial(tabled_of, *found, commas=self.commas)
            self._tabled = sheltered(tables, self._defect)
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
        content = self.memory.content(passage.model)
        first, last = passage.pieces[0].formula, passage.pieces[-1].formula
        if begins_an_example(passage, self._read_to.get(id(first.part.source), 0)):
            self.memory.forget(content)
        self._read_to[id(last.part.source)] = last.end
        self._plain, self._numbers = content, None
        if content is not None and self._tabled is not None:
            base = content
            content, self._numbers = self._tabled.of_model(content, passage)
            self.memory.shares(base, content)
        lost = content is None and passage.model is not None
        network = None if content is None else content.network
        names = self.guess if network is None else Vocabulary.of(network)
        try:
            pieces = list(_pieces(passage))
        except SymcausalError as error:
            self.memory.problems.append(error)
            return
        self._pieces, self._passage = pieces, passage
        self._reread = {}
        self.commas = self.commas or (content is not None and content.decimal_comma)
        parts = (piece.formula.part for piece in passage.pieces)
        cells = {id(part.source): part.cell for part in parts}
        self._answer = "" if passage.expects_failure else answer_to(passage)
        denied = is_denied(passage) or self._answer == "no"
        self.memory.take_parameters([piece.text for piece in pieces], content)
        statements = read_claims(
            pieces,
            names,
            definitions=self.memory.definitions,
            anew=introduces(passage),
            commas=self.commas,
        )
        if isinstance(names, Vocabulary):
            statements = [self._in_capitals(s, names) for s in statements]
        has_model = network is not None or any(map(self._stands, statements))
        supposed = is_conditional(passage, has_model=has_model) or equates_events(passage, names)
        if network is not None and network.declared:
            supposed = supposed or relates_parameters(passage, network)
        kind, supposed_before = self._supposing(passage, statements, is_model=has_model)
        reasons = [] if has_model else self._reasons_after(passage, after, names)
        causes = [*supposed_before, *reasons]
        if causes:
            statements = [replace(s, hypotheses=(*s.hypotheses, *causes)) for s in statements]
        wrong = is_announced_wrong(passage)
        expects_failure = passage.expects_failure or wrong
        required = is_required(passage, self._required)
        self._required = passage if required else None
        starts = relation_starts(statements, passage)
        for statement in statements:
            words = reason_words(statement, starts, passage)
            for claim in self._guarded(statement, content, words, names):
                if required and asks_positive(statement) and claim.verdict in _NOT_SHOWN:
                    continue  # it says where something holds, not that it is so here
                if lost and claim.verdict in ("holds", "fails", "undecided"):
                    claim = replace(claim, judgement=_WITHOUT_ITS_MODEL, proposed=(), message="")
                elif (
                    claim.verdict == "fails"
                    and supposed
                    and not expects_failure
                    and _LETTERS.search(f"{claim.left} {claim.right}")
                ):
                    claim = replace(claim, judgement=_CONDITIONAL, proposed=())
                elif claim.verdict == "fails" and kind and not expects_failure:
                    claim = replace(claim, judgement=_SUPPOSED, proposed=())
                elif claim.verdict == "fails" and self._answer == "none":
                    claim = replace(claim, judgement=_ASKED, proposed=())
                elif (
                    claim.verdict == "fails"
                    and not (expects_failure or denied)
                    and not _names_its_graph(statement)
                    and is_spoken_of(passage)
                ):
                    claim = replace(claim, judgement=_SPOKEN_OF, proposed=())
                elif claim.verdict == "holds" and (wrong or (causes and not has_model)):
                    claim = replace(claim, message=_with_causes(claim, causes, wrong=wrong))
                claim = self._spelt(claim)
                failing = claim.verdict == "fails" and (denied or wrong)
                expected = passage.expects_failure or failing
                cell = cells.get(id(claim.span.source))
                yield replace(claim, cell=cell, expected_to_fail=expected)

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
        self, passage: Passage, after: Passage | None, names: Vocabulary | Guess
    ) -> list[Hypothesis]:
        """What the next passage gives as the reason of one, where no model says whether it is so."""
        if after is None or isinstance(names, Vocabulary) or not is_reason_for(after, passage):
            return []
        try:
            pieces = list(_pieces(after))
        except SymcausalError:
            return []
        known = dict(self.memory.definitions)
        return list(supposed_by(read_claims(pieces, names, definitions=known, commas=self.commas)))

    def _guarded(
        self,
        statement: Statement,
        content: ModelText | None,
        words: Sequence[str],
        names: Vocabulary | Guess,
    ) -> list[Claim]:
        """The claims of a statement; those that a defect keeps from being judged are undecided."""
        found: list[Claim] = []
        sheltered(
            lambda: found.extend(self._of_statement(statement, content, words, names)),
            lambda error: found.extend(lost_statement(statement, len(found), error)),
        )
        return found

    def _of_statement(
        self,
        statement: Statement,
        content: ModelText | None,
        words: Sequence[str],
        names: Vocabulary | Guess,
    ) -> Iterator[Claim]:
        if statement.kind == "term":
            if not statement.readable and not unknown_names(statement):
                yield unreadable_claim(statement)
            return
        if statement.kind == "independence":
            if statement.independence is None:
                yield self._beside_the_model(unreadable_claim(statement), statement, words, names)
            else:
                try:
                    said = in_named_graph(statement.independence, statement.span, names)
                except SymcausalError as error:
                    yield unreadable_claim(replace(statement, problem=error))
                else:
                    yield self._independence(statement.span, said, content)
            return
        if statement.problem is not None:
            yield unreadable_claim(statement)
            return
        reread = partial(self._read_again, statement) if content is not None else None
        manner = Manner(self.budget, self._notation, self._acts, names, reread)
        tabled, passage = self._tabled, self._passage
        numbers = partial(tabled.numbers, passage) if tabled and passage else None
        setting = cache(partial(self.memory.setting, statement, content, numbers))
        for stated in statement.related:
            claim = sheltered(
                partial(self._of_relation, stated, content, words, manner, setting),
                partial(lost_relation, stated),
            )
            yield self._beside_the_model(claim, statement, words, names, stated.number)
        yield from self._given_as_reasons(statement, content, words, names)

    def _of_relation(
        self,
        stated: StatedRelation,
        content: ModelText | None,
        words: Sequence[str],
        manner: Manner,
        setting: Callable[[], Setting],
    ) -> Claim:
        """The claim of a relation, in the model or under the graph that it stands on."""
        judge = partial(self._judge, stated, words, manner)
        if content is not None:
            return self._by_tables(judge(setting()), setting(), judge)
        if self._footing is None or self._passage is None:
            return self._sure(judge(setting()), stated, setting(), words, manner)
        from symcausal.notes.judging.grounds import stating_claim

        states = self._footing.stated_by(self._passage, stated.relation.span)
        if states is not None:
            return stating_claim(stated, states)
        exprs = [part.expr for part in stated.sides if part.expr is not None]
        ground = self._ground(stated.relation.span, stated.statement, exprs)
        if ground is not None:
            acts = manner.acts and ground.stated.is_causal  # else nothing is said of interventions
            manner_here = replace(manner, acts=acts)
            judge_here = partial(self._judge, stated, words, manner_here)
            claim = judge_here(ground.setting)
            plain = self._ground(stated.relation.span, stated.statement, exprs, tables=False)
            if plain is not None and plain.setting.network is not None:
                claim = doubted(
                    claim, ground.tabled, ground.setting, plain.setting.network, judge_here
                )
            claim = self._sure(claim, stated, ground.setting, words, manner_here)
            if ground.is_for(claim):
                return ground.told(claim, exprs)
        claim = claim_of(stated, setting(), words, self.memory, manner)
        claim = self._sure(claim, stated, setting(), words, manner)
        if ground is None and claim.verdict == "undecided":
            return self._as_before(claim, stated, exprs)
        return claim

    def _judge(
        self, stated: StatedRelation, words: Sequence[str], manner: Manner, setting: Setting
    ) -> Claim:
        return claim_of(stated, setting, words, self.memory, manner)

    def _by_tables(
        self, claim: Claim, setting: Setting, judge: Callable[[Setting], Claim]
    ) -> Claim:
        """A claim in a model with the numbers of tables, and which they are."""
        tabled = self._numbers
        if tabled is None or self._plain is None:
            return claim
        claim = doubted(claim, tabled, setting, self._plain.network, judge)
        if claim.verdict not in ("holds", "fails", "undecided") or claim.evidence == "derivation":
            return claim
        message = "; ".join(filter(None, (claim.message, f"with {tabled.told()}")))
        return replace(claim, message=message)

    def _sure(
        self,
        claim: Claim,
        stated: StatedRelation,
        setting: Setting,
        words: Sequence[str],
        manner: Manner,
    ) -> Claim:
        """A claim that holds, or what stands in doubt if the notes name more states elsewhere."""
        if claim.verdict != "holds":
            return claim
        if self._named is None:  # what a model judges never asks for them
            self._named = sheltered(self._all_named, self._defect) or {}
        unnamed = any_numbers(part.expr for part in stated.sides if part.expr is not None)
        unnamed = {name: some for name, some in unnamed.items() if not self._named.get(name)}
        wider = with_more_states(setting, {**unnamed, **self._named})
        if wider is None:
            return claim
        if claim_of(stated, wider, words, self.memory, manner).verdict == "holds":
            return claim
        more = next(n for n, v in wider.variables.items() if v != setting.variables[n])
        had, has = setting.variables[more].states, wider.variables[more].states
        if more in unnamed:
            reason = f"true if {', '.join(had)} are all values of {more}, of which nothing says so"
            return replace(claim, judgement=Verdict("undecided", reason=reason[:200]))
        missing = ", ".join(state for state in has if state not in had)
        reason = f"true if {', '.join(had)} are all states of {more}; the notes also name {missing}"
        return replace(claim, judgement=Verdict("undecided", reason=reason[:200]))

    def _all_named(self) -> Mapping[str, Collection[str]]:
        named = stated_states(self._texts, self._words, self.guess)
        return {**named, **counted_states(named, self._words, self.guess)}

    def _as_before(self, claim: Claim, stated: StatedRelation, exprs: Sequence[Expr]) -> Claim:
        """An undecided claim, with what it would be under the graph that was in force last."""
        if self._footing is None or self._passage is None or len(exprs) < 2:
            return claim
        about = variables_of(exprs, self.memory.numbers)
        reach = self._footing.ended(self._passage, stated.relation.span, about)
        link = link_of(stated)
        if reach is None or link is None:
            return claim
        from symcausal.notes.judging.grounds import Grounds, verdict_before

        self._grounds = self._grounds or Grounds(self.memory.numbers)
        told = verdict_before(link, reach, self._grounds, about, self._passage, self.budget)
        message = "; ".join(filter(None, (claim.message, told)))
        return replace(claim, message=message)

    # -- graphs that the notes state ------------------------------------------------------------
    def _ground(
        self, span: Span, statement: Statement, exprs: Sequence[Expr], *, tables: bool = True
    ) -> Ground | None:
        """The stated graph on which a claim is judged; None without one."""
        if self._footing is None or self._passage is None:
            return None
        known = self.memory.numbers
        about = dict(variables_of(exprs, known))
        standing = self._footing.standing(self._passage, span, about)
        if standing is None:
            return None
        from symcausal.notes.judging.grounds import Grounds

        if self._grounds is None:
            self._grounds = Grounds(known)
        in_force: Sequence[PlacedTable] = ()
        if tables and self._tabled is not None:
            first = self._passage.pieces[0].formula
            in_force = self._tabled.in_force(None, (first.part.cell or 0, first.offset))
        named = states_named([p.expr for p in statement.parts if p.expr is not None])
        return self._grounds.ground(standing, self._variables(statement), exprs, in_force, named)

    def _variables(self, statement: Statement) -> Mapping[str, Variable]:
        """The variables of a statement, found once for all its relations."""
        at, found = self._found
        if at is not statement:
            formulas = [part.expr for part in statement.parts if part.expr is not None]
            found = variables_of(formulas, self.memory.numbers)
            self._found = statement, found
        return found

    def _stands(self, statement: Statement) -> bool:
        """Whether a statement stands on a graph that the notes state."""
        if self._footing is None or self._passage is None:
            return False
        said = statement.independence
        names = {*said.left, *said.right, *said.given} if said is not None else set()
        names |= set(variables_of([p.expr for p in statement.parts if p.expr is not None]))
        return self._footing.standing(self._passage, statement.span, names) is not None

    def _independence(
        self, span: Span, said: WrittenIndependence, content: ModelText | None
    ) -> Claim:
        """The claim of an independence, in the model or under the graph that it stands on."""
        if self._answer == "no":
            said = replace(said, holds=not said.holds)
        if content is not None or self._footing is None or self._passage is None:
            setting = None if content is None else self.memory.setting_of(content)
            return independence_claim(span, said, setting)
        names = {*said.left, *said.right, *said.given}
        standing = self._footing.standing(self._passage, span, names)
        # a factorisation may follow from an independence that stands before it
        follows = standing is not None and standing.is_later and not standing.stated.is_causal
        if standing is None or follows or not names <= set(standing.stated.graph.nodes):
            return independence_claim(span, said, None)
        from symcausal.notes.judging.grounds import Grounds

        self._grounds = self._grounds or Grounds(self.memory.numbers)
        variables = {name: Variable(name) for name in standing.stated.graph.nodes if name in names}
        ground = self._grounds.ground(standing, variables)
        if ground is None:
            return independence_claim(span, said, None)
        return ground.told(independence_claim(span, said, ground.setting), ())

    def _beside_the_model(
        self,
        claim: Claim,
        statement: Statement,
        words: Sequence[str],
        names: Vocabulary | Guess,
        number: int = 0,
    ) -> Claim:
        """A claim with names that a model lacks, as a law of probability, or about them alone."""
        if claim.verdict != "unreadable" or not isinstance(names, Vocabulary):
            return claim
        unknown, again, setting = self._aside(statement, names)
        if again is None:
            return claim
        if again.independence is not None:
            found = independence_claim(again.span, again.independence, None)
            return told_beside(found, unknown) if is_foreign(again, names) else claim
        if setting is None:
            return claim
        stated = again.related[number]
        manner = Manner(self.budget, self._notation, self._acts, self.guess)
        found = sheltered(
            partial(claim_of, stated, setting, words, self.memory, manner),
            partial(lost_relation, stated),
        )
        found = self._sure(found, stated, setting, words, manner)
        if found.verdict == "holds" or is_foreign(again, names):
            return told_beside(found, unknown)
        return claim

    def _aside(
        self, statement: Statement, names: Vocabulary
    ) -> tuple[tuple[str, ...], Statement | None, Setting | None]:
        """The unknown names of a statement, the statement without the model, and where it is judged.

        They are found once for all its relations.
        """
        at, found = self._last_aside
        if at is not statement:
            unknown = unknown_names(statement)
            again = self._read_again(statement, "guess", lambda: self.guess) if unknown else None
            setting = None
            if again is not None and again.relations and are_variables(unknown, again, self.guess):
                setting = setting_beside(self.memory.setting(again, None), names)
            found = unknown, again, setting
            self._last_aside = statement, found
        return found

    def _in_capitals(self, statement: Statement, names: Vocabulary) -> Statement:
        """A statement that only reads where a model's small names are capitals, read in this way."""
        # X_1 is no value of a variable x, though x_1 may be
        if not unknown_names(statement) or "_" in statement.text:
            return statement
        capitals = names.in_capitals()
        again = self._read_again(statement, "capitals", lambda: capitals) if capitals else None
        return again if again is not None and again.readable else statement

    def _read_again(self, statement: Statement, key: str, names: Named) -> Statement | None:
        """A statement of the passage, all of which is read once with the names that a key stands for."""
        if key not in self._reread:
            definitions = dict(self.memory.definitions)
            found = read_claims(self._pieces, names(), definitions=definitions, commas=self.commas)
            self._reread[key] = defaultdict(list)
            for again in found:
                self._reread[key][again.span.start].append(again)
        for again in self._reread[key].get(statement.span.start, ()):
            if again.kind == statement.kind and len(again.parts) == len(statement.parts):
                return again
        return None

    def _given_as_reasons(
        self,
        statement: Statement,
        content: ModelText | None,
        words: Sequence[str],
        names: Vocabulary | Guess,
    ) -> Iterator[Claim]:
        """What notes give as reasons, which are claims as well."""
        for one in statement.hypotheses:
            if content is not None and one.independence and is_reason(one, words):
                yield independence_claim(
                    one.span, one.independence, self.memory.setting_of(content)
                )
            if one.asserted:
                for inner in one.statements:
                    yield from self._of_statement(
                        inner, content, [""] * len(inner.relations), names
                    )


def _names_its_graph(statement: Statement) -> bool:
    """Whether a claim says itself what is done to the graph: by a surgery, or by an action."""
    said = statement.independence
    if said is not None:
        return bool(said.surgery)
    return mentions_do(*(part.expr for part in statement.parts if part.expr is not None))


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


def _with_causes(claim: Claim, causes: Sequence[Hypothesis], *, wrong: bool) -> str:
    """The message of a claim that holds under what its neighbours suppose, or that is called wrong."""
    told = [claim.message] if claim.message else []
    if causes:
        shown = " and ".join(dict.fromkeys(cause.text for cause in causes))
        told.append(f"given what line {causes[0].span.line} supposes: {shown}"[:200])
    if wrong:
        told.append("the words before it announce it as wrong")
    return "; ".join(told)


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
