"""BIF files: what they say, exactly, and what is wrong with them, where."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symcausal.algebra.scalar import Indeterminate, Number
from symcausal.errors import (
    CyclicGraphError,
    LimitError,
    ModelError,
    ParseError,
    Source,
    SymcausalError,
    UnknownStateError,
    UnknownVariableError,
)
from symcausal.network.formats.assembly import Assembly, Content
from symcausal.network.formats.bif import read_bif
from tests.support.pace import soon

HEAD = """network unknown { }
variable rain { type discrete [ 2 ] { no, yes }; }
variable wet { type discrete [ 3 ] { dry, damp, soaked }; }
variable slip { type discrete [ 2 ] { no, yes }; }
"""


def bif(text: str) -> Content:
    return read_bif(Assembly(Source(text, "net.bif")))


def numbers(content: Content, name: str) -> list[Fraction]:
    entries = content.network.table(name).entries
    return [entry.value for entry in entries if isinstance(entry, Number)]


def fractions(*texts: str) -> list[Fraction]:
    return [Fraction(text) for text in texts]


def test_decimals_are_the_fractions_that_they_spell():
    content = bif(HEAD + "probability ( rain ) { table 0.1, 9e-1; }")
    assert numbers(content, "rain") == [Fraction(1, 10), Fraction(9, 10)]
    assert content.rounded == {}


ROWS = "probability ( wet | rain ) { (no) 0.7, 0.2, 0.1; (yes) .0, 0.25, 0.75; }"
SAME_TABLE = {
    "rows": ROWS,
    "rows in another order": ROWS.replace("(no)", "(NO)").replace("(yes)", "(no)")
    .replace("0.7, 0.2, 0.1", "A").replace(".0, 0.25, 0.75", "0.7, 0.2, 0.1")
    .replace("A", ".0, 0.25, 0.75").replace("(NO)", "(yes)"),
    "own states slowest in a table": "probability ( wet | rain ) { table .7 0 .2 .25 .1 .75; }",
    "no bar and no commas": 'probability("wet" "rain"){table .7 0 .2 .25 .1 .75;}',
    "a default": "probability ( wet | rain ) { default 0, .25, .75; (no) .7, .2, .1; }",
    "comments": "probability ( wet /* ; } */ | rain ) { // (no) 1, 0, 0;\n(no) .7 .2 .1;(yes)0 .25 .75;}",
    "properties": "probability ( wet | rain ) { property a = \"b; c\"; (no) .7 .2 .1;(yes)0 .25 .75; }",
}  # fmt: skip


@pytest.mark.parametrize("text", SAME_TABLE.values(), ids=SAME_TABLE)
def test_every_way_to_write_a_table(text):
    content = bif(HEAD + text)
    assert numbers(content, "wet") == fractions("0.7", "0.2", "0.1", "0", "0.25", "0.75")
    assert content.network.graph.parents("wet") == ("rain",)


def test_a_table_runs_through_the_last_parent_fastest():
    table = ".01 .02 .03 .04  .11 .12 .13 .14  .88 .86 .84 .82"
    network = bif(HEAD + f"probability ( wet | slip, rain ) {{ table {table}; }}").network
    at = {"slip": "no", "rain": "yes"}
    column = [network.entry("wet", state, at) for state in ("dry", "damp", "soaked")]
    assert column == [*map(Number, fractions(".02", ".12", ".86"))]


def test_parents_come_in_the_order_of_declaration():
    """So that a network is the same whatever file it was read from."""
    text = HEAD + "probability ( wet | slip, rain ) { (no, yes) 1 0 0; default 0 0 1; }"
    network = bif(text).network
    assert network.table("wet").parents == ("rain", "slip")
    assert network.entry("wet", "dry", {"slip": "no", "rain": "yes"}) == Number(Fraction(1))
    assert network.entry("wet", "dry", {"slip": "yes", "rain": "no"}) == Number(Fraction(0))


def test_rows_that_are_not_given_stay_symbolic():
    content = bif(HEAD + "probability ( wet | rain ) { (yes) 0 0.5 0.5; }")
    entries = content.network.table("wet").entries
    assert all(isinstance(entry, Indeterminate) for entry in entries[:2])
    assert entries[3:] == tuple(map(Number, fractions("0", "0.5", "0.5")))
    no, yes = content.network.table("rain").entries
    assert isinstance(yes, Indeterminate)
    assert not isinstance(no, Indeterminate)


def test_names_with_signs_in_them():
    text = """network "two words" { property author = "x"; }
    variable "light on" { type discrete[2] { "5-10 km" "<5"  }; property position = (1, 2); }
    variable x.1-b { type discrete [2] { 1.5, -1 }; }
    probability ( x.1-b | "light on" ) { ("5-10 km") 0.5 0.5; (<5) 1 0; }"""
    content = bif(text)
    assert content.network.variable("light on").states == ("5-10 km", "<5")
    entry = content.network.entry("x.1-b", "1.5", {"light on": "<5"})
    assert entry == Number(Fraction(1))
    assert content.notes == ("passed over: 1 property",)


def test_tables_may_come_before_their_variables():
    first, *rest = HEAD.splitlines()
    content = bif("\n".join([first, ROWS, *rest]))
    assert len(numbers(content, "wet")) == 6


WRONG = {
    "empty": ("", ModelError, "1:1", "no variable"),
    "another kind": ("hello world", ParseError, "1:1", "'hello world'"),
    "unknown parent": (HEAD + "probability ( rain | ran ) {}", UnknownVariableError, "5:14", "'ran'"),
    "unknown state": (
        HEAD + "probability ( wet | rain ) {\n (yse) 1, 0, 0; }", UnknownStateError, "6:3", "'yse'"),
    "sum": (HEAD + "probability ( rain ) {\n  table 0.2, 0.7; }", ModelError, "6:9", "sum of 0.9"),
    "negative": (HEAD + "probability ( rain ) { table -0.5, 1.5; }", ModelError, "5:30", "-0.5"),
    "word": (HEAD + "probability ( rain ) { table 0.5, half; }", ModelError, "5:30", "'half'"),
    "fraction": (HEAD + "probability ( rain ) { table 1/2, 1/2; }", ModelError, "5:30", "'1/2'"),
    "length": (HEAD + "probability ( rain ) { table 1, 0, 0; }", ModelError, "5:30", "3 numbers"),
    "row twice": (
        HEAD + "probability ( wet | rain ) { (no) 1 0 0;\n (no) 1 0 0; }", ModelError, "6:7", "second"),
    "table twice": (
        HEAD + "probability ( rain ) { }\nprobability ( rain ) { }", ModelError, "6:14", "twice"),
    "states twice": ("variable a { type discrete [2] { x, x }; }", ModelError, "1:10", "'x' of a twice"),
    "state count": ("variable a { type discrete [3] { x, y }; }", ModelError, "1:33", "2 states"),
    "no states": ("variable a { }", ModelError, "1:10", "no states"),
    "not discrete": ("variable a { type continuous; }", ParseError, "1:14", "type continuous"),
    "variable twice": ("variable a { type discrete [1] { x }; }" * 2, ModelError, "1:49", "twice"),
    "its own parent": (HEAD + "probability ( rain | rain ) {}", CyclicGraphError, "5:14", "rain -> rain"),
    "circle": (HEAD + "probability ( rain | wet ) {} probability ( wet | rain ) {}",
               CyclicGraphError, "5:14", "circle"),
    "parent twice": (HEAD + "probability ( wet | rain, rain ) {}", ModelError, "5:14", "rain twice"),
    "two bars": (HEAD + "probability ( wet | rain | slip ) {}", ModelError, "5:14", "head"),
    "no end": (HEAD + "probability ( rain ) { table 0.5 0.5;", ModelError, "5:38", "'}'"),
    "comment without end": (HEAD + "/* and so on", ModelError, "5:1", "comment"),
    "states of nobody": (
        HEAD + "probability ( rain ) { (no) 1 0; }", ModelError, "5:25", "no parents"),
    "many digits": (HEAD + f"probability ( rain ) {{ table 0.{'9' * 999}, 0; }}", LimitError, "5:30", ""),
    "large power": (HEAD + "probability ( rain ) { table 1e999999999, 0; }", LimitError, "5:30", ""),
}  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "place", "found"), WRONG.values(), ids=WRONG)
def test_a_fault_is_named_at_its_place(text, kind, place, found):
    with pytest.raises(SymcausalError) as raised:
        bif(text)
    assert isinstance(raised.value, kind)
    assert f"net.bif:{place}: " in str(raised.value)
    assert found in str(raised.value)


def test_all_faults_are_told_at_once():
    text = HEAD + "probability ( rain ) { table 0.2, 0.7; }\nprobability ( wet | ran ) {}\n???;"
    with pytest.raises(ModelError) as raised:
        bif(text)
    assert [p.span.line for p in raised.value.problems if p.span] == [5, 6, 7]


ATTACKS = {
    "2^41 entries": "".join(f"variable v{i} {{ type discrete [2] {{a,b}}; }}\n" for i in range(41))
    + f"probability ( v0 | {', '.join(f'v{i}' for i in range(1, 41))} ) {{ }}",
    "open comments": "/*" * 1_000_000,
    "blanks": "network" + " " * 5_000_000,
    "blocks without ends": "network a { property x " * 100_000,
    "brackets": "(" * 3_000_000,
    "quotes": 'variable "a;' * 500_000,
    "many states": f"variable a {{ type discrete [9] {{ {', '.join(map(str, range(100_000)))} }}; }}",
}


@pytest.mark.parametrize("text", ATTACKS.values(), ids=ATTACKS)
def test_a_hostile_file_ends_soon(text):
    with soon(2):
        with pytest.raises(SymcausalError) as raised:
            bif(text)
        assert len(str(raised.value)) < 50_000


def test_a_table_too_large_is_a_limit():
    with pytest.raises(LimitError, match=r"table of v0 with about 2\^41 entries"):
        bif(ATTACKS["2^41 entries"])
