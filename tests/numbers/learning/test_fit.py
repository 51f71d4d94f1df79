"""Tables from data: shares counted one by one, in fractions, and refusals in words."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal import Model
from symcausal.algebra.scalar import Number
from symcausal.errors import SymcausalError, UnknownStateError, UsageError

TEXT = "G: A, B, C\nL: weak, strong\nI: 2\nI -> G -> L; I -> L"
STATES = {"G": ("A", "B", "C"), "L": ("weak", "strong"), "I": ("0", "1")}
FAMILIES = {"I": (), "G": ("I",), "L": ("G", "I")}


def rows_of(seed: int, count: int) -> list[dict[str, str]]:
    rng = random.Random(seed)
    return [{name: rng.choice(states) for name, states in STATES.items()} for _ in range(count)]


def share(rows, name, state, given, prior=Fraction(0)) -> Fraction | None:
    """How often a state stands beside given states, by looking at every row."""
    fitting = [row for row in rows if all(row[parent] == s for parent, s in given.items())]
    below = len(fitting) + prior * len(STATES[name])
    return (sum(row[name] == state for row in fitting) + prior) / below if below else None


def entry(model: Model, name: str, state: str, given: dict[str, str]) -> Fraction | None:
    term = model.network.entry(name, state, given)
    return term.value if isinstance(term, Number) else None


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    count=st.integers(0, 40),
    prior=st.sampled_from([Fraction(0), Fraction(1), Fraction(1, 3)]),
)
def test_every_entry_is_the_share_that_was_seen(seed, count, prior):
    rows = rows_of(seed, count)
    columns = {name: [row[name] for row in rows] for name in STATES}
    fitted = Model.parse(TEXT).fit(columns, prior=prior)
    for name, parents in FAMILIES.items():
        for states in product(*(STATES[parent] for parent in parents)):
            at = dict(zip(parents, states, strict=True))
            for state in STATES[name]:
                assert entry(fitted, name, state, at) == share(rows, name, state, at, prior)
    unseen = [note for note in fitted.notes if " open: " in note]
    assert bool(unseen) is (not fitted.network.is_numeric)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_counts_as_symbols_give_what_the_fitted_model_gives(seed):
    rows = rows_of(seed, 60)
    model = Model.parse(TEXT)
    fitted, counts = model.fit(rows), model.count(rows)
    if fitted.network.is_numeric:
        for query in ("P(L=strong | do(G=A))", "P(I=1 | L=weak)", "P(G=B)"):
            assert model.counted().probability(query, counts) == fitted.probability(query)
            with_prior = model.counted(prior=2).probability(query, counts)
            assert with_prior == model.fit(rows, prior=2).probability(query)


def test_a_closed_form_shows_counts():
    import sympy

    form = Model.parse("A -> B").counted().closed_form("P(B=1 | A=0)")
    total, seen = (
        next(s for s in form.free_symbols if s.name == n) for n in ("n_A_0", "n_B_1_A_0")
    )
    assert sympy.simplify(form - seen / total) == 0
    assert sympy.latex(seen) == "n_{B=1,A=0}"


def test_the_fitted_model_has_the_greatest_likelihood():
    rows = rows_of(3, 30)
    best = Model.parse(TEXT).fit(rows)

    def likelihood(change: Fraction) -> Fraction:
        value = Fraction(1)
        for row in rows:
            p = share(rows, "L", row["L"], {"G": row["G"], "I": row["I"]})
            assert p == entry(best, "L", row["L"], {"G": row["G"], "I": row["I"]})
            p = p + (change if row["L"] == "weak" else -change) if 0 < p < 1 else p
            value *= p
        return value

    for change in (Fraction(1, 50), Fraction(-1, 50), Fraction(1, 1000)):
        assert likelihood(change) < likelihood(Fraction(0))


# -- what a model fixes -------------------------------------------------------------------------
def test_numbers_stay_and_the_open_entries_share_what_they_leave():
    model = Model.parse("X: a, b, c; parameters q; P(X) = 1/4, q, rest")
    fitted = model.fit({"X": ["a"] * 7 + ["b"] * 2 + ["c"]})
    assert [entry(fitted, "X", s, {}) for s in "abc"] == [
        Fraction(1, 4),
        Fraction(1, 2),
        Fraction(1, 4),
    ]


def test_rows_that_share_a_symbol_are_counted_together():
    model = Model.parse(
        "X: 2; Y: 2; X -> Y; parameters q\nP(Y | X=0) = q, rest\nP(Y | X=1) = rest, q"
    )
    xs, ys = [0, 0, 0, 1, 1], [0, 0, 1, 1, 0]
    fitted = model.fit({"X": xs, "Y": ys})
    assert entry(fitted, "Y", "0", {"X": "0"}) == Fraction(3, 5)
    assert entry(fitted, "Y", "1", {"X": "1"}) == Fraction(3, 5)
    once = model.fit({"X": xs, "Y": ys}, prior=1)  # the prior speaks of q, not of each row
    assert entry(once, "Y", "0", {"X": "0"}) == Fraction(4, 7)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("X: 2; parameters q; P(X) = q^2, rest", "more than a symbol"),
        ("X: 2; Y: 2; parameters q; P(X) = q, rest; P(Y) = q/2, rest", "in another way"),
        ("X: 3; Y: 2; parameters q, r; P(X) = q, r, rest; P(Y) = q, rest", "in another way"),
        ("X: 3; parameters q; P(X) = 0, q, rest", "which it excludes"),
    ],
)
def test_what_cannot_be_counted_stays_open_and_is_told(text, words):
    model = Model.parse(text)
    fitted = model.fit({name: [0, 1] for name in model.variables})
    assert words in fitted.notes[0]
    assert fitted.network.tables == model.network.tables


def test_tables_with_hidden_variables_stay_open():
    fitted = Model.parse("hidden U; U -> X; U -> Y; Z").fit({"X": [0], "Y": [0], "Z": [0, 1][:1]})
    assert "U, X, Y" in fitted.notes[-1]
    assert entry(fitted, "Z", "0", {}) == 1


# -- data of every kind -------------------------------------------------------------------------
class Series(list):
    """A column as pandas and polars have it."""

    def to_list(self):
        """Give the cells."""
        return list(self)


class Frame:
    """A frame as pandas and polars have it."""

    def __init__(self, **columns):
        self._columns = columns
        self.columns = list(columns)

    def __getitem__(self, name):
        return Series(self._columns[name])


HALF = "X: 0, 1\nY: no, yes"


@pytest.mark.parametrize(
    "data",
    [
        {"X": [0, 1], "Y": ["no", "yes"]},
        {"X": ["0", "1"], "Y": ("yes", "no"), "more": [7, 7]},
        {"X": [0.0, 1.0], "Y": iter(["yes", "no"])},
        {"X": [False, True], "Y": ["yes ", " no"]},
        [{"X": 0, "Y": "no"}, {"Y": "yes", "X": 1}],
        Frame(X=[0, 1], Y=["no", "yes"]),
    ],
)
def test_reads_tables_of_many_kinds(data):
    fitted = Model.parse(HALF).fit(data)
    assert {entry(fitted, "X", "0", {}), entry(fitted, "Y", "yes", {})} == {Fraction(1, 2)}


def test_reads_arrays_of_numpy():
    import numpy as np

    fitted = Model.parse(HALF).fit({"X": np.array([0, 1]), "Y": np.array(["no", "yes"])})
    assert entry(fitted, "X", "1", {}) == Fraction(1, 2)


def test_reads_csv_files_and_labels(tmp_path):
    path = tmp_path / "seen.csv"
    path.write_text('Grade,Y\nA,no\n"B",yes\nA,yes\n', encoding="utf-8-sig")
    fitted = Model.parse('X "Grade": A, B\nY: no, yes').fit(path)
    assert entry(fitted, "X", "A", {}) == Fraction(2, 3)


def test_weights_are_rows_that_were_seen_often():
    data = {"X": [0, 1], "Y": ["no", "yes"], "n": [3, "1"]}
    fitted = Model.parse(HALF).fit(data, weights="n")
    assert entry(fitted, "X", "0", {}) == Fraction(3, 4)


def test_missing_values_are_refused_or_left_out_of_their_tables():
    model = Model.parse("X; Y; X -> Y")
    data = {"X": [0, 1, None, 1], "Y": [0, 1, 1, float("nan")]}
    with pytest.raises(UsageError, match="1 for the table of X, 2 for the table of Y"):
        model.fit(data)
    fitted = model.fit(data, missing="skip")
    assert entry(fitted, "X", "1", {}) == Fraction(2, 3)
    assert entry(fitted, "Y", "1", {"X": "1"}) == 1
    assert "2 rows of data left out of the table of Y" in " ".join(fitted.notes)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"X": [0]}, "no column for Y"),
        ({"X": [0, 1], "Y": ["no"]}, "different lengths"),
        ({"X": [0, 2], "Y": ["no", "no"]}, "row 2"),
        ({"X": [0], "Y": ["noo"]}, "did you mean 'no'"),
        ([[0, "no"]], "without names"),
        (7, "int is not a table"),
        ("nowhere.csv", "cannot read nowhere.csv"),
    ],
)
def test_refuses_in_words(data, words):
    with pytest.raises(SymcausalError, match=words):
        Model.parse(HALF).fit(data)


def test_refuses_odd_options():
    model, data = Model.parse(HALF), {"X": [0], "Y": ["no"]}
    for options in ({"prior": -1}, {"missing": "drop"}, {"weights": "n"}):
        with pytest.raises(UsageError):
            model.fit(data, **options)
    with pytest.raises(UsageError, match="row 1 of the weights"):
        model.fit({**data, "n": [-1]}, weights="n")
    with pytest.raises(UnknownStateError):
        model.fit({"X": ["1.5"], "Y": ["no"]})


def test_counts_are_counts():
    rows = rows_of(9, 50)
    counts = Model.parse(TEXT).count(rows)
    seen = Counter((row["G"], row["I"]) for row in rows)
    assert counts["n_G_A_I_1"] == seen["A", "1"]
    assert counts["n"] == 50
