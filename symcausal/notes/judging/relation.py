"""Judge one relation of a statement, with what the notes around it say.

Main definitions
----------------
Manner : how notes are written.
claim_of : the claim that a relation makes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from symcausal.algebra.deadline import overdrawn, remaining, within
from symcausal.expr.distributions import mentions_do
from symcausal.expr.nodes import Prob, State, Value
from symcausal.expr.scope import free_letters, substitute, variables
from symcausal.notes.judging.explaining.readings import otherwise, squares_otherwise
from symcausal.notes.judging.explaining.wording import (
    between,
    suggestion,
    why,
    with_one_role,
    with_rule,
)
from symcausal.notes.judging.instances import is_joint
from symcausal.notes.judging.judge import judge_link
from symcausal.notes.judging.link import Link, link_of
from symcausal.notes.judging.lists import has_list, judge_list
from symcausal.notes.judging.memory import Memory
from symcausal.notes.judging.mending.renaming import Reread, under_another_name
from symcausal.notes.judging.mending.roles import one_of_each, opposites
from symcausal.notes.judging.mending.spelling import ClaimSpelling
from symcausal.notes.judging.mending.suggestions import Mended, suggestions
from symcausal.notes.judging.numbers.calculations import is_calculation
from symcausal.notes.judging.numbers.givens import events_of, given_together
from symcausal.notes.judging.numbers.judge import has_numbers, is_number
from symcausal.notes.judging.setting import Setting, named_variables
from symcausal.notes.judging.words.averaged import averaged
from symcausal.notes.judging.words.likened import same_at_all_times, two_cases
from symcausal.notes.judging.words.supposing import under
from symcausal.notes.judging.words.unstated import independence_supposed, look_alikes, vector_of
from symcausal.notes.reading.measures import PROBABLE
from symcausal.notes.reading.stated import StatedRelation
from symcausal.notes.reporting.claim import Claim, Suggestion, is_shown, told
from symcausal.notes.reporting.verdict import Verdict
from symcausal.reading.families import NoGraphError
from symcausal.reading.lexer import PRODUCT_OVER
from symcausal.reading.vocabulary import Guess, Vocabulary
from symcausal.reading.words import PARENTS
from symcausal.record import record, replace
from symcausal.rules.condition import AcrossWorlds
from symcausal.writing.notations import Notation

WITHOUT_MODEL = "judged over all joint distributions, since no model is declared"
SEVERAL = "it rests on independence across worlds, of which single worlds tell nothing"


@record
class Manner:
    """How notes are written, and the time that may be spent on a claim.

    Attributes
    ----------
    budget : float
        Seconds for one claim.
    notation : Notation
        That of all their formulas.
    acts : bool
        Whether they speak of interventions at all.
    names : Vocabulary or Guess
        What names mean.
    reread : callable or None
        Reads a statement with other names of the model; None without a model.
    """

    budget: float
    notation: Notation
    acts: bool
    names: Vocabulary | Guess
    reread: Reread | None = None


def claim_of(
    stated: StatedRelation,
    setting: Setting,
    words: Sequence[str],
    memory: Memory,
    manner: Manner,
) -> Claim:
    """Return the claim that one relation of a statement makes.

    Parameters
    ----------
    stated : StatedRelation
        The relation, in its chain.
    setting : Setting
        Where it is judged.
    words : sequence of str
        What the notes say beside each relation.
    memory : Memory
        What they have said before; numbers that this relation gives are added.
    manner : Manner
        How they are written.
    """
    with within(manner.budget):
        verdict = _verdict(stated, setting, words, memory)
        if memory.single and any(isinstance(one, AcrossWorlds) for one in verdict.assumes):
            verdict = Verdict("undecided", reason=SEVERAL)
        claim = _claim(stated, verdict, setting, manner)
        if (
            verdict.word == "unreadable"
            and manner.reread is not None
            and setting.network is not None
        ):
            claim = under_another_name(
                claim, stated, setting.network, manner.notation, manner.reread
            )
        elif verdict.word == "fails" and not setting.is_model:
            link = link_of(stated)
            claim = claim if link is None else with_one_role(claim, link, setting)
    network = setting.network if setting.is_model else None
    claim = with_rule(claim, stated, words[stated.number], network)
    if setting.explains or is_shown(claim):
        # what cannot be printed is found out here, where it is one claim alone
        told("", claim)
        claim.assumes  # noqa: B018 - a property that prints
    return claim


def _verdict(
    stated: StatedRelation, setting: Setting, words: Sequence[str], memory: Memory
) -> Verdict:
    if stated.relation.definition and not _is_settled(stated, setting):
        told = [part.remark for part in stated.sides if part.remark]
        return Verdict("definition", reason="; ".join(["introduces a name", *told]))
    if has_list(stated) and all(p.listed or p.expr is not None for p in stated.sides):
        return judge_list(stated, setting)
    graphless = [p for p in stated.sides if isinstance(p.problem, NoGraphError)]
    if graphless:
        problem = graphless[0].problem
        factorises = isinstance(problem, NoGraphError) and problem.is_factorisation
        joint = any(is_joint(part.text) for part in stated.sides)
        if stated.relation.sign == "=" and factorises and joint:
            says = "says that the joint distribution factorises over a graph"
            return Verdict("definition", reason=f"{says}; no graph is in force here")
        return Verdict("undecided", reason=why(graphless[0].problem))
    for part in stated.sides:
        if part.expr is None:
            return Verdict("unreadable", reason=why(part.problem))
    over = overdrawn()
    if over:
        return Verdict("undecided", reason=f"out of time: {over}", out_of_budget=True)
    link = link_of(stated)
    assert link is not None
    ratio = memory.constants.ratio(link)
    verdict = judge_link(link if ratio is None else ratio, setting)
    if ratio is not None and verdict.word == "definition":
        return Verdict("undecided", reason="nothing settles the ratio to the line before it")
    if ratio is not None:
        reason = f"by the ratio to the first line with this constant: {verdict.reason}"
        return replace(verdict, reason=reason)
    if verdict.word in ("fails", "undecided"):
        if given_together(stated, setting):
            return Verdict("definition", reason="both are given the number at the end")
        if memory.takes_letter(stated.right, link):
            return Verdict("definition", reason=f"{stated.right.text} is given for this, too")
        again = memory.by_letters(link)
        if again is not None and judge_link(again, setting).word == "holds":
            return Verdict("holds", "modular", "with the letters given")
    if verdict.word == "definition":
        memory.learn(stated, link, setting)
    if verdict.word == "fails":
        ended = memory.ended_name(part.text for part in stated.sides)
        if ended and ended.casefold() not in {
            v.casefold() for x in link.exprs for v in variables(x)
        }:
            reason = f"it fails with {ended} as another section defines it; here it may be another"
            return Verdict("undecided", reason=reason)
        doubt = _doubt(stated, link, setting)
        if doubt:
            return Verdict("undecided", reason=doubt)
    if verdict.word == "holds" and any(part.alternatives for part in stated.sides):
        doubt = squares_otherwise(stated, link, setting)
        if doubt:
            return Verdict("undecided", reason=doubt)
    if all(map(is_calculation, (link.left, link.right))):
        return verdict  # no words make arithmetic true
    return under(stated.statement, verdict, setting, words)


def _is_settled(stated: StatedRelation, setting: Setting) -> bool:
    """Return whether ``:=`` stands between a probability and its value, which the model has."""
    network, left, right = setting.network, stated.left, stated.right
    if network is None or not network.is_numeric or left.expr is None or right.expr is None:
        return False
    return isinstance(left.expr, Prob) and PROBABLE.match(left.text) is not None


def _doubt(stated: StatedRelation, link: Link, setting: Setting) -> str:
    """Return what another reading of a relation that fails would make of it; empty if nothing."""
    reading = otherwise(stated, link, setting)
    if reading:
        return reading
    alike = look_alikes(link.exprs)
    if alike:
        return alike
    if _goes_over_others(stated, link):
        return "it fails for all variables of the graph, and the product may go over others"
    meant = _as_state(stated, link, setting)
    if meant:
        return f"it fails for a letter of all values, and holds for {meant}; write that"
    denial = _denial(link, setting)
    if denial:
        return f"it fails for a second value {denial}, and holds if {denial} is the denial"
    if link.sign == "=" and (setting.network is None or not setting.network.is_numeric):
        alike = same_at_all_times(link, setting)
        if alike:
            return alike
    return "" if setting.is_model else _unsaid(link, setting)


def _goes_over_others(stated: StatedRelation, link: Link) -> bool:
    r"""Whether the variables of ``\prod_i P(x_i \mid pa_i)`` are not those of the other side."""
    texts = [part.text for part in stated.sides]
    if not any(PRODUCT_OVER.search(text) and any(p in text for p in PARENTS) for text in texts):
        return False
    left, right = (free_letters(expr).keys() for expr in link.exprs)
    return left != right


def _unsaid(link: Link, setting: Setting) -> str:
    """Return what notes without a model seem to suppose, by which a failing claim may hold."""
    supposed = independence_supposed(link, setting)
    if supposed:
        from symcausal.notes.stated.factorisation import circle_of  # few products have one

        circle = next((c for c in map(circle_of, link.exprs) if c), ())
        if circle:
            shown = " and ".join(circle)
            return (
                f"the product conditions {shown} on each other in a circle and factorises nothing"
            )
    if supposed or link.sign != "=":
        return supposed
    left, right = link.exprs
    joined = vector_of(left, right)
    if joined:
        return joined
    if opposites(left, right) or opposites(right, left):
        return "no model says whether one of the two events is the denial of the other"
    for side in (left, right):
        cases = one_of_each(side)
        if cases:
            shown = " and ".join(cases)
            return f"no model says whether {shown} exclude each other and leave nothing else"
    return two_cases(link, setting) or averaged(link, setting)


def _as_state(stated: StatedRelation, link: Link, setting: Setting) -> str:
    """The states by which a failing claim holds, where small letters may name them: P(c) = P(C=yes)."""
    left, right = link.exprs
    text = "\n".join(part.text for part in stated.sides)
    named = named_variables(left, right)
    letters = {
        letter: variable
        for letter, variable in (free_letters(left) | free_letters(right)).items()
        if _is_written_small(letter, text)
        and (variable in named or letter.lower() in setting.states.get(variable, ()))
    }
    own: dict[str, Value] = {
        letter: State(letter.lower())
        for letter, variable in letters.items()
        if letter.lower() in setting.states.get(variable, ())
    }
    for values in (events_of(letters, setting.states), own):
        again = link.with_exprs(substitute(left, values), substitute(right, values))
        if values and judge_link(again, setting).word == "holds":
            return " and ".join(f"{x}={value.name}" for x, value in values.items())
    return ""


def _is_written_small(letter: str, text: str) -> bool:
    small = letter[:1].lower() + letter[1:]
    if small == letter:
        return False
    return re.search(rf"(?<![\w\\]){re.escape(small)}(?!\w)(?!\s*=)", text) is not None


def _denial(link: Link, setting: Setting) -> str:
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
            readings.append(link.with_exprs(substitute(left, values), substitute(right, values)))
        if all(judge_link(reading, setting).word == "holds" for reading in readings):
            return f"{letter}'"
    return ""


def _claim(
    stated: StatedRelation,
    verdict: Verdict,
    setting: Setting,
    manner: Manner,
) -> Claim:
    left, relation, right = stated.left, stated.relation, stated.right
    mended: list[Mended] = []
    doubtful = verdict.word != "fails" or relation.sign != "=" or relation.proportional
    sides = [part.expr for part in (left, right) if part.expr is not None]
    if any(is_number(side) or has_numbers(side) for side in sides):
        doubtful = True
    if not doubtful and left.expr is not None and right.expr is not None:
        seconds = min(manner.budget / 4, remaining() or 0.0)
        acts = manner.acts or mentions_do(left.expr, right.expr)
        mended = suggestions(left.expr, right.expr, setting, seconds=seconds, acts=acts)
    proposed: tuple[Suggestion, ...] = ()
    if mended:
        text = f"{left.text}\n{right.text}"
        notation = Notation.infer(text, manner.notation)
        spelling = ClaimSpelling(text, notation, manner.names, setting.order)
        proposed = tuple(suggestion(found, spelling.written, stated) for found in mended)
    span = between(left.span, right.span)
    return Claim(
        line=span.line,
        column=span.column,
        cell=None,
        left=left.text,
        relation=relation.sign,
        right=right.text,
        judgement=verdict,
        proposed=proposed,
        message="; ".join(_told(stated, verdict, setting)),
        span=span,
        sign=relation.span,
        order=setting.order,
    )


def _told(stated: StatedRelation, verdict: Verdict, setting: Setting) -> Iterator[str]:
    """Yield what else a reader should know of a verdict."""
    if not setting.is_model and verdict.word != "unreadable":
        yield WITHOUT_MODEL
    if verdict.word != "definition":
        yield from dict.fromkeys(part.remark for part in stated.sides if part.remark)
