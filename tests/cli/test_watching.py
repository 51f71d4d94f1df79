"""``check --watch``: what is seen of files that change, and what is printed then."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from symcausal.cli import check
from symcausal.cli.watching import BETWEEN_LOOKS, UNTIL_SETTLED, FileChange, changes
from symcausal.errors import UsageError
from symcausal.notes.check import notes_in
from tests.command_line import ENTRY, ROOT, run

HOLDS, FAILS = "$P(A) = P(A)$", "$P(A) = P(A, B)$"


class OverError(Exception):
    """Nothing more is going to change."""


class Hours:
    """A sleep in which things happen: one at each look, in their order; between them nothing."""

    def __init__(self, *events: Callable[[], object] | None) -> None:
        self.events = list(events)
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        if seconds != BETWEEN_LOOKS:
            return
        if not self.events:
            raise OverError
        event = self.events.pop(0)
        if event is not None:
            event()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "notes").mkdir()
    return tmp_path / "notes"


def told(paths: list[Path], hours: Hours) -> Iterator[FileChange]:
    with pytest.raises(OverError):
        yield from changes([str(path) for path in paths], notes_in, hours.sleep)


def names(told: tuple[str, ...]) -> list[str]:
    return [os.path.basename(name) for name in told]


def write(path: Path, text: str) -> Callable[[], object]:
    return lambda: path.write_text(text, encoding="utf-8")


def replaced(path: Path, text: str) -> Callable[[], object]:
    """As editors save: another file is put in the place of the first, with the same size and time."""

    def save() -> None:
        seen = path.stat()
        new = path.with_suffix(".tmp")
        new.write_text(text, encoding="utf-8")
        os.utime(new, ns=(seen.st_atime_ns, seen.st_mtime_ns))
        new.replace(path)

    return save


def test_what_changes_appears_and_goes_is_told(folder: Path) -> None:
    a, b = folder / "a.md", folder / "sub" / "b.md"
    a.write_text(HOLDS, encoding="utf-8")
    (folder / "sub").mkdir()
    hours = Hours(
        None,
        write(a, FAILS),
        None,
        write(b, HOLDS),
        write(folder / "words.doc", "no notes"),
        replaced(a, FAILS),
        a.unlink,
        b.unlink,
        write(a, HOLDS),
    )
    seen = [(names(c.there), names(c.new), names(c.gone)) for c in told([folder], hours)]
    assert seen == [
        (["a.md"], ["a.md"], []),
        (["a.md"], ["a.md"], []),
        (["a.md", "b.md"], ["b.md"], []),
        (["a.md", "b.md"], ["a.md"], []),
        (["b.md"], [], ["a.md"]),
        ([], [], ["b.md"]),
        (["a.md"], ["a.md"], []),
    ]
    assert set(hours.slept) == {BETWEEN_LOOKS, UNTIL_SETTLED}


def test_what_changes_while_a_change_is_worked_on_is_told_next(folder: Path) -> None:
    path = folder / "a.md"
    path.write_text(HOLDS, encoding="utf-8")
    hours = Hours(None, None)
    seen = 0
    for seen, change in enumerate(told([folder], hours), 1):
        assert names(change.new) == ["a.md"]
        if seen == 1:
            path.write_text(FAILS, encoding="utf-8")
    assert seen == 2


def test_a_file_is_read_once_it_is_written(folder: Path) -> None:
    path = folder / "a.md"
    path.write_text("", encoding="utf-8")
    hours = Hours(write(path, "$P(A"))
    parts = ["$P(A) = ", HOLDS]

    def sleep(seconds: float) -> None:
        hours.sleep(seconds)
        if seconds == UNTIL_SETTLED and parts:
            path.write_text(parts.pop(0), encoding="utf-8")

    read: list[str] = []
    with suppress(OverError):
        for _ in changes([str(folder)], notes_in, sleep):
            read.append(path.read_text())  # noqa: PERF401 - it is kept when the error comes
    assert read == ["", HOLDS]


def watched(capsys: pytest.CaptureFixture[str], hours: Hours, *words: str) -> list[str]:
    """What is printed after each change."""
    chosen: Namespace = check.PARSER.read(["--watch", *words])
    times = iter(f"10:00:{number:02}" for number in range(60))
    with pytest.raises(OverError):
        check._watch(chosen, hours.sleep, lambda: next(times))
    printed = capsys.readouterr().out
    return re.split(r"^(?=---- \d\d:\d\d:\d\d )", printed, flags=re.MULTILINE)[1:]


def test_reports_are_kept_apart_with_the_time(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a, b = folder / "a.md", folder / "b.md"
    a.write_text(HOLDS, encoding="utf-8")
    hours = Hours(write(b, FAILS), write(a, f"{HOLDS}, {HOLDS}"), b.unlink)
    first, second, third, fourth = watched(capsys, hours, str(folder))
    assert first.startswith(f"---- 10:00:00 {a} ----\n")
    assert second.startswith(f"---- 10:00:01 {b} ----\n")
    assert third.startswith(f"---- 10:00:02 {a} ----\n")
    assert fourth.startswith(f"---- 10:00:03 {b} is gone ----\n")
    counts = [part.splitlines()[-1].split(", ")[:2] for part in (first, second, third, fourth)]
    assert counts == [
        ["1 holds", "0 fails"], ["1 holds", "1 fails"], ["2 holds", "1 fails"], ["2 holds", "0 fails"],
    ]  # fmt: skip
    assert f"{b}:1:2: fails" in third  # what did not change is shown again


def test_a_file_that_cannot_be_read_for_a_while_ends_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "a.md"
    path.write_text(HOLDS, encoding="utf-8")
    hours = Hours(lambda: path.write_bytes(b"\xff\xfe\xff"), path.unlink, write(path, FAILS))
    _, unread, gone, back = watched(capsys, hours, str(path))
    assert "error[" in unread
    assert "is gone" in gone
    assert "1 fails" in back


def test_another_model_makes_everything_be_checked_anew(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model, notes = folder / "one.model", folder / "a.md"
    model.write_text("A -> B", encoding="utf-8")
    notes.write_text("$P(A, B) = P(A) P(B)$", encoding="utf-8")
    hours = Hours(write(model, "A -> -> B"), write(model, "A; B"))
    first, broken, last = watched(capsys, hours, "--model", str(model), str(notes))
    assert "1 fails" in first
    assert "error[" in broken
    assert "1 holds" in last


def test_what_a_program_reads_has_no_line_between(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.md").write_text(HOLDS, encoding="utf-8")
    assert watched(capsys, Hours(), "--format", "json", str(folder)) == []


def test_standard_input_and_what_is_not_there_are_refused(folder: Path) -> None:
    assert run("check", "--watch", "-").returncode == 2
    ended = run("check", "--watch", str(folder / "none.md"))
    assert (ended.returncode, "cannot watch" in ended.stderr) == (2, True)
    with pytest.raises(UsageError):
        check._watch(check.PARSER.read(["--watch", "--model", "-", str(folder)]))


def test_a_true_process_with_a_pipe(folder: Path) -> None:
    path = folder / "a.md"
    path.write_text(HOLDS, encoding="utf-8")
    # a process that was started in the background ignores Ctrl-C, and all that it starts
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", heard + ENTRY, "check", "--watch", str(folder)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout is not None

    def counts() -> str:
        assert process.stdout is not None
        return next(line for line in process.stdout if line.endswith("definition\n"))

    try:
        assert counts().startswith("1 holds, 0 fails")
        time.sleep(0.02)  # for file systems with coarse clocks
        replaced(path, FAILS)()
        assert counts().startswith("0 holds, 1 fails")
        process.send_signal(signal.SIGINT)
        _, complaint = process.communicate(timeout=60)
    finally:
        process.kill()
        process.communicate()
    assert (process.returncode, complaint) == (130, "")
