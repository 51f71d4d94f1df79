import pytest

from symcausal.notes.files.passages import derivations
from symcausal.notes.files.reading import read_document

CASES = [
    ("$a$ = $b$", [["a", "= b"]]),
    ("$a$ = $b$ $\\approx$ $c$", [["a", "= b", "\\approx", "c"]]),
    ("$a$ and $b$", [["a"], ["b"]]),
    ("$a$ = $b$ * $c$", [["a", "= b", "* c"]]),
    ("$a = b$ + $c$", [["a = b", "+ c"]]),
    ("$a = b$ - $c$", [["a = b", "- c"]]),
    ("$a = b$ - $c = d$", [["a = b"], ["c = d"]]),
    ("* $a = b$\n* $c$\n- $d$", [["a = b"], ["c"], ["d"]]),
    ("$a$, so = $b$", [["a"], ["b"]]),
    ("$$a$$\n\n$$= b$$", [["a", "= b"]]),
    ("$$a$$\n\nand by Bayes' rule\n\n$$\\begin{aligned} &= b \\end{aligned}$$",
     [["a", "\\begin{aligned} &= b \\end{aligned}"]]),
    ("$$a$$\n\n$$\\times b$$\n\n$$+ c$$\n\n$$\\cdot d$$", [["a", "\\times b", "+ c", "\\cdot d"]]),
    ("$$a$$\n\n$$- b$$", [["a"], ["- b"]]),
    ("$$a =$$\n\n$$b$$", [["a =", "b"]]),
    ("$$a$$\n\nA long remark that has nothing at all to do with it.\n\n$$= b$$", [["a"], ["= b"]]),
    ("$a$ | $= b$", [["a"], ["= b"]]),
    # the sentence between two displays may name a term; a full stop ends what stands in it
    ("$$a = b$$\n\nDivide by $P(c = d)$.\n\n$$= e$$", [["P(c = d)"], ["a = b", "= e"]]),
    ("$$a$$\n\nDivide $b$ by $P(c)$:\n\n$$= e$$", [["a"], ["b"], ["P(c)", "= e"]]),
    ("$$a$$\n\nDivide $b$ by $c$:\n\n$$= e$$", [["b"], ["c"], ["a", "= e"]]),
    ("$$a$$\n\nIts last term is $f_t(x)$\n\n$$= b$$", [["f_t(x)"], ["a", "= b"]]),
    ("$$a$$\n\n(Now $c$ is so and so.)\n\n$$= b$$", [["c"], ["a", "= b"]]),
    ("We have $f_t(x)$\n$$= b$$", [["f_t(x)", "= b"]]),
    ("We have $f_t(x)$\n\n$$= b$$", [["f_t(x)"], ["= b"]]),
    ("We have $f = c$\n\n$$= b$$", [["f = c", "= b"]]),
    ("We have $P(x)$\n\n$$= b$$", [["P(x)", "= b"]]),
    ("We look at $a = b$.\n\n$$= c$$", [["a = b"], ["= c"]]),
    ("$$a$$\n\nNow $b = c$.\n\n$$= d$$", [["a"], ["b = c"], ["= d"]]),
    ("$$a$$\n<!-- symcausal: skip -->\nDivide by $b$.\n\n$$= c$$", [["a"], ["b"], ["= c"]]),
    ("$$a$$\n<!-- symcausal: skip -->\n$$= b$$", [["a"], ["= b"]]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_joins_what_is_one_derivation(text, expected):
    passages, _ = derivations(read_document(text, "a.md"))
    found = [
        [(p.sign.text + " " if p.sign else "") + p.formula.text for p in passage.pieces]
        for passage in passages
    ]
    assert found == expected


def test_a_sign_in_the_words_has_its_place():
    passages, _ = derivations(read_document("$a$ =\n$b$", "a.md"))
    sign = passages[0].pieces[1].sign
    assert sign is not None
    assert (sign.position.line, sign.position.column) == (1, 5)


def test_models_and_orders_hold_as_long_as_they_should():
    text = (
        "$a$\n\n```symcausal one\nX -> Y\n```\n\n$b$\n\n<!-- symcausal: Z -> W -->\n\n$c$\n\n"
        "<!-- symcausal: use one -->\n<!-- symcausal: expect fails -->\n\n$d$\n\n$e$\n\n"
        "<!-- symcausal: off -->\n\n$f$\n\n<!-- symcausal: on -->\n<!-- symcausal: skip -->\n\n$g$\n"
        "\n$h$\n"
    )
    passages, problems = derivations(read_document(text, "a.md"))
    assert not problems
    assert [
        (p.pieces[0].formula.text, p.model.text if p.model else "", p.skipped, p.expects_failure)
        for p in passages
    ] == [
        ("a", "", False, False),
        ("b", "X -> Y", False, False),
        ("c", "Z -> W", False, False),
        ("d", "X -> Y", False, True),
        ("e", "X -> Y", False, False),
        ("f", "X -> Y", True, False),
        ("g", "X -> Y", True, False),
        ("h", "X -> Y", False, False),
    ]


def test_a_model_that_is_not_there_is_told():
    text = "```symcausal kidney\nX -> Y\n```\n\n<!-- symcausal: use kidny -->\n"
    _, (problem,) = derivations(read_document(text, "a.md"))
    assert "kidny" in problem.found
    assert "did you mean 'kidney'" in problem.hint
    assert problem.span is not None
    assert problem.span.line == 5
