import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal.errors import LimitError, SymcausalError
from symcausal.notes.check import check_text
from symcausal.notes.files.definitions import Macro, read_definition
from symcausal.notes.files.macros import MAX_EXPANDED, expand


def macros(*definitions: str) -> dict[str, Macro]:
    found = {}
    for text in definitions:
        read = read_definition(text, 0, len(text))
        assert read is not None
        assert read[1] == len(text)
        found[read[0].name] = read[0]
    return found


@pytest.mark.parametrize(
    ("definitions", "text", "expected"),
    [
        ([r"\newcommand{\d}[1]{do(#1)}"], r"\d{x}", "do(x)"),
        ([r"\newcommand\d[1]{do(#1)}"], r"\d x", "do(x)"),
        ([r"\newcommand{\d}[1]{do(#1)}", r"\newcommand{\q}[1]{P(\d{#1})}"], r"\q{\d{y}}", "P(do(do(y)))"),
        ([r"\newcommand{\c}[2]{P(#1\mid#2)}"], r"\c{a}{b}\c ab", r"P(a\mid b)P(a\mid b)"),
        ([r"\newcommand{\p}[2][P]{#1(#2)}"], r"\p{a}\p[Q]{a}", "P(a)Q(a)"),
        ([r"\def\p#1{P(#1)}"], r"\p{a}", "P(a)"),
        ([r"\let\g=\mid"], r"a\g b", r"a\mid b"),
        ([r"\newcommand{\g}{\mid}"], r"a\g{}b", r"a\mid{}b"),
        ([r"\DeclareMathOperator*{\E}{E}"], r"\E[x]", r"\operatorname{E}[x]"),
        ([r"\newcommand{\p}{\Pr\q}", r"\newcommand{\q}[1]{(#1)}"], r"\p{a}", r"\Pr(a)"),
        ([r"\newcommand{\p}{P}"], r"\pa \p a \\p", r"\pa P a \\p"),
        ([r"\newcommand{\p}{P}"], "a % \\p\n\\p", "a % \\p\nP"),
        ([], r"\newcommand{\p}{P}\p(a)", "P(a)"),
        ([r"\newcommand{\ind}{\mathpalette{\indepT}{\perp}}"], r"a\ind b", r"a\perp b"),
        ([r"\newcommand{\d}[1]{do(#1)}"], r"x\d", r"x\d"),
        ([r"\def\p(#1|#2){P(#1\mid #2)}"], r"\p(a|b)c", r"P(a\mid b)c"),
        ([r"\def\p#1|#2.{P(#2,#1)}"], r"\p a|{b.}.c", r"P(b.,a)c"),
        ([r"\def\p#1|#2.{P(#2,#1)}"], r"\p {a|}|b.", r"P(b,a|)"),
        ([r"\def\p#1#2;{P(#2,#1)}"], r"\p abc;d", r"P(bc,a)d"),
        ([r"\def\p[#1]{P(#1)}", r"\def\q{\p}"], r"\q[a]b", r"P(a)b"),
        ([r"\NewDocumentCommand{\p}{m m}{P(#1|#2)}"], r"\p{a}b", r"P(a|b)"),
        ([r"\NewDocumentCommand\p{m O{c} m}{P(#1|#2,#3)}"], r"\p{a}b\p a[d]b", "P(a|c,b)P(a|d,b)"),
        ([r"\RenewDocumentCommand{\p}{}{P}"], r"\p(a)", "P(a)"),
        ([r"\DeclareRobustCommand{\p}[1]{P(#1)}"], r"\p{a}", "P(a)"),
        ([r"\DeclarePairedDelimiter\p{(}{)}"], r"P\p{a}\p*{b}\p[\big]{c}", "P( a )( b )( c )"),
        ([r"\DeclarePairedDelimiterX{\p}[2]{(}{)}{#1\delimsize|#2}"], r"P\p{a}{b}", "P( a|b )"),
        ([r"\DeclarePairedDelimiterXPP\p[1]{P}{(}{)}{^2}{#1}"], r"\p{a}", "P ( a ) ^2"),
    ],
)  # fmt: skip
def test_writes_macros_out_as_tex_does(definitions, text, expected):
    assert expand(text, macros(*definitions))[0] == expected


# a definition of another shape, and a call that is none, must not be taken for the command itself
NOT_READ = [
    (r"\NewDocumentCommand{\P}{s m}{P(#2)}", r"\P{a}"),
    (r"\NewDocumentCommand{\P}{m o}{P(#1)}", r"\P{a}"),
    (r"\newcommandx{\P}[2][1=x]{Q(#1,#2)}", r"\P(a)"), (r"\def\P#2#1{Q(#1)}", r"\P ab"),
    (r"\def\P(#1|#2){P(#2|#1)}", r"\P(a,b)"), (r"\def\P##1{P(#1)}", r"\P a"),
    (rf"\newcommand{{\P}}{{{'Q' * 3000}}}", r"\P(a)"), (r"\def\P(#1){Q(#1)}", r"\P{a}"),
]  # fmt: skip


@pytest.mark.parametrize(("definition", "call"), NOT_READ)
def test_what_is_not_written_out_is_unreadable(definition, call):
    read = read_definition(definition, 0, len(definition))
    assert read is not None
    expanded, offsets = expand(call, {r"\P": read[0]})
    assert r"\unreadmacro" in expanded
    assert len(offsets) == len(expanded)
    (claim,) = check_text(f"{definition}\n\n${call} = P(b)$").claims[-1:]
    assert claim.verdict == "unreadable"
    assert "definition" in claim.reason


DELIMITERS = st.lists(st.sampled_from(["|", ";", ")", "!", ""]), min_size=1, max_size=3)
ARGUMENTS = st.lists(st.sampled_from(["a", "b_1", "{c|;)}", "d'"]), min_size=3, max_size=3)


@given(st.sampled_from(["", "(", "["]), DELIMITERS, ARGUMENTS)
def test_delimited_arguments_are_what_stands_between(before, behind, arguments):
    holes = "".join(f"#{i}{sign}" for i, sign in enumerate(behind, 1))
    told = [a if sign else f"{{{a}}}" for a, sign in zip(arguments, behind, strict=False)]
    body = "<" + "><".join(f"#{i}" for i in range(1, len(behind) + 1)) + ">"
    call = r"\p" + (before or " ") + "".join(a + sign for a, sign in zip(told, behind, strict=True))
    plain = [
        a[1:-1] if a[0] == "{" and sign else a for a, sign in zip(arguments, behind, strict=False)
    ]
    expected = "<" + "><".join(plain) + ">z"
    assert expand(call + "z", macros(rf"\def\p{before}{holes}{{{body}}}"))[0] == expected


def test_each_character_knows_where_it_comes_from():
    text = r"P(\d{xy})z"
    expanded, offsets = expand(text, macros(r"\newcommand{\d}[1]{do(#1)}"))
    assert expanded == "P(do(xy))z"
    assert list(offsets) == [0, 1, 2, 2, 2, 5, 6, 2, 8, 9]


@pytest.mark.parametrize(
    ("definitions", "text"),
    [
        ([r"\newcommand{\a}{\a}"], r"\a"),
        ([r"\newcommand{\a}{\a\a}"], r"\a"),
        ([r"\newcommand{\a}[1]{\a{#1#1}}"], r"\a{x}"),
        ([rf"\newcommand{{\b{c}}}{{\b{d}\b{d}}}" for c, d in zip("abcdefghijklmnopqrstuvwxy",
          "bcdefghijklmnopqrstuvwxyz", strict=True)], r"\ba"),
        ([r"\newcommand{\a}[1]{(#1)}"], r"\a{" * 50_000 + "}" * 50_000),
    ],
)  # fmt: skip
def test_bombs_end_in_an_error(definitions, text):
    with pytest.raises(LimitError):
        expand(text, macros(*definitions))


BITS = st.sampled_from(
    [
        *("\\a", "\\b", "\\newcommand", "\\def", "\\let", "\\", "{", "}", "[", "]"),
        *("#1", "#2", "1", "x", " ", "%", "\n"),
    ]
)


@given(st.lists(BITS, max_size=40).map("".join), st.lists(BITS, max_size=12).map("".join))
def test_any_text_ends(text, body):
    known = {"\\a": Macro("\\a", 1, body), "\\b": Macro("\\b", 0, body, "x")}
    try:
        expanded, offsets = expand(text, known)
    except SymcausalError:
        return
    assert len(expanded) == len(offsets) <= MAX_EXPANDED
    assert all(0 <= offset < len(text) for offset in offsets)


@given(st.text(max_size=60))
def test_text_without_macros_stays(text):
    known = {"\\never": Macro("\\never", 0, "x")}
    if "\\" not in text:
        assert expand(text, known)[0] == text
