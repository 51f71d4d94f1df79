"""Pictures of graphs as DOT, for Graphviz and for programs that read graphs.

What surgery cuts is left out, so that who reads the graph reads the right one.

Main definitions
----------------
dot : print a picture.
"""

from __future__ import annotations

from symcausal.writing.mathml import escaped
from symcausal.writing.picture import PATH_MARKS, Edge, Picture

_PATTERNS = ("dashed", "dotted", "bold")


def dot(picture: Picture) -> str:
    """Return the graph in DOT, without places: Graphviz finds these itself."""
    lines = ["digraph {"]
    for i, name in enumerate(picture.graph.nodes):
        node = f"{_quoted(name)}{_listed(_node(picture, name))};"
        if name in picture.adjusted:
            node = f"subgraph cluster_{i} {{ margin=4; {node} }}"
        lines.append(f"  {node}")
    graph, marks = picture.mutilated, picture.marks()
    for edge in graph.directed:
        sign = {"label": '"+"'} if edge in picture.rising else {}
        look = _marked(picture, edge, marks.get(("->", edge)), sign)
        lines.append(f"  {_quoted(edge[0])} -> {_quoted(edge[1])}{_listed(look)};")
    for pair in graph.bidirected:
        look = {"dir": "both", "style": "dashed"}
        look = _marked(picture, pair, marks.get(("<->", pair)), look) | {"constraint": "false"}
        lines.append(f"  {_quoted(pair[0])} -> {_quoted(pair[1])}{_listed(look)};")
    return "\n".join([*lines, "}"])


def _node(picture: Picture, name: str) -> dict[str, str]:
    """The attributes of a node."""
    found: dict[str, str] = {}
    styles = ["dashed"] * (name in picture.graph.hidden and name not in picture.done)
    styles += ["filled"] * (name in picture.evidence)
    if name in picture.done:
        found["shape"] = "box"
    lines = [picture.words(name), *picture.small_lines(name)]
    if lines != [name]:
        found["label"] = '"' + r"\n".join(_quoted(line)[1:-1] for line in lines) + '"'
    if styles:
        found["style"] = styles[0] if len(styles) == 1 else f'"{",".join(styles)}"'
    if name in picture.evidence:
        found["fillcolor"] = "gray85"
    if name in picture.held:
        found["peripheries"] = "2"
    if name in picture.tables:
        found["xlabel"] = _table(picture, name)
    return found


def _marked(
    picture: Picture, edge: Edge, number: int | None, look: dict[str, str]
) -> dict[str, str]:
    if number is not None:
        colour = f'"#{PATH_MARKS[number].colour}"'
        return look | {"style": _PATTERNS[number], "color": colour, "penwidth": "2"}
    return look | ({"penwidth": "2"} if picture.is_held(edge) else {})


def _table(picture: Picture, name: str) -> str:
    from symcausal.writing.tables import grid_cells

    width = len(picture.tables[name].heads)
    title = f'<tr><td colspan="{width}">{escaped(name)}</td></tr>'
    rows = (
        "".join(f"<td>{escaped(cell)}</td>" for cell in row)
        for row in grid_cells(picture.tables[name])
    )
    body = title + "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<<table border="0" cellborder="1" cellspacing="0">{body}</table>>'


def _listed(look: dict[str, str]) -> str:
    return f" [{', '.join(f'{key}={value}' for key, value in look.items())}]" if look else ""


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
