"""``symcausal convert``, ``Model.load``, ``Model.save`` and ``Model.to_format``."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from symcausal import Model
from symcausal.cli.main import main
from symcausal.errors import LimitError, ModelError, UsageError
from symcausal.network.formats.catalogue import FORMATS
from tests.formats.test_formats import SAME

TEXT = "A: x, y; B: u, v; A -> B; P(A) = 0.25, 0.75; P(B | A=x) = 0.1, 0.9; P(B | A=y) = 0.2, 0.8"


def convert(*words: str) -> int:
    """Run the command; its exit status."""
    try:
        main(["convert", *words])
    except SystemExit as end:
        return int(end.code or 0)
    return 0


# What each format keeps of that model: all of it, numbers without names, or the arrows.
NUMBERED = "X0; X1; X0 -> X1; P(X0) = 1/4, 3/4; P(X1 | X0=0) = 0.1, 0.9; P(X1 | X0=1) = 0.2, 0.8"
KEPT = {
    "bif": TEXT, "xmlbif": TEXT, "dsc": TEXT, "xdsl": TEXT, "hugin": TEXT, "uai": NUMBERED,
    "dagitty": "A -> B", "dot": "A -> B", "gml": "A -> B",
}  # fmt: skip


@pytest.mark.parametrize(("form", "kept"), KEPT.items(), ids=KEPT)
def test_there_and_back(form, kept, tmp_path, capsys):
    ending = FORMATS[form][1][0]
    first, other, last = (str(tmp_path / n) for n in ("a.model", f"b{ending}", "c.model"))
    Path(first).write_text(TEXT)
    assert convert(first, other) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert (told.err == "") is (kept == TEXT)
    assert convert(other, last) == 0
    assert Model.load(last) == Model.load(other) == Model.parse(kept)


def test_standard_input_and_output(capsys, monkeypatch):
    class Standard:
        buffer = io.BytesIO(SAME["hugin"].encode())

    monkeypatch.setattr(sys, "stdin", Standard)
    assert convert("-", "-", "--from", "net", "--to", "xmlbif") == 0
    assert "<FOR>W</FOR>" in capsys.readouterr().out


def test_what_is_not_kept_is_told(tmp_path, capsys):
    source = tmp_path / "a.model"
    source.write_text('A "Alpha" alias Q: x, y\nP(A) = 1/3, 2/3\nnotation pearl\n')
    assert convert(str(source), str(tmp_path / "a.bif")) == 0
    told = capsys.readouterr().err
    for words in ("labels of A", "aliases of A", "2 numbers without", "the notation"):
        assert f"not kept: {words}" in told


def test_rounded_rows_are_told(tmp_path, capsys):
    source = tmp_path / "a.bif"
    source.write_text(
        "variable A { type discrete [3] { x, y, z }; } probability ( A ) { table .333 .333 .333; }"
    )
    main(["evaluate", str(source), "P(A=x)"])
    out, err = capsys.readouterr()
    assert out.startswith("1/3")
    assert "P(A) sums to 0.999" in err
    model = Model.load(source)
    assert len(model.notes) == 1
    assert list(model.rounded_rows) == ["P(A)"]


REFUSED = {
    "symbols": ("A -> B", "b.bif", "symbols", "the table of A"),
    "hidden causes": (TEXT + "; A <-> B", "b.xdsl", "hidden common causes", "A <-> B"),
    "no such ending": (TEXT, "b.zip", "no format for", ".xdsl"),
}


@pytest.mark.parametrize(("text", "target", "found", "more"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_writes_nothing(text, target, found, more, tmp_path, capsys):
    source = tmp_path / "a.model"
    source.write_text(text)
    assert convert(str(source), str(tmp_path / target)) == 2
    told = capsys.readouterr().err
    assert found in told
    assert more in told
    assert [p.name for p in tmp_path.iterdir()] == ["a.model"]


def test_usage(tmp_path, capsys):
    assert convert(str(tmp_path / "missing.bif"), "-", "--to", "bif") == 2
    assert convert(str(tmp_path / "missing.bif"), "-") == 2
    assert convert(str(tmp_path), "-", "--to", "bif") == 2
    source = tmp_path / "a.model"
    source.write_text(TEXT)
    assert convert(str(source), "-", "--to", "biff") == 2
    assert "did you mean 'bif'" in capsys.readouterr().err


def test_a_model_writes_itself(tmp_path):
    model = Model.parse(TEXT)
    made = model.save(tmp_path / "a.xdsl")
    assert made.lost == ()
    assert (tmp_path / "a.xdsl").read_text() == made.text == str(model.to_format("xdsl"))
    assert model.to_format("dagitty").lost == ("states of A, B", "the tables")
    with pytest.raises(UsageError, match="no format"):
        model.to_format("word")
    with pytest.raises(ModelError):
        Model("X -> Y").save(tmp_path / "b.bif")
    assert not (tmp_path / "b.bif").exists()


def test_a_large_table_is_a_limit(tmp_path, capsys):
    source = tmp_path / "a.bif"
    names = [f"v{i}" for i in range(41)]
    source.write_text(
        "".join(f"variable {n} {{ type discrete [2] {{ a, b }}; }}\n" for n in names)
        + f"probability ( v0 | {', '.join(names[1:])} ) {{ }}"
    )
    assert convert(str(source), "-", "--to", "model") == 4
    with pytest.raises(LimitError):
        Model.load(source)
    assert "2^41" in capsys.readouterr().err
