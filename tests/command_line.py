"""Run the command line as a user does: in a process of its own.

Main definitions
----------------
run : one call of ``symcausal``, with everything that it printed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"

# What the installed script does, without asking where it was installed.
ENTRY = (
    "import sys; sys.argv[0] = 'symcausal'; from symcausal.cli.main import main; sys.exit(main())"
)


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
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", ENTRY, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
        input=text,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if merged else subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=folder,
        timeout=120,
        check=False,
    )
