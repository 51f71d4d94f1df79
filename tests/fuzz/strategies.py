"""Texts that are nearly right: the pieces of right ones, dropped, doubled, moved and mixed."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS

PIECE = re.compile(r"\\[A-Za-z]+|\\.|\w+|\s+|.", re.DOTALL)
ODD = (
    "(", ")", "[", "]", "{", "}", "$", "$$", "|", "\\mid ", "\\\\", "&", "=", ":=", "^", "_",
    "'", "<->", "->", "do(", "P(", "E[", "\\sum_", "\\frac{", "}{", "\\left(", "\\right.",
    "\\text{", "\\begin{align}", "\\end{align}", "\\newcommand{\\a}{\\a\\a}", "\\a", "%", "#",
    "\"", ";", ",", "...", "\\ldots ", "0", "1/0", "9**9", "1e999", "0.1e-400", "\x00", "\u200b",
    "\ufeff", "ﬀ", "𝑃", "²", "Σ", "⊥", "\xe9", "é", "😀", "\r", "\t", "<!--", "-->", "<", ">",
    "&amp;", "<!DOCTYPE a [<!ENTITY b \"c\">]>", "```", "/*", "//", "rest", "given ", "hidden ",
)  # fmt: skip
PAIRS = (
    ("(", ")"), ("{", "}"), ("[", "]"), ("P(", ")"), ("\\frac{", "}{2}"), ("\\text{", "}"),
    ("\\left(", "\\right)"), ("\\underbrace{", "}_{a}"), ("E[", "]"), ("> ", ""), ("$", "$"),
    ("x_{", "}"), ("\\sum_{x} (", ")"), ("-", ""), ("1/(", ")"), ("<!-- symcausal: ", " -->"),
)  # fmt: skip


@st.composite
def broken(draw: st.DrawFn, name: str) -> str:
    """A text for a target, with a few faults."""
    seeds = TARGETS[name].seeds
    pieces = PIECE.findall(draw(st.sampled_from(seeds)))
    others = [piece for seed in seeds for piece in PIECE.findall(seed)] or ["x"]
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(pieces)))
        end = min(len(pieces), at + draw(st.integers(0, 4)))
        match draw(st.integers(0, 5)):
            case 0:
                del pieces[at:end]
            case 1:
                pieces[at:at] = pieces[at:end] * draw(st.integers(1, 40))
            case 2:
                pieces[at:at] = [draw(st.sampled_from(ODD)) * draw(st.sampled_from([1, 1, 2, 50]))]
            case 3:
                pieces[at:end] = [draw(st.sampled_from(others))]
            case 4:
                opened, closed = draw(st.sampled_from(PAIRS))
                deep = draw(st.sampled_from([1, 2, 60, 500]))
                pieces[at:end] = [opened * deep, *pieces[at:end], closed * deep]
            case _:
                pieces[at:at] = [draw(st.text(max_size=5))]
    return "".join(pieces)


def texts(name: str) -> st.SearchStrategy[str]:
    """Nearly right texts, heaps of pieces, and any text."""
    heaps = st.lists(st.sampled_from(ODD), max_size=30).map("".join)
    return st.one_of(broken(name), broken(name), heaps, st.text(max_size=60))
