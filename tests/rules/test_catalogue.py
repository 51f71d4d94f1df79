"""The catalogue is complete, and every entry can be looked up and set in type."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import symcausal.rules
from symcausal import parse
from symcausal.errors import ParseError
from symcausal.rules.catalogue import CATALOGUE
from symcausal.rules.rule import Rule
from tests.command_line import ROOT

# products over an index and functions f, g: what the grammar of formulas has no words for
SCHEMATIC = {
    "chain-rule",
    "markov-factorisation",
    "truncated-factorisation",
    "c-component-factorisation",
    "distribute",
    # of several worlds, which are read in a model only
    "exclusion",
    "one-world",
    "conditional-counterfactual",
    "composition",
    "independence-across-worlds",
    "complement",
    "contradiction",
    "monotonicity",
}
PAIRS = {")": "(", "]": "[", "}": "{"}


def test_lists_every_rule_once():
    """A rule that is defined and not listed would never be checked."""
    modules = [
        importlib.import_module(f"symcausal.rules.{info.name}")
        for info in pkgutil.iter_modules(symcausal.rules.__path__)
    ]
    defined = [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, Rule) and value.transform.__module__ == module.__name__
    ]
    assert {rule.name for rule in defined} == {rule.name for rule in CATALOGUE}
    assert len(defined) == len(CATALOGUE) == len({rule.name for rule in CATALOGUE})
    assert all(any(rule is listed for listed in CATALOGUE) for rule in defined)


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.name)
class TestEntry:
    """What each entry owes to its reader."""

    def test_has_a_source_in_the_bibliography(self, rule):
        """A reader can look it up."""
        bibliography = (ROOT / "docs" / "references.bib").read_text(encoding="utf-8")
        assert rule.source in re.findall(r"^@\w+\{(\w+),", bibliography, re.MULTILINE)

    def test_says_in_words_what_it_does(self, rule):
        """The first sentence is shown on the rules page."""
        first = (rule.transform.__doc__ or "").splitlines()[0]
        assert first.endswith(".")
        assert rule.title

    def test_is_balanced_latex(self, rule):
        """Every bracket is closed."""
        for latex in (rule.statement, rule.condition):
            assert balanced(latex), latex
            assert latex.count(r"\left") == latex.count(r"\right")

    def test_states_formulas_that_the_notation_reads(self, rule):
        """All but schemes with products over an index."""
        sides = [side.strip(" ,") for side in re.split(r"=|\\quad", rule.statement)]
        unread = [side for side in sides if not reads(side)]
        assert len(sides) > 1
        assert bool(unread) is (rule.name in SCHEMATIC), unread


def reads(text: str) -> bool:
    """Whether the grammar reads a formula."""
    try:
        parse(text)
    except ParseError:
        return False
    return True


def balanced(latex: str) -> bool:
    """Whether every bracket is closed by its own kind."""
    waiting: list[str] = []
    for sign in latex:
        if sign in PAIRS.values():
            waiting.append(sign)
        elif sign in PAIRS and (not waiting or waiting.pop() != PAIRS[sign]):
            return False
    return not waiting
