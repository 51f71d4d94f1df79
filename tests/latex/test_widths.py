"""The widths that lines are broken by are those of TeX's boxes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from symcausal.answer.derivation import Derivation
from symcausal.writing.latex import latex
from symcausal.writing.metrics import latex_ems
from symcausal.writing.notations import PRESETS
from tests.latex.pages import answers
from tests.latex.setting import set_document

EM = {"10pt": 10.0, "11pt": 10.95, "12pt": 11.75}


def formulas() -> list[str]:
    """The formulas and conditions of all derivations, in every notation."""
    found: dict[str, None] = {}
    for shown in answers().values():
        if isinstance(shown, Derivation):
            for step in shown.steps:
                things = [step.after, *(decision.condition for decision in step.conditions)]
                for preset in PRESETS:
                    found |= dict.fromkeys(latex(t, preset, shown.order) for t in things)
    return list(found)


@pytest.mark.latex
@pytest.mark.parametrize("size", EM)
def test_no_formula_is_much_wider_or_narrower_than_estimated(size: str, tmp_path: Path) -> None:
    shown = formulas()
    assert len(shown) > 300
    lines = [
        rf"\setbox0\hbox{{$\displaystyle {formula}$}}\typeout{{WIDTH {i} \the\wd0}}"
        for i, formula in enumerate(shown)
    ]
    head = rf"\documentclass[{size}]{{article}}\usepackage{{amsmath,amssymb}}\begin{{document}}"
    log, _ = set_document("\n".join([head, *lines, r"x\end{document}"]), tmp_path)
    widths = re.findall(r"^WIDTH (\d+) ([\d.]+)pt", log, re.MULTILINE)
    assert len(widths) == len(shown)
    for number, points in widths:
        formula, width = shown[int(number)], float(points) / EM[size]
        assert 0.97 * width - 0.05 <= latex_ems(formula) <= 1.12 * width + 0.4, formula


def test_parts_of_a_formula_add_up() -> None:
    assert latex_ems(r"\frac{x}{yy}") == pytest.approx(latex_ems("yy") + 0.24)
    assert latex_ems(r"\sum_{a}") < latex_ems(r"\sum_{\mathrm{TuberculosisOrCancer}}")
    stacked = latex_ems(r"\sum_{\substack{\mathrm{Bronchitis},\\ \mathrm{Dyspnoea}}}")
    assert stacked == latex_ems(r"\sum_{\mathrm{Bronchitis},}")
    assert latex_ems(r"\text{\(\alpha\)b}") < 2
