"""Python for arrays: a function of numbers or arrays that fit each other."""

from __future__ import annotations

from fractions import Fraction

from symcausal.numbers.source.python import KEYWORDS, signature
from symcausal.numbers.source.writer import Writer, decimal

_DIVIDED = """
def {name}(top, bottom):
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(np.equal(bottom, 0), np.nan, np.divide(top, bottom))
"""


class Numpy(Writer):
    """A function of arrays; not a number where it is not defined."""

    reserved = KEYWORDS | {"np", "divided"}
    comment = "#"
    undefined = "np.nan"

    def constant(self, value: Fraction) -> str:
        """A float."""
        return decimal(value)

    def divided(self, top: str, bottom: str) -> str:
        """Not a number where the denominator is zero."""
        return f"divided({top}, {bottom})"

    def assignment(self, name: str, expression: str) -> str:
        """Python's."""
        return f"{name} = {expression}"

    def text(self) -> str:
        """A function of named arguments; several values lie along the last axis."""
        steps, results = self.assignments("    "), self.results()
        if self.program.letters:
            cells = "".join(f"        {r},\n" for r in results)
            value = f"np.stack(np.broadcast_arrays(\n{cells}    ), axis=-1)"
        else:
            value = self.wrapped(results[0], "    ")
        body = [*("    " + line for line in self.meanings()), *steps, f"    return {value}"]
        lines = [*self.heading(), *signature(f"def {self.function}", self, "):"), *body]
        text = "\n".join(lines) + "\n"
        needed = _DIVIDED.format(name="divided") + "\n\n" if "divided(" in text else "\n"
        return f"import numpy as np\n\n{needed}{text}"
