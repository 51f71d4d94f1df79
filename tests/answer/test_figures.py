"""Figures of answers mark what the answer says, and text says it without them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from symcausal import Model
from symcausal.graph.separation import open_path
from symcausal.writing.blocks import Drawn
from symcausal.writing.picture import Picture
from symcausal.writing.shown import Shown
from tests.command_line import EXAMPLES

STUDENT = Model.load(str(EXAMPLES / "student.model"))
CONFOUNDED = Model("Z -> X; Z -> Y; X -> Y")
FRONT_DOOR = Model("X -> Z -> Y; X <-> Y")


def pictures(answer: Shown) -> list[Picture]:
    return [one for block in answer.blocks() if isinstance(block, Drawn) for one in block.pictures]


def test_a_comparison_shows_doing_beside_seeing() -> None:
    answer = STUDENT.compare("P(S=high | do(G=A))", "P(S=high | G=A)")
    doing, seeing = pictures(answer)
    assert (dict(doing.done), dict(doing.evidence), doing.paths) == ({"G": "A"}, {}, ())
    assert (dict(seeing.done), dict(seeing.evidence)) == ({}, {"G": "A"})
    assert [str(path) for path in seeing.paths] == ["G <- I -> S"]
    assert seeing.adjusted == ("I",)
    # the box closes what is marked
    assert open_path(seeing.graph.cut(out_of=["G"]), ["G"], ["S"], ["I"]) is None
    assert "path-1" in answer.to_html()
    assert "path 1]" in answer.to_latex()
    assert "svg" not in answer.to_text() + answer.to_markdown()


def test_two_queries_with_the_same_picture_have_one() -> None:
    assert len(pictures(STUDENT.compare("P(S)", "P(L)"))) == 1


@pytest.mark.parametrize("by", ["adjustment", "front_door"])
def test_an_effect_has_its_set_in_a_box_and_its_back_doors(by: str) -> None:
    model = CONFOUNDED if by == "adjustment" else FRONT_DOOR
    (picture,) = pictures(getattr(model, by)("X", "Y"))
    assert picture.adjusted == ("Z",)
    assert [str(p) for p in picture.paths] == ["X <- Z -> Y" if by == "adjustment" else "X <-> Y"]


def test_without_a_set_the_path_that_stays_open_is_marked() -> None:
    (picture,) = pictures(FRONT_DOOR.adjustment("X", "Y"))
    assert (picture.adjusted, [str(p) for p in picture.paths]) == ((), ["X <-> Y"])


def test_an_identification_shows_its_adjustment_or_its_hedge() -> None:
    (picture,) = pictures(CONFOUNDED.identify("P(Y | do(X))"))
    assert (picture.adjusted, [str(p) for p in picture.paths]) == (("Z",), ["X <- Z -> Y"])
    # what is summed over in the front-door formula closes no back door
    (picture,) = pictures(FRONT_DOOR.identify("P(Y | do(X))"))
    assert (picture.adjusted, [str(p) for p in picture.paths]) == ((), ["X <-> Y"])
    answer = Model("Z -> X; Z -> Y; X -> Y; X <-> Y").identify("P(Y | do(X))")
    (picture,) = pictures(answer)
    assert set(picture.held) == set(answer.hedge.larger)
    assert "X <-> Y" in answer.to_text()


def chain(length: int) -> Iterator[tuple[str, str]]:
    for i in range(length):
        yield f"V{i}", f"V{i + 1}"


def test_a_large_graph_is_no_part_of_an_answer() -> None:
    model = Model(chain(60))
    assert not pictures(model.adjustment("V2", "V5"))
    assert not pictures(model.compare("P(V3 | do(V2))", "P(V3)"))
