r"""The variables of which notes speak outside of probabilities: ``X \perp Y \mid W``.

Main definitions
----------------
named_in_independences : the variables that the independences of some notes name.
sign_of_independence : where a formula may claim one.
extracts : the formulas of a passage, as claims are read from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from symcausal.errors import SymcausalError
from symcausal.notes.files.passages import Passage
from symcausal.notes.reading.claims import read_claims
from symcausal.notes.reading.pieces import Extract
from symcausal.notes.reading.stated import Hypothesis, Statement
from symcausal.patterns import late
from symcausal.reading.independence import WrittenIndependence
from symcausal.reading.vocabulary import Guess

_MAY_BE_INDEPENDENCE = late(
    r"perp|indep|\\(?:upmodels|bot|ci|models)(?![A-Za-z])|[⟂⊥⫫]|_\|\|?_", re.I
)
_RIGHT_ANGLE = late(r"\\(?:perp|bot)(?![A-Za-z])|[⟂⊥]")


def named_in_independences(
    passages: Sequence[Passage], guess: Guess, *, commas: bool = False
) -> frozenset[str]:
    r"""Return the variables that the independences of some notes name.

    Where notes have no probability, and all that they say is ``u \perp v``, these may be vectors at
    right angles: then there are none.

    Parameters
    ----------
    passages : sequence of Passage
        The derivations of the notes.
    guess : Guess
        What the names of their formulas mean.
    commas : bool
        Whether decimals have a comma.
    """
    found: set[str] = set()
    are_probable = bool(guess.events)
    for passage in passages:
        if passage.skipped or passage.model is not None:
            continue
        if all(sign_of_independence(piece.formula.text) < 0 for piece in passage.pieces):
            continue
        try:
            statements = read_claims([*extracts(passage)], guess, definitions={}, commas=commas)
        except SymcausalError:
            continue
        for text, said in _independences(statements):
            found |= {*said.left, *said.right, *said.given}
            are_probable |= bool(said.given) or len(_RIGHT_ANGLE.findall(text)) != 1
    return frozenset(found) if are_probable else frozenset()


def sign_of_independence(text: str) -> int:
    r"""Return where the first sign in a formula stands that may be an independence, -1 without one.

    Examples
    --------
    >>> sign_of_independence(r"A \perp B"), sign_of_independence(r"A \to B")
    (3, -1)
    """
    found = _MAY_BE_INDEPENDENCE.search(text)
    return found.start() if found else -1


def _independences(statements: Sequence[Statement]) -> Iterator[tuple[str, WrittenIndependence]]:
    """Yield the independences that statements claim or suppose, with their texts."""
    for statement in statements:
        said: tuple[Statement | Hypothesis, ...] = (statement, *statement.hypotheses)
        for one in said:
            if one.independence is not None:
                yield one.text, one.independence


def extracts(passage: Passage) -> Iterator[Extract]:
    """Yield the formulas of a passage and the signs that join them, as claims are read from them.

    Raises
    ------
    SymcausalError
        If a formula cannot be expanded.
    """
    for piece in passage.pieces:
        if piece.sign is not None:
            sign = piece.sign.excerpt()
            yield Extract(sign.text, sign.offsets, sign.whole)
        formula = piece.formula.expanded()
        yield Extract(formula.text, formula.offsets, formula.whole)
