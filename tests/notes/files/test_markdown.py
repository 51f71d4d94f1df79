import pytest

from symcausal.notes.files.items import Formula
from symcausal.notes.files.reading import read_document
from tests.notes.files.reading_aloud import formulas, rows

CASES = {
    "inline among words": (
        "By Bayes, $P(a)$ = $P(b)$.",
        [
            ("words", "By Bayes,", 1, 1),
            ("inline", "P(a)", 1, 12),
            ("words", "=", 1, 18),
            ("inline", "P(b)", 1, 21),
            ("words", ".", 1, 26),
        ],
    ),
    "blanks inside the dollars": ("so $ P(a) $ is", [
        ("words", "so", 1, 1), ("inline", "P(a)", 1, 6), ("words", "is", 1, 13)]),
    "a tab is one column": ("a\t$x$", [("words", "a", 1, 1), ("inline", "x", 1, 4)]),
    "display of several lines": (
        "$$\nP(a)\n= b\n$$",
        [("display", "P(a)\n= b", 2, 1)],
    ),
    "a display whose rows look like lists and headings": (
        "$$\nP(a) =\n+ b\n- c\n=\n* d\n1. e\n$$\n",
        [("display", "P(a) =\n+ b\n- c\n=\n* d\n1. e", 2, 1)],
    ),
    "a display that begins in mid-line": (
        "thus $$\nP(a)\n+ b $$ holds",
        [("words", "thus", 1, 1), ("display", "P(a)\n+ b", 2, 1), ("words", "holds", 3, 8)],
    ),
    "a blank line inside a display": ("$$\na\n\n= b\n$$", [("display", "a\n\n= b", 2, 1)]),
    "kramdown's inline": (
        "where $$P(a)$$ and $$b$$",
        [("words", "where", 1, 1), ("inline", "P(a)", 1, 9), ("words", "and", 1, 16),
         ("inline", "b", 1, 22)],
    ),
    "kramdown's inline at the start of a line": (
        "$$P(a)$$ is small", [("inline", "P(a)", 1, 3), ("words", "is small", 1, 10)]),
    "brackets": (
        "\\(a\\) or \\\\(b\\\\)\n\n\\[ c \\]\n\n\\\\[\nd \\\\\\\\\n= e\n\\\\]",
        [("inline", "a", 1, 3), ("words", "or", 1, 7), ("inline", "b", 1, 13),
         ("display", "c", 3, 4), ("display", "d \\\\\\\\\n= e", 6, 1)],
    ),
    "row gaps are no brackets": ("\\[\na \\\\[4pt]\n= b\n\\]", [("display", "a \\\\[4pt]\n= b", 2, 1)]),
    "an environment": (
        "Now\n\\begin{align*}\na &= b \\\\\n- c\n\\end{align*}\nend",
        [("words", "Now", 1, 1), ("display", "a &= b \\\\\n- c", 3, 1), ("words", "end", 6, 1)],
    ),
    "rows that end right before the end": (
        "\\begin{align}\na \\\\\\end{align}\n\n\\[\na \\\\[2pt]\n+ b \\\\\\]\n",
        [("display", "a \\\\", 2, 1), ("display", "a \\\\[2pt]\n+ b \\\\", 5, 1)],
    ),
    "an environment with its backslash escaped": (
        "\\\\begin{align}\na\n+ b\n\\\\end{align}", [("display", "a\n+ b", 2, 1)]),
    "a fenced display": (
        "```math\na = b\n```\n\n```{math}\n:label: one\nc\n```",
        [("display", "a = b", 2, 1), ("display", "c", 7, 1)],
    ),
    "GitLab's ticks": ("as $`P(a)`$ is", [("words", "as", 1, 1), ("inline", "P(a)", 1, 6),
                                           ("words", "is", 1, 13)]),
    "code is no formula": (
        "`$P(a)$` ``x ` $b$``\n\n```python\n$c$\n```\n\n    $d$\n\n~~~\n$e$\n~~~\n\n<pre>\n$f$\n</pre>\n"
        "\n<code>$g$</code>",
        [],
    ),
    "prices": ("It costs $5 and then $6, or $7 (see $P(a)$).", [
        ("words", "It costs $5 and then $6, or $7 (see", 1, 1), ("inline", "P(a)", 1, 38),
        ("words", ").", 1, 43)]),
    "an escaped dollar": ("\\$5 $a$ \\$6", [
        ("words", "\\$5", 1, 1), ("inline", "a", 1, 6), ("words", "\\$6", 1, 9)]),
    "front matter": ("---\ntitle: $P(a)$\n---\n$b$", [("inline", "b", 4, 2)]),
    "a heading": ("## On $P(a)$ ##", [("words", "On", 1, 4), ("inline", "P(a)", 1, 8)]),
    "a table keeps its bars": ("| $P(a|b)$ | 1 |\n|---|---|", [
        ("words", "|", 1, 1), ("inline", "P(a|b)", 1, 4), ("words", "| 1 |\n|---|---|", 1, 12)]),
    "a list": ("- $a$\n\n  $$\n  b\n  + c\n  $$\n", [
        ("inline", "a", 1, 4), ("display", "b\n  + c", 4, 3)]),
    "a model": ("```symcausal kidney\nS -> G\nG -> L\n```", [("model kidney", "S -> G\nG -> L", 2, 1)]),
    "a model in a comment": ("<!-- symcausal napkin: W -> Z\n\nZ -> X -->\n", [
        ("model napkin", "W -> Z\n\nZ -> X", 1, 24)]),
    "orders": (
        "<!-- symcausal: off -->\n<!--symcausal:on-->\n\n<!-- symcausal: skip --> $a$\n\n"
        "<!-- symcausal: expect fails -->\n<!-- symcausal: use kidney -->\n",
        [("off", "off", 1, 17), ("on", "on", 2, 15), ("skip", "skip", 4, 17), ("inline", "a", 4, 27),
         ("expect fails", "expect fails", 6, 17), ("use kidney", "use kidney", 7, 17)],
    ),
    "other comments hide what they hold": ("a <!-- $P(a)$ --> b", [
        ("words", "a", 1, 1), ("words", "b", 1, 19)]),
    "an empty display": ("$$ $$", []),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_finds_each_item_at_its_place(case):
    text, expected = CASES[case]
    found = [
        row
        for row in rows(read_document(text, "notes.md"))
        if case != "code is no formula" or row[0] != "words"
    ]
    assert found == expected


def test_windows_line_ends_and_byte_order_marks_move_nothing():
    document = read_document("\ufeff$a$\r\n\r\n$$\r\nb\r\n= c\r\n$$\r\n", "notes.md")
    assert rows(document) == [("inline", "a", 1, 2), ("display", "b\r\n= c", 4, 1)]


def test_a_quotation_leaves_no_sign_in_what_is_read():
    document = read_document("> so\n> $$\n> P(a)\n> = b\n> $$\n", "notes.md")
    formula = document.items[-1]
    assert isinstance(formula, Formula)
    assert formula.text == "P(a)\n> = b"
    assert formula.excerpt().text == "P(a)\n  = b"
    assert formula.excerpt().position(7) == (4, 3)


@pytest.mark.parametrize("name", ["a.md", "a.markdown", "a.qmd", "a.Rmd"])
def test_kinds_by_extension(name):
    assert formulas(read_document("```{r}\n$x$\n```\n\n$P(a)$", name)) == ["P(a)"]


@pytest.mark.parametrize(
    ("text", "line", "column", "hint"),
    [
        ("a\n\n<!-- symcausal: of -->", 3, 17, "did you mean 'off'"),
        ("<!-- symcausal: expect fail -->", 1, 17, "did you mean 'expect fails'"),
        ("<!-- symcausal: -->", 1, 17, ""),
        ("<!-- symcausal off -->", 1, 16, ""),
        ("so <!-- symcausal: off", 1, 4, ""),
        ("see \\[ P(a) = P(b)", 1, 5, ""),
        ("$$\nP(a)\n\nand", 1, 1, ""),
        ("\\begin{align}\nP(a) &= b\n", 1, 1, ""),
    ],
)
def test_tells_what_it_does_not_understand(text, line, column, hint):
    document = read_document(text, "notes.md")
    (problem,) = document.problems
    assert problem.span is not None
    assert (problem.span.line, problem.span.column) == (line, column)
    assert hint in problem.hint


def test_macros_hold_from_their_definition_on():
    text = "$P(\\doo{a})$\n\n$$\\newcommand{\\doo}[1]{do(#1)}$$\n\n$P(\\doo{a})$"
    before, after = (i for i in read_document(text, "a.md").items if isinstance(i, Formula))
    assert before.expanded().text == "P(\\doo{a})"
    assert after.expanded().text == "P(do(a))"


def test_what_is_quoted_deep_is_read():
    for depth in (5, 30, 31, 500):
        document = read_document("> " * depth + "so $P(A)$\n", "a.md")
        assert [item.text for item in document.items if isinstance(item, Formula)] == ["P(A)"]
