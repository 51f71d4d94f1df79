"""What is said of each thing that notes claim: a claim with its place, verdict and words.

Main definitions
----------------
independence_claim, unreadable_claim : claims, made of what was read.
suggestion : a formula that would hold, in the spelling of the claim.
with_rule : a claim with what a rule asks for that the notes name.
"""

from __future__ import annotations

from collections.abc import Callable

from symcausal.algebra.decimals import with_decimal
from symcausal.errors import Span, SymcausalError
from symcausal.expr.build import prob, product
from symcausal.expr.distributions import mentions_do
from symcausal.expr.nodes import Event, Events, Expr, Letter
from symcausal.network.network import Network
from symcausal.notes.judging.judge import IN_NUMBERS, judge, judge_link
from symcausal.notes.judging.link import Link
from symcausal.notes.judging.mending.roles import (
    identified,
)
from symcausal.notes.judging.mending.suggestions import Mended
from symcausal.notes.judging.setting import Setting
from symcausal.notes.judging.words.calculus import is_asked, judge_independence, remark, rule_named
from symcausal.notes.reading.claims import Statement
from symcausal.notes.reading.stated import StatedRelation, StatedSide
from symcausal.notes.reporting.claim import Claim, Suggestion
from symcausal.notes.reporting.verdict import Verdict, Word, verdict_of
from symcausal.patterns import late
from symcausal.reading.independence import WrittenIndependence
from symcausal.record import replace

_LINE_END = late(r"[ \t\r]*\n\s*")


def independence_claim(span: Span, said: WrittenIndependence, setting: Setting | None) -> Claim:
    """Return the claim that an independence makes, judged in a model if there is one."""
    if setting is None:
        verdict = Verdict("undecided", reason="no model is declared")
    elif said.copies is not None:
        from symcausal.notes.judging.several_worlds import judge_copies  # few claims need it

        verdict = verdict_of(lambda: judge_copies(said, setting))
    else:
        verdict = judge_independence(said, setting.graph)
        if not (verdict.evidence == "derivation" or said.of_graph or said.surgery):
            verdict = _in_numbers(said, verdict, setting)
    condition = " | " + ", ".join(said.given) if said.given else ""
    return Claim(
        line=span.line,
        column=span.column,
        cell=None,
        left=", ".join(said.left),
        relation="⟂" if said.holds else "not ⟂",
        right=", ".join(said.right) + condition,
        judgement=verdict,
        proposed=(),
        message="",
        span=span,
    )


def _in_numbers(said: WrittenIndependence, verdict: Verdict, setting: Setting) -> Verdict:
    """Return the verdict on an independence along an open path, in the model's numbers if it has all."""
    network = setting.network
    if network is None or not network.is_numeric or setting.graph.bidirected:
        return verdict
    left, right, given = (
        Events(Event(name, Letter(name)) for name in names)
        for names in (said.left, said.right, said.given)
    )
    equation = prob(left | right, given), product((prob(left, given), prob(right, given)))
    in_model = judge(equation[0], "=", equation[1], setting)
    if in_model.word == "undecided":
        return in_model
    word: Word = "holds" if (in_model.word == "holds") == said.holds else "fails"
    if in_model.word == "holds":
        return Verdict(word, "numbers", f"{IN_NUMBERS}: {verdict.reason}")
    example = in_model.example
    if example is None or word == "holds":
        return verdict
    shown = f"left {with_decimal(example.left)}, right {with_decimal(example.right)}"
    return replace(verdict, reason=f"{verdict.reason}; {shown} in your model", example=example)


def with_rule(claim: Claim, stated: StatedRelation, said: str, network: Network | None) -> Claim:
    """Return a claim for which notes name a rule of do-calculus, with what the rule asks for.

    Where they give the separation as well, in another graph than the rule does, that is said.
    """
    number, left, right = rule_named(said), stated.left.expr, stated.right.expr
    if number is None or network is None or left is None or right is None:
        return claim
    if claim.relation != "=" or not mentions_do(left, right):
        return claim
    given, words = remark(left, right, number, network.graph)
    verdict = claim.judgement
    if verdict.evidence == "numbers" and not given:
        # numbers make the two sides equal, and no rule
        return replace(claim, judgement=Verdict("fails", "counterexample", words))
    if verdict.word == "holds" and given:
        verdict = replace(verdict, evidence="derivation", reason=words)
        claim = replace(claim, judgement=verdict)
        supposed = stated.statement.hypotheses
        named = [h.independence for h in supposed if h.independence and h.text in said]
        if not any(is_asked(one, left, right, number, network.graph) for one in named):
            other = f"the separation that is given is not that of rule {number}" if named else ""
            return replace(claim, message="; ".join(filter(None, (other, claim.message))))
        return claim
    return replace(claim, message="; ".join(filter(None, (words, claim.message))))


def unreadable_claim(statement: Statement) -> Claim:
    """Return the claim that a statement makes which could not be read."""
    problem = statement.problem or next((p.problem for p in statement.parts if p.problem), None)
    span = problem.span if problem is not None and problem.span is not None else statement.span
    return Claim(
        line=statement.span.line,
        column=statement.span.column,
        cell=None,
        left=statement.text,
        relation="",
        right="",
        judgement=Verdict("unreadable", reason=why(problem)),
        proposed=(),
        message="",
        span=span,
    )


def why(problem: SymcausalError | None) -> str:
    """Return the reason why something could not be read."""
    if problem is None:
        return "it could not be read"
    return problem.message + (f" ({problem.hint})" if problem.hint else "")


def between(first: Span, last: Span) -> Span:
    """Return the span from one to another; the first alone where they stand in different texts."""
    if first.source is not last.source or last.end < first.start:
        return first
    return Span(first.source, first.start, last.end)


def suggestion(mended: Mended, shown: Callable[[Expr], str], stated: StatedRelation) -> Suggestion:
    """Return the mended right side, or the whole equation if the left side was mended."""
    right = shown(mended.right)
    if mended.side == "right":
        return Suggestion(right, right, _replaceable(stated.right))
    left = shown(mended.left)
    return Suggestion(f"{left} = {right}", left, _replaceable(stated.left))


def _replaceable(side: StatedSide) -> Span | None:
    """The place of a side that stands in the notes as it is read, but for ends of lines.

    Behind a macro, or around a label, other characters stand there, which nobody wants replaced.
    """
    span = side.span
    lines = _LINE_END.sub(" ", span.source.text[span.start : span.end])
    return span if lines == side.text else None


def with_one_role(claim: Claim, link: Link, setting: Setting) -> Claim:
    """Return a failing claim, with the two names that would make it hold if they were one."""
    left, right = link.exprs
    if link.sign != "=":
        return claim
    for old, new, renamed in identified(left, right):
        if judge_link(link.read_as(renamed, right), setting).word == "holds":
            words = f"same variable? with {old} = {new} it holds"
            return replace(claim, message=f"{words}; {claim.message}")
    return claim
