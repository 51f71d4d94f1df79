"""Quantities with a name: what they stand for, told apart from it by units that are run one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from random import Random

import pytest

from symcausal import Model, SymcausalError
from symcausal.errors import ParseError
from tests.support.functional import FunctionalModel, Unit
from tests.worlds.test_identification import agrees

MEDIATED = "C -> X; C -> M; C -> Y; X -> M -> Y; X -> Y"
TWO_PATHS = "X -> A; X -> B; A -> B; A -> Y; B -> Y; X -> Y"
SMALL = "X -> M -> Y; X -> Y; X <-> Y"
Paths = set[tuple[str, ...]]


def value(model: FunctionalModel, unit: Unit, name: str, fixed: Mapping[str, int]) -> int:
    """What a variable is for a unit where others are fixed."""
    if name in fixed:
        return fixed[name]
    parents = model.graph.parents(name)
    return unit[name][tuple(value(model, unit, parent, fixed) for parent in parents)]


def along(
    model: FunctionalModel, unit: Unit, name: str, paths: Paths, below: tuple[str, ...] = ()
) -> int:
    """What a variable is to those below it, where only along some paths X is on."""
    here = (name, *below)
    if name == "X":
        return int(here in paths)
    parents = model.graph.parents(name)
    return unit[name][tuple(along(model, unit, parent, paths, here) for parent in parents)]


def mean(model: FunctionalModel, what: Callable[[Unit], int | None]) -> Fraction | None:
    """The mean of something over all units of which it is told."""
    found = [(share, what(unit)) for share, unit in model.everybody]
    whole = sum((share for share, one in found if one is not None), start=Fraction(0))
    total = sum((share * one for share, one in found if one is not None), start=Fraction(0))
    return total / whole if whole else None


def by_hand(word: str, model: FunctionalModel, paths: Paths) -> Fraction | None:
    """A quantity for X, Y and M, from what each unit does."""

    def of(unit: Unit) -> int | None:
        def y(**fixed: int) -> int:
            return value(model, unit, "Y", fixed)

        def m(**fixed: int) -> int:
            return value(model, unit, "M", fixed)

        x, seen = value(model, unit, "X", {}), y()
        match word:
            case "PN":
                return int(y(X=0) == 0) if x == seen == 1 else None
            case "PS":
                return int(y(X=1) == 1) if x == seen == 0 else None
            case "PNS":
                return int(y(X=1) > y(X=0))
            case "ETT":
                return y(X=1) - y(X=0) if x else None
            case "TE":
                return y(X=1) - y(X=0)
            case "CDE":
                return y(X=1, M=1) - y(X=0, M=1)
            case "NDE":
                return y(X=1, M=m(X=0)) - y(X=0)
            case "NIE":
                return y(X=0, M=m(X=1)) - y(X=0)
            case "PSE":
                return along(model, unit, "Y", paths) - y(X=0)
            case "LATE":
                moved = value(model, unit, "X", {"Z": 1}), value(model, unit, "X", {"Z": 0})
                return y(X=1) - y(X=0) if moved == (1, 0) else None
            case _:
                raise AssertionError(word)

    return mean(model, of)


ASKED = [
    "PN(Y=1, X=1)", "PS(Y=1, X=1)", "PNS(Y=1, X=1)", "ETT(Y, X)", "TE(Y, X)", "CDE(Y, X, M=1)",
    "NDE(Y, X, M)", "NIE(Y, X, M)", "PSE(Y, X, via X -> Y)", "PSE(Y, X, via X -> M -> Y)",
    "PSE(Y, X, via X -> Y, X -> M -> Y)", r"\mathrm{NDE}(Y, X, M)", "TE(Y, X=1, X=0)",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("written", ASKED)
@pytest.mark.parametrize("text", [MEDIATED, SMALL])
def test_a_quantity_is_what_its_units_do(text: str, written: str, seed: int) -> None:
    model = Model(text)
    oracle = FunctionalModel(model.network.graph, Random(seed), 2, most=4)
    word = written.replace(r"\mathrm{", "").partition("(")[0].rstrip("}")
    paths = paths_in(written)
    assert oracle.value(model.query(written), {}) == by_hand(word, oracle, paths)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("text", ["Z -> X -> Y; X <-> Y", "Z -> X -> Y; X <-> Y; monotone Z -> X"])
def test_an_effect_on_those_who_are_moved(text: str, seed: int) -> None:
    model = Model(text)
    oracle = FunctionalModel(model.network.graph, Random(seed), 2)
    assert oracle.value(model.query("LATE(Y, X, Z)"), {}) == by_hand("LATE", oracle, set())
    assert model.identify("LATE(Y, X, Z)").identifiable == ("monotone" in text)


def paths_in(written: str) -> Paths:
    """The paths that a query names."""
    parts = written.partition("via")[2].rstrip(")").split(",")
    return {tuple(name.strip() for name in part.split("->")) for part in parts if part.strip()}


ALONG = [
    "X -> A -> Y", "X -> B -> Y", "X -> A -> B -> Y", "X -> Y", "X -> A -> Y, X -> A -> B -> Y",
    "X -> A -> Y, X -> B -> Y", "X -> A -> Y, X -> B -> Y, X -> A -> B -> Y, X -> Y",
]  # fmt: skip
RECANT = {"X -> A -> Y", "X -> A -> B -> Y", "X -> A -> Y, X -> B -> Y"}


@pytest.mark.parametrize("paths", ALONG)
def test_an_effect_along_paths(paths: str) -> None:
    """Where A lets one path through and stops another, nothing is identified: it recants."""
    model = Model(TWO_PATHS)
    query = f"PSE(Y, X, via {paths})"
    for seed in range(4):
        oracle = FunctionalModel(model.network.graph, Random(seed), 2, most=4)
        assert oracle.value(model.query(query), {}) == by_hand("PSE", oracle, paths_in(query))
    found = model.identify(query)
    assert found.identifiable == (paths not in RECANT)
    if found.estimand is not None:
        assert agrees(model.network.graph, found.query, found.estimand)


@pytest.mark.parametrize("written", ["PN(y, x)", "PS(y, x)", "PNS(y, x)"])
def test_letters_stand_for_both_values(written: str) -> None:
    model = Model(MEDIATED)
    oracle = FunctionalModel(model.network.graph, Random(1), 2, most=4)
    word = written.partition("(")[0]
    at = {"Y": "1", "Y'": "0", "X": "1", "X'": "0"}
    assert oracle.value(model.query(written), at) == by_hand(word, oracle, set())


WRONG = [
    "PN(Y, X)", "PN(Y=1)", "PN(Y=1, X=1, M=1)", "NDE(Y, X)", "NDE(Y, X, M=1)", "CDE(Y, X, M)", "TE()",
    "TE(Y)", "TE(Y=1, X)", "TE(Y, X, M)", "TE(Y, X=1, X=1)", "TE(Y, X=1, X=0, X=1)", "TE(Y, (X))",
    "TE(Y, X + M)", "PSE(Y, X)", "PSE(Y, X, via M -> Y)", "PSE(Y, X, via X <- C -> Y)",
    "PSE(Y, X, via X -> -> Y)", "PSE(Y, X, via X -> C)", "PSE(Y, X, via X -> 1)", "TE(Y, X, )",
    "ETT(Y, X, via X -> Y)", "TE(Y, X=(1))", "TE(Y, 1)", "P(TE(Y, X))", "TE(Y, Q)",
    "LATE(Y, X)", "LATE(Y, X, C, M)", "LATE(Y=1, X, C)", "TE(Y, X=7)",
]  # fmt: skip


@pytest.mark.parametrize("written", WRONG)
def test_other_arguments_are_refused(written: str) -> None:
    with pytest.raises(SymcausalError):
        Model(MEDIATED).query(written)


def test_of_several_states_both_values_are_written() -> None:
    model = Model("X: low, mid, high; X -> Y")
    with pytest.raises(ParseError, match="3 states"):
        model.query("TE(Y, X)")
    with pytest.raises(ParseError, match="3 states"):
        model.query("PN(Y=1, X=high)")
    wanted = model.query("E[Y_{X=high}] - E[Y_{X=low}]")
    assert model.query("TE(Y, X=high, X=low)") == wanted


def test_names_of_the_model_come_first() -> None:
    model = Model("TE -> PN")
    assert model.query("P(PN | do(TE))") != model.query("P(PN | TE)")
    with pytest.raises(SymcausalError):
        model.query("TE(PN, TE)")
    assert not Model("X -> Y; parameters PN")._definitions("PN P(Y=1)")


def test_what_a_name_stands_for_is_printed_first() -> None:
    model = Model(MEDIATED)
    answers = [
        model.derive("NDE(Y, X, M)"),
        model.identify("NDE(Y, X, M)"),
        model.compare("NDE(Y, X, M)", "TE(Y, X)"),
    ]
    for answer in answers:
        for written in (answer.to_text(), answer.to_markdown(), answer.to_latex()):
            assert "natural direct effect" in " ".join(written.split())[:80]
        data = answer.as_data()["definitions"]
        assert isinstance(data, list)
        assert data[0]["source"] == "Pearl2001"
    assert "definitions" not in model.identify("P(Y | do(X))").as_data()
    assert "two states" in " ".join(model.identify("PN(Y=1, X=1)").to_text().split())
    assert "two states" not in model.identify("PN(Y=1, X=1, Y=0, X=0)").to_text()


CLAIMS = [
    ("TE(Y, X) = NDE(Y, X, M) - NIE(Y, X=0, X=1, M)", "holds"),
    ("TE(Y, X) = NDE(Y, X, M) + NIE(Y, X, M)", "fails"),
    ("TE(Y, X) - NDE(Y, X, M) = E[Y_{X=1} - Y_{X=1, M_{X=0}}]", "holds"),
    ("PSE(Y, X, via X -> M -> Y) = NIE(Y, X, M)", "holds"),
    ("PSE(Y, X, via X -> Y) = NIE(Y, X, M)", "fails"),
    # Tian and Pearl 2000, equation 11
    ("PNS(Y=1, X=1) = P(X=1, Y=1) PN(Y=1, X=1) + P(X=0, Y=0) PS(Y=1, X=1)", "holds"),
    ("PNS(Y=1, X=1) = P(X=1, Y=1) PS(Y=1, X=1) + P(X=0, Y=0) PN(Y=1, X=1)", "fails"),
    ("PN(Y=1, X=1) = 1/2", "undecided"),
]


@pytest.mark.parametrize(("claim", "verdict"), CLAIMS)
def test_claims_are_judged(claim: str, verdict: str) -> None:
    found = Model(MEDIATED).check(claim).claims
    assert [one.verdict for one in found] == [verdict]


def test_what_notes_define_is_theirs() -> None:
    model, total = Model(MEDIATED), "$$TE(Y, X) = NDE(Y, X, M) + NIE(Y, X, M)$$"
    meant = "E[Y_{X=1} - Y_{X=1, M_{X=0}}]"
    for own in ("$$NIE(Y, X, M) := {}$$", "$$NIE(Y, X, M) = {}$$", "Let $$NIE(Y, X, M) = {}$$"):
        text = f"{own.replace('{}', meant)}\n\n{total}"
        assert "fails" not in [claim.verdict for claim in model.check(text).claims]
    assert [claim.verdict for claim in model.check(total).claims] == ["fails"]


@pytest.mark.parametrize(
    "text", ["$TE(t) = 30$", "$PS(c) > 0.1$", "$PN(n, k) = 3$", "$TE(q, X) = 1$"]
)
def test_functions_of_other_things_claim_nothing(text: str) -> None:
    """Echo times and propensity scores are called so as well."""
    assert not Model(MEDIATED).check(f"Let us see: {text}").claims


def test_a_verdict_says_what_was_read() -> None:
    report = Model(MEDIATED).check("TE(Y, X) - NDE(Y, X, M) = 0 * P(Y=1)")
    assert "NDE(Y, X, M) stands for E[Y_{" in report.to_text()
