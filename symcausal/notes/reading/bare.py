r"""A formula without what only sets type: comments, tags, labels, colours, the names under braces.

Main definitions
----------------
bared : the lexemes of a text in which all this is blank, every character in its place.
BEGINS_OR_ENDS : the signs with which a formula goes on or is gone on with.
"""

# ruff: noqa: SIM905 - long lists of words read best as text

from __future__ import annotations

import re

from symcausal.patterns import late
from symcausal.reading.lexemes import Lexeme, Lexemes

BEGINS_OR_ENDS = (
    r"=|<|>|≈|≃|∝|≠|≤|≥|≡|≔|\+|\*|×|·|⋅"
    r"|\\(?:approx|simeq|propto|neq?|leq?|geq?|lt|gt|equiv|coloneqq|triangleq|times|cdot)(?![A-Za-z])"
)
_EDGE_BEFORE = late(rf"\s*(?:{BEGINS_OR_ENDS}|-)")
_EDGE_AFTER = late(rf"(?:{BEGINS_OR_ENDS}|-)\s*\Z")
_COMMENT = late(r"\\.|%", re.DOTALL)
_PERCENT = late(r"\d\s*\Z")
_LABEL = late(r"\s*[_^]\s*")
_LETTER = late(r"\\[A-Za-z]+|\w")
_DROPPED_WITH_ARGUMENT = frozenset(
    "tag label color hspace vspace phantom hphantom vphantom ref eqref cite require".split()
)
_GAPS = frozenset({"hspace", "hfill"})
_UNWRAPPED = frozenset({"boxed", "fbox", "textcolor", "colorbox", "mathrel", "mathbin", "mathop"})
_COLOURS = frozenset({"textcolor", "colorbox"})
_BRACES = frozenset({"underbrace", "overbrace"})
_TYPESETTING = (
    _DROPPED_WITH_ARGUMENT | _GAPS | _UNWRAPPED | _BRACES
    | frozenset(
        "nonumber notag qedhere qed displaystyle textstyle scriptstyle scriptscriptstyle checkmark "
        "blacksquare square tiny scriptsize footnotesize small normalsize large".split()
    )
)  # fmt: skip


def bared(text: str) -> Lexemes:
    r"""Return the lexemes of a text, comments and typesetting blank.

    Examples
    --------
    >>> bared(r"\boxed{P(x)} \tag{1}").text.split()
    ['P(x)']
    """
    lexemes = Lexemes(_without_comments(text))
    typesetting = [one for one in lexemes.within(0, len(text)) if _sets_type(one)]
    if not typesetting:
        return lexemes
    letters = list(lexemes.text)
    for command in typesetting:
        _bare(lexemes, letters, command)
    return Lexemes("".join(letters))


def _without_comments(text: str) -> str:
    if "%" not in text:
        return text
    letters = list(text)
    for match in _COMMENT.finditer(text):
        at = match.start()
        if match.group() != "%" or letters[at] == " ":
            continue
        end = text.find("\n", at)
        if end < 0 and _PERCENT.search(text, max(0, at - 20), at):
            continue  # 50% in the last line is a percentage
        _blank(letters, at, len(text) if end < 0 else end)
    return "".join(letters)


def _sets_type(lexeme: Lexeme) -> bool:
    if lexeme.kind == "command":
        return lexeme.name in _TYPESETTING
    # the blank that a backslash and the end of a line are
    return lexeme.kind == "other" and lexeme.text[0] == "\\" and lexeme.text[1:].isspace()


def _bare(lexemes: Lexemes, letters: list[str], command: Lexeme) -> None:
    """Blank a command, and of its arguments what sets type only."""
    text, closing = lexemes.text, lexemes.closing
    _blank(letters, command.start, command.end)
    if command.name in _GAPS:
        letters[command.start : command.start + 6] = "\\quad "
    opened = _opening(text, command.end)
    close = closing.get(opened, -1)
    if command.name in _COLOURS and close >= 0:
        _blank(letters, command.start, close + 1)
        opened = _opening(text, close + 1)
        close = closing.get(opened, -1)
    if close < 0:
        return
    if command.name in _DROPPED_WITH_ARGUMENT:
        _blank(letters, command.end, close + 1)
    elif command.name in _UNWRAPPED:
        letters[opened] = letters[close] = " "
    elif command.name in _BRACES:
        _drop_label(lexemes, letters, close + 1)
        if _EDGE_BEFORE.match(text, opened + 1, close) or _EDGE_AFTER.search(
            text[max(opened + 1, close - 20) : close]
        ):
            letters[opened] = letters[close] = " "


def _drop_label(lexemes: Lexemes, letters: list[str], at: int) -> None:
    match = _LABEL.match(lexemes.text, at)
    if not match:
        return
    end = match.end()
    if lexemes.text[end : end + 1] == "{":
        _blank(letters, at, lexemes.closing.get(end, end - 1) + 1)
    else:
        word = _LETTER.match(lexemes.text, end)
        _blank(letters, at, word.end() if word else end)


def _opening(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at if text[at : at + 1] == "{" else -1


def _blank(letters: list[str], start: int, end: int) -> None:
    for i in range(start, min(end, len(letters))):
        if letters[i] != "\n":
            letters[i] = " "
