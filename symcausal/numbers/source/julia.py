"""Julia: a function of numbers of any kind."""

# ruff: noqa: SIM905 - long lists of words read best as text

from __future__ import annotations

from fractions import Fraction

from symcausal.numbers.source.python import signature
from symcausal.numbers.source.writer import Writer, decimal

_INT64 = 2**63


class Julia(Writer):
    """A function of numbers, exact with rationals; not a number where it is not defined."""

    reserved = frozenset(
        "abstract baremodule begin break catch const continue do else elseif end export false"
        " finally for function global if import in isa let local macro module mutable new outer"
        " primitive quote return struct true try type using where while NaN Inf pi im iszero ans"
        " e".split()
    )
    comment = "#"
    undefined = "NaN"

    def constant(self, value: Fraction) -> str:
        """A whole number or a rational; a float where machine integers do not hold it."""
        if max(abs(value.numerator), value.denominator) >= _INT64:
            return decimal(value)
        if value.denominator == 1:
            return str(value.numerator)
        return f"({value.numerator}//{value.denominator})"

    def divided(self, top: str, bottom: str) -> str:
        """Not a number where the denominator is zero."""
        return f"(iszero({bottom}) ? NaN : {top} / {bottom})"

    def power(self, base: str, exponent: int) -> str:
        """A whole power."""
        return f"{base}^{exponent}"

    def assignment(self, name: str, expression: str) -> str:
        """Julia's."""
        return f"{name} = {expression}"

    def text(self) -> str:
        """One value, or a vector of them."""
        results = self.results()
        if self.program.letters:
            value = "[\n" + "".join(f"        {r},\n" for r in results) + "    ]"
        else:
            value = self.wrapped(results[0], "    ")
        body = [*("    " + line for line in self.meanings()), *self.assignments("    ")]
        head = signature(f"function {self.function}", self, ")")
        lines = [*self.heading(), *head, *body, f"    return {value}", "end"]
        return "\n".join(lines) + "\n"
