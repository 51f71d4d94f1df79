"""Lists of what a question has found.

Main definitions
----------------
Findings : a list whose elements are shown as they are written, one a line in a notebook.
"""

from __future__ import annotations

from symcausal.hints import TypeVar
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
        return shortened(f"[{', '.join(map(str, self))}]")

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {
            "text/markdown": "\n".join(f"- {_marked(one)}" for one in self) or "- none",
            "text/plain": "\n".join(map(str, self)) or "none",
        }


def _marked(thing: object) -> str:
    """Its formula where it has one, else what it says letter by letter."""
    show = getattr(thing, "_repr_mimebundle_", None)
    formula = show().get("text/latex") if callable(show) else None
    return str(formula).replace("$$", "$") if formula else f"`{thing}`"
