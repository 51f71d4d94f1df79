"""Comments that speak to the checker: models, and orders such as ``symcausal: off``.

Main definitions
----------------
addressed : what stands after ``symcausal:`` in a comment.
order : the order that some words give, or None.
looks_like_model : whether some words are a model text.
unknown_order : the fault of words that are neither.
"""

from __future__ import annotations

import re

from symcausal.errors import ParseError, Span, nearest
from symcausal.notes.files.items import DirectiveKind

_ADDRESS = re.compile(r"\s*symcausal\b(?:[ \t]+([\w.-]+))?[ \t]*(:?)", re.IGNORECASE)
_ARROW = re.compile(r"->|<-|[\u2192\u2190\u2194]")
_MODEL = re.compile(r"[:;\n]|[Pp]\(")
_BEGIN = ("off", "on", "skip", "expect", "decimal", "use")
_ORDERS: dict[str, DirectiveKind] = {
    "off": "off",
    "on": "on",
    "skip": "skip",
    "expect fails": "expect fails",
    "decimal comma": "decimal comma",
}
_KNOWN = [*_ORDERS, "use NAME"]


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
