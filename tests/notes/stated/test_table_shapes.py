# ruff: noqa: E501 - a table is easier to see in one line
"""Which tables are read as conditional probability tables, which are not, and how far they reach."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal import check

FULL = "| A | B | $P(B\\mid A)$ |\n|---|---|---|\n| 0 | 0 | 0.3 |\n| 0 | 1 | 0.7 |\n| 1 | 0 | 0.9 |\n| 1 | 1 | 0.1 |"
START = "The graph of $P(A,B,C)$ is $A \\to B \\to C$."
CLAIM = r"$P(B=1\mid A=1) = 0.1$"
FALSE = r"$P(B=1\mid A=1) = 0.9$"


def verdicts(table: str, *claims: str) -> list[str]:
    """The verdicts on claims below a table of B given A, in notes that state the graph."""
    text = f"{START}\n\n{table}\n\n" + "\n\n".join(f"So {claim}." for claim in claims)
    return [claim.verdict for claim in check(text).claims]


# tables of P(B | A) with P(B=1 | A=1) = 0.1, each with another shape
READ = {
    "long": FULL,
    "one state": "| A | $P(B=1\\mid A)$ |\n|---|---|\n| 0 | 0.7 |\n| 1 | 0.1 |",
    "escaped bars": "| A | P(B=1 \\| A) |\n|---|---|\n| 0 | 0.7 |\n| 1 | 0.1 |",
    "bars in brackets": "| A | P(B=1|A) |\n|---|---|\n| 0 | 0.7 |\n| 1 | 0.1 |",
    "states in the head": "| A | $B=0$ | $B=1$ |\n|---|---|---|\n| 0 | 0.3 | 0.7 |\n| 1 | 0.9 | 0.1 |",
    "scripts": "| | $b^0$ | $b^1$ |\n|---|---|---|\n| $a^0$ | 0.3 | 0.7 |\n| $a^1$ | 0.9 | 0.1 |",
    "turned": "| | $a^0$ | $a^1$ |\n|---|---|---|\n| $b^0$ | 0.3 | 0.9 |\n| $b^1$ | 0.7 | 0.1 |",
    "per cent": "| A | $B=0$ | $B=1$ |\n|---|---|---|\n| 0 | 30% | 70% |\n| 1 | 90% | 10% |",
    "fractions": "| A | $B=0$ | $B=1$ |\n|---|---|---|\n| 0 | 3/10 | 7/10 |\n| 1 | 9/10 | 1/10 |",
    "words for 1 and 0": "| A | $B=0$ | $B=1$ |\n|---|---|---|\n| no | 0.3 | 0.7 |\n| yes | 0.9 | 0.1 |",
    "a caption": "Table of $P(B\\mid A)$:\n\n| A | 0 | 1 |\n|---|---|---|\n| 0 | .3 | .7 |\n| 1 | .9 | .1 |",
    "a caption alone": "$P(B\\mid A)$:\n\n| | 0 | 1 |\n|---|---|---|\n| 0 | .3 | .7 |\n| 1 | .9 | .1 |",
    "a caption below": "| A | 0 | 1 |\n|---|---|---|\n| 0 | .3 | .7 |\n| 1 | .9 | .1 |\n\n: $P(B\\mid A)$",
    "denials": "| | $\\neg b$ | $b$ |\n|---|---|---|\n| $\\neg a$ | 0.3 | 0.7 |\n| $a$ | 0.9 | 0.1 |",
    "beside another": "| A | P(A) | $P(B=1\\mid A)$ |\n|---|---|---|\n| 0 | 0.8 | 0.7 |\n| 1 | 0.2 | 0.1 |",
    "one column": "| A | $P(B\\mid A)$ |\n|---|---|\n| F | 0.7 |\n| T | 0.1 |",
    "one column of 1": "| A | $P(B\\mid A)$ |\n|---|---|\n| 0 | 0.7 |\n| 1 | 0.1 |",
    "a list": "| case | probability |\n|---|---|\n| $P(B=1\\mid A=0)$ | 0.7 |\n| $P(B=1\\mid A=1)$ | 0.1 |",
    "two heads": "\\begin{tabular}{c|cc}\n & \\multicolumn{2}{c}{$B$} \\\\\n$A$ & 0 & 1 \\\\ \\hline\n"
    "0 & 0.3 & 0.7 \\\\\n1 & 0.9 & 0.1\n\\end{tabular}",
    "spans of HTML": "<table><tr><th rowspan=2>A</th><th colspan=2>B</th></tr><tr><th>0</th><th>1</th></tr>"
    "<tr><td>0</td><td>0.3</td><td>0.7</td></tr><tr><td>1</td><td>0.9</td><td>0.1</td></tr></table>",
    "reStructuredText": "===  ====  ====\nA    B=0   B=1\n===  ====  ====\n0    0.3   0.7\n1    0.9   0.1\n"
    "===  ====  ====",
    "LaTeX with a caption": "\\begin{table}\\caption{$P(B\\mid A)$}\\begin{tabular}{lrr}\\toprule\n"
    "$A$ & $B=0$ & $B=1$ \\\\\\midrule\n0 & 0.3 & 0.7 \\\\\n1 & 0.9 & 0.1 \\\\\\bottomrule\n"
    "\\end{tabular}\\end{table}",
}  # fmt: skip


@pytest.mark.parametrize("table", READ.values(), ids=READ)
def test_tables_that_are_read(table: str) -> None:
    assert verdicts(table, CLAIM, FALSE) == ["holds", "fails"]


# what leaves a choice, is no such table, or is taken back by the words around it
PASSED = {
    "of which variable": "| | 0 | 1 |\n|---|---|---|\n| 0 | 0.3 | 0.7 |\n| 1 | 0.9 | 0.1 |",
    "rows or columns": "$P(B\\mid A)$:\n\n| | 0 | 1 |\n|---|---|---|\n| 0 | .1 | .9 |\n| 1 | .9 | .1 |",
    "another head": FULL.replace("P(B\\mid A)", "P(A\\mid B)"),
    "a joint": FULL.replace("P(B\\mid A)", "P(A, B)"),
    "an intervention": FULL.replace("P(B\\mid A)", "P(B\\mid do(A))"),
    "another measure": FULL.replace("P(B\\mid A)", "q(B\\mid A)"),
    "sums": FULL.replace("0.9", "0.8"),
    "sums of one digit": FULL.replace("0.7", "0.8"),
    "a case too few": FULL.rpartition("\n")[0],
    "a case twice": FULL + "\n| 1 | 1 | 0.1 |",
    "a row too short": FULL + "\n| 1 |",
    "one state of B and no P": "| A | $B=1$ |\n|---|---|\n| 0 | 0.7 |\n| 1 | 0.1 |",
    "one column of other states": "| A | $P(B\\mid A)$ |\n|---|---|\n| 1 | 0.7 |\n| 2 | 0.1 |",
    "no number": FULL.replace("0.9", "p"),
    "no probability": FULL.replace("0.9", "1.9"),
    "a total": "| A | $B=0$ | $B=1$ | total |\n|---|---|---|---|\n| 0 | .3 | .7 | 1 |\n| 1 | .9 | .1 | 1 |",
    "a head of no state": "| A | no | yes |\n|---|---|---|\n| 0 | .3 | .7 |\n| 1 | .9 | .1 |",
    "one state of A": "| A | $B=0$ | $B=1$ |\n|---|---|---|\n| 1 | .9 | .1 |",
    "another table": f"{FULL}\n\nand\n\n{FULL.replace('0.9', '0.8').replace('0.1', '0.2')}",
    "denied": f"This table is wrong:\n\n{FULL}",
    "taken back": f"{FULL}\n\nThis table is wrong.",
    "asked": f"Is this the table?\n\n{FULL}",
    "supposed": f"What would change if the table were\n\n{FULL}",
    "code": f"```\n{FULL}\n```",
    "turned off": f"<!-- symcausal: off -->\n\n{FULL}\n\n<!-- symcausal: on -->",
    "a comment": f"<!--\n{FULL}\n-->",
    "another section": f"## One\n\n{FULL}\n\n## Two",
    "another graph": f"{FULL}\n\nConsider the graph $A \\to C \\leftarrow B$.",
    "an exercise": f"**Exercise 1.** Let\n\n{FULL}\n\n**Exercise 2.** Now",
}  # fmt: skip


@pytest.mark.parametrize("table", PASSED.values(), ids=PASSED)
def test_tables_that_give_nothing(table: str) -> None:
    assert not {"holds", "fails"} & {*verdicts(table, r"$P(B=1\mid A=1) = 0.314$")}


def test_what_a_table_does_not_name_is_no_state_of_it() -> None:
    """A third state that formulas name: the table does not have all."""
    found = verdicts(FULL, r"$P(B=2\mid A=1) = 0.2$", r"$P(B=1\mid A=1) = 0.1$")
    assert not {"holds", "fails"} & {*found}


def test_rounded_rows_hold_to_their_digits_and_fail_in_doubt() -> None:
    head = "| A | $B=0$ | $B=1$ | $B=2$ |\n|---|---|---|---|\n"
    table = f"{head}| 0 | 0.33 | 0.33 | 0.33 |\n| 1 | 0.2 | 0.3 | 0.5 |"
    claims = [r"$P(B=2\mid A=0) = 0.333$", r"$P(B=2\mid A=0) = 0.332$", r"$P(B=0\mid A=1) = 0.2$"]
    assert verdicts(table, *claims) == ["holds", "undecided", "holds"]


def test_thirds_that_were_rounded_are_no_error() -> None:
    table = FULL.replace("0.3", "0.33").replace("0.7", "0.67")
    assert verdicts(table, r"$P(B=1\mid A=0) = 0.6667$") == ["undecided"]
    assert verdicts(table, r"$P(B=1\mid A=0) = 0.6767$") == ["fails"]


def test_numbers_of_tables_and_of_words_go_together() -> None:
    prior = r"Let $P(A=1) = 0.2$."
    found = verdicts(f"{FULL}\n\n{prior}", "$P(B=1) = 0.58$", "$P(B=1) = 0.57$")
    assert found == ["definition", "holds", "undecided"]


def test_a_number_of_the_text_against_a_table_fails() -> None:
    assert verdicts(FULL, r"$P(B=1\mid A=0) = 0.6$") == ["fails"]


def test_without_a_graph_tables_are_given_numbers() -> None:
    text = f"{FULL}\n\nLet $P(A=1) = 0.2$. Then $P(B=1) = 0.58$, and $P(A=1 \\mid B=1) = 2/58$."
    found = check(text).claims
    assert [claim.verdict for claim in found] == ["definition", "holds", "holds"]


def test_a_table_gives_the_numbers_that_a_model_leaves_open() -> None:
    model = "```symcausal\nA -> B\nP(A) = 0.8, 0.2\n```"
    found = check(f"{model}\n\n{FULL}\n\nThen $P(B=1) = 0.58$ and $P(B=1) = 0.57$.").claims
    assert [claim.verdict for claim in found] == ["holds", "fails"]
    assert "the table of line 6" in found[0].message
    closed = "```symcausal\nA -> B\nP(B | A=0) = 0.5, 0.5; P(B | A=1) = 0.5, 0.5\n```"
    found = check(f"{closed}\n\n{FULL}\n\nThen $P(B=1\\mid A=1) = 0.5$.").claims
    assert [claim.verdict for claim in found] == ["holds"]


def test_a_table_is_not_of_a_graph_with_other_parents() -> None:
    start = "The graph of $P(A,B,C)$ is $A \\to B \\leftarrow C$."
    (claim,) = check(f"{start}\n\n{FULL}\n\nThen {FALSE}.").claims
    assert claim.verdict in ("definition", "undecided")


TITLES = {
    "headings": ("## $P(B\\mid A)$", "## The table of $P(A)$", "## Queries"),
    "bold": ("**Table of $P(B\\mid A)$**", "**Table of $P(A)$**", "Now"),
}


@pytest.mark.parametrize("titles", TITLES.values(), ids=TITLES)
def test_the_title_of_a_table_ends_no_other(titles: tuple[str, str, str]) -> None:
    prior = "| A | P(A) |\n|---|---|\n| 0 | 0.8 |\n| 1 | 0.2 |"
    one, other, then = titles
    text = "\n\n".join(("# Model", START, one, FULL, other, prior, then, "$P(B=1) = 0.58$"))
    assert check(text).claims[-1].verdict == "holds"


def test_the_burglary_of_russell_and_norvig() -> None:
    """Artificial Intelligence, figure 14.2; P(b | j, m) = 0.284 is on the pages after it."""
    text = r"""
- $B$: burglary
- $E$: earthquake

The alarm's graph is $B \to A \leftarrow E$, $A \to J$, $A \to M$, and $P(B, E, A, J, M)$ its joint.

| $P(B=T)$ | $P(E=T)$ |
|----------|----------|
| .001     | .002     |

| B | E | $P(A \mid B, E)$ |
|---|---|------------------|
| T | T | .95 |
| T | F | .94 |
| F | T | .29 |
| F | F | .001 |

| A | $P(J=T \mid A)$ | $P(M=T \mid A)$ |
|---|---|---|
| T | .90 | .70 |
| F | .05 | .01 |

So $P(b \mid j, m) = 0.284$, $P(\text{Burglary}=T \mid J=T, M=T) \approx 0.284$ and $P(b \mid j, m) = 0.294$.
The joint $P(j, m, a, \neg b, \neg e) = 0.000628$.
"""
    found = [claim.verdict for claim in check(text).claims]
    assert found == ["holds", "holds", "fails", "holds"]


CELLS = ["", "~", "0", "1", "0.3", "$0.7$", "$A$", "$B=0$", "$b$", "$\\neg b$", "$P(B\\mid A)$", "$n$ ($B$)", "total", "yes"]  # fmt: skip
GRIDS = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from(CELLS), min_size=width, max_size=width), min_size=2, max_size=5
    )
)


def drawn(grid: list[list[str]], style: str) -> str:
    """A table of these cells."""
    if style == "latex":
        rows = "\\\\\n".join(" & ".join(row) for row in grid)
        return f"\\begin{{tabular}}{{cccc}}\n{rows}\n\\end{{tabular}}"
    head, *body = ("| " + " | ".join(row) + " |" for row in grid)
    return "\n".join([head, "|---" * len(grid[0]) + "|", *body])


@settings(max_examples=200)
@given(GRIDS)
def test_no_grid_of_cells_is_a_defect(grid: list[list[str]]) -> None:
    """Whatever stands in the cells, no claim of the notes is lost to it."""
    for style in ("latex", "markdown"):
        claim = "$P(A\\mid B)P(B) = P(A,B)$"
        found = check(f"{START}\n\n{drawn(grid, style)}\n\nSo {claim}.")
        assert [claim.verdict for claim in found.claims] == ["holds"]
        assert not [told for told in found.problems if "internal" in told]
