import pytest

from tests.benchmarks.identity import GOALS, alarm, growth, ratios


@pytest.mark.bench
def test_equality_is_judged_many_times_faster_than_by_simplify():
    found = ratios()
    for network, ratio in GOALS.items():
        assert found[network] >= ratio, network


@pytest.mark.bench
def test_the_time_grows_with_the_length_of_a_chain_and_no_faster():
    times = growth()
    assert times[48] <= 2 * 4 * times[12]
    assert alarm() <= 0.01
