"""How an answer depends on several table entries at once, as an exact ratio of polynomials.

Main definitions
----------------
JointSensitivity : the function, printable.
joint_sensitivity : make one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import product

from symcausal.algebra.decimals import with_decimal, written
from symcausal.algebra.scalar import Indeterminate, Number, Term, plus, power, times
from symcausal.answer.sensitivity import chosen_unknown
from symcausal.errors import (
    ImpossibleEventError,
    MissingParameterError,
    ParameterRangeError,
    UsageError,
    VerificationError,
    nearest,
)
from symcausal.expr.nodes import Expr, Quotient, Scalar
from symcausal.expr.scope import free_letters
from symcausal.hints import TYPE_CHECKING
from symcausal.kernel.core.interpretation import exact
from symcausal.kernel.core.meaning import meaning
from symcausal.network.network import Network
from symcausal.numbers.evaluate.closed_form import closed_form
from symcausal.numbers.evaluate.substitution import exact_number
from symcausal.numbers.sensitivity.functions import Unknown, at, ratio_in
from symcausal.numbers.sensitivity.polynomials import exponents
from symcausal.numbers.sensitivity.reduce import whole
from symcausal.reading.vocabulary import Vocabulary
from symcausal.record import record
from symcausal.writing.blocks import Block, Equation, Equations
from symcausal.writing.equations import equations_latex
from symcausal.writing.latex import formula_latex, latex
from symcausal.writing.metrics import aligned_ems
from symcausal.writing.names import names_of
from symcausal.writing.notations import Notation
from symcausal.writing.shown import Shown
from symcausal.writing.style import Style
from symcausal.writing.text import formula_text, text

if TYPE_CHECKING:
    import sympy

CHECKED_POINTS = 3
MOST_WRITTEN = 200

Exponents = tuple[int, ...]


@record
class JointSensitivity(Shown):
    """A query as a function of several unknowns.

    Attributes
    ----------
    query : Expr
        The formula that depends on them.
    unknowns : tuple of Unknown
        What varies, in the order in which it was asked for.
    numerator, denominator : mapping of tuple of int to int
        Whole coefficients by the exponents of the unknowns.
    network : Network
        Where it was asked.
    notation : Notation
        How it is written.
    digits : int or None
        The significant figures of the decimals beside present numbers; None for no decimals.
    """

    options = ("notation", "digits")

    query: Expr
    unknowns: tuple[Unknown, ...]
    numerator: Mapping[Exponents, int]
    denominator: Mapping[Exponents, int]
    network: Network
    notation: Notation
    digits: int | None = None

    @property
    def parameters(self) -> tuple[sympy.Symbol, ...]:
        """The unknowns, as SymPy symbols."""
        from symcausal.numbers.evaluate.sympy_bridge import Parameter as Symbol

        return tuple(Symbol(unknown.symbol) for unknown in self.unknowns)

    @property
    def expr(self) -> sympy.Expr:
        """The function as a SymPy expression in :attr:`parameters`."""
        import sympy

        symbols = self.parameters
        top, under = (
            sympy.Add(
                *(
                    sympy.Integer(c) * sympy.Mul(*(s**e for s, e in zip(symbols, key, strict=True)))
                    for key, c in part.items()
                )
            )
            for part in (self.numerator, self.denominator)
        )
        return top / under

    def __call__(self, *values: object, **named: object) -> Fraction:
        """The exact answer where the unknowns have these values; those left out stay as they are.

        Parameters
        ----------
        *values : number
            In the order of :attr:`unknowns`.
        **named : number
            By the names of the parameters.

        Raises
        ------
        ImpossibleEventError
            If the denominator is zero there.
        ParameterRangeError
            If a row would no longer be a distribution.
        """
        point = self._point(values, named)
        self._refuse_outside(point)
        under = _value(self.denominator, point)
        edge = any(v in (u.low, u.high) for u, v in zip(self.unknowns, point, strict=True))
        # At an end something known may be impossible although the answer does not need its table.
        if not under or (edge and _answer(self, point) is None):
            shown = ", ".join(
                f"{u.symbol.name} = {v}" for u, v in zip(self.unknowns, point, strict=True)
            )
            raise ImpossibleEventError(f"of the query, where {shown},")
        return _value(self.numerator, point) / under

    @property
    def value(self) -> Fraction:
        """The answer at present."""
        return self()

    @property
    def range(self) -> tuple[Fraction, Fraction]:
        """The least and the greatest answer over all values of the entries.

        In each entry alone a probability is monotone, so both are at corners.

        Raises
        ------
        UsageError
            If the function is not linear in each unknown above and below.
        LimitError
            If there are too many corners.
        """
        keys = (*self.numerator, *self.denominator)
        if any(e > 1 for key in keys for e in key) or any(u.entry is None for u in self.unknowns):
            raise UsageError("the range is known only for single probabilities and table entries")
        rows: dict[tuple[object, ...], list[int]] = {}
        for i, unknown in enumerate(self.unknowns):
            assert unknown.entry is not None
            rows.setdefault((unknown.entry.variable, unknown.entry.parents), []).append(i)
        choices = [[None, *members] for members in rows.values()]
        found = []
        for chosen in product(*choices):
            point = [Fraction(int(i in chosen)) for i in range(len(self.unknowns))]
            under = _value(self.denominator, point)
            if under:
                found.append(_value(self.numerator, point) / under)
        if not found:
            raise ImpossibleEventError("a denominator")
        return min(found), max(found)

    # -- printing -------------------------------------------------------------------------------
    @property
    def order(self) -> tuple[str, ...]:
        """All names of the model, variables first."""
        return names_of(self.network.variables, self.network.declared)

    def blocks(self) -> list[Block]:
        """The unknowns, and the function of them."""
        rows = [
            Equation(
                Scalar(Indeterminate(f"t_{i + 1}")),
                "=",
                (_shown(unknown), *filter(None, [self._now(unknown)])),
            )
            for i, unknown in enumerate(self.unknowns)
        ]
        ratio = self._ratio("t_")
        rows.append(Equation(self.query, "=", (self._size() if ratio is None else ratio,)))
        return [Equations(tuple(rows))]

    def as_data(self) -> dict[str, object]:
        """Numbers as text, monomials as lists of exponents."""
        parts = {"numerator": self.numerator, "denominator": self.denominator}
        return {
            "query": formula_text(self.query, self.style),
            "parameters": [u.symbol.name for u in self.unknowns],
            "present": [None if u.present is None else written(u.present) for u in self.unknowns],
            **{
                name: [
                    {"exponents": list(key), "coefficient": written(c)} for key, c in part.items()
                ]
                for name, part in parts.items()
            },
        }

    def own_formats(self, style: Style) -> dict[str, Callable[[], str]]:
        """Text with the unknowns as ``t1``, LaTeX without their present numbers."""
        return {"text": self._text, "latex": partial(self._latex, style)}

    def _text(self) -> str:
        lines = [
            f"t{i + 1} = {formula_text(_shown(unknown), self.style)}{self._now(unknown)}"
            for i, unknown in enumerate(self.unknowns)
        ]
        ratio = self._ratio("t")
        right = self._size() if ratio is None else text(ratio, self.notation)
        return "\n".join([*lines, f"{formula_text(self.query, self.style)} = {right}"])

    def _latex(self, style: Style) -> str:
        lines = [
            rf"t_{{{i + 1}}} &= {formula_latex(_shown(unknown), self.style)}"
            for i, unknown in enumerate(self.unknowns)
        ]
        ratio = self._ratio("t_")
        right = rf"\text{{{self._size()}}}" if ratio is None else latex(ratio, self.notation)
        lines.append(rf"{formula_latex(self.query, self.style)} &= {right}")
        if aligned_ems(lines) > style.ems:
            written = (b for b in self.blocks() if isinstance(b, Equations))
            return "\n".join(equations_latex(one, style) for one in written)
        return "\\begin{align*}\n" + " \\\\\n".join(lines) + "\n\\end{align*}"

    # -- inside ---------------------------------------------------------------------------------
    def _ratio(self, stem: str) -> Expr | None:
        """The function of unknowns that begin with a stem; None if it is too long to be read."""
        if len(self.numerator) + len(self.denominator) > MOST_WRITTEN:
            return None
        names = [f"{stem}{i + 1}" for i in range(len(self.unknowns))]
        top, under = (_term(part, names) for part in (self.numerator, self.denominator))
        shown: Expr = Scalar(top)
        return shown if under == Number(Fraction(1)) else Quotient(shown, Scalar(under))

    def _now(self, unknown: Unknown) -> str:
        if unknown.present is None:
            return ""
        if self.digits is None:
            return f", now {written(unknown.present)}"
        return f", now {with_decimal(unknown.present, figures=self.digits)}"

    def _letters(self) -> list[Expr]:
        return [Scalar(Indeterminate(f"t_{i + 1}")) for i in range(len(self.unknowns))]

    def _size(self) -> str:
        return f"a ratio of {len(self.numerator)} and {len(self.denominator)} monomials"

    def _point(self, values: Sequence[object], named: Mapping[str, object]) -> list[Fraction]:
        names = [u.symbol.name for u in self.unknowns]
        if len(values) > len(names):
            raise UsageError(f"{len(values)} values", expected=f"at most {len(names)}")
        point: list[Fraction | None] = [u.present for u in self.unknowns]
        for i, value in enumerate(values):
            point[i] = exact_number(value)
        for name, value in named.items():
            if name not in names:
                raise UsageError(f"there is no unknown '{name}'", hint=nearest(name, names))
            point[names.index(name)] = exact_number(value)
        missing = [name for name, value in zip(names, point, strict=True) if value is None]
        if missing:
            raise MissingParameterError(missing)
        return [value for value in point if value is not None]

    def _refuse_outside(self, point: Sequence[Fraction]) -> None:
        sums: dict[object, Fraction] = {}
        for unknown, value in zip(self.unknowns, point, strict=True):
            entry = unknown.entry
            row = unknown.symbol if entry is None else (entry.variable, entry.parents)
            sums[row] = sums.get(row, Fraction(0)) + value
            if not unknown.low <= value <= unknown.high or (entry and sums[row] > 1):
                raise ParameterRangeError(
                    f"{unknown.symbol.name} = {value} leaves no distribution",
                    hint="entries lie between 0 and 1, and those of a row sum to at most 1",
                )


def _shown(unknown: Unknown) -> Expr:
    return Scalar(unknown.symbol) if unknown.entry is None else unknown.entry.formula


def _value(polynomial: Mapping[Exponents, int], point: Sequence[Fraction]) -> Fraction:
    total = Fraction(0)
    for key, c in polynomial.items():
        term = Fraction(c)
        for e, x in zip(key, point, strict=True):
            if e:
                term *= x**e
        total += term
    return total


def _term(polynomial: Mapping[Exponents, int], names: Sequence[str]) -> Term:
    terms = []
    for key, c in sorted(polynomial.items(), key=lambda pair: [-e for e in pair[0]]):
        powers = [power(Indeterminate(n), e) for n, e in zip(names, key, strict=True) if e]
        terms.append(times([Number(Fraction(c)), *powers]))
    return plus(terms)


def joint_sensitivity(
    network: Network,
    query: Expr,
    parameters: Sequence[object],
    vocabulary: Vocabulary,
    notation: Notation,
) -> JointSensitivity:
    """Return a query as an exact function of several table entries, the rest of each row co-varying.

    Raises
    ------
    ImpossibleEventError
        If the condition is impossible whatever the entries are.
    MissingParameterError
        If other parameters have no number.
    UsageError
        If values are free, an entry is named twice, or a row would have nothing left that gives way.
    """
    free = free_letters(query)
    if free or not parameters:
        raise UsageError(
            f"the values of {', '.join(free)} are free" if free else "no parameter is named",
            expected="a query with one value, and parameters",
        )
    unknowns = tuple(chosen_unknown(network, one, vocabulary) for one in parameters)
    ratio = ratio_in(network, query, unknowns)
    if ratio is None:
        mine = {u.symbol.name for u in unknowns}
        names = [p.name for p in closed_form_parameters(network, query) if p.name not in mine]
        raise MissingParameterError(names, hint="give them numbers, or take the closed form")
    parts = whole(ratio.numerator, ratio.denominator)
    top, under = ({exponents(key, len(unknowns)): c for key, c in part.items()} for part in parts)
    found = JointSensitivity(query, unknowns, top, under, network, notation)
    _confirm(found)
    return found


def closed_form_parameters(network: Network, query: Expr) -> list[Indeterminate]:
    """Return the parameters of a query's closed form."""
    form = closed_form(network, query)
    reached = form.circuit.reachable(form.nodes.values())
    return [p for n in reached if (p := form.circuit.entry(n)) is not None]


def _confirm(found: JointSensitivity) -> None:
    """Hold the function against the kernel at a few points inside."""
    count = len(found.unknowns)
    for i in range(1, CHECKED_POINTS + 1):
        point = []
        for j, unknown in enumerate(found.unknowns):
            share = Fraction(1 + (i * (j + 2)) % 7, 8 * count)
            point.append(unknown.low + (unknown.high - unknown.low) * share)
        value = _answer(found, point)
        if value is None:
            changed = at(found.network, found.unknowns, point)
            closed_form(changed, found.query)  # says which event is impossible
        if value != found(*point):
            raise VerificationError(f"two computations differ: {found(*point)} and {value}")


def _answer(found: JointSensitivity, point: Sequence[Fraction]) -> Fraction | None:
    changed = at(found.network, found.unknowns, point)
    return meaning(found.query, exact(changed), {}).values[0]
