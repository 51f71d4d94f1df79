"""``symcausal lsp`` with a client over its streams, as editors start it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.command_line import ENTRY, ROOT, run
from tests.editor.client import Editor

pytest.importorskip("pygls")

URI = "file:///nowhere/no%20tes.md"
GRAPH = "<!-- symcausal: I -> G <- D; I -> S; G -> L -->\n\n"
WRONG = "😀ä $P(S \\mid do(G)) = P(S \\mid G)$"
WIDE = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
UNIT = {"utf-8": 1, "utf-16": 2, "utf-32": 4}


@pytest.fixture
def editor() -> Iterator[Editor]:
    with Editor() as started:
        yield started


def cut(text: str, place: dict[str, Any], encoding: str, instead: str | None = None) -> str:
    """What stands at a range, or the text with something else there, done by an editor."""
    lines = [line.encode(WIDE[encoding]) for line in text.split("\n")]
    end_of_line = "\n".encode(WIDE[encoding])

    def at(position: dict[str, int]) -> int:
        before = sum(len(line) + len(end_of_line) for line in lines[: position["line"]])
        return before + UNIT[encoding] * position["character"]

    data, start, end = text.encode(WIDE[encoding]), at(place["start"]), at(place["end"])
    if instead is None:
        return data[start:end].decode(WIDE[encoding])
    return (data[:start] + instead.encode(WIDE[encoding]) + data[end:]).decode(WIDE[encoding])


@pytest.mark.parametrize(
    ("asked", "encoding"),
    [(None, "utf-16"), (["utf-8", "utf-16"], "utf-8"), (["utf-32"], "utf-32"), (["x"], "utf-16")],
)
def test_a_session(asked: list[str] | None, encoding: str) -> None:
    text = GRAPH + WRONG + "\n"
    with Editor(encodings=asked) as editor:
        assert editor.capabilities["positionEncoding"] == encoding
        assert editor.capabilities["textDocumentSync"]["change"] == 2  # incremental
        editor.open(URI, text)
        (found,) = editor.diagnostics(URI, 1)
        assert cut(text, found["range"], encoding) == "="
        assert (found["severity"], found["source"]) == (1, "symcausal")
        assert "for example at" in found["message"]
        here = {"textDocument": {"uri": URI}, "position": found["range"]["start"]}
        shown = editor.ask("textDocument/hover", here)
        assert "fails: the two sides differ" in shown["contents"]["value"]
        assert "under the model of line 1" in shown["contents"]["value"]
        asked_for = {"textDocument": {"uri": URI}, "range": found["range"]}
        actions = editor.ask(
            "textDocument/codeAction", {**asked_for, "context": {"diagnostics": [found]}}
        )
        assert actions
        for version, action in enumerate(actions, 2):
            assert action["kind"] == "quickfix"
            ((uri, (edit,)),) = action["edit"]["changes"].items()
            assert uri == URI
            mended = cut(text, edit["range"], encoding, edit["newText"])
            change = {"range": edit["range"], "text": edit["newText"]}
            undo = {"text": text}
            editor.change(URI, version, undo, change)
            assert editor.diagnostics(URI, version) == [], mended
        only = {"diagnostics": [], "only": ["refactor"]}
        assert editor.ask("textDocument/codeAction", {**asked_for, "context": only}) == []
        editor.tell("textDocument/didClose", {"textDocument": {"uri": URI}})
        assert editor.diagnostics(URI, None) == []
        assert editor.leave() == 0


def test_changes_follow_each_other(editor: Editor) -> None:
    """Only the text that stays is told about, and places are those after the changes before."""
    editor.open(URI, "x\x0c\u2028x")
    origin = {"line": 0, "character": 0}
    editor.change(URI, 2, {"range": {"start": origin, "end": origin}, "text": "a\r\n$P(A)"})
    end = {"line": 1, "character": 5}
    editor.change(
        URI,
        3,
        {"range": {"start": end, "end": end}, "text": "= P(A, B)$"},
        {"range": {"start": end, "end": end}, "text": " "},
    )
    (found,) = editor.diagnostics(URI, 3)
    assert found["range"] == {
        "start": {"line": 1, "character": 6},
        "end": {"line": 1, "character": 7},
    }


def test_two_documents(editor: Editor) -> None:
    other = "untitled:Untitled-1"
    editor.open(URI, "$P(A) = P(A, B)$")
    editor.open(other, "\\(P(A) = P(A)\\)", "latex")
    assert len(editor.diagnostics(URI, 1)) == 1
    assert editor.diagnostics(other, 1) == []


def test_a_cell_alone_is_not_judged(editor: Editor) -> None:
    """It is no notebook, and the model may stand in another cell."""
    cell = "vscode-notebook-cell:/a.ipynb#W0sZmlsZQ%3D%3D"
    editor.open(cell, "$P(A) = P(A, B)$")
    place = {"textDocument": {"uri": cell}, "position": {"line": 0, "character": 3}}
    assert editor.ask("textDocument/hover", place) is None
    editor.change(cell, 2, {"text": "$P(A) = P(B)$"})
    assert editor.leave() == 0


HOSTILE = {
    "brackets": "$P(A | " + "(" * 20_000,
    "fences": "```symcausal\n" * 3_000,
    "displays": "$$ x\n" * 5_000,
    "environments": "\\begin{align} P(A) =\n" * 2_000,
    "powers": "$P(A) = 9^{9^{9^{9^9}}}$",
    "surrogates": "$P(A) = P(\ud800)$",
    "zeros": "$P(A) = P(\0, A)$",
}


def test_a_hostile_text_ends_nothing() -> None:
    with Editor("--budget", "0.1") as editor:
        for name, text in HOSTILE.items():
            for ending in (".md", ".tex", ".ipynb"):
                uri = f"file:///{name}{ending}"
                editor.open(uri, text)
                editor.diagnostics(uri, 1)
        editor.open(URI, "$P(A) = P(A, B)$")
        assert len(editor.diagnostics(URI, 1)) == 1


def test_nonsense_ends_nothing(editor: Editor) -> None:
    """No JSON, a place before the text, a document that is not open, an unknown request."""
    editor.send(b"{nonsense")
    editor.tell("textDocument/didChange", {"textDocument": 5})
    editor.change("file:///never.md", 7, {"text": "$P(A) = P(A, B)$"})
    far = {"line": 10**6, "character": 10**6}
    editor.open(URI, "$P(A)")
    editor.change(URI, 2, {"range": {"start": far, "end": far}, "text": " = P(A, B)$"})
    assert len(editor.diagnostics(URI, 2)) == 1
    place = {"textDocument": {"uri": "file:///never.md"}, "position": far}
    assert editor.ask("textDocument/hover", place) is None
    assert editor.ask("textDocument/hover", {**place, "textDocument": {"uri": URI}}) is None
    assert editor.leave() == 0


def code_of(answer: dict[str, Any]) -> int:
    code: int = answer["error"]["code"]
    return code


def test_no_request_is_left_without_a_reply(editor: Editor) -> None:
    """Whatever its parameters are: the codes are those of JSON-RPC and of the protocol."""
    editor.open(URI, "$P(A) = P(A, B)$")
    place = {"textDocument": {"uri": URI}, "position": {"line": 0, "character": 1}}
    for params in (None, 5, [], {}, {"textDocument": 5}, {**place, "position": {"line": "x"}}):
        assert code_of(editor.answered("textDocument/hover", params)) == -32602  # invalid params
        assert code_of(editor.answered("textDocument/codeAction", params)) == -32602
    assert code_of(editor.answered("textDocument/what", place)) == -32601  # no such method
    editor.send(b"{nonsense")
    assert code_of(editor.answer_to(None)) == -32700  # no JSON
    editor.send(b'{"id": 77, "method": "textDocument/hover"}')
    assert code_of(editor.answer_to(77)) == -32600  # no message of version 2.0
    editor.send(b"[1, 2]")
    assert code_of(editor.answer_to(None)) == -32600
    assert editor.ask("textDocument/hover", place) is not None
    editor.ask("shutdown", None)
    assert code_of(editor.answered("textDocument/hover", place)) == -32600  # too late
    assert editor.end() == 0


def test_requests_come_too_early() -> None:
    with Editor(begin=False) as editor:
        place = {"textDocument": {"uri": URI}, "position": {"line": 0, "character": 1}}
        editor.open(URI, "$P(A) = P(A, B)$")
        assert code_of(editor.answered("textDocument/hover", place)) == -32002
        assert code_of(editor.answered("shutdown", None)) == -32002
        editor.begin()
        assert editor.ask("textDocument/hover", place) is None  # what came too early was not heard


def test_to_exit_without_leave_is_an_error() -> None:
    for begin in (True, False):
        with Editor(begin=begin) as editor:
            assert editor.end() == 1


def test_a_change_is_of_one_version_where_the_editor_knows_versions() -> None:
    with Editor(versions=True) as editor:
        editor.open(URI, "$P(A) = P(A, B)$")
        asked = {"textDocument": {"uri": URI}, "context": {"diagnostics": []}}
        whole = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 9}}
        editor.change(URI, 5, {"text": "\r\n😀 $P(A) = P(A, B)$"})
        here = {"start": {"line": 1, "character": 4}, "end": {"line": 1, "character": 9}}
        assert editor.ask("textDocument/codeAction", {**asked, "range": whole}) == []
        for action in editor.ask("textDocument/codeAction", {**asked, "range": here}):
            (change,) = action["edit"]["documentChanges"]
            assert change["textDocument"] == {"uri": URI, "version": 5}
            (edit,) = change["edits"]
            assert edit["range"]["start"]["line"] == 1


def test_a_model_for_notes_that_declare_none() -> None:
    with Editor("--model", "A -> B; C") as editor:
        editor.open(URI, "$P(B | A) = P(B)$ and $P(A, C) = P(A) P(C)$")
        (found,) = editor.diagnostics(URI, 1)
        assert found["code"] == "claim-fails"


def test_nothing_comes_and_nobody_waits() -> None:
    ended = run("lsp", text="")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_without_the_package_one_line_says_what_to_install() -> None:
    hidden = f"import sys; sys.modules['pygls'] = None; {ENTRY}"
    ended = subprocess.run(
        [sys.executable, "-c", hidden, "lsp"],
        capture_output=True, text=True, cwd=ROOT, stdin=subprocess.DEVNULL, check=False, timeout=120,
    )  # fmt: skip
    assert ended.returncode == 2
    (line,) = ended.stderr.splitlines()
    assert "pip install 'symcausal[lsp]'" in line
