"""Variables are found by every spelling of their names that a formula may have."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from symcausal import Model
from symcausal.cli.main import main
from symcausal.errors import UnknownVariableError, UsageError

TEXT = "theta alias cause: a, b; theta -> x_1 -> Y; theta -> Y; P(theta) = 1/4, rest"
MODEL = Model(TEXT)
SPELT = ["θ", r"\theta", '"theta"', "cause", " theta "]

ASKED: dict[str, Callable[[str], object]] = {
    "cpt": lambda name: MODEL.cpt(name).to_text(),
    "table": lambda name: MODEL.table(name).to_text(),
    "do": lambda name: MODEL.do(**{name: "b"}).to_text(),
    "independent": lambda name: MODEL.independent(name, "Y", given="x_1"),
    "adjustment": lambda name: MODEL.adjustment_sets("x_1", "Y", forced=name),
    "forbidden": lambda name: MODEL.adjustment_sets("x_1", "Y", forbidden=[name]),
    "treatment": lambda name: MODEL.adjustment(name, "Y").to_text(),
    "separating": lambda name: MODEL.separating_sets("x_1", "Y", forced=name),
    "identify": lambda name: MODEL.identify("P(Y | do(x_1))", adjust_for=name).to_text(),
    "set": lambda name: MODEL.draw(do={name: "a"}),
    "seen": lambda name: MODEL.draw(evidence={name: "a"}, states=name),
    "boxed": lambda name: MODEL.draw(adjust=name, labels={name: "why"}, tables=[name]),
    "path": lambda name: MODEL.draw(path=f"x_1 <- {name} -> Y"),
}


@pytest.mark.parametrize("spelt", SPELT)
@pytest.mark.parametrize("asked", ASKED)
def test_a_spelling_asks_what_the_name_asks(asked: str, spelt: str) -> None:
    assert ASKED[asked](spelt) == ASKED[asked]("theta")


@pytest.mark.parametrize("spelt", ["Theta", "Θ", "t", "theta_1", "x", "a", ""])
@pytest.mark.parametrize("asked", ["cpt", "do", "set", "boxed", "path"])
def test_another_name_is_refused(asked: str, spelt: str) -> None:
    with pytest.raises((UnknownVariableError, UsageError)):
        ASKED[asked](spelt)


def test_what_a_name_means_decides_and_not_only_that_it_is_read() -> None:
    assert MODEL.do(θ="b").probability("P(theta=b)") == Fraction(1)
    assert MODEL.adjustment_sets("x₁", "Y", forced="θ")[0].variables == ("theta",)
    assert not MODEL.adjustment_sets("x_{1}", "Y", forbidden="θ")
    assert Model("x_{1,2} -> Y").independent("x_{1,2}", "Y") is False


def test_one_variable_by_two_spellings_is_refused_where_each_says_something() -> None:
    with pytest.raises(UsageError, match="theta twice"):
        MODEL.do(θ="a", theta="b")
    with pytest.raises(UsageError, match="theta twice"):
        MODEL.draw(labels={"θ": "one", "cause": "two"})
    assert MODEL.independent(["θ", "theta"], "Y") is False


@pytest.mark.parametrize(
    "line",
    [
        ["adjust", "MODEL", "NAME", "Y"],
        ["adjust", "MODEL", "x_1", "Y", "--forced", "NAME"],
        ["table", "MODEL", "NAME"],
        ["identify", "MODEL", "P(Y | do(x_1))", "--adjust-for", "NAME"],
        ["draw", "MODEL", "--do", "NAME=a", "--label", "NAME=why", "--adjust", "NAME"],
        ["draw", "MODEL", "--evidence", "NAME", "--path", "x_1 <- NAME -> Y"],
    ],
)
def test_commands_find_a_name_as_formulas_do(
    line: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    def printed(name: str) -> str:
        main([part.replace("NAME", name).replace("MODEL", TEXT) for part in line])
        return capsys.readouterr().out

    wanted = printed("theta")
    assert wanted
    assert printed("θ") == printed("cause") == wanted
