"""The budget of a claim ends all work on it: in the kernel, the rules, the search for examples."""

from __future__ import annotations

import threading
from functools import cache
from pathlib import Path

import pytest

from symcausal.algebra.deadline import OutOfTime, clock, spend, within
from symcausal.model import Model
from symcausal.network.network import Network
from symcausal.notes.check import check_files, check_text
from symcausal.notes.reporting.report import Report
from tests.command_line import run
from tests.support.pace import soon

BUDGET = 0.3
SLACK = 0.5


NAMES = [f"X{i}" for i in range(12)]
HUGE = "\n".join(f"{one} -> {other}" for i, one in enumerate(NAMES) for other in NAMES[i + 1 :])
CLAIMS = [
    "P(X11) = P(X6)",
    "P(X11 | do(X3)) = P(X11 | X3)",
    r"P(X11) = \sum_{X6} P(X11 | X6) P(X6)",
    r"P(X11) \propto P(X11 | X6)",
    r"P(X11) \le P(X6)",
    "P(X11, X6, X5, X4, X3, X2, X1) = P(X11, X6, X5, X4, X3, X2, X1 | X0)",
]


HARD = CLAIMS[2]  # true, so that all random models have to be made


@cache
def huge() -> Network:
    return Model.parse(HUGE).network


@pytest.mark.parametrize("claim", CLAIMS)
def test_huge_claims_stop_in_time(claim: str) -> None:
    network = huge()
    with soon(SLACK, besides=BUDGET):
        report = check_text(claim, network, budget=BUDGET)
    (judged,) = report.claims
    if judged.verdict == "undecided":
        assert report.out_of_budget
        assert f"{BUDGET:g} s" in judged.reason
    else:
        assert judged.verdict == "fails"  # known before the time was over


def test_what_was_found_is_printed_soon() -> None:
    """An example of some thousand rows costs less to print than to find."""
    report = check_text(CLAIMS[0], huge(), budget=BUDGET)
    with soon(SLACK):
        assert report.to_text()
        assert report.to_json()


def test_every_claim_has_a_budget_of_its_own() -> None:
    text = f"$${HARD}$$ and $$P(X1) = P(X1)$$ and $$P(X0, X1) = P(X0)$$"
    with soon(3 * SLACK, besides=3 * BUDGET):
        report = check_text(text, huge(), budget=BUDGET)
    assert [claim.judgement.out_of_budget for claim in report.claims][:1] == [True]
    assert len(report.claims) == 3


def test_each_thread_has_its_own_budget() -> None:
    network = huge()
    small = Model.parse("A -> B").network
    reports: dict[str, Report] = {}

    def work(name: str, text: str, model: Network, budget: float) -> None:
        reports[name] = check_text(text, model, budget=budget)

    threads = [
        threading.Thread(target=work, args=("huge", HARD, network, BUDGET)),
        threading.Thread(target=work, args=("small", "P(A, B) = P(A) P(B | A)", small, 10.0)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert reports["huge"].out_of_budget
    assert reports["small"].claims[0].verdict == "holds"


def test_the_command_ends_with_status_four(tmp_path: Path) -> None:
    model, notes = tmp_path / "huge.model", tmp_path / "notes.md"
    model.write_text(HUGE, encoding="utf-8")
    notes.write_text(f"So ${HARD}$.", encoding="utf-8")
    asked = ("check", "--model", str(model), "--budget", "0.2", str(notes))
    ended = run(*asked)
    assert ended.returncode == 4
    assert "the budget of 0.2 s ran out" in ended.stdout
    assert "1 undecided" in ended.stdout
    assert run(*asked, "--strict").returncode == 1


def test_the_whole_run_has_a_budget_beside_that_of_each_claim(tmp_path: Path) -> None:
    """When it is over the claims that are left are named, none is dropped, and no file is silent."""
    files = [tmp_path / f"{n}.md" for n in range(3)]
    for file in files:
        file.write_text(f"$${HARD}$$\n\n$$P(X0, X1) = P(X0)$$\n" * 4, encoding="utf-8")
    with soon(SLACK, besides=0.6):
        report = check_files(map(str, files), huge(), budget=0.3, total=0.6)
    assert report.out_of_budget
    assert [len(file.claims) for file in report.files] == [8, 8, 8]
    late = [claim for file in report.files[1:] for claim in file.claims]
    assert {claim.verdict for claim in late} == {"undecided"}
    assert {claim.reason for claim in late} == {
        "out of time: the budget of 0.6 s for the whole run ran out"
    }


def test_what_is_not_even_read_is_named(tmp_path: Path) -> None:
    files = [tmp_path / f"{n}.md" for n in range(3)]
    for file in files:
        file.write_text("$P(a) = P(b)$\n", encoding="utf-8")
    with within(-1.0):
        report = check_files(map(str, files), total=1.0)
    assert report.out_of_budget
    assert [len(file.problems) for file in report.files] == [1, 1, 1]
    assert "time" in report.to_text()


def test_the_command_ends_with_status_four_after_the_whole_budget(tmp_path: Path) -> None:
    model, notes, more = tmp_path / "huge.model", tmp_path / "notes.md", tmp_path / "more.md"
    model.write_text(HUGE, encoding="utf-8")
    notes.write_text(f"So ${HARD}$.\n\n" * 5, encoding="utf-8")
    more.write_text("So $P(X1) = P(X1)$.", encoding="utf-8")
    asked = ("check", "--model", str(model), "--budget", "0.2", "--total", "0.4")
    ended = run(*asked, str(notes), str(more))
    assert ended.returncode == 4
    assert "for the whole run" in ended.stdout
    assert "6 undecided" in ended.stdout
    more.write_text("<!-- symcausal: A -> B -->\n$P(A) = P(A, B)$", encoding="utf-8")
    assert run(*asked, str(more), str(notes)).returncode == 1  # it fails before time is over
    assert run("check", str(notes), "--total", "0").returncode == 2


def spend_for_ever() -> None:
    while True:
        spend(1000)


def test_an_inner_limit_does_not_lengthen_an_outer_one() -> None:
    began = clock()
    with within(0.05), within(60.0), pytest.raises(OutOfTime):
        spend_for_ever()
    assert clock() - began < 0.5


def test_without_a_limit_nothing_stops() -> None:
    for _ in range(100):
        spend(10**9)
