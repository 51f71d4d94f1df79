"""What untrusted text is handed to, and what may come of it: an answer, or an error of our own, soon.

Main definitions
----------------
TARGETS : by name, what reads a text, with texts to start from.
survives : hand a text to one of them, and see that nothing else happens.
"""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from symcausal import Model, SymcausalError, latex, parse
from symcausal.errors import Source, Span
from symcausal.expr.nodes import Expr, Numeric, Product, Scalar, State
from symcausal.expr.path import everywhere
from symcausal.network.formats.catalogue import FORMATS, read_format
from symcausal.notes.check import check_files, check_text
from symcausal.notes.files.passages import derivations
from symcausal.notes.files.reading import read_document
from symcausal.notes.reading.claims import read_claims
from symcausal.writing.text import text as in_text
from tests.fuzz.silence import outside_items, unread, without_claims
from tests.support.pace import soon

SLOWEST = 2.0  # seconds of processor time, on an idle machine
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

FORMULAS = (
    "P(L=strong | do(G=A), S=high)",
    r"P[L \mid \mathrm{do(}G=\mathrm{A})] = \sum_{G} P[L \mid G] P[G]",
    r"\frac{\sum_{x} p(x \mid y^1) 0.25}{1 - P(y)^{2}} - E[Y | do(X=1)]",
    "sum_{i,d} P(G|i,d) P(i) P(d) / P_x(y') <= 1/3",
)
NOTES = (
    "Some words, $P(a \\mid b) = \\frac{P(a,b)}{P(b)}$, if $A \\perp B$.\n\n$$\\begin{aligned}\n"
    "P(y) &= \\sum_x P(y \\mid x) P(x) \\\\ &\\approx 0.3 \\text{ by hand}\\end{aligned}$$\n",
    "```symcausal\nX -> Y <- Z; X <-> Z\n```\n\n> $P(y|do(x)) = \\sum_z P(y|x,z)P(z)$.\n"
    "<!-- symcausal: off -->",
    "\\newcommand{\\pr}[2]{P(#1 \\mid #2)}\n% symcausal: A -> B\n\\[ \\pr{a}{b} \\propto P(b|a)P(a) \\]",
    "<!-- symcausal: expect fails -->\n$P(x|y) = P(y|x)$ <!-- symcausal: skip -->\n"
    "`$code$` \\(P(x)\\le 1\\)",
)
MODELS = (
    (EXAMPLES / "student.model").read_text(encoding="utf-8"),
    'X "label" alias a, "x_{t-1}": low, high; hidden U; U -> X <-> Y\nparameters q in (0, 1)\n'
    "P(Y | X=low) = 1 - q, rest; P(X) = 1/3, 2/3; given P(Y=1) = 0.5\nnotation pearl",
)
FILES = {
    "bif": "network n {}\nvariable A { type discrete [2] { a, b }; }\n"
    "probability ( A ) { table 0.5, 0.5; }",
    "xmlbif": '<?xml version="1.0"?><BIF VERSION="0.3"><NETWORK><NAME>n</NAME><VARIABLE TYPE="nature">'
    "<NAME>A</NAME><OUTCOME>a</OUTCOME><OUTCOME>b</OUTCOME></VARIABLE><DEFINITION><FOR>A</FOR>"
    "<TABLE>0.5 0.5</TABLE></DEFINITION></NETWORK></BIF>",
    "dsc": 'belief network "a"\nnode A { name : "x"; type : discrete [ 2 ] = { "0", "1" }; }\n'
    'node B { type : discrete[2] = { "0", "1" }; }\nprobability ( A ) { 0.5, 0.5; }\n'
    "probability ( B | A ) { (0) : 0.1, 0.9; default : 0.3, 0.7; }",
    "uai": "BAYES\n2\n2 2\n2\n1 0\n2 0 1\n2\n0.5 0.5\n4\n0.1 0.9 0.3 0.7",
    "xdsl": '<?xml version="1.0"?><smile version="1.0" id="n"><nodes><cpt id="A"><state id="a"/>'
    '<state id="b"/><probabilities>0.5 0.5</probabilities></cpt></nodes></smile>',
    "hugin": 'net {}\nnode A { states = ("a" "b"); }\npotential (A) { data = (0.5 0.5); }',
    "dagitty": "dag { X -> Y; X <-> Z; U [latent]; U -> Y }",
    "dot": 'digraph g { X -> Y; X -> Z [dir=both, style=dashed]; "a b" -> X; }',
    "gml": 'graph [ directed 1 node [ id 0 label "A" ] node [ id 1 label "B" ] '
    "edge [ source 0 target 1 ] ]",
}
SMALL = "U -> X -> Y; U -> Y; hidden U; X <-> Z; Z: low, high"
COMMANDS = ("adjust", "compare", "derive", "evaluate", "identify", "independent")
CALLS = (
    "derive\nZ -> X -> Y; Z -> Y; Z: low, high\nP(Y | do(X=1), Z=low)\n--notation\npearl\n--detail\nfull",
    f"identify\n{SMALL}\nP(Y | do(X))\n--given\nP(X, Y | do(Z))",
    f"independent\n{SMALL}\nY _||_ Z | X",
    f"adjust\n{SMALL}\nX\nY\n--all",
    f"compare\n{SMALL}\nP(Y | X)\nP(Y | do(X))",
    "evaluate\nA -> B; P(A) = 0.2, rest; P(B | A=0) = 1/3, 2/3\nP(A | B=0)\n--format\njson",
)
STUDENT = Model.parse(MODELS[0])


class Target(NamedTuple):
    """What reads text, and texts that it reads."""

    read: Callable[[str], object]
    seeds: tuple[str, ...]


def _formula(text: str) -> None:
    assert latex(parse(text))


def _query(text: str) -> None:
    read = STUDENT.query(text)
    if not _is_ambiguous(read):
        assert STUDENT.query(latex(read)) == read, "a printed formula is read back as another"
        assert STUDENT.query(in_text(read)) == read, "a formula in text is read back as another"


def _is_ambiguous(read: Expr) -> bool:
    """Whether a print says less than the formula.

    The number of a state, as in ``y^1 P(y^1)``, is printed as that number, and numbers that follow
    each other are read as one.
    """
    return any(
        (isinstance(part, Numeric) and isinstance(part.event.value, State))
        or (isinstance(part, Product) and sum(isinstance(f, Scalar) for f in part.factors) > 1)
        for _, part in everywhere(read)
    )


def _claims(text: str) -> None:
    for statement in read_claims([Span(Source(text), 0, len(text))]):
        for part in statement.parts:
            assert part.expr is not None or part.problem is not None or statement.relations
    assert not unread(text), "a probability that no statement has"


def _document(name: str) -> Callable[[str], None]:
    def read(text: str) -> None:
        document = read_document(text, name)
        for passage in derivations(document):
            assert passage is not None
        if not name.endswith(".ipynb"):
            assert not outside_items(text, document), "a probability that no item has"

    return read


def _cells(text: str) -> None:
    """Read a notebook of one cell, whose text is its part."""
    document = read_document(_notebook(text), "a.ipynb")
    derivations(document)
    for part in document.parts:
        assert not outside_items(part.original, document), "a probability that no item has"


def _notebook(text: str) -> str:
    cells = [{"cell_type": "markdown", "source": text.splitlines(keepends=True)}]
    return json.dumps({"cells": cells, "nbformat": 4})


def _model(text: str) -> None:
    model = Model.parse(text)
    assert Model.parse(model.to_text()) == model, "a printed model is read back as another"


def _check(text: str) -> None:
    report = check_text(text, STUDENT.network, budget=0.2)
    assert report.to_text()
    assert json.loads(report.to_json())["summary"]
    if "$" in text:
        document = read_document(text, "text.md")
        assert not without_claims([document], report), "a comparison without a word"


def _check_file(ending: str) -> Callable[[str], None]:
    def check(text: str) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder, f"notes{ending}")
            path.write_bytes(text.encode("utf-8", "surrogatepass"))
            report = check_files([str(path)], STUDENT.network, budget=0.2)
        assert report.to_text()
        assert json.loads(report.to_json())["summary"]
        assert isinstance(report.to_github(), str)
        document = read_document(text, f"notes{ending}")
        assert not without_claims([document], report), "a comparison without a word"

    return check


def _command(text: str) -> None:
    """Run a command whose words are the lines; none that reads or writes other files."""
    name, *words = text.split("\n")
    if name not in COMMANDS or any(w.startswith(("-o", "--o")) or w == "-" for w in words):
        return
    command = import_module(f"symcausal.cli.{name}")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        status = None
        try:
            command.run(command.PARSER.read(words))
        except SystemExit as end:
            status = end.code
    assert status in (None, *range(5))
    assert printed.getvalue()


def _file(form: str) -> Callable[[str], None]:
    return lambda text: read_format(Source(text, "file"), form)  # type: ignore[return-value]


TARGETS = {
    "formula": Target(_formula, FORMULAS),
    "query": Target(_query, FORMULAS),
    "claims": Target(_claims, (*FORMULAS, *NOTES)),
    "markdown": Target(_document("a.md"), NOTES),
    "latex": Target(_document("a.tex"), NOTES),
    "cells": Target(_cells, NOTES),
    "notebook": Target(_document("a.ipynb"), tuple(map(_notebook, NOTES))),
    "plain": Target(_document("a.txt"), NOTES),
    "model": Target(_model, MODELS),
    "check": Target(_check, (*FORMULAS, *NOTES)),
    "check-latex": Target(_check_file(".tex"), NOTES),
    "check-markdown": Target(_check_file(".md"), NOTES),
    "command": Target(_command, CALLS),
    **{form: Target(_file(form), (FILES.get(form, ""),)) for form in FORMATS},
}


def survives(name: str, text: str) -> None:
    """See that a text is read or refused in words, within :data:`SLOWEST` seconds."""
    with soon(SLOWEST):
        try:
            TARGETS[name].read(text)
        except SymcausalError as error:
            message = str(error)
        else:
            message = "read"
    assert message
