"""Random text ends in an answer or in an error of our own, soon, whoever reads it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz.strategies import texts
from tests.fuzz.targets import TARGETS, survives
from tests.support.depth import many

FEW = {"check": 15, "check-latex": 15, "check-markdown": 15, "command": 20}  # they take longer
QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large]


@pytest.mark.parametrize("name", TARGETS)
def test_random_text_is_read_or_refused(name):
    @settings(max_examples=FEW.get(name, 50) // 2, deadline=None, suppress_health_check=QUIET)
    @given(texts(name))
    def run(text):
        survives(name, text)

    run()


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_much_random_text_is_read_or_refused(name):
    @settings(max_examples=many(FEW.get(name, 50) * 10), deadline=None, suppress_health_check=QUIET)
    @given(texts(name))
    def run(text):
        survives(name, text)

    run()


@pytest.mark.parametrize("name", TARGETS)
def test_texts_to_start_from_are_read(name):
    """Otherwise the faults would never reach what lies behind the first line."""
    read = 0
    for seed in TARGETS[name].seeds:
        survives(name, seed)
        try:
            TARGETS[name].read(seed)
        except Exception:
            continue
        read += 1
    assert read >= 1


def test_the_watch_would_notice(monkeypatch):
    def crash(text):
        return text.index("x")

    monkeypatch.setitem(TARGETS, "crash", TARGETS["formula"]._replace(read=crash))
    with pytest.raises(ValueError, match="substring"):
        survives("crash", "abc")
