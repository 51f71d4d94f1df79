"""Tables of notes give the numbers of their model: random models, judged by their joint distributions."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from symcausal import check
from symcausal.algebra.scalar import Number
from symcausal.notes.models import models_of
from symcausal.reading.model_language import read_model
from tests.notes.stated.tabling import (
    SHAPES,
    STYLES,
    Drawn,
    Place,
    decimal,
    drawn_models,
    event,
    grid_of,
)
from tests.support.depth import many


def notes(model: Drawn, data: st.DataObject) -> str:
    """The notes of a model: its graph, and a table for each variable in some style."""
    arrows = ", ".join(rf"{a} \to {b}" for a, b in model.arrows)
    alone = [n for n in model.states if all(n not in arrow for arrow in model.arrows)]
    declared = data.draw(st.booleans()) or bool(alone)
    if declared:
        edges = "; ".join([*model.states, *(f"{a} -> {b}" for a, b in model.arrows)])
        lines = [f"```symcausal\n{edges}\n```"]
    else:
        lines = [f"The graph of $P({', '.join(model.states)})$ is ${arrows}$."]
    style = STYLES[data.draw(st.sampled_from(sorted(STYLES)))]
    for name in data.draw(st.permutations(list(model.states))):
        lines.append(style(grid_of(model, name, data.draw(st.sampled_from(SHAPES)))))
    return "\n\n".join(lines)


@st.composite
def questions(draw: st.DrawFn, model: Drawn) -> tuple[Place, Place]:
    """An event, and what it is conditioned on."""
    names = draw(st.permutations(list(model.states)))
    asked = names[: draw(st.integers(1, 2))]
    seen = names[len(asked) : len(asked) + draw(st.integers(0, 2))]
    at = {name: draw(st.sampled_from(model.states[name])) for name in (*asked, *seen)}
    return {n: at[n] for n in asked}, {n: at[n] for n in seen}


def written(asked: Place, seen: Place, *, scripts: bool) -> str:
    left = ", ".join(event(n, s, scripts=scripts) for n, s in asked.items())
    right = ", ".join(event(n, s, scripts=scripts) for n, s in seen.items())
    return f"P({left} \\mid {right})" if seen else f"P({left})"


def value(model: Drawn, asked: Place, seen: Place) -> Fraction:
    return model.probability({**asked, **seen}) / model.probability(seen)


@settings(max_examples=many(40), deadline=None)
@given(st.data())
def test_claims_are_judged_in_the_numbers_of_tables(data: st.DataObject) -> None:
    model = data.draw(drawn_models())
    scripts = data.draw(st.booleans())
    digits = data.draw(st.integers(3, 5))
    asked = data.draw(st.lists(questions(model), min_size=2, max_size=4, unique_by=str))
    shown = [decimal(value(model, *one), digits) for one in asked]
    assume(all(Fraction(number) not in (0, 1) for number in shown))
    claims = [
        f"${written(*one, scripts=scripts)} = {number}$"
        for one, number in zip(asked, shown, strict=True)
    ]
    text = notes(model, data) + "\n\nThen " + ".\n\nAnd ".join(claims) + ".\n"
    found = check(text).claims
    assert [claim.verdict for claim in found] == ["holds"] * len(claims), text
    assert all("table" in claim.message for claim in found)
    # one number that is not what it should be is the only one that fails
    wrong = data.draw(st.integers(0, len(asked) - 1))
    off = data.draw(st.integers(2, 40))
    other = decimal((Fraction(shown[wrong]) + Fraction(off, 10**digits)) % 1, digits)
    assume(Fraction(other) not in (0, 1))
    claims[wrong] = f"${written(*asked[wrong], scripts=scripts)} = {other}$"
    text = notes(model, data) + "\n\nThen " + ".\n\nAnd ".join(claims) + ".\n"
    verdicts = [claim.verdict for claim in check(text).claims]
    assert verdicts.count("fails") == 1, text
    assert verdicts[wrong] == "fails"
    assert verdicts.count("holds") == len(claims) - 1


@settings(max_examples=many(25), deadline=None)
@given(st.data())
def test_tables_whose_numbers_are_changed_give_nothing(data: st.DataObject) -> None:
    """A number too large, or a row too few: no claim holds or fails in such numbers."""
    model = data.draw(drawn_models())
    name = data.draw(st.sampled_from(sorted(model.states)))
    shape = data.draw(st.sampled_from(["long", "wide", "headed", "labelled", "listed"]))
    grid = grid_of(model, name, shape)
    row = data.draw(st.integers(1, len(grid) - 1))
    if data.draw(st.booleans()) and len(grid) > 2:
        del grid[row]
    else:
        grid[row][-1] = decimal(
            Fraction(grid[row][-1]) + Fraction(data.draw(st.integers(2, 90)), 100), 2
        )
    arrows = ", ".join(rf"{a} \to {b}" for a, b in model.arrows)
    style = STYLES[data.draw(st.sampled_from(sorted(STYLES)))]
    asked, seen = data.draw(questions(model))
    claim = f"${written(asked, seen, scripts=False)} = 0.3141$"
    whole = f"P({', '.join(model.states)})"
    text = f"The graph of ${whole}$ is ${arrows}$.\n\n{style(grid)}\n\nThen {claim}."
    (found,) = check(text).claims
    assert found.verdict in ("definition", "undecided"), text


@settings(max_examples=many(15), deadline=None)
@given(st.data())
def test_the_model_that_is_printed_has_the_numbers_of_the_tables(data: st.DataObject) -> None:
    model = data.draw(drawn_models())
    with TemporaryDirectory() as folder:
        path = Path(folder) / "notes.md"
        path.write_text(f"{notes(model, data)}\n", "utf-8")
        network = read_model(models_of(str(path))).network
    for name, rows in model.rows.items():
        assert set(network.variables[name].states) == set(model.states[name])
        for place, row in rows.items():
            at = dict(zip(model.parents[name], place, strict=True))
            for state, number in zip(model.states[name], row, strict=True):
                assert network.entry(name, state, at) == Number(number)


def test_words_in_code_end_no_table() -> None:
    table = "| $A$ | $P(A)$ |\n|---|---|\n| 0 | 0.3 |\n| 1 | 0.7 |"
    before = f"The graph of $P(A,B,C)$ is $A \\to B, B \\to C$.\n\n{table}\n\n"
    for words, expected in (
        ("Exercise 2: more.", "definition"),
        ("```python\n# exercise\nExercise 2: more.\n```", "fails"),
    ):
        (claim,) = check(f"{before}{words}\n\n$P(A=1)=0.6$.").claims
        assert claim.verdict == expected
