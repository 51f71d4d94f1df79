"""Every network format and every command has its rows of cases, and its place in the documentation.

What there is comes from the catalogues; what is missing is named with the place where it belongs.
"""

from __future__ import annotations

import importlib
import re
from collections import Counter

import pytest

from symcausal.cli.main import COMMANDS
from symcausal.cli.parser import Parser
from symcausal.model.files import OWN, OWN_ENDINGS
from symcausal.network.formats import foreign
from symcausal.network.formats.catalogue import FORMATS
from tests.cli import test_errors, test_hash_seed, test_streams
from tests.command_line import ROOT
from tests.formats import test_bif_reading, test_convert, test_formats, test_rescale
from tests.fuzz import targets

CONVERT_PAGE = (ROOT / "docs" / "how-to" / "convert.md").read_text(encoding="utf-8")
COMMANDS_PAGE = (ROOT / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")


# -- formats ------------------------------------------------------------------------------------
def formats_of(rows: list[tuple[str, str, str, str]]) -> set[str]:
    """The formats that have a row."""
    return {form for form, *_ in rows}


ROWS_OF_FORMATS = {
    "tests/formats/test_formats.py: what it says": {
        *test_formats.SAME, *test_formats.SAME_GRAPH, *test_formats.SAME_WITHOUT_NAMES,
    },
    "tests/formats/test_formats.py: round trips": {*test_formats.TABLES, *test_formats.GRAPHS},
    "tests/formats/test_formats.py: faults at their place": formats_of(test_formats.WRONG)
    | ({"bif"} if test_bif_reading.WRONG else set()),
    "tests/formats/test_formats.py: hostile files": {
        *test_formats.HOSTILE, *(["bif"] if test_bif_reading.ATTACKS else []),
    },
    "tests/formats/test_convert.py: there and back": {*test_convert.KEPT},
    "tests/fuzz/targets.py: a file to begin with": {*targets.FILES},
    "docs/how-to/convert.md: a row of the table": {
        *re.findall(r"^\| `(\w+)` \| `\.", CONVERT_PAGE, flags=re.MULTILINE),
    },
    "docs/reference/command-line.md: convert": {
        *re.findall(r"`(\w+)`", COMMANDS_PAGE.partition("## convert")[2].partition("\n## ")[0]),
    },
}  # fmt: skip


@pytest.mark.parametrize("place", ROWS_OF_FORMATS)
def test_every_format_has_its_row(place: str) -> None:
    missing = [form for form in FORMATS if form not in ROWS_OF_FORMATS[place]]
    assert not missing, f"{place} lacks {', '.join(missing)}"


def test_a_format_holds_tables_or_a_graph() -> None:
    assert Counter([*FORMATS]) == Counter([*test_formats.TABLES, *test_formats.GRAPHS])


@pytest.mark.parametrize(
    ("form", "endings"),
    [(OWN, OWN_ENDINGS), *((form, endings) for form, (_, endings) in FORMATS.items())],
    ids=[OWN, *FORMATS],
)
def test_the_page_names_all_endings(form: str, endings: tuple[str, ...]) -> None:
    row = re.search(rf"^\| `{form}` \| (.*?) \|", CONVERT_PAGE, flags=re.MULTILINE)
    assert row is not None, f"docs/how-to/convert.md lacks {form}"
    assert set(re.findall(r"`(\.\w+)`", row[1])) == set(endings)


@pytest.mark.parametrize("form", FORMATS)
def test_refusals_of_other_files_name_every_format(form: str) -> None:
    assert set(re.findall(r"\.\w+", foreign._READ)) & set(FORMATS[form][1])
    assert form in foreign._BEGINNINGS


# -- commands -------------------------------------------------------------------------------------
def commands_of(calls: list[list[str]]) -> set[str]:
    """The commands of some calls."""
    return {call[0] for call in calls}


def parser(command: str) -> Parser:
    """What a command takes."""
    found = importlib.import_module(f"symcausal.cli.{command}").PARSER
    assert isinstance(found, Parser)
    return found


SECTIONS = dict(
    re.findall(r"^###? `?(\w+).*?\n(.*?)(?=^##|\Z)", COMMANDS_PAGE, flags=re.MULTILINE | re.DOTALL)
)
ROWS_OF_COMMANDS = {
    "tests/cli/test_errors.py: refusals": commands_of([row[0] for row in test_errors.REFUSALS]),
    "tests/cli/test_streams.py: streams": commands_of([*test_streams.COMMANDS.values()]),
    "tests/cli/test_hash_seed.py: the same bytes": commands_of(test_hash_seed.CALLS),
    "docs/reference/command-line.md: a section": {*SECTIONS},
}


@pytest.mark.parametrize("place", ROWS_OF_COMMANDS)
def test_every_command_has_its_row(place: str) -> None:
    missing = [command for command in COMMANDS if command not in ROWS_OF_COMMANDS[place]]
    assert not missing, f"{place} lacks {', '.join(missing)}"


def test_every_command_that_takes_a_model_is_asked_to_rescale() -> None:
    asked = {*test_rescale.QUESTIONS, *test_rescale.OTHERS}
    taking = [c for c in COMMANDS if "--rescale" in parser(c).standard._option_string_actions]
    assert [command for command in taking if command not in asked] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_the_page_names_every_option(command: str) -> None:
    """In the section of the command, or before the first, where what many commands take is told."""
    shared = COMMANDS_PAGE.partition("## Commands")[0]
    options = {
        option
        for action in parser(command).standard._actions
        for option in [*action.option_strings][:1]
        if option not in ("-h", "--format")  # a table of its own has the formats
    }
    missing = [o for o in sorted(options) if o not in SECTIONS[command] and o not in shared]
    assert not missing, f"docs/reference/command-line.md, {command}, lacks {', '.join(missing)}"
