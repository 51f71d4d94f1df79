"""Check notes: from files, or a formula, to a report.

Main definitions
----------------
check_files : files and folders.
check_text : one formula or derivation in a model.

Notes
-----
A model that the notes declare is valid until the next one; ``--model`` is for notes without. Without
any model a claim is judged over all joint distributions of its variables, and its message says so.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import islice, product

from symcausal.algebra.deadline import remaining, within
from symcausal.algebra.scalar import Number
from symcausal.check.calculus import judge_independence, remark, rule_named
from symcausal.check.hypotheses import graph_of, independences_supposed
from symcausal.check.judge import judge, mentions_do
from symcausal.check.numbers import numbers_given, slack_of
from symcausal.check.report import Claim, FileReport, Report
from symcausal.check.roles import (
    as_alias,
    as_variable,
    beside,
    candidates,
    identified,
    unknown_name,
)
from symcausal.check.setting import Setting, setting_of, setting_without_model
from symcausal.check.suggestions import Mended, Side, suggestions
from symcausal.check.surroundings import in_named_graph, is_conditional, reason_words
from symcausal.check.verdict import Verdict
from symcausal.derive.worksheet import same_form
from symcausal.documents.items import Formula, ModelBlock
from symcausal.documents.items import Part as DocumentPart
from symcausal.documents.passages import Passage, Piece, derivations
from symcausal.documents.reading import read_document, read_file
from symcausal.errors import Source, Span, SymcausalError, UsageError
from symcausal.expr.nodes import Events, Expectation, Expr, Prob, Scalar, State
from symcausal.expr.path import everywhere
from symcausal.expr.scope import canonical, variables
from symcausal.graph.separation import separated
from symcausal.network.network import DEFAULT_STATES, Network, Variable
from symcausal.notation.claim_reader import Definition
from symcausal.notation.claims import Hypothesis, Part, Sign, Statement, read_claims
from symcausal.notation.guessing import guess_vocabulary
from symcausal.notation.independence import Independence
from symcausal.notation.latex import latex
from symcausal.notation.model_language import ModelText, read_model
from symcausal.notation.notations import Notation
from symcausal.notation.pieces import Piece as ReaderPiece
from symcausal.notation.reader import Chain
from symcausal.notation.vocabulary import Guess, Vocabulary

ENDINGS = (
    ".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd", ".myst",
    ".tex", ".ltx", ".latex", ".ipynb",
)  # fmt: skip
_CONDITIONAL = Verdict(
    "undecided", reason="it does not hold in general, and the words around it make it conditional"
)
WITHOUT_MODEL = "judged over all joint distributions, since no model is declared"


def check_files(
    paths: Iterable[str],
    network: Network | None = None,
    *,
    given: Sequence[Chain] = (),
    budget: float = 2.0,
    progress: bool = False,
) -> Report:
    """Check files, and the notes in folders.

    Parameters
    ----------
    paths : iterable of str
        Files, folders, or ``-`` for standard input.
    network : Network, optional
        The model for notes that declare none.
    given : sequence of Chain
        The equations that its text takes as known.
    budget : float
        Seconds for one claim.
    progress : bool
        Whether to say on standard error how far it is.

    Raises
    ------
    UsageError
        If a file cannot be read, or a folder holds no notes.
    """
    files = [name for path in paths for name in _files(path)]
    reports = []
    for number, name in enumerate(files, 1):
        if progress:
            sys.stderr.write(f"\r{number}/{len(files)} {name[-60:]:<60}")
        document = read_file(name)
        passages, problems = derivations(document)
        notes = _Notes(_with_given(network, given), budget)
        claims = notes.all_claims(passages)
        told = tuple(str(p) for p in (*document.problems, *problems, *notes.problems))
        reports.append(FileReport(name, claims, told))
    if progress:
        sys.stderr.write("\r" + " " * 80 + "\r")
    return Report(tuple(reports))


def check_text(
    text: str,
    network: Network | None = None,
    *,
    given: Sequence[Chain] = (),
    budget: float = 2.0,
) -> Report:
    """Check a formula, or a derivation, in a model; without one, over all joint distributions."""
    notes = _Notes(_with_given(network, given), budget)
    if "$" in text or "\\[" in text or "\\(" in text:
        document = read_document(text, "text.md")
        passages, problems = derivations(document)
        notes.problems += (*document.problems, *problems)
    else:
        part = DocumentPart("text", None, text, Source(text, "text"))
        passages = [Passage((Piece(Formula(text, 0, part, display=True, macros={})),))]
    claims = notes.all_claims(passages)
    return Report((FileReport("text", claims, tuple(map(str, notes.problems))),))


def _files(path: str) -> Iterator[str]:
    if not os.path.isdir(path):
        yield path
        return
    found = sorted(
        os.path.join(folder, name)
        for folder, _, names in os.walk(path)
        for name in names
        if name.casefold().endswith(ENDINGS)
    )
    if not found:
        raise UsageError(f"no notes in {path}", expected="files ending in " + ", ".join(ENDINGS))
    yield from found


@dataclass(slots=True)
class _Notes:
    """What is known while a file is read: its models, its names, what it defines and gives."""

    given: ModelText | None
    budget: float
    guess: Guess | None = None
    problems: list[SymcausalError] = field(default_factory=list)
    definitions: dict[str, Definition] = field(default_factory=dict)
    _pieces: Sequence[ReaderPiece] = ()
    _contents: dict[int, ModelText | None] = field(default_factory=dict)
    _known: dict[Expr, Fraction] = field(default_factory=dict)
    _settings: dict[int, Setting] = field(default_factory=dict)

    def all_claims(self, passages: Sequence[Passage]) -> tuple[Claim, ...]:
        """The claims of all passages, in order."""
        self.guess = guess_vocabulary(p.formula.text for each in passages for p in each.pieces)
        return tuple(claim for passage in passages for claim in self.claims(passage))

    def claims(self, passage: Passage) -> Iterator[Claim]:
        """The claims of one passage."""
        if passage.skipped:
            return
        content = self._content(passage.model)
        network = None if content is None else content.network
        names = self.guess if network is None else Vocabulary.of(network)
        try:
            pieces = list(_pieces(passage))
        except SymcausalError as error:
            self.problems.append(error)
            return
        self._pieces = pieces
        cell = passage.pieces[0].formula.part.cell
        supposed = is_conditional(passage)
        statements = read_claims(pieces, names, definitions=self.definitions)
        for statement in statements:
            words = [
                reason_words(statement, number, statements, passage)
                for number in range(len(statement.relations))
            ]
            for claim in self._of_statement(statement, content, words, names):
                if claim.verdict == "fails" and supposed and not passage.expects_failure:
                    claim = replace(claim, judgement=_CONDITIONAL, suggestions=())
                yield replace(claim, cell=cell, expected_to_fail=passage.expects_failure)

    def _content(self, block: ModelBlock | None) -> ModelText | None:
        if block is None:
            return self.given
        if id(block) not in self._contents:
            try:
                self._contents[id(block)] = read_model(block.excerpt())
            except SymcausalError as error:
                self.problems.append(error)
                self._contents[id(block)] = None
        return self._contents[id(block)]

    def _setting(self, statement: Statement, content: ModelText | None) -> Setting:
        if content is None:
            supposed = independences_supposed(statement.hypotheses)
            formulas = [part.expr for part in statement.parts if part.expr is not None]
            known = dict(_guessed(formulas))
            for name in (name for one in supposed for side in one for name in side):
                known.setdefault(name, Variable(name))
            setting = setting_without_model(known, supposed)
            if len(supposed) > 1:
                setting = replace(setting, graph=graph_of(tuple(known), supposed))
            return replace(setting, known=self._known)
        if id(content) not in self._settings:
            self._settings[id(content)] = setting_of(content.network, numbers_given(content))
        return self._settings[id(content)]

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
                yield _unreadable(statement)
            return
        if statement.kind == "independence":
            if statement.independence is None:
                yield _unreadable(statement)
            else:
                said = in_named_graph(statement.independence, statement.span, names)
                yield _independence(statement.span, said, network)
            return
        if statement.problem is not None:
            yield _unreadable(statement)
            return
        setting = self._setting(statement, content)
        for i, relation in enumerate(statement.relations):
            left, right = statement.parts[i], statement.parts[i + 1]
            with within(self.budget):
                verdict = self._verdict(left, relation, right, statement, setting, words)
                claim = self._claim(left, relation, right, verdict, setting)
                if verdict.word == "unreadable" and network is not None:
                    claim = self._under_another_name(claim, statement, i, network)
                elif verdict.word == "fails" and not setting.is_model:
                    claim = _with_one_role(claim, left, relation, right, setting)
            yield with_rule(claim, left, right, words[i], network)
        yield from self._given_as_reasons(statement, content, words, names)

    def _verdict(
        self,
        left: Part,
        relation: Sign,
        right: Part,
        statement: Statement,
        setting: Setting,
        words: Sequence[str],
    ) -> Verdict:
        if relation.definition:
            return Verdict("definition", reason="introduces a name")
        for part in (left, right):
            if part.expr is None:
                return Verdict("unreadable", reason=_why(part.problem))
        assert left.expr is not None
        assert right.expr is not None
        verdict = _judged(left.expr, relation, right.expr, left, right, setting)
        self._learn(left.expr, right.expr, verdict, setting)
        if verdict.word == "fails" and self._holds_otherwise(left, relation, right, setting):
            reason = "it fails as written, and holds if the sum reaches otherwise; set brackets"
            return Verdict("undecided", reason=reason)
        return _under(statement, verdict, setting, words)

    def _holds_otherwise(self, left: Part, relation: Sign, right: Part, setting: Setting) -> bool:
        """Whether another well-formed reading of a side makes a claim hold that fails as read."""
        readings = product((left.expr, *left.alternatives), (right.expr, *right.alternatives))
        return any(
            _judged(one, relation, other, left, right, setting).word == "holds"
            for one, other in islice(readings, 1, None)  # the first is the one that fails
            if one is not None and other is not None
        )

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
            relation = again.relations[number]
            verdict = _judged(left.expr, relation, right.expr, left, right, setting_of(network))
            if verdict.word == "holds":
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
        notation = Notation.infer(f"{left.text} {right.text}")
        mended = _written(Mended(left.expr, right.expr, side), notation, tuple(network.variables))
        return replace(claim, judgement=Verdict("undecided", reason=reason), suggestions=(mended,))

    def _again(self, statement: Statement, names: Vocabulary) -> Statement | None:
        """A statement read with other names."""
        for again in read_claims(self._pieces, names, definitions=dict(self.definitions)):
            same = again.span.start == statement.span.start
            if same and len(again.parts) == len(statement.parts):
                return again
        return None

    def _claim(
        self, left: Part, relation: Sign, right: Part, verdict: Verdict, setting: Setting
    ) -> Claim:
        mended: list[Mended] = []
        doubtful = verdict.word != "fails" or relation.sign != "=" or relation.proportional
        if not doubtful and verdict.evidence != "exact" and left.expr and right.expr:
            seconds = min(self.budget / 4, remaining() or 0.0)
            mended = suggestions(left.expr, right.expr, setting, seconds=seconds)
        notation = Notation.infer(f"{left.text} {right.text}")
        span = _between(left.span, right.span)
        return Claim(
            line=span.line,
            column=span.column,
            cell=None,
            left=left.text,
            relation=relation.sign,
            right=right.text,
            judgement=verdict,
            suggestions=tuple(_written(m, notation, setting.order) for m in mended),
            message="" if setting.is_model else WITHOUT_MODEL,
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
            if content is not None and one.independence and _is_reason(one, words):
                yield _independence(one.span, one.independence, content.network)
            if one.asserted:
                for inner in one.statements:
                    yield from self._of_statement(
                        inner, content, [""] * len(inner.relations), names
                    )

    def _learn(self, left: Expr, right: Expr, verdict: Verdict, setting: Setting) -> None:
        """Keep a number that the notes give for a probability."""
        known = setting.known
        if verdict.word != "definition" or not isinstance(known, dict):
            return
        if isinstance(right, Scalar) and isinstance(right.value, Number):
            value: Fraction = right.value.value
            known[canonical(left)] = value


def _pieces(passage: Passage) -> Iterator[ReaderPiece]:
    """The formulas of a passage, macros written out, and the signs that join them."""
    for piece in passage.pieces:
        if piece.sign is not None:
            sign = piece.sign.excerpt()
            yield ReaderPiece(sign.text, sign.offsets, sign.whole)
        formula = piece.formula.expanded()
        yield ReaderPiece(formula.text, formula.offsets, formula.whole)


def _judged(
    left: Expr, relation: Sign, right: Expr, first: Part, last: Part, setting: Setting
) -> Verdict:
    return judge(
        left,
        relation.sign,
        right,
        setting,
        digits=(first.places, last.places),
        constant=relation.proportional,
        slack=slack_of(first.text, setting) + slack_of(last.text, setting),
    )


def _with_given(network: Network | None, given: Sequence[Chain]) -> ModelText | None:
    return None if network is None else ModelText(network, tuple(given))


def _is_reason(hypothesis: Hypothesis, words: Sequence[str]) -> bool:
    """Whether notes say that it is so (*since*, *rule 2*) rather than suppose it (*if*)."""
    return hypothesis.asserted or any(rule_named(w) and hypothesis.text in w for w in words)


def _under(
    statement: Statement, verdict: Verdict, setting: Setting, words: Sequence[str]
) -> Verdict:
    """A verdict under what the statement supposes.

    What holds anyway holds. What fails may be saved by a hypothesis that the model does not have; a
    reason that does not hold saves nothing.
    """
    if verdict.word != "fails":
        return verdict
    if statement.supposed:
        return Verdict("undecided", reason="it may be an assumption: more follows from it")
    for hypothesis in statement.hypotheses:
        if hypothesis.kind == "positive":
            continue
        if setting.is_model and hypothesis.independence and _is_reason(hypothesis, words):
            continue
        one = hypothesis.independence
        if one is not None and one.holds:
            graph = setting.graph
            known = {*one.left, *one.right, *one.given} <= set(graph.nodes)
            if known and one.open_path(graph) is None:
                continue
        told = independences_supposed((hypothesis,))
        if not setting.is_model and told and all(separated(setting.graph, *t) for t in told):
            continue
        words = f"it does not hold in general, and is stated under a condition: {hypothesis.text}"
        return Verdict("undecided", reason=words[:200])
    return verdict


def _independence(span: Span, said: Independence, network: Network | None) -> Claim:
    if network is None:
        verdict = Verdict("undecided", reason="no model is declared")
    else:
        verdict = judge_independence(said, network.graph)
    condition = " | " + ", ".join(said.given) if said.given else ""
    return Claim(
        line=span.line,
        column=span.column,
        cell=None,
        left=", ".join(said.left),
        relation="⟂" if said.holds else "not ⟂",
        right=", ".join(said.right) + condition,
        judgement=verdict,
        suggestions=(),
        message="",
        span=span,
    )


def _with_one_role(
    claim: Claim, left: Part, relation: Sign, right: Part, setting: Setting
) -> Claim:
    """A claim that fails, with the two names that would make it hold if they were one."""
    if left.expr is None or right.expr is None or relation.sign != "=":
        return claim
    for old, new, renamed in identified(left.expr, right.expr):
        if _judged(renamed, relation, right.expr, left, right, setting).word == "holds":
            words = f"same variable? with {old} = {new} it holds"
            return replace(claim, message=f"{words}; {claim.message}")
    return claim


def with_rule(claim: Claim, left: Part, right: Part, words: str, network: Network | None) -> Claim:
    """A claim for which notes name a rule of do-calculus, with what the rule asks for."""
    number = rule_named(words)
    if number is None or network is None or left.expr is None or right.expr is None:
        return claim
    if claim.relation != "=" or not any(map(mentions_do, (left.expr, right.expr))):
        return claim
    given, words = remark(left.expr, right.expr, number, network.graph)
    verdict = claim.judgement
    if verdict.word == "holds" and given:
        verdict = replace(verdict, evidence="derivation", reason=words)
        return replace(claim, judgement=verdict)
    return replace(claim, message="; ".join(filter(None, (words, claim.message))))


def _unreadable(statement: Statement) -> Claim:
    problem = statement.problem or next((p.problem for p in statement.parts if p.problem), None)
    span = problem.span if problem is not None and problem.span is not None else statement.span
    return Claim(
        line=statement.span.line,
        column=statement.span.column,
        cell=None,
        left=statement.text,
        relation="",
        right="",
        judgement=Verdict("unreadable", reason=_why(problem)),
        suggestions=(),
        message="",
        span=span,
    )


def _why(problem: SymcausalError | None) -> str:
    if problem is None:
        return "it could not be read"
    return problem.message + (f" ({problem.hint})" if problem.hint else "")


def _between(first: Span, last: Span) -> Span:
    """From one span to another; the first alone where they stand in different texts."""
    if first.source is not last.source or last.end < first.start:
        return first
    return Span(first.source, first.start, last.end)


def _written(mended: Mended, notation: Notation, order: tuple[str, ...]) -> str:
    """The mended right side, or the whole equation if the left side was mended."""
    right = latex(mended.right, notation, order)
    return right if mended.side == "right" else f"{latex(mended.left, notation, order)} = {right}"


def _guessed(formulas: Iterable[Expr]) -> Mapping[str, Variable]:
    """Variables with the states that formulas name; two, if they name none."""
    states: dict[str, dict[str, None]] = {}
    for formula in formulas:
        for name in variables(formula):
            states.setdefault(name, {})
        for _, node in everywhere(formula):
            if isinstance(node, Prob | Expectation):
                parts = (node.given, node.do, *((node.outcome,) if isinstance(node, Prob) else ()))
                for event in (e for part in parts for e in Events(part)):
                    if isinstance(event.value, State):
                        states[event.variable][event.value.name] = None
    return {name: Variable(name, _completed(tuple(found))) for name, found in states.items()}


def _completed(named: tuple[str, ...]) -> tuple[str, ...]:
    if set(named) <= set(DEFAULT_STATES):
        return DEFAULT_STATES
    return named if len(named) > 1 else (*named, "other")
