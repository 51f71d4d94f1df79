r"""Derivations that run over several formulas, joined as their author meant them.

Main definitions
----------------
PassageFormula : a formula, and the sign in the words before it that joins it to the one before.
Passage : the pieces of one derivation, and what the notes order for it.
derivations : the passages of a document.

Notes
-----
A formula goes on from the one before it

- where nothing but a sign of relation stands between two formulas of a paragraph: ``$a$ = $b$``;
- where it begins with a relation or with ``\times``, ``\cdot`` or ``+``, and only few words lie
  between; a display not from a name that the paragraph before it mentions;
- where the one before ends with such a sign, and no words lie between.

A model, an order to the checker or another cell than the next part two passages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from symcausal.errors import SymcausalError, UsageError, nearest
from symcausal.hints import assert_never
from symcausal.notes.files.items import Directive, Formula, ModelBlock, NotesFile, Prose
from symcausal.patterns import late
from symcausal.reading.nearby import folded
from symcausal.record import record, replace

MAX_WORDS = 8
MAX_CHARACTERS = 80
MAX_SENTENCE = 300
MAX_TERMS = 4

_SIGN = (
    r"=|≈|≠|≤|≥|∝|≡|≃|:=|<=|>=|!=|==|~="
    r"|\\(?:approx|neq?|leq?|geq?|propto|equiv|simeq|coloneqq|stackrel|overset|le|ge)(?![A-Za-z])"
)
_ALONE = late(rf"(?:{_SIGN}|[<>])\Z")
_BLANK = (
    r"(?:[\s&~]|%[^\n]*\n|\{\}|\\[,;:!> ]|\\(?:quad|qquad|displaystyle|textstyle|nonumber|notag"
    r"|hspace\*?\s*\{[^{}]{0,40}\}|phantom\s*\{[^{}]{0,200}\}|mathrel|left\.|color\s*\{[^{}]{0,40}\}"
    r"|begin\s*\{(?:aligned|split|align\*?|gathered|alignedat|array)\}(?:\[[tbc]\])?"
    r"(?:\{[^{}]{0,40}\})?)(?![A-Za-z])"
    r"|\\\\)*+"
)
_BEGINS = late(rf"{_BLANK}(?:{_SIGN}|[<>+]|\\(?:times|cdot)(?![A-Za-z])|[×⋅·])")
_STOP = late(r"[.!?][)\]\"'*_]*(?=\s|\Z)")
_CHANCE = late(
    r"(?<![A-Za-z\\])(?:P|p|E|[a-z]?Pr?)(?![A-Za-z])|\\(?:Pr|P|E|mathbb|mathrm|operatorname)"
)
_APART = late(r"\n[ \t>]*\n")
_BRACKETS = late(r"[(\[][^()\[\]]*[)\]]|\{[^{}]*\}")
_RELATED = late(rf"{_SIGN}|[<>]")
_ENDS = late(rf"(?:{_SIGN}|[+<>×⋅·]|\\(?:times|cdot))(?:[\s&~]|\\[,;:!> ]|\\\\|\{{\}}|\\q?quad)*\Z")


@record
class PassageFormula:
    """A formula of a passage, with the sign before it if that stands in the words."""

    formula: Formula
    sign: Prose | None = None


@record
class Passage:
    """The formulas of one derivation, and what the notes order for it.

    Parameters
    ----------
    pieces : tuple of Piece
        Its formulas in their order.
    model : ModelBlock or None
        The model that the notes have set for it.
    skipped : bool
        Whether the notes tell the checker to leave it alone.
    expects_failure : bool
        Whether the notes say that it is wrong, as an exercise may be.
    decimal_comma : bool
        Whether the notes say that their decimals have a comma.
    """

    pieces: tuple[PassageFormula, ...]
    model: ModelBlock | None = None
    skipped: bool = False
    expects_failure: bool = False
    decimal_comma: bool = False


@dataclass(slots=True)
class _Orders:
    """What the notes have ordered so far."""

    model: ModelBlock | None = None
    off: bool = False
    skip: bool = False
    fails: bool = False


def derivations(document: NotesFile) -> tuple[list[Passage], list[SymcausalError]]:
    """Return the passages of a document, and the faults met on the way.

    Returns
    -------
    tuple of lists
        The passages in their order, and the orders that cannot be followed (an unknown model).
    """
    commas = any(isinstance(i, Directive) and i.kind == "decimal comma" for i in document.items)
    models = {i.name: i for i in document.items if isinstance(i, ModelBlock) and i.name}
    passages: list[Passage] = []
    problems: list[SymcausalError] = []
    orders = _Orders()
    pieces: list[PassageFormula] = []
    between: list[Prose] = []
    since = 0  # the first passage after the last order

    def close() -> None:
        if pieces:
            passages.append(
                Passage(
                    tuple(pieces), orders.model, orders.off or orders.skip, orders.fails, commas
                )
            )
            orders.skip = orders.fails = False
        pieces.clear()
        between.clear()

    for item in document.items:
        match item:
            case Formula():
                joined, sign = (
                    _joined(pieces[-1].formula, between, item) if pieces else (False, None)
                )
                if not joined:
                    earlier = _displayed(passages, since, pieces, item)
                    close()
                    if earlier is not None:
                        pieces += passages.pop(earlier).pieces
                pieces.append(PassageFormula(item, sign))
                between.clear()
            case Prose():
                between.append(item)
            case ModelBlock():
                close()
                orders.model, since = item, len(passages)
            case Directive():
                close()
                since = len(passages)
                problem = _follow(item, orders, models)
                if problem:
                    problems.append(problem)
    close()
    return passages, problems


def _follow(
    directive: Directive, orders: _Orders, models: dict[str, ModelBlock]
) -> SymcausalError | None:
    match directive.kind:
        case "off" | "on":
            orders.off = directive.kind == "off"
        case "skip":
            orders.skip = True
        case "expect fails":
            orders.fails = True
        case "use":
            model = models.get(directive.argument)
            if model is None:
                return UsageError(
                    f"no model of these notes has the name '{directive.argument}'",
                    hint=nearest(directive.argument, models),
                    span=directive.span,
                )
            orders.model = model
        case "decimal comma":
            pass  # of the whole file, wherever it stands
        case "fill" | "end":
            pass  # what stands between them is judged as anything else
        case _:
            assert_never(directive.kind)
    return None


def _joined(last: Formula, between: Sequence[Prose], new: Formula) -> tuple[bool, Prose | None]:
    """Whether a formula goes on from the last, and the sign between them."""
    if last.part is not new.part and (last.part.cell or 0) + 1 != new.part.cell:
        return False, None
    if len(between) == 1 and (
        _ALONE.match(between[0].text.strip()) or _operates(between[0].text, new)
    ):
        return True, _stripped(between[0])
    words = " ".join(prose.text for prose in between)
    if not last.display and (_STOP.search(words) or _is_mention(last, new)):
        return False, None
    if "|" in words or len(folded(words)) > MAX_CHARACTERS or len(words.split()) > MAX_WORDS:
        return False, None
    if _BEGINS.match(new.excerpt().text):
        return True, None
    return not words and bool(_ENDS.search(last.excerpt().text[-200:])), None


def _displayed(
    passages: Sequence[Passage], since: int, pieces: Sequence[PassageFormula], new: Formula
) -> int | None:
    """The passage with which a display that begins with a sign goes on, if it is not the last one.

    The sentence between two displays may name a term: *divide by* ``$P(x)$``.
    """
    if not pieces or not new.display or not _BEGINS.match(new.excerpt().text):
        return None
    if any(piece.formula.display or not _lone(piece.formula) for piece in pieces):
        return None
    for number in reversed(range(max(since, len(passages) - MAX_TERMS), len(passages))):
        last = passages[number].pieces[-1].formula
        if last.part is not new.part:
            return None
        if last.display:
            source = last.part.source.text[last.end : new.offset]
            near = len(folded(source)) <= MAX_SENTENCE and "\n#" not in source
            plain = not (passages[number].skipped or passages[number].expects_failure)
            return number if near and plain else None
        if len(passages[number].pieces) > 1 or not _lone(last):
            return None
    return None


def _is_mention(last: Formula, new: Formula) -> bool:
    """Whether a display stands in a paragraph of its own behind a name that a sentence mentions.

    A probability may be what the sentence leads to: *for the denominator* ``$P(b)$``.
    """
    if not new.display or not _lone(last) or _CHANCE.search(last.excerpt().text):
        return False
    return last.part is new.part and bool(
        _APART.search(last.part.source.text, last.end, new.offset)
    )


def _lone(formula: Formula) -> bool:
    return not _RELATED.search(_BRACKETS.sub("", formula.excerpt().text))


def _operates(words: str, new: Formula) -> bool:
    """Whether an operator alone stands in one line between two formulas, and no dash or bullet."""
    sign = words.strip()
    if "\n" in words:
        return False
    return sign in ("*", "×", "⋅", "·", "+") or (sign in ("-", "−", "/") and _lone(new))


def _stripped(sign: Prose) -> Prose:
    left = len(sign.text) - len(sign.text.lstrip())
    return replace(sign, text=sign.text.strip(), offset=sign.offset + left)
