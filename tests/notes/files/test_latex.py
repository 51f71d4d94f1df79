import pytest

from symcausal.notes.files.items import Formula
from symcausal.notes.files.reading import read_document
from tests.notes.files.reading_aloud import formulas, rows

CASES = {
    "dollars": ("a $b$ $$c$$", [
        ("words", "a", 1, 1), ("inline", "b", 1, 4), ("display", "c", 1, 9)]),
    "brackets": ("\\(b\\) \\[\nc \\\\[2pt] d\n\\]", [
        ("inline", "b", 1, 3), ("display", "c \\\\[2pt] d", 2, 1)]),
    "escapes": ("\\$5 $a\\$b$ 5\\% $c$", [
        ("words", "\\$5", 1, 1), ("inline", "a\\$b", 1, 6), ("words", "5\\%", 1, 12),
        ("inline", "c", 1, 17)]),
    "comments": ("$a$ % $no$\n%\\begin{align}\n$b$", [
        ("inline", "a", 1, 2), ("inline", "b", 3, 2)]),
    "verbatim": ("\\begin{verbatim}\n$no$\n\\end{verbatim}\n$a$", [("inline", "a", 4, 2)]),
    "listings": ("\\begin{lstlisting}[language=R]\n$no$\n\\end{lstlisting}$a$", [
        ("inline", "a", 3, 18)]),
    "verb": ("\\verb|$no$| $a$", [("words", "\\verb|$no$|", 1, 1), ("inline", "a", 1, 14)]),
    "hidden": ("\\iffalse $no$ \\fi $a$", [("inline", "a", 1, 20)]),
    "dollars in words in a formula": ("$a \\text{ if $b$ }$ $c$", [
        ("inline", "a \\text{ if $b$ }", 1, 2), ("inline", "c", 1, 22)]),
    "a document": ("\\title{$no$}\n\\begin{document}\nHi $a$\n\\end{document}\n$no$", [
        ("words", "Hi", 3, 1), ("inline", "a", 3, 5)]),
    "nested": ("\\begin{equation}\\begin{split}a\\end{split}\\end{equation}", [
        ("display", "\\begin{split}a\\end{split}", 1, 17)]),
    "a paragraph ends": ("a\n\nb", [("words", "a", 1, 1), ("words", "b", 3, 1)]),
    "a model": ("% symcausal one: X -> Y\n  % P(X) = 1/2, 1/2\n%Y -> Z\n\n% a remark\n$a$", [
        ("model one", "X -> Y\n  % P(X) = 1/2, 1/2\n%Y -> Z", 1, 18), ("inline", "a", 6, 2)]),
    "a model below its heading": ("% symcausal:\n% X -> Y\n$a$", [
        ("model", "X -> Y", 2, 3), ("inline", "a", 3, 2)]),
    "an order does not go on": ("% symcausal: off\n% on second thoughts: no\n$a$", [
        ("off", "off", 1, 14), ("inline", "a", 3, 2)]),
}  # fmt: skip
ENVIRONMENTS = [
    *("equation", "equation*", "align", "align*", "gather", "multline", "eqnarray", "eqnarray*"),
    *("displaymath", "flalign*"),
]


@pytest.mark.parametrize("case", CASES)
def test_finds_each_item_at_its_place(case):
    text, expected = CASES[case]
    assert rows(read_document(text, "notes.tex")) == expected


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_environments(name):
    text = f"so \\begin{{{name}}}\n a &= b\n\\end{{{name}}}"
    assert rows(read_document(text, "notes.tex"))[1] == ("display", "a &= b", 2, 2)


def test_columns_of_alignat_are_no_formula():
    text = "\\begin{alignat*}{2} a &= b \\end{alignat*}"
    assert formulas(read_document(text, "notes.ltx")) == ["a &= b"]


def test_a_model_is_read_without_its_comment_signs():
    document = read_document("% symcausal: X -> Y\n% Y -> Z\n", "notes.tex")
    assert document.items[0].excerpt().text == "X -> Y\n  Y -> Z"


def test_macros_of_the_preamble():
    text = (
        "\\newcommand{\\doop}[1]{\\mathrm{do}(#1)}\n\\def\\given{\\mid}\n"
        "\\DeclareMathOperator{\\Ex}{E}\n\\renewcommand*\\P[2][Y]{\\Pr(#1\\given #2)}\n"
        "\\begin{document}$\\P{\\doop{x}} = \\P[\\Ex]z$\\end{document}"
    )
    (formula,) = read_document(text, "notes.tex").items
    assert isinstance(formula, Formula)
    expanded = formula.expanded()
    assert expanded.text == "\\Pr(Y\\mid \\mathrm{do}(x)) = \\Pr(\\operatorname{E}\\mid z)"
    where = expanded.text.index("x)")
    assert expanded.position(where) == (5, 27)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("% symcausal: expectfails\n", 1, 14),
        ("a\n  % symcausal: nonsense here", 2, 16),
        ("a $P(b) = c\n\nd", 1, 3),
        ("\\begin{align}\nP(a)\n\\begin{align} b \\end{align}", 1, 1),
        ("\\begin{verbatim} P(a)", 1, 1),
        ("$P(a)$ \\[\nP(b) % symcausal: skip\n\\]", 2, 6),
    ],
)
def test_tells_what_it_does_not_understand(text, line, column):
    (problem,) = read_document(text, "notes.tex").problems
    assert problem.span is not None
    assert (problem.span.line, problem.span.column) == (line, column)
