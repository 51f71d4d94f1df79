"""The stand-ins for :mod:`typing`: they have its names, and carry what hints say."""

from __future__ import annotations

import ast
import typing
from collections.abc import Callable

import pytest

from symcausal import hints
from tests.command_line import ROOT

STANDING_IN = [name for name in hints.__all__ if name != "TYPE_CHECKING"]
OF_TYPING = {"NamedTuple", "TypedDict"}  # nothing can stand in for them


@pytest.mark.parametrize("name", STANDING_IN)
def test_stands_in_for_a_name_of_typing(name: str) -> None:
    assert hasattr(typing, name)
    assert hasattr(hints, name)
    assert getattr(hints, name) is not getattr(typing, name)


def test_a_type_checker_is_sent_to_typing_for_each() -> None:
    (checked,) = [
        node
        for node in ast.walk(ast.parse((ROOT / "symcausal/hints.py").read_text()))
        if isinstance(node, ast.ImportFrom) and node.module == "typing"
    ]
    assert sorted(alias.name for alias in checked.names) == sorted(STANDING_IN)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "symcausal").rglob("*.py")), ids=lambda path: path.stem
)
def test_modules_take_the_names_from_here(path: typing.Any) -> None:
    if path.name == "hints.py":
        return
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module == "typing":
            assert {alias.name for alias in node.names} <= OF_TYPING
        if isinstance(node, ast.Import):
            assert "typing" not in [alias.name for alias in node.names]


def test_what_hints_are_put_together_by() -> None:
    item = hints.TypeVar("item", bound=int)
    for whole in (
        hints.Literal["a", "b"],
        hints.Any | None,
        None | hints.Any,
        int | hints.Literal["a"],
        list[hints.Any] | hints.Any,
        Callable[[item], item],
        hints.ClassVar[int],
    ):
        assert whole is not None


def test_parts_are_those_that_typing_gives() -> None:
    assert hints.get_args(hints.Literal["a", "b"]) == typing.get_args(typing.Literal["a", "b"])
    assert hints.get_args(hints.Literal["a"]) == ("a",)
    assert hints.get_args(int | str) == typing.get_args(int | str)


def test_bases_leave_slots_and_arguments_alone() -> None:
    item = hints.TypeVar("item")

    class Box(hints.Generic[item]):
        __slots__ = ("inside",)

    class Says(hints.Protocol[item]):
        def says(self) -> str: ...

    assert Box[int] is Box
    assert not hasattr(Box(), "__dict__")
    assert Says[int] is Says


def test_a_kind_that_nobody_decides_about_fails() -> None:
    with pytest.raises(AssertionError, match="nothing decides about 3"):
        hints.assert_never(3)  # type: ignore[arg-type]
