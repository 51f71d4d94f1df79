"""Claims about what would have been, a third of them wrong, beside units that are run by hand.

Each row has the claim in LaTeX and once more in Python; the second says whether it is true: always, if no
law of response functions refutes it, and not, if one does. What `check` and `compare` say has to be that,
or to be undecided where the row says so and why.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from fractions import Fraction
from random import Random
from typing import NamedTuple

import pytest

from symcausal import Model, check
from tests.worlds.units import Event, Units, Variable

A, B, C, M, W, X, Y, Z = map(Variable, "ABCMWXYZ")
x0, x1, y0, y1, m0, m1 = X.is_(0), X.is_(1), Y.is_(0), Y.is_(1), M.is_(0), M.is_(1)
would, never = Y(X=1).is_(1), Y(X=0).is_(0)  # one if treated, zero if not
taker, refuser = X(Z=1).is_(1), X(Z=0).is_(0)
Pair = tuple[Fraction, Fraction]
Truth = Callable[[Units], Pair]


class Shape(NamedTuple):
    """A model in our words, and for the units that are run by hand."""

    text: str
    parents: dict[str, str]
    joined: tuple[str, ...] = ()
    rising: tuple[str, ...] = ()
    mechanisms: dict[str, Callable[..., int]] = {}  # noqa: RUF012 - never changed

    def units(self, seed: int) -> Units:
        """One of its laws."""
        return Units(self.parents, self.joined, self.rising, self.mechanisms, Random(seed))


PLAIN = Shape("X -> Y", {"X": "", "Y": "X"})
RISES = Shape("X -> Y; monotone X -> Y", {"X": "", "Y": "X"}, (), ("XY",))
BOW = Shape("X -> Y; X <-> Y", {"X": "", "Y": "X"}, ("XY",))
BOW_RISES = Shape(BOW.text + "; monotone X -> Y", BOW.parents, ("XY",), ("XY",))
BACK = Shape("C -> X; C -> Y; X -> Y", {"C": "", "X": "C", "Y": "CX"})
BACK_RISES = Shape(BACK.text + "; monotone X -> Y", BACK.parents, (), ("XY",))
MEDIATED = Shape("X -> M -> Y; X -> Y", {"X": "", "M": "X", "Y": "XM"})
JOINED = Shape("X -> M -> Y; X -> Y; M <-> Y", MEDIATED.parents, ("MY",))
CONFOUNDED = Shape(
    "C -> X; C -> M; C -> Y; X -> M -> Y; X -> Y", {"C": "", "X": "C", "M": "CX", "Y": "CXM"}
)
FRONT = Shape("X -> M -> Y; X <-> Y", {"X": "", "M": "X", "Y": "M"}, ("XY",))
CHAIN = Shape("X -> M -> Y", {"X": "", "M": "X", "Y": "M"})
IV = Shape("Z -> X -> Y; X <-> Y", {"Z": "", "X": "Z", "Y": "X"}, ("XY",))
IV_RISES = Shape(IV.text + "; monotone Z -> X", IV.parents, ("XY",), ("ZX",))
TWO = Shape("X -> A -> Y; X -> B -> Y", {"X": "", "A": "X", "B": "X", "Y": "AB"})
XOR = Shape("Y := X xor M", {"X": "", "M": "", "Y": "XM"}, (), (), {"Y": lambda x, m: x ^ m})
GATES = Shape(
    "X -> M; Y := X and M",
    {"X": "", "M": "X", "Y": "XM"}, (), (), {"Y": lambda x, m: x & m},
)  # fmt: skip


class Row(NamedTuple):
    """A claim, in LaTeX and in Python; why `check` may leave it undecided, if it may."""

    shape: Shape
    claim: str
    truth: Truth
    right: bool
    undecided: str = ""


ASSUMED = "a lone probability that is said to be a number may be an assumption"
DO0, DO1 = r"P(Y=1 \mid do(X=0))", r"P(Y=1 \mid do(X=1))"
PNS, PN = r"P(Y_{X=1}=1, Y_{X=0}=0)", r"P(Y_{X=0}=0 \mid X=1, Y=1)"
PS = r"P(Y_{X=1}=1 \mid X=0, Y=0)"
LATE = r"E[Y_{X=1} - Y_{X=0} \mid X_{Z=1}=1, X_{Z=0}=0]"
WALD = r"\frac{E[Y \mid Z=1] - E[Y \mid Z=0]}{E[X \mid Z=1] - E[X \mid Z=0]}"
DIRECT = r"P(Y_{X=1, M_{X=0}}=1 \mid X=0)"
CROSS, TOTAL = r"E[Y_{X=1, M_{X=0}}]", r"E[Y_{X=1}] - E[Y_{X=0}]"


def held(c: int) -> Event:
    return C.is_(c)


def total(parts: Iterable[Fraction]) -> Fraction:
    return sum(parts, Fraction(0))


def wald(u: Units) -> Fraction:
    """The ratio of what an instrument does to the outcome and to the treatment."""
    z1, z0 = Z.is_(1), Z.is_(0)
    return (u.P(y1, z1) - u.P(y1, z0)) / (u.P(x1, z1) - u.P(x1, z0))


def averaged(u: Units, x: int, given: Event | None) -> Fraction:
    """Of outcomes where X is x, over the law of C."""
    return total(u.P(y1, X.is_(x) & held(c)) * u.P(held(c), given) for c in (0, 1))


def crossed(u: Units, x: int, other: int) -> Fraction:
    """The mean where X is x and M as under the other, from what is seen without confounding."""
    return total(u.P(y1, X.is_(x) & M.is_(m)) * u.P(M.is_(m), X.is_(other)) for m in (0, 1))


ROWS = [
    # -- consistency, composition, effectiveness, exclusion
    Row(BOW, r"P(Y_{X=1}=1 \mid X=1) = P(Y=1 \mid X=1)", lambda u: (u.P(would, x1), u.P(y1, x1)), True),
    Row(BOW, r"P(Y_{X=1}=1 \mid X=0) = P(Y=1 \mid X=1)", lambda u: (u.P(would, x0), u.P(y1, x1)), False),
    Row(BOW, r"P(Y_{X=1}=1, X=1, Y=0) = 0", lambda u: (u.P(would & x1 & y0), Fraction(0)), True),
    Row(BOW, r"P(Y_{X=1}=1 \mid X=0, Y=1) = 1",
        lambda u: (u.P(would, x0 & y1), Fraction(1)), False, ASSUMED),
    Row(JOINED, r"P(Y_{X=1, M=0}=1, M_{X=1}=0) = P(Y_{X=1}=1, M_{X=1}=0)",
        lambda u: (u.P(Y(X=1, M=0).is_(1) & M(X=1).is_(0)), u.P(would & M(X=1).is_(0))), True),
    Row(JOINED, r"P(Y_{X=1, M=0}=1, M_{X=0}=0) = P(Y_{X=1}=1, M_{X=0}=0)",
        lambda u: (u.P(Y(X=1, M=0).is_(1) & M(X=0).is_(0)), u.P(would & M(X=0).is_(0))), False),
    Row(BOW, r"P(X_{X=1}=1) = 1", lambda u: (u.P(X(X=1).is_(1)), Fraction(1)), True),
    Row(BOW, r"P(Y_{X=1}=1, X_{X=1}=1) = P(Y_{X=1}=1)",
        lambda u: (u.P(would & X(X=1).is_(1)), u.P(would)), True),
    Row(IV, r"P(Y_{X=1, Z=0}=1, X=0) = P(Y_{X=1}=1, X=0)",
        lambda u: (u.P(Y(X=1, Z=0).is_(1) & x0), u.P(would & x0)), True),
    Row(MEDIATED, r"P(Y_{M=1, X=0}=1) = P(Y_{M=1}=1)",
        lambda u: (u.P(Y(M=1, X=0).is_(1)), u.P(Y(M=1).is_(1))), False),
    # -- average effects and those on the treated
    Row(PLAIN, rf"{TOTAL} = E[Y \mid X=1] - E[Y \mid X=0]",
        lambda u: (u.P(would) - u.P(Y(X=0).is_(1)), u.P(y1, x1) - u.P(y1, x0)), True),
    Row(BOW, rf"{TOTAL} = E[Y \mid X=1] - E[Y \mid X=0]",
        lambda u: (u.P(would) - u.P(Y(X=0).is_(1)), u.P(y1, x1) - u.P(y1, x0)), False),
    Row(BACK, r"P(Y_{X=0}=1 \mid X=1) = \sum_c P(Y=1 \mid X=0, c) P(c \mid X=1)",
        lambda u: (u.P(Y(X=0).is_(1), x1), averaged(u, 0, x1)), True),
    Row(BACK, r"P(Y_{X=0}=1 \mid X=1) = \sum_c P(Y=1 \mid X=0, c) P(c \mid X=0)",
        lambda u: (u.P(Y(X=0).is_(1), x1), averaged(u, 0, x0)), False),
    Row(BACK, r"E[Y_{X=1} - Y_{X=0} \mid X=1] = E[Y \mid X=1] - \sum_c P(Y=1 \mid X=0, c) P(c \mid X=1)",
        lambda u: (u.P(would, x1) - u.P(Y(X=0).is_(1), x1), u.P(y1, x1) - averaged(u, 0, x1)), True),
    Row(BACK, r"E[Y_{X=1} - Y_{X=0} \mid X=1] = E[Y_{X=1} - Y_{X=0}]",
        lambda u: (u.P(would, x1) - u.P(Y(X=0).is_(1), x1), u.P(would) - u.P(Y(X=0).is_(1))), False),
    Row(BOW, rf"P(Y_{{X=1}}=1 \mid X=0) = \frac{{{DO1} - P(Y=1, X=1)}}{{P(X=0)}}",
        lambda u: (u.P(would, x0), (u.P(would) - u.P(y1 & x1)) / u.P(x0)), True),
    Row(BOW, rf"P(Y_{{X=1}}=1 \mid X=0) = \frac{{{DO1} - P(Y=1, X=0)}}{{P(X=0)}}",
        lambda u: (u.P(would, x0), (u.P(would) - u.P(y1 & x0)) / u.P(x0)), False),
    Row(FRONT, r"P(Y_{X=1}=1 \mid X=0) = \sum_m P(m \mid X=1) P(Y=1 \mid X=0, m)",
        lambda u: (u.P(would, x0),
                   total(u.P(M.is_(m), x1) * u.P(y1, x0 & M.is_(m)) for m in (0, 1))), True),
    Row(FRONT, r"P(Y_{X=1}=1 \mid X=0) = \sum_m P(m \mid X=1) P(Y=1 \mid m)",
        lambda u: (u.P(would, x0),
                   total(u.P(M.is_(m), x1) * u.P(y1, M.is_(m)) for m in (0, 1))), False),
    # -- necessity and sufficiency
    Row(RISES, rf"{PNS} = P(Y=1 \mid X=1) - P(Y=1 \mid X=0)",
        lambda u: (u.P(would & never), u.P(y1, x1) - u.P(y1, x0)), True),
    Row(PLAIN, rf"{PNS} = P(Y=1 \mid X=1) - P(Y=1 \mid X=0)",
        lambda u: (u.P(would & never), u.P(y1, x1) - u.P(y1, x0)), False),
    Row(RISES, rf"{PNS} = P(Y=1 \mid X=0) - P(Y=1 \mid X=1)",
        lambda u: (u.P(would & never), u.P(y1, x0) - u.P(y1, x1)), False),
    Row(BOW_RISES, rf"{PNS} = {DO1} - {DO0}",
        lambda u: (u.P(would & never), u.P(would) - u.P(Y(X=0).is_(1))), True),
    Row(BOW_RISES, rf"{PNS} = P(Y=1 \mid X=1) - P(Y=1 \mid X=0)",
        lambda u: (u.P(would & never), u.P(y1, x1) - u.P(y1, x0)), False),
    Row(RISES, rf"{PN} = 1 - \frac{{P(Y=1 \mid X=0)}}{{P(Y=1 \mid X=1)}}",
        lambda u: (u.P(never, x1 & y1), 1 - u.P(y1, x0) / u.P(y1, x1)), True),
    Row(PLAIN, rf"{PN} = 1 - \frac{{P(Y=1 \mid X=0)}}{{P(Y=1 \mid X=1)}}",
        lambda u: (u.P(never, x1 & y1), 1 - u.P(y1, x0) / u.P(y1, x1)), False),
    Row(BOW_RISES, rf"{PN} = \frac{{P(Y=1) - {DO0}}}{{P(X=1, Y=1)}}",
        lambda u: (u.P(never, x1 & y1), (u.P(y1) - u.P(Y(X=0).is_(1))) / u.P(x1 & y1)), True),
    Row(BACK_RISES, rf"{PN} = \frac{{P(X=1, Y=1) - \sum_c P(Y=1 \mid X=0, c) P(c, X=1)}}{{P(X=1, Y=1)}}",
        lambda u: (u.P(never, x1 & y1),
                   (u.P(x1 & y1) - averaged(u, 0, x1) * u.P(x1)) / u.P(x1 & y1)), True),
    Row(RISES, rf"{PS} = \frac{{P(Y=1 \mid X=1) - P(Y=1 \mid X=0)}}{{1 - P(Y=1 \mid X=0)}}",
        lambda u: (u.P(would, x0 & y0), (u.P(y1, x1) - u.P(y1, x0)) / (1 - u.P(y1, x0))), True),
    Row(RISES, rf"{PS} = \frac{{P(Y=1 \mid X=1) - P(Y=1 \mid X=0)}}{{P(Y=1 \mid X=1)}}",
        lambda u: (u.P(would, x0 & y0), (u.P(y1, x1) - u.P(y1, x0)) / u.P(y1, x1)), False),
    Row(BOW, rf"{PNS} = P(X=1, Y=1) {PN} + P(X=0, Y=0) {PS}",
        lambda u: (u.P(would & never), u.P(x1 & y1) * u.P(never, x1 & y1)
                   + u.P(x0 & y0) * u.P(would, x0 & y0)), True),
    Row(BOW, rf"{PNS} = P(X=0, Y=0) {PN} + P(X=1, Y=1) {PS}",
        lambda u: (u.P(would & never), u.P(x0 & y0) * u.P(never, x1 & y1)
                   + u.P(x1 & y1) * u.P(would, x0 & y0)), False),
    Row(BOW_RISES, r"P(Y_{X=1}=0, Y_{X=0}=1) = 0",
        lambda u: (u.P(Y(X=1).is_(0) & Y(X=0).is_(1)), Fraction(0)), True),
    Row(BOW, r"P(Y_{X=1}=0, Y_{X=0}=1) = 0",
        lambda u: (u.P(Y(X=1).is_(0) & Y(X=0).is_(1)), Fraction(0)), False, ASSUMED),
    Row(PLAIN, rf"{PNS} = P(Y_{{X=1}}=1) P(Y_{{X=0}}=0)",
        lambda u: (u.P(would & never), u.P(would) * u.P(never)), False),
    # -- order
    Row(BOW, r"P(Y_{X=1}=1) \ge P(Y=1, X=1)", lambda u: (u.P(would), u.P(y1 & x1)), True),
    Row(BOW, r"P(Y_{X=1}=1) \ge P(Y=1)", lambda u: (u.P(would), u.P(y1)), False),
    Row(BOW_RISES, r"P(Y_{X=1}=1) \ge P(Y=1)", lambda u: (u.P(would), u.P(y1)), True),
    Row(BOW_RISES, r"P(Y_{X=1}=1) \ge P(Y_{X=0}=1)", lambda u: (u.P(would), u.P(Y(X=0).is_(1))), True),
    Row(BOW, r"P(Y_{X=1}=1) \ge P(Y_{X=0}=1)", lambda u: (u.P(would), u.P(Y(X=0).is_(1))), False),
    Row(BOW, rf"{PNS} \ge P(Y_{{X=1}}=1) - P(Y_{{X=0}}=1)",
        lambda u: (u.P(would & never), u.P(would) - u.P(Y(X=0).is_(1))), True),
    Row(BOW, rf"{PNS} \le P(X=1, Y=1) + P(X=0, Y=0)",
        lambda u: (u.P(would & never), u.P(x1 & y1) + u.P(x0 & y0)), True),
    Row(BOW, rf"{PNS} \le P(X=1, Y=1)", lambda u: (u.P(would & never), u.P(x1 & y1)), False),
    Row(RISES, rf"{PS} \ge {PNS}", lambda u: (u.P(would, x0 & y0), u.P(would & never)), True),
    # -- natural, controlled and path-specific effects
    Row(MEDIATED, rf"{TOTAL} = ({CROSS} - E[Y_{{X=0}}]) - ({CROSS} - E[Y_{{X=1}}])",
        lambda u: (u.P(would) - u.P(Y(X=0).is_(1)),
                   (u.E(Y(X=1, M=M(X=0))) - u.E(Y(X=0))) - (u.E(Y(X=1, M=M(X=0))) - u.E(Y(X=1)))), True),
    Row(MEDIATED, rf"{TOTAL} = ({CROSS} - E[Y_{{X=0}}]) + (E[Y_{{X=0, M_{{X=1}}}}] - E[Y_{{X=0}}])",
        lambda u: (u.P(would) - u.P(Y(X=0).is_(1)),
                   (u.E(Y(X=1, M=M(X=0))) - u.E(Y(X=0))) + (u.E(Y(X=0, M=M(X=1))) - u.E(Y(X=0)))), False),
    Row(MEDIATED, rf"{CROSS} = \sum_m E[Y \mid X=1, m] P(m \mid X=0)",
        lambda u: (u.E(Y(X=1, M=M(X=0))), crossed(u, 1, 0)), True),
    Row(MEDIATED, rf"{CROSS} = \sum_m E[Y \mid X=0, m] P(m \mid X=1)",
        lambda u: (u.E(Y(X=1, M=M(X=0))), crossed(u, 0, 1)), False),
    Row(JOINED, rf"{CROSS} = \sum_m E[Y \mid do(X=1, m)] P(m \mid X=0)",
        lambda u: (u.E(Y(X=1, M=M(X=0))),
                   total(u.E(Y(X=1, M=m)) * u.P(M.is_(m), x0) for m in (0, 1))), False),
    Row(CONFOUNDED, rf"{CROSS} = \sum_{{c,m}} E[Y \mid X=1, m, c] P(m \mid X=0, c) P(c)",
        lambda u: (u.E(Y(X=1, M=M(X=0))),
                   total(u.P(y1, x1 & M.is_(m) & held(c)) * u.P(M.is_(m), x0 & held(c)) * u.P(held(c))
                        for c in (0, 1) for m in (0, 1))), True),
    Row(MEDIATED, r"E[Y_{X=1, M=0}] - E[Y_{X=0, M=0}] = E[Y \mid X=1, M=0] - E[Y \mid X=0, M=0]",
        lambda u: (u.E(Y(X=1, M=0)) - u.E(Y(X=0, M=0)), u.P(y1, x1 & m0) - u.P(y1, x0 & m0)), True),
    Row(MEDIATED, rf"E[Y_{{X=1, M=0}}] - E[Y_{{X=0, M=0}}] = {CROSS} - E[Y_{{X=0}}]",
        lambda u: (u.E(Y(X=1, M=0)) - u.E(Y(X=0, M=0)), u.E(Y(X=1, M=M(X=0))) - u.E(Y(X=0))), False),
    Row(TWO, r"E[Y_{A_{X=1}, B_{X=0}}] = \sum_{a,b} E[Y \mid a, b] P(a \mid X=1) P(b \mid X=0)",
        lambda u: (u.E(Y(A=A(X=1), B=B(X=0))),
                   total(u.P(y1, A.is_(a) & B.is_(b)) * u.P(A.is_(a), x1) * u.P(B.is_(b), x0)
                        for a in (0, 1) for b in (0, 1))), True),
    Row(TWO, r"E[Y_{A_{X=1}, B_{X=0}}] = \sum_{a,b} E[Y \mid a, b] P(a \mid X=0) P(b \mid X=1)",
        lambda u: (u.E(Y(A=A(X=1), B=B(X=0))),
                   total(u.P(y1, A.is_(a) & B.is_(b)) * u.P(A.is_(a), x0) * u.P(B.is_(b), x1)
                        for a in (0, 1) for b in (0, 1))), False),
    # -- fairness: the effect among those with X=0, of the direct path and of all
    Row(CONFOUNDED, rf"{DIRECT} = \sum_{{c,m}} P(Y=1 \mid X=1, m, c) P(m \mid X=0, c) P(c \mid X=0)",
        lambda u: (u.P(Y(X=1, M=M(X=0)).is_(1), x0),
                   total(u.P(y1, x1 & M.is_(m) & held(c)) * u.P(M.is_(m), x0 & held(c)) * u.P(held(c), x0)
                        for c in (0, 1) for m in (0, 1))), True),
    Row(CONFOUNDED, rf"{DIRECT} = \sum_{{c,m}} P(Y=1 \mid X=1, m, c) P(m \mid X=0, c) P(c)",
        lambda u: (u.P(Y(X=1, M=M(X=0)).is_(1), x0),
                   total(u.P(y1, x1 & M.is_(m) & held(c)) * u.P(M.is_(m), x0 & held(c)) * u.P(held(c))
                        for c in (0, 1) for m in (0, 1))), False),
    # -- compliance
    Row(IV_RISES, rf"{LATE} = {WALD}",
        lambda u: (u.P(would, taker & refuser) - u.P(Y(X=0).is_(1), taker & refuser), wald(u)), True),
    Row(IV, rf"{LATE} = {WALD}",
        lambda u: (u.P(would, taker & refuser) - u.P(Y(X=0).is_(1), taker & refuser), wald(u)), False),
    Row(IV_RISES, rf"E[Y_{{X=1}} - Y_{{X=0}}] = {WALD}",
        lambda u: (u.P(would) - u.P(Y(X=0).is_(1)), wald(u)), False),
    Row(IV_RISES, r"P(X_{Z=1}=1, X_{Z=0}=0) = P(X=1 \mid Z=1) - P(X=1 \mid Z=0)",
        lambda u: (u.P(taker & refuser), u.P(x1, Z.is_(1)) - u.P(x1, Z.is_(0))), True),
    # -- twin networks
    Row(CHAIN, r"P(Y_{X=1}=1 \mid X=0, M=0, M_{X=1}=1) = P(Y_{M=1}=1 \mid M=0)",
        lambda u: (u.P(would, x0 & m0 & M(X=1).is_(1)), u.P(Y(M=1).is_(1), m0)), True),
    Row(CHAIN, r"P(Y_{X=1}=1 \mid X=0, Y=0) = P(Y_{X=1}=1 \mid X=0)",
        lambda u: (u.P(would, x0 & y0), u.P(would, x0)), False),
    Row(MEDIATED, r"P(Y_{X=1, M=1}=1, M_{X=0}=0) = P(Y_{X=1, M=1}=1) P(M_{X=0}=0)",
        lambda u: (u.P(Y(X=1, M=1).is_(1) & M(X=0).is_(0)),
                   u.P(Y(X=1, M=1).is_(1)) * u.P(M(X=0).is_(0))), True),
    Row(JOINED, r"P(Y_{X=1, M=1}=1, M_{X=0}=0) = P(Y_{X=1, M=1}=1) P(M_{X=0}=0)",
        lambda u: (u.P(Y(X=1, M=1).is_(1) & M(X=0).is_(0)),
                   u.P(Y(X=1, M=1).is_(1)) * u.P(M(X=0).is_(0))), False),
    # -- mechanisms
    Row(XOR, rf"{PNS} = P(M=0)", lambda u: (u.P(would & never), u.P(m0)), True),
    Row(XOR, rf"{PNS} = P(M=1)", lambda u: (u.P(would & never), u.P(m1)), False),
    Row(XOR, rf"{PS} = 1", lambda u: (u.P(would, x0 & y0), Fraction(1)), True),
    Row(GATES, r"P(Y_{X=1}=1 \mid X=0) = P(M=1 \mid X=1)", lambda u: (u.P(would, x0), u.P(m1, x1)), True),
    Row(GATES, r"P(Y_{X=1, M_{X=0}}=1) = P(M=1 \mid X=1)",
        lambda u: (u.P(Y(X=1, M=M(X=0)).is_(1)), u.P(m1, x1)), False),
    Row(GATES, r"P(Y_{X=1}=1) \ge P(Y_{X=0}=1)", lambda u: (u.P(would), u.P(Y(X=0).is_(1))), True),
]  # fmt: skip
SIGNS = {"=": operator.eq, r"\ge": operator.ge, r"\le": operator.le}
LAWS = 40


def sign_of(claim: str) -> str:
    """The sign between the sides: the one outside all brackets."""
    (sign,) = [s for s in SIGNS if f"}} {s} " in claim or f") {s} " in claim or f"] {s} " in claim]
    return sign


def test_there_are_enough_of_each_kind() -> None:
    wrong = [row for row in ROWS if not row.right]
    assert len(ROWS) >= 60
    assert 3 * len(wrong) >= len(ROWS)
    assert len([row for row in ROWS if row.undecided]) <= 2


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.claim)
def test_units_that_are_run_by_hand(row: Row) -> None:
    related, told, refuted = SIGNS[sign_of(row.claim)], 0, False
    for seed in range(6 if row.right else LAWS):
        try:
            one, other = row.truth(row.shape.units(seed))
        except ZeroDivisionError:
            continue  # some condition cannot be
        told += 1
        refuted = refuted or not related(one, other)
    assert told >= 3
    assert refuted != row.right


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.claim)
def test_check_says_the_same(row: Row) -> None:
    (found,) = check(f"We have ${row.claim}$.", model=row.shape.text).claims
    expected = "undecided" if row.undecided else "holds" if row.right else "fails"
    assert found.verdict == expected, found.reason


@pytest.mark.parametrize(
    "row", [row for row in ROWS if sign_of(row.claim) == "="], ids=lambda row: row.claim
)
def test_compare_says_the_same(row: Row) -> None:
    left, right = row.claim.split(" = ", 1)
    assert Model(row.shape.text).compare(left, right).equal == row.right
