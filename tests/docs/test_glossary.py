"""The glossary lists words of the code, each once, and none that the code has given up."""

from __future__ import annotations

import re

from tests.command_line import ROOT

GLOSSARY = (ROOT / "docs" / "reference" / "glossary.md").read_text(encoding="utf-8")
WORDS = [
    word
    for word in re.findall(r"^\| ([^|]+?) \|", GLOSSARY, flags=re.MULTILINE)
    if word not in ("Word", "---")
]
CODE = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted((ROOT / "symcausal").rglob("*.py"))
).casefold()


def stands_in_code(word: str) -> bool:
    """Whether a word, or its plural, is a name or a word of a comment, whatever joins its parts."""
    parts = "[ _-]?".join(re.escape(part) for part in re.split("[ -]", word.casefold()))
    return re.search(rf"(?<![a-z]){parts}(?:s|es)?(?![a-z])", CODE) is not None


def test_every_word_is_listed_once() -> None:
    assert len(WORDS) > 80
    assert len(set(WORDS)) == len(WORDS)


def test_every_word_is_used() -> None:
    assert [word for word in WORDS if not stands_in_code(word)] == []


def test_the_search_would_notice() -> None:
    assert not stands_in_code("possibilistic frobnication")
    assert stands_in_code("step chain")
