"""Web pages on screens of three widths, light and dark: nothing to slide for, nothing left out."""

from __future__ import annotations

import pytest

from symcausal import Model
from symcausal.writing.html_style import DARK, LIGHT
from tests.answer import shown_answers
from tests.browser.chromium import PROGRAM, colours, faults, looks
from tests.browser.pages import pages

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(PROGRAM is None, reason="Chromium is not installed"),
]
PHONE, TABLET, DESKTOP = 390, 768, 1280


@pytest.mark.parametrize("width", [PHONE, TABLET, DESKTOP])
def test_everything_fits_the_screen(width: int) -> None:
    found = faults(pages(), width)
    assert set(found) == set(pages())
    assert {name: told for name, told in found.items() if told} == {}


def test_what_is_too_wide_is_found() -> None:
    wide = '<p style="width: 500px">words</p>'
    cut = '<p style="overflow-x: auto"><span style="display: block; width: 500px">words</span></p>'
    lost = '<p class="reason" style="height: 0; width: 0; overflow: hidden">words</p>'
    plain = "<p>words</p>"
    found = faults({"wide": wide, "cut": cut, "lost": lost, "plain": plain}, PHONE)
    assert [name for name, told in found.items() if told] == ["wide", "cut", "lost"]


@pytest.mark.parametrize("letters", [26, 41, 60])
def test_long_names_are_shown_whole(letters: int) -> None:
    cause = "WhetherThePatientHasTuberculosisOrCancerInEitherOfBothLungsNow"[:letters]
    effect = "number_of_visits_to_the_general_practitioner_since_last_january"[:letters]
    model = Model.parse(
        f"{cause}: no, {'x' * letters}; {cause} -> Y; Y -> {effect}; {cause} -> {effect};"
        f"P({cause}) = 1/2, 1/2"
    )
    done, seen = f"P({effect} | do(Y))", f"P({effect} | Y)"
    answers = {
        "derivation": model.derive(done),
        "tables": model.table(),
        "values": model.evaluation(f"P({effect}, Y)"),
        "identification": model.identify(done),
        "comparison": model.compare(done, seen),
    }
    found = faults({name: shown.to_html() for name, shown in answers.items()}, PHONE)
    assert {name: told for name, told in found.items() if told} == {}


@pytest.mark.parametrize("letters", [17, 20, 22, 33])
def test_differences_of_sums_over_long_names_fit(letters: int) -> None:
    cause = "WhetherThePatientHasTuberculosisOrCancer"[:letters]
    effect = "number_of_visits_to_the_general_practitioner"[:letters]
    model = Model.parse(f"{cause} -> Y -> {effect}; {cause} -> {effect}; P({cause}) = 1/2, 1/2")
    sums = f"sum_{{{cause}}} P({effect} | Y, {cause}) P({cause})"
    both = f"sum_{{{cause},{effect}}} P({effect}, {cause})"
    compared = {
        "one": model.compare(f"P({effect} | do(Y)) - {sums}", "P(Y)"),
        "two": model.compare(f"{both} - {both} - sum_{{{cause}}} P({effect}, {cause})", "1"),
        "both sides": model.compare(f"P({effect}) - {sums}", f"P(Y | {cause}) - {both}"),
    }
    found = faults({name: shown.to_html() for name, shown in compared.items()}, PHONE)
    assert {name: told for name, told in found.items() if told} == {}


def test_a_bar_shows_the_share_and_underlines_no_label() -> None:
    model = Model.parse("Alarm: no, perhaps, yes, of_course; P(Alarm) = 0.1, 0.2, 0.3, 0.4")
    page = model.table().to_html()
    assert "stack-" in page
    small = [float(w.removesuffix("px")) for w in looks(page, PHONE, ".share", "::after", "width")]
    assert small == pytest.approx([small[0] * n for n in (1, 2, 3, 4)], abs=0.1)
    assert set(looks(page, PHONE, ".share", "", "backgroundImage")) == {"none"}
    assert "none" not in looks(page, DESKTOP, ".share", "", "backgroundImage")


def rgb(colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"


@pytest.mark.parametrize(("dark", "chosen"), [(False, LIGHT), (True, DARK)])
def test_the_reader_chooses_light_or_dark(dark: bool, chosen: dict[str, str]) -> None:
    page = shown_answers.answers()["a derivation"].to_html()
    assert colours(page, dark=dark) == (rgb(chosen["ink"]), rgb(chosen["paper"]))
