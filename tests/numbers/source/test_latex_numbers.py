import ast
import operator
import random
import re
from fractions import Fraction

import pytest

from symcausal.algebra.decimals import number_decimal
from symcausal.algebra.scalar import Number
from symcausal.errors import ImpossibleEventError, MissingParameterError
from symcausal.expr.nodes import Expr
from symcausal.network.network import Network
from symcausal.numbers.evaluate.value_table import ValueTable
from symcausal.numbers.source.latex_numbers import in_numbers
from symcausal.writing.latex import latex
from symcausal.writing.notations import Notation
from tests.numbers.evaluate.queries import ask, exact_value, symbolic
from tests.support.random_models import random_formula, random_network, random_query
from tests.support.student import SUPERSCRIPTS, student

BOOK = student(SUPERSCRIPTS)
OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
FRACTION = re.compile(r"\\frac\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}")


def calculation(network: Network, expr: Expr) -> str:
    return in_numbers(network, expr, notation=Notation(), order=tuple(network.variables))


def worked_out(latex: str, known: dict[str, Fraction]) -> Fraction:
    """The value of a calculation's LaTeX, by plain Python."""
    latex = re.sub(r"\\tau_\{(\d+)\}", r"t\1", latex)
    while (shorter := FRACTION.sub(r"((\1)/(\2))", latex)) != latex:
        latex = shorter
    for tex, sign in (
        (r"\cdot", "*"),
        (r"\left(", "("),
        (r"\right)", ")"),
        ("^{", "**("),
        ("}", ")"),
    ):
        latex = latex.replace(tex, sign)
    latex = latex.strip()
    assert re.fullmatch(r"[-+*/(). 0-9t]+", latex), latex
    return arithmetic(ast.parse(latex, mode="eval").body, latex, known)


def arithmetic(tree: ast.expr, text: str, known: dict[str, Fraction]) -> Fraction:
    match tree:
        case ast.Constant():
            return Fraction(ast.get_source_segment(text, tree))
        case ast.Name(name):
            return known[name]
        case ast.UnaryOp(ast.USub(), operand):
            return -arithmetic(operand, text, known)
        case ast.BinOp(left, sign, right):
            compute = OPERATORS[type(sign)]
            return compute(arithmetic(left, text, known), arithmetic(right, text, known))
    raise AssertionError(ast.dump(tree))


def values_of(text: str, left: str) -> list[Fraction | None]:
    """What each line but those of shared parts comes to, all its steps being equal."""
    if text.startswith(f"{left} = "):  # one line, without the sign of alignment
        text = f"{left} &= " + text.removeprefix(f"{left} = ")
    text = text.removeprefix("\\begin{align*}\n").removesuffix("\n\\end{align*}")
    known: dict[str, Fraction] = {}
    found: list[Fraction | None] = []
    for line in text.split(" \\\\\n"):
        name, _, right = line.partition(" &")
        if right == r"\text{ is not defined}":
            found.append(None)
            continue
        steps = right.removeprefix(":").removeprefix("= ").partition(r" \approx ")[0].split(" = ")
        exact = {worked_out(step, known) for step in steps}
        assert len(exact) == 1, line
        if right.startswith(":"):
            known[re.sub(r"\\tau_\{(\d+)\}", r"t\1", name)] = exact.pop()
        else:
            found.append(exact.pop())
    return found


def test_decimals_stand_as_they_were_given():
    assert calculation(
        BOOK, ask("S=s1")
    ) == r"P[S=s1] = 0.7 \cdot 0.05 + 0.3 \cdot 0.8 = 0.275".replace("S=s1", r"S=\mathrm{s1}")


@pytest.mark.parametrize(
    ("value", "written"),
    [("1/2", "0.5"), ("3", "3"), ("0", "0"), ("-1/8", "-0.125"), ("1/3", None), ("12.05", "12.05"),
     ("1e-12", "0.000000000001"), ("1e-13", None), ("100", "100"), ("-3/2", "-1.5")],
)  # fmt: skip
def test_a_decimal_is_written_where_it_ends_soon(value: str, written: str | None):
    assert number_decimal(Fraction(value)) == written


@pytest.mark.parametrize("seed", range(120))
def test_every_step_of_a_calculation_is_equal_to_the_value(seed: int):
    rng = random.Random(seed)
    network = random_network(rng, nodes=(3, 5), positive=seed % 2 == 0)
    expr = random_formula(rng, network) if seed % 4 == 0 else random_query(rng, network)
    try:
        exact = exact_value(network, expr)
    except ImpossibleEventError:
        with pytest.raises(ImpossibleEventError):
            calculation(network, expr)
        return
    if isinstance(exact, ValueTable):
        keys = sorted(
            {*exact, *exact.undefined},
            key=lambda key: [s.index(k) for s, k in zip(exact.states, key, strict=True)],
        )
        known = [exact.get(key) for key in keys]
    else:
        known = [exact]
    left = latex(expr, Notation(), tuple(network.variables))
    assert values_of(calculation(network, expr), left) == known


def test_a_calculation_wants_numbers():
    with pytest.raises(MissingParameterError):
        calculation(symbolic(BOOK), ask("S=s1"))


def test_thirds_stay_fractions():
    variables = {"S": BOOK.variables["S"]}
    third = tuple(Number(Fraction(i, 3)) for i in (1, 2))
    table = BOOK.tables["I"].__class__("S", (), third)
    network = Network(variables, BOOK.graph.__class__(("S",)), {"S": table})
    assert calculation(network, ask("S=s0")).endswith(r"= \frac{1}{3} \approx 0.333333")
