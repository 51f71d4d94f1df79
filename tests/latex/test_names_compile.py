"""Names in LaTeX: one printer for all, and nothing that pdfLaTeX cannot set."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sympy

from symcausal import Model
from symcausal.expr.nodes import Prob, free_events
from symcausal.writing.latex import latex
from symcausal.writing.latex_document import PREAMBLE, TIKZ
from symcausal.writing.names import latex_escaped, latex_name, latex_state
from tests.latex.names import LAST_OF_LATIN, NAMES, STATES, displays, models
from tests.latex.setting import set_document


def test_symbols_of_closed_forms_print_their_names_like_everything_else() -> None:
    for model in models():
        for symbol in model.parameters:
            assert sympy.latex(symbol) == latex(symbol.entry)


@pytest.mark.parametrize("show", [latex_name, latex_state, latex_escaped])
def test_names_hold_only_what_pdflatex_can_set(show) -> None:
    for name in (*NAMES, *STATES):
        shown = show(name)
        assert max(shown) <= LAST_OF_LATIN, (name, shown)
        bare = re.sub(r"\\[{}]", "", shown)
        depths = [bare[:i].count("{") - bare[:i].count("}") for i in range(len(bare) + 1)]
        assert min(depths) == depths[-1] == 0, (name, shown)
        unescaped = re.sub(r"\\.", "", shown)
        assert not set(unescaped) & set("%#&$~"), (name, shown)


def test_greek_letters_and_accents_in_words() -> None:
    assert latex_name("αb") == r"\text{\(\alpha\)b}"
    assert latex_name("α_1") == r"\alpha_{1}"
    assert latex_name("X_α") == r"X_{\text{\(\alpha\)}}"
    assert latex_state("≥ 5") == r"\text{\(\geq\) 5}"
    assert latex_state("e\u0301té") == r"\text{\(\acute{\text{e}}\)té}"
    assert latex_escaped("e\u0301té") == r"\'{e}té"


@pytest.mark.parametrize(
    "name", ["x & y", "a~b^c", "∞ <|>", "50 %", "e\u0301", "∏_i", "a\\b", "«½»"]
)
def test_a_derivation_with_an_awkward_name_checks(name: str) -> None:
    model = Model([(name, "Y")], states={name: [f"{name} 1", "~"]})
    derivation = model.derive(Prob(free_events("Y")))
    for written in (derivation.to_latex(), derivation.to_markdown()):
        verdicts = [str(claim.verdict) for claim in model.check(written).claims]
        assert verdicts == ["holds"] * len(derivation.steps), written


@pytest.mark.latex
def test_pdflatex_sets_every_name_everywhere(tmp_path: Path) -> None:
    body = [f"${show(name)}$" for name in (*NAMES, *STATES) for show in (latex_name, latex_state)]
    body += [latex_escaped(name) for name in (*NAMES, *STATES)]
    body += [piece for model in models() for piece in displays(model)]
    document = "\n\n".join((PREAMBLE + TIKZ, r"\begin{document}", *body, r"\end{document}"))
    set_document(document, tmp_path)
