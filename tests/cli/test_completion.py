"""Shells complete every command and option; bash is asked, zsh and fish where they are installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from symcausal.cli.accepted import accepted
from symcausal.cli.main import COMMANDS
from symcausal.cli.shell_scripts import SHELLS
from symcausal.writing.formats import FORMATS
from tests.command_line import run

ASK = """
source ./script
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_symcausal
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the script of bash, and files to complete."""
    made = tmp_path_factory.mktemp("shell")
    (made / "script").write_text(run("completion", "bash").stdout, encoding="utf-8")
    for name in ("one.model", "one two.model", "notes.md"):
        (made / name).touch()
    return made


def bash(script: str, *words: str, folder: Path) -> list[str]:
    ended = subprocess.run(
        ["bash", "--norc", "-c", script, "bash", *words],
        capture_output=True, text=True, cwd=folder, check=False, timeout=60,
    )  # fmt: skip
    assert ended.stderr == ""
    return ended.stdout.splitlines()


def offered(*words: str, folder: Path) -> set[str]:
    """What bash offers for the last of some words."""
    return {line for line in bash(ASK, *words, folder=folder) if line}


def test_bash_knows_whom_to_ask(folder: Path) -> None:
    found = bash("source ./script; complete -p symcausal", folder=folder)
    assert found == ["complete -F _symcausal symcausal"]


def test_every_command_is_offered(folder: Path) -> None:
    assert offered("symcausal", "", folder=folder) == {*COMMANDS, "--help", "--version"}
    assert offered("symcausal", "co", folder=folder) == {c for c in COMMANDS if c[:2] == "co"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_offered(command: str, folder: Path) -> None:
    spelt = {spelling for one in accepted(command) for spelling in one.spellings}
    assert "--help" in spelt
    assert offered("symcausal", command, "-", folder=folder) == spelt


@pytest.mark.parametrize("command", COMMANDS)
def test_every_choice_is_offered(command: str, folder: Path) -> None:
    for one in accepted(command):
        for spelling in one.spellings if one.words else ():
            asked = offered("symcausal", command, spelling, "", folder=folder)
            assert asked == set(one.words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["derive", "o"], {"one.model", "one two.model"}),
        (["derive", "one.model", "o"], set()),  # a query
        (["derive", "--detail", "full", "o"], {"one.model", "one two.model"}),
        (["derive", "--detail", "=", "full", "o"], {"one.model", "one two.model"}),
        (["derive", "--detail", "=", "f"], {"full"}),
        (["derive", "--detail", "="], {"brief", "lecture", "full"}),
        (["derive", "-o", "n"], {"notes.md"}),
        (["check", "notes.md", "--strict", "n"], {"notes.md"}),
        (["evaluate", "--set", ""], set()),
        (["convert", "one.model", "n"], {"notes.md"}),
        (["completion", ""], set(SHELLS)),
        (["nothing", "-"], set()),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_stands_where(words: list[str], expected: set[str], folder: Path) -> None:
    assert offered("symcausal", *words, folder=folder) == expected


def test_formats_are_those_of_the_catalogue() -> None:
    (formats,) = (one for one in accepted("derive") if "--format" in one.spellings)
    assert formats.words == (*FORMATS,)


# -- other shells ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("shell", "option"), [("bash", "-n"), ("zsh", "-n"), ("fish", "--no-execute")]
)
def test_the_script_is_of_its_language(shell: str, option: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    script = tmp_path / "script"
    script.write_text(run("completion", shell).stdout, encoding="utf-8")
    ended = subprocess.run(
        [shell, option, str(script)], capture_output=True, text=True, check=False, timeout=60
    )
    assert (ended.returncode, ended.stderr) == (0, "")


def spelt(option: str, shell: str) -> str:
    """An option as the script of a shell names it."""
    if shell != "fish":
        return option
    return f" -l {option[2:]} " if option.startswith("--") else f" -s {option[1:]} "


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_names_everything(shell: str) -> None:
    script = run("completion", shell).stdout
    for command in COMMANDS:
        assert command in script
        for option in (option for one in accepted(command) for option in one.spellings):
            assert spelt(option, shell) in script


@pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not installed")
def test_fish_offers_what_bash_offers(tmp_path: Path) -> None:
    script = tmp_path / "script"
    script.write_text(run("completion", "fish").stdout, encoding="utf-8")
    ended = subprocess.run(
        ["fish", "--no-config", "-c", f'source {script}; complete -C "symcausal derive --detail "'],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert {line.partition("\t")[0] for line in ended.stdout.splitlines()} == {
        "brief", "lecture", "full",
    }  # fmt: skip
