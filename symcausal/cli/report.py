"""``symcausal report``."""

from __future__ import annotations

from symcausal.cli.options import load_model
from symcausal.cli.parser import Arguments, Parser
from symcausal.cli.streams import put


def run(chosen: Arguments) -> None:
    """Write a page about QUERIES in MODEL: graph, tables, derivations, numbers, what doing changes.

    The ending of -o says in which format: .md, .tex, .html, .pdf, .typ or .ipynb. A PDF needs the
    package typst (pip install 'symcausal[pdf]') or pdflatex. Without -o it is Markdown.

    Examples
    --------
    symcausal report student.model "P(L | do(G=A))" "P(I | L)" -o lecture.html
    symcausal report confounded.model "P(L | do(G=A))"
    """
    from symcausal.sheets.report import report
    from symcausal.writing.saving import printer, save

    to_file = chosen.output not in (None, "-")
    if to_file:
        printer(chosen.output)  # a wrong ending is told before any work
    page = report(
        load_model(chosen),
        chosen.query,
        title=chosen.title,
        detail=chosen.detail,
        digits=chosen.digits,
    )
    if to_file:
        save(page, chosen.output)
    else:
        put(page.to_markdown(), literal=True)


PARSER = Parser("report", run.__doc__ or "")
PARSER.add_model()
PARSER.add_argument("query", nargs="+", help="such as P(L | do(G=A))")
PARSER.add_argument("--title", default="", help="the title of the page")
PARSER.add_detail()
PARSER.add_digits()
PARSER.add_argument("-o", "--output", metavar="FILE", help="write to this file")
