"""Evaluations in numbers: every step of every line has the value of its left side, by brute force."""

from __future__ import annotations

import ast
import operator
import random
import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

from symcausal import Model
from symcausal.errors import ImpossibleEventError, LimitError, MissingParameterError
from symcausal.expr.nodes import Expr, State
from symcausal.expr.scope import free_letters, substitute
from symcausal.network.network import Network
from symcausal.writing.latex import latex
from symcausal.writing.notations import Notation
from tests.command_line import EXAMPLES
from tests.support.oracle import value
from tests.support.random_models import random_formula, random_network, random_query

STUDENT = Model.load(EXAMPLES / "student.model")
CONFOUNDED = Model.parse(
    "A -> B; A <-> B; P(A) = 1/3, 2/3; P(B | A=0) = 1/7, rest; P(B | A=1) = 1/2, rest"
)
OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
FRACTION = re.compile(r"\\frac\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}")
SIGNS = ((r"\cdot", "*"), (r"\left(", "("), (r"\right)", ")"))
ABOUT = r"\approx "
UNDEFINED = r"\text{ is not defined}"


def worked_out(step: str) -> Fraction | None:
    """The value of a step in LaTeX, by plain Python; None if it is a formula."""
    while (shorter := FRACTION.sub(r"((\1)/(\2))", step)) != step:
        step = shorter
    for tex, sign in SIGNS:
        step = step.replace(tex, sign)
    step = step.strip()
    return arithmetic(ast.parse(step, mode="eval").body, step) if NUMERIC.fullmatch(step) else None


NUMERIC = re.compile(r"[-+*/(). 0-9]+")


def arithmetic(tree: ast.expr, text: str) -> Fraction:
    match tree:
        case ast.Constant():
            return Fraction(ast.get_source_segment(text, tree) or "")
        case ast.UnaryOp(ast.USub(), operand):
            return -arithmetic(operand, text)
        case ast.BinOp(left, sign, right):
            compute = OPERATORS[type(sign)]
            return compute(arithmetic(left, text), arithmetic(right, text))
    raise AssertionError(ast.dump(tree))


class Page:
    """What a calculation in LaTeX says: the steps of each left side, and the rows of a table.

    Attributes
    ----------
    values : dict of str to set of Fraction
        The values of the numeric steps of each left side.
    undefined : set of str
        The left sides that are said to have no value.
    rounded : dict of str to float
        The decimals of left sides whose value goes on.
    steps : int
        How many numeric steps there are.
    rows : list of list of str
        The rows of its last table.
    """

    def __init__(self, written: str) -> None:
        self.values: dict[str, set[Fraction]] = {}
        self.undefined: set[str] = set()
        self.rounded: dict[str, float] = {}
        self.steps = 0
        for left, step in self._sides(written):
            if step.startswith(ABOUT):
                self.rounded[left] = float(step.removeprefix(ABOUT))
                continue
            if step == UNDEFINED:
                self.undefined.add(left)
                continue
            for name, values in self.values.items():  # tables come before what mentions them
                if name.startswith(r"\tau") and name in step and values:
                    step = step.replace(name, f"({min(values)})")
            if (number := worked_out(step)) is not None:
                self.steps += 1
                self.values.setdefault(left, set()).add(number)
        bodies = re.findall(r"\\midrule\n(.*?)\\bottomrule", written, re.DOTALL)
        self.rows = [
            line.removesuffix(r" \\").split(" & ") for line in (bodies or [""])[-1].splitlines()
        ]

    @staticmethod
    def _sides(written: str) -> Iterator[tuple[str, str]]:
        """Each exact step with the left side that it belongs to."""
        left = ""
        for display in re.findall(r"\\begin\{align\*\}\n(.*?)\\end\{align\*\}", written, re.DOTALL):
            for line in display.strip().split(" \\\\\n"):
                own, _, right = line.partition("&")
                if not own.strip() and not right.startswith((":=", "=")):  # a left side alone
                    left = right
                    continue
                left = own.strip() or left
                exact, about, decimal = right.removeprefix(":").removeprefix("= ").partition(ABOUT)
                for step in filter(str.strip, exact.split(" = ")):
                    yield left, step
                if about:
                    yield left, about + decimal


def confirmed(network: Network, expr: Expr) -> int:
    """Compare a printed calculation with brute force; how many steps it has in numbers."""
    model = Model.from_network(network)
    page = Page(model.evaluation(expr).to("latex-numbers", width="none"))
    assert all(len(values) == 1 for values in page.values.values()), page.values
    letters = free_letters(expr)
    states = [network.variable(name).states for name in letters.values()]
    tabled = {tuple(row[:-1]): row[-1] for row in page.rows if len(row) == len(letters) + 1}
    for place in product(*states):
        at = substitute(expr, dict(zip(letters, map(State, place), strict=True)))
        exact = value(at, network)
        left = latex(at, Notation(), tuple(network.variables))
        if place in tabled and left not in page.values:
            shown = tabled[place]
            if exact is None:
                assert shown == "undefined"
            else:
                assert float(shown.removesuffix("...")) == pytest.approx(float(exact), rel=1e-5)
        elif exact is None:
            assert left in page.undefined
        elif left in page.values:
            assert page.values[left] == {exact}
        else:  # too long for a fraction, and for a calculation
            assert page.rounded[left] == pytest.approx(float(exact), rel=1e-5)
    return page.steps


@pytest.mark.parametrize("seed", range(120))
def test_every_step_has_the_value_of_its_left_side(seed: int) -> None:
    rng = random.Random(seed)
    network = random_network(rng, nodes=(3, 5), positive=seed % 2 == 0)
    expr = random_formula(rng, network) if seed % 4 == 0 else random_query(rng, network)
    try:
        steps = confirmed(network, expr)
    except ImpossibleEventError:
        letters = free_letters(expr)
        states = [network.variable(name).states for name in letters.values()]
        for place in product(*states):
            at = substitute(expr, dict(zip(letters, map(State, place), strict=True)))
            assert value(at, network) is None
        return
    assert steps > 0 or len(free_letters(expr)) > 1


@pytest.mark.parametrize(
    "query",
    [
        "P(S=high)", "P(L)", "P(I | G)", "P(I | L, S)", "P(G, L, S, I)", "P(L | do(G=A))", "P(I) P(S)",
        "P(L=weak | do(I)) - P(L=weak)", "P(I=high | I=low)", "P(S | S)", "P(I, I')", "P(G, I, I')",
        "P(S, I=low | I)", "P(D | I, I')", "sum_{I'} P(I, I')",
    ],
)  # fmt: skip
def test_queries_of_every_shape(query: str) -> None:
    assert confirmed(STUDENT.network, STUDENT.query(query)) > 0


def test_expectations_and_their_differences() -> None:
    found = CONFOUNDED.evaluation("E[B | do(A=1)] - E[B | do(A=0)]").calculation
    # 1/2 - 6/7
    assert found.value == Fraction(-5, 14)
    assert found.to_latex().endswith("&= -\\frac{5}{14} \\approx -0.357143\n\\end{align*}")


def test_a_table_beside_a_hidden_cause_is_that_of_do() -> None:
    # P(B=1 | A=1) is another number, or none: the hidden cause of both has no table
    written = CONFOUNDED.evaluation("P(B | do(A))").to("latex-numbers")
    assert r"P[B=1 \mid A=1]" not in written
    assert r"P[B=1 \mid \mathrm{do}(A=1)] &= 0.5" in written


@pytest.mark.parametrize("model", ["student.model", "asia.bif", "alarm.model"])
def test_what_is_printed_checks(model: str, tmp_path: Path) -> None:
    model = Model.load(EXAMPLES / model)
    first, last = (list(model.network.variables)[i] for i in (0, -1))
    state = model.network.variable(last).states[0]
    for query in (f"P({last}={state})", f"P({first} | {last}={state})", f"P({last} | do({first}))"):
        for width in ("article", "twocolumn"):
            path = tmp_path / "notes.tex"
            path.write_text(model.evaluation(query).to("latex-numbers", width=width))
            counts = model.check_file(path).summary
            assert (counts["fails"], counts["unreadable"]) == (0, 0)
            assert counts["holds"] > 0


def test_tables_have_the_names_of_the_derivation() -> None:
    derived = STUDENT.derive("P(I=high | G=A)").numbers.to_latex(digits=6)
    written = STUDENT.evaluation("P(I=high | G=A)").to("latex-numbers")
    *_, tables, _ = written.split("\n\n")
    assert tables in derived
    assert r"\tau_{1}(I=\mathrm{high})" in tables


def test_notation_and_digits_are_those_of_the_evaluation() -> None:
    found = STUDENT.evaluation("P(I=high | G=A)")
    written = found.to("latex-numbers", notation="pearl", digits=3)
    # 111/181
    assert written.endswith("\\frac{111}{181} \\approx 0.613\n\\end{align*}")
    assert "P(" in written
    assert "P[" not in written


def test_long_tables_have_the_digits_too() -> None:
    thirds = Model.parse(
        "A: a, b, c, d; B: a, b, c, d; P(A) = 1/7, 1/7, 1/7, 4/7; P(B) = 1/4, 1/4, 1/4, rest"
    )
    rows = Page(thirds.evaluation("P(A, B)").to("latex-numbers", digits=2)).rows
    assert len(rows) == 16
    assert {row[-1] for row in rows} == {"0.036...", "0.14..."}  # 1/28, 1/7


def test_numbers_are_needed() -> None:
    with pytest.raises(MissingParameterError, match="theta_A_0"):
        Model("A -> B").evaluation("P(B)").to("latex-numbers")


def test_what_stands_beside_a_zero_is_not_needed() -> None:
    model = Model.parse(
        "A -> B; parameters q; P(A) = 1, 0; P(B | A=0) = 1/7, rest; P(B | A=1) = q, rest"
    )
    assert model.evaluation("P(B=1)").to("latex-numbers").endswith("0.857143\n\\end{align*}")  # 6/7
    with pytest.raises(MissingParameterError, match="no number for q"):
        model.evaluation("P(B=1 | do(A=1))").to("latex-numbers")


def test_conditions_that_exclude_each_other_need_them_too() -> None:
    with pytest.raises(MissingParameterError):
        Model("A -> B").evaluation("P(B | A, A')").to("latex-numbers")


def test_what_nobody_would_read_is_refused() -> None:
    chain = "; ".join(f"X{i} -> X{i + 1}" for i in range(70))
    rows = "".join(
        f"; P(X{i + 1} | X{i}=0) = 0.7, 0.3; P(X{i + 1} | X{i}=1) = 0.2, 0.8" for i in range(70)
    )
    model = Model.parse(f"{chain}; P(X0) = 0.5, 0.5{rows}")
    with pytest.raises(LimitError, match="too long to read"):
        model.evaluation("P(X0 | X70=1)").to("latex-numbers")
