"""A defect costs the claim, the formula or the file that it is in, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from symcausal.errors import LimitError
from symcausal.notes import check
from symcausal.notes.check import check_files, check_text
from symcausal.notes.judging import page, relation
from symcausal.notes.reporting import claim

FAULTS = [ValueError, RecursionError, MemoryError, AssertionError, KeyError, OSError, UnicodeError]
GOOD = "$P(a, b) = P(a) P(b \\mid a)$"
POISONED = "$P(a, q) = P(q) P(a \\mid q)$"
TEXT = f"Let {GOOD}.\n\nThen {POISONED}.\n\nAnd $P(x) = 2 P(x)$ so that {GOOD}.\n"
WORD = "internal error, please report"


def poisoned(work: Callable[..., Any], fault: type[Exception]) -> Callable[..., Any]:
    """The same function, which fails for whatever speaks of ``q``."""

    def broken(*args: Any, **kwargs: Any) -> Any:
        if any(re.search(r"\b[qQ]\b", shown(argument)) for argument in args):
            raise fault("somewhere")
        return work(*args, **kwargs)

    return broken


def shown(argument: Any) -> str:
    """What an argument of one of the functions below speaks of."""
    if isinstance(argument, list | tuple):
        return " ".join(map(shown, argument))
    return getattr(argument, "text", "") or repr(argument)


PLACES = [
    (relation, "judge_link"), (relation, "link_of"), (page, "read_claims"), (page, "guess_vocabulary"),
    (page, "reason_words"), (relation, "with_rule"), (page.Notation, "infer"), (claim, "latex"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("place", "fault"),
    [(PLACES[0], fault) for fault in FAULTS] + [(place, RecursionError) for place in PLACES[1:]],
    ids=lambda value: value[1] if isinstance(value, tuple) else value.__name__,
)
def test_all_other_claims_are_judged(
    place: tuple[Any, str], fault: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, name = place
    expected = [claim.verdict for claim in check_text(TEXT).claims]
    assert expected.count("holds") >= 3
    monkeypatch.setattr(owner, name, poisoned(getattr(owner, name), fault))
    found = check_text(TEXT)
    assert found.internal_error
    told = [claim.verdict for claim in found.claims]
    if name not in (
        "guess_vocabulary",
        "infer",
    ):  # which look at all formulas, and claims go on without
        expected[1] = "undecided"
        assert WORD in found.claims[1].reason
        assert fault.__name__ in found.claims[1].reason
    assert told == expected
    assert WORD in found.to_text()
    assert WORD in found.to_github()
    assert found.to_json()
    assert found.to_html()


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", ["read_file", "derivations", "Page"])
def test_all_other_files_are_checked(
    name: str, fault: type[Exception], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    files = [tmp_path / f"{stem}.md" for stem in ("one", "two", "three")]
    for file in files:
        file.write_text(GOOD, encoding="utf-8")
    calls = iter((False, True, False))
    work = getattr(check, name)

    def broken(*args: Any) -> Any:
        if next(calls):
            raise fault("somewhere")
        return work(*args)

    monkeypatch.setattr(check, name, broken)
    found = check_files([str(file) for file in files])
    assert [len(file.claims) for file in found.files] == [1, 0, 1]
    assert [file.internal for file in found.files] == [False, True, False]
    assert WORD in found.files[1].problems[0]
    assert str(files[1]) in found.to_text()


def test_the_claims_before_a_defect_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a chain of relations meets, each of its relations has a claim."""
    chain = "$P(a, b) = P(b, a) = P(a) P(b \\mid a) = P(b) P(a \\mid b)$"
    work = relation.judge_link
    for broken_one in range(3):
        calls = iter(number == broken_one for number in range(100))

        def broken(*args: Any, calls: Iterator[bool] = calls) -> Any:
            if next(calls):
                raise ZeroDivisionError
            return work(*args)

        monkeypatch.setattr(relation, "judge_link", broken)
        found = [claim.verdict for claim in check_text(chain).claims]
        assert found == ["undecided" if n == broken_one else "holds" for n in range(3)]


def test_what_notes_expect_to_fail_and_nobody_can_judge_is_no_surprise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(relation, "judge_link", poisoned(relation.judge_link, ValueError))
    found = check_text(f"<!-- symcausal: expect fails -->\n{POISONED}")
    assert not found.failed()
    assert found.internal_error


def test_an_interrupt_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relation, "judge_link", poisoned(relation.judge_link, KeyboardInterrupt))  # type: ignore[arg-type]
    with pytest.raises(KeyboardInterrupt):
        check_text(TEXT)


def test_a_refusal_is_no_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise LimitError("too much")

    monkeypatch.setattr("symcausal.notes.judging.judge.identical", broken)
    found = check_text(GOOD)
    assert found.out_of_budget
    assert not found.internal_error
