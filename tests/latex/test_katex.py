"""KaTeX, in its strictest mode, and MathJax set what we print, without a warning."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal.answer.elimination import elimination
from symcausal.answer.evaluating import evaluate
from symcausal.expr.nodes import Expr
from symcausal.rules.condition import Distinct, Separated
from symcausal.writing.derivation import derivation_latex, derivation_markdown
from symcausal.writing.latex import latex
from symcausal.writing.names import latex_name, latex_state
from symcausal.writing.notations import PRESETS, Notation
from symcausal.writing.style import Style
from tests.latex.names import NAMES, STATES, displays, models
from tests.numbers.evaluate.queries import symbolic
from tests.support.random_models import random_network, random_query
from tests.web_mathematics import complaints
from tests.writing.print_strategies import ORDER, formulas, notations
from tests.writing.test_print_derivation import CHAIN, POSITIVE

FOLDER = os.environ.get("SYMCAUSAL_KATEX", "")
pytestmark = [
    pytest.mark.katex,
    pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed"),
    pytest.mark.skipif(
        not (Path(FOLDER) / "node_modules" / "mathjax-full").is_dir(),
        reason="SYMCAUSAL_KATEX names no folder where `npm install katex mathjax-full` was run",
    ),
]

DISPLAYED = re.compile(r"\\begin\{align\*\}.*?\\end\{align\*\}", re.DOTALL)


def without_dollars(document: str) -> str:
    """The display of a Markdown derivation."""
    return document.split("$$")[1]


@given(batch=st.lists(st.tuples(formulas(), notations()), min_size=1, max_size=30))
@settings(max_examples=20)
def test_formulas_in_any_notation(batch: list[tuple[Expr, Notation]]) -> None:
    assert complaints([latex(formula, notation, ORDER) for formula, notation in batch]) == []


def test_terms_and_conditions() -> None:
    cut = Separated(("Y",), ("Z", "G"), ("W",), ("X", "x_1"), ("Z",))
    things = [cut, POSITIVE, Distinct("X", "X", "X'")]
    assert complaints([latex(thing) for thing in things]) == []


@pytest.mark.parametrize("preset", PRESETS)
def test_derivations(preset: str) -> None:
    notation = PRESETS[preset]
    displays = [
        derivation_latex(CHAIN, style=Style(notation)),
        derivation_latex(CHAIN, style=Style(notation, width=15)),
        without_dollars(derivation_markdown(CHAIN, style=Style(notation))),
        without_dollars(derivation_markdown(CHAIN, style=Style(notation, width=15))),
    ]
    assert complaints(displays) == []


@pytest.mark.parametrize("preset", PRESETS)
def test_eliminations_and_calculations(preset: str) -> None:
    notation, rng = PRESETS[preset], random.Random(preset)
    displays = []
    for _ in range(30):
        network = random_network(rng, nodes=(3, 6), positive=True)
        query = random_query(rng, network)
        found = elimination(query, symbolic(network), notation)
        displays += [found.to_latex(), without_dollars(found.to_markdown())]
        evaluations = [
            evaluate(query, model, {}, asked="", notation=notation)
            for model in (network, symbolic(network))
        ]
        displays += [each.to_latex() for each in evaluations]
        displays += DISPLAYED.findall(evaluations[0].to("latex-numbers"))
    assert complaints(displays) == []


@pytest.mark.parametrize("show", [latex_name, latex_state])
def test_awkward_names_and_states(show: Callable[[str], str]) -> None:
    names = dict.fromkeys((*NAMES, *STATES))
    assert complaints([f"P({show(name)} = x)" for name in names]) == []


def test_answers_with_awkward_names() -> None:
    pieces = (p for i, model in enumerate(models()) if i % 12 == 0 for p in displays(model))
    found = [display for piece in pieces for display in DISPLAYED.findall(piece)]
    assert len(found) > 30
    assert complaints(found) == []


@pytest.mark.parametrize("refused", [r"\frac{1}", r"\nosuchmacro", r"\begin{aligned} a"])
def test_a_refusal_is_seen(refused: str) -> None:
    named = [found.partition(":")[0] for found in complaints([refused])]
    assert named == ["KaTeX", "MathJax", "MathJax without text macros"]


@pytest.mark.parametrize("shown", [r"\text{\textless{}}", r"\text{5 \%}"])
def test_a_command_that_is_shown_as_typed_is_seen(shown: str) -> None:
    assert "MathJax without text macros" in [c.partition(":")[0] for c in complaints([shown])]
