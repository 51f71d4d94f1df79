r"""Judge lists of numbers: ``P(B \mid j, m) = \alpha \langle 0.0006, 0.0015 \rangle``.

The entries stand in the order of the states of the variable that the chain asks for. Beside a constant
that nobody names, their ratios count.

Main definitions
----------------
has_list : whether a relation has a list on one side.
judge_list : the verdict on one.
"""

from __future__ import annotations

from symcausal.expr.build import quotient
from symcausal.expr.nodes import Prob, State
from symcausal.expr.path import everywhere
from symcausal.expr.scope import substitute
from symcausal.notes.judging.judge import judge_link
from symcausal.notes.judging.link import Link, Member, member_of
from symcausal.notes.judging.setting import Setting
from symcausal.notes.reading.stated import StatedRelation, StatedSide, Statement
from symcausal.notes.reporting.verdict import Verdict
from symcausal.reading.calculation import WrittenFraction
from symcausal.record import replace

_RANK = ("fails", "undecided", "definition", "holds")


def has_list(stated: StatedRelation) -> bool:
    """Decide whether a relation of a statement has a list on one of its sides."""
    return any(part.listed for part in stated.sides)


def judge_list(stated: StatedRelation, setting: Setting) -> Verdict:
    """Return the verdict on a relation with a list, that of its worst entry."""
    asked = _asked(stated.statement)
    if asked is None:
        reason = "a list of numbers, and no free variable left of the bar whose states they are for"
        return Verdict("undecided", reason=reason)
    letter, variable = asked
    states = setting.states.get(variable, ())
    counts = {len(part.listed) for part in stated.sides if part.listed}
    if counts != {len(states)}:
        reason = f"{variable} has {len(states)} states, and the list {max(counts)} numbers"
        return Verdict("undecided", reason=reason)
    left, right = (
        [_entry(part, letter, state, i) for i, state in enumerate(states)] for part in stated.sides
    )
    known = [(x, y) for x, y in zip(left, right, strict=True) if x is not None and y is not None]
    if len(known) < len(states):
        return Verdict("undecided", reason="an entry of the list could not be read")
    relation = stated.relation
    if relation.proportional:
        pairs = [(_ratio(x, known[0][0]), _ratio(y, known[0][1])) for x, y in known[1:]]
    else:
        pairs = known
    verdicts = [judge_link(Link(x, _plain(relation.sign), y), setting) for x, y in pairs]
    worst = min(range(len(verdicts)), key=lambda i: _RANK.index(verdicts[i].word))
    shown = states[worst + (1 if relation.proportional else 0)]
    found = verdicts[worst]
    if relation.proportional and found.word == "definition":
        return Verdict("undecided", reason="nothing settles the ratio of these numbers")
    return replace(found, reason=f"{variable}={shown}: {found.reason}") if found.reason else found


def _plain(sign: str) -> str:
    return "=" if sign == "∝" else sign


def _asked(statement: Statement) -> tuple[str, str] | None:
    """Return the one letter that the first probability of a chain asks for, and its variable."""
    for part in statement.parts:
        for _, node in everywhere(part.expr) if part.expr is not None and not part.listed else ():
            if isinstance(node, Prob):
                free = [
                    (e.value.name, e.variable)
                    for e in node.outcome
                    if not isinstance(e.value, State)
                ]
                return free[0] if len(free) == 1 else None
    return None


def _entry(part: StatedSide, letter: str, state: str, number: int) -> Member | None:
    """Return a side at one state: an entry of its list, or its formula there."""
    if part.listed:
        return member_of(part.listed[number])
    member = member_of(part)
    if member is None:
        return None
    return replace(member, expr=substitute(member.expr, {letter: State(state)}), written=None)


def _ratio(one: Member, first: Member) -> Member:
    written = None
    if one.written is not None and first.written is not None:
        written = WrittenFraction(one.written, first.written)
    return Member(quotient(one.expr, first.expr), written, one.small | first.small)
