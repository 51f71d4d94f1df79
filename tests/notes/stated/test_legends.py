"""Legends: words that are other spellings of symbols, and those that are not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal import check
from symcausal.notes.models import models_of
from symcausal.reading.model_language import read_model
from tests.notes.stated.test_properties import Statement, graphs, is_true, names_of, statements
from tests.support.depth import many

WORDS = {"A": "Alarm", "B": "Burglary", "C": "Call", "D": "Dog barks"}
STYLES = {
    "list": lambda s, w: f"- ${s}$: {w.lower()}",
    "bold list": lambda s, w: f"* **{s}** - the {w.lower()} of the house",
    "denote": lambda s, w: f"Let ${s}$ denote the {w.lower()}.",
    "where": lambda s, w: f"Here, where ${s}$ is the {w.lower()}.",
    "brackets": lambda s, w: f"{w} (${s}$) matters.",
    "explained": lambda s, w: f"We look at ${s}$ ({w.lower()}).",
    "table": lambda s, w: f"| symbol | meaning |\n|---|---|\n| ${s}$ | {w.lower()} |",
    "description": lambda s, w: f"\\item[${s}$] {w.lower()}",
}
START = "The graph of $P(A,B,C)$ is $A \\to B \\to C$."
CLAIM = r"$P(C \mid A, \text{Burglary}) = P(C \mid B)$"


@settings(max_examples=many(25), deadline=None)
@given(st.data())
def test_words_are_the_symbols_that_they_stand_for(data: st.DataObject) -> None:
    arrows = data.draw(graphs())
    names = names_of(arrows)
    style = STYLES[data.draw(st.sampled_from(sorted(STYLES)))]
    lines = [style(name, WORDS[name]) for name in data.draw(st.permutations(names))]
    edges = ", ".join(rf"{a} \to {b}" for a, b in arrows)
    lines.append(f"The graph of $P({', '.join(names)})$ is ${edges}$.")
    claimed = data.draw(st.lists(statements(names), min_size=1, max_size=3))
    lines += [f"Here {written(one, data)}." for one in claimed]
    found = [claim.verdict for claim in check("\n\n".join(lines)).claims]
    assert len(found) == len(claimed)
    for verdict, one in zip(found, claimed, strict=True):
        assert verdict == ("holds" if is_true(one, arrows) else "fails"), lines


def written(statement: Statement, data: st.DataObject) -> str:
    """A statement in which each name, at each place, is a symbol or its word."""
    name, more, less = statement

    def spelt(symbol: str) -> str:
        return rf"\text{{{WORDS[symbol]}}}" if data.draw(st.booleans()) else symbol

    bar = rf" \mid {', '.join(map(spelt, sorted(less)))}" if less else ""
    left = rf"P({spelt(name)} \mid {', '.join(map(spelt, sorted(more)))})"
    return rf"${left} = P({spelt(name)}{bar})$"


# legends that leave a choice, or are none
AMBIGUOUS = [
    "- $B$: burglary\n- $A$: burglary",
    "- $B$: burglary\n\nLater $B$ denotes the bell.",
    "- $B$: a bell",
    "- $B$: burglary\n\nBut $P(\\text{Burglary}, B)$ has both.",
    "- $B$: burglary\n\nIn $P(C = \\text{Burglary})$ it is a state.",
    "- $Q$: burglary",
    "A burglary is no symbol.",
]


@pytest.mark.parametrize("legend", AMBIGUOUS)
def test_what_is_ambiguous_is_no_spelling(legend: str) -> None:
    claim = check(f"{legend}\n\n{START}\n\nSo {CLAIM}.").claims[-1]
    assert claim.verdict in ("undecided", "fails")
    assert "by line" not in claim.message


def test_the_message_names_the_line_of_a_legend() -> None:
    (claim,) = check(f"- $B$: burglary\n\n{START}\n\nSo {CLAIM}.").claims
    assert claim.verdict == "holds"
    assert "Burglary is B by line 1" in claim.message


@pytest.mark.parametrize("model", ["A -> B -> C", "A -> Burglary -> C"])
def test_a_model_has_the_spellings_of_its_notes(model: str) -> None:
    found = check(f"- $B$: burglary\n\n```symcausal\n{model}\n```\n\nSo {CLAIM}.").claims
    assert [claim.verdict for claim in found] == ["holds"]
    only = r"$P(C \mid A, B) = P(C \mid B)$"
    found = check(f"- $B$: burglary\n\n```symcausal\n{model}\n```\n\nSo {only}.").claims
    assert [claim.verdict for claim in found] == ["holds"]


def test_graphs_drawn_with_words_are_about_the_symbols() -> None:
    drawn = "```mermaid\ngraph LR\nAlarm --> Burglary --> Call\n```"
    legend = "- $A$: alarm\n- $B$: burglary\n- $C$: call\n"
    claim = check(f"{legend}\n{drawn}\n\nSo $P(C \\mid A, B) = P(C \\mid B)$.").claims[-1]
    assert claim.verdict == "holds"


def test_the_model_that_is_printed_has_labels_and_spellings(tmp_path: object) -> None:
    path = tmp_path / "notes.md"  # type: ignore[operator]
    path.write_text(f"- $B$: burglary\n\n{START}\n\nSo {CLAIM}.\n", "utf-8")
    variable = read_model(models_of(str(path))).network.variables["B"]
    assert (variable.label, variable.aliases) == ("burglary", ("Burglary",))
