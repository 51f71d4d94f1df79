"""Sharp bounds of a query that data do not identify, with a proof of each term.

Main definitions
----------------
SharpBounds : the answer, printable.
BoundInterval : where a query lies in numbers.
sharp_bounds : find them.

References
----------
[BalkePearl1997]_; [Sachs2023]_.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from symcausal.algebra.deadline import within
from symcausal.algebra.decimals import with_decimal, written
from symcausal.algebra.scalar import Number
from symcausal.bounds.programme import Programme, gives, programme
from symcausal.bounds.terms import BoundTerm, TermSet, lower_terms, upper_terms
from symcausal.errors import UsageError, nearest
from symcausal.expr import build
from symcausal.expr.nodes import Expr, Minus, Prob, Scalar, free_events
from symcausal.graph.projection import latent_projection
from symcausal.hints import TYPE_CHECKING
from symcausal.identify.question import Input, observational
from symcausal.kernel.core.interpretation import exact
from symcausal.kernel.core.meaning import meaning
from symcausal.network.network import Network
from symcausal.record import record
from symcausal.writing.blocks import Block, Display, Items, Paragraph
from symcausal.writing.latex import formula_latex
from symcausal.writing.names import names_of
from symcausal.writing.notations import Notation
from symcausal.writing.shown import Shown
from symcausal.writing.text import text
from symcausal.writing.trees import tree

if TYPE_CHECKING:
    from symcausal.writing.blocks import Piece


MOST_CHARACTERS = 300  # of a number, and of its exponent
SECONDS = 30.0  # for one query; what takes longer has thousands of terms


@record
class BoundInterval:
    """Where a query lies in every model with some numbers as data.

    Attributes
    ----------
    lower, upper : Fraction or None
        The ends; None where no model of the graph has these data.
    refuted : tuple of Expr
        The inequalities that the data break, each of which is at least zero in every model; or a
        probability that the others determine, and that is another number.
    """

    lower: Fraction | None
    upper: Fraction | None
    refuted: tuple[Expr, ...] = ()


@record
class SharpBounds(Shown):
    """The largest and the smallest value of a query in all models with the same data.

    Attributes
    ----------
    query : Expr
        What was asked.
    programme : Programme
        The linear programme over response types.
    lows, highs : TermSet
        Its terms, as multipliers of the data.
    inputs : tuple of Input
        What the data give.
    network : Network
        The model.
    notation : Notation
        How formulas are written.
    """

    options = ("notation",)

    query: Expr
    programme: Programme
    lows: TermSet
    highs: TermSet
    inputs: tuple[Input, ...]
    network: Network
    notation: Notation

    @property
    def lower(self) -> tuple[Expr, ...]:
        """The terms of which the largest is the least value."""
        return tuple(self._formula(term, self.programme.divisor) for term in self.lows.terms)

    @property
    def upper(self) -> tuple[Expr, ...]:
        """The terms of which the smallest is the greatest value."""
        return tuple(self._formula(term, self.programme.divisor) for term in self.highs.terms)

    @property
    def tests(self) -> tuple[Expr, ...]:
        """What is at least zero in every model of the graph, so that data may refute it."""
        return tuple(self._formula(term, None) for term in self.lows.tests)

    @property
    def sharp(self) -> bool:
        """Whether some model attains each end: one hidden cause acts on all of the component."""
        return self.programme.is_sharp

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What is taken to be so besides the graph."""
        return tuple(
            f"{effect} never falls as {cause} rises"
            for cause, effect in latent_projection(self.network.graph).monotone
        )

    @property
    def order(self) -> tuple[str, ...]:
        """The variables in declaration order."""
        return names_of(self.network.variables, self.network.declared)

    def _formula(self, term: BoundTerm, divisor: Prob | None) -> Expr:
        """A term as a formula over data."""
        parts = list(zip(term.factors, (row.formula for row in self.programme.rows), strict=True))
        more = [_times(factor, formula) for factor, formula in parts if factor > 0]
        if term.constant > 0:
            more.insert(0, Scalar(Number(term.constant)))
        found = build.add(more)
        for factor, formula in parts:
            if factor < 0:
                found = Minus(found, _times(-factor, formula))
        if term.constant < 0:
            found = Minus(found, Scalar(Number(-term.constant)))
        if divisor is None or found == build.ZERO:
            return found
        return build.ONE if found == divisor else build.quotient(found, divisor)

    # -- numbers --------------------------------------------------------------------------------
    def at(self, numbers: Mapping[str | Expr, object] | Network) -> BoundInterval:
        """Return the interval for numbers.

        Parameters
        ----------
        numbers : mapping, Network or Model
            The probabilities of the data, by formula (``{"P(X=1, Y=0 | Z=0)": "0.1"}``), of which one
            of each distribution may be left out; or a model that has all its numbers.

        Raises
        ------
        UsageError
            If a probability is missing, or a distribution does not sum to one.
        """
        network = getattr(numbers, "network", numbers)
        if isinstance(network, Network):
            data = self._in_model(network)
        elif isinstance(numbers, Mapping):
            data = self._in_numbers(numbers)
        else:
            raise UsageError(f"{numbers!r} as numbers", expected="a mapping, or a model")
        impossible = self.programme.contradicted(data)
        if impossible:
            return BoundInterval(None, None, impossible)
        broken = [term for term in self.lows.tests if term.at(data) < 0]
        if broken:
            return BoundInterval(None, None, tuple(self._formula(term, None) for term in broken))
        low = max(term.at(data) for term in self.lows.terms)
        high = min(term.at(data) for term in self.highs.terms)
        divisor = self._divisor(data)
        return BoundInterval(low / divisor, high / divisor)

    def _divisor(self, data: Sequence[Fraction]) -> Fraction:
        divisor = self.programme.divisor
        if divisor is None:
            return Fraction(1)
        rows = self.programme.rows
        block = next(row.block for row in rows if gives(row.formula, divisor))
        found = sum(
            (
                value
                for row, value in zip(rows, data, strict=True)
                if row.block == block and set(divisor.outcome) <= set(row.formula.outcome)
            ),
            Fraction(0),
        )
        if not found:
            raise UsageError(f"{text(divisor)} is 0 in these numbers")
        return found

    def _in_model(self, network: Network) -> list[Fraction]:
        if not network.is_numeric or network.graph.bidirected:
            raise UsageError(
                "a model without all its numbers",
                expected="tables for all variables, hidden ones too",
                hint="or give the probabilities of the data by their formulas",
            )
        at = exact(network)
        found = list[Fraction]()
        for row in self.programme.rows:
            (value,) = meaning(row.formula, at, {}).values
            if value is None:
                raise UsageError(f"{text(row.formula)} is given what never happens")
            found.append(value)
        return found

    def _in_numbers(self, numbers: Mapping[str | Expr, object]) -> list[Fraction]:
        rows = [row.formula for row in self.programme.rows]
        known = dict[Expr, Fraction]()
        for name, value in numbers.items():
            formula = self._read(name) if isinstance(name, str) else name
            if formula not in rows:
                raise UsageError(
                    f"{name}, which is no number of the data",
                    expected=text(rows[0]) + " and the like",
                    hint=nearest(str(name), [text(row) for row in rows]),
                )
            known[formula] = _fraction(value)
        for block in range(self.programme.rows[-1].block + 1):
            names = [row.formula for row in self.programme.rows if row.block == block]
            lost = [name for name in names if name not in known]
            told = sum((known[name] for name in names if name in known), Fraction(0))
            if len(lost) > 1:
                raise UsageError(
                    f"no number for {text(lost[0])}", expected="all of a distribution but one"
                )
            if lost:
                known[lost[0]] = told_rest = 1 - told
                told += told_rest
            below = next((name for name in names if known[name] < 0), None)
            if below is not None:
                raise UsageError(f"{text(below)} below 0", expected="a probability")
            if told != 1:
                raise UsageError(
                    f"the numbers with {text(names[0])} sum to {with_decimal(told)}", expected="1"
                )
        return [known[row] for row in rows]

    def _read(self, formula: str) -> Expr:
        from symcausal.reading.reader import read
        from symcausal.reading.vocabulary import Vocabulary

        return read(formula, Vocabulary.of(self.network))

    # -- the page -------------------------------------------------------------------------------
    def blocks(self) -> list[Block]:
        """Both bounds, what data can refute, and the interval in the model's own numbers."""
        given: list[Piece] = []
        for one in self.inputs:
            given += [", "] * bool(given) + [
                Prob(free_events(one.observed), do=free_events(one.done))
            ]
        end = (
            ". They are sharp: some model with these data attains each, the hidden causes being of any "
            "kind."
        )
        if not self.sharp:
            names = ", ".join(self.programme.variables)
            end = f". They need not be sharp: one hidden cause of all of {names} was allowed for."
        found: list[Block] = [Paragraph(("From ", *given, ", bounds of ", self.query, end))]
        if len(self.lower) == len(self.upper) == 1:
            found.append(Display((self.lower[0], "<=", self.query, "<=", self.upper[0])))
        else:
            for terms, words in (
                (self.lower, "at least the largest of"),
                (self.upper, "at most the smallest of"),
            ):
                found.append(Paragraph((f"It is {words}",)))
                found.append(Items(tuple((term,) for term in terms)))
        if self.tests:
            found.append(Paragraph(("Data in which one of these is negative refute the graph:",)))
            found.append(Items(tuple((test,) for test in self.tests)))
        interval = self.own_interval
        if interval is not None and interval.lower is not None and interval.upper is not None:
            ends = (with_decimal(interval.lower), with_decimal(interval.upper))
            found.append(Paragraph((f"In the data of this model: from {ends[0]} to {ends[1]}.",)))
        if self.assumptions:
            found.append(Paragraph((f"Assumed: {'; '.join(self.assumptions)}.",)))
        return found

    @property
    def own_interval(self) -> BoundInterval | None:
        """The interval in the model's own numbers; None if it has not all."""
        if not self.network.is_numeric or self.network.graph.bidirected:
            return None
        try:
            return self.at(self.network)
        except UsageError:  # a condition never happens in these numbers
            return None

    def as_data(self) -> dict[str, object]:
        """The bounds as values that ``json`` knows, with the slack of each term as its proof."""

        def states_of(name: str) -> tuple[str, ...]:
            return self.network.variable(name).states

        def shown(formulas: Sequence[Expr]) -> dict[str, object]:
            return {
                "latex": [formula_latex(one, self.style) for one in formulas],
                "trees": [tree(one, states_of) for one in formulas],
            }

        lower, upper, tests = shown(self.lower), shown(self.upper), shown(self.tests)
        interval = self.own_interval
        return {
            "query": formula_latex(self.query, self.style),
            "lower": lower["trees"],
            "upper": upper["trees"],
            "lower_latex": lower["latex"],
            "upper_latex": upper["latex"],
            "sharp": self.sharp,
            "assumptions": list(self.assumptions),
            "tests": tests["trees"],
            "tests_latex": tests["latex"],
            "interval": None
            if interval is None
            else {
                "lower": None if interval.lower is None else written(interval.lower),
                "upper": None if interval.upper is None else written(interval.upper),
            },
            "response_types": self.programme.types,
            "proofs": [
                {"bound": side, "term": number, "slack": [written(value) for value in term.slack]}
                for side, terms in (("lower", self.lows.terms), ("upper", self.highs.terms))
                for number, term in enumerate(terms)
            ],
        }


def _times(factor: Fraction, formula: Expr) -> Expr:
    return formula if factor == 1 else build.product((Scalar(Number(factor)), formula))


def _fraction(value: object) -> Fraction:
    written_out = str(value)
    exponent = written_out.casefold().partition("e")[2]
    try:
        if len(written_out) > MOST_CHARACTERS or abs(int(exponent or 0)) > MOST_CHARACTERS:
            raise ValueError(written_out)
        return Fraction(written_out)
    except (ValueError, ZeroDivisionError):
        raise UsageError(f"{value!r} as a probability", expected="a number") from None


def sharp_bounds(
    query: Expr,
    network: Network,
    inputs: Sequence[Input] | None = None,
    *,
    notation: Notation,
) -> SharpBounds:
    """Return the sharp bounds of a query.

    Raises
    ------
    UsageError
        If the query is not linear in the response types of one c-component.
    LimitError
        If there are too many types, or too many terms on the way.
    """
    states = {name: variable.states for name, variable in network.variables.items()}
    taken = tuple(inputs) if inputs else (observational(network.graph),)
    with within(SECONDS):
        found = programme(query, network.graph, states, taken)
        terms = lower_terms(found), upper_terms(found)
    return SharpBounds(query, found, *terms, taken, network, notation)
