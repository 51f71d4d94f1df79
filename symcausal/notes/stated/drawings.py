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
from collections.abc import Callable

from symcausal.errors import Source, SymcausalError
from symcausal.network.network import Network
from symcausal.notes.stated.edges import MOST_EDGES, UNSEEN, Edges, NamedEdge, edges_made
from symcausal.notes.stated.tikz import tikz, tikz_cd, tikz_picture
from symcausal.patterns import late

_LONGEST = 20_000

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
        if UNSEEN.search(line):
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
    return edges_made(directed, bidirected, alone=tuple(names), labels=labels)


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

    if UNSEEN.search(text):
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
    return edges_made(graph.directed, graph.bidirected, hidden, graph.nodes, labels)


def _dot_or_dagitty(text: str) -> Edges | None:
    return _dagitty(text) if re.match(r"\s*dag\b", text, re.I) else _dot(text)


LANGUAGES: dict[str, Callable[[str], Edges | None]] = {
    "mermaid": _mermaid,
    "dot": _dot_or_dagitty,
    "graphviz": _dot_or_dagitty,
    "dagitty": _dagitty,
    "dag": _dagitty,
    "gml": gml,
    "tikz": tikz,
    "tikzpicture": tikz_picture,
    "tikzcd": tikz_cd,
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
