"""What notebooks show: of formulas, of single steps, of everything that is no answer of its own.

JupyterLab, VS Code, Colab and marimo take ``_repr_mimebundle_``; formulas stand between double
dollars, the only marks that all of them know.

Main definitions
----------------
displays : a thing in the formats of a notebook, by their MIME types.
side_by_side, SideBySide : several things beside each other.
"""

from __future__ import annotations

from symcausal.derive.step import Step, StepChain
from symcausal.expr.nodes import Expr
from symcausal.hints import get_args
from symcausal.record import record, shortened
from symcausal.writing.blocks import Block, Derived, Tabled
from symcausal.writing.document import Document
from symcausal.writing.grid import Grid
from symcausal.writing.latex import latex
from symcausal.writing.layout import Printable, layout
from symcausal.writing.mathml import element, escaped
from symcausal.writing.picture import Picture
from symcausal.writing.record_page import record_grid
from symcausal.writing.shown import Shown
from symcausal.writing.style import LECTURE, Style
from symcausal.writing.svg import svg
from symcausal.writing.text import text


def displays(thing: object) -> dict[str, str]:
    """Return a thing in the formats of a notebook, by their MIME types.

    Examples
    --------
    >>> from symcausal.expr.nodes import Prob, free_events
    >>> displays(Prob(free_events("L")))["text/latex"]
    '$$P[L]$$'
    """
    if isinstance(thing, _PRINTABLE):
        formula = f"$${latex(thing)}$$"
        return {"text/markdown": formula, "text/latex": formula, "text/plain": text(thing)}
    if isinstance(thing, Picture):
        drawn = svg(thing)
        return {"text/html": drawn, "image/svg+xml": drawn, "text/plain": repr(thing)}
    page = _page(thing)
    if page is not None:
        shown = {"text/markdown": page.to_markdown(), "text/plain": page.to_text()}
        tabled = isinstance(page.blocks[0], Tabled)
        return shown | ({"text/html": page.to_fragment()} if tabled else {})
    return {"text/plain": _plain(thing)}


_PRINTABLE = get_args(Printable)


def _page(thing: object) -> Document | None:
    """The page of what is laid out in blocks."""
    blocks: tuple[Block, ...]
    match thing:
        case Step(before=before):
            blocks = (Derived(StepChain(before, (thing,))),)
        case StepChain():
            blocks = (Derived(thing),)
        case Grid():
            blocks = (Tabled(thing),)
        case _:  # anything else has words of its own, or is what it holds
            grid = record_grid(thing)
            if grid is None:
                return None
            blocks = (Tabled(grid),)
    return Document("", blocks, Style.of(LECTURE, ()))


def _plain(thing: object) -> str:
    """Return the plain text of a thing: its ``str`` where its class has one, else its ``repr``."""
    return shortened(str(thing)) if type(thing).__str__ is not object.__str__ else repr(thing)


# as wide as there is room, since what stands in it asks how wide that is
_CELL = "flex:1 1 18em;min-width:min(18em,100%)"


# -- beside each other ----------------------------------------------------------------------------
@record
class SideBySide:
    """Several things beside each other in a notebook; below each other where there is no room.

    Attributes
    ----------
    things : tuple of object
        Anything that shows itself.
    """

    things: tuple[object, ...]

    def __repr__(self) -> str:
        return f"<{len(self.things)} things side by side>"

    def _repr_html_(self) -> str:
        cells = "".join(f'<div style="{_CELL}">{_html(thing)}</div>' for thing in self.things)
        look = "display:flex;flex-wrap:wrap;gap:1em 2em;align-items:flex-start"
        return f'<div style="{look}">{cells}</div>'

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        plain = "\n\n".join(_text(thing) for thing in self.things)
        return {"text/html": self._repr_html_(), "text/plain": plain}


def side_by_side(*things: object) -> SideBySide:
    """Show several answers, models, drawings or formulas beside each other in a notebook.

    Examples
    --------
    >>> from symcausal import Model
    >>> model = Model("A -> B")
    >>> side_by_side(model.draw(), model.draw(do="B"))
    <2 things side by side>
    """
    return SideBySide(things)


def _html(thing: object) -> str:
    if isinstance(thing, Shown):
        return thing.to_fragment()
    if isinstance(thing, Document):
        return _bundle(thing)["text/html"]
    if isinstance(thing, Expr):
        return element(layout(thing, Style.of(LECTURE, ())))
    page = _page(thing)
    if page is not None:
        return page.to_fragment()
    bundle = _bundle(thing)
    return bundle.get("text/html") or f"<pre>{escaped(_text(thing))}</pre>"


def _text(thing: object) -> str:
    return _bundle(thing).get("text/plain") or _plain(thing)


def _bundle(thing: object) -> dict[str, str]:
    show = getattr(thing, "_repr_mimebundle_", None)
    return dict(show()) if callable(show) else {}
