"""Plain Python: exact with fractions, fast with floats."""

# ruff: noqa: SIM905 - long lists of words read best as text

from __future__ import annotations

import keyword
from fractions import Fraction

from symcausal.numbers.source.writer import Writer

BUILTINS = frozenset(
    "abs all any bool complex dict divmod filter float hash id int iter len list map max min next"
    " object open pow print range repr reversed round set slice sorted str sum super tuple type"
    " vars zip".split()
)
KEYWORDS = frozenset(keyword.kwlist) | frozenset(keyword.softkwlist) | BUILTINS


class Python(Writer):
    """A function of numbers; a zero denominator raises ``ZeroDivisionError``."""

    reserved = KEYWORDS | {"Fraction"}
    comment = "#"
    undefined = "None"

    def constant(self, value: Fraction) -> str:
        """Whole, or a fraction, which stays exact beside fractions."""
        if value.denominator == 1:
            return str(value.numerator)
        return f"Fraction({value.numerator}, {value.denominator})"

    def divided(self, top: str, bottom: str) -> str:
        """Python itself raises."""
        return f"{top} / {bottom}"

    def assignment(self, name: str, expression: str) -> str:
        """Python's."""
        return f"{name} = {expression}"

    def text(self) -> str:
        """A function of named arguments; a tuple if there are several values."""
        steps, results = self.assignments("    "), self.results()
        if self.program.letters:
            value = "(\n" + "".join(f"        {r},\n" for r in results) + "    )"
        else:
            value = self.wrapped(results[0], "    ")
        body = [*("    " + line for line in self.meanings()), *steps, f"    return {value}"]
        lines = [*self.heading(), *signature(f"def {self.function}", self, "):"), *body]
        text = "\n".join(lines) + "\n"
        return f"from fractions import Fraction\n\n\n{text}" if "Fraction(" in text else text


def signature(start: str, writer: Writer, end: str) -> list[str]:
    """The head of a function, its arguments on one line or on a line each."""
    names = list(writer.arguments.values())
    line = f"{start}({', '.join(names)}{end}"
    if len(line) <= 96:
        return [line]
    return [f"{start}(", *(f"    {name}," for name in names[:-1]), f"    {names[-1]}", end]
