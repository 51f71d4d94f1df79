"""Notes that fill themselves: what is written, what is left alone, and what is refused."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal import Model, check_file
from symcausal.cli.gap_answers import SHORT, answer
from symcausal.cli.main import COMMANDS, main
from symcausal.errors import ParseError, SymcausalError
from symcausal.notes.files.directives import FILLING
from symcausal.notes.files.notebook_cells import with_cells
from symcausal.sheets.fill import fill
from tests.command_line import EXAMPLES, run

STUDENT_TEXT = (EXAMPLES / "student.model").read_text(encoding="utf-8").strip()
MARKDOWN = ("<!-- symcausal: {} -->", "<!-- symcausal: end -->")
LATEX = ("% symcausal: {}", "% symcausal: end")
ASKED = [
    "derive P(L | do(G=A))",
    "derive P(I | L) --detail full --notation pearl",
    "derive P(L=strong | do(G=A)) - P(L=strong | G=A)",
    "evaluate P(L=strong)",
    "evaluate P(L | I)",
    "sensitivity P(I=high | L=strong) P(I=high)",
    "sensitivity P(I=high | L=strong) --at-least 0.9",
    "compare P(S | do(G=A)) P(S | G=A)",
    "compare P(L | do(G)) P(L | G)",
    "identify P(L | do(G))",
    "draw --do G=A",
    "draw --format dot",
    "table",
    "table G",
    'table "P(L | I)"',
    "counts",
    "counts P(L | I)",
]


def notes(asked: list[str], edges: tuple[str, str] = MARKDOWN, model: str = "A -> B") -> str:
    """Notes that state a model and ask some questions."""
    stated = edges[0].format("\n" + model if "\n" in model else model)
    if edges == LATEX:
        stated = stated.replace("\n", "\n% ")
    gaps = "\n".join(f"{edges[0].format(one)}\n{edges[1]}\n" for one in asked)
    return f"{stated}\n\n{gaps}"


def filled(text: str, path: str = "notes.md", model: Model | None = None) -> str:
    """The text of notes with their answers."""
    return fill(text.encode(), path, answer, model).data.decode()


# -- what is written ------------------------------------------------------------------------------
@pytest.mark.parametrize(("edges", "name"), [(MARKDOWN, "notes.qmd"), (LATEX, "notes.tex")])
def test_what_is_written_holds_and_stays(edges, name, tmp_path):
    text = notes(ASKED, edges, STUDENT_TEXT)
    once = filled(text, name)
    assert filled(once, name) == once
    path = tmp_path / name
    path.write_text(once, encoding="utf-8")
    report = check_file(path)
    assert not report.failed()
    assert not report.bad_input
    assert report.summary["holds"] > 30
    assert "do not know" not in "".join(report.problems)


def test_an_answer_is_what_the_command_prints():
    query = "P(L=strong | do(G=A))"
    text = filled(notes([f"derive {query} --detail full"], model=STUDENT_TEXT))
    printed = Model.parse(STUDENT_TEXT).derive(query, detail="full").to_markdown()
    assert f"-->\n\n{printed.strip()}\n\n<!--" in text


def test_each_question_is_asked_of_the_model_before_it():
    both = notes(["derive P(B)"]) + notes(["derive P(B)"], model="C -> B")
    text = filled(both)
    assert text.index(r"P[A]") < text.index("C -> B") < text.index(r"P[C]")


def test_a_named_model_may_be_used_again():
    text = "<!-- symcausal one: A -> B -->\n<!-- symcausal two: C -> B -->\n<!-- symcausal: use one -->\n"
    assert "P[A]" in filled(text + notes(["derive P(B)"]).partition("\n\n")[2])


def test_a_shared_model_is_for_notes_that_declare_none():
    asked = notes(["derive P(B)"]).partition("\n\n")[2]
    assert "P[C]" in filled(asked, model=Model("C -> B"))
    assert "P[A]" in filled(notes(["derive P(B)"]), model=Model("C -> B"))


def test_an_old_answer_gives_way():
    text = notes(["evaluate P(A=1)"], model="A; P(A) = 1/4, rest")
    stale = text.replace("evaluate P(A=1) -->\n", "evaluate P(A=1) -->\n\n$P(A=1) = 0$\n\n")
    assert filled(stale) == filled(text)
    assert r"\frac{3}{4}" in filled(text)


def test_answers_stand_in_the_container_of_their_comments():
    text = filled(
        "<!-- symcausal: A -> B -->\n\n> <!-- symcausal: draw -->\n> <!-- symcausal: end -->\n"
    )
    assert text.endswith(
        "> <!-- symcausal: draw -->\n>\n> - `A -> B`\n>\n> <!-- symcausal: end -->\n"
    )


def test_where_the_checker_is_off_it_stays_off(tmp_path):
    asked = notes(["compare P(B | A) P(B)"], model="A -> B; P(A) = 1/3, rest")
    text = filled(asked.replace("\n\n", "\n\n<!-- symcausal: off -->\n", 1) + "\n$P(B) = P(A)$\n")
    path = tmp_path / "notes.md"
    path.write_text(text, encoding="utf-8")
    assert check_file(path).claims == ()


# -- what is left alone -----------------------------------------------------------------------------
BYTES = [
    ("\n", "utf-8", b""), ("\r\n", "utf-8", b"\xef\xbb\xbf"), ("\r", "utf-8", b""),
    ("\r\n", "utf-16-le", b"\xff\xfe"), ("\n", "utf-16-be", b"\xfe\xff"),
]  # fmt: skip


@pytest.mark.parametrize(("ending", "encoding", "mark"), BYTES)
@given(before=st.text("ä \t$*<\u2028\x0b\n", max_size=20), after=st.text("ß> -\x85\n", max_size=20))
def test_all_other_bytes_stay(ending, encoding, mark, before, after):
    """Even ends of lines that are mixed, and a last line without one."""
    words = before.replace("\n", ending)
    gap = notes(["draw"]).replace("\n", ending)
    last = "\nz" + after
    data = mark + f"x{words}{ending * 2}{gap}{last}".encode(encoding)
    new = fill(data, "notes.md", answer).data
    start, _, rest = new.decode(encoding).partition(f"symcausal: draw -->{ending}")
    assert start.encode(encoding) == data[: len(start.encode(encoding))]
    written = f"{ending}- `A -> B`{ending}{ending}<!-- symcausal: end -->"
    assert rest.startswith(written)
    assert data.endswith(rest.removeprefix(written).encode(encoding))
    assert fill(new, "notes.md", answer).data == new


@pytest.mark.parametrize("indent", [None, 1, 4])
@pytest.mark.parametrize("as_list", [True, False])
def test_a_notebook_keeps_its_bytes(indent, as_list):
    text = notes(["draw"]) + "é\nlast"
    source = text.splitlines(keepends=True) if as_list else text
    cells = [
        {"cell_type": "code", "source": ["1"], "outputs": [{"x": 1.0e-3}], "n": 10**5},
        {"cell_type": "markdown", "source": source, "metadata": {"source": "no"}},
    ]
    raw = json.dumps({"cells": cells, "nbformat": 4}, indent=indent, ensure_ascii=False) + "\n"
    new = filled(raw.replace("0.001", "1.00e-3"), "notes.ipynb")
    cells[1]["source"] = filled(text).splitlines(keepends=True) if as_list else filled(text)
    expected = json.dumps({"cells": cells, "nbformat": 4}, indent=indent, ensure_ascii=False) + "\n"
    assert new == expected.replace("0.001", "1.00e-3")
    assert filled(new, "notes.ipynb") == new


ODD = r"\u00e9 \ud83d\ude00 <\/b> \u003c \t\\n"
OPENING, CLOSING = r"\u003c!-- symcausal: draw --\u003e", "<!-- symcausal: end -->"
MODEL = r"<!-- symcausal: A -\u003e B -->\n\n"
SOURCES = [
    # a source as a text, a list of lines, of halves of lines, and with something that is no line
    rf'"{ODD}\n{MODEL}{OPENING}\n@{CLOSING}\n{ODD}"',
    rf'["{ODD}\n",  "{MODEL}", "{OPENING}\n", @ "{CLOSING}\n", "{ODD}"]',
    rf'["{ODD}\n{MODEL}{OPENING}\n@{CLOSING}\n{ODD}"]',
    rf'["{ODD}\n", 7, "{MODEL}", null, "{OPENING}\n", @ "{CLOSING}\n", {{"a": "\/"}}, "{ODD}"]',
]


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("old", ["", "old\\n", "old\\n\\u00e9\\n"])
def test_outside_its_gaps_a_notebook_keeps_its_spelling(source, old):
    listed = f'"{old}",' if "@ " in source and old else old
    raw = f'{{"cells": [{{"cell_type": "markdown", "source": {source}}}], "x":1.0}}'
    new = filled(raw.replace("@", listed), "notes.ipynb")
    before, after = raw.split("@")
    assert new.startswith(before)
    assert new.endswith(after.lstrip())
    (cell,) = json.loads(new)["cells"]
    text = cell["source"]
    if isinstance(text, list):
        text = "".join(line for line in text if isinstance(line, str))
    assert "draw -->\n\n- `A -> B`\n\n<!-- symcausal: end" in text
    assert "old" not in text
    assert filled(new, "notes.ipynb") == new


def test_a_gap_may_begin_and_end_within_the_strings_of_a_notebook():
    raw = r'{"cells": [{"source": ["\u0061\nb", "c\n\/"], "x": 1}]}'
    written = with_cells(raw, {1: lambda _: [(2, 5, "x\ny\n")]})
    assert written == r'{"cells": [{"source": ["\u0061\nx\ny\n\/"], "x": 1}]}'
    assert with_cells(raw, {1: lambda _: []}) == raw


def test_code_that_shows_how_to_ask_is_no_question():
    text = "```html\n" + notes(["draw"]) + "```\n"
    assert filled(text) == text


@pytest.mark.parametrize("name", ["notes.md", "notes.tex"])
def test_a_file_may_end_with_its_last_comment(name):
    edges = LATEX if name == "notes.tex" else MARKDOWN
    data = notes(["derive P(B)"], edges).rstrip("\n").replace("\n", "\r\n").encode()
    new = fill(data, name, answer).data
    assert new.endswith(edges[1].encode())
    assert new.count(b"\n") == new.count(b"\r\n") > data.count(b"\n")
    assert fill(new, name, answer).data == new


# -- what is refused --------------------------------------------------------------------------------
REFUSED = [
    (notes(["derive P(C)"]), "3:26", "'C'"),
    (notes(["derive P(B | do(A)"]), "3:25", "')'"),
    (notes(["derive P(B) --detail fine"]), "3:17", "fine"),
    (notes(["compare P(B)"]), "3:17", "RIGHT"),
    (notes(["table A B C"]), "3:27", "'C'"),
    (notes(["draw -o x.svg"]), "3:22", "no option that names a file"),
    (notes(["evaluate P(B) --table=x.csv"]), "3:31", "no option that names a file"),
    (notes(["derive --help"]), "3:24", "a question"),
    (notes(["draw -h"]), "3:22", "a question"),
    (notes(['derive "P(B)']), "3:24", "quotes"),
    (notes(["draw"]).rpartition("<!--")[0], "3:17", "not closed"),
    (notes(["draw"]) + "\n<!-- symcausal: end -->", "6:17", "without a beginning"),
    (notes(["draw"]).replace("<!-- symcausal: end -->", "<!-- symcausal: draw -->"), "3:17", "closed"),
    (notes(["draw"]).partition("\n\n")[2], "1:17", "before any model"),
    ("A -> B: <!-- symcausal: derive P(B) -->\n", "1:25", "not alone in its line"),
    (notes(["draw"]) + "so <!-- symcausal: end -->\n", "5:20", "not alone in its line"),
    ("<!-- symcausal: derive P(B)\n--detail full -->\n", "1:17", "not alone in its line"),
    ("<!-- symcausal: use it -->\n" + notes(["draw"]), "1:17", "'it'"),
    (notes(["derive P(A)"], model="A -> B -> A"), "1:", "circle"),
    (notes(["derive P(B | do(A))"], model="A -> B; A <-> B"), "3:17", "not identifiable"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "words"), REFUSED)
def test_a_fault_has_its_place(text, place, words):
    with pytest.raises(SymcausalError) as refused:
        filled(text)
    message = str(refused.value)
    assert message.startswith(f"notes.md:{place}"), message
    assert words in message
    assert "  | " in message
    assert "^" in message


def test_a_cell_of_a_notebook_is_closed_by_itself():
    sources = ["<!-- symcausal: A -> B -->\n\n<!-- symcausal: draw -->", "<!-- symcausal: end -->"]
    cells = [{"cell_type": "markdown", "source": source} for source in sources]
    with pytest.raises(ParseError, match="not closed"):
        filled(json.dumps({"cells": cells}), "notes.ipynb")


def test_other_kinds_of_files_are_refused():
    for name in ("notes.txt", "page.html"):
        with pytest.raises(SymcausalError, match="neither Markdown"):
            filled(notes(["draw"]), name)


# -- the command --------------------------------------------------------------------------------
def ended(*words: str) -> int:
    """The exit status of a command."""
    try:
        main(words)
    except SystemExit as end:
        return int(end.code or 0)
    return 0


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "a.md").write_text(notes(["draw"]), encoding="utf-8")
    (tmp_path / "b.md").write_text(notes(["draw", "derive P(Z)"]), encoding="utf-8")
    return tmp_path / "a.md", tmp_path / "b.md"


def test_check_writes_nothing_and_says_what_is_stale(two, capsys):
    path = two[0]
    before = path.read_bytes()
    assert ended("fill", "--check", str(path)) == 1
    assert capsys.readouterr().out == f"{path}:3:17: stale: draw\n"
    assert path.read_bytes() == before
    assert ended("fill", str(path)) == 0
    assert ended("fill", "--check", str(path)) == 0
    assert path.read_bytes() != before


def test_all_files_are_written_or_none(two, capsys):
    before = [path.read_bytes() for path in two]
    assert ended("fill", *map(str, two)) == 2
    assert "'Z'" in capsys.readouterr().err
    assert [path.read_bytes() for path in two] == before


def test_no_file_is_written_if_one_may_not_be(two, capsys, monkeypatch):
    two[1].write_text(notes(["draw"]), encoding="utf-8")
    before = [path.read_bytes() for path in two]
    with monkeypatch.context() as patched:  # for the superuser, who may write anything
        patched.setattr(os, "access", lambda path, _mode: Path(path) != two[1])
        assert ended("fill", *map(str, two)) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert f"cannot write {two[1]}" in told.err
    assert [path.read_bytes() for path in two] == before
    assert {*two[0].parent.iterdir()} == {*two}
    assert ended("fill", *map(str, two)) == 0
    assert all("A -> B`" in path.read_text(encoding="utf-8") for path in two)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_is_refused(two, capsys):
    before = two[0].read_bytes()
    os.mkfifo(two[0].parent / "pipe.md")
    assert ended("fill", str(two[0]), str(two[0].parent / "pipe.md")) == 2
    assert "pipe.md is no file" in capsys.readouterr().err
    assert two[0].read_bytes() == before


def test_a_file_that_is_up_to_date_is_not_written(two):
    path = two[0]
    assert ended("fill", str(path)) == 0
    path.chmod(0o444)
    stamp = path.stat().st_mtime_ns
    assert ended("fill", str(path)) == 0
    assert path.stat().st_mtime_ns == stamp


def test_every_command_that_fills_is_a_command():
    assert {SHORT.get(word, (word,))[0] for word in FILLING} <= set(COMMANDS)
    assert set(SHORT) <= set(FILLING)


@pytest.mark.parametrize(
    ("name", "opening"), [("notes.md", "<!-- symcausal: {} -->"), ("notes.tex", "% symcausal: {}")]
)
def test_numbers_are_filled_in_and_hold(tmp_path, name, opening):
    asked = ["numbers P(I=high | L=weak)", "numbers P(I | L=weak) --normalise --digits 4"]
    lines = [line for one in asked for line in (opening.format(one), opening.format("end"))]
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    model = EXAMPLES / "student.model"
    assert ended("fill", "--model", str(model), str(path)) == 0
    written = path.read_text(encoding="utf-8")
    assert r"\langle 0.86, 0.14\rangle" in written  # 0.42798 and 0.069684 of 0.497664
    assert ended("fill", "--check", "--model", str(model), str(path)) == 0
    counts = Model.load(model).check_file(path).summary
    assert (counts["fails"], counts["unreadable"], counts["undecided"]) == (0, 0, 0)
    assert counts["holds"] > 10


def test_a_process_of_its_own(two):
    found: subprocess.CompletedProcess[str] = run(
        "fill", "--model", str(EXAMPLES / "student.model"), str(two[0])
    )
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout == f"{two[0]}: 1 answer, 1 written\n"


def test_a_question_that_no_command_answers_yet_says_so() -> None:
    with pytest.raises(SymcausalError, match="no command answers yet") as refused:
        filled(notes(["bounds P(Y | do(X))"], model="X -> Y; X <-> Y"))
    assert refused.value.span is not None
