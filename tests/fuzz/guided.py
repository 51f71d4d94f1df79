"""Search for texts that break a reader, guided by the lines of code that they reach.

Run it by ``make fuzz``, or ``python -m tests.fuzz.guided SECONDS [TARGET...]``, which shares the time
among the targets. A text that breaks one is left in ``build/fuzz`` and belongs, shortened, into
``tests/fuzz/test_regressions.py``. Where there is no atheris, the search is left out in so many
words; under ``CI=true`` that is a failure.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

FOLDER = Path("build/fuzz").resolve()
LONGEST = 400  # bytes: long texts are tested by themselves
TOLD = 3000  # characters of what libFuzzer says of a text that breaks a reader


def main() -> int:
    """Share the time among the targets, one process each; give 1 if one of them was broken."""
    if find_spec("atheris") is None:
        print(
            "left out: there is no atheris for this Python on this machine (it is for Linux, x86-64)"
        )
        return int(os.environ.get("CI") == "true")
    import atheris

    # Once for all targets, since to watch the lines of a module takes longer than to import it;
    # each module is announced.
    quiet = contextlib.redirect_stderr(io.StringIO())
    with quiet, atheris.instrument_imports(include=["symcausal"]):
        from tests.fuzz.strategies import ODD, PIECE
        from tests.fuzz.targets import TARGETS, survives

        names = sys.argv[2:] or list(TARGETS)
        for name in names:  # what a reader imports late
            for seed in TARGETS[name].seeds:
                survives(name, seed)
    seconds = max(1, int(sys.argv[1]) // len(names))
    broken = 0
    for name in names:
        folder = FOLDER / name
        (folder / "corpus").mkdir(parents=True, exist_ok=True)
        words = dict.fromkeys(ODD)
        for i, seed in enumerate(TARGETS[name].seeds):
            (folder / "corpus" / f"seed{i}").write_text(seed, encoding="utf-8")
            words.update(dict.fromkeys(PIECE.findall(seed)))
        listed = [_quoted(word) for word in words if word]
        (folder / "words").write_text("\n".join(listed) + "\n", encoding="ascii")
        status, told = _in_a_process(lambda name=name: _search(name, seconds), folder / "told")
        broken += status != 0
        runs = re.findall(r"^Done (\d+) runs", told, re.MULTILINE)
        print(f"{name}: {' '.join(runs) or 'no'} texts, ", end="")
        print(f"BROKEN, see {folder}\n{told[-TOLD:]}" if status else "none breaks it", flush=True)
    return int(broken > 0)


def _search(name: str, seconds: int) -> None:
    """Search for one target; ends the process."""
    import atheris

    from tests.fuzz.targets import survives

    folder = FOLDER / name
    options = [
        f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-dict={folder / 'words'}",
        f"-artifact_prefix={folder}/", "-timeout=20", "-rss_limit_mb=2048",
    ]  # fmt: skip
    atheris.Setup(
        ["fuzz", *options, str(folder / "corpus")],
        lambda data: survives(name, data.decode("utf-8", "replace")),
    )
    atheris.Fuzz()


def _in_a_process(search: Callable[[], None], told: Path) -> tuple[int, str]:
    """The exit status of a process of its own, and what it printed."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        printed = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(printed, 1)
        os.dup2(printed, 2)
        search()
        os._exit(1)  # libFuzzer ends the process by itself
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), told.read_text(encoding="utf-8", errors="replace")


def _quoted(word: str) -> str:
    """A word as libFuzzer's dictionaries have it."""
    return '"' + "".join(f"\\x{byte:02X}" for byte in word.encode()) + '"'


if __name__ == "__main__":
    sys.exit(main())
