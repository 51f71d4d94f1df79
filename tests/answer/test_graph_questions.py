"""Questions about the graph as users ask them: in Python and on the command line, in every format."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from symcausal import Model, SymcausalError
from symcausal.errors import UsageError
from symcausal.writing.formats import FORMATS
from tests.command_line import EXAMPLES, run
from tests.latex.setting import set_document
from tests.tex_files import PICTURES, drawable

STUDENT = Model.load(str(EXAMPLES / "student.model"))
CONFOUNDED = Model.load(str(EXAMPLES / "confounded.model"))
FRONT_DOOR = Model("X -> M -> Y; X <-> Y; Z -> X")
BOW = Model("X -> Y; X <-> Y")
VERMA = Model("A -> B -> C -> D; B <-> D")
SHAPES = list(FORMATS)


# -- independence -------------------------------------------------------------------------------
def test_a_yes_names_what_blocks_each_path() -> None:
    found = STUDENT.independence("D _||_ L | G")
    assert found
    assert found.blocking is not None
    assert [(str(b.path), b.observed) for b in found.blocking.paths] == [("D -> G -> L", ("G",))]
    assert "blocked by G, which is observed" in str(found)


def test_a_no_names_an_open_path() -> None:
    found = STUDENT.independence("I _||_ D | L")
    assert not found
    assert found.blocking is None
    assert str(found.path) == "I -> G <- D"
    assert "the collider G is open because L is observed" in str(found)
    assert "because it is observed" in str(STUDENT.independence("I _||_ D | G"))


def test_several_reasons_for_one_path() -> None:
    found = STUDENT.independence("D _||_ S | I")
    assert str(found).endswith(
        "blocked by I, which is observed and G, a collider without observed descendants"
    )


def test_variables_that_nothing_joins() -> None:
    assert "no path joins them" in str(Model("A; B").independence("A _||_ B"))


def test_what_would_separate() -> None:
    found = STUDENT.independence("I _||_ L")
    assert found.repairs == (("G",),)
    assert "it would hold given {G} alone" in str(found)
    assert "it would hold without a condition" in str(STUDENT.independence("I _||_ D | L"))
    none = STUDENT.independence("I _||_ G")
    assert none.repairs == ()
    assert "no set of observed variables separates them" in str(none)
    assert json.loads(none.to("json"))["separating_sets"] == []


def test_separating_sets() -> None:
    assert STUDENT.separating_sets("S", "L") == [("I",), ("G",)]
    assert STUDENT.separating_sets("S", "L", forced="D") == [("I", "D"), ("D", "G")]
    assert STUDENT.separating_sets("S", "L", forbidden="I", kind="all") == [("G",), ("D", "G")]
    assert STUDENT.separating_sets("I", "D") == [()]
    assert STUDENT.separating_sets("I", "G") == []
    with pytest.raises(UsageError, match="both sides"):
        STUDENT.separating_sets("I", "I")
    with pytest.raises(UsageError, match="forced"):
        STUDENT.separating_sets("I", "D", forced="I")


def test_numbers_may_hold_what_the_arrows_do_not_imply() -> None:
    """Two rows that are the same make an arrow without effect."""
    idle = "X -> Y; P(X) = 1/3, 2/3; P(Y | X=0) = 1/4, 3/4; P(Y | X=1) = "
    same, other = Model(idle + "1/4, 3/4"), Model(idle + "3/4, 1/4")
    found = same.independence("X _||_ Y")
    assert not found
    assert found.in_numbers is True
    assert "in the numbers of this model it holds all the same" in str(found)
    assert other.independence("X _||_ Y").in_numbers is False
    assert "does not hold either" in str(other.independence("X _||_ Y"))
    assert STUDENT.independence("D _||_ L | G").in_numbers is None
    assert Model("X -> Y").independence("X _||_ Y").in_numbers is None
    certain = Model("X -> Y -> Z; P(X) = 1, 0; P(Y | X=0) = 1/2, 1/2; P(Y | X=1) = 1/3, 2/3;"
                    "P(Z | Y=0) = 1, 0; P(Z | Y=1) = 0, 1")  # fmt: skip
    assert certain.independence("X _||_ Z").in_numbers is True
    assert certain.independence("Y _||_ Z | X").in_numbers is False


def test_a_variable_that_is_given_itself() -> None:
    found = STUDENT.independence("D _||_ L | L")
    assert found
    assert "no path" not in str(found)


def test_a_graph_with_arrows_cut() -> None:
    """The back door from G to S is closed by I; with the arrows into G cut there is none."""
    closed = STUDENT.independence(r"(S \perp G \mid I)_{G_{\underline{G}}}")
    assert closed
    assert closed.cut_out_of == ("G",)
    assert not STUDENT.independence(r"(S \perp G)_{G_{\underline{G}}}")
    assert STUDENT.independence(r"(S \perp G)_{G_{\overline{G}}}")


def test_a_long_list_of_paths_says_that_it_is_not_complete() -> None:
    steps = "; ".join(f"X -> A{i} <- Y" for i in range(25))
    found = Model(steps).independence("X _||_ Y")
    assert found
    assert str(found).endswith("and more paths, which are not listed")
    assert json.loads(found.to("json"))["all_paths"] is False


@pytest.mark.parametrize("statement", ["D _||_ D", "D, I _||_ I | G"])
def test_one_variable_on_both_sides(statement: str) -> None:
    with pytest.raises(UsageError, match="both sides"):
        STUDENT.independence(statement)


# -- adjustment, front door, instruments --------------------------------------------------------
def test_kinds_of_adjustment_sets() -> None:
    def sets(**options: str) -> list[str]:
        return [str(one) for one in CONFOUNDED.adjustment_sets("G", "L", **options)]

    assert sets() == sets(kind="minimum") == ["{I}", "{S}"]
    assert sets(kind="all") == ["{I}", "{S}", "{I, D}", "{I, S}", "{D, S}", "{I, D, S}"]
    assert sets(forced="D") == ["{I, D}", "{D, S}"]
    assert sets(forbidden="I") == ["{S}"]


def test_sets_for_all_graphs_that_data_cannot_tell_apart() -> None:
    """The arrows into and out of G are settled by its two causes."""
    assert [str(z) for z in STUDENT.adjustment_sets("G", "L", equivalent=True)] == ["{}"]
    turnable = STUDENT.adjustment("I", "S", equivalent=True)
    assert not turnable.sets
    assert "in some of them I -> S is causal" in " ".join(str(turnable).split())


def test_none_exists_is_not_the_empty_set() -> None:
    none, nothing = BOW.adjustment("X", "Y"), STUDENT.adjustment("G", "L")
    assert none.reason is not None
    assert not none.sets
    assert nothing.reason is None
    assert [one.variables for one in nothing.sets] == [()]
    assert "nothing to adjust for" in str(nothing)
    assert "X <-> Y" in str(none)


def test_other_ways_are_named_where_no_set_adjusts() -> None:
    found = FRONT_DOOR.adjustment("X", "Y")
    assert [str(one) for one in found.front_door] == ["{M}"]
    assert [str(one) for one in found.instruments] == ["Z"]
    assert not CONFOUNDED.adjustment("G", "L").front_door
    assert "there is no effect" in str(Model("Y -> X").adjustment("X", "Y"))


def test_a_forced_variable_on_the_way_of_the_effect() -> None:
    assert str(Model("X -> M -> Y").adjustment("X", "Y", forced="M")) == (
        "no adjustment set for the effect of X on Y can hold M: X -> M"
    )


def test_front_door_sets() -> None:
    assert [str(one) for one in FRONT_DOOR.front_door_sets("X", "Y")] == ["{M}"]
    none = BOW.front_door("X", "Y")
    assert not none.sets
    assert none.reason is not None
    assert str(none.reason.reason) == "X -> Y"
    assert "there is no effect to carry" in str(Model("X <-> Y").front_door("X", "Y"))


def test_instruments_need_one_treatment() -> None:
    assert [one.variable for one in FRONT_DOOR.instruments("X", "Y").found] == ["Z"]
    assert not BOW.instruments("X", "Y").found
    with pytest.raises(UsageError, match="one treatment"):
        FRONT_DOOR.instruments("X, M", "Y")


@pytest.mark.parametrize("ask", ["adjustment", "front_door", "instruments"])
def test_a_model_without_causes_has_no_effects(ask: str) -> None:
    model = Model("X -> Y", causal=False)
    with pytest.raises(UsageError, match="interventions"):
        getattr(model, ask)("X", "Y")


# -- what the graph implies ---------------------------------------------------------------------
def test_implications_are_labelled_as_the_graphs() -> None:
    found = VERMA.implications()
    assert "from this graph alone" in str(found)
    assert [str(one) for one in found.independencies] == ["A _||_ C | B"]
    [constraint] = found.constraints
    assert constraint.irrelevant == ("A",)
    assert VERMA.constraints() == [constraint]
    assert VERMA.compare(constraint.formula, "P(D | do(C))").equal


def test_hidden_variables_are_in_no_implication() -> None:
    found = Model("U -> B; A -> B -> C -> D; U -> D; hidden U").implications()
    assert [str(one) for one in found.independencies] == ["A _||_ C | B"]
    assert len(found.constraints) == 1
    assert "U" not in found.to("latex").replace("\\", "")


def test_equivalence_and_the_essential_graph() -> None:
    turned = Model("S -> I; I -> G <- D; G -> L")
    assert STUDENT.equivalent(turned)
    assert not STUDENT.equivalent(CONFOUNDED)
    assert STUDENT.essential_graph().reversible == (("I", "S"),)
    with pytest.raises(UsageError, match="hidden causes"):
        BOW.essential_graph()
    with pytest.raises(UsageError, match="hidden causes"):
        STUDENT.equivalent(BOW)


# -- formats ------------------------------------------------------------------------------------
ANSWERS = [
    STUDENT.independence("D _||_ L | G"),
    STUDENT.independence("I _||_ D | L"),
    CONFOUNDED.adjustment("G", "L"),
    BOW.adjustment("X", "Y"),
    FRONT_DOOR.adjustment("X", "Y"),
    FRONT_DOOR.front_door("X", "Y"),
    FRONT_DOOR.instruments("X", "Y"),
    BOW.front_door("X", "Y"),
    BOW.instruments("X", "Y"),
    VERMA.implications(),
    BOW.implications(),
]


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: type(answer).__name__)
def test_every_answer_prints_in_every_format(answer: object) -> None:
    for shape in SHAPES:
        printed = answer.to(shape)  # type: ignore[attr-defined]
        assert printed.strip()
    json.loads(answer.to("json"))  # type: ignore[attr-defined]
    with pytest.raises(UsageError, match="no format 'pdf'"):
        answer.to("pdf")  # type: ignore[attr-defined]


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
def test_latex_compiles(tmp_path: Path) -> None:
    body = "\n\n".join(drawable(answer.to("latex")) for answer in ANSWERS)
    page = (
        "\\documentclass{article}\\usepackage[T1]{fontenc}\\usepackage{amsmath,amssymb}"
        f"{PICTURES}\\begin{{document}}\n{body}\n\\end{{document}}\n"
    )
    set_document(page, tmp_path)


# -- on the command line ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["independent", "A -> B", "A _||_ B"], 3),
        (["independent", "A; B", "A _||_ B"], 0),
        (["independent", "A -> B"], 0),
        (["independent", "A -> B", "A _||_ B", "--basis"], 2),
        (["adjust", "X -> Y", "X", "Y"], 0),
        (["adjust", "X -> Y; X <-> Y", "X", "Y"], 3),
        (["adjust", "X -> M -> Y; X <-> Y", "X", "Y", "--by", "front-door"], 0),
        (["adjust", "X -> Y; X <-> Y", "X", "Y", "--by", "front-door"], 3),
        (["adjust", "Z -> X -> Y; X <-> Y", "X", "Y", "--by", "instrument"], 0),
        (["adjust", "X -> Y; X <-> Y", "X", "Y", "--by", "instrument"], 3),
        (["adjust", "X -> Y", "X", "Y", "--by", "instrument", "--all"], 2),
        (["adjust", "X -> Y", "X", "Y", "--all", "--minimum"], 2),
        (["adjust", "X -> Y", "X", "Y", "--equivalent"], 3),
        (["adjust", "A -> X <- B; X -> Y", "X", "Y", "--equivalent"], 0),
        (["adjust", "X -> Y; X <-> Y", "X", "Y", "--equivalent"], 2),
        (["adjust", "X -> Y", "X", "Y", "--equivalent", "--by", "front-door"], 2),
        (["adjust", "Z -> X -> Y; Z -> Y", "X", "Y", "--forced", "Y"], 2),
        (["adjust", "Z -> X -> Y; Z -> Y", "X", "Y", "--forbidden", "Z"], 3),
        (["adjust", "Z -> X -> Y; Z -> Y", "X", "Y", "--forced", "Q"], 2),
    ],
)
def test_exit_statuses(arguments: list[str], status: int) -> None:
    ended = run(*arguments)
    assert ended.returncode == status, ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr
    assert bool(ended.stdout) == (status != 2)


def test_what_a_library_prints_the_command_prints() -> None:
    model = str(EXAMPLES / "confounded.model")
    for shape in SHAPES:
        ended = run("adjust", model, "G", "L", "--all", "--format", shape)
        printed = CONFOUNDED.adjustment("G", "L", kind="all").to(shape)
        assert ended.stdout.strip() == printed.strip()


def test_refusals_are_of_the_library() -> None:
    with pytest.raises(SymcausalError, match="no kind of sets"):
        CONFOUNDED.adjustment_sets("G", "L", kind="best")  # type: ignore[arg-type]
