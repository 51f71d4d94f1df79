"""What files are, by their endings, their first words and their bytes; and dialects of formats."""

from __future__ import annotations

import codecs
import os
import subprocess
import sys
import threading
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest

from symcausal import Model
from symcausal.cli.main import main
from symcausal.errors import ModelError, ParseError, SymcausalError, UsageError
from symcausal.network.formats.catalogue import FORMATS

BIF = """\
network unknown { }
variable A { type discrete [ 2 ] { "no", "yes" }; }
variable B { type discrete [ 3 ] { x, y, z }; }
probability ( A ) { table 0.25, 0.75; }
probability ( B | A ) { (no) 0.5, 0.25, 0.25; (yes) 0.125, 0.375, 0.5; }
"""
HUGIN = """\
net { }
node A { states = ("na\xefve" "no"); }
potential ( A ) { data = (0.5 0.5); }
"""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    path = tmp_path_factory.mktemp("net") / "a.bif"
    path.write_text(BIF)
    return Model.load(path)


def told(arguments: list[str]) -> int:
    with pytest.raises(SystemExit) as raised:
        main(arguments)
    return int(raised.value.code or 0)


# -- bytes ----------------------------------------------------------------------------------------------
MARKED = {
    "UTF-8": codecs.BOM_UTF8 + BIF.encode(),
    "UTF-16 LE": codecs.BOM_UTF16_LE + BIF.encode("utf-16-le"),
    "UTF-16 BE": codecs.BOM_UTF16_BE + BIF.encode("utf-16-be"),
    "UTF-32 LE": codecs.BOM_UTF32_LE + BIF.encode("utf-32-le"),
    "UTF-32 BE": codecs.BOM_UTF32_BE + BIF.encode("utf-32-be"),
    "line ends": BIF.replace("\n", "\r\n").encode(),
}


@pytest.mark.parametrize("data", MARKED.values(), ids=MARKED)
def test_a_mark_declares_an_encoding(data, model, tmp_path):
    path = tmp_path / "a.bif"
    path.write_bytes(data)
    assert Model.load(path) == model
    own = tmp_path / "a.model"
    if data.startswith(codecs.BOM_UTF16_LE):
        own.write_bytes(codecs.BOM_UTF16_LE + model.to_text().encode("utf-16-le"))
        assert Model.load(own) == model


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("name", ["a.bif", "a.model"])
def test_an_encoding_that_nothing_declares_is_named(encoding, name, tmp_path):
    path = tmp_path / name
    path.write_bytes(BIF.encode(encoding))
    with pytest.raises(UsageError, match=f"looks like {encoding[:6].upper()}") as raised:
        Model.load(path)
    assert f"iconv -f {encoding[:6].upper()}{encoding[-2:].upper()}" in raised.value.hint


def test_latin_1_is_guessed_with_a_note_or_named(tmp_path):
    foreign, own = tmp_path / "a.net", tmp_path / "a.model"
    foreign.write_bytes(HUGIN.encode("latin-1"))
    found = Model.load(foreign)
    assert found.variables["A"] == ("na\xefve", "no")
    assert "line 2" in found.notes[0]
    assert "Windows-1252" in found.notes[0]
    own.write_bytes("A: na\xefve, no".encode("latin-1"))
    with pytest.raises(UsageError, match=r"byte 0xef in line 1.*expected UTF-8") as raised:
        Model.load(own)
    assert "WINDOWS-1252" in raised.value.hint


XML = '<?xml version="1.0" encoding="{}"?><BIF><NETWORK><VARIABLE><NAME>\xc4</NAME>' \
    "<OUTCOME>0</OUTCOME><OUTCOME>1</OUTCOME></VARIABLE></NETWORK></BIF>"  # fmt: skip


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        ("UTF-8", "utf-8"), ("ISO-8859-1", "latin-1"), ("UTF-16", "utf-16"), ("UTF-16", "utf-16-le"),
        ("koi8-r", None), ("base64", None), ("nonsense", None), ("UTF-8", "latin-1"),
    ],
)  # fmt: skip
def test_xml_declares_its_encoding(declared, written, tmp_path):
    path = tmp_path / "a.xml"
    text = XML.format(declared)
    path.write_bytes(text.encode(written or "utf-8"))
    if declared == "koi8-r":
        assert list(Model.load(path).variables) == ["\xc4".encode().decode("koi8-r")]
    elif written and not (declared == "UTF-8" and written == "latin-1"):
        assert list(Model.load(path).variables) == ["\xc4"]
    else:
        with pytest.raises(UsageError):
            Model.load(path)


def test_bytes_that_are_no_text(tmp_path):
    path = tmp_path / "a.bif"
    path.write_bytes(bytes(range(256)) * 8)
    with pytest.raises(UsageError, match="is no text"):
        Model.load(path)


# -- endings --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("ending", "said"),
    [
        (".dsl", "GeNIe"), (".dne", "Netica"), (".neta", "Netica"), (".oobn", "Hugin"),
        (".mat", "MATLAB"),
        (".pkl", "Model.from_pgmpy"), (".json", "Model.from_pgmpy"), (".csv", "Model.fit"),
        (".bif.gz", "unpack"), (".rds", "write.bif"), (".md", "symcausal check"), (".XBN", "MSBN"),
    ],
)  # fmt: skip
def test_endings_that_nothing_reads_are_said_so(ending, said, tmp_path, capsys):
    path = tmp_path / f"a{ending}"
    path.write_bytes(b"\x89\0 anything")
    with pytest.raises(UsageError, match="which is not read") as raised:
        Model.load(path)
    assert said in str(raised.value)
    for arguments in (["draw", str(path)], ["convert", str(path), "-", "--to", "bif"]):
        assert told(arguments) == 2
        assert said in capsys.readouterr().err


BEGINNINGS = {
    "GeNIe": "net Unnamed\n{ node X { TYPE = CPT; }; };",
    "Netica": "// ~->[DNET-1]->~\nbnet a { node X { }; };",
    "Elvira": '// Bayesian Network\nbnet  "" { }',
    "MSBN": '<?xml version="1.0"?>\n<ANALYSISNOTEBOOK>',
}


@pytest.mark.parametrize(("program", "text"), BEGINNINGS.items())
def test_formats_that_nothing_reads_are_known_by_their_first_words(program, text, tmp_path):
    path = tmp_path / "network"
    path.write_text(text)
    with pytest.raises(UsageError, match=program):
        Model.load(path)


@pytest.mark.parametrize("form", FORMATS)
def test_files_without_an_ending_are_what_they_begin_as(form, model, tmp_path):
    path = tmp_path / "network"
    path.write_text(model.to_format(form).text)
    again = Model.load(path)
    assert again.notes[0] == f"read as {form}, as it begins"
    assert len(again.variables) == 2
    assert Model.load(BytesIO(path.read_bytes())) == again


@pytest.mark.parametrize(
    "text",
    [
        "network -> variable", "net: 2; node: 2; net -> node", "graph: a, b", "BAYES -> MARKOV",
        "dag -> belief", "// network a {\nX -> Y", "digraph -> strict",
    ],
)  # fmt: skip
def test_our_own_texts_are_taken_for_nothing_else(text, tmp_path):
    path = tmp_path / "network"
    path.write_text(text)
    if text.startswith("//"):
        with pytest.raises(SymcausalError):
            Model.load(path)
        return
    assert Model.load(path) == Model.parse(text)
    assert Model.load(path).notes == ()


# -- pipes ----------------------------------------------------------------------------------------------
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("name", ["pipe", "pipe.bif"])
def test_named_pipes_are_files(name, model, tmp_path):
    path = tmp_path / name
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_text, args=(BIF,))
    writer.start()
    assert Model.load(path) == model
    writer.join()


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="no files for open descriptors here")
def test_what_a_shell_makes_of_a_command_is_a_file(tmp_path):
    path = tmp_path / "a.bif"
    path.write_text(BIF)
    read, write = os.pipe()
    os.write(write, BIF.encode())
    os.close(write)
    done = subprocess.run(
        [sys.executable, "-m", "symcausal", "evaluate", f"/dev/fd/{read}", "P(A=yes)"],
        pass_fds=[read], capture_output=True, text=True, check=False,
    )  # fmt: skip
    os.close(read)
    assert done.stdout == "3/4 = 0.75\n"
    assert "read as bif" in done.stderr


# -- dialects -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        "{\n" + BIF + "}\n",
        "// a comment\n{" + BIF + "};",
        BIF.replace("network unknown { }", "network unknown {") + "}",
        BIF.replace("network unknown { }", "network unknown { property author me;") + "}",
        BIF.replace("network unknown { }", "network unknown { } {") + "property end; }",
    ],
)
def test_a_brace_may_stand_around_a_whole_bif_file(text, model, tmp_path):
    path = tmp_path / "a.bif"
    path.write_text(text)
    assert Model.load(path) == model


@pytest.mark.parametrize("text", ["{" + BIF, BIF + "}", "{" + BIF + "} }", "{ {" + BIF + "} }"])
def test_braces_have_to_match(text, tmp_path):
    path = tmp_path / "a.bif"
    path.write_text(text)
    with pytest.raises(SymcausalError):
        Model.load(path)


DSC = """\
belief network "example"  // as bnlearn and MSBN write it
node A {
  name : "Rain";
  type : discrete [ 2 ] = { "no", "yes" };
  position : (132, 48);
  version : 1.0;
}
node B { type : discrete[3] = { "x", "y", "z" }; }
probability ( A ) { 0.25, 0.75; }
probability ( B | A ) {
  (1) : 0.125, 0.375, 0.5;
  default : 0.5, 0.25, 0.25;
}
"""


def test_dsc(model, tmp_path):
    path = tmp_path / "a.dsc"
    path.write_text(DSC)
    found = Model.load(path)
    assert found.network.variable("A").label == "Rain"
    assert found.network.tables == model.network.tables
    assert found.notes == ("passed over: 1 property",)


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("(1) :", "(2) :", "no state '2'"),
        ("0.375, 0.5", "0.375", "has 2 numbers"),
        ("discrete [ 2 ]", "continuous", "type : discrete"),
        ("[ 2 ]", "[ 3 ]", "2 states of A"),
        ("( B | A )", "( B | C )", "no variable 'C'"),
        ("0.25, 0.75;", "0.25, 0.7;", "a sum of 0.95 in the row P(A)"),
        ("(1) : 0.125, 0.375, 0.5;", "function = max(A);", "a row"),
    ],
)
def test_faults_of_dsc_have_their_place(wrong, right, said, tmp_path):
    path = tmp_path / "a.dsc"
    path.write_text(DSC.replace(wrong, right))
    with pytest.raises(SymcausalError) as raised:
        Model.load(path)
    assert said in str(raised.value)
    assert f"{path}:" in str(raised.value)


def test_a_uai_table_whose_variable_is_not_the_last(tmp_path):
    path = tmp_path / "a.uai"
    path.write_text("BAYES\n2\n2 2\n2\n1 0\n2 1 0\n\n2 0.5 0.5\n4 0.1 0.9 0.2 0.8\n")
    with pytest.raises(ModelError) as raised:
        Model.load(path)
    said = str(raised.value)
    for words in (":6:1:", "table of X1, X0", "second one whose last variable is X0", "pyAgrum"):
        assert words in said


def test_a_blank_before_the_declaration_of_xml(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text("\n    " + XML.format("UTF-8"), encoding="utf-8")
    assert list(Model.load(path).variables) == ["\xc4"]
    path.write_text("\n  " + XML.format("UTF-8").replace("</BIF>", "</BI>"), encoding="utf-8")
    with pytest.raises(ParseError, match=r"a\.xml:2:"):
        Model.load(path)


def test_strings_of_netica_go_on_over_lines(tmp_path):
    path = tmp_path / "a.net"
    path.write_text(
        'net { tree = "(A,\n B)"; }\nnode A { label = "Tuberculosis\n   or Cancer"; '
        'states = ("no\n one" "yes"); }\npotential ( A ) { data = (0.25 0.75); }\n'
    )
    found = Model.load(path)
    assert found.network.variable("A").label == "Tuberculosis or Cancer"
    assert found.variables == {"A": ("no one", "yes")}
    assert found.probability("P(A=yes)") == Fraction(3, 4)


def test_decisions_are_said_to_be_no_variables(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text(
        '<BIF><NETWORK><VARIABLE TYPE="utility"><NAME>U</NAME><OUTCOME>0</OUTCOME></VARIABLE>'
        "<DEFINITION><FOR>U</FOR><TABLE>-20</TABLE></DEFINITION></NETWORK></BIF>"
    )
    with pytest.raises(ModelError, match="a utility node") as raised:
        Model.load(path)
    assert "influence diagram" in raised.value.hint
    assert len(raised.value.problems) == 1


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        ("digraph { edge [dir=back]; A -> B }", {("B", "A")}),
        (
            "digraph { A [label=<a <b>c &gt; d</b>>, shape=box]; A -> B [xlabel=<<i/>>] }",
            {("A", "B")},
        ),
        ("digraph { A -> B; edge [dir=back]; C -> D }", {("A", "B"), ("D", "C")}),
        ("digraph { subgraph { edge [dir=back]; A -> B } C -> D }", {("B", "A"), ("C", "D")}),
        ("digraph { edge [dir=back]; A -> B [dir=forward] }", {("A", "B")}),
    ],
)
def test_what_dot_says_of_all_edges_holds_to_the_end_of_its_braces(text, edges, tmp_path) -> None:
    path = tmp_path / "graph.dot"
    path.write_text(text, encoding="utf-8")
    assert set(Model.load(str(path)).graph.edges) == edges
