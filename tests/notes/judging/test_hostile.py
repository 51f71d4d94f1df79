"""Formulas that are cut up and put together anew: every one ends in a report, and soon."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal.algebra.deadline import within
from symcausal.model import Model
from symcausal.notes.check import apart, check_files, check_text
from symcausal.reading.model_language import read_model
from tests.support.pace import grows_with_length, soon

MODELS = [
    None,
    Model.parse("Z -> X; Z -> Y; X -> Y; X <-> Y"),
    Model.parse(
        "X -> Y\nX: a, b\nY: c, d\nparameters q in (0, 1)\nP(X) = q, rest\ngiven P(Y=c) = 0.3"
    ),
]
NOTES = [
    r"By rule 2, $P(y \mid do(x), do(z)) = P(y \mid do(x), z)$ "
    r"since $(Y \perp Z \mid X)_{G_{\overline{X} \underline{Z}}}$.",
    r"$Y \perp Z \mid X$ in $G_{\bar X}$",
    r"$$P(y|x) = P(y) \text{ if } X \perp Y \text{ and } P(a|b) = P(a)$$",
    r"$P(Q, x) = P(x|z) P(z)$",
    r"$P(Y=c) = 0.3 P(X=a) \cdot 0.06/0.41 \approx 15\%$",
    r"$P(y,x) \le P(y|do(x)) \le P(y,x) + 1 - P(x)$",
    r"$(Y \perp Z \mid X)_{G_{\overline{X}, \overline{Z(W)}}}$",
    r"Suppose $X$ and $Y$ are independent. Then $P(y \mid x) = P(y)$.",
    r"$P(X=a) = q$, $P(X=b) = 1-q < 0.3$",
    r"$\sum_{x} P(x) \ge 1 > \frac{P(x,y)}{P(y) - P(y)}$",
    r"$\sum_{x} 2 P(x) \ge 1$",  # a number before the factor with the sum's letter
    r"$E[Y \mid do(X=1)] \le 1 + E[Y]$",
]
PIECE = re.compile(r"\\[A-Za-z]+|\w+|\s+|.")
PIECES = sorted({piece for text in NOTES for piece in PIECE.findall(text)})


@st.composite
def notes(draw: st.DrawFn) -> str:
    pieces = PIECE.findall(draw(st.sampled_from(NOTES)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, max(0, len(pieces) - 1)))
        end = at + draw(st.integers(0, 1))
        pieces[at:end] = draw(st.lists(st.sampled_from(PIECES), max_size=2))
    return "".join(pieces)


@settings(max_examples=150, deadline=None)
@given(notes(), st.sampled_from(MODELS))
def test_every_text_ends_in_a_report(text: str, model: Model | None) -> None:
    with soon(2 * (1 + text.count("$"))):
        report = check_text(text, model.content if model else None)
        assert report.to_text()
        assert report.to_html()
        assert report.to_github()
    for claim in report.claims:
        assert claim.reason or claim.verdict == "holds"


# what stands first, what is repeated, what stands last
LONG = [
    ("P(x)", "<", ""), ("P(x) = 0.1", "=", ""), ("P(x)", "=P(x)", ""), ("P(x)", " ", "= P(y)"),
    ("", "P(x) ", ""), ("P(x | y", " ", ")"), ("P(x)", "\\\\", ""), ("P(x)", "& ", "= 1"),
    ("P(x) = ", "0", ""), ("P(x) = ", "1.", ""), ("P(x) \\text{", "a ", "}"), ("P(x)", "%\n", "= P(y)"),
    ("P(x)", "^{c}", ""), ("P(x) =", "\\quad", "=P(y)"), ("P(x) =", "\\tag{1}", "=P(y)"),
    ("P(x)", "|", ""), ("P(x)", "\\,", "=1"), ("P(x) = ", "{}", "1"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "unit", "last"), LONG)
def test_time_grows_with_the_length_of_a_formula(first: str, unit: str, last: str) -> None:
    """What is read is not budgeted, so it has to be linear."""

    def seconds(count: int) -> float:
        began = time.process_time()
        with within(0.01):
            check_text(f"$${first}{unit * count}{last}$$", budget=0.01)
        return time.process_time() - began

    grows_with_length(seconds, 2_000 // len(unit), 4)


def test_time_grows_with_the_length_of_a_chain_about_a_name_that_a_model_lacks() -> None:
    """Each of its signs asks what else the name may mean, which is read once for all of them."""
    network = read_model("A -> B").network

    def seconds(count: int) -> float:
        began = time.process_time()
        check_text(f"$P(q){' = P(q)' * count}$", network)
        return time.process_time() - began

    grows_with_length(seconds, 60, 4)


# formulas that empty lines keep apart, in a text without words
APART = [
    "P(x) =\n\n", "P(x)\n\n", "= P(x)\n\n", "P(x) \\\\\n\n", "\n", " \n", "=\n", "\n=", "= ", "\\begin",
]  # fmt: skip


@pytest.mark.parametrize("unit", APART)
def test_time_grows_with_the_number_of_formulas_apart(unit: str) -> None:
    def seconds(count: int) -> float:
        began = time.process_time()
        apart("P(x)" + unit * count + "y")
        return time.process_time() - began

    grows_with_length(seconds, 6_000 // len(unit), 8)


@pytest.mark.parametrize("name", ["equation", "align*", "IEEEeqnarray", "dmath", "empheq"])
def test_every_environment_of_a_display_delimits_a_formula_among_words(name: str) -> None:
    """Words between displays are no part of them."""
    inside = {"IEEEeqnarray": "{rCl}", "empheq": "{align}"}.get(name, "")
    shown = rf"\begin{{{name}}}{inside} P(x, y) = P(x) P(y \mid x) \end{{{name}}}"
    report = check_text(f"By the chain rule\n{shown}\nand likewise\n{shown}\n")
    assert [claim.verdict for claim in report.claims] == ["holds", "holds"]


@pytest.mark.parametrize("name", ["aligned", "split", "gathered"])
def test_an_environment_inside_a_display_delimits_none(name: str) -> None:
    """What stands before it is the left side."""
    inside = r"P(x) P(y \mid x) \\ = P(y) P(x)"
    text = f"P(x, y) =\n\\begin{{{name}}} {inside} \\end{{{name}}}"
    assert check_text(text).claims[0].verdict == "holds"


@pytest.mark.parametrize("ending", [".md", ".html"])
@pytest.mark.parametrize("filler", [" ", "\t", "*", "-", "#", "a ", "\\ ", "1. "])
def test_what_stands_between_formulas_is_looked_through_soon(tmp_path, filler, ending) -> None:
    between = filler * (30_000 // len(filler))
    text = rf"\(P(Y) = \sum_X P(Y|X) P(X)\) {between} \(P(X, Y) = P(X) P(Y | X)\) {between}"
    path = tmp_path / f"notes{ending}"
    path.write_text(f"<p>{text}</p>" if ending == ".html" else text, encoding="utf-8")
    with soon(2):
        report = check_files([str(path)], MODELS[2].network)
    assert [claim.verdict for claim in report.claims] == ["holds", "holds"]
