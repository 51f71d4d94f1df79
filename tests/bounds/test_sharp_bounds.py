"""Bounds hold in every model with the data, and some model attains each of their terms.

The oracle enumerates response types by itself: a law over all functions of every variable gives the
data and the query; nothing of the programme is used.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal import Model
from symcausal.answer import sharp_bounds
from symcausal.errors import LimitError, SymcausalError
from symcausal.types import SharpBounds

ATE = "P(Y=1 | do(X=1)) - P(Y=1 | do(X=0))"
INSTRUMENT = "Z -> X -> Y; X <-> Y"
BOW = "X -> Y; X <-> Y"

Functions = dict[str, dict[tuple[int, ...], int]]
Doing = Mapping[str, int]


# -- the oracle -----------------------------------------------------------------------------------
def functions(
    parents: Mapping[str, Sequence[str]], sizes: Mapping[str, int]
) -> Iterator[Functions]:
    """All ways in which variables answer their parents."""
    each = []
    for name, above in parents.items():
        rows = list(product(*(range(sizes[p]) for p in above)))
        each.append(
            [
                (name, dict(zip(rows, values, strict=True)))
                for values in product(range(sizes[name]), repeat=len(rows))
            ]
        )
    for chosen in product(*each):
        yield dict(chosen)


def lived(
    unit: Functions, parents: Mapping[str, Sequence[str]], set_: Mapping[str, int]
) -> dict[str, int]:
    """What a unit's variables are where some are set; parents come first in the mapping."""
    values = dict(set_)
    for name, above in parents.items():
        if name not in set_:
            values[name] = unit[name][tuple(values[p] for p in above)]
    return values


class Case:
    """A graph with one c-component, a query on a unit, and what the data say."""

    def __init__(self, model, query, parents, outside, value, given=None, sizes=None):
        self.model, self.query, self.parents = model, query, parents
        self.outside, self.value, self.given = outside, value, given
        self.sizes = dict.fromkeys((*parents, *outside), 2) | (sizes or {})
        self.units = list(functions(parents, self.sizes))

    def data(self, law: Sequence[Fraction]) -> dict[str, Fraction]:
        """The law of the variables at each value of those outside."""
        found: dict[str, Fraction] = {}
        for place in product(*(range(self.sizes[name]) for name in self.outside)):
            above = dict(zip(self.outside, place, strict=True))
            for values in product(*(range(self.sizes[name]) for name in self.parents)):
                told = dict(zip(self.parents, values, strict=True))
                weight = sum(
                    (
                        p
                        for p, unit in zip(law, self.units, strict=True)
                        if all(lived(unit, self.parents, above)[n] == s for n, s in told.items())
                    ),
                    Fraction(0),
                )
                shown = ", ".join(f"{n}={s}" for n, s in told.items())
                bar = " | " + ", ".join(f"{n}={s}" for n, s in above.items()) if above else ""
                found[f"P({shown}{bar})"] = weight
        return found

    def asked(self, law: Sequence[Fraction]) -> Fraction | None:
        """What the query is; None if nobody shows what is given."""
        given = self.given or (lambda _: True)
        weights = [(p, unit) for p, unit in zip(law, self.units, strict=True) if given(unit)]
        total = sum((p for p, _ in weights), Fraction(0))
        if not total:
            return None
        return sum((p * self.value(unit) for p, unit in weights), Fraction(0)) / total


def world(parents, **done):
    return lambda unit: lived(unit, parents, done)


IV = {"X": ["Z"], "Y": ["X"]}
CONFOUNDED = {"X": [], "Y": ["X"]}
MEDIATED = {"M": ["X"], "Y": ["X", "M"]}


def nested(unit: Functions) -> int:
    """Y where X is 1 and M is what it is where X is 0, less Y where X is 0."""
    low = lived(unit, MEDIATED, {"X": 0})
    return lived(unit, MEDIATED, {"X": 1, "M": low["M"]})["Y"] - low["Y"]


def effect(parents):
    return lambda u: (
        lived(u, parents, {"X": 1, "Z": 0})["Y"] - lived(u, parents, {"X": 0, "Z": 0})["Y"]
    )


def needed(unit: Functions) -> int:
    return int(lived(unit, CONFOUNDED, {"X": 0})["Y"] == 0)


def both(unit: Functions) -> int:
    return int(needed(unit) and lived(unit, CONFOUNDED, {"X": 1})["Y"] == 1)


CASES = {
    "instrument": lambda: Case(INSTRUMENT, ATE, IV, ["Z"], effect(IV)),
    "instrument of three": lambda: Case(
        f"Z: 0, 1, 2\n{INSTRUMENT}", ATE, IV, ["Z"], effect(IV), sizes={"Z": 3}
    ),
    "bow": lambda: Case(
        BOW, "P(Y=1 | do(X=1))", CONFOUNDED, [], lambda u: lived(u, CONFOUNDED, {"X": 1})["Y"]
    ),
    "bow of three": lambda: Case(
        f"X: 0, 1, 2\nY: 0, 1, 2\n{BOW}", "E[Y_{X=2} - Y_{X=0}]", CONFOUNDED, [],
        lambda u: u["Y"][(2,)] - u["Y"][(0,)], sizes={"X": 3, "Y": 3},
    ),
    "necessity": lambda: Case(
        BOW, "P(Y_{X=0}=0 | X=1, Y=1)", CONFOUNDED, [], needed,
        given=lambda u: lived(u, CONFOUNDED, {}) == {"X": 1, "Y": 1},
    ),
    "necessity and sufficiency": lambda: Case(
        BOW, "P(Y_{X=0}=0, Y_{X=1}=1)", CONFOUNDED, [], both
    ),
    "natural direct effect": lambda: Case(
        "X -> M -> Y; X -> Y; M <-> Y", "P(Y_{X=1, M_{X=0}}=1) - P(Y_{X=0}=1)", MEDIATED, ["X"], nested
    ),
    "treated": lambda: Case(
        BOW, "P(Y_{X=1}=1 | X=0)", CONFOUNDED, [], lambda u: u["Y"][(1,)],
        given=lambda u: u["X"][()] == 0,
    ),
}  # fmt: skip


def random_law(count: int, rng: random.Random, *, sparse: bool) -> list[Fraction]:
    parts = [rng.choice([0, 0, 0, 1, 5]) if sparse else rng.randint(1, 9) for _ in range(count)]
    if not any(parts):
        parts[rng.randrange(count)] = 1
    return [Fraction(part, sum(parts)) for part in parts]


@pytest.mark.parametrize("name", CASES)
def test_no_model_lies_outside(name: str) -> None:
    case, rng = CASES[name](), random.Random(name)
    found = Model.parse(case.model).bounds(case.query)
    assert found.sharp
    for number in range(40):
        law = random_law(len(case.units), rng, sparse=number % 2 == 0)
        asked = case.asked(law)
        if asked is None:
            continue
        interval = found.at(case.data(law))
        assert not interval.refuted
        assert interval.lower <= asked <= interval.upper


@pytest.mark.parametrize("name", CASES)
def test_a_model_attains_each_term_and_no_other_term_does_there(name: str) -> None:
    """Each term is needed: at the data of a law on its own kinds of types no other one reaches it."""
    case = CASES[name]()
    found = Model.parse(case.model).bounds(case.query)
    for terms, costs, best in (
        (found.lows.terms, found.programme.least, max),
        (found.highs.terms, found.programme.most, min),
    ):
        for term in terms:
            kinds = [n for n, slack in enumerate(term.slack) if not slack]
            weights = dict.fromkeys(kinds, Fraction(1, len(kinds)))
            data = [
                sum((w * found.programme.columns[n][row] for n, w in weights.items()), Fraction(0))
                for row in range(len(found.programme.rows))
            ]
            value = sum((w * costs[n] for n, w in weights.items()), Fraction(0))
            assert term.at(data) == value  # some law on these types has these data and this value
            assert best(other.at(data) for other in terms) == value
            assert sum(other.at(data) == value for other in terms) == 1  # without it: a wider bound


@pytest.mark.parametrize("name", CASES)
def test_slack_is_nowhere_negative(name: str) -> None:
    case = CASES[name]()
    found = Model.parse(case.model).bounds(case.query)
    for term in (*found.lows.terms, *found.highs.terms, *found.lows.tests):
        assert min(term.slack) == 0


# Balke and Pearl (1997), the effect of treatment with an instrument: letters are y and x, then z.
LOWER = [
    ("00.0 11.1", -1), ("00.1 11.1", -1), ("11.0 00.1", -1), ("00.0 11.0", -1),
    ("00.0 00.0 11.0 10.1 11.1", -2), ("00.0 11.0 11.0 00.1 01.1", -2),
    ("10.0 11.0 00.1 00.1 11.1", -2), ("00.0 01.0 00.1 11.1 11.1", -2),
]  # fmt: skip
UPPER = [
    ("10.0 01.1", 1), ("01.0 10.1", 1), ("01.0 10.0", 1), ("01.1 10.1", 1),
    ("01.0 01.0 10.0 10.1 11.1", 2), ("01.0 10.0 10.0 00.1 01.1", 2),
    ("10.0 11.0 01.1 01.1 10.1", 2), ("00.0 01.0 01.1 10.1 10.1", 2),
]  # fmt: skip


def published(data: Mapping[str, Fraction]) -> tuple[list[Fraction], list[Fraction]]:
    def sum_of(cells: str) -> Fraction:
        return sum((data[f"P(X={c[1]}, Y={c[0]} | Z={c[3]})"] for c in cells.split()), Fraction(0))

    return (
        sorted(sum_of(cells) + constant for cells, constant in LOWER),
        sorted(constant - sum_of(cells) for cells, constant in UPPER),
    )


def test_the_terms_of_balke_and_pearl() -> None:
    case, rng = CASES["instrument"](), random.Random(1)
    found = Model.parse(INSTRUMENT).bounds(ATE)
    for _ in range(20):
        data = case.data(random_law(len(case.units), rng, sparse=False))
        values = in_order(found, data)
        low, high = published(data)
        assert sorted(term.at(values) for term in found.lows.terms) == low
        assert sorted(term.at(values) for term in found.highs.terms) == high


def in_order(found: SharpBounds, data: Mapping[str, Fraction]) -> list[Fraction]:
    """The data in the order of the programme's rows."""
    model = Model.from_network(found.network)
    read = {model.query(name): value for name, value in data.items()}
    return [read[row.formula] for row in found.programme.rows]


# Tian and Pearl (2000): necessity and sufficiency with the data of an experiment besides.
@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=8, max_size=8))
def test_experiments_narrow_necessity_and_sufficiency_as_published(parts: list[int]) -> None:
    case = CASES["necessity and sufficiency"]()
    law = [Fraction(part, sum(parts)) for part in parts]
    cell = {(x, y): case.data(law)[f"P(X={x}, Y={y})"] for x in (0, 1) for y in (0, 1)}
    does = [
        sum(p for p, u in zip(law, case.units, strict=True) if lived(u, CONFOUNDED, {"X": x})["Y"])
        for x in (0, 1)
    ]
    numbers = {f"P(X={x}, Y={y})": value for (x, y), value in cell.items()}
    numbers |= {f"P(Y=1 | do(X={x}))": does[x] for x in (0, 1)}
    found = Model.parse(BOW).bounds(case.query, given=["P(V)", "P(Y | do(X))"]).at(numbers)
    seen = cell[0, 1] + cell[1, 1]
    assert found.lower == max(0, does[1] - does[0], seen - does[0], does[1] - seen)
    assert found.upper == min(
        does[1], 1 - does[0], cell[1, 1] + cell[0, 0], does[1] - does[0] + cell[1, 0] + cell[0, 1]
    )


# -- numbers, errors, forms -----------------------------------------------------------------------
COMPLETE = """hidden U; U -> X; U -> Y; Z -> X -> Y
P(U) = 1/2, 1/2
P(Z) = 1/2, 1/2
P(X | U=0, Z=0) = 9/10, 1/10
P(X | U=0, Z=1) = 2/10, 8/10
P(X | U=1, Z=0) = 7/10, 3/10
P(X | U=1, Z=1) = 4/10, 6/10
P(Y | U=0, X=0) = 9/10, 1/10
P(Y | U=0, X=1) = 2/10, 8/10
P(Y | U=1, X=0) = 7/10, 3/10
P(Y | U=1, X=1) = 4/10, 6/10
"""


def test_a_model_with_numbers_lies_within_its_own_bounds() -> None:
    model = Model.parse(COMPLETE)
    found = model.bounds(ATE)
    interval = found.at(model)
    true = model.probability("P(Y=1 | do(X=1))") - model.probability("P(Y=1 | do(X=0))")
    assert interval.lower <= true <= interval.upper
    assert found.own_interval == interval
    assert "In the data of this model: from" in found.to_text()


def test_the_trial_of_cholestyramine() -> None:
    """Balke and Pearl (1997): the effect lies between 0.392 and 0.780."""
    cells = {"00.0": "0.919", "01.0": "0", "10.0": "0.081", "11.0": "0"}  # y and x, then z
    cells |= {"00.1": "0.315", "01.1": "0.139", "10.1": "0.073", "11.1": "0.473"}
    numbers = {f"P(X={c[1]}, Y={c[0]} | Z={c[3]})": value for c, value in cells.items()}
    interval = Model.parse(INSTRUMENT).bounds(ATE).at(numbers)
    assert (interval.lower, interval.upper) == (Fraction("0.392"), Fraction("0.780"))


def test_data_that_no_model_of_the_graph_has() -> None:
    found = Model.parse(INSTRUMENT).bounds(ATE)
    sure = {"P(X=0, Y=0 | Z=0)": 1, "P(X=0, Y=1 | Z=1)": 1}  # Z moves Y with X held: no instrument
    zeros = {f"P(X={x}, Y={y} | Z={z})": 0 for x in (0, 1) for y in (0, 1) for z in (0, 1)}
    interval = found.at(zeros | sure)
    assert (interval.lower, interval.upper) == (None, None)
    assert interval.refuted


@pytest.mark.parametrize(
    ("numbers", "word"),
    [
        ({"P(X=0, Y=0)": "0.2"}, "no number"),
        ({"P(X=0)": "0.2"}, "no number of the data"),
        ({"P(X=0, Y=0)": "0.8", "P(X=0, Y=1)": "0.8", "P(X=1, Y=0)": "0.1"}, "below 0"),
        ({"P(X=0, Y=0)": "much"}, "much"),
    ],
)
def test_numbers_that_are_none_are_named(numbers: dict[str, str], word: str) -> None:
    with pytest.raises(SymcausalError, match=word):
        Model.parse(BOW).bounds("P(Y=1 | do(X=1))").at(numbers)


@pytest.mark.parametrize(
    ("model", "query", "word"),
    [
        (BOW, "P(Y | do(X=1))", "free value"),
        (BOW, "P(Y=1 | do(X=1)) P(Y=1)", "product"),
        (BOW, "P(Y=1 | do(X=1)) - P(Y=1 | X=1)", "several conditions"),
        (BOW, "1 / P(Y=1 | do(X=1))", "no sum"),
        ("X -> Y", "P(Y=1 | do(X=1))", "identify"),
        ("X -> M -> Y; X <-> Y", "P(Y=1 | do(X=1))", "through which"),
        ("C -> X; C -> Y; X -> Y; X <-> Y", "P(Y=1 | do(X=1))", "depends on C"),
        (INSTRUMENT, "P(Y_{X=1}=1 | X=0)", "depends on Z"),
        (
            "Y: 0, 1, 2, 3\nX: 0, 1, 2, 3\nW: 0, 1, 2\nW -> Y; X -> Y; X <-> Y",
            "P(Y=1 | do(X=1), W=1) ",
            "",
        ),
        (
            "Y: a, b, c\nX: 1, 2, 3, 4\nW: 1, 2, 3\nW -> Y; X -> Y; X <-> Y",
            "P(Y=a | do(X=1, W=1))",
            "ways",
        ),
    ],
)
def test_what_is_not_linear_in_types_is_refused_with_the_reason(
    model: str, query: str, word: str
) -> None:
    if not word:
        assert Model.parse(model).bounds(query).upper
        return
    with pytest.raises(SymcausalError, match=word):
        Model.parse(model).bounds(query)


@pytest.mark.parametrize(
    "query", ["P(Y=1 | do(U=1))", "P(Y_{U=1}=1)", "P(U=1 | do(X=1))", "P(Y_{X=1}=1 | U=1)"]
)
def test_hidden_variables_are_refused(query: str) -> None:
    with pytest.raises(SymcausalError, match="hidden"):
        Model.parse("hidden U; U -> X; U -> Y; X -> Y").bounds(query)


def test_means_of_products_are_bounded() -> None:
    """E[XY] of what is seen is P(X=1, Y=1), from below and from above."""
    found = Model.parse(BOW).bounds("E[X Y]")
    assert [str(term) for term in found.lower] == [str(term) for term in found.upper]


def test_too_many_terms_end_in_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharp_bounds, "SECONDS", 0.5)
    with pytest.raises(LimitError, match="ran out"):
        Model.parse(f"X: 0, 1, 2\nY: 0, 1, 2\nZ: 0, 1, 2\n{INSTRUMENT}").bounds("P(Y=1 | do(X=1))")


def test_a_condition_outside_says_where_to_look() -> None:
    found = Model.parse("C -> X; C -> Y; X -> Y; X <-> Y").bounds("P(Y=1 | do(X=1), C=1)")
    assert [str(term) for term in found.lower] == [str(found.programme.rows[3].formula)]


def test_several_causes_need_not_be_sharp() -> None:
    found = Model.parse("X -> M -> Y; X -> Y; X <-> M; M <-> Y").bounds("P(Y=1 | do(X=1))")
    assert not found.sharp
    assert "need not be sharp" in found.to_text()
    assert (
        Model.parse("hidden U; U -> X; U -> M; U -> Y; X -> M -> Y; X -> Y")
        .bounds("P(Y=1 | do(X=1))")
        .sharp
    )


def test_a_monotone_arrow_removes_types() -> None:
    plain, rising = (
        Model.parse(text).bounds(ATE) for text in (INSTRUMENT, f"{INSTRUMENT}; monotone Z -> X")
    )
    assert rising.programme.types == 12 < plain.programme.types == 16
    assert rising.assumptions == ("X never falls as Z rises",)
    assert len(rising.lower) == len(rising.upper) == 1


def test_every_form_is_printed() -> None:
    found = Model.parse(INSTRUMENT).bounds(ATE)
    for shape in ("text", "latex", "markdown", "html", "typst", "json"):
        assert found.to(shape)
    data = found.as_data()
    assert len(data["lower"]) == len(data["upper"]) == 8
    assert len(data["proofs"]) == 16


# -- what an attack found -------------------------------------------------------------------------
UNIFORM = {f"P(X={x}, Y={y})": Fraction(1, 4) for x in (0, 1) for y in (0, 1)}


@pytest.mark.parametrize("more", ["P(X)", "P(X, Y)"])
def test_the_probability_of_what_is_given_is_counted_once(more: str) -> None:
    """Of half of the units nothing is known, so that the share may be anything."""
    found = Model.parse(BOW).bounds("P(Y_{X=0}=0 | X=1)", given=["P(V)", more])
    interval = found.at(UNIFORM | {"P(X=0)": Fraction(1, 2)} if more == "P(X)" else UNIFORM)
    assert (interval.lower, interval.upper) == (0, 1)


@pytest.mark.parametrize(
    ("query", "given"),
    [
        ("P(Y=1 | do(Y=1))", None),
        ("P(Y=1 | do(X=1, Y=0))", None),
        ("P(Y_{X=0}=0 | X=1)", ["P(Y | do(X))"]),
        ("P(Y_{X=0}=0 | X=1, Y=1)", ["P(X)", "P(Y)"]),
        ("P(Y_{X=1}=1 | X=0, X=1)", None),
    ],
)
def test_what_says_nothing_of_types_is_refused(query: str, given: list[str] | None) -> None:
    with pytest.raises(SymcausalError):
        Model.parse(BOW).bounds(query, given=given)


@pytest.mark.parametrize(
    ("model", "query", "given"),
    [
        (INSTRUMENT, "P(Y_{X=1}=1 | Z=0)", None),
        ("X -> Y -> C; X <-> Y", "P(Y=1 | do(X=1))", ["P(V)", "P(C | do(X))"]),
        ("X -> Y -> C; X <-> Y", "P(Y=1 | do(X=1))", ["P(X, C)", "P(Y, C)"]),
        (
            "hidden H; X -> H -> Y; X <-> Y; monotone X -> H; monotone H -> Y",
            "P(Y_{X=0}=1, Y_{X=1}=0)", None,
        ),
    ],
)  # fmt: skip
def test_what_leaves_something_out_is_not_called_sharp(
    model: str, query: str, given: list[str] | None
) -> None:
    assert not Model.parse(model).bounds(query, given=given).sharp


def test_data_that_contradict_each_other_are_refuted() -> None:
    found = Model.parse(BOW).bounds("P(Y=1 | do(X=1))", given=["P(V)", "P(X)"])
    assert found.at(UNIFORM | {"P(X=0)": Fraction(1, 3)}).refuted
    assert not found.at(UNIFORM | {"P(X=0)": Fraction(1, 2)}).refuted


@pytest.mark.parametrize(
    "numbers", [None, "x", [1], {"P(X=0, Y=0)": "1e9999999"}, {"P(X=0, Y=0)": -1}]
)
def test_what_is_no_number_is_refused(numbers: object) -> None:
    with pytest.raises(SymcausalError):
        Model.parse(BOW).bounds("P(Y=1 | do(X=1))").at(numbers)


def test_a_page_stands_without_the_numbers_of_a_model_that_lacks_some() -> None:
    never = COMPLETE.replace("P(Z) = 1/2, 1/2", "P(Z) = 1, 0")
    assert "at least the largest of" in Model.parse(never).bounds(ATE).to_text()
