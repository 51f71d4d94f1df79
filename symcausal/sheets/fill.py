"""Notes that fill themselves: between two comments stands the answer to what the first one asks.

Main definitions
----------------
fill : a file of notes with its answers.
FilledNotes : its bytes, and which answers have changed.

Notes
-----
What is outside the gaps keeps every byte, and what is inside has the line ends of the comment
before it; so a second run changes nothing.

Implementation notes
--------------------
Who answers is handed in: the words of a question are those of the command line, which stands above
this room and knows its options.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate

from symcausal.errors import SymcausalError, UsageError
from symcausal.hints import TypeAlias
from symcausal.model import Model
from symcausal.network.formats.encodings import decoded
from symcausal.notes.files.items import Directive, FilePart, NotesFile
from symcausal.notes.files.notebook_cells import TextEdit, with_cells
from symcausal.notes.files.reading import kind_of, read_document
from symcausal.patterns import late
from symcausal.record import record
from symcausal.sheets.exact_text import ExactText, LineChange, replaced, replacements
from symcausal.sheets.gaps import Gap, gaps

Answerer: TypeAlias = Callable[[Directive, Model, str], str]

SHAPES = {"markdown": "markdown", "notebook": "markdown", "latex": "latex"}
_CELL_LINE = late(r"[^\n]*\n|[^\n]+\Z")
_ORDER = late(r"(?:<!--|%) symcausal: (?:off|on)(?: -->)?")
_BEFORE_COMMENT = late(r"[ \t>]*")


@record
class FilledNotes:
    """A file of notes with its answers.

    Attributes
    ----------
    path : str
        Its name.
    data : bytes
        What it should hold.
    count : int
        How many answers it has.
    stale : tuple of Directive
        What was asked where another answer stands now, or none.
    """

    path: str
    data: bytes
    count: int
    stale: tuple[Directive, ...]


def fill(data: bytes, path: str, answer: Answerer, model: Model | None = None) -> FilledNotes:
    r"""Return notes with the answers to what they ask.

    Parameters
    ----------
    data : bytes
        The file.
    path : str
        Its name, whose ending tells the kind: Markdown, LaTeX or a notebook.
    answer : callable
        Gives the answer to a question about a model, in a format.
    model : Model, optional
        The model for notes that declare none.

    Raises
    ------
    SymcausalError
        If it cannot be read or answered, with the place of the first question that has no answer.

    Examples
    --------
    >>> notes = "<!-- symcausal: A -> B -->\n<!-- symcausal: draw -->\n<!-- symcausal: end -->\n"
    >>> def answer(asked, model, shape):
    ...     return f"{len(model.variables)} variables"
    >>> print(fill(notes.encode(), "notes.md", answer).data.decode(), end="")
    <!-- symcausal: A -> B -->
    <!-- symcausal: draw -->
    <BLANKLINE>
    2 variables
    <BLANKLINE>
    <!-- symcausal: end -->
    """
    kind = kind_of(path)
    if kind not in SHAPES:
        raise UsageError(
            f"{path} is neither Markdown nor LaTeX nor a notebook",
            expected="a file ending in .md, .qmd, .Rmd, .tex, .ipynb...",
        )
    document = read_document(decoded(data, path, guess=False).text, path)
    found = gaps(document)
    models: dict[int, Model] = {}
    parts: dict[int, FilePart] = {id(gap.part): gap.part for gap in found}
    changes: dict[int, list[LineChange]] = {}
    stale = []
    for gap in found:
        lines = _lines(gap, _answered(gap, answer, _model(gap, models, model), kind), kind)
        first, last = gap.lines
        if [line.rstrip("\r") for line in gap.part.original.split("\n")[first:last]] != lines:
            changes.setdefault(id(gap.part), []).append((first, last, lines))
            stale.append(gap.asked)
    if not stale:
        return FilledNotes(path, data, len(found), ())
    exact = ExactText.of(data, path)
    if kind == "notebook":
        cells = {parts[n].cell or 0: partial(_in_cell, some) for n, some in changes.items()}
        text = with_cells(exact.text, cells)
    else:
        text = replaced(exact.lines, [change for some in changes.values() for change in some])
    new = exact.to_bytes(text, path)
    _see_that_it_reads_back(found, read_document(decoded(new, path, guess=False).text, path))
    return FilledNotes(path, new, len(found), tuple(stale))


def _model(gap: Gap, models: dict[int, Model], shared: Model | None) -> Model:
    """The model in force at a gap."""
    block = gap.model
    if block is None:
        if shared is None:
            raise UsageError(
                "a question before any model",
                expected="a model in the notes before it, or --model",
                span=gap.asked.span,
            )
        return shared
    if id(block) not in models:
        models[id(block)] = Model.parse(block.excerpt())
    return models[id(block)]


def _answered(gap: Gap, answer: Answerer, model: Model, kind: str) -> str:
    try:
        return answer(gap.asked, model, SHAPES[kind])
    except SymcausalError as error:
        error.span = error.span or gap.asked.span
        raise


def _lines(gap: Gap, text: str, kind: str) -> list[str]:
    """The lines of an answer; in Markdown apart from the comments, and in the container of these."""
    lines = text.strip("\n").split("\n")
    if gap.is_off:  # the answer's own "on" would end that
        lines = [line for line in lines if not _ORDER.fullmatch(line)]
    if kind == "latex":
        return lines
    start = gap.part.original.rfind("\n", 0, gap.asked.offset) + 1
    before = _BEFORE_COMMENT.match(gap.part.original, start)
    prefix = before.group() if before else ""
    return [(prefix + line).rstrip(" ") if not line else prefix + line for line in ("", *lines, "")]


def _in_cell(changes: Sequence[LineChange], text: str) -> list[TextEdit]:
    """The changes of a cell's lines as changes of its text."""
    lines = _CELL_LINE.findall(text)
    starts = [0, *accumulate(map(len, lines))]
    return [(starts[first], starts[last], new) for first, last, new in replacements(lines, changes)]


def _see_that_it_reads_back(asked: Sequence[Gap], written: NotesFile) -> None:
    """Refuse an answer that would hide where it ends, or ask something itself."""
    before, after = ([gap.asked.text for gap in some] for some in (asked, gaps(written)))
    if before != after:
        lost = next(
            (g.asked for g, w in zip(asked, after, strict=False) if g.asked.text != w), None
        )
        raise UsageError(
            "an answer that could not be found again in these notes",
            hint="put a blank line around its comments",
            span=(lost or asked[-1].asked).span,
        )
