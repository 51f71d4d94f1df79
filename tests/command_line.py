"""Run the command line as a user does: in a process of its own.

Starting Python and importing take longer than most commands, so a process that has done both waits
for calls and goes through each in a copy of itself (``tests/waiting.py``).

Main definitions
----------------
run : one call of ``symcausal``, with everything that it printed.
seconds_spent : the processor time that such calls have taken so far.
Waiting : a process that waits for calls, under a command line of the shell.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"

# What the installed script does, without asking where it was installed.
ENTRY = "import sys; sys.argv[0] = 'symcausal'; from symcausal.cli.main import process; process()"
INPUT, OUTPUT, ERRORS = range(3)  # the standard streams


class Waiting:
    """A process that waits for calls of ``symcausal``.

    Parameters
    ----------
    script : str
        A command line of the shell, in which ``"$@"`` is the process.
    environment : mapping, optional
        Variables to set besides those of this process.
    """

    def __init__(
        self, script: str = 'exec "$@"', environment: Mapping[str, str] | None = None
    ) -> None:
        self.seconds = 0.0  # of processor time, in all calls
        self._folder = TemporaryDirectory()
        calls, to_calls = os.pipe()
        from_answers, answers = os.pipe()
        python = [sys.executable, "-W", "error", "-m", "tests.waiting", str(calls), str(answers)]
        self._process = subprocess.Popen(
            ["bash", "-c", script, "bash", *python],
            env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=(calls, answers),
            cwd=ROOT,
        )
        os.close(calls)
        os.close(answers)
        self._calls = os.fdopen(to_calls, "w", encoding="utf-8")
        self._answers = os.fdopen(from_answers, encoding="utf-8")

    def __enter__(self) -> Waiting:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let it end."""
        self._calls.close()
        self._answers.close()
        self._process.wait()
        self._folder.cleanup()

    def run(
        self,
        *arguments: str,
        text: str = "",
        folder: Path = ROOT,
        merged: bool = False,
        streams: Sequence[int] = (INPUT, OUTPUT, ERRORS),
    ) -> subprocess.CompletedProcess[bytes]:
        """Go through one call; the streams that are not named stay what the script made of them."""
        paths = {stream: Path(self._folder.name, str(stream)) for stream in streams}
        for stream, path in paths.items():
            path.write_bytes(text.encode() if stream == INPUT else b"")
        call = {
            "words": arguments,
            "folder": str(folder),
            "streams": {stream: str(path) for stream, path in paths.items()},
            "merged": merged,
        }
        print(json.dumps(call), file=self._calls, flush=True)
        status, seconds = json.loads(self._answers.readline())
        self.seconds += seconds
        printed = (paths[of].read_bytes() if of in paths else b"" for of in (OUTPUT, ERRORS))
        return subprocess.CompletedProcess(arguments, status, *printed)


@cache
def _waiting(environment: tuple[tuple[str, str], ...]) -> Waiting:
    """One process for each environment."""
    waiting = Waiting(environment=dict(environment))
    atexit.register(waiting.close)
    return waiting


def run(
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    text: str = "",
    folder: Path = ROOT,
    merged: bool = False,
) -> subprocess.CompletedProcess[str]:
    """Call ``symcausal`` with some arguments.

    Parameters
    ----------
    *arguments : str
        The words after the command's name.
    environment : mapping, optional
        Variables to set besides those of this process.
    text : str
        What the command reads from its standard input.
    folder : Path
        Where it runs.
    merged : bool
        Whether both streams go to ``stdout``, in the order in which they were written.
    """
    waiting = _waiting(tuple(sorted((environment or {}).items())))
    ended = waiting.run(*arguments, text=text, folder=folder, merged=merged)
    return subprocess.CompletedProcess(
        arguments, ended.returncode, _lines(ended.stdout), None if merged else _lines(ended.stderr)
    )


def _lines(printed: bytes) -> str:
    """What was printed, as text whose lines end alike."""
    return printed.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def seconds_spent() -> float:
    """Return the seconds of processor time that all calls of `run` without an environment took."""
    return _waiting(()).seconds
