"""Statements of the model language: where each stands, and which of its words are keywords.

A keyword is one by its place only, so that a variable may be called ``hidden`` or ``rest``.

Main definitions
----------------
statements : the stretches of text between newlines and semicolons, without comments.
denies_causes : whether one says that the arrows are no causes.
parse_statement : the syntax tree of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from symcausal.errors import ParseError, Source, Span
from symcausal.patterns import late
from symcausal.reading.lexer import tokenise
from symcausal.reading.parser import parse
from symcausal.reading.syntax import SyntaxTree
from symcausal.reading.tokens import Spelling, Token

_PIECE = late(r'"[^"\n]*"|#[^\n]*|[;\n]|[^"#;\n]+|"')
_NOT_CAUSAL = late(r"not[ \t]+causal")
_NUMBERS = late(r"parameters?\s+\w")
_OPENING = {
    "hidden": "HIDDEN",
    "parameters": "PARAMETERS",
    "parameter": "PARAMETERS",
    "given": "GIVEN",
    "notation": "NOTATION",
}
KEYWORDS = frozenset({*_OPENING, "alias", "rest", "in", "do", "sum"})
_NOT_AFTER_KEYWORD = {"COLON", "RARROW", "LARROW", "BOTHARROW", "COMMA", "EQ", "STRING"}


def statements(source: Source) -> Iterator[Span]:
    """Yield every statement of a model text that is not empty; quotes protect ``;`` and ``#``."""
    start: int | None = None
    end = 0
    for piece in _PIECE.finditer(source.text):
        sign = piece.group()[0]
        if sign in ";\n":
            if start is not None:
                yield Span(source, start, end)
            start = None
        elif sign != "#" and not piece.group().isspace():
            text = piece.group()
            if start is None:
                start = piece.start() + len(text) - len(text.lstrip())
            end = piece.end() - (len(text) - len(text.rstrip()))
    if start is not None:
        yield Span(source, start, end)


def denies_causes(span: Span) -> bool:
    """Decide whether a statement is ``not causal``."""
    text = span.source.text
    if not text.startswith("not", span.start):
        return False
    return _NOT_CAUSAL.fullmatch(text, span.start, span.end) is not None


def declares_numbers(span: Span) -> bool:
    """Whether a statement looks as if it declares parameters."""
    text = span.source.text
    if not text.startswith("parameter", span.start):
        return False
    return _NUMBERS.match(text, span.start, span.end) is not None


def parse_statement(span: Span, spelling: Spelling | None = None) -> tuple[SyntaxTree, list[Token]]:
    """Read one statement.

    Raises
    ------
    ParseError, LimitError
        If it is none.
    """
    tokens = tokenise(span, spelling, model=True)
    if len(tokens) > 1 and tokens[0].kind in ("NAME", "STRING") and tokens[1].kind == "DEFINE":
        return SyntaxTree("mechanism", [*tokens]), tokens
    if [token.kind for token in tokens[:2]] == ["NAME"] * 2 and tokens[0].text == "monotone":
        tree = parse("statement", tokens[1:], span)
        if isinstance(tree, SyntaxTree) and tree.kind == "edges":
            return SyntaxTree("monotone", [tree]), tokens
        raise ParseError("no arrows", expected="arrows, as in monotone X -> Y", span=span)
    _mark_keywords(tokens)
    tree = parse("statement", tokens, span)
    if not isinstance(tree, SyntaxTree):
        raise ParseError("a lone word", expected="a statement", span=span)
    return tree, tokens


def _mark_keywords(tokens: list[Token]) -> None:
    if not tokens:
        return
    first = tokens[0]
    after = tokens[1].kind if len(tokens) > 1 else "COLON"
    quoted = after == "STRING" and first.text == "hidden"
    if first.kind == "NAME" and (after not in _NOT_AFTER_KEYWORD or quoted):
        first.kind = _OPENING.get(first.text, "NAME")
    if [token.text for token in tokens] == ["decimal", "comma"] and not any(
        token.kind == "STRING" for token in tokens
    ):
        first.kind = "DECIMAL"
    if first.kind in ("NAME", "STRING"):
        _mark_alias(tokens)
    if first.kind == "PARAMETERS":
        for token in tokens[2:]:
            if token.kind == "NAME" and token.text == "in":
                token.kind = "IN"
    if first.kind == "PROB":
        _mark_rest(tokens)


def _mark_alias(tokens: list[Token]) -> None:
    for before, token in pairwise(tokens[:3]):
        if token.kind == "NAME" and token.text == "alias" and before.kind in ("NAME", "STRING"):
            token.kind = "ALIAS"
            return


def _mark_rest(tokens: list[Token]) -> None:
    ends = [*(t.kind for t in tokens[1:]), "COMMA"]
    for before, token, after in zip(tokens, tokens[1:], ends[1:], strict=False):
        alone = before.kind in ("EQ", "COMMA") and after == "COMMA" and token.inside < 0
        if token.kind == "NAME" and token.text == "rest" and alone:
            token.kind = "REST"
