"""R: a function of numbers or of vectors that fit each other."""

# ruff: noqa: SIM905 - long lists of words read best as text

from __future__ import annotations

from fractions import Fraction

from symcausal.numbers.source.python import signature
from symcausal.numbers.source.writer import Writer, decimal


class R(Writer):
    """A function of vectors; not a number where it is not defined."""

    reserved = frozenset(
        "if else repeat while function for next break TRUE FALSE NULL Inf NaN NA NA_integer_"
        " NA_real_ NA_complex_ NA_character_ in T F c t cbind ifelse return".split()
    )
    comment = "#"
    undefined = "NaN"

    def constant(self, value: Fraction) -> str:
        """A double."""
        return decimal(value)

    def divided(self, top: str, bottom: str) -> str:
        """Not a number where the denominator is zero, in vectors of any lengths that fit."""
        return f"({top} / {bottom} + ifelse({bottom} == 0, NaN, 0))"

    def power(self, base: str, exponent: int) -> str:
        """A whole power."""
        return f"{base}^{exponent}"

    def assignment(self, name: str, expression: str) -> str:
        """R's."""
        return f"{name} <- {expression}"

    def text(self) -> str:
        """One value for each place of the vectors, or a column for each cell."""
        results = self.results()
        if self.program.letters:
            value = "cbind(\n" + ",\n".join(f"    {r}" for r in results) + "\n  )"
        else:
            value = self.wrapped(results[0], "  ")
        body = [*("  " + line for line in self.meanings()), *self.assignments("  ")]
        head = signature(f"{self.function} <- function", self, ") {")
        return "\n".join([*self.heading(), *head, *body, f"  {value}", "}"]) + "\n"
