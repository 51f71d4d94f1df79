"""A query with free values is as many functions, each that of the query with states in their place."""

import json
import random
from fractions import Fraction

import pytest

from symcausal import Model
from symcausal.errors import ImpossibleEventError, UsageError
from tests.command_line import run
from tests.golden.models import STUDENT

MODEL = Model.parse(STUDENT)
ENTRY = "P(G=A | I=high, D=hard)"


def test_each_function_is_that_of_the_query_with_its_states() -> None:
    for query, named in (
        ("P(L | I=high)", "P(L={} | I=high)"),
        ("P(I=high | L=l)", "P(I=high | L={})"),
        ("P(S | do(I=i), D=hard)", None),
        ("P(L) - P(L | D=hard)", "P(L={0}) - P(L={0} | D=hard)"),
    ):
        table = MODEL.sensitivity(query, ENTRY)
        if named is None:
            assert set(table) == {(s, i) for s in ("low", "high") for i in ("low", "high")}
            continue
        assert [*table] == [("weak",), ("strong",)]
        for state in ("weak", "strong"):
            alone = MODEL.sensitivity(named.format(state), ENTRY)
            assert table[state].curve == alone.curve
            assert table[state].most_likely == alone.most_likely if "-" not in query else True


def test_functions_of_all_states_sum_to_one() -> None:
    table = MODEL.sensitivity("P(G | L=weak)", "P(I=high)")
    rng = random.Random(3)
    for _ in range(5):
        t = Fraction(rng.randint(0, 100), 100)
        assert sum(found(t) for found in table.values()) == 1


def test_what_is_not_defined_is_said() -> None:
    model = Model.parse("X: a, b; Y: c, d; X -> Y; P(X) = 1, 0; P(Y | X=a) = 0.2, 0.8; "
                        "P(Y | X=b) = 0.5, 0.5")  # fmt: skip
    table = model.sensitivity("P(Y=c | X)", "P(Y=c | X=a)")
    assert [*table] == [("a",)]
    assert "X=b is not defined" in table.to_text()
    assert r"P[Y=\mathrm{c} \mid X=\mathrm{b}] &\text{ is not defined}" in table.to_latex()
    assert json.loads(table.to_json())["undefined"][0]["at"] == {"X": "b"}
    with pytest.raises(ImpossibleEventError):
        model.sensitivity("P(Y | X=b)", "P(Y=c | X=a)")


def test_all_shapes_hold_all_functions() -> None:
    table = MODEL.sensitivity("P(L | I=high)", ENTRY)
    assert table.to_text().count("now 1/2 = 0.5") == 2
    assert table.to_latex().count(r"\begin{align*}") == 2
    found = json.loads(table.to_json(at_least="0.5"))["functions"]
    assert [one["at"] for one in found] == [{"L": "weak"}, {"L": "strong"}]
    assert all(one["where"] is not None for one in found)


def test_the_command_prints_all_and_draws_one(tmp_path) -> None:
    ended = run("sensitivity", STUDENT, "P(L | I=high)", ENTRY)
    assert ended.returncode == 0
    assert "P(L=weak | I=high)" in ended.stdout
    assert "P(L=strong | I=high)" in ended.stdout
    picture = tmp_path / "curve.png"
    ended = run("sensitivity", STUDENT, "P(L | I=high)", ENTRY, "--plot", str(picture))
    assert ended.returncode == 2
    assert "several functions" in ended.stderr
    assert not picture.exists()


def test_several_entries_want_one_value() -> None:
    with pytest.raises(UsageError, match="free"):
        MODEL.sensitivity("P(L | I=high)", [ENTRY, "P(I=high)"])
