"""Words around a formula say the same on a web page, however much markup stands between."""

from __future__ import annotations

import pytest

from symcausal.model import Model
from symcausal.notes.check import check_document
from symcausal.notes.files.reading import read_document
from symcausal.reading.nearby import reach_after, reach_before, words_after, words_before

MODEL = "Z -> X; Z -> Y; X -> Y"
FALSE = r"P(y \mid do(x)) = P(y \mid x)"
MATH = (
    "<math><semantics><mrow>{}</mrow>"
    '<annotation encoding="application/x-tex">{}</annotation></semantics></math>'
)
DRAWN = "<mi mathvariant='normal'>P</mi><mo stretchy='false'>(</mo>" * 40


def _on_page(words: str) -> str:
    formulas = words.split("$")
    for at in range(1, len(formulas), 2):
        formulas[at] = MATH.format(DRAWN, formulas[at])
    return f"<p>{''.join(formulas)}</p>"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (f"We assume that ${FALSE}$.", "undecided"),
        (f"${FALSE}$ if nothing confounds the two.", "undecided"),
        (f"If the set $S$ were without confounding, ${FALSE}$.", "undecided"),
        (f"Beside the set $S$ we have ${FALSE}$.", "fails"),
        (f"We now write ${FALSE}$.", "fails"),
        (f"It is so in another world. So ${FALSE}$ here.", "fails"),
        ("So $P(A=1) = 68$ %.", "holds"),
        ("So $P(A=1) = 68$ per cent.", "holds"),
        ("So $P(A=1) = 67$ %.", "fails"),
        ("So $P(A=1) = 68$, not 68%.", "fails"),
        (r"In the graph $G_{\underline{X}}$, $X \perp Y \mid Z$.", "holds"),
        (r"So $X \perp Y \mid Z$.", "fails"),
    ],
)
def test_words_count_on_a_page_as_in_markdown(words: str, expected: str) -> None:
    network = Model.parse("A; P(A=1) = 0.68" if "P(A=1)" in words else MODEL).network
    for text, path in ((words, "a.md"), (_on_page(words), "a.html")):
        claims = check_document(read_document(text, path), network).claims
        assert [claim.verdict for claim in claims][-1:] == [expected], path


@pytest.mark.parametrize(
    ("text", "count", "before"),
    [
        ("ab cd|", 4, "b cd"),
        ("ab" + " " * 5000 + "cd|", 4, "b cd"),
        ("ab\n" + " " * 900 + "cd|", 4, "b\ncd"),
        ("ab \n \n  \n cd|", 5, "b\n\ncd"),
        ("ab \n \n  \n cd|", 3, "cd"),
        ("ab|", 9, "ab"),
        ("|", 9, ""),
    ],
)
def test_blanks_use_up_no_words(text: str, count: int, before: str) -> None:
    at = text.index("|")
    plain = text.replace("|", "")
    assert words_before(plain, at, count) == before
    assert len(plain[reach_before(plain, at, count) : at].split()) == len(before.split())
    turned = plain[::-1]
    assert words_after(turned, len(turned) - at, count) == before[::-1]
    assert reach_after(turned, len(turned) - at, count) <= len(turned)
