import pytest

from tests.benchmarks.notes import LIMIT, imports_sympy, ratio, verdicts, written


@pytest.mark.bench
def test_two_hundred_formulas_are_checked_in_a_few_imports_of_sympy(tmp_path):
    path, false = written(str(tmp_path))
    found = verdicts(path)
    assert found["fails"] == false
    assert found["undecided"] == found["unreadable"] == 0
    assert not imports_sympy(path)
    assert ratio() < LIMIT
