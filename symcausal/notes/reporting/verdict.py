"""What is said about a claim.

Main definitions
----------------
Verdict : the judgement on one relation sign, with its evidence.
verdict_of : what a judgement says, whatever error it ends in.
"""

from __future__ import annotations

from collections.abc import Callable

from symcausal.errors import LimitError, SymcausalError
from symcausal.hints import Literal, TypeAlias
from symcausal.kernel.counterexample import Counterexample
from symcausal.record import record
from symcausal.rules.condition import Condition

Word: TypeAlias = Literal["holds", "fails", "undecided", "unreadable", "definition"]
Evidence: TypeAlias = Literal["derivation", "exact", "numbers", "modular", "counterexample", ""]

WORDS: tuple[Word, ...] = ("holds", "fails", "undecided", "unreadable", "definition")
ERROR_BOUND = "the chance of error is below 2^-60"


@record
class Verdict:
    """The judgement on one relation sign, with its evidence and reason.

    Attributes
    ----------
    word : str
        ``holds``, ``fails``, ``undecided``, ``unreadable`` or ``definition``.
    evidence : str
        ``derivation`` (rules), ``exact`` (a computation in fractions), ``numbers`` (equal in this
        model's numbers, not over its graph), ``modular`` (random models modulo a prime),
        ``counterexample``; empty where nothing was judged.
    reason : str
        In words.
    assumes : tuple of Condition
        What has to be possible for both sides to be defined.
    example : Counterexample or None
        A model in which the two sides differ.
    out_of_budget : bool
        Whether it is undecided because time or space ran out.
    internal : bool
        Whether it is undecided because of a defect of this library.
    """

    word: Word
    evidence: Evidence = ""
    reason: str = ""
    assumes: tuple[Condition, ...] = ()
    example: Counterexample | None = None
    out_of_budget: bool = False
    internal: bool = False

    def denied(self, differing: str) -> Verdict:
        """Return the verdict on ``≠``, of that on ``=``; ``differing`` says that the sides differ."""
        if self.word == "holds":
            return Verdict("fails", self.evidence, "the two sides are equal: " + self.reason)
        if self.word == "fails":
            return Verdict("holds", self.evidence, differing, example=self.example)
        return self


def verdict_of(work: Callable[[], Verdict]) -> Verdict:
    """Return the verdict of a judgement; undecided, with the reason, where it ends in an error."""
    try:
        return work()
    except LimitError as error:
        reason = f"a limit was reached: {error.message}"
        return Verdict("undecided", reason=reason, out_of_budget=True)
    except ZeroDivisionError:
        return Verdict("undecided", reason="a condition on one side is impossible in every model")
    except SymcausalError as error:
        return Verdict("undecided", reason=error.message)
