"""``symcausal grade``."""

from __future__ import annotations

from symcausal.cli.options import emit
from symcausal.cli.parser import Arguments, Parser


def run(chosen: Arguments) -> None:
    """Grade HANDINS, files or folders, for the exercise on SHEET: the first wrong sign, and credit.

    Each sign is judged in the model that the sheet states. Credit is the share of the signs that lead
    up to the first wrong one; where it is the misuse of a rule, the rule is named.

    Examples
    --------
    symcausal grade sheet.md handins
    symcausal grade sheet.md handins/ben.md --format markdown
    """
    from symcausal.sheets.grading import grade

    emit(grade(chosen.sheet, chosen.handins).to(chosen.shape), chosen)


PARSER = Parser("grade", run.__doc__ or "")
PARSER.add_argument("sheet", help="a sheet that symcausal exercise has written")
PARSER.add_argument("handins", nargs="+", help="files of notes, or folders of them")
PARSER.add_format()
