"""Long closed forms as named tables: read back, they are the query."""

import json
import random
import re
from fractions import Fraction
from itertools import product

import pytest

from symcausal import Model
from symcausal.answer.elimination import Elimination, elimination
from symcausal.errors import ImpossibleEventError, UsageError
from symcausal.expr.nodes import State
from symcausal.expr.scope import substitute
from symcausal.numbers.evaluate.closed_form import closed_form
from symcausal.numbers.evaluate.operations import Operations, circuit_operations
from symcausal.numbers.evaluate.value_table import ValueTable
from symcausal.writing.notations import Notation
from symcausal.writing.text import text
from tests.numbers.evaluate.queries import ask, exact_value, symbolic
from tests.support.random_models import random_formula, random_network, random_query
from tests.support.student import SUPERSCRIPTS, asia, chain, student

NAME = re.compile(r"\bt(\d+)(?:\(([^()]*)\))?")


def read_back(found: Elimination, model: Model) -> str:
    """The result with every name replaced by what it stands for, as text that the reader takes."""
    data = found.as_data()
    inlined: dict[str, tuple[list[str], str]] = {}

    def in_place(match: re.Match[str]) -> str:
        letters, body = inlined[match[1]]
        arguments = (match[2] or "").split(", ") if match[2] else []
        states = {
            letter: State(argument.partition("=")[2])
            for letter, argument in zip(letters, arguments, strict=True)
            if "=" in argument
        }
        if states:
            body = text(substitute(model.query(body), states), Notation(), tuple(model.variables))
        return f"({body})"

    for table in data["tables"]:  # type: ignore[attr-defined]  # parts come first
        match = NAME.fullmatch(table["name"])
        assert match, table
        letters = match[2].split(", ") if match[2] else []
        inlined[match[1]] = (letters, NAME.sub(in_place, table["definition"]))
    return NAME.sub(in_place, str(data["result"]))


@pytest.mark.parametrize("seed", range(150))
def test_the_lines_say_what_the_query_is(seed: int):
    rng = random.Random(seed)
    # not E: sum_{E} (...) is read as the start of an expectation
    network = random_network(rng, nodes=(3, 6), positive=True, names=("I", "S", "N", "Q", "O", "C"))
    expr = random_formula(rng, network) if seed % 5 == 0 else random_query(rng, network)
    model = Model.from_network(network)
    try:
        exact = exact_value(network, expr)
    except ImpossibleEventError:
        return
    found = elimination(expr, symbolic(network), Notation())
    back = model.query(read_back(found, model))
    assert by_letter(exact, exact) == by_letter(exact_value(network, back), exact)


def by_letter(values: object, like: object) -> list[object]:
    """The values for each assignment of another table's letters, which may be more."""
    if not isinstance(like, ValueTable):
        return [values]
    found: list[object] = []
    for states in product(*like.states):
        at = dict(zip(like.variables, states, strict=True))
        if isinstance(values, ValueTable):
            key = tuple(at[letter] for letter in values.variables)
            found.append(values.get(key))
        else:
            found.append(values)
    return found


def test_asia_is_a_few_lines():
    clinic = symbolic(asia())
    found = elimination(ask("A=yes", "D=yes"), clinic, Notation())
    lines = found.to_text().split("\n")
    assert lines[1] == "where"
    assert len(lines) < 12
    assert max(map(len, lines)) < 110
    assert found.operations.total < found.operations_written_out.total


def chain_operations(length: int, *, shared: bool) -> Operations:
    """Of ``P(X_n)`` in a chain of binary variables: two products and a sum for each of two cells.

    Written out, each cell takes two cells of the table before.
    """
    additions = multiplications = 0
    cells = 1
    for _ in range(length - 1):
        additions += cells
        multiplications += 2 * cells
        cells = 2 if shared else 2 * cells
    return Operations(additions, multiplications)


@pytest.mark.parametrize("length", [2, 3, 8, 61, 200])
def test_operations_are_counted(length: int):
    found = elimination(ask(f"X{length - 1}=1"), symbolic(chain(length)), Notation())
    assert found.operations_written_out == chain_operations(length, shared=False)
    assert found.operations == chain_operations(length, shared=True)


def test_cells_are_counted_too():
    network = symbolic(chain(4))
    shared, written_out = circuit_operations(closed_form(network, ask("X3=1")))
    # a remainder 1 - θ is an addition; each of the entries of four tables' first state has one
    assert shared.multiplications == chain_operations(4, shared=True).multiplications
    assert written_out.multiplications == chain_operations(4, shared=False).multiplications
    assert shared.additions > chain_operations(4, shared=True).additions


def test_a_long_form_is_printed_with_names():
    model = Model.from_network(symbolic(chain(61)))
    shown = model.evaluation("P(X60=1)")
    lines = shown.to_text().split("\n")
    assert lines[0].startswith("P(X60=1) = ")
    assert max(map(len, lines)) < 200
    assert "about 10^18 additions" in lines[-1]
    assert r"\tau_{1}(" in shown.to_latex()
    assert json.loads(shown.to_json())["elimination"]["operations"]["divisions"] == 0
    assert r"\tau_{1}" in shown._repr_mimebundle_()["text/latex"]


def test_a_short_form_is_printed_whole():
    model = Model("X -> Y; parameters q in (0, 1); P(X) = 1 - q, q")
    shown = model.evaluation("P(X=1)")
    assert not shown.is_long
    assert shown.to_text() == "q"
    assert shown.operations.total == shown.operations_written_out.total == 0
    assert shown.to_latex() == "P[X=1] = q"
    assert json.loads(shown.to_json())["elimination"] is None


def test_cells_that_are_not_defined_are_listed_below():
    network = asia()
    model = Model.from_network(network).symbolic("P(A)", "P(S)", "P(T | A)", "P(L | S)", "P(B | S)",
                                                 "P(D | E, B)", "P(X | E)")  # fmt: skip
    shown = model.evaluation("P(A | E=no, T, D=yes)")
    assert "T=yes: undefined" in shown.to_text()


def test_symbols_that_the_model_declares_are_given_below():
    model = Model(
        "A -> B -> C -> D -> E; parameters q in (0, 1); parameters r in (0, 1); P(A) = 1 - q, q; "
        "P(B | A=0) = r, 1 - r; P(B | A=1) = 1/3, 2/3"
    )
    found = model.elimination("P(E=1)").to_text()
    assert "P(A=0) = 1 - q" in found
    assert "P(B=1 | A=0) = 1 - r" in found


def test_tables_of_numbers_are_listed():
    model = Model.from_network(student(SUPERSCRIPTS)).symbolic("P(L)")
    found = model.elimination("P(L=l1)").to_text()
    # the golden P(g1), P(g2), P(g3) of the book's student network
    assert "181/500" in found
    assert Fraction(181, 500) == exact_value(student(SUPERSCRIPTS), ask("G=g1"))


def test_an_elimination_prints_in_its_formats_only():
    found = elimination(ask("L"), symbolic(student(SUPERSCRIPTS)), Notation())
    assert found.to("latex") == found.to_latex()
    assert found.to("text") == str(found)
    assert found.to("markdown").startswith("$$\n\\begin{aligned}")
    with pytest.raises(UsageError, match="no format"):
        found.to("csv")


@pytest.mark.parametrize(
    ("graph", "table"),
    [
        ("A -> B; A <-> B", "P(B=1 | do(A=1))"),  # P(B=1 | A=1) is another number
        ("A -> B; A <-> C; C <-> B", "P(B=1 | A=1)"),
        ("A -> B; A -> D -> B; A <-> B", "sum_{D} P(B=1 | do(A=1, D)) P(D | A=1)"),
        ("A -> B; B <-> C", "P(B=1 | A=1)"),
    ],
)
def test_a_table_beside_a_hidden_cause_of_its_parents_is_what_do_gives(graph, table):
    found = Model(graph).elimination("P(B=1 | do(A=1))").to_text()
    assert found.startswith(f"P(B=1 | do(A=1)) = {table}\n")
