"""Directives of reStructuredText and MyST whose content is code or data, and no text.

Main definitions
----------------
holds_no_text : whether a directive is such a one.
"""

from __future__ import annotations

_NO_TEXT = frozenset({
    "raw", "parsed-literal", "literalinclude", "include", "toctree", "bibliography", "csv-table",
    "comment", "doctest", "testcode", "testsetup", "testcleanup", "testoutput", "ipython", "jupyter",
    "plot", "prompt", "sourcecode", "highlight", "eval-rst", "productionlist", "exec", "command-output",
    "program-output", "mermaid", "graphviz", "digraph", "graph", "uml", "ojs", "dot", "r", "python",
    "julia", "bash", "sh", "sql", "stan", "js", "cpp", "c", "css", "meta", "image", "index",
})  # fmt: skip
_CODE = ("code", "jupyter-")


def holds_no_text(name: str) -> bool:
    """Decide whether what stands in a directive is code or data.

    Examples
    --------
    >>> holds_no_text("code-block"), holds_no_text("doctest"), holds_no_text("note")
    (True, True, False)
    """
    name = name.casefold()
    return name in _NO_TEXT or name.startswith(_CODE)
