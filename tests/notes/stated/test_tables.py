"""Numbers in Python code: which tables are read, where they count, and what follows from them."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal import check, check_file
from symcausal.notes.models import models_of
from symcausal.notes.stated.python_tables import tables_in_python
from symcausal.reading.model_language import read_model
from tests.support.depth import many

MODEL = "m = DiscreteBayesianNetwork([('A', 'B')])"
A = "a = TabularCPD('A', 2, [[0.7], [0.3]])"
B = "b = TabularCPD('B', 2, [[0.8, 0.1], [0.2, 0.9]], evidence=['A'], evidence_card=[2])"
ADDED = "m.add_cpds(a, b)"
WHOLE = "\n".join((MODEL, A, B, ADDED))


def verdicts(code: str, claims: str) -> list[str]:
    """The verdicts on claims below some code."""
    return [claim.verdict for claim in check(f"```python\n{code}\n```\n\n{claims}").claims]


def test_tables_of_literals() -> None:
    (one, other) = tables_in_python([WHOLE])["m"]
    assert (one.variable, one.parents, dict(one.states)) == ("A", (), {"A": ("0", "1")})
    assert one.columns == ((Fraction(7, 10), Fraction(3, 10)),)
    assert (other.variable, other.parents) == ("B", ("A",))
    assert other.columns == (
        (Fraction(4, 5), Fraction(1, 5)),
        (Fraction(1, 10), Fraction(9, 10)),
    )


def test_other_spellings_of_the_same_table() -> None:
    table = (
        "b = TabularCPD(variable='B', variable_card=2, values=np.array([[1 - 0.2, 1/10], [0.2, 0.9]]),"
        " evidence=('A',), evidence_card=(2,), state_names={'A': ['no', 'yes'], 'B': ['no', 'yes']})"
    )
    (found,) = tables_in_python([MODEL, f"{table}\nm.add_cpds(b)"])["m"]
    assert found.columns == (
        (Fraction(4, 5), Fraction(1, 5)),
        (Fraction(1, 10), Fraction(9, 10)),
    )
    assert dict(found.states) == {"B": ("no", "yes"), "A": ("no", "yes")}


UNREAD = [
    "m.add_cpds(TabularCPD('A', 2, values))",
    "m.add_cpds(TabularCPD('A', 2, [[0.7, 0.3]]))",
    "m.add_cpds(TabularCPD('A', 3, [[0.7], [0.3]]))",
    "m.add_cpds(TabularCPD('A', 2, [[0.7], [0.4]]))",
    "m.add_cpds(TabularCPD('A', 2, [[1.2], [-0.2]]))",
    "m.add_cpds(TabularCPD('A', 2, [[0.7], [0.3]], more=1))",
    "m.add_cpds(TabularCPD('A', 2, [[0.7], [0.3]], **more))",
    "m.add_cpds(*tables)",
    "m.add_cpds(other)",
    f"{A}\nm.add_cpds(a, a)",
    f"{A}\nm.add_cpds(a)\na.values[0] = 0.5",
    f"{A}\nm.add_cpds(a)\nm.fit(data)",
    f"{A}\nm.add_cpds(a)\nm.get_cpds('A').values[0] = 0.5",
    f"{A}\nm.add_cpds(a)\nx = m.get_cpds('A')",
    f"{A}\nm.add_cpds(a)\nchange(m)",
    f"{A}\nif more:\n    m.add_cpds(a)",
    f"{A}\nm.add_cpds(a)\nglobals()['a'].normalize()",
    f"{A}\nm.add_cpds(a)\nm = load()",
    f"class TabularCPD:\n    pass\n{A}\nm.add_cpds(a)",
    "m.add_cpds(TabularCPD('A', 2, [[0.7], [0.3]], state_names={'A': ['one']}))",
]


@pytest.mark.parametrize("code", UNREAD)
def test_tables_that_do_not_count(code: str) -> None:
    assert tables_in_python([MODEL, code]) == {}


READ = [
    f"{A}\nm.add_cpds(a)\nprint(a)\nprint(m.get_cpds('A'))\nm.check_model()",
    f"{A}\nm.add_cpds(a)\ninfer = VariableElimination(m)\nprint(infer.query(['A']))",
    "m.add_cpds(TabularCPD('A', 3, [[0.333], [0.333], [0.333]]))",
]


@pytest.mark.parametrize("code", READ)
def test_tables_that_count(code: str) -> None:
    assert len(tables_in_python([MODEL, code])["m"]) == 1


def test_what_follows_from_the_numbers() -> None:
    claims = "$P(A=1)=0.3$, $P(B=1)=0.2\\cdot 0.7+0.9\\cdot 0.3=0.41$, $P(A=1\\mid B=1)=27/41$"
    assert verdicts(WHOLE, claims) == ["holds"] * 4
    assert verdicts(WHOLE, "$P(A=1)=0.4$, $P(B=1)=0.42$, $P(A=1\\mid B=1)=26/41$") == ["fails"] * 3


def test_what_holds_in_these_numbers_says_so() -> None:
    text = f"```python\n{WHOLE}\n```\n\n$P(B=1)=0.41$ and $P(A,B)=P(A)P(B\\mid A)$"
    one, other = check(text).claims
    assert one.evidence == "numbers" or one.evidence == "exact"
    assert (other.verdict, other.under.source if other.under else "") == ("holds", "code")


def test_names_of_states() -> None:
    named = "state_names={'A': ['no', 'yes'], 'B': ['no', 'yes']})"
    code = WHOLE.replace("[0.3]])", "[0.3]], state_names={'A': ['no', 'yes']})")
    code = code.replace("evidence_card=[2])", f"evidence_card=[2], {named}")
    assert verdicts(code, r"$P(B=\text{yes})=0.41$, $P(B=\text{no})=0.59$") == ["holds"] * 2
    # states that the tables do not have are none of theirs
    assert verdicts(code, "$P(B=1)=0.42$")[0] != "fails"


def test_tables_with_other_states_say_nothing_together() -> None:
    code = WHOLE.replace("[0.3]])", "[0.3]], state_names={'A': ['yes', 'no']})")
    assert verdicts(code, "$P(B=1)=0.41$")[0] == "definition"
    assert verdicts(code, "$P(B=1)=0.47$")[0] == "definition"


def test_numbers_in_other_cells(tmp_path: Path) -> None:
    cells = [("code", MODEL), ("markdown", "Numbers:"), ("code", f"{A}\n{B}\n{ADDED}")]
    claims = ("markdown", "Then $P(B=1)=0.41$ and $P(B=0)=0.41$.")
    path = tmp_path / "notes.ipynb"

    def found(*more: tuple[str, str]) -> list[str]:
        written = [{"cell_type": kind, "source": text} for kind, text in (*cells, claims, *more)]
        path.write_text(json.dumps({"cells": written}), encoding="utf-8")
        return [claim.verdict for claim in check_file(path).claims]

    assert found() == ["holds", "fails"]
    assert not {"holds", "fails"}.intersection(found(("code", "m.fit(data)")))


def test_the_model_of_the_numbers(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text(f"```python\n{WHOLE}\n```\n\n$P(A)=P(A)$, $P(B)=P(B)$", encoding="utf-8")
    network = read_model(models_of(str(path))).network
    assert network.is_numeric
    assert network.entry("B", "1", {"A": "1"}).value == Fraction(9, 10)  # type: ignore[union-attr]


TENTHS = st.integers(1, 9).map(lambda n: Fraction(n, 10))


@settings(max_examples=many(15), deadline=None)
@given(st.data())
def test_random_tables_are_judged_as_their_joint_distribution(data: st.DataObject) -> None:
    parents = {
        "A": (),
        "B": ("A",),
        "C": data.draw(st.sampled_from([("A", "B"), ("B", "A"), ("B",)])),
    }
    ones = {
        name: {
            at: data.draw(TENTHS) for at in product((0, 1), repeat=len(above))
        }
        for name, above in parents.items()
    }  # fmt: skip
    lines = [f"m = BayesianNetwork({[(p, n) for n, above in parents.items() for p in above]!r})"]
    for name, above in parents.items():
        row = [float(one) for one in ones[name].values()]
        told = f"[[{', '.join(f'1 - {x}' for x in row)}], {row}]"
        more = f", evidence={list(above)!r}, evidence_card={[2] * len(above)}" if above else ""
        lines.append(f"m.add_cpds(TabularCPD('{name}', 2, {told}{more}))")

    def mass(event: dict[str, int]) -> Fraction:
        total = Fraction(0)
        for states in product((0, 1), repeat=3):
            at = dict(zip("ABC", states, strict=True))
            weight = Fraction(1)
            for name, above in parents.items():
                one = ones[name][tuple(at[p] for p in above)]
                weight *= one if at[name] else 1 - one
            total += weight * all(at[name] == state for name, state in event.items())
        return total

    name, given_name = data.draw(st.permutations("ABC"))[:2]
    states = data.draw(st.tuples(st.integers(0, 1), st.integers(0, 1)))
    both = mass({name: states[0], given_name: states[1]})
    exact = both / mass({given_name: states[1]})
    head = f"P({name}={states[0]}\\mid {given_name}={states[1]})"
    right = f"${head}={exact.numerator}/{exact.denominator}$"
    wrong = f"${head}={exact.numerator + 1}/{exact.denominator + 1}$"
    expected = ["holds", "fails" if exact < 1 else "holds"]
    assert verdicts("\n".join(lines), f"{right} and {wrong}") == expected
