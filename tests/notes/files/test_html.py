r"""Web pages: the LaTeX that formulas carry, with their places; what carries none is said."""

from __future__ import annotations

import pytest

from symcausal.notes.files.items import Formula, ModelBlock, NotesFile
from symcausal.notes.files.reading import read_document
from symcausal.reading.model_language import read_model


def page(text: str) -> NotesFile:
    return read_document(text, "a.html")


def formulas(text: str) -> list[str]:
    return [" ".join(i.text.split()) for i in page(text).items if isinstance(i, Formula)]


MATHML = (
    '<math{}><semantics><mrow><mi>P</mi></mrow><annotation encoding="application/x-tex">{}'
    "</annotation></semantics></math>"
)
READ = [
    (MATHML.format("", "P(a)"), "P(a)"),
    (MATHML.format("", r"P(a) &lt; P(b) &amp;= 1"), r"P(a) < P(b) &   = 1"),
    (MATHML.format(' alttext="P(b)"', "P(a)"), "P(a)"),
    ('<math alttext="P(a) &gt; 0"><mi>P</mi></math>', "P(a) > 0"),
    ("<math\n alttext='P(a)'><mi>P</mi></math>", "P(a)"),
    (r"<p>so \(P(a)\) holds</p>", "P(a)"),
    (r"<p>so \[P(a) = <em>P(b)</em>\] holds</p>", "P(a) = P(b)"),
    ("<p>so $P(a)$ holds</p>", "P(a)"),
    ("<p>so $$P(a)\n= P(b)$$ holds</p>", "P(a) = P(b)"),
    (r"<div>\begin{align}P(a)\end{align}</div>", "P(a)"),
    ('<script type="math/tex; mode=display">P(a)</script>', "P(a)"),
    ('<span class="katex">' + MATHML.format("", "P(a)") + "<span>P(a)</span></span>", "P(a)"),
    ("<p>`$P(a)$`</p>", "P(a)"),
    ("<p>&#36;P(a)&#x24;</p>", "P(a)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), READ, ids=[row[0][:50] for row in READ])
def test_reads_what_formulas_carry(text: str, wanted: str) -> None:
    found = page(f"<!DOCTYPE html>\n<html><body>\n{text}\n</body></html>")
    assert formulas(text) == [" ".join(wanted.split())]
    assert not found.problems


@pytest.mark.parametrize(
    "text",
    [
        "<script>var a = '$P(a)$';</script>", "<style>$P(a)$</style>", "<pre>$P(a)$</pre>",
        "<code>$P(a)$</code>", "<title>$P(a)$</title>", "<p>it costs $5 or $6</p>",
        "<!-- $P(a)$ -->", "<textarea>$P(a)$</textarea>", "<p title='$P(a)$'>x</p>", "<p>a < b</p>",
    ],
)  # fmt: skip
def test_passes_over_what_is_no_text(text: str) -> None:
    assert formulas(text) == []
    assert not page(text).problems


def test_says_what_carries_no_latex() -> None:
    found = page("<p>x</p>\n<math><mi>P</mi></math> and <math><mi>Q</mi></math>")
    (problem,) = found.problems
    assert "not read (2 times)" in problem.message
    assert problem.span is not None
    assert (problem.span.line, problem.span.column) == (2, 1)


def test_the_pieces_of_a_formula_have_their_latex_with_the_first() -> None:
    pieces = '<math class="symcausal-piece"><mi>P</mi></math>' * 2
    text = MATHML.format(' display="block"', "P(a) = P(b)") + pieces
    assert formulas(text) == ["P(a) = P(b)"]
    assert not page(text).problems
    (problem,) = page(text + '<math class="piece"><mi>P</mi></math>').problems
    assert "(1 times)" in str(problem)


def test_a_formula_has_its_place_in_the_page() -> None:
    text = "<p>&lt;one&gt;\n<b>two</b> " + MATHML.format("", "P(a)") + "</p>\n<p>$P(b)$</p>"
    places = [
        (i.position.line, i.position.column) for i in page(text).items if isinstance(i, Formula)
    ]
    lines = text.split("\n")
    assert places == [(2, lines[1].index("P(a)") + 1), (3, lines[2].index("P(b)") + 1)]


@pytest.mark.parametrize(
    "text",
    [
        '<pre><code class="language-symcausal">X -&gt; Y; X: a, b</code></pre>',
        '<pre class="symcausal"><code>X -&gt; Y; X: a, b</code></pre>',
        '<code class="hljs language-symcausal">X -&gt; Y; X: a, b</code>',
        "<!-- symcausal: X -> Y; X: a, b -->",
    ],
)
def test_models(text: str) -> None:
    (model,) = [item for item in page(text).items if isinstance(item, ModelBlock)]
    assert "X ->" in model.excerpt().text
    assert "Y; X: a, b" in model.excerpt().text


def test_orders() -> None:
    text = "<p>$P(a)$</p><!-- symcausal: off --><p>$P(b)$</p><!-- symcausal: nonsense -->"
    found = page(text)
    assert [type(item).__name__ for item in found.items] == ["Formula", "Directive", "Formula"]
    assert len(found.problems) == 1


def test_an_arrow_with_two_heads_stays_in_one_piece() -> None:
    (model,) = page('<code class="language-symcausal">X &lt;-&gt; Y; X &lt;- Z</code>').items
    assert isinstance(model, ModelBlock)
    graph = read_model(model.excerpt()).network.graph
    assert (graph.bidirected, graph.directed) == ((("X", "Y"),), (("Z", "X"),))


CODE = '<pre><code class="language-symcausal">{}</code></pre>'


@pytest.mark.parametrize(
    ("written", "states"),
    [
        ("&quot;not sure&quot;, yes", ("not sure", "yes")),
        ("&quot;  not sure&quot;, yes", ("  not sure", "yes")),
        ("&#34;R&amp;D, a &lt; b&#x22;, yes", ("R&D, a < b", "yes")),
        ("yes, &quot;a&amp;&amp;b&quot;", ("yes", "a&&b")),
        ('"a&amp;b", "c&lt;d"', ("a&b", "c<d")),
    ],
)
def test_names_between_quotes_hold_no_blanks_of_references(
    written: str, states: tuple[str, ...]
) -> None:
    found = page(CODE.format(f"A: {written}\nP(A) = 0.2, 0.8"))
    (model,) = [i for i in found.items if isinstance(i, ModelBlock)]
    ((_, kept),) = read_model(model.excerpt()).network.states.items()
    assert tuple(kept) == states


@pytest.mark.parametrize("arrow", ["A -&gt; B", "B &lt;- A", "B &lt;&#45; A", "B &lt;- A -&gt; C"])
def test_arrows_hold_no_blanks_of_references(arrow: str) -> None:
    (model,) = [i for i in page(CODE.format(arrow)).items if isinstance(i, ModelBlock)]
    assert "A" in read_model(model.excerpt()).network.graph.parents("B")


@pytest.mark.parametrize(
    ("latex", "wanted"),
    [
        (r"P(A=&quot;not sure&quot;) &gt;= 0", r'P(A="not sure") >= 0'),
        (r"P(A=\text{R\&amp;D \textless{}b}, B)", r"P(A=\text{R\&D \textless{}b} , B)"),
        (r"P(a) &lt;= P(b)", "P(a) <= P(b)"),
        # two names do not become one
        (r"P(a &lt; b)", "P(a < b)"),
        (r"P(&quot;a&quot; &amp; &quot;b&quot;)", 'P("a" & "b" )'),
    ],
)
def test_formulas_hold_no_blanks_of_references(latex: str, wanted: str) -> None:
    for text in (MATHML.format("", latex), f"<p>\\({latex}\\)</p>"):
        (found,) = formulas(text)
        assert "".join(found.split()) == "".join(wanted.split())
        assert found.replace(" )", ")").replace(" ,", ",") == wanted.replace(" )", ")").replace(
            " ,", ","
        )


def test_a_formula_keeps_its_place_behind_references() -> None:
    text = "<p>say &quot;no&quot; to " + MATHML.format("", "P(a)") + " &amp; " + "</p>"
    (formula,) = [i for i in page(text).items if isinstance(i, Formula)]
    assert text[formula.offset : formula.end] == "P(a)"
