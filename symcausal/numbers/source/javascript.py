"""JavaScript: a function of numbers."""

# ruff: noqa: SIM905 - long lists of words read best as text

from __future__ import annotations

from fractions import Fraction

from symcausal.numbers.source.python import signature
from symcausal.numbers.source.writer import Writer, decimal


class JavaScript(Writer):
    """A function of numbers; not a number where it is not defined."""

    reserved = frozenset(
        "abstract arguments async await boolean break byte case catch char class const continue"
        " debugger default delete do double else enum eval export extends false final finally float"
        " for function goto if implements import in instanceof int interface let long native new"
        " null package private protected public return short static super switch synchronized this"
        " throw throws transient true try typeof undefined var void volatile while with yield NaN"
        " Infinity".split()
    )
    comment = "//"
    undefined = "NaN"

    def constant(self, value: Fraction) -> str:
        """A number."""
        return decimal(value)

    def divided(self, top: str, bottom: str) -> str:
        """Not a number where the denominator is zero."""
        return f"({bottom} === 0 ? NaN : {top} / {bottom})"

    def assignment(self, name: str, expression: str) -> str:
        """A constant."""
        return f"const {name} = {expression};"

    def text(self) -> str:
        """One value, or an array of them."""
        results = self.results()
        if self.program.letters:
            value = "[\n" + "".join(f"    {r},\n" for r in results) + "  ]"
        else:
            value = self.wrapped(results[0], "  ")
        body = [*("  " + line for line in self.meanings()), *self.assignments("  ")]
        head = signature(f"function {self.function}", self, ") {")
        lines = [*self.heading(), *head, *body, f"  return {value};", "}"]
        return "\n".join(lines) + "\n"
