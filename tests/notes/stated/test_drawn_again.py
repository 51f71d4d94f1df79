"""A part of a graph that code draws below it: where the two differ, a claim is undecided."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from symcausal import check

NAMES = "ABC"
PAIRS = [*combinations(NAMES, 2)]
CLAIMS = [
    rf"{a} \perp {b}{bar}" for a, b in PAIRS for bar in ("", rf" \mid {({*NAMES} - {a, b}).pop()}")
]


def code(arrows: list[tuple[str, str]], name: str) -> str:
    """A graph in Python, with all names."""
    edges = ", ".join(f"('{a}', '{b}')" for a, b in arrows)
    return f"{name} = nx.DiGraph([{edges}])\n"


def cells(*codes: str) -> str:
    """Notes with a block for each code, and a claim below."""
    return "\n".join(f"```python\n{one}```\n" for one in codes)


def verdicts(text: str) -> list[str]:
    """The verdicts on all claims below a text."""
    said = "\n\n".join(f"Here ${claim}$." for claim in CLAIMS)
    return [claim.verdict for claim in check(f"{text}\n\n{said}\n").claims]


@given(
    st.lists(st.sampled_from(PAIRS), min_size=2, max_size=3, unique=True).filter(
        lambda arrows: len({n for arrow in arrows for n in arrow}) == 3
    ),
    st.data(),
    st.booleans(),
)
def test_claims_hold_or_fail_where_a_graph_and_its_part_agree(
    arrows: list[tuple[str, str]], data: st.DataObject, is_one_cell: bool
) -> None:
    kept = data.draw(st.lists(st.sampled_from(arrows), min_size=2, max_size=3, unique=True))
    codes = code(arrows, "whole"), code(kept, "part")
    told = verdicts(cells("".join(codes)) if is_one_cell else cells(*codes))
    whole, part = (verdicts(cells(one)) for one in codes)
    assert {*whole, *part} <= {"holds", "fails"}
    assert told == [
        one if one == other else "undecided" for one, other in zip(whole, part, strict=True)
    ]


def test_a_modified_graph_of_which_a_claim_may_be_is_named() -> None:
    whole, cut = (
        code([("W", "Y"), ("W", "X"), ("X", "Y")], "g"),
        code([("W", "Y"), ("W", "X")], "h"),
    )
    claims = check(cells(whole + cut) + "\nWe have $Y \\perp X \\mid W$.\n").claims
    assert claims[0].verdict == "undecided"
    assert "fails under W -> Y; W -> X; X -> Y" in claims[0].reason
    assert "holds under W -> Y; W -> X" in claims[0].reason
    claims = check(
        cells(whole + cut) + "\nWe have $P(Y|X,W)=P(Y|W)$, $P(Y|do(X),W)=P(Y|X,W)$.\n"
    ).claims
    assert [claim.verdict for claim in claims] == ["undecided", "holds"]
