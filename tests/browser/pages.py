"""Web pages of everything that can be shown.

Main definitions
----------------
pages : whole pages by a name that says what is on them.
"""

from __future__ import annotations

import re
import shlex
from functools import cache

from symcausal import Model, check_file
from symcausal.sheets.report import report
from tests.answer import shown_answers
from tests.command_line import EXAMPLES, ROOT
from tests.latex.pages import answers


@cache
def pages() -> dict[str, str]:
    """The pages by name: of courses' networks, of every kind of answer, and the demo's."""
    found = {name: shown.to_html() for name, shown in answers().items()}
    found |= {name: shown.to_html() for name, shown in shown_answers.answers().items()}
    student = Model.load(str(EXAMPLES / "student.model"))
    (queries,) = re.findall(
        r"^QUERIES := (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    for detail in ("lecture", "full"):
        page = report(student, shlex.split(queries), title="Seeing and doing", detail=detail)
        found[f"the demo's report, {detail}"] = page.to_html()
    for name in ("notes.md", "lecture.md"):
        found[f"what is said of {name}"] = check_file(EXAMPLES / name).to_html()
    return found
