"""The claims of a page of notes, one after the other, and what is known while it is read.

Main definitions
----------------
Page : reads passages and judges their claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial

from symcausal.algebra.deadline import overdrawn, remaining, within
from symcausal.algebra.scalar import Number
from symcausal.check.calculations import is_calculation
from symcausal.check.givens import as_key, give, given_together, numbers_given, parameters_given
from symcausal.check.hypotheses import graph_of, independences_supposed
from symcausal.check.judge import judge_link, mentions_do
from symcausal.check.link import Link, link_of
from symcausal.check.lost import lost_passage, lost_relation, lost_statement
from symcausal.check.numbers import has_numbers, is_number
from symcausal.check.premises import (
    Premise,
    goes_on,
    is_announced_wrong,
    is_reason_for,
    premise,
    reaches,
    supposed_by,
)
from symcausal.check.proportional import SameConstant
from symcausal.check.readings import otherwise
from symcausal.check.report import Claim, told
from symcausal.check.roles import (
    as_alias,
    as_variable,
    beside,
    candidates,
    one_of_each,
    opposites,
    unknown_name,
)
from symcausal.check.setting import Setting, setting_of, setting_without_model
from symcausal.check.spelling import Spelling
from symcausal.check.suggestions import Mended, Side, suggestions
from symcausal.check.supposing import is_reason, under, variables_of
from symcausal.check.surroundings import (
    begins_an_example,
    begins_section,
    in_named_graph,
    introduces,
    is_conditional,
    is_denied,
    reason_words,
)
from symcausal.check.unstated import independence_supposed
from symcausal.check.verdict import Verdict
from symcausal.check.wording import (
    between,
    independence_claim,
    unreadable_claim,
    why,
    with_one_role,
    with_rule,
    written,
)
from symcausal.derive.worksheet import same_form
from symcausal.documents.items import ModelBlock
from symcausal.documents.passages import Passage
from symcausal.errors import InternalError, SymcausalError
from symcausal.expr.nodes import Expr, Prob, Scalar, State
from symcausal.expr.path import rewritten
from symcausal.expr.scope import canonical, free_letters, substitute
from symcausal.guard import sheltered
from symcausal.network.network import Network, Variable
from symcausal.notation.claim_reader import Definition
from symcausal.notation.claims import Hypothesis, Part, Sign, Statement, read_claims
from symcausal.notation.guessing import guess_vocabulary
from symcausal.notation.model_language import ModelText, read_model
from symcausal.notation.notations import Notation
from symcausal.notation.pieces import Piece as ReaderPiece
from symcausal.notation.vocabulary import Guess, Vocabulary
from symcausal.record import replace

_LETTERS = re.compile(r"(?<![\\A-Za-z])[A-Za-z]|\\(?:Pr|operatorname|mathbb|mathrm)")
_CONDITIONAL = Verdict(
    "undecided", reason="it does not hold in general, and the words around it make it conditional"
)
_WITHOUT_ITS_MODEL = Verdict("undecided", reason="the model declared for it could not be read")
_MOST_PREMISES = 6
_SUPPOSED = Verdict("undecided", reason="the notes suppose it here: it need not hold in general")
MOST_INFERRED = 20_000
_ACT = re.compile(r"(?<![A-Za-z])do(?![A-Za-z])|\\(?:wide)?hat\b")
WITHOUT_MODEL = "judged over all joint distributions, since no model is declared"


@dataclass(slots=True)
class Page:
    """What is known while a file is read: its models, its names, what it defines and gives."""

    given: ModelText | None
    budget: float
    guess: Guess | None = None
    problems: list[SymcausalError] = field(default_factory=list)
    bad_input: bool = False
    definitions: dict[str, Definition] = field(default_factory=dict)
    _pieces: Sequence[ReaderPiece] = ()
    _contents: dict[int, ModelText | None] = field(default_factory=dict)
    _known: dict[Expr, Fraction] = field(default_factory=dict)
    _read_to: dict[int, int] = field(default_factory=dict)
    _letters: dict[Expr, Expr] = field(default_factory=dict)
    _notation: Notation = field(default_factory=Notation)
    _acts: bool = False
    _constants: SameConstant = field(default_factory=SameConstant)
    _settings: dict[int, Setting] = field(default_factory=dict)
    _premises: list[tuple[Premise, Passage, tuple[Hypothesis, ...]]] = field(default_factory=list)

    def all_claims(self, passages: Sequence[Passage]) -> Iterator[tuple[int, list[Claim]]]:
        """The number of each passage, from one, and its claims."""
        texts = [piece.formula.excerpt().text for passage in passages for piece in passage.pieces]
        self.guess = sheltered(lambda: guess_vocabulary(texts), lambda _: self._guess_singly(texts))
        whole = " ".join(texts)
        self._notation = Notation.infer(whole[:MOST_INFERRED])
        self._acts = _ACT.search(whole) is not None
        for number, passage in enumerate(passages, 1):
            if number > 1 and begins_section(passage, passages[number - 2]):
                self.definitions = {
                    name: replace(known, ended=True) for name, known in self.definitions.items()
                }
            after = passages[number] if number < len(passages) else None
            yield number, self._claims_of(passage, after)

    def _claims_of(self, passage: Passage, after: Passage | None) -> list[Claim]:
        """The claims of one passage, and what a defect keeps from being taken apart."""
        found: list[Claim] = []
        sheltered(
            lambda: found.extend(self.claims(passage, after)),
            lambda error: found.extend(lost_passage(passage, error)),
        )
        return found

    def _guess_singly(self, texts: Sequence[str]) -> Guess | None:
        """What the names mean by the formulas that can be looked at, where one of them cannot."""
        sound = [t for t in texts if sheltered(partial(guess_vocabulary, (t,)), self._defect)]
        return sheltered(partial(guess_vocabulary, sound), self._defect)

    def _defect(self, error: InternalError) -> None:
        """Keep that something unforeseen happened."""
        self.problems.append(error)

    def claims(self, passage: Passage, after: Passage | None = None) -> Iterator[Claim]:
        """The claims of one passage; the next one may give its reason."""
        if passage.skipped:
            return
        content = self._content(passage.model)
        first, last = passage.pieces[0].formula, passage.pieces[-1].formula
        if begins_an_example(passage, self._read_to.get(id(first.part.source), 0)):
            self._forget(content)
        self._read_to[id(last.part.source)] = last.end
        lost = content is None and passage.model is not None
        network = None if content is None else content.network
        names = self.guess if network is None else Vocabulary.of(network)
        try:
            pieces = list(_pieces(passage))
        except SymcausalError as error:
            self.problems.append(error)
            return
        self._pieces = pieces
        cell = passage.pieces[0].formula.part.cell
        supposed = is_conditional(passage, has_model=network is not None)
        denied = is_denied(passage)
        if network is not None and content is not None and network.declared:
            known = self._setting_of(content).known
            for formula, value in parameters_given([p.text for p in pieces], network):
                give(known, formula, value)
        statements = read_claims(
            pieces, names, definitions=self.definitions, anew=introduces(passage)
        )
        kind, supposed_before = self._supposing(passage, statements, is_model=network is not None)
        causes = [*supposed_before, *self._reasons_after(passage, after, names)]
        if causes:
            statements = [replace(s, hypotheses=(*s.hypotheses, *causes)) for s in statements]
        wrong = is_announced_wrong(passage)
        expects_failure = passage.expects_failure or wrong
        for statement in statements:
            words = [
                reason_words(statement, number, statements, passage)
                for number in range(len(statement.relations))
            ]
            for claim in self._guarded(statement, content, words, names):
                if lost and claim.verdict in ("holds", "fails", "undecided"):
                    claim = replace(claim, judgement=_WITHOUT_ITS_MODEL, suggestions=(), message="")
                elif (
                    claim.verdict == "fails"
                    and supposed
                    and not expects_failure
                    and _LETTERS.search(f"{claim.left} {claim.right}")
                ):
                    claim = replace(claim, judgement=_CONDITIONAL, suggestions=())
                elif claim.verdict == "fails" and kind and not expects_failure:
                    claim = replace(claim, judgement=_SUPPOSED, suggestions=())
                elif claim.verdict == "holds" and (wrong or (causes and network is None)):
                    claim = replace(claim, message=_with_causes(claim, causes, wrong=wrong))
                failing = claim.verdict == "fails" and (denied or wrong)
                expected = passage.expects_failure or failing
                yield replace(claim, cell=cell, expected_to_fail=expected)

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
        self, passage: Passage, after: Passage | None, names: Vocabulary | Guess | None
    ) -> list[Hypothesis]:
        """What the next passage gives as the reason of one, where no model says whether it is so."""
        if after is None or isinstance(names, Vocabulary) or not is_reason_for(after, passage):
            return []
        try:
            pieces = list(_pieces(after))
        except SymcausalError:
            return []
        known = dict(self.definitions)
        return list(supposed_by(read_claims(pieces, names, definitions=known)))

    def read_models(self, blocks: Iterable[ModelBlock]) -> None:
        """Read models also where no claim asked for one, so that their faults are told."""
        for block in blocks:
            self._content(block)

    def _content(self, block: ModelBlock | None) -> ModelText | None:
        if block is None:
            return self.given
        if id(block) not in self._contents:
            try:
                self._contents[id(block)] = read_model(block.excerpt())
            except SymcausalError as error:
                self.problems.append(error)
                self.bad_input = True
                self._contents[id(block)] = None
        return self._contents[id(block)]

    def _setting(self, statement: Statement, content: ModelText | None) -> Setting:
        if content is None:
            supposed = independences_supposed(statement.hypotheses)
            formulas = [part.expr for part in statement.parts if part.expr is not None]
            known = dict(variables_of(formulas, self._known))
            for name in (name for one in supposed for side in one for name in side):
                known.setdefault(name, Variable(name))
            setting = setting_without_model(known, supposed)
            if len(supposed) > 1:
                setting = replace(setting, graph=graph_of(tuple(known), supposed))
            return replace(setting, known=self._known)
        return self._setting_of(content)

    def _setting_of(self, content: ModelText) -> Setting:
        if id(content) not in self._settings:
            self._settings[id(content)] = setting_of(content.network, numbers_given(content))
        return self._settings[id(content)]

    def _forget(self, content: ModelText | None) -> None:
        """Let the numbers end that notes have given for the example before."""
        settings = [] if content is None else [self._setting_of(content)]
        for known, fixed in ((self._known, frozenset()), *((s.known, s.fixed) for s in settings)):
            for formula in [f for f in known if f not in fixed]:
                del known[formula]

    def _guarded(
        self,
        statement: Statement,
        content: ModelText | None,
        words: Sequence[str],
        names: Vocabulary | Guess | None,
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
        names: Vocabulary | Guess | None,
    ) -> Iterator[Claim]:
        network = None if content is None else content.network
        if statement.kind == "term":
            if not statement.readable:
                yield unreadable_claim(statement)
            return
        if statement.kind == "independence":
            if statement.independence is None:
                yield unreadable_claim(statement)
            else:
                try:
                    said = in_named_graph(statement.independence, statement.span, names)
                except SymcausalError as error:
                    yield unreadable_claim(replace(statement, problem=error))
                else:
                    yield independence_claim(
                        statement.span, said, None if content is None else self._setting_of(content)
                    )
            return
        if statement.problem is not None:
            yield unreadable_claim(statement)
            return
        setting = self._setting(statement, content)
        for i in range(len(statement.relations)):
            yield sheltered(
                partial(self._of_relation, statement, i, setting, words, network),
                partial(lost_relation, statement, i),
            )
        yield from self._given_as_reasons(statement, content, words, names)

    def _of_relation(
        self,
        statement: Statement,
        number: int,
        setting: Setting,
        words: Sequence[str],
        network: Network | None,
    ) -> Claim:
        """The claim that one relation of a statement makes."""
        left, right = statement.parts[number : number + 2]
        with within(self.budget):
            verdict = self._verdict(statement, number, setting, words)
            claim = self._claim(left, statement.relations[number], right, verdict, setting, network)
            if verdict.word == "unreadable" and network is not None:
                claim = self._under_another_name(claim, statement, number, network)
            elif verdict.word == "fails" and not setting.is_model:
                link = link_of(statement, number)
                claim = claim if link is None else with_one_role(claim, link, setting)
        claim = with_rule(claim, left, right, words[number], network, statement.hypotheses)
        # what cannot be printed is found out here, where it is one claim alone
        told("", claim)
        claim.assumes  # noqa: B018 - a property that prints
        return claim

    def _verdict(
        self,
        statement: Statement,
        number: int,
        setting: Setting,
        words: Sequence[str],
    ) -> Verdict:
        left, right = statement.parts[number : number + 2]
        if statement.relations[number].definition:
            told = [part.remark for part in (left, right) if part.remark]
            return Verdict("definition", reason="; ".join(["introduces a name", *told]))
        for part in (left, right):
            if part.expr is None:
                return Verdict("unreadable", reason=why(part.problem))
        over = overdrawn()
        if over:
            return Verdict("undecided", reason=f"out of time: {over}", out_of_budget=True)
        link = link_of(statement, number)
        assert link is not None
        ratio = self._constants.ratio(link)
        verdict = judge_link(link if ratio is None else ratio, setting)
        if ratio is not None and verdict.word == "definition":
            return Verdict("undecided", reason="nothing settles the ratio to the line before it")
        if ratio is not None:
            reason = f"by the ratio to the first line with this constant: {verdict.reason}"
            return replace(verdict, reason=reason)
        if verdict.word in ("fails", "undecided"):
            if given_together(statement, number, setting):
                return Verdict("definition", reason="both are given the number at the end")
            letter = self._letter_given_anew(statement.parts[number + 1], link)
            if letter is not None:
                self._letters[canonical(link.left.expr)] = letter
                return Verdict("definition", reason=f"{right.text} is given for this, too")
            if self._letters:
                again = link.read_as(*(rewritten(side, self._by_letter) for side in link.exprs))
                if judge_link(again, setting).word == "holds":
                    return Verdict("holds", "modular", "with the letters given")
        self._learn(link, verdict, setting)
        for before in range(number):
            one = statement.parts[before].expr
            if one is not None and given_together(statement, before, setting):
                self._learn(link.with_exprs(one, link.right.expr), verdict, setting)
        reading = otherwise(left, link, right, setting) if verdict.word == "fails" else ""
        if reading:
            return Verdict("undecided", reason=reading)
        denial = self._denial(link, setting) if verdict.word == "fails" else ""
        if denial:
            reason = f"it fails for a second value {denial}, and holds if {denial} is the denial"
            return Verdict("undecided", reason=reason)
        if verdict.word == "fails" and not setting.is_model:
            reason = self._unsaid(link, setting)
            if reason:
                return Verdict("undecided", reason=reason)
        if all(map(is_calculation, (link.left, link.right))):
            return verdict  # no words make arithmetic true
        return under(statement, verdict, setting, words)

    def _letter_given_anew(self, part: Part, link: Link) -> Expr | None:
        """What an undeclared letter stands for that is stated for another probability, too."""
        definition = self.definitions.get(part.text.lstrip("\\"))
        if definition is None or definition.explicit or definition.arguments or link.sign != "=":
            return None
        lone = isinstance(link.left.expr, Prob) and isinstance(definition.body, Prob)
        return definition.body if lone else None

    def _by_letter(self, part: Expr) -> Expr | None:
        return self._letters.get(canonical(part)) if isinstance(part, Prob) else None

    def _unsaid(self, link: Link, setting: Setting) -> str:
        """What notes without a model seem to suppose, if a claim that fails may hold by it."""
        supposed = independence_supposed(link, setting)
        if supposed or link.sign != "=":
            return supposed
        left, right = link.exprs
        if opposites(left, right) or opposites(right, left):
            return "no model says whether one of the two events is the denial of the other"
        for side in (left, right):
            cases = one_of_each(side)
            if cases:
                shown = " and ".join(cases)
                return f"no model says whether {shown} exclude each other and leave nothing else"
        return ""

    def _denial(self, link: Link, setting: Setting) -> str:
        """A second value of a variable with two states that makes a claim hold as its denial."""
        left, right = link.exprs
        free = free_letters(left) | free_letters(right)
        for letter, variable in free.items():
            states = setting.states.get(variable, ())
            if len(states) != 2 or free.get(f"{letter}'") != variable:
                continue
            readings = []
            for pair in (states, states[::-1]):
                values = dict(zip((letter, f"{letter}'"), map(State, pair), strict=True))
                readings.append(
                    link.with_exprs(substitute(left, values), substitute(right, values))
                )
            if all(judge_link(reading, setting).word == "holds" for reading in readings):
                return f"{letter}'"
        return ""

    def _under_another_name(
        self, claim: Claim, statement: Statement, number: int, network: Network
    ) -> Claim:
        """A claim with an unknown name, asked again with that name for a variable of its chain."""
        sides = statement.parts[number : number + 2]
        name = next((n for part in sides if (n := unknown_name(part.problem))), None)
        if name is None:
            return claim
        apart = self._again(statement, as_variable(name, network))
        found: list[tuple[str, Part, Part]] = []
        for variable in candidates(statement, network):
            again = self._again(statement, as_alias(name, variable, network))
            if again is None or apart is None or beside(name, variable, apart):
                continue
            left, right = again.parts[number : number + 2]
            if left.expr is None or right.expr is None or same_form(left.expr, right.expr):
                continue
            link = link_of(again, number)
            if link is not None and judge_link(link, setting_of(network)).word == "holds":
                found.append((variable, left, right))
        if len(found) != 1:
            return claim
        variable, left, right = found[0]
        reason = (
            f"there is no variable '{name}'; same variable as {variable}? "
            f"With {name} = {variable} it holds"
        )
        side: Side = "right" if unknown_name(sides[1].problem) else "left"
        assert left.expr is not None
        assert right.expr is not None
        typed = variable.lower() if name.islower() else variable
        text = re.sub(rf"(?<![A-Za-z]){name}(?![A-Za-z])", typed, f"{left.text}\n{right.text}")
        notation = Notation.infer(text, self._notation)
        spelling = Spelling(text, notation, Vocabulary.of(network), tuple(network.variables))
        mended = written(Mended(left.expr, right.expr, side), spelling.written)
        return replace(claim, judgement=Verdict("undecided", reason=reason), suggestions=(mended,))

    def _again(self, statement: Statement, names: Vocabulary) -> Statement | None:
        """A statement read with other names."""
        for again in read_claims(self._pieces, names, definitions=dict(self.definitions)):
            same = again.span.start == statement.span.start
            if same and len(again.parts) == len(statement.parts):
                return again
        return None

    def _claim(
        self,
        left: Part,
        relation: Sign,
        right: Part,
        verdict: Verdict,
        setting: Setting,
        network: Network | None,
    ) -> Claim:
        mended: list[Mended] = []
        doubtful = verdict.word != "fails" or relation.sign != "=" or relation.proportional
        sides = [part.expr for part in (left, right) if part.expr is not None]
        if not doubtful and not any(is_number(side) or has_numbers(side) for side in sides):
            assert left.expr is not None
            assert right.expr is not None
            seconds = min(self.budget / 4, remaining() or 0.0)
            acts = self._acts or mentions_do(left.expr, right.expr)
            mended = suggestions(left.expr, right.expr, setting, seconds=seconds, acts=acts)
        text = f"{left.text}\n{right.text}"
        notation = Notation.infer(text, self._notation)
        names = (self.guess or Guess()) if network is None else Vocabulary.of(network)
        spelling = Spelling(text, notation, names, setting.order) if mended else None
        span = between(left.span, right.span)
        return Claim(
            line=span.line,
            column=span.column,
            cell=None,
            left=left.text,
            relation=relation.sign,
            right=right.text,
            judgement=verdict,
            suggestions=tuple(written(m, spelling.written) for m in mended if spelling),
            message="; ".join(_told(left, right, verdict, setting)),
            span=span,
            order=setting.order,
        )

    def _given_as_reasons(
        self,
        statement: Statement,
        content: ModelText | None,
        words: Sequence[str],
        names: Vocabulary | Guess | None,
    ) -> Iterator[Claim]:
        """What notes give as reasons, which are claims as well."""
        for one in statement.hypotheses:
            if content is not None and one.independence and is_reason(one, words):
                yield independence_claim(one.span, one.independence, self._setting_of(content))
            if one.asserted:
                for inner in one.statements:
                    yield from self._of_statement(
                        inner, content, [""] * len(inner.relations), names
                    )

    def _learn(self, link: Link, verdict: Verdict, setting: Setting) -> None:
        """Keep a number that the notes give for a probability."""
        if verdict.word != "definition" or not isinstance(setting.known, dict):
            return
        for formula, other in (link.exprs, link.exprs[::-1]):
            if isinstance(other, Scalar) and isinstance(other.value, Number):
                give(setting.known, as_key(formula, setting), other.value.value)
                return


def _with_causes(claim: Claim, causes: Sequence[Hypothesis], *, wrong: bool) -> str:
    """The message of a claim that holds under what its neighbours suppose, or that is called wrong."""
    told = [claim.message] if claim.message else []
    if causes:
        shown = " and ".join(dict.fromkeys(cause.text for cause in causes))
        told.append(f"given what line {causes[0].span.line} supposes: {shown}"[:200])
    if wrong:
        told.append("the words before it announce it as wrong")
    return "; ".join(told)


def _told(left: Part, right: Part, verdict: Verdict, setting: Setting) -> Iterator[str]:
    """What else a reader should know of a verdict."""
    if not setting.is_model and verdict.word != "unreadable":
        yield WITHOUT_MODEL
    if verdict.word != "definition":
        yield from dict.fromkeys(part.remark for part in (left, right) if part.remark)


def _pieces(passage: Passage) -> Iterator[ReaderPiece]:
    """The formulas of a passage, macros written out, and the signs that join them."""
    for piece in passage.pieces:
        if piece.sign is not None:
            sign = piece.sign.excerpt()
            yield ReaderPiece(sign.text, sign.offsets, sign.whole)
        formula = piece.formula.expanded()
        yield ReaderPiece(formula.text, formula.offsets, formula.whole)
