"""A page about a model and some queries, made of their answers.

Main definitions
----------------
report : the graph, the tables, and for each query its derivation, its numbers and what doing changes.
"""

from __future__ import annotations

from collections.abc import Iterable

from symcausal.algebra.decimals import FIGURES
from symcausal.derive.derivation import Detail, hidden_causes
from symcausal.errors import ImpossibleEventError, SymcausalError
from symcausal.expr.distributions import mentions_do
from symcausal.expr.nodes import (
    Add,
    Counterfactual,
    Events,
    Expectation,
    Expr,
    Minus,
    Numeric,
    Prob,
    Product,
    Quotient,
    Scalar,
    Sum,
)
from symcausal.model import Model
from symcausal.record import replace
from symcausal.writing.document import Document
from symcausal.writing.style import Style
from symcausal.writing.text import text


def report(
    model: Model,
    queries: Iterable[str | Expr],
    *,
    title: str = "",
    detail: Detail = "lecture",
    digits: int | None = None,
) -> Document:
    """Return a page about some queries of a model.

    Parameters
    ----------
    model : Model
        What they are asked of. Its text stands on the page, so that `check` can judge the rest.
    queries : iterable of str or Expr
        Each gets a section.
    title : str
        The title of the page; it names the queries if left out.
    detail : {"brief", "lecture", "full"}
        How small the steps of derivations are.
    digits : int, optional
        The significant figures of decimals; with it, tables have one beside each number that goes on.

    Raises
    ------
    SymcausalError
        If a query cannot be read or answered. One that is not identifiable is answered by the reason.

    Examples
    --------
    >>> page = report(Model("Z -> X; Z -> Y; X -> Y"), ["P(Y | do(X))"])
    >>> [line for line in page.to_markdown().splitlines() if line.startswith("#")]
    ['# P(Y | do(X))', '## The model', '## P(Y | do(X))', '### Why doing is not seeing']
    """
    asked = [model.query(query) for query in queries]
    names = [text(query, model.notation) for query in asked]
    page = Document(title or ", ".join(names), (), Style(model.notation, tuple(model.variables)))
    page = _described(page, model, digits)
    for query, name in zip(asked, names, strict=True):
        page = _answered(page.heading(name), model, query, detail, digits)
    return page


def _described(page: Document, model: Model, digits: int | None) -> Document:
    """The graph, the text of the model, and its tables."""
    page = page.heading("The model").figure(model.network.graph)
    page = page.listing(model.to_text(), "symcausal")
    if not model.network.is_open:
        page = page.show(replace(model.table(), digits=digits))
    return page


def _answered(
    page: Document, model: Model, query: Expr, detail: Detail, digits: int | None
) -> Document:
    """The derivation of a query, its numbers, and why doing and seeing differ."""
    if hidden_causes(query, model.network.graph):
        page = page.show(model.identify(query, detail=detail))
    else:
        page = page.show(model.derive(query, detail=detail))
    if model.network.is_numeric:
        try:
            page = page.paragraph("In numbers:").show(
                replace(model.evaluation(query), digits=digits or FIGURES)
            )
        except ImpossibleEventError as error:
            page = page.paragraph(f"It has no value in this model: {error.found}.")
    seen = _seen(query)
    if seen is None:
        return page
    found = replace(model.compare(query, seen), digits=digits or FIGURES)
    words = "Why doing is seeing here" if found.equal else "Why doing is not seeing"
    return page.heading(words, level=3).show(found)


def _seen(query: Expr) -> Expr | None:
    """A query whose events are seen instead of done; None if nothing is done in it."""
    if not mentions_do(query):
        return None
    match query:
        case Prob() | Expectation():
            try:
                return replace(query, given=Events((*query.given, *query.do)), do=Events())
            except SymcausalError:  # what is done and what is seen contradict each other
                return None
        case Counterfactual():
            return None  # of several worlds, in which nothing is done
        case Sum() | Product() | Quotient() | Add() | Minus() | Scalar() | Numeric():
            return None  # of one term alone there is one thing to compare with
