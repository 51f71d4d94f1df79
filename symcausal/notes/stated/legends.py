r"""What symbols stand for, as notes say: ``- $G$: grade``, *let D denote difficulty*, *Grade ($G$)*.

A word that means a symbol in one way only, and is nothing else in the notes, is another spelling of it:
``P(\text{Grade} \mid D)`` is then about G. A legend that is ambiguous gives nothing.

Main definitions
----------------
Legend : the labels of symbols, and the words that are other spellings of them.
legend_of : what notes say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from symcausal.notes.files.items import FilePart, NotesFile
from symcausal.notes.reading.guessing import event_names, tokens_within
from symcausal.notes.reading.measures import PROBABLE
from symcausal.notes.stated.tables import may_have_tables, tables_in
from symcausal.patterns import late
from symcausal.reading.vocabulary import Guess, squeezed
from symcausal.record import Frozen, field, record

MOST_ENTRIES = 500
_SYMBOL = r"\$?(?P<symbol>[A-Za-z](?:_(?:\{\w{1,4}\}|\w))?)\$?"
_BOLD = r"(?:\*\*|__|`|\\textbf\{)?"
_WORDS = r"(?P<words>[A-Za-z][\w'-]*+(?:[ \t]++[\w'-]++){0,7})"
_ARTICLE = r"(?:the\s+|an?\s+|whether\s+)?"
_ITEM = late(
    rf"^[ \t>]*(?:[-*+]|\\item|\d{{1,2}}[.)])[ \t]*\[?{_BOLD}{_SYMBOL}(?:\*\*|__|`|\}})?\]?"
    rf"(?:[ \t]*(?::|=|--+|\u2013|\u2014|\s-\s)(?:\*\*)?[ \t]*|[ \t]*(?<=\])[ \t]*){_ARTICLE}{_WORDS}",
    re.I | re.M,
)
_DENOTES = late(
    rf"(?<![\w$\\]){_SYMBOL}\s+(?:denotes?|stands? for|represents?|is short for)\s+{_ARTICLE}{_WORDS}",
    re.I,
)
_WHERE = late(rf"\b(?:where|and|with|let|here)\s+{_SYMBOL}\s+(?:is|be)\s+the\s+{_WORDS}", re.I)
_BESIDE = late(
    r"(?<![\w$\\'-])(?P<words>[A-Za-z][\w'-]++(?:[ \t]+[\w'-]{2,}+){0,2})[ \t~]++"
    rf"\({_SYMBOL}\)(?!\s*[=|])"
)
_EXPLAINED = late(rf"(?<![\w$\\(]){_SYMBOL}(?:\*\*|__|`|\}})?\s+\({_ARTICLE}{_WORDS}\)")
_HEAD = late(r"symbols?|variables?|letters?|nodes?|names?|notation|abbreviations?", re.I)
_MEANING = late(
    r"meanings?|descriptions?|stands for|names?|definitions?|interpretations?|explanations?|labels?",
    re.I,
)
_PARTS = late(
    r"\s+(?:of|in|for|that|which|is|are|has|was|who|whose|and|or|at|on|given|to|with)(?:\s+|\Z)"
)
_WORD = late(r"[A-Za-z][A-Za-z -]*[A-Za-z]")
_MARKS = late(r"[$*`_]|\\(?:text|mathrm)\{|\}")


@record
class Legend:
    """What symbols stand for.

    Attributes
    ----------
    labels : mapping of str to str
        By variable.
    spellings : mapping of str to str
        From words, squeezed into small letters, to the variables that they mean.
    lines : mapping of str to int
        The line that says so, by these words.
    """

    labels: Mapping[str, str] = field(default_factory=dict, convert=Frozen)
    spellings: Mapping[str, str] = field(default_factory=dict, convert=Frozen)
    lines: Mapping[str, int] = field(default_factory=dict, convert=Frozen)

    def told(self, written: str) -> str:
        """Return which words of a formula are other spellings, and where that is said; empty if none."""
        found = {}
        for word in _WORD.findall(_MARKS.sub(" ", written)):
            own = squeezed(word)
            if own in self.spellings:
                found[own] = f"{word} is {self.spellings[own]} by line {self.lines[own]}"
        return ", ".join(found.values())


_LegendEntry = tuple[int, str, tuple[str, ...]]


def legend_of(
    document: NotesFile | None,
    texts: Sequence[str],
    guess: Guess,
    states: Iterable[str],
    is_known: Callable[[str], bool] = lambda _: False,
) -> Legend:
    """Return what notes say that their symbols stand for.

    Parameters
    ----------
    document : NotesFile or None
        The notes.
    texts : sequence of str
        Their formulas.
    guess : Guess
        What the names of these mean.
    states : iterable of str
        The states that formulas name; a word that is one of them is no other spelling.
    is_known : callable
        Whether a model has a variable of a name, of which formulas need not speak.
    """
    if document is None:
        return Legend()
    entries = [
        entry
        for part in document.parts
        for entry in sorted(_entries(part))
        if guess.is_event(entry[1]) or is_known(entry[1])
    ][:MOST_ENTRIES]
    if not entries:
        return Legend()
    meant: dict[str, set[str]] = {}  # from words to symbols
    said: dict[str, list[tuple[str, ...]]] = {}
    lines: dict[str, int] = {}
    for line, symbol, words in entries:
        said.setdefault(symbol, []).append(words)
        for word in words:
            meant.setdefault(squeezed(word), set()).add(symbol)
            lines.setdefault(squeezed(word), line)
    sure = {symbol for symbol, every in said.items() if _agree(every)}
    taken = {squeezed(state) for state in states}
    spellings = {
        word: symbol
        for word, symbols in meant.items()
        if len(symbols) == 1 and len(word) > 2 and word not in taken
        for symbol in symbols
        if symbol in sure
    }
    apart = _beside_each_other(texts, guess, spellings)
    spellings = {word: symbol for word, symbol in spellings.items() if word not in apart}
    labels = {
        symbol: every[0][0]
        for symbol, every in said.items()
        if symbol in sure and len(meant[squeezed(every[0][0])]) == 1 and '"' not in every[0][0]
    }
    return Legend(labels, spellings, {word: lines[word] for word in spellings})


def _agree(every: Sequence[tuple[str, ...]]) -> bool:
    """Whether all that is said of a symbol has some words in common."""
    common = {squeezed(word) for word in every[0]}
    for words in every[1:]:
        common &= {squeezed(word) for word in words}
    return bool(common)


def _entries(part: FilePart) -> Iterator[_LegendEntry]:
    """Yield symbols and the words that each may stand for, the likeliest first, with their lines."""
    text = part.source.text
    for pattern in (_ITEM, _DENOTES, _WHERE, _EXPLAINED):
        for found in pattern.finditer(text):
            line = part.position(found.start("symbol")).line
            yield line, _name(found["symbol"]), _alternatives(found["words"])
    for found in _BESIDE.finditer(text):
        words = found["words"].split()
        ends = [" ".join(words[-count:]) for count in range(1, len(words) + 1)]
        yield part.position(found.start()).line, _name(found["symbol"]), tuple(ends)
    if may_have_tables(text):
        yield from _in_tables(part)


def _in_tables(part: FilePart) -> Iterator[_LegendEntry]:
    for table in tables_in(part.source.text):
        head = [_MARKS.sub("", cell).strip() for cell in table.cells[0]]
        symbols = [n for n, cell in enumerate(head) if _HEAD.fullmatch(cell)]
        others = [n for n, cell in enumerate(head) if _MEANING.fullmatch(cell)]
        meanings = [n for n in others if n not in symbols[:1]]
        if not symbols or len(meanings) != 1:
            continue
        line = part.position(table.start).line
        for row in table.cells[1:]:
            symbol = _MARKS.sub("", row[symbols[0]]).strip()
            words = _MARKS.sub("", row[meanings[0]]).strip()
            if 0 < len(symbol) < 5 and words:
                yield line, symbol, _alternatives(words)


def _name(symbol: str) -> str:
    return symbol.replace("{", "").replace("}", "")


def _alternatives(words: str) -> tuple[str, ...]:
    """The words that a description may be, the shortest first: *grade of the student*, *grade*."""
    plain = " ".join(words.split())
    plain = plain.partition(",")[0].partition(".")[0]
    for article in ("the ", "a ", "an ", "The ", "A ", "An "):
        plain = plain.removeprefix(article)
    head = _PARTS.split(plain, maxsplit=1)[0]
    return tuple(dict.fromkeys((head, plain)))


def _beside_each_other(
    texts: Iterable[str], guess: Guess, spellings: Mapping[str, str]
) -> Collection[str]:
    """The words that stand beside their symbol in one probability, where they are two variables."""
    found: set[str] = set()
    for text in texts:
        for begins in PROBABLE.finditer(text):
            inside = _brackets(text, begins.start())
            for tokens in tokens_within(inside, None):
                names = {
                    meaning.variable
                    for token in event_names(tokens)
                    if token.name is not None and (meaning := guess.lookup(token.name))
                }
                found |= {
                    squeezed(name)
                    for name in names
                    if spellings.get(squeezed(name)) in names - {name}
                }
    return found


def _brackets(text: str, start: int) -> str:
    depth = 0
    for at in range(start, min(len(text), start + 400)):
        depth += (text[at] in "([") - (text[at] in ")]")
        if depth == 0 and text[at] in ")]":
            return text[start : at + 1]
    return ""
