"""How long deriving takes, verification included, as a share of the time of ``import sympy``.

``derive`` verifies every step before it returns, so its own time is what counts.
Every round starts one fresh process that imports SymPy and one that parses the student network and
derives the textbook's queries at lecture detail; only the import and the derivations are on the
clock. The first derivation of a process pays for filling caches, so it has a column of its own.
Run it by ``python tests/benchmarks/derive_student.py [ROUNDS]``.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 0.1  # of the time of `import sympy`, for each query
GRAPH = "I -> G <- D; I -> S; G -> L; G: A, B, C"
QUERIES = {
    "P(L)": GRAPH,
    "P(I | L)": GRAPH,
    "P(L | do(G=A))": GRAPH,
    "P(S | do(G=A))": GRAPH,
    "P(L | do(G=A)) ": GRAPH + "; S -> L",  # the space tells it from the one above
    "P(I | do(G=A), L)": GRAPH + "; S -> L",
}
SYMPY = """
from time import perf_counter
start = perf_counter()
import sympy
print(perf_counter() - start)
"""
DERIVE = """
import json, sys
from time import perf_counter
from symcausal import Model
times = {}
for query, text in json.loads(sys.argv[1]).items():
    model = Model.parse(text)
    times[query] = []
    for _ in range(4):
        start = perf_counter()
        model.derive(query, detail="lecture")
        times[query].append(perf_counter() - start)
assert "sympy" not in sys.modules
print(json.dumps(times))
"""


def output(*arguments: str) -> str:
    """What a fresh process prints."""
    ended = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, cwd=ROOT, check=False
    )
    if ended.returncode:
        raise SystemExit(ended.stderr)
    return ended.stdout


def report(rounds: int) -> int:
    """Print the table; give 1 if a query takes more than its share."""
    imports: list[float] = []
    first: dict[str, list[float]] = {query: [] for query in QUERIES}
    later: dict[str, list[float]] = {query: [] for query in QUERIES}
    for _ in range(rounds + 1):
        imports.append(float(output("-c", SYMPY)))
        for query, times in json.loads(output("-c", DERIVE, json.dumps(QUERIES))).items():
            first[query].append(times[0])
            later[query].append(median(times[1:]))
    whole = median(imports[1:])
    failed = 0
    sys.stdout.write(f"import sympy: {whole * 1000:.0f} ms\n")
    sys.stdout.write(f"{'':22}{'first ms':>10}{'share':>8}{'later ms':>10}{'share':>8}\n")
    for query in QUERIES:
        one, more = median(first[query][1:]), median(later[query][1:])
        failed |= more > LIMIT * whole
        graph = "with S -> L" if "S -> L" in QUERIES[query] else ""
        sys.stdout.write(
            f"{query.strip():22}{one * 1000:10.1f}{one / whole:8.3f}"
            f"{more * 1000:10.1f}{more / whole:8.3f}  {graph}\n"
        )
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(report(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
