import pytest

from tests.benchmarks.goals import Line, main


@pytest.mark.parametrize(
    ("found", "aim", "at_most", "met"),
    [
        (5, 4, False, "yes"),
        (4, 4, False, "yes"),
        (3, 4, False, "no"),
        (3, 4, True, "yes"),
        (4, 4, True, "yes"),
        (5, 4, True, "no"),
        (1, None, False, "-"),
    ],
)
def test_an_aim_is_a_least_ratio_or_a_most(found, aim, at_most, met):
    assert Line("C", "alarm", "pyAgrum", found, aim, at_most=at_most).met == met


def test_a_goal_that_is_none_is_refused(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["goals", "Z"])
    with pytest.raises(SystemExit):
        main()
    assert "no goal Z" in capsys.readouterr().err
