r"""Graphs in pictures of LaTeX: TikZ and tikz-cd.

Main definitions
----------------
tikz : the edges of a text with one picture of either kind.
tikz_picture : those of what stands in a ``tikzpicture``.
tikz_cd : those of what stands in a ``tikzcd``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from symcausal.notes.stated.arrows import arrow_lines, spelt
from symcausal.notes.stated.edges import MOST_EDGES, UNSEEN, Edges, NamedEdge, edges_made
from symcausal.patterns import late

_OPTIONS = r"\[[^\[\]]*\]"
_COMMENT = late(r"(?<!\\)%[^\n]*")
_NESTED = late(rf"(?<=[A-Za-z>])\s*{_OPTIONS}(?=\s*\}})")  # of a tip: -{Latex[length=2mm]}
_LABEL = r"\{(?P<label>(?:[^{}]|\{[^{}]*\})*)\}"
_AT = r"at\s*\((?P<at>[^()]*)\)"
_NODE = late(
    rf"\\node\s*(?P<first>{_OPTIONS})?\s*(?:\((?P<id>[^()]{{1,60}})\))?\s*(?:{_OPTIONS})?\s*"
    rf"(?:{_AT}\s*)?(?:{_OPTIONS})?\s*{_LABEL}"
)
_NODE_ON_PATH = late(
    rf"(?<![\\\w])node\s*(?P<first>{_OPTIONS})?\s*\((?P<id>[^()]{{1,60}})\)\s*(?:{_OPTIONS})?\s*"
    rf"{_AT}\s*(?:{_OPTIONS})?\s*{_LABEL}"
)
_COMMAND = late(r"\\([A-Za-z]+)")
_LAYOUT = frozenset({
    "node", "draw", "path", "edge", "plate", "coordinate", "begin", "end", "tikzset", "tikzstyle",
    "graph", "usetikzlibrary", "small", "footnotesize", "scriptsize", "large", "Large", "centering",
    "textwidth",
    "linewidth", "columnwidth", "bfseries", "itshape", "sffamily",
})  # fmt: skip
"""The commands of a picture whose edges are all in its paths."""
_MATHS = late(r"\$[^$]*\$")
_TIP_STYLE = late(
    r"/\.(?:append\s+)?style\s*(?:=|\b)\s*\{[^{}]*(?:<-|->|-\{)|\\tikzstyle[^;]*?=\s*\[[^\]]*(?:<-|->)"
)
_FADED = late(r"\bdraw\s*=\s*none\b|\bwhite\b")
_PATH = late(rf"\\(?:draw|path)\b(?P<options>\s*{_OPTIONS})?(?P<rest>[^;]*);")
_GRAPH = late(rf"\\graph\s*(?P<options>{_OPTIONS})?\s*\{{(?P<body>[^{{}}]*)\}}\s*;")
_BAYES = late(
    rf"\\edge\s*(?P<options>{_OPTIONS})?\s*\{{(?P<from>[^{{}}]*)\}}\s*\{{(?P<to>[^{{}}]*)\}}"
)
_STEP = late(
    rf"(?P<label>node\s*(?:{_OPTIONS})?\s*\{{(?:[^{{}}]|\{{[^{{}}]*\}})*\}})"
    rf"|(?P<node>\((?P<id>[^()]{{1,60}})\))|(?P<join>--|edge|to|\|-|-\||\.\.)\s*(?P<options>{_OPTIONS})?"
    r"|(?P<blank>\s+)|(?P<other>.)",
    re.DOTALL,
)
_TIP = late(r"(?:^|,)\s*(?P<tip><?-{1,2}(?:>|\{[^{}]*\}|[Ss]tealth|[Ll]atex)?|<-)\s*(?:,|$)")
_DASHED = late(r"\b(?:dashed|dotted)\b")
_HIDDEN = late(r"\b(?:latent|hidden|unobserved)\b")
_COORDINATE = late(r"[-+\d.\s]+(?:,[-+\d.\s]+)?|[-\d.+$!:,\s].*")
_NAMED_ON_PATH = late(rf"\bnode\s*(?:{_OPTIONS})?\s*\{{(?:[^{{}}]|\{{[^{{}}]*\}})*\}}")


def tikz_picture(text: str) -> Edges | None:
    """Return the edges of what stands in a ``tikzpicture``; None if it states no graph."""
    text = _NESTED.sub("", _COMMENT.sub("", text))
    plain = _MATHS.sub("", _NODE.sub("", _NODE_ON_PATH.sub("", text)))
    if _TIP_STYLE.search(text) or any(
        c not in _LAYOUT for c in _COMMAND.findall(_NAMED_ON_PATH.sub("", plain))
    ):
        return None
    nodes = _Nodes(text)
    directed: list[NamedEdge] = []
    bidirected: list[NamedEdge] = []
    opening = re.match(rf"\s*({_OPTIONS})?", text)
    whole = opening.group(1) if opening and opening.group(1) else ""
    text = _NODE_ON_PATH.sub(" ", text)
    for path in _PATH.finditer(text):
        bare = _NAMED_ON_PATH.sub("", f"{path['options'] or ''}{path['rest']}")
        if UNSEEN.search(bare) or _FADED.search(bare):
            return None
        for left, tip, right in _steps(path["rest"], f"{whole}{path['options'] or ''}"):
            one, other = nodes.name(left), nodes.name(right)
            if one is None or other is None:
                if not tip and all(map(_COORDINATE.fullmatch, (left, right))):
                    continue  # a line that joins no nodes
                return None
            if tip == "<->":
                bidirected.append((one, other))
            elif tip:
                directed.append((one, other) if tip == "->" else (other, one))
            else:
                return None
    for found in _BAYES.finditer(text):
        if (found["options"] or "").replace(" ", "") not in ("", "[]", "[->]"):
            return None
        causes, effects = (
            [n.strip() for n in found[side].split(",") if n.strip()] for side in ("from", "to")
        )
        directed += [(a, b) for a in causes for b in effects]
    if any(name not in nodes.labels for edge in directed for name in edge):
        return None
    drawn = [arrow_lines(found["body"]) for found in _GRAPH.finditer(text)]
    if len(drawn) != text.count(r"\graph") or None in drawn:
        return None
    for edges in filter(None, drawn):
        directed += edges.directed
        bidirected += edges.bidirected
    labels = nodes.labels_with((*directed, *bidirected))
    return edges_made(directed, bidirected, tuple(nodes.hidden), tuple(labels), labels)


class _Nodes:
    """The nodes of a picture: their labels by their names, and their names by their places."""

    def __init__(self, text: str) -> None:
        self.labels: dict[str, str] = {}
        self.hidden: list[str] = []
        self._at: dict[str, str] = {}
        for node in (*_NODE.finditer(text), *_NODE_ON_PATH.finditer(text)):
            place = _place(node["at"] or "")
            name = (node["id"] or place).strip()
            if not name:
                continue
            self.labels[name] = spelt(node["label"].replace("$", "").strip())
            if place:  # two nodes at one place are none to be named by it
                self._at[place] = "" if place in self._at else name
            if _HIDDEN.search(node["first"] or ""):
                self.hidden.append(name)

    def name(self, written: str) -> str | None:
        """Return the name of the node at an end of a path; None if there is none."""
        if "," in written:
            return self._at.get(_place(written)) or None
        name = written.split(".")[0].strip()
        return name if name in self.labels else None

    def labels_with(self, edges: Sequence[NamedEdge]) -> dict[str, str]:
        """Return the labels of the nodes that have names or edges, and not of mere words."""
        joined = {name for edge in edges for name in edge}
        return {n: label for n, label in self.labels.items() if n in joined or "," not in n}


def _place(coordinate: str) -> str:
    """Return a coordinate in one spelling: ``(0, 1.0)`` is ``0,1``; empty if it is no pair of numbers."""
    try:
        return ",".join(f"{float(number):g}" for number in coordinate.split(","))
    except ValueError:
        return ""


def _steps(text: str, options: str) -> Iterator[tuple[str, str, str]]:
    """Yield the joined ends of a path with the arrow between them, or nothing."""
    last, join, first = "", None, ""
    for step in _STEP.finditer(text):
        if step["node"]:
            name = step["id"].strip()
            if join is not None:
                yield last, _tip(f"{options}{join}"), name
            # (a) edge (b) edge (c): both edges begin at a
            last = first if join is not None and first else name
            first = last if first else ""
            join = None
        elif step["join"]:
            join = step["options"] or ""
            if step["join"] == "edge":
                first = last
            elif first:
                first = ""
        elif step["other"] and (last or join is not None):
            yield last, "", "?"  # a path that is not read


def _tip(options: str) -> str:
    """Return the arrow that options ask for; the last that is said counts."""
    said = [t["tip"] for group in re.findall(r"\[([^\]]*)\]", options) for t in _tips(group)]
    if not said:
        return ""
    tip = said[-1]
    left, right = tip.startswith("<"), not tip.endswith("-")
    return "<->" if left and right else "->" if right else "<-" if left else ""


def _tips(group: str) -> Iterator[re.Match[str]]:
    for option in group.split(","):
        found = _TIP.match(option.strip())
        if found:
            yield found


_CD_ARROW = late(r"\\(?:arrow|ar(?![a-z]))\s*(?:\[(?P<options>[^\]]*)\]|\{(?P<old>[^{}]*)\})?")
_MOVE = late(r"[lrud]{1,6}")
_CD_OPTION = late(
    r"|(?:bend (?:left|right)|shift (?:left|right)|in|out|start anchor|end anchor|looseness|pos)"
    r"(?:\s*=\s*[\w. -]*)?|\"[^\"]*\"'?|swap|dashed|dotted|crossing over"
    r"|(?:left|right|leftright)arrow|<->|->|<-"
)


def tikz_cd(text: str) -> Edges | None:
    """Return the edges of what stands in a ``tikzcd``; None if it states no graph."""
    text = _COMMENT.sub("", text)
    text = re.sub(r"\A\s*\[[^\]]*\]", "", text)
    rows = [row.split("&") for row in text.split(r"\\")]
    names: dict[tuple[int, int], str] = {}
    moves: list[tuple[tuple[int, int], str]] = []
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            names[i, j] = spelt(_CD_ARROW.sub("", cell).replace("$", "").strip())
            moves += [((i, j), a["options"] or a["old"] or "") for a in _CD_ARROW.finditer(cell)]
    directed: list[NamedEdge] = []
    bidirected: list[NamedEdge] = []
    for (i, j), options in moves[: MOST_EDGES + 1]:
        told = [option.strip() for option in options.split(",")]
        way = next((option for option in told if _MOVE.fullmatch(option)), None)
        if way is None or not all(o == way or _CD_OPTION.fullmatch(o) for o in told):
            return None
        there = (i + way.count("d") - way.count("u"), j + way.count("r") - way.count("l"))
        ends = names.get((i, j), ""), names.get(there, "")
        if not all(ends):
            return None
        if any(option in ("leftrightarrow", "<->") for option in told):
            bidirected.append(ends)
        else:
            directed.append(ends[::-1] if any(o in ("leftarrow", "<-") for o in told) else ends)
    return edges_made(directed, bidirected)


_INSIDE = late(r"\\begin\s*\{(tikzpicture|tikzcd)\}(.*?)\\end\s*\{\1\}", re.DOTALL)


def tikz(text: str) -> Edges | None:
    """Return the edges of a text with one picture, or of what stands in one; None if it is none."""
    every = [*_INSIDE.finditer(text)]
    if not every:
        return tikz_picture(text)
    inside = every[0]
    read = tikz_picture if inside[1] == "tikzpicture" else tikz_cd
    return read(inside[2]) if len(every) == 1 else None
