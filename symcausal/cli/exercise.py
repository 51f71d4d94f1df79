"""``symcausal exercise``."""

from __future__ import annotations

import os

from symcausal.cli.options import load_model
from symcausal.cli.parser import Arguments, Parser
from symcausal.cli.streams import put


def run(chosen: Arguments) -> None:
    """Write an exercise about the graph of MODEL, and its model answer, both checked.

    The kinds are derive, fill-in and spot-the-error; the same seed makes the same exercise. With
    -o sheet.md the answer goes to sheet-answer.md; the ending says in which format: .md, .tex,
    .html, .pdf, .typ or .ipynb. Without -o both are printed as Markdown.

    Examples
    --------
    symcausal exercise student.model --kind spot-the-error --seed 7 -o sheet.md
    symcausal exercise student.model --kind derive
    """
    from symcausal.sheets.exercises import exercise
    from symcausal.writing.saving import printer, save

    to_file = chosen.output not in (None, "-")
    if to_file:
        printer(chosen.output)  # a wrong ending is told before any work
    made = exercise(load_model(chosen), chosen.kind, chosen.seed)
    if to_file:
        name, ending = os.path.splitext(chosen.output)
        save(made.answer, f"{name}-answer{ending}")
        save(made.sheet, chosen.output)
    else:
        put(f"{made.sheet.to_markdown()}\n{made.answer.to_markdown()}", literal=True)


PARSER = Parser("exercise", run.__doc__ or "")
PARSER.add_model()
PARSER.add_argument(
    "--kind", choices=("derive", "fill-in", "spot-the-error"), default="derive",
    help="what students do (default: %(default)s)",
)  # fmt: skip
PARSER.add_argument("--seed", type=int, default=1, help="a number (default: %(default)s)")
PARSER.add_argument("-o", "--output", metavar="FILE", help="write the sheet to this file")
