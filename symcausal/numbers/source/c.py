"""C (C99): a function of an array of doubles."""

# ruff: noqa: SIM905 - long lists of words read best as text

from __future__ import annotations

from fractions import Fraction

from symcausal.numbers.source.writer import Writer, base_of, decimal

_LONGEST_PRODUCT = 4


class C(Writer):
    """A function of all parameters in one array; not a number where it is not defined."""

    reserved = frozenset(
        "auto break case char const continue default do double else enum extern float for goto if"
        " inline int long register restrict return short signed sizeof static struct switch typedef"
        " union unsigned void volatile while bool true false nullptr alignas alignof constexpr"
        " static_assert thread_local typeof asm class delete new namespace operator private"
        " protected public template this throw try catch using virtual friend mutable explicit"
        " export and or not xor bitand bitor compl main pow NAN INFINITY HUGE_VAL NULL EOF I j0 j1"
        " jn y0 y1 yn gamma lgamma tgamma signgam linux unix complex imaginary errno".split()
    )
    comment = "//"
    undefined = "NAN"

    def constant(self, value: Fraction) -> str:
        """A double; one third is ``(1.0 / 3.0)``."""
        return decimal(value)

    def divided(self, top: str, bottom: str) -> str:
        """Not a number where the denominator is zero."""
        return f"({bottom} == 0.0 ? NAN : {top} / {bottom})"

    def power(self, base: str, exponent: int) -> str:
        """Multiplied out where that is short."""
        if exponent <= _LONGEST_PRODUCT:
            return " * ".join([base_of(base)] * exponent)
        return f"pow({base}, {exponent}.0)"

    def assignment(self, name: str, expression: str) -> str:
        """A constant."""
        return f"const double {name} = {expression};"

    def text(self) -> str:
        """One value is returned; several are written to an array."""
        given, several = self.names.of("theta"), bool(self.program.letters)
        where = self.names.of("values")
        kind, more = ("void", f", double *{where}") if several else ("double", "")
        body = [
            f"    const double {self.arguments[p.name]} = {given}[{i}];  "
            + self.remark(self.meaning(p))
            for i, p in enumerate(self.program.parameters)
        ]
        body = body or [f"    (void){given};"]
        body += self.assignments("    ")
        if several:
            body += [f"    {where}[{i}] = {r};" for i, r in enumerate(self.results())]
        else:
            body.append(f"    return {self.wrapped(self.results()[0], '    ')};")
        head = f"{kind} {self.function}(const double *{given}{more})"
        counts = self.remark(f"{given} has {len(self.program.parameters)} numbers")
        lines = ["#include <math.h>", "", *self.heading(), counts, head, "{", *body, "}"]
        return "\n".join(lines) + "\n"
