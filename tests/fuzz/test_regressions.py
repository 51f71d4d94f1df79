r"""Texts that once broke a reader or held it up, and the limits that hold for untrusted text."""

from __future__ import annotations

import contextlib

import pytest

from symcausal import Model, SymcausalError, parse
from symcausal.errors import LimitError, ParseError, Source
from symcausal.network.formats.catalogue import read_format
from symcausal.notes.check import check_text
from tests.fuzz.targets import SLOWEST, STUDENT, survives
from tests.support.pace import soon

# target, what it is, text
FOUND = [
    ("formula", "a state that is no number among factors", "sudots ^11do1^ ts1eAeA9A9"),
    ("formula", "a state like the letter of a variable", "P(L=s| s&psppppSNhppppSNhigh)"),
    (
        "command",
        "a hidden cause beside the question",
        "compare\nX -> Y; A <-> B\nP(Y | X)\nP(Y | do(X))",
    ),
    ("command", "another one", "derive\nX -> Y; A <-> B\nP(Y | do(X))"),
    (
        "gml",
        "a character with too many digits",
        f'graph [ node [ id 0 label "&#{"9" * 5000};" ] ]',
    ),
    (
        "dagitty",
        "many names without an arrow",
        f"dag {{ {' '.join(f'X{i}' for i in range(24_000))} }}",
    ),
    ("dot", "a long circle", f"digraph {{ {' -> '.join(f'X{i}' for i in range(20_000))} -> X0 }}"),
    ("claims", "a name stuck to a probability", r"XP(x)\text{and}P(x)"),
]


@pytest.mark.parametrize(("target", "what", "text"), FOUND, ids=[row[1] for row in FOUND])
def test_what_was_found_stays_mended(target, what, text):
    survives(target, text)


NESTED = "(" * 100_000
SIXTY = "; ".join(f"X{i} -> X{i + 1}" for i in range(60))
WIDE_SUM = (
    r"\sum_{"
    + ",".join(f"x{i}" for i in range(60))
    + "} P("
    + ",".join(f"x{i}" for i in range(60))
    + ")"
)
HUGE_TABLE = (
    "network n {}\n"
    + "".join(f"variable V{i} {{ type discrete [2] {{ a, b }}; }}\n" for i in range(41))
    + "probability ( V0 | " + ", ".join(f"V{i}" for i in range(1, 41)) + ") { default 0.5, 0.5; }"
)  # fmt: skip


def refused(read, text: str) -> SymcausalError:
    """The error that a text ends in, soon."""
    with soon(SLOWEST), pytest.raises(SymcausalError) as found:
        read(text)
    return found.value


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        (NESTED, True),
        (NESTED + "P(A)" + ")" * 100_000, True),
        ("P(A" + "'" * 100_000 + ")", False),
        ("9**9**9**9", False),
        ("P(A)^{9999999999}", True),
        ("P(" + "A" * 10_000_000 + ")", True),
        ("P(A) + " * 1_000_000, True),
        ("\\frac{" * 50_000, True),
        ("1" * 1_000_000, True),
    ],
    ids=lambda value: str(value)[:24],
)
def test_formulas_have_limits(text, limit):
    error = refused(parse, text)
    assert isinstance(error, LimitError) or not limit


@pytest.mark.parametrize(
    "text",
    [
        f"A; P(A) = {NESTED}1, rest",
        "A; P(A) = 9**9**9**9, rest",
        "A; P(A) = 2^999999999, rest",
        "A: " + ", ".join(f"s{i}" for i in range(2_000_000)),
        "A: 999999999999",
        "B -> A; " * 500_000,
        " -> ".join(f"X{i}" for i in range(200_000)),
    ],
    ids=lambda value: value[:24],
)
def test_models_have_limits(text):
    assert isinstance(refused(Model.parse, text), LimitError | ParseError)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (", ".join(f"X{i}" for i in range(60)) + " -> Y", "Y"),
        (
            "\n".join(f"X{i} -> Y" for i in range(15_000)),
            "Y",
        ),  # 2^15000 has too many digits to print
        ("; ".join(f"X{i} -> X{j}" for i in range(40) for j in range(i + 1, 40)), "X39"),
        ("; ".join(", ".join(f"A{i}" for i in range(12)) + f" -> Y{k}" for k in range(30)), "Y29"),
        ("A -> B; A: {0}; B: {0}".format(", ".join(f"s{i}" for i in range(400))), "B"),
    ],
    ids=lambda value: value[:24],
)
def test_tables_have_limits_and_graphs_have_not(text, names):
    """The arrows answer; what needs the table is refused before it is made."""
    model = Model.parse(text)
    assert names in model.network.unmade
    assert model.independent(names, names) is False
    assert isinstance(refused(model.closed_form, f"P({names})"), LimitError)


def test_open_tables_within_the_limits_are_filled_soon():
    """Nearly the largest that a few words can ask for, all of whose parameters look alike."""
    text = "; ".join(", ".join(f"A{i}" for i in range(12)) + f" -> Y{k}" for k in range(9))
    with soon(SLOWEST):
        tables = Model.parse(text).network.tables
    assert sum(len(table.entries) for table in tables.values()) == 9 * 2**13 + 24


def test_files_of_other_tools_have_limits():
    assert isinstance(refused(lambda t: read_format(Source(t, "f"), "bif"), HUGE_TABLE), LimitError)


@pytest.mark.parametrize("text", [WIDE_SUM, "P(" + ",".join(f"X{i}" for i in range(61)) + ")"])
def test_sums_over_sixty_variables_are_no_trouble(text):
    model = Model.parse(SIXTY)
    with soon(SLOWEST), contextlib.suppress(SymcausalError):
        model.probability(text)


@pytest.mark.parametrize(
    "text",
    [
        f"${NESTED}$ and $P(S) = P(S)$",
        "$P(S) = 9**9**9**9$",
        f"${WIDE_SUM} = 1$",
        r"$\newcommand{\a}{\a\a}\a P(S) = 1$",
        "$P(S) = " + "P(S)" * 20_000 + "$",
        "$P(S) = " + r"\sum_{S}" * 300 + "P(S)$",
        "$P(S) = P(S)" + "^{99}" * 50 + "$",
        "$" + " = ".join(["P(S)"] * 1_000) + "$",
    ],
    ids=lambda value: value[:24],
)
def test_notes_have_limits(text):
    with soon(SLOWEST, besides=0.5):
        report = check_text(text, STUDENT.network, budget=0.5)
    assert report.claims or report.files[0].problems
