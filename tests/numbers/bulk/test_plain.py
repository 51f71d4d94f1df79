"""Sets of parameters without pyarrow, and out of data frames: the same bytes either way."""

from __future__ import annotations

import csv
import random
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from symcausal import Model
from symcausal.errors import ParameterRangeError, UsageError
from symcausal.numbers.bulk import evaluate
from tests.command_line import ROOT
from tests.numbers.bulk.test_rows import OPEN, QUERY, write

MODEL = Model.parse(OPEN)
NAMES = ["name", "q", "r", "note"]


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if pyarrow were not installed."""
    monkeypatch.setattr(evaluate, "has_pyarrow", lambda: False)


def rows_of(seed: int) -> list[list[object]]:
    """Rows with numbers as people write them, and text that needs care; some have an impossible B=0."""
    rng = random.Random(seed)
    texts = ["", "plain", "a,b", 'say "so"', "ä Θ", "two\nlines", "0.50"]
    numbers = [lambda: rng.random(), lambda: rng.randint(0, 1), lambda: f"0.{rng.randint(0, 99)}0",
               lambda: "1e-3"]  # fmt: skip
    return [
        [rng.choice(texts), rng.choice(numbers)(), rng.choice(numbers)(), f"n{i}"]
        for i in range(40)
    ]


def both_ways(
    source: object, query: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[bytes, bytes]:
    """What is written with pyarrow, and without; the same is counted."""
    counted, written = [], []
    for arrow in (True, False):
        monkeypatch.setattr(evaluate, "has_pyarrow", lambda arrow=arrow: arrow)
        target = folder / f"{arrow}.csv"
        counted.append(MODEL.evaluate_rows(query, source, target))
        written.append(target.read_bytes())
    assert counted[0] == counted[1]
    return written[0], written[1]


@pytest.mark.parametrize("query", [QUERY, "P(B)", "P(A | B)", "E[A | B=1]"])
@pytest.mark.parametrize("seed", range(3))
def test_the_same_bytes_as_with_pyarrow(
    query: str, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow")
    source = tmp_path / "in.csv"
    write(source, NAMES, rows_of(seed))
    with_it, without_it = (
        list(csv.reader(text.decode().splitlines(keepends=True)))
        for text in both_ways(source, query, tmp_path, monkeypatch)
    )
    assert len(with_it) == 41
    for ours, theirs in zip(without_it, with_it, strict=True):
        assert ours[:4] == theirs[:4]
        for one, other in zip(ours[4:], theirs[4:], strict=True):
            assert one == other or float(one) == pytest.approx(float(other), rel=1e-12)


def test_cells_are_quoted_as_pyarrow_quotes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Byte for byte, where the values are the same in every order of adding."""
    pytest.importorskip("pyarrow")
    source = tmp_path / "in.csv"
    write(source, NAMES, [[name, "0.5", "0.25", ""] for name in ("a", "", 'b "c", d', "ä")])
    with_it, without_it = both_ways(source, "P(B=0)", tmp_path, monkeypatch)
    assert with_it == without_it


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
    ],
)
@pytest.mark.usefixtures("without")
def test_bad_files_are_refused_and_leave_nothing(
    names: list[str], rows: list[list[str]], words: str, tmp_path: Path
) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    write(source, names, rows)
    with pytest.raises((UsageError, ParameterRangeError), match=words):
        MODEL.evaluate_rows(QUERY, source, target)
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


@pytest.mark.usefixtures("without")
@pytest.mark.parametrize("ending", [("in.parquet", "out.csv"), ("in.csv", "out.parquet")])
def test_parquet_says_what_it_needs(
    ending: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match="Parquet needs pyarrow"):
        MODEL.evaluate_rows(QUERY, tmp_path / ending[0], tmp_path / ending[1])


NOTHING_BUT_US = """
import sys
sys.modules.update(dict.fromkeys(["numpy", "pyarrow", "polars", "pandas", "sympy", "networkx"]))
from symcausal.cli.main import main
main(["evaluate", sys.argv[1], "P(B=0)", "--table", sys.argv[2]])
"""


def test_a_csv_file_needs_nothing_besides(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    write(source, ["id", "q", "r"], [["a", "0.5", "0.25"]])
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", NOTHING_BUT_US, OPEN, str(source)],
        capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    assert ended.stdout == '"id","q","r","P(B=0)"\n"a",0.5,0.25,0.125\n'


# -- frames ---------------------------------------------------------------------------------------
COLUMNS = {"q": [0.5, 0.25], "r": [0.25, 1.0], "id": ["a", "b"]}
EXPECTED = b'"q","r","id","P(B=0)"\n0.5,0.25,"a",0.125\n0.25,1,"b",0.25\n'  # q r


class Columned:
    """What every frame has, whatever library it is of."""

    columns = tuple(COLUMNS)

    def __getitem__(self, name: str) -> list[object]:
        return COLUMNS[name]


def frames() -> Mapping[str, object]:
    found: dict[str, object] = {"columns by name": COLUMNS, "a frame": Columned()}
    records = [dict(zip(COLUMNS, row, strict=True)) for row in zip(*COLUMNS.values(), strict=True)]
    return found | {"records": records}


@pytest.mark.parametrize("frame", frames().values(), ids=frames())
def test_a_frame_is_read_as_a_file_is(
    frame: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow")
    assert both_ways(frame, "P(B=0)", tmp_path, monkeypatch) == (EXPECTED, EXPECTED)


@pytest.mark.parametrize(
    ("library", "make"), [("polars", "DataFrame"), ("pandas", "DataFrame"), ("pyarrow", "table")]
)
def test_frames_of_libraries(
    library: str, make: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow")
    frame = getattr(pytest.importorskip(library), make)(COLUMNS)
    assert both_ways(frame, "P(B=0)", tmp_path, monkeypatch) == (EXPECTED, EXPECTED)
    compiled = MODEL.compile("P(B=0)")({"q": frame["q"], "r": frame["r"]})
    assert compiled.tolist() == [0.125, 0.25]


def test_a_frame_of_different_lengths_is_refused() -> None:
    with pytest.raises(UsageError, match="different lengths: q 1, r 2"):
        MODEL.evaluate_rows(QUERY, {"q": [0.5], "r": [0.5, 0.5]})
