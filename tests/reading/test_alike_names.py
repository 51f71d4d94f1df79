"""Names that look alike: what a formula cannot tell apart is refused where the model is made."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcausal import Model, check
from symcausal.errors import ModelError
from symcausal.reading.characters import as_read

_BOLD = 0x1D400 - ord("A")
_FULL = 0xFF21 - ord("A")

letters = st.text("ABCGHSTXZ", min_size=1, max_size=3)
fonts = st.sampled_from([_BOLD, _FULL])


def _in_font(name: str, font: int) -> str:
    return "".join(chr(ord(c) + font) for c in name)


@given(letters, fonts)
def test_what_is_read_as_one_name_is_refused_as_two_variables(name: str, font: int) -> None:
    twin = _in_font(name, font)
    assert unicodedata.normalize("NFKC", twin) == name  # what Unicode itself says
    assert as_read(twin) == name
    with pytest.raises(ModelError, match="two spellings of one name"):
        Model.parse(f'"{name}" -> "{twin}"')
    with pytest.raises(ModelError, match="two spellings of one name"):
        Model([(name, "Y"), (twin, "Y")])


@given(letters, fonts)
def test_what_is_read_as_one_state_is_refused_as_two(name: str, font: int) -> None:
    twin = _in_font(name, font)
    with pytest.raises(ModelError, match="two spellings of one state of Q"):
        Model.parse(f'Q: "{name}", "{twin}"')
    with pytest.raises(ModelError, match="two spellings of one state of Q"):
        Model([("Q", "R")], states={"Q": [name, twin]})


@settings(max_examples=12)
@given(letters, fonts)
def test_a_name_in_a_font_is_itself_in_any_font(name: str, font: int) -> None:
    twin = _in_font(name, font)
    model = Model.parse(f'"{twin}", Q -> R\nR: "{twin}u", v')
    for written in (name, twin):
        claims = check(f"$P({written}, Q) = P(Q) P({twin})$", model).claims
        assert [str(c.verdict) for c in claims] == ["holds"]
        claims = check(f"$P(R={written}u) = 1 - P(R=v)$", model).claims
        assert [str(c.verdict) for c in claims] == ["holds"]
        claims = check(f"$P({written}) = P(Q)$", model).claims
        assert [str(c.verdict) for c in claims] == ["fails"]


def test_runs_of_blanks_make_no_other_name() -> None:
    with pytest.raises(ModelError, match="two spellings of one name"):
        Model.parse('"a b" -> "a  b"')
    model = Model.parse('"a  b" -> C')
    claims = check(r"$P(\text{a b}, C) = P(C \mid \text{a b}) P(\text{a b})$", model).claims
    assert [str(c.verdict) for c in claims] == ["holds"]


def test_a_network_from_a_file_is_refused_where_it_is_asked(tmp_path: Path) -> None:
    text = (
        "network n {\n}\nvariable A {\n type discrete [ 2 ] { x, y };\n}\n"
        "variable Ａ {\n type discrete [ 2 ] { x, y };\n}\n"
        "probability ( A ) {\n table 0.5, 0.5;\n}\nprobability ( Ａ ) {\n table 0.2, 0.8;\n}\n"
    )
    path = tmp_path / "alike.bif"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="two spellings of one name"):
        Model.load(path).evaluate("P(A=x)")


# two names or states that a model keeps apart, and a reader may not
ALIKE = [
    ("x_1; x1", "P(x_1) = P(x1)", "undecided"),
    ("X_1; X1", "P(x_1) = P(x1)", "undecided"),
    ("Y; Y_1; Y1", "P(Y_1 | Y) = P(Y1 | Y)", "undecided"),
    ("X: 1, 01", "P(X=1) = P(X=01)", "undecided"),
    ("X: 1, 1.0", "P(X=1) = P(X=1.0)", "undecided"),
    ("X_1; X1", "P(x_1, x1) = P(x_1) P(x1)", "holds"),
    ("X: 1, 01", "P(X=1) + P(X=01) = 1", "holds"),
    ("X_1; X_2", "P(x_1) = P(x_2)", "fails"),
    ("X: 1, 10", "P(X=1) = P(X=10)", "fails"),
    ("X; x", "P(X) = P(x)", "fails"),
]


@pytest.mark.parametrize(("model", "claim", "verdict"), ALIKE)
def test_what_hangs_on_a_small_difference_does_not_fail(
    model: str, claim: str, verdict: str
) -> None:
    (found,) = check(f"${claim}$", Model.parse(model)).claims
    assert found.verdict == verdict
