r"""Graphs in pictures of LaTeX: TikZ and tikz-cd.

Main definitions
----------------
tikz : the edges of a text with one picture of either kind.
tikz_picture : those of what stands in a ``tikzpicture``.
tikz_cd : those of what stands in a ``tikzcd``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from symcausal.notes.stated.arrows import spelt
from symcausal.notes.stated.edges import MOST_EDGES, UNSEEN, Edges, NamedEdge, edges_made
from symcausal.patterns import late

_COMMENT = late(r"(?<!\\)%[^\n]*")
_TIKZ_NODE = late(
    r"\\node\s*(?P<first>\[[^\]]*\])?\s*(?:\((?P<id>[^()]{1,60})\))?\s*(?:\[[^\]]*\])?\s*"
    r"(?:at\s*\([^()]*\)\s*)?(?:\[[^\]]*\])?\s*\{(?P<label>(?:[^{}]|\{[^{}]*\})*)\}"
)
_COMMAND = late(r"\\([A-Za-z]+)")
_LAYOUT = frozenset({
    "node", "draw", "path", "edge", "plate", "coordinate", "begin", "end", "tikzset", "tikzstyle",
    "usetikzlibrary", "small", "footnotesize", "scriptsize", "large", "Large", "centering", "textwidth",
    "linewidth", "columnwidth", "bfseries", "itshape", "sffamily",
})  # fmt: skip
"""The commands of a picture whose edges are all in its paths."""
_MATHS = late(r"\$[^$]*\$")
_TIP_STYLE = late(
    r"/\.(?:append\s+)?style\s*(?:=|\b)\s*\{[^{}]*(?:<-|->|-\{)|\\tikzstyle[^;]*?=\s*\[[^\]]*(?:<-|->)"
)
_FADED = late(r"\bdraw\s*=\s*none\b|\bwhite\b")
_PATH = late(r"\\(?:draw|path)\b(?P<options>\s*\[[^\]]*\])?(?P<rest>[^;]*);")
_BAYES = late(r"\\edge\s*(?P<options>\[[^\]]*\])?\s*\{(?P<from>[^{}]*)\}\s*\{(?P<to>[^{}]*)\}")
_STEP = late(
    r"(?P<node>\((?P<id>[^()]{1,60})\))|(?P<join>--|edge|to|\|-|-\||\.\.)\s*(?P<options>\[[^\]]*\])?"
    r"|(?P<label>node\s*(?:\[[^\]]*\])?\s*\{(?:[^{}]|\{[^{}]*\})*\})|(?P<blank>\s+)|(?P<other>.)",
    re.DOTALL,
)
_TIP = late(r"(?:^|,)\s*(?P<tip><?-{1,2}(?:>|\{[^{}]*\}|[Ss]tealth|[Ll]atex)?|<-)\s*(?:,|$)")
_DASHED = late(r"\b(?:dashed|dotted)\b")
_HIDDEN = late(r"\b(?:latent|hidden|unobserved)\b")
_COORDINATE = late(r"[-\d.+$!:,\s]")


def tikz_picture(text: str) -> Edges | None:
    """Return the edges of what stands in a ``tikzpicture``; None if it states no graph."""
    text = _COMMENT.sub("", text)
    plain = _MATHS.sub("", _TIKZ_NODE.sub("", text))
    if _TIP_STYLE.search(text) or any(
        c not in _LAYOUT for c in _COMMAND.findall(_NAMED_ON_PATH.sub("", plain))
    ):
        return None
    opening = re.match(r"\s*(\[[^\]]*\])?", text)
    whole = opening.group(1) if opening and opening.group(1) else ""
    labels: dict[str, str] = {}
    hidden: list[str] = []
    for node in _TIKZ_NODE.finditer(text):
        name = (node["id"] or "").strip()
        if name:
            labels[name] = spelt(node["label"].replace("$", "").strip())
            if _HIDDEN.search(node["first"] or ""):
                hidden.append(name)
    directed: list[NamedEdge] = []
    bidirected: list[NamedEdge] = []
    for path in _PATH.finditer(text):
        bare = _NAMED_ON_PATH.sub("", f"{path['options'] or ''}{path['rest']}")
        if UNSEEN.search(bare) or _FADED.search(bare):
            return None
        for left, tip, right in _steps(path["rest"], f"{whole}{path['options'] or ''}"):
            if left not in labels or right not in labels:
                if _COORDINATE.match(left) and _COORDINATE.match(right):
                    continue  # a line that joins no nodes
                return None
            if tip == "<->":
                bidirected.append((left, right))
            elif tip:
                directed.append((left, right) if tip == "->" else (right, left))
            else:
                return None
    for found in _BAYES.finditer(text):
        if (found["options"] or "").replace(" ", "") not in ("", "[]", "[->]"):
            return None
        causes, effects = (
            [n.strip() for n in found[side].split(",") if n.strip()] for side in ("from", "to")
        )
        directed += [(a, b) for a in causes for b in effects]
    if any(name not in labels for edge in directed for name in edge):
        return None
    return edges_made(directed, bidirected, tuple(hidden), tuple(labels), labels)


_NAMED_ON_PATH = late(r"\bnode\s*(?:\[[^\]]*\])?\s*\{(?:[^{}]|\{[^{}]*\})*\}")


def _steps(text: str, options: str) -> Iterator[tuple[str, str, str]]:
    """Yield the joined nodes of a path with the arrow between them, or nothing."""
    last, join, first = "", None, ""
    for step in _STEP.finditer(text):
        if step["node"]:
            name = step["id"].split(".")[0].strip()
            if join is not None and last:
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
    if len(every) != 1:
        return tikz_picture(text)
    inside = every[0]
    read = tikz_picture if inside[1] == "tikzpicture" else tikz_cd
    return read(inside[2]) or tikz_picture(text)
