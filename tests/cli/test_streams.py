"""Streams that are closed, full, or cannot say what is written: words and status 2, whatever it was."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

from tests.command_line import ENTRY, ERRORS, OUTPUT, ROOT, Waiting, run

BAD_INPUT = 2
MODEL = (
    "Ä: ja, nein; B: a, b; Ä -> B; P(Ä) = 1/2, rest; P(B | Ä=ja) = 1, 0; P(B | Ä=nein) = 1/3, rest"
)
# Every command, with an answer that is not ASCII; the notes have a claim that fails.
COMMANDS = {
    "derive": ["derive", MODEL, "P(B)"],
    "evaluate": ["evaluate", MODEL, "P(Ä)"],
    "evaluate-rows": ["evaluate", "A; parameters q; P(A) = q, rest", "P(A=0)", "--table", "rows.csv"],
    "sensitivity": ["sensitivity", MODEL, "P(Ä=ja | B=a)", "P(Ä=ja)"],
    "compare": ["compare", MODEL, "P(B | do(Ä=ja))", "P(B)"],
    "identify": ["identify", MODEL, "P(B | do(Ä))"],
    "bounds": ["bounds", "Ä -> B; Ä <-> B", "P(B=1 | do(Ä=1))"],
    "draw": ["draw", MODEL, "--format", "dot"],
    "table": ["table", MODEL],
    "counts": ["counts", MODEL],
    "independent": ["independent", MODEL, "Ä _||_ B"],
    "adjust": ["adjust", "Ä -> B; Ä -> C; C -> B", "C", "B"],
    "convert": ["convert", "in.model", "-", "--to", "model"],
    "report": ["report", MODEL, "P(B)"],
    "exercise": ["exercise", "Ä -> B -> C"],
    "grade": ["grade", "sheet.md", "ä.md"],
    "fill": ["fill", "--check", "gaps.md"],
    "check": ["check", "notes.md"],
    "check-json": ["check", "notes.md", "--format", "json"],
    "model": ["model", "ä.tex"],
    "completion": ["completion", "fish"],
    "lsp": ["lsp", "--help"],  # a server writes to nobody who has not asked
    "help": ["--help"],
    "help-of-check": ["check", "--help"],
    "version": ["--version"],
}  # fmt: skip
ASCII_ONLY = ("completion", "evaluate-rows", "help", "help-of-check", "lsp", "version")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in.model").write_text(MODEL.replace("; ", "\n"), encoding="utf-8")
    (tmp_path / "notes.md").write_text("So $P(ä) = P(ä, b)$ holds.", encoding="utf-8")
    (tmp_path / "ä.tex").write_text("% symcausal: Ä -> B\n", encoding="utf-8")
    sheet = "```symcausal\nÄ -> B\n```\n$P(B | Ä)$\n"
    (tmp_path / "ä.md").write_text("So $P(B | Ä) = P(B)$.", encoding="utf-8")
    (tmp_path / "sheet.md").write_text(sheet, encoding="utf-8")
    asked = "<!-- symcausal: derive P(Ä) -->\n<!-- symcausal: end -->\n"
    (tmp_path / "gaps.md").write_text(f"<!-- symcausal: {MODEL} -->\n{asked}", encoding="utf-8")
    (tmp_path / "rows.csv").write_text("q,name\n0.5,ä\n", encoding="utf-8")
    return tmp_path


def shell(
    script: str, *arguments: str, folder: Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a command line of the shell in which ``"$@"`` is our command."""
    return subprocess.run(
        ["bash", "-c", script, "bash", sys.executable, "-W", "error", "-c", ENTRY, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=folder,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def waiting() -> Iterator[Callable[..., Waiting]]:
    """Processes that wait for calls under a script and in an environment, each started once."""
    with ExitStack() as started:
        yield cache(
            lambda script, **environment: started.enter_context(Waiting(script, environment))
        )


def in_words(ended: subprocess.CompletedProcess[bytes]) -> str:
    """The message of a command that could not write its answer."""
    told = ended.stderr.decode()
    assert ended.returncode == BAD_INPUT, told
    assert "Traceback" not in told
    assert "Exception ignored" not in told
    assert told.startswith("error[SC011] cannot write")
    return told


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk(name: str, folder: Path, waiting: Callable[..., Waiting]) -> None:
    full = waiting('exec "$@" > /dev/full')
    assert "No space left" in in_words(full.run(*COMMANDS[name], folder=folder, streams=[ERRORS]))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_closed_output(name: str, folder: Path, waiting: Callable[..., Waiting]) -> None:
    closed = waiting('exec "$@" >&-')
    assert "closed" in in_words(closed.run(*COMMANDS[name], folder=folder, streams=[ERRORS]))


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ASCII_ONLY])
def test_an_output_that_lacks_a_character(
    name: str, folder: Path, waiting: Callable[..., Waiting]
) -> None:
    ended = waiting('exec "$@"', PYTHONIOENCODING="ascii").run(*COMMANDS[name], folder=folder)
    assert "its encoding ascii has no U+" in in_words(ended)
    assert ended.stdout == b""


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "utf-8"])
def test_an_output_that_has_all_characters(encoding: str, folder: Path) -> None:
    ended = shell(
        'exec "$@"', *COMMANDS["check"], folder=folder, environment={"PYTHONIOENCODING": encoding}
    )
    assert ended.returncode == 1
    assert "P(ä)" in ended.stdout.decode(encoding)


def test_the_c_locale(folder: Path) -> None:
    for locale in ({"LANG": "C"}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX"}):
        ended = shell('exec "$@"', *COMMANDS["check"], folder=folder, environment=locale)
        assert ended.returncode in (1, BAD_INPUT)
        assert ended.returncode == 1 or in_words(ended)
        assert b"Traceback" not in ended.stderr


@pytest.mark.parametrize("name", ["derive", "evaluate-rows", "convert", "check", "help"])
def test_a_reader_that_is_gone(name: str, folder: Path) -> None:
    ended = shell('("$@"; echo $? > status) | true; cat status', *COMMANDS[name], folder=folder)
    # whoever is quick enough still writes into the pipe
    assert ended.stdout.strip() in (b"0", b"1", b"2")
    assert b"Traceback" not in ended.stderr
    assert b"Exception ignored" not in ended.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_has_seen_enough(unbuffered: str, folder: Path) -> None:
    (folder / "long.md").write_text("$P(a) = P(a, b)$\n\n" * 500, encoding="utf-8")
    script = '("$@"; echo $? > status) | head -1 > first; cat status'
    words = ("check", "long.md", "--budget", "0.01", "--total", "0.5")
    ended = shell(script, *words, folder=folder, environment={"PYTHONUNBUFFERED": unbuffered})
    assert ended.stdout.strip() == b"2"
    assert ended.stderr.startswith(b"error[SC011] cannot write to standard output")
    assert (folder / "first").read_text(encoding="utf-8").startswith("long.md:1:2")


@pytest.mark.parametrize(("name", "status"), [("derive", 0), ("check", 1), ("convert", 0)])
@pytest.mark.parametrize("closing", ["2>&-", "2>/dev/full", "<&-", "2>&- <&-"])
def test_what_is_not_needed_may_be_closed(
    name: str, status: int, closing: str, folder: Path, waiting: Callable[..., Waiting]
) -> None:
    captured = [OUTPUT] if "2>" in closing else [OUTPUT, ERRORS]
    ended = waiting(f'exec "$@" {closing}').run(*COMMANDS[name], folder=folder, streams=captured)
    assert ended.returncode == status
    assert ended.stdout == waiting('exec "$@"').run(*COMMANDS[name], folder=folder).stdout
    assert ended.stderr == b""


@pytest.mark.parametrize("closing", ["2>&-", "2>/dev/full", ">&- 2>&-"])
def test_a_refusal_that_nobody_reads(closing: str, folder: Path) -> None:
    ended = shell(f'exec "$@" {closing}', "derive", MODEL, "P(B", folder=folder)
    assert (ended.returncode, ended.stdout, ended.stderr) == (BAD_INPUT, b"", b"")


@pytest.mark.parametrize(
    "words", [["check", "-"], ["derive", "-", "P(B)"], ["convert", "-", "-", "--to", "bif"]]
)
def test_an_input_that_is_closed(words: list[str], folder: Path) -> None:
    ended = shell('exec "$@" <&-', *words, folder=folder)
    assert ended.returncode == BAD_INPUT
    assert ended.stderr.startswith(b"error[SC011] standard input is closed")


# -- what is written to files -------------------------------------------------------------------
ANSWER = ["derive", "A -> B", "P(B)"]


def test_a_link_is_followed_and_stays(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "answer.txt").write_text("old")
    (tmp_path / "middle").symlink_to("inner/answer.txt")
    (tmp_path / "link").symlink_to(tmp_path / "middle")
    (tmp_path / "dangling").symlink_to("inner/new.txt")
    for name, target in (("link", "answer.txt"), ("dangling", "new.txt")):
        assert run(*ANSWER, "-o", name, folder=tmp_path).returncode == 0
        assert (tmp_path / name).is_symlink()
        assert (tmp_path / "inner" / target).read_text().startswith("P(B)")
    assert sorted(path.name for path in (tmp_path / "inner").iterdir()) == ["answer.txt", "new.txt"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666, 0o755])
def test_permissions_are_kept(mode: int, tmp_path: Path) -> None:
    target = tmp_path / "answer.txt"
    target.write_text("old")
    target.chmod(mode)
    assert run(*ANSWER, "-o", str(target)).returncode == 0
    assert target.read_text().startswith("P(B)")
    assert stat.S_IMODE(target.stat().st_mode) == mode


def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    ended = shell('umask 027; exec "$@"', *ANSWER, "-o", "answer.txt", folder=tmp_path)
    assert ended.returncode == 0
    assert stat.S_IMODE((tmp_path / "answer.txt").stat().st_mode) == 0o640


@pytest.mark.parametrize("target", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_streams_are_written_into(target: str, tmp_path: Path) -> None:
    if not os.path.exists(target):
        pytest.skip(f"no {target} here")
    expected = run(*ANSWER).stdout
    ended = shell('exec "$@"', *ANSWER, "-o", target, folder=tmp_path)
    assert (ended.returncode, ended.stdout.decode()) == (0, expected)
    script = '{ echo before; "$@"; echo after; } > all; cat all'
    ended = shell(script, *ANSWER, "-o", target, folder=tmp_path)
    assert ended.stdout.decode() == f"before\n{expected}after\n"
    assert [path.name for path in tmp_path.iterdir()] == ["all"]


def test_pipes_and_devices_are_written_into(tmp_path: Path) -> None:
    expected = run(*ANSWER).stdout
    os.mkfifo(tmp_path / "pipe")
    ended = shell(
        'cat pipe & "$@"; status=$?; wait; exit $status', *ANSWER, "-o", "pipe", folder=tmp_path
    )
    assert (ended.returncode, ended.stdout.decode()) == (0, expected)
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    ended = shell('"$@" -o >(cat > inner); sleep 1; cat inner', *ANSWER, folder=tmp_path)
    assert ended.stdout.decode() == expected
    assert run(*ANSWER, "-o", "/dev/null").returncode == 0
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    if os.path.exists("/dev/full"):
        assert "No space left" in in_words(
            shell('exec "$@" -o /dev/full', *ANSWER, folder=tmp_path)
        )


def test_parts_that_were_left_behind_are_in_nobody_s_way(tmp_path: Path) -> None:
    for number in range(1, 400):
        (tmp_path / f"answer.txt.{number}.part").touch()
    before = {path.name for path in tmp_path.iterdir()}
    assert run(*ANSWER, "-o", str(tmp_path / "answer.txt")).returncode == 0
    assert {path.name for path in tmp_path.iterdir()} == before | {"answer.txt"}


def test_whole_or_not_at_all(tmp_path: Path) -> None:
    """A disk that is full in the middle leaves the old file and nothing else."""
    target = tmp_path / "answer.txt"
    target.write_text("old")
    script = 'ulimit -f 1; trap "" XFSZ; exec "$@" -o answer.txt'
    large = "; ".join(f"A{i} -> B" for i in range(9))
    ended = shell(script, "table", large, "B", folder=tmp_path)
    assert "cannot write" in in_words(ended)
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["answer.txt"]


# -- pipes that are read -------------------------------------------------------------------------
PIPED = [
    ("check", "check --model <(echo 'A -> B') <(echo '$P(A, B) = P(A) P(B | A)$')", "1 holds"),
    ("derive", "derive <(echo 'A -> B') 'P(B)'", "P(B | A)"),
    ("convert", "convert <(echo 'A -> B') - --to dot", '"A" -> "B"'),
    ("evaluate", "evaluate --format csv <(echo 'A; P(A) = 1/3, 2/3') 'P(A=0)'", "1/3"),
]


@pytest.mark.parametrize(("script", "words"), [row[1:] for row in PIPED], ids=[r[0] for r in PIPED])
def test_pipes_are_read(script: str, words: str, tmp_path: Path) -> None:
    ended = shell(f'"$@" {script}', folder=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert words in ended.stdout.decode()


def test_named_pipes_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.bif")
    text = "network n {} variable A { type discrete [2] { a, b }; } probability (A) { table 0.5, 0.5; }"
    ended = shell(f'echo "{text}" > pipe.bif & exec "$@"', "table", "pipe.bif", folder=tmp_path)
    assert ended.returncode == 0
    assert "0.5" in ended.stdout.decode()


@pytest.mark.parametrize(
    "words", [["convert", "/dev/zero", "-", "--to", "bif"], ["table", "/dev/zero"]]
)
def test_what_never_ends_is_not_read_to_the_end(words: list[str], tmp_path: Path) -> None:
    ended = shell('ulimit -v 2000000; exec "$@"', *words, folder=tmp_path)
    assert ended.returncode == 4
    assert b"SC010" in ended.stderr


# -- control characters --------------------------------------------------------------------------
EVIL = "\x1b[2J\x1b]0;title\x07\r\u202eevil\u2066\x9b"


def quiet(text: str) -> bool:
    """Whether a text commands nothing."""
    return not any(sign in text for sign in "\x1b\x07\r\u202e\u2066\x9b\x7f")


@pytest.mark.parametrize("shape", ["text", "json", "github", "lines", "sarif"])
def test_notes_do_not_command_the_terminal(shape: str, tmp_path: Path) -> None:
    name = f"no{EVIL}tes.md".replace("/", "")
    (tmp_path / name).write_text(
        f"$P(a) = P({EVIL}b)$\n\n$P(x) = {EVIL} P(x, y)$\n\n<!-- symcausal: o{EVIL}f -->\n",
        encoding="utf-8",
        newline="",
    )
    for target in (name, "."):
        ended = run("check", target, "--format", shape, folder=tmp_path)
        assert ended.stdout
        assert quiet(ended.stdout)
        assert quiet(ended.stderr)


def test_carets_stand_under_what_is_written_out(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x \x1b[31m $P(a) = P(a, b)$", encoding="utf-8")
    shown = run("check", "a.md", folder=tmp_path).stdout.splitlines()
    row = next(i for i, line in enumerate(shown) if set(line[4:]) == {" ", "^"})
    assert "\\u001b[31m" in shown[row - 1]
    assert shown[row - 1][shown[row].index("^") :].startswith("P(a) = P(a, b)")


@pytest.mark.parametrize(
    "words",
    [
        ["derive", f"{EVIL}.model", "P(A)"], ["derive", "A -> B", f"P(A{EVIL})"], [EVIL],
        ["check", f"{EVIL}.md"], ["convert", f"{EVIL}.bif", "-"], ["derive", "A", "P(A)", f"--{EVIL}"],
        ["evaluate", "A", "P(A)", "--set", EVIL], ["table", f"A: a, \"{EVIL}\""],
        ["table", f"A -> B\nP({EVIL}) = 1"], ["derive", "A -> B", "P(B)", "-o", f"no/{EVIL}"],
    ],
    ids=lambda words: ascii(words[:1]),
)  # fmt: skip
def test_messages_do_not_command_the_terminal(words: list[str], tmp_path: Path) -> None:
    ended = run(*words, folder=tmp_path)
    assert ended.stdout + ended.stderr
    assert quiet(ended.stdout + ended.stderr)


def test_a_name_in_two_lines_forges_no_line(tmp_path: Path) -> None:
    (tmp_path / "a\n::error file=x::b.md").write_text("$P(a) = P(a, b)$", encoding="utf-8")
    for shape in ("text", "github", "lines"):
        shown = run("check", ".", "--format", shape, folder=tmp_path).stdout
        assert not any(line.startswith("::error file=x") for line in shown.splitlines())


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/no\xfftes.md"
    with open(path, "wb") as file:
        file.write(b"$P(a) = P(a, b)$")
    for shape in ("text", "json", "github", "lines", "sarif"):
        ended = run("check", ".", "--format", shape, folder=tmp_path)
        assert ended.returncode == 1
        named = "no%FFtes.md" if shape == "sarif" else "no\\udcfftes.md"
        assert named in ended.stdout
