"""Chains of formulas put into notes, and a graph into the text of a model.

Main definitions
----------------
Chain : sides and the relation signs between them.
Layout, random_layout : how notes are set.
notes : the text of a file.
model_text : the statements of a model, in any order.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tests.notes.fuzz.graphs import Shape
from tests.notes.fuzz.notation import Name


class Chain(NamedTuple):
    """Sides as text, and the relation signs between them."""

    sides: tuple[str, ...]
    relations: tuple[str, ...]


class Layout(NamedTuple):
    """How notes are set: the kind of file, the frame of formulas, the place of the model."""

    ending: str  # of the file; empty for a formula alone
    frame: str
    model: str = ""  # how the notes themselves declare it, if they do
    words: bool = True


FRAMES = {
    ".md": ("$", "$", "$$", "[", "(", "align", "aligned", "split", "fence", "align*", "gathered"),
    ".tex": ("$", "$$", "[", "equation", "align", "align*", "eqnarray", "split", "multline"),
    ".ipynb": ("$", "$$", "align"),
}
MODELS = {".md": ("", "", "fence", "comment"), ".tex": ("", "", "percent"), ".ipynb": ("",)}
ROWS = {
    "align": ("align", ""), "align*": ("align*", ""), "aligned": ("aligned", "$$"),
    "eqnarray": ("eqnarray", ""), "split": ("split", "equation"), "gathered": ("gathered", "$$"),
}  # fmt: skip
LEADS = ("We get", "This is", "Now", "Here", "It is", "Next")


def random_layout(rng: random.Random, *, alone: bool) -> Layout:
    """Some layout; a formula alone only where there is one."""
    ending = rng.choice(["", ".md", ".md", ".md", ".md", ".tex", ".tex", ".ipynb"])
    if not ending and alone:
        return Layout("", "")
    ending = ending or ".md"
    return Layout(
        ending, rng.choice(FRAMES[ending]), rng.choice(MODELS[ending]), rng.random() < 0.7
    )


def notes(chains: Sequence[Chain], layout: Layout, model: str | None) -> str:
    """The text of notes; with the model where the layout says that they declare it."""
    if not layout.ending:
        return _line(chains[0])
    paragraphs = [_framed(chain, layout) for chain in chains]
    if layout.words:
        paragraphs = [
            f"{LEADS[i % len(LEADS)]}{'' if text[0] == '$' != text[1:2] else chr(10) * 2}"
            f"{' ' if text[0] == '$' != text[1:2] else ''}{text}"
            for i, text in enumerate(paragraphs)
        ]
    if model is not None and layout.model:
        paragraphs.insert(0, _declared(model, layout.model))
    text = "\n\n".join(paragraphs) + "\n"
    if layout.ending == ".ipynb":
        cell = {"cell_type": "markdown", "metadata": {}, "source": text.splitlines(keepends=True)}
        return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    if layout.ending == ".tex":
        return "\\documentclass{article}\n\\usepackage{amsmath}\n\\begin{document}\n" + (
            text + "\\end{document}\n"
        )
    return text


def _line(chain: Chain) -> str:
    words = [chain.sides[0]]
    for relation, side in zip(chain.relations, chain.sides[1:], strict=True):
        words += [relation, side]
    return " ".join(words)


def _framed(chain: Chain, layout: Layout) -> str:
    line = _line(chain)
    match layout.frame:
        case "$":
            return f"${line}$"
        case "$$":
            return f"$$\n{line}\n$$"
        case "(":
            return rf"\({line}\)" if layout.ending == ".tex" else f"${line}$"
        case "[":
            return f"\\[\n{line}\n\\]" if layout.ending == ".tex" else f"$${line}$$"
        case "fence":
            return f"```math\n{line}\n```"
        case "equation" | "multline":
            return f"\\begin{{equation}}\n{line}\n\\end{{equation}}"
        case frame:
            return _rows(chain, *ROWS[frame], layout)


def _rows(chain: Chain, name: str, around: str, layout: Layout) -> str:
    """One row for each relation sign."""
    mark = {"eqnarray": ("& ", " & "), "gathered": ("", " ")}.get(name, ("&", " "))
    rows = [
        f"{mark[0]}{relation}{mark[1]}{side}"
        for relation, side in zip(chain.relations, chain.sides[1:], strict=True)
    ]
    text = f"{chain.sides[0]} " + " \\\\\n".join(rows)
    text = f"\\begin{{{name}}}\n{text}\n\\end{{{name}}}"
    if around == "equation" and layout.ending == ".tex":
        return f"\\begin{{equation}}\n{text}\n\\end{{equation}}"
    return text if not around and layout.ending == ".tex" else f"$$\n{text}\n$$"


def _declared(model: str, how: str) -> str:
    one_line = "; ".join(line for line in model.splitlines() if line)
    match how:
        case "fence":
            return f"```symcausal\n{model.strip()}\n```"
        case "comment" if "->" not in model and "<" not in model:
            return f"<!-- symcausal: {one_line} -->"
        case "comment":
            return f"<!-- symcausal: {one_line} -->"
        case _:
            return f"% symcausal: {one_line}"


def model_text(
    shape: Shape, names: Mapping[str, Name], rng: random.Random, *, barren: int = 0
) -> str:
    """The text of a model: its statements in some order, with variables that matter to nobody."""
    called = {variable: name.model for variable, name in names.items()}
    statements = [
        f"{called[v]}: {', '.join(states)}" for v, states in shape.states.items() if states
    ]
    statements += _arrows(shape, called, rng)
    statements += [
        f"{called[a]} <-> {called[b]}" if rng.random() < 0.5 else f"{called[b]} <-> {called[a]}"
        for a, b in shape.causes
    ]
    statements += [f"hidden {called[v]}" for v in shape.hidden]
    alone = set(shape.states) - {v for pair in (*shape.arrows, *shape.causes) for v in pair}
    statements += [called[v] for v in sorted(alone) if not shape.states[v]]
    for i in range(barren):
        some = rng.sample(sorted(called.values()), rng.randint(1, min(2, len(called))))
        statements.append(f"{', '.join(some)} -> Barren{i}")
    rng.shuffle(statements)
    return "\n".join(statements)


def _arrows(shape: Shape, called: Mapping[str, str], rng: random.Random) -> list[str]:
    """Arrows one by one, or all parents of a variable at once."""
    together = rng.random() < 0.5
    if not together:
        return [f"{called[a]} -> {called[b]}" for a, b in shape.arrows]
    heads = dict.fromkeys(b for _, b in shape.arrows)
    return [f"{', '.join(called[a] for a in shape.parents(b))} -> {called[b]}" for b in heads]
