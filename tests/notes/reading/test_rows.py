r"""Rows of displays: whatever environment aligns them, they say what the rows of ``aligned`` say."""

from __future__ import annotations

import pytest

from symcausal import Model

CHAIN = Model.parse("X -> Y -> Z")
PLAIN = [
    "split", "gathered", "eqnarray", "eqnarray*", "align", "align*", "flalign", "multline",
    "subequations", "IEEEeqnarray}{rCl", "alignat}{2", "array}{l", "array}{ll", "array}{rcl",
    "array}{r@{}l", r"array}{r@{\;}c@{\;}l", "array}[t]{ll",
]  # fmt: skip
BREAKS = ["\\\\", "\\\\\n", "\\\\[4pt]", "\\\\\\ ", "\\\\\\\n", "\\\\\\\t", "\\\\*"]
TRUE = (r"P(Z \mid X) &= \sum_Y P(Z, Y \mid X)", r"&= \sum_Y P(Z \mid Y) P(Y \mid X)")
FALSE = (TRUE[0], r"&= \sum_Y P(Z \mid Y) P(Y)")


def verdicts(display: str, model: Model = CHAIN) -> list[str]:
    return [claim.verdict for claim in model.check(f"$$\n{display}\n$$").claims]


def in_environment(environment: str, rows: tuple[str, ...], broken: str = "\\\\") -> str:
    name = environment.partition("}")[0]
    opening = environment if environment.endswith(("]", "}")) else environment + "}"
    if environment == name:
        opening = name + "}"
    body = f" {broken} ".join(rows)
    columned = name in ("multline", "gathered", "subequations")
    return rf"\begin{{{opening} {body.replace('&', '') if columned else body} \end{{{name}}}"


@pytest.mark.parametrize("environment", PLAIN)
@pytest.mark.parametrize(("rows", "last"), [(TRUE, "holds"), (FALSE, "fails")])
def test_an_environment_aligns_rows(environment: str, rows: tuple[str, str], last: str) -> None:
    assert verdicts(in_environment(environment, rows)) == ["holds", last]


@pytest.mark.parametrize("broken", BREAKS)
@pytest.mark.parametrize("environment", ["", "aligned", "array}{rl"])
@pytest.mark.parametrize(("rows", "last"), [(TRUE, "holds"), (FALSE, "fails")])
def test_a_row_ends_before_a_blank_with_a_backslash(
    environment: str, broken: str, rows: tuple[str, str], last: str
) -> None:
    bare = f" {broken}".join(rows).replace("&", "")
    display = in_environment(environment, rows, broken) if environment else bare
    assert verdicts(display) == ["holds", last]


def test_an_array_within_an_array_aligns_rows() -> None:
    inner = in_environment("array}{rl", FALSE)
    assert verdicts(rf"\begin{{array}}{{l}} {inner} \end{{array}}") == ["holds", "fails"]


def test_the_columns_of_a_row_may_hold_two_equations() -> None:
    rows = (r"P(X, Y) = P(X) P(Y \mid X) & P(Y) = P(X)", r"P(Z \mid X) = P(Z) & P(Z) = P(Z)")
    assert verdicts(in_environment("array}{ll", rows)) == ["holds", "fails", "fails", "holds"]


# a choice of cases, a matrix, a ruled table, and what is done to all of an array, are no rows
BESIDE = [
    r"P(X=x) = \left\{ \begin{array}{ll} 0.3 & x=1 \\ 0.7 & x=0 \end{array} \right.",
    r"P(X) = \begin{array}{l} P(X) \\ P(Z) \end{array}",
    r"\left( \begin{array}{l} P(X) = P(X) \\ P(Y) \end{array} \right)",
    r"\begin{array}{l} P(X) = P(X) \\ P(Y) = P(Y) \end{array}^T",
    r"2 \begin{array}{l} P(X) = P(X) \\ P(Y) = P(Y) \end{array}",
    r"\begin{array}{c|c} P(X) & P(Y) \\ P(X) = & P(X) \end{array}",
    r"\begin{array}{l} P(X) = P(X)",
    r"\begin{matrix} P(X) = P(X) \\ = P(X) \end{matrix}",
    r"P(X=x) = \begin{cases} P(X=1) & x=1 \\ P(X=0) & x=0 \end{cases}",
]


@pytest.mark.parametrize("display", BESIDE)
def test_an_array_beside_something_is_no_display(display: str) -> None:
    assert verdicts(display) == ["unreadable"]
