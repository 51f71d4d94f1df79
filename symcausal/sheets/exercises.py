"""Exercises about a model, with answers that have been checked.

Main definitions
----------------
Exercise : a sheet and its model answer.
exercise : make one of a kind, from a seed.
KINDS : the kinds.

Notes
-----
A sheet states the variables and arrows of the model, not its numbers, by which a wrong equality could
be true. What is handed out has been judged by `check`: each sign of an answer holds, and of a
derivation with an error exactly one sign fails, the planted one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from symcausal.errors import SymcausalError, UsageError, nearest
from symcausal.expr.nodes import Expr, Prob, free_events
from symcausal.kernel.core.identity import identical, points
from symcausal.kernel.core.interpretation import Interpretation
from symcausal.model import Model
from symcausal.record import record
from symcausal.sheets.mistakes import MISTAKES, Mistake, mistaken
from symcausal.writing.blocks import Aside, Equation, Equations
from symcausal.writing.document import Document
from symcausal.writing.style import Style

KINDS = ("derive", "fill-in", "spot-the-error")
_MOST_TRIES = 600
_LEAST_STEPS = 2
_LONGEST = 7
_BLANK = "....................  "
_TASKS = {
    "derive": "Derive this as a formula over the tables of the model, and name the rule of each step:",
    "fill-in": "A line is missing. Write it down; its rule stands beside it.",
    "spot-the-error": "Exactly one equals sign here is wrong. Which one, and which rule was misused?",
}


@record
class Exercise:
    """A sheet and its model answer.

    Attributes
    ----------
    sheet, answer : Document
        What students get, and what they should hand in.
    query : Expr
        What it is about.
    wrong : int or None
        The number of the sign that is wrong on the sheet, from one; None if none is.
    """

    sheet: Document
    answer: Document
    query: Expr
    wrong: int | None = None


def exercise(model: Model, kind: str, seed: int) -> Exercise:
    """Return an exercise; the same kind, model and seed make the same.

    Parameters
    ----------
    model : Model
        Whose graph it is about.
    kind : {"derive", "fill-in", "spot-the-error"}
        What students do.
    seed : int
        Chooses the query, the missing line or the error.

    Raises
    ------
    UsageError
        If there is no such kind, or if the model is too small for one.
    """
    if kind not in KINDS:
        raise UsageError(f"no kind '{kind}'", expected=", ".join(KINDS), hint=nearest(kind, KINDS))
    bare = _without_numbers(model)
    chance = Random(f"{kind} {seed}")
    for query in _queries(bare, chance):
        made = _made(bare, kind, query, chance)
        if made is not None:
            return made
    raise UsageError(
        f"no exercise of the kind {kind} was found in this model",
        expected="a graph with a few arrows",
    )


def _without_numbers(model: Model) -> Model:
    """The variables and arrows of a model."""
    graph = model.network.graph
    states = {name: list(states) for name, states in model.variables.items()}
    return Model(graph.directed, states=states, bidirected=graph.bidirected, hidden=graph.hidden)


def _queries(model: Model, chance: Random) -> Iterator[Expr]:
    """Queries about one to three variables, some with an action, none of them twice."""
    told: set[Expr] = set()
    seen = [name for name in model.variables if name not in model.network.graph.hidden]
    for _ in range(_MOST_TRIES):
        names = chance.sample(seen, min(len(seen), chance.choice((1, 2, 2, 2, 3))))
        outcome, rest = free_events(names[:1]), names[1:]
        acts = bool(rest) and model.causal and chance.random() < 0.5
        done, given = (rest[:1], rest[1:]) if acts else ([], rest)
        query = Prob(outcome, free_events(given), free_events(done))
        if query not in told:
            told.add(query)
            yield query


def _made(model: Model, kind: str, query: Expr, chance: Random) -> Exercise | None:
    """An exercise about a query; None if it is too short, too long, or has no formula."""
    try:
        found = model.derive(query, detail="lecture" if kind == "derive" else "full")
    except SymcausalError:
        return None
    if not _LEAST_STEPS <= len(found.steps) <= _LONGEST:
        return None
    terms = [query, *(step.after for step in found.steps)]
    sheet = _page(model, f"Exercise: {kind}").paragraph(_TASKS[kind])
    answer = _page(model, "Model answer")
    if kind == "derive":
        made = Exercise(sheet.maths(query), answer.show(found), query)
    elif kind == "fill-in":
        place = chance.randrange(1, len(terms))
        rows = _rows(terms, blank=(place, found.steps[place - 1].rule.name))
        hidden = Aside((Equations(rows),))  # the checker would ask what the blank means
        made = Exercise(_with(sheet, hidden), answer.show(found), query)
    else:
        planted = _planted(model, terms, chance)
        if planted is None:
            return None
        wrong, place, mistake = planted
        told = f"Sign number {place} is wrong ({mistake.rule}). {mistake.words} It should read:"
        shown = Equations(_rows(wrong))
        made = Exercise(_with(sheet, shown), answer.paragraph(told).show(found), query, place)
    return made if _is_as_announced(made) else None


def _page(model: Model, title: str) -> Document:
    style = Style(model.notation, tuple(model.variables))
    return Document(title, (), style).listing(model.to_text(), "symcausal")


def _with(page: Document, block: Aside | Equations) -> Document:
    return Document(page.title, (*page.blocks, block), page.style)


def _rows(terms: Sequence[Expr], *, blank: tuple[int, str] = (0, "")) -> tuple[Equation, ...]:
    """A chain of equations, one of them left blank but for its rule."""
    rows = []
    for place, term in enumerate(terms[1:], 1):
        right = (f"{_BLANK}({blank[1]})",) if place == blank[0] else (term,)
        rows.append(Equation(terms[0] if place == 1 else None, "=", right))
    return tuple(rows)


def _planted(
    model: Model, terms: Sequence[Expr], chance: Random
) -> tuple[list[Expr], int, Mistake] | None:
    """A chain with a mistake, and where; it goes on with what follows from the mistake."""
    places = points(model.network.graph, model.variables)
    choices = [(place, m) for place in range(1, len(terms)) for m in MISTAKES]
    chance.shuffle(choices)
    for place, mistake in choices:
        candidates = list(mistaken(terms[place], mistake))
        chance.shuffle(candidates)
        for wrong in candidates:
            if _same(terms[place - 1], wrong, places):
                continue
            chain = [*terms[:place], wrong]
            for term in terms[place + 1 :]:
                after = next((w for w in mistaken(term, mistake) if _same(wrong, w, places)), None)
                if after is None:
                    break
                chain.append(after)
            return chain, place, mistake
    return None


def _same(left: Expr, right: Expr, places: Sequence[Interpretation[int]]) -> bool:
    try:
        return identical(left, right, places)
    except ZeroDivisionError:
        return True  # nothing is known, so that it is no error to be found


def _is_as_announced(made: Exercise) -> bool:
    """Whether `check` says of sheet and answer what they announce."""
    from symcausal.notes.check import check_text

    answer = check_text(made.answer.to_markdown())
    sheet = check_text(made.sheet.to_markdown())
    wrong = [n for n, claim in enumerate(sheet.claims, 1) if claim.verdict == "fails"]
    others = {claim.verdict for claim in sheet.claims} - {"fails"}
    return (
        bool(answer.claims)
        and {claim.verdict for claim in answer.claims} == {"holds"}
        and wrong == ([] if made.wrong is None else [made.wrong])
        and others <= {"holds"}
        and not (sheet.problems or answer.problems)
    )
