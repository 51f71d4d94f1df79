import pytest

from tests.benchmarks.worlds import two_models, two_worlds


@pytest.mark.bench
def test_a_law_over_two_worlds_of_thirty_variables_takes_a_third_of_a_second():
    assert two_worlds() <= 0.3


@pytest.mark.bench
def test_two_models_are_found_while_a_reader_waits():
    assert max(two_models().values()) <= 1
