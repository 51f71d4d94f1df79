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
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from symcausal.algebra.scalar import Number
from symcausal.check.judge import judge
from symcausal.check.report import Claim, FileReport, Report
from symcausal.check.setting import Setting, setting_of, setting_without_model
from symcausal.check.statements import HAS_PROBABILITY, INDEPENDENCE, Statement, Text, statements
from symcausal.check.suggestions import Mended, suggestions
from symcausal.check.verdict import Verdict
from symcausal.documents.items import Excerpt, Formula, ModelBlock, Part
from symcausal.documents.passages import Passage, Piece, derivations
from symcausal.documents.reading import read_document, read_file
from symcausal.errors import Source, Span, SymcausalError, UsageError
from symcausal.expr.nodes import Events, Expectation, Expr, Prob, Scalar, State
from symcausal.expr.path import everywhere
from symcausal.expr.scope import canonical, variables
from symcausal.graph.separation import open_path
from symcausal.network.network import DEFAULT_STATES, Network, Variable
from symcausal.notation.latex import latex
from symcausal.notation.model_language import read_model
from symcausal.notation.notations import Notation
from symcausal.notation.reader import Chain, read_chain, read_independence
from symcausal.notation.vocabulary import Vocabulary

ENDINGS = (".md", ".markdown", ".qmd", ".rmd", ".tex", ".ipynb")
WITHOUT_MODEL = "judged over all joint distributions, since no model is declared"
_DECIMAL = re.compile(r"-?\d*\.(\d+)")


def check_files(
    paths: Iterable[str],
    network: Network | None = None,
    *,
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
        notes = _Notes(network, budget)
        claims = tuple(claim for passage in passages for claim in notes.claims(passage))
        told = tuple(str(p) for p in (*document.problems, *problems, *notes.problems))
        reports.append(FileReport(name, claims, told))
    if progress:
        sys.stderr.write("\r" + " " * 80 + "\r")
    return Report(tuple(reports))


def check_text(text: str, network: Network, *, budget: float = 2.0) -> Report:
    """Check a formula, or a derivation, in a model."""
    notes = _Notes(network, budget)
    if "$" in text or "\\[" in text or "\\(" in text:
        document = read_document(text, "text.md")
        passages, problems = derivations(document)
        notes.problems += (*document.problems, *problems)
    else:
        part = Part("text", None, text, Source(text, "text"))
        passages = [Passage((Piece(Formula(text, 0, part, display=True, macros={})),))]
    claims = tuple(claim for passage in passages for claim in notes.claims(passage))
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
    """What is known while a file is read: its models, and the numbers it takes as known."""

    given: Network | None
    budget: float
    problems: list[SymcausalError] = field(default_factory=list)
    _networks: dict[int, Network | None] = field(default_factory=dict)
    _settings: dict[int, Setting] = field(default_factory=dict)

    def claims(self, passage: Passage) -> Iterator[Claim]:
        """The claims of one passage."""
        if passage.skipped:
            return
        network = self._network(passage.model)
        try:
            text = Text(passage)
        except SymcausalError as error:
            self.problems.append(error)
            return
        cell = passage.pieces[0].formula.part.cell
        for statement in statements(text):
            for claim in self._of_statement(statement, network, cell):
                yield replace(claim, expected_to_fail=passage.expects_failure)

    def _network(self, block: ModelBlock | None) -> Network | None:
        if block is None:
            return self.given
        if id(block) not in self._networks:
            try:
                self._networks[id(block)] = read_model(block.excerpt()).network
            except SymcausalError as error:
                self.problems.append(error)
                self._networks[id(block)] = None
        return self._networks[id(block)]

    def _setting(self, network: Network) -> Setting:
        key = id(network)
        if key not in self._settings:
            self._settings[key] = setting_of(network)
        return self._settings[key]

    def _of_statement(
        self, statement: Statement, network: Network | None, cell: int | None
    ) -> Iterator[Claim]:
        excerpt = statement.excerpt
        vocabulary = None if network is None else Vocabulary.of(network)
        if INDEPENDENCE.search(excerpt.text) and not HAS_PROBABILITY.search(excerpt.text):
            yield from self._independence(statement, network, vocabulary, cell)
            return
        if not HAS_PROBABILITY.search(excerpt.text):
            return
        try:
            chain = read_chain(excerpt, vocabulary)
        except SymcausalError as error:
            yield _unreadable(statement, error, cell)
            return
        if not chain.relations:
            return
        if network is not None:
            setting = self._setting(network)
        else:
            setting = setting_without_model(_guessed(chain.formulas))
        yield from self._of_chain(chain, statement, setting, cell)

    def _of_chain(
        self, chain: Chain, statement: Statement, setting: Setting, cell: int | None
    ) -> Iterator[Claim]:
        notation = Notation.infer(statement.excerpt.text)
        for i, relation in enumerate(chain.relations):
            left, right = chain.formulas[i], chain.formulas[i + 1]
            first, last = chain.spans[i], chain.spans[i + 1]
            digits = (_digits(first), _digits(last))
            if relation.sign == ":=":
                verdict = Verdict("definition", reason="introduces a name")
            elif statement.words and _is_hypothesis(statement.words):
                verdict = Verdict(
                    "undecided", reason=f"it is stated under a condition: {statement.words[:60]}"
                )
            else:
                verdict = judge(left, relation.sign, right, setting, digits=digits)
            self._learn(left, right, verdict, setting)
            mended = self._mended(left, relation.sign, right, verdict, setting)
            span = Span(statement.excerpt, first.start, last.end)
            yield Claim(
                line=span.line,
                column=span.column,
                cell=cell,
                left=_text(first),
                relation=relation.sign,
                right=_text(last),
                judgement=verdict,
                suggestions=tuple(_written(m, notation, setting.order) for m in mended),
                message="" if setting.is_model else WITHOUT_MODEL,
                span=span,
                order=setting.order,
            )

    def _mended(
        self, left: Expr, sign: str, right: Expr, verdict: Verdict, setting: Setting
    ) -> list[Mended]:
        if verdict.word != "fails" or sign != "=" or verdict.evidence == "exact":
            return []
        return suggestions(left, right, setting, seconds=self.budget / 4)

    def _learn(self, left: Expr, right: Expr, verdict: Verdict, setting: Setting) -> None:
        """Keep a number that the notes give for a probability."""
        known = setting.known
        if verdict.word != "definition" or not isinstance(known, dict):
            return
        if isinstance(right, Scalar) and isinstance(right.value, Number):
            value: Fraction = right.value.value
            known[canonical(left)] = value

    def _independence(
        self,
        statement: Statement,
        network: Network | None,
        vocabulary: Vocabulary | None,
        cell: int | None,
    ) -> Iterator[Claim]:
        excerpt = statement.excerpt
        try:
            left, right, given = read_independence(excerpt, vocabulary)
        except SymcausalError as error:
            yield _unreadable(statement, error, cell)
            return
        span = _ink(excerpt)
        if network is None:
            verdict = Verdict("undecided", reason="no model is declared")
        else:
            path = open_path(network.graph, left, right, given)
            if path is None:
                verdict = Verdict("holds", "derivation", "d-separation")
            else:
                words = f"the path {path} is open"
                verdict = Verdict("fails", "counterexample", words)
        condition = " | " + ", ".join(given) if given else ""
        yield Claim(
            line=span.line,
            column=span.column,
            cell=cell,
            left=", ".join(left),
            relation="⟂",
            right=", ".join(right) + condition,
            judgement=verdict,
            suggestions=(),
            message="",
            span=span,
        )


def _written(mended: Mended, notation: Notation, order: tuple[str, ...]) -> str:
    """The mended right side, or the whole equation if the left side was mended."""
    right = latex(mended.right, notation, order)
    return right if mended.side == "right" else f"{latex(mended.left, notation, order)} = {right}"


def _unreadable(statement: Statement, error: SymcausalError, cell: int | None) -> Claim:
    where = _ink(statement.excerpt)
    at = error.span if error.span is not None else where
    hint = f" ({error.hint})" if error.hint else ""
    return Claim(
        line=where.line,
        column=where.column,
        cell=cell,
        left=_text(where),
        relation="",
        right="",
        judgement=Verdict("unreadable", reason=error.message + hint),
        suggestions=(),
        message="",
        span=at,
    )


def _ink(excerpt: Excerpt) -> Span:
    """The excerpt without the blanks around it."""
    text = excerpt.text
    start = len(text) - len(text.lstrip())
    return Span(excerpt, start, len(text.rstrip()))


def _text(span: Span) -> str:
    return " ".join(span.source.text[span.start : span.end].split())


def _digits(span: Span) -> int | None:
    match = _DECIMAL.fullmatch(_text(span).rstrip(".,;").strip("{}$ "))
    return len(match.group(1)) if match else None


def _is_hypothesis(words: str) -> bool:
    return bool(re.search(r"\b(?:if|when|whenever|provided|assuming|unless)\b|\\perp|⟂|⊥", words))


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
