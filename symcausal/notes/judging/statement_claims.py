"""The claims of the statements of a passage: in a model, under a stated graph, or without either.

Main definitions
----------------
StatementClaims : judges the statements of one passage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial

from symcausal.algebra.deadline import within
from symcausal.errors import SymcausalError
from symcausal.expr.distributions import mentions_do
from symcausal.guard import sheltered
from symcausal.notes.files.passages import Passage
from symcausal.notes.judging.beside import (
    are_variables,
    is_foreign,
    setting_beside,
    told_beside,
    unknown_names,
)
from symcausal.notes.judging.explaining.wording import independence_claim, unreadable_claim
from symcausal.notes.judging.instances import by_instances, sizes_of
from symcausal.notes.judging.judge import judge_link
from symcausal.notes.judging.link import link_of
from symcausal.notes.judging.memory import Memory
from symcausal.notes.judging.numbers.judge import ORDERS
from symcausal.notes.judging.on_stated_graphs import OnStatedGraphs
from symcausal.notes.judging.relation import SEVERAL, Manner, claim_of
from symcausal.notes.judging.rereading import Rereading
from symcausal.notes.judging.setting import Setting
from symcausal.notes.judging.states_elsewhere import StatesElsewhere
from symcausal.notes.judging.tabled import NotesTables, TabledNetwork, doubted
from symcausal.notes.judging.words.criteria import criterion_beside
from symcausal.notes.judging.words.premises import in_one_formula, turned_round
from symcausal.notes.judging.words.supposing import is_reason
from symcausal.notes.judging.words.surroundings import in_named_graph
from symcausal.notes.reading.claims import Statement
from symcausal.notes.reading.stated import Hypothesis, StatedRelation
from symcausal.notes.reporting.claim import Claim
from symcausal.notes.reporting.lost import lost_relation, lost_statement
from symcausal.notes.reporting.verdict import Verdict, Word
from symcausal.reading.independence import WrittenIndependence
from symcausal.reading.model_language import ModelText
from symcausal.reading.vocabulary import Guess, Vocabulary
from symcausal.record import replace
from symcausal.rules.condition import AcrossWorlds
from symcausal.writing.notations import Notation

_WithoutTheModel = tuple[tuple[str, ...], Statement | None, Setting | None]


@dataclass(slots=True)
class StatementClaims:
    """What the statements of one passage are judged with.

    Attributes
    ----------
    memory : Memory
        What the notes have said so far.
    passage : Passage
        Where the statements stand.
    content : ModelText or None
        The model, with the numbers of tables.
    plain : ModelText or None
        The model as its text has it.
    numbers : TabledNetwork or None
        Which numbers the tables give to the model.
    names : Vocabulary or Guess
        The names that the passage is read with.
    guess : Guess
        The names of the notes.
    again : Rereading
        The passage, read with other names.
    graphs : OnStatedGraphs or None
        The graphs that the notes state, where no model is declared.
    elsewhere : StatesElsewhere
        The states that the notes name elsewhere.
    tables : NotesTables or None
        The tables of the notes.
    budget : float
        Seconds for one claim.
    notation : Notation
        How claims and suggestions are written.
    acts : bool
        Whether the notes intervene anywhere.
    denies : callable
        Whether the notes deny a statement: an independence is then judged as denied.
    """

    memory: Memory
    passage: Passage
    content: ModelText | None
    plain: ModelText | None
    numbers: TabledNetwork | None
    names: Vocabulary | Guess
    guess: Guess
    again: Rereading
    graphs: OnStatedGraphs | None
    elsewhere: StatesElsewhere
    tables: NotesTables | None
    budget: float
    notation: Notation
    acts: bool
    denies: Callable[[Statement], bool]
    _last_aside: tuple[Statement | None, _WithoutTheModel] = field(default=(None, ((), None, None)))

    def of(self, statement: Statement, words: Sequence[str]) -> list[Claim]:
        """Return the claims of a statement; what a defect keeps from being judged is undecided.

        Parameters
        ----------
        statement : Statement
            What is claimed.
        words : sequence of str
            The reason that the notes give beside each relation.
        """
        found: list[Claim] = []
        sheltered(
            lambda: found.extend(self._of_statement(statement, words)),
            lambda error: found.extend(lost_statement(statement, len(found), error)),
        )
        return found

    def _of_statement(self, statement: Statement, words: Sequence[str]) -> Iterator[Claim]:
        if statement.kind == "term":
            if not statement.readable and not unknown_names(statement):
                yield unreadable_claim(statement)
            return
        if statement.kind == "independence":
            if statement.independence is None:
                yield self._beside_the_model(unreadable_claim(statement), statement, words)
            else:
                try:
                    said = in_named_graph(statement.independence, statement.span, self.names)
                except SymcausalError as error:
                    yield unreadable_claim(replace(statement, problem=error))
                else:
                    yield self._independence(statement, said)
            return
        if statement.problem is not None:
            yield unreadable_claim(statement)
            return
        reread = partial(self.again.of, statement) if self.content is not None else None
        manner = Manner(self.budget, self.notation, self.acts, self.names, reread)
        numbers = partial(self.tables.numbers, self.passage) if self.tables else None
        setting = cache(partial(self.memory.setting, statement, self.content, numbers))
        tried = cache(partial(sizes_of, statement))

        def judged(stated: StatedRelation) -> Claim:
            claim = self._of_relation(stated, words, manner, setting)
            claim = self._beside_the_model(claim, statement, words, stated.number)
            if claim.verdict == "unreadable" and tried():
                claim = self._by_instances(claim, statement, words, stated.number, tried())
            return claim

        related = statement.related
        claims = [sheltered(partial(judged, one), partial(lost_relation, one)) for one in related]
        told = [number for number, claim in enumerate(claims) if claim.verdict == "definition"]
        for number, one in enumerate(related[: told[-1]] if told else ()):
            # P(A) = 0.5 < P(B) = 0.6 gives the second number behind the sign that it settles
            if one.relation.sign in ORDERS and claims[number].verdict == "undecided":
                claims[number] = sheltered(partial(judged, one), partial(lost_relation, one))
        yield from claims
        yield from self._given_as_reasons(statement, words)

    # -- relations -----------------------------------------------------------------------------
    def _of_relation(
        self,
        stated: StatedRelation,
        words: Sequence[str],
        manner: Manner,
        setting: Callable[[], Setting],
    ) -> Claim:
        """The claim of a relation, in the model or under the graph that it stands on."""
        claim = self._where_it_stands(stated, words, manner, setting)
        if self.content is not None or claim.verdict not in ("fails", "undecided"):
            return claim
        return self._in_its_graphs(claim, stated, setting)

    def _in_its_graphs(
        self, claim: Claim, stated: StatedRelation, setting: Callable[[], Setting]
    ) -> Claim:
        """A claim as it stands in all graphs of which the notes say something for it."""
        link = link_of(stated)
        if link is None or not mentions_do(*link.exprs):
            return claim
        from symcausal.notes.judging import in_every_graph  # few claims act

        verdict = None
        supposed = stated.statement.hypotheses
        is_on_graph = claim.under is not None
        with within(self.budget):
            if supposed:
                said = [self._separation(h) for h in supposed if not (h.asserted and is_on_graph)]
                read = [one for one in said if one is not None]
                is_all = not is_on_graph and len(read) == len(supposed)
                is_all = is_all and all(in_one_formula(stated, h) for h in supposed)
                verdict = in_every_graph.under_its_separations(link, read, setting(), is_all=is_all)
            criterion = None if verdict or is_on_graph else criterion_beside(self.passage)
            if criterion is not None:
                verdict = in_every_graph.under_its_criterion(link, criterion, setting())
        if verdict is None:
            return claim
        remarks = "; ".join(dict.fromkeys(part.remark for part in stated.sides if part.remark))
        return replace(claim, judgement=verdict, proposed=(), message=remarks, under=None)

    def _separation(self, supposed: Hypothesis) -> WrittenIndependence | None:
        """The separation that notes state as a condition; None for any other condition."""
        if supposed.independence is None or turned_round(supposed):
            return None
        try:
            return in_named_graph(supposed.independence, supposed.span, self.names)
        except SymcausalError:
            return None

    def _where_it_stands(
        self,
        stated: StatedRelation,
        words: Sequence[str],
        manner: Manner,
        setting: Callable[[], Setting],
    ) -> Claim:
        """The claim of a relation, judged in the model, on its graph, or without either."""
        judge = partial(self._judge, stated, words, manner)
        if self.content is not None:
            return self._by_tables(judge(setting()), setting(), judge)
        if self.graphs is None:
            return self.elsewhere.sure(judge(setting()), stated, setting(), judge)
        stating = self.graphs.stating(stated)
        if stating is not None:
            return stating
        exprs = [part.expr for part in stated.sides if part.expr is not None]
        ground = self.graphs.ground(stated, exprs)
        if ground is not None:
            acts = manner.acts and ground.stated.is_causal  # else nothing is said of interventions
            judge_here = partial(self._judge, stated, words, replace(manner, acts=acts))
            claim = judge_here(ground.setting)
            plain = self.graphs.ground(stated, exprs, tables=False)
            if plain is not None and plain.setting.network is not None:
                claim = doubted(
                    claim, ground.tabled, ground.setting, plain.setting.network, judge_here
                )
            claim = self.elsewhere.sure(claim, stated, ground.setting, judge_here)
            if ground.is_for(claim):
                claim = self.graphs.agreed(claim, ground, self.graphs.variables(stated), judge_here)
                return ground.told(claim, exprs)
        claim = self.elsewhere.sure(judge(setting()), stated, setting(), judge)
        if ground is None and claim.verdict == "undecided":
            return self.graphs.as_before(claim, stated, exprs)
        return claim

    def _judge(
        self, stated: StatedRelation, words: Sequence[str], manner: Manner, setting: Setting
    ) -> Claim:
        return claim_of(stated, setting, words, self.memory, manner)

    def _by_tables(
        self, claim: Claim, setting: Setting, judge: Callable[[Setting], Claim]
    ) -> Claim:
        """A claim in a model with the numbers of tables, and which they are."""
        if self.numbers is None or self.plain is None:
            return claim
        claim = doubted(claim, self.numbers, setting, self.plain.network, judge)
        if claim.verdict not in ("holds", "fails", "undecided") or claim.evidence == "derivation":
            return claim
        message = "; ".join(filter(None, (claim.message, f"with {self.numbers.told()}")))
        return replace(claim, message=message)

    # -- independences and reasons -------------------------------------------------------------
    def _independence(self, statement: Statement, said: WrittenIndependence) -> Claim:
        """The claim of an independence, in the model or under the graph that it stands on."""
        if self.denies(statement):
            said = replace(said, holds=not said.holds)
        if self.content is None and self.graphs is not None:
            return self.graphs.independence(statement.span, said)
        setting = None if self.content is None else self.memory.setting_of(self.content)
        claim = independence_claim(statement.span, said, setting)
        if self.memory.single and any(
            isinstance(one, AcrossWorlds) for one in claim.judgement.assumes
        ):
            return replace(claim, judgement=Verdict("undecided", reason=SEVERAL))
        return claim

    def _given_as_reasons(self, statement: Statement, words: Sequence[str]) -> Iterator[Claim]:
        """What notes give as reasons, which are claims as well."""
        for one in statement.hypotheses:
            if self.content is not None and one.independence and is_reason(one, words):
                setting = self.memory.setting_of(self.content)
                yield independence_claim(one.span, one.independence, setting)
            if one.asserted:
                for inner in one.statements:
                    yield from self._of_statement(inner, [""] * len(inner.relations))

    # -- names that a model lacks --------------------------------------------------------------
    def _beside_the_model(
        self, claim: Claim, statement: Statement, words: Sequence[str], number: int = 0
    ) -> Claim:
        """A claim with names that a model lacks, as a law of probability, or about them alone."""
        names = self.names
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
        manner = Manner(self.budget, self.notation, self.acts, self.guess)
        judge = partial(self._judge, stated, words, manner)
        found = sheltered(partial(judge, setting), partial(lost_relation, stated))
        found = self.elsewhere.sure(found, stated, setting, judge)
        if found.verdict == "holds" or is_foreign(again, names):
            return told_beside(found, unknown)
        return claim

    def _by_instances(
        self,
        claim: Claim,
        statement: Statement,
        words: Sequence[str],
        number: int,
        tried: Sequence[Mapping[str, int]],
    ) -> Claim:
        """A claim that was not read, as what it says of several numbers of terms."""

        def read(sizes: Mapping[str, int]) -> Statement | None:
            key = ", ".join(f"{letter} = {n}" for letter, n in sizes.items())
            return self.again.of(statement, key, lambda: self.guess.with_sizes(sizes))

        def judge(instance: Statement, stated: StatedRelation) -> Claim:
            manner = Manner(self.budget, self.notation, self.acts, self.guess)
            setting = self.memory.setting(instance, None)
            return self._judge(stated, words, manner, setting)

        def decide(instance: Statement, stated: StatedRelation) -> Word:
            link = link_of(stated)
            setting = self.memory.setting(instance, None)
            return "unreadable" if link is None else judge_link(link, setting).word

        alone = self.content is None
        instances = partial(by_instances, claim, statement, number, tried)
        judged = partial(instances, read, judge, decide, states=alone)
        return sheltered(judged, partial(lost_relation, statement.related[number]))

    def _aside(self, statement: Statement, names: Vocabulary) -> _WithoutTheModel:
        """The unknown names of a statement, the statement without the model, and where it is judged.

        They are found once for all its relations.
        """
        at, found = self._last_aside
        if at is not statement:
            unknown = unknown_names(statement)
            again = self.again.of(statement, "guess", lambda: self.guess) if unknown else None
            setting = None
            if again is not None and again.relations and are_variables(unknown, again, self.guess):
                setting = setting_beside(self.memory.setting(again, None), names)
            found = unknown, again, setting
            self._last_aside = statement, found
        return found
