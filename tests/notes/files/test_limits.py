"""Hostile files end soon: time is compared with that of a file half as long, not with a clock."""

import contextlib
import subprocess
import sys
import time

import pytest

from symcausal.errors import LimitError, SymcausalError, UsageError
from symcausal.notes.files.items import Formula
from symcausal.notes.files.passages import derivations
from symcausal.notes.files.reading import MAX_TEXT, read_document, read_file
from tests.support.pace import grows_with_length, soon

KINDS = ("a.md", "a.tex", "a.txt", "a.html", "a.rst", "a.adoc", "a.typ")
HOSTILE = {
    "dollars": "$", "backslashes": "\\", "braces": "{", "displays": "\\[", "brackets": "\\(",
    "environments": "\\begin{align}", "lines of environments": "\\begin{align}\n",
    "lines of doubles": "$$ x\n\n", "mixed openings": "$$\n\\[\n\\begin{align}\n\\begin{gather}\n",
    "quotations": "> ", "lists": "- ", "quoted doubles": "> $$\n", "listed doubles": "- $$\n",
    "ticks": "`", "fences": "```\n", "comments": "<!--", "tags": "<code>", "verb": "\\verb|a\\verb!",
    "words in formulas": "$\\text{", "definitions": "\\newcommand{\\a}{", "calls": "P(", "indices": "P_{",
    "opened tags": "<a ", "elements": "<math>", "ends": "</", "references": "&lt;&amp",
    "attributes": "<p class=", "classes": "<code class=symcausa ", "alternatives": "<math alttext=\"",
    "annotations": "<math><annotation encoding=tex ",
    "orders": "% symcausal: a ->\n", "models": "% X -> Y\n", "hidden": "\\iffalse ", "blank lines": "\n",
    "directives": ".. x::\n", "displays of directives": ".. math:: a\n  ", "literal blocks": "x::\n\n ",
    "titles": "a\n=\n", "macros": "stem:[", "listings": "----\n", "attributes of blocks": "[a]\n",
    "nested comments": "/*", "strings": "#\"", "subscripts": "$_(",
    "footnotes": "[^a]: ", "definitions of terms": ": a\n\n    ", "notes": "```{note}\n",
    "bars": "|", "branches": "\\iffalse \\else ", "own environments": "\\newenvironment{a}{",
}  # fmt: skip


def in_files(cases):
    """Each case in a file of one kind, and in files of the other kinds among the slow tests."""
    return pytest.mark.parametrize(
        ("case", "name"),
        [
            pytest.param(
                case, name, marks=() if (place + kind) % len(KINDS) == 0 else pytest.mark.slow
            )
            for place, case in enumerate(cases)
            for kind, name in enumerate(KINDS)
        ],
    )


def seconds(text: str, name: str) -> float:
    start = time.process_time()
    with contextlib.suppress(SymcausalError):
        derivations(read_document(text, name))
    return time.process_time() - start


@in_files(HOSTILE)
def test_time_grows_with_the_length_only(case, name):
    unit = HOSTILE[case]
    grows_with_length(lambda count: seconds(unit * count, name), 12_000 // len(unit), 8)


# what stands first, what is repeated, what stands last
_AROUND = (
    ("", ""), ("$$P(x)$$", ""), ("$$P(x)$$", "x\n"), ("$P(x)$ ", "$P(y)$"), ("- ", "x"),
    ("% symcausal", ""), ("<!-- symcausal", ":"), ("\\def\\a", "{x}"), ("\\[", "\\]"),
)  # fmt: skip
_UNITS = " ", "\t", "\r", " \n", "\u00a0", "\\", "|", "`", "%", "&", "0", "$", "{", "\\ "
BESIDE = {
    f"{first!r} {unit!r} {last!r}": (first, unit, last)
    for first, last in _AROUND
    for unit in _UNITS
}


@in_files(BESIDE)
def test_time_grows_with_what_stands_beside_formulas_only(case, name):
    first, unit, last = BESIDE[case]
    grows_with_length(
        lambda count: seconds(first + unit * count + last, name), 12_000 // len(unit), 4
    )


@in_files(["dollars", "backslashes", "braces"])
def test_two_million_characters_are_no_trouble(case, name):
    unit = HOSTILE[case]
    with soon(5):
        seconds(unit * (2_000_000 // len(unit)), name)


def test_a_long_page_costs_little():
    page = (
        "Some words about $P(a \\mid b)$ here.\n\n$$\nP(a) = \\sum_b P(a,b)\n$$\n\n- item $x$\n\n"
    )
    assert seconds(page * (227_000 // len(page)), "a.md") < 3


@pytest.mark.parametrize("name", [*KINDS, "a.ipynb"])
def test_ten_million_characters_are_refused(name):
    text = "x" * 10_000_000
    with pytest.raises(SymcausalError):
        read_document(text, name)
    assert seconds(text, name) < 1


@pytest.mark.parametrize("text", ["$a$ " * 30_000, "\\def\\a{}" * 3_000, "\n" * 60_000])
def test_too_many_things_are_refused(text):
    with pytest.raises(LimitError):
        read_document(text, "a.md")


def test_reads_bytes(tmp_path):
    file = tmp_path / "a.md"
    file.write_bytes("\ufeff$ä$ $b$".encode())
    assert [(i.text, i.position.column) for i in read_file(str(file)).items] == [("ä", 2), ("b", 6)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_reads_what_a_byte_order_mark_says(encoding, tmp_path):
    file = tmp_path / "a.md"
    file.write_bytes("$ä$".encode(encoding))
    assert [i.text for i in read_file(str(file)).items] == ["ä"]


@pytest.mark.parametrize("raw", [b"$a$\n\xff\xfe", "$a$ b c".encode("utf-16-le"), b"\xc3"])
def test_refuses_what_is_no_utf8(raw, tmp_path):
    file = tmp_path / "a.md"
    file.write_bytes(raw)
    with pytest.raises(UsageError, match="UTF-8"):
        read_file(str(file))


@pytest.mark.parametrize("name", ["", ".", "no-such.md", "a\0b"])
def test_refuses_what_cannot_be_opened(name):
    with pytest.raises(UsageError):
        read_file(name)


def test_refuses_a_long_file_unread(tmp_path):
    file = tmp_path / "a.md"
    with file.open("wb") as stream:
        stream.truncate(40 * MAX_TEXT)
    with pytest.raises(LimitError):
        read_file(str(file))


def test_latex_does_not_pay_for_markdown():
    code = (
        "import sys; from symcausal.notes.files.reading import read_document;"
        "read_document('$a$', 'a.tex');"
        "print([n for n in ('markdown_it', 'sympy', 'networkx', 'numpy') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_file_full_of_endless_macros_ends_soon():
    text = "\\newcommand{\\a}{\\a\\a}\n" + "$\\a$ " * 5_000
    with soon(10):
        for item in read_document(text, "a.tex").items:
            if isinstance(item, Formula):
                with pytest.raises(LimitError):
                    item.expanded()
