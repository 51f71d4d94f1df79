"""Factorisations as notes write them: with any bar, of a vector, in the steps of a derivation."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from symcausal import check
from tests.notes.stated.test_properties import factorisation, graphs, joint, names_of
from tests.support.depth import many

CLAIM = r"$P(C \mid A,B)=P(C \mid B)$"


def verdicts(text: str) -> list[str]:
    """The verdicts on the claims of a text."""
    return [claim.verdict for claim in check(text).claims]


@pytest.mark.parametrize("bar", ["|", r"\mid ", r"\vert ", r"\given ", "∣"])
def test_any_bar_conditions(bar: str) -> None:
    product = f"$P(A,B,C)=P(A)P(B{bar}A)P(C{bar}B)$"
    assert verdicts(f"{product}\n\n{CLAIM}") == ["definition", "holds"]


def test_a_vector_of_all_variables() -> None:
    numbered = "$P(X)=P(X_1)P(X_2|X_1)P(X_3|X_2)$ and $P(X_3|X_1,X_2)=P(X_3|X_2)$"
    assert verdicts(numbered) == ["definition", "holds"]
    named = f"$P(X)=P(A,B,C)=P(A)P(B|A)P(C|B)$ and {CLAIM}"
    assert verdicts(named) == ["undecided", "definition", "holds"]


STATES_IN_STEPS = [
    (
        r"P(z|x,y) = \frac{P(x,y,z)}{P(x,y)} = \frac{P(x)P(y|x)P(z|y)}{P(x)P(y|x)} = P(z|y)",
        ["holds", "definition", "holds"],
        "P(X|Y,Z)=P(X|Y)",
    ),
    (
        r"P(X,Z|Y) = \frac{P(X,Z,Y)}{P(Y)} = \frac{P(X|Y)P(Z|Y)P(Y)}{P(Y)} = P(X|Y)P(Z|Y)",
        ["holds", "definition", "holds"],
        "P(X|Y,Z)=P(X|Y)",
    ),
    (
        r"P(X,Y) = \sum_{z} P(X,Y,z) = \sum_{z} P(X)P(Y)P(z|X,Y) = P(X)P(Y)",
        ["holds", "definition", "holds"],
        "P(X|Y)=P(X)",
    ),
    (
        r"\sum_z \frac{P(w,x,y,z)}{P(x,y)} = \sum_z \frac{P(x)P(y|x)P(z|y)P(w|z)}{P(y|x)P(x)}",
        ["definition"],
        "P(w|x,z)=P(w|z)",
    ),
    (
        r"\frac{\sum_y P(x,y,z)}{\sum_x\sum_y P(x,y,z)}"
        r" = \frac{\sum_y P(x)P(y|x)P(z|y)}{\sum_{x,y} P(x)P(y|x)P(z|y)}",
        ["definition"],
        "P(z|x,y)=P(z|y)",
    ),
    (r"\frac{P(x)P(y|x)P(z|y)}{P(z)} = \frac{P(x,y,z)}{P(z)}", ["definition"], "P(z|x,y)=P(z|y)"),
]


@pytest.mark.parametrize(("chain", "expected", "follows"), STATES_IN_STEPS)
def test_the_factorised_step_of_a_derivation(chain: str, expected: list[str], follows: str) -> None:
    assert verdicts(f"$${chain}.$$\n\nThen ${follows}$.") == [*expected, "holds"]
    for line in check(f"$${chain}.$$\n\nThen ${follows}$.").claims[-1:]:
        assert line.under is not None
        assert (line.under.line, line.under.source) == (1, "factorisation")


def test_what_can_be_proven_is_not_softened() -> None:
    step = r"$$\frac{P(x,y,z)}{P(y)} = \frac{P(x)P(y|x)P(z|y)}{P(y)}.$$"
    follows = "Then $P(z|x,y)=P(z|y)$."
    assert verdicts(f"This can be proven in one step: {step}\n\n{follows}") == [
        "definition",
        "holds",
    ]
    assert verdicts(f"This may be so: {step}\n\n{follows}") == ["undecided", "undecided"]


STATES_NONE = [
    # a denominator that the graph does not have
    r"$\frac{P(x,y,z)}{P(x,y)} = \frac{P(x)P(y|x)P(z|y)}{P(x)P(y)}$",
    r"$\frac{P(x,y,z)}{P(x)} = \frac{P(x)P(y|x)P(z|y)}{P(y)}$",
    # two graphs
    r"$\frac{\sum_y P(x,y,z)}{\sum_x P(x,y,z)} = \frac{\sum_y P(x)P(y|x)P(z|y)}{\sum_x P(y)P(x)P(z|x)}$",
    # the sums are over other letters
    r"$\sum_x P(x,y,z) = \sum_y P(x)P(y|x)P(z|y)$",
    # no factor, or two, of a variable; a circle
    r"$\sum_w P(w,x,y,z) = \sum_w P(x)P(y|x)P(z|y)$",
    r"$\frac{P(x,y,z)}{P(x)} = \frac{P(x)P(y|x)P(z|y)P(z|x)}{P(x)}$",
    r"$\frac{P(x,y,z)}{P(x)} = \frac{P(x|y)P(y|x)P(z|y)}{P(x)}$",
    # the joint probability is not there
    r"$P(x,z) = \sum_y P(x)P(y|x)P(z|y)$",
    r"$P(x,z|y) = \frac{P(x)P(y|x)P(z|y)}{P(y)}$",
    # supposed, denied, or to be shown
    r"If the graph were a chain, $\sum_w P(w,x,y,z) = \sum_w P(w)P(x|w)P(y|x)P(z|y)$.",
    r"It is wrong that $\sum_w P(w,x,y,z) = \sum_w P(w)P(x|w)P(y|x)P(z|y)$.",
    r"Is it true that $\sum_w P(w,x,y,z) = \sum_w P(w)P(x|w)P(y|x)P(z|y)$?",
    r"If $W$ and $Z$ are independent given $Y$, $\sum_w P(w,x,y,z) = \sum_w P(w)P(x|w)P(y|x)P(z|y)$.",
]  # fmt: skip


@pytest.mark.parametrize("words", STATES_NONE)
def test_steps_that_state_no_graph(words: str) -> None:
    *_, step, claim = verdicts(f"{words}\n\nThen $P(z|x,y)=P(z|y)$.")
    assert step in ("undecided", "fails")
    assert claim == "undecided"


def test_a_step_against_arrows_fails() -> None:
    step = r"$\sum_z P(x,y,z) = \sum_z P(x)P(y)P(z|x,y)$"
    assert verdicts(rf"The graph is $X \to Z \to Y$.{chr(10) * 2}{step}") == ["fails"]
    assert verdicts(rf"The graph is $X \to Z \leftarrow Y$.{chr(10) * 2}{step}") == ["holds"]


@settings(max_examples=many(30), deadline=None)
@given(st.data())
def test_a_fraction_states_a_graph_where_it_is_true_in_it(data: st.DataObject) -> None:
    arrows = data.draw(graphs())
    names = names_of(arrows)
    assume(len(arrows) < len(names) * (len(names) - 1) // 2)
    below = data.draw(st.permutations(names))[: data.draw(st.integers(2, len(names) - 1))]
    parents = {
        n: data.draw(st.sets(st.sampled_from(below[:i] or [n]))) - {n} for i, n in enumerate(below)
    }
    factors = [
        rf"P({n} \mid {', '.join(sorted(ps))})" if ps else f"P({n})" for n, ps in parents.items()
    ]
    left, right = factorisation(arrows).strip("$").split(" = ")
    whole = rf"$\frac{{{left}}}{{P({', '.join(below)})}} = \frac{{{right}}}{{{' '.join(factors)}}}$"
    expected = all(_is_product(joint(arrows, seed), names, parents) for seed in (11, 58))
    assert (verdicts(whole) == ["definition"]) == expected


def _is_product(
    table: dict[tuple[int, ...], Fraction], names: list[str], parents: dict[str, set[str]]
) -> bool:
    """Whether some of the variables of a joint distribution have a product for theirs."""

    def mass(at: dict[str, int]) -> Fraction:
        kept = (
            w for states, w in table.items() if at.items() <= set(zip(names, states, strict=True))
        )
        return sum(kept, Fraction(0))

    for states in product((0, 1), repeat=len(parents)):
        at = dict(zip(parents, states, strict=True))
        told = Fraction(1)
        for name, others in parents.items():
            given = {other: at[other] for other in others}
            told *= mass({name: at[name], **given}) / mass(given)
        if told != mass(at):
            return False
    return True


def test_a_factor_without_its_condition_states_no_graph_within_a_fraction() -> None:
    """The sides below would hold in a graph in which Y stands by itself; the factor lost its Z."""
    begins = r"P(X,Y \mid Z) = \frac{P(X,Y,Z)}{P(Z)}"
    step = rf"{begins} = \frac{{P(X \mid Z) P(Y) P(Z)}}{{P(Z)}} = P(X \mid Z) P(Y \mid Z)"
    first, *lost = [claim.verdict for claim in check(f"$$ {step} $$").claims]
    assert (first, lost) == ("holds", ["undecided", "undecided"])
    right = step.replace("P(Y) P(Z)", r"P(Y \mid Z) P(Z)")
    assert [claim.verdict for claim in check(f"$$ {right} $$").claims] == [
        "holds",
        "definition",
        "holds",
    ]
