"""The back-door and the front-door criterion, as words state them beside a formula.

Main definitions
----------------
Criterion : which of the two, and of which variables.
criterion_beside : the criterion that the sentences around a passage say is met.
meets : whether a relation is what a criterion gives.

References
----------
[Pearl2009]_ Section 3.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from symcausal.expr.build import prob, product, total
from symcausal.expr.nodes import Event, Events, Expr, Letter, Prob
from symcausal.expr.scope import fresh, variables
from symcausal.notes.files.passages import Passage
from symcausal.notes.phrases.sentences import paragraph_before, sentence_around
from symcausal.patterns import late
from symcausal.record import record
from symcausal.rules.adjustment import adjusted

_MET = late(
    r"(?P<before>[^.;]{0,160}?)\b(?:satisf(?:y|ies|ied|ying)|meets?|fulfil?ls?|obeys?)\s+"
    r"(?:the\s+)?(?P<kind>back|front)[-\s]?door\s+(?:criteri(?:on|a)|conditions?)"
    r"(?P<after>[^.;]{0,160})",
    re.I,
)
_TAKEN_BACK = late(
    r"\b(?:not|no|never|unless|only|cannot|fails?|failed|whether|iff|nothing|neither|nor|but|without"
    r"|otherwise|however|does|did|would|could|might)\b|n't\b|\?",
    re.I,
)
_THEN = late(r"\b(?:then|so|hence|thus|therefore|we|the)\b", re.I)
_FORMULA = late(r"\$\$?([^$]*)\$\$?|\\\((.*?)\\\)", re.DOTALL)
_CLOSED = late(r"\A\s*(?:\$\$?|\\\)|\\\])")
_TYPE = late(r"\\(?:math(?:bf|bb|rm|cal|it|sf)|boldsymbol|bm|text|[lr]brace|left|right|[{},;: ])")
_NAME = late(r"[A-Za-z]+(?:_\{?\w+\}?)?\w*")
_INDEX = late(r"[_{}\s]")


@record
class Criterion:
    """A criterion that words say is met.

    Attributes
    ----------
    is_front : bool
        Whether it is the front-door criterion.
    by : tuple of str
        The variables that meet it, as they are spelt.
    of : tuple of str
        The cause and the effect; empty where they are not named.
    """

    is_front: bool
    by: tuple[str, ...]
    of: tuple[str, ...]

    @property
    def told(self) -> str:
        """The criterion in words."""
        kind = "front" if self.is_front else "back"
        of = f" relative to ({', '.join(self.of)})" if self.of else ""
        return f"{kind}-door adjustment, where {', '.join(self.by)} meets the criterion{of}"


def criterion_beside(passage: Passage) -> Criterion | None:
    """Return the criterion that words beside a passage say is met; None if none, or in doubt."""
    first, last = passage.pieces[0].formula, passage.pieces[-1].formula
    if first.part is not last.part:
        return None
    text = last.part.source.text
    _, after, _ = sentence_around(text, first.offset, last.end)
    before = paragraph_before(text, first.offset)
    found = [*_MET.finditer(before), *_MET.finditer(_CLOSED.sub("", after, count=1))]
    if len(found) != 1:
        return None
    (met,) = found
    end = _THEN.search(met["after"])
    rest = met["after"][: end.start()] if end else met["after"]
    if _TAKEN_BACK.search(met["before"]) or _TAKEN_BACK.search(rest):
        return None
    by = list(_formulas(met["before"]))
    of = [name for one in _formulas(rest) for name in _names(one)]
    is_front = met["kind"].casefold() == "front"
    return Criterion(is_front, tuple(_names(by[-1])), tuple(of[:2])) if by else None


def meets(criterion: Criterion, left: Expr, right: Expr) -> tuple[Expr, Expr] | None:
    """Return what a criterion gives for the effect on one side, and the other side, if that may be it.

    The two have the same variables; whether they are equal is for others to decide.
    """
    for effect, formula in ((left, right), (right, left)):
        if not isinstance(effect, Prob) or not effect.do or effect.given:
            continue
        ends = (*effect.do.variables, *effect.outcome.variables)
        by = tuple(name for name in variables(formula) if name not in ends)
        named = {_plain(name) for name in criterion.by}
        if not by or len(ends) != len(set(ends)) or named != set(map(_plain, by)):
            continue
        if criterion.of and [*map(_plain, criterion.of)] != [*map(_plain, ends)]:
            continue
        if criterion.is_front:
            return _through(effect, by), formula
        return adjusted(effect.outcome, effect.do, by).after, formula
    return None


def _through(effect: Prob, by: tuple[str, ...]) -> Expr:
    """``sum_m P(m | x) sum_x' P(y | x', m) P(x')``."""
    taken = {*effect.outcome.letters, *effect.do.letters}
    over = Events(Event(name, Letter(fresh(name, taken))) for name in by)
    taken |= set(over.letters)
    causes = Events(Event(name, Letter(fresh(name, taken))) for name in effect.do.variables)
    inner = total(causes, product((prob(effect.outcome, causes | over), prob(causes))))
    return total(over, product((prob(over, effect.do), inner)))


def _formulas(words: str) -> Iterator[str]:
    for match in _FORMULA.finditer(words):
        yield match.group(1) or match.group(2) or ""


def _names(formula: str) -> Sequence[str]:
    """The names in a formula; of a set that is told, its members."""
    bare = _TYPE.sub(" ", formula.rpartition("=")[2])
    return _NAME.findall(bare)


def _plain(name: str) -> str:
    return _INDEX.sub("", name).casefold()
