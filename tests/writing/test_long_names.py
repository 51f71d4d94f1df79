"""A name that is set in rows loses no letter, and no row is too wide."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from symcausal.expr.nodes import Prob, free_events
from symcausal.writing.long_names import rows_of
from symcausal.writing.metrics import words_ems
from tests.writing.web_formulas import mathml


@given(name=st.text(max_size=90), size=st.sampled_from([1.0, 0.8]))
def test_rows_are_the_name(name: str, size: float) -> None:
    rows = rows_of(name, size)
    assert "".join(rows) == name
    assert all(size * words_ems(row) <= 12 for row in rows)


def test_words_stay_whole() -> None:
    assert rows_of("WhetherThePatientHasTuberculosis") == [
        "WhetherThe",
        "PatientHas",
        "Tuberculosis",
    ]
    assert rows_of("blood_pressure_before_the_treatment") == [
        "blood_pressure_",
        "before_the_",
        "treatment",
    ]


def test_a_short_name_has_one_row() -> None:
    assert "<mtable>" not in mathml(Prob(free_events(["TuberculosisOrCancer"])))
    assert "<mtable>" in mathml(Prob(free_events(["TuberculosisOrCancerOrBoth"])))
