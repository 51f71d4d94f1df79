"""The LALR driver: tokens and compiled tables to a syntax tree, or to an error with a caret.

Main definitions
----------------
parse : read tokens by one of the start symbols of ``grammar.lark``.
"""

from __future__ import annotations

from symcausal.errors import ParseError, Span
from symcausal.reading.grammar_tables import ENDS, RULES, STARTS, STATES
from symcausal.reading.syntax import SyntaxPart, grow
from symcausal.reading.tokens import Token

_WORDS = {
    "NAME": "a name", "STRING": "a name", "NUMBER": "a number", "RPAR": "')'", "GCLOSE": "'}'",
    "BAR": "'|'", "COMMA": "','", "EQ": "'='", "INDEP": "'_||_'", "COLON": "':'", "LPAR": "'('",
    "GOPEN": "'{'", "RARROW": "an arrow", "$END": "the end",
    "SUM": "a sum", "DO": "do(...)", "PROB": "P(...)", "REST": "'rest'", "IN": "'in'",
    "ALIAS": "'alias'", "MINUS": "'-'", "CARET": "a power", "SEMI": "';'",
}  # fmt: skip
_TERM = {
    "NAME",
    "STRING",
    "NUMBER",
    "PROB",
    "EXPECT",
    "FRAC",
    "LPAR",
    "SUM",
    "PRODUCT",
    "MINUS",
    "PLUS",
}
_OPERATORS = {"PLUS", "MINUS", "TIMES", "SLASH", "CARET"}
_RELATIONS = {"EQ", "REL", "DEFINE"}
_STATEMENT = {"HIDDEN", "PARAMETERS", "GIVEN", "NOTATION", "DECIMAL"}


def parse(start: str, tokens: list[Token], span: Span) -> SyntaxPart:
    """Read tokens by a start symbol.

    Parameters
    ----------
    start : str
        ``formula``, ``chain``, ``independence``, ``assignments`` or ``statement``.
    tokens : list of Token
        What :func:`symcausal.reading.lexer.tokenise` made of ``span``.
    span : Span
        The text, for messages.

    Raises
    ------
    ParseError
        At the first token that no sentence has there.
    LimitError
        If the tree becomes too deep.
    """
    states, values = [STARTS[start]], list[SyntaxPart]()
    last = ENDS[start]
    end = Token("$END", "", span.end, span.end)
    for token in (*tokens, end):
        while True:
            action = STATES[states[-1]].get(token.kind)
            if action is None:
                raise _refusal(states, token, tokens, span, start)
            if action >= 0:
                states.append(action)
                values.append(token)
                break
            kind, size, origin = RULES[-1 - action]
            parts = values[-size:]
            del states[-size:], values[-size:]
            values.append(grow(kind, parts, span.source))
            states.append(STATES[states[-1]][origin])
            if token is end and states[-1] == last:
                return values[-1]
    raise AssertionError("the end is always accepted or refused")


def _accepts(states: list[int], kind: str) -> bool:
    """Whether a token of this kind could stand here; lookaheads alone would promise too much."""
    stack = list(states)
    while True:
        action = STATES[stack[-1]].get(kind)
        if action is None:
            return False
        if action >= 0:
            return True
        _, size, origin = RULES[-1 - action]
        del stack[-size:]
        stack.append(STATES[stack[-1]][origin])
        if kind == "$END" and stack[-1] in ENDS.values():
            return True


def _refusal(
    states: list[int], token: Token, tokens: list[Token], span: Span, start: str
) -> ParseError:
    possible = {k for k in STATES[states[-1]] if k.isupper() or k == "$END"}
    expected = {kind for kind in possible if _accepts(states, kind)}
    at_end = token.kind == "$END"
    text = span.source.text
    found = "the end" if at_end else f"'{text[token.start : min(token.end, token.start + 40)]}'"
    if not at_end and token.end == token.start:
        found = f"'{token.text}'"
    found, hint = _advice(found, token, tokens, expected, start)
    where = (
        Span(span.source, _last_ink(span), _last_ink(span) + 1)
        if at_end
        else Span(span.source, token.start, max(token.end, token.start + 1))
    )
    if not tokens:
        found, where = "nothing", Span(span.source, span.start, span.start + 1)
    return ParseError(found, expected=_listed(expected, tokens, token), hint=hint, span=where)


def _advice(
    found: str, token: Token, tokens: list[Token], expected: set[str], start: str
) -> tuple[str, str]:
    """Return what was found and a hint, which say more where a known slip was made."""
    opener = tokens[token.inside] if 0 <= token.inside < len(tokens) else None
    if token.kind == "BAR" and opener is not None:
        before = [t for t in tokens if t.start < token.start and t.inside == token.inside]
        if any(t.kind == "BAR" for t in before):
            return f"a second {found}", "join the conditions with commas: P(A | B, C)"
    if token.kind == "SEMI" and opener is not None:
        return found, "parameters after ';' are not read; use a comma, or '|' for a condition"
    if token.kind in ("EQ", "REL", "DEFINE") and start == "formula" and opener is None:
        return found, "one formula is read here, not an equation"
    if token.kind == "NUMBER" and expected & _OPERATORS:
        return found, "write '*' before a number, or ',' between two"
    if token.kind == "COMMA" and start == "formula" and _within_digits(token, tokens):
        return found, (
            "write a point in decimals, or commas in all decimals of the notes; "
            "a blank after the comma of a list"
        )
    if token.kind == "NAME" and "COMMA" in expected and "PLUS" not in expected:
        return found, "separate events with commas: P(A, B)"
    if token.kind == "CARET" and expected & _OPERATORS:
        return found, "put brackets around the power: (2^3)^2"
    return found, ""


def _within_digits(token: Token, tokens: list[Token]) -> bool:
    """Whether a comma stands between the digits of two numbers, as in ``0,5``."""
    i = tokens.index(token)
    before, after = tokens[max(i - 1, 0)], tokens[min(i + 1, len(tokens) - 1)]
    near = token.start - before.end <= 1 and after.start - token.end <= 1
    return near and before.kind == after.kind == "NUMBER"


def _listed(expected: set[str], tokens: list[Token], token: Token) -> str:
    """Return the expected tokens as a reader would call them, in a short list."""
    words: list[str] = []
    rest = set(expected)
    if {"NAME", "PROB", "LPAR", "FRAC"} <= rest:
        words.append("a term such as P(A | B), a number or '('")
        rest -= _TERM
    if len(rest & _OPERATORS) > 1:
        words.append("an operator")
        rest -= _OPERATORS
    if rest >= _RELATIONS:
        words.append("a relation")
        rest -= _RELATIONS
    if rest & _STATEMENT:
        words.append("a statement")
        rest -= _STATEMENT | _TERM
    opener = tokens[token.inside].text if 0 <= token.inside < len(tokens) else "("
    for kind in sorted(rest):
        word = _WORDS.get(kind)
        if kind in ("RPAR", "GCLOSE"):
            word = {"(": "')'", "[": "']'", "{": "'}'"}.get(opener, word)
        if word and word not in words:
            words.append(word)
    if len(words) > 6:
        words = [*words[:6], "..."]
    return " or ".join(words) if len(words) < 3 else ", ".join(words[:-1]) + " or " + words[-1]


def _last_ink(span: Span) -> int:
    text = span.source.text
    end = span.end
    while end > span.start and text[end - 1].isspace():
        end -= 1
    return end
