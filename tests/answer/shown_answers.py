"""An instance or more of every answer that can be shown, over several models and queries.

Main definitions
----------------
ANSWERS : answers by a name that says what they are.
known_classes : the classes of answers, found among the subclasses of ``Shown``.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from functools import cache
from inspect import isabstract

import symcausal
from symcausal import Model
from symcausal.notes.check import check_text
from symcausal.sheets.grading import Grade, Grades
from symcausal.writing.shown import Shown
from tests.command_line import EXAMPLES

STUDENT = Model.load(str(EXAMPLES / "student.model"))
ARROWS = Model("I -> G <- D; I -> S; G -> L")
LONG = Model("A -> B; A -> C; B, C -> D; D -> E; C, D -> F; E, F -> H")
FRONT_DOOR = Model("X -> Z -> Y; X <-> Y")
BOW = Model("Z -> X; Z -> Y; X -> Y; X <-> Y")
GATE = Model.parse("X; M; P(X) = 1/2, rest; P(M) = 1/3, rest; Y := X or M")
VERMA = Model("A -> B -> C -> D; B <-> D")
COIN = Model.parse("X; parameters q in (0, 1); P(X) = 1 - q, q")
IMPOSSIBLE = Model.parse("X -> Y; P(X) = 0, 1; P(Y | X=0) = 1, 0; P(Y | X=1) = 1/3, 2/3")
NOTES = """
```symcausal
I -> G <- D; I -> S; G -> L
```

$P(I) = P(D)$, $P(I, D) = P(I) P(D)$, $P(G \\mid I, L) = P(G)$ and $P(Q =) = `1`$.

$$
\\begin{aligned} P(L \\mid G) &= \\frac{P(L, G)}{P(G)} \\\\ &= P(L \\mid G, I) \\end{aligned}
$$
"""
NO_NOTES = "```symcausal\nI -> I\n```\n\nNo formula, but *stars* and `code`."
ENTRY, POSTERIOR = "P(S=high | I=low)", "P(I=high | S=high)"


@cache
def answers() -> dict[str, Shown]:
    """The answers by name."""
    made: dict[str, Shown] = {
        "a derivation": ARROWS.derive("P(L | do(G=1))"),
        "a derivation with Bayes' rule": ARROWS.derive("P(I | G, L)"),
        "every single step": STUDENT.derive("P(S | do(G=A))", detail="full"),
        "no step": STUDENT.derive("P(I)"),
        "a step": ARROWS.derive("P(L | G, I)").steps[0],
        "a merged step": STUDENT.derive("P(L | do(G=A))", detail="brief").steps[0],
        "a step of do-calculus": FRONT_DOOR.identify("P(Y | do(X))").steps[2],
        "a truncated product": STUDENT.derive("P(S | do(G=A))").steps[0],
        "an expectation": FRONT_DOOR.identify("E(Y | do(X))"),
        "a difference": STUDENT.compare("P(S=high | do(G=A))", "P(S=high | G=A)"),
        "no difference": STUDENT.compare("P(S | do(G=A))", "P(S)"),
        "a difference without repair": FRONT_DOOR.compare("P(Y | do(X))", "P(Y | X)"),
        "identified": FRONT_DOOR.identify("P(Y | do(X))"),
        "not identified": BOW.identify("P(Y | do(X))"),
        "implications": VERMA.implications(),
        "a basis": ARROWS.implications(basis=True),
        "no implications": Model("A -> B").implications(),
        "independent": STUDENT.independence("D _||_ L | G"),
        "dependent": STUDENT.independence("I _||_ D | L"),
        "under surgery": STUDENT.independence(r"(S \perp G)_{G_{\underline{G}}}"),
        "adjustment sets": STUDENT.adjustment("G", "L"),
        "no adjustment set": FRONT_DOOR.adjustment("X", "Y"),
        "front-door sets": FRONT_DOOR.front_door("X", "Y"),
        "no front-door set": BOW.front_door("X", "Y"),
        "no instrument": FRONT_DOOR.instruments("X", "Y"),
        "an instrument": Model("Z -> X -> Y; X <-> Y").instruments("X", "Y"),
        "a number": STUDENT.evaluation("P(S=high)"),
        "a table of numbers": STUDENT.evaluation("P(I | G, S=high)"),
        "a table with gaps": IMPOSSIBLE.evaluation("P(Y | X)"),
        "a closed form": COIN.evaluation("P(X)"),
        "a closed form with a condition": ARROWS.evaluation("P(L, S | D)"),
        "a long closed form": LONG.evaluation("P(H)"),
        "some symbols": STUDENT.symbolic("P(S)").evaluation("P(S=high)"),
        "all tables": STUDENT.table(),
        "the table of a query": STUDENT.table("P(L | I)"),
        "a table of symbols": COIN.table(),
        "a calculation": STUDENT.derive("P(L | I)").numbers,
        "a calculation of one number": STUDENT.derive("P(I=high | L=weak)").numbers,
        "a calculation with a constant": STUDENT.derive("P(I | L=weak)").calculation(
            normalise=True
        ),
        "nested sums": LONG.derive("P(H)").calculation(nested=True),
        "an elimination": ARROWS.elimination("P(L)"),
        "an elimination in numbers": STUDENT.elimination("P(L, S)"),
        "bounds": Model.parse("Z -> X -> Y; X <-> Y").bounds("P(Y=1 | do(X=1)) - P(Y=1 | do(X=0))"),
        "counts of a model": STUDENT.counting(),
        "counts of a query": STUDENT.counting("P(L | I)"),
        "a sensitivity": STUDENT.sensitivity(POSTERIOR, ENTRY),
        "no sensitivity": STUDENT.sensitivity("P(I=high)", ENTRY),
        "a sensitivity with symbols": STUDENT.symbolic("P(I)").sensitivity(POSTERIOR, ENTRY),
        "a table of sensitivities": STUDENT.sensitivity("P(I | S=high)", ENTRY),
        "a joint sensitivity": STUDENT.sensitivity(POSTERIOR, [ENTRY, "P(I=high)"]),
        "a ranking": STUDENT.sensitivities(POSTERIOR),
        "a ranking by a bound": STUDENT.sensitivities(POSTERIOR, at_least="0.9"),
        "grades": Grades((Grade("a.md", 2, 2), Grade("b_1.md", 0, 1, remark="no equals sign"))),
        "what would have been": GATE.derive("P(Y_{X=0}=1 | Y=1)"),
        "a report": check_text(NOTES),
        "a report of nothing": check_text(NO_NOTES),
        "a drawing": _drawing(FRONT_DOOR),
        "a drawing without arrows": _drawing(Model("A; B")),
    }
    return made


def _drawing(model: Model) -> Shown:
    from symcausal.answer.drawing import drawing

    return drawing(model.network, {"X": "1"} if "X" in model.variables else {})


def known_classes() -> set[type[Shown]]:
    """The classes of answers in the package; every module is imported to find them."""
    for module in pkgutil.walk_packages(symcausal.__path__, "symcausal."):
        if not module.name.endswith(("__main__", "compile_grammar")):
            importlib.import_module(module.name)
    return {known for known in _below(Shown) if not isabstract(known)}


def _below(known: type[Shown]) -> Iterator[type[Shown]]:
    for one in known.__subclasses__():
        # a record is made anew of the class that was written, which is nobody's any more
        if getattr(sys.modules[one.__module__], one.__name__, None) is one:
            yield one
        yield from _below(one)
