r"""What stands beside numbers: *about*, units, percentages in brackets, lists, decimal commas."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal.errors import Source, Span
from symcausal.expr.nodes import Scalar
from symcausal.model.model import Model
from symcausal.notes.check import check_text
from symcausal.notes.reading.claims import read_claims
from symcausal.notes.reading.stated import StatedSide
from symcausal.reading.calculation import interval, is_arithmetic
from symcausal.reading.numerals import Numeral, numeral, writes_commas
from tests.support.pace import soon


def side(text: str, **options: bool) -> StatedSide:
    """The last side of a claim about a probability."""
    (statement,) = read_claims([Span(Source("P(A=1) = " + text), 0, 9 + len(text))], **options)
    return statement.parts[-1]


REMARKS = [
    (r"0.55\quad(55\%)", "0.55"),
    (r"\mathbf{0.55}\quad(55\%)", "0.55"),
    (r"0.55\qquad [55\%]", "0.55"),
    (r"0.55 (55\%)", "0.55"),
    (r"0.55~(45\%)", "0.55"),
    (r"0.55\;(\approx 55\%)", "0.55"),
    (r"0.55 \left(55\%\right)", "0.55"),
    (r"0.55(55\%)", "0.55"),
    (r"0.548(55\%)", "0.548"),
    (r"-0.167\; (-16.7\%)", "-0.167"),
    (r"0.5(-50\%)", None),
    (r"0.3 \text{ (rounded)}", "0.3"),
    (r"0.3 \text{ bits}", "0.3"),
    (r"0.3\ \mathrm{bits}", "0.3"),
    (r"30 \text{ per cent}", r"30\%"),
    (r"30\,\text{percent}", r"30\%"),
    (r"\textbf{0.3}", "0.3"),
    (r"\text{30\%}", r"30\%"),
    (r"0.55(45\%)", None),
    (r"0.2 + 0.35 (35\%)", None),
    (r"0.5 \cdot 0.5 (50\%)", None),
    (r"0.3\,\mathrm{sens}", None),
]


@pytest.mark.parametrize(
    "power", [r"5.5 \times 10^{-1}", r"5.5\cdot 10^{-1}", r"0.055 \times 10^1"]
)
def test_a_power_of_ten_may_have_a_remark_too(power: str) -> None:
    assert side(rf"{power}\; (55\%)").expr == side(power).expr


@pytest.mark.parametrize(("text", "written"), REMARKS)
def test_remarks_are_no_part_of_a_number(text: str, written: str | None) -> None:
    """What may be a factor is none."""
    part = side(text)
    if written is None:
        assert part.constant or not isinstance(part.calculation, Numeral)
    else:
        assert part.calculation == numeral(written)
        assert isinstance(part.expr, Scalar)
        assert part.expr.value.value == numeral(written).value


@pytest.mark.parametrize(
    "text",
    [
        r"0.3 \text{ to } 0.4",
        r"0.3\text{--}0.4",
        r"0.3\text{–}0.4",
        r"3/10 \text{ per cent}",
        r"\frac{1}{2} \text{ percent}",
        r"0.5 \cdot 0.55 \ldots",
        r"0.9 \cdot 0.99\ldots",
        r"0.5 \cdot 0.333 \ldots",
    ],
)
def test_what_is_no_lone_number_is_not_cut_to_one(text: str) -> None:
    """Ranges, percentages of calculations, and products that are left open."""
    assert side(text).problem is not None


@given(
    st.lists(
        st.sampled_from(
            ["0", "5", "12", "000", ".", ",", "{,}", "...", r"\ldots", r"\overline{3}", "e-3", "%", r"\%",
             "+", "-", r"\cdot ", "/", ":", "(", ")", "{", "}", r"\frac", r"\mathbf{", "^2", "^{-1}", " ",
             r"\quad ", r"\,", r"\text{about }", r"\text{ per cent}", r"\sim ", r"\langle ", r"\rangle",
             r"\alpha ", "P(B=1)", "10^{-4}", "⁻²", "0.5", "=", r"\approx ", "E", r"\dot{1}"]
        ),
        max_size=14,
    ),
    st.booleans(),
)  # fmt: skip
def test_random_numbers_mean_one_thing_or_none(pieces: list[str], commas: bool) -> None:
    """A side has a value as a formula and the same as a calculation, or a reason why not."""
    text = "P(A=1) = " + "".join(pieces)
    for statement in read_claims([Span(Source(text), 0, len(text))], commas=commas):
        for part in statement.parts:
            if part.problem is not None or part.expr is None:
                assert part.problem is not None
                assert part.calculation is None
                continue
            if part.calculation is None:
                assert any(sign.definition for sign in statement.relations)
            elif is_arithmetic(part.calculation):
                assert isinstance(part.expr, Scalar)
                value = part.expr.value.value
                found = interval(part.calculation, lambda _: None, lambda _: Fraction(0))
                assert found == (value, value)


def test_a_percentage_behind_a_fraction_is_a_remark_if_it_is_equal() -> None:
    """Else it may be a factor."""
    assert side(r"\frac{1}{2} (50\%)").text == r"\frac{1}{2}"
    assert side(r"1/3 (33\%)").text == "1/3"
    assert side(r"1/3 (35\%)").text == r"1/3 (35\%)"


ROUGH = [
    (r"\text{about } 0.3", True),
    (r"\text{roughly } 30\%", True),
    (r"\text{approximately}~0.3", True),
    (r"\text{that is, about } 0.3", True),
    (r"\mathrm{ca.}\ 0.3", True),
    ("ca. 0.3", True),
    ("about 0.3", True),
    (r"\sim 0.3", True),
    (r"\sim\mathbf{0.3}", True),
    ("∼0.3", True),
    ("0.3", False),
    (r"\text{exactly } 0.3", False),
    (r"0.3 \text{ about}", False),
]


@pytest.mark.parametrize(("text", "rough"), ROUGH)
def test_words_before_a_number_say_that_it_is_rough(text: str, rough: bool) -> None:
    """They are no part of it."""
    part = side(text)
    assert part.about is rough
    assert isinstance(part.calculation, Numeral)


def test_a_tilde_between_a_formula_and_a_number_is_a_relation() -> None:
    r"""``P(A) \sim 0.3`` says roughly; a distribution is outside finite models."""
    text = r"P(A=1) \sim 0.3"
    (statement,) = read_claims([Span(Source(text), 0, len(text))])
    assert [sign.sign for sign in statement.relations] == ["≈"]
    assert side(r"X \sim \mathcal{N}(0,1)").problem is not None
    assert side(r"P(B=1) \sim P(C=1)").problem is not None


LISTS = [
    (r"\langle 0.3, 0.7\rangle", ("0.3", "0.7"), False),
    (r"\left\langle 0.3, 0.7 \right\rangle", ("0.3", "0.7"), False),
    (r"\langle 0.3,0.7\rangle", ("0.3", "0.7"), False),
    (r"\alpha\langle 0.3, 0.6\rangle", ("0.3", "0.6"), True),
    (r"\alpha \, \langle 0.3, 0.6, 0.1\rangle", ("0.3", "0.6", "0.1"), True),
    (r"\frac{1}{Z} \langle 3, 1\rangle", ("3", "1"), True),
    ("⟨30%, 70%⟩", ("30%", "70%"), False),
    (r"2\langle 0.3, 0.7\rangle", (), False),
    (r"\langle 0.3, 0.7\rangle \cdot \langle 0.1, 0.9\rangle", (), False),
    ("(0.3, 0.7)", (), False),
    ("0.3", (), False),
]


@pytest.mark.parametrize(("text", "entries", "constant"), LISTS)
def test_lists_of_numbers(text: str, entries: tuple[str, ...], constant: bool) -> None:
    """Each entry is a side of its own."""
    part = side(text)
    assert [entry.calculation for entry in part.listed] == [numeral(entry) for entry in entries]
    assert part.constant is constant


def test_entries_of_lists_may_be_calculations_and_formulas() -> None:
    """Each is read for itself, where it stands."""
    first, second, third = side(r"\langle 0.1 + 0.2, P(B=1), ? \rangle").listed
    assert (first.text, second.text) == ("0.1 + 0.2", "P(B=1)")
    assert first.calculation is not None
    assert not isinstance(first.calculation, Numeral)
    assert second.expr is not None
    assert third.problem is not None
    assert second.span.source.text[second.span.start : second.span.end] == "P(B=1)"


def test_odds_are_fractions() -> None:
    """Of two numbers, alone on their side."""
    assert side("3:2").expr == side("3/2").expr
    assert side(r"\mathbf{3:2}").expr == side("3/2").expr
    assert side("3:2:1").problem is not None
    assert side("3:0").problem is not None
    assert side("2 + 3:2").problem is not None


# -- decimal commas -----------------------------------------------------------------------------------
COMMAS = [
    ("0,5", "0.5"),
    ("0{,}5", "0.5"),
    (r"1,5\%", r"1.5\%"),
    (r"\frac{0,3}{0,5}", r"\frac{0.3}{0.5}"),
    (r"0,3 \cdot (0,5 + 0,2)", r"0.3 \cdot (0.5 + 0.2)"),
    (r"0,\overline{3}", r"0.\overline{3}"),
    ("0,5 (50\\%)", "0.5"),
    ("1,000", "1000"),
    ("1,000,5", "1000.5"),
    ("0.5", "0.5"),
    (r"P(B=1) \cdot 0,5", r"P(B=1) \cdot 0.5"),
    (r"\sum_b P(B=b) 0,5", r"\sum_b P(B=b) 0.5"),
]


@pytest.mark.parametrize(("text", "pointed"), COMMAS)
def test_decimals_with_a_comma_are_read_as_those_with_a_point(text: str, pointed: str) -> None:
    """Where the notes write them so; elsewhere only thousands are."""
    expected = side(pointed)
    read = side(text, commas=True)
    assert (read.expr, read.calculation) == (expected.expr, expected.calculation)
    if "." not in text and "000" not in text:
        assert side(text).problem is not None


@pytest.mark.parametrize("text", ["f(0,1)", r"\{0,1\}", "0,5,7", "(0,5"])
def test_other_commas_are_no_decimals(text: str) -> None:
    """They part the entries of lists."""
    assert side(text, commas=True).problem is not None


@pytest.mark.parametrize(
    "text",
    [
        r"P(A \in \{0,1\}) = 1",
        r"\sum_{a \in \{0,1\}} P(A=a) = 1",
        "P(A=0,B=1) = P(B=1,A=0)",
        "P(A=0,5=B)",
        "P(a_{0,1}) = P(a_{0,1})",
    ],
)
def test_commas_in_events_are_what_they_were(text: str) -> None:
    """In notes of either habit."""
    read = [
        [(p.expr, p.problem is None) for s in statements for p in s.parts]
        for commas in (True, False)
        for statements in [read_claims([Span(Source(text), 0, len(text))], commas=commas)]
    ]
    assert read[0] == read[1]


HABITS = [
    (["P(A)=0,5", "P(B)=0,2"], True),
    (["P(A)=0{,}5 + 0{,}2"], True),
    ([r"P(A)=\frac{0,5}{0,2}"], True),
    (["P(A)=0,5"], False),
    (["P(A)=0,5", "P(B)=0.2"], False),
    (["P(A)=0,5 + 0,25 = .75"], False),
    (["f(0,1) = f(1,0)"], False),
    ([r"x \in \{0,1\}", r"y \in \{0,1\}"], False),
    (["P(A=0,1)", "P(A=0,2)"], False),
    (["x_{0,1}", "x_{0,2}"], False),
    (["i=1,2,3", "j=1,2,3"], False),
    (["P(A)=1/2,1/2", "P(B)=1/3,2/3"], False),
    (["n=1,000", "m=2,000"], False),
    (["P(A)=1", "P(B)=0"], False),
    ([], False),
]


@pytest.mark.parametrize(("texts", "commas"), HABITS)
def test_the_habit_of_notes(texts: list[str], commas: bool) -> None:
    """Two decimals with a comma, none with a point."""
    assert writes_commas(texts) is commas


MODEL = "```symcausal\nA: 0, 1\nP(A)=0.5, 0.5\n"
COIN = Model.parse("A: 0, 1; P(A)=0.5, 0.5")


@pytest.mark.parametrize(
    ("notes", "verdicts"),
    [
        ("$P(A=1) = 0,5$", ["unreadable"]),
        ("$P(A=1) = 0,95$", ["unreadable"]),
        ("$P(A=1) = 0,5$ and $P(A=0) = 0,5$", ["holds", "holds"]),
        ("$P(A=1) = 0,5$ and $P(A=0) = 0,4$", ["holds", "fails"]),
        ("$P(A=1) = 0,5$ and $P(A=0) = 0.5$", ["unreadable", "holds"]),
        ("<!-- symcausal: decimal comma -->\n\n$P(A=1) = 0,5$", ["holds"]),
        ("$P(A=1) = 0,4$\n\n<!-- symcausal: decimal comma -->\n", ["fails"]),
        ("$P(A=1) = 0.5,0.5$", ["unreadable"]),
        (MODEL + "decimal comma\n```\n\n$P(A=1) = 0,5$", ["holds"]),
        (MODEL + "decimal comma; B\n```\n\n$P(A=1) = 0,4$", ["fails"]),
        (MODEL + "```\n\n$P(A=1) = 0,5$", ["unreadable"]),
    ],
)
def test_notes_with_commas_are_judged_by_their_habit(notes: str, verdicts: list[str]) -> None:
    """A number is never read up to its comma only."""
    (report,) = check_text(notes, COIN.network).files
    assert [str(claim.verdict) for claim in report.claims] == verdicts
    for claim in report.claims:
        if claim.verdict == "unreadable":
            assert "commas in all decimals" in claim.reason


@pytest.mark.parametrize(
    "text",
    ["0,1" * 20_000, "(" * 30_000 + "0,1", "_{0,1}" * 10_000, "1" * 60_000, "0." + "1" * 60_000,
     r"\sim " * 15_000, r"0.5 \quad (" * 6_000, r"\text{about } " * 4_000, r"\langle" * 8_000,
     "0.5 " + r"\ " * 30_000 + "(50%"],
    ids=lambda text: text[:9],
)  # fmt: skip
def test_hostile_text_ends_soon(text: str) -> None:
    """Long and pointless."""
    with soon(4):
        writes_commas([text])
        read_claims([Span(Source("P(A=1) = " + text), 0, 9 + len(text))], commas=True)
