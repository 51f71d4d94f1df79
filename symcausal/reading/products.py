r"""Products over numbers, ``\prod_{t=2}^{4} P(x_t \mid x_{t-1})``, written out.

The product reaches over the factors that follow it as long as they name its index. A factor without
the index, behind which one with it follows, leaves open what is multiplied, and is refused.

Main definitions
----------------
product_over : the formula of such a product.
"""

from __future__ import annotations

import re

from symcausal.errors import ParseError
from symcausal.expr.nodes import Expr
from symcausal.reading import arithmetic
from symcausal.reading.event_reader import FormulaReader, is_name, items, name_of, shown
from symcausal.reading.families import goes_over_a_graph, product_over_variables
from symcausal.reading.ranges import is_range, members, numbered
from symcausal.reading.syntax import SyntaxPart, SyntaxTree
from symcausal.reading.tokens import Name, Token
from symcausal.reading.vocabulary import Guess

MOST = 30
_SIGNS = {"TIMES": "*", "SLASH": "/"}


def product_over(tree: SyntaxTree, reader: FormulaReader, bound: frozenset[str]) -> Expr:
    """Return the product of what a sign reaches over, with each number for its index.

    Raises
    ------
    ParseError
        If it is not clear what is multiplied, or an index is no plain number.
    """
    if goes_over_a_graph(tree, reader.names):
        return product_over_variables(tree, reader, bound)
    return _ProductReader(tree, reader, bound).read()


class _ProductReader:
    def __init__(self, tree: SyntaxTree, reader: FormulaReader, bound: frozenset[str]) -> None:
        self.tree = tree
        self.reader = reader
        self.bound = bound
        index = items(tree.parts[2])
        item = index[0]
        number = item.parts[2] if isinstance(item, SyntaxTree) and item.kind == "starts" else None
        if len(tree.parts) < 7 or is_name(tree.parts[5]):
            raise self._error(tree.parts[2], r"numbers, as in \prod_{t=1}^{3}")
        if len(index) != 1 or not isinstance(item, SyntaxTree) or not isinstance(number, Token):
            raise self._error(tree.parts[2], "one letter and a number, as in t=1")
        self.letter = name_of(item.parts[0]).text
        if self._is_taken(name_of(item.parts[0])) or number.kind != "NUMBER":
            raise self._error(item, "a letter that is no variable, and a number")
        self.numbers = range(int(number.text), reader.exponent(tree.parts[5]) + 1)
        if not 1 <= len(self.numbers) <= MOST:
            raise self._error(tree.parts[2], f"one to {MOST} factors, in order")

    def read(self) -> Expr:
        """Return the product."""
        within, behind = self._reach(self.tree.parts[-1])
        body: SyntaxPart = SyntaxTree("factors", within) if len(within) > 1 else within[0]
        formula, span = self.reader.formula, self.reader.span(self.tree)
        factors = [("*", formula(self._numbered(body, n), self.bound)) for n in self.numbers]
        sign = "*"
        for part in behind:
            if isinstance(part, Token) and part.kind in _SIGNS:
                sign = _SIGNS[part.kind]
            else:
                factors.append((sign, formula(part, self.bound)))
                sign = "*"
        return arithmetic.multiply(factors, span) if len(factors) > 1 else factors[0][1]

    def _reach(self, body: SyntaxPart) -> tuple[list[SyntaxPart], list[SyntaxPart]]:
        """Return the factors that the sign reaches over, and those behind them."""
        parts = body.parts if isinstance(body, SyntaxTree) and body.kind == "factors" else [body]
        named = [i for i, part in enumerate(parts) if self._depends(part)]
        factors = [i for i, part in enumerate(parts) if not _is_sign(part)]
        if not named or named != factors[: len(named)]:
            raise self._error(body, f"factors with {self.letter}, or brackets")
        return parts[: named[-1] + 1], parts[named[-1] + 1 :]

    def _depends(self, part: SyntaxPart) -> bool:
        """Whether the index stands in a part, and is not that of a product inside of it."""
        if isinstance(part, Token):
            name = part.name
            return name is not None and any(map(self._mentions, (name.base, name.sub, name.sup)))
        if part.kind == "product_over" and self._counts(part):
            return False
        return any(map(self._depends, part.parts))

    def _counts(self, product: SyntaxTree) -> bool:
        item = items(product.parts[2])[0]
        name = item.parts[0] if isinstance(item, SyntaxTree) else item
        return isinstance(name, Token) and name.text == self.letter

    def _mentions(self, script: str) -> bool:
        return re.search(rf"(?<![^\W_]){re.escape(self.letter)}(?![^\W_])", script) is not None

    def _numbered(self, part: SyntaxPart, number: int) -> SyntaxPart:
        """Return a part with a number for the index."""
        if isinstance(part, Token):
            return self._token(part, number) if self._depends(part) else part
        if not self._depends(part):
            return part
        parts = part.parts
        if part.kind == "list":
            parts = self._listed(part, number)
            if not parts:
                raise self._error(part, f"a name for each {self.letter}")
        elif part.kind == "probability":
            parts = self._without_empty(part, number)
        made = SyntaxTree(part.kind, [self._numbered(inner, number) for inner in parts])
        made.start, made.end = part.start, part.end
        return made

    def _listed(self, part: SyntaxTree, number: int) -> list[SyntaxPart]:
        """The members of a list and the commas between them, ranges with the index written out."""
        found: list[SyntaxPart] = []
        for member in part.parts[::2]:
            for one in self._members(member, number):
                if found:
                    found.append(Token("COMMA", ",", one.start, one.start))
                found.append(one)
        return found

    def _members(self, member: SyntaxPart, number: int) -> list[SyntaxPart]:
        """A member of a list; those of a range with the index, each as the range stands."""
        inner = member.parts[0] if isinstance(member, SyntaxTree) and member.parts else member
        if not isinstance(inner, Token) or inner.name is None:
            return [member]
        if not is_range(inner.name.sub) or not self._depends(inner):
            return [member]
        if inner.name.sub.startswith("<") and self.numbers.start != 1:
            raise self._error(inner, "a range with its beginning, as in x_{0:i-1}")
        token = self._token(inner, number)
        try:
            names = members(name_of(token))
        except ValueError:
            names = None
        if names is None:
            raise self._error(inner, f"a range that ends with {self.letter}")
        made: list[SyntaxPart] = []
        for one in names:
            found: SyntaxPart = Token("NAME", one.text, inner.start, inner.end, name=one)
            if isinstance(member, SyntaxTree):
                tree = SyntaxTree(member.kind, [found, *member.parts[1:]])
                tree.start, tree.end = member.start, member.end
                found = tree
            made.append(found)
        return made

    def _without_empty(self, part: SyntaxTree, number: int) -> list[SyntaxPart]:
        """The parts of a probability, without the bar where its conditions are an empty range."""
        bar = next((i for i, p in enumerate(part.parts) if _is(p, "BAR")), None)
        given = part.parts[bar + 1] if bar is not None else None
        if bar is None or not isinstance(given, SyntaxTree) or given.kind != "list":
            return part.parts
        if self._listed(given, number):
            return part.parts
        return [*part.parts[:bar], *part.parts[bar + 2 :]]

    def _token(self, token: Token, number: int) -> Token:
        name = name_of(token)
        script = numbered(name.sub, {self.letter: number})
        if script is None or self._mentions(name.base) or self._mentions(name.sup):
            expected = f"{self.letter} as a subscript, as in x_{{{self.letter}-1}}, not below 0"
            raise self._error(token, expected)
        made = Name(name.base, script, name.sup, name.primes)
        return Token(token.kind, made.text, token.start, token.end, inside=token.inside, name=made)

    def _is_taken(self, name: Name) -> bool:
        """Whether the index is a variable, or the letter of one."""
        meaning = self.reader.names.lookup(name)
        if meaning is None:
            return False
        names = self.reader.names
        return not isinstance(names, Guess) or names.is_event(meaning.variable)

    def _error(self, part: SyntaxPart, expected: str) -> ParseError:
        return ParseError(
            f"'{shown(self.reader.span(part))}' in a product",
            expected=expected,
            span=self.reader.span(part),
        )


def _is(part: SyntaxPart, kind: str) -> bool:
    return isinstance(part, Token) and part.kind == kind


def _is_sign(part: SyntaxPart) -> bool:
    return isinstance(part, Token) and part.kind in _SIGNS
