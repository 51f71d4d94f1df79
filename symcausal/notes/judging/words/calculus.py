"""Judge what notes say of do-calculus: an independence in a named graph, a rule by its number.

Main definitions
----------------
judge_independence : the verdict on an independence, in the graph that the notes name.
rule_named : the number of the rule that words name.
remark : what is to be said of a step for which notes name a rule.

References
----------
[Pearl2009]_ Section 3.4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from symcausal.derive.worksheet import same_form
from symcausal.expr.nodes import Expr, Prob, children
from symcausal.graph.graph import Graph
from symcausal.graph.separation import Path, open_path
from symcausal.notes.judging.explaining.openings import described
from symcausal.notes.phrases.weaving import woven
from symcausal.notes.reporting.verdict import Verdict, Word
from symcausal.reading.independence import WrittenIndependence
from symcausal.rules.condition import Separated
from symcausal.writing.text import text

RULES = (1, 2, 3)
_RULE = woven(
    r"<<rule>>[\s~]*(?:\\#|\#|n[or]\.)?[\s~({]*"
    r"(?:(?P<after1>(?:1|i)\b|<<one>>)|(?P<after2>(?:2|ii)\b|<<two>>)|(?P<after3>(?:3|iii)\b|<<three>>))"
    r"|\bR[\s~]?_?\{?(?:(?P<short1>1)|(?P<short2>2)|(?P<short3>3))\}?(?![\w.])"
    r"|(?:(?P<before1><<first>>)|(?P<before2><<second>>)|(?P<before3><<third>>))\s+<<rule>>",
    re.IGNORECASE,
)
_OTHERS = woven(r"<<other rule>>", re.I)
_EXCHANGE = woven(r"<<action>>\s*/\s*<<observation>>|<<exchanges>>", re.I)


def judge_independence(said: WrittenIndependence, graph: Graph) -> Verdict:
    """Return the verdict on an independence, which holds where the graph separates."""
    into, out_of = said.surgery.cuts(graph)
    path = open_path(graph, said.left, said.right, said.given, cut_into=into, cut_out_of=out_of)
    where = _graph_name(Separated(said.left, said.right, said.given, into, out_of))
    word: Word = "holds" if (path is None) == said.holds else "fails"
    if path is None:
        return Verdict(word, "derivation", f"d-separation{where}")
    return Verdict(word, "counterexample", f"the path {described(path, said.given)} is open{where}")


def rule_named(words: str) -> int | None:
    """Return the number of the rule of do-calculus that words name; None if none, or several.

    Examples
    --------
    >>> rule_named("by rule 2 of do-calculus"), rule_named("by rule 1 and rule 3")
    (2, None)
    """
    if _EXCHANGE.search(words):
        return 2
    found = {
        int(match.lastgroup[-1])  # the name of a group ends in its number
        for match in _RULE.finditer(_OTHERS.sub("", words))
        if match.lastgroup is not None
    }
    return found.pop() if len(found) == 1 else None


def remark(left: Expr, right: Expr, number: int, graph: Graph) -> tuple[bool, str]:
    """Return whether a named rule justifies a step, and what is to be said of it.

    Returns
    -------
    bool, str
        Whether the rule gives the step; the separation that it asks for, and a path that is open
        there if the rule does not give it.
    """
    asked = application(left, right, number)
    if asked is None:
        others = [k for k in RULES if k != number and _gives(left, right, k, graph)]
        instead = f"; rule {others[0]} gives it" if others else ""
        return False, f"this is no step by rule {number} of do-calculus{instead}"
    condition = asked.in_graph(graph)
    path = _open(condition, graph)
    needs = f"rule {number} of do-calculus asks for {text(condition)}"
    if path is None:
        return True, f"rule {number} of do-calculus: {text(condition)}"
    return False, f"{needs}, where the path {_told(path)} is open"


def is_asked(said: WrittenIndependence, left: Expr, right: Expr, number: int, graph: Graph) -> bool:
    """Decide whether an independence is the one that a rule asks for at a step, graph and all."""
    asked = application(left, right, number)
    if asked is None:
        return False
    condition = asked.in_graph(graph)
    into, out_of = said.surgery.cuts(graph)
    sides = {frozenset(said.left), frozenset(said.right)}
    return (
        sides == {frozenset(condition.left), frozenset(condition.right)}
        and set(said.given) == set(condition.given)
        and (set(into), set(out_of)) == (set(condition.cut_into), set(condition.cut_out_of))
    )


class Application:
    """The separation that a rule asks for: ``(Y _||_ Z | X, W)`` in the graph of the rule."""

    __slots__ = ("number", "observed", "outcome", "set_", "target")

    def __init__(
        self,
        number: int,
        outcome: tuple[str, ...],
        target: tuple[str, ...],
        set_: tuple[str, ...],
        observed: tuple[str, ...],
    ) -> None:
        self.number, self.outcome, self.target = number, outcome, target
        self.set_, self.observed = set_, observed

    def in_graph(self, graph: Graph) -> Separated:
        """Return the separation in a graph, after the surgery that the rule prescribes."""
        into, out_of = self.set_, tuple[str, ...]()
        if self.number == 2:
            out_of = self.target
        if self.number == 3:
            above = graph.cut(into=self.set_).ancestors(self.observed)
            into += tuple(name for name in self.target if name not in above)
        return Separated(self.outcome, self.target, (*self.set_, *self.observed), into, out_of)


def application(left: Expr, right: Expr, number: int) -> Application | None:
    """Return what a rule asks for to lead from one side to the other; None if it does not."""
    places = list(_differences(left, right))
    if len(places) != 1:
        return None
    one, other = places[0]
    for wide, narrow in ((one, other), (other, one)):
        if isinstance(wide, Prob) and isinstance(narrow, Prob):
            found = _instance(wide, narrow, number)
            if found is not None:
                return found
    return None


def _instance(wide: Prob, narrow: Prob, number: int) -> Application | None:
    """``wide`` has the observation or action that ``narrow`` lacks, or the action that it sees."""
    if wide.outcome != narrow.outcome:
        return None
    rest = narrow.do
    if number == 1:
        target, fits = (
            wide.given - narrow.given,
            wide.do == rest and set(narrow.given) < set(wide.given),
        )
    elif number == 2:
        target = wide.do - rest
        fits = set(rest) < set(wide.do) and narrow.given == wide.given | target
    else:
        target, fits = wide.do - rest, wide.given == narrow.given and set(rest) < set(wide.do)
    if not fits or not target:
        return None
    observed = narrow.given if number == 1 else wide.given
    return Application(
        number, wide.outcome.variables, target.variables, rest.variables, observed.variables
    )


def _differences(left: Expr, right: Expr) -> Iterator[tuple[Expr, Expr]]:
    """The smallest parts in which two formulas of one shape differ."""
    if same_form(left, right):
        return
    ours, theirs = tuple(children(left)), tuple(children(right))
    if not ours or type(left) is not type(right) or len(ours) != len(theirs):
        yield left, right
        return
    inner = [pair for pairs in map(_differences, ours, theirs) for pair in pairs]
    yield from inner or [(left, right)]


def _gives(left: Expr, right: Expr, number: int, graph: Graph) -> bool:
    asked = application(left, right, number)
    return asked is not None and _open(asked.in_graph(graph), graph) is None


def _open(condition: Separated, graph: Graph) -> Path | None:
    cuts = {"cut_into": condition.cut_into, "cut_out_of": condition.cut_out_of}
    return open_path(graph, condition.left, condition.right, condition.given, **cuts)


def _told(path: Path) -> str:
    """A path, and what opens its colliders."""
    opened = [f"{collider} by its descendant {below}" for collider, below in path.opened_by]
    return f"{path} ({', '.join(opened)} opened)" if opened else str(path)


def _graph_name(condition: Separated) -> str:
    """The words for the graph in which a separation is asked: *in the graph without arrows into X*."""
    _, _, graph = text(condition).partition(") in ")
    return " in " + graph if graph else ""
