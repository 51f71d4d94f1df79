"""Write what the commands print now into the transcripts of the documentation.

Run it by ``make docs-update`` and read the difference before it is committed: the numbers in the
documentation are known from mathematics, and a change of theirs is a defect.
"""

from __future__ import annotations

from tests.docs.test_documents import PAGES
from tests.docs.transcripts import BLOCK, play


def main() -> None:
    """Rewrite each page whose transcripts have changed."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        played = BLOCK.sub(lambda found: found["head"] + play(found["body"]), text)
        if played != text:
            page.write_text(played, encoding="utf-8")


if __name__ == "__main__":
    main()
