"""An unknown name that may be meant for a variable of its chain: *C* on the left, *D* on the right.

Main definitions
----------------
under_another_name : a claim, asked again with the name for another variable.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from symcausal.derive.worksheet import same_form
from symcausal.hints import TypeAlias
from symcausal.network.network import Network
from symcausal.notes.judging.explaining.wording import suggestion
from symcausal.notes.judging.judge import judge_link
from symcausal.notes.judging.link import link_of
from symcausal.notes.judging.mending.roles import (
    as_alias,
    as_variable,
    beside,
    candidates,
    unknown_name,
)
from symcausal.notes.judging.mending.spelling import ClaimSpelling
from symcausal.notes.judging.mending.suggestions import Mended, WhichSide
from symcausal.notes.judging.setting import setting_of
from symcausal.notes.reading.stated import StatedRelation, StatedSide, Statement
from symcausal.notes.reporting.claim import Claim
from symcausal.notes.reporting.verdict import Verdict
from symcausal.reading.vocabulary import Guess, Vocabulary
from symcausal.record import replace
from symcausal.writing.notations import Notation

Named: TypeAlias = Callable[[], Vocabulary | Guess]
Reread: TypeAlias = Callable[[str, Named], Statement | None]  # a key says which names these are


def under_another_name(
    claim: Claim,
    stated: StatedRelation,
    network: Network,
    notation: Notation,
    reread: Reread,
) -> Claim:
    """Return a claim with an unknown name, judged with it for a variable of its chain."""
    name = next((n for part in stated.sides if (n := unknown_name(part.problem))), None)
    if name is None:
        return claim
    apart = reread(f"{name} apart", partial(as_variable, name, network))
    found: list[tuple[str, StatedSide, StatedSide]] = []
    for variable in candidates(stated.statement, network):
        again = reread(f"{name} for {variable}", partial(as_alias, name, variable, network))
        if again is None or apart is None or beside(name, variable, apart):
            continue
        meant = StatedRelation(again, stated.number)
        left, right = meant.sides
        if left.expr is None or right.expr is None or same_form(left.expr, right.expr):
            continue
        link = link_of(meant)
        if link is not None and judge_link(link, setting_of(network)).word == "holds":
            found.append((variable, left, right))
    if len(found) != 1:
        return claim
    variable, left, right = found[0]
    reason = (
        f"there is no variable '{name}'; same variable as {variable}? "
        f"With {name} = {variable} it holds"
    )
    side: WhichSide = "right" if unknown_name(stated.right.problem) else "left"
    assert left.expr is not None
    assert right.expr is not None
    typed = variable.lower() if name.islower() else variable
    text = re.sub(rf"(?<![A-Za-z]){name}(?![A-Za-z])", typed, f"{left.text}\n{right.text}")
    spelling = ClaimSpelling(
        text, Notation.infer(text, notation), Vocabulary.of(network), tuple(network.variables)
    )
    mended = suggestion(Mended(left.expr, right.expr, side), spelling.written, stated)
    return replace(claim, judgement=Verdict("undecided", reason=reason), proposed=(mended,))
