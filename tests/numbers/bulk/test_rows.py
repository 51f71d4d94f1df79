"""Files of parameter sets: each row has the value that the model with these numbers has."""

from __future__ import annotations

import csv
import random
import subprocess
import sys
from fractions import Fraction

import pytest

from symcausal import Model
from symcausal.errors import MissingParameterError, ParameterRangeError, UsageError
from tests.command_line import EXAMPLES, ROOT, run

pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

STUDENT = EXAMPLES / "student.model"
OPEN = (
    "A: 2; B: 2; A -> B; parameters q, r; P(A) = q, rest; P(B | A=0) = r, rest; P(B | A=1) = 0, 1"
)
QUERY = "P(A=0 | B=0)"


def write(path, names, rows):
    with open(path, "w", newline="") as file:
        csv.writer(file).writerows([names, *rows])


def read(path):
    with open(path, newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_every_row_has_the_exact_value(tmp_path, ending):
    rng = random.Random(4)
    rows = [(f"r{i}", rng.randint(0, 64) / 64, rng.randint(1, 64) / 64) for i in range(300)]
    source, target = tmp_path / f"in.{ending}", tmp_path / f"out.{ending}"
    if ending == "csv":
        write(source, ["name", "q", "r"], rows)
    else:
        columns = dict(zip(("name", "q", "r"), map(list, zip(*rows, strict=True)), strict=True))
        parquet.write_table(pyarrow.table(columns), source)
    written = Model.parse(OPEN).evaluate_rows("P(A=0 | B=1)", source, target)
    assert (written.rows, written.carried) == (300, ("name",))
    if ending == "csv":
        header, *found = read(target)
        assert header == ["name", "q", "r", "P(A=0 | B=1)"]
    else:
        found = [list(row.values()) for row in parquet.read_table(target).to_pylist()]
    undefined = 0
    for (name, q, r), line in zip(rows, found, strict=True):
        q, r = Fraction(q), Fraction(r)
        top, bottom = q * (1 - r), q * (1 - r) + (1 - q)
        assert line[0] == name
        if bottom:
            assert float(line[3]) == pytest.approx(float(top / bottom), rel=1e-12)
        else:
            undefined += 1
            assert line[3] in ("", None)
    assert written.undefined == undefined


def test_a_column_may_replace_numbers_of_the_model(tmp_path):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    write(source, ["theta_S_low_I_high"], [["0.5"], ["0.125"]])
    model = Model.load(STUDENT)
    model.evaluate_rows("P(I | S=high)", source, target)
    header, *rows = read(target)
    assert header[1:] == ["P(I | S=high) at I=low", "P(I | S=high) at I=high"]
    for row in rows:
        changed = model.symbolic("P(S | I=high)")
        exact = changed.probability("P(I=high | S=high)", {"theta_S_low_I_high": row[0]})
        assert float(row[2]) == pytest.approx(float(exact))
        assert float(row[1]) + float(row[2]) == pytest.approx(1)


def test_numbers_may_come_from_beside_the_file(tmp_path):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    write(source, ["q"], [["0.5"]])
    model = Model.parse(OPEN)
    with pytest.raises(MissingParameterError, match="r"):
        model.evaluate_rows(QUERY, source, target)
    assert not target.exists()
    model.evaluate_rows("P(B=0)", source, target, values={"r": "1/4"})
    assert read(target)[1] == ["0.5", "0.125"]


@pytest.mark.parametrize(
    ("names", "rows", "words"),
    [
        (["q", "r"], [["0.5", "0.5"], ["7", "0.5"]], "row 2 of .*P\\(A\\) has the entry 7"),
        (["q", "r"], [["0.5", "0.5"], ["x", "0.5"]], "'x' in row 2 .*a number for q"),
        (["q", "r"], [["0.5", "0.5"], ["0.5"]], "row 2 .*has 1 cells"),
        (["q", "r"], [["", "0.5"]], "row 1 of .* has no number for q"),
        (["q", "r"], [["nan", "0.5"]], "row 1 of"),
        (["q", "q"], [["0.5", "0.5"]], "two columns 'q'"),
        (["Q", "name"], [["0.5", "0.5"]], "(?s)'Q' .*is no parameter.*did you mean 'q'"),
        (["q", "r", QUERY], [["0.5", "0.5", "1"]], "has a column .* already"),
        (["q", "r", "theta_A"], [["0.5", "0.5", "1"]], "'theta_A' .*is no parameter"),
    ],
)
def test_bad_files_are_refused_and_leave_nothing(tmp_path, names, rows, words):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    write(source, names, rows)
    with pytest.raises((UsageError, ParameterRangeError), match=words):
        Model.parse(OPEN).evaluate_rows(QUERY, source, target)
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_an_empty_file_has_no_columns(tmp_path):
    source = tmp_path / "in.csv"
    source.write_text("")
    with pytest.raises(UsageError):
        Model.parse("A").evaluate_rows("P(A=0)", source, tmp_path / "out.csv")


def test_the_command_line_writes_rows(tmp_path):
    source = tmp_path / "in.csv"
    write(source, ["id", "q", "r"], [["a", "0.5", "0.5"], ["b", "0", "0.5"]])
    ended = run("evaluate", OPEN, QUERY, "--table", str(source))
    assert ended.returncode == 0
    assert [line.split(",")[-1] for line in ended.stdout.splitlines()[1:]] == ["1", ""]
    assert "2 rows evaluated; 1 not defined" in ended.stderr
    assert "written as they came: id" in ended.stderr
    assert run("evaluate", OPEN, QUERY, "--table", "nowhere.csv").returncode == 2


LARGE = """
import resource, sys
from symcausal import Model
model = Model.load(sys.argv[1])
model.evaluate_rows("P(I=high | L=strong)", sys.argv[2], sys.argv[3])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.slow
def test_memory_does_not_grow_with_the_file(tmp_path):
    """A file of 2 million rows takes little more than one of 200,000."""
    peaks = []
    for count in (200_000, 2_000_000):
        source = tmp_path / f"{count}.csv"
        with open(source, "w") as file:
            file.write("theta_S_low_I_high,theta_I_low\n")
            for i in range(count):
                file.write(f"0.{i % 1000:03},0.{i % 977:03}\n")
        ended = subprocess.run(
            [sys.executable, "-c", LARGE, str(STUDENT), str(source), str(tmp_path / "out.csv")],
            capture_output=True, text=True, cwd=ROOT, check=True,
        )  # fmt: skip
        peaks.append(int(ended.stdout) // (1024 if sys.platform == "linux" else 1024**2))
    assert peaks[1] < peaks[0] + 100
