"""The most memory that ``symcausal evaluate --table`` takes for ten million rows.

The file is written beforehand, block by block, as CSV or as Parquet: a column for each of three entries
of the chest clinic, and one that is carried along. The command runs in a process of its own, which says
at its end how much it has had. Values are checked at some rows. Run it, on Linux, by
``python -m tests.benchmarks.table_memory [ROWS [csv|parquet]]``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from tests.benchmarks.startup import ASIA, ROOT, SEEN

ROWS = 10_000_000
BLOCK = 500_000
CHECKED = 5
COLUMNS = ("theta_Smoker_yes", "theta_Cancer_yes_Smoker_yes", "theta_Bronchitis_yes_Smoker_yes")
ENTRY = """
import atexit, sys
def tell():
    with open("/proc/self/status") as status:
        print(next(line for line in status if line.startswith("VmHWM")), file=sys.stderr)
atexit.register(tell)
from symcausal.cli.main import main
sys.exit(main())
"""


class Taken(NamedTuple):
    """What the command took."""

    megabytes: float
    seconds: float
    file_megabytes: float


def write(path: Path, rows: int) -> None:
    """Parameter sets at random, the same in every run."""
    import numpy as np
    import pyarrow as pa
    from pyarrow import csv, parquet

    rng = np.random.default_rng(7)
    schema = pa.schema([("run", pa.int64()), *((name, pa.float64()) for name in COLUMNS)])
    kind = csv.CSVWriter if path.suffix == ".csv" else parquet.ParquetWriter
    with kind(path, schema) as writer:
        for start in range(0, rows, BLOCK):
            count = min(BLOCK, rows - start)
            drawn = [np.round(rng.uniform(0.05, 0.95, count), 6) for _ in COLUMNS]
            writer.write_table(pa.table([np.arange(start, start + count), *drawn], schema=schema))


def measured(rows: int, ending: str) -> Taken:
    """Write the file, let the command read it, check what comes out.

    Raises
    ------
    ArithmeticError
        If a row is missing, or a value is not that of the row's numbers.
    """
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / f"sets{ending}", Path(folder) / f"values{ending}"
        write(source, rows)
        start = perf_counter()
        words = ["evaluate", ASIA, SEEN, "--table", str(source), "-o", str(target)]
        ended = subprocess.run(
            [sys.executable, "-c", ENTRY, *words], cwd=ROOT, capture_output=True, text=True,
            check=True,
        )  # fmt: skip
        taken = perf_counter() - start
        check(target, rows)
        (peak,) = (line for line in ended.stderr.splitlines() if line.startswith("VmHWM"))
        return Taken(int(peak.split()[1]) / 1024, taken, source.stat().st_size / 2**20)


def check(target: Path, rows: int) -> None:
    """As many rows as were given, and the right values in the first ones."""
    from pyarrow import csv, parquet

    from symcausal import Model

    seen, model = 0, Model.load(ASIA)
    batches = csv.open_csv(target) if target.suffix == ".csv" else parquet.ParquetFile(target)
    for batch in batches.iter_batches() if target.suffix != ".csv" else batches:
        if not seen:
            for row in batch.slice(0, CHECKED).to_pylist():
                numbers = {name: str(row[name]) for name in COLUMNS}
                exact = model.symbolic().probability(SEEN, {**model.values, **numbers})
                if abs(float(exact) - row[SEEN]) > 1e-9:
                    raise ArithmeticError(f"{row[SEEN]} is not {float(exact)}")
        seen += batch.num_rows
    if seen != rows:
        raise ArithmeticError(f"{seen} rows of {rows}")


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    for ending in sys.argv[2:] or ("csv", "parquet"):
        taken = measured(asked, f".{ending}")
        print(
            f"{asked} rows of {ending}, {taken.file_megabytes:.0f} MB: {taken.seconds:.1f} s, "
            f"at most {taken.megabytes:.0f} MB of memory"
        )
