"""Transcripts of the command line that stand in the documentation.

A block fenced as ``console`` holds lines ``$ symcausal ...``, each followed by what it prints. A
command may go on over lines that end in a backslash. The blocks run in the folder ``examples``.

Main definitions
----------------
play : a transcript as it should read, by running its commands.
BLOCK : finds the blocks in a text.
"""

from __future__ import annotations

import re
import shlex

from tests.command_line import EXAMPLES, run

BLOCK = re.compile(r"(?P<head>^```console\n)(?P<body>.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (?:.*\\\n)*.*\n", re.MULTILINE)


def play(transcript: str) -> str:
    """Run the commands of a transcript; give it back with what they print now."""
    played = []
    for command in _COMMAND.findall(transcript):
        words = shlex.split(command[2:].replace("\\\n", " "))
        if words[:1] != ["symcausal"]:
            raise LookupError(f"not a call of symcausal: {command.strip()}")
        printed = run(*words[1:], folder=EXAMPLES, merged=True).stdout.rstrip()
        if "Traceback (most recent call last)" in printed:
            raise RuntimeError(f"{command.strip()}\n{printed}")  # a defect, not a transcript
        played.append(command + (printed + "\n" if printed else ""))
    return "".join(played)
