"""The rules page is what the catalogue says, and every source is in the bibliography."""

from __future__ import annotations

import re

from docs.generate_rules import BIBLIOGRAPHY, PAGE, page
from symcausal.rules.catalogue import CATALOGUE
from tests.command_line import ROOT

CITED = re.compile(r"\[([A-Za-z]+[0-9]{4})\]_")


def test_the_rules_page_is_current():
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make docs-update`"


def test_the_page_has_every_rule_once():
    shown = re.findall(r"^`([\w.-]+)`, ", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert shown == [rule.name for rule in CATALOGUE]


def test_every_source_is_in_the_bibliography():
    """Of rules and of docstrings."""
    known = re.findall(r"^@\w+\{(\w+),", BIBLIOGRAPHY.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(known) == len(set(known))
    cited = {rule.source for rule in CATALOGUE}
    for path in (ROOT / "symcausal").rglob("*.py"):
        cited.update(CITED.findall(path.read_text(encoding="utf-8")))
    assert cited <= set(known)
