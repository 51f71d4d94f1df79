r"""Boundaries that a command with an argument makes: words in a formula, and signs under a label.

Main definitions
----------------
boundary_of_text : what ``\text{..}`` or ``\overset{..}{=}`` stands for.
boundary_in_braces : what ``{=}`` stands for.
tells_of_row : whether words at the end of a row are told of it.
reason_end : where the reason ends that a column in a bracket holds.
end_of_argument : where the argument of a command ends.
end_of_subscript : where a subscript ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from symcausal.notes.reading.boundaries import Boundary, words_kind
from symcausal.notes.reading.measures import PROBABLE
from symcausal.patterns import late
from symcausal.reading.lexemes import OPERATORS, RELATIONS, Lexeme, Lexemes, meaning_of
from symcausal.reading.numerals import numeral

_ROW_ENDS = late(r"\\\\|\\end\s*\{")
_COLUMN_BEGINS = late(r"(?:[\s&~.]|\\[,;:! ]|\\q?quad(?![A-Za-z]))*")
_NUMBERED = late(r"[(\[][\w.*'†‡-]{1,6}[)\]]")
_OPERAND_AWAITED = late(
    r"(?:\A|\\\\|[&(\[=<>≈∝≠≤≥+*/×·⋅−-]|\\\{|\\(?:times|cdot|div|ast|approx|propto|leq?|geq?|neq?|equiv"
    r"|begin\s*\{[^{}]*\}))(?:\s|~|\\[,;:! ]|\\q?quad)*\Z"
)
_EVENT_AWAITED = late(r"(?:[,;|]|\\(?:mid|vert|given)(?![A-Za-z]))(?:\s|~|\\[,;:! ])*\Z")
_GOES_ON = late(r"[-+*/×·⋅−=<>≈∝≠≤≥]|\\(?:times|cdot|div|ast|sum|prod|int)(?![A-Za-z])|:=")
_TELLS_ABOUT = late(
    r"[=<>≈∝≠≤≥⟂⊥⫫]|\\(?:perp|indep|leq?|geq?|neq?|approx|propto|forall|in|text|mbox)"
)
_WORDING = late(r"\\(?:text[a-z]*|mbox|hbox)\s*\{[^{}]*\}")
_DOLLARS = late(r"\$([^$]*)\$|\\\((.*?)\\\)", re.DOTALL)
_BARE_SIGN = late(r"\s*(\\[A-Za-z]+|[=<>≈∝≠≤≥])")
_LOWERED = late(r"(?:\\right)?\s*_\s*")
_LOWERED_NAME = late(r"\\[A-Za-z]+|\w")


def boundary_of_text(lexemes: Lexemes, command: Lexeme) -> tuple[Boundary, int] | None:
    r"""Return the words of ``\text{..}``, or the relation under ``\overset{..}``, and where they end.

    None for a name.
    """
    text, at = lexemes.text, command.start
    close = end_of_argument(lexemes, command.end)
    opened = text.find("{", command.end, close)
    if opened < 0 or close <= opened + 1:
        return None
    words = text[opened + 1 : close - 1]
    if command.kind == "stack":
        return _under_label(lexemes, at, close, words)
    bare = words.strip()
    if command.name in ("mathrm", "operatorname", "mathit", "textsc"):
        kind = words_kind(bare.replace("~", " "))
        if kind not in ("if", "where", "since", "and") or "$" in bare or bare == "as":
            return None
        return Boundary("words", at, close, kind), close
    inside = tuple(_formulas_in(words, opened + 1))
    kind = words_kind(bare)
    if command.name in ("intertext", "shortintertext"):
        return Boundary("words", at, close, "row", inside), close
    is_number = numeral(bare) is not None
    plain = bare.isalnum() and kind == "other"
    name = plain or is_number or bare.casefold() in ("do", "p", "pr", "e")
    after = text[close : close + 20].lstrip()
    if name and (after[:1] in ("(", "[", "_", "^") or after.startswith("\\left")):
        return None
    shape = "name" if name or (kind == "other" and "$" not in bare and _is_operand(bare)) else ""
    return Boundary("words", at, close, kind if not shape else "name", inside), close


def boundary_in_braces(lexemes: Lexemes, at: int, end: int) -> Boundary | None:
    """Return what ``{=}`` is, with which authors mend the space around a sign."""
    close = lexemes.closing.get(at, -1)
    if close < 0 or close - at > 20:
        return None
    inside = lexemes.text[at + 1 : close].strip().lstrip("\\")
    if inside in RELATIONS:
        return Boundary("relation", at, close + 1, RELATIONS[inside])
    if not inside and close < end:
        return Boundary("blank", at, close + 1)
    if inside in OPERATORS:
        return Boundary("operator", at, close + 1)
    return None


def tells_of_row(text: str, words: Boundary, end: int) -> bool:
    """Decide whether words stand at the end of a row, behind something complete."""
    gap = _COLUMN_BEGINS.match(text, words.end, end)
    assert gap is not None
    if words.text == "name" or not _ROW_ENDS.match(text, gap.end(), end):
        return False
    before = text[max(0, words.start - 60) : words.start]
    return not (_OPERAND_AWAITED.search(before) or _EVENT_AWAITED.search(before))


def reason_end(lexemes: Lexemes, at: int, end: int) -> int | None:
    r"""Return where the reason or label ends that a column holds in the middle of a bracket.

    Such a column is the last of its row, stands behind something complete, and is words, a number
    of an equation, or what two separators set apart: ``\bigl(P(x) && \text{(2)} \\``.
    """
    text = lexemes.text
    if _OPERAND_AWAITED.search(text[max(0, at - 60) : at]):
        return None
    begin = _COLUMN_BEGINS.match(text, at, end)
    assert begin is not None
    start = begin.end()
    row_end = _ROW_ENDS.search(text, start, end)
    stop = row_end.start() if row_end else end
    told = text[start:stop].strip(" \t\n~.,;")
    bare = _WORDING.sub(" ", told)
    if any(bare.count(opens) != bare.count(closes) for opens, closes in ("()", "[]", "{}")):
        return None
    if not told or "&" in bare or _GOES_ON.match(told):
        return None
    if _NUMBERED.fullmatch(told):
        return stop
    word = lexemes.at(start)
    if word is not None and word.kind == "font":
        taken = boundary_of_text(lexemes, word)
        if taken is not None and taken[0].kind == "words":
            return stop if taken[0].text != "name" or not text[taken[1] : stop].strip() else None
    apart = text.count("&", at, start) > 1
    return stop if apart and (_TELLS_ABOUT.search(told) or not PROBABLE.search(told)) else None


def end_of_argument(lexemes: Lexemes, at: int) -> int:
    """Return where the argument in braces ends that begins at a place, maybe behind blanks."""
    text = lexemes.text
    while at < len(text) and text[at].isspace():
        at += 1
    return lexemes.closing[at] + 1 if at in lexemes.closing else at


def end_of_subscript(lexemes: Lexemes, at: int) -> int:
    """Return where the subscript ends that begins at a place; the place itself without one."""
    match = _LOWERED.match(lexemes.text, at)
    if not match:
        return at
    end = match.end()
    if end in lexemes.closing:
        return lexemes.closing[end] + 1
    match = _LOWERED_NAME.match(lexemes.text, end)
    return match.end() if match else at


def _is_operand(words: str) -> bool:
    return bool(words) and all(c.isalnum() or c in " -_" for c in words)


def _formulas_in(words: str, at: int) -> Iterator[tuple[int, int]]:
    for match in _DOLLARS.finditer(words):
        group = 1 if match.group(1) is not None else 2
        yield at + match.start(group), at + match.end(group)


def _under_label(lexemes: Lexemes, at: int, close: int, label: str) -> tuple[Boundary, int] | None:
    text = lexemes.text
    end = end_of_argument(lexemes, close)
    body = text.find("{", close, end)
    if body < 0 or end <= close:
        match = _BARE_SIGN.match(text, close)
        if not match:
            return None
        sign, end = match.group(1), match.end()
    else:
        sign = text[body + 1 : end - 1].strip()
    relation = RELATIONS.get(sign.lstrip("\\").strip())
    if relation is None:
        word = sign.lstrip("\\")
        leads = word.isascii() and meaning_of(word)[0] == "implies"
        return (Boundary("implies", at, end, word), end) if leads else None
    if relation == "=" and (re.search(r"def", label) or r"\triangle" in label):
        relation = ":="
    return Boundary("relation", at, end, relation), end
