"""What a check says of a text in memory, with offsets into it.

Main definitions
----------------
CheckedText : the findings on a text; what is marked in it, mended and told at a place.
check_open_text : check a text as if it were a file.
TextMark, Mend : a stretch with a message; a change of the text that a suggestion makes.
Superseded : a check is given up, since nobody waits for it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial

from symcausal.errors import InternalError, Span, SymcausalError
from symcausal.guard import sheltered
from symcausal.hints import Literal, TypeAlias
from symcausal.model import Model
from symcausal.notes.check import check_document
from symcausal.notes.files.items import FilePart, ModelBlock, NotesFile
from symcausal.notes.files.notebook_cells import cell_offsets, spelt
from symcausal.notes.files.passages import derivations
from symcausal.notes.files.reading import kind_of, read_document
from symcausal.notes.reporting.claim import Claim, Fault, FileReport
from symcausal.notes.reporting.finding import Finding, findings
from symcausal.patterns import late
from symcausal.record import field, record

MarkLevel: TypeAlias = Literal["error", "warning", "information", "hint"]

TOTAL = 60.0  # seconds of processor time for one text
LONGEST_MODEL = 400  # characters that are shown of the graph in force
_MARK = "\ufeff"
# The endings of documents that were never saved, by what their editor calls their language.
_ENDINGS = {
    "asciidoc": ".adoc",
    "html": ".html",
    "ipynb": ".ipynb",
    "jupyter": ".ipynb",
    "latex": ".tex",
    "markdown": ".md",
    "myst": ".md",
    "pandoc": ".md",
    "quarto": ".qmd",
    "restructuredtext": ".rst",
    "rmarkdown": ".rmd",
    "rmd": ".rmd",
    "rst": ".rst",
    "tex": ".tex",
    "typst": ".typ",
    "xhtml": ".xhtml",
}
_LEVELS: dict[str, MarkLevel] = {"claim-undecided": "information", "claim-unreadable": "hint"}
_TICKS = late(r"`+")


class Superseded(BaseException):
    """Give up a check, since its text is no longer what anybody sees."""


@record
class TextMark:
    """A stretch of a text that is underlined, with what is said of it."""

    start: int
    end: int
    level: MarkLevel
    kind: str
    message: str


@record
class Mend:
    """A change of a text that a suggestion makes, and the mark that it answers."""

    title: str
    start: int
    end: int
    text: str
    mark: TextMark


@record
class CheckedText:
    """The findings on a text in memory.

    Attributes
    ----------
    text : str
        What was checked.
    report : FileReport
        What was found.
    models : tuple
        For each claim the words about the model in which it was judged.
    parts : tuple
        The parts of the text that have places of their own.
    """

    text: str
    report: FileReport
    models: tuple[str, ...] = ()
    parts: tuple[FilePart, ...] = ()
    spelt_at: dict[int, list[int]] = field(default_factory=dict, compare=False, repr=False)

    def marks(self) -> list[TextMark]:
        """What is underlined: signs of claims that fail, and whatever else was found."""
        return [self._mark(finding) for finding in findings(self.report)]

    def mends(self, start: int, end: int) -> Iterator[Mend]:
        """Yield the changes that suggestions make to claims which a stretch touches.

        Suggestions are LaTeX, which Typst does not read.
        """
        if kind_of(self.report.path) == "typst":
            return
        for finding in findings(self.report):
            claim = finding.claim
            if claim is None or not self._touches(claim.span, start, end):
                continue
            mark = self._mark(finding)
            for suggestion in claim.proposed:
                if suggestion.span is None:
                    continue
                first, last = self._offsets(suggestion.span)
                written = suggestion.span.source.text[suggestion.span.start : suggestion.span.end]
                found = self.text[first:last]
                for spell in self._spellings(self._cell(claim.span)):
                    if found == spell(written):  # in web pages blanks may stand for tags
                        title = f"Replace by {' '.join(suggestion.text.split())}"
                        yield Mend(title, first, last, spell(suggestion.text), mark)
                        break

    def told(self, offset: int) -> tuple[str, int, int] | None:
        """Return what is said of the claims at a place, as Markdown, and the stretch that they cover."""
        here = [
            (claim, model)
            for claim, model in zip(self.report.claims, self.models, strict=True)
            if self._touches(claim.span, offset, offset)
        ]
        if not here:
            return None
        places = [self._offsets(claim.span) for claim, _ in here]
        words = "\n\n".join(_told(claim, model) for claim, model in here)
        return words, min(p[0] for p in places), max(p[1] for p in places)

    def _touches(self, span: Span, start: int, end: int) -> bool:
        first, last = self._offsets(span)
        return first <= end and start <= last

    def _cell(self, span: Span) -> int | None:
        """The cell in which a stretch stands."""
        return next((part.cell for part in self.parts if part.source is span.source), None)

    def _offsets(self, span: Span) -> tuple[int, int]:
        """The place of a stretch of the notes, which are read without a byte-order mark."""
        plain = self.text.removeprefix(_MARK)
        shift = len(self.text) - len(plain)
        cell = self._cell(span)
        if cell is None:
            return span.start + shift, span.end + shift
        if cell not in self.spelt_at:
            self.spelt_at[cell] = cell_offsets(plain, cell)
        first, last = (self.spelt_at[cell][at] for at in (span.start, span.end))
        return first + shift, last + shift

    def _spellings(self, cell: int | None) -> tuple[Callable[[str], str], ...]:
        """How words of the notes may be spelt in the text."""
        if cell is None:
            return (str,)
        ways = (True, False) if self.text.removeprefix(_MARK).isascii() else (False, True)
        return tuple(partial(spelt, ascii_only=way) for way in ways)

    def _mark(self, finding: Finding) -> TextMark:
        start, end = self._underlined(finding)
        name = finding.kind.name
        words = finding.words if finding.claim is None else finding.words[1:]
        if finding.cell is not None:
            line = f", line {finding.span.line}" if finding.span else ""
            words = (f"cell {finding.cell}{line}", *finding.words)
        if finding.claim is not None and finding.claim.evidence:
            words = (*words, f"evidence: {finding.claim.evidence}")
        return TextMark(start, end, _LEVELS.get(name, _level(finding)), name, "\n".join(words))

    def _underlined(self, finding: Finding) -> tuple[int, int]:
        """The sign of a claim that was judged, else all of it; what has no place, the first line."""
        claim, span = finding.claim, finding.span
        if span is None:
            return 0, len(self.text.partition("\n")[0])
        if claim is not None and claim.sign is not None and claim.verdict != "unreadable":
            span = claim.sign
        return self._offsets(span)


def _level(finding: Finding) -> MarkLevel:
    return "information" if finding.level == "note" else finding.level


def _told(claim: Claim, model: str) -> str:
    """What is said of a claim: no sign of it is taken for Markdown."""
    (finding,) = findings(FileReport("", (claim,)), verbose=True)
    words = "\n".join([*finding.words, *(f"assumes {one}" for one in claim.assumes), model])
    fence = "`" * max(3, 1 + max(map(len, _TICKS.findall(words)), default=0))
    return f"{fence}text\n{words}\n{fence}"


# -- checking -----------------------------------------------------------------------------------
def check_open_text(
    text: str,
    name: str,
    *,
    language: str = "",
    model: Model | None = None,
    budget: float = 2.0,
    given_up: Callable[[], bool] = lambda: False,
) -> CheckedText:
    """Return what is found in a text; whatever is wrong with it, it is an answer.

    Parameters
    ----------
    text : str
        The text, as it may be while somebody writes it.
    name : str
        The name of its file, which tells the kind.
    language : str
        What the editor calls its language, which tells the kind where the name does not.
    model : Model, optional
        For notes that declare none.
    budget : float
        Seconds for one claim.
    given_up : callable
        Whether nobody waits for the answer any more.

    Raises
    ------
    Superseded
        If nobody does.
    """

    def look(*_: object) -> None:
        if given_up():
            raise Superseded

    if kind_of(name) == "text":
        name += _ENDINGS.get(language, "")
    return sheltered(lambda: _checked(text, name, model, budget, look), partial(_lost, text, name))


def _checked(
    text: str, name: str, model: Model | None, budget: float, look: Callable[..., None]
) -> CheckedText:
    look()
    try:
        document = read_document(text, name)
    except InternalError:
        raise
    except SymcausalError as error:
        fault = Fault(str(error), error.span)
        return CheckedText(text, FileReport(name, (), (fault,), bad_input=True))
    report = check_document(
        document,
        model.content if model else None,
        budget=budget,
        total=TOTAL,
        progress=look,
    )
    return CheckedText(text, report, tuple(_models(document, report, model)), document.parts)


def _lost(text: str, name: str, error: InternalError) -> CheckedText:
    return CheckedText(text, FileReport(name, (), (Fault(str(error)),), internal=True))


def _models(document: NotesFile, report: FileReport, model: Model | None) -> Iterator[str]:
    """Yield, for each claim, in which model it was judged: that of the formula in which it begins."""
    found: defaultdict[int, list[tuple[int, ModelBlock | None]]] = defaultdict(list)
    for passage in derivations(document)[0]:
        for piece in passage.pieces:
            found[id(piece.formula.part.source)].append((piece.formula.offset, passage.model))
    for formulas in found.values():
        formulas.sort(key=_start)
    for claim in report.claims:
        formulas = found[id(claim.span.source)]
        before = bisect_right(formulas, claim.span.start, key=_start)
        if claim.under is not None:
            yield f"under the graph that line {claim.under.line} states: {claim.under.graph}"
        else:
            yield _in_words(formulas[before - 1][1] if before else None, model)


def _start(formula: tuple[int, object]) -> int:
    return formula[0]


def _in_words(block: ModelBlock | None, model: Model | None) -> str:
    if block is not None:
        shown = " ".join(block.text.split())
        shown = shown if len(shown) <= LONGEST_MODEL else f"{shown[:LONGEST_MODEL]}..."
        return f"under the model of line {block.position.line}: {shown}"
    return "under the model that the server was given" if model else "under no model"
