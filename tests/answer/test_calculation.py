"""Calculations from a formula to a number: every line is what was asked, by brute force in fractions."""

from __future__ import annotations

import random
import re
from fractions import Fraction
from itertools import product

import pytest

from symcausal import Model
from symcausal.answer.calculation import Calculation
from symcausal.errors import (
    ImpossibleEventError,
    LimitError,
    MissingParameterError,
    UsageError,
)
from symcausal.expr.nodes import Expr, State
from symcausal.expr.scope import free_letters, substitute
from symcausal.types import Derivation
from symcausal.writing.notations import Notation
from symcausal.writing.text import text
from tests.command_line import EXAMPLES
from tests.support.oracle import value
from tests.support.random_models import random_network, random_query

# Pearl's network as Russell and Norvig print it
ALARM = Model.parse("""
B: yes, no; E: yes, no; A: yes, no; J: yes, no; M: yes, no
B -> A <- E; A -> J; A -> M
P(B=yes) = 0.001; P(E=yes) = 0.002
P(A=yes | B=yes, E=yes) = 0.95; P(A=yes | B=yes, E=no) = 0.94
P(A=yes | B=no, E=yes) = 0.29; P(A=yes | B=no, E=no) = 0.001
P(J=yes | A=yes) = 0.90; P(J=yes | A=no) = 0.05
P(M=yes | A=yes) = 0.70; P(M=yes | A=no) = 0.01
""")
POSTERIOR = "P(B=yes | J=yes, M=yes)"
# the umbrella of the same book: rain today is likely to be rain tomorrow
UMBRELLA = Model.parse(
    "R0 -> R1 -> R2; R1 -> U1; R2 -> U2; P(R0) = 0.5, 0.5;"
    + "".join(f"P(R{t} | R{t - 1}=0) = 0.7, 0.3; P(R{t} | R{t - 1}=1) = 0.3, 0.7;" for t in (1, 2))
    + "".join(f"P(U{t} | R{t}=0) = 0.8, 0.2; P(U{t} | R{t}=1) = 0.1, 0.9;" for t in (1, 2))
)
STUDENT = Model.load(EXAMPLES / "student.model")
NAME = re.compile(r"\bt(\d+)(?:\(([^()]*)\))?")
NUMBERS = re.compile(r"[\d.]+|[-+*/() ]+")


def joint(model: Model, formula: str | Expr) -> Fraction | None:
    """The value of a formula, summed over the joint distribution; None if it has none."""
    return value(model.query(formula), model.network)


class Reader:
    """Reads the lines of a calculation in plain text, one equality after the other."""

    def __init__(self, model: Model, printed: str) -> None:
        self.model = model
        self.tables: dict[str, tuple[list[str], str]] = {}
        self.equal: list[tuple[str, list[str]]] = []  # a left side, and all that it is equal to
        self.signs = 0  # lines with an equals sign
        for line in printed.splitlines():
            if not re.search(" :?= ", line):  # a cell that is not defined, a row of a table
                continue
            left, sign, right = re.split(r" (:?=) |\Z", line, maxsplit=1)[:3]
            self.signs += sign == "="
            parts = right.split(" = ")
            if sign == ":=":
                name = NAME.fullmatch(left)
                assert name, line
                self.tables[name[1]] = (re.findall(r"\w+", name[2] or ""), parts[0])
                if not name[2]:
                    self.equal.append((left, parts))
            elif left.strip():
                self.equal.append((left, parts))
            else:
                self.equal[-1][1].extend(parts)

    def value(self, part: str) -> Fraction | None:
        """The value of one side, with what it names put in."""
        part = NAME.sub(self._in_place, part)
        if "P(" in part or "E[" in part:
            return joint(self.model, part)
        assert "".join(NUMBERS.findall(part)) == part
        exact = re.sub(r"[\d.]+", lambda number: f"Fraction('{number[0]}')", part)
        return Fraction(eval(exact, {"Fraction": Fraction}))

    def _in_place(self, match: re.Match[str]) -> str:
        letters, body = self.tables[match[1]]
        body = NAME.sub(self._in_place, body)
        pairs = [one.partition("=") for one in (match[2] or "").split(", ") if one]
        states = {
            letter: State(state)
            for letter, (_, _, state) in zip(letters, pairs, strict=True)
            if state
        }
        if states:
            expr = substitute(self.model.query(body), states)
            body = text(expr, Notation(), tuple(self.model.variables))
        return f"({body})"

    def check(self) -> int:
        """All sides of every line without free values have the value of its left side."""
        count = 0
        for left, parts in self.equal:
            if left[0] in "PE" and free_letters(self.model.query(left)):
                continue
            expected = self.value(left)
            if expected is None:  # an entry whose condition is impossible
                continue
            for part in parts:
                if part.endswith("..."):
                    close = Fraction(part.removesuffix("..."))
                    places = len(part.removesuffix("...").partition(".")[2])
                    assert abs(close - expected) <= Fraction(1, 2 * 10**places)
                else:
                    assert self.value(part) in (expected, None), (left, part)
                count += 1
        return count


def test_the_alarm_posterior_in_six_lines():
    printed = ALARM.derive(POSTERIOR).numbers.to_text()
    found = Reader(ALARM, printed)
    assert found.signs <= 6
    assert found.check() >= 8
    assert found.equal[-1][0] == POSTERIOR
    assert found.equal[-1][1][-1] == "0.284..."
    assert joint(ALARM, POSTERIOR) == Fraction(592242590, 2084100239)


def test_the_alarm_posterior_with_a_constant():
    found = ALARM.derive(POSTERIOR).calculation(normalise=True)
    assert r"&\approx \langle 0.284, 0.716\rangle" in found.to_latex()
    nested = ALARM.derive(POSTERIOR).calculation(normalise=True, nested=True)
    assert nested.to_latex(width="none").splitlines()[1] == (
        r"P[B \mid J=\mathrm{yes}, M=\mathrm{yes}] &= \alpha\,P[B] \sum_{E} P[E] \sum_{A} "
        r"P[A \mid B, E]\,P[J=\mathrm{yes} \mid A]\,P[M=\mathrm{yes} \mid A] \\"
    )


def test_filtering_is_the_forward_recursion():
    asked = UMBRELLA.derive("P(R2 | U1=1, U2=1)")
    nested = asked.calculation(normalise=True, nested=True).to_text()
    assert nested.splitlines()[0].partition(" = ")[2] == (
        r"\alpha P(U2=1 | R2) sum_{R1} P(R2 | R1) P(U1=1 | R1) sum_{R0} P(R0) P(R1 | R0)"
    )
    printed = asked.calculation(normalise=True).to_text()
    assert printed.endswith(
        "⟨0.117..., 0.883...⟩"
    )  # as published, with the states the other way round


@pytest.mark.parametrize(
    "query",
    [
        "P(L=strong)", "P(L=strong | do(G=A))", "P(S=high | do(G=A))", "P(I=high | G=C, D=hard)",
        "P(L=strong | do(I=high))", "P(L=strong | do(I=high)) - P(L=strong | do(I=low))",
        "P(I=high | do(D=hard), L=weak)", "P(G=A)",
    ],
)  # fmt: skip
def test_questions_about_the_student(query):
    found = STUDENT.derive(query).numbers
    assert Reader(STUDENT, found.to_text()).check() >= 2
    assert found.value == joint(STUDENT, query)


@pytest.mark.parametrize("seed", range(120))
def test_every_line_of_a_random_calculation(seed):
    rng = random.Random(seed)
    # not E: sum_{E} (...) is read as the start of an expectation
    network = random_network(rng, nodes=(3, 6), names=("I", "S", "K", "Q", "O", "C"))
    model = Model.from_network(network)
    query = random_query(rng, network)
    try:
        found = model.derive(query).numbers
    except (ImpossibleEventError, UsageError):  # the latter where states are no numbers
        return
    letters = free_letters(query)
    states = [network.variable(name).states for name in letters.values()]
    for place in product(*states):
        at = substitute(query, dict(zip(letters, map(State, place), strict=True)))
        exact = value(at, network)
        key = place if found.results.variables else ()  # a difference may be zero everywhere
        assert exact == found.results.get(key)
    Reader(model, found.to_text(notation="lecture")).check()


def test_hidden_variables_with_tables_are_summed_over():
    model = Model.parse(
        "hidden U; U -> X -> Z -> Y; U -> Y; P(U) = 0.5, 0.5; P(X | U=0) = 0.8, 0.2;"
        "P(X | U=1) = 0.4, 0.6; P(Z | X=0) = 0.9, 0.1; P(Z | X=1) = 0.2, 0.8;"
        "P(Y | Z=0, U=0) = 0.9, 0.1; P(Y | Z=1, U=0) = 0.6, 0.4;"
        "P(Y | Z=0, U=1) = 0.5, 0.5; P(Y | Z=1, U=1) = 0.1, 0.9"
    )
    found = model.derive("P(Y=1 | do(X=1))").numbers
    # do(X=1) leaves U alone: the sum over U and Z of P(U) P(Z | X=1) P(Y=1 | Z, U)
    by_hand = Fraction(1, 2) * sum(
        Fraction(z) * Fraction(y)
        for z, ys in (("0.2", ("0.1", "0.5")), ("0.8", ("0.4", "0.9")))
        for y in ys
    )
    assert found.value == by_hand == Fraction(29, 50)
    assert Reader(model, found.to_text()).check() >= 5


# -- refusals -------------------------------------------------------------------------------------
def test_evidence_of_probability_zero_is_said():
    model = Model.parse("X -> Y; P(X) = 0, 1; P(Y | X=0) = 1/2, 1/2; P(Y | X=1) = 1/3, 2/3")
    with pytest.raises(ImpossibleEventError, match="X=0"):
        _ = model.derive("P(Y | X=0)").numbers
    found = model.derive("P(Y=1 | X)").numbers
    assert "P(Y=1 | X=0) is not defined" in found.to_text()
    assert dict(found.value) == {("1",): Fraction(2, 3)}


def test_symbols_are_named_and_nested_sums_need_none():
    derivation = Model("X -> Y").derive("P(X | Y=0)")
    with pytest.raises(MissingParameterError, match="theta_X_0") as refused:
        _ = derivation.numbers
    assert "--nested" in str(refused.value)
    assert derivation.calculation(nested=True).value is None


@pytest.mark.parametrize("query", ["P(L)", "P(L=weak | do(G))", "P(L) - P(L | I=high)"])
def test_only_conditional_probabilities_are_normalised(query):
    with pytest.raises(UsageError, match="nothing to normalise"):
        STUDENT.derive(query).calculation(normalise=True)


def test_what_divides_by_nothing_is_not_normalised():
    with pytest.raises(UsageError, match="no fraction"):
        STUDENT.derive("P(L | G=A)").calculation(normalise=True)


def test_a_constant_for_each_evidence_takes_no_numbers():
    derivation = STUDENT.derive("P(I | L)")
    with pytest.raises(UsageError, match="2 free values"):
        derivation.calculation(normalise=True)
    assert r"\alpha" in derivation.calculation(normalise=True, nested=True).to_text()


# -- size ------------------------------------------------------------------------------------------
def grid(rows: int, columns: int) -> Model:
    """Variables in rows and columns, each with arrows to the right and downwards."""
    arrows = [f"V{r}_{c} -> V{r}_{c + 1}" for r in range(rows) for c in range(columns - 1)]
    arrows += [f"V{r}_{c} -> V{r + 1}_{c}" for r in range(rows - 1) for c in range(columns)]
    return Model("; ".join(arrows))


def test_large_networks_stay_readable():
    small = grid(3, 5).derive("P(V0_0 | V2_4=1)").calculation(nested=True)
    assert max(len(small.to(shape)) for shape in ("text", "latex", "html", "json")) < 40_000
    chain = Model("; ".join(f"X{i} -> X{i + 1}" for i in range(70))).derive("P(X0 | X70=1)")
    with pytest.raises(LimitError, match="too long to read"):
        chain.calculation(nested=True)


def test_tables_too_long_for_lines_are_tables():
    states = ", ".join("abcd")
    model = Model.parse(
        f"A: {states}; B: {states}; C: {states}; Y; A, B -> C; C -> Y; A, B -> Y;"
        "P(A) = 0.1, 0.2, 0.3, 0.4; P(B) = 0.4, 0.3, 0.2, 0.1;"
        + "".join(f"P(C | A={a}, B={b}) = 0.25, 0.25, 0.3, 0.2;" for a in "abcd" for b in "abcd")
        + "".join(
            f"P(Y | A={a}, B={b}, C={c}) = 0.{1 + (i + 2 * j + k) % 9}, rest;"
            for i, a in enumerate("abcd")
            for j, b in enumerate("abcd")
            for k, c in enumerate("abcd")
        )
    )
    found = model.derive("P(A | Y=1)").numbers
    printed = found.to_markdown()
    assert printed.count("\n| ") >= 16
    assert {key: Fraction(number) for key, number in found.value.items()} == {
        (a,): joint(model, f"P(A={a} | Y=1)") for a in "abcd"
    }
    assert model.check(printed).summary["fails"] == 0


def test_a_number_too_long_for_a_fraction_is_nearly_its_decimal():
    primes = (101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163)
    rows = [
        f"P(X{i}=1 | X{i - 1}=0) = 1/{p}; P(X{i}=1 | X{i - 1}=1) = 3/{p}"
        for i, p in enumerate(primes)
    ]
    model = Model.parse(
        "; ".join([f"X{i - 1} -> X{i}" for i in range(1, 13)] + ["P(X0=1) = 1/101"] + rows[1:])
    )
    found = model.derive("P(X12=1)").numbers
    assert len(str(found.value)) > 48
    assert rf"&\approx {float(found.value):.3g}" in found.to_latex()
    assert f"&= {float(found.value):.3g}" not in found.to_latex()


# -- formats ---------------------------------------------------------------------------------------
CASES = [
    (ALARM, POSTERIOR, {}),
    (ALARM, POSTERIOR, {"normalise": True}),
    (ALARM, "P(B | J=yes, M=yes)", {"nested": True, "normalise": True}),
    (ALARM, "P(M | do(B=yes))", {}),
    (UMBRELLA, "P(R1 | U1=1, U2=1)", {"normalise": True}),
    (STUDENT, "P(I, D | G=C)", {}),
    (STUDENT, "P(L=strong | do(I=high)) - P(L=strong | do(I=low))", {}),
    (STUDENT, "P(I | G, L)", {"nested": True}),
]


@pytest.mark.parametrize(
    ("model", "query", "options"), CASES, ids=[f"{q} {o}" for _, q, o in CASES]
)
def test_what_is_printed_is_checked_line_by_line(model, query, options, tmp_path):
    found: Calculation = model.derive(query).calculation(**options)
    for shape, ending in (("markdown", "md"), ("latex", "tex"), ("text", "txt")):
        for width in (None, "twocolumn") if shape != "text" else (None,):
            printed = found.to(shape, width=width)
            path = tmp_path / f"notes.{ending}"
            path.write_text(printed, encoding="utf-8")
            counts = model.check_file(path).summary
            assert counts["fails"] == 0, printed
            # in plain text a line without a probability is none, so that its name is not known later
            assert counts["unreadable"] == 0 or shape == "text", printed
            assert counts["holds"] > 0


def test_digits_are_those_that_are_asked_for():
    found = ALARM.derive(POSTERIOR).numbers
    assert found.to_text(digits=5).endswith("= 0.28417...")
    assert r"\approx 0.28417184" in found.to_latex(digits=8)
    assert found.to_json(digits=5) == found.to_json()


def test_digits_are_those_of_numbers_on_the_way_too():
    chain = Model.parse(
        "A -> B -> C; A: 6; P(A) = 1/7, 1/7, 1/7, 1/7, 1/7, rest\n"
        + "".join(f"P(B | A={i}) = {i + 1}/11, rest\n" for i in range(6))
        + "P(C | B=0) = 1/13, rest; P(C | B=1) = 2/13, rest"
    )
    for query in ("P(A | C=1)", "P(C=1)", "P(B | C=1)"):
        for normalise in (False, True):
            found = chain.derive(query)
            if normalise and "|" not in query:
                continue
            for shape in ("text", "markdown"):
                for figures in (2, 4):
                    printed = found.calculation(normalise=normalise, digits=figures).to(shape)
                    decimals = re.findall(r"0\.0*([1-9]\d*)", printed)
                    assert decimals
                    assert {len(one) for one in decimals} <= set(range(1, figures + 1)), printed


def test_a_derivation_gives_its_calculation():
    derivation: Derivation = ALARM.derive(POSTERIOR)
    assert str(derivation.numbers) == str(derivation.calculation())
    full = ALARM.derive(POSTERIOR, detail="full")  # whose formula has the table entries put in
    assert str(full.numbers) == str(derivation.numbers)


# -- where the query is not defined ---------------------------------------------------------------
IMPOSSIBLE = (
    "hidden U; W: 0, 1; U -> X; U -> Y; X -> Y; P(W) = 1, 0; P(U) = 0.5, 0.5; P(X=1|U=0) = 0.2;"
    "P(X=1|U=1) = 0.6; P(Y=1|X=0,U=0) = 0.1; P(Y=1|X=1,U=0) = 0.2; P(Y=1|X=0,U=1) = 0.3;"
    "P(Y=1|X=1,U=1) = 0.4"
)


@pytest.mark.parametrize("hidden", [IMPOSSIBLE, IMPOSSIBLE.removeprefix("hidden U; ")])
def test_an_impossible_condition_has_no_value_although_the_formula_has(hidden: str) -> None:
    model = Model.parse(hidden)
    for query in ("P(Y=1 | W=1)", "P(Y=1 | W=1) - P(Y=1)"):
        with pytest.raises(ImpossibleEventError):
            model.derive(query).numbers.to_text()
    found = model.derive("P(Y=1 | W)").numbers
    assert dict(found.value.items()) == {("0",): Fraction(24, 100)}
    assert "P(Y=1 | W=1) is not defined" in found.to_text()
    difference = model.derive("P(Y=1 | W) - P(Y=1)").numbers
    assert dict(difference.value.items()) == {("0",): Fraction(0)}


@pytest.mark.parametrize("shape", ["text", "markdown", "latex", "html", "typst"])
@pytest.mark.parametrize("query", ["P(A)", "P(B | A)"])
def test_what_is_its_own_nested_sum_is_shown(query: str, shape: str) -> None:
    found = Model.parse("Ant -> Bee").derive(query.replace("A", "Ant").replace("B", "Bee"))
    assert "Ant" in found.calculation(nested=True).to(shape)


def test_tables_have_no_name_of_the_model() -> None:
    model = Model.parse("t1 -> t2; P(t1) = 0.3, 0.7; P(t2=1 | t1=0) = 0.75; P(t2=1 | t1=1) = 0.5")
    printed = model.derive("P(t1 | t2=1)").numbers.to_text()
    assert re.findall(r"^(\w+)(?:\(\w+\))? :=", printed, re.MULTILINE) == ["u1", "u2"]
