"""What the words around a passage do to the verdicts on its claims.

Main definitions
----------------
PassageWords : what the words say, and a claim as it stands with them.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcausal.expr.distributions import mentions_do
from symcausal.notes.files.passages import Passage
from symcausal.notes.judging.words.asked import AnswerGiven, is_spoken_of
from symcausal.notes.judging.words.premises import Premise, asks_positive
from symcausal.notes.reading.claims import Hypothesis, Statement
from symcausal.notes.reporting.claim import Claim
from symcausal.notes.reporting.verdict import Verdict
from symcausal.patterns import late
from symcausal.record import record, replace

_LETTERS = late(r"(?<![\\A-Za-z])[A-Za-z]|\\(?:Pr|operatorname|mathbb|mathrm)")
_CONDITIONAL = Verdict(
    "undecided", reason="it does not hold in general, and the words around it make it conditional"
)
_WITHOUT_ITS_MODEL = Verdict("undecided", reason="the model declared for it could not be read")
_SUPPOSED = Verdict("undecided", reason="the notes suppose it here: it need not hold in general")
_ASKED = Verdict("undecided", reason="the notes ask it here, and do not say that it is so")
_LEFT_OPEN = Verdict("undecided", reason="the words before it do not say that it is so")
_SPOKEN_OF = Verdict(
    "undecided", reason="the words around it say what it means, or speak of another graph"
)
_NOT_SHOWN = frozenset({"fails", "undecided"})


@record
class PassageWords:
    """What the words around a passage say of its claims.

    Attributes
    ----------
    passage : Passage
        Where the claims stand.
    is_lost : bool
        Whether the model that is declared for it could not be read.
    supposes : bool
        Whether the words make its formulas conditional.
    premise : Premise
        As what it is supposed; empty if it is not.
    causes : sequence of Hypothesis
        What its neighbours suppose for it.
    has_model : bool
        Whether it stands in a model or on a stated graph.
    answer : AnswerGiven
        What the notes answer to what it asks.
    is_wrong : bool
        Whether the words announce it as wrong.
    is_denied : bool
        Whether the words or the answer deny it.
    is_required : bool
        Whether the notes require it of something, and do not claim it.
    is_left_open : bool
        Whether the words right before it do not say that it is so.
    """

    passage: Passage
    is_lost: bool
    supposes: bool
    premise: Premise
    causes: Sequence[Hypothesis]
    has_model: bool
    answer: AnswerGiven
    is_wrong: bool
    is_denied: bool
    is_required: bool
    is_left_open: bool

    def judged(self, claim: Claim, statement: Statement) -> Claim | None:
        """Return a claim as it stands with the words; None where it is none."""
        if self.is_required and asks_positive(statement) and claim.verdict in _NOT_SHOWN:
            return None  # it says where something holds, not that it is so here
        if self.is_lost and claim.verdict in ("holds", "fails", "undecided"):
            return replace(claim, judgement=_WITHOUT_ITS_MODEL, proposed=(), message="")
        if claim.verdict == "fails":
            softer = self._not_failing(claim, statement)
            return claim if softer is None else replace(claim, judgement=softer, proposed=())
        if claim.verdict == "holds" and (self.is_wrong or (self.causes and not self.has_model)):
            return replace(claim, message=self._with_causes(claim))
        return claim

    def expects(self, claim: Claim, statement: Statement) -> bool:
        """Whether the notes themselves say that a claim is false.

        An independence that they deny is judged as denied, and what fails then is the denial.
        """
        denied = self.is_denied and statement.kind != "independence"
        wrong = claim.verdict == "fails" and (denied or self.is_wrong)
        return self.passage.expects_failure or wrong

    def _not_failing(self, claim: Claim, statement: Statement) -> Verdict | None:
        """What a false claim is where the words do not assert it; None where they do."""
        expected = self.passage.expects_failure or self.is_wrong
        if self.supposes and not expected and _LETTERS.search(f"{claim.left} {claim.right}"):
            return _CONDITIONAL
        if self.premise and not expected:
            return _SUPPOSED
        if self.answer == "none":
            return _ASKED
        if self.is_left_open and not (expected or self.is_denied):
            return _LEFT_OPEN
        if expected or self.is_denied or _names_its_graph(statement):
            return None
        return _SPOKEN_OF if is_spoken_of(self.passage) else None

    def _with_causes(self, claim: Claim) -> str:
        """The message of a claim that holds under what its neighbours suppose, or is called wrong."""
        told = [claim.message] if claim.message else []
        if self.causes:
            shown = " and ".join(dict.fromkeys(cause.text for cause in self.causes))
            line = self.causes[0].span.line
            told.append(f"given what line {line} supposes: {shown}"[:200])
        if self.is_wrong:
            told.append("the words before it announce it as wrong")
        return "; ".join(told)


def _names_its_graph(statement: Statement) -> bool:
    """Whether a claim says itself what is done to the graph: by a surgery, or by an action."""
    said = statement.independence
    if said is not None:
        return bool(said.surgery)
    return mentions_do(*(part.expr for part in statement.parts if part.expr is not None))
