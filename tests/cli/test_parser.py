"""Words that are read without the standard parser are read as it reads them."""

from __future__ import annotations

import importlib
import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symcausal.cli.main import COMMANDS
from symcausal.cli.parser import Arguments, NotPlainError, Parser, plainly
from symcausal.errors import UsageError

WORDS = (
    "A -> B",
    "P(B | A)",
    "-",
    "3",
    "0",
    "-1",
    "",
    "text",
    "X=1",
    "a.md",
    "--",
    "-oa",
    "0.5",
    "-> B",
)


def parser_of(command: str) -> Parser:
    found: Parser = importlib.import_module(f"symcausal.cli.{command}").PARSER
    return found


def spelt(parser: Parser) -> list[str]:
    """Every option, some of them cut short or joined to a value."""
    names = [name for one in parser.options if not one.is_argument for name in one.names]
    return [*names, *(f"{name}=text" for name in names), *(name[:-1] for name in names), "--help"]


@st.composite
def lines(draw: st.DrawFn) -> tuple[Parser, list[str]]:
    """A command and words for it, many of them such as it takes."""
    parser = parser_of(draw(st.sampled_from(sorted(COMMANDS))))
    values = [str(one) for known in parser.options for one in known.rest.get("choices", ())]
    pairs = [
        [name, value]
        for one in parser.options if not one.is_argument and not one.is_switch
        for name in one.names for value in (*one.rest.get("choices", ()), "3", "X=1")
    ]  # fmt: skip
    switches = [[name] for one in parser.options if one.is_switch for name in one.names]
    plain = st.sampled_from([*pairs, *switches, *([word] for word in WORDS[:4])])
    any_word = st.sampled_from([*WORDS, *values, *spelt(parser)]).map(lambda word: [word])
    arguments = [[word] for word in WORDS[: sum(one.is_argument for one in parser.options)]]
    others = draw(st.lists(plain | plain | plain | any_word, max_size=4))
    some = draw(st.permutations([*arguments, *others]))
    return parser, [word for group in some for word in group]


@given(lines())
def test_plain_words_are_read_as_by_the_standard_parser(line: tuple[Parser, list[str]]) -> None:
    parser, words = line
    try:
        chosen = plainly(parser.options, words)
    except NotPlainError:
        return
    standard = Arguments()
    parser.standard.read_into(standard, words)
    assert vars(chosen) == vars(standard)


@pytest.mark.parametrize("command", COMMANDS)
def test_examples_are_plain(command: str) -> None:
    """The property above would hold if no words were plain."""
    parser = parser_of(command)
    for example in parser.standard.examples:
        words = shlex.split(example)
        if words[:1] == ["symcausal"] and "|" not in words and ">" not in words:
            plainly(parser.options, words[2:])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["A -> B"], "required: QUERY"),
        (["A -> B", "P(A)", "P(B)"], "one argument too many"),
        (["A -> B", "P(A)", "--digits", "0"], "not a number from 1 to 50"),
        (["A -> B", "P(A)", "--format", "tex"], "invalid choice"),
        (["A -> B", "P(A)", "--digits"], "expected one argument"),
        (["A -> B", "P(A)", "--normalize"], "no option --normalize"),
        (["A -> B", "P(A)", "--hlep"], "did you mean '--help'"),
    ],
)
def test_mistakes_are_refused_in_the_words_of_the_standard_parser(
    words: list[str], message: str
) -> None:
    with pytest.raises(UsageError) as refusal:
        parser_of("derive").read(words)
    assert message in str(refusal.value)


def test_values_may_be_joined_to_options() -> None:
    chosen = parser_of("derive").read(["A -> B", "P(A)", "--format=latex", "-oa.tex"])
    assert (chosen.shape, chosen.output) == ("latex", "a.tex")


@pytest.mark.parametrize(
    ("words", "files"),
    [
        (["--", "-a.md"], ["-a.md"]),
        (["--", "--strict", "b.md"], ["--strict", "b.md"]),
        (["a.md", "--budget", "1", "--", "-b.md", "--"], ["a.md", "-b.md", "--"]),
    ],
)
def test_what_stands_behind_two_dashes_is_no_option(words: list[str], files: list[str]) -> None:
    chosen = parser_of("check").read(words)
    assert (chosen.files, chosen.strict) == (files, False)
