"""A command line that has started, and becomes a command once for every call.

``tests/command_line.py`` starts it. A copy of the process goes through each call: it has streams, a
folder and an end of its own, as a command that a user starts, and no call learns anything of another.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import sys
from typing import Any

from symcausal.cli.main import COMMANDS, main

PATIENCE = 120  # seconds, after which a call is ended by a signal
# What a command imports late, and with it most of what it needs; the rest its copies import.
LATE = {
    "adjust": "answer.repairs",
    "check": "notes.check",
    "compare": "answer.comparison",
    "evaluate": "answer.evaluation",
    "exercise": "sheets.exercises",
    "fill": "sheets.fill",
    "grade": "sheets.exercises",
    "identify": "answer.identification",
    "report": "sheets.report",
    "sensitivity": "answer.sensitivities",
    "table": "answer.printed_tables",
}


def prepare(words: list[str]) -> None:
    """Import what a call needs, so that its copy finds it, and so do the copies to come."""
    for command in words[:1]:
        if command in COMMANDS:
            importlib.import_module(f"symcausal.cli.{command}")
        if command in LATE:
            importlib.import_module(f"symcausal.{LATE[command]}")
    gc.freeze()


def become(call: dict[str, Any]) -> None:
    """Take the words, the folder and the streams of a call."""
    signal.alarm(PATIENCE)
    os.chdir(call["folder"])
    for stream, path in call["streams"].items():
        opened = os.open(path, os.O_RDWR)
        os.dup2(opened, int(stream))
        if opened != int(stream):  # which it is where that stream was closed
            os.close(opened)
    if call["merged"]:
        os.dup2(1, 2)
    sys.argv = ["symcausal", *call["words"]]


def wait(calls: int, answers: int) -> None:
    """Start a copy for each line of one pipe; write its status and seconds into the other.

    It returns in the copies, which have become a call then, and where there are no more calls.
    """
    with os.fdopen(calls) as lines, os.fdopen(answers, "w") as told:
        for line in lines:
            call = json.loads(line)
            prepare(call["words"])
            child = os.fork()
            if not child:
                become(call)
                return
            _, status, used = os.wait4(child, 0)
            code = os.waitstatus_to_exitcode(status)
            print(json.dumps([code, used.ru_utime + used.ru_stime]), file=told, flush=True)
    sys.exit()


if __name__ == "__main__":
    wait(*map(int, sys.argv[1:]))
    main()
