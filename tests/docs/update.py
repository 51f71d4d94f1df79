"""Write what the commands print now into the transcripts, and what the cells show into the notebooks.

Run it by ``make docs-update`` and read the difference before it is committed: the numbers in the
documentation are known from mathematics, and a change of theirs is a defect.
"""

from __future__ import annotations

from tests.docs.notebooks import NOTEBOOKS
from tests.docs.notebooks import play as run_cells
from tests.docs.test_documents import PAGES
from tests.docs.transcripts import BLOCK, play


def main() -> None:
    """Rewrite each page whose transcripts have changed, and each notebook that shows something else."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        played = BLOCK.sub(lambda found: found["head"] + play(found["body"]), text)
        if played != text:
            page.write_text(played, encoding="utf-8")
    for path in NOTEBOOKS:
        path.write_text(run_cells(path), encoding="utf-8")


if __name__ == "__main__":
    main()
