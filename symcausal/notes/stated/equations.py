r"""Graphs stated by structural equations: ``\begin{cases} X := U_X \\ Y := f(X, U_Y) \end{cases}``.

Main definitions
----------------
EQUATIONS : what every text with such equations has.
equations_of : the edges of a system of structural equations.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from symcausal.notes.stated.edges import MOST_EDGES, Edges
from symcausal.patterns import late

EQUATIONS = late(r":=|\\(?:coloneqq|leftarrow|gets)(?![A-Za-z])|=\s*f(?:_|\s*\(|\b)")
_ROW = late(
    r"\\\\(?:\[[^\]]*\])?|;|\n\s*\n"
    r"|,?\s*(?:\\q?quad(?![A-Za-z])\s*)+(?=[^=:,&]{1,40}(?::=|=|\\coloneqq|\\leftarrow|\\gets))"
    r"|,(?:\s|\\[ ,;:!]|~)*(?=(?:[A-Za-z](?:_\{?\w{1,6}\}?)?|\\(?:text|mathrm)\{[A-Za-z ]{1,30}\})"
    r"\s*(?::=|=(?!=)))"
)
_DRESS = late(
    r"\\(?:begin|end)\{[a-z]+\*?\}(?:\{[lcr]+\})?|\\left\\?[\[{(.]|\\right\\?[\]}).]|&|\\[ ,;:!]|~"
    r"|\\q?quad(?![A-Za-z])|\\label\{[^{}]*\}|\\tag\{[^{}]*\}|\\nonumber"
)
_NAME = r"[A-Za-z](?:_\{?[A-Za-z0-9]{1,6}\}?)?(?![A-Za-z])|\\(?:text|mathrm)\{[A-Za-z ]{1,30}\}"
_LEFT_OPEN = late(r"[(,]\s*(?:\\[cl]?dots?|\.\.\.)\s*[,)]")  # an argument that is not told
_EQUATION = late(
    rf"\s*(?P<head>{_NAME})\s*(?P<sign>:=|\\coloneqq|\\leftarrow|\\gets|=)\s*(?P<body>[^=]+)\Z",
    re.DOTALL,
)
_NOISE_LETTER = r"\\(?:var)?epsilon|\\eta|\\nu|\\xi|\\zeta|\\varepsilon|[UNuen]"
_TERM = late(
    r"(?P<law>(?:\\(?:text|mathrm|mathcal|operatorname)\{(?:Ber|Bern|Bernoulli|Bin|Binomial|N|Normal|Norm|U|Unif"
    r"|Uniform|Exp|Exponential|Poisson|Poi|Gamma|Beta|Cat|Categorical|Laplace)\}"
    r"|(?:Ber|Bern|Bernoulli|Unif|Uniform|Normal|Exp|Poisson))\s*(?=\())"
    rf"|(?P<noise>(?:{_NOISE_LETTER})(?:_(?:\{{[^{{}}]{{1,12}}\}}|[A-Za-z0-9]))?(?![A-Za-z(]))"
    r"|(?P<call>\\?[A-Za-z]+(?:_(?:\{[^{}]{1,12}\}|[A-Za-z0-9]))?\s*\()"
    rf"|(?P<name>{_NAME})|(?P<greek>\\[A-Za-z]+(?:_(?:\{{[^{{}}]{{1,12}}\}}|[A-Za-z0-9]))?)"
    r"|(?P<rest>[\s\d+*/().,^{}\-\u2212\u00b7]|\\cdot|\\oplus|\\wedge|\\land|\\lor|\\vee)"
    r"|(?P<bad>.)",
    re.DOTALL,
)
_GREEK = late(
    r"\\(?:alpha|beta|gamma|delta|lambda|theta|rho|kappa|mu|tau|phi|psi|omega|sigma|chi|pi|iota)(?![A-Za-z])"
)
_COEFFICIENT = late(
    r"(?<![A-Za-z\\_{])(?:\\(?:alpha|beta|gamma|delta|lambda|theta|rho|kappa|mu|tau|phi|psi|omega|sigma)"
    r"(?![A-Za-z])|[a-dg-mo-tv-z])(?:_(?:\{[A-Za-z0-9]{1,6}\}|[A-Za-z0-9]))?(?=\s*(?:\\cdot\s*)?[A-Z](?![A-Za-z(]))"
)
_FACTOR = late(r"(?<![A-Za-z\\_{])([A-Z])\s*(?:\\cdot\s*)?(?=[A-Z](?![A-Za-z(]))")
_SPELT = late(r"\\(?:text|mathrm)\{([^{}]*)\}")


def equations_of(text: str) -> Edges | None:
    r"""Return the edges of structural equations; None where a text is anything else.

    A noise that stands in two equations is a hidden common cause.

    Examples
    --------
    >>> equations_of(r"X := U_X \\ Y := f(X, U_Y)").directed
    (('X', 'Y'),)
    >>> equations_of(r"X := U \\ Y := f(X, U)").bidirected
    (('X', 'Y'),)
    """
    rows = [
        row for row in (_DRESS.sub(" ", piece).strip(" .,\n") for piece in _ROW.split(text)) if row
    ]
    if not 2 <= len(rows) <= MOST_EDGES:
        return None
    bodies: dict[str, tuple[list[str], list[str]]] = {}
    factors = Counter[str]()
    operators = set[str]()
    for row in rows:
        equation = _EQUATION.match(row)
        if equation is None or _LEFT_OPEN.search(row) or _spelt(equation["head"]) in bodies:
            return None
        terms = _terms(equation["body"], by_sign=equation["sign"] != "=")
        if terms is None:
            return None
        bodies[_spelt(equation["head"])] = terms[:2]
        operators |= terms[2]
        factors.update(set(_FACTOR.findall(equation["body"])))
    if any(count > 1 and name not in bodies for name, count in factors.items()):
        return None  # a coefficient, or a variable that nobody observes?
    if operators & {*bodies, *(name for names, _ in bodies.values() for name in names)}:
        return None  # an operator, or a variable?
    return _edges(bodies)


def _terms(body: str, *, by_sign: bool) -> tuple[list[str], list[str], set[str]] | None:
    r"""Return the variables, noises and operators of a right side; None if it is no function of them.

    A letter that multiplies something is its coefficient, and neither. A word between two operands is an
    operator, as in ``A \mathrm{xor} B``.
    """
    names: list[str] = []
    noises: list[str] = []
    others: list[str] = []
    operators: set[str] = set()
    body = _COEFFICIENT.sub(" ", body)
    called = by_sign
    terms = [one for one in _TERM.finditer(body) if one.group().strip(" \n{}")]
    for number, term in enumerate(terms):
        match term.lastgroup:
            case "name" if len(term.group()) > 1 and _applies(terms, number):
                word = _spelt(term.group())
                if not word.islower():
                    return None  # the factor of a product, or what is applied to it?
                if not _is_operand(terms, number - 1, ")") and terms[number + 1].group() != "(":
                    return None
                operators.add(word)
            case "noise":
                noises.append(term.group())
            case "name":
                names.append(_spelt(term.group()))
            case "call":
                if re.match(r"\\?(?:P|Pr|p|E|mathbb|sum)\b", term.group()):
                    return None
                called = True
            case "greek" if _GREEK.match(term.group()):
                others.append(term.group())
            case "bad":
                return None
            case _:  # numbers, signs and coefficients tie nothing together
                pass
    called = called or (len(noises) == 1 and not names and not others)  # a cause of no others
    return (names, noises + others, operators) if called else None


def _applies(terms: Sequence[re.Match[str]], number: int) -> bool:
    """Whether a word set in roman stands right before an operand."""
    return terms[number].group().startswith("\\") and _is_operand(terms, number + 1, "(")


def _is_operand(terms: Sequence[re.Match[str]], number: int, bracket: str) -> bool:
    if not 0 <= number < len(terms):
        return False
    return terms[number].lastgroup in ("name", "noise") or terms[number].group() == bracket


def _edges(bodies: dict[str, tuple[list[str], list[str]]]) -> Edges | None:
    uses = Counter(n for names, noises in bodies.values() for n in {*names, *noises})
    directed, hidden, bidirected = [], dict[str, list[str]](), []
    for head, (names, noises) in bodies.items():
        for name in dict.fromkeys((*names, *noises)):
            if name in bodies:
                directed.append((name, head))
            elif uses[name] > 1:  # unless it is certainly a parameter, both depend on it
                hidden.setdefault(name, []).append(head)
            elif name not in noises and name[:1].isupper():
                directed.append((name, head))
    for heads in hidden.values():
        bidirected += [(a, b) for i, a in enumerate(heads) for b in heads[i + 1 :]]
    if not directed or len(directed) + len(bidirected) > MOST_EDGES:
        return None
    return Edges(
        tuple(dict.fromkeys(directed)), tuple(dict.fromkeys(bidirected)), alone=tuple(bodies)
    )


def _spelt(name: str) -> str:
    return _SPELT.sub(lambda font: font[1].strip(), name).replace("{", "").replace("}", "")
