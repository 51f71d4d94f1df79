import pytest

from tests.benchmarks.closed_form import AT_LEAST, OURS, measured


@pytest.mark.bench
def test_a_root_given_a_leaf_is_many_times_faster_than_by_sympy_or_lea():
    for root, seconds, equal in measured(9):
        assert equal, root
        for peer, ratio in AT_LEAST[root].items():
            if peer in seconds:
                assert seconds[peer] >= ratio * seconds[OURS], (root, peer)
