"""Mechanisms as a model text writes them: ``Y := X xor M``.

Main definitions
----------------
StatedMechanism : what such a statement says.
read_mechanism : the expression of one; ``symcausal.reading.mechanism_tables`` makes the table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from symcausal.errors import LimitError, ParseError, Source, Span
from symcausal.network.mechanism import (
    BINDING,
    COMPARISON,
    FUNCTIONS,
    NOT,
    OR,
    SIGN,
    WORDS,
    Combined,
    Mechanism,
    NamedParent,
    WholeNumber,
)
from symcausal.reading.tokens import Token

MOST_NESTED = 100
_MOST_DIGITS = 9
_MUX = 3  # operands
_SIGNS = {"PLUS": "+", "MINUS": "-", "TIMES": "*"}
_RELATIONS = {"<": "<", ">": ">", "≤": "<=", "≥": ">=", "≠": "!="}
_OPERAND = "a variable, a whole number, 'not', a function or '('"


class StatedMechanism(NamedTuple):
    """What a statement says a variable is: the expression, and where it and its inputs stand."""

    variable: str
    body: Mechanism
    span: Span
    places: Mapping[str, Span]


def read_mechanism(tokens: Sequence[Token], source: Source) -> StatedMechanism:
    """Return what a statement says.

    Raises
    ------
    ParseError
        If it is no expression.
    LimitError
        If it is nested too deep, or a number has too many digits.
    """
    reading = _MechanismPass(tokens[2:], source, tokens[-1].end)
    reading.refuse_script(tokens[0])
    body = reading.whole()
    span = Span(source, tokens[0].start, tokens[-1].end)
    return StatedMechanism(tokens[0].text, body, span, reading.places)


class _MechanismPass:
    """One pass over the tokens on the right side of a mechanism, by how tight operators bind."""

    def __init__(self, tokens: Sequence[Token], source: Source, end: int) -> None:
        self.source = source
        self.places: dict[str, Span] = {}
        self._tokens = [*tokens, Token("$END", "", end, end)]
        self._at = 0
        self._deep: dict[int, int] = {}  # by identity, which lasts since all are kept
        self._kept: list[Mechanism] = []

    def whole(self) -> Mechanism:
        found = self._operation(OR)
        if self._here.kind != "$END":
            raise self._refusal("an operator")
        return found

    # -- tokens ---------------------------------------------------------------------------------
    @property
    def _here(self) -> Token:
        return self._tokens[self._at]

    def _span(self, token: Token) -> Span:
        if token.kind == "$END":
            return Span(self.source, token.start - 1, token.start)
        return Span(self.source, token.start, max(token.end, token.start + 1))

    def _refusal(self, expected: str) -> ParseError:
        token = self._here
        written = self.source.text[token.start : min(token.end, token.start + 40)]
        found = "the end" if token.kind == "$END" else f"'{written or token.text}'"
        hint = ""
        if token.kind == "EQ":
            hint = "write == to compare"
        elif token.kind in ("CARET", "SLASH") or token.text == "^":
            hint = "known: " + " ".join(("not", *BINDING))
        elif token.kind == "NAME" and expected == "an operator":
            hint = "known: " + " ".join(BINDING)
        return ParseError(found, expected=expected, hint=hint, span=self._span(token))

    def refuse_script(self, token: Token) -> None:
        """Refuse ``h^2`` and ``h'``, of which nobody knows whether they are names."""
        name = token.name
        if token.kind == "NAME" and name is not None and (name.sup or name.primes):
            raise ParseError(
                f"'{token.text}' in a mechanism",
                expected="a name",
                hint=f'write "{token.text}" in quotes if it is one; there are no powers',
                span=self._span(token),
            )

    def _word(self) -> str:
        """The operator that stands here, or nothing."""
        token = self._here
        match token.kind:
            case "NAME":
                return token.text if token.text in BINDING else ""
            case "EQ":
                return "==" if self.source.text[token.start : token.end] == "==" else ""
            case "REL":
                return _RELATIONS.get(token.text, "")
            case kind:  # signs are operators by their kind, and nothing else is
                return _SIGNS.get(kind, "")

    # -- expressions ----------------------------------------------------------------------------
    def _made(self, operator: str, operands: tuple[Mechanism, ...], token: Token) -> Combined:
        deep = 1 + max(self._deep.get(id(operand), 0) for operand in operands)
        if deep > MOST_NESTED:
            raise LimitError(
                "a mechanism nested too deep",
                expected=f"at most {MOST_NESTED} operators within each other",
                hint="split it: Z := A xor B; Y := Z xor C",
                span=self._span(token),
            )
        made = Combined(operator, operands)
        self._kept.append(made)
        self._deep[id(made)] = deep
        return made

    def _operation(self, loosest: int, nested: int = 0) -> Mechanism:
        """An expression of operators that bind at least as tight."""
        if nested > MOST_NESTED:
            raise LimitError(
                "a mechanism nested too deep",
                expected=f"at most {MOST_NESTED} brackets and operators within each other",
                span=self._span(self._here),
            )
        left = self._operand(loosest, nested + 1)
        while (operator := self._word()) and BINDING[operator] >= loosest:
            token = self._here
            if BINDING[operator] == COMPARISON:
                left = self._compared(left, nested)
                continue
            self._at += 1
            right = self._operation(BINDING[operator] + 1, nested + 1)
            left = self._made(operator, (left, right), token)
        return left

    def _compared(self, left: Mechanism, nested: int) -> Mechanism:
        """``a < b``; and ``a < b < c``, which says it of both pairs."""
        whole: Mechanism | None = None
        while BINDING.get(operator := self._word()) == COMPARISON:
            token = self._here
            self._at += 1
            right = self._operation(COMPARISON + 1, nested + 1)
            pair = self._made(operator, (left, right), token)
            whole = pair if whole is None else self._made("and", (whole, pair), token)
            left = right
        assert whole is not None
        return whole

    def _operand(self, loosest: int, nested: int) -> Mechanism:
        token = self._here
        match token.kind:
            case "LPAR":
                self._at += 1
                found = self._operation(OR, nested)
                self._close()
                return found
            case "NUMBER":
                self._at += 1
                return self._number(token)
            case "MINUS":
                self._at += 1
                operand = self._operand(SIGN, nested + 1)
                if isinstance(operand, WholeNumber) and operand.value >= 0:
                    return WholeNumber(-operand.value)
                self._check_nested(nested, token)
                return self._made("-", (operand,), token)
            case "NOT" | "NAME" if token.kind == "NOT" or token.text == "not":
                if loosest > NOT:
                    raise self._refusal("an operand; put brackets around (not ...)")
                self._at += 1
                return self._made("not", (self._operation(NOT, nested + 1),), token)
            case "NAME" if token.text in FUNCTIONS and self._tokens[self._at + 1].kind == "LPAR":
                return self._function(token, nested)
            case "STRING":
                return self._input(token)
            case "NAME" if token.text not in WORDS:
                self.refuse_script(token)
                return self._input(token)
            case _:  # nothing else begins an operand
                raise self._refusal(_OPERAND)

    def _check_nested(self, nested: int, token: Token) -> None:
        if nested > MOST_NESTED:
            raise LimitError(
                "a mechanism nested too deep",
                expected=f"at most {MOST_NESTED} signs within each other",
                span=self._span(token),
            )

    def _input(self, token: Token) -> NamedParent:
        self._at += 1
        if self._here.kind == "LPAR":
            raise ParseError(
                f"the function '{token.text}'",
                expected="an operator",
                hint="known: " + " ".join(f"{name}(...)" for name in FUNCTIONS),
                span=self._span(token),
            )
        self.places.setdefault(token.text, self._span(token))
        return NamedParent(token.text)

    def _number(self, token: Token) -> WholeNumber:
        if not (token.text.isascii() and token.text.isdigit()):
            raise ParseError(
                f"'{token.text[:40]}' in a mechanism",
                expected="a whole number",
                span=self._span(token),
            )
        if len(token.text) > _MOST_DIGITS:
            raise LimitError(
                f"a number of {len(token.text)} digits in a mechanism",
                expected=f"at most {_MOST_DIGITS}",
                span=self._span(token),
            )
        return WholeNumber(int(token.text))

    def _close(self) -> None:
        if self._here.kind != "RPAR":
            raise self._refusal("an operator or ')'")
        self._at += 1

    def _function(self, token: Token, nested: int) -> Combined:
        self._at += 2
        operands = [self._operation(OR, nested)]
        while self._here.kind == "COMMA":
            self._at += 1
            operands.append(self._operation(OR, nested))
        if self._here.kind != "RPAR":
            raise self._refusal("an operator, ',' or ')'")
        self._at += 1
        if token.text == "mux" and len(operands) != _MUX:
            raise ParseError(
                f"mux(...) of {len(operands)}",
                expected="mux(s, a, b), which is b if s is 1, and a if it is 0",
                span=self._span(token),
            )
        return self._made(token.text, tuple(operands), token)
