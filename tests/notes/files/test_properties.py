"""What holds of every text in every format."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal.errors import SymcausalError
from symcausal.notes.files.items import Formula
from symcausal.notes.files.passages import derivations
from symcausal.notes.files.reading import read_document
from tests.notes.files.reading_aloud import formulas

KINDS = ("a.md", "a.tex", "a.txt", "a.rst", "a.adoc", "a.typ", "a.ipynb")
BITS = st.sampled_from(
    [
        *("$", "$$", "\\(", "\\)", "\\[", "\\]", "\\\\", "\\", "{", "}", "P(a)", "= b", "5", "é"),
        *("\n", "\n\n", "\r\n", "\r", " ", "    ", "\t", "\0", "\u2028", "> ", "- ", "1. ", "# "),
        *("---\n", "```", "```math\n", "```symcausal m\n", "~~~", "`", "<pre>", "<div>", "|"),
        *("<!--", "-->", "<!-- symcausal: ", "% symcausal: ", "off", "use m", "X -> Y", "%"),
        *("\\begin{align}", "\\end{align}", "\\begin{verbatim}", "\\end{verbatim}", "\\verb|"),
        *(
            ".. ",
            ".. math::",
            ":math:`",
            "::\n\n",
            ">>> ",
            "===\n",
            "----\n",
            "////\n",
            "++++\n",
            "[stem]\n",
        ),
        *(
            "stem:[",
            "]",
            "|===\n",
            ".. symcausal: ",
            "// symcausal: ",
            "[source,symcausal]\n",
            "\\fi",
            "\\else",
        ),
        *("\\begin{document}", "\\newcommand{\\a}[1]{P(#1)}", "\\a", "\\def", "\\iffalse"),
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(BITS, max_size=40).map("".join))


@given(st.sampled_from(KINDS), TEXTS)
def test_every_item_is_a_slice_of_the_text_in_its_order(name, text):
    try:
        document = read_document(text, name)
    except SymcausalError:
        assert name == "a.ipynb"
        return
    last = (0, 0)
    for item in document.items:
        assert item.text
        assert item.part.original[item.offset : item.end] == item.text
        assert len(item.part.original) == len(item.part.source.text)
        place = (document.parts.index(item.part), item.offset)
        assert place >= last
        last = (place[0], item.end)
        assert item.position.line == item.part.original.count("\n", 0, item.offset) + 1
        if isinstance(item, Formula):
            try:
                expanded = item.expanded()
            except SymcausalError:
                continue
            assert all(
                item.offset <= expanded.original(i) <= item.end
                for i in range(len(expanded.text) + 1)
            )
    for problem in document.problems:
        assert str(problem)
    passages, _ = derivations(document)
    joined = [piece.formula.text for passage in passages for piece in passage.pieces]
    assert joined == formulas(document)


@pytest.mark.parametrize("name", ["a.md", "a.tex", "a.txt"])
@given(words=st.lists(st.sampled_from(["P(a)", "\\Pr(x \\mid y)", "a + b"]), max_size=6))
def test_formulas_between_words_are_all_found(name, words):
    text = " so ".join(f"${word}$" for word in words)
    assert formulas(read_document(text, name)) == words


@given(words=st.lists(st.sampled_from(["P(a)", "= b", "+ c", "- d", "e"]), min_size=1, max_size=5),
       prefix=st.sampled_from(["", "> ", "> > ", "  "]))  # fmt: skip
def test_a_display_is_whole_in_any_container(words, prefix):
    lines = ["$$", *words, "$$"]
    document = read_document("\n".join(prefix + line for line in lines), "a.md")
    (formula,) = (i for i in document.items if isinstance(i, Formula))
    assert formula.excerpt().text.split("\n") == [
        words[0],
        *(" " * len(prefix) + w for w in words[1:]),
    ]
