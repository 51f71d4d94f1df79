r"""Graphs in the languages of drawings: mermaid, Graphviz, dagitty, TikZ.

An edge without an arrowhead makes a drawing one of something else, and then nothing is stated.

Main definitions
----------------
LANGUAGES : the languages of code that hold drawings.
PLAIN_LANGUAGES : the languages of code that say nothing of what it is.
language_of : the language of a drawing that nobody names.
drawing : the edges of a drawing.
of_network : the edges of a network that a file format holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from symcausal.errors import Source, SymcausalError
from symcausal.network.network import Network
from symcausal.notes.stated.arrows import spelt
from symcausal.notes.stated.edges import MOST_EDGES, Edges, NamedEdge
from symcausal.patterns import late

_LONGEST = 20_000

_UNSEEN = late(
    r"\binvis|\binvisible|\bphantom\b|\btransparent\b|\bstroke\s*:\s*none|opacity\s*[=:]\s*0(?![.\d]*[1-9])"
    r"|\barrow(?:head|tail)\s*=\s*\"?(?!normal|vee|open|empty)|\bcolor\s*=\s*\"?(?:white|none)\b",
    re.I,
)
"""An edge that is not to be seen, or that has no head."""

# -- mermaid --------------------------------------------------------------------------------------
_HEAD = late(r"\s*(?:%%[^\n]*\s*)*(?:graph|flowchart)\b[^\n;]*[\n;]?", re.I)
_IDLE = late(
    r"\s*(?:%%|classDef\b|class\b|style\b|linkStyle\b|click\b|direction\b|end\s*\Z|\Z)",
    re.I,
)
_NODE = late(
    r"\s*(?P<id>[A-Za-z_][\w.]*)(?P<label>@\{[^{}]*\}|\[+[(/\\]?[^\[\]]*\]+|\(+\[?[^()]*\)+|\{+[^{}]*\}+|>[^\]]*\])?"
    r"(?::::?\w+)?\s*"
)
_LINK = late(
    r"(?P<arrow><?(?:-{2,}|={2,}|-\.+-)>)\s*(?:\|(?!\W*(?:yes|no|true|false)\W*\|)[^|\n]*\|)?"
    r"|(?P<told><?(?:--|==|-\.))\s+[^-=.<>\n]{1,60}?\s+(?:-->|==>|\.->)"
)
_GROUP = late(r"\s*subgraph\s+(?P<id>[^\s\[\]\"-]+)?(?P<title>[^\n<>]*)\Z", re.I)
_AND = late(r"&")
_LABEL = late(r"\W*(.*?)\W*\Z", re.DOTALL)


def _mermaid(text: str) -> Edges | None:
    head = _HEAD.match(text)
    if head is None:
        return None
    directed: list[NamedEdge] = []
    bidirected: list[NamedEdge] = []
    labels: dict[str, str] = {}
    names: dict[str, None] = {}
    groups_told: set[str] = set()  # an edge of a group is one of all that is in it
    for line in re.split(r"[\n;]", text[head.end() :]):
        if _UNSEEN.search(line):
            return None
        if _IDLE.match(line):
            continue
        group = _GROUP.match(line)
        if group:
            groups_told |= {(group["id"] or "").strip(), group["title"].strip(' "[]')}
            continue
        read = _mermaid_line(line, labels)
        if read is None:
            return None
        groups, links = read
        names.update(dict.fromkeys(name for group in groups for name in group))
        for left, link, right in zip(groups, links, groups[1:], strict=False):
            pairs = [(a, b) for a in left for b in right]
            (bidirected if link.startswith("<") else directed).extend(pairs)
        if len(directed) + len(bidirected) > MOST_EDGES:
            return None
    if not groups_told.isdisjoint(names):
        return None
    return _made(directed, bidirected, alone=tuple(names), labels=labels)


def _mermaid_line(line: str, labels: dict[str, str]) -> tuple[list[list[str]], list[str]] | None:
    """Return the names between the links of a line, and the links; None if it is anything else."""
    groups: list[list[str]] = []
    links: list[str] = []
    at = 0
    while True:
        group: list[str] = []
        while True:
            node = _NODE.match(line, at)
            if node is None:
                return None
            group.append(node["id"])
            if node["label"]:
                told = _LABEL.match(node["label"].replace("$", ""))
                labels[node["id"]] = told.group(1) if told else ""
            at = node.end()
            more = _AND.match(line, at)
            if more is None:
                break
            at = more.end()
        groups.append(group)
        if at == len(line):
            return groups, links
        link = _LINK.match(line, at)
        if link is None:
            return None
        links.append(link["arrow"] or link["told"])
        at = link.end()


# -- the languages of other tools -----------------------------------------------------------------
def _dot(text: str) -> Edges | None:
    from symcausal.network.formats.assembly import Assembly
    from symcausal.network.formats.dot import read_dot

    if _UNSEEN.search(text):
        return None
    return _foreign(lambda: read_dot(Assembly(Source(text, "drawing"))).network)


def _dagitty(text: str) -> Edges | None:
    from symcausal.network.formats.assembly import Assembly
    from symcausal.network.formats.dagitty import read_dagitty

    return _foreign(lambda: read_dagitty(Assembly(Source(text.strip(), "drawing"))).network)


def gml(text: str) -> Edges | None:
    """Return the edges of a graph in GML; None if it is none."""
    from symcausal.network.formats.assembly import Assembly
    from symcausal.network.formats.gml import read_gml

    return _foreign(lambda: read_gml(Assembly(Source(text, "drawing"))).network)


def _foreign(read: Callable[[], Network]) -> Edges | None:
    try:
        return of_network(read())
    except SymcausalError:
        return None


def of_network(network: Network) -> Edges | None:
    """Return the edges of a network; None if there are none."""
    graph = network.graph
    labels = {n: v.label for n, v in network.variables.items() if v.label}
    hidden = tuple(name for name in graph.nodes if name in graph.hidden)
    return _made(graph.directed, graph.bidirected, hidden, graph.nodes, labels)


# -- TikZ -----------------------------------------------------------------------------------------
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


def _tikz(text: str) -> Edges | None:
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
        if _UNSEEN.search(bare) or _FADED.search(bare):
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
    return _made(directed, bidirected, tuple(hidden), tuple(labels), labels)


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


def _tikz_cd(text: str) -> Edges | None:
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
    return _made(directed, bidirected)


def _made(
    directed: Sequence[NamedEdge],
    bidirected: Sequence[NamedEdge] = (),
    hidden: tuple[str, ...] = (),
    alone: tuple[str, ...] = (),
    labels: dict[str, str] | None = None,
) -> Edges | None:
    if not directed or len(directed) + len(bidirected) > MOST_EDGES:
        return None
    one, both = tuple(dict.fromkeys(directed)), tuple(dict.fromkeys(bidirected))
    return Edges(one, both, hidden, alone, labels or {})


def _dot_or_dagitty(text: str) -> Edges | None:
    return _dagitty(text) if re.match(r"\s*dag\b", text, re.I) else _dot(text)


LANGUAGES: dict[str, Callable[[str], Edges | None]] = {
    "mermaid": _mermaid,
    "dot": _dot_or_dagitty,
    "graphviz": _dot_or_dagitty,
    "dagitty": _dagitty,
    "dag": _dagitty,
    "gml": gml,
    "tikz": lambda text: _latex(text) or _tikz(text),
    "tikzpicture": _tikz,
    "tikzcd": _tikz_cd,
}
"""The reader of each language, by its name in small letters."""

PLAIN_LANGUAGES = frozenset({"", "text", "txt", "plain", "plaintext", "none", "ascii"})
_BEGINS = (
    ("mermaid", late(r"(?:\s|%%[^\n]*\n)*(?:graph|flowchart)[ \t]+(?:LR|RL|TD|TB|BT)\b")),
    ("dot", late(r"\s*(?:strict\s+)?digraph\b[^\n{]*\{")),
    ("dagitty", late(r"\s*dag\s*\{")),
    ("tikz", late(r"\s*\\begin\{tikz(?:picture|cd)\}")),
)


def language_of(text: str) -> str:
    """Return the language of a drawing that nobody names, by its first words; empty for anything else.

    Examples
    --------
    >>> language_of("digraph { A -> B }"), language_of("graph the data")
    ('dot', '')
    """
    return next((language for language, begins in _BEGINS if begins.match(text)), "")


_INSIDE = late(r"\\begin\s*\{(tikzpicture|tikzcd)\}(.*?)\\end\s*\{\1\}", re.DOTALL)


def _latex(text: str) -> Edges | None:
    every = [*_INSIDE.finditer(text)]
    if len(every) != 1:
        return None
    inside = every[0]
    return _tikz(inside[2]) if inside[1] == "tikzpicture" else _tikz_cd(inside[2])


def drawing(text: str, language: str) -> Edges | None:
    """Return the edges of a drawing; None if it states no graph.

    Examples
    --------
    >>> drawing("graph LR; A[Rain] --> B; B --> C", "mermaid").directed
    (('A', 'B'), ('B', 'C'))
    >>> drawing("graph LR; A --- B", "mermaid") is None
    True
    """
    reader = LANGUAGES.get(language)
    return None if reader is None or len(text) > _LONGEST else reader(text)


def of_text(text: str) -> Edges | None:
    """Return the edges of a graph in a string of code: dagitty, Graphviz or GML; None if it is none."""
    start = text.lstrip()[:12].casefold()
    if start.startswith("dag"):
        return _dagitty(text)
    if start.startswith(("digraph", "strict")):
        return _dot(text)
    return gml(text) if start.startswith("graph") and "node" in text else None
