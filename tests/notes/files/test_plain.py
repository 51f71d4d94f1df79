import pytest

from symcausal.errors import LimitError
from symcausal.notes.files.reading import read_document
from tests.notes.files.reading_aloud import rows

CASES = {
    "a line": ("P(a) = P(b)\n", [("display", "P(a) = P(b)", 1, 1)]),
    "a line with a full stop": ("  P(a) = sum_b P(a, b).", [
        ("display", "P(a) = sum_b P(a, b)", 1, 3), ("words", ".", 1, 23)]),
    "a line that goes on": ("P(a)\n  = P(b)\n  = 0.3", [
        ("display", "P(a)", 1, 1), ("display", "= P(b)", 2, 3), ("display", "= 0.3", 3, 3)]),
    "among words": ("We know that P(a | rain=high) = 0.3 by assumption", [
        ("words", "We know that", 1, 1), ("inline", "P(a | rain=high) = 0.3", 1, 14),
        ("words", "by assumption", 1, 37)]),
    "dollars": ("so $P(a)$ = $b$", [
        ("words", "so", 1, 1), ("inline", "P(a)", 1, 5), ("words", "=", 1, 11), ("inline", "b", 1, 14)]),
    "words only": ("Nothing here = there\n", [("words", "Nothing here = there", 1, 1)]),
    "do": ("P(y | do(x)) = P(y)", [("display", "P(y | do(x)) = P(y)", 1, 1)]),
    "independence": ("X _||_ Y | Z", [("display", "X _||_ Y | Z", 1, 1)]),
    "a model and an order": ("# symcausal: X -> Y\nP(x) = 1\n% symcausal: off", [
        ("model", "X -> Y", 1, 14), ("display", "P(x) = 1", 2, 1), ("off", "off", 3, 14)]),
    "a sum": ("\\sum_x P(x) = 1", [("display", "\\sum_x P(x) = 1", 1, 1)]),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", ["-", "notes.txt"])
def test_finds_each_item_at_its_place(case, name):
    text, expected = CASES[case]
    found = rows(read_document(text, name))
    if case == "words only":
        assert not [row for row in found if row[0] != "words"]
    else:
        assert found == expected


def test_a_formula_of_several_lines_counts_as_one(monkeypatch):
    """However many lines are joined to it: a file may hold so many formulas."""
    monkeypatch.setattr("symcausal.notes.files.scanner.MAX_FORMULAS", 3)
    formula = "P(a) = P(b)\n" + "+ P(c)\n" * 9
    found = read_document("\n".join([formula] * 3), "notes.txt")
    assert [item.text.count("P") for item in found.items] == [11] * 3
    with pytest.raises(LimitError):
        read_document("\n".join([formula] * 4), "notes.txt")
