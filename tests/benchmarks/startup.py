"""How long a command takes from a cold start, as a multiple of a bare interpreter.

Rounds are interleaved, one fresh process per entry and round, and medians are compared, so that a
busy machine slows all entries alike; what is counted is processor time. Modules are compiled
beforehand, as pip does when it installs. Run it by ``python tests/benchmarks/startup.py [ROUNDS]``.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from compileall import compile_dir
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
STUDENT = str(ROOT / "examples" / "student.model")
QUERY = "P(L=strong | do(G=A))"
ASIA = str(ROOT / "examples" / "asia.bif")
SEEN = "P(Cancer=yes | Dyspnoea=yes)"
ENTRY = "import sys; sys.argv[0] = 'symcausal'; from symcausal.cli.main import process; process()"
BARE = "bare interpreter"
HEAVY = ("sympy", "networkx", "numpy", "lark")
LIMIT = 5.0  # times a bare interpreter

COMMANDS = {
    "symcausal --help": ["--help"],
    "a parse error": ["derive", STUDENT, "P(L=strong | do(G=A)"],
    "evaluate": ["evaluate", STUDENT, QUERY],
    "evaluate asia.bif": ["evaluate", ASIA, SEEN],
    "derive asia.bif": ["derive", ASIA, SEEN, "--format", "text"],
    "derive --format text": ["derive", STUDENT, QUERY, "--format", "text"],
    "derive --format latex": ["derive", STUDENT, QUERY, "--format", "latex"],
}
# Not so the derivation in asia.bif: thirty claims are checked there, which takes the time it takes.
LIMITED = {*COMMANDS, "import symcausal"} - {"derive asia.bif"}
BAD_INPUT = {"a parse error": 2}  # exit status, where it is not 0
ENTRIES = {
    BARE: ["-c", "pass"],
    **{name: ["-c", ENTRY, *words] for name, words in COMMANDS.items()},
    "import symcausal": ["-c", "import symcausal"],
    "import sympy": ["-c", "import sympy"],
}


def seconds(name: str) -> float:
    """Processor time of one fresh process, which must end as it should."""
    before = _of_children()
    ended = subprocess.run(
        [sys.executable, *ENTRIES[name]], capture_output=True, text=True, cwd=ROOT, check=False
    )
    taken = _of_children() - before
    if ended.returncode != BAD_INPUT.get(name, 0):
        raise SystemExit(f"{name} ended with status {ended.returncode}:\n{ended.stderr}")
    return taken


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def medians(rounds: int) -> dict[str, float]:
    """Median time of each entry, in seconds, after one round that fills the caches."""
    compile_dir(ROOT / "symcausal", quiet=1)  # whatever PYTHONDONTWRITEBYTECODE says
    times: dict[str, list[float]] = {name: [] for name in ENTRIES}
    for _ in range(rounds + 1):
        for name in ENTRIES:
            times[name].append(seconds(name))
    return {name: median(found[1:]) for name, found in times.items()}


def heavy_modules(arguments: list[str]) -> list[str]:
    """The heavy packages that a process imports, as the interpreter itself reports them."""
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    names = {line.rpartition("|")[2].strip() for line in ended.stderr.splitlines() if "|" in line}
    return [name for name in HEAVY if name in names]


def report(rounds: int) -> int:
    """Print the table; give 1 if a command is slower than the limit or imports too much."""
    found = medians(rounds)
    failed = 0
    sys.stdout.write(f"{'':24}{'ms':>8}{'x bare':>9}{'x sympy':>9}  heavy imports\n")
    for name, arguments in ENTRIES.items():
        ratio = found[name] / found[BARE]
        heavy = heavy_modules(arguments)
        failed |= name in LIMITED and (ratio > LIMIT or bool(heavy))
        share = found[name] / found["import sympy"]
        listed = ", ".join(heavy) or "-"
        sys.stdout.write(f"{name:24}{found[name] * 1000:8.1f}{ratio:9.1f}{share:9.2f}  {listed}\n")
    return failed


if __name__ == "__main__":
    raise SystemExit(report(int(sys.argv[1]) if len(sys.argv) > 1 else 15))
