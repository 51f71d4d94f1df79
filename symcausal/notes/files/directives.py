"""Comments that speak to the checker: models, and orders such as ``symcausal: off``.

Main definitions
----------------
addressed : what stands after ``symcausal:`` in a comment.
order : the order that some words give, or None.
gap_word : whether some words open or close a gap that a command fills.
not_alone : the fault of such words that have no line for themselves.
looks_like_model : whether some words are a model text.
alone_in_its_line : whether the inside of a comment has its line for itself.
unknown_order : the fault of words that are neither.
"""

from __future__ import annotations

import re

from symcausal.errors import ParseError, Span, nearest
from symcausal.hints import Literal
from symcausal.notes.files.items import DirectiveKind
from symcausal.patterns import late

_ADDRESS = late(r"\s*symcausal\b(?:[ \t]+([\w.-]+))?[ \t]*(:?)", re.IGNORECASE)
_OPENS_ALONE = late(r"[ \t>]*(?:<!--|%|#|//)")
_ARROW = late(r"->|<-|[\u2192\u2190\u2194]")
_MODEL = late(r"[:;\n]|[Pp]\(")
_BEGIN = ("off", "on", "skip", "expect", "decimal", "use")
_ORDERS: dict[str, DirectiveKind] = {
    "off": "off",
    "on": "on",
    "skip": "skip",
    "expect fails": "expect fails",
    "decimal comma": "decimal comma",
}
_KNOWN = [*_ORDERS, "use NAME"]
#: What is said of an edge of a gap that is none.
NOT_ALONE = "a question, or the end of its answer, that is not alone in its line"
#: The words of commands whose answers stand in gaps of notes.
FILLING = (
    "derive", "numbers", "evaluate", "sensitivity", "compare", "identify", "draw", "table", "counts",
)  # fmt: skip
#: Questions that no command answers yet.
UNANSWERED = ("bounds",)
_ASKING = (*FILLING, *UNANSWERED)


def addressed(text: str, start: int, end: int) -> tuple[str, int, bool] | None:
    """Return where the words of a comment ``symcausal [name]: ...`` begin, and its name.

    Returns
    -------
    tuple or None
        The name or an empty string, where the words after the colon begin, and whether there is a
        colon; None if the comment speaks to somebody else.
    """
    match = _ADDRESS.match(text, start, end)
    if match is None:
        return None
    if not match.group(2):  # `symcausal off`: the name is no name
        word = match.start(1) if match.group(1) else match.end()
        words = text[word:end].strip()
        known = words.split(None, 1)[:1]
        if not known or (known[0].casefold() not in _BEGIN and not _ARROW.search(words)):
            return None
        return "", word, False
    return match.group(1) or "", match.end(), True


def order(words: str) -> tuple[DirectiveKind, str] | None:
    """Return the order that the words of a comment give, with its argument.

    Examples
    --------
    >>> order("use student"), order("of the day")
    (('use', 'student'), None)
    """
    split = words.split()
    if len(split) == 2 and split[0] == "use":
        return "use", split[1]
    known = _ORDERS.get(" ".join(split))
    return (known, "") if known else None


def gap_word(words: str) -> Literal["fill", "end"] | None:
    """Decide whether words open a gap that a command fills, or close one.

    An arrow or a colon after the command makes them a model, whose variable has the command's name.

    Examples
    --------
    >>> gap_word("derive P(L | do(G=A))"), gap_word("end"), gap_word("table -> draw")
    ('fill', 'end', None)
    """
    first, *rest = words.split(None, 1) or [""]
    if rest and (":" in rest[0] or _ARROW.search(rest[0])):
        return None
    if first in _ASKING:
        return "fill"
    return "end" if words.strip() == "end" else None


def alone_in_its_line(text: str, start: int, end: int) -> bool:
    """Decide whether the inside of a comment has its line for itself, but for signs of quotation."""
    if "\n" in text[start:end]:
        return False
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    after = text[end : len(text) if stop < 0 else stop].strip()
    return bool(_OPENS_ALONE.fullmatch(text, line, start)) and after in ("", "-->")


def not_alone(words: str, span: Span) -> ParseError | None:
    """Return the fault of words that would be an edge of a gap if they had a line for themselves.

    The words of a model may go on in the next line after a variable with the name of a command.
    """
    if gap_word(words) is None or (words.split("\n", 1)[0].strip() in _ASKING and "\n" in words):
        return None
    return ParseError(
        NOT_ALONE,
        expected="the whole comment in one line, and nothing else in that line",
        span=span,
    )


def looks_like_model(words: str) -> bool:
    """Decide whether words that are no order are a model text: arrows, colons, several lines."""
    if _ARROW.search(words):
        return True
    first = words.split(None, 1)[:1]
    return bool(first and first[0] not in _BEGIN and _MODEL.search(words.strip()))


def unknown_order(words: str, span: Span) -> ParseError:
    """Return the error for a comment to the checker that is neither an order nor a model."""
    shown = " ".join(words.split())[:40]
    hint = nearest(shown, _KNOWN)
    return ParseError(
        f"the checker does not know '{shown}'" if shown else "nothing after 'symcausal:'",
        expected="off, on, skip, expect fails, decimal comma, use NAME, or a model such as X -> Y",
        hint=hint,
        span=span,
    )
