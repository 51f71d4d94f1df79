"""LaTeX of whatever can be printed, whatever made it.

Main definitions
----------------
latex : a formula, an answer, a graph, a statement, a number or a SymPy expression as LaTeX.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from symcausal.algebra.scalar import Number
from symcausal.errors import UnprintableError
from symcausal.hints import Any
from symcausal.reading.reader import Chain
from symcausal.rules.condition import Decision, Separated
from symcausal.writing.given_parts import graph_of, instance_of
from symcausal.writing.latex import formula_latex
from symcausal.writing.layout import Printable
from symcausal.writing.notations import NotationLike
from symcausal.writing.shown import Shown
from symcausal.writing.style import LECTURE, Style

TAKEN = (
    "a formula, events, a condition, a chain of formulas, an independence, an answer of a model, "
    "a model or a graph, a number, a SymPy expression"
)
_RELATIONS = {
    "=": "=", ":=": ":=", "≈": r"\approx", "∝": r"\propto", "≠": r"\neq", "≤": r"\leq", "≥": r"\geq",
    "<": "<", ">": ">",
}  # fmt: skip


def latex(thing: object, notation: NotationLike = LECTURE, order: Sequence[str] = ()) -> str:
    r"""Write something in LaTeX: a formula without dollar signs, an answer or a graph as a fragment.

    Parameters
    ----------
    thing : object
        A formula, events, a condition, a chain of formulas, an independence, an answer of a model, a
        model or a graph (its picture), a number, or a SymPy expression.
    notation : Notation or str
        How, or the name of a preset; the library's own by default. Of an answer, its own.
    order : sequence of str
        The names of the model, variables first, in the order of their declaration; alphabetical
        where it is silent. A lower-case notation keeps the capitals of what could be mistaken for
        one of these names; without them, of every name longer than a letter.

    Raises
    ------
    UnprintableError
        A ``TypeError``, if there is no LaTeX of such a thing.

    Examples
    --------
    >>> from symcausal import Model
    >>> model = Model.parse("A -> B; P(A) = 1/4, rest")
    >>> latex(model.query("P(B | A=1)"))
    'P[B \\mid A=1]'
    >>> latex(model.probability("P(A=1)")), latex(model.closed_form("P(B=0 | A=0)"))
    ('\\frac{3}{4}', '\\theta_{B=0 \\mid A=0}')
    """
    style = Style.of(notation, order)
    if isinstance(thing, Shown):
        return thing.to_latex() if notation is LECTURE else thing.to_latex(notation=notation)
    if isinstance(thing, Chain):
        return _chain(thing, style)
    if isinstance(thing, Decision):
        thing = thing.condition
    if isinstance(thing, Printable):
        return formula_latex(thing, style)
    if isinstance(thing, int | Fraction):  # a bool is one, too, and no number to its reader
        if not isinstance(thing, bool):
            return formula_latex(Number(Fraction(thing)), style)
    else:
        written = _of_loaded(thing, style)
        if written is not None:
            return written
    raise UnprintableError(
        f"there is no LaTeX of a {type(thing).__name__}",
        expected=TAKEN,
        hint="`parse` makes a formula of text" if isinstance(thing, str) else "",
    )


def _chain(chain: Chain, style: Style) -> str:
    written = [formula_latex(chain.formulas[0], style)]
    for relation, formula in zip(chain.relations, chain.formulas[1:], strict=True):
        written += [_RELATIONS[relation.sign], formula_latex(formula, style)]
    return " ".join(written)


def _of_loaded(thing: Any, style: Style) -> str | None:
    """LaTeX of a thing whose class is loaded only where there is one, so that none is loaded for it."""
    if instance_of(thing, "symcausal.graph.independencies", "Independence"):
        return formula_latex(Separated(thing.left, thing.right, thing.given), style)
    graph = graph_of(thing)
    if graph is not None:
        from symcausal.writing.picture import Picture
        from symcausal.writing.tikz import tikz

        return tikz(Picture(graph, {}))
    if instance_of(thing, "sympy", "Basic") or instance_of(thing, "sympy", "MatrixBase"):
        import sympy

        return str(sympy.latex(thing))
    return None
