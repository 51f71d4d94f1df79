r"""Graphs written as arrows between names: ``$x \to z \leftarrow y$``, ``X -> Y, Y -> Z``.

A chain of two arrows or a list of two states a graph; a single arrow is a mention.

Main definitions
----------------
arrows_of : the edges of a text that is nothing but arrows between names.
arrow_lines : the edges of lines that are all arrows.
arrows_in : the edges of the chains, lists and single arrows that stand among words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from symcausal.notes.stated.edges import MOST_EDGES, Edges, NamedEdge
from symcausal.patterns import late

MIXED = late(r"->|<-|[\u2190-\u2194\u27f5-\u27f7]|\\(?:long)?(?:left|right)|\\(?:to|gets)\b")
"""What every text with such a graph has."""

_FONT = (
    r"\\(?:text(?:rm|it|bf|sf|tt)?|math(?:rm|it|bf|sf|tt|cal|bb)|operatorname|mbox|boldsymbol|bm"
    r"|var|node)"
)
_SCRIPTS = r"(?:_\{[A-Za-z0-9,+-]{1,12}\}|_[A-Za-z0-9]|')*"
_NAME = (
    rf"(?:{_FONT}\s*\{{[A-Za-z][A-Za-z0-9_ ]{{0,40}}\}}"
    r"|\\(?:theta|alpha|beta|gamma|delta|epsilon|varepsilon|mu|sigma|tau|phi|psi|omega|lambda|eta|zeta|xi)"
    rf"(?![A-Za-z])|[A-Za-z][A-Za-z0-9]*){_SCRIPTS}"
)
_RIGHT = r"-{1,3}>|[\u2192\u27f6]|\\(?:long)?rightarrow(?![A-Za-z])|\\to(?![A-Za-z])"
_LEFT = r"<-{1,3}(?!>)|[\u2190\u27f5]|\\(?:long)?leftarrow(?![A-Za-z])|\\gets(?![A-Za-z])"
_BOTH = r"<-{1,2}>|[\u2194\u27f7]|\\(?:long)?leftrightarrow(?![A-Za-z])"
_ARROW = rf"(?P<both>{_BOTH})|(?P<right>{_RIGHT})|(?P<left>{_LEFT})"
_ATOM = late(
    r"(?P<blank>\s+|\\[ ,;:!]|~|&|\{\}|\\(?:displaystyle|quad|qquad)(?![A-Za-z])"
    r"|\\(?:begin|end)\{(?:aligned|align\*?|array|gathered|gather\*?|split|matrix)\}(?:\{[lcr]+\})?)"
    rf"|{_ARROW}"
    rf"|(?P<name>{_NAME})|\\?\{{(?P<group>\s*{_NAME}\s*(?:,\s*{_NAME}\s*)+)\\?\}}"
    r"|(?P<comma>,|;|\\\\|\\(?:text|mbox)\{\s*(?:,|and|, and)\s*\})|(?P<bad>.)",
    re.DOTALL,
)
_EDGE_SET = late(r"\s*(?:E\s*=\s*)?\\?\{(?P<set>(?:[^{}]|_\{[^{}]*\})*?)\\?\}", re.DOTALL)
_WORD = r"[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*"
_SIGN = r"[ \t]*(?:<-{1,2}>|-{1,2}>|<-{1,2}|[\u2190\u2192\u2194\u27f5-\u27f7])[ \t]*"
_RUN = late(
    rf"(?<![\w$\\|])(?<![-<>=] )(?<!:: )(?<!\W\w: )(?<!\A\w: )(?:{_WORD})(?:{_SIGN}(?:{_WORD}))+"
    rf"(?:[ \t]*[,;][ \t]*(?:{_WORD})(?:{_SIGN}(?:{_WORD}))+)*(?![\w$\\|({{\[])"
)
_SPELT = late(rf"{_FONT}\s*\{{([^{{}}]*)\}}")


def arrows_of(text: str) -> Edges | None:
    r"""Return the edges of a text that holds arrows between names and nothing else.

    Examples
    --------
    >>> arrows_of(r"x \to z \leftarrow y.").directed
    (('x', 'z'), ('y', 'z'))
    >>> arrows_of(r"x \to 0"), arrows_of(r"f: X \to Y \to Z"), arrows_of(r"X \to Y").directed
    (None, None, (('X', 'Y'),))
    """
    directed: list[NamedEdge] = []
    bidirected: list[NamedEdge] = []
    names, sign = list[str](), ""
    lone = False  # whether the last names stand at no arrow so far
    told = _EDGE_SET.fullmatch(text.rstrip(" .,;:\n\t\r"))
    for atom in _ATOM.finditer(told["set"] if told else text.rstrip(" .,;:\n\t\r")):
        kind = atom.lastgroup
        if kind == "blank":
            continue
        if kind in ("name", "group"):
            if names and not sign:
                return None
            others, lone = [spelt(name.strip()) for name in atom[kind].split(",")], not sign
            pairs = [(a, b) for a in names for b in others]
            if sign == "both":
                bidirected += pairs
            elif sign:
                directed += pairs if sign == "right" else [(b, a) for a, b in pairs]
            names, sign = others, ""
        elif kind in ("right", "left", "both"):
            if not names or sign:
                return None
            sign = kind
        elif kind == "comma":
            if not names or sign or lone:
                return None
            names = []
        else:
            return None
        if len(directed) + len(bidirected) > MOST_EDGES:
            return None
    if sign or lone or not (directed or bidirected):
        return None
    return Edges(tuple(dict.fromkeys(directed)), tuple(dict.fromkeys(bidirected)), end=len(text))


def arrow_lines(text: str) -> Edges | None:
    r"""Return the edges of a text each line of which holds arrows and nothing else.

    Examples
    --------
    >>> arrow_lines("D -> G\nI -> G\n\nG -> L").directed
    (('D', 'G'), ('I', 'G'), ('G', 'L'))
    """
    lines = [line.rstrip(" \t\r,;.") for line in text.split("\n") if line.strip()]
    return arrows_of(";".join(lines)) if all(map(arrows_of, lines)) else None


def arrows_in(text: str) -> Iterator[Edges]:
    """Yield the edges of each chain, list of arrows, or arrow among words.

    Examples
    --------
    >>> [e.directed for e in arrows_in("In X -> Y <- Z there is a collider; a -> b is an arrow.")]
    [(('X', 'Y'), ('Z', 'Y')), (('a', 'b'),)]
    """
    for run in _RUN.finditer(text):
        edges = arrows_of(run.group())
        if edges is not None:
            yield Edges(edges.directed, edges.bidirected, start=run.start(), end=run.end())


def counted(edges: Edges) -> int:
    """Return how many arrows of both kinds there are."""
    return len(edges.directed) + len(edges.bidirected)


def spelt(name: str) -> str:
    r"""Return a name without its font: ``\text{Smoking}_1`` is ``Smoking_1``."""
    return _SPELT.sub(lambda font: font[1].strip(), name)
