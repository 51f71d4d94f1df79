"""Lists of what a question has found.

Main definitions
----------------
Findings : a list whose elements are shown as they are written, one a line in a notebook.
"""

from __future__ import annotations

from typing import TypeVar

from symcausal.record import shortened

F = TypeVar("F")


class Findings(list[F]):
    """A list of adjustment sets, independencies, constraints...

    Examples
    --------
    >>> from symcausal import Model
    >>> Model("A -> B -> C").independencies()
    [A _||_ C | B]
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return shortened(f"[{', '.join(map(_words, self))}]")

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        lines = [_words(one) for one in self] or ["none"]
        return {
            "text/markdown": "\n".join(
                f"- {_marked(one, line)}" for one, line in self._lines(lines)
            ),
            "text/plain": "\n".join(lines),
        }

    def _lines(self, lines: list[str]) -> list[tuple[object, str]]:
        return list(zip(self or [None], lines, strict=True))


def _words(thing: object) -> str:
    """A thing as it is written."""
    if type(thing).__str__ is not object.__str__:
        return str(thing)
    return repr(thing)


def _marked(thing: object, line: str) -> str:
    """Its formula where it has one, else what it says letter by letter."""
    show = getattr(thing, "_repr_mimebundle_", None)
    formula = show().get("text/latex") if callable(show) else None
    if formula:
        return str(formula).replace("$$", "$")
    return line if thing is None else f"`{line}`"
