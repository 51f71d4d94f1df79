"""What the languages share: infix expressions, comments, wrapped lines.

Main definitions
----------------
Writer : a program in one language; a subclass for each.
Wording : what the comments say besides.
decimal : a fraction as a number of C and its relatives.
"""

from __future__ import annotations

import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Iterable
from fractions import Fraction

from symcausal.algebra import scalar
from symcausal.errors import LimitError
from symcausal.hints import ClassVar
from symcausal.numbers.evaluate.circuit import CONSTANT, PARAMETER, POWER, PRODUCT, QUOTIENT, SUM
from symcausal.numbers.source.identifiers import Identifiers
from symcausal.numbers.source.program import Program
from symcausal.patterns import late
from symcausal.record import record

_WIDTH = 96
_EXACT = 2**53  # whole numbers up to here are floats exactly
_BREAK = late(r"(?<= [-+*/]) ")
_TERM, _FACTOR, _ATOM = range(3)


@record
class Wording:
    """What the comments say.

    Attributes
    ----------
    title : str
        What is computed.
    provided : tuple of str
        The conditions of probability zero under which it is not defined.
    """

    title: str = ""
    provided: tuple[str, ...] = ()


class Writer(ABC):
    """A program in one language.

    Parameters
    ----------
    program : Program
        What to write.
    name : str
        The name of the function.
    wording : Wording
        What the comments say.
    """

    reserved: ClassVar[frozenset[str]]
    comment: ClassVar[str]
    undefined: ClassVar[str]

    def __init__(self, program: Program, name: str, wording: Wording) -> None:
        self.program = program
        self.wording = wording
        names = self.names = Identifiers(self.reserved)
        self.function = names.exactly(name)
        self.arguments = {p.name: names.of(p.name) for p in program.parameters}
        self.steps = {node: names.of(f"t{i}") for i, node in enumerate(program.steps, 1)}

    # -- what each language says ----------------------------------------------------------------
    @abstractmethod
    def text(self) -> str:
        """The whole source."""

    @abstractmethod
    def constant(self, value: Fraction) -> str:
        """A number; in brackets, or without any sign but a minus."""

    @abstractmethod
    def divided(self, top: str, bottom: str) -> str:
        """A quotient, not defined where ``bottom``, a name, is zero."""

    @abstractmethod
    def assignment(self, name: str, expression: str) -> str:
        """A line that gives a value a name."""

    def power(self, base: str, exponent: int) -> str:
        """A whole power of a name."""
        return f"{base}**{exponent}"

    # -- what they share ------------------------------------------------------------------------
    def heading(self) -> list[str]:
        """Comments: what is computed, under which conditions, and in which cells."""
        lines = [self.wording.title] if self.wording.title else []
        lines += [f"provided {condition}" for condition in self.wording.provided]
        if self.program.letters:
            lines.append("values, in this order:")
            for states, node in self.program.cells:
                pairs = zip(self.program.letters, states, strict=True)
                cell = ", ".join(f"{letter}={state}" for letter, state in pairs)
                reason = self.program.form.nodes.undefined.get(states, "")
                lines.append(
                    f"  {cell}" + (f": not defined, {reason} is impossible" if node is None else "")
                )
        return [self.remark(line) for line in lines]

    def remark(self, line: str) -> str:
        """A comment."""
        return f"{self.comment} {_harmless(line)}"

    def meaning(self, entry: scalar.Indeterminate) -> str:
        """Which table entry a parameter is."""
        if not entry.variable:
            return f"{entry.name}, declared by the model"
        given = ", ".join(f"{name}={state}" for name, state in entry.parents)
        return f"P({entry.variable}={entry.state}" + (f" | {given})" if given else ")")

    def meanings(self) -> list[str]:
        """A comment for each argument."""
        return [
            self.remark(f"{self.arguments[p.name]}: {self.meaning(p)}")
            for p in self.program.parameters
        ]

    def assignments(self, indent: str) -> list[str]:
        """A line for each step."""
        return [
            indent + self.assignment(name, self.wrapped(self.value(node), indent, len(name) + 12))
            for node, name in self.steps.items()
        ]

    def results(self) -> list[str]:
        """An expression for each cell."""
        return [
            self.undefined if node is None else self._written(node, _TERM)
            for _, node in self.program.cells
        ]

    def value(self, node: int) -> str:
        """The expression that a node is."""
        return self._composed(node, _TERM)

    def wrapped(self, expression: str, indent: str, used: int = 8) -> str:
        """An expression on several lines, in brackets, if it does not fit on one."""
        if len(indent) + used + len(expression) <= _WIDTH:
            return expression
        lines, line = [], ""
        for piece in _BREAK.split(expression):
            if line and len(indent) + 4 + len(line) + len(piece) > _WIDTH:
                lines.append(line)
                line = piece
            else:
                line = f"{line} {piece}" if line else piece
        if not lines:
            return expression
        inside = "".join(f"\n{indent}    {line}" for line in (*lines, line))
        return f"({inside}\n{indent})"

    # -- expressions ----------------------------------------------------------------------------
    def _written(self, node: int, level: int) -> str:
        return self.steps.get(node) or self._composed(node, level)

    def _composed(self, node: int, level: int) -> str:
        kind, parts = self.program.kinds[node], self.program.parts[node]
        if kind == PARAMETER:
            return self.arguments[self.program.parameter(node).name]
        if kind == CONSTANT:
            written = self.constant(self.program.number(node))
            return f"({written})" if written[0] == "-" and level > _TERM else written
        if kind == SUM:
            return _enclosed(self._sum(parts), when=level > _TERM)
        if kind == PRODUCT:
            negative, factors = self.program.signed(node)
            product = " * ".join(self._written(factor, _ATOM) for factor in factors)
            return _enclosed(f"-{product}", when=level > _TERM) if negative else product
        if kind == QUOTIENT:
            return self.divided(self._written(parts[0], _ATOM), self._written(parts[1], _ATOM))
        assert kind == POWER
        base, exponent = self._written(parts[0], _ATOM), parts[1]
        raised = base if abs(exponent) == 1 else self.power(base, abs(exponent))
        return raised if exponent > 0 else self.divided(self.constant(Fraction(1)), base_of(raised))

    def _sum(self, terms: Iterable[int]) -> str:
        written = ""
        for term in terms:
            named = term in self.steps
            negative, factors = (False, (term,)) if named else self.program.signed(term)
            if negative:
                product = " * ".join(self._written(factor, _ATOM) for factor in factors)
            else:
                product = self._written(term, _FACTOR)
            if written:
                written += f" - {product}" if negative else f" + {product}"
            else:
                written = f"-{product}" if negative else product
        return written


def base_of(expression: str) -> str:
    """An expression as it may stand beside any sign."""
    return expression if re.fullmatch(r"\w+", expression) else f"({expression})"


def decimal(value: Fraction) -> str:
    """A fraction as a number of C and its relatives: never a quotient of whole numbers."""
    top, bottom = value.numerator, value.denominator
    try:
        nearest = float(value)
    except OverflowError:
        raise LimitError("a number of the closed form is beyond what a computer's can be") from None
    written = repr(nearest)
    if bottom != 1 and Fraction(written) != value and max(abs(top), bottom) < _EXACT:
        return f"({float(top)!r} / {float(bottom)!r})"
    return written


def _enclosed(expression: str, *, when: bool) -> str:
    return f"({expression})" if when else expression


def _harmless(line: str) -> str:
    """A comment that ends where its line ends, whatever the names in it are."""
    line = "".join(c if unicodedata.category(c)[0] not in "CZ" or c == " " else "?" for c in line)
    return line.replace("\\", "/").replace("??/", "? ?/")
