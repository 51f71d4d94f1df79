from functools import partial

import pytest

from symcausal.numbers.evaluate.table_reading import table_form
from tests.benchmarks.closed_form import AT_LEAST, OURS, measured
from tests.benchmarks.closed_form_networks import (
    AT_MOST_SECONDS,
    checked,
    folder_of,
    hardest,
    networks,
)
from tests.benchmarks.timing import in_a_row


@pytest.mark.bench
def test_a_root_given_a_leaf_is_many_times_faster_than_by_sympy_or_lea():
    for root, seconds, equal in measured(9):
        assert equal, root
        for peer, ratio in AT_LEAST[root].items():
            if peer in seconds:
                assert seconds[peer] >= ratio * seconds[OURS], (root, peer)


@pytest.mark.bench
def test_networks_have_closed_forms_within_milliseconds():
    folder = folder_of([])
    if folder is None:
        pytest.skip("there are no networks: pgmpy, which brings them, is not installed")
    for name, network in networks(folder):
        if name in AT_MOST_SECONDS:
            query, form, _ = hardest(network)
            assert in_a_row(partial(table_form, network, query)) <= AT_MOST_SECONDS[name], name
            assert checked(network, query) is not None
            assert len(form.operations) < 1000
