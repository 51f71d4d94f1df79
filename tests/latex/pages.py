"""What courses print of small networks, and the pages that it has to fit.

Main definitions
----------------
PAGES : the document classes, each with the width that printers are told.
answers : everything that is printed, by a name that says what it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from symcausal import Model
from symcausal.writing.shown import Shown
from tests.command_line import EXAMPLES

_LONG = {
    "B": "Burglary", "E": "Earthquake", "A": "Alarm", "J": "JohnCalls", "M": "MaryCalls",
    "V": "VisitToAsia", "T": "Tuberculosis", "K": "Smoker", "L": "LungCancer",
    "C": "Bronchitis", "O": "TuberculosisOrCancer", "X": "PositiveXray", "D": "Dyspnoea",
    "U": "Unknown",
}  # fmt: skip
_ALARM = "B -> A <- E; A -> J; A -> M"
_ASIA = "V -> T; K -> L; K -> C; T -> O; L -> O; O -> X; O -> D; C -> D"
_BOW = "{B} -> {A}; {A} -> {J}; {A} <-> {J}; {J} -> {M}"


class Page(NamedTuple):
    """A document class, and what printers are told of it."""

    name: str
    options: str
    document_class: str
    width: str


PAGES = (
    Page("article at 10 pt", "10pt", "article", "article"),
    Page("article at 11 pt", "11pt", "article", "article"),
    Page("article at 12 pt", "12pt", "article", "article"),
    Page("two columns at 10 pt", "10pt,twocolumn", "article", "twocolumn"),
    Page("two columns at 12 pt", "12pt,twocolumn", "article", "twocolumn"),
    Page("beamer", "", "beamer", "beamer"),
)


def _renamed(text: str, *, long: bool) -> str:
    return "".join(_LONG[c] if long and c in _LONG else c for c in text)


def _numbers(model: Model) -> Model:
    """The same graph with a number for each entry of its tables."""
    graph = model.network.graph
    lines = [f"{a} -> {b}" for a, b in graph.directed]
    for name in model.variables:
        parents = graph.parents(name)
        for row in range(2 ** len(parents)):
            states = [str(row >> i & 1) for i in range(len(parents))]
            given = ", ".join(f"{p}={s}" for p, s in zip(parents, states, strict=True))
            bar = f" | {given}" if given else ""
            chance = (row + 1) * 7 % 10 / 10 + 0.05
            lines.append(f"P({name}{bar}) = {1 - chance:.2f}, {chance:.2f}")
    return Model.parse("; ".join(lines))


def _of_alarm(long: bool) -> Iterator[tuple[str, Shown]]:
    def said(text: str) -> str:
        return _renamed(text, long=long)

    model = Model(said(_ALARM))
    for query in ("P(B | J=1, M=1)", "P(J | do(M))", "P(J, M | do(A=1))", "P(E | A, B)"):
        for detail in ("lecture", "full"):
            yield f"derive {query} {detail}", model.derive(said(query), detail=detail)
    yield "compare", model.compare(said("P(B | do(A=1))"), said("P(B | A=1)"))
    yield "identify", model.identify(said("P(J | do(A))"))
    yield (
        "hedge",
        Model(_renamed(_BOW.replace("{", "").replace("}", ""), long=long)).identify(
            said("P(J | do(A))")
        ),
    )
    yield "tables", model.table()
    yield "closed form", model.evaluation(said("P(B=1 | J=1, M=1)"))
    yield "closed forms", model.evaluation(said("P(J, M)"))
    numbered = _numbers(model)
    yield "tables of numbers", numbered.table()
    yield "numbers", numbered.evaluation(said("P(B | J=1, M=1)"))
    posterior = numbered.derive(said("P(B | J=1, M=1)"))
    yield "calculation", posterior.numbers
    yield "calculation with a constant", posterior.calculation(normalise=True)
    yield "nested sums", posterior.calculation(nested=True)


def _of_asia(long: bool) -> Iterator[tuple[str, Shown]]:
    def said(text: str) -> str:
        return _renamed(text, long=long)

    model = Model(said(_ASIA))
    for query in ("P(D | do(K))", "P(T | X, D)", "P(X | do(L=1), V)", "P(L | D=1, X=0)"):
        yield f"derive {query}", model.derive(said(query))
    yield "derive fully", model.derive(said("P(D | do(K))"), detail="full")
    yield "compare", model.compare(said("P(D | do(L))"), said("P(D | L)"))
    yield "identify", model.identify(said("P(D | do(L), K)"))
    hidden = Model(said(_ASIA + "; L <-> D; K <-> D"))
    yield "hedge", hidden.identify(said("P(D | do(L, K))"))
    yield "front door", Model(said("K -> L -> D; K <-> D")).identify(said("P(D | do(K))"))
    yield "tables", model.table()
    yield "closed form", model.evaluation(said("P(D=1 | X=1)"))
    yield "tables of numbers", _numbers(model).table()


def _of_student() -> Iterator[tuple[str, Shown]]:
    model = Model.load(str(EXAMPLES / "student.model"))
    for query in ("P(S | do(G=A))", "P(I | G, L)", "P(L | do(G=B), S)", "P(I, D | L=weak, S)"):
        yield f"derive {query}", model.derive(query)
        yield f"derive {query} fully", model.derive(query, detail="full")
    yield "compare", model.compare("P(S=high | do(G=A))", "P(S=high | G=A)")
    yield "identify", model.identify("P(S | do(G))")
    yield "tables", model.table()
    yield "numbers", model.evaluation("P(I | G, S=high)")
    yield "closed form", model.symbolic().evaluation("P(S=high | G=A)")
    yield "closed forms", model.symbolic().evaluation("P(G, L)")


@cache
def answers() -> dict[str, Shown]:
    """The answers by name."""
    found: dict[str, Shown] = {}
    for names in (False, True):
        title = "long names" if names else "short names"
        for network, made in (("alarm", _of_alarm(names)), ("asia", _of_asia(names))):
            found |= {f"{network}, {title}: {name}": shown for name, shown in made}
    return found | {f"student: {name}": shown for name, shown in _of_student()}
